#!/usr/bin/python
"""The module screenconnect_note: a note on sessions of ScreenConnect."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: screenconnect_note
short_description: Keep a note on sessions of ScreenConnect
description:
  - Add a note to one session or to many. It is not added where it is already, according to the session's events and notes. Line ends, and blanks around the
    text, do not count.
  - Notes cannot be changed or removed by this API.
  - A note is sent once in a run. If no answer comes back, it is looked for; what is not found is reported as unknown, and the next run looks again.
version_added: 0.4.0
author: The remoteops contributors (@remoteops)
options:
  note:
    description: The text of the note.
    type: str
    required: true
attributes:
  idempotent:
    support: full
    description: A note that a session has is not added again.
notes:
  - Notes need version 1.0.6 of the extension RESTful API Manager.
extends_documentation_fragment:
  - remoteops.access.screenconnect
  - remoteops.access.controller
  - remoteops.access.screenconnect.action_group
  - remoteops.access.screenconnect.action
  - remoteops.access.screenconnect.targets
seealso:
  - module: remoteops.access.screenconnect_message
"""

EXAMPLES = r"""
- name: Write down when a machine was moved
  remoteops.access.screenconnect_note:
    sessions: [LDN-WHS-000]
    note: Moved to hall 4 on 2026-03-01.
"""

RETURN = r"""
sessions:
  description:
    - What became of each session, in the order in which they were named. C(changed) tells whether something was sent to it, C(msg), where there is one, what
      went wrong.
  returned: success, and when it did not succeed on all sessions
  type: list
  elements: dict
  sample: [{id: 6f1c2a9e-3b7d-4c55-9a10-2f0c5d7e8b11, name: LDN-WHS-000, changed: true}]
changes:
  description: What was done, or would be in check mode.
  returned: success, and when it did not succeed on all sessions
  type: list
  elements: dict
  sample: [{action: add_note, kind: session, name: LDN-WHS-000, fields: []}]
api:
  description: What the exchange with the server cost.
  returned: always
  type: dict
  sample: {requests: 4, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module
from ansible_collections.remoteops.access.plugins.module_utils._screenconnect.actions import (
    NOTE_SPEC,
    add_note,
)
from ansible_collections.remoteops.access.plugins.module_utils._screenconnect.api import (
    SCREENCONNECT,
)

MODULE = Module(SCREENCONNECT, add_note, NOTE_SPEC)
main = MODULE.main

if __name__ == "__main__":
    main()

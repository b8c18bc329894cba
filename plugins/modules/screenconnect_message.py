#!/usr/bin/python
"""The module screenconnect_message: a message to guests of ScreenConnect."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: screenconnect_message
short_description: Send a message to guests of ScreenConnect
description:
  - Show a message to whoever sits at the guests of one session or of many.
  - This is an action. It is done, and reported as a change, on every run. A guest that is offline gets the message when it comes back.
  - A message is sent once. If no answer comes back, the session's events are searched for it; it is never sent a second time.
version_added: 0.4.0
author: The remoteops contributors (@remoteops)
options:
  text:
    description: The message.
    type: str
    required: true
  by_host:
    description: The name of the host from whom the message is said to come.
    type: str
    default: Ansible
extends_documentation_fragment:
  - remoteops.access.screenconnect
  - remoteops.access.controller
  - remoteops.access.screenconnect.action_group
  - remoteops.access.screenconnect.action
  - remoteops.access.screenconnect.targets
seealso:
  - module: remoteops.access.screenconnect_note
"""

EXAMPLES = r"""
- name: Tell two machines of the maintenance
  remoteops.access.screenconnect_message:
    sessions: [LDN-WHS-000, lds-dsp-006]
    type: access
    text: The network is down for maintenance from 18:00 on.
    by_host: Helpdesk
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
  sample: [{action: send_message, kind: session, name: LDN-WHS-000, fields: []}]
api:
  description: What the exchange with the server cost.
  returned: always
  type: dict
  sample: {requests: 4, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module
from ansible_collections.remoteops.access.plugins.module_utils._screenconnect.actions import (
    MESSAGE_SPEC,
    send_message,
)
from ansible_collections.remoteops.access.plugins.module_utils._screenconnect.api import (
    SCREENCONNECT,
)

MODULE = Module(SCREENCONNECT, send_message, MESSAGE_SPEC)
main = MODULE.main

if __name__ == "__main__":
    main()

#!/usr/bin/python
"""The module screenconnect_toolbox_item: an item of the toolbox on guests of ScreenConnect."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: screenconnect_toolbox_item
short_description: Run an item of ScreenConnect's toolbox on guests
description:
  - Have an item of the server's shared toolbox run on the guests of one session or of many.
  - This is an action. It is done, and reported as a change, on every run. A guest that is offline runs it when it comes back.
  - It is sent once. Whether the server took it is read in the session's events, so that a name that the toolbox does not know is a failure.
  - What the item does, and whether it succeeds, the API does not tell.
version_added: 0.4.0
author: The remoteops contributors (@remoteops)
options:
  toolbox_item:
    description: The name of the item, as it stands in the toolbox.
    type: str
    required: true
extends_documentation_fragment:
  - remoteops.access.screenconnect
  - remoteops.access.controller
  - remoteops.access.screenconnect.action_group
  - remoteops.access.screenconnect.action
  - remoteops.access.screenconnect.targets
seealso:
  - module: remoteops.access.screenconnect_command
"""

EXAMPLES = r"""
- name: Run a tool on a machine
  remoteops.access.screenconnect_toolbox_item:
    sessions: [LDN-WHS-000]
    toolbox_item: Collect Logs
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
  sample: [{action: send_toolbox_item, kind: session, name: LDN-WHS-000, fields: []}]
api:
  description: What the exchange with the server cost.
  returned: always
  type: dict
  sample: {requests: 4, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module
from ansible_collections.remoteops.access.plugins.module_utils._screenconnect.actions import (
    TOOLBOX_ITEM_SPEC,
    send_toolbox_item,
)
from ansible_collections.remoteops.access.plugins.module_utils._screenconnect.api import (
    SCREENCONNECT,
)

MODULE = Module(SCREENCONNECT, send_toolbox_item, TOOLBOX_ITEM_SPEC)
main = MODULE.main

if __name__ == "__main__":
    main()

#!/usr/bin/python
"""The module beyondtrust_jump_approval_info."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_jump_approval_info
short_description: Read requests for approval of jumps on BeyondTrust Privileged Remote Access
description:
  - Return the requests to use jump items that a user may answer.
  - Privileged Remote Access only.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  approver:
    description: The user who may answer them, by username. The API lists requests for one user at a time.
    type: str
    required: true
  states:
    description: Return only the requests in one of these states.
    type: list
    elements: str
    choices: [pending, approved, denied, cancelled, in_use]
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.info
seealso:
  - module: remoteops.access.beyondtrust_jump_approval
"""

EXAMPLES = r"""
- name: See what waits for an answer of Christopher Byrne
  remoteops.access.beyondtrust_jump_approval_info:
    approver: c.byrne
    states: [pending]
"""

RETURN = r"""
jump_approvals:
  description: The requests, the oldest first.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 3
      state: pending
      user: d.larsen
      jump_policy: Four Eyes
      jump_item_type: shell_jump
      jump_item_id: 51
      start_timestamp: '2026-05-18T07:00:00+00:00'
      duration: 7200
      request_reason: Change 4711, new uplink.
      response_comments: ''
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 4, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.approvals import (
    INFO_SPEC,
    read_approvals,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module

MODULE = Module(BEYONDTRUST, read_approvals, INFO_SPEC)
main = MODULE.main

if __name__ == "__main__":
    main()

#!/usr/bin/python
"""The module beyondtrust_jump_approval: ask for approval to use a jump item, or give it."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_jump_approval
short_description: Request and answer approvals of jumps on BeyondTrust Privileged Remote Access
description:
  - Ask on a user's behalf for approval to use a jump item whose jump policy wants one, or answer such a request as a user who may.
  - A request is an action. Each run makes another one and reports a change, since the API lists requests only for those who may answer them.
  - An answer is given once. A request that was answered like that already is left alone; one that was answered otherwise, or cancelled, is refused.
  - Privileged Remote Access only.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  action:
    description: What to do.
    type: str
    choices: [request, approve, deny]
    required: true
  user:
    description: Who asks, or who answers, by username.
    type: str
    required: true
  id:
    description:
      - The request to be answered, from M(remoteops.access.beyondtrust_jump_approval_info). Required for V(approve) and V(deny).
    type: int
  jump_item_type:
    description:
      - The kind of the jump item, as the API calls it. Required for V(request).
      - The vendor does not list the words. They are believed to be C(jump_client), C(remote_rdp), C(remote_vnc), C(shell_jump), C(web_jump),
        C(protocol_tunnel) and the like; whatever is given is sent.
    type: str
  jump_item_id:
    description: The identifier of the jump item among those of its kind. Required for V(request).
    type: int
  start:
    description: When the use is to begin, in seconds since 1970 (UTC). If not given, now.
    type: int
  duration:
    description: How long the use is to be allowed, in seconds, at least 60.
    type: int
    default: 7200
  reason:
    description: The reason for the request, at most 2048 characters.
    type: str
  comments:
    description: Comments on the answer, at most 2048 characters.
    type: str
attributes:
  diff_mode:
    support: none
    details: A request is made or answered, and nothing else changes.
  idempotent:
    support: partial
    details: An answer is given once. A request is made on every run.
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.object
seealso:
  - module: remoteops.access.beyondtrust_jump_approval_info
  - module: remoteops.access.beyondtrust_jump_policy
"""

EXAMPLES = r"""
- name: Keep a jump policy that wants approval
  remoteops.access.beyondtrust_jump_policy:
    display_name: Four Eyes
    code_name: four_eyes
    schedule_enabled: false
    approval_required: true
    approval_users: [c.byrne]
    approval_display_name: Network owners

- name: Keep an item to which it applies
  remoteops.access.beyondtrust_shell_jump:
    name: sw-core-1
    jump_group: network
    jumpoint: jp_leeds
    hostname: 10.11.0.1
    protocol: ssh
    jump_policy: four_eyes
  register: switch

- name: Ask for two hours on behalf of Dana Larsen
  remoteops.access.beyondtrust_jump_approval:
    action: request
    user: d.larsen
    jump_item_type: shell_jump
    jump_item_id: "{{ switch.shell_jump.id }}"
    reason: Change 4711, new uplink.

- name: See what waits for an answer
  remoteops.access.beyondtrust_jump_approval_info:
    approver: c.byrne
    states: [pending]
  register: waiting

- name: Approve it
  remoteops.access.beyondtrust_jump_approval:
    action: approve
    user: c.byrne
    id: "{{ waiting.jump_approvals[0].id }}"
    comments: Agreed in the change board.
"""

RETURN = r"""
jump_approval:
  description: The request with its answer, in check mode as it would be.
  returned: success, and O(action=approve) or O(action=deny)
  type: dict
  sample:
    id: 3
    state: approved
    user: d.larsen
    jump_policy: Four Eyes
    jump_item_type: shell_jump
    jump_item_id: 51
    start_timestamp: '2026-05-18T07:00:00+00:00'
    duration: 7200
    request_reason: Change 4711, new uplink.
    response_comments: Agreed in the change board.
changes:
  description: What was done, or would be in check mode.
  returned: success
  type: list
  elements: dict
  sample: [{action: request, kind: jump_approval, name: shell_jump 51, fields: []}]
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 3, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.approvals import (
    REQUEST_RULES,
    REQUEST_SPEC,
    request_or_answer,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module

MODULE = Module(BEYONDTRUST, request_or_answer, REQUEST_SPEC, REQUEST_RULES)
main = MODULE.main

if __name__ == "__main__":
    main()

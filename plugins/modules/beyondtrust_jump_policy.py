#!/usr/bin/python
"""The module beyondtrust_jump_policy."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_jump_policy
short_description: Manage jump policies of BeyondTrust
description:
  - Make, change, rename and remove the policies that say when and how jump items may be used, on Remote Support and Privileged Remote Access.
  - A policy is found by O(display_name), else by O(code_name). An option that is left out is left alone.
  - The API shows the hours of a policy's schedule, see M(remoteops.access.beyondtrust_jump_policy_info), and cannot set them.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  display_name:
    description: Name of the policy, at most 255 characters. Required, unless O(id) says which one is meant.
    type: str
  code_name:
    description:
      - Name by which programs refer to the policy. At most 64 letters, digits, underscores and hyphens. A new one gets one from the appliance if it
        is given none.
    type: str
  description:
    description: Comments, at most 1000 characters.
    type: str
  schedule_enabled:
    description:
      - Whether items can be used only within the hours of the schedule. Excludes O(approval_required).
      - A new policy has this on unless it is switched off here. Its hours are then to be entered in /login.
    type: bool
  schedule_strict:
    description: Whether users are put out of sessions when the hours end. Needs O(schedule_enabled).
    type: bool
  simultaneous_jumps:
    description: What happens to a second user of an item, V(global) being what the settings of jump items say. A new policy has V(global).
    type: str
    choices: [global, join, disallow]
  simultaneous_jumps_rdp:
    description: The same for RDP items, where a second user can be given a session of their own. A new policy has V(global).
    type: str
    choices: [global, new_session, disallow]
  simultaneous_jump_behavior_applies_to_copies:
    description: Whether a second user may join by a copy of the item that lies in another jump group. Needs O(simultaneous_jumps=join).
    type: bool
  ticket_id_required:
    description: Whether users have to enter a ticket ID that the ticket system of the appliance knows.
    type: bool
  two_factor_challenge_required:
    description: Whether users have to pass a two-factor challenge before a session.
    type: bool
  external_tools_rdp_allowed:
    description:
      - Whether RDP items may be opened with tools of the user's own, where the settings of jump items allow it. A new policy allows it. Privileged
        Remote Access only.
    type: bool
  external_tools_shell_allowed:
    description:
      - Whether shell jumps may be opened with tools of the user's own, where the settings of jump items allow it. A new policy allows it. Privileged
        Remote Access only.
    type: bool
  session_start_notification:
    description: Whether mails are sent when a session begins. Privileged Remote Access only.
    type: bool
  session_end_notification:
    description: Whether mails are sent when a session ends. Privileged Remote Access only.
    type: bool
  notification_email_addresses:
    description:
      - Where these mails go, at most 100 addresses. The list is complete. Required with either notification. Privileged Remote Access only.
    type: list
    elements: str
  notification_display_name:
    description: What users are told that the recipients are called. Required with either notification. Privileged Remote Access only.
    type: str
  notification_email_language:
    description: The language of these mails, as one of the appliance's locale codes. A new policy has V(en-us). Privileged Remote Access only.
    type: str
  approval_required:
    description:
      - Whether users have to wait for an approval before a session. Excludes O(schedule_enabled), which a new policy has on unless it is switched
        off. Privileged Remote Access only.
    type: bool
  approval_max_duration:
    description: For how many minutes an approval is good, 1 to 524160. A new policy has 480. Privileged Remote Access only.
    type: int
  approval_scope:
    description: Who may use an approval, who asked for it or anyone who could have asked. Privileged Remote Access only.
    type: str
    choices: [requestor, anyone]
  approval_approver_scope:
    description: Who may approve, only others than who asked, or anyone who is an approver. Privileged Remote Access only.
    type: str
    choices: [not_requestor, anyone]
  approval_email_addresses:
    description: The approvers, by mail address, at most 100. The list is complete. Privileged Remote Access only.
    type: list
    elements: str
  approval_users:
    description: The approvers, by username, at most 100. The list is complete. Privileged Remote Access only.
    type: list
    elements: str
  approval_teams:
    description: The teams whose members are approvers, by name or code name, at most 100. The list is complete. Privileged Remote Access only.
    type: list
    elements: str
  approval_display_name:
    description: What users are told that the approvers are called. Required with O(approval_required). Privileged Remote Access only.
    type: str
  approval_email_language:
    description: The language of mails to approvers, as one of the appliance's locale codes. A new policy has V(en-us). Privileged Remote Access only.
    type: str
  recordings_disabled:
    description: Whether sessions are not recorded, even where recordings are switched on for the appliance. Privileged Remote Access only.
    type: bool
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.identifier
  - remoteops.access.beyondtrust.object
  - remoteops.access.beyondtrust.state
seealso:
  - module: remoteops.access.beyondtrust_jump_policy_info
  - module: remoteops.access.beyondtrust_jump_group
"""

EXAMPLES = r"""
- name: Ask for a ticket before anybody touches a till
  remoteops.access.beyondtrust_jump_policy:
    display_name: Tills
    code_name: tills
    description: Never during opening hours without a ticket.
    schedule_enabled: false
    ticket_id_required: true
    simultaneous_jumps: disallow

- name: Give the policy another name
  remoteops.access.beyondtrust_jump_policy:
    code_name: tills
    display_name: Tills and Scales

- name: Remove it
  remoteops.access.beyondtrust_jump_policy:
    display_name: Tills and Scales
    state: absent
"""

RETURN = r"""
jump_policy:
  description:
    - The policy as the appliance shows it after the run; in check mode as it would be, as far as that can be known.
    - An attribute that this product does not have is null.
  returned: success and O(state=present)
  type: dict
  sample:
    id: 5
    display_name: Tills
    code_name: tills
    description: Never during opening hours without a ticket.
    schedule_enabled: false
    schedule_strict: false
    simultaneous_jumps: disallow
    simultaneous_jumps_rdp: global
    simultaneous_jump_behavior_applies_to_copies: false
    ticket_id_required: true
    two_factor_challenge_required: false
    approval_required: null
changes:
  description:
    - What was done, or would be in check mode. When a change failed, what had been done before.
    - C(fields) of an update name what differs; within a mapping they are paths.
  returned: success, and when a change failed
  type: list
  elements: dict
  sample: [{action: create, kind: jump_policy, name: Tills, fields: [display_name, code_name, schedule_enabled]}]
failed_changes:
  description:
    - The changes that failed, as in RV(changes), each with the C(reason) and the fields that had been C(written) before.
  returned: when a change failed
  type: list
  elements: dict
  sample: [{action: create, kind: jump_policy, name: Tills, fields: [display_name, code_name, schedule_enabled], reason: the name is taken, written: []}]
changes_not_tried:
  description: The changes that were given up because others had failed, as in RV(changes).
  returned: when a change failed
  type: list
  elements: dict
  sample: []
diff:
  description:
    - What changes, object by object, for C(--diff). C(before) and C(after) hold only what differs, as YAML.
    - Of a list whose order means nothing, members that stay are counted. An object that is made or removed is C(absent) on one side.
  returned: in diff mode, on success and when a change failed
  type: list
  elements: dict
  sample:
    - before_header: jump_policy Tills
      after_header: jump_policy Tills
      before: |
        ticket_id_required: false
      after: |
        ticket_id_required: true
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 5, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.jumps import JUMP_POLICY
from ansible_collections.remoteops.access.plugins.module_utils._core.module import object_module

MODULE = object_module(BEYONDTRUST, JUMP_POLICY)
main = MODULE.main

if __name__ == "__main__":
    main()

#!/usr/bin/python
"""The module beyondtrust_group_policy."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_group_policy
short_description: Manage group policies of BeyondTrust, with their members and all that they give access to
description:
  - Make, change, rename and remove group policies of Remote Support and Privileged Remote Access. A policy gives permissions to its members, and lets
    them into jump groups, jumpoints, teams and the vault.
  - Changes take effect when they are provisioned, for a user also at the next login. This module does that once, at the end of a run that changed
    something, for the policy and for the users who are members no longer. Where it fails, that is said, and
    M(remoteops.access.beyondtrust_provision) makes up for it, as the next run finds nothing to change. The same goes for a run that is killed.
  - Each list is complete. What it does not name is taken out of the policy, and an empty list takes out all. A list that is left out is left alone.
  - The API cannot change an entry of these lists. Where its role changes the entry is removed and made anew, and has none in between.
  - The API shows a part of what /login shows of a group policy. The rest, the order of policies included, stays as it is.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  name:
    description: Name of the policy, at most 255 characters. Required, unless O(id) says which one is meant.
    type: str
  perm_support_allowed:
    description: Whether members may give support. Remote Support only.
    type: str
    choices: [not_allowed, full_support]
  rep_perm_status:
    description:
      - Whether the permissions in this policy count, V(not_defined) being no, V(defined) yes, and V(final) yes, and no policy of a lower priority may
        change them. Remote Support only.
      - A new policy has V(defined) if it is made with any permission, else V(not_defined). Set it where a permission is added later.
    type: str
    choices: [not_defined, defined, final]
  perm_access_allowed:
    description: Whether members may access endpoints. Privileged Remote Access only.
    type: bool
  access_perm_status:
    description:
      - Whether the permissions in this policy count, V(not_defined) being no, V(defined) yes, and V(final) yes, and no policy of a lower priority may
        change them. Privileged Remote Access only.
      - A new policy has V(defined) if it is made with any permission, else V(not_defined). Set it where a permission is added later.
    type: str
    choices: [not_defined, defined, final]
  perm_share_other_team:
    description: Whether members may share sessions with teams that they do not belong to.
    type: bool
  perm_extended_availability_mode_allowed:
    description: Whether members may use the extended availability mode.
    type: bool
  perm_edit_external_key:
    description: Whether members may edit the external key of a session.
    type: bool
  perm_collaborate:
    description: Whether members may show their own screen to others of the team.
    type: bool
  perm_collaborate_control:
    description: Whether members may give control to those to whom they show their screen.
    type: bool
  perm_jump_client:
    description: Whether members may use jump clients.
    type: bool
  perm_local_jump:
    description: Whether members may use local jumps, to Windows computers in their own network.
    type: bool
  perm_remote_jump:
    description: Whether members may use remote jumps.
    type: bool
  perm_remote_vnc:
    description: Whether members may use remote VNC.
    type: bool
  perm_remote_rdp:
    description: Whether members may use remote RDP.
    type: bool
  perm_shell_jump:
    description: Whether members may use shell jumps.
    type: bool
  perm_local_vnc:
    description: Whether members may use local VNC. Remote Support only.
    type: bool
  perm_local_rdp:
    description: Whether members may use local RDP. Remote Support only.
    type: bool
  perm_vpro:
    description: Whether members may use Intel vPro. Remote Support only.
    type: bool
  perm_generate_session_key:
    description: Whether members may generate session keys in the console. Remote Support only.
    type: bool
  perm_send_ios_profiles:
    description: Whether members may generate access keys by which iOS profiles are sent. Remote Support only.
    type: bool
  perm_accept_team_sessions:
    description: Whether members may take sessions from the queue of a team. Remote Support only.
    type: bool
  perm_transfer_other_team:
    description: Whether members may transfer sessions to teams that they do not belong to. Remote Support only.
    type: bool
  perm_invite_external_rep:
    description: Whether members may invite representatives from outside. Remote Support only.
    type: bool
  perm_next_session_button:
    description: Whether members may take the next session in line (Get Next Session). Remote Support only.
    type: bool
  perm_disable_auto_assignment:
    description: Whether members may opt out of being assigned sessions. Remote Support only.
    type: bool
  perm_support_button_personal_deploy:
    description: Whether members may deploy and manage Support Buttons for their personal queue. Remote Support only.
    type: bool
  perm_support_button_team_manage:
    description: Whether members may manage the Support Buttons of teams. Remote Support only.
    type: bool
  perm_support_button_team_deploy:
    description: Whether members may deploy Support Buttons of teams. Remote Support only.
    type: bool
  perm_support_button_change_public_sites:
    description: Whether members may change the public portal of Support Buttons. Remote Support only.
    type: bool
  perm_invite_external_user:
    description: Whether members may invite users from outside. Privileged Remote Access only.
    type: bool
  perm_web_jump:
    description: Whether members may use web jumps. Privileged Remote Access only.
    type: bool
  perm_protocol_tunnel:
    description: Whether members may use protocol tunnels. Privileged Remote Access only.
    type: bool
  perm_sd_static_port_for_external_tools:
    description: Whether members may have a fixed port and username for sessions with external tools. Privileged Remote Access only.
    type: bool
  perm_session_idle_timeout:
    description:
      - Seconds without activity after which a member is taken out of a session. V(-1) stands for the setting of the whole appliance, which a new
        policy has, and V(0) for never.
    type: int
    choices: [-1, 0, 300, 600, 900, 1800, 3600, 7200, 14400, 28800, 43200, 86400]
  perm_console_idle_timeout:
    description:
      - Seconds without activity after which a member's console is logged out. V(-1) stands for the setting of the whole appliance, which a new
        policy has, and V(0) for never. Remote Support only.
    type: int
    choices: [-1, 0, 300, 600, 900, 1800, 3600, 7200, 14400, 28800, 43200, 86400]
  perm_routing_idle_timeout:
    description:
      - Seconds without activity after which a member is assigned no sessions. V(0) stands for never. A new policy has V(900). Remote Support only.
    type: int
    choices: [0, 180, 300, 600, 900, 1200, 1800, 2700, 3600]
  auto_assignment_max_sessions:
    description: In how many sessions a member can be and still be assigned others, 1 to 10. A new policy has 3. Remote Support only.
    type: int
  default_jump_item_role:
    description: The jump item role that members have wherever no other is set, by name. It can be exchanged and not be empty.
    type: str
  private_jump_item_role:
    description: The jump item role that members have in their personal list, by name. It can be exchanged and not be empty.
    type: str
  inferior_jump_item_role:
    description: The jump item role that members have in the personal lists of team members below them, by name. It can be exchanged and not be empty.
    type: str
  unassigned_jump_item_role:
    description: The jump item role that members have for all other items, by name. It can be exchanged and not be empty.
    type: str
  members:
    description:
      - Who the policy applies to, each either a user, or what a security provider knows by a group or a distinguished name.
      - SAML and SCIM providers have groups, LDAP and SCIM providers distinguished names. SCIM users are named by these only.
    type: list
    elements: dict
    suboptions:
      security_provider:
        description: The security provider that knows the group or the distinguished name, by name. A user has one already.
        type: str
      user:
        description: The user, by username.
        type: str
      group_name:
        description: The group of a SAML or SCIM provider, 1 to 64 characters.
        type: str
      distinguished_name:
        description: The LDAP user, organisational unit or container, or the SCIM user, written as the appliance shows it, 1 to 1024 characters.
        type: str
  jump_groups:
    description: The jump groups that members may use. What is left out of an entry is left alone.
    type: list
    elements: dict
    suboptions:
      jump_group:
        description: The jump group, by name or code name.
        type: str
        required: true
      jump_item_role:
        description: The role that members have in it, by name. An empty text means each user's default role, which a new entry has.
        type: str
      jump_policy:
        description:
          - The jump policy that applies to them, by name or code name. An empty text means the one that is set on each item, which a new entry has.
            Privileged Remote Access only.
        type: str
  jumpoints:
    description: The jumpoints that members may use, by name or code name.
    type: list
    elements: str
  teams:
    description: The teams that members belong to. What is left out of an entry is left alone.
    type: list
    elements: dict
    suboptions:
      team:
        description: The team, by name or code name.
        type: str
        required: true
      role:
        description: The role that members have in it. In a new entry they are V(member).
        type: str
        choices: [member, lead, manager]
  vault_accounts:
    description:
      - The accounts of the vault that members may use. What is left out of an entry is left alone.
      - The API account needs the permission C(perm_configuration_vault_account), too.
    type: list
    elements: dict
    suboptions:
      vault_account:
        description: The account, by name.
        type: str
        required: true
      role:
        description: Whether they may only use it in sessions, or check it out as well. In a new entry they may V(inject).
        type: str
        choices: [inject, inject_and_checkout]
  vault_account_groups:
    description:
      - The groups of accounts of the vault that members may use. What is left out of an entry is left alone.
      - The API account needs the permission C(perm_configuration_vault_account), too.
    type: list
    elements: dict
    suboptions:
      vault_account_group:
        description: The account group, by name.
        type: str
        required: true
      role:
        description: Whether they may only use its accounts in sessions, or check them out as well. In a new entry they may V(inject).
        type: str
        choices: [inject, inject_and_checkout]
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.identifier
  - remoteops.access.beyondtrust.object
  - remoteops.access.beyondtrust.state
seealso:
  - module: remoteops.access.beyondtrust_group_policy_info
  - module: remoteops.access.beyondtrust_provision
  - module: remoteops.access.beyondtrust_user
  - module: remoteops.access.beyondtrust_jump_group
  - module: remoteops.access.beyondtrust_team
"""

EXAMPLES = r"""
- name: Keep a group policy for those who look after the warehouses
  remoteops.access.beyondtrust_group_policy:
    name: Warehouse Engineers
    rep_perm_status: defined
    perm_support_allowed: full_support
    perm_jump_client: true
    perm_shell_jump: true
    perm_session_idle_timeout: 3600
    default_jump_item_role: Start Sessions Only
    members:
      - user: l.visser
      - user: n.brandt
    jump_groups:
      - jump_group: cold_chain
        jump_item_role: Administrator
      - jump_group: network
    jumpoints: [jp_hamburg, jp_utrecht]
    teams:
      - team: warehouse_systems
        role: lead
    vault_account_groups:
      - vault_account_group: Servers
        role: inject

- name: Let another user in, too, and leave all the rest as it is
  remoteops.access.beyondtrust_group_policy:
    name: Warehouse Engineers
    members:
      - user: l.visser
      - user: n.brandt
      - user: o.kinsella

- name: Take all jumpoints away from it
  remoteops.access.beyondtrust_group_policy:
    name: Warehouse Engineers
    jumpoints: []

- name: Remove it
  remoteops.access.beyondtrust_group_policy:
    name: Warehouse Engineers
    state: absent
"""

RETURN = r"""
group_policy:
  description:
    - The policy as the appliance shows it after the run; in check mode as it would be, as far as that can be known.
    - It has all permissions, of which an attribute that this product does not have is null, and those of the lists that were given.
  returned: success and O(state=present)
  type: dict
  sample:
    id: 4
    name: Warehouse Engineers
    rep_perm_status: defined
    perm_support_allowed: full_support
    perm_jump_client: true
    perm_shell_jump: true
    perm_session_idle_timeout: 3600
    default_jump_item_role: Start Sessions Only
    members:
      - {security_provider: null, user: l.visser, group_name: null, distinguished_name: null}
    jump_groups:
      - {jump_group: Cold Chain, jump_item_role: Administrator, jump_policy: null}
      - {jump_group: Network Equipment, jump_item_role: null, jump_policy: null}
    jumpoints: [Hamburg Jumpoint, Utrecht Jumpoint]
    teams: [{team: Warehouse Systems, role: lead}]
    vault_account_groups: [{vault_account_group: Servers, role: inject}]
changes:
  description:
    - What was done, or would be in check mode. When a change failed, what had been done before.
    - C(fields) of an update name what differs; within a mapping they are paths.
  returned: success, and when a change failed
  type: list
  elements: dict
  sample: [{action: create, kind: group_policy, name: Warehouse Engineers, fields: [name, members, teams]}]
failed_changes:
  description:
    - The changes that failed, as in RV(changes), each with the C(reason) and the fields that had been C(written) before.
    - The policy itself is written first, then its lists, in the order of the options.
  returned: when a change failed
  type: list
  elements: dict
  sample: [{action: create, kind: group_policy, name: Warehouse Engineers, fields: [name, members, teams], reason: the name is taken, written: []}]
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
    - before_header: group_policy Warehouse Engineers
      after_header: group_policy Warehouse Engineers
      before: |
        jumpoints:
          - Utrecht Jumpoint
      after: |
        jumpoints: []
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 5, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.people import (
    GROUP_POLICY,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.module import object_module

MODULE = object_module(BEYONDTRUST, GROUP_POLICY)
main = MODULE.main

if __name__ == "__main__":
    main()

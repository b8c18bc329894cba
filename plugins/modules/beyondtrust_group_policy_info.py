#!/usr/bin/python
"""The module beyondtrust_group_policy_info."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_group_policy_info
short_description: Read group policies of BeyondTrust
description:
  - Return the group policies of Remote Support or Privileged Remote Access with the permissions that they give.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  names:
    description:
      - Return only the policies with these names. A name that no policy has is no error and returns nothing.
    type: list
    elements: str
  gather:
    description:
      - What to read beside the permissions, each with a request for every policy.
      - For what is in the vault the API account needs the permission C(perm_configuration_vault_account), too.
    type: list
    elements: str
    choices: [members, jump_groups, jumpoints, teams, vault_accounts, vault_account_groups]
    default: []
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.info
seealso:
  - module: remoteops.access.beyondtrust_group_policy
  - module: remoteops.access.beyondtrust_user_info
"""

EXAMPLES = r"""
- name: Read all group policies with their members and jump groups
  remoteops.access.beyondtrust_group_policy_info:
    gather: [members, jump_groups]
  register: found

- name: Show through which policies somebody gets into which jump groups
  ansible.builtin.debug:
    msg: "{{ item.name }}: {{ item.jump_groups | map(attribute='jump_group') | join(', ') }}"
  loop: "{{ found.group_policies }}"
  loop_control:
    label: "{{ item.name }}"
  when: "'d.larsen' in item.members | map(attribute='user')"
"""

RETURN = r"""
group_policies:
  description: The policies, sorted by name, each with all its permissions. An attribute that this product does not have is null.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 2
      name: Technicians
      rep_perm_status: defined
      perm_support_allowed: full_support
      perm_jump_client: true
      perm_shell_jump: true
      perm_session_idle_timeout: -1
      default_jump_item_role: Start Sessions Only
      members: [{security_provider: null, user: d.larsen, group_name: null, distinguished_name: null}]
      jump_groups: [{jump_group: London, jump_item_role: null, jump_policy: null}]
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 2, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.people import (
    GROUP_POLICY,
)
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.reads import info_module

MODULE = info_module(GROUP_POLICY, "group_policies")
main = MODULE.main

if __name__ == "__main__":
    main()

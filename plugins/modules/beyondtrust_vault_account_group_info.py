#!/usr/bin/python
"""The module beyondtrust_vault_account_group_info."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_vault_account_group_info
short_description: Read account groups of BeyondTrust's vault
description:
  - Return the groups of vault accounts.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  names:
    description:
      - Return only the account groups with these names. A name that no account group has is no error and returns nothing.
    type: list
    elements: str
  gather:
    description: What to read beside the groups themselves, each with a request for every group.
    type: list
    elements: str
    choices: [users, jump_item_association]
    default: []
notes:
  - The API account needs the permissions C(perm_configuration) and C(perm_configuration_vault_account).
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.info
seealso:
  - module: remoteops.access.beyondtrust_vault_account_group
  - module: remoteops.access.beyondtrust_vault_account_info
"""

EXAMPLES = r"""
- name: Read all account groups with those who may use them, and where
  remoteops.access.beyondtrust_vault_account_group_info:
    gather: [users, jump_item_association]
  register: vault

- name: Show the groups whose accounts may be used on every jump item
  ansible.builtin.debug:
    msg: >-
      {{ vault.vault_account_groups | selectattr('jump_item_association.filter_type', 'eq', 'any_jump_items') | map(attribute='name') }}
"""

RETURN = r"""
vault_account_groups:
  description:
    - The account groups, sorted by name.
    - C(users) and C(jump_item_association) are in it if O(gather) names them.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 2
      name: Servers
      description: Root and administrator.
      account_policy: null
      users: [{user: a.keller, role: inject}]
      jump_item_association: {filter_type: any_jump_items, criteria: null, jump_items: null}
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 9, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.reads import info_module
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.vault import (
    VAULT_ACCOUNT_GROUP,
)

MODULE = info_module(VAULT_ACCOUNT_GROUP, "vault_account_groups")
main = MODULE.main

if __name__ == "__main__":
    main()

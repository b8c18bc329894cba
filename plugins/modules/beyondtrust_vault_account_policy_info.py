#!/usr/bin/python
"""The module beyondtrust_vault_account_policy_info."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_vault_account_policy_info
short_description: Read account policies of BeyondTrust's vault
description:
  - Return the policies by which the vault hands accounts out and rotates them.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  names:
    description:
      - Return only the account policies with these names. A name that no account policy has is no error and returns nothing.
    type: list
    elements: str
notes:
  - The API account needs the permissions C(perm_configuration) and C(perm_configuration_vault_account).
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.info
seealso:
  - module: remoteops.access.beyondtrust_vault_account_policy
  - module: remoteops.access.beyondtrust_vault_account_info
"""

EXAMPLES = r"""
- name: Read all account policies
  remoteops.access.beyondtrust_vault_account_policy_info:
  register: vault

- name: Show the policies that leave passwords as they are
  ansible.builtin.debug:
    msg: >-
      {{ vault.vault_account_policies | rejectattr('auto_rotate_credentials') | rejectattr('scheduled_password_rotation') | map(attribute='name') }}
"""

RETURN = r"""
vault_account_policies:
  description: The account policies, sorted by name.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 2
      name: Rotate Monthly
      code_name: rotate_monthly
      description: ''
      auto_rotate_credentials: true
      allow_simultaneous_checkout: false
      scheduled_password_rotation: true
      maximum_password_age: 30
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 1, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.reads import info_module
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.vault import (
    VAULT_ACCOUNT_POLICY,
)

MODULE = info_module(VAULT_ACCOUNT_POLICY, "vault_account_policies")
main = MODULE.main

if __name__ == "__main__":
    main()

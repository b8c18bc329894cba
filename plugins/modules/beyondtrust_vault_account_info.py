#!/usr/bin/python
"""The module beyondtrust_vault_account_info."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_vault_account_info
short_description: Read accounts in BeyondTrust's vault
description:
  - Return the shared accounts of the vault, without their secrets.
  - Left out are accounts of types that M(remoteops.access.beyondtrust_vault_account) does not manage, which are those for X.509 certificates, AWS secrets and
    Password Safe, and personal accounts.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  names:
    description:
      - Return only the accounts with these names. A name that no account has is no error and returns nothing.
    type: list
    elements: str
  gather:
    description:
      - What to read beside what a list shows, each with a request for every account.
      - V(details) are C(username), C(private_key_public_cert), C(public_key) and C(last_checkout_timestamp).
    type: list
    elements: str
    choices: [details, users, jump_item_association]
    default: []
notes:
  - The API account needs the permissions C(perm_configuration) and C(perm_configuration_vault_account).
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.info
seealso:
  - module: remoteops.access.beyondtrust_vault_account
  - module: remoteops.access.beyondtrust_vault_account_check_out
"""

EXAMPLES = r"""
- name: Read all accounts with those who may use them
  remoteops.access.beyondtrust_vault_account_info:
    gather: [details, users]
  register: vault

- name: Show accounts that nobody has checked out yet
  ansible.builtin.debug:
    msg: "{{ vault.vault_accounts | rejectattr('last_checkout_timestamp') | map(attribute='name') }}"

- name: Read on which jump items an account may be used
  remoteops.access.beyondtrust_vault_account_info:
    names: [Leeds administrator]
    gather: [jump_item_association]
"""

RETURN = r"""
vault_accounts:
  description:
    - The accounts, sorted by name. An attribute that an account does not have is null.
    - What O(gather) names is in it.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 2
      name: Leeds administrator
      type: username_password
      username: adm-leeds
      private_key_public_cert: null
      description: For the servers in Leeds.
      account_group: Servers
      account_policy: Rotate Monthly
      users: [{user: a.keller, role: inject}]
      personal: false
      public_key: null
      last_checkout_timestamp: '2026-05-18T06:58:03+00:00'
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 12, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.reads import info_module
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.vault import (
    VAULT_ACCOUNT,
)

MODULE = info_module(VAULT_ACCOUNT, "vault_accounts")
main = MODULE.main

if __name__ == "__main__":
    main()

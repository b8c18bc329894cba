#!/usr/bin/python
"""The module beyondtrust_vault_account_check_in: give a secret of BeyondTrust's vault back."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_vault_account_check_in
short_description: Check an account of BeyondTrust's vault in
description:
  - Check in what the same API account has checked out, or with O(force) what users and other API accounts have.
  - This is an action. Each run asks for it and reports a change; the appliance refuses it for an account that is not checked out.
  - Where the account policy says so and the appliance can, the account gets another password now.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  name:
    description:
      - Name of the account. Where several accounts bear it, O(account_group) or O(id) says which one is meant.
      - Either this or O(id) must be given.
    type: str
  id:
    description: The appliance's identifier of the account, from M(remoteops.access.beyondtrust_vault_account_info).
    type: int
  account_group:
    description: The account group that the account must be in, by name. A group that does not exist is an error.
    type: str
  force:
    description:
      - Whether to check in what others have checked out, whether they still use it or not.
      - The appliance refuses that for accounts of the types V(ssh) and V(ssh_ca), and for those with X.509 certificates.
    type: bool
    default: false
notes:
  - The API account needs the permissions C(perm_configuration) and C(perm_configuration_vault_account).
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.action
seealso:
  - module: remoteops.access.beyondtrust_vault_account_check_out
"""

EXAMPLES = r"""
- name: Check an account out
  remoteops.access.beyondtrust_vault_account_check_out:
    name: Dublin administrator
  delegate_to: localhost
  register: dublin
  no_log: true

- name: Check it in
  remoteops.access.beyondtrust_vault_account_check_in:
    name: Dublin administrator

- name: Check another one out
  remoteops.access.beyondtrust_vault_account_check_out:
    name: Cork administrator
  delegate_to: localhost
  register: cork
  no_log: true

- name: Check it in for whoever has it
  remoteops.access.beyondtrust_vault_account_check_in:
    name: Cork administrator
    force: true
"""

RETURN = r"""
changes:
  description: What was done, or would be in check mode.
  returned: success
  type: list
  elements: dict
  sample: [{action: check_in, kind: vault_account, name: Dublin administrator, fields: []}]
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 2, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.vault_actions import (
    CHECK_IN_SPEC,
    check_in,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module

MODULE = Module(BEYONDTRUST, check_in, CHECK_IN_SPEC)
main = MODULE.main

if __name__ == "__main__":
    main()

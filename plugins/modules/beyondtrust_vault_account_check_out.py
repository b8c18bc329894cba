#!/usr/bin/python
"""The module beyondtrust_vault_account_check_out: hand out a secret of BeyondTrust's vault."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_vault_account_check_out
short_description: Check an account of BeyondTrust's vault out and return its secret
description:
  - Check an account out and return its username with its password, private key or token.
  - This is an action. The appliance writes it to its Vault Account Activity Report under the name of the API account, nobody else can check the account out
    until it is checked in unless its account policy allows that, and checking it in may change its password.
  - Accounts of most types can be checked out, also of those that M(remoteops.access.beyondtrust_vault_account) does not manage. The appliance refuses X.509
    certificate authorities.
  - Check the account in with M(remoteops.access.beyondtrust_vault_account_check_in) when the secret is no longer needed, in the C(always) section of a
    block.
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
attributes:
  async:
    description: Supports being used with the C(async) keyword.
    support: none
    details: The file in which Ansible keeps the result of such a task would hold the secret.
notes:
  - The API account needs the permissions C(perm_configuration) and C(perm_configuration_vault_account).
  - Ansible prints what a module returns. The result of this one is censored when it holds a secret, as if the task had C(no_log) set to V(true). Set it all the
    same, so that whoever reads the playbook sees it, and so that it counts wherever the task may be run.
  - What is registered holds the secret in the clear. Ansible prints it wherever another task shows it, at C(-vvv) even as the argument of a module that does
    not know it for a secret. Set C(no_log) to V(true) on every task that uses it.
  - Run it on the controller, with C(delegate_to) set to V(localhost). There it works in Ansible's own process and nothing but that process has the secret;
    elsewhere it is written by the module there and travels back.
  - With E(ANSIBLE_DEBUG) or E(ANSIBLE_KEEP_REMOTE_FILES) Ansible writes down more than any module or keyword can keep from it.
  - In check mode nothing is checked out, and RV(credential) is not returned.
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.action
seealso:
  - module: remoteops.access.beyondtrust_vault_account_check_in
  - module: remoteops.access.beyondtrust_vault_account_rotation
  - plugin: remoteops.access.vault_account
    plugin_type: lookup
"""

EXAMPLES = r"""
- name: Check the administrator of Leeds out
  remoteops.access.beyondtrust_vault_account_check_out:
    name: Leeds administrator
    account_group: Servers
  delegate_to: localhost
  register: leeds
  no_log: true

- name: Use the secret
  ansible.builtin.set_fact:
    service_login: "{{ leeds.credential.username }}:{{ leeds.credential.password }}"
  no_log: true

- name: Check it in
  remoteops.access.beyondtrust_vault_account_check_in:
    name: Leeds administrator
    account_group: Servers
"""

RETURN = r"""
credential:
  description: What the appliance hands out. What an account of its type does not have is null.
  returned: success, but not in check mode
  type: dict
  contains:
    username:
      description: The name to log in with.
      returned: always
      type: str
      sample: adm-leeds
    type:
      description: The type of the account.
      returned: always
      type: str
      sample: username_password
    password:
      description: The password. The vendor does not document where a token is returned, which is believed to be here.
      returned: always
      type: str
      sample: the password
    private_key:
      description: The private key of an SSH account.
      returned: always
      type: str
      sample: the private key
    signed_public_cert:
      description: The certificate that was signed for this check-out, for an account of the type C(ssh_ca).
      returned: always
      type: str
      sample: the certificate
changes:
  description: What was done, or would be in check mode.
  returned: success
  type: list
  elements: dict
  sample: [{action: check_out, kind: vault_account, name: Leeds administrator, fields: []}]
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 4, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.vault_actions import (
    ACCOUNT_SPEC,
    check_out,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module

MODULE = Module(BEYONDTRUST, check_out, ACCOUNT_SPEC, reveals=lambda result: "credential" in result)
main = MODULE.main

if __name__ == "__main__":
    main()

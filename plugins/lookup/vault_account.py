"""The lookup of accounts in BeyondTrust's vault, which checks them out."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
name: vault_account
short_description: Check accounts of BeyondTrust's vault out for their secrets
description:
  - Checks accounts out and returns the username of each with its password, private key or token. By default they are checked in at once.
  - Every time Ansible evaluates the lookup, the appliance writes a check-out to its Vault Account Activity Report. A variable that is defined by a lookup is
    evaluated wherever it is used. Use M(ansible.builtin.set_fact) with C(no_log) set to V(true), or
    M(remoteops.access.beyondtrust_vault_account_check_out), to have it once.
  - All names are looked up before anything is checked out.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  _terms:
    description: Names of the accounts. A name that several accounts bear is refused, unless O(account_group) says which one is meant.
    type: list
    elements: str
    required: true
  account_group:
    description: The account group that the accounts must be in, by name.
    type: str
  check_in:
    description:
      - Whether each account is checked in as soon as its secret is known.
      - Checking in may give a Windows account, or an AWS secret, another password, if its account policy says so. The one that was returned is of no use then.
        For such an account set this to V(false), and check it in with M(remoteops.access.beyondtrust_vault_account_check_in) when it is no longer needed.
      - An account that stays checked out is refused to everybody until then, to the next evaluation of this lookup as well, unless its account policy allows
        more than one check-out at a time.
    type: bool
    default: true
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.beyondtrust.plugin
notes:
  - The API account needs the permissions C(perm_configuration) and C(perm_configuration_vault_account).
  - Accounts are checked out in check mode, too, as tasks need their secrets to see what would change.
  - A lookup cannot hide what it returns. Ansible prints a secret wherever a task shows it, at C(-vvv) even as the argument of a module that does not take it
    for a secret. Set C(no_log) to V(true) on every task that uses it.
  - The values are data and never templates.
seealso:
  - module: remoteops.access.beyondtrust_vault_account_check_out
  - module: remoteops.access.beyondtrust_vault_account_check_in
  - module: remoteops.access.beyondtrust_vault_account
"""

EXAMPLES = r"""
- name: Log in to a service with an account of the vault
  ansible.builtin.uri:
    url: https://stock.example.org/login
    method: POST
    body_format: form-urlencoded
    body:
      name: "{{ account.username }}"
      password: "{{ account.password }}"
  vars:
    account: "{{ lookup('remoteops.access.vault_account', 'Leeds administrator', account_group='Servers') }}"
  no_log: true

- name: Write down a key that stays checked out
  ansible.builtin.copy:
    content: "{{ lookup('remoteops.access.vault_account', 'Switches', check_in=false).private_key }}"
    dest: /run/switches.key
    mode: "0600"
  no_log: true
"""

RETURN = r"""
_raw:
  description:
    - What the appliance hands out of each account, in the order of the names. What an account of its type does not have is null.
  type: list
  elements: dict
  sample:
    - username: adm-leeds
      type: username_password
      password: the password
      private_key: null
      signed_public_cert: null
"""

from ansible.plugins.lookup import LookupBase

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.vault_actions import (
    check_in_account,
    check_out_account,
    find_account,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.errors import Error, InputError
from ansible_collections.remoteops.access.plugins.plugin_utils._connection import (
    check_options,
    connected,
)


class LookupModule(LookupBase):
    """Looks secrets up."""

    def run(self, terms, variables=None, **kwargs):
        """Return what is handed out of each account that is named in ``terms``."""
        check_options(self, BEYONDTRUST, kwargs)
        self.set_options(var_options=variables, direct=kwargs)
        with connected(BEYONDTRUST, self.get_option, read_only=False) as server:
            if not terms or not all(isinstance(name, str) for name in terms):
                raise InputError(
                    "The names of accounts must be texts, and at least one must be given."
                )
            accounts = [
                find_account(server, name, None, self.get_option("account_group")) for name in terms
            ]
            return [_secret(server, account, self.get_option("check_in")) for account in accounts]


def _secret(server, account, check_in) -> dict:
    """Check an account out, and in again if it is wanted. Raises Error."""
    credential = check_out_account(server, account)
    if check_in:
        try:
            check_in_account(server, account)
        except Error as exc:
            raise Error(
                f"The account {account['name']} was checked out and may not have been checked in: {exc}"
            ) from None
    return credential

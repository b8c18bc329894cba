#!/usr/bin/python
"""The module beyondtrust_api_account_info."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_api_account_info
short_description: Read API accounts of BeyondTrust
description:
  - Return the API accounts of Remote Support or Privileged Remote Access with what each is permitted. The API shows them and cannot change them, and
    shows no client secret.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  names:
    description:
      - Return only the API accounts with these names. A name that no API account has is no error and returns nothing.
    type: list
    elements: str
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.info
seealso:
  - module: remoteops.access.beyondtrust_security_provider_info
"""

EXAMPLES = r"""
- name: Read all API accounts
  remoteops.access.beyondtrust_api_account_info:
  register: found

- name: Show accounts that may change the configuration from any address
  ansible.builtin.debug:
    msg: "{{ found.api_accounts | selectattr('perm_configuration') | rejectattr('ip_addresses') | map(attribute='name') }}"
"""

RETURN = r"""
api_accounts:
  description: The API accounts, sorted by name. A permission that this product does not have is null.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 1
      name: Ansible
      client_id: 0123456789abcdef0123456789abcdef01234567
      enabled: true
      comments: ''
      ip_addresses: 192.0.2.0/24
      failed_login_attempts: 0
      perm_command: full_access
      perm_reporting_support: false
      perm_reporting_license: true
      perm_reporting_vault: false
      perm_reporting_jump_item: true
      perm_reporting_syslog: false
      perm_backup: true
      perm_vault_backup: false
      perm_ecm: false
      perm_configuration: true
      perm_configuration_vault_account: true
      perm_reporting_archive: false
      perm_real_time_state: false
      perm_scim: null
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 2, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.people import (
    API_ACCOUNT,
)
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.reads import info_module

MODULE = info_module(API_ACCOUNT, "api_accounts")
main = MODULE.main

if __name__ == "__main__":
    main()

#!/usr/bin/python
"""The module beyondtrust_user_info."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_user_info
short_description: Read user accounts of BeyondTrust
description:
  - Return the users of Remote Support or Privileged Remote Access, those of all security providers and administrators included, with what
    provisioning last made of their permissions.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  names:
    description:
      - Return only the accounts with these usernames. A name that no account has is no error and returns nothing.
    type: list
    elements: str
  gather:
    description: What to read beside the accounts themselves, each with a request for every account.
    type: list
    elements: str
    choices: [group_policies]
    default: []
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.info
seealso:
  - module: remoteops.access.beyondtrust_user
  - module: remoteops.access.beyondtrust_group_policy_info
"""

EXAMPLES = r"""
- name: Read all accounts
  remoteops.access.beyondtrust_user_info:
  register: everybody

- name: Show who has not been given a second factor
  ansible.builtin.debug:
    msg: "{{ everybody.users | selectattr('enabled') | rejectattr('two_factor_enabled') | map(attribute='username') }}"

- name: Read the group policies that are in effect for somebody
  remoteops.access.beyondtrust_user_info:
    names: [r.keller]
    gather: [group_policies]
  register: looked_up
  failed_when: looked_up.users | length == 0
"""

RETURN = r"""
users:
  description:
    - The accounts, sorted by username. An attribute that the appliance does not show of an account is null.
    - C(permissions) are those in effect, under the names and with the identifiers of the API.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 18
      username: r.keller
      public_display_name: Rosa Keller
      private_display_name: Rosa Keller
      display_number: 117
      email_address: r.keller@example.org
      preferred_email_language: en-us
      password_expiration: null
      password_reset_next_login: false
      two_factor_required: false
      enabled: true
      failed_logins: 0
      security_provider: Local
      is_administrator: false
      two_factor_enabled: false
      created_at: '2026-03-02T09:12:44+00:00'
      last_authentication: '2026-05-18T06:58:03+00:00'
      permissions: {perm_jump_client: true, perm_shell_jump: true, default_jump_item_role_id: 2}
      group_policies: [Technicians]
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 2, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.people import USER
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.reads import info_module

MODULE = info_module(USER, "users")
main = MODULE.main

if __name__ == "__main__":
    main()

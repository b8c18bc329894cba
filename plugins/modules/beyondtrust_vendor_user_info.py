#!/usr/bin/python
"""The module beyondtrust_vendor_user_info."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_vendor_user_info
short_description: Read the users of vendor groups of BeyondTrust Privileged Remote Access
description:
  - Return the users of all vendors, with a request for each vendor. Privileged Remote Access only.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  names:
    description:
      - Return only the users with these usernames, whichever vendor they belong to. A name that no user has is no error and returns nothing.
    type: list
    elements: str
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.info
seealso:
  - module: remoteops.access.beyondtrust_vendor_user
  - module: remoteops.access.beyondtrust_vendor_info
"""

EXAMPLES = r"""
- name: Read the users of all vendors
  remoteops.access.beyondtrust_vendor_user_info:
  register: found

- name: Show whose access has run out
  ansible.builtin.debug:
    msg: "{{ found.vendor_users | selectattr('is_expired') | map(attribute='username') }}"
"""

RETURN = r"""
vendor_users:
  description: The users, sorted by username and vendor. An attribute for which the appliance shows no value is null.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 3
      vendor: Kälte Schmidt GmbH
      username: k.schmidt
      public_display_name: Karl Schmidt
      email_address: k.schmidt@example.com
      password_expiration: null
      password_reset_next_login: true
      enabled: true
      preferred_email_language: en-us
      account_expiration: '2026-08-16T09:00:00+00:00'
      is_approved: true
      is_expired: false
      vendor_administrator: false
      two_factor_enabled: false
      last_authenticated_date: null
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 4, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.people import (
    VENDOR_USER,
)
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.reads import info_module

MODULE = info_module(VENDOR_USER, "vendor_users")
main = MODULE.main

if __name__ == "__main__":
    main()

#!/usr/bin/python
"""The module beyondtrust_vendor_info."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_vendor_info
short_description: Read vendor groups of BeyondTrust Privileged Remote Access
description:
  - Return the groups of vendors whose own people are given access for a time. Privileged Remote Access only.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  names:
    description:
      - Return only the vendors with these names. A name that no vendor has is no error and returns nothing.
    type: list
    elements: str
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.info
seealso:
  - module: remoteops.access.beyondtrust_vendor
  - module: remoteops.access.beyondtrust_vendor_user_info
"""

EXAMPLES = r"""
- name: Read all vendors
  remoteops.access.beyondtrust_vendor_info:
  register: found

- name: Show vendors whose people can come from anywhere
  ansible.builtin.debug:
    msg: "{{ found.vendors | selectattr('network_restrictions', 'equalto', []) | map(attribute='name') }}"
"""

RETURN = r"""
vendors:
  description: The vendors, sorted by name.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 2
      name: Nordlicht Druck
      default_policy: Partners
      account_expiration: 14
      deletion_days_after_expiration: 0
      user_added_notification_enabled: true
      user_expired_notification_enabled: true
      user_approval_enabled: true
      user_reactivation_enabled: false
      administrators: [a.keller]
      teams: [Helpdesk]
      network_restrictions: [198.51.100.0/24]
      duration: 24
      duration_enabled: false
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 2, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.people import VENDOR
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.reads import info_module

MODULE = info_module(VENDOR, "vendors")
main = MODULE.main

if __name__ == "__main__":
    main()

#!/usr/bin/python
"""The module beyondtrust_security_provider_info."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_security_provider_info
short_description: Read security providers of BeyondTrust
description:
  - Return the security providers by which users of Remote Support or Privileged Remote Access log in and groups are looked up.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  names:
    description:
      - Return only the security providers with these names. A name that no security provider has is no error and returns nothing.
    type: list
    elements: str
  gather:
    description:
      - What to read beside what the list shows, with a request for every security provider of the type V(saml). Others have no such groups, nor has
        Remote Support.
    type: list
    elements: str
    choices: [available_groups]
    default: []
    version_added: 0.4.0
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.info
seealso:
  - module: remoteops.access.beyondtrust_security_provider
  - module: remoteops.access.beyondtrust_group_policy
  - module: remoteops.access.beyondtrust_user_info
"""

EXAMPLES = r"""
- name: Read all security providers
  remoteops.access.beyondtrust_security_provider_info:
  register: found

- name: Show by which of them groups can be members of a group policy
  ansible.builtin.debug:
    msg: "{{ found.security_providers | selectattr('group_lookup') | map(attribute='name') }}"
"""

RETURN = r"""
security_providers:
  description: The security providers, sorted by name. RV(ignore:available_groups) is null unless it is gathered.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 1
      name: Local
      available_groups: null
      type: local
      enabled: true
      user_authentication: true
      group_lookup: false
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 2, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.people import (
    SECURITY_PROVIDER,
)
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.reads import info_module

MODULE = info_module(SECURITY_PROVIDER, "security_providers")
main = MODULE.main

if __name__ == "__main__":
    main()

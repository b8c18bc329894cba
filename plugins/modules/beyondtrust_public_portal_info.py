#!/usr/bin/python
"""The module beyondtrust_public_portal_info."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_public_portal_info
short_description: Read public portals of BeyondTrust Remote Support
description:
  - Return the public portals by which customers reach representatives. The API shows them and cannot change them. Remote Support only.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  names:
    description:
      - Return only the portals with these names. A name that no portal has is no error and returns nothing.
    type: list
    elements: str
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.info
seealso:
  - module: remoteops.access.beyondtrust_team
"""

EXAMPLES = r"""
- name: Read all public portals
  remoteops.access.beyondtrust_public_portal_info:
  register: found

- name: Show the addresses of each
  ansible.builtin.debug:
    msg: "{{ item.name }}: {{ item.addresses | join(', ') }}"
  loop: "{{ found.public_portals }}"
  loop_control:
    label: "{{ item.name }}"
"""

RETURN = r"""
public_portals:
  description: The portals, sorted by name.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 1
      name: Default
      addresses: [support.example.org]
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 2, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.people import (
    PUBLIC_PORTAL,
)
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.reads import info_module

MODULE = info_module(PUBLIC_PORTAL, "public_portals")
main = MODULE.main

if __name__ == "__main__":
    main()

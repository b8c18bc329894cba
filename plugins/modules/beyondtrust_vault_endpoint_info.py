#!/usr/bin/python
"""The module beyondtrust_vault_endpoint_info."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_vault_endpoint_info
short_description: Read endpoints of BeyondTrust's vault
description:
  - Return the machines that discovery has found, to which Windows accounts of the vault belong.
  - The API makes, changes and removes none.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  names:
    description:
      - Return only the endpoints with these names. A name that no endpoint has is no error and returns nothing.
    type: list
    elements: str
  gather:
    description:
      - What to read beside the endpoints themselves, each with a request for every endpoint and those for all remote RDP items.
      - V(remote_rdp) are the remote RDP items that are linked with an endpoint, V(remote_rdp_candidates) those that can be.
    type: list
    elements: str
    choices: [remote_rdp, remote_rdp_candidates]
    default: []
notes:
  - The API account needs the permissions C(perm_configuration) and C(perm_configuration_vault_account).
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.info
seealso:
  - module: remoteops.access.beyondtrust_vault_endpoint_association
  - module: remoteops.access.beyondtrust_vault_account_info
"""

EXAMPLES = r"""
- name: Read all endpoints with the jump items that can be linked with them
  remoteops.access.beyondtrust_vault_endpoint_info:
    gather: [remote_rdp, remote_rdp_candidates]
  register: vault

- name: Show the endpoints that no jump item leads to
  ansible.builtin.debug:
    msg: "{{ vault.vault_endpoints | rejectattr('remote_rdp') | map(attribute='name') }}"
"""

RETURN = r"""
vault_endpoints:
  description:
    - The endpoints, sorted by name.
    - C(remote_rdp) and C(remote_rdp_candidates) are in it if O(gather) names them, each item with its identifier, its name and where it lies.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 1
      name: UTC-DSP-000
      hostname: 10.40.0.4
      description: ''
      operating_system: Windows Server 2022
      domain_name: null
      distinguished_name: null
      remote_rdp: []
      remote_rdp_candidates: [{id: 1, name: UTC-DSP-000, jump_group: Utrecht, personal_list_of: null}]
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 10, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.vault_actions import (
    ENDPOINT_INFO_SPEC,
    read_endpoints,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module

MODULE = Module(BEYONDTRUST, read_endpoints, ENDPOINT_INFO_SPEC)
main = MODULE.main

if __name__ == "__main__":
    main()

#!/usr/bin/python
"""The module beyondtrust_jumpoint_info."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_jumpoint_info
short_description: Read jumpoints of BeyondTrust
description:
  - Return the jumpoints of Remote Support or Privileged Remote Access, and whether they are connected.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  names:
    description:
      - Return only the jumpoints with these names. A name that no jumpoint has is no error and returns nothing.
    type: list
    elements: str
  gather:
    description:
      - What to read beside the jumpoints themselves, each with a request for every jumpoint.
      - V(nodes) are the hosts that it is installed on, one, or up to ten if it is clustered.
    type: list
    elements: str
    choices: [members, nodes]
    default: []
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.info
seealso:
  - module: remoteops.access.beyondtrust_jumpoint
"""

EXAMPLES = r"""
- name: Read all jumpoints
  remoteops.access.beyondtrust_jumpoint_info:
  register: found

- name: Read on which hosts one is installed
  remoteops.access.beyondtrust_jumpoint_info:
    names: [Leeds Jumpoint]
    gather: [nodes]

- name: Show jumpoints that should be connected and are not
  ansible.builtin.debug:
    msg: "{{ found.jumpoints | selectattr('enabled') | rejectattr('connected') | map(attribute='name') }}"
"""

RETURN = r"""
jumpoints:
  description: The jumpoints, sorted by name. An attribute that this product does not have is null.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 2
      name: Leeds Jumpoint
      code_name: jp_leeds
      platform: windows-x86
      clustered: false
      comments: ''
      enabled: true
      shell_jump_enabled: true
      external_jump_item_network_id: ''
      protocol_tunnel_enabled: null
      rdp_service_account: null
      managed_ip_ranges: null
      jzp_enabled: false
      jzp_proxy_hostname: ''
      jzp_proxy_port: 9555
      jzp_allow_http_get: false
      jzp_client_address_restrictions_type: no_restriction
      jzp_restricted_ips: []
      connected: false
      nodes:
        - id: 4
          hostname: jump-leeds
          public_ip: 192.0.2.4
          private_ip: 10.11.0.5
          last_connect_timestamp: '2026-01-14T07:12:09+00:00'
          last_disconnect_timestamp: '2026-01-14T19:40:31+00:00'
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 2, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.jumps import JUMPOINT
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.reads import info_module

MODULE = info_module(JUMPOINT, "jumpoints")
main = MODULE.main

if __name__ == "__main__":
    main()

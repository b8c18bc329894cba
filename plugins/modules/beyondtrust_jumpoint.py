#!/usr/bin/python
"""The module beyondtrust_jumpoint."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_jumpoint
short_description: Manage jumpoints of BeyondTrust, with the users who may use them
description:
  - Make, change, rename and remove jumpoints of Remote Support and Privileged Remote Access. A new one still has to be installed on its host.
  - A jumpoint is found by O(name), else by O(code_name). An option that is left out is left alone.
  - Removing a jumpoint removes the jump items that go through it.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  name:
    description: Name of the jumpoint, at most 255 characters. Required, unless O(id) says which one is meant.
    type: str
  code_name:
    description:
      - Name by which programs refer to the jumpoint, such as the import of jump shortcuts. At most 64 letters, digits, underscores and hyphens. A
        new one gets one from the appliance if it is given none.
    type: str
  platform:
    description: What the jumpoint is installed on. A new one needs it. It cannot be changed afterwards.
    type: str
    choices: [windows-x86, linux-x86]
  clustered:
    description: Whether the jumpoint can have several nodes. It cannot be changed afterwards. A new one has it off.
    type: bool
  comments:
    description: Comments, at most 1024 characters.
    type: str
  enabled:
    description: Whether the jumpoint can be used. A new one can.
    type: bool
  shell_jump_enabled:
    description: Whether shell jumps can go through it. A new jumpoint has it off.
    type: bool
  external_jump_item_network_id:
    description: The number of the network that an external source of jump items knows it by, at most 1024 characters. No other may have the same.
    type: str
  protocol_tunnel_enabled:
    description: Whether protocol tunnels can go through it. A new jumpoint has it on. Privileged Remote Access only.
    type: bool
  rdp_service_account:
    description:
      - The account of the vault that the jumpoint runs external RDP tools with, by name. An empty text takes it away. Privileged Remote Access only.
      - Where a jumpoint has one, the API account needs the permission C(perm_configuration_vault_account), too.
    type: str
  managed_ip_ranges:
    description:
      - The ranges of addresses that the jumpoint is used for. The list is complete, and an empty one removes all. Privileged Remote Access only.
    type: list
    elements: dict
    suboptions:
      start:
        description: The first address.
        type: str
        required: true
      end:
        description: The last address.
        type: str
        required: true
  jzp_enabled:
    description: Whether the jumpoint is a proxy for jump clients that cannot reach the appliance.
    type: bool
  jzp_proxy_hostname:
    description: The host name by which these reach it, at most 256 characters.
    type: str
  jzp_proxy_port:
    description: The port by which these reach it. A new jumpoint has 9555.
    type: int
  jzp_allow_http_get:
    description: Whether plain HTTP GET requests are passed on.
    type: bool
  jzp_client_address_restrictions_type:
    description: How O(jzp_restricted_ips) is meant. A new jumpoint has V(no_restriction).
    type: str
    choices: [no_restriction, allow_all, deny_all]
  jzp_restricted_ips:
    description: The addresses that may, or may not, use the proxy. The list is complete.
    type: list
    elements: str
  members:
    description:
      - The users who may use the jumpoint on their own account, by username, beside those whom a group policy lets in. The list is complete, and an
        empty one removes all.
    type: list
    elements: str
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.identifier
  - remoteops.access.beyondtrust.object
  - remoteops.access.beyondtrust.state
seealso:
  - module: remoteops.access.beyondtrust_jumpoint_info
  - module: remoteops.access.beyondtrust_group_policy
"""

EXAMPLES = r"""
- name: Keep a jumpoint for a plant
  remoteops.access.beyondtrust_jumpoint:
    name: Plant Leeds
    code_name: jp_plant_leeds
    platform: linux-x86
    shell_jump_enabled: true
    comments: In the switch room.
    members: [c.byrne, d.larsen]

- name: Shut it for the time being
  remoteops.access.beyondtrust_jumpoint:
    name: Plant Leeds
    enabled: false

- name: Remove it
  remoteops.access.beyondtrust_jumpoint:
    name: Plant Leeds
    state: absent
"""

RETURN = r"""
jumpoint:
  description:
    - The jumpoint as the appliance shows it after the run; in check mode as it would be, as far as that can be known.
    - Its C(members) are shown only where they were given. An attribute that this product does not have is null.
  returned: success and O(state=present)
  type: dict
  sample:
    id: 9
    name: Plant Leeds
    code_name: jp_plant_leeds
    platform: linux-x86
    clustered: false
    comments: In the switch room.
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
    members: [c.byrne, d.larsen]
    connected: false
changes:
  description:
    - What was done, or would be in check mode. When a change failed, what had been done before.
    - C(fields) of an update name what differs; within a mapping they are paths.
  returned: success, and when a change failed
  type: list
  elements: dict
  sample: [{action: create, kind: jumpoint, name: Plant Leeds, fields: [name, platform, members]}]
failed_changes:
  description:
    - The changes that failed, as in RV(changes), each with the C(reason) and the fields that had been C(written) before.
    - The jumpoint itself is written first, then its members.
  returned: when a change failed
  type: list
  elements: dict
  sample: [{action: create, kind: jumpoint, name: Plant Leeds, fields: [name, platform, members], reason: the name is taken, written: []}]
changes_not_tried:
  description: The changes that were given up because others had failed, as in RV(changes).
  returned: when a change failed
  type: list
  elements: dict
  sample: []
diff:
  description:
    - What changes, object by object, for C(--diff). C(before) and C(after) hold only what differs, as YAML.
    - Of a list whose order means nothing, members that stay are counted. An object that is made or removed is C(absent) on one side.
  returned: in diff mode, on success and when a change failed
  type: list
  elements: dict
  sample:
    - before_header: jumpoint Plant Leeds
      after_header: jumpoint Plant Leeds
      before: |
        enabled: true
      after: |
        enabled: false
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 5, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.jumps import JUMPOINT
from ansible_collections.remoteops.access.plugins.module_utils._core.module import object_module

MODULE = object_module(BEYONDTRUST, JUMPOINT)
main = MODULE.main

if __name__ == "__main__":
    main()

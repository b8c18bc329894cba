#!/usr/bin/python
"""The module beyondtrust_network_tunnel_jump: items for tunnels into a network."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_network_tunnel_jump
short_description: Manage network tunnel jump items of BeyondTrust Privileged Remote Access
description:
  - Make, change, move, rename and remove the items that open a tunnel into a network through a jumpoint, with the rules of what may pass. Privileged
    Remote Access only.
  - An item is found by O(name) in its O(jump_group), or in the personal list of O(personal_list_of). Two items in one place may bear the same name;
    then O(id) says which one is meant.
  - Given O(id), the item is renamed by another O(name), and moved by another O(jump_group) or O(personal_list_of).
  - An option that is left out is left alone. An empty text makes the attribute empty.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  filter_rules:
    description:
      - What may pass, from 1 to 50 rules in this order. A new item needs one. The list is complete, and so is each rule.
    type: list
    elements: dict
    suboptions:
      ip_addresses:
        description: The addresses that may be reached, as exactly one of the three.
        type: dict
        required: true
        suboptions:
          cidr:
            description: A network, such as V(192.168.1.0/24).
            type: str
          range:
            description: All addresses of IPv4 from one to another.
            type: dict
            suboptions:
              start:
                description: The first address.
                type: str
                required: true
              end:
                description: The last address.
                type: str
                required: true
          list:
            description: From 1 to 16 addresses of IPv4.
            type: list
            elements: str
      protocol:
        description: The protocol, by the keyword that IANA has for it with underscores, such as V(TCP), V(UDP) or V(ICMP). V(ANY), or none, means all.
        type: str
      ports:
        description: The ports that may be reached, where the protocol has ports, as one of both. Without it all may be.
        type: dict
        suboptions:
          range:
            description: All ports from one to another.
            type: dict
            suboptions:
              start:
                description: The first port, from 1 to 65535.
                type: int
                required: true
              end:
                description: The last port, from 1 to 65535.
                type: int
                required: true
          list:
            description: At most 42 ports, from 1 to 65535. An empty list means all.
            type: list
            elements: int
notes:
  - Such items exist since version 25.2 of the appliance.
  - The appliance is told the keyword of a protocol as it is given, and refuses one that it does not know.
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.identifier
  - remoteops.access.beyondtrust.object
  - remoteops.access.beyondtrust.state
  - remoteops.access.beyondtrust.jump_item
seealso:
  - module: remoteops.access.beyondtrust_jump_item_info
  - module: remoteops.access.beyondtrust_jump_group
  - module: remoteops.access.beyondtrust_jumpoint
"""

EXAMPLES = r"""
- name: Keep a tunnel to the controllers of a line
  remoteops.access.beyondtrust_network_tunnel_jump:
    name: Line 4
    jump_group: hamburg
    jumpoint: jp_hamburg
    filter_rules:
      - ip_addresses:
          cidr: 10.30.4.0/24
        protocol: TCP
        ports:
          list: [102, 502]
      - ip_addresses:
          range:
            start: 10.30.5.1
            end: 10.30.5.20
        protocol: UDP
        ports:
          range:
            start: 4000
            end: 4100
      - ip_addresses:
          list: [10.30.4.1, 10.30.4.2]
        protocol: ICMP

- name: Remove it
  remoteops.access.beyondtrust_network_tunnel_jump:
    name: Line 4
    jump_group: hamburg
    state: absent
"""

RETURN = r"""
network_tunnel_jump:
  description:
    - The jump item as the appliance shows it after the run; in check mode as it would be, as far as that can be known.
  returned: success and O(state=present)
  type: dict
  sample:
    id: 1
    name: Line 4
    jump_group: Hamburg
    personal_list_of: null
    jumpoint: Hamburg Jumpoint
    filter_rules:
      - ip_addresses: {cidr: 10.30.4.0/24, range: null, list: null}
        protocol: TCP
        ports: {range: null, list: [102, 502]}
    tag: ''
    comments: ''
    jump_policy: null
    session_policy: null
changes:
  description:
    - What was done, or would be in check mode. When a change failed, what had been done before.
    - C(fields) of an update name what differs; within a mapping they are paths.
  returned: success, and when a change failed
  type: list
  elements: dict
  sample: [{action: create, kind: network_tunnel_jump, name: Line 4/Hamburg, fields: [name, jump_group, jumpoint, filter_rules]}]
failed_changes:
  description: The changes that failed, as in RV(changes), each with the C(reason) and the fields that had been C(written) before.
  returned: when a change failed
  type: list
  elements: dict
  sample: [{action: update, kind: network_tunnel_jump, name: Line 4/Hamburg, fields: [jumpoint], reason: the jumpoint is invalid, written: []}]
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
    - before_header: network_tunnel_jump Line 4/Hamburg
      after_header: network_tunnel_jump Line 4/Hamburg
      before: |
        comments: ""
      after: |
        comments: For the night shift.
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 6, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.jump_items import (
    NETWORK_TUNNEL_JUMP,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.module import object_module

MODULE = object_module(BEYONDTRUST, NETWORK_TUNNEL_JUMP)
main = MODULE.main

if __name__ == "__main__":
    main()

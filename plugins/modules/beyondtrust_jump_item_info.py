#!/usr/bin/python
"""The module beyondtrust_jump_item_info: the jump items of all kinds."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_jump_item_info
short_description: Read jump items of BeyondTrust
description:
  - Return the jump items of Remote Support or Privileged Remote Access that their modules manage, those in personal lists included.
  - Local jumps, remote jumps, local RDP, local VNC and Intel vPro cannot be read. No API shows them.
  - Options that are left out choose nothing away; an item has to fit all the others.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  kinds:
    description:
      - Return only items of these kinds, each of which takes a request or more. All that the product has, if not given.
      - Web jumps and all tunnels are Privileged Remote Access only.
    type: list
    elements: str
    choices: [remote_rdp, shell_jump, remote_vnc, web_jump, protocol_tunnel_jump, psql_tunnel_jump, mysql_tunnel_jump, network_tunnel_jump]
  names:
    description:
      - Return only the items with these names.
      - A name that no item has is no error and returns nothing. Several items may have the same.
    type: list
    elements: str
  jump_groups:
    description:
      - Return only the items in these jump groups, each given by name or code name. Those of personal lists are left out then.
      - The name of a group that does not exist is an error.
    type: list
    elements: str
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.info
seealso:
  - module: remoteops.access.beyondtrust_shell_jump
  - module: remoteops.access.beyondtrust_remote_rdp
  - module: remoteops.access.beyondtrust_remote_vnc
  - module: remoteops.access.beyondtrust_web_jump
  - module: remoteops.access.beyondtrust_protocol_tunnel_jump
  - module: remoteops.access.beyondtrust_psql_tunnel_jump
  - module: remoteops.access.beyondtrust_mysql_tunnel_jump
  - module: remoteops.access.beyondtrust_network_tunnel_jump
  - module: remoteops.access.beyondtrust_jump_client_info
"""

EXAMPLES = r"""
- name: Read every jump item
  remoteops.access.beyondtrust_jump_item_info:
  register: everything

- name: Show which have no jump policy
  ansible.builtin.debug:
    msg: "{{ everything.jump_items | rejectattr('jump_policy') | map(attribute='name') }}"

- name: Read the shells of one jump group
  remoteops.access.beyondtrust_jump_item_info:
    kinds: [shell_jump]
    jump_groups: [network]

- name: Look an item up
  remoteops.access.beyondtrust_jump_item_info:
    names: [sw-muc-007]
  register: looked_up
  failed_when: looked_up.jump_items | length != 1
"""

RETURN = r"""
jump_items:
  description:
    - The items, sorted by name, each with its C(kind) and the attributes that the module of that kind documents.
    - An attribute that this product does not have is null. Numbers in C(id) are unique within a kind only.
  returned: success
  type: list
  elements: dict
  sample:
    - kind: shell_jump
      id: 2
      name: sw-muc-007
      jump_group: Network Equipment
      personal_list_of: null
      jumpoint: München Jumpoint
      hostname: 10.31.0.11
      protocol: telnet
      port: 23
      username: netadmin
      terminal: xterm
      keep_alive: 0
      tag: switch
      comments: ''
      jump_policy: Two Factors
      session_policy: Servers
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 9, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.reads import (
    JUMP_ITEM_SPEC,
    read_jump_items,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module

MODULE = Module(BEYONDTRUST, read_jump_items, JUMP_ITEM_SPEC)
main = MODULE.main

if __name__ == "__main__":
    main()

#!/usr/bin/python
"""The module beyondtrust_shell_jump: items for sessions by SSH and Telnet."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_shell_jump
short_description: Manage shell jump items of BeyondTrust
description:
  - Make, change, move, rename and remove the items that open a shell by SSH or Telnet, of Remote Support and Privileged Remote Access.
  - An item is found by O(name) in its O(jump_group), or in the personal list of O(personal_list_of). Two items in one place may bear the same name;
    then O(id) says which one is meant.
  - Given O(id), the item is renamed by another O(name), and moved by another O(jump_group) or O(personal_list_of).
  - An option that is left out is left alone. An empty text makes the attribute empty.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  hostname:
    description: Host name or IP address of the target, at most 128 characters. A new item needs one.
    type: str
  protocol:
    description: How the target is reached. A new item needs it.
    type: str
    choices: [ssh, telnet]
  port:
    description: The target's port, from 1 to 65535. A new item has 22 for V(ssh) and 23 for V(telnet). It does not follow when O(protocol) changes.
    type: int
  username:
    description: The user to log in as, where no credentials come from the vault or from outside. At most 128 characters.
    type: str
  terminal:
    description: The terminal that is shown to the target. A new item has V(xterm).
    type: str
    choices: [xterm, VT100]
  keep_alive:
    description: Seconds between two packets that keep an idle session open, from 0 to 300. 0 sends none, as does a new item.
    type: int
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
- name: Keep a switch in the jump group with the code name network
  remoteops.access.beyondtrust_shell_jump:
    name: sw-lds-core
    jump_group: network
    jumpoint: jp_leeds
    hostname: 10.11.0.2
    protocol: ssh
    username: netadmin
    tag: switch
    jump_policy: Ask First
    session_policy: servers

- name: Keep a machine in somebody's personal list
  remoteops.access.beyondtrust_shell_jump:
    name: Test bench
    personal_list_of: a.keller
    jumpoint: jp_leeds
    hostname: 10.11.0.77
    protocol: telnet

- name: Look up which number the switch has
  remoteops.access.beyondtrust_jump_item_info:
    kinds: [shell_jump]
    names: [sw-lds-core]
  register: found

- name: Move it to another jump group under another name
  remoteops.access.beyondtrust_shell_jump:
    id: "{{ found.jump_items[0].id }}"
    name: sw-lds-core-1
    jump_group: Leeds

- name: Remove it
  remoteops.access.beyondtrust_shell_jump:
    name: sw-lds-core-1
    jump_group: Leeds
    state: absent
"""

RETURN = r"""
shell_jump:
  description:
    - The jump item as the appliance shows it after the run; in check mode as it would be, as far as that can be known.
  returned: success and O(state=present)
  type: dict
  sample:
    id: 51
    name: sw-lds-core
    jump_group: Network Equipment
    personal_list_of: null
    jumpoint: Leeds Jumpoint
    hostname: 10.11.0.2
    protocol: ssh
    port: 22
    username: netadmin
    terminal: xterm
    keep_alive: 0
    tag: switch
    comments: ''
    jump_policy: Ask First
    session_policy: Servers
changes:
  description:
    - What was done, or would be in check mode. When a change failed, what had been done before.
    - C(fields) of an update name what differs; within a mapping they are paths.
  returned: success, and when a change failed
  type: list
  elements: dict
  sample: [{action: create, kind: shell_jump, name: sw-lds-core/Network Equipment, fields: [name, jump_group, jumpoint, hostname, protocol]}]
failed_changes:
  description: The changes that failed, as in RV(changes), each with the C(reason) and the fields that had been C(written) before.
  returned: when a change failed
  type: list
  elements: dict
  sample: [{action: update, kind: shell_jump, name: sw-lds-core/Network Equipment, fields: [jumpoint], reason: the jumpoint is invalid, written: []}]
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
    - before_header: shell_jump sw-lds-core/Network Equipment
      after_header: shell_jump sw-lds-core/Network Equipment
      before: |
        hostname: "10.11.0.2"
      after: |
        hostname: "10.11.0.3"
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 6, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.jump_items import (
    SHELL_JUMP,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.module import object_module

MODULE = object_module(BEYONDTRUST, SHELL_JUMP)
main = MODULE.main

if __name__ == "__main__":
    main()

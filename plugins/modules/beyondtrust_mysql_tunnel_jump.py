#!/usr/bin/python
"""The module beyondtrust_mysql_tunnel_jump: items for tunnels to MySQL databases."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_mysql_tunnel_jump
short_description: Manage MySQL tunnel jump items of BeyondTrust Privileged Remote Access
description:
  - Make, change, move, rename and remove the items that open a tunnel to a MySQL database through a jumpoint. Privileged Remote Access only.
  - An item is found by O(name) in its O(jump_group), or in the personal list of O(personal_list_of). Two items in one place may bear the same name;
    then O(id) says which one is meant.
  - Given O(id), the item is renamed by another O(name), and moved by another O(jump_group) or O(personal_list_of).
  - An option that is left out is left alone. An empty text makes the attribute empty.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  hostname:
    description: Host name or IP address of the database's server, at most 128 characters. A new item needs one.
    type: str
  tunnel_listen_address:
    description: Where the tunnel begins on the user's own machine, an address in 127.0.0.0/24. A new item has V(127.0.0.1).
    type: str
  username:
    description: The user of the database, at most 128 characters.
    type: str
  database:
    description: The name of the database, at most 128 characters.
    type: str
notes:
  - Such items exist since version 25.2 of the appliance.
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
- name: Keep a tunnel to a database
  remoteops.access.beyondtrust_mysql_tunnel_jump:
    name: Wiki
    jump_group: london
    jumpoint: jp_london
    hostname: 10.10.0.220
    username: reader
    database: wiki

- name: Let it begin at another local address
  remoteops.access.beyondtrust_mysql_tunnel_jump:
    name: Wiki
    jump_group: london
    tunnel_listen_address: 127.0.0.7

- name: Remove it
  remoteops.access.beyondtrust_mysql_tunnel_jump:
    name: Wiki
    jump_group: london
    state: absent
"""

RETURN = r"""
mysql_tunnel_jump:
  description:
    - The jump item as the appliance shows it after the run; in check mode as it would be, as far as that can be known.
  returned: success and O(state=present)
  type: dict
  sample:
    id: 1
    name: Wiki
    jump_group: London
    personal_list_of: null
    jumpoint: London Jumpoint
    hostname: 10.10.0.220
    tunnel_listen_address: 127.0.0.1
    username: reader
    database: wiki
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
  sample: [{action: create, kind: mysql_tunnel_jump, name: Wiki/London, fields: [name, jump_group, jumpoint, hostname, database]}]
failed_changes:
  description: The changes that failed, as in RV(changes), each with the C(reason) and the fields that had been C(written) before.
  returned: when a change failed
  type: list
  elements: dict
  sample: [{action: update, kind: mysql_tunnel_jump, name: Wiki/London, fields: [jumpoint], reason: the jumpoint is invalid, written: []}]
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
    - before_header: mysql_tunnel_jump Wiki/London
      after_header: mysql_tunnel_jump Wiki/London
      before: |
        tunnel_listen_address: "127.0.0.1"
      after: |
        tunnel_listen_address: "127.0.0.7"
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 6, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.jump_items import (
    MYSQL_TUNNEL_JUMP,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.module import object_module

MODULE = object_module(BEYONDTRUST, MYSQL_TUNNEL_JUMP)
main = MODULE.main

if __name__ == "__main__":
    main()

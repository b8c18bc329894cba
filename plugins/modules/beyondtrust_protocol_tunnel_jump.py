#!/usr/bin/python
"""The module beyondtrust_protocol_tunnel_jump: items for tunnels by TCP, to SQL Server and to
Kubernetes.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_protocol_tunnel_jump
short_description: Manage protocol tunnel jump items of BeyondTrust Privileged Remote Access
description:
  - Make, change, move, rename and remove the items that open a tunnel for TCP, Microsoft SQL Server or Kubernetes through a jumpoint. Privileged
    Remote Access only.
  - An item is found by O(name) in its O(jump_group), or in the personal list of O(personal_list_of). Two items in one place may bear the same name;
    then O(id) says which one is meant.
  - Given O(id), the item is renamed by another O(name), and moved by another O(jump_group) or O(personal_list_of).
  - An option that is left out is left alone. An empty text makes the attribute empty.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  tunnel_type:
    description:
      - What the tunnel is for, V(tcp), V(mssql) or V(k8s) for Kubernetes. A new item has V(tcp).
      - V(tcp) needs O(hostname) and O(tunnel_definitions), V(mssql) needs O(hostname) and O(username), V(k8s) needs O(target_url) and O(ca_certificates).
    type: str
    choices: [tcp, mssql, k8s]
  hostname:
    description:
      - Host name or IP address of the target, at most 128 characters. It is refused for V(k8s), where the appliance takes it from O(target_url).
    type: str
  tunnel_listen_address:
    description: Where the tunnel begins on the user's own machine, an address in 127.0.0.0/24. A new item has V(127.0.0.1).
    type: str
  tunnel_definitions:
    description:
      - Pairs of a local and a remote port, such as V(22;24;26;28) for two of them, at most 5000 characters. A local port may be 0.
      - Only V(tcp) heeds it.
    type: str
  username:
    description: The user of the database, for V(mssql). At most 128 characters.
    type: str
  database:
    description: The name of the database, for V(mssql). At most 128 characters.
    type: str
  target_url:
    description:
      - Address of the cluster, for V(k8s). At most 256 characters. It needs a jumpoint on Linux.
      - The API calls it C(url), and so does what is returned.
    type: str
  ca_certificates:
    description: The certificates of the cluster's authority as PEM, for V(k8s). At most 12288 characters.
    type: str
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
- name: Keep a tunnel to a line controller
  remoteops.access.beyondtrust_protocol_tunnel_jump:
    name: Line controller
    jump_group: hamburg
    jumpoint: jp_hamburg
    hostname: 10.30.0.240
    tunnel_definitions: 10102;102;10502;502

- name: Keep a tunnel to the stock database
  remoteops.access.beyondtrust_protocol_tunnel_jump:
    name: Stock
    jump_group: leeds
    jumpoint: jp_leeds
    tunnel_type: mssql
    hostname: 10.11.0.210
    username: reader
    database: stock

- name: Remove the tunnel to the controller
  remoteops.access.beyondtrust_protocol_tunnel_jump:
    name: Line controller
    jump_group: hamburg
    state: absent
"""

RETURN = r"""
protocol_tunnel_jump:
  description:
    - The jump item as the appliance shows it after the run; in check mode as it would be, as far as that can be known.
  returned: success and O(state=present)
  type: dict
  sample:
    id: 12
    name: Stock
    jump_group: Leeds
    personal_list_of: null
    jumpoint: Leeds Jumpoint
    hostname: 10.11.0.210
    tunnel_listen_address: 127.0.0.1
    username: reader
    database: stock
    tunnel_type: mssql
    tunnel_definitions: ''
    url: null
    ca_certificates: null
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
  sample: [{action: create, kind: protocol_tunnel_jump, name: Stock/Leeds, fields: [name, jump_group, jumpoint, hostname, tunnel_type, username]}]
failed_changes:
  description: The changes that failed, as in RV(changes), each with the C(reason) and the fields that had been C(written) before.
  returned: when a change failed
  type: list
  elements: dict
  sample: [{action: update, kind: protocol_tunnel_jump, name: Stock/Leeds, fields: [jumpoint], reason: the jumpoint is invalid, written: []}]
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
    - before_header: protocol_tunnel_jump Stock/Leeds
      after_header: protocol_tunnel_jump Stock/Leeds
      before: |
        database: stock_test
      after: |
        database: stock
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 6, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.jump_items import (
    PROTOCOL_TUNNEL_JUMP,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.module import object_module

MODULE = object_module(BEYONDTRUST, PROTOCOL_TUNNEL_JUMP)
main = MODULE.main

if __name__ == "__main__":
    main()

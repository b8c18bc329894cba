#!/usr/bin/python
"""The module beyondtrust_remote_vnc: items for sessions by VNC."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_remote_vnc
short_description: Manage remote VNC jump items of BeyondTrust
description:
  - Make, change, move, rename and remove the items that open a session by VNC through a jumpoint, of Remote Support and Privileged Remote Access.
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
  port:
    description: The target's port, from 100 to 65535. A new item has 5900.
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
- name: Keep the screen of a packing line
  remoteops.access.beyondtrust_remote_vnc:
    name: Packing line 2
    jump_group: Bristol
    jumpoint: Bristol Jumpoint
    hostname: 10.12.0.240
    port: 5901
    comments: The keyboard is behind the panel.

- name: Remove it
  remoteops.access.beyondtrust_remote_vnc:
    name: Packing line 2
    jump_group: Bristol
    state: absent
"""

RETURN = r"""
remote_vnc:
  description:
    - The jump item as the appliance shows it after the run; in check mode as it would be, as far as that can be known.
  returned: success and O(state=present)
  type: dict
  sample:
    id: 34
    name: Packing line 2
    jump_group: Bristol
    personal_list_of: null
    jumpoint: Bristol Jumpoint
    hostname: 10.12.0.240
    port: 5901
    tag: ''
    comments: The keyboard is behind the panel.
    jump_policy: null
    session_policy: null
changes:
  description:
    - What was done, or would be in check mode. When a change failed, what had been done before.
    - C(fields) of an update name what differs; within a mapping they are paths.
  returned: success, and when a change failed
  type: list
  elements: dict
  sample: [{action: create, kind: remote_vnc, name: Packing line 2/Bristol, fields: [name, jump_group, jumpoint, hostname, port]}]
failed_changes:
  description: The changes that failed, as in RV(changes), each with the C(reason) and the fields that had been C(written) before.
  returned: when a change failed
  type: list
  elements: dict
  sample: [{action: update, kind: remote_vnc, name: Packing line 2/Bristol, fields: [jumpoint], reason: the jumpoint is invalid, written: []}]
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
    - before_header: remote_vnc Packing line 2/Bristol
      after_header: remote_vnc Packing line 2/Bristol
      before: |
        port: 5900
      after: |
        port: 5901
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 6, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.jump_items import (
    REMOTE_VNC,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.module import object_module

MODULE = object_module(BEYONDTRUST, REMOTE_VNC)
main = MODULE.main

if __name__ == "__main__":
    main()

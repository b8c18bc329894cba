#!/usr/bin/python
"""The module beyondtrust_jump_group."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_jump_group
short_description: Manage shared jump groups of BeyondTrust, with their members
description:
  - Make, change, rename and remove shared jump groups of Remote Support and Privileged Remote Access, and say who may use them.
  - A group is found by O(name), else by O(code_name), so that a group keeps its items when it is given another name.
  - An option that is left out is left alone. An empty text or list makes the attribute empty.
  - Removing a jump group removes every jump item, jump client and installer in it. That is refused unless O(remove_items) says otherwise.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  name:
    description: Name of the jump group, at most 255 characters. Required, unless O(id) says which one is meant.
    type: str
  code_name:
    description:
      - Name by which programs refer to the group, such as the import of jump shortcuts. At most 64 letters, digits, underscores and hyphens. A new
        one gets one from the appliance if it is given none.
    type: str
  comments:
    description: Comments, at most 4096 characters.
    type: str
  ecm_group_id:
    description: The group of the endpoint credential manager, by its number. Privileged Remote Access only.
    type: int
  members:
    description:
      - The users who may use the group on their own account, beside those whom a group policy lets in. The list is complete, and an empty one
        removes all.
      - What is left out of a member is left alone.
    type: list
    elements: dict
    suboptions:
      user:
        description: The user, by username.
        type: str
        required: true
      jump_item_role:
        description: The jump item role of the user in this group, by name. An empty text means the user's default role, which a new member has.
        type: str
      jump_policy:
        description:
          - The jump policy for this user, by name or code name. An empty text means the one that is set on each item, which a new member has.
            Privileged Remote Access only.
        type: str
  remove_items:
    description: Whether a group may be removed that still owns jump items, jump clients or installers, which are removed with it.
    type: bool
    default: false
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.identifier
  - remoteops.access.beyondtrust.object
  - remoteops.access.beyondtrust.state
seealso:
  - module: remoteops.access.beyondtrust_jump_group_info
  - module: remoteops.access.beyondtrust_group_policy
"""

EXAMPLES = r"""
- name: Keep a jump group for a plant
  remoteops.access.beyondtrust_jump_group:
    name: Plant Leeds
    code_name: plant_leeds
    comments: Production network, ask the shift leader first.
    members:
      - user: c.byrne
        jump_item_role: Administrator
      - user: d.larsen

- name: Give it another name
  remoteops.access.beyondtrust_jump_group:
    code_name: plant_leeds
    name: Plant Leeds North

- name: Remove it, with whatever is in it
  remoteops.access.beyondtrust_jump_group:
    name: Plant Leeds North
    state: absent
    remove_items: true
"""

RETURN = r"""
jump_group:
  description:
    - The jump group as the appliance shows it after the run; in check mode as it would be, as far as that can be known.
    - Its C(members) are shown only where they were given.
  returned: success and O(state=present)
  type: dict
  sample:
    id: 12
    name: Plant Leeds
    code_name: plant_leeds
    comments: Production network, ask the shift leader first.
    ecm_group_id: null
    members:
      - {user: c.byrne, jump_item_role: Administrator, jump_policy: null}
      - {user: d.larsen, jump_item_role: null, jump_policy: null}
changes:
  description:
    - What was done, or would be in check mode. When a change failed, what had been done before.
    - C(fields) of an update name what differs; within a mapping they are paths.
  returned: success, and when a change failed
  type: list
  elements: dict
  sample: [{action: create, kind: jump_group, name: Plant Leeds, fields: [name, code_name, members]}]
failed_changes:
  description:
    - The changes that failed, as in RV(changes), each with the C(reason) and the fields that had been C(written) before.
    - The group itself is written first, then its members.
  returned: when a change failed
  type: list
  elements: dict
  sample: [{action: create, kind: jump_group, name: Plant Leeds, fields: [name, code_name, members], reason: the name is taken, written: []}]
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
    - before_header: jump_group Plant Leeds
      after_header: jump_group Plant Leeds
      before: |
        comments: null
      after: |
        comments: Ask the shift leader first.
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 5, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.jumps import JUMP_GROUP
from ansible_collections.remoteops.access.plugins.module_utils._core.module import object_module

MODULE = object_module(BEYONDTRUST, JUMP_GROUP)
main = MODULE.main

if __name__ == "__main__":
    main()

#!/usr/bin/python
"""The module beyondtrust_jump_group_info."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_jump_group_info
short_description: Read jump groups of BeyondTrust
description:
  - Return the shared jump groups of Remote Support or Privileged Remote Access.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  names:
    description:
      - Return only the jump groups with these names. A name that no jump group has is no error and returns nothing.
    type: list
    elements: str
  gather:
    description: What to read beside the groups themselves, each with a request for every group.
    type: list
    elements: str
    choices: [members]
    default: []
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.info
seealso:
  - module: remoteops.access.beyondtrust_jump_group
"""

EXAMPLES = r"""
- name: Read all jump groups with their members
  remoteops.access.beyondtrust_jump_group_info:
    gather: [members]
  register: found

- name: Show groups without a code name, which no shortcut can be imported into
  ansible.builtin.debug:
    msg: "{{ found.jump_groups | rejectattr('code_name') | map(attribute='name') }}"
"""

RETURN = r"""
jump_groups:
  description: The jump groups, sorted by name. An attribute that this product does not have is null.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 12
      name: Plant Leeds
      code_name: plant_leeds
      comments: Production network, ask the shift leader first.
      ecm_group_id: null
      members: [{user: c.byrne, jump_item_role: Administrator, jump_policy: null}]
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 2, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.jumps import JUMP_GROUP
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.reads import info_module

MODULE = info_module(JUMP_GROUP, "jump_groups")
main = MODULE.main

if __name__ == "__main__":
    main()

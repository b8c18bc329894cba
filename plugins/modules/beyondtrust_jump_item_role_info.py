#!/usr/bin/python
"""The module beyondtrust_jump_item_role_info."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_jump_item_role_info
short_description: Read jump item roles of BeyondTrust
description:
  - Return the roles that users can have in jump groups of Remote Support or Privileged Remote Access, with what each allows. The API shows them and
    cannot change them.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  names:
    description:
      - Return only the roles with these names. A name that no role has is no error and returns nothing.
    type: list
    elements: str
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.info
seealso:
  - module: remoteops.access.beyondtrust_jump_group
  - module: remoteops.access.beyondtrust_group_policy
"""

EXAMPLES = r"""
- name: Read all jump item roles
  remoteops.access.beyondtrust_jump_item_role_info:
  register: found

- name: Show the roles that let somebody remove items
  ansible.builtin.debug:
    msg: "{{ found.jump_item_roles | selectattr('perm_remove') | map(attribute='name') }}"
"""

RETURN = r"""
jump_item_roles:
  description: The roles, sorted by name. A permission that this product does not have is null.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 2
      name: Start Sessions Only
      description: ''
      perm_add: false
      perm_assign_jump_group: false
      perm_remove: false
      perm_start: true
      perm_edit_tag: false
      perm_edit_comments: false
      perm_edit_jump_policy: false
      perm_edit_session_policy: false
      perm_edit_identity: false
      perm_edit_behavior: false
      perm_view_jump_item_report: false
      perm_edit_public_portal: false
      perm_edit_support_button: false
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 2, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.jumps import (
    JUMP_ITEM_ROLE,
)
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.reads import info_module

MODULE = info_module(JUMP_ITEM_ROLE, "jump_item_roles")
main = MODULE.main

if __name__ == "__main__":
    main()

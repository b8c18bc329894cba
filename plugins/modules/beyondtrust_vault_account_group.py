#!/usr/bin/python
"""The module beyondtrust_vault_account_group."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_vault_account_group
short_description: Manage account groups of BeyondTrust's vault
description:
  - Make, change, rename and remove groups of vault accounts, and say who may use their accounts and on which jump items.
  - Which accounts are in a group is said with each account, see O(remoteops.access.beyondtrust_vault_account#module:account_group).
  - When a group is removed, its accounts move to the default group, which itself cannot be removed.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  name:
    description:
      - Name of the account group, 1 to 255 characters. It is unique.
      - Required, unless O(id) says which group is meant. Given together with O(id) it renames the group.
    type: str
  description:
    description: Description, at most 1024 characters.
    type: str
  account_policy:
    description:
      - The account policy of those accounts in the group that have none of their own, by name or code name. An empty text means the default one.
    type: str
  users:
    description:
      - The users who may use the accounts of the group on their own account, beside those whom a group policy lets in.
      - The list is complete; an empty one removes all.
      - What is left out of a user is left alone.
    type: list
    elements: dict
    suboptions:
      user:
        description: The user, by username.
        type: str
        required: true
      role:
        description: Whether the user may only have it injected into sessions, or check it out, too. The appliance chooses for a new one.
        type: str
        choices: [inject, inject_and_checkout]
  jump_item_association:
    description:
      - The jump items into whose sessions those accounts of the group that have no association of their own may be injected.
      - What is left out of it is left alone. When C(filter_type) changes from V(criteria) to something else, the appliance drops
        the criteria.
    type: dict
    suboptions:
      filter_type:
        description:
          - V(any_jump_items) and V(no_jump_items) mean all of them and none.
          - V(criteria) means those that fit C(criteria), and those that C(jump_items) names.
        type: str
        choices: [any_jump_items, no_jump_items, criteria]
        required: true
      criteria:
        description:
          - What a jump item has to fit. What is given replaces what was there of the same name; an empty list takes it away.
          - A pattern is 1 to 64 characters long, and may have an asterisk at its beginning and its end. The appliance takes no notice of case and keeps
            patterns in lower case, so that they have to be written like that.
        type: dict
        suboptions:
          shared_jump_groups:
            description: Jump groups, by name or code name.
            type: list
            elements: str
          host:
            description: Patterns for the host name or address of an item, at most 32.
            type: list
            elements: str
          name:
            description: Patterns for the name of an item, at most 32.
            type: list
            elements: str
          tag:
            description: Patterns for the tag of an item, at most 32.
            type: list
            elements: str
          comment:
            description: Patterns for the comments of an item, at most 32.
            type: list
            elements: str
      jump_items:
        description: Single jump items. The list is complete; an empty one takes all of them away.
        type: list
        elements: dict
        suboptions:
          type:
            description:
              - The kind of the item. V(web_jump) and V(protocol_tunnel) are for Privileged Remote Access only, and of protocol tunnels only those for SQL
                Server are allowed.
            type: str
            choices: [jump_client, remote_rdp, shell_jump, web_jump, protocol_tunnel]
            required: true
          id:
            description: The identifier of the item among those of its kind, from the matching C(_info) module.
            type: int
            required: true
notes:
  - The API account needs the permissions C(perm_configuration) and C(perm_configuration_vault_account).
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.identifier
  - remoteops.access.beyondtrust.object
  - remoteops.access.beyondtrust.state
seealso:
  - module: remoteops.access.beyondtrust_vault_account_group_info
  - module: remoteops.access.beyondtrust_vault_account
  - module: remoteops.access.beyondtrust_vault_account_policy
"""

EXAMPLES = r"""
- name: Keep a group for the accounts of the cold stores
  remoteops.access.beyondtrust_vault_account_group:
    name: Cold Stores
    description: Controllers of the compressors.
    account_policy: rotate_monthly
    users:
      - user: a.keller
        role: inject_and_checkout
    jump_item_association:
      filter_type: criteria
      criteria:
        shared_jump_groups: [cold_chain]

- name: Let another technician use them, and keep who may already
  remoteops.access.beyondtrust_vault_account_group:
    name: Cold Stores
    users:
      - user: a.keller
      - user: c.byrne
        role: inject

- name: Let nobody have them injected for now
  remoteops.access.beyondtrust_vault_account_group:
    name: Cold Stores
    jump_item_association:
      filter_type: no_jump_items

- name: Remove the group, whose accounts move to the default group
  remoteops.access.beyondtrust_vault_account_group:
    name: Network Equipment
    state: absent
"""

RETURN = r"""
vault_account_group:
  description:
    - The account group as the appliance shows it after the run; in check mode as it would be, as far as that can be known.
    - O(users) and O(jump_item_association) are in it if they were given.
  returned: success and O(state=present)
  type: dict
  sample:
    id: 4
    name: Cold Stores
    description: Controllers of the compressors.
    account_policy: Rotate Monthly
    users: [{user: a.keller, role: inject_and_checkout}]
changes:
  description:
    - What was done, or would be in check mode. When a change failed, what had been done before.
    - C(fields) of an update name what differs; within a mapping they are paths.
  returned: success, and when a change failed
  type: list
  elements: dict
  sample: [{action: create, kind: vault_account_group, name: Cold Stores, fields: [name, description, account_policy, users]}]
failed_changes:
  description:
    - The changes that failed, as in RV(changes), each with the C(reason) and the fields that had been C(written) before.
    - The group itself is written first, then its users, then its jump item association.
  returned: when a change failed
  type: list
  elements: dict
  sample: [{action: create, kind: vault_account_group, name: Cold Stores, fields: [name], reason: the name is taken, written: []}]
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
    - before_header: vault_account_group Cold Stores
      after_header: vault_account_group Cold Stores
      before: |
        account_policy: null
      after: |
        account_policy: Rotate Monthly
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 8, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.vault import (
    VAULT_ACCOUNT_GROUP,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.module import object_module

MODULE = object_module(BEYONDTRUST, VAULT_ACCOUNT_GROUP)
main = MODULE.main

if __name__ == "__main__":
    main()

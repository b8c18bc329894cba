#!/usr/bin/python
"""The module beyondtrust_vault_account_policy."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_vault_account_policy
short_description: Manage account policies of BeyondTrust's vault
description:
  - Make, change, rename and remove the policies by which the vault hands accounts out and rotates them.
  - A policy is found by O(name), else by O(code_name), so that it keeps its accounts when it is given another name.
  - Accounts and account groups refer to a policy by its code name. One without a code name is of no use to them.
  - When a policy is removed, its accounts get the default policy, which itself cannot be removed.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  name:
    description: Name of the account policy, 1 to 255 characters. It is unique.
    type: str
  code_name:
    description:
      - Name by which accounts and groups refer to the policy, at most 64 characters. It is unique.
    type: str
  description:
    description: Description, at most 1024 characters.
    type: str
  auto_rotate_credentials:
    description: Whether the appliance gives an account another password after it is checked in, where it can.
    type: bool
  allow_simultaneous_checkout:
    description: Whether several users or sessions may have an account checked out at a time.
    type: bool
  scheduled_password_rotation:
    description:
      - Whether the appliance gives an account another password when the password reaches O(maximum_password_age), which has to be given then.
    type: bool
  maximum_password_age:
    description:
      - The age in days at which a password is rotated, 1 to 365. Counts only with O(scheduled_password_rotation), and is forgotten when that is switched
        off.
    type: int
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
  - module: remoteops.access.beyondtrust_vault_account_policy_info
  - module: remoteops.access.beyondtrust_vault_account
  - module: remoteops.access.beyondtrust_vault_account_group
"""

EXAMPLES = r"""
- name: Rotate passwords every week, and after each use
  remoteops.access.beyondtrust_vault_account_policy:
    name: Rotate Weekly
    code_name: rotate_weekly
    auto_rotate_credentials: true
    allow_simultaneous_checkout: false
    scheduled_password_rotation: true
    maximum_password_age: 7

- name: Rotate them after each use only, and give the policy another name
  remoteops.access.beyondtrust_vault_account_policy:
    code_name: rotate_weekly
    name: Rotate After Use
    scheduled_password_rotation: false

- name: Remove the policy
  remoteops.access.beyondtrust_vault_account_policy:
    name: Rotate After Use
    state: absent
"""

RETURN = r"""
vault_account_policy:
  description: The account policy as the appliance shows it after the run; in check mode as it would be, as far as that can be known.
  returned: success and O(state=present)
  type: dict
  sample:
    id: 3
    name: Rotate Weekly
    code_name: rotate_weekly
    description: ''
    auto_rotate_credentials: true
    allow_simultaneous_checkout: false
    scheduled_password_rotation: true
    maximum_password_age: 7
changes:
  description:
    - What was done, or would be in check mode. When a change failed, what had been done before.
    - C(fields) of an update name what differs; within a mapping they are paths.
  returned: success, and when a change failed
  type: list
  elements: dict
  sample: [{action: create, kind: vault_account_policy, name: Rotate Weekly, fields: [name, code_name, auto_rotate_credentials]}]
failed_changes:
  description:
    - The changes that failed, as in RV(changes), each with the C(reason) and the fields that had been C(written) before.
  returned: when a change failed
  type: list
  elements: dict
  sample: [{action: create, kind: vault_account_policy, name: Rotate Weekly, fields: [name], reason: the name is taken, written: []}]
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
    - before_header: vault_account_policy Rotate Weekly
      after_header: vault_account_policy Rotate Weekly
      before: |
        maximum_password_age: 30
      after: |
        maximum_password_age: 7
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 3, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.vault import (
    VAULT_ACCOUNT_POLICY,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.module import object_module

MODULE = object_module(BEYONDTRUST, VAULT_ACCOUNT_POLICY)
main = MODULE.main

if __name__ == "__main__":
    main()

#!/usr/bin/python
"""The module beyondtrust_vendor."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_vendor
short_description: Manage vendor groups of BeyondTrust Privileged Remote Access
description:
  - Make, change, rename and remove the groups of vendors whose own people are given access for a time. Privileged Remote Access only.
  - Their users are kept with M(remoteops.access.beyondtrust_vendor_user). Removing a vendor removes its users, which is refused unless
    O(remove_users) says otherwise.
  - An option that is left out is left alone. An empty list makes the attribute empty.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  name:
    description: Name of the vendor, at most 255 characters. Required, unless O(id) says which one is meant.
    type: str
  default_policy:
    description:
      - The group policy that the vendor's users are members of, by name. A new vendor needs one. It must not grant administrative privileges.
    type: str
  account_expiration:
    description: Days after which a new user of the vendor expires, 1 to 365. A new vendor has 30.
    type: int
  deletion_days_after_expiration:
    description: Days after which a user who has expired is removed, 1 to 365. V(0) means never, which a new vendor has.
    type: int
  user_added_notification_enabled:
    description:
      - Whether O(administrators) and O(teams) are told by mail when a user is added. It has to be on with O(user_approval_enabled).
      - A new vendor has it on, and then needs somebody to write to.
    type: bool
  user_expired_notification_enabled:
    description:
      - Whether O(administrators) and O(teams) are told by mail when a user has expired or was removed for that.
      - A new vendor has it on, and then needs somebody to write to.
    type: bool
  user_approval_enabled:
    description: Whether O(administrators) or O(teams) have to approve new users. One of the two must then name somebody.
    type: bool
  user_reactivation_enabled:
    description: Whether they have to approve as well when a user is prolonged or reactivated. Needs O(user_approval_enabled).
    type: bool
  administrators:
    description: The users who are written to, by username. The list is complete. Together with O(teams) there may be 10.
    type: list
    elements: str
  teams:
    description: The teams whose members are written to, by name or code name. The list is complete.
    type: list
    elements: str
  network_restrictions:
    description: The network addresses that the vendor's users may come from, at most 128. An empty list allows all.
    type: list
    elements: str
  duration:
    description: Hours after which O(administrators) and O(teams) are reminded of users who wait for them, 1 to 168. A new vendor has 24.
    type: int
  duration_enabled:
    description: Whether they are reminded.
    type: bool
  remove_users:
    description: Whether a vendor may be removed that still has users, who are removed with it.
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
  - module: remoteops.access.beyondtrust_vendor_info
  - module: remoteops.access.beyondtrust_vendor_user
  - module: remoteops.access.beyondtrust_group_policy
"""

EXAMPLES = r"""
- name: Keep the vendor of the printers, whose people we approve
  remoteops.access.beyondtrust_vendor:
    name: Nordlicht Druck
    default_policy: Partners
    account_expiration: 14
    user_approval_enabled: true
    administrators: [a.keller]
    teams: [helpdesk]
    network_restrictions: [198.51.100.0/24]

- name: Remove accounts a month after they have expired
  remoteops.access.beyondtrust_vendor:
    name: Nordlicht Druck
    deletion_days_after_expiration: 30

- name: Remove the vendor, with whoever is left of its users
  remoteops.access.beyondtrust_vendor:
    name: Nordlicht Druck
    state: absent
    remove_users: true
"""

RETURN = r"""
vendor:
  description: The vendor as the appliance shows it after the run; in check mode as it would be, as far as that can be known.
  returned: success and O(state=present)
  type: dict
  sample:
    id: 2
    name: Nordlicht Druck
    default_policy: Partners
    account_expiration: 14
    deletion_days_after_expiration: 0
    user_added_notification_enabled: true
    user_expired_notification_enabled: true
    user_approval_enabled: true
    user_reactivation_enabled: false
    administrators: [a.keller]
    teams: [Helpdesk]
    network_restrictions: [198.51.100.0/24]
    duration: 24
    duration_enabled: false
changes:
  description:
    - What was done, or would be in check mode. When a change failed, what had been done before.
    - C(fields) of an update name what differs; within a mapping they are paths.
  returned: success, and when a change failed
  type: list
  elements: dict
  sample: [{action: create, kind: vendor, name: Nordlicht Druck, fields: [name, default_policy, administrators]}]
failed_changes:
  description:
    - The changes that failed, as in RV(changes), each with the C(reason) and the fields that had been C(written) before.
  returned: when a change failed
  type: list
  elements: dict
  sample: [{action: create, kind: vendor, name: Nordlicht Druck, fields: [name, default_policy, administrators], reason: the name is taken, written: []}]
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
    - before_header: vendor Nordlicht Druck
      after_header: vendor Nordlicht Druck
      before: |
        account_expiration: 30
      after: |
        account_expiration: 14
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 5, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.people import VENDOR
from ansible_collections.remoteops.access.plugins.module_utils._core.module import object_module

MODULE = object_module(BEYONDTRUST, VENDOR)
main = MODULE.main

if __name__ == "__main__":
    main()

#!/usr/bin/python
"""The module beyondtrust_provision."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_provision
short_description: Let changed group policies of BeyondTrust take effect
description:
  - Provision group policies or users of Remote Support and Privileged Remote Access, so that permissions and memberships are reckoned anew at once.
    Otherwise a user has them from the next login on.
  - M(remoteops.access.beyondtrust_group_policy) provisions what it changes. This is for a run in which that failed, and for changes that were made by
    other means.
  - This is an action. It is done, and reported as a change, on every run.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  group_policies:
    description:
      - The group policies to provision, by name. It reaches those who are members now.
      - One of O(group_policies) and O(users) has to name somebody.
    type: list
    elements: str
  users:
    description: The users to provision, by username, such as those who are members of a policy no longer.
    type: list
    elements: str
attributes:
  diff_mode:
    support: none
    details: Whether something waits to be provisioned cannot be asked.
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.action
seealso:
  - module: remoteops.access.beyondtrust_group_policy
  - module: remoteops.access.beyondtrust_user_info
"""

EXAMPLES = r"""
- name: Let two group policies take effect
  remoteops.access.beyondtrust_provision:
    group_policies: [Technicians, Partners]

- name: Let what was taken away from somebody take effect
  remoteops.access.beyondtrust_provision:
    users: [d.larsen]
"""

RETURN = r"""
changes:
  description: What was provisioned, or would be in check mode. When something failed, what had been provisioned before.
  returned: success, and when something failed half-way
  type: list
  elements: dict
  sample: [{action: provision, kind: group_policy, name: Technicians, fields: []}]
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 4, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.actions import (
    PROVISION_SPEC,
    provision,
)
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module

MODULE = Module(
    BEYONDTRUST, provision, PROVISION_SPEC, {"required_one_of": [["group_policies", "users"]]}
)
main = MODULE.main

if __name__ == "__main__":
    main()

#!/usr/bin/python
"""The module beyondtrust_security_provider: the groups that a security provider for SAML offers."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_security_provider
short_description: Manage the groups of security providers of BeyondTrust Privileged Remote Access
description:
  - Say which groups of a security provider for SAML can be chosen as members of group policies before any of their users has logged in.
    Privileged Remote Access only.
  - Nothing else of a security provider can be changed by the API, and none can be made or removed. They are kept in /login.
version_added: 0.4.0
author: The remoteops contributors (@remoteops)
options:
  name:
    description: Name of the security provider. One that is not there is refused.
    type: str
    required: true
  available_groups:
    description:
      - The names of the groups. The list is complete, its order does not matter, and an empty one means that a group can be chosen only after the
        first of its users has logged in.
      - Only a security provider of the type V(saml) has them.
    type: list
    elements: str
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.object
seealso:
  - module: remoteops.access.beyondtrust_security_provider_info
  - module: remoteops.access.beyondtrust_group_policy
"""

EXAMPLES = r"""
- name: Let two groups be chosen as members of group policies
  remoteops.access.beyondtrust_security_provider:
    name: Company Login
    available_groups: [Plant Engineers, Night Shift]

- name: Let no group be chosen before somebody of it has logged in
  remoteops.access.beyondtrust_security_provider:
    name: Company Login
    available_groups: []
"""

RETURN = r"""
security_provider:
  description: The security provider as the appliance shows it after the run; in check mode as it would be.
  returned: success
  type: dict
  sample:
    id: 3
    name: Company Login
    available_groups: [Night Shift, Plant Engineers]
    type: saml
    enabled: true
    user_authentication: true
    group_lookup: true
changes:
  description:
    - What was done, or would be in check mode. When a change failed, what had been done before.
    - C(fields) of an update name what differs; within a mapping they are paths.
  returned: success, and when a change failed
  type: list
  elements: dict
  sample: [{action: update, kind: security_provider, name: Company Login, fields: [available_groups]}]
failed_changes:
  description: The changes that failed, as in RV(changes), each with the C(reason) and the fields that had been C(written) before.
  returned: when a change failed
  type: list
  elements: dict
  sample: [{action: update, kind: security_provider, name: Company Login, fields: [available_groups], reason: the groups are invalid, written: []}]
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
    - before_header: security_provider Company Login
      after_header: security_provider Company Login
      before: |
        available_groups: []
      after: |
        available_groups:
          - Night Shift
          - Plant Engineers
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 6, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.people import (
    SECURITY_PROVIDER,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.module import object_module

MODULE = object_module(BEYONDTRUST, SECURITY_PROVIDER)
main = MODULE.main

if __name__ == "__main__":
    main()

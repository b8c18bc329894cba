#!/usr/bin/python
"""The module beyondtrust_rep_status."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_rep_status
short_description: Manage statuses that representatives of BeyondTrust Remote Support can set
description:
  - Make, change, rename and remove the statuses by which representatives say that they are away or busy. Remote Support only.
  - A status is found by O(name), else by O(code_name). An option that is left out is left alone.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  name:
    description: Name of the status, at most 64 characters. Required, unless O(id) says which one is meant.
    type: str
  code_name:
    description:
      - Name by which programs refer to the status. At most 64 letters, digits, underscores and hyphens. A new one gets one from the appliance if it
        is given none.
    type: str
  display_as:
    description: What others see of a representative with this status.
    type: str
    choices: [away, busy]
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.identifier
  - remoteops.access.beyondtrust.object
  - remoteops.access.beyondtrust.state
seealso:
  - module: remoteops.access.beyondtrust_rep_status_info
"""

EXAMPLES = r"""
- name: Let representatives say that they are in training
  remoteops.access.beyondtrust_rep_status:
    name: In Training
    code_name: training
    display_as: busy

- name: Give the status another name
  remoteops.access.beyondtrust_rep_status:
    code_name: training
    name: In a Course

- name: Remove it
  remoteops.access.beyondtrust_rep_status:
    name: In a Course
    state: absent
"""

RETURN = r"""
rep_status:
  description: The status as the appliance shows it after the run; in check mode as it would be, as far as that can be known.
  returned: success and O(state=present)
  type: dict
  sample:
    id: 4
    name: In Training
    code_name: training
    display_as: busy
changes:
  description:
    - What was done, or would be in check mode. When a change failed, what had been done before.
    - C(fields) of an update name what differs; within a mapping they are paths.
  returned: success, and when a change failed
  type: list
  elements: dict
  sample: [{action: create, kind: rep_status, name: In Training, fields: [name, code_name, display_as]}]
failed_changes:
  description:
    - The changes that failed, as in RV(changes), each with the C(reason) and the fields that had been C(written) before.
  returned: when a change failed
  type: list
  elements: dict
  sample: [{action: create, kind: rep_status, name: In Training, fields: [name, code_name, display_as], reason: the code_name is taken, written: []}]
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
    - before_header: rep_status In Training
      after_header: rep_status In Training
      before: |
        display_as: away
      after: |
        display_as: busy
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 5, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.people import REP_STATUS
from ansible_collections.remoteops.access.plugins.module_utils._core.module import object_module

MODULE = object_module(BEYONDTRUST, REP_STATUS)
main = MODULE.main

if __name__ == "__main__":
    main()

#!/usr/bin/python
"""The module beyondtrust_rep_status_info."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_rep_status_info
short_description: Read the statuses that representatives of BeyondTrust Remote Support can set
description:
  - Return the statuses by which representatives say that they are away or busy. Remote Support only.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  names:
    description:
      - Return only the statuses with these names. A name that no status has is no error and returns nothing.
    type: list
    elements: str
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.info
seealso:
  - module: remoteops.access.beyondtrust_rep_status
"""

EXAMPLES = r"""
- name: Read all statuses
  remoteops.access.beyondtrust_rep_status_info:
  register: statuses

- name: Show those that look busy to others
  ansible.builtin.debug:
    msg: "{{ statuses.rep_statuses | selectattr('display_as', 'equalto', 'busy') | map(attribute='name') }}"
"""

RETURN = r"""
rep_statuses:
  description: The statuses, sorted by name.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 4
      name: In Training
      code_name: training
      display_as: busy
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 2, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.people import REP_STATUS
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.reads import info_module

MODULE = info_module(REP_STATUS, "rep_statuses")
main = MODULE.main

if __name__ == "__main__":
    main()

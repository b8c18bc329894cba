#!/usr/bin/python
"""The module beyondtrust_automation_endpoint_info."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_automation_endpoint_info
short_description: Read endpoints of BeyondTrust's endpoint automation
description:
  - Return the machines on which jobs can run. They are those with an active jump client; the API makes, changes and removes none.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  names:
    description:
      - Return only the endpoints with these host names. A name that no endpoint has is no error and returns nothing.
    type: list
    elements: str
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.info
seealso:
  - module: remoteops.access.beyondtrust_automation_job
  - module: remoteops.access.beyondtrust_jump_client_info
"""

EXAMPLES = r"""
- name: Read all endpoints
  remoteops.access.beyondtrust_automation_endpoint_info:
  register: automation

- name: Show those that a job can run on now
  ansible.builtin.debug:
    msg: "{{ automation.automation_endpoints | selectattr('is_active') | map(attribute='hostname') }}"
"""

RETURN = r"""
automation_endpoints:
  description:
    - The endpoints, sorted by host name. C(names) and C(tags) are those of its jump clients.
    - C(jump_group_id) are the identifiers of the jump groups, or of the users, that own its jump clients; the appliance does not say which they are.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 1
      hostname: UTC-DSP-000
      names: [UTC-DSP-000]
      tags: [dispatch]
      operating_system: Windows
      public_ip: 192.0.2.14
      private_ip: 10.40.0.4
      is_active: true
      jump_group_id: [8]
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 1, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.automation_kinds import (
    AUTOMATION_ENDPOINT,
)
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.reads import info_module

MODULE = info_module(AUTOMATION_ENDPOINT, "automation_endpoints")
main = MODULE.main

if __name__ == "__main__":
    main()

#!/usr/bin/python
"""The module beyondtrust_automation_job_info."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_automation_job_info
short_description: Read jobs of BeyondTrust's endpoint automation
description:
  - Return the jobs, and what became of them on each endpoint.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  names:
    description:
      - Return only the jobs with these names. A name that no job has is no error and returns nothing.
    type: list
    elements: str
  gather:
    description: What to read beside the jobs themselves, with a request for every job and those for all endpoints.
    type: list
    elements: str
    choices: [executions]
    default: []
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.info
seealso:
  - module: remoteops.access.beyondtrust_automation_job
  - module: remoteops.access.beyondtrust_automation_endpoint_info
"""

EXAMPLES = r"""
- name: Read all jobs with their executions
  remoteops.access.beyondtrust_automation_job_info:
    gather: [executions]
  register: automation

- name: Show on which endpoints something went wrong
  ansible.builtin.debug:
    msg: "{{ automation.automation_jobs | map(attribute='executions') | flatten | rejectattr('exit_code', 'in', [0, none]) | map(attribute='hostname') }}"
"""

RETURN = r"""
automation_jobs:
  description:
    - The jobs, sorted by name.
    - C(executions) are in it if O(gather) names them, one for each endpoint, under the names of the API and with the C(hostname) of the endpoint. The vendor
      does not document what C(state) and C(finished_type) can be.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 9
      name: Restart the spooler, 31 January 2027
      notes: It hangs since the last update.
      tag: ''
      operating_system: Windows
      start_at: '2027-01-31T21:00:00+00:00'
      cmd: powershell
      script: Restart-Service Spooler
      resources: []
      finished_timestamp: '2027-01-31T21:00:12+00:00'
      executions:
        - hostname: UTC-DSP-000
          endpoint_id: 1
          state: finished
          started_running_timestamp: '2027-01-31T21:00:03+00:00'
          finished_timestamp: '2027-01-31T21:00:12+00:00'
          finished_type: success
          finished_error: null
          exit_code: 0
          output_tail: ''
          log_file_path: null
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 4, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.automation import (
    JOB_INFO_SPEC,
    read_jobs,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module

MODULE = Module(BEYONDTRUST, read_jobs, JOB_INFO_SPEC)
main = MODULE.main

if __name__ == "__main__":
    main()

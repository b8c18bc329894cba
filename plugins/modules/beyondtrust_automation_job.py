#!/usr/bin/python
"""The module beyondtrust_automation_job: run a script on endpoints."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_automation_job
short_description: Make jobs of BeyondTrust's endpoint automation
description:
  - Make a job that runs a script on endpoints at some time, once.
  - A job is found by its name. If there is one of that name already, it is left alone and returned, whatever it does and whether it has run or not, so that a
    second run of a playbook does not run the script again. Of several jobs with the name the latest is returned.
  - To run something again, give the job another name, for example with the date in it.
  - The API makes jobs and reads them. It neither changes, ends nor removes any.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  name:
    description: Name of the job, 1 to 128 characters.
    type: str
    required: true
  notes:
    description: Notes, at most 1000 characters.
    type: str
  tag:
    description: Tag by which jobs are sorted, at most 128 characters.
    type: str
  operating_system:
    description: The system of the endpoints. A new job needs one.
    type: str
    choices: [Windows, Linux, Mac]
  start_at:
    description:
      - When the job starts, with the offset from UTC, as in V(2027-01-31T22:00:00+01:00) or V(2027-01-31T21:00:00Z). A new job needs one.
    type: str
  endpoints:
    description:
      - The endpoints on which the job runs, by host name in whatever case. A new job needs at least one.
      - A host name that several endpoints bear, or none, is refused before anything is sent.
      - On which endpoints a job runs cannot be read back but from its executions, see O(remoteops.access.beyondtrust_automation_job_info#module:gather).
    type: list
    elements: str
  cmd:
    description: The command that starts the script, 1 to 2048 characters. A new job needs one.
    type: str
  script:
    description:
      - The script itself, 1 to 100,000 characters. A new job needs one.
      - It is kept on the appliance in the clear, and shown to whoever may read it there. Keep secrets out of it.
    type: str
  resources:
    description: The files that go with the job, at most 20, by the names under which they were uploaded in /login.
    type: list
    elements: str
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.object
seealso:
  - module: remoteops.access.beyondtrust_automation_job_info
  - module: remoteops.access.beyondtrust_automation_script
  - module: remoteops.access.beyondtrust_automation_endpoint_info
"""

EXAMPLES = r"""
- name: Have the spooler of a machine restarted in the night
  remoteops.access.beyondtrust_automation_job:
    name: Restart the spooler, 31 January 2027
    notes: It hangs since the last update.
    operating_system: Windows
    start_at: "2027-01-31T22:00:00+01:00"
    endpoints: [UTC-DSP-000]
    cmd: powershell
    script: Restart-Service Spooler

- name: See what became of it
  remoteops.access.beyondtrust_automation_job_info:
    names: ["Restart the spooler, 31 January 2027"]
    gather: [executions]
"""

RETURN = r"""
automation_job:
  description: The job as the appliance shows it after the run; in check mode what would be made.
  returned: success
  type: dict
  sample:
    id: 9
    name: Restart the spooler, 31 January 2027
    notes: It hangs since the last update.
    tag: ''
    operating_system: Windows
    start_at: '2027-01-31T21:00:00+00:00'
    cmd: powershell
    script: Restart-Service Spooler
    resources: []
    finished_timestamp: null
changes:
  description: What was done, or would be in check mode.
  returned: success
  type: list
  elements: dict
  sample: [{action: create, kind: automation_job, name: "Restart the spooler, 31 January 2027", fields: [name, start_at, cmd, script]}]
diff:
  description:
    - What changes, object by object, for C(--diff). C(before) and C(after) hold only what differs, as YAML.
    - Of a list whose order means nothing, members that stay are counted. An object that is made or removed is C(absent) on one side.
  returned: in diff mode, on success
  type: list
  elements: dict
  sample:
    - before_header: automation_job Restart the spooler, 31 January 2027 (absent)
      after_header: automation_job Restart the spooler, 31 January 2027
      before: ""
      after: |
        cmd: powershell
        script: Restart-Service Spooler
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 5, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.automation import (
    JOB_SPEC,
    make_job,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module

MODULE = Module(BEYONDTRUST, make_job, JOB_SPEC)
main = MODULE.main

if __name__ == "__main__":
    main()

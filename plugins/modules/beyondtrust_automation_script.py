#!/usr/bin/python
"""The module beyondtrust_automation_script."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_automation_script
short_description: Make scripts of BeyondTrust's endpoint automation
description:
  - Make a script that jobs can be made from in the console.
  - The API makes scripts and reads them, and neither changes nor removes any. A script that is there and is not as described is refused, and the message names
    what is different. Give the new version another name, or remove the old one in /login first.
  - An option that is left out is not compared.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  name:
    description: Name of the script, 1 to 128 characters.
    type: str
    required: true
  description:
    description: Description, at most 1000 characters.
    type: str
  tag:
    description: Tag by which scripts are sorted, at most 128 characters.
    type: str
  operating_system:
    description: The system on which the script runs. A new script needs one.
    type: str
    choices: [Windows, Linux, Mac]
  cmd:
    description: The command that starts the script, 1 to 2048 characters. A new script needs one.
    type: str
  script:
    description:
      - The script itself, 1 to 100,000 characters. A new script needs one.
      - It is kept on the appliance in the clear, and shown to whoever may read it there. Keep secrets out of it.
    type: str
  resources:
    description: The files that go with the script, at most 20, by the names under which they were uploaded in /login.
    type: list
    elements: str
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.object
seealso:
  - module: remoteops.access.beyondtrust_automation_script_info
  - module: remoteops.access.beyondtrust_automation_resource_info
  - module: remoteops.access.beyondtrust_automation_job
"""

EXAMPLES = r"""
- name: Keep a script that tells how full the disks are
  remoteops.access.beyondtrust_automation_script:
    name: Disk usage
    description: Prints how full each file system is.
    tag: storage
    operating_system: Linux
    cmd: sh
    script: df -h
"""

RETURN = r"""
automation_script:
  description: The script as the appliance shows it after the run; in check mode as it would be, as far as that can be known.
  returned: success
  type: dict
  sample:
    id: 4
    name: Disk usage
    description: Prints how full each file system is.
    tag: storage
    operating_system: Linux
    cmd: sh
    script: df -h
    resources: []
changes:
  description:
    - What was done, or would be in check mode. When a change failed, what had been done before.
    - C(fields) of an update name what differs; within a mapping they are paths.
  returned: success, and when a change failed
  type: list
  elements: dict
  sample: [{action: create, kind: automation_script, name: Disk usage, fields: [name, description, tag, operating_system, cmd, script]}]
failed_changes:
  description:
    - The changes that failed, as in RV(changes), each with the C(reason) and the fields that had been C(written) before.
  returned: when a change failed
  type: list
  elements: dict
  sample: [{action: create, kind: automation_script, name: Disk usage, fields: [name], reason: the tag is too long, written: []}]
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
    - before_header: automation_script Disk usage (absent)
      after_header: automation_script Disk usage
      before: ""
      after: |
        name: Disk usage
        operating_system: Linux
        cmd: sh
        script: df -h
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 3, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.automation_kinds import (
    AUTOMATION_SCRIPT,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.module import object_module

MODULE = object_module(BEYONDTRUST, AUTOMATION_SCRIPT)
main = MODULE.main

if __name__ == "__main__":
    main()

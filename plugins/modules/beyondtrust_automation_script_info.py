#!/usr/bin/python
"""The module beyondtrust_automation_script_info."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_automation_script_info
short_description: Read scripts of BeyondTrust's endpoint automation
description:
  - Return the scripts that jobs can be made from.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  names:
    description:
      - Return only the scripts with these names. A name that no script has is no error and returns nothing.
    type: list
    elements: str
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.info
seealso:
  - module: remoteops.access.beyondtrust_automation_script
  - module: remoteops.access.beyondtrust_automation_job
"""

EXAMPLES = r"""
- name: Read all scripts
  remoteops.access.beyondtrust_automation_script_info:
  register: automation

- name: Show the scripts for Linux
  ansible.builtin.debug:
    msg: "{{ automation.automation_scripts | selectattr('operating_system', 'eq', 'Linux') | map(attribute='name') }}"
"""

RETURN = r"""
automation_scripts:
  description: The scripts, sorted by name.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 4
      name: Disk usage
      description: Prints how full each file system is.
      tag: storage
      operating_system: Linux
      cmd: sh
      script: df -h
      resources: []
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 2, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.automation_kinds import (
    AUTOMATION_SCRIPT,
)
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.reads import info_module

MODULE = info_module(AUTOMATION_SCRIPT, "automation_scripts")
main = MODULE.main

if __name__ == "__main__":
    main()

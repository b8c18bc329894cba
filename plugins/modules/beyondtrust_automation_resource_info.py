#!/usr/bin/python
"""The module beyondtrust_automation_resource_info."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_automation_resource_info
short_description: Read files of BeyondTrust's endpoint automation
description:
  - Return the files that scripts and jobs can take to an endpoint.
  - They are uploaded in /login; the API makes, changes and removes none.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  names:
    description:
      - Return only the files with these names. A name that no file has is no error and returns nothing.
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
- name: Read all files
  remoteops.access.beyondtrust_automation_resource_info:
  register: automation

- name: Show how large they are
  ansible.builtin.debug:
    msg: "{{ automation.automation_resources | map(attribute='file_size') | sum }} bytes"
"""

RETURN = r"""
automation_resources:
  description: The files, sorted by name.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 1
      file_name: labels.zip
      file_size: 482113
      display_url: https://support.example.org/automation/1
      hash: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 1, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.automation_kinds import (
    AUTOMATION_RESOURCE,
)
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.reads import info_module

MODULE = info_module(AUTOMATION_RESOURCE, "automation_resources")
main = MODULE.main

if __name__ == "__main__":
    main()

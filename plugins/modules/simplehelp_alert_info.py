#!/usr/bin/python
"""The module simplehelp_alert_info: the monitoring alerts of SimpleHelp."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: simplehelp_alert_info
short_description: Read the monitoring alerts of SimpleHelp
description:
  - Return the alerts that are set up on the server, with their present state.
  - Options that are left out choose nothing away; an alert has to fit all the others.
version_added: 0.1.0
author: The remoteops contributors (@remoteops)
options:
  triggered:
    description: Return only alerts that are triggered at present (V(true)), or only those that are not (V(false)).
    type: bool
  active:
    description: Return only alerts that are enabled (V(true)), or only those that are not (V(false)).
    type: bool
  severities:
    description: Return only alerts of these severities.
    type: list
    elements: str
    choices: [information, warning, severe, critical]
extends_documentation_fragment:
  - remoteops.access.simplehelp
  - remoteops.access.controller
  - remoteops.access.simplehelp.action_group
  - remoteops.access.simplehelp.info
seealso:
  - module: remoteops.access.simplehelp_machine_info
"""

EXAMPLES = r"""
- name: Read what is wrong right now
  remoteops.access.simplehelp_alert_info:
    triggered: true
    severities: [severe, critical]
  register: trouble

- name: Show on which machines
  ansible.builtin.debug:
    msg: "{{ item.name }}: {{ item.triggered_machine_ids | join(', ') }}"
  loop: "{{ trouble.alerts }}"
  loop_control:
    label: "{{ item.name }}"
"""

RETURN = r"""
alerts:
  description:
    - The alerts, sorted by name, with the server's attributes in snake_case. What the server leaves out is not there.
    - C(last_report_ms) is in milliseconds since 1970, C(state_age_ms) the milliseconds since the state last changed.
  returned: success
  type: list
  elements: dict
  sample:
    - name: Disk nearly full
      active: true
      triggered: true
      triggered_machine_ids: [SG_4700712710]
      reason: A disk is more than 90 % full.
      short_reason: Disk > 90 %
      last_report_ms: 1768467540000
      state_age_ms: 7200000
      severity: severe
api:
  description: What the exchange with the server cost.
  returned: always
  type: dict
  sample: {requests: 1, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.api import SIMPLEHELP
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.reads import (
    ALERT_SPEC,
    read_alerts,
)

MODULE = Module(SIMPLEHELP, read_alerts, ALERT_SPEC)
main = MODULE.main

if __name__ == "__main__":
    main()

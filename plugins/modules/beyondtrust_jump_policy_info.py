#!/usr/bin/python
"""The module beyondtrust_jump_policy_info."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_jump_policy_info
short_description: Read jump policies of BeyondTrust
description:
  - Return the policies that say when and how jump items may be used, on Remote Support or Privileged Remote Access.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  names:
    description:
      - Return only the policies with these names. A name that no policy has is no error and returns nothing.
    type: list
    elements: str
  gather:
    description: What to read beside the policies themselves, each with a request for every policy.
    type: list
    elements: str
    choices: [schedule]
    default: []
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.info
seealso:
  - module: remoteops.access.beyondtrust_jump_policy
"""

EXAMPLES = r"""
- name: Read all jump policies with their hours
  remoteops.access.beyondtrust_jump_policy_info:
    gather: [schedule]
  register: found

- name: Show policies that shut everybody out, having a schedule without hours
  ansible.builtin.debug:
    msg: "{{ found.jump_policies | selectattr('schedule_enabled') | rejectattr('schedule.entries') | map(attribute='display_name') }}"
"""

RETURN = r"""
jump_policies:
  description:
    - The policies, sorted by name. An attribute that this product does not have is null.
    - Days of a schedule count from 0, which is Monday.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 1
      display_name: Office Hours
      code_name: office_hours
      description: Monday to Friday.
      schedule_enabled: true
      schedule_strict: false
      simultaneous_jumps: global
      simultaneous_jumps_rdp: global
      simultaneous_jump_behavior_applies_to_copies: false
      ticket_id_required: false
      two_factor_challenge_required: false
      schedule:
        timezone: Europe/London
        entries: [{start_day: 0, start_time: '08:00', end_day: 0, end_time: '18:00'}]
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 2, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.jumps import JUMP_POLICY
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.reads import info_module

MODULE = info_module(JUMP_POLICY, "jump_policies")
main = MODULE.main

if __name__ == "__main__":
    main()

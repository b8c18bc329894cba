#!/usr/bin/python
"""The module beyondtrust_team_info."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_team_info
short_description: Read teams of BeyondTrust
description:
  - Return the teams of Remote Support or Privileged Remote Access.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  names:
    description:
      - Return only the teams with these names. A name that no team has is no error and returns nothing.
    type: list
    elements: str
  gather:
    description: What to read beside the teams themselves, each with a request for every team.
    type: list
    elements: str
    choices: [members]
    default: []
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.info
seealso:
  - module: remoteops.access.beyondtrust_team
"""

EXAMPLES = r"""
- name: Read all teams with their members
  remoteops.access.beyondtrust_team_info:
    gather: [members]
  register: found

- name: Show who leads which team
  ansible.builtin.debug:
    msg: "{{ item.name }}: {{ item.members | selectattr('role', 'equalto', 'lead') | map(attribute='user') | join(', ') }}"
  loop: "{{ found.teams }}"
  loop_control:
    label: "{{ item.name }}"
"""

RETURN = r"""
teams:
  description: The teams, sorted by name. An attribute that this product does not have is null.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 1
      name: Helpdesk
      code_name: helpdesk
      comments: null
      persistent_queue: false
      public_portals: [All portals]
      members: [{user: a.keller, role: manager}, {user: e.whitfield, role: lead}]
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 2, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.people import TEAM
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.reads import info_module

MODULE = info_module(TEAM, "teams")
main = MODULE.main

if __name__ == "__main__":
    main()

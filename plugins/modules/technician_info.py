#!/usr/bin/python
"""The module technician_info: the technician accounts of SimpleHelp."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: technician_info
short_description: Read technician accounts of SimpleHelp
description:
  - Return technician accounts with all their attributes, those of anonymous logins and preconfigured applications included.
  - Options that are left out choose nothing away; an account has to fit all the others.
version_added: 0.1.0
author: The remoteops contributors (@remoteops)
options:
  usernames:
    description:
      - Return only the accounts with these login names.
      - A name that no account has is no error and returns nothing, so that this tells whether an account exists.
    type: list
    elements: str
  groups:
    description:
      - Return only members of at least one of these technician groups, given by name.
      - The name of a group that does not exist is an error.
    type: list
    elements: str
extends_documentation_fragment:
  - remoteops.access.simplehelp
  - remoteops.access.controller
  - remoteops.access.simplehelp.action_group
  - remoteops.access.simplehelp.info
seealso:
  - module: remoteops.access.technician
  - module: remoteops.access.tech_group_info
"""

EXAMPLES = r"""
- name: Read all accounts
  remoteops.access.technician_info:
  register: everybody

- name: Show who can log in with a password of the server's own
  ansible.builtin.debug:
    msg: "{{ everybody.technicians | selectattr('enabled') | selectattr('allow_locally_authenticated_logins') | map(attribute='username') }}"

- name: Read the members of two groups
  remoteops.access.technician_info:
    groups: [Helpdesk, Night Shift]

- name: Look an account up
  remoteops.access.technician_info:
    usernames: [a.keller]
  register: looked_up
  failed_when: looked_up.technicians | length == 0
"""

RETURN = r"""
technicians:
  description: The accounts, sorted by username. An attribute for which the server shows no value is null.
  returned: success
  type: list
  elements: dict
  sample:
    - unique_id: 17
      username: a.keller
      display_name: Anna Keller
      email_address: a.keller@example.org
      allow_locally_authenticated_logins: true
      enabled: true
      groups: [Helpdesk]
      is_anonymous: false
      app_profiles_user: false
api:
  description: What the exchange with the server cost.
  returned: always
  type: dict
  sample: {requests: 2, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.api import SIMPLEHELP
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.reads import (
    TECHNICIAN_SPEC,
    read_technicians,
)

MODULE = Module(SIMPLEHELP, read_technicians, TECHNICIAN_SPEC)
main = MODULE.main

if __name__ == "__main__":
    main()

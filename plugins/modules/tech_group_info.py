#!/usr/bin/python
"""The module tech_group_info: the technician groups of SimpleHelp."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: tech_group_info
short_description: Read technician groups of SimpleHelp
description:
  - Return technician groups with all their attributes, and their permissions if asked for. Passwords are not among them.
version_added: 0.1.0
author: The remoteops contributors (@remoteops)
options:
  names:
    description:
      - Return only the groups with these names; without it, all groups.
      - A name that no group has is no error and returns nothing, so that this tells whether a group exists.
    type: list
    elements: str
  permissions:
    description:
      - Whether to return the permissions too. This costs one request for each group that is returned.
    type: bool
    default: false
extends_documentation_fragment:
  - remoteops.access.simplehelp
  - remoteops.access.controller
  - remoteops.access.simplehelp.action_group
  - remoteops.access.simplehelp.info
seealso:
  - module: remoteops.access.tech_group
  - module: remoteops.access.technician_info
"""

EXAMPLES = r"""
- name: Read all groups
  remoteops.access.tech_group_info:

- name: Read what two groups may do
  remoteops.access.tech_group_info:
    names: [Helpdesk, External Partners]
    permissions: true
  register: compared

- name: Show which groups may run tools
  ansible.builtin.debug:
    msg: "{{ compared.tech_groups | selectattr('permissions.canRunTools') | map(attribute='name') }}"
"""

RETURN = r"""
tech_groups:
  description:
    - The groups, sorted by name. An attribute for which the server shows no value is null.
    - The key C(permissions) is there with O(permissions=true) only; its keys are the server's own names.
  returned: success
  type: list
  elements: dict
  sample:
    - unique_id: 2
      name: Helpdesk
      allow_anonymous_logins: false
      max_group_sh_sessions: 20
      max_group_sg_sessions: 0
      max_user_sh_sessions: 4
      max_user_sg_sessions: 0
      max_file_size: 0
      request_access_timeout: 30000
      group_specific_hostname: null
      default_sg_service_name: null
      session_speed_limit_kbps: 0
      fps_delay: 0
      ldap_settings: {enabled: false, advanced: false, base_dn: null, filter: null, member_of_groups: []}
      mfa_settings: {email: true, app: false, email_code_length: 8, email_subject: Your code, email_body: null, remember_machine: false}
      password_settings: {enabled: false}
      permissions: {canChat: true, canRunTools: true, canUseTerminal: false}
api:
  description: What the exchange with the server cost.
  returned: always
  type: dict
  sample: {requests: 3, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.api import SIMPLEHELP
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.reads import (
    TECH_GROUP_SPEC,
    read_tech_groups,
)

MODULE = Module(SIMPLEHELP, read_tech_groups, TECH_GROUP_SPEC)
main = MODULE.main

if __name__ == "__main__":
    main()

#!/usr/bin/python
"""The module fastx_user_info: the profile of the FastX user who logs in."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: fastx_user_info
short_description: Read the profile of a FastX user
description:
  - Return the profile of the user who logs in, and whether this is an administrator. Useful to see whether a login works.
  - The token of the login, which the server shows in the profile, is not returned.
version_added: 0.4.0
author: The remoteops contributors (@remoteops)
extends_documentation_fragment:
  - remoteops.access.fastx
  - remoteops.access.controller
  - remoteops.access.fastx.action_group
  - remoteops.access.fastx.info
seealso:
  - module: remoteops.access.fastx_server_info
  - module: remoteops.access.fastx_system_info
"""

EXAMPLES = r"""
- name: See whether the login works
  remoteops.access.fastx_user_info:
  register: me

- name: Be sure to be who can read what administrators are told
  ansible.builtin.assert:
    that: me.admin
"""

RETURN = r"""
user:
  description: The profile. The attributes have the API's names in snake case.
  returned: success
  type: dict
  sample:
    login: mira
    hostname: fx1.example.org
    provider: ssh
    authenticated: true
    logged_in: true
    groups: [cad, users]
    email: mira@example.org
    first_name: Mira
    last_name: Olsen
admin:
  description: Whether the user is an administrator.
  returned: success
  type: bool
  sample: false
api:
  description: What the exchange with the server cost, the login and the logout included.
  returned: always
  type: dict
  sample: {requests: 7, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module
from ansible_collections.remoteops.access.plugins.module_utils._fastx.api import FASTX
from ansible_collections.remoteops.access.plugins.module_utils._fastx.reads import (
    USER_SPEC,
    read_user,
)

MODULE = Module(FASTX, read_user, USER_SPEC)
main = MODULE.main

if __name__ == "__main__":
    main()

#!/usr/bin/python
"""The module simplehelp_server_info: the settings of a SimpleHelp server itself."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: simplehelp_server_info
short_description: Read the settings of a SimpleHelp server
description:
  - Return the server's host name and the restrictions on where technicians may log in from.
version_added: 0.1.0
author: The remoteops contributors (@remoteops)
extends_documentation_fragment:
  - remoteops.access.simplehelp
  - remoteops.access.controller
  - remoteops.access.simplehelp.action_group
  - remoteops.access.simplehelp.info
seealso:
  - module: remoteops.access.simplehelp_server
  - module: remoteops.access.simplehelp_tech_restriction
"""

EXAMPLES = r"""
- name: Read the server's settings
  remoteops.access.simplehelp_server_info:
  register: settings

- name: Make sure that technicians cannot log in from everywhere
  ansible.builtin.assert:
    that: settings.tech_restrictions | length > 0
"""

RETURN = r"""
hostname:
  description: The host name in the server's network settings, which clients connect to.
  returned: success
  type: str
  sample: support.example.org
tech_restrictions:
  description: Regular expressions for the addresses from which technicians may log in, sorted; empty if there is no restriction.
  returned: success
  type: list
  elements: str
  sample: ['10\.0\.\d{1,3}\.\d{1,3}', '198\.51\.100\.7']
api:
  description: What the exchange with the server cost.
  returned: always
  type: dict
  sample: {requests: 2, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.api import SIMPLEHELP
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.reads import read_server

MODULE = Module(SIMPLEHELP, read_server, {})
main = MODULE.main

if __name__ == "__main__":
    main()

#!/usr/bin/python
"""The module fastx_server_info: what a FastX server says of itself."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: fastx_server_info
short_description: Read what a FastX server says of itself
description:
  - Return the version and the settings of the login that a server tells everybody, and other settings where they are asked for.
  - Logs in only for O(gather).
version_added: 0.4.0
author: The remoteops contributors (@remoteops)
options:
  gather:
    description:
      - What else to ask for. V(config) and V(xrdp_config), the default settings of XRDP, are returned as the server answers them; the vendor does not
        document what is in them.
    type: list
    elements: str
    choices: [config, xrdp_config]
    default: []
extends_documentation_fragment:
  - remoteops.access.fastx
  - remoteops.access.controller
  - remoteops.access.fastx.action_group
  - remoteops.access.fastx.info
seealso:
  - module: remoteops.access.fastx_user_info
  - module: remoteops.access.fastx_system_info
"""

EXAMPLES = r"""
- name: Read the version, and whether the server wants the password at once
  remoteops.access.fastx_server_info:
  register: fastx

- name: Show it
  ansible.builtin.debug:
    msg: "{{ fastx.server.version | default(fastx.server.build) }}"

- name: Read the settings of the server, too
  remoteops.access.fastx_server_info:
    gather: [config, xrdp_config]
"""

RETURN = r"""
server:
  description: What the server says of itself. The attributes have the API's names in snake case. Later versions say no more than C(build).
  returned: success
  type: dict
  sample:
    version: 3
    server_id: fx1
    port: 3000
    httpsport: 3443
    hostname: fx1.example.org
    servers: [fx1, fx2]
    ssh: {basic: false, public_key: true, hide_password_field: false}
generation:
  description: The paths that the server's API is taken to have, as O(generation).
  returned: success
  type: str
  sample: early
config:
  description: The settings of the server, as it answers them.
  returned: success and V(config) in O(gather)
  type: dict
  sample: {}
xrdp_config:
  description: The default settings of XRDP, as the server answers them.
  returned: success and V(xrdp_config) in O(gather)
  type: dict
  sample: {}
api:
  description: What the exchange with the server cost, the login and the logout included.
  returned: always
  type: dict
  sample: {requests: 7, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module
from ansible_collections.remoteops.access.plugins.module_utils._fastx.api import FASTX
from ansible_collections.remoteops.access.plugins.module_utils._fastx.reads import (
    SERVER_SPEC,
    read_server,
)

MODULE = Module(FASTX, read_server, SERVER_SPEC)
main = MODULE.main

if __name__ == "__main__":
    main()

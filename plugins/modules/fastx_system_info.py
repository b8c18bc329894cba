#!/usr/bin/python
"""The module fastx_system_info: what FastX tells administrators of all servers and sessions."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: fastx_system_info
short_description: Read what FastX tells administrators
description:
  - Return what the server tells administrators of all servers of a cluster and of the sessions of all users.
  - The vendor documents the paths of these calls and nothing else. The answers are returned as they are.
version_added: 0.4.0
author: The remoteops contributors (@remoteops)
options:
  gather:
    description: What to ask for, one call each.
    type: list
    elements: str
    choices: [servers, sessions, session_count, session_profile]
    default: [servers, sessions, session_count, session_profile]
  parameters:
    description:
      - Parameters for these calls, which are passed on as they are. The keys are those of O(gather), each with a mapping.
    type: dict
    default: {}
notes:
  - The user must be an administrator of FastX. Others are refused.
extends_documentation_fragment:
  - remoteops.access.fastx
  - remoteops.access.controller
  - remoteops.access.fastx.action_group
  - remoteops.access.fastx.info
seealso:
  - module: remoteops.access.fastx_session_info
  - module: remoteops.access.fastx_user_info
"""

EXAMPLES = r"""
- name: Read which servers there are
  remoteops.access.fastx_system_info:
    gather: [servers, session_count]
  register: system

- name: Show where there is room
  ansible.builtin.debug:
    msg: "{{ system.servers | sort(attribute='sessions') | map(attribute='hostname') | first }}"

- name: Read everything
  remoteops.access.fastx_system_info:
"""

RETURN = r"""
servers:
  description: The answer of C(/v3/system/server/list). As its shape is not documented, it may be of another type.
  returned: success and V(servers) in O(gather)
  type: list
  elements: dict
  sample: [{serverId: fx1, hostname: fx1.example.org, sessions: 3}]
sessions:
  description: The answer of C(/v3/system/session/list). As its shape is not documented, it may be of another type.
  returned: success and V(sessions) in O(gather)
  type: list
  elements: dict
  sample: [{id: nightly, login: mira, command: /opt/cad/run}]
session_count:
  description: The answer of C(/v3/system/session/count). As its shape is not documented, it may be of another type.
  returned: success and V(session_count) in O(gather)
  type: int
  sample: 12
session_profile:
  description: The answer of C(/v3/system/session/profile). As its shape is not documented, it may be of another type.
  returned: success and V(session_profile) in O(gather)
  type: list
  elements: dict
  sample: []
api:
  description: What the exchange with the server cost, the login and the logout included.
  returned: always
  type: dict
  sample: {requests: 7, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module
from ansible_collections.remoteops.access.plugins.module_utils._fastx.api import FASTX
from ansible_collections.remoteops.access.plugins.module_utils._fastx.reads import (
    SYSTEM_SPEC,
    read_system,
)

MODULE = Module(FASTX, read_system, SYSTEM_SPEC)
main = MODULE.main

if __name__ == "__main__":
    main()

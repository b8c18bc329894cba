#!/usr/bin/python
"""The module fastx_session_info: the sessions of a FastX user."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: fastx_session_info
short_description: Read sessions of FastX
description:
  - Return the sessions of the user who logs in. Those of others are seen by M(remoteops.access.fastx_system_info) only.
  - Options that are left out choose nothing away; a session has to fit all the others.
version_added: 0.4.0
author: The remoteops contributors (@remoteops)
options:
  ids:
    description: Return only the sessions with these IDs. An ID that no session has is no error, so that this tells whether a session exists.
    type: list
    elements: str
  names:
    description: Return only the sessions with one of these names, which is their parameter C(name).
    type: list
    elements: str
  filter:
    description:
      - Return only the sessions whose attributes have these values. The keys are the API's names of attributes, such as C(serverId), each with a text or a
        list of texts, one of which it must be.
      - The API's filters cannot hold a comma within a value.
    type: dict
    default: {}
  sort_by:
    description: Sort by this attribute, in the API's name for it, or by this parameter.
    type: str
  sort_reverse:
    description: Whether to sort in reverse.
    type: bool
  start:
    description: Leave out so many sessions at the beginning.
    type: int
  limit:
    description: Return at most so many sessions.
    type: int
  gather:
    description:
      - What else to ask for. V(count) is the number of all sessions of the user. V(log) is the log of each session, which takes a request each.
    type: list
    elements: str
    choices: [count, log]
    default: []
extends_documentation_fragment:
  - remoteops.access.fastx
  - remoteops.access.controller
  - remoteops.access.fastx.action_group
  - remoteops.access.fastx.info
seealso:
  - module: remoteops.access.fastx_session
  - module: remoteops.access.fastx_system_info
"""

EXAMPLES = r"""
- name: Read all sessions
  remoteops.access.fastx_session_info:
    sort_by: started
    gather: [count]
  register: everything

- name: Show those to which nobody is connected
  ansible.builtin.debug:
    msg: "{{ everything.sessions | selectattr('clients', 'eq', 0) | map(attribute='id') }}"

- name: Read the logs of the sessions on two servers
  remoteops.access.fastx_session_info:
    filter:
      serverId: [fx1, fx2]
    gather: [log]
"""

RETURN = r"""
sessions:
  description:
    - The sessions. Their attributes have the API's names in snake case.
    - With V(log) in O(gather), C(log) is whatever the server answers, which the vendor does not document.
  returned: success
  type: list
  elements: dict
  sample:
    - id: nightly-render
      login: mira
      command: /opt/cad/run
      geometry: 1600x900
      params: {name: Nightly render, project: A1}
      clients: 0
      display: ":101"
      hostname: fx1.example.org
      server_id: fx1
      started: "2026-01-15T07:00:00.000Z"
      window_mode: desktop
count:
  description: How many sessions the user has.
  returned: success and V(count) in O(gather)
  type: int
  sample: 3
api:
  description: What the exchange with the server cost, the login and the logout included.
  returned: always
  type: dict
  sample: {requests: 7, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module
from ansible_collections.remoteops.access.plugins.module_utils._fastx.api import FASTX
from ansible_collections.remoteops.access.plugins.module_utils._fastx.reads import (
    SESSION_RULES,
    SESSION_SPEC,
    read_sessions,
)

MODULE = Module(FASTX, read_sessions, SESSION_SPEC, SESSION_RULES)
main = MODULE.main

if __name__ == "__main__":
    main()

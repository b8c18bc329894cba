#!/usr/bin/python
"""The module screenconnect_session_info: the sessions of ScreenConnect."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: screenconnect_session_info
short_description: Read sessions of ScreenConnect
description:
  - Return sessions with what ScreenConnect knows of their guests, and on demand with their events and connections.
  - Which ones is said by identifiers, by names, or by attributes. Without any of these all sessions are returned.
  - No session at all is asked for twice, as a server that is overloaded was seen to answer that it has none.
version_added: 0.4.0
author: The remoteops contributors (@remoteops)
options:
  ids:
    description: Return only the sessions with these identifiers. One that no session has is no error and returns nothing.
    type: list
    elements: str
  names:
    description:
      - Return only the sessions that are shown under these names, their own or those of their machines.
      - A name that no session has is no error and returns nothing, so that this tells whether a session exists.
    type: list
    elements: str
  details:
    description: Whether to return the events and connections of each session, which takes a request for each.
    type: bool
    default: false
notes:
  - Events hold the text of every command that was ever sent, and its output.
extends_documentation_fragment:
  - remoteops.access.screenconnect
  - remoteops.access.controller
  - remoteops.access.screenconnect.action_group
  - remoteops.access.screenconnect.info
  - remoteops.access.screenconnect.selecting
seealso:
  - module: remoteops.access.screenconnect_session
  - plugin: remoteops.access.screenconnect
    plugin_type: inventory
"""

EXAMPLES = r"""
- name: Read all access sessions of a site whose guest is connected
  remoteops.access.screenconnect_session_info:
    types: [access]
    where:
      custom_properties: {Site: London}
    online: true
    property_names: {Site: 1, Department: 2}
  register: connected

- name: Show their machines
  ansible.builtin.debug:
    msg: "{{ connected.sessions | map(attribute='machine_name') }}"

- name: Read the sessions of Windows servers, without those for tests
  remoteops.access.screenconnect_session_info:
    like:
      operating_system: ["Windows Server%"]
    filter: NOT GuestMachineName LIKE '%-TEST-%'

- name: Read what has happened on a machine
  remoteops.access.screenconnect_session_info:
    names: [LDN-WHS-000]
    details: true
"""

RETURN = r"""
sessions:
  description:
    - The sessions, sorted by name, with all that the server says of them, in snake case. What it does not say is missing.
    - The C(name) is that of the machine where the session has none of its own; C(own_name) is empty then.
    - Times are in ISO 8601; those that mean never are null.
    - C(events), in order of time, and C(connections) are there with O(details=true). Each event has the number of its type in C(event_type), and what that
      is called in C(event). Those of connections are among them, wherever the server tells them; before version 22.9 it does so within the connections.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 6f1c2a9e-3b7d-4c55-9a10-2f0c5d7e8b11
      name: LDN-WHS-000
      own_name: ""
      type: access
      machine_name: LDN-WHS-000
      online: true
      is_public: false
      is_ended: false
      code: ""
      host: ""
      custom_properties: {Site: Leeds, Department: Warehouse, "3": "", "4": ""}
      guest_info: {machine_name: LDN-WHS-000, operating_system_name: Windows 11 Pro, last_boot_time: "2026-01-05T06:11:02.123456Z"}
      last_guest_disconnected_event_time:
api:
  description: What the exchange with the server cost.
  returned: always
  type: dict
  sample: {requests: 1, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module
from ansible_collections.remoteops.access.plugins.module_utils._screenconnect.api import (
    SCREENCONNECT,
)
from ansible_collections.remoteops.access.plugins.module_utils._screenconnect.reads import (
    INFO_RULES,
    INFO_SPEC,
    read_sessions,
)

MODULE = Module(SCREENCONNECT, read_sessions, INFO_SPEC, INFO_RULES)
main = MODULE.main

if __name__ == "__main__":
    main()

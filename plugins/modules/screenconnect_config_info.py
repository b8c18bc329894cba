#!/usr/bin/python
"""The module screenconnect_config_info: the sessions of a ScreenConnect server, as the document
that describes them.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: screenconnect_config_info
short_description: Export the sessions of a ScreenConnect server as a document
description:
  - Read the sessions and return them in the words of M(remoteops.access.screenconnect_config), which changes nothing when it is given what was just
    exported.
  - The order is stable, so that two exports of the same state are the same and can be kept under version control.
  - Identifiers are exported where several sessions share a name and a type. Sessions that have ended are not exported.
version_added: 0.4.0
author: The remoteops contributors (@remoteops)
options:
  types:
    description: The types of the sessions to export. Support sessions come and go, so that V([access]) is the most useful.
    type: list
    elements: str
    choices: [support, meeting, access]
    default: [support, meeting, access]
extends_documentation_fragment:
  - remoteops.access.screenconnect
  - remoteops.access.controller
  - remoteops.access.screenconnect.action_group
  - remoteops.access.screenconnect.info
seealso:
  - module: remoteops.access.screenconnect_config
  - module: remoteops.access.screenconnect_session_info
"""

EXAMPLES = r"""
- name: Export all sessions
  remoteops.access.screenconnect_config_info:
  register: exported

- name: Export the access sessions, with names for two custom properties
  remoteops.access.screenconnect_config_info:
    types: [access]
    property_names: {Site: 1, Department: 2}
"""

RETURN = r"""
config:
  description: The sessions, as the option O(remoteops.access.screenconnect_config#module:config) describes them.
  returned: success
  type: dict
  sample:
    session:
      - {name: LDN-WHS-000, type: access, is_public: false, code: "", custom_properties: {Site: Leeds, Department: Warehouse, "3": "", "4": ""}}
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
from ansible_collections.remoteops.access.plugins.module_utils._screenconnect.sessions import (
    EXPORT_SPEC,
    export_sessions,
)

MODULE = Module(SCREENCONNECT, export_sessions, EXPORT_SPEC)
main = MODULE.main

if __name__ == "__main__":
    main()

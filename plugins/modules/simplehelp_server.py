#!/usr/bin/python
"""The module simplehelp_server: the host name of a SimpleHelp server."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: simplehelp_server
short_description: Manage the host name of a SimpleHelp server
description:
  - Set the host name in the Network Settings of the Administration tab, by which technicians, customers and machines reach the server.
  - This is the only setting of the server that the API can change, besides the restrictions on logins.
version_added: 0.1.0
author: The remoteops contributors (@remoteops)
options:
  hostname:
    description:
      - The host name or address.
      - Clients connect to what stands here, so a wrong one can keep them away. An empty text, or one with other characters than letters,
        digits, V(.), V(-), V(_), V(:) and brackets, is refused before anything is sent.
    type: str
    required: true
notes:
  - The query that sets the host name is a guess, see O(path_style).
extends_documentation_fragment:
  - remoteops.access.simplehelp
  - remoteops.access.controller
  - remoteops.access.simplehelp.action_group
  - remoteops.access.simplehelp.object
seealso:
  - module: remoteops.access.simplehelp_server_info
  - module: remoteops.access.simplehelp_tech_restriction
  - module: remoteops.access.simplehelp_config
"""

EXAMPLES = r"""
- name: Set the name that clients reach the server by
  remoteops.access.simplehelp_server:
    hostname: support.example.org
"""

RETURN = r"""
hostname:
  description: The host name after the run; in check mode as it would be.
  returned: success
  type: str
  sample: support.example.org
changes:
  description:
    - What was done, or would be in check mode.
    - C(fields) of an update name what differs; within a mapping they are paths.
  returned: success, and when a change failed
  type: list
  elements: dict
  sample: [{action: update, kind: server, name: "", fields: [hostname]}]
failed_changes:
  description: The change that failed, as in RV(changes), with the C(reason).
  returned: when a change failed
  type: list
  elements: dict
  sample: [{action: update, kind: server, name: "", fields: [hostname], reason: the host name is not valid, written: []}]
changes_not_tried:
  description: The changes that were given up because others had failed, as in RV(changes).
  returned: when a change failed
  type: list
  elements: dict
  sample: []
diff:
  description:
    - What changes, object by object, for C(--diff). C(before) and C(after) hold only what differs, as YAML.
    - Of a list whose order means nothing, members that stay are counted. An object that is made or removed is C(absent) on one side.
  returned: in diff mode, on success and when a change failed
  type: list
  elements: dict
  sample:
    - before_header: server
      after_header: server
      before: |
        hostname: old.example.org
      after: |
        hostname: support.example.org
api:
  description: What the exchange with the server cost.
  returned: always
  type: dict
  sample: {requests: 3, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.api import SIMPLEHELP
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.configuration import (
    HOSTNAME_SPEC,
    manage_hostname,
)

MODULE = Module(SIMPLEHELP, manage_hostname, HOSTNAME_SPEC)
main = MODULE.main

if __name__ == "__main__":
    main()

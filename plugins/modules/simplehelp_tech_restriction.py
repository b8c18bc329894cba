#!/usr/bin/python
"""The module simplehelp_tech_restriction: from which addresses technicians may log in to
SimpleHelp.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: simplehelp_tech_restriction
short_description: Manage from which addresses technicians may log in to SimpleHelp
description:
  - Add, remove or replace the restrictions on technicians' logins. Each is a regular expression for addresses that are admitted.
  - Restrictions are added before others are removed, so that at no moment fewer addresses are admitted than before or after.
  - A wrong set of restrictions locks every technician out. Use O(own_address).
version_added: 0.1.0
author: The remoteops contributors (@remoteops)
options:
  restrictions:
    description:
      - Regular expressions for addresses. Dots have to be escaped, as in V(198\\.51\\.100\\.7); in YAML use single quotes or none.
      - They are compared as texts. An expression that means the same but is written differently is another one.
      - An expression that Python's regular expressions do not accept is refused before anything is sent. The server may understand
        another dialect.
      - An empty list with O(state=exact) removes every restriction, see O(allow_empty). With another O(state) it changes nothing.
    type: list
    elements: str
    required: true
  state:
    description:
      - V(present) adds those that are missing, and leaves others alone.
      - V(absent) removes those that are there, and leaves others alone.
      - V(exact) makes O(restrictions) the only ones.
    type: str
    choices: [present, absent, exact]
    default: present
  own_address:
    description:
      - Addresses that must be admitted after the change, for example that of the technicians' office. If one is not, nothing is
        changed and the module fails.
      - An address is admitted if one of the expressions matches the whole of it, by Python's rules. The vendor does not document
        whether the server wants a whole match, nor whether the restrictions bind the API as well.
      - Checked only when the restrictions change. Not checked when no restriction remains, since everybody is admitted then.
      - A restriction that looks ahead or back, or that would take very long to follow, counts as one that admits nobody.
    type: list
    elements: str
    default: []
  allow_lockout:
    description: Whether to make the change even if an O(own_address) is not admitted.
    type: bool
    default: false
  allow_empty:
    description:
      - Whether the last restriction may be removed. Technicians can log in from anywhere then, so without it this is refused.
    type: bool
    default: false
extends_documentation_fragment:
  - remoteops.access.simplehelp
  - remoteops.access.controller
  - remoteops.access.simplehelp.action_group
  - remoteops.access.simplehelp.object
seealso:
  - module: remoteops.access.simplehelp_server_info
  - module: remoteops.access.simplehelp_server
  - module: remoteops.access.simplehelp_config
"""

EXAMPLES = r"""
- name: Admit the branch in Leeds
  remoteops.access.simplehelp_tech_restriction:
    restrictions: ['203\.0\.113\.\d{1,3}']

- name: No longer admit a single address
  remoteops.access.simplehelp_tech_restriction:
    restrictions: ['198\.51\.100\.7']
    state: absent
    own_address: [10.10.0.12]

- name: Admit the office network and the branch, and nobody else
  remoteops.access.simplehelp_tech_restriction:
    restrictions:
      - '10\.\d{1,3}\.\d{1,3}\.\d{1,3}'
      - '203\.0\.113\.\d{1,3}'
    state: exact
    own_address: [10.10.0.12]
"""

RETURN = r"""
tech_restrictions:
  description: All restrictions after the run; in check mode as they would be.
  returned: success
  type: list
  elements: str
  sample: ['10\.\d{1,3}\.\d{1,3}\.\d{1,3}', '203\.0\.113\.\d{1,3}']
changes:
  description:
    - What was done, or would be in check mode.
    - C(fields) of an update name what differs; within a mapping they are paths.
  returned: success, and when a change failed
  type: list
  elements: dict
  sample: [{action: update, kind: server, name: "", fields: [tech_restrictions]}]
failed_changes:
  description:
    - The change that failed, as in RV(changes), with the C(reason).
    - When removing failed, the new restrictions were added all the same.
  returned: when a change failed
  type: list
  elements: dict
  sample: [{action: update, kind: server, name: "", fields: [tech_restrictions], reason: not a regular expression, written: []}]
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
        tech_restrictions:
          - "198\\.51\\.100\\.7"
      after: |
        tech_restrictions:
          - "10\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}"
api:
  description: What the exchange with the server cost.
  returned: always
  type: dict
  sample: {requests: 4, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.api import SIMPLEHELP
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.configuration import (
    RESTRICTION_SPEC,
    manage_restrictions,
)

MODULE = Module(SIMPLEHELP, manage_restrictions, RESTRICTION_SPEC)
main = MODULE.main

if __name__ == "__main__":
    main()

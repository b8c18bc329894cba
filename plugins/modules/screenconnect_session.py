#!/usr/bin/python
"""The module screenconnect_session: one session of ScreenConnect."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: screenconnect_session
short_description: Keep a session of ScreenConnect
description:
  - Create a session, rename it, and keep its custom properties.
  - An option that is left out is left alone. An empty text makes a custom property empty.
  - A server that is overloaded was seen to answer that it has no sessions. So a session that is not found is looked for once more, and in another way, before
    one is made; and one that was made is looked for until it is seen.
  - The extension RESTful API Manager has no method that ends or removes a session, so there is no O(ignore:state) here. Do that in ScreenConnect's own console.
version_added: 0.4.0
author: The remoteops contributors (@remoteops)
options:
  id:
    description:
      - The identifier of the session, as M(remoteops.access.screenconnect_session_info) tells it. The session must exist.
      - Given together with O(name), it renames the session.
    type: str
  name:
    description:
      - The name of the session. One that has none of its own goes by the name of its guest's machine, as in ScreenConnect's console.
      - Upper and lower case make different names.
      - Together with O(type) it says which session is meant. If several fit, the module fails and lists their identifiers.
      - Either O(id), or O(name) and O(type) must be given.
      - A session cannot be given the name of another one of its type.
    type: str
  type:
    description: The type of the session. It cannot be changed later.
    type: str
    choices: [support, meeting, access]
  is_public:
    description:
      - Whether the session is listed for guests to join. A new session is not, unless it is said.
      - It cannot be changed later by this API; what asks for it is refused before anything is sent.
    type: bool
  code:
    description:
      - The code with which guests join the session.
      - It cannot be changed later by this API; what asks for it is refused before anything is sent.
    type: str
  custom_properties:
    description:
      - Custom properties by number, from V(1) to V(8), or by the names that O(property_names) gives them, each with a text.
      - An empty text makes a property empty.
      - Those that are not given keep their values.
      - Numbers are turned into texts, so that V(0123) arrives as V(83); anything else that is not a text must stand in quotes.
    type: dict
notes:
  - A session that has ended is taken for one that is not there.
  - The server takes custom properties all eight at a time. They are read just before they are written; what somebody else writes in between is lost.
extends_documentation_fragment:
  - remoteops.access.screenconnect
  - remoteops.access.controller
  - remoteops.access.screenconnect.action_group
  - remoteops.access.screenconnect.object
seealso:
  - module: remoteops.access.screenconnect_session_info
  - module: remoteops.access.screenconnect_config
  - plugin: remoteops.access.screenconnect_property
    plugin_type: lookup
"""

EXAMPLES = r"""
- name: Keep an access session for a machine, in its site and department
  remoteops.access.screenconnect_session:
    name: LDN-WHS-999
    type: access
    custom_properties:
      Site: London
      Department: Warehouse
    property_names: {Site: 1, Department: 2}

- name: Move it to another site; the department stays
  remoteops.access.screenconnect_session:
    name: LDN-WHS-999
    type: access
    custom_properties:
      1: Leeds
  register: moved

- name: Rename it
  remoteops.access.screenconnect_session:
    id: "{{ moved.session.id }}"
    name: LDS-WHS-901
"""

RETURN = r"""
session:
  description:
    - The session as the server shows it after the run; in check mode as it would be, as far as that can be known.
    - The C(name) is that of the machine where the session has none of its own.
  returned: success
  type: dict
  sample:
    id: 6f1c2a9e-3b7d-4c55-9a10-2f0c5d7e8b11
    name: LDN-WHS-000
    type: access
    is_public: false
    code: ""
    custom_properties: {Site: Leeds, Department: Warehouse, "3": "", "4": ""}
    machine_name: LDN-WHS-000
    online: true
changes:
  description:
    - What was done, or would be in check mode. When a change failed, what had been done before.
    - C(fields) of an update name what differs; within a mapping they are paths.
  returned: success, and when a change failed
  type: list
  elements: dict
  sample: [{action: update, kind: session, name: LDN-WHS-000/access, fields: [custom_properties.Site]}]
failed_changes:
  description: The changes that failed, as in RV(changes), each with the C(reason). Custom properties are written first, then the name.
  returned: when a change failed
  type: list
  elements: dict
  sample: [{action: update, kind: session, name: LDN-WHS-000/access, fields: [name], reason: the name is too long, written: []}]
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
    - before_header: session LDN-WHS-000/access
      after_header: session LDN-WHS-000/access
      before: |
        custom_properties:
          Site: London
      after: |
        custom_properties:
          Site: Leeds
api:
  description: What the exchange with the server cost.
  returned: always
  type: dict
  sample: {requests: 5, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module
from ansible_collections.remoteops.access.plugins.module_utils._core.reconcile import (
    object_rules,
    object_spec,
)
from ansible_collections.remoteops.access.plugins.module_utils._screenconnect.api import (
    SCREENCONNECT,
)
from ansible_collections.remoteops.access.plugins.module_utils._screenconnect.resources import (
    SESSION,
)
from ansible_collections.remoteops.access.plugins.module_utils._screenconnect.sessions import (
    manage_session,
)

MODULE = Module(SCREENCONNECT, manage_session, object_spec(SESSION), object_rules(SESSION))
main = MODULE.main

if __name__ == "__main__":
    main()

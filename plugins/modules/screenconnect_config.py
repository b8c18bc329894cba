#!/usr/bin/python
"""The module screenconnect_config: many sessions of ScreenConnect from one document."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: screenconnect_config
short_description: Keep many sessions of ScreenConnect as a document describes them
description:
  - Keep the names and custom properties of many sessions in one process. Compared with a loop over M(remoteops.access.screenconnect_session) this saves
    almost all of the time; the sessions are read once, and written side by side over O(connections) connections.
  - The whole document is checked against the server before anything is written.
  - If a change fails, the others are still made, and the result tells the fate of each. A second run does what is left.
  - A session that is not described is left alone. The API has no method that removes one.
  - M(remoteops.access.screenconnect_config_info) exports the sessions of a server as such a document.
version_added: 0.4.0
author: The remoteops contributors (@remoteops)
options:
  config:
    description: What the server should hold.
    type: dict
    required: true
    suboptions:
      session:
        description: Sessions, each as in M(remoteops.access.screenconnect_session). None may be described twice.
        type: list
        elements: dict
        suboptions:
          id:
            description:
              - The identifier of the session, as M(remoteops.access.screenconnect_session_info) tells it. The session must exist.
              - Given together with O(config.session[].name), it renames the session.
            type: str
          name:
            description:
              - The name of the session. One that has none of its own goes by the name of its guest's machine, as in ScreenConnect's console.
              - Upper and lower case make different names.
              - Together with O(config.session[].type) it says which session is meant. If several fit, the module fails and lists their identifiers.
              - Either O(config.session[].id), or O(config.session[].name) and O(config.session[].type) must be given.
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
  - The server takes custom properties all eight at a time. They are read at the beginning; what somebody else writes into one of these sessions meanwhile is
    lost.
extends_documentation_fragment:
  - remoteops.access.screenconnect
  - remoteops.access.controller
  - remoteops.access.screenconnect.action_group
  - remoteops.access.screenconnect.object
seealso:
  - module: remoteops.access.screenconnect_config_info
  - module: remoteops.access.screenconnect_session
"""

EXAMPLES = r"""
- name: Keep what is known of some machines, and leave everything else alone
  remoteops.access.screenconnect_config:
    property_names: {Site: 1, Department: 2}
    config:
      session:
        - name: LDN-WHS-997
          type: access
          custom_properties: {Site: London, Department: Warehouse}
        - name: LDS-WHS-998
          type: access
          custom_properties: {Site: Leeds, Department: Warehouse}

- name: Write the access sessions down
  remoteops.access.screenconnect_config_info:
    types: [access]
    property_names: {Site: 1, Department: 2}
  register: exported

- name: Store them as a file
  ansible.builtin.copy:
    content: "{{ exported.config | to_nice_yaml(indent=2, sort_keys=false) }}"
    dest: "{{ playbook_dir }}/control.example.org.yml"
    mode: "0640"

- name: Tell how the server differs from the file, and change nothing
  remoteops.access.screenconnect_config:
    config: "{{ lookup('ansible.builtin.file', playbook_dir ~ '/control.example.org.yml') | from_yaml }}"
    property_names: {Site: 1, Department: 2}
  check_mode: true
  diff: true
"""

RETURN = r"""
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
  sample: {requests: 9, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module
from ansible_collections.remoteops.access.plugins.module_utils._screenconnect.api import (
    SCREENCONNECT,
)
from ansible_collections.remoteops.access.plugins.module_utils._screenconnect.sessions import (
    manage_sessions,
    many_spec,
)

MODULE = Module(SCREENCONNECT, manage_sessions, many_spec(SCREENCONNECT))
main = MODULE.main

if __name__ == "__main__":
    main()

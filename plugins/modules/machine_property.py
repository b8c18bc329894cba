#!/usr/bin/python
"""The module machine_property: properties of SimpleHelp's machines and machine groups."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: machine_property
short_description: Manage properties of SimpleHelp's machines and machine groups
description:
  - Set or remove one property or many, of one machine, of many machines, or of a machine group.
  - A property is a key with a text. A machine inherits the properties of its groups, the nearest group first. Only own properties count here,
    so a property is set even where the same value is inherited.
  - Other properties stay as they are, unless O(purge) says otherwise.
version_added: 0.1.0
author: The remoteops contributors (@remoteops)
options:
  machine:
    description:
      - The machine's identifier (C(machineID)), or its name if only one machine bears it. If several do, the module fails and lists
        their identifiers.
      - One of O(machine), O(machines) and O(machine_group) is required.
    type: str
  machines:
    description:
      - Identifiers or names of machines, as in O(machine), that all get the same properties.
      - They are read in a few requests and written side by side. An empty list changes nothing. A machine that is named twice is refused.
    type: list
    elements: str
  machine_group:
    description:
      - The path of a machine group from the root, for example V([United Kingdom, London]).
      - The API lists no machine groups, so that only a group is known in which, or below which, there is a machine. Another one is
        refused, whether it exists or not.
    type: list
    elements: str
  key:
    description: Key of one property. One of O(key) and O(properties) is required.
    type: str
  value:
    description:
      - Text of the property O(key). Required with it, unless O(state=absent). An empty text is a value as well.
      - Write it in quotes where YAML would read something else, such as V(yes) or V(0123), which are refused without.
    type: str
  properties:
    description:
      - Many properties at once, as keys with texts. A key with V(null) is removed, without quotes.
      - An empty mapping gives no key, and changes nothing without O(purge).
      - Numbers are turned into texts, so that V(0123) arrives as V(83). Anything else that is not a text is refused and must stand in quotes.
      - With O(state=absent) these keys are removed, and their values do not count.
    type: dict
  state:
    description:
      - V(present) sets the properties.
      - V(absent) removes them. A property that is not there is no error.
    type: str
    choices: [present, absent]
    default: present
  purge:
    description:
      - Whether to remove the own properties that O(properties) does not name, so that exactly the given ones remain.
      - Inherited properties are not touched. Cannot be used with O(key).
    type: bool
    default: false
  max_removed:
    description:
      - How many properties O(purge) may remove at most, over all machines together. If it would be more, nothing is changed and
        the module fails.
      - Properties that are given as V(null) count too.
    type: int
    default: 10
  allow_empty:
    description:
      - Whether O(purge) may remove every property because O(properties) is empty. Without it that is taken for a mistake and refused.
    type: bool
    default: false
notes:
  - The vendor's document has no query that removes a property of a machine group. This collection uses
    C(machinegroups/properties/remove), by analogy with the query for machines. A server that does not have it refuses, and the
    module fails. Nothing else is lost by that.
  - The query that sets a property of a machine group is a guess as well, see O(path_style).
  - Reading a machine group takes one request for its keys and one more for each key that matters. Machines are read in batches of 500.
extends_documentation_fragment:
  - remoteops.access.simplehelp
  - remoteops.access.controller
  - remoteops.access.simplehelp.action_group
  - remoteops.access.simplehelp.object
seealso:
  - plugin: remoteops.access.machine_property
    plugin_type: lookup
  - module: remoteops.access.simplehelp_machine_info
  - module: remoteops.access.simplehelp_machine
  - module: remoteops.access.simplehelp_config
"""

EXAMPLES = r"""
- name: Set one property of one machine
  remoteops.access.machine_property:
    machine: LDN-FIN-002
    key: owner
    value: finance@example.org

- name: Set a property of a machine group, for all machines in it and below it
  remoteops.access.machine_property:
    machine_group: [United Kingdom, London]
    key: contact
    value: london.helpdesk@example.org

- name: Set some properties of many machines, and remove one
  remoteops.access.machine_property:
    machines: [LDN-FIN-002, SG_4700000000]
    properties:
      owner: finance@example.org
      floor: "3"
      loan-until:  # null removes the property

- name: Make sure that a machine has these properties and no others
  remoteops.access.machine_property:
    machine: LDN-FIN-002
    properties:
      asset-tag: HF-10002
      owner: finance@example.org
    purge: true

- name: Remove one property
  remoteops.access.machine_property:
    machine: LDN-FIN-002
    key: owner
    state: absent
"""

RETURN = r"""
machines:
  description: The machines with their own properties after the run, or as they would be in check mode, in the order of the options.
  returned: success and with O(machine) or O(machines)
  type: list
  elements: dict
  sample: [{machine_id: SG_4700015838, name: LDN-FIN-002, properties: {asset-tag: HF-10002, owner: finance@example.org}}]
machine_group:
  description:
    - The machine group with its own properties after the run, or as it would be in check mode.
    - Only the properties that the options name are read and shown, with O(purge) all of them.
  returned: success and with O(machine_group)
  type: dict
  sample: {path: [United Kingdom, London], properties: {site-code: LDN, contact: london.helpdesk@example.org}}
changes:
  description:
    - What was done, or would be in check mode. When a change failed, what had been done before.
    - C(fields) of an update name what differs; within a mapping they are paths.
  returned: success, and when a change failed
  type: list
  elements: dict
  sample: [{action: update, kind: machine, name: LDN-FIN-002 (SG_4700015838), fields: [properties.owner]}]
failed_changes:
  description:
    - The changes that failed, as in RV(changes), each with the C(reason).
    - The properties of one machine are written one by one, so that some of them may have been written all the same.
  returned: when a change failed
  type: list
  elements: dict
  sample: [{action: update, kind: machine, name: LDN-FIN-002 (SG_4700015838), fields: [properties.owner], reason: the key is too long, written: []}]
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
    - before_header: machine LDN-FIN-002 (SG_4700015838)
      after_header: machine LDN-FIN-002 (SG_4700015838)
      before: |
        properties: {}
      after: |
        properties:
          owner: finance@example.org
api:
  description: What the exchange with the server cost.
  returned: always
  type: dict
  sample: {requests: 4, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.api import SIMPLEHELP
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.properties import (
    RULES,
    SPEC,
    manage_properties,
)

MODULE = Module(SIMPLEHELP, manage_properties, SPEC, RULES)
main = MODULE.main

if __name__ == "__main__":
    main()

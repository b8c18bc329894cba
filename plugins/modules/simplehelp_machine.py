#!/usr/bin/python
"""The module simplehelp_machine: name, monitoring, notes, warning text and properties of one
machine of SimpleHelp.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: simplehelp_machine
short_description: Manage the settings of a machine registered with SimpleHelp
description:
  - Change a machine's name, monitoring, notes, warning text and properties.
  - A machine appears when its Remote Access Service registers with the server. The API can neither make nor remove one, nor move it
    to another machine group.
  - An option that is left out is left alone. An empty text makes the notes or the warning text empty.
  - To keep exactly certain properties, or to set properties of many machines, use M(remoteops.access.machine_property).
version_added: 0.1.0
author: The remoteops contributors (@remoteops)
options:
  machine:
    description:
      - The machine's identifier (C(machineID)), or its name if only one machine bears it. If several do, the module fails and lists
        their identifiers.
      - To change O(name), give the identifier here. The next run would no longer find the machine by its old name.
    type: str
    required: true
  name:
    description: The name that the machine gets.
    type: str
  monitor:
    description: Whether the machine is monitored. Needs SimpleHelp 5.2.12 or later.
    type: bool
  notes:
    description: The notes about the machine. The O(warnings) stay as they are.
    type: str
  warnings:
    description: The warning text about the machine. The O(notes) stay as they are.
    type: str
  properties:
    description:
      - The machine's own properties, as keys with texts. Keys that are not given keep their values; an empty mapping changes nothing.
      - A key with V(null) is removed.
      - Numbers are turned into texts, so that V(0123) arrives as V(83); anything else that is not a text must stand in quotes.
      - A value that the machine inherits from its groups does not count as its own.
    type: dict
extends_documentation_fragment:
  - remoteops.access.simplehelp
  - remoteops.access.controller
  - remoteops.access.simplehelp.action_group
  - remoteops.access.simplehelp.object
seealso:
  - module: remoteops.access.simplehelp_machine_info
  - module: remoteops.access.machine_property
  - module: remoteops.access.simplehelp_config
"""

EXAMPLES = r"""
- name: Warn everybody who connects to a machine
  remoteops.access.simplehelp_machine:
    machine: LDN-FIN-002
    warnings: "Month's end: ask Finance before you restart."
    monitor: true

- name: Take the warning away, keep the notes
  remoteops.access.simplehelp_machine:
    machine: LDN-FIN-002
    warnings: ""

- name: Name a machine, and say who looks after it
  remoteops.access.simplehelp_machine:
    machine: SG_4700000000
    name: UTC-DSP-LABELS
    notes: |
      Label printer of the dispatch.
      The spare is in cupboard 4.
    properties:
      owner: dispatch@example.org
      loan-until:  # null removes the property
"""

RETURN = r"""
machine:
  description:
    - The machine as the server shows it after the run; in check mode as it would be.
    - C(notes) and C(warnings) are in it if one of them was given, C(properties) if O(properties) was given.
  returned: success
  type: dict
  sample:
    machine_id: SG_4700015838
    name: LDN-FIN-002
    monitor: true
    groups: [United Kingdom, London, Finance]
    online: true
    notes: ""
    warnings: "Month's end: ask Finance before you restart."
    properties: {asset-tag: HF-10002}
changes:
  description:
    - What was done, or would be in check mode. When a change failed, what had been done before.
    - C(fields) of an update name what differs; within a mapping they are paths.
  returned: success, and when a change failed
  type: list
  elements: dict
  sample: [{action: update, kind: machine, name: LDN-FIN-002 (SG_4700015838), fields: [monitor, warnings]}]
failed_changes:
  description:
    - The changes that failed, as in RV(changes), each with the C(reason) and the fields that had been C(written) before.
    - Name and monitoring are written first, then notes and warning text, then properties.
  returned: when a change failed
  type: list
  elements: dict
  sample: [{action: update, kind: machine, name: LDN-FIN-002 (SG_4700015838), fields: [name, notes], reason: the text is too long, written: [name]}]
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
        monitor: false
      after: |
        monitor: true
api:
  description: What the exchange with the server cost.
  returned: always
  type: dict
  sample: {requests: 5, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._core.module import object_module
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.api import SIMPLEHELP
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.resources import MACHINE

MODULE = object_module(SIMPLEHELP, MACHINE)
main = MODULE.main

if __name__ == "__main__":
    main()

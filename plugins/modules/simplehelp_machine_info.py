#!/usr/bin/python
"""The module simplehelp_machine_info: the machines of SimpleHelp."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: simplehelp_machine_info
short_description: Read machines of SimpleHelp
description:
  - Return the machines (Remote Access Services) that the server knows, each with all that the server tells of it, and if
    asked for with hardware, monitoring data, notes and properties.
  - Options that are left out choose nothing away; a machine has to fit all the others.
  - Costs one request for the list, and for each word in O(gather) one request for every 500 machines that are returned.
version_added: 0.1.0
author: The remoteops contributors (@remoteops)
options:
  machines:
    description:
      - Return only these machines, each given by its ID or its name.
      - What no machine is called is an error, and so is a name that several machines have; the message lists their IDs.
    type: list
    elements: str
  machine_group:
    description:
      - Return only machines in this machine group or in a group below it. The group is given by its path from the root.
      - A path on which there is no machine at all is an error, as it is most likely misspelt.
    type: list
    elements: str
  online:
    description: Return only machines that are online (V(true)), or only those that are not (V(false)).
    type: bool
  gather:
    description:
      - What else to return of each machine.
      - V(hardware) and V(monitoring) are what the machine reported last, V(notes) its notes and its warning text,
        V(properties) its properties.
    type: list
    elements: str
    choices: [hardware, monitoring, notes, properties]
    default: []
  inherited_properties:
    description:
      - Whether the properties include those that a machine inherits from its machine group and the groups above it.
      - Matters only with V(properties) in O(gather).
    type: bool
    default: false
extends_documentation_fragment:
  - remoteops.access.simplehelp
  - remoteops.access.controller
  - remoteops.access.simplehelp.action_group
  - remoteops.access.simplehelp.info
seealso:
  - module: remoteops.access.simplehelp_machine
  - module: remoteops.access.machine_property
"""

EXAMPLES = r"""
- name: Read all machines in London and its departments that are online
  remoteops.access.simplehelp_machine_info:
    machine_group: [United Kingdom, London]
    online: true

- name: Read one machine with its notes and with all properties that hold for it
  remoteops.access.simplehelp_machine_info:
    machines: [LDN-FIN-002]
    gather: [notes, properties]
    inherited_properties: true
  register: found

- name: Show where it belongs
  ansible.builtin.debug:
    msg: "{{ found.machines[0].name }} belongs to cost centre {{ found.machines[0].properties['cost-centre'] }}"

- name: Take stock of the hardware
  remoteops.access.simplehelp_machine_info:
    gather: [hardware]
  register: stock

- name: Show which machines have less than 32 GiB of memory
  ansible.builtin.debug:
    msg: "{{ stock.machines | selectattr('hardware.total_memory', 'defined') | selectattr('hardware.total_memory', 'lt', 32 * 2**30) | map(attribute='name') }}"
"""

RETURN = r"""
machines:
  description:
    - The machines, sorted by name and ID, with the server's attributes in snake_case.
    - What the server leaves out, perhaps of a machine that is offline, is not there. Times are milliseconds since 1970.
  returned: success
  type: list
  elements: dict
  contains:
    machine_id:
      description: The machine's ID.
      type: str
      returned: always
      sample: SG_4700015838
    name:
      description: The machine's name.
      type: str
      returned: always
      sample: LDN-FIN-002
    groups:
      description: The path of its machine group from the root; empty for a machine in no group.
      type: list
      elements: str
      returned: always
      sample: [United Kingdom, London, Finance]
    online:
      description: Whether it is online.
      type: bool
      returned: always
      sample: true
    state:
      description: One of C(In Use), C(Not In Use), C(Headless) and C(Unknown).
      type: str
      returned: always
      sample: Not In Use
    protocol:
      description: The protocol by which it polls the server.
      type: str
      returned: always
      sample: UDP
    last_registration_time:
      description: When it last registered with the server.
      type: int
      returned: always
      sample: 1768467598000
    session_count:
      description: Number of active sessions.
      type: int
      returned: always
      sample: 0
    monitoring_enabled:
      description: Whether it is monitored.
      type: bool
      returned: always
      sample: true
    os:
      description: Its operating system.
      type: str
      returned: always
      sample: Windows 11 Pro
    hostname:
      description: Its own host name.
      type: str
      returned: always
      sample: ldn-fin-002
    wan_ip:
      description: Its public address.
      type: str
      returned: always
      sample: 203.0.113.10
    ip_addresses:
      description: Its network adapters.
      type: list
      elements: dict
      returned: always
      sample: [{ip: 10.10.0.6, mac: "02:00:5e:00:00:02", name: Ethernet}]
    hardware:
      description: Its hardware, sizes in bytes; empty if it never reported any.
      type: dict
      returned: with V(hardware) in O(gather)
      sample:
        total_memory: 17179869184
        model_name: ThinkPad T14 Gen 4
        model_identifier: 21HD0044GE
        manufacturer: LENOVO
        serial: LDN7000002
        ecc_memory: false
        memory: [{capacity: 8589934592, type: DDR4, speed_hz: 3200000000, status: ok, manufacturer: Micron}]
        disks: [{disk: disk0, device_name: NVMe 0, media_name: Samsung PM9A1, capacity: 549755813888, type: SSD, protocol: PCI-Express, internal: true}]
        processors: [{name: AMD Ryzen 7 PRO 7840U, speed_hz: "3300000000", cores: 8, is64bit: true}]
    monitoring:
      description: The monitoring data that it reported last; empty if it never reported any.
      type: dict
      returned: with V(monitoring) in O(gather)
      sample:
        cpu_load_averages: [7, 6, 5]
        memory_load_averages: [22, 20, 17]
        is64bit: true
        os: Windows 11 Pro
        hostname: ldn-fin-002
        wan_ip: 203.0.113.10
        last_restarted: 1768294798000
        disks: [{name: "C:", used_percentage: 2.5}]
        cpu_offenders: [{name: Teams, used_percentage: 12.5}]
        network_adapters: [{ip: 10.10.0.6, mac: "02:00:5e:00:00:02", name: Ethernet}]
    notes:
      description: Its notes; an empty text if there are none.
      type: str
      returned: with V(notes) in O(gather)
      sample: Ask for the key.
    warnings:
      description: Its warning text; an empty text if there is none.
      type: str
      returned: with V(notes) in O(gather)
      sample: "Part of the cold chain: never restart between 22:00 and 05:00."
    properties:
      description: Its properties.
      type: dict
      returned: with V(properties) in O(gather)
      sample: {asset-tag: HF-10002, contact: london.office@example.org, currency: GBP}
api:
  description: What the exchange with the server cost.
  returned: always
  type: dict
  sample: {requests: 2, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.api import SIMPLEHELP
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.reads import (
    MACHINE_SPEC,
    read_machines,
)

MODULE = Module(SIMPLEHELP, read_machines, MACHINE_SPEC)
main = MODULE.main

if __name__ == "__main__":
    main()

#!/usr/bin/python
"""The module simplehelp_session_info: the sessions of SimpleHelp at this moment."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: simplehelp_session_info
short_description: Read the current sessions of SimpleHelp
description:
  - Return the customers who wait in the queue, the support sessions and the access sessions of this moment.
  - For sessions that are over see M(remoteops.access.simplehelp_history_info).
version_added: 0.1.0
author: The remoteops contributors (@remoteops)
options:
  kinds:
    description:
      - Which sessions to return; each kind costs one request.
      - V(queue) are customers who wait for a technician, V(support) are support sessions with customers, V(access) are
        sessions with machines.
    type: list
    elements: str
    choices: [queue, support, access]
    default: [queue, support, access]
extends_documentation_fragment:
  - remoteops.access.simplehelp
  - remoteops.access.controller
  - remoteops.access.simplehelp.action_group
  - remoteops.access.simplehelp.info
seealso:
  - module: remoteops.access.simplehelp_history_info
"""

EXAMPLES = r"""
- name: See who is waiting
  remoteops.access.simplehelp_session_info:
    kinds: [queue]
  register: waiting

- name: Report customers who have waited for more than ten minutes
  ansible.builtin.debug:
    msg: "{{ waiting.sessions | selectattr('elapsed_time', 'gt', 600000) | map(attribute='customer.hostname') }}"

- name: See who is at work
  remoteops.access.simplehelp_session_info:
    kinds: [support, access]
  register: active

- name: Name the technicians whom a restart of the server would interrupt
  ansible.builtin.debug:
    msg: "{{ active.sessions | map(attribute='technician_display_name') | unique | sort }}"
"""

RETURN = r"""
sessions:
  description:
    - The sessions by O(kinds), those that began first first, with the server's attributes in snake_case.
    - What the server leaves out is not there; a session in the queue has no technician yet. Times are milliseconds, points
      in time since 1970.
  returned: success
  type: list
  elements: dict
  contains:
    kind:
      description: V(queue), V(support) or V(access), as in O(kinds).
      type: str
      returned: always
      sample: support
    session_id:
      description: The session's ID.
      type: str
      returned: always
      sample: S-990010
    start_time:
      description: When it began.
      type: int
      returned: always
      sample: 1768466640000
    elapsed_time:
      description: How long it has lasted.
      type: int
      returned: always
      sample: 960000
    technician_username:
      description: The technician's login name.
      type: str
      returned: once there is a technician
      sample: k.patel
    technician_display_name:
      description: The technician's name.
      type: str
      returned: once there is a technician
      sample: Katarzyna Patel
    technician_id:
      description: The server's number for the technician's account.
      type: int
      returned: once there is a technician
      sample: 11
    customer:
      description: The customer. The keys in C(details) are labels that the server's owner has chosen.
      type: dict
      returned: for the kinds V(queue) and V(support)
      sample:
        customer_id: CU_880010
        time_in_queue: 40000
        username: reception2
        country: Ireland
        domain: support.example.org
        url: https://support.example.org/customer
        os: Windows 11 Pro
        hostname: PRACTICE-10
        wan_ip: 198.51.100.11
        ip_addresses: [192.168.1.12]
        details: {Practice: Ashdown Vets, Problem: The scanner does not connect.}
    machine:
      description: The machine, as M(remoteops.access.simplehelp_machine_info) returns it.
      type: dict
      returned: for the kind V(access)
      sample: {machine_id: SG_4700015838, name: LDN-FIN-002, groups: [United Kingdom, London, Finance], online: true}
api:
  description: What the exchange with the server cost.
  returned: always
  type: dict
  sample: {requests: 3, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.api import SIMPLEHELP
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.reads import (
    SESSION_SPEC,
    read_sessions,
)

MODULE = Module(SIMPLEHELP, read_sessions, SESSION_SPEC)
main = MODULE.main

if __name__ == "__main__":
    main()

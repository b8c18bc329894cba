#!/usr/bin/python
"""The module beyondtrust_probe: probe the health pages of BeyondTrust appliances at an interval."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_probe
short_description: Probe the health pages of BeyondTrust appliances at an interval
description:
  - Ask for the page C(/check_health) of one or more addresses again and again, as a load balancer does, and tell when they were healthy and when not.
  - Each probe has a connection of its own and waits for no other one. So what is seen is exact to the interval, even while an appliance does
    not answer at all.
  - A probe that is answered with 200 within O(timeout) is healthy; any other answer, and none, is not. No API account is needed.
  - With C(async) and C(poll=0) it runs beside other tasks, until O(stop_file) appears.
version_added: 0.3.0
author: The remoteops contributors (@remoteops)
options:
  targets:
    description: What is probed.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description: What the target is called in results.
        type: str
        required: true
      url:
        description: Address of an appliance, or the one that a pair of them shares, for example V(https://support.example.org).
        type: str
        required: true
  duration:
    description:
      - How many seconds to probe at most. With V(0) each target is probed once.
      - In any case there is an end, so that a process that nobody stops does not run forever. At most seven days.
    type: float
    required: true
  interval:
    description: How many seconds lie between the beginning of a probe and that of the next one. At least 0.05.
    type: float
    default: 1.0
  timeout:
    description: How many seconds a page may take to be answered. It may be longer than O(interval).
    type: float
    default: 5.0
  path:
    description:
      - A new file to write each probe to as it is answered, as JSON Lines. Its directory must exist.
      - The first line tells the format, the interval and the addresses. Each other one tells the target, when it was asked (seconds
        since 1970), how long the answer took, whether it was healthy, its status and the problem.
    type: path
  stop_file:
    description: End when there is a file with this path. What is under way is waited for.
    type: path
  max_outage:
    description: Fail as soon as a target has not been healthy for longer than so many seconds.
    type: float
  healthy_for:
    description:
      - End as soon as all targets have been healthy for so many seconds on end; with V(0) as soon as all are healthy.
      - If that does not come about within O(duration) the module fails.
    type: float
  validate_certs:
    description:
      - Whether to verify the certificates. Leave this on; to trust a private authority use O(ca_path).
      - Taken from the environment variable E(BEYONDTRUST_VALIDATE_CERTS) if not given.
    type: bool
    default: true
  ca_path:
    description:
      - PEM file of the authority that certificates are verified against, instead of the system's.
      - Taken from the environment variable E(BEYONDTRUST_CA_PATH) if not given.
    type: path
  client_cert:
    description:
      - PEM file of a client certificate, for an appliance behind a proxy that demands one.
      - Taken from the environment variable E(BEYONDTRUST_CLIENT_CERT) if not given.
    type: path
  client_key:
    description:
      - PEM file of the client certificate's key, if it is not in O(client_cert).
      - Taken from the environment variable E(BEYONDTRUST_CLIENT_KEY) if not given.
    type: path
  proxy:
    description:
      - URL of a proxy. If not given, the environment variables E(HTTPS_PROXY), E(ALL_PROXY) and E(NO_PROXY) count by the rules of curl.
      - Taken from the environment variable E(BEYONDTRUST_PROXY) if not given.
    type: str
extends_documentation_fragment:
  - remoteops.access.controller
attributes:
  check_mode:
    description: Can run in C(check_mode) and probes; writes no file.
    support: full
  diff_mode:
    description: There is no state to compare.
    support: none
  idempotent:
    description: What is asked for is done on every run.
    support: none
requirements:
  - httpx >= 0.27
seealso:
  - module: remoteops.access.beyondtrust_appliance_info
  - module: remoteops.access.beyondtrust_drill_report
"""

EXAMPLES = r"""
- name: Tell whether both appliances and the shared name are healthy
  remoteops.access.beyondtrust_probe:
    targets: "{{ targets }}"
    duration: 0
  vars: &targets
    targets:
      - name: rs-a
        url: "{{ lookup('ansible.builtin.env', 'BEYONDTRUST_URL') }}"
      - name: rs-b
        url: "{{ lookup('ansible.builtin.env', 'BEYONDTRUST_PEER_URL') }}"

- name: Wait until both have been healthy for a second
  remoteops.access.beyondtrust_probe:
    targets: "{{ targets }}"
    interval: 0.2
    duration: 60
    healthy_for: 1
    path: "{{ lookup('ansible.builtin.env', 'HOME') }}/probes.jsonl"
  vars: *targets
  register: probed

- name: Show what was seen
  ansible.builtin.debug:
    msg: "{{ probed.targets | map(attribute='outages') }}"
"""

RETURN = r"""
targets:
  description: What was seen of each target.
  returned: success, and when a target was not healthy for too long
  type: list
  elements: dict
  contains:
    name:
      description: What the target is called.
      type: str
      returned: always
      sample: rs-a
    url:
      description: The address.
      type: str
      returned: always
      sample: https://rs-a.example.org
    probes:
      description: How many probes were made.
      type: int
      returned: always
      sample: 300
    healthy:
      description: Whether the last one was healthy.
      type: bool
      returned: always
      sample: true
    outages:
      description:
        - When the target was not healthy, from the moment at which the first probe was asked that failed until the first one was answered that did not.
        - If it was not healthy at last, C(ended) is null.
      type: list
      elements: dict
      returned: always
      sample:
        - {began: '2026-11-24T11:00:00.123Z', ended: '2026-11-24T11:00:12.456Z', seconds: 12.333, problem: HTTP 500}
ended:
  description: Why probing ended, C(duration), C(stop_file), C(healthy), C(max_outage), or C(failure) if the file could not be written.
  returned: success, and when a target was not healthy for too long
  type: str
  sample: stop_file
"""

from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module
from ansible_collections.remoteops.access.plugins.module_utils._drill.probing import SPEC, probe

MODULE = Module(None, probe, SPEC)
main = MODULE.main

if __name__ == "__main__":
    main()

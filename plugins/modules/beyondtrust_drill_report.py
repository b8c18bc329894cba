#!/usr/bin/python
"""The module beyondtrust_drill_report: the report of a failover drill."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_drill_report
short_description: Write the report of a failover drill
description:
  - Read the journal of a failover drill and what its probes saw, and write the report beside them. That is a page of HTML (C(report.html)) which needs
    nothing else, no network and no scripts, with the same as JSON (C(report.json)) and as XML for JUnit (C(report.xml)).
  - It tells RTO and RPO of each switch against their objectives, the course of the drill, every step with its time, its result and what the appliances
    said, the outages, the backup, and the difference to the drill before in the same directory.
  - A drill that was interrupted can be reported, too. The same files make the same report.
version_added: 0.3.0
author: The remoteops contributors (@remoteops)
options:
  directory:
    description:
      - Absolute path of the directory of one drill. It holds C(journal.json) as M(remoteops.access.beyondtrust_drill_journal) writes it, and any
        number of files C(probes-*.jsonl) as M(remoteops.access.beyondtrust_probe) does.
      - The journal's settings that count are C(appliances) (a list of addresses), C(shared) (the address that the pair shares), C(rto) and C(rpo)
        (objectives in seconds), and C(data_sync_first).
    type: path
    required: true
extends_documentation_fragment:
  - remoteops.access.controller
attributes:
  check_mode:
    description: Can run in C(check_mode) and tells what the report would say; writes nothing.
    support: full
  diff_mode:
    description: There is no state to compare.
    support: none
  idempotent:
    description: When run twice on the same files, the second run changes nothing.
    support: full
seealso:
  - module: remoteops.access.beyondtrust_drill_journal
  - module: remoteops.access.beyondtrust_probe
"""

EXAMPLES = r"""
- name: Look for the newest drill
  remoteops.access.beyondtrust_drill_journal:
    directory: "{{ lookup('ansible.builtin.env', 'HOME') }}/drills"
  register: newest

- name: Write its report
  remoteops.access.beyondtrust_drill_report:
    directory: "{{ newest.place }}"
  register: report

- name: Show what it says, and where it lies
  ansible.builtin.debug:
    msg: "{{ report.lines + [report.html] }}"
"""

RETURN = r"""
html:
  description: Path of the page.
  returned: success
  type: str
  sample: /var/drills/20261124T110000.123Z/report.html
json:
  description: Path of the same as JSON.
  returned: success
  type: str
  sample: /var/drills/20261124T110000.123Z/report.json
junit:
  description: Path of the same as XML for JUnit.
  returned: success
  type: str
  sample: /var/drills/20261124T110000.123Z/report.xml
passed:
  description: Whether all steps of the plan passed, and no objective was missed.
  returned: success
  type: bool
  sample: true
outcome:
  description: How the drill ended, C(completed), C(no_go), C(restored) or C(not_restored), or C(unfinished).
  returned: success
  type: str
  sample: completed
conclusion:
  description: That in a sentence.
  returned: success
  type: str
  sample: Every step was completed. All objectives were met.
measures:
  description: RTO and RPO of each switch of the plan in seconds (null if not known), the objective (null if there is none) and whether it was met.
  returned: success
  type: list
  elements: dict
  sample:
    - {step: failover, measure: rto, seconds: 12.3, objective: 60, met: true, words: Asked for at 11:00:10.}
reasons:
  description:
    - Why the drill has not passed, in sentences. That is what was said of each step that did not pass, and each objective that was missed.
    - Empty if it has passed.
  returned: success
  type: list
  elements: str
  sample: ['failover_verification: failed; rs-b.example.org was not healthy.']
lines:
  description: What the drill came to, in lines for people.
  returned: success
  type: list
  elements: str
  sample: ['PASSED: Every step was completed. All objectives were met.', 'Failover, RTO: 12.3 s, objective 60 s, met']
"""

from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module
from ansible_collections.remoteops.access.plugins.module_utils._drill.report import (
    SPEC,
    make_report,
)

MODULE = Module(None, make_report, SPEC, needs_httpx=False)
main = MODULE.main

if __name__ == "__main__":
    main()

#!/usr/bin/python
"""The module beyondtrust_drill_journal: the journal of failover drills, which tells after any
interruption where things stand.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_drill_journal
short_description: Keep the journal of a failover drill
description:
  - Make an entry in the journal of a failover drill, and return the journal. The role P(remoteops.access.failover_drill#role) does so before
    and after each step.
  - Each drill has a directory of its own below O(directory), called after the time at which it began, with the journal as C(journal.json) in it.
    The file is replaced as a whole and written through to the disk, so that a controller may be killed at any moment.
  - A drill that was begun and has not ended keeps another one from beginning.
version_added: 0.3.0
author: The remoteops contributors (@remoteops)
options:
  directory:
    description: Absolute path of the directory of all drills. It is made if it does not exist.
    type: path
    required: true
  entry:
    description:
      - What to enter. If not given, nothing is entered, and the newest journal is returned.
      - V(begin) begins a drill. V(step_begins) and V(step_ends) frame each of its steps. V(end) ends it, and tells how it ended.
      - V(resume) goes on with a drill that was interrupted. A step that was under way counts as interrupted. It is refused while the process that
        carried the drill out still runs on this machine.
      - V(resume) and V(end) also make a file C(probes-N.stop) beside each C(probes-N.jsonl) in the drill's directory, for
        O(remoteops.access.beyondtrust_probe#module:stop_file).
    type: str
    choices: [begin, resume, step_begins, step_ends, end]
  plan:
    description: The steps of the drill, in order. Required to begin one.
    type: list
    elements: str
  settings:
    description: What else is to be known of the drill, kept as it is given. Used to begin one.
    type: dict
    default: {}
  step:
    description: The name of the step that begins. When it ends it may be left out.
    type: str
  result:
    description: What the step came to. Required to end one.
    type: str
    choices: [passed, failed]
  words:
    description: What was said of the step, of which at most 2000 characters each are kept. Used to end one.
    type: list
    elements: str
    default: []
  facts:
    description: What was found in the step, kept as it is given. Used to end one.
    type: dict
    default: {}
  controller:
    description:
      - The number of the process that carries the drill out. Used to begin one, and to go on with it.
      - On the controller itself (local connection, without C(become), C(async) and C(environment)) it is Ansible's own process, if not given.
    type: int
extends_documentation_fragment:
  - remoteops.access.controller
attributes:
  check_mode:
    description: Can run in C(check_mode) and tells what the journal would be; writes nothing.
    support: full
  diff_mode:
    description: There is no state to compare.
    support: none
  idempotent:
    description: Each entry is made on every run.
    support: none
seealso:
  - module: remoteops.access.beyondtrust_drill_report
"""

EXAMPLES = r"""
- name: Begin a drill
  remoteops.access.beyondtrust_drill_journal:
    directory: "{{ lookup('ansible.builtin.env', 'HOME') }}/drills"
    entry: begin
    plan: [preflight]
    settings: {rto: 60}

- name: Enter that a step begins
  remoteops.access.beyondtrust_drill_journal:
    directory: "{{ lookup('ansible.builtin.env', 'HOME') }}/drills"
    entry: step_begins
    step: preflight

- name: Look where things stand
  remoteops.access.beyondtrust_drill_journal:
    directory: "{{ lookup('ansible.builtin.env', 'HOME') }}/drills"
  register: drill

- name: Tell it
  ansible.builtin.debug:
    msg: "{{ drill.words }}"

- name: Enter what the step came to
  remoteops.access.beyondtrust_drill_journal:
    directory: "{{ lookup('ansible.builtin.env', 'HOME') }}/drills"
    entry: step_ends
    result: failed
    words: [The appliance is not healthy.]

- name: End the drill
  remoteops.access.beyondtrust_drill_journal:
    directory: "{{ lookup('ansible.builtin.env', 'HOME') }}/drills"
    entry: end
"""

RETURN = r"""
unfinished:
  description: Whether the newest drill was begun and has not ended.
  returned: success
  type: bool
  sample: true
journal:
  description: The newest journal.
  returned: success, if there is one
  type: dict
  contains:
    format:
      description: The format of the file.
      type: str
      returned: always
      sample: remoteops.access failover drill 1
    drill:
      description: The name of the drill, which is that of its directory.
      type: str
      returned: always
      sample: 20261124T110000.123Z
    began_at:
      description: When it began, in UTC.
      type: str
      returned: always
      sample: "2026-11-24T11:00:00.123Z"
    ended_at:
      description: When it ended, null if it has not.
      type: str
      returned: always
      sample: "2026-11-24T11:05:00.456Z"
    outcome:
      description:
        - How it ended, null if it has not. C(completed) if all steps of the plan passed, C(no_go) if the preflight did not,
          C(restored) if the drill was stopped and its rollback verified, else C(not_restored).
      type: str
      returned: always
      sample: completed
    plan:
      description: The steps of the drill.
      type: list
      elements: str
      returned: always
      sample: [preflight, failover, failover_verification]
    settings:
      description: What was given to begin the drill.
      type: dict
      returned: always
      sample: {rto: 60}
    runs:
      description: When a controller began to carry it out, or went on with it, and the controller's host and process.
      type: list
      elements: dict
      returned: always
      sample: [{began_at: '2026-11-24T11:00:00.123Z', how: begin, controller: {host: ops-1, process: 4711, started: '5f1c 123'}}]
    steps:
      description: Each attempt at each step, with its result (C(passed), C(failed), C(interrupted); null while it is under way), the words and the facts.
      type: list
      elements: dict
      returned: always
      sample: [{step: preflight, began_at: '2026-11-24T11:00:00.234Z', ended_at: null, result: null, words: [], facts: {}}]
place:
  description: The directory of the newest drill.
  returned: success, if there is one
  type: str
  sample: /var/drills/20261124T110000.123Z
words:
  description: Where the drill stands, in words for people.
  returned: success, if the newest drill has not ended
  type: str
  sample: >-
    The drill 20261124T110000.123Z was not finished: the step failover was under way since 2026-11-24T11:00:09.000Z; done were preflight.
    It was carried out by process 4711 on ops-1, which runs no more.
"""

from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module
from ansible_collections.remoteops.access.plugins.module_utils._drill.journal import (
    SPEC,
    keep_journal,
)

MODULE = Module(None, keep_journal, SPEC, needs_httpx=False)
main = MODULE.main

if __name__ == "__main__":
    main()

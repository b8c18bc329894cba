#!/usr/bin/python
"""The module screenconnect_command: a command on guests of ScreenConnect."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: screenconnect_command
short_description: Run a command on guests of ScreenConnect
description:
  - Run a command on the guests of one session or of many, side by side, and return its output and its exit status on each.
  - It runs with the rights of the guest's client, usually as C(SYSTEM) or C(root).
  - The output is recognised by a marker that is part of what is sent, so that other people's commands are not taken for this one.
  - A command is sent once. If no answer comes back, the session's events are searched for it; it is never sent a second time.
  - A guest that is offline gets the command when it comes back, maybe days later. The module waits as long as O(wait_timeout) says and then fails with the
    hint that the command is still queued. It cannot be taken back. See O(when_offline).
  - The module fails where the exit status is not 0 or not known. It reports a change wherever it has sent the command, unless O(creates) or O(removes) made it
    superfluous there.
version_added: 0.4.0
author: The remoteops contributors (@remoteops)
options:
  command:
    description:
      - The command, of one line or several, in the language of O(shell).
      - In C(cmd) it is part of a batch file. There, and in PowerShell, a command that ends its own shell with C(exit) does so before its exit status can be
        told, and is reported as broken off. C(cmd /c exit 3) is a way to set the exit status, in C(cmd) and in PowerShell.
      - Never write secrets into it. The text, as well as the output, stays in the session's events for good and is shown in ScreenConnect's console.
    type: str
    required: true
  shell:
    description:
      - What runs the command. V(default) is C(cmd) on Windows and C(sh) elsewhere, by the operating system that ScreenConnect shows for the guest.
      - With V(powershell) the header line C(#!ps) is sent.
    type: str
    choices: [default, sh, cmd, powershell]
    default: default
  command_timeout:
    description:
      - Seconds after which the guest kills the command, sent as the header line C(#timeout). A fraction of a second is added, by which it is recognised.
    type: int
    default: 60
  max_length:
    description: Characters after which the guest cuts the output, sent as the header line C(#maxlength), with some more for the marker.
    type: int
    default: 100000
  wait_timeout:
    description:
      - Seconds to wait for the output on all sessions, from the moment on when the command was sent to all. V(0) does not wait at all and succeeds when the
        command is queued.
      - If not given, O(command_timeout) and 60 more.
    type: float
  creates:
    description: A path on the guest. Where it exists, the command is not run and the session is not changed. The guest itself looks, so check mode cannot tell.
    type: str
  removes:
    description: A path on the guest. Where it does not exist, the command is not run and the session is not changed.
    type: str
  when_offline:
    description:
      - What to do with a session whose guest is not connected. V(queue) sends the command all the same; V(refuse) sends nothing to this session and fails.
      - A guest can go offline between the look at it and the command.
    type: str
    choices: [queue, refuse]
    default: queue
attributes:
  check_mode:
    support: partial
    details: Whether O(creates) or O(removes) makes the command superfluous only the guest can tell, so a change is foretold.
  idempotent:
    support: partial
    details: With O(creates) or O(removes) the command runs only where it is needed; otherwise on every run.
notes:
  - Pass secrets in a file or in the environment of the guest, not in the command; and set C(no_log) on the task if the output holds one.
  - That a guest has killed a command, or cut its output, is told by the words at the end of the output, C(Killed after 10000 milliseconds.) and
    C(Truncated output at 5000 characters.), which were seen on real servers and are in no document. Where a server has other words, the output is returned as
    it is and its C(status) is V(broken_off), or V(queued) where nothing else is left of it.
  - Outputs are found among the events of a session and, as before version 22.9 of ScreenConnect, among those of its connections.
extends_documentation_fragment:
  - remoteops.access.screenconnect
  - remoteops.access.controller
  - remoteops.access.screenconnect.action_group
  - remoteops.access.screenconnect.action
  - remoteops.access.screenconnect.targets
seealso:
  - module: remoteops.access.screenconnect_session_info
  - module: remoteops.access.screenconnect_toolbox_item
"""

EXAMPLES = r"""
- name: Ask a machine for its name
  remoteops.access.screenconnect_command:
    sessions: [LDN-WHS-000]
    command: hostname
  register: asked

- name: Show the answer
  ansible.builtin.debug:
    msg: "{{ asked.sessions[0].stdout_lines }}"

- name: Make a file on two machines, where it is not there yet
  remoteops.access.screenconnect_command:
    sessions: [lds-dsp-006, ham-sal-013]
    command: |
      set -e
      date > installed
    creates: installed
    command_timeout: 20
    when_offline: refuse

- name: Queue a command and do not wait for it
  remoteops.access.screenconnect_command:
    sessions: [LDN-WHS-000]
    command: echo done
    wait_timeout: 0
"""

RETURN = r"""
sessions:
  description:
    - What became of each session, in the order in which they were named. C(changed) tells whether something was sent to it, C(msg), where there is one, what
      went wrong.
    - C(status) is V(done), V(skipped) because of O(creates) or O(removes), V(queued) while there is no output, V(failed) with an exit status other than 0,
      V(killed), V(truncated), V(broken_off) where the output has no end, V(unknown) if it may have been sent, or V(not_sent).
    - C(rc) is the exit status, null where it is not known. C(stdout) is the output, with plain line ends, and C(stdout_lines) the same in lines.
  returned: success, and when it did not succeed on all sessions
  type: list
  elements: dict
  sample:
    - id: 6f1c2a9e-3b7d-4c55-9a10-2f0c5d7e8b11
      name: LDN-WHS-000
      changed: true
      status: done
      rc: 0
      stdout: "LDN-WHS-000\n"
      stdout_lines: [LDN-WHS-000]
changes:
  description: What was done, or would be in check mode.
  returned: success, and when it did not succeed on all sessions
  type: list
  elements: dict
  sample: [{action: send_command, kind: session, name: LDN-WHS-000, fields: []}]
api:
  description: What the exchange with the server cost.
  returned: always
  type: dict
  sample: {requests: 3, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module
from ansible_collections.remoteops.access.plugins.module_utils._screenconnect.actions import (
    COMMAND_SPEC,
    run_command,
)
from ansible_collections.remoteops.access.plugins.module_utils._screenconnect.api import (
    SCREENCONNECT,
)

MODULE = Module(SCREENCONNECT, run_command, COMMAND_SPEC)
main = MODULE.main

if __name__ == "__main__":
    main()

#!/usr/bin/python
"""The module fastx_session_schedule: a FastX session that is started later, as far as it is known."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: fastx_session_schedule
short_description: Schedule a FastX session
description:
  - Ask FastX to start a session later by the call C(/v3/api/session/schedule).
  - The vendor documents the path of this call and nothing else. The body is sent as it is given, and the answer is returned as it is.
  - This is an action. It is done, and reported as a change, on every run.
version_added: 0.4.0
author: The remoteops contributors (@remoteops)
options:
  body:
    description: The body of the call, which is a mapping of parameters. Try out what your version of FastX takes.
    type: dict
    required: true
notes:
  - Where the answer is lost, nobody knows whether it was done. This is reported, and it is never sent twice.
extends_documentation_fragment:
  - remoteops.access.fastx
  - remoteops.access.controller
  - remoteops.access.fastx.action_group
  - remoteops.access.fastx.action
seealso:
  - module: remoteops.access.fastx_session
  - module: remoteops.access.fastx_session_exec
"""

EXAMPLES = r"""
- name: Have a session started at night, in the form that the server at hand takes
  remoteops.access.fastx_session_schedule:
    body:
      command: /opt/cad/run
      at: "2027-01-31T22:00:00Z"
"""

RETURN = r"""
answer:
  description: What the server answers, of whatever shape, as C(result).
  returned: success, but not in check mode
  type: dict
  sample: {result: null}
changes:
  description: What was done, or would be in check mode.
  returned: success
  type: list
  elements: dict
  sample: [{action: schedule, kind: session, name: "", fields: []}]
api:
  description: What the exchange with the server cost, the login and the logout included.
  returned: always
  type: dict
  sample: {requests: 7, retries: 0, seconds_waited: 0.0}
"""

from functools import partial

from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module
from ansible_collections.remoteops.access.plugins.module_utils._fastx.actions import (
    SPEC,
    pass_through,
)
from ansible_collections.remoteops.access.plugins.module_utils._fastx.api import FASTX

MODULE = Module(FASTX, partial(pass_through, "session/schedule"), SPEC)
main = MODULE.main

if __name__ == "__main__":
    main()

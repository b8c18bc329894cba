#!/usr/bin/python
"""The module fastx_session: one session of a FastX user."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: fastx_session
short_description: Start, change and end sessions of FastX
description:
  - Have one session of the user who logs in running with its parameters, have nobody connected to it, or have it ended.
  - A session is found by O(id), by O(shortcut), or by its parameter C(name), and started only where there is none. There are never two of one, also not
    where the answer to the start is lost. Then the session is looked up, and started again only if it did not appear within O(wait_timeout).
  - Where several sessions fit, this is an error that lists their IDs.
version_added: 0.4.0
author: The remoteops contributors (@remoteops)
options:
  id:
    description:
      - The ID of the session. A session that is started with O(command) gets it.
      - One of O(id), O(name), O(bookmark) and O(shortcut) is required.
    type: str
  name:
    description:
      - The parameter C(name) of the session. Without O(id) and O(shortcut) the session is found by it, otherwise it is set.
      - A session that is started from a O(bookmark) is called like the ID of that bookmark if no name is given.
    type: str
  command:
    description:
      - The command to start the session with. Needed, or one of O(bookmark) and O(shortcut), when there is no such session yet.
      - A session that runs another command is not ended. This is an error.
    type: str
  bookmark:
    description:
      - Start the session from a bookmark or suggestion with this ID. The API starts another session each time, so the session is given its O(name) and found
        by that.
      - If the answer to the start is lost, the session is recognised as the only new one with the command of the bookmark. It is never started twice.
    type: str
  shortcut:
    description:
      - Have the one session that belongs to the bookmark or suggestion with this ID. The server connects to it if there is one, and starts it otherwise.
      - It is found by its parameter C(shortcut), which is set where the server does not do that itself.
    type: str
  geometry:
    description:
      - The size of the session in pixels, such as V(1600x900), or V(rootless).
      - Counts when the session is started. The users of a session may change its size, so one that runs is left as it is.
    type: str
  params:
    description:
      - Parameters of the session. They are added to those that it has. A parameter with an empty text is deleted.
      - Quote what YAML would not take for a text or a number.
    type: dict
  purge_params:
    description: Whether to delete the parameters that O(params) does not name. C(name) and C(shortcut), by which sessions are found, stay.
    type: bool
    default: false
  return_connection:
    description:
      - Whether to return RV(connection), with the one-time password by which a client connects to the session.
      - A session that runs already is connected to for that, which is a change on every run. The one-time password that was given out before may be good
        for nothing any more.
    type: bool
    default: false
  wait_timeout:
    description: How many seconds to wait until the server shows that the session is started, left or ended.
    type: float
    default: 30.0
  state:
    description:
      - V(started) has the session running with its parameters.
      - V(disconnected) has nobody connected to it. The session goes on. A session that does not exist is an error.
      - V(terminated) has it ended.
    type: str
    choices: [started, terminated, disconnected]
    default: started
attributes:
  async:
    description: Supports being used with the C(async) keyword.
    support: none
    details: The file in which Ansible keeps the result of such a task would hold the secret.
  idempotent:
    support: partial
    details: With O(return_connection) a session that runs is connected to on every run.
notes:
  - Ansible prints what a module returns. The result of this one is censored when it holds a one-time password, as if the task had C(no_log) set to V(true). Set
    it all the same, so that whoever reads the playbook sees it, and so that it counts wherever the task may be run.
  - What is registered holds it in the clear. Set C(no_log) to V(true) on every task that uses it.
  - In check mode nothing is connected to, and RV(connection) is not returned.
  - A session from a O(bookmark) gets its O(name) by a second request. A run that is killed in between leaves one without it, which the next run
    cannot tell from others of that bookmark, so that it starts another.
extends_documentation_fragment:
  - remoteops.access.fastx
  - remoteops.access.controller
  - remoteops.access.fastx.action_group
  - remoteops.access.fastx.object
seealso:
  - module: remoteops.access.fastx_session_info
  - module: remoteops.access.fastx_bookmark
  - module: remoteops.access.fastx_share
  - module: remoteops.access.fastx_screenshot
"""

EXAMPLES = r"""
- name: Have a session for the nightly run
  remoteops.access.fastx_session:
    id: nightly-render
    command: /opt/cad/run
    geometry: 1600x900
    params:
      name: Nightly render
      project: A1

- name: Change one parameter and delete another
  remoteops.access.fastx_session:
    id: nightly-render
    params:
      project: A2
      name: ""

- name: Have a session from a bookmark, under a name of its own
  remoteops.access.fastx_session:
    bookmark: post
    name: Design review

- name: Have the one session of a bookmark, and a one-time password for it
  remoteops.access.fastx_session:
    shortcut: desktop
    return_connection: true
  register: desktop
  no_log: true

- name: Have nobody connected to the review
  remoteops.access.fastx_session:
    name: Design review
    state: disconnected

- name: End the nightly run
  remoteops.access.fastx_session:
    id: nightly-render
    state: terminated
"""

RETURN = r"""
session:
  description: The session as the server shows it after the run; in check mode as it would be, as far as that can be known.
  returned: success, but not with O(state=terminated)
  type: dict
  sample:
    id: nightly-render
    login: mira
    command: /opt/cad/run
    geometry: 1600x900
    params: {name: Nightly render, project: A1}
    clients: 0
    hostname: fx1.example.org
    server_id: fx1
    started: "2026-01-15T07:00:00.000Z"
    window_mode: desktop
connection:
  description: What a client needs to connect to the session.
  returned: success and O(return_connection=true), but not in check mode
  type: dict
  contains:
    id:
      description: The ID of the session.
      returned: always
      type: str
      sample: nightly-render
    login:
      description: The user who started the session.
      returned: always
      type: str
      sample: mira
    geometry:
      description: The size of the session.
      returned: always
      type: str
      sample: 1600x900
    window_mode:
      description: Either V(desktop) or V(rootless).
      returned: always
      type: str
      sample: desktop
    port:
      description: The local port that the session listens on.
      returned: always
      type: int
      sample: 40001
    password:
      description: The one-time password.
      returned: always
      type: str
      sample: the one-time password
    params:
      description: The parameters of the session.
      returned: always
      type: dict
      sample: {name: Nightly render}
changes:
  description:
    - What was done, or would be in check mode. When a change failed, what had been done before.
    - C(fields) of an update name what differs; within a mapping they are paths.
  returned: success, and when a change failed
  type: list
  elements: dict
  sample: [{action: create, kind: session, name: nightly-render, fields: [id, command, geometry, params]}]
failed_changes:
  description: The changes that failed, as in RV(changes), each with the C(reason) and the fields that had been C(written) before.
  returned: when a change failed
  type: list
  elements: dict
  sample: [{action: delete, kind: session, name: nightly-render, fields: [], reason: it still lists the session, written: []}]
changes_not_tried:
  description: The changes that were given up because others had failed, as in RV(changes).
  returned: when a change failed
  type: list
  elements: dict
  sample: []
diff:
  description:
    - What changes, object by object, for C(--diff). C(before) and C(after) hold only what differs, as YAML; secrets are masked.
    - Of a list whose order means nothing, members that stay are counted. An object that is made or removed is C(absent) on one side.
  returned: in diff mode, on success and when a change failed
  type: list
  elements: dict
  sample:
    - before_header: session nightly-render
      after_header: session nightly-render
      before: |
        params:
          project: A1
      after: |
        params:
          project: A2
api:
  description: What the exchange with the server cost, the login and the logout included.
  returned: always
  type: dict
  sample: {requests: 7, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module
from ansible_collections.remoteops.access.plugins.module_utils._fastx.api import FASTX
from ansible_collections.remoteops.access.plugins.module_utils._fastx.sessions import (
    RULES,
    SPEC,
    manage_session,
)

MODULE = Module(FASTX, manage_session, SPEC, RULES, reveals=lambda result: "connection" in result)
main = MODULE.main

if __name__ == "__main__":
    main()

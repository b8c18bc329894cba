#!/usr/bin/python
"""The module fastx_share: one sharing key of a FastX session."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: fastx_share
short_description: Manage the sharing keys of FastX sessions
description:
  - Give a sharing key of a session its permissions, take a key away, take all of them away, or connect to a session with a key.
  - A key is a secret, as everybody who knows it can connect. It is neither shown nor returned.
version_added: 0.4.0
author: The remoteops contributors (@remoteops)
options:
  session:
    description:
      - The ID of the session. Either this or O(session_name) is required.
      - For O(state=connected) it may be the session of another user, and O(session_name) cannot be given.
    type: str
  session_name:
    description: The name of the session, which is its parameter C(name). It must be that of one session of the user only.
    type: str
  key:
    description: The sharing key. Required, but not for O(state=reset).
    type: str
  perms:
    description:
      - What the key is good for. Required for O(state=present).
      - For O(state=reset), the keys with at least one of these permissions are taken away; all keys if it is left out or empty.
    type: list
    elements: str
    choices: [viewer, granter]
  state:
    description:
      - V(present) gives the key these permissions. How a key comes to be, the vendor does not document; this asks the server to edit one that it does not
        list, and a server that makes none of it is reported.
      - V(absent) takes the key away. A session that does not exist has no keys.
      - V(reset) takes all keys away, or those with one of O(perms), and disconnects all users of the session. Nothing is sent where there is no such key.
      - V(connected) connects to the session with the key and returns RV(connection), with a one-time password. This is an action, done on every run.
    type: str
    choices: [present, absent, reset, connected]
    default: present
attributes:
  async:
    description: Supports being used with the C(async) keyword.
    support: none
    details: The file in which Ansible keeps the result of such a task would hold the secret.
  idempotent:
    support: partial
    details: With O(state=connected) the session is connected to on every run.
notes:
  - Ansible prints what a module returns. The result of this one is censored when it holds a one-time password, as if the task had C(no_log) set to V(true). Set
    it all the same, so that whoever reads the playbook sees it, and so that it counts wherever the task may be run.
  - What is registered holds it in the clear. Set C(no_log) to V(true) on every task that uses it.
extends_documentation_fragment:
  - remoteops.access.fastx
  - remoteops.access.controller
  - remoteops.access.fastx.action_group
  - remoteops.access.fastx.object
seealso:
  - module: remoteops.access.fastx_share_info
  - module: remoteops.access.fastx_share_email
  - module: remoteops.access.fastx_session
"""

EXAMPLES = r"""
- name: Let those who know a key watch
  remoteops.access.fastx_share:
    session: cfd-nightly
    key: "{{ vault_sharing_key }}"
    perms: [viewer]

- name: Connect with it
  remoteops.access.fastx_share:
    session: cfd-nightly
    key: "{{ vault_sharing_key }}"
    state: connected
  register: shared
  no_log: true

- name: Take it away
  remoteops.access.fastx_share:
    session: cfd-nightly
    key: "{{ vault_sharing_key }}"
    state: absent

- name: Take all keys that let others in away, and disconnect everybody
  remoteops.access.fastx_share:
    session: cfd-nightly
    perms: [granter]
    state: reset
"""

RETURN = r"""
share:
  description: The permissions of the key after the run, without the key.
  returned: success and O(state=present)
  type: dict
  sample: {session: nightly, perms: [viewer]}
connection:
  description: What a client needs to connect to the session, as M(remoteops.access.fastx_session) describes it.
  returned: success and O(state=connected), but not in check mode
  type: dict
  sample: {id: nightly, login: mira, geometry: 1600x900, window_mode: desktop, port: 40001, password: the one-time password, params: {name: Nightly render}}
changes:
  description:
    - What was done, or would be in check mode. When a change failed, what had been done before.
    - C(fields) of an update name what differs; within a mapping they are paths.
  returned: success, and when a change failed
  type: list
  elements: dict
  sample: [{action: update, kind: share, name: nightly, fields: [perms]}]
failed_changes:
  description: The changes that failed, as in RV(changes), each with the C(reason) and the fields that had been C(written) before.
  returned: when a change failed
  type: list
  elements: dict
  sample: [{action: create, kind: share, name: nightly, fields: [perms], reason: there is no such key, written: []}]
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
    - before_header: share nightly
      after_header: share nightly
      before: |
        perms:
          # and 1 more, which stays
      after: |
        perms:
          - granter
          # and 1 more, which stays
api:
  description: What the exchange with the server cost, the login and the logout included.
  returned: always
  type: dict
  sample: {requests: 7, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module
from ansible_collections.remoteops.access.plugins.module_utils._fastx.api import FASTX
from ansible_collections.remoteops.access.plugins.module_utils._fastx.shares import (
    RULES,
    SPEC,
    manage_share,
)

MODULE = Module(FASTX, manage_share, SPEC, RULES, reveals=lambda result: "connection" in result)
main = MODULE.main

if __name__ == "__main__":
    main()

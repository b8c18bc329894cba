#!/usr/bin/python
"""The module fastx_share_info: the sharing keys of FastX sessions."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: fastx_share_info
short_description: Read the sharing keys of FastX sessions
description:
  - Return with which permissions the sessions of the user who logs in are shared.
version_added: 0.4.0
author: The remoteops contributors (@remoteops)
options:
  sessions:
    description: The IDs of the sessions, each of which must exist. All of the user's if not given.
    type: list
    elements: str
  return_keys:
    description:
      - Whether to return the keys, too. A key is a secret, as everybody who knows it can connect.
    type: bool
    default: false
attributes:
  async:
    description: Supports being used with the C(async) keyword.
    support: none
    details: The file in which Ansible keeps the result of such a task would hold the secret.
notes:
  - Ansible prints what a module returns. The result of this one is censored when it holds a key, as if the task had C(no_log) set to V(true). Set
    it all the same, so that whoever reads the playbook sees it, and so that it counts wherever the task may be run.
  - What is registered holds it in the clear. Set C(no_log) to V(true) on every task that uses it.
extends_documentation_fragment:
  - remoteops.access.fastx
  - remoteops.access.controller
  - remoteops.access.fastx.action_group
  - remoteops.access.fastx.info
seealso:
  - module: remoteops.access.fastx_share
"""

EXAMPLES = r"""
- name: Read which sessions are shared
  remoteops.access.fastx_share_info:
  register: shared

- name: Show those in which others can be let in
  ansible.builtin.debug:
    msg: "{{ shared.shares | selectattr('perms', 'contains', 'granter') | map(attribute='session') }}"

- name: Read the keys of a session
  remoteops.access.fastx_share_info:
    sessions: [cfd-nightly]
    return_keys: true
  register: keys
  no_log: true
"""

RETURN = r"""
shares:
  description: The sharing keys, session by session. C(timeout) is how many seconds somebody has to connect; C(key) is there with O(return_keys=true) only.
  returned: success
  type: list
  elements: dict
  sample: [{session: nightly, session_name: Nightly render, perms: [viewer], timeout: 60}]
api:
  description: What the exchange with the server cost, the login and the logout included.
  returned: always
  type: dict
  sample: {requests: 7, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module
from ansible_collections.remoteops.access.plugins.module_utils._fastx.api import FASTX
from ansible_collections.remoteops.access.plugins.module_utils._fastx.shares import (
    INFO_SPEC,
    read_shares,
)

MODULE = Module(
    FASTX,
    read_shares,
    INFO_SPEC,
    reveals=lambda result: any("key" in share for share in result.get("shares", ())),
)
main = MODULE.main

if __name__ == "__main__":
    main()

#!/usr/bin/python
"""The module technician: one technician account of SimpleHelp."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: technician
short_description: Manage technician accounts of SimpleHelp
description:
  - Create, change, rename or remove one technician account.
  - An option that is left out is left alone. An empty text or list makes the attribute empty.
version_added: 0.1.0
author: The remoteops contributors (@remoteops)
options:
  username:
    description:
      - The name that the technician logs in with. It is unique on a server.
      - Required, unless O(unique_id) says which account is meant.
    type: str
  unique_id:
    description:
      - The server's number for the account, as M(remoteops.access.technician_info) tells it. The account must exist.
      - Given together with O(username), it renames the account.
    type: int
  display_name:
    description: The name that others see.
    type: str
  email_address:
    description: The technician's mail address.
    type: str
  allow_locally_authenticated_logins:
    description: Whether the technician can log in with the account's own password.
    type: bool
  enabled:
    description: Whether the account is enabled.
    type: bool
  groups:
    description:
      - Names of all the technician groups that the technician is a member of; membership in others ends.
      - An empty list takes the technician out of all groups. A group that does not exist is refused before anything is sent.
    type: list
    elements: str
  password:
    description:
      - The account's password. It cannot be read back, so O(update_password) says when it is sent.
      - It is set after the account is made. Until then the account is disabled and its display name is V((unfinished\)); a run that
        ends in between, for whatever reason, leaves it so. The next run finds such an account by that name and finishes it, password first.
      - A new account with O(password) is enabled in the end, unless O(enabled=false), and one without O(display_name) has an empty one then.
      - An unfinished account that is described without O(password) is refused. An account that anybody else disabled keeps its password.
    type: str
  update_password:
    description:
      - V(on_create) sets O(password) only when the account is made, or when one that a run left unfinished is finished.
      - V(always) sets it on every run, and reports a change every time.
    type: str
    choices: [on_create, always]
    default: on_create
  remove_protected:
    description:
      - Whether O(state=absent) may remove an account that the server made itself, for an anonymous login or for
        preconfigured applications. Without it such an account is refused.
    type: bool
    default: false
attributes:
  idempotent:
    support: partial
    details: Whether O(password) is set already cannot be asked, so O(update_password=always) changes it on every run.
notes:
  - The API does not tell which technicians are administrators, so that the removal of the last one cannot be recognised.
extends_documentation_fragment:
  - remoteops.access.simplehelp
  - remoteops.access.controller
  - remoteops.access.simplehelp.action_group
  - remoteops.access.simplehelp.object
  - remoteops.access.simplehelp.state
seealso:
  - module: remoteops.access.technician_info
  - module: remoteops.access.tech_group
  - module: remoteops.access.simplehelp_technician_totp
  - module: remoteops.access.simplehelp_config
"""

EXAMPLES = r"""
- name: Keep an account for Anna Keller
  remoteops.access.technician:
    username: a.keller
    display_name: Anna Keller
    email_address: a.keller@example.org
    groups: [Helpdesk]
    enabled: true

- name: Make an account with a first password
  remoteops.access.technician:
    username: b.lindgren
    groups: [Field Service, Helpdesk]
    password: "{{ vault_first_password }}"

- name: Look an account up
  remoteops.access.technician_info:
    usernames: [a.keller]
  register: found

- name: Change its login name
  remoteops.access.technician:
    unique_id: "{{ found.technicians[0].unique_id }}"
    username: a.keller-brandt

- name: Remove the account of somebody who left
  remoteops.access.technician:
    username: b.lindgren
    state: absent
"""

RETURN = r"""
technician:
  description: The account as the server shows it after the run; in check mode as it would be, as far as that can be known.
  returned: success and O(state=present)
  type: dict
  sample:
    unique_id: 17
    username: a.keller
    display_name: Anna Keller
    email_address: a.keller@example.org
    allow_locally_authenticated_logins: true
    enabled: true
    groups: [Helpdesk]
    is_anonymous: false
    app_profiles_user: false
changes:
  description:
    - What was done, or would be in check mode. When a change failed, what had been done before.
    - C(fields) of an update name what differs; within a mapping they are paths.
  returned: success, and when a change failed
  type: list
  elements: dict
  sample: [{action: create, kind: technician, name: a.keller, fields: [username, display_name, groups]}]
failed_changes:
  description:
    - The changes that failed, as in RV(changes), each with the C(reason) and the fields that had been C(written) before.
    - The account itself is written first, then its password. One that was made in part is marked as unfinished, see O(password).
  returned: when a change failed
  type: list
  elements: dict
  sample: [{action: create, kind: technician, name: a.keller, fields: [username], reason: the username is taken, written: []}]
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
    - before_header: technician a.keller
      after_header: technician a.keller
      before: |
        groups:
          - Field Service
      after: |
        groups:
          - Helpdesk
api:
  description: What the exchange with the server cost.
  returned: always
  type: dict
  sample: {requests: 4, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._core.module import object_module
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.api import SIMPLEHELP
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.resources import (
    TECHNICIAN,
)

MODULE = object_module(SIMPLEHELP, TECHNICIAN)
main = MODULE.main

if __name__ == "__main__":
    main()

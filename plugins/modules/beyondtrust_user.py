#!/usr/bin/python
"""The module beyondtrust_user."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_user
short_description: Manage user accounts of BeyondTrust
description:
  - Make, change, rename or remove one user account of Remote Support or Privileged Remote Access.
  - An option that is left out is left alone.
  - The API makes local users only. Those of a directory or another security provider come into being when they log in for the first time. They can
    be removed, and changed in what their provider does not keep.
  - Whether the API of Remote Support makes users is disputed. The appliance is asked before it is tried (C(openapi.yaml)), and where it makes none
    the module says so before anything is sent.
  - The API changes and removes no administrators. The module says so before anything is sent.
  - What a user may do comes from group policies, see M(remoteops.access.beyondtrust_group_policy).
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  username:
    description:
      - The name that the user logs in with, at most 64 characters.
      - Required, unless O(id) says which account is meant. Given together with O(id) it renames the account, if that is a local one.
    type: str
  public_display_name:
    description: The name that customers and others outside see, 1 to 64 characters. A new user needs one.
    type: str
  private_display_name:
    description: The name that other representatives see, 1 to 64 characters. A new user needs one. Remote Support only.
    type: str
  display_number:
    description: The user's place in the list of representatives on the public site, 1 or more. A new user is given one. Remote Support only.
    type: int
  email_address:
    description: The user's mail address, 3 to 255 characters.
    type: str
  preferred_email_language:
    description: The language of mails to the user, as one of the appliance's locale codes, such as V(en-us), which a new user has.
    type: str
  password:
    description:
      - The password of a local user, at most 256 characters. How long it has to be is a setting of the appliance.
      - It cannot be read back, so O(update_password) says when it is sent.
      - A user who is made without one is given a random password that nobody knows.
    type: str
  update_password:
    description:
      - V(on_create) sets O(password) only when the account is made.
      - V(always) sets it on every run, and reports a change every time.
    type: str
    choices: [on_create, always]
    default: on_create
  password_expiration:
    description:
      - When the password of a local user expires, in UTC and in this form, V(2027-01-31T00:00:00+00:00).
      - An empty text means never.
    type: str
  password_reset_next_login:
    description: Whether a local user has to choose another password at the next login.
    type: bool
  two_factor_required:
    description: Whether the user has to log in with a second factor. Local and LDAP users only. Others may use one of their own accord.
    type: bool
  enabled:
    description: Whether the user can log in. A new user can.
    type: bool
  failed_logins:
    description: V(0) unlocks the account of a local user that is locked after too many failed logins. It cannot be set to anything else.
    type: int
  remove_protected:
    description: Whether O(state=absent) tries to remove an administrator. The vendor documents that the API refuses that, so that it is of no use yet.
    type: bool
    default: false
attributes:
  idempotent:
    support: partial
    details: Whether O(password) is set already cannot be asked, so O(update_password=always) changes it on every run.
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.identifier
  - remoteops.access.beyondtrust.object
  - remoteops.access.beyondtrust.state
seealso:
  - module: remoteops.access.beyondtrust_user_info
  - module: remoteops.access.beyondtrust_group_policy
  - module: remoteops.access.beyondtrust_team
"""

EXAMPLES = r"""
- name: Keep an account, which is made with a first password where the API makes users
  remoteops.access.beyondtrust_user:
    username: r.keller
    public_display_name: Rosa Keller
    email_address: r.keller@example.org
    password: "{{ vault_first_password }}"
    password_reset_next_login: true

- name: Keep somebody out who is away until further notice
  remoteops.access.beyondtrust_user:
    username: s.okafor
    enabled: false

- name: Unlock an account after too many wrong passwords
  remoteops.access.beyondtrust_user:
    username: t.byrne
    failed_logins: 0

- name: Look an account up
  remoteops.access.beyondtrust_user_info:
    names: [r.keller]
  register: found

- name: Change its login name
  remoteops.access.beyondtrust_user:
    id: "{{ found.users[0].id }}"
    username: r.keller-brandt

- name: Remove the account of somebody who left
  remoteops.access.beyondtrust_user:
    username: u.larsen
    state: absent
"""

RETURN = r"""
user:
  description: The account as the appliance shows it after the run; in check mode as it would be, as far as that can be known.
  returned: success and O(state=present)
  type: dict
  sample:
    id: 18
    username: r.keller
    public_display_name: Rosa Keller
    private_display_name: Rosa Keller
    display_number: 117
    email_address: r.keller@example.org
    preferred_email_language: en-us
    password_expiration: null
    password_reset_next_login: true
    two_factor_required: false
    enabled: true
    failed_logins: 0
    security_provider: Local
    is_administrator: false
    two_factor_enabled: false
    created_at: '2026-03-02T09:12:44+00:00'
    last_authentication: '2026-05-18T06:58:03+00:00'
changes:
  description:
    - What was done, or would be in check mode. When a change failed, what had been done before.
    - C(fields) of an update name what differs; within a mapping they are paths.
  returned: success, and when a change failed
  type: list
  elements: dict
  sample: [{action: create, kind: user, name: r.keller, fields: [username, public_display_name, password]}]
failed_changes:
  description:
    - The changes that failed, as in RV(changes), each with the C(reason) and the fields that had been C(written) before.
  returned: when a change failed
  type: list
  elements: dict
  sample: [{action: create, kind: user, name: r.keller, fields: [username, public_display_name, password], reason: the username is taken, written: []}]
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
    - before_header: user r.keller
      after_header: user r.keller
      before: |
        enabled: true
      after: |
        enabled: false
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 5, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.people import USER
from ansible_collections.remoteops.access.plugins.module_utils._core.module import object_module

MODULE = object_module(BEYONDTRUST, USER)
main = MODULE.main

if __name__ == "__main__":
    main()

#!/usr/bin/python
"""The module beyondtrust_vendor_user."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_vendor_user
short_description: Manage the users of a vendor group of BeyondTrust Privileged Remote Access
description:
  - Make, change and remove the users of one vendor. Privileged Remote Access only.
  - A user is told from others by O(username) and O(vendor), and cannot be renamed or moved to another vendor.
  - When an account expires is reckoned by the appliance from the settings of the vendor, see M(remoteops.access.beyondtrust_vendor).
  - An option that is left out is left alone.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  username:
    description: The name that the user logs in with, at most 64 characters.
    type: str
    required: true
  vendor:
    description: The vendor that the user belongs to, by name.
    type: str
    required: true
  public_display_name:
    description: The name that others see, 1 to 64 characters. A new user needs one.
    type: str
  email_address:
    description: The user's mail address, 1 to 256 characters. A new user needs one.
    type: str
  password:
    description:
      - The user's password, at most 255 characters. A new user needs one.
      - It cannot be read back, so O(update_password) says when it is sent.
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
      - When the password expires, in UTC and in this form, V(2027-01-31T00:00:00+00:00).
      - An empty text means never.
    type: str
  password_reset_next_login:
    description: Whether the user has to choose another password at the next login.
    type: bool
  enabled:
    description: Whether the user can log in. A new user can, once approved where the vendor's users have to be.
    type: bool
  preferred_email_language:
    description: The language of mails to the user, as one of the appliance's locale codes, such as V(en-us), which a new user has.
    type: str
attributes:
  idempotent:
    support: partial
    details: Whether O(password) is set already cannot be asked, so O(update_password=always) changes it on every run.
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.object
  - remoteops.access.beyondtrust.state
seealso:
  - module: remoteops.access.beyondtrust_vendor_user_info
  - module: remoteops.access.beyondtrust_vendor
"""

EXAMPLES = r"""
- name: Keep an account for the vendor's engineer
  remoteops.access.beyondtrust_vendor_user:
    username: k.schmidt
    vendor: Kälte Schmidt GmbH
    public_display_name: Karl Schmidt
    email_address: k.schmidt@example.com
    password: "{{ vault_first_password }}"
    password_reset_next_login: true

- name: Close the account for the time being
  remoteops.access.beyondtrust_vendor_user:
    username: k.schmidt
    vendor: Kälte Schmidt GmbH
    enabled: false

- name: Remove it
  remoteops.access.beyondtrust_vendor_user:
    username: k.schmidt
    vendor: Kälte Schmidt GmbH
    state: absent
"""

RETURN = r"""
vendor_user:
  description: The account as the appliance shows it after the run; in check mode as it would be, as far as that can be known.
  returned: success and O(state=present)
  type: dict
  sample:
    id: 3
    vendor: Kälte Schmidt GmbH
    username: k.schmidt
    public_display_name: Karl Schmidt
    email_address: k.schmidt@example.com
    password_expiration: null
    password_reset_next_login: true
    enabled: true
    preferred_email_language: en-us
    account_expiration: '2026-08-16T09:00:00+00:00'
    is_approved: true
    is_expired: false
    vendor_administrator: false
    two_factor_enabled: false
    last_authenticated_date: null
changes:
  description:
    - What was done, or would be in check mode. When a change failed, what had been done before.
    - C(fields) of an update name what differs; within a mapping they are paths.
  returned: success, and when a change failed
  type: list
  elements: dict
  sample: [{action: create, kind: vendor_user, name: k.schmidt/Kälte Schmidt GmbH, fields: [vendor, username]}]
failed_changes:
  description:
    - The changes that failed, as in RV(changes), each with the C(reason) and the fields that had been C(written) before.
  returned: when a change failed
  type: list
  elements: dict
  sample: [{action: create, kind: vendor_user, name: k.schmidt/Kälte Schmidt GmbH, fields: [vendor, username], reason: the username is taken, written: []}]
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
    - before_header: vendor_user k.schmidt/Kälte Schmidt GmbH
      after_header: vendor_user k.schmidt/Kälte Schmidt GmbH
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
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.people import (
    VENDOR_USER,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.module import object_module

MODULE = object_module(BEYONDTRUST, VENDOR_USER)
main = MODULE.main

if __name__ == "__main__":
    main()

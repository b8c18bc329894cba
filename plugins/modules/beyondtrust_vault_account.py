#!/usr/bin/python
"""The module beyondtrust_vault_account."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_vault_account
short_description: Manage accounts in BeyondTrust's vault
description:
  - Make, change, rename and remove shared accounts of the vault, and say who may use them and on which jump items.
  - Windows accounts are made by discovery only; this module changes and removes them.
  - Accounts of other types are not managed. Those for X.509 certificates (Privileged Remote Access), AWS secrets and Password Safe are left out, and so are
    personal accounts, as if they were not there.
  - The name of an account need not be unique. Where several accounts bear a name, O(id) says which one is meant.
  - What the appliance rotates by itself is no affair of this module. It never checks an account out, and so never compares a secret.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  name:
    description:
      - Name of the account, 1 to 255 characters.
      - Required, unless O(id) says which account is meant. Together with O(id) it renames the account.
    type: str
  type:
    description:
      - What kind of account it is. A new account needs one, and it cannot be changed afterwards.
      - An SSH account of the type V(ssh_ca) has the key of a certificate authority, with which a certificate is signed at each use.
      - V(windows_local) and V(windows_domain) are for accounts that discovery has found.
    type: str
    choices: [username_password, ssh, ssh_ca, opaque_token, windows_local, windows_domain]
  username:
    description: The name to log in with, 1 to 255 characters. A new account needs one, unless it is an opaque token, which has none.
    type: str
  password:
    description:
      - The password, at most 255 characters. A new account with username and password needs one, and others have none.
      - It cannot be read back, so O(update_password) says when it is sent.
    type: str
  update_password:
    description:
      - V(on_create) sets O(password) only when the account is made.
      - V(always) sets it on every run, and reports a change every time.
    type: str
    choices: [on_create, always]
    default: on_create
  private_key:
    description:
      - The private key, at most 4096 characters. A new SSH account needs one, and others have none.
      - It cannot be read back, so O(update_private_key) says when it is sent.
    type: str
  update_private_key:
    description:
      - V(on_create) sets O(private_key) only when the account is made.
      - V(always) sets it on every run, and reports a change every time.
    type: str
    choices: [on_create, always]
    default: on_create
  private_key_passphrase:
    description:
      - The passphrase of O(private_key), at most 1024 characters. SSH accounts only.
      - It cannot be read back, so O(update_private_key_passphrase) says when it is sent.
    type: str
  update_private_key_passphrase:
    description:
      - V(on_create) sets O(private_key_passphrase) only when the account is made.
      - V(always) sets it on every run, and reports a change every time.
    type: str
    choices: [on_create, always]
    default: on_create
  private_key_public_cert:
    description: The public certificate to O(private_key), at most 4096 characters. An empty text takes it away. SSH accounts only.
    type: str
  token:
    description:
      - The token, at most 4096 characters. A new opaque token needs one, and other accounts have none.
      - It cannot be read back, so O(update_token) says when it is sent.
    type: str
  update_token:
    description:
      - V(on_create) sets O(token) only when the account is made.
      - V(always) sets it on every run, and reports a change every time.
    type: str
    choices: [on_create, always]
    default: on_create
  description:
    description: Description, at most 4096 characters.
    type: str
  account_group:
    description:
      - The account group that the account is in, by name. Every account is in one; a new account is in the default group if nothing else is said.
    type: str
  account_policy:
    description:
      - The account policy, by name or code name. An empty text means that of the account group, which a new account has.
      - SSH accounts have none.
    type: str
  users:
    description:
      - The users who may use the account on their own account, beside those whom a group policy or the account group lets in.
      - The list is complete; an empty one removes all.
      - What is left out of a user is left alone.
    type: list
    elements: dict
    suboptions:
      user:
        description: The user, by username.
        type: str
        required: true
      role:
        description: Whether the user may only have it injected into sessions, or check it out, too. The appliance chooses for a new one.
        type: str
        choices: [inject, inject_and_checkout]
  jump_item_association:
    description:
      - The jump items into whose sessions the account may be injected.
      - What is left out of it is left alone. When C(filter_type) changes from V(criteria) to something else, the appliance drops
        the criteria.
    type: dict
    suboptions:
      filter_type:
        description:
          - V(any_jump_items) and V(no_jump_items) mean all of them and none.
          - V(criteria) means those that fit C(criteria), and those that C(jump_items) names.
          - V(inherit) means that the account has no association of its own, and that of its account group counts.
        type: str
        choices: [any_jump_items, no_jump_items, criteria, inherit]
        required: true
      criteria:
        description:
          - What a jump item has to fit. What is given replaces what was there of the same name; an empty list takes it away.
          - A pattern is 1 to 64 characters long, and may have an asterisk at its beginning and its end. The appliance takes no notice of case and keeps
            patterns in lower case, so that they have to be written like that.
        type: dict
        suboptions:
          shared_jump_groups:
            description: Jump groups, by name or code name.
            type: list
            elements: str
          host:
            description: Patterns for the host name or address of an item, at most 32.
            type: list
            elements: str
          name:
            description: Patterns for the name of an item, at most 32.
            type: list
            elements: str
          tag:
            description: Patterns for the tag of an item, at most 32.
            type: list
            elements: str
          comment:
            description: Patterns for the comments of an item, at most 32.
            type: list
            elements: str
      jump_items:
        description: Single jump items. The list is complete; an empty one takes all of them away.
        type: list
        elements: dict
        suboptions:
          type:
            description:
              - The kind of the item. V(web_jump) and V(protocol_tunnel) are for Privileged Remote Access only, and of protocol tunnels only those for SQL
                Server are allowed.
            type: str
            choices: [jump_client, remote_rdp, shell_jump, web_jump, protocol_tunnel]
            required: true
          id:
            description: The identifier of the item among those of its kind, from the matching C(_info) module.
            type: int
            required: true
attributes:
  idempotent:
    support: partial
    details: Whether a secret is set already cannot be asked, so O(update_password=always) and its like change it on every run.
notes:
  - The API account needs the permissions C(perm_configuration) and C(perm_configuration_vault_account).
  - Lists of the appliance do not show the username and the certificate of an account. Where one of them is given, the account is read with a request of its
    own.
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.identifier
  - remoteops.access.beyondtrust.object
  - remoteops.access.beyondtrust.state
seealso:
  - module: remoteops.access.beyondtrust_vault_account_info
  - module: remoteops.access.beyondtrust_vault_account_group
  - module: remoteops.access.beyondtrust_vault_account_policy
  - module: remoteops.access.beyondtrust_vault_account_check_out
  - module: remoteops.access.beyondtrust_vault_account_rotation
"""

EXAMPLES = r"""
- name: Keep an account for the servers in Leeds
  remoteops.access.beyondtrust_vault_account:
    name: Leeds backup
    type: username_password
    username: svc-backup
    password: "{{ vault_backup_password }}"
    description: For the backup of the servers in Leeds.
    account_group: Servers
    account_policy: rotate_monthly
    users:
      - user: a.keller
        role: inject_and_checkout
      - user: b.okafor
        role: inject
    jump_item_association:
      filter_type: criteria
      criteria:
        shared_jump_groups: [leeds]
        host: ['10.11.*']

- name: Give it another password
  remoteops.access.beyondtrust_vault_account:
    name: Leeds backup
    password: "{{ vault_next_backup_password }}"
    update_password: always

- name: Use it where the other accounts of its group are used
  remoteops.access.beyondtrust_vault_account:
    name: Leeds backup
    jump_item_association:
      filter_type: inherit

- name: Keep a key for the switches
  remoteops.access.beyondtrust_vault_account:
    name: Switches
    type: ssh
    username: netadmin
    private_key: "{{ vault_switch_key }}"
    private_key_passphrase: "{{ vault_switch_passphrase }}"
    account_group: Network Equipment

- name: Remove an account
  remoteops.access.beyondtrust_vault_account:
    name: Cork administrator
    state: absent
"""

RETURN = r"""
vault_account:
  description:
    - The account as the appliance shows it after the run; in check mode as it would be, as far as that can be known.
    - O(users) and O(jump_item_association) are in it if they were given, C(username), C(private_key_public_cert), C(public_key) and
      C(last_checkout_timestamp) if one of them was. Secrets never are.
  returned: success and O(state=present)
  type: dict
  sample:
    id: 11
    name: Leeds backup
    type: username_password
    username: svc-backup
    private_key_public_cert: null
    description: For the backup of the servers in Leeds.
    account_group: Servers
    account_policy: Rotate Monthly
    users: [{user: a.keller, role: inject_and_checkout}, {user: b.okafor, role: inject}]
    personal: false
    public_key: null
    last_checkout_timestamp: null
changes:
  description:
    - What was done, or would be in check mode. When a change failed, what had been done before.
    - C(fields) of an update name what differs; within a mapping they are paths.
  returned: success, and when a change failed
  type: list
  elements: dict
  sample: [{action: create, kind: vault_account, name: Leeds backup, fields: [name, type, username, password, users]}]
failed_changes:
  description:
    - The changes that failed, as in RV(changes), each with the C(reason) and the fields that had been C(written) before.
    - The account itself is written first, then its users, then its jump item association.
  returned: when a change failed
  type: list
  elements: dict
  sample: [{action: create, kind: vault_account, name: Leeds backup, fields: [name, users], reason: the user is gone, written: [name]}]
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
    - before_header: vault_account Leeds backup
      after_header: vault_account Leeds backup
      before: |
        description: ""
      after: |
        description: For the backup.
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 7, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.vault import (
    VAULT_ACCOUNT,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.module import object_module

MODULE = object_module(BEYONDTRUST, VAULT_ACCOUNT)
main = MODULE.main

if __name__ == "__main__":
    main()

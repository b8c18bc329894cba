#!/usr/bin/python
"""The module tech_group: one technician group of SimpleHelp, with its settings and permissions."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: tech_group
short_description: Manage technician groups of SimpleHelp
description:
  - Create, change, rename or remove one technician group, with its limits, its ways to log in and its permissions.
  - An option that is left out is left alone. An empty text or list makes the attribute empty.
  - Of O(ldap_settings), O(mfa_settings), O(password_settings) and O(permissions) only the keys that are given count; the others keep
    their values, whether the server merges such settings or replaces them. An empty mapping gives no key and changes nothing.
  - Who is a member of the group is told by O(remoteops.access.technician#module:groups) of each technician.
version_added: 0.1.0
author: The remoteops contributors (@remoteops)
options:
  name:
    description:
      - The group's name. It is unique on a server.
      - Required, unless O(unique_id) says which group is meant.
    type: str
  unique_id:
    description:
      - The server's number for the group, as M(remoteops.access.tech_group_info) tells it. The group must exist.
      - Given together with O(name), it renames the group.
    type: int
  allow_anonymous_logins:
    description: Whether somebody who has no technician account can log in to this group.
    type: bool
  max_group_sh_sessions:
    description: How many support sessions the whole group can have at most. What V(0) means is not documented by the vendor.
    type: int
  max_group_sg_sessions:
    description: How many access sessions the whole group can have at most. What V(0) means is not documented by the vendor.
    type: int
  max_user_sh_sessions:
    description: How many support sessions each technician of the group can have at most. What V(0) means is not documented by the vendor.
    type: int
  max_user_sg_sessions:
    description:
      - How many access sessions each technician of the group can have at most. What V(0) means is not documented by the vendor.
      - The name under which this is sent (C(max_userSgSessions)) is a guess. The vendor's document lists C(max_userShSessions) twice and
        describes the second one in these words. The value is read back, so that a wrong guess is reported.
    type: int
  max_file_size:
    description: The largest file that can be transferred, in bytes. What V(0) means is not documented by the vendor.
    type: int
  request_access_timeout:
    description: How long a request for access waits for an answer, in milliseconds. V(0) means without end.
    type: int
  group_specific_hostname:
    description: The server's host name for the technicians of this group, where that differs.
    type: str
  default_sg_service_name:
    description: The name of the Remote Access Service that the technicians of this group get by default.
    type: str
  video_password:
    description:
      - The password that is needed to watch recordings made by this group.
      - It is not read back, even where the server shows it. O(update_video_password) says when it is sent.
    type: str
  update_video_password:
    description:
      - V(on_create) sets O(video_password) only when the group is made.
      - V(always) sets it on every run, and reports a change every time.
    type: str
    choices: [on_create, always]
    default: on_create
  session_speed_limit_kbps:
    description: The bandwidth that each technician of this group is held to, in kbps. V(0) means no limit.
    type: int
  fps_delay:
    description: The time between two frames of the remote screen, in milliseconds. V(100) makes ten frames per second.
    type: int
  ldap_settings:
    description: How technicians of this group are authenticated by a directory. Keys that are not given keep their values.
    type: dict
    suboptions:
      enabled:
        description: Whether the directory is asked.
        type: bool
      advanced:
        description: Whether the advanced settings count.
        type: bool
      base_dn:
        description: Where in the directory the search begins.
        type: str
      filter:
        description: The advanced search filter.
        type: str
      member_of_groups:
        description: All the directory groups whose members are technicians of this group. An empty list means none.
        type: list
        elements: str
  mfa_settings:
    description: The second factor that this group's technicians need to log in. Keys that are not given keep their values.
    type: dict
    suboptions:
      email:
        description: Whether a code is sent by mail.
        type: bool
      app:
        description: Whether an app shows the code.
        type: bool
      email_code_length:
        description: How many characters the mailed code has.
        type: int
      email_subject:
        description: Template of the mail's subject.
        type: str
      email_body:
        description: Template of the mail's text.
        type: str
      remember_machine:
        description: Whether technicians can choose not to be asked again on the same machine.
        type: bool
  password_settings:
    description:
      - Whether technicians can log in with the group's password. Keys that are not given keep their values; no key can be removed.
      - The vendor's document names none of the keys (C(enabled) is likely). They are sent as they are given, so use the names that
        M(remoteops.access.tech_group_info) shows for your server.
    type: dict
  permissions:
    description:
      - What the group's technicians may do, as names with V(true) or V(false). Names that are not given keep their values.
      - The names are the server's own, for example C(canRunTools); M(remoteops.access.tech_group_info) tells them. A name
        that the server does not know is refused before anything is sent. For a new group, the names of a group that exists count.
    type: dict
  password:
    description:
      - The group's password. It cannot be read back, so O(update_password) says when it is sent.
      - It is set after the group is made. Until then O(allow_anonymous_logins) is false and O(default_sg_service_name) is V((unfinished\)); a run that
        ends in between, for whatever reason, leaves it so. The next run finds such a group by that name and finishes it, password first.
      - A new group with O(password) that is described without them has V(false) and an empty name there in the end.
      - An unfinished group that is described without O(password) is refused.
    type: str
  update_password:
    description:
      - V(on_create) sets O(password) only when the group is made, or when one that a run left unfinished is finished.
      - V(always) sets it on every run, and reports a change every time.
    type: str
    choices: [on_create, always]
    default: on_create
attributes:
  idempotent:
    support: partial
    details: Whether O(password) and O(video_password) are set already cannot be asked, so V(always) changes them on every run.
notes:
  - With O(state=absent) the group is removed even if it has members. What becomes of their membership is not documented by the
    vendor.
extends_documentation_fragment:
  - remoteops.access.simplehelp
  - remoteops.access.controller
  - remoteops.access.simplehelp.action_group
  - remoteops.access.simplehelp.object
  - remoteops.access.simplehelp.state
seealso:
  - module: remoteops.access.tech_group_info
  - module: remoteops.access.technician
  - module: remoteops.access.simplehelp_config
"""

EXAMPLES = r"""
- name: Keep a group with limits and permissions
  remoteops.access.tech_group:
    name: Contractors
    max_user_sh_sessions: 2
    max_file_size: 50000000  # bytes
    request_access_timeout: 30000  # milliseconds
    session_speed_limit_kbps: 2000
    permissions:
      canRunTools: false
      canTransferFiles: true

- name: Ask the Helpdesk for a mailed code of eight characters, and leave its other settings alone
  remoteops.access.tech_group:
    name: Helpdesk
    mfa_settings:
      email: true
      email_code_length: 8

- name: Let a directory authenticate the Field Service
  remoteops.access.tech_group:
    name: Field Service
    ldap_settings:
      enabled: true
      base_dn: ou=people,dc=example,dc=org
      member_of_groups: ["cn=field-service,ou=groups,dc=example,dc=org"]

- name: Set a new group password
  remoteops.access.tech_group:
    name: External Partners
    password: "{{ vault_partners_password }}"
    update_password: always

- name: Look a group up, with its permissions
  remoteops.access.tech_group_info:
    names: [Night Shift]
    permissions: true
  register: found

- name: Rename it
  remoteops.access.tech_group:
    unique_id: "{{ found.tech_groups[0].unique_id }}"
    name: Night and Weekend Shift

- name: Remove a group
  remoteops.access.tech_group:
    name: Contractors
    state: absent
"""

RETURN = r"""
tech_group:
  description:
    - The group as the server shows it after the run; in check mode as it would be, as far as that can be known.
    - C(permissions) are in it if O(permissions) was given.
  returned: success and O(state=present)
  type: dict
  sample:
    unique_id: 7
    name: Contractors
    allow_anonymous_logins: false
    max_group_sh_sessions: 0
    max_group_sg_sessions: 0
    max_user_sh_sessions: 2
    max_user_sg_sessions: 0
    max_file_size: 50000000
    request_access_timeout: 30000
    group_specific_hostname: null
    default_sg_service_name: null
    session_speed_limit_kbps: 2000
    fps_delay: 0
    ldap_settings: {enabled: false, advanced: false, base_dn: null, filter: null, member_of_groups: []}
    mfa_settings: {email: true, app: false, email_code_length: 8, email_subject: null, email_body: null, remember_machine: false}
    password_settings: {enabled: false}
    permissions: {canRunTools: false, canTransferFiles: true}
changes:
  description:
    - What was done, or would be in check mode. When a change failed, what had been done before.
    - C(fields) of an update name what differs; within a mapping they are paths.
  returned: success, and when a change failed
  type: list
  elements: dict
  sample: [{action: update, kind: tech_group, name: Contractors, fields: [max_file_size, permissions.canRunTools]}]
failed_changes:
  description:
    - The changes that failed, as in RV(changes), each with the C(reason) and the fields that had been C(written) before.
    - The group itself is written first, then its permissions, then its password. One that was made in part is marked as unfinished, see O(password).
  returned: when a change failed
  type: list
  elements: dict
  sample: [{action: create, kind: tech_group, name: Contractors, fields: [name], reason: the name is taken, written: []}]
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
    - before_header: tech_group Contractors
      after_header: tech_group Contractors
      before: |
        max_file_size: 0
      after: |
        max_file_size: 50000000
api:
  description: What the exchange with the server cost.
  returned: always
  type: dict
  sample: {requests: 4, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._core.module import object_module
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.api import SIMPLEHELP
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.resources import (
    TECH_GROUP,
)

MODULE = object_module(SIMPLEHELP, TECH_GROUP)
main = MODULE.main

if __name__ == "__main__":
    main()

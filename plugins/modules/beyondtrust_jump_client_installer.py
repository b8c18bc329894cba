#!/usr/bin/python
"""The module beyondtrust_jump_client_installer: one installer, by which machines become jump
clients.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_jump_client_installer
short_description: Manage installers of jump clients of BeyondTrust
description:
  - Make and remove installers of jump clients of Remote Support and Privileged Remote Access.
    M(remoteops.access.beyondtrust_jump_client_installer_download) fetches their files.
  - The API cannot change an installer. Where one differs from what is described, that is refused; remove it and make it anew. An option that is left out
    counts for a new one only, which has the appliance's default then.
  - An installer is found by O(name) in its O(jump_group), or in the personal list of O(personal_list_of). Several may bear the same name; then O(id) says
    which one is meant.
  - An installer that has expired is still found as long as the appliance lists it, and is not made anew by itself.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  name:
    description:
      - Name that the jump clients get which are installed with it, at most 128 characters. Required, unless O(id) says which one is meant.
      - V((computer name\)) stands for the name of each computer; the API leaves the name out for that.
    type: str
  jump_group:
    description: The jump group that the jump clients lie in, by name or code name.
    type: str
  personal_list_of:
    description: The user in whose personal list they lie, by username, instead of O(jump_group).
    type: str
  tag:
    description: Tag of the jump clients, at most 64 characters.
    type: str
  comments:
    description: Comments of the jump clients, at most 1024 characters.
    type: str
  jump_policy:
    description: The jump policy that governs access to them, by name or code name.
    type: str
  session_policy:
    description: The session policy of sessions with them, by name or code name. Privileged Remote Access only.
    type: str
  attended_session_policy:
    description: The session policy where somebody sits at the machine, by name or code name. Remote Support only.
    type: str
  unattended_session_policy:
    description: The session policy where nobody does, by name or code name. Remote Support only.
    type: str
  connection_type:
    description: Whether the jump clients keep a connection or wait for one. A new installer has V(active), and appliances in the cloud take no other.
    type: str
    choices: [active, passive]
  elevate_install:
    description: Whether the installation tries to become a service. A new installer has it on.
    type: bool
  elevate_prompt:
    description: Whether the installation asks for credentials for that, if it has to. A new installer has it on.
    type: bool
  customer_client_start_mode:
    description:
      - How the window of a session begins on the machine. A new installer has V(normal); V(hidden) takes a permission of its own. Remote Support only.
    type: str
    choices: [normal, minimized, hidden]
  support_button_profile_code_name:
    description: The code name of the profile of a support button that is put on the machine. Remote Support only.
    type: str
  support_button_direct_queue:
    description: The team that sessions of that button go to, as V(team:) and its code name. Remote Support only.
    type: str
  jumpoint_proxy:
    description: The name of a jumpoint that the jump clients connect through. It has to be online with its proxy enabled.
    type: str
  valid_duration:
    description:
      - Minutes that a new installer is valid, from 10 to 525600. The appliance's own choice is 1440, a day.
      - It counts only when the installer is made, and is never shown. What is shown is when it ends, as C(expiration_timestamp).
    type: int
  allow_override_jump_group:
    description: Whether the jump group can be chosen when it is installed. A new installer has it off.
    type: bool
  allow_override_jump_policy:
    description: Whether the jump policy can be chosen when it is installed. A new installer has it off.
    type: bool
  allow_override_name:
    description: Whether the name can be chosen when it is installed. A new installer has it off.
    type: bool
  allow_override_tag:
    description: Whether the tag can be chosen when it is installed. A new installer has it off.
    type: bool
  allow_override_comments:
    description: Whether the comments can be chosen when it is installed. A new installer has it off.
    type: bool
  allow_override_session_policy:
    description: Whether the session policy can be chosen when it is installed. A new installer has it off. Privileged Remote Access only.
    type: bool
  allow_override_attended_session_policy:
    description: Whether the session policy of attended sessions can be chosen when it is installed. A new installer has it off. Remote Support only.
    type: bool
  allow_override_unattended_session_policy:
    description: Whether the session policy of unattended sessions can be chosen when it is installed. A new installer has it off. Remote Support only.
    type: bool
  allow_override_support_button_profile:
    description: Whether the profile of the support button can be chosen when it is installed. A new installer has it off. Remote Support only.
    type: bool
  allow_override_support_button_direct_queue:
    description: Whether the team of the support button can be chosen when it is installed. A new installer has it off. Remote Support only.
    type: bool
  return_key_info:
    description:
      - Whether the key of a new installer is returned, which a Windows MSI file is installed with. Nothing shows it later.
      - It is a secret as long as the installer is valid. Set C(no_log) on the task.
    type: bool
    default: false
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.identifier
  - remoteops.access.beyondtrust.object
  - remoteops.access.beyondtrust.state
seealso:
  - module: remoteops.access.beyondtrust_jump_client_installer_info
  - module: remoteops.access.beyondtrust_jump_client_installer_download
  - module: remoteops.access.beyondtrust_jump_client
"""

EXAMPLES = r"""
- name: Keep an installer for the tills of a branch, each of which keeps its own name
  remoteops.access.beyondtrust_jump_client_installer:
    name: (computer name)
    jump_group: leeds
    tag: till
    jump_policy: ask_first
    unattended_session_policy: View Only
    elevate_prompt: false
    allow_override_name: true
    valid_duration: 43200

- name: Make one and keep the key, which MSI files are installed with
  remoteops.access.beyondtrust_jump_client_installer:
    name: Kiosk
    jump_group: Bristol
    return_key_info: true
  register: kiosk
  no_log: true

- name: Remove it
  remoteops.access.beyondtrust_jump_client_installer:
    name: Kiosk
    jump_group: Bristol
    state: absent
"""

RETURN = r"""
jump_client_installer:
  description:
    - The installer as the appliance shows it after the run; in check mode as it would be, as far as that can be known.
    - An attribute that this product does not have, and O(valid_duration), is null.
  returned: success and O(state=present)
  type: dict
  sample:
    id: 1
    name: (computer name)
    jump_group: Leeds
    personal_list_of: null
    tag: till
    comments: ''
    jump_policy: Ask First
    session_policy: null
    attended_session_policy: null
    unattended_session_policy: View Only
    connection_type: active
    elevate_install: true
    elevate_prompt: false
    customer_client_start_mode: normal
    support_button_profile_code_name: ''
    support_button_direct_queue: ''
    jumpoint_proxy: ''
    valid_duration: null
    allow_override_jump_group: false
    allow_override_jump_policy: false
    allow_override_name: true
    allow_override_tag: false
    allow_override_comments: false
    allow_override_attended_session_policy: false
    allow_override_unattended_session_policy: false
    allow_override_support_button_profile: false
    allow_override_support_button_direct_queue: false
    allow_override_session_policy: null
    installer_id: 0123456789abcdef0123456789abcdef
    expiration_timestamp: '2026-02-14T09:00:00+00:00'
    public_site_address: support.harrow-finch.example
    max_offline_minutes: 0
    is_quiet: false
key_info:
  description: The C(encoded_info) that MSI files are installed with, the C(filename) and the C(installer_path), as the appliance told them.
  returned: when an installer was made, O(return_key_info=true), and the answer was not lost
  type: dict
  sample: {encoded_info: w0yc30..., filename: jump-client-2f0e7b11.msi, installer_path: /download_client_connector/2f0e7b11}
changes:
  description:
    - What was done, or would be in check mode. When a change failed, what had been done before.
    - C(fields) of an update name what differs; within a mapping they are paths.
  returned: success, and when a change failed
  type: list
  elements: dict
  sample: [{action: create, kind: jump_client_installer, name: (computer name)/Leeds, fields: [name, jump_group, tag]}]
failed_changes:
  description: The changes that failed, as in RV(changes), each with the C(reason) and the fields that had been C(written) before.
  returned: when a change failed
  type: list
  elements: dict
  sample: [{action: create, kind: jump_client_installer, name: (computer name)/Leeds, fields: [name, jump_group, tag], reason: the tag is invalid, written: []}]
changes_not_tried:
  description: The changes that were given up because others had failed, as in RV(changes).
  returned: when a change failed
  type: list
  elements: dict
  sample: []
diff:
  description:
    - What changes, object by object, for C(--diff). C(before) and C(after) hold only what differs, as YAML.
    - Of a list whose order means nothing, members that stay are counted. An object that is made or removed is C(absent) on one side.
  returned: in diff mode, on success and when a change failed
  type: list
  elements: dict
  sample:
    - before_header: jump_client_installer (computer name)/Leeds (absent)
      after_header: jump_client_installer (computer name)/Leeds
      before: ""
      after: |
        name: "(computer name)"
        jump_group: Leeds
        tag: till
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 6, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.installers import (
    KEY_SPEC,
    manage_jump_client_installer,
)
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.jump_items import (
    JUMP_CLIENT_INSTALLER,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module
from ansible_collections.remoteops.access.plugins.module_utils._core.reconcile import (
    object_rules,
    object_spec,
)

MODULE = Module(
    BEYONDTRUST,
    manage_jump_client_installer,
    {**object_spec(JUMP_CLIENT_INSTALLER), **KEY_SPEC},
    object_rules(JUMP_CLIENT_INSTALLER),
)
main = MODULE.main

if __name__ == "__main__":
    main()

#!/usr/bin/python
"""The module beyondtrust_jump_client: one jump client, which its installation has made."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_jump_client
short_description: Manage jump clients of BeyondTrust
description:
  - Change, move, rename and remove jump clients of Remote Support and Privileged Remote Access.
  - A jump client is made by installing it on a machine, see M(remoteops.access.beyondtrust_jump_client_installer). One that is not there is refused, unless
    O(state=absent).
  - A jump client is found by O(name). Several may bear the same name; then O(id) says which one is meant.
  - An option that is left out is left alone. An empty text makes the attribute empty.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  name:
    description:
      - Name of the jump client, at most 128 characters. Required, unless O(id) says which one is meant.
      - Given together with O(id), it renames the jump client.
    type: str
  jump_group:
    description: The jump group that the jump client lies in, by name or code name. Another one moves it there.
    type: str
  personal_list_of:
    description: The user in whose personal list the jump client lies, by username, instead of O(jump_group).
    type: str
  tag:
    description: Tag by which the jump client is sorted in the console, at most 64 characters.
    type: str
  comments:
    description: Comments, at most 1024 characters.
    type: str
  jump_policy:
    description: The jump policy that governs access, by name or code name. An empty text takes it away.
    type: str
  session_policy:
    description: The session policy of sessions, by name or code name. An empty text takes it away. Privileged Remote Access only.
    type: str
  attended_session_policy:
    description: The session policy where somebody sits at the machine, by name or code name. An empty text takes it away. Remote Support only.
    type: str
  unattended_session_policy:
    description: The session policy where nobody does, by name or code name. An empty text takes it away. Remote Support only.
    type: str
  public_site_address:
    description: One of the addresses of a public site, at most 128 characters. Remote Support only.
    type: str
  support_button_profile_code_name:
    description: The code name of the profile of the support button on the machine. Remote Support only.
    type: str
  support_button_direct_queue:
    description:
      - The team that sessions of that button go to, as V(team:) and its code name. An empty text means none. Remote Support only.
    type: str
  customer_client_start_mode:
    description: How the window of a session begins on the machine. V(hidden) takes a permission of its own. Remote Support only.
    type: str
    choices: [normal, minimized, hidden]
  is_quiet:
    description: Whether sessions begin with their window minimised. Remote Support only.
    type: bool
  endpoint_agreement_policy:
    description:
      - What happens when nobody answers the agreement that is shown on the machine. V(no_prompt) shows none. Privileged Remote Access only.
    type: str
    choices: [no_prompt, accept, reject]
  max_offline_minutes:
    description: Minutes after which the jump client is uninstalled when it is offline. 0 means as set for the whole appliance.
    type: int
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.identifier
  - remoteops.access.beyondtrust.object
  - remoteops.access.beyondtrust.state
notes:
  - The API lists the jump clients of personal lists only where it is asked for them. That it lists them then is a guess.
seealso:
  - module: remoteops.access.beyondtrust_jump_client_info
  - module: remoteops.access.beyondtrust_jump_client_installer
  - module: remoteops.access.beyondtrust_jump_group
"""

EXAMPLES = r"""
- name: Move a jump client to another jump group, and let a jump policy govern it
  remoteops.access.beyondtrust_jump_client:
    name: LDN-WHS-013
    jump_group: network
    jump_policy: ask_first
    tag: warehouse

- name: Take the jump policy away
  remoteops.access.beyondtrust_jump_client:
    name: LDN-WHS-013
    jump_policy: ""

- name: Look one up
  remoteops.access.beyondtrust_jump_client_info:
    names: [MUC-SAL-018]
  register: found

- name: Give it another name
  remoteops.access.beyondtrust_jump_client:
    id: "{{ found.jump_clients[0].id }}"
    name: MUC-SAL-DESK

- name: Remove it
  remoteops.access.beyondtrust_jump_client:
    name: MUC-SAL-DESK
    state: absent
"""

RETURN = r"""
jump_client:
  description:
    - The jump client as the appliance shows it after the run; in check mode as it would be, as far as that can be known.
    - An attribute that this product does not have is null.
  returned: success and O(state=present)
  type: dict
  sample:
    id: 3
    name: LDN-WHS-013
    jump_group: Network Equipment
    personal_list_of: null
    tag: warehouse
    comments: ''
    jump_policy: Ask First
    session_policy: null
    attended_session_policy: Workstations
    unattended_session_policy: null
    public_site_address: support.harrow-finch.example
    support_button_profile_code_name: ''
    support_button_direct_queue: ''
    customer_client_start_mode: normal
    is_quiet: false
    endpoint_agreement_policy: null
    max_offline_minutes: 0
    hostname: ldn-whs-013
    fqdn: ldn-whs-013.harrow-finch.example
    operating_system: Windows 11 Pro
    connection_type: active
    install_mode: service
    unavailable_reason: none
    public_ip: 203.0.113.10
    private_ip: 10.10.0.17
    console_user: ''
    is_lost: false
    needs_update: false
    last_connect_timestamp: '2026-01-14T07:12:09+00:00'
    last_disconnect_timestamp: '2026-01-13T18:02:44+00:00'
    last_access_timestamp: null
    expiration_timestamp: null
changes:
  description:
    - What was done, or would be in check mode. When a change failed, what had been done before.
    - C(fields) of an update name what differs; within a mapping they are paths.
  returned: success, and when a change failed
  type: list
  elements: dict
  sample: [{action: update, kind: jump_client, name: LDN-WHS-013, fields: [jump_group, tag]}]
failed_changes:
  description: The changes that failed, as in RV(changes), each with the C(reason) and the fields that had been C(written) before.
  returned: when a change failed
  type: list
  elements: dict
  sample: [{action: update, kind: jump_client, name: LDN-WHS-013, fields: [jump_group, tag], reason: the tag is invalid, written: []}]
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
    - before_header: jump_client LDN-WHS-013
      after_header: jump_client LDN-WHS-013
      before: |
        jump_group: London
        tag: ""
      after: |
        jump_group: Network Equipment
        tag: warehouse
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 6, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.jump_items import (
    JUMP_CLIENT,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.module import object_module

MODULE = object_module(BEYONDTRUST, JUMP_CLIENT)
main = MODULE.main

if __name__ == "__main__":
    main()

#!/usr/bin/python
"""The module beyondtrust_remote_rdp: items for sessions by RDP."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_remote_rdp
short_description: Manage remote RDP jump items of BeyondTrust
description:
  - Make, change, move, rename and remove the items that open a session by RDP through a jumpoint, of Remote Support and Privileged Remote Access.
  - An item is found by O(name) in its O(jump_group), or in the personal list of O(personal_list_of). Two items in one place may bear the same name;
    then O(id) says which one is meant.
  - Given O(id), the item is renamed by another O(name), and moved by another O(jump_group) or O(personal_list_of).
  - An option that is left out is left alone. An empty text makes the attribute empty.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  hostname:
    description: Host name or IP address of the target, at most 128 characters. A new item needs one.
    type: str
  rdp_username:
    description: The user to log in as, at most 128 characters.
    type: str
  domain:
    description: The domain of that user, at most 64 characters.
    type: str
  quality:
    description: The quality of the picture. A new item has V(best_performance).
    type: str
    choices: [low, performance, performance_quality, quality, best_performance, lossless]
  console:
    description: Whether the session is the target's console instead of a new one. A new item has it off.
    type: bool
  ignore_untrusted:
    description: Whether a certificate of the target that cannot be verified is accepted without a warning. A new item has it off.
    type: bool
  session_forensics:
    description: Whether sessions have session forensics. A new item has it off. Privileged Remote Access only.
    type: bool
  secure_app_type:
    description:
      - What is started instead of the desktop, and how. V(none) starts none, and a new item has it. Privileged Remote Access only.
    type: str
    choices: [none, remote_app, remote_desktop_agent, remote_desktop_agent_credentials]
  remote_app_name:
    description: The remote application to start, for O(secure_app_type=remote_app). At most 512 characters. Privileged Remote Access only.
    type: str
  remote_app_params:
    description: The parameters of that application, at most 8000 characters. Privileged Remote Access only.
    type: str
  remote_exe_path:
    description: The program that the agent starts, for both other kinds of O(secure_app_type). At most 512 characters. Privileged Remote Access only.
    type: str
  remote_exe_params:
    description: The parameters of that program, at most 8000 characters. Privileged Remote Access only.
    type: str
  target_system:
    description:
      - The target system, for O(secure_app_type=remote_desktop_agent_credentials). At most 250 characters. Privileged Remote
        Access only.
    type: str
  credential_type:
    description:
      - The type of credentials, for O(secure_app_type=remote_desktop_agent_credentials). At most 250 characters. Privileged Remote Access only.
    type: str
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.identifier
  - remoteops.access.beyondtrust.object
  - remoteops.access.beyondtrust.state
  - remoteops.access.beyondtrust.jump_item
seealso:
  - module: remoteops.access.beyondtrust_jump_item_info
  - module: remoteops.access.beyondtrust_jump_group
  - module: remoteops.access.beyondtrust_jumpoint
"""

EXAMPLES = r"""
- name: Keep a server in the jump group of its site
  remoteops.access.beyondtrust_remote_rdp:
    name: LDS-FILES
    jump_group: leeds
    jumpoint: jp_leeds
    hostname: 10.11.0.200
    rdp_username: helpdesk
    domain: HARROWFINCH
    quality: quality
    jump_policy: office_hours
    session_policy: Servers

- name: Take its session policy and its tag away
  remoteops.access.beyondtrust_remote_rdp:
    name: LDS-FILES
    jump_group: leeds
    session_policy: ""
    tag: ""

- name: Remove it
  remoteops.access.beyondtrust_remote_rdp:
    name: LDS-FILES
    jump_group: leeds
    state: absent
"""

RETURN = r"""
remote_rdp:
  description:
    - The jump item as the appliance shows it after the run; in check mode as it would be, as far as that can be known.
    - An attribute that this product does not have is null.
  returned: success and O(state=present)
  type: dict
  sample:
    id: 126
    name: LDS-FILES
    jump_group: Leeds
    personal_list_of: null
    jumpoint: Leeds Jumpoint
    hostname: 10.11.0.200
    rdp_username: helpdesk
    domain: HARROWFINCH
    quality: quality
    console: false
    ignore_untrusted: false
    session_forensics: null
    secure_app_type: null
    remote_app_name: null
    remote_app_params: null
    remote_exe_path: null
    remote_exe_params: null
    target_system: null
    credential_type: null
    endpoint_id: null
    tag: ''
    comments: ''
    jump_policy: Office Hours
    session_policy: Servers
changes:
  description:
    - What was done, or would be in check mode. When a change failed, what had been done before.
    - C(fields) of an update name what differs; within a mapping they are paths.
  returned: success, and when a change failed
  type: list
  elements: dict
  sample: [{action: create, kind: remote_rdp, name: LDS-FILES/Leeds, fields: [name, jump_group, jumpoint, hostname, quality]}]
failed_changes:
  description: The changes that failed, as in RV(changes), each with the C(reason) and the fields that had been C(written) before.
  returned: when a change failed
  type: list
  elements: dict
  sample: [{action: update, kind: remote_rdp, name: LDS-FILES/Leeds, fields: [jumpoint], reason: the jumpoint is invalid, written: []}]
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
    - before_header: remote_rdp LDS-FILES/Leeds
      after_header: remote_rdp LDS-FILES/Leeds
      before: |
        quality: best_performance
      after: |
        quality: quality
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 6, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.jump_items import (
    REMOTE_RDP,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.module import object_module

MODULE = object_module(BEYONDTRUST, REMOTE_RDP)
main = MODULE.main

if __name__ == "__main__":
    main()

#!/usr/bin/python
"""The module beyondtrust_web_jump: items for sessions in a browser."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_web_jump
short_description: Manage web jump items of BeyondTrust Privileged Remote Access
description:
  - Make, change, move, rename and remove the items that open a web site through a jumpoint. Privileged Remote Access only.
  - An item is found by O(name) in its O(jump_group), or in the personal list of O(personal_list_of). Two items in one place may bear the same name;
    then O(id) says which one is meant.
  - Given O(id), the item is renamed by another O(name), and moved by another O(jump_group) or O(personal_list_of).
  - An option that is left out is left alone. An empty text makes the attribute empty.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  target_url:
    description: Address of the site, at most 255 characters. A new item needs one. The API calls it C(url), and so does what is returned.
    type: str
  username_format:
    description: In which form the name of a user is put in. A new item has V(default).
    type: str
    choices: [default, username_only, force_upn_format, force_dlln_format]
  verify_certificate:
    description: Whether the site's certificate is verified. A new item has it on.
    type: bool
  authentication_timeout:
    description: Seconds to wait for the login, from 1 to 30. A new item has 3.
    type: int
  username_field:
    description: The field that takes the name, by its HTML id, its name or a CSS selector. At most 255 characters. An empty text has it looked for.
    type: str
  password_field:
    description: The field that takes the password, as O(username_field).
    type: str
  submit_field:
    description: What sends the login, as O(username_field).
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
- name: Keep the console of a cold store
  remoteops.access.beyondtrust_web_jump:
    name: Cold store Cork
    jump_group: cold_chain
    jumpoint: jp_cork
    target_url: https://10.21.0.230/login
    username_field: "#user"
    authentication_timeout: 10

- name: Let the field of the user be looked for again
  remoteops.access.beyondtrust_web_jump:
    name: Cold store Cork
    jump_group: cold_chain
    username_field: ""

- name: Remove it
  remoteops.access.beyondtrust_web_jump:
    name: Cold store Cork
    jump_group: cold_chain
    state: absent
"""

RETURN = r"""
web_jump:
  description:
    - The jump item as the appliance shows it after the run; in check mode as it would be, as far as that can be known.
  returned: success and O(state=present)
  type: dict
  sample:
    id: 11
    name: Cold store Cork
    jump_group: Cold Chain
    personal_list_of: null
    jumpoint: Cork Jumpoint
    url: https://10.21.0.230/login
    username_format: default
    verify_certificate: true
    authentication_timeout: 10
    username_field: '#user'
    password_field: null
    submit_field: null
    tag: ''
    comments: ''
    jump_policy: null
    session_policy: null
changes:
  description:
    - What was done, or would be in check mode. When a change failed, what had been done before.
    - C(fields) of an update name what differs; within a mapping they are paths.
  returned: success, and when a change failed
  type: list
  elements: dict
  sample: [{action: create, kind: web_jump, name: Cold store Cork/Cold Chain, fields: [name, jump_group, jumpoint, url]}]
failed_changes:
  description: The changes that failed, as in RV(changes), each with the C(reason) and the fields that had been C(written) before.
  returned: when a change failed
  type: list
  elements: dict
  sample: [{action: update, kind: web_jump, name: Cold store Cork/Cold Chain, fields: [jumpoint], reason: the jumpoint is invalid, written: []}]
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
    - before_header: web_jump Cold store Cork/Cold Chain
      after_header: web_jump Cold store Cork/Cold Chain
      before: |
        authentication_timeout: 3
      after: |
        authentication_timeout: 10
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 6, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.jump_items import (
    WEB_JUMP,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.module import object_module

MODULE = object_module(BEYONDTRUST, WEB_JUMP)
main = MODULE.main

if __name__ == "__main__":
    main()

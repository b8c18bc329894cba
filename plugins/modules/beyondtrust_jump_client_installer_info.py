#!/usr/bin/python
"""The module beyondtrust_jump_client_installer_info: the installers of jump clients."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_jump_client_installer_info
short_description: Read installers of jump clients of BeyondTrust
description:
  - Return the installers of jump clients of Remote Support or Privileged Remote Access, and until when they are valid. Their keys cannot be read.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  names:
    description:
      - Return only the installers with these names. A name that no installer has is no error and returns nothing.
      - V((computer name\)) means those that name no name, so that each computer has its own.
    type: list
    elements: str
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.info
seealso:
  - module: remoteops.access.beyondtrust_jump_client_installer
  - module: remoteops.access.beyondtrust_jump_client_installer_download
"""

EXAMPLES = r"""
- name: Read all installers
  remoteops.access.beyondtrust_jump_client_installer_info:
  register: found

- name: Show those that are not valid any more
  ansible.builtin.debug:
    msg: "{{ found.jump_client_installers | selectattr('expiration_timestamp', 'lt', now(utc=true).isoformat()) | map(attribute='id') }}"
"""

RETURN = r"""
jump_client_installers:
  description: The installers, sorted by name. An attribute that this product does not have, and C(valid_duration), is null.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 1
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
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 3, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.jump_items import (
    JUMP_CLIENT_INSTALLER,
)
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.reads import info_module

MODULE = info_module(JUMP_CLIENT_INSTALLER, "jump_client_installers")
main = MODULE.main

if __name__ == "__main__":
    main()

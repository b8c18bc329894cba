#!/usr/bin/python
"""The module beyondtrust_jump_client_info: the jump clients and the machines that they are on."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_jump_client_info
short_description: Read jump clients of BeyondTrust
description:
  - Return the jump clients of Remote Support or Privileged Remote Access with what they tell of their machines, those of personal lists included.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  names:
    description:
      - Return only the jump clients with these names. A name that no jump client has is no error and returns nothing.
    type: list
    elements: str
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.info
seealso:
  - module: remoteops.access.beyondtrust_jump_client
  - module: remoteops.access.beyondtrust_jump_item_info
"""

EXAMPLES = r"""
- name: Read all jump clients
  remoteops.access.beyondtrust_jump_client_info:
  register: everything

- name: Show those that have been uninstalled
  ansible.builtin.debug:
    msg: "{{ everything.jump_clients | selectattr('connection_type', 'equalto', 'uninstalled') | map(attribute='name') }}"

- name: Look one up
  remoteops.access.beyondtrust_jump_client_info:
    names: [LDN-WHS-013]
  register: looked_up
  failed_when: looked_up.jump_clients | length == 0
"""

RETURN = r"""
jump_clients:
  description: The jump clients, sorted by name. An attribute that this product does not have, or that the appliance does not know, is null.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 3
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
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 4, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.jump_items import (
    JUMP_CLIENT,
)
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.reads import info_module

MODULE = info_module(JUMP_CLIENT, "jump_clients")
main = MODULE.main

if __name__ == "__main__":
    main()

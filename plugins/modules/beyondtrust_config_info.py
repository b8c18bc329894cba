#!/usr/bin/python
"""The module beyondtrust_config_info: what a BeyondTrust appliance holds, as the document that
describes it.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_config_info
short_description: Export a whole BeyondTrust appliance as a document
description:
  - Read what the appliance holds and return it in the words of M(remoteops.access.beyondtrust_config), which changes nothing when it is given
    what was just exported.
  - The order is stable, so that two exports of the same state are the same and can be kept under version control.
  - The export is no backup. Secrets cannot be read, and the API shows only a part of the appliance's configuration.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  kinds:
    description:
      - What to export. All that the product has if not given, but for installers of jump clients, which expire.
      - A kind that the version or the account does not have is left out with a warning, unless it is named here.
      - The members of groups, teams and policies take requests of their own. The vault's kinds need the permission
        C(perm_configuration_vault_account).
    type: list
    elements: str
    choices:
      - security_provider
      - user
      - rep_status
      - team
      - jump_policy
      - jump_group
      - vault_account_policy
      - vault_account_group
      - vault_account
      - jumpoint
      - remote_rdp
      - shell_jump
      - remote_vnc
      - web_jump
      - protocol_tunnel_jump
      - psql_tunnel_jump
      - mysql_tunnel_jump
      - network_tunnel_jump
      - jump_client
      - jump_client_installer
      - group_policy
      - vendor
      - vendor_user
      - automation_script
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.info
seealso:
  - module: remoteops.access.beyondtrust_config
"""

EXAMPLES = r"""
- name: Export the whole appliance
  remoteops.access.beyondtrust_config_info:
  register: exported

- name: Write it to a file
  ansible.builtin.copy:
    content: "{{ exported.config | to_nice_yaml(indent=2, sort_keys=false) }}"
    dest: "{{ playbook_dir }}/support.example.org.yml"
    mode: "0640"

- name: Export jump groups and what lies in them
  remoteops.access.beyondtrust_config_info:
    kinds: [jump_group, shell_jump, remote_rdp, remote_vnc]
"""

RETURN = r"""
config:
  description:
    - What the appliance holds, as the option O(remoteops.access.beyondtrust_config#module:config) describes it. Only the chosen kinds are in it.
    - Secrets, computed attributes and attributes without a value are left out. Objects that share a key carry their C(id).
  returned: success
  type: dict
  sample:
    jump_group: [{name: Plant Leeds, code_name: plant_leeds, members: [{user: a.keller, jump_item_role: Administrator}]}]
    shell_jump: [{name: sw-core-1, jump_group: Plant Leeds, jumpoint: Plant Leeds Jumpoint, hostname: 10.31.0.1, protocol: ssh, port: 22}]
missing_kinds:
  description:
    - Kinds that the appliance refused to list, as it has none or does not show them to this account, with its reasons. They are left out with a warning, and
      C(purge) never removes anything of a kind that a document does not mention.
    - A kind that O(kinds) names is not left out; its refusal is an error.
  returned: success
  type: list
  elements: dict
  sample:
    - kind: vault_account
      reason: "BeyondTrust refused GET /vault/account (HTTP 403): ... The API account lacks the permission perm_configuration_vault_account."
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 41, retries: 0, seconds_waited: 1.9}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.configuration import (
    EXPORT_SPEC,
    export_whole_appliance,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module

MODULE = Module(BEYONDTRUST, export_whole_appliance, EXPORT_SPEC)
main = MODULE.main

if __name__ == "__main__":
    main()

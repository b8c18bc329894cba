#!/usr/bin/python
"""The module beyondtrust_config: a whole BeyondTrust appliance from one document."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_config
short_description: Bring a whole BeyondTrust appliance to the state that a document describes
description:
  - Manage jump groups, jumpoints, jump items, policies, teams, users and the vault of Remote Support or Privileged Remote Access together, in
    one process. Compared with a loop over the modules for single objects this saves almost all of the time, and most of the requests that an
    API account may send.
  - The whole document is checked against the appliance before anything is written. An object may name another that the same document makes, by
    name or code name, in check mode too.
  - Objects are made and changed in the order of the kinds below, those of one kind side by side, within the account's budget of requests.
    Removals come last, in reverse order. Changed permissions are provisioned once, at the very end.
  - If a change fails, the others of its kind are still made, those of later kinds are not tried, and the result tells the fate of each.
    A second run does what is left.
  - A kind that is left out is left alone, and so is an option that is left out. An empty text or list makes an attribute empty. An object that
    is not described is left alone, unless O(purge) says otherwise.
  - M(remoteops.access.beyondtrust_config_info) exports an appliance as such a document.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  config:
    description: What the appliance should hold.
    type: dict
    required: true
    suboptions:
      # Made by scripts/config_documentation.py from the modules of the kinds.
      # The end of what is made.
  purge:
    description:
      - Kinds of which objects that are not described are removed. The document must then hold a list of that kind.
      - Of users, administrators stay unless O(remove_protected) says otherwise. Of jump groups, those that still own something are refused unless
        O(remove_items) says otherwise.
    type: list
    elements: str
    choices:
      - user
      - rep_status
      - team
      - jump_policy
      - jump_group
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
      - vault_account_policy
      - vault_account_group
      - vault_account
      - group_policy
      - vendor
      - vendor_user
    default: []
  max_removed:
    description: How many objects of each kind O(purge) removes at most. If it would be more, nothing is changed at all.
    type: int
    default: 10
  max_removed_percent:
    description:
      - Which part of the objects of each kind O(purge) removes at most. If it would be more, nothing is changed at all. One object may always
        go, unless this is V(0).
    type: int
    default: 30
  allow_empty:
    description: Whether an empty list of a kind that is purged may mean that all objects of that kind are removed.
    type: bool
    default: false
  remove_protected:
    description: Whether administrators may be removed, by description or by O(purge). The appliance is known to refuse it all the same.
    type: bool
    default: false
  remove_items:
    description: Whether jump groups may be removed that still own jump items, jump clients or installers, which are removed with them.
    type: bool
    default: false
attributes:
  idempotent:
    support: partial
    details: Whether a secret is set already cannot be asked, so one with V(always) is written on every run.
notes:
  - On the controller itself (local connection, without C(become), C(async) and C(environment)) the work is done in Ansible's own process, which
    saves packing, copying and starting the module. Otherwise, and where Ansible's own Python lacks httpx, the module runs. Both come to the same.
  - The vault's kinds need the permission C(perm_configuration_vault_account) as well.
  - Most lists of members take a request for each object that gives them.
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.object
seealso:
  - module: remoteops.access.beyondtrust_config_info
"""

EXAMPLES = r"""
- name: Keep what a site needs, from the groups to the switches, and leave everything else alone
  remoteops.access.beyondtrust_config:
    config:
      jump_group:
        - name: Plant Leeds
          code_name: plant_leeds
          members:
            - user: a.keller
              jump_item_role: Administrator
      jumpoint:
        - name: Plant Leeds Jumpoint
          code_name: jp_plant_leeds
          platform: linux-x86
          shell_jump_enabled: true
      shell_jump:
        - name: sw-core-1
          jump_group: plant_leeds
          jumpoint: jp_plant_leeds
          hostname: 10.31.0.1
          protocol: ssh
          username: netadmin
          jump_policy: two_factors
          tag: switch
        - name: sw-core-2
          jump_group: plant_leeds
          jumpoint: jp_plant_leeds
          hostname: 10.31.0.2
          protocol: ssh
          username: netadmin
          tag: switch

- name: Write the jump groups and policies down
  remoteops.access.beyondtrust_config_info:
    kinds: [jump_policy, jump_group, shell_jump]
  register: exported

- name: Tell how the appliance differs from what was written down, and change nothing
  remoteops.access.beyondtrust_config:
    config: "{{ exported.config }}"
  check_mode: true
  diff: true

- name: Make the appliance agree with it, and remove shell jumps that are not in it
  remoteops.access.beyondtrust_config:
    config: "{{ exported.config }}"
    purge: [shell_jump]
    max_removed: 5
"""

RETURN = r"""
changes:
  description:
    - What was done, or would be in check mode, in this order. When a change failed, what was done all the same.
    - C(action) is V(create), V(update) or V(delete), C(kind) one of the kinds of O(config), and C(fields) are the attributes that were written.
  returned: success, and when a change failed
  type: list
  elements: dict
  sample:
    - {action: create, kind: jump_group, name: Plant Leeds, fields: [name, code_name, members]}
    - {action: update, kind: shell_jump, name: sw-core-1/Plant Leeds, fields: [hostname]}
failed_changes:
  description:
    - The changes that failed, as in RV(changes), each with the C(reason) and the fields that had been C(written) before.
    - The object itself is written first, then the lists below it.
  returned: when a change failed
  type: list
  elements: dict
  sample: [{action: create, kind: shell_jump, name: sw-core-1/Plant Leeds, fields: [name], reason: the jumpoint is disabled, written: []}]
changes_not_tried:
  description: The changes that were given up because others had failed, as in RV(changes).
  returned: when a change failed
  type: list
  elements: dict
  sample: [{action: update, kind: group_policy, name: Technicians, fields: [jump_groups]}]
diff:
  description: The fields that change, before and after, for C(--diff). Secrets are masked.
  returned: in diff mode, on success and when a change failed
  type: dict
  sample:
    before: {shell_jump sw-core-1/Plant Leeds: {hostname: 10.31.0.9}}
    after: {shell_jump sw-core-1/Plant Leeds: {hostname: 10.31.0.1}}
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 14, retries: 0, seconds_waited: 0.6}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.configuration import (
    manage_whole_appliance,
    whole_appliance_spec,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.module import run


def main():
    """Run the module."""
    run(BEYONDTRUST, manage_whole_appliance, whole_appliance_spec())


if __name__ == "__main__":
    main()

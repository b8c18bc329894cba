#!/usr/bin/python
"""The module beyondtrust_vault_endpoint_association: link an endpoint of BeyondTrust's vault with a
jump item.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_vault_endpoint_association
short_description: Link an endpoint of BeyondTrust's vault with a remote RDP item
description:
  - Link a remote RDP item with the endpoint of the vault that it leads to, so that the accounts of the endpoint are offered in its sessions.
  - The API makes such links and undoes none. An item that is linked with another endpoint is refused.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  endpoint:
    description: Name of the endpoint. Either this or O(endpoint_id) must be given.
    type: str
  endpoint_id:
    description: The appliance's identifier of the endpoint, from M(remoteops.access.beyondtrust_vault_endpoint_info), where several bear its name.
    type: int
  remote_rdp:
    description: Name of the remote RDP item, together with O(jump_group) or O(personal_list_of). Either this or O(remote_rdp_id) must be given.
    type: str
  remote_rdp_id:
    description: The appliance's identifier of the remote RDP item.
    type: int
  jump_group:
    description: The jump group that the item lies in, by name or code name.
    type: str
  personal_list_of:
    description: The user in whose personal list the item lies, by username, instead of O(jump_group).
    type: str
attributes:
  diff_mode:
    support: none
    details: A link is there or not.
notes:
  - The API account needs the permissions C(perm_configuration) and C(perm_configuration_vault_account).
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.object
seealso:
  - module: remoteops.access.beyondtrust_vault_endpoint_info
  - module: remoteops.access.beyondtrust_remote_rdp
"""

EXAMPLES = r"""
- name: Link an endpoint with the item that leads to it
  remoteops.access.beyondtrust_vault_endpoint_association:
    endpoint: UTC-DSP-000
    remote_rdp: UTC-DSP-000
    jump_group: utrecht
"""

RETURN = r"""
changes:
  description: What was done, or would be in check mode.
  returned: success
  type: list
  elements: dict
  sample: [{action: associate, kind: vault_endpoint, name: UTC-DSP-000, fields: [remote_rdp]}]
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 9, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.vault_actions import (
    ENDPOINT_ASSOCIATION_RULES,
    ENDPOINT_ASSOCIATION_SPEC,
    associate_endpoint,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module

MODULE = Module(
    BEYONDTRUST, associate_endpoint, ENDPOINT_ASSOCIATION_SPEC, ENDPOINT_ASSOCIATION_RULES
)
main = MODULE.main

if __name__ == "__main__":
    main()

#!/usr/bin/python
"""The module beyondtrust_vault_account_rotation: give an account of BeyondTrust's vault another
secret.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_vault_account_rotation
short_description: Rotate the secret of an account of BeyondTrust's vault
description:
  - Let the appliance give an account another secret, on the system that it belongs to and in the vault.
  - The appliance can do that for Windows accounts and for AWS secrets, and refuses it for others. Give those another secret with
    M(remoteops.access.beyondtrust_vault_account).
  - This is an action. Each run asks for it and reports a change.
  - The appliance schedules the rotation. That it succeeded cannot be asked; see its Vault Account Activity Report.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  name:
    description:
      - Name of the account. Where several accounts bear it, O(account_group) or O(id) says which one is meant.
      - Either this or O(id) must be given.
    type: str
  id:
    description: The appliance's identifier of the account, from M(remoteops.access.beyondtrust_vault_account_info).
    type: int
  account_group:
    description: The account group that the account must be in, by name. A group that does not exist is an error.
    type: str
notes:
  - The API account needs the permissions C(perm_configuration) and C(perm_configuration_vault_account).
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.action
seealso:
  - module: remoteops.access.beyondtrust_vault_account
  - module: remoteops.access.beyondtrust_vault_account_policy
  - module: remoteops.access.beyondtrust_vault_account_check_out
"""

EXAMPLES = r"""
- name: Give the administrator of a machine another password
  remoteops.access.beyondtrust_vault_account_rotation:
    name: UTC-DSP-000 administrator
"""

RETURN = r"""
changes:
  description: What was done, or would be in check mode.
  returned: success
  type: list
  elements: dict
  sample: [{action: rotate, kind: vault_account, name: UTC-DSP-000 administrator, fields: []}]
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 2, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.vault_actions import (
    ACCOUNT_SPEC,
    rotate,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module

MODULE = Module(BEYONDTRUST, rotate, ACCOUNT_SPEC)
main = MODULE.main

if __name__ == "__main__":
    main()

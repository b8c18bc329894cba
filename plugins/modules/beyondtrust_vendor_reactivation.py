#!/usr/bin/python
"""The module beyondtrust_vendor_reactivation."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_vendor_reactivation
short_description: Let expired users of a vendor of BeyondTrust Privileged Remote Access in again
description:
  - Reactivate users of a vendor of Privileged Remote Access whose accounts have expired, one of them or all.
  - Who is expired is read first. Where nobody is, nothing is sent and nothing has changed.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  vendor:
    description: The vendor, by name.
    type: str
    required: true
  username:
    description: The user to reactivate. All expired users of the vendor if not given.
    type: str
attributes:
  diff_mode:
    support: none
    details: The appliance decides until when an account is valid then.
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.object
seealso:
  - module: remoteops.access.beyondtrust_vendor
  - module: remoteops.access.beyondtrust_vendor_user_info
"""

EXAMPLES = r"""
- name: Let everybody of a vendor in again whose account has expired
  remoteops.access.beyondtrust_vendor_reactivation:
    vendor: Kälte Schmidt GmbH
"""

RETURN = r"""
changes:
  description: Who was reactivated, or would be in check mode.
  returned: success
  type: list
  elements: dict
  sample: [{action: reactivate, kind: vendor_user, name: k.schmidt/Kälte Schmidt GmbH, fields: [account_expiration]}]
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 4, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.actions import (
    REACTIVATION_SPEC,
    reactivate,
)
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module

MODULE = Module(BEYONDTRUST, reactivate, REACTIVATION_SPEC)
main = MODULE.main

if __name__ == "__main__":
    main()

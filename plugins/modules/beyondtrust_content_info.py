#!/usr/bin/python
"""The module beyondtrust_content_info: how much a BeyondTrust appliance holds."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_content_info
short_description: Count what BeyondTrust holds
description:
  - Return the number of jump groups, and of jump items of each kind, such as to see after a failover that nothing is missing.
version_added: 0.3.0
author: The remoteops contributors (@remoteops)
options: {}
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.info
seealso:
  - module: remoteops.access.beyondtrust_jump_item_info
  - module: remoteops.access.beyondtrust_connected_client_info
"""

EXAMPLES = r"""
- name: Count what the appliance holds
  remoteops.access.beyondtrust_content_info:
  register: content

- name: Make sure that there is something
  ansible.builtin.assert:
    that: content.counts.jump_group > 0
"""

RETURN = r"""
counts:
  description:
    - The number of objects of each kind that the product and its version has.
    - The kinds are C(jump_group), C(jump_client), and those of M(remoteops.access.beyondtrust_jump_item_info).
  returned: success
  type: dict
  sample: {jump_group: 12, jump_client: 311, remote_rdp: 40, shell_jump: 96, remote_vnc: 3}
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 8, retries: 0, seconds_waited: 0.3}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.contents import (
    count_contents,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module

MODULE = Module(BEYONDTRUST, count_contents, {})
main = MODULE.main

if __name__ == "__main__":
    main()

#!/usr/bin/python
"""The module beyondtrust_connected_client_info: how many clients are connected to a BeyondTrust
appliance.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_connected_client_info
short_description: Count the clients that are connected to BeyondTrust
description:
  - Return how many clients of each type are connected to the appliance at this moment, such as before a failover that will disconnect them.
  - The inventory plugin P(remoteops.access.beyondtrust#inventory) can show which clients they are.
version_added: 0.3.0
author: The remoteops contributors (@remoteops)
options: {}
notes:
  - The API account needs read access to the command API (C(perm_command)), and not C(perm_configuration).
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.info
seealso:
  - module: remoteops.access.beyondtrust_content_info
"""

EXAMPLES = r"""
- name: Count who is connected
  remoteops.access.beyondtrust_connected_client_info:
  register: connected

- name: Show how many people would be disconnected
  ansible.builtin.debug:
    msg: "{{ connected.clients.representative + connected.clients.support_customer + connected.clients.presentation_attendee }}"
"""

RETURN = r"""
clients:
  description:
    - The number of clients of each type. The types are C(representative), C(support_customer), C(presentation_attendee) and C(push_agent) (jumpoints).
    - An appliance may count more types, such as C(pinned_client) (jump clients).
  returned: success
  type: dict
  sample: {representative: 12, support_customer: 7, presentation_attendee: 0, push_agent: 4, pinned_client: 311}
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 2, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.connected import (
    count_clients,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module

MODULE = Module(BEYONDTRUST, count_clients, {})
main = MODULE.main

if __name__ == "__main__":
    main()

#!/usr/bin/python
"""The module beyondtrust_session_policy_info."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_session_policy_info
short_description: Read session policies of BeyondTrust
description:
  - Return the session policies of Remote Support or Privileged Remote Access. The API shows them and cannot change them.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  names:
    description:
      - Return only the session policies with these names. A name that no session policy has is no error and returns nothing.
    type: list
    elements: str
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.info
seealso:
  - module: remoteops.access.beyondtrust_jump_policy_info
"""

EXAMPLES = r"""
- name: Read all session policies
  remoteops.access.beyondtrust_session_policy_info:
  register: found

- name: Show the code names by which jump items can refer to them
  ansible.builtin.debug:
    msg: "{{ found.session_policies | map(attribute='code_name') }}"
"""

RETURN = r"""
session_policies:
  description: The session policies, sorted by name.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 2
      display_name: Servers
      code_name: servers
      description: Nobody watches, everything is recorded.
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 2, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.people import (
    SESSION_POLICY,
)
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.reads import info_module

MODULE = info_module(SESSION_POLICY, "session_policies")
main = MODULE.main

if __name__ == "__main__":
    main()

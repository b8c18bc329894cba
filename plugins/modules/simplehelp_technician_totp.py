#!/usr/bin/python
"""The module simplehelp_technician_totp: make a technician of SimpleHelp set up one-time passwords
anew.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: simplehelp_technician_totp
short_description: Reset a SimpleHelp technician's key for one-time passwords
description:
  - Remove the TOTP key of a technician account, for example after the loss of a telephone. At the next login the technician is asked to
    set up the app anew.
  - This is an action. The API does not tell whether an account has a key, so each run removes it and reports a change.
version_added: 0.1.0
author: The remoteops contributors (@remoteops)
options:
  username:
    description:
      - The technician's login name. An account that does not exist is an error.
      - One of O(username) and O(unique_id) is required.
    type: str
  unique_id:
    description: The server's number for the account.
    type: int
attributes:
  diff_mode:
    support: none
    details: The API does not tell whether there is a key.
  idempotent:
    support: none
    details: The API does not tell whether there is a key, so it is removed on every run.
extends_documentation_fragment:
  - remoteops.access.simplehelp
  - remoteops.access.controller
  - remoteops.access.simplehelp.action_group
  - remoteops.access.simplehelp.object
seealso:
  - module: remoteops.access.technician
  - module: remoteops.access.technician_info
"""

EXAMPLES = r"""
- name: Let a technician with a new telephone set up the app again
  remoteops.access.simplehelp_technician_totp:
    username: a.keller
"""

RETURN = r"""
changes:
  description: What was done, or would be in check mode.
  returned: success
  type: list
  elements: dict
  sample: [{action: reset_totp, kind: technician, name: a.keller, fields: []}]
api:
  description: What the exchange with the server cost.
  returned: always
  type: dict
  sample: {requests: 3, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.actions import (
    TOTP_SPEC,
    reset_totp,
)
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.api import SIMPLEHELP

_ONE_OF = [["username", "unique_id"]]
MODULE = Module(
    SIMPLEHELP, reset_totp, TOTP_SPEC, {"required_one_of": _ONE_OF, "mutually_exclusive": _ONE_OF}
)
main = MODULE.main

if __name__ == "__main__":
    main()

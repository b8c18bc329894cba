#!/usr/bin/python
"""The module beyondtrust_jumpoint_installer_download: the file that installs a jumpoint on its
host.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_jumpoint_installer_download
short_description: Download installers of jumpoints of BeyondTrust
description:
  - Download the file that installs a jumpoint on its host, however large it is, and put it in its place when it is whole.
  - The appliance refuses that where the jumpoint has all its nodes already, which is one, or ten if it is clustered.
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  jumpoint:
    description: The jumpoint, by name or code name.
    type: str
    required: true
  dest:
    description:
      - The file to keep it in, or a directory that exists, for the name that the appliance gives the file. A path that ends in a name replaces whatever
        file, or link to one, is there.
      - The file is in its place when it is whole. A download that breaks off leaves what was there before.
    type: path
    required: true
  mode:
    description: The mode of the file, as octal digits in quotes. By default only the user can read it, as whoever runs it needs no other key.
    type: raw
    default: '0600'
  force:
    description:
      - Without it, a file that is there already is left alone whatever is in it, and the appliance is not asked. Into a directory it is always downloaded.
      - With it, the file is downloaded on every run and replaced where it differs. Whether the appliance gives the same bytes twice is not documented; if
        it does not, every run changes the file.
    type: bool
    default: false
attributes:
  check_mode:
    support: full
    details: What has to be compared with a file that is there is downloaded in check mode, too, and not kept.
  diff_mode:
    support: none
    details: The difference of two programs is of no use.
  idempotent:
    support: partial
    details: The appliance tells nothing that a file could be compared with, so that O(force) decides whether one that is there is fetched again.
extends_documentation_fragment:
  - remoteops.access.beyondtrust
  - remoteops.access.controller
  - remoteops.access.beyondtrust.action_group
  - remoteops.access.beyondtrust.object
seealso:
  - module: remoteops.access.beyondtrust_jumpoint
  - module: remoteops.access.beyondtrust_jump_client_installer_download
"""

EXAMPLES = r"""
- name: Have the file that installs a jumpoint
  remoteops.access.beyondtrust_jumpoint_installer_download:
    jumpoint: jp_hamburg
    dest: "{{ playbook_dir }}/jumpoint-hamburg.bin"
    mode: "0700"
"""

RETURN = r"""
file:
  description: Where the file is, or would be in check mode.
  returned: success
  type: str
  sample: /srv/installers/jumpoint-hamburg.bin
size:
  description: The size of the file in bytes.
  returned: success, in check mode only where it is there or was downloaded to compare it
  type: int
  sample: 48234496
sha256:
  description: The SHA-256 of the file.
  returned: as RV(size)
  type: str
  sample: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
seconds:
  description: How long the download took.
  returned: when something was downloaded
  type: float
  sample: 3.207
api:
  description: What the exchange with the appliance cost.
  returned: always
  type: dict
  sample: {requests: 4, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.installers import (
    JUMPOINT_DOWNLOAD_SPEC,
    download_jumpoint_installer,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module

MODULE = Module(BEYONDTRUST, download_jumpoint_installer, JUMPOINT_DOWNLOAD_SPEC)
main = MODULE.main

if __name__ == "__main__":
    main()

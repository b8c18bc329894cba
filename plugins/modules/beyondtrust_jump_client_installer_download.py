#!/usr/bin/python
"""The module beyondtrust_jump_client_installer_download: the file that makes a machine a jump
client.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: beyondtrust_jump_client_installer_download
short_description: Download installers of jump clients of BeyondTrust
description:
  - Download the file of an installer for one platform, however large it is, and put it in its place when it is whole.
  - The installer has to exist and must not have expired, see M(remoteops.access.beyondtrust_jump_client_installer).
version_added: 0.2.0
author: The remoteops contributors (@remoteops)
options:
  name:
    description:
      - Name of the installer. V((computer name\)) means one that names no name. Required, unless O(id) says which one is meant.
      - Where several installers fit, that is refused; O(jump_group) and O(id) tell them apart.
    type: str
  jump_group:
    description: The jump group that the installer belongs to, by name or code name.
    type: str
  personal_list_of:
    description: The user whose personal list it belongs to, by username.
    type: str
  id:
    description: The appliance's identifier of the installer.
    type: int
  platform:
    description: What the file is for.
    type: str
    required: true
    choices: [linux-64, raspberry-pi-32-headless, mac-dmg, mac-zip, windows-64-msi, windows-32-msi]
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
  - module: remoteops.access.beyondtrust_jump_client_installer
  - module: remoteops.access.beyondtrust_jumpoint_installer_download
"""

EXAMPLES = r"""
- name: Have the file for Windows of the installer that leaves the computers their names
  remoteops.access.beyondtrust_jump_client_installer_download:
    name: (computer name)
    jump_group: leeds
    platform: windows-64-msi
    dest: "{{ playbook_dir }}/till.msi"

- name: Have its file for Linux under the name that the appliance gives it
  remoteops.access.beyondtrust_jump_client_installer_download:
    name: (computer name)
    platform: linux-64
    dest: "{{ playbook_dir }}"
    mode: "0700"
"""

RETURN = r"""
file:
  description: Where the file is, or would be in check mode.
  returned: success
  type: str
  sample: /srv/installers/till.msi
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
    DOWNLOAD_RULES,
    DOWNLOAD_SPEC,
    download_jump_client_installer,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.module import Module

MODULE = Module(BEYONDTRUST, download_jump_client_installer, DOWNLOAD_SPEC, DOWNLOAD_RULES)
main = MODULE.main

if __name__ == "__main__":
    main()

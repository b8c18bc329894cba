#!/usr/bin/python
"""The module backup: make a server save a backup of its configuration."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DOCUMENTATION = r"""
module: backup
short_description: Make a SimpleHelp server save a backup of its configuration
description:
  - Ask the server to save its configuration as a file with the time in its name, in C(configuration/backups/api) below the directory in
    which the server is installed.
  - The file stays on the server. The API can neither list nor download it, nor restore it; fetch it with other means.
  - This is an action. Each run makes another backup and reports a change.
version_added: 0.1.0
author: The remoteops contributors (@remoteops)
options:
  platform:
    description: The kind of server.
    type: str
    required: true
    choices: [simplehelp]
  backup_query:
    description:
      - The query that asks for a backup. The vendor's document describes it and does not print it; the default is a guess.
      - If the server does not know the query, it refuses and the module fails. Take the right one from your server's documentation.
      - Words of letters and hyphens, joined by slashes; anything else is refused before anything is sent.
    type: str
    default: server/backup
attributes:
  diff_mode:
    support: none
    details: The server's configuration stays as it is.
  idempotent:
    support: none
    details: Each run makes another backup.
extends_documentation_fragment:
  - remoteops.access.simplehelp
  - remoteops.access.simplehelp.action_group
  - remoteops.access.simplehelp.object
seealso:
  - module: remoteops.access.simplehelp_config_info
"""

EXAMPLES = r"""
- name: Have the server save its configuration before it is changed
  remoteops.access.backup:
    platform: simplehelp
"""

RETURN = r"""
changes:
  description: What was done, or would be in check mode.
  returned: success
  type: list
  elements: dict
  sample: [{action: backup, kind: server, name: "", fields: []}]
api:
  description: What the exchange with the server cost.
  returned: always
  type: dict
  sample: {requests: 1, retries: 0, seconds_waited: 0.0}
"""

from ansible_collections.remoteops.access.plugins.module_utils._core.module import run
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.actions import BACKUP_SPEC, request_backup
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.api import SIMPLEHELP


def main():
    """Run the module."""
    run(SIMPLEHELP, request_backup, BACKUP_SPEC)


if __name__ == "__main__":
    main()

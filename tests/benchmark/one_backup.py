"""Runs the module backup once, as Ansible does on a machine: `python one_backup.py OPTIONS`, where
OPTIONS is a JSON file. Prints its result.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import sys
from pathlib import Path

from ansible.module_utils import basic

from ansible_collections.remoteops.access.plugins.modules import backup


def main(options: Path) -> None:
    """Run the module, which ends the process."""
    basic._ANSIBLE_ARGS = json.dumps(
        {"ANSIBLE_MODULE_ARGS": json.loads(options.read_text(encoding="utf-8"))}
    ).encode()
    basic._ANSIBLE_PROFILE = "legacy"
    backup.main()


if __name__ == "__main__":
    main(Path(sys.argv[1]))

#!/usr/bin/python
from __future__ import annotations

from ansible_collections.remoteops.access.plugins.module_utils._core.module import run
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.api import SIMPLEHELP
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.actions import BACKUP_SPEC, request_backup


def main():
    """Run the module."""
    run(SIMPLEHELP, request_backup, BACKUP_SPEC)


if __name__ == "__main__":
    main()

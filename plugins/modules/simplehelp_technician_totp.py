#!/usr/bin/python
from __future__ import annotations

from ansible_collections.remoteops.access.plugins.module_utils._core.module import run
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.api import SIMPLEHELP
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.actions import TOTP_SPEC, reset_totp


def main():
    """Run the module."""
    run(SIMPLEHELP, reset_totp, TOTP_SPEC, required_one_of=[["username", "unique_id"]])


if __name__ == "__main__":
    main()

#!/usr/bin/python
from __future__ import annotations

from ansible_collections.remoteops.access.plugins.module_utils._core.module import run
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.api import SIMPLEHELP
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.configuration import RESTRICTION_SPEC, manage_restrictions


def main():
    """Run the module."""
    run(SIMPLEHELP, manage_restrictions, RESTRICTION_SPEC)


if __name__ == "__main__":
    main()

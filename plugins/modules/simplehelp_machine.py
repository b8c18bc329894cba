#!/usr/bin/python
from __future__ import annotations

from ansible_collections.remoteops.access.plugins.module_utils._core.module import run_object
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.api import SIMPLEHELP
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.resources import MACHINE


def main():
    """Run the module."""
    run_object(SIMPLEHELP, MACHINE)


if __name__ == "__main__":
    main()

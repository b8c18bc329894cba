#!/usr/bin/python
from __future__ import annotations

from ansible_collections.remoteops.access.plugins.module_utils._core.module import run
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.api import SIMPLEHELP
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.configuration import export_spec, export_whole_server


def main():
    """Run the module."""
    run(SIMPLEHELP, export_whole_server, export_spec(SIMPLEHELP))


if __name__ == "__main__":
    main()

"""Stands for the Python that runs modules, to note their peak memory: `memory_of_python.py FILE PYTHON_ARGUMENT...`."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import os
import sys


def main(file: str, arguments: list[str]) -> int:
    """Run Python, append its peak memory (in getrusage's unit) to the file, and return its exit status."""
    pid = os.spawnv(os.P_NOWAIT, sys.executable, [sys.executable, *arguments])
    _pid, status, usage = os.wait4(pid, 0)
    with open(file, "a", encoding="utf-8") as opened:
        opened.write(f"{usage.ru_maxrss}\n")
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))

"""Runs a program and appends what it took to a file, as a line of JSON: `launch.py FILE PROGRAM
[ARGUMENT ...]`.

A process of its own, because Linux charges a program with the peak memory of the process that
starts it, and this one is small.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import os
import sys
import time

# What getrusage(2) counts ru_maxrss in, in bytes.
MAX_RSS_UNIT = 1 if sys.platform == "darwin" else 1024


def main(file: str, program: str, *arguments: str) -> int:
    """Run the program, write down its wall-clock seconds and the peak of its largest process in
    bytes, and return its exit status.
    """
    begun = time.perf_counter()
    pid = os.spawnv(os.P_NOWAIT, program, [program, *arguments])
    # The usage that wait4 reports covers the processes that the program has started and waited for,
    # too.
    _pid, status, usage = os.wait4(pid, 0)
    line = {"seconds": time.perf_counter() - begun, "peak": usage.ru_maxrss * MAX_RSS_UNIT}
    with open(file, "a", encoding="utf-8") as opened:
        opened.write(json.dumps(line) + "\n")
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

"""Runs a reading module of BeyondTrust again and again in one process, once a file says go.

Usage: python one_process.py TIMES FILE
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import sys
import time
from pathlib import Path

from tests.module_runner import run_module

MODULE = "beyondtrust_jump_group_info"


def main(times: int, go: Path) -> int:
    """Return 1 where the module failed once."""
    # Loads what there is to load, and reaches nobody.
    run_module(MODULE, {"url": "http://localhost:1", "product": "rs", "retries": 0})
    print("ready", flush=True)
    while not go.exists():
        time.sleep(0.01)
    return int(any(run_module(MODULE, {}).failed for _time in range(times)))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), Path(sys.argv[2])))

"""Starts the simulated servers from wherever one stands, also from a collection that is installed:
python .../tests/simulate.py --help.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import runpy
import sys
from pathlib import Path

if __name__ == "__main__":
    # The first tests that is found is this one, whatever the user's own are called.
    sys.path[0] = str(Path(__file__).resolve().parents[1])
    try:
        runpy.run_module("tests.simulator", run_name="__main__", alter_sys=True)
    except ImportError as exc:
        sys.exit(str(exc))

"""Simulated servers of the vendors, written from the vendors' documents and from nothing else."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

_NEEDED = ("httptools", "starlette", "trustme", "uvicorn")
_MISSING = [name for name in _NEEDED if find_spec(name) is None]
if _MISSING:
    # Who starts them by python -m is told so in one line, and not by a traceback.
    raise (SystemExit if sys.argv[:1] == ["-m"] else ImportError)(
        f"The simulated servers need {', '.join(_MISSING)}: python -m pip install -r {Path(__file__).resolve().parents[2] / 'requirements/simulator.txt'}"
    )

"""The simulated Configuration API: everything below /api/config/v1."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from .answers import Refused
from .changes import create_jump_item
from .entrance import answer
from .provisioning import unprovisioned
from .seeds import complete_store, empty_store
from .store import find

__all__ = [
    "Refused",
    "answer",
    "complete_store",
    "create_jump_item",
    "empty_store",
    "find",
    "unprovisioned",
]

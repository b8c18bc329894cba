"""What must hold for the objects of each kind beyond the types of their attributes."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from . import jump, people, vault
from .change import Change
from .vault import AFTER_CREATION

RULES = {**jump.RULES, **people.RULES, **vault.RULES}
"""Collection -> what completes and checks a change to one of its objects."""

__all__ = ["AFTER_CREATION", "RULES", "Change"]

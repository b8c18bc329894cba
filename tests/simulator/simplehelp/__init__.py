"""A simulated SimpleHelp server that speaks the SimpleHelp Integration API 1.0."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from .server import SimpleHelp
from .switches import Switches

__all__ = ["SimpleHelp", "Switches"]

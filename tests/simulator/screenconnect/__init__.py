"""A simulated ScreenConnect server with the extension RESTful API Manager."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from .company import company
from .server import ScreenConnect
from .switches import Switches

__all__ = ["ScreenConnect", "Switches", "company"]

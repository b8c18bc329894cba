"""A simulated FastX server that speaks the FastX HTTP API, version 3."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from .company import company
from .server import FastX
from .switches import Switches

__all__ = ["FastX", "Switches", "company"]

"""A simulated BeyondTrust appliance: Remote Support or Privileged Remote Access, with its command, reporting and Configuration APIs."""
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from .appliance import Appliance
from .switches import Switches

__all__ = ["Appliance", "Switches"]

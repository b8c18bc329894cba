"""A simulated BeyondTrust appliance: Remote Support or Privileged Remote Access, with its APIs,
alone or in a pair.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from .appliance import Appliance
from .pair import Pair, RunningPair
from .switches import Switches

__all__ = ["Appliance", "Pair", "RunningPair", "Switches"]

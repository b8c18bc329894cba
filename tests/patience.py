"""How long the tests wait for what must come: so long that only something that hangs exceeds it,
however slow or busy the machine.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

LONGEST_MOMENT = 120.0
"""Seconds for what happens within a moment in the same process, such as another thread's turn."""

"""The time of a simulated server, which stands still until it is told to move."""
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

START_MS = 1_768_467_600_000
"""Milliseconds since 1970 at which every simulated server starts: 2026-01-15 09:00:00 UTC."""


class Clock:
    """A clock that moves only by `advance`, so that two reads of an unchanged server are equal."""

    def __init__(self, start_ms: int = START_MS):
        self._now_ms = start_ms

    def now_ms(self) -> int:
        """The simulated time in milliseconds since 1970."""
        return self._now_ms

    def advance(self, seconds: float) -> None:
        """Move the clock forwards; a negative number is a ValueError."""
        if seconds < 0:
            raise ValueError("a clock moves forwards only")
        self._now_ms += round(seconds * 1000)

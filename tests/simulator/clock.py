"""The time of a simulated server, which stands still until it is told to move or to run."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from time import monotonic

START_MS = 1_768_467_600_000
"""Milliseconds since 1970 at which every simulated server starts: 2026-01-15 09:00:00 UTC."""


class Clock:
    """A clock that moves by `advance`, so that two reads of an unchanged server are equal, or runs
    by itself for a rehearsal.

    `speed` is how many of its seconds pass in a real one; 0 lets it stand still. `advanced` is by
    how many seconds `advance` moved it.
    """

    def __init__(self, start_ms: int = START_MS, speed: float = 0.0):
        self.advanced = 0.0
        self._speed = 0.0
        self.set(start_ms)
        self.speed = speed

    def now_ms(self) -> int:
        """The simulated time in milliseconds since 1970."""
        at_ms, since = self._set
        return at_ms + round(self._speed * (monotonic() - since) * 1000)

    def set(self, now_ms: int) -> None:
        """Set the clock, also backwards."""
        self._set = (now_ms, monotonic())

    @property
    def speed(self) -> float:
        """How many seconds of the clock pass in a real one."""
        return self._speed

    @speed.setter
    def speed(self, speed: float) -> None:
        if speed < 0:
            raise ValueError("a clock runs forwards only")
        self.set(self.now_ms())
        self._speed = speed

    def advance(self, seconds: float) -> None:
        """Move the clock forwards; a negative number is a ValueError."""
        if seconds < 0:
            raise ValueError("a clock moves forwards only")
        self.set(self.now_ms() + round(seconds * 1000))
        self.advanced += seconds

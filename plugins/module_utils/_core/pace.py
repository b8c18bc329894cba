"""The rate of requests that all processes of a host keep to together, because the server counts them together."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import os
import time
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from .errors import Error
from .tokens import locked

# The part of the rate per second that is used: a process that wakes late must not put one request too many into a second.
SHARE = 0.975
# Seconds after which a request no longer counts: an hour, and a little for those that reached the server late.
HOUR = 3605.0
# The file holds doubles: four of its own, and for each request that an hour allows the moment at which it may be made again.
BOOT, OLDEST, NEXT, HELD, FIRST = range(5)


class Pace:
    """Requests evenly spaced (GCRA), at most ``per_hour`` in any hour, over all processes and threads that use the file ``path``.

    Defaults: BeyondTrust Remote Support 22.2 API guide, "Request Rate Limits", which hold for an account. All times in seconds.
    """

    def __init__(self, path: Path, per_second: float = 20, per_hour: int = 15000, longest_wait: float = 300.0,
                 clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep):
        self._path, self._per_second, self._per_hour, self._longest_wait = path, per_second, per_hour, longest_wait
        self._clock, self._sleep = clock, sleep

    def wait(self) -> float:
        """Sleep until a request may be sent and return for how long; Error, at once, if that were longer than ``longest_wait``."""
        waited = 0.0
        while True:
            with self._shared() as (cells, now):
                oldest = FIRST + int(cells[OLDEST])
                slot = max(now, cells[NEXT], cells[oldest])
                if waited + slot - now > self._longest_wait:
                    raise Error(self._refusal(...))
                cells[oldest], cells[NEXT] = slot + HOUR, slot + 1 / (self._per_second * SHARE)
                cells[OLDEST] = (cells[OLDEST] + 1) % self._per_hour
            ...

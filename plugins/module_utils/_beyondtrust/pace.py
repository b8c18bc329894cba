"""The rate of requests that all processes of a host keep to together, because the server counts
them together.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import os
import time
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from .._core.errors import Error
from .._core.shared_files import locked

# The part of the rate per second that requests are spaced for: one that takes no more than 50 ms
# then finds a place at once.
SHARE = 0.95
# Seconds after which a request that nobody has heard of has arrived, or never will: whoever sent it
# was killed.
LONGEST_FLIGHT = 60.0
# Seconds between two looks for a place while all are taken by requests that are under way.
LOOK = 0.05
# Seconds after which a request no longer counts: an hour, and a little for requests that reached
# the server late.
HOUR = 3605.0
# Seconds after which the server is asked again that said that the hour's requests are spent, and
# not until when.
ASK_AGAIN = 600.0
# The file holds numbers: these five, then for each request that an hour allows the moment from
# which on it may be made again, as a ring that is sorted from the oldest on, and behind it the same
# for each request that a second allows, its place. Moments are seconds of the clock that starts at
# boot.
BOOT, OLDEST, NEXT, HELD, SPENT, RING = range(6)


class Pace:
    """Evenly spaced requests (GCRA), at most ``per_hour`` in any hour, over all that share
    ``path``. Times in seconds.

    However long they are on their way, no more than ``per_second`` arrive in any second: a request
    keeps its place from before it is sent until a second after its answer, so for more than a
    second after its arrival.
    """

    # The defaults: BeyondTrust Remote Support 22.2 API guide, "Request Rate Limits". They count for
    # an API account.
    def __init__(
        self,
        path: Path,
        per_second: float = 20,
        per_hour: int = 15000,
        longest_wait: float = 300.0,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ):
        self._path, self._per_second, self._per_hour, self._longest_wait = (
            path,
            per_second,
            per_hour,
            longest_wait,
        )
        self._clock, self._sleep, self._places = (
            clock,
            sleep,
            slice(RING + per_hour, RING + per_hour + max(1, int(per_second))),
        )

    @contextmanager
    def turn(self) -> Iterator[float]:
        """Sleep until a request may be sent and yield for how long; to be left when its answer
        begins. Raises as ``wait``.
        """
        waited, place = self.wait(), None
        while place is None:
            with self._shared() as (cells, now):
                places = [
                    moment if moment <= now + LONGEST_FLIGHT else 0.0
                    for moment in cells[self._places]
                ]
                pause = max(0.0, min(places) - now)
                if pause > 1:
                    pause = LOOK
                else:  # that of a request that was answered
                    place = self._places.start + places.index(min(places))
                    taken = cells[place] = now + pause + LONGEST_FLIGHT - 1
            if pause:
                self._sleep(pause)
                waited += pause
        try:
            yield waited
        finally:
            with self._shared() as (cells, now):
                if cells[place] == taken:
                    cells[place] = now + 1

    def wait(self) -> float:
        """Sleep until a request may be sent; return for how long. Error, and no sleep, if that is
        over ``longest_wait``.
        """
        slot, waited = None, 0.0
        while True:
            with self._shared() as (cells, now):
                if slot is not None and cells[HELD] <= slot:
                    return waited  # and not held meanwhile, else a new slot is needed
                oldest = int(cells[OLDEST])
                slot = max(now, cells[NEXT], cells[RING + oldest])
                if waited + slot - now > self._longest_wait:
                    raise Error(
                        self._refusal(
                            slot - now,
                            slot == cells[RING + oldest] or cells[SPENT] > now,
                            cells[HELD] > now,
                        )
                    )
                cells[RING + oldest], cells[OLDEST] = slot + HOUR, (oldest + 1) % self._per_hour
                cells[NEXT] = slot + 1 / (SHARE * self._per_second)
            if slot <= now:
                return waited
            self._sleep(slot - now)
            waited += slot - now

    def correct(
        self, remaining: int | None, limit: int | None, reset_seconds: float | None
    ) -> None:
        """Learn from an answer's X-RateLimit headers what others spent of the hour; None is what
        they do not tell.

        Where the server allows more than ``per_hour``, what it says remains goes before what is
        left of that.
        """
        if remaining is None or not self.is_of_the_hour(limit):
            return
        with self._shared() as (cells, now):
            first = RING + int(cells[OLDEST])
            moments = cells[first : self._places.start] + cells[RING:first]
            others = bisect_right(moments, now) - max(0, remaining)
            if others < 0 and limit is not None and limit > self._per_hour:
                cells[RING : self._places.start] = array(
                    "d",
                    [
                        *([now] * min(remaining, self._per_hour)),
                        *moments[min(remaining, self._per_hour) :],
                    ],
                )
                cells[OLDEST] = 0
            if others > 0:
                # Without a reset time, as if spent evenly over the last hour: if that is too kind,
                # the server sends a 429.
                ends = [
                    HOUR * (number + 1) / others if reset_seconds is None else reset_seconds
                    for number in range(others)
                ]
                cells[RING : self._places.start] = array(
                    "d", sorted([*moments[others:], *(now + min(end, HOUR) for end in ends)])
                )
                cells[OLDEST] = 0

    def is_of_the_hour(self, limit: int | None) -> bool:
        """Tell whether a server's limit is that of an hour: the limit of a second tells nothing
        about it.
        """
        return limit is None or limit > self._per_second

    def spend(self, seconds: float | None) -> float:
        """Let everybody wait for the hour's requests, which the server says are spent, for so many
        seconds (None: it does not say); return how many.
        """
        seconds = min(ASK_AGAIN if seconds is None else seconds, HOUR)
        self.hold(seconds)
        with self._shared() as (cells, now):
            cells[SPENT] = now + seconds
        return seconds

    def hold(self, seconds: float) -> None:
        """Let everybody wait, also those that sleep already: the server asked for it. At most an
        hour.
        """
        with self._shared() as (cells, now):
            cells[HELD] = max(cells[HELD], now + min(seconds, HOUR))
            cells[NEXT] = max(cells[NEXT], cells[HELD])

    @contextmanager
    def _shared(self) -> Iterator[tuple[array, float]]:
        size = 8 * self._places.stop
        with locked(self._path) as file:
            cells, now = array("d", os.pread(file, size, 0).ljust(size, b"\0")), self._clock()
            # Not from this boot, or not from us.
            if cells[BOOT] != _boot() or not (
                0 <= cells[OLDEST] < self._per_hour
                and all(
                    cells[at] <= now + 2 * HOUR
                    for at in (NEXT, HELD, SPENT, RING + int(cells[OLDEST]))
                )
            ):
                cells = array("d", [_boot()] + [0.0] * (self._places.stop - 1))
            yield cells, now
            os.pwrite(file, cells, 0)

    def _refusal(self, seconds, hour_is_spent, held) -> str:
        waiting = "the server asked us to wait" if held else "too many requests are waiting already"
        reason = (
            f"the {self._per_hour} requests that an hour allows are spent"
            if hour_is_spent
            else waiting
        )
        until = time.strftime("%H:%M:%S", time.localtime(time.time() + seconds))
        return f"No request may be sent for {seconds:.0f} s (until {until}): {reason}."


@cache
def _boot() -> float:
    with suppress(OSError):  # Linux only; elsewhere a reboot shows by moments too far ahead
        return float(
            int(Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii")[:8], 16)
        )
    return 1.0

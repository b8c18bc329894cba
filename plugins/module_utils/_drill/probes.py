"""What probes of health pages have seen: samples in a file of JSON Lines, and the outages that they
speak of.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from .._core.errors import Error
from .._core.files import read_regular

FORMAT = "remoteops.access probes 1"
FILES = "probes-*.jsonl"  # what they are called in the directory of a drill
HEALTHY, UNHEALTHY, UNKNOWN = "healthy", "unhealthy", "unknown"
MISSED = 3  # so many probes that are missing on end make a time of which nothing is known
# Bytes of a file of a drill that is read; a day of ten probes a second has 170 MB.
LARGEST = 256 * 2**20
PROBLEM_LENGTH = 300  # characters


@dataclass(frozen=True)
class Sample:
    """One probe of one target. Times are seconds since 1970, ``at`` is when it was asked."""

    target: str
    at: float
    seconds: float  # until the answer, or until there was none
    healthy: bool
    status: int | None
    problem: str | None

    def line(self) -> str:
        """Return the sample as a line of its file."""
        return (
            json.dumps({**asdict(self), "at": round(self.at, 3), "seconds": round(self.seconds, 3)})
            + "\n"
        )


@dataclass(frozen=True)
class Span:
    """A time in which a target was healthy, was not, or in which nobody asked."""

    state: str
    began: float
    ended: float
    problem: str | None = None  # the first one
    is_last: bool = False  # nothing is known of what came after it

    @property
    def seconds(self) -> float:
        """How long it was."""
        return self.ended - self.began


@dataclass
class Probed:
    """What was seen of each target, in the order of time, and how far apart its probes were meant
    to be, in seconds.
    """

    targets: dict[str, str]  # name -> address
    samples: dict[str, list[Sample]]
    interval: float

    def spans(self, target: str) -> list[Span]:
        """Return the times of one target, one after the other."""
        return spans(self.samples[target], MISSED * self.interval)


def head(targets: Mapping[str, str], interval: float) -> str:
    """Return the first line of a file of samples."""
    return json.dumps({"format": FORMAT, "interval": interval, "targets": dict(targets)}) + "\n"


def read(paths: Iterable[Path]) -> Probed:
    """Return what some files tell together. A last line that a killed process has left unfinished
    does not count.

    Raises Error for what are no such files.
    """
    found = Probed({}, {}, 0.0)
    for path in paths:
        try:
            first, *lines = read_regular(path, LARGEST).decode().split("\n")
            if not lines:
                continue
            told = json.loads(first)
            if told["format"] != FORMAT:
                raise ValueError
            found.targets.update(told["targets"])
            found.interval = max(found.interval, float(told["interval"]))
            samples = [Sample(**json.loads(line)) for line in lines[:-1]]
        except OSError as exc:
            raise Error(f"{path} cannot be read: {exc.strerror or exc}.") from None
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            raise Error(f"{path} does not hold samples of probes.") from None
        for sample in samples:
            found.samples.setdefault(sample.target, []).append(sample)
    for name in found.targets:
        found.samples.setdefault(name, []).sort(key=lambda sample: sample.at)
    return found


def spans(samples: Sequence[Sample], longest_gap: float) -> list[Span]:
    """Return what samples of one target, sorted by time, say of it.

    An outage begins when the first probe that failed was asked, and ends when the first one that
    did not was answered. A time without any probe that is longer than ``longest_gap`` seconds is
    unknown.
    """
    found: list[Span] = []
    began = ended = 0.0
    state = problem = None
    for sample in samples:
        moment, now = (
            max(sample.at + (sample.seconds if sample.healthy else 0.0), ended),
            HEALTHY if sample.healthy else UNHEALTHY,
        )
        if state and sample.at - ended > longest_gap:
            found += [Span(state, began, ended, problem), Span(UNKNOWN, ended, sample.at)]
            state = None
        if state != now:
            if state:
                found.append(Span(state, began, moment, problem))
            state, began, problem = now, moment, sample.problem
        ended = max(moment, sample.at)
    if state:
        found.append(
            Span(
                state,
                began,
                max(ended, samples[-1].at + samples[-1].seconds),
                problem,
                is_last=True,
            )
        )
    return found


def outages(found: Iterable[Span]) -> list[Span]:
    """Return the outages among some spans."""
    return [span for span in found if span.state == UNHEALTHY]

"""How a command is measured, and how measurements are compared: paired rounds, medians, ratios
round by round.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

LAUNCHER = [sys.executable, "-I", "-S", str(Path(__file__).with_name("launch.py"))]


@dataclass(frozen=True)
class Run:
    """A finished command: wall-clock seconds, peak memory of its largest process in bytes, and what
    it printed.
    """

    seconds: float
    peak: int
    output: str


def run(command: Sequence[object], environment: Mapping[str, str], directory: os.PathLike) -> Run:
    """Run a command to its end and return what it took. Raises SystemExit, with the end of its
    output, when it fails.
    """
    words = [str(word) for word in command]
    with tempfile.NamedTemporaryFile("r", encoding="utf-8") as taken:
        finished = subprocess.run(
            [*LAUNCHER, taken.name, *words],
            env=dict(environment),
            cwd=directory,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
        if finished.returncode:
            raise SystemExit(
                f"{' '.join(words)} failed with status {finished.returncode}:\n{finished.stdout[-3000:]}"
            )
        return Run(**json.loads(taken.read()), output=finished.stdout)


def paired(rounds: Mapping[str, int], measure: Mapping[str, Callable[[], Any]]) -> dict[str, list]:
    """Return the measurements of each contender, round by round.

    In each round every contender runs once; every other round they run in reverse order, so that
    none always comes first. A contender takes part in as many rounds, from the first, as ``rounds``
    grants it.
    """
    found: dict[str, list] = {name: [] for name in measure}
    for number in range(max(rounds.values(), default=0)):
        names = [name for name in measure if rounds[name] > number]
        for name in reversed(names) if number % 2 else names:
            found[name].append(measure[name]())
    return found


@dataclass(frozen=True)
class Ratio:
    """How many times as much one took as the other: the median of the rounds, and the least and the
    most of them.
    """

    middle: float
    least: float
    most: float

    @classmethod
    def of(cls, one: Sequence[float], other: Sequence[float]) -> Ratio:
        """Return the ratio of two contenders, round by round; rounds that only one of them ran do
        not count.
        """
        ratios = [first / second for first, second in zip(one, other, strict=False)]
        return cls(median(ratios), min(ratios), max(ratios))


def seconds_per_item(ends: Sequence[float]) -> float:
    """Return what each item of a loop takes, from the times at which they ended.

    The first item is dropped, as it pays for what Ansible prepares once.
    """
    return (ends[-1] - ends[0]) / (len(ends) - 1)


def rounds_within(budget: float, most: int, seconds: float) -> int:
    """Return how often to measure what takes so many seconds: ``most`` times at most, and not at
    all where once takes more than the budget.
    """
    return 0 if seconds > budget else max(1, min(most, int(budget / seconds)))

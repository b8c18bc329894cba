"""How the results are shown: tables in Markdown, the ratio first."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

from .measure import Ratio

HEADERS = ("ratio: median (least to most)", "compared with", "aim", "the collection", "the other")


@dataclass
class Section:
    """A comparison: what was run (name, command, explanation), the table of ratios, and what one
    has to know to read it.
    """

    title: str
    commands: Sequence[tuple[str, str, str]]
    rows: list[tuple[str, ...]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def faster(
        self,
        other: str,
        ours: Sequence[float],
        theirs: Sequence[float],
        at_least: float | None = None,
    ) -> None:
        """Add how many times faster the collection is than another, from the seconds of each round,
        and what was aimed at.
        """
        ratio = Ratio.of(theirs, ours)
        met = at_least is not None and ratio.middle >= at_least
        self._add(
            other, f"{spread(ratio)} as fast", at_least and f">= {at_least:g}x", met, ours, theirs
        )

    def slower(
        self,
        other: str,
        ours: Sequence[float],
        theirs: Sequence[float],
        at_most: float | None = None,
    ) -> None:
        """Add how many times longer the collection takes than a limit, and what was aimed at."""
        ratio = Ratio.of(ours, theirs)
        met = at_most is not None and ratio.middle <= at_most
        self._add(
            other, f"{spread(ratio)} as long", at_most and f"<= {at_most:g}x", met, ours, theirs
        )

    def _add(self, other, ratio, aim, met, ours, theirs):
        verdict = ("met" if met else "**missed**") if aim else ""
        rounds = min(len(ours), len(theirs))  # those that the ratio comes from
        ours, theirs = ours[:rounds], theirs[:rounds]
        self.rows.append(
            (ratio, other, f"{aim or ''} {verdict}".strip(), middle(ours), middle(theirs))
        )

    def markdown(self) -> str:
        """Return the section as text."""
        notes = "\n".join(f"- {note}" for note in self.notes)
        commands = "\n".join(
            f"- {name}: `{command}` ({explanation})" for name, command, explanation in self.commands
        )
        run = f"What was run:\n\n{commands}" if commands else ""
        return (
            "\n\n".join(filter(None, (f"### {self.title}", table(HEADERS, self.rows), notes, run)))
            + "\n"
        )


def table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table, its columns as wide as they need to be."""
    lines = [tuple(headers), *rows]
    widths = [max(3, *(len(line[column]) for line in lines)) for column in range(len(headers))]
    padded = [
        "| "
        + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        + " |"
        for line in lines
    ]
    return "\n".join(
        [padded[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *padded[1:]]
    )


def number(value: float) -> str:
    """Return a ratio with two or three digits that mean something."""
    return f"{value:.0f}" if value >= 20 else f"{value:.1f}" if value >= 5 else f"{value:.2f}"


def spread(ratio: Ratio) -> str:
    """Return a ratio with the least and the most of the rounds, where there was more than one."""
    text = f"**{number(ratio.middle)}x**"
    return (
        text
        if ratio.least == ratio.most
        else f"{text} ({number(ratio.least)} to {number(ratio.most)})"
    )


def middle(values: Sequence[float]) -> str:
    """Return the median of durations in seconds."""
    value = median(values)
    return (
        f"{value:.0f} s" if value >= 100 else f"{value:.1f} s" if value >= 10 else f"{value:.2f} s"
    )


def megabytes(value: float) -> str:
    """Return an amount of memory, given in bytes."""
    return f"{value / 1e6:.0f} MB"

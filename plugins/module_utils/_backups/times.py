"""How times and durations are written: in UTC, as people and files have them."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import re
from datetime import UTC, datetime

from .._core.errors import InputError

SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}


def seconds_of(option: str, duration: str | None) -> float | None:
    """Return the seconds of a duration such as 24h, 90m, 7d or 3600; None for none. Raises
    InputError that names the option.
    """
    if duration is None:
        return None
    found = re.fullmatch(r"([0-9]{1,9})\s*([smhdw]?)", duration.strip())
    if not found or not int(found[1]):
        raise InputError(
            f"{option} must be a duration above zero such as 24h, 90m, 7d, 2w, or a number of seconds, not {duration!r}."
        )
    return float(int(found[1]) * SECONDS[found[2]])


def written(moment: datetime) -> str:
    """Return a time in UTC in ISO 8601, to the millisecond."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"


def read(text: str) -> datetime:
    """Return the time that such a text says. Raises ValueError for any other text."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None or not text.endswith("Z"):
        raise ValueError("a time without a Z at its end")
    return moment


def in_a_name(moment: datetime) -> str:
    """Return a time as it stands in the name of a file."""
    return written(moment).replace("-", "").replace(":", "")


def approximately(seconds: float) -> str:
    """Return a duration for people, in the largest unit that fits."""
    unit = next((unit for unit in "dhm" if seconds >= SECONDS[unit]), "s")
    return f"{seconds / SECONDS[unit]:.1f}".removesuffix(".0") + f" {unit}"

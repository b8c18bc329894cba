"""Which backups are kept, from grandfathers to sons: pure, without files and without a clock."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Mapping, Sequence

from .._core.errors import InputError
from .manifest import Manifest

# Each option keeps the newest backup of every such period. Days, weeks (ISO 8601) and months are in
# UTC.
PERIODS = {
    "keep_last": lambda backup: (backup.taken_at, backup.file),
    "keep_daily": lambda backup: backup.moment.date(),
    "keep_weekly": lambda backup: backup.moment.isocalendar()[:2],
    "keep_monthly": lambda backup: (backup.moment.year, backup.moment.month),
}
RETENTION_SPEC = {option: {"type": "int"} for option in PERIODS}


def rules_of(params: Mapping) -> dict[str, int]:
    """Return the options of retention that are given. Raises InputError for a negative one."""
    rules = {option: params[option] for option in PERIODS if params[option] is not None}
    for option, number in rules.items():
        if number < 0:
            raise InputError(f"{option} must be 0 or more, not {number}.")
    return rules


def newest_first(backups: Sequence[Manifest]) -> list[Manifest]:
    """Return backups in the order of their times, the newest first."""
    return sorted(backups, key=lambda backup: (backup.moment, backup.file), reverse=True)


def kept(backups: Sequence[Manifest], rules: Mapping[str, int]) -> set[str]:
    """Return the files that are kept: of each rule the newest of so many periods that have a
    backup, and in any case the newest of all.

    Without rules all are kept.
    """
    ordered = newest_first(backups)
    names = {backup.file for backup in (ordered if not rules else ordered[:1])}
    for option, number in rules.items():
        newest: dict[object, str] = {}
        for backup in ordered:
            newest.setdefault(PERIODS[option](backup), backup.file)
        names.update(list(newest.values())[:number])
    return names

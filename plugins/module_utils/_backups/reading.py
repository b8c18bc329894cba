"""What is to be said of the backups in a directory: a list of them, and everything that is wrong
with them.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from .._core.errors import Error, InputError
from .._core.quoting import quoted
from .._files.download import sha256_of
from .manifest import Manifest, server_of
from .store import CORRUPTED, MISSING, NO_MANIFEST, UNREADABLE, found_in
from .times import approximately, seconds_of, written

READING_SPEC = {
    "directory": {"type": "path", "required": True},
    "servers": {"type": "list", "elements": "str"},
}
VERIFY_SPEC = {
    **READING_SPEC,
    "max_age": {"type": "str"},
    "max_gap": {"type": "str"},
    "gaps_within": {"type": "str"},
    "fail_on_problems": {"type": "bool", "default": True},
}
NO_BACKUP, TOO_OLD, GAP = "no_backup", "too_old", "gap"
WORDS = {
    MISSING: "its manifest is there and the file is not.",
    NO_MANIFEST: "there is no manifest beside it.",
    UNREADABLE: "its manifest is none.",
}


def list_backups(params: Mapping[str, Any], check_mode: bool) -> dict:
    """Return the backups in a directory with their manifests, the newest first."""
    directory, now, servers = Path(params["directory"]), datetime.now(UTC), _servers(params)
    return {
        "changed": False,
        "backups": [
            {
                **each.manifest.shown(directory),
                "age": round((now - each.manifest.moment).total_seconds(), 3),
                "problem": each.problem,
            }
            for each in found_in(directory)
            if each.manifest and (servers is None or each.manifest.server in servers)
        ],
    }


def verify_backups(params: Mapping[str, Any], check_mode: bool) -> dict:
    """Read all backups in a directory and return what is wrong. Raises Error, with the result as
    facts, if anything is and the options say so.
    """
    directory, now, servers = Path(params["directory"]), datetime.now(UTC), _servers(params)
    max_age, max_gap, within = (
        seconds_of(option, params[option]) for option in ("max_age", "max_gap", "gaps_within")
    )
    if within is not None and max_gap is None:
        raise InputError("gaps_within needs max_gap.")
    problems: list[dict] = []
    good: dict[str, list[Manifest]] = {server: [] for server in servers or ()}
    checked = size = 0
    for each in found_in(directory):
        if not each.manifest:
            problems.append(_told(each.problem, None, each.file, WORDS[each.problem]))
        elif servers is None or each.manifest.server in servers:
            problem = each.problem or _damage(directory, each.manifest)
            checked, size = checked + 1, size + (0 if problem == MISSING else each.manifest.size)
            good.setdefault(each.manifest.server, [])
            if problem:
                words = WORDS.get(problem, "its content, or its size, is not that of its manifest.")
                problems.append(_told(problem, each.manifest.server, each.file, words))
            else:
                good[each.manifest.server].append(each.manifest)
    for server, backups in good.items():
        if not backups:
            problems.append(_told(NO_BACKUP, server, None, "there is no good backup."))
        else:
            problems += _lateness(server, backups, now, max_age, max_gap, within)
    result = {
        "changed": False,
        "problems": problems,
        "checked": checked,
        "bytes": size,
        "servers": {
            server: {"good": len(backups), "newest": backups[0].taken_at if backups else None}
            for server, backups in good.items()
        },
    }
    if problems and params["fail_on_problems"]:
        more = f" And {len(problems) - 5} more." if len(problems) > 5 else ""
        raise Error(
            f"{directory}: {' '.join(problem['message'] for problem in problems[:5])}{more}",
            **result,
        )
    return result


def _lateness(server, backups: Sequence[Manifest], now, max_age, max_gap, within) -> Iterator[dict]:
    """Yield what is wrong with the times of a server's good backups, which come newest first."""
    newest = backups[0]
    age = (now - newest.moment).total_seconds()
    if max_age is not None and not 0 <= age <= max_age:
        words = (
            f"is {approximately(age)} old, and may be {approximately(max_age)}"
            if age > 0
            else "has a time in the future"
        )
        yield _told(TOO_OLD, server, newest.file, f"the newest good backup {words}.")
    if max_gap is not None:
        since = now - timedelta(seconds=within) if within is not None else backups[-1].moment
        for late, early in pairwise([*(backup.moment for backup in backups)]):
            gap = (late - early).total_seconds()
            if late >= since and gap > max_gap:
                yield _told(
                    GAP,
                    server,
                    None,
                    f"no good backup between {written(early)} and {written(late)}, which are {approximately(gap)} apart.",
                )


def _damage(directory, backup) -> str | None:
    try:
        return None if sha256_of(directory / backup.file) == backup.sha256 else CORRUPTED
    except FileNotFoundError:  # retention, in another process
        return MISSING
    except OSError:
        return CORRUPTED


def _told(problem, server, file, words) -> dict:
    return {
        "problem": problem,
        "server": server,
        "file": file,
        "message": f"{quoted(file or server)}: {words}",
    }


def _servers(params) -> list[str] | None:
    """Return the servers that are asked for as manifests name them, None for all."""
    return params["servers"] and [
        server_of(server) if "://" in server else server for server in params["servers"]
    ]

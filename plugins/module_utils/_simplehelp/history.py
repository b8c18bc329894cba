"""SimpleHelp's session history: its filters, and how to read all of it although the API answers a
part at a time.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from ansible.module_utils.common.warnings import warn

from .._core.errors import InputError, ServerError
from .._core.quoting import as_written
from .._core.server import Server
from .api import objects
from .reads import snake_case
from .resources import MACHINE, TECH_GROUP

# How many sessions one query asks for. The document gives no limit; a guess that keeps answers at
# some megabytes.
PAGE_SIZE = 1000
# In one run; more sessions are no list that anybody reads, and a server may make them up for ever.
MOST_QUERIES, MOST_SESSIONS = 5000, 250_000
# Option -> the server's filter, for those that are sent as they are given.
PLAIN_FILTERS = {
    "range_last_modified": "rangeLastModified",
    "text_filter": "textFilter",
    "technician_name_filters": "technicianNameFilters",
    "include_support_sessions": "includeSupportSessions",
    "include_access_sessions": "includeAccessSessions",
    "include_presentation_sessions": "includePresentationSessions",
    "search_until_session_id": "searchUntilSessionID",
}
HISTORY_SPEC = {
    "range_start": {"type": "raw"},
    "range_end": {"type": "raw"},
    "range_last_modified": {"type": "bool", "default": False},
    "max_results": {"type": "int"},
    "text_filter": {"type": "str"},
    "technician_name_filters": {"type": "list", "elements": "str"},
    "group_filters": {"type": "list", "elements": "str"},
    "machine_id_filters": {"type": "list", "elements": "str"},
    "include_support_sessions": {"type": "bool", "default": True},
    "include_access_sessions": {"type": "bool", "default": True},
    "include_presentation_sessions": {"type": "bool", "default": True},
    "search_until_session_id": {"type": "str"},
}
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def read_history(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Return the sessions that pass the filters, newest first, and the identifier of the newest for
    the next run.
    """
    start, end = (_milliseconds(option, params[option]) for option in ("range_start", "range_end"))
    limit, until = params["max_results"], params["search_until_session_id"]
    if start is not None and end is not None and start >= end:
        raise InputError("range_start must be before range_end.")
    if limit is not None and limit < 1:
        raise InputError("max_results must be at least 1. Leave it out to read everything.")
    filters, whole = _filters(server, params), (start, end)
    moment = "lastModified" if params["range_last_modified"] else "start"

    def ask(start: int | None, end: int | None, count: int) -> list[dict]:
        span = {
            name: value
            for name, value in (("rangeStart", start), ("rangeEnd", end))
            if value is not None
        }
        asked = {**filters, **span, "maxResults": count}
        if moment != "start" and (start, end) != whole:
            # Which part of the span holds the session that is searched until is not known: without
            # it a part would be answered to its end.
            asked.pop(PLAIN_FILTERS["search_until_session_id"], None)
        answer = objects(
            "history/list",
            server.backend.ask("history/list", list, asked),
            "sessionID",
            "start",
            moment,
        )
        # The session that is searched until may be answered from outside of the span.
        return [
            session
            for session in answer
            if session["sessionID"] != until or _within(session[moment], start, end)
        ]

    # Only for the start of sessions does the document say which of too many are answered: "the last
    # 100 sessions".
    found = read_completely(
        ask, moment, start, end, limit, newest_first=moment == "start", until=until
    )
    # "Return results until the specified session ID is encountered" (History Queries): with that
    # session or without it, the document does not say. A server may well go on after it, too.
    last = found.pop(until, None)
    sessions = [
        session for session in found.values() if last is None or session["start"] >= last["start"]
    ]
    # Of sessions that start together the first answered comes first: a search until that one will
    # not meet the others.
    sessions.sort(key=lambda session: session["start"], reverse=True)
    return {
        "changed": False,
        "sessions": [snake_case(session) for session in sessions[:limit]],
        "latest_session_id": sessions[0]["sessionID"] if sessions else until,
    }


def read_completely(
    ask: Callable[[int | None, int | None, int], list[dict]],
    moment: str,
    start: int | None,
    end: int | None,
    limit: int | None,
    newest_first: bool,
    until: str | None = None,
) -> dict[str, dict]:
    """Return all sessions by identifier, in the order of the answers; reading may stop when there
    are ``limit``.

    ``ask(start, end, count)`` answers at most ``count`` sessions, or silently fewer, whose
    ``moment`` is within the span [start, end) of milliseconds, None meaning open. ``newest_first``
    says that the newest of too many are answered, else nobody knows which; then nothing older is
    read than the session ``until``, if that is answered. Raises ServerError if it cannot be known
    whether all were read.
    """
    found: dict[str, dict] = {}
    count, longest, crowded = min(PAGE_SIZE, limit or PAGE_SIZE), 0, None
    spans, queries = [(start, end)], 0
    while spans and (limit is None or len(found) < limit):
        start, end = spans.pop()
        # Further back the server would not meet it, and go on to the beginning of all.
        if newest_first and until in found:
            start = found[until][moment] if start is None else max(start, found[until][moment])
            if end is not None and end <= start:
                continue
        queries += 1
        if queries > MOST_QUERIES or len(found) > MOST_SESSIONS:
            raise ServerError(
                f"history/list does not come to an end: {len(found)} sessions after {queries - 1} queries. "
                "Narrow it down with range_start and range_end, other filters, or max_results."
            )
        answer = ask(start, end, count)
        longest = max(longest, len(answer))
        fresh = {
            session["sessionID"]: session for session in answer if session["sessionID"] not in found
        }
        found.update(fresh)
        if not fresh and len(answer) < max(longest, 1):
            continue  # the server could have answered more, so there is nothing more
        moments = [session[moment] for session in answer]
        oldest, newest = min(moments), max(moments)
        if not fresh and (
            start is not None and oldest < start or end is not None and newest >= end
        ):
            raise ServerError(
                "history/list does not keep to the time span asked for, so the history cannot be read completely. Set max_results."
            )
        if fresh or oldest < newest:
            # The oldest millisecond is asked for again, as the answer may have ended in the middle
            # of it. Older spans come before newer ones, so that a session that is modified
            # meanwhile, and thereby moves to a newer one, is seen.
            if not newest_first:
                spans.append((oldest + 1, end))
            spans.append((start, oldest + 1))
        elif len(answer) >= count and count < MOST_SESSIONS:
            count *= 2  # all of one millisecond, and as many as were asked for
            spans.append((start, end))
        else:
            crowded = oldest  # all of one millisecond, and as many as the server ever gave
            spans.append((start, oldest))
    if crowded is not None and len(found) > longest:
        raise ServerError(
            f"history/list never answers more than {longest} sessions, and at least so many have the same time "
            f"({moment} {crowded}), so the history cannot be read completely. Narrow it down with other filters."
        )
    return found


def _within(moment, start, end) -> bool:
    return (start is None or moment >= start) and (end is None or moment < end)


def _filters(server, params) -> dict:
    """Return the filters in the server's words, apart from the time span."""
    filters = {
        wire: params[option]
        for option, wire in PLAIN_FILTERS.items()
        if params[option] not in (None, [], "")
    }
    if params["group_filters"]:
        server.read(TECH_GROUP)
        filters["groupFilters"] = [
            server.id_of(TECH_GROUP.name, name) for name in params["group_filters"]
        ]
    if params["machine_id_filters"]:
        filters["machineIDFilters"] = machine_ids = []
        for machine in params["machine_id_filters"]:
            key = server.find(MACHINE, {"machine": machine})
            machine_ids.append(key[0] if key else machine)
            if not key:
                warn(
                    f"The server has no machine with the ID or name {machine!r}; it is taken for the ID of a machine that was removed."
                )
    return filters


def _milliseconds(option, text) -> int | None:
    """Return the milliseconds since 1970 that a number, a text of digits, or an ISO 8601 text with
    a time zone, stands for.
    """
    if text is None:
        return None
    if isinstance(text, int) and not isinstance(text, bool) and text >= 0:
        return text
    try:
        if text.isascii() and text.isdigit():
            return int(text)
        return (datetime.fromisoformat(text) - EPOCH) // timedelta(milliseconds=1)
    # No text; not a time; a time without a time zone.
    except (AttributeError, ValueError, TypeError):
        raise InputError(
            f"{option} must be milliseconds since 1970 or an ISO 8601 time with a time zone, such as 2026-01-31T08:00:00+01:00, not {as_written(text)}."
        ) from None

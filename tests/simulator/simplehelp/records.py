"""What a SimpleHelp server remembers and sees: session history, alerts, and the sessions of this
moment.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from itertools import islice

from .answers import Refused
from .machines import shown
from .shapes import ACCESS_SESSION, ALERT, HISTORY, SUPPORT_SESSION, show

DEFAULT_MAX_RESULTS = 50  # documented
_INCLUDED_BY = {
    "Support": "includeSupportSessions",
    "Access": "includeAccessSessions",
    "Presentation": "includePresentationSessions",
}


def _text_of(value: object) -> str:
    """Every text in a history entry, one per line, in lower case."""
    if isinstance(value, dict):
        return "\n".join(map(_text_of, value.values()))
    if isinstance(value, list):
        return "\n".join(map(_text_of, value))
    return value.lower() if isinstance(value, str) else ""


def _matches(entry: dict, body: dict, group_ids: dict[str, list[int]]) -> bool:
    """Whether a session passes every filter of the body. Names and texts match a part of the word,
    in any case: a guess.
    """
    moment = entry["lastModified" if body.get("rangeLastModified") else "start"]
    if moment < body.get("rangeStart", moment) or moment >= body.get("rangeEnd", moment + 1):
        return False
    if not body.get(_INCLUDED_BY[entry["type"]], True):
        return False
    if "textFilter" in body and body["textFilter"].lower() not in _text_of(entry):
        return False
    if body.get("technicianNameFilters"):
        names = f"{entry.get('technicianName', '')}\n{entry.get('technicianUsername', '')}".lower()
        if not any(name.lower() in names for name in body["technicianNameFilters"]):
            return False
    if body.get("groupFilters") and not set(body["groupFilters"]) & set(
        group_ids.get(entry.get("technicianUsername"), ())
    ):
        return False
    if body.get("machineIDFilters"):
        return (entry.get("machine") or {}).get("machineID") in body["machineIDFilters"]
    return True


def list_history(server, body):
    wanted = body.get("maxResults", DEFAULT_MAX_RESULTS)
    if wanted < 0:
        raise Refused("maxResults must not be negative")
    if server.switches.history_cap is not None:
        wanted = min(wanted, server.switches.history_cap)
    group_ids = {name: each["groupIDs"] for name, each in server.site["technicians"].items()}
    newest_first = sorted(server.site["history"], key=lambda entry: -entry["start"])

    def found():
        for entry in newest_first:
            last = entry["sessionID"] == body.get("searchUntilSessionID")
            if _matches(entry, body, group_ids) and not (
                last and server.switches.search_until == "before"
            ):
                yield entry
            if last:
                return

    return [_shown(server, entry, HISTORY) for entry in islice(found(), wanted)]


def _shown(server, record: dict, shape) -> dict:
    answer = show(record, shape, server.switches.nulls)
    if record.get("machine") is not None:
        answer["machine"] = shown(server, record["machine"])
    return answer


def list_alerts(server, body):
    now = server.clock.now_ms()
    return [
        show({**alert, "stateAgeMS": now - alert["state_since_ms"]}, ALERT, server.switches.nulls)
        for alert in server.site["alerts"]
    ]


def _list_sessions(server, kind: str, shape) -> list[dict]:
    now = server.clock.now_ms()
    return [
        _shown(server, {**each, "elapsedTime": now - each["startTime"]}, shape)
        for each in server.site[kind]
    ]


def list_queue(server, body):
    """Customers who wait: their time in the queue is the time that the session has lasted."""
    sessions = _list_sessions(server, "support_queue", SUPPORT_SESSION)
    for session in sessions:
        session["customer"]["timeInQueue"] = session["elapsedTime"]
    return sessions


def list_support_sessions(server, body):
    return _list_sessions(server, "support_sessions", SUPPORT_SESSION)


def list_access_sessions(server, body):
    return _list_sessions(server, "access_sessions", ACCESS_SESSION)

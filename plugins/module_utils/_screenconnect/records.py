"""What ScreenConnect says of sessions and their events: checked, made uniform, and in words."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from .._core.errors import ServerError
from .filters import TYPES
from .properties import PropertyNames

# What a session's type is called -> its number on the wire.
TYPE_NUMBERS = {"support": 0, "meeting": 1, "access": 2}
GUEST = 2  # the ProcessType of a guest's connection
ADDED_NOTE, QUEUED_COMMAND, QUEUED_MESSAGE, QUEUED_TOOL, RAN_COMMAND = 32, 44, 45, 47, 70
PROCESSED = 10  # what lies between the number of a queued event and that of its counterpart
EVENTS = {
    0: "none",
    10: "connected",
    11: "disconnected",
    20: "created_session",
    21: "ended_session",
    30: "initiated_join",
    31: "invited_guest",
    32: "added_note",
    40: "queued_reinstall",
    41: "queued_uninstall",
    42: "queued_invalidate_license",
    43: "queued_wake",
    44: "queued_command",
    45: "queued_message",
    46: "queued_guest_info_update",
    47: "queued_tool",
    48: "queued_force_disconnect",
    49: "queued_install_access",
    50: "processed_reinstall",
    51: "processed_uninstall",
    52: "processed_invalidate_license",
    53: "processed_wake",
    54: "processed_command",
    55: "processed_message",
    56: "processed_guest_info_update",
    57: "processed_tool",
    58: "processed_force_disconnect",
    60: "modified_name",
    61: "modified_is_public",
    62: "modified_code",
    63: "modified_host",
    64: "modified_custom_property",
    65: "modified_guest_info",
    70: "ran_command",
    71: "sent_message",
    100: "queued_uninstall_and_delete",
    101: "queued_elevated_tool",
}
IDENTIFIER = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
# A key of the guest's, which must not be passed on; and what is said in another way.
DROPPED = ("LegacyEncryptionKey", "CustomPropertyValues", "CustomProperties")
_TIME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,6})\d*)?(Z|[+-]\d\d:\d\d)?")
_NEVER = datetime.min.replace(tzinfo=UTC)
# What is named as the options name it.
_NAMES = {"session_id": "id", "session_type": "type"}


def session_record(raw: Any, names: PropertyNames) -> dict:
    """Return a session as the server tells it, made uniform. Raises ServerError for what is none.

    All but the identifier may be missing. ``Name`` is what the session is shown under: its own
    name, else that of its machine, else its identifier; ``OwnName`` is empty where it has none.
    """
    if (
        not isinstance(raw, dict)
        or not isinstance(raw.get("SessionID"), str)
        or not raw["SessionID"]
    ):
        raise ServerError("The server answered a session without a SessionID.")
    guest = raw.get("GuestInfo") or {}
    connections = raw.get("ActiveConnections") or []
    if (
        not isinstance(guest, dict)
        or not isinstance(connections, list)
        or not all(isinstance(each, dict) for each in connections)
    ):
        raise ServerError(
            "The server answered a session whose GuestInfo or ActiveConnections are not of the documented shape."
        )
    texts = {name: _text(raw, name) for name in ("Name", "Host", "Code")}
    identifier, machine = raw["SessionID"].lower(), _text(guest, "MachineName")
    return {
        **{name: value for name, value in raw.items() if name not in DROPPED},
        **texts,
        "SessionID": identifier,
        "Name": next((name for name in (texts["Name"], machine) if name.strip()), identifier),
        "OwnName": texts["Name"],
        "MachineName": machine,
        "SessionType": _type(raw.get("SessionType")),
        "IsPublic": bool(raw.get("IsPublic")),
        "IsEnded": bool(raw.get("IsEnded")),
        "CustomProperties": names.read(raw),
        "Online": _is_online(raw, connections),
    }


def events_and_connections(details: Mapping[str, Any]) -> tuple[list[dict], list[dict]]:
    """Return the events of a session, in order, and its connections. Raises ServerError for what is
    none.

    From 22.9 on all events lie in ``Events``; before, those of a connection, outputs among them,
    lie in ``Connections[].Events``, without its identifier. Three public clients, one of them the
    vendor's own extension, branch on that version; both places are read here.
    """
    events, connections = (
        in_order([event_record(raw) for raw in _objects(details, "Events")]),
        _objects(details, "Connections"),
    )
    known = {event["EventID"] for event in events}
    for connection in connections:
        own = {"ConnectionID": connection["ConnectionID"]} if "ConnectionID" in connection else {}
        of_it = in_order([{**own, **event_record(raw)} for raw in _objects(connection, "Events")])
        events += [event for event in of_it if event["EventID"] not in known]
    return sorted(events, key=_time), [
        {name: value for name, value in connection.items() if name != "Events"}
        for connection in connections
    ]


def event_record(raw: Any) -> dict:
    """Return an event if it is one, else raise ServerError. Its data is a text, whatever the server
    has in its place.
    """
    if (
        not isinstance(raw, dict)
        or not isinstance(raw.get("EventID"), str)
        or not isinstance(raw.get("EventType"), int)
    ):
        raise ServerError("The server answered an event without EventID or EventType.")
    data = raw.get("Data")
    return {**raw, "Data": data if isinstance(data, str) else ""}


def in_order(events: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return events in the order of their times, whichever way round the server tells them; of one
    time, in the server's order.
    """
    events = list(events)
    if events and _time(events[0]) > _time(events[-1]):
        events.reverse()
    return sorted(events, key=_time)


def _time(event) -> datetime:
    return moment(event.get("Time")) or _NEVER


def _objects(record, name) -> list[dict]:
    found = record.get(name) or []
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise ServerError(f"The server answered a session whose {name} are not a list of objects.")
    return found


def moment(text: Any) -> datetime | None:
    """Return the time that a text of the server's tells, None for what is none and for year 1,
    which means never.

    Its seconds have seven decimal places, of which Python keeps six.
    """
    match = _TIME.fullmatch(text) if isinstance(text, str) else None
    if not match or text.startswith("0001-"):
        return None
    try:
        found = datetime.fromisoformat(
            f"{match[1]}.{(match[2] or '').ljust(6, '0')}{(match[3] or '+00:00').replace('Z', '+00:00')}"
        )
        return found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def shown_session(record: Mapping[str, Any]) -> dict:
    """Return a session for people: names in snake case, times without superfluous digits, null for
    never.
    """
    properties = record["CustomProperties"]
    shown = {
        _NAMES.get(name, name): value
        for name, value in _shown({**record, "CustomProperties": None}).items()
    }
    return {**shown, "custom_properties": dict(properties)}


def shown_event(event: Mapping[str, Any]) -> dict:
    """Return an event for people, with what its type is called."""
    return {**_shown(event), "event": EVENTS.get(event["EventType"], "unknown")}


def shown_connection(connection: Mapping[str, Any]) -> dict:
    """Return a connection for people."""
    return _shown(connection)


def _shown(value, name=""):
    if isinstance(value, dict):
        return {_snake_case(key): _shown(item, key) for key, item in value.items()}
    if isinstance(value, list):
        return [_shown(item) for item in value]
    if name.endswith("Time") and isinstance(value, str) and _TIME.fullmatch(value):
        return found.isoformat().replace("+00:00", "Z") if (found := moment(value)) else None
    return value


@lru_cache(maxsize=1000)
def _snake_case(name) -> str:
    return re.sub("(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def _text(record, name) -> str:
    value = record.get(name)
    if value is not None and not isinstance(value, str):
        raise ServerError(f"The server answered a session whose {name} is not a text.")
    return value or ""


def _type(value) -> str:
    """Return what a type is called, which the server tells by number or by name."""
    by_number = {number: name for name, number in TYPE_NUMBERS.items()}
    by_name = {name: kind for kind, name in TYPES.items()}
    return (
        by_number.get(value) or by_name.get(value) or "unknown"
        if isinstance(value, (int, str))
        else "unknown"
    )


def _is_online(raw, connections) -> bool:
    """Tell whether the guest is connected. Lists do not say so: it has a connection now, or has
    connected after it last disconnected.
    """
    if any(connection.get("ProcessType") == GUEST for connection in connections):
        return True
    connected, disconnected = (
        moment(raw.get(f"LastGuest{what}EventTime")) for what in ("Connected", "Disconnected")
    )
    return connected is not None and (disconnected is None or connected > disconnected)

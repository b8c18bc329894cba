"""How a simulated ScreenConnect server shows sessions, with what it derives from their events and
connections.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from datetime import UTC, datetime

from .site import (
    ADDED_NOTE,
    CONNECTED,
    DISCONNECTED,
    GUEST,
    GUEST_NUMBERS,
    GUEST_TEXTS,
    GUEST_TIMES,
    HOST,
    PROPERTIES,
    SESSION_TYPES,
    live,
)

NEVER = "0001-01-01T00:00:00"
NO_ID = "00000000-0000-0000-0000-000000000000"


def time_text(time_ms: int | None) -> str:
    """A moment with the seven digits of .NET; None is never, which has no zone."""
    if time_ms is None:
        return NEVER
    return (
        f"{datetime.fromtimestamp(time_ms // 1000, UTC):%Y-%m-%dT%H:%M:%S}.{time_ms % 1000:03}0000Z"
    )


def last(session: dict, kinds: tuple[int, ...] = (), process: int | None = None) -> int | None:
    """When the newest event of these types (none: any) took place, of connections of a process
    where one is named; None where none did.
    """
    of_process = {
        each["ConnectionID"] for each in session["connections"] if each["ProcessType"] == process
    }
    times = [
        event["Time"]
        for event in session["events"]
        if (not kinds or event["EventType"] in kinds)
        and (process is None or event["ConnectionID"] in of_process)
    ]
    return max(times, default=None)


def guest_info(session: dict) -> dict:
    """What a guest says of itself; what it did not report is empty, zero or never."""
    info = session["GuestInfo"]
    return {
        **{name: info.get(name, "") for name in GUEST_TEXTS},
        **{name: info.get(name, 0) for name in GUEST_NUMBERS},
        **{name: time_text(info.get(name)) for name in GUEST_TIMES},
        "IsLocalAdminPresent": info.get("IsLocalAdminPresent", False),
    }


def show(server, session_id: str, among_details: bool = False) -> dict:
    """A session as the server answers it."""
    session, switches = server.site["sessions"][session_id], server.switches
    shown = {
        "SessionID": session_id,
        "SessionType": SESSION_TYPES[session["SessionType"]],
        **{
            name: session[name]
            for name in (
                "Name",
                "Host",
                "IsPublic",
                "Code",
                "IsEnded",
                "Attributes",
                "LegacyEncryptionKey",
            )
        },
    }
    values = session["CustomPropertyValues"]
    shape = switches.custom_properties_shape
    if shape == "by_method":
        shape = "array" if among_details else "object"
    if shape != "object":
        shown["CustomPropertyValues"] = list(values)
    if shape != "array":
        shown["CustomProperties"] = {
            f"CustomProperty{number + 1}": values[number] for number in range(PROPERTIES)
        }
    if switches.notes_attribute != "absent":
        notes = [event["Data"] for event in session["events"] if event["EventType"] == ADDED_NOTE]
        shown["Notes"] = "\n".join(notes if switches.notes_attribute == "all" else notes[-1:])
    shown |= {
        "GuestInfo": guest_info(session),
        **{name: session[name] for name in ("GuestNetworkAddress", "GuestClientVersion")},
        "GuestInfoUpdateTime": time_text(session["GuestInfoUpdateTime"]),
        "ActiveConnections": [
            {name: connection[name] for name in ("ConnectionID", "ProcessType", "ParticipantName")}
            for process in (HOST, GUEST)
            for connection in live(session, process)
        ],
        "LastEventTime": time_text(last(session)),
        "LastConnectedEventTime": time_text(last(session, (CONNECTED,))),
        "LastGuestConnectedEventTime": time_text(last(session, (CONNECTED,), GUEST)),
        "LastGuestDisconnectedEventTime": time_text(last(session, (DISCONNECTED,), GUEST)),
        "LastAlteredVersion": last(session) or 0,
    }
    if switches.guest_count == "always" or among_details and switches.guest_count == "details":
        shown["GuestConnectedCount"] = len(live(session, GUEST))
    queued = [event for event in session["events"] if event["EventID"] in session["queue"][:1]]
    first = queued[0] if queued else {"EventType": 0, "Host": "", "Data": "", "ConnectionID": ""}
    shown |= {f"Queued{name}": first[name] for name in ("EventType", "Host", "Data")} | {
        "QueuedConnectionID": first["ConnectionID"] or NO_ID
    }
    return (
        shown if switches.empty_fields == "shown" else _without_empty(shown, switches.empty_fields)
    )


def _without_empty(shown: dict, form: str) -> dict:
    """What is shown of a session, with its empty fields left out or null. Custom properties stay
    what they are.
    """
    filled = {}
    for name, value in shown.items():
        if name == "GuestInfo" and not any(
            each not in ("", NEVER, 0, False) for each in value.values()
        ):
            value = {}
        elif name == "GuestInfo":
            value = _without_empty(value, form)
        if value not in ("", NEVER, []) and value != {}:
            filled[name] = value
        elif form == "null":
            filled[name] = None
    return filled


def details(server, session_id: str) -> dict:
    """A session with its events and connections."""
    session, switches = server.site["sessions"][session_id], server.switches
    events = (
        session["events"][-switches.events_shown :] if switches.events_shown else session["events"]
    )
    shown = [
        {**event, "Time": time_text(event["Time"]), "ConnectionID": event["ConnectionID"] or NO_ID}
        for event in events
    ]
    if switches.event_order == "newest_first":
        shown.reverse()
    connections = [dict(connection) for connection in session["connections"]]
    if switches.keeps_events_with_connections():
        for connection in connections:
            connection["Events"] = [
                {name: value for name, value in event.items() if name != "ConnectionID"}
                for event in shown
                if event["ConnectionID"] == connection["ConnectionID"]
            ]
        own = {connection["ConnectionID"] for connection in connections}
        shown = [
            {name: value for name, value in event.items() if name != "ConnectionID"}
            for event in shown
            if event["ConnectionID"] not in own
        ]
    return {
        "Session": show(server, session_id, among_details=True),
        "Events": shown,
        "Connections": connections,
    }

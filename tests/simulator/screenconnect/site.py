"""The state of a simulated ScreenConnect server as one JSON-able dict, and how a seed becomes a
complete one.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pickle
import uuid

from ..clock import START_MS

SESSION_TYPES = {"Support": 0, "Meeting": 1, "Access": 2}
PROPERTIES = 8
"""How many custom properties a session has."""
HOST, GUEST = 1, 2
"""The ProcessType of a connection."""

CONNECTED, DISCONNECTED, CREATED, ADDED_NOTE = 10, 11, 20, 32
QUEUED_COMMAND, QUEUED_MESSAGE, QUEUED_TOOL = 44, 45, 47
PROCESSED = {QUEUED_COMMAND: 54, QUEUED_MESSAGE: 55, QUEUED_TOOL: 57}
MODIFIED_NAME, MODIFIED_CUSTOM_PROPERTY, RAN_COMMAND = 60, 64, 70
"""Types of events."""

GUEST_TEXTS = (
    "MachineName",
    "MachineDomain",
    "MachineSerialNumber",
    "MachineManufacturerName",
    "MachineModel",
    "MachineProductNumber",
    "MachineDescription",
    "LoggedOnUserName",
    "LoggedOnUserDomain",
    "OperatingSystemName",
    "OperatingSystemVersion",
    "ProcessorName",
    "PrivateNetworkAddress",
    "HardwareNetworkAddress",
    "TimeZoneName",
)
GUEST_NUMBERS = (
    "ProcessorVirtualCount",
    "SystemMemoryTotalMegabytes",
    "SystemMemoryAvailableMegabytes",
    "TimeZoneOffsetHours",
)
GUEST_TIMES = ("LastBootTime", "LastActivityTime")
GUEST_INFO = (*GUEST_TEXTS, *GUEST_NUMBERS, *GUEST_TIMES, "IsLocalAdminPresent")
"""The attributes of a guest; times are milliseconds since 1970 here, None for never."""

_SESSION = {
    "Name": (str, ""),
    "Host": (str, ""),
    "IsPublic": (bool, False),
    "Code": (str, ""),
    "IsEnded": (bool, False),
    "Attributes": (int, 0),
    "LegacyEncryptionKey": (str, ""),
    "GuestNetworkAddress": (str, ""),
    "GuestClientVersion": (str, ""),
}
_KEPT = ("GuestInfo", "GuestInfoUpdateTime", "connections", "queue", "running", "files", "programs")
_EVENT = {
    "Time": (int, None),
    "EventType": (int, None),
    "Host": (str, ""),
    "Data": (str, ""),
    "ConnectionID": (str, ""),
}


def copy(value):
    """A deep copy, several times faster than copy.deepcopy for a large site."""
    return pickle.loads(pickle.dumps(value, -1))


def complete(seed: dict | None) -> dict:
    """A whole site from a seed that may leave out whatever is not of interest; None stands for a
    server without a session.

    README.md describes the shape. Raises ValueError where the seed has a name or a type that the
    shape does not know.
    """
    seed = copy(seed or {})
    site = {
        "now_ms": seed.pop("now_ms", START_MS),
        "allowed_origin": seed.pop("allowed_origin", None),
        "user_name": seed.pop("user_name", ""),
        "toolbox": seed.pop("toolbox", []),
        "last_number": seed.pop("last_number", 0),
        "sessions": {},
    }
    for session_id, given in seed.pop("sessions", {}).items():
        site["sessions"][session_id] = _session(site, session_id, given)
    if seed:
        raise ValueError(f"a site has no {', '.join(seed)}")
    return site


def new_id(site: dict) -> str:
    """An id that was never given out before, the same in each run."""
    site["last_number"] += 1
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"simulated {site['last_number']}"))


def add_event(
    site: dict,
    session: dict,
    kind: int,
    time_ms: int,
    data: str = "",
    host: str = "",
    connection_id: str = "",
) -> dict:
    """Note that something happened to a session, and return the event."""
    event = {
        "EventID": new_id(site),
        "EventType": kind,
        "Time": time_ms,
        "Host": host,
        "Data": data,
        "ConnectionID": connection_id,
    }
    session["events"].append(event)
    return event


def new_session(
    site: dict, kind: str, created_ms: int, events: list[dict] | None = None, **given
) -> dict:
    """A session with the least that a server knows of one, and with its creation as the one event
    where none are given.
    """
    session = _filled("a session", given, _SESSION) | {
        "SessionType": kind,
        "CustomPropertyValues": [""] * PROPERTIES,
        "GuestInfo": {},
        "GuestInfoUpdateTime": None,
        "events": [],
        "connections": [],
        "queue": [],
        "running": [],
        "files": {},
        "programs": {},
    }
    if events is None:
        add_event(site, session, CREATED, created_ms)
        return session
    session["events"] = [
        {
            "EventID": event.pop("EventID", None) or new_id(site),
            **_filled("an event", event, _EVENT),
        }
        for event in events
    ]
    return session


def live(session: dict, process: int) -> list[dict]:
    """The connections of hosts or guests that have not ended."""
    ended = {
        event["ConnectionID"] for event in session["events"] if event["EventType"] == DISCONNECTED
    }
    return [
        each
        for each in session["connections"]
        if each["ProcessType"] == process and each["ConnectionID"] not in ended
    ]


def connect(site: dict, session: dict, process: int, time_ms: int, participant: str = "") -> dict:
    """Begin a connection, and return it. A guest has no name."""
    connection = {
        "ConnectionID": new_id(site),
        "ProcessType": process,
        "ParticipantName": participant,
    }
    session["connections"].append(connection)
    add_event(
        site,
        session,
        CONNECTED,
        time_ms,
        host=participant,
        connection_id=connection["ConnectionID"],
    )
    return connection


def disconnect(site: dict, session: dict, process: int, time_ms: int) -> None:
    """End the connections of all hosts or guests."""
    for connection in live(session, process):
        add_event(
            site,
            session,
            DISCONNECTED,
            time_ms,
            host=connection["ParticipantName"],
            connection_id=connection["ConnectionID"],
        )


def _session(site: dict, session_id: str, given: dict) -> dict:
    """A session of a seed. `online` stands for a guest that has been connected for an hour, or
    (False) was until an hour ago; `hosts` for people who are.
    """
    if session_id != str(uuid.UUID(session_id)):
        raise ValueError(f"a session's id is a GUID in small letters, not {session_id!r}")
    given = dict(given)
    online, hosts = given.pop("online", None), given.pop("hosts", [])
    kind = given.pop("SessionType", "Access")
    if kind not in SESSION_TYPES:
        raise ValueError(f"SessionType must be one of {', '.join(SESSION_TYPES)}, not {kind!r}")
    kept = {name: given.pop(name) for name in _KEPT if name in given}
    values = given.pop("CustomPropertyValues", [])
    session = new_session(site, kind, site["now_ms"] - 86_400_000, **given) | kept
    session["CustomPropertyValues"] = [*values, *[""] * (PROPERTIES - len(values))]
    if len(session["CustomPropertyValues"]) != PROPERTIES or not all(
        isinstance(value, str) for value in values
    ):
        raise ValueError(f"a session has {PROPERTIES} custom properties, which are texts")
    if unknown := session["GuestInfo"].keys() - set(GUEST_INFO):
        raise ValueError(f"a guest has no {', '.join(sorted(unknown))}")
    hour_ago = site["now_ms"] - 3_600_000
    if online is not None:
        connect(site, session, GUEST, hour_ago - (not online) * 3_600_000)
    if online is False:
        disconnect(site, session, GUEST, hour_ago)
    for host in hosts:
        connect(site, session, HOST, hour_ago, host)
    # What a shell was doing when a dump was made, it does from the beginning.
    session["queue"] = [
        each["EventID"] for each in session["running"] if each["output"] is None
    ] + session["queue"]
    session["running"] = [each for each in session["running"] if each["output"] is not None]
    return session


def _filled(where: str, given: dict, shape: dict) -> dict:
    """The attributes of the shape, those that were not given with their defaults."""
    if unknown := given.keys() - shape.keys():
        raise ValueError(f"{where} has no {', '.join(sorted(unknown))}")
    filled = {name: given.get(name, default) for name, (_kind, default) in shape.items()}
    for name, (kind, _default) in shape.items():
        if (
            not isinstance(filled[name], kind)
            or isinstance(filled[name], bool)
            and kind is not bool
        ):
            raise ValueError(f"{name} of {where} must be {kind.__name__}, not {filled[name]!r}")
    return filled

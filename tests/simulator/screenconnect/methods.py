"""Every method of the extension: its parameters, whether it writes, and what it does."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from . import filters, guests, sessions
from .answers import NOTHING, Refused, broken
from .site import (
    ADDED_NOTE,
    MODIFIED_CUSTOM_PROPERTY,
    MODIFIED_NAME,
    PROPERTIES,
    QUEUED_COMMAND,
    QUEUED_MESSAGE,
    QUEUED_TOOL,
    SESSION_TYPES,
    add_event,
    new_id,
    new_session,
)

_GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@dataclass(frozen=True)
class Method:
    """One method. `parameters` are its names in order with their types; `carry_out` is called with
    the server and the checked values.

    `carry_out` returns a JSON value or NOTHING, and may raise Refused.
    """

    carry_out: Callable
    parameters: dict[str, str]
    writes: bool = False


# --- Reads


def _visible(server, found: list[str]) -> list[str]:
    """Those of the sessions that can be seen already; each that cannot has been looked for once
    more.
    """
    visible = []
    for session_id in found:
        if server.hidden_reads.get(session_id):
            server.hidden_reads[session_id] -= 1
        else:
            visible.append(session_id)
    return visible


def _shown(server, found: list[str]) -> list[dict]:
    return [sessions.show(server, session_id) for session_id in _visible(server, found)]


def _by_filter(server, text: str) -> list[dict]:
    if not text.strip():
        raise broken("a filter is not empty")
    return _shown(server, filters.select(server, text))


def _by_name(server, name: str) -> list[dict]:
    wanted = server.comparable(name)
    return _shown(
        server,
        [
            key
            for key, session in server.site["sessions"].items()
            if server.comparable(session["Name"]) == wanted
        ],
    )


def _by_id(server, session_id: str) -> list[dict]:
    return _shown(server, _known(server, session_id))


def _details(server, session_id: str):
    if not _GUID.fullmatch(session_id):
        raise Refused("Guid should contain 32 digits with 4 dashes")
    for found in _visible(server, _known(server, session_id)):
        return sessions.details(server, found)
    if server.switches.unknown_details == "error":
        raise Refused("Session not found")
    return (
        {"Session": None, "Events": [], "Connections": []}
        if server.switches.unknown_details == "empty"
        else None
    )


# --- Writes


def _create(server, kind, name: str, is_public: bool, code: str, values: list[str]):
    site, kind, values = (
        server.site,
        _session_type(server, kind),
        _eight(server, values, [""] * PROPERTIES),
    )
    session_id = new_id(site)
    session = new_session(
        site, kind, server.clock.now_ms(), Name=name, IsPublic=is_public, Code=code
    )
    site["sessions"][session_id] = session | {"CustomPropertyValues": values}
    server.hidden_reads[session_id] = server.switches.eventual_reads
    shown = sessions.show(server, session_id)
    return {
        "session": shown,
        "id_object": {"SessionID": session_id},
        "id": session_id,
        "array": [shown],
    }[server.switches.created_answer]


def _session_type(server, given: int | str) -> str:
    wire, is_number = server.switches.session_type_wire, not isinstance(given, str)
    if isinstance(given, str) and wire != "integer" and given in SESSION_TYPES:
        return given
    for name, number in SESSION_TYPES.items():
        if is_number and wire != "name" and given == number:
            return name
    raise Refused(
        "Cannot convert the value to type SessionType", violation=is_number and wire != "name"
    )


def _rename(server, session_id: str, name: str):
    for session in _written(server, session_id):
        if session["Name"] != name:
            session["Name"] = name
            add_event(server.site, session, MODIFIED_NAME, server.clock.now_ms(), name)
    return NOTHING


def _set_properties(server, session_id: str, values: list[str]):
    for session in _written(server, session_id):
        before = session["CustomPropertyValues"]
        session["CustomPropertyValues"] = _eight(server, values, before)
        for old, new in zip(before, session["CustomPropertyValues"], strict=True):
            if old != new:
                add_event(
                    server.site, session, MODIFIED_CUSTOM_PROPERTY, server.clock.now_ms(), new
                )
    return NOTHING


def _eight(server, values: list[str], before: list[str]) -> list[str]:
    """Eight custom properties from those that were given and those that there were before."""
    if len(values) > PROPERTIES:
        raise broken(f"a session has {PROPERTIES} custom properties")
    if len(values) < PROPERTIES and server.switches.short_arrays == "refuse":
        raise Refused("Index was outside the bounds of the array.")
    rest = before if server.switches.short_arrays == "keep" else [""] * PROPERTIES
    return values + rest[len(values) :]


def _add_note(server, session_id: str, text: str):
    for session in _written(server, session_id):
        add_event(server.site, session, ADDED_NOTE, server.clock.now_ms(), text)
    return NOTHING


def _send_command(server, session_id: str, command: str):
    for session in _written(server, session_id):
        guests.queue(server, session, QUEUED_COMMAND, command)
    return NOTHING


def _send_message(server, session_id: str, by_host: str, message: str):
    for session in _written(server, session_id):
        guests.queue(server, session, QUEUED_MESSAGE, message, by_host)
    return NOTHING


def _send_toolbox_item(server, session_id: str, name: str):
    for session in _written(server, session_id):
        if name in server.site["toolbox"]:
            guests.queue(server, session, QUEUED_TOOL, name)
        elif server.switches.unknown_toolbox_item == "error":
            raise Refused("Toolbox item not found")
    return NOTHING


def _known(server, session_id: str) -> list[str]:
    """The id of the session with this id, if there is one; the case of a GUID does not count."""
    return [session_id.lower()] if session_id.lower() in server.site["sessions"] else []


def _written(server, session_id: str) -> list[dict]:
    """The session that is written to, if there is one."""
    found = [server.site["sessions"][known] for known in _known(server, session_id)]
    if not found and server.switches.unknown_session == "error":
        raise Refused("Session not found")
    return found


# --- The table

METHODS = {
    "GetSessionsByFilter": Method(_by_filter, {"sessionFilter": "string"}),
    "GetSessionsByName": Method(_by_name, {"sessionName": "string"}),
    "GetSessionBySessionID": Method(_by_id, {"sessionID": "string"}),
    "GetSessionDetailsBySessionID": Method(_details, {"sessionID": "string"}),
    "CreateSession": Method(
        _create,
        {
            "sessionType": "type",
            "name": "string",
            "isPublic": "boolean",
            "code": "string",
            "customPropertyValues": "strings",
        },
        True,
    ),
    "UpdateSessionName": Method(_rename, {"sessionID": "string", "newName": "string"}, True),
    "UpdateSessionCustomProperties": Method(
        _set_properties, {"sessionID": "string", "newCustomProperties": "strings"}, True
    ),
    "AddNoteToSession": Method(_add_note, {"sessionID": "string", "noteBody": "text"}, True),
    "SendCommandToSession": Method(_send_command, {"sessionID": "string", "command": "text"}, True),
    "SendMessageToSession": Method(
        _send_message, {"sessionID": "string", "byHost": "string", "message": "text"}, True
    ),
    "SendToolboxItemToSession": Method(
        _send_toolbox_item, {"sessionID": "string", "toolboxItemName": "text"}, True
    ),
}
"""Name of a method -> Method."""

_HOLDS = {
    "string": lambda value: isinstance(value, str),
    "text": lambda value: isinstance(value, str) and value.strip() and "\0" not in value,
    "boolean": lambda value: isinstance(value, bool),
    "type": lambda value: isinstance(value, (int, str)) and not isinstance(value, bool),
    "strings": lambda value: (
        isinstance(value, list) and all(isinstance(item, str) for item in value)
    ),
}
"""What each type demands: "text" is a string with something in it and without a NUL, "type" a
number or a name.
"""


def arguments(method: Method, given: object) -> list:
    """The values of a method's parameters, from an array in their order or, for a read, from an
    object with their names. Raises Refused.
    """
    names = list(method.parameters)
    if isinstance(given, dict) and not method.writes:
        if given.keys() - method.parameters.keys():
            raise broken("Unknown parameter")
        if len(given) != len(names):
            raise broken("Missing parameter")
        given = [given[name] for name in names]
    if not isinstance(given, list):
        raise broken("the body is an array of parameters")
    if len(given) != len(names):
        raise broken("Parameter count mismatch")
    for name, value in zip(names, given, strict=True):
        if not _HOLDS[method.parameters[name]](value):
            raise broken(f"{name} must be of type {method.parameters[name]}")
    return given

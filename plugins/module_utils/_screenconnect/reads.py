"""What ScreenConnect's reading module returns, and how its options choose among it."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._core.errors import InputError
from .._core.server import Server
from .api import Backend
from .filters import EVERYTHING, TYPES, selecting, where_spec
from .records import IDENTIFIER, in_order, shown_connection, shown_event, shown_session

# The options that choose sessions, which the inventory has as well.
SELECTING = {
    "types": {"type": "list", "elements": "str", "choices": list(TYPES)},
    "where": {"type": "dict", "options": where_spec()},
    "like": {"type": "dict", "options": where_spec()},
    "filter": {"type": "str"},
    "online": {"type": "bool"},
}
INFO_SPEC = {
    "ids": {"type": "list", "elements": "str"},
    "names": {"type": "list", "elements": "str"},
    **SELECTING,
    "details": {"type": "bool", "default": False},
}
CHOOSING = [name for name in SELECTING if name != "online"]  # those that the server is asked with
INFO_RULES = {
    "mutually_exclusive": [
        ["ids", "names"],
        *([one, other] for one in ("ids", "names") for other in CHOOSING),
    ]
}


def read_sessions(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Return the sessions that fit all the options, by name, with their events and connections if
    they are asked for.
    """
    backend = server.backend
    found = {record["SessionID"]: record for record in _found(backend, params)}
    records = sorted(found.values(), key=lambda record: (record["Name"], record["SessionID"]))
    if params["online"] is not None:
        records = [record for record in records if record["Online"] == params["online"]]
    sessions = [shown_session(record) for record in records]
    if params["details"]:
        for session, details in zip(
            sessions,
            backend.session.each(backend.details, [session["id"] for session in sessions]),
            strict=True,
        ):
            session["events"] = [shown_event(event) for event in in_order(details["Events"])]
            session["connections"] = [
                shown_connection(connection) for connection in details["Connections"]
            ]
    return {"changed": False, "sessions": sessions}


def selected(backend: Backend, params: Mapping[str, Any]) -> list[dict]:
    """Return the sessions that ``types``, ``where``, ``like`` and ``filter`` choose; without any,
    all.
    """
    return backend.sessions_again(
        "GetSessionsByFilter", selecting(params, backend.names) or EVERYTHING
    )


def _found(backend, params):
    if params["ids"] is not None:
        for identifier in params["ids"]:
            if not IDENTIFIER.fullmatch(identifier):
                raise InputError(f"ids: {identifier!r} is not the identifier of a session.")
        answers = backend.session.each(
            lambda identifier: backend.sessions_again("GetSessionBySessionID", identifier),
            dict.fromkeys(params["ids"]),
        )
    elif params["names"] is not None:
        answers = backend.session.each(backend.called, dict.fromkeys(params["names"]))
    else:
        answers = [selected(backend, params)]
    return [record for answer in answers for record in answer]

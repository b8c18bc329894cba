"""Which sessions are meant, and how one or many are kept as they are described."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .._core.errors import InputError
from .._core.reconcile import carry_out, config_spec, export_config, manage_object, planned
from .._core.resource import Platform
from .._core.server import Server
from .filters import TYPES
from .records import IDENTIFIER
from .resources import SESSION

FEW = 3  # sessions up to which it is cheaper to look for each than to read the whole list
# Which sessions an action is for.
TARGETS = {
    "sessions": {"type": "list", "elements": "str", "required": True},
    "type": {"type": "str", "choices": list(TYPES)},
}
EXPORT_SPEC = {
    "types": {"type": "list", "elements": "str", "choices": list(TYPES), "default": list(TYPES)}
}


def many_spec(platform: Platform) -> dict:
    """Return the options of the module that keeps many sessions: no others than those of one, as
    none can be removed.
    """
    return {"config": config_spec(platform)["config"]}


def manage_session(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Bring one session to the state that ``params`` describe."""
    described = _described(server, params)
    # The list of all is not needed for it, but those that are called as it will be.
    if described["id"] is not None:
        server.read_some(
            SESSION,
            [
                {"id": described["id"]},
                *([{"name": described["name"]}] if described["name"] is not None else []),
            ],
        )
    return manage_object(SESSION, server, described, check_mode)


def manage_sessions(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Bring many sessions to the state that a document describes."""
    described = [_described(server, session) for session in params["config"]["session"] or ()]
    changes = planned(server, lambda: server.plan({SESSION.name: described})) if described else []
    return carry_out(server, changes, check_mode)


def export_sessions(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Return the sessions of some types as the document that describes them. One of a type that
    nobody knows is left out by no choice.
    """
    others = set(TYPES) - set(params["types"])
    document = export_config(server, [SESSION.name])
    return {
        "changed": False,
        "config": {
            SESSION.name: [
                session for session in document[SESSION.name] if session["type"] not in others
            ]
        },
    }


def meant(server: Server, references: Sequence[str], kind: str | None) -> list[dict]:
    """Return the record of each session that is meant by its identifier or its name, in order, each
    once.

    ``kind`` is the type of those that are meant by name. Raises InputError for what means none or
    several.
    """
    if not references:
        raise InputError("sessions names no session.")
    for reference in references:
        if not reference.strip():
            raise InputError("sessions has an empty name.")
    backend, found = server.backend, []
    if len(set(references)) > FEW:
        found = backend.list(SESSION)
    else:
        for reference in dict.fromkeys(references):
            found += backend.search(
                SESSION, {"id" if IDENTIFIER.fullmatch(reference) else "name": reference}
            )
    records = {}
    for reference in references:
        fitting = {
            record["SessionID"]: record for record in found if _is_meant(record, reference, kind)
        }
        if not fitting:
            raise InputError(
                f"There is no session with the ID or name {reference!r}{f' of type {kind}' if kind else ''}."
            )
        if len(fitting) > 1:
            candidates = ", ".join(
                f"{record['SessionID']} ({record['SessionType']})" for record in fitting.values()
            )
            raise InputError(
                f"Several sessions are called {reference!r}: {candidates}. Say which one is meant, by its ID."
            )
        records |= fitting
    return list(records.values())


def _is_meant(record, reference, kind) -> bool:
    if record["SessionID"] == reference.lower():
        return True
    return record["Name"] == reference and kind in (None, record["SessionType"])


def _described(server, params) -> dict:
    """Return the description of a session in the words that the server is compared in. Raises
    InputError for one that makes no sense.
    """
    identifier, properties = params["id"], params["custom_properties"]
    if identifier is None and (params["name"] is None or params["type"] is None):
        raise InputError("session: either id, or name and type must be given.")
    if identifier is not None and not IDENTIFIER.fullmatch(identifier):
        raise InputError(f"session: id {identifier!r} is not the identifier of a session.")
    return {
        **params,
        "id": identifier and identifier.lower(),
        "custom_properties": None
        if properties is None
        else server.backend.names.translated(properties),
    }

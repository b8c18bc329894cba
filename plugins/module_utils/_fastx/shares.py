"""The keys with which FastX's users share their sessions: given permissions, taken away, and used."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .._core.errors import InputError
from .._core.once import act
from .._core.server import Server
from .resources import PERMISSIONS
from .sessions import NAME, connection_of, find_session, parameters_of
from .steps import Step, carry_out, makes

_PERMS = {"type": "list", "elements": "str", "choices": list(PERMISSIONS)}
SPEC = {
    "session": {"type": "str"},
    "session_name": {"type": "str"},
    "key": {"type": "str", "no_log": True},
    "perms": _PERMS,
    "state": {
        "type": "str",
        "choices": ["present", "absent", "reset", "connected"],
        "default": "present",
    },
}
RULES = {
    "required_one_of": [["session", "session_name"]],
    "mutually_exclusive": [["session", "session_name"]],
    "required_if": [
        ["state", "present", ["key", "perms"]],
        ["state", "absent", ["key"]],
        ["state", "connected", ["key", "session"]],
    ],
}
INFO_SPEC = {
    "sessions": {"type": "list", "elements": "str"},
    "return_keys": {"type": "bool", "default": False, "no_log": False},
}


def manage_share(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Bring one sharing key of a session, or with ``reset`` several, to the state that ``params``
    describe, or connect with it.
    """
    backend, state, key = server.backend, params["state"], params["key"]
    if key is not None and not key.strip():
        raise InputError("key must not be empty.")
    if state == "reset" and key is not None:
        raise InputError("state=reset takes perms and no key; to remove one key, use state=absent.")
    connection: dict[str, Any] = {}
    if state == "connected":  # the session may be somebody else's, so that it cannot be seen

        def connect():
            told, _shown = act(
                backend.session,
                lambda: backend.tell("share/connect", dict, id=params["session"], key=key),
            )
            connection.update(connection_of(backend, told))

        result = carry_out(
            server.session, [Step("connect", "share", params["session"], connect)], check_mode
        )
        return {**result, "connection": connection} if connection else result
    sessions = backend.sessions()
    wanted = params["session"] if params["session_name"] is None else params["session_name"]
    known = [
        session
        for session in sessions
        if wanted
        in (session["id"] if params["session_name"] is None else parameters_of(session).get(NAME),)
    ]
    if not known and state == "absent":
        return carry_out(server.session, [], check_mode)
    session = find_session(sessions, params["session"], params["session_name"])

    def planned():
        return _Keys(backend, session["id"], wanted).steps(state, key, params["perms"])

    steps = planned()
    if makes(steps) and server.take_turn():
        steps = planned()
    result = carry_out(server.session, steps, check_mode)
    if state == "present":
        result["share"] = {"session": session["id"], "perms": sorted(set(params["perms"]))}
    return result


def read_shares(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Return who may do what with the user's sessions, all of them or those with some ids, with the
    keys only where they are asked for.
    """
    sessions = server.backend.sessions()
    if params["sessions"] is not None:
        sessions = [
            find_session(sessions, identifier, None)
            for identifier in dict.fromkeys(params["sessions"])
        ]
    shares = []
    for session, found in zip(
        sessions,
        server.backend.session.each(lambda session: server.backend.shares(session["id"]), sessions),
        strict=True,
    ):
        for share in found:
            key = {"key": share["key"]} if params["return_keys"] else {}
            name = parameters_of(session).get(NAME)
            perms = sorted(share.get("perms") or ())
            shares.append(
                {
                    "session": session["id"],
                    "session_name": name,
                    "perms": perms,
                    "timeout": share.get("timeout"),
                    **key,
                }
            )
    return {"changed": False, "shares": shares}


class _Keys:
    """The sharing keys of one session."""

    def __init__(self, backend, session: str, called: str):
        self._backend, self._session, self._called = backend, session, called
        self._there = self._read()

    def steps(self, state: str, key: str | None, perms: Sequence[str] | None) -> list[Step]:
        """Return the steps to a state."""
        if state == "reset":
            return self._reset(perms or [])
        there = self._there.get(key)
        if state == "absent":
            if there is None:
                return []
            return [
                self._step(
                    "delete",
                    "share/delete",
                    {"key": key},
                    {"perms": there},
                    None,
                    lambda keys: key not in keys,
                )
            ]
        wanted = sorted(set(perms or ()))
        if not wanted:
            raise InputError("perms must not be empty; to remove the key, use state=absent.")
        if there == wanted:
            return []
        action, call = ("create", "share/create") if there is None else ("update", "share/edit")
        before = None if there is None else {"perms": there}
        return [
            self._step(
                action,
                call,
                {"key": key, "perms": wanted},
                before,
                {"perms": wanted},
                lambda keys: keys.get(key) == wanted,
            )
        ]

    def _reset(self, perms) -> list[Step]:
        """Return the step that removes all keys with one of the permissions, or all; it is needed
        only where there is one.
        """
        gone = [key for key, there in self._there.items() if not perms or set(perms) & set(there)]
        left = {"keys": len(self._there) - len(gone)}
        # Not every server has it: that is said in check mode, too.
        call = self._backend.path("share/reset") and "share/reset"
        step = self._step(
            "reset",
            call,
            {"perms": sorted(set(perms))},
            {"keys": len(self._there)},
            left,
            lambda keys: not set(keys) & set(gone),
        )
        return [step] if gone else []

    def _step(self, action, call, body, before, after, reached) -> Step:
        backend = self._backend

        def do():
            act(
                backend.session,
                lambda: backend.tell(call, id=self._session, **body),
                lambda: reached(self._read()),
                lambda: "its list of keys does not show it.",
                twice=True,
            )

        return Step(action, "share", self._called, do, list(after or ()), before, after)

    def _read(self) -> dict[str, list[str]]:
        """Return the permissions of each key."""
        return {
            share["key"]: sorted(share.get("perms") or ())
            for share in self._backend.shares(self._session)
        }

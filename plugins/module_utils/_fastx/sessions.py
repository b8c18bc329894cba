"""FastX's sessions: found by what the user calls them, started once, given parameters, connected
to, left and ended.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import uuid4

from .._core.errors import Error, InputError, ServerError
from .._core.once import act
from .._core.quoting import as_written, quoted
from .._core.server import Server
from .answers import snake_case
from .api import Backend
from .resources import GEOMETRY
from .steps import Step, carry_out, makes

SPEC = {
    "id": {"type": "str"},
    "name": {"type": "str"},
    "bookmark": {"type": "str"},
    "shortcut": {"type": "str"},
    "command": {"type": "str"},
    "geometry": {"type": "str"},
    "params": {"type": "dict"},
    "purge_params": {"type": "bool", "default": False},
    "return_connection": {"type": "bool", "default": False},
    "wait_timeout": {"type": "float", "default": 30.0},
    "state": {
        "type": "str",
        "choices": ["started", "terminated", "disconnected"],
        "default": "started",
    },
}
RULES = {
    "required_one_of": [["id", "name", "bookmark", "shortcut"]],
    "mutually_exclusive": [
        ["command", "bookmark", "shortcut"],
        ["geometry", "bookmark", "shortcut"],
        ["id", "bookmark", "shortcut"],
    ],
}
# The parameters by which sessions are found. That the server keeps the name there is documented,
# that it keeps a shortcut there under this word is a guess.
NAME, SHORTCUT = "name", "shortcut"
LONGEST_WAIT = 600.0
# What a client needs to connect to a session, in the document's order.
CONNECTION = ("id", "login", "geometry", "window_mode", "port", "password", "params")


def manage_session(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Bring one session of the user to the state that ``params`` describe."""
    wanted = Wanted.of(params)

    def planned():
        work = _Work(server.backend, wanted, params["wait_timeout"])
        if params["state"] == "started":
            return work, work.started(params["purge_params"], params["return_connection"])
        return work, work.terminated() if params["state"] == "terminated" else work.disconnected()

    work, steps = planned()
    if makes(steps) and server.take_turn():
        work, steps = planned()
    result = carry_out(server.session, steps, check_mode)
    if params["state"] != "terminated":
        shown = (
            work.session
            if not check_mode or not steps
            else {**(work.session or {}), **work.foretold}
        )
        result["session"] = snake_case(shown)
    if work.connection:
        result["connection"] = work.connection
    return result


def find_session(sessions: Sequence[dict], identifier: str | None, name: str | None) -> dict:
    """Return the one session with an id, or with a name. Raises InputError where it is not exactly
    one.
    """
    if (identifier is None) == (name is None):
        raise InputError("Either id or name must be given.")
    found = [
        session
        for session in sessions
        if (
            session["id"] == identifier
            if name is None
            else parameters_of(session).get(NAME) == name
        )
    ]
    session = _only(found, f"with the id {identifier!r}" if name is None else f"named {name!r}")
    if session is None:
        raise InputError(
            f"There is no session {f'with the id {identifier!r}' if name is None else f'named {name!r}'} of this user."
        )
    return session


def parameters_of(session: Mapping[str, Any]) -> dict:
    """Return the user's parameters of a session."""
    return session.get("params") or {}


def connection_of(backend: Backend, told: Any) -> dict:
    """Return what a client needs to connect. From then on the one-time password is kept out of
    every message.
    """
    if not isinstance(told, dict) or not isinstance(told.get("password"), str):
        raise ServerError("FastX answered without a one-time password.", changed=True)
    backend.session.conceal([told["password"]])
    answer = snake_case(told)
    return {name: answer.get(name) for name in CONNECTION}


@dataclass(frozen=True)
class Wanted:
    """What the options of a session ask for."""

    id: str | None
    name: str | None
    bookmark: str | None
    shortcut: str | None
    command: str | None
    geometry: str | None
    params: Mapping[str, str]

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Wanted:
        """Take the options apart. Raises InputError for those that cannot be right whatever the
        server holds.
        """
        for option in ("id", "name", "bookmark", "shortcut", "command"):
            if given[option] is not None and not given[option].strip():
                raise InputError(f"{option} must not be empty.")
        if given["geometry"] is not None and not re.fullmatch(GEOMETRY, given["geometry"]):
            raise InputError(
                f"geometry must be WIDTHxHEIGHT, such as 1600x900, or rootless, not {given['geometry']!r}."
            )
        if not 0 <= given["wait_timeout"] <= LONGEST_WAIT:
            raise InputError(f"wait_timeout must be between 0 and {LONGEST_WAIT:.0f} seconds.")
        if given["state"] != "started" and (
            given["return_connection"] or given["params"] is not None or given["purge_params"]
        ):
            raise InputError("params, purge_params and return_connection are for state=started.")
        params = {key: _text(key, value) for key, value in (given["params"] or {}).items()}
        if given["name"] is not None and params.get(NAME, given["name"]) != given["name"]:
            raise InputError(
                f"params.name is {params[NAME]!r}, and name is {given['name']!r}: leave one of them out."
            )
        # A session that is started from a bookmark is called like it, if nothing else is said.
        name = given["name"] or params.get(NAME) or given["bookmark"]
        if name:
            params[NAME] = name
        if given["shortcut"] is not None:
            params[SHORTCUT] = given["shortcut"]
        return cls(
            given["id"],
            name,
            given["bookmark"],
            given["shortcut"],
            given["command"],
            given["geometry"],
            params,
        )

    @property
    def called(self) -> str:
        """What the user calls the session."""
        return self.id or self.shortcut or self.name or ""

    def fits(self, session: Mapping[str, Any]) -> bool:
        """Tell whether a session is the one that is meant."""
        if self.id is not None:
            return session["id"] == self.id
        key, value = (SHORTCUT, self.shortcut) if self.shortcut is not None else (NAME, self.name)
        return parameters_of(session).get(key) == value


class _Work:
    """What has to be done to one session, and what came of it."""

    def __init__(self, backend: Backend, wanted: Wanted, seconds: float):
        self._backend, self._wanted, self._seconds = backend, wanted, seconds
        sessions = backend.sessions()
        self._others = {session["id"] for session in sessions}
        self.session = _only(
            [session for session in sessions if wanted.fits(session)], f"called {wanted.called!r}"
        )
        self.foretold: dict[str, Any] = {}
        self.connection: dict | None = None
        self._told: Any = None

    # --- what has to be done ------------------------------------------------------------------------------------------

    def started(self, purge: bool, connect: bool) -> list[Step]:
        """Return the steps after which the session runs with its parameters, and is connected to
        where that is asked for.
        """
        wanted, steps = self._wanted, []
        if self.session is None:
            steps.append(self._start())
        else:
            if wanted.command is not None and wanted.command != self.session.get("command"):
                raise InputError(
                    f"The session {wanted.called!r} runs another command. To run this one in it, terminate the session and start it anew."
                )
            differing = self._differing(purge)
            if differing:
                before = {
                    key: value
                    for key, value in parameters_of(self.session).items()
                    if key in differing
                }
                after = {key: value for key, value in differing.items() if value}
                self.foretold = {
                    "params": {
                        key: value
                        for key, value in {**parameters_of(self.session), **differing}.items()
                        if value
                    }
                }
                fields = [f"params.{quoted(key)}" for key in differing]
                steps.append(
                    self._step(
                        "update",
                        fields,
                        {"params": before},
                        {"params": after},
                        lambda: self._set(differing),
                    )
                )
        if connect:
            steps.append(Step("connect", "session", wanted.called, self._connect))
        return steps

    def terminated(self) -> list[Step]:
        """Return the steps after which the session does not run any more."""
        if self.session is None:
            return []
        shown = {
            name: value
            for name in ("command", "geometry", "params")
            if (value := self.session.get(name)) is not None
        }
        return [Step("delete", "session", self._wanted.called, self._terminate, (), shown, None)]

    def disconnected(self) -> list[Step]:
        """Return the steps after which nobody is connected to the session."""
        if self.session is None:
            raise InputError(f"There is no session called {self._wanted.called!r} of this user.")
        clients = self.session.get("clients")
        self.foretold = {"clients": 0}
        return (
            []
            if clients == 0
            else [
                self._step(
                    "update", ["clients"], {"clients": clients}, {"clients": 0}, self._disconnect
                )
            ]
        )

    def _start(self) -> Step:
        wanted = self._wanted
        if wanted.command is None and wanted.bookmark is None and wanted.shortcut is None:
            raise InputError(
                f"There is no session called {wanted.called!r} of this user; to start it, command, bookmark or shortcut must be given."
            )
        source = wanted.bookmark or wanted.shortcut
        if source is not None and source not in self._commands:
            raise InputError(
                f"There is no bookmark, suggestion or history entry with the id {source!r}."
            )
        after = {
            name: value
            for name in ("id", "command", "geometry", "bookmark", "shortcut")
            if (value := getattr(wanted, name)) is not None
        } | {"params": {key: value for key, value in wanted.params.items() if value}}
        self.foretold = {
            name: value for name, value in after.items() if name not in ("bookmark", "shortcut")
        }
        return self._step("create", list(after), None, after, self._begin)

    def _step(self, action, fields, before, after, do) -> Step:
        return Step(action, "session", self._wanted.called, do, fields, before, after)

    def _differing(self, purge: bool = False) -> dict[str, str]:
        """Return the parameters to be sent: those that differ, and, empty, those to be deleted.
        Those by which sessions are found stay.
        """
        there, wanted = parameters_of(self.session), self._wanted.params
        gone = [key for key in there if purge and key not in wanted and key not in (NAME, SHORTCUT)]
        return {
            **{key: value for key, value in wanted.items() if there.get(key, "") != value},
            **dict.fromkeys(gone, ""),
        }

    # --- doing it -----------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        """Start the session, whose name a server may not have given it, and see to it that it has
        its parameters.
        """
        wanted, backend = self._wanted, self._backend
        own = None
        if wanted.command is not None:
            # An id of our choice tells for certain which one we have started.
            own = wanted.id or uuid4().hex
            body = {
                "id": own,
                "command": wanted.command,
                "geometry": wanted.geometry,
                "name": wanted.params.get(NAME),
            }
            params = {key: value for key, value in wanted.params.items() if value and key != NAME}
            given = {
                name: value for name, value in {**body, "params": params or None}.items() if value
            }
            call = "session/start"
        else:
            call = "session/start/bookmark" if wanted.bookmark is not None else "session/shortcut"
            given = {"id": wanted.bookmark or wanted.shortcut}
        command = None if wanted.bookmark is None else self._commands[wanted.bookmark]

        def send():
            self._told = backend.tell(call, dict, **given)
            backend.session.conceal([str(self._told.get("password") or "")])
            return self._told

        def shown():
            sessions = backend.sessions()
            identifier = own or (self._told or {}).get("id")
            if identifier is None:  # the answer is lost
                found = [
                    session
                    for session in sessions
                    if session["id"] not in self._others
                    and (
                        wanted.fits(session)
                        if command is None
                        else session.get("command") == command
                    )
                ]
            else:
                found = [session for session in sessions if session["id"] == identifier]
            return _only(found, f"called {wanted.called!r}, one of which was just started")

        def said():
            return f"it does not list the session within {self._seconds:g} s."

        # A bookmark starts another session each time. Of the other two, the id, or the server
        # itself, sees to it that there is only one.
        self._told, self.session = act(
            backend.session,
            send,
            shown,
            said,
            seconds=self._seconds,
            twice=wanted.bookmark is None,
            late=True,
        )
        differing = self._differing()
        if differing:
            try:
                self._set(differing)
            except Error as exc:
                raise Error(
                    f"The session {self.session['id']} was started, but does not have its parameters: {exc} Without its name the next run will not find "
                    f"it. Terminate it by its id, or give it the name.",
                    changed=True,
                ) from None
        alike = [session["id"] for session in backend.sessions() if wanted.fits(session)]
        if len(alike) > 1:
            raise Error(
                f"The session {self.session['id']} was started, and now several are called {wanted.called!r}: {', '.join(alike)}. Somebody else has started "
                f"one at the same time. Terminate all but one of them.",
                changed=True,
            )

    def _set(self, differing: Mapping[str, str]) -> None:
        def shown():
            found = self._again()
            return (
                found
                if found
                and all(
                    parameters_of(found).get(key, "") == value for key, value in differing.items()
                )
                else None
            )

        backend, identifier = self._backend, self.session["id"]
        _told, self.session = act(
            backend.session,
            lambda: backend.tell("session/params", id=identifier, params=dict(differing)),
            shown,
            lambda: f"it does not show params as {as_written(dict(differing))}.",
            twice=True,
        )

    def _connect(self) -> None:
        if not isinstance(self._told, dict):
            self._told, _shown = act(
                self._backend.session,
                lambda: self._backend.tell("session/connect", dict, id=self.session["id"]),
            )
        self.connection = connection_of(self._backend, self._told)

    def _disconnect(self) -> None:
        backend, identifier = self._backend, self.session["id"]
        _told, self.session = act(
            backend.session,
            lambda: backend.tell("session/disconnect", id=identifier),
            lambda: found if (found := self._again()) and not found.get("clients") else None,
            lambda: "it still shows clients.",
            seconds=self._seconds,
            twice=True,
        )

    def _terminate(self) -> None:
        backend, identifier = self._backend, self.session["id"]
        act(
            backend.session,
            lambda: backend.tell("session/terminate", id=identifier),
            lambda: self._again() is None,
            lambda: f"it still lists the session after {self._seconds:g} s.",
            seconds=self._seconds,
            twice=True,
        )

    def _again(self) -> dict | None:
        """Return the session as it is now, None if it is gone."""
        return next(
            (
                session
                for session in self._backend.sessions()
                if session["id"] == self.session["id"]
            ),
            None,
        )

    @cached_property
    def _commands(self) -> dict[str, str]:
        """The commands of everything that a session can be started from, by id; the user's own
        bookmarks come first.
        """
        lists = self._backend.bookmark_lists()
        return {each["id"]: each["command"] for name in reversed(lists) for each in lists[name]}


def _only(found: Sequence[dict], called: str) -> dict | None:
    """Return the one session that was found, None where there is none. Raises InputError where
    there are several.
    """
    if len(found) > 1:
        candidates = ", ".join(str(session["id"]) for session in found)
        raise InputError(
            f"Several sessions are {called}: {candidates}. Say by id which one is meant."
        )
    return found[0] if found else None


def _text(key, value) -> str:
    """Return the value of a parameter. Numbers are written as texts, as YAML makes numbers of
    digits.
    """
    if not key or isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise InputError(
            f"params.{key} is {as_written(value)}, where a text, in quotes, is wanted; '' deletes a parameter."
        )
    return str(value)

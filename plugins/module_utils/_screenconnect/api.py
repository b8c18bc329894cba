"""ScreenConnect's RESTful API Manager: how to connect, how its answers are understood, and its
verbs as a backend.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from html import unescape
from typing import Any, TypeVar

from .._core.auth import FixedHeaders
from .._core.errors import (
    Error,
    InputError,
    LoginRefused,
    OutcomeUnknown,
    Refused,
    ServerError,
    Unreachable,
)
from .._core.http import Answer, Session
from .._core.options import connection_options
from .._core.quoting import LONGEST_NAME
from .._core.resource import Platform, Resource
from .filters import EVERYTHING, TYPES, called
from .properties import PropertyNames
from .records import TYPE_NUMBERS, events_and_connections, session_record
from .resources import RESOURCES

# The extension is found below its own identifier, which is the same on every server.
SERVICE = "/App_Extensions/2d558935-686a-4bd0-9991-07539f5fe749/Service.ashx/"
CONNECTION = {
    **connection_options(
        "SCREENCONNECT",
        {
            "auth_secret": {"type": "str", "required": True, "no_log": True},
            "origin": {"type": "str"},
            # A guess: clients have been seen to send the number of a type; whether its name does as
            # well is not known.
            "session_type_wire": {
                "type": "str",
                "choices": ["number", "name"],
                "default": "number",
            },
        },
    ),
    "property_names": {"type": "dict"},
}
# How often what has just been written is looked for, with pauses, until it is taken for missing.
PATIENCE = 5
# What a refusal is due to, as long as this server has answered nothing else.
WHY = {
    401: "auth_secret is not what the setting RESTfulAuthenticationSecret of the extension says",
    403: "perhaps origin is not what the setting RESTfulAllowedOrigin of the extension says",
    404: "there is no such service. Is the extension RESTful API Manager installed, and is url the address of ScreenConnect",
}
_IN_A_HEADER = r"[!-~]([ -~]*[!-~])?"
Found = TypeVar("Found")


def connect(option: Callable[[str], Any], read_only: bool, **session) -> Backend:
    """Return a backend. ``option`` looks an option up, for a module and for a plugin alike."""
    secret, origin = option("auth_secret"), option("origin")
    if not re.fullmatch(_IN_A_HEADER, secret):
        raise InputError(
            "auth_secret is empty, begins or ends with a space, or has characters that a header cannot hold."
        )
    # The setting is a free text; a published script has its users put the bare host name there.
    if origin is not None and not re.fullmatch(_IN_A_HEADER, origin):
        raise InputError(
            "origin is empty, begins or ends with a space, or has characters that a header cannot hold."
        )
    names = PropertyNames(option("property_names"))
    headers = {"Origin": origin or _origin(option("url"))}
    login = FixedHeaders(
        {"CTRLAuthHeader": secret}, f"ScreenConnect refused the login: {WHY[401]}."
    )
    opened = Session.from_options(
        option,
        SERVICE,
        login=login,
        headers=headers,
        read_only=read_only,
        secrets=[secret],
        **session,
    )
    opened.reason = lambda answer: (
        f": {opened.redact(reason, LONGEST_NAME).rstrip('.')}" if (reason := _told(answer)) else ""
    )
    return Backend(opened, names, option("session_type_wire"))


class Backend:
    """The verbs of design, as this API spells them."""

    product = None

    def __init__(self, session: Session, names: PropertyNames, session_type_wire: str):
        self.session, self.names = session, names
        self._type_words: Mapping[str, Any] = TYPES if session_type_wire == "name" else TYPE_NUMBERS
        # Name and type of the sessions that this process has asked for.
        self._made: set[tuple] = set()
        self._answered = False  # whether the extension is there and accepts the secret

    # --- methods ------------------------------------------------------------------------------------------------------

    def ask(self, method: str, shape: type, *parameters) -> Any:
        """Return what a method that only reads answers, which has to be of a shape. Raises Refused
        or ServerError.
        """
        answer = self._checked(method, self.session.read("POST", method, json=list(parameters)))
        value = answer.json()
        if not isinstance(value, shape):
            raise ServerError(
                f"{method} answered a {_kind(value)}, where a {_kind(shape())} was expected.",
                status=answer.status,
            )
        return value

    def tell(self, method: str, *parameters) -> None:
        """Call a method that changes something and returns nothing. Raises Refused, ServerError, or
        OutcomeUnknown.
        """
        answer = self._checked(method, self.session.write("POST", method, json=list(parameters)))
        if answer.content.strip() not in (b"", b"null"):
            raise OutcomeUnknown(
                f"{method} answered {_shape(answer)}, where nothing was expected. It is unknown whether the change was made."
            )

    def sessions(self, method: str, parameter: str) -> list[dict]:
        """Return the sessions that a method finds."""
        return [session_record(raw, self.names) for raw in self.ask(method, list, parameter)]

    def sessions_again(self, method: str, parameter: str) -> list[dict]:
        """Return the sessions that a method finds. None at all is asked for twice, as a server that
        is overloaded was seen to answer nothing.
        """
        return self.patiently(lambda: self.sessions(method, parameter), bool, 2)

    def details(self, identifier: str) -> dict:
        """Return all that is known of a session: its record, with its ``Connections``, and
        ``Events``, in order, wherever the server tells them.

        Raises ServerError if there is none.
        """
        found = self.ask("GetSessionDetailsBySessionID", dict, identifier)
        events, connections = events_and_connections(found)
        return {**found, "Events": events, "Connections": connections}

    def events(self, identifier: str) -> list[dict]:
        """Return the events of a session."""
        return self.details(identifier)["Events"]

    def patiently(
        self, read: Callable[[], Found], enough: Callable[[Found], bool], times: int = PATIENCE
    ) -> Found:
        """Return what is read when it is ``enough``, or what was read last after so many times,
        with pauses between them.
        """
        for attempt in range(times):
            found = read()
            if enough(found):
                break
            if attempt < times - 1:
                self.session.pause(attempt)
        return found

    def _checked(self, method, answer: Answer) -> Answer:
        """Return the answer of a method that was carried out, else raise Refused or ServerError.
        Errors may be told as HTML or as JSON.
        """
        if answer.status < 400:
            self._answered = True
            return answer
        reason = (
            not self._answered
            and WHY.get(answer.status)
            or _told(answer)
            or answer.described(with_status=False)
        )
        text = f"ScreenConnect refused {method} (HTTP {answer.status}): {self.session.redact(reason, LONGEST_NAME).rstrip('.')}."
        if self._answered and answer.status in WHY:
            text += " It answered others before, so that it is there and accepts auth_secret."
        kind = LoginRefused if answer.status == 401 and not self._answered else Refused
        raise (ServerError if answer.status >= 500 else kind)(text, status=answer.status)

    # --- the verbs ----------------------------------------------------------------------------------------------------

    def list(self, resource: Resource) -> list[dict]:
        """Return the record of every session that has not ended; waits for those that were made
        just now.
        """
        return self.patiently(
            lambda: _live(self.sessions_again("GetSessionsByFilter", EVERYTHING)),
            lambda found: (
                self._made <= {(record["Name"], record["SessionType"]) for record in found}
            ),
        )

    def get(self, resource: Resource, key: dict) -> dict | None:
        """Return the record of a session by its name and type, None if the server has none; waits
        for one that was made just now.
        """
        return next(iter(self.matching(resource, key)), None)

    def matching(self, resource: Resource, key: dict) -> list[dict]:
        """Return the records of all sessions of a name and type; waits for one that was made just
        now.
        """
        made = (key["Name"], key["SessionType"]) in self._made
        return self.patiently(
            lambda: [
                record
                for record in self.called(key["Name"])
                if record["SessionType"] == key["SessionType"]
            ],
            bool,
            PATIENCE if made else 1,
        )

    def forget(self) -> None:
        """Nothing of what was read is kept here."""

    def search(self, resource: Resource, key: dict) -> list[dict]:
        """Return the records of the sessions with an identifier or with a name."""
        if "id" in key:
            return _live(self.sessions_again("GetSessionBySessionID", key["id"]))
        return self.called(key["name"])

    def called(self, name: str) -> list[dict]:
        """Return the sessions that are shown under a name; asks again, also in another way, before
        it is believed that there are none.
        """

        def read() -> list[dict]:
            return [
                record
                for record in _live(self.sessions("GetSessionsByFilter", called(name)))
                if record["Name"] == name
            ]

        found = read()
        if not found:
            self.session.pause(0)
            found = [
                record
                for record in _live(self.sessions("GetSessionsByName", name))
                if record["Name"] == name
            ] or read()
        return found

    def create(self, resource: Resource, body: dict) -> None:
        """Make a session. It need not be seen at once, so that whoever looks for it from now on is
        patient.
        """
        key, values = (
            (body["Name"], body["SessionType"]),
            self.names.values(body.get("CustomProperties") or {}),
        )
        parameters = [
            self._type_words[body["SessionType"]],
            body["Name"],
            body.get("IsPublic") or False,
            body.get("Code") or "",
            values,
        ]
        self._made.add(key)
        try:
            answer = self._checked(
                "CreateSession", self.session.write("POST", "CreateSession", json=parameters)
            )
        except Error as exc:
            if exc.nothing_done:
                self._made.discard(key)
            raise
        try:
            if answer.content.strip():
                # The session, as is documented, but in which shape is not: it is read back.
                answer.json()
        except ServerError as exc:
            raise OutcomeUnknown(
                f"{exc} It is unknown whether the session was made.", **exc.facts
            ) from None

    def update(self, resource: Resource, record: dict, body: dict) -> None:
        """Change a session's custom properties, all eight of them, and its name."""
        identifier, properties = record["SessionID"], body.get("CustomProperties")
        if properties is not None:
            if not any(record["CustomProperties"].values()) and any(
                self.names.read(self.details(identifier).get("Session") or {}).values()
            ):
                raise Refused(
                    "The list of sessions does not tell the custom properties that the session has according to GetSessionDetailsBySessionID. "
                    "All eight are written at once, so that those that are not named would be emptied; nothing was changed."
                )
            self.tell("UpdateSessionCustomProperties", identifier, self.names.values(properties))
        if "Name" in body:
            try:
                self.tell("UpdateSessionName", identifier, body["Name"])
            except (Refused, Unreachable) as exc:
                if properties is None:
                    raise
                raise ServerError(
                    f"{exc} The custom properties had been changed.", **exc.facts
                ) from None

    def delete(self, resource: Resource, record: dict) -> None:
        """Refuse: the API has no method for it, and the resource says so."""
        raise AssertionError("BUG: a session cannot be removed")

    def read_fields(
        self, resource: Resource, query: str, records: Sequence[dict], only: Sequence[set | None]
    ) -> list[dict]:
        """Return nothing more: everything comes with the session."""
        return [{} for _record in records]

    def write_fields(
        self, resource: Resource, query: str, record: dict, before: dict, after: dict
    ) -> None:
        """Do nothing: everything is written with the session."""

    def conclude(self) -> None:
        """Nothing is left to do: every write takes effect at once."""


def _origin(url: str) -> str:
    """Return the origin that an address stands for, as a header holds it. What is no address is
    refused elsewhere.
    """
    scheme, _sign, rest = url.partition("://")
    with suppress(UnicodeError):
        return f"{scheme}://{rest.split('/')[0].encode('idna').decode()}"
    return ""


def _live(records: list[dict]) -> list[dict]:
    """Return the sessions that have not ended. One that has is not there any more to those who work
    with it.
    """
    return [record for record in records if not record["IsEnded"]]


def _told(answer) -> str | None:
    """Return the reason that an error gives, if it does: as JSON, in a text or under one of the
    usual names, or as the title of a page.
    """
    try:
        value = answer.json()
    except ServerError:
        title = re.search(rb"<title>([^<]+)</title>", answer.content[:10_000])
        return unescape(title[1].decode("utf-8", "replace")).strip() if title else None
    if isinstance(value, dict):
        value = next(
            (
                value[name]
                for name in ("Message", "message", "error")
                if isinstance(value.get(name), str)
            ),
            None,
        )
    return value if isinstance(value, str) and value.strip() else None


def _shape(answer) -> str:
    try:
        return f"a {_kind(answer.json())}"
    except ServerError:
        return answer.described()


def _kind(value) -> str:
    return {dict: "JSON object", list: "JSON list", str: "text", type(None): "null"}.get(
        type(value), type(value).__name__
    )


SCREENCONNECT = Platform(
    name="screenconnect", connection=CONNECTION, connect=connect, resources=RESOURCES
)

"""The simulated ScreenConnect server: the rules of the extension's transport, its journal, its
faults and its state.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import asyncio
import json
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from ..clock import Clock
from ..control import control
from ..faults import Fault, first_striking, show
from ..journal import Entry, Journal
from ..operations import mark
from ..wire import Answer, json_answer, read_body, send_answer
from . import guests
from .answers import NOTHING, Refused, broken, error
from .methods import METHODS, arguments
from .shells import Shells
from .site import GUEST, complete, connect, copy, disconnect, live
from .switches import Switches

EXTENSION = "2d558935-686a-4bd0-9991-07539f5fe749"
"""The id of the extension, the same on every installation."""


class ScreenConnect:
    """An ASGI application that answers as a ScreenConnect server with the extension RESTful API
    Manager does.

    `site` seeds the state (None: a server without sessions), which is then live in the attribute of
    the same name. `origin` is the RESTfulAllowedOrigin, in place of the site's. `latency` is added
    to every answer of the API, in seconds. `faults` holds what `inject` was given.
    """

    def __init__(
        self,
        site: dict | None = None,
        switches: Switches | None = None,
        secret: str = "simulated-secret",
        origin: str | None = None,
    ):
        self.switches = switches or Switches()
        self.secret = secret
        self.latency = 0.0
        self.journal = Journal("screenconnect", self.switches)
        self.faults: list[Fault] = []
        self.clock = Clock()
        self.shells = Shells(self)
        self.load({**(site or {}), **({"allowed_origin": origin} if origin else {})})
        self._control = control(self, [Route("/_simulator/guest", self._guest, methods=["POST"])])

    def load(self, site: dict | None) -> None:
        """Put a seed in the place of the state and set the clock to its time. Raises ValueError for
        a seed that is wrong.
        """
        self.site = complete(site)
        # How many more reads do not show a session, by its id.
        self.hidden_reads: dict[str, int] = {}
        self.clock.set(self.site["now_ms"])

    def dump(self) -> dict:
        """A deep copy of the state as it is by now, good as a seed."""
        guests.settle(self)
        return {**copy(self.site), "now_ms": self.clock.now_ms()}

    def inject(self, fault: Fault) -> None:
        """Show a fault to the requests that it strikes."""
        self.faults.append(fault)

    def connect_guest(self, session_id: str, online: bool = True) -> None:
        """Let the guest of a session come online, or go. Raises KeyError for an unknown session."""
        session = self.site["sessions"][session_id]
        if not online:
            disconnect(self.site, session, GUEST, self.clock.now_ms())
        elif not live(session, GUEST):
            connect(self.site, session, GUEST, self.clock.now_ms())
        guests.settle(self)

    def comparable(self, text: str) -> str:
        """A text as it is compared with others."""
        return text.casefold() if self.switches.text_comparison == "ignore_case" else text

    async def _guest(self, request: Request) -> JSONResponse:
        given = await request.json()
        self.connect_guest(given["session"], given["online"])
        return JSONResponse(given)

    async def __call__(self, scope, receive, send) -> None:
        if scope["type"] != "http":
            raise ValueError(f"the simulator speaks HTTP, not {scope['type']}")
        if scope["path"].startswith("/_simulator/"):
            await self._control(scope, receive, send)
            return
        body = await read_body(receive)
        *directory, name = [
            unquote(segment) for segment in scope["raw_path"].decode("ascii").split("/")
        ]
        if directory != ["", "App_Extensions", EXTENSION, "Service.ashx"]:
            await send_answer(
                send,
                error(404, f"The resource cannot be found. Requested URL: {scope['path']}", "html"),
            )
            return
        headers = [
            (key.lower().decode("latin-1"), value.decode("latin-1"))
            for key, value in scope["headers"]
        ]
        refusal, data = self._read(scope, headers, name, body)
        writes = name not in METHODS or METHODS[name].writes
        entry = self.journal.add(
            query=name,
            method=scope["method"],
            body=data,
            writes=writes,
            connection=scope.get("state", {}).get("connection", 0),
            client=dict(headers).get("user-agent", ""),
        )
        fault = first_striking(self.faults, name, data, writes)
        if self.latency:
            await asyncio.sleep(self.latency)
        guests.settle(self)
        if fault is None or fault.kind in ("refuse", "ignored"):
            answer = self._answer(entry, refusal, fault)
            entry.status = answer.status
            await send_answer(send, answer)
            return

        def note(status: int) -> None:
            entry.status = status

        await show(fault, lambda: self._answer(entry, refusal, None), scope, send, note)

    def _read(
        self, scope, headers: list[tuple[str, str]], name: str, body: bytes
    ) -> tuple[Refused | None, object]:
        """Why the request is refused before its method is looked at (None: it is not), and its
        parsed body (the text if it is not JSON).
        """
        data, malformed = None, None
        if body:
            try:
                data = json.loads(
                    body.decode("utf-8"),
                    object_pairs_hook=_no_duplicates,
                    parse_constant=_no_constant,
                )
            except ValueError as problem:
                data = body.decode("utf-8", "replace")
                malformed = broken(
                    f"the body is not one strict JSON value: {getattr(problem, 'msg', problem)}"
                )

        def values(header: str) -> list[str]:
            return [value for key, value in headers if key == header]

        if self.secret in unquote(scope["path"]) or self.secret in unquote(
            scope["query_string"].decode("latin-1")
        ):
            return Refused(
                "the secret belongs into a header, where no log shows it",
                status=401,
                violation=True,
            ), data
        if values("ctrlauthheader") != [self.secret]:
            return Refused(
                "The authentication secret is not valid",
                status=401,
                violation=not values("ctrlauthheader"),
            ), data
        if self.site["allowed_origin"] and values("origin") != [self.site["allowed_origin"]]:
            return Refused("The origin is not allowed", status=403), data
        if [value.lower() for value in values("content-type")] != ["application/json"]:
            return Refused(
                "Content-Type must be application/json", status=415, violation=True
            ), data
        if scope["method"] not in ("GET", "POST"):
            return Refused("the method must be GET or POST", status=405, violation=True), data
        if name not in METHODS or name == "AddNoteToSession" and not self.switches.runs_notes():
            return Refused("Web method does not exist", violation=name not in METHODS), data
        if scope["method"] == "GET" and METHODS[name].writes:
            return Refused("what changes data is sent with POST", status=405, violation=True), data
        if scope["query_string"]:
            return broken("parameters are sent in the body"), data
        return malformed, data

    def _answer(self, entry: Entry, refusal: Refused | None, fault: Fault | None) -> Answer:
        """Do what a request asks for, unless a fault (refuse or ignored) says otherwise, and give
        the answer.
        """
        ignored = fault is not None and fault.kind == "ignored"
        before = {**self.site, "sessions": dict(self.site["sessions"])} if ignored else {}
        try:
            if refusal is not None:
                raise refusal
            method = METHODS[entry.query]
            values = arguments(method, entry.body)
            if fault is not None and fault.kind == "refuse":
                raise Refused(fault.arguments["reason"])
            # Only CreateSession answers with what it has made, which is taken back again.
            result = (
                NOTHING
                if ignored and entry.query != "CreateSession"
                else method.carry_out(self, *values)
            )
        except Refused as refused:
            if refused.violation:
                self.journal.violate(entry, refused.reason)
            return error(refused.status, refused.reason, self.switches.error_body)
        finally:
            self.site.update(before)
        if fault is None:
            mark("screenconnect", entry.query, entry.client)
        if result is NOTHING:
            return json_answer(None) if self.switches.void_result == "null" else Answer(200)
        return json_answer(result)


def _no_duplicates(pairs: list[tuple[str, object]]) -> dict:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key occurs twice")
    return found


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")

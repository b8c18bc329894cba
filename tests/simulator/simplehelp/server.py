"""The simulated SimpleHelp server: the rules of its transport, its journal, its faults and its
state.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import asyncio
import json
from urllib.parse import unquote

from ..clock import Clock
from ..control import control
from ..faults import Fault, first_striking, show
from ..journal import Entry, Journal
from ..operations import mark
from ..wire import Answer, json_answer, read_body, send_answer
from . import queries
from .answers import DONE, Refused, Text, broken
from .shapes import fit
from .site import complete, copy
from .switches import Switches

VERSIONS = b"SH Version: SSuite-5-5-20260115-090000\nVisual Version: 5.5.14\n"
"""What `GET /allversions` tells without a token: the two lines that an administrator's script reads
of real servers; the form of the build is a guess.
"""


class SimpleHelp:
    """An ASGI application that answers as a SimpleHelp server does.

    `site` seeds the state (None: a nearly empty server), which is then live in the attribute of the
    same name. `latency` is added to every answer of the API, in seconds. `faults` holds what
    `inject` was given.
    """

    def __init__(
        self,
        site: dict | None = None,
        switches: Switches | None = None,
        token: str = "simulated-token",
    ):
        self.switches = switches or Switches()
        self.token = token
        self.latency = 0.0
        self.journal = Journal("simplehelp", self.switches)
        self.faults: list[Fault] = []
        self.clock = Clock()
        self.load(site)
        self._control = control(self)

    def load(self, site: dict | None) -> None:
        """Put a seed in the place of the state and set the clock to its time. Raises ValueError for
        a seed that is wrong.
        """
        self.site = complete(site)
        self.clock.set(self.site["now_ms"])

    def dump(self) -> dict:
        """A deep copy of the state, good as a seed."""
        return {**copy(self.site), "now_ms": self.clock.now_ms()}

    def inject(self, fault: Fault) -> None:
        """Show a fault to the requests that it strikes."""
        self.faults.append(fault)

    async def __call__(self, scope, receive, send) -> None:
        if scope["type"] != "http":
            raise ValueError(f"the simulator speaks HTTP, not {scope['type']}")
        if scope["path"].startswith("/_simulator/"):
            await self._control(scope, receive, send)
            return
        body = await read_body(receive)
        segments = [unquote(segment) for segment in scope["raw_path"].decode("ascii").split("/")]
        if segments == ["", "allversions"] and scope["method"] == "GET":
            await send_answer(send, Answer(200, VERSIONS, "text/plain; charset=utf-8"))
            return
        if segments[:3] != ["", "api", "v1"] or len(segments) < 5:
            await send_answer(send, Answer(404, b"Not found\n", "text/plain; charset=utf-8"))
            return
        token, path = segments[3], "/".join(segments[4:])
        refusal, data = _read(scope, body, self.switches)
        writes = queries.asks_for_change(path, data, self.switches)
        entry = self.journal.add(
            query=path,
            method=scope["method"],
            body=data,
            writes=writes,
            connection=scope.get("state", {}).get("connection", 0),
            client=dict(scope["headers"]).get(b"user-agent", b"").decode("latin-1"),
        )
        fault = first_striking(self.faults, path, data, writes)
        if self.latency:
            await asyncio.sleep(self.latency)
        if fault is None or fault.kind in ("refuse", "ignored"):
            answer = self._answer(entry, token, refusal, body, fault)
            entry.status = answer.status
            await send_answer(send, answer)
            return

        def note(status: int) -> None:
            entry.status = status

        await show(
            fault, lambda: self._answer(entry, token, refusal, body, None), scope, send, note
        )

    def _answer(
        self, entry: Entry, token: str, refusal: Refused | None, body: bytes, fault: Fault | None
    ) -> Answer:
        """Do what a request asks for, unless a fault (refuse or ignored) says otherwise, and give
        the answer.
        """
        try:
            if token != self.token:
                raise Refused("The API token is not valid", status=401)
            if refusal is not None:
                raise refusal
            query = queries.find(entry.query, entry.body, self.switches)
            if query is None:
                raise Refused(
                    "There is no such query",
                    status=404,
                    violation=not queries.documented(entry.query),
                )
            data = self._checked(query, entry, body)
            if fault is not None and fault.kind == "refuse":
                raise Refused(fault.arguments["reason"])
            result = DONE if fault is not None else query.answer(self, data)
        except Refused as refused:
            if refused.violation:
                self.journal.violate(entry, refused.reason)
            status = 200 if self.switches.failure == "success_false" else refused.status
            return json_answer({"success": False, "reason": refused.reason}, status)
        if fault is None:
            mark("simplehelp", query.operation, entry.client)
        if isinstance(result, Text) and self.switches.scalar == "text":
            return Answer(200, result.encode(), "text/plain; charset=utf-8")
        return json_answer(result)

    def _checked(self, query: queries.Query, entry: Entry, body: bytes) -> dict:
        """The POST data of a request, held against the shape that the document gives."""
        if query.body is None:
            if entry.method == "POST":
                raise broken("a query that takes no POST data is sent with GET")
            return {}
        if entry.method == "GET":
            if not query.data_optional:
                raise broken("the query needs POST data")
            return {}
        if not isinstance(entry.body, dict):
            raise broken("the POST data must be an object")
        unknown: list[str] = []
        data = {}
        for name, value in entry.body.items():
            if name in query.body:
                data[name] = fit(value, query.body[name], name, unknown)
            else:
                unknown.append(name)
        for name in unknown:
            self.journal.violate(entry, f"{name} is not in the document")
        if unknown and self.switches.unknown_fields == "refuse":
            raise Refused(f"Unknown field: {', '.join(unknown)}")
        return data


def _no_duplicates(pairs: list[tuple[str, object]]) -> dict:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key occurs twice")
    return found


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _read(scope, body: bytes, switches: Switches) -> tuple[Refused | None, object]:
    """What is wrong with the request as HTTP and JSON (None: nothing), and its parsed body (the
    text if it is not JSON).
    """
    data, refusal = None, None
    if body:
        try:
            data = json.loads(
                body.decode("utf-8"), object_pairs_hook=_no_duplicates, parse_constant=_no_constant
            )
        except ValueError as error:
            data = body.decode("utf-8", "replace")
            refusal = broken(
                f"the POST data is not one strict JSON value: {getattr(error, 'msg', error)}"
            )
    method = scope["method"]
    content_types = [value for name, value in scope["headers"] if name.lower() == b"content-type"]
    if switches.content_type == "exact" and [value.lower() for value in content_types] != [
        b"application/json"
    ]:
        refusal = Refused("Content-Type must be application/json", status=415, violation=True)
    elif method not in ("GET", "POST"):
        refusal = Refused("the method must be GET or POST", status=405, violation=True)
    elif method == "GET" and body:
        refusal = broken("a GET has no body; POST data is sent with POST")
    elif method == "POST" and not body:
        refusal = broken("a POST needs POST data; a query without is sent with GET")
    elif scope["query_string"]:
        refusal = broken("the API has no query parameters")
    return refusal, data

"""The simulated FastX server: the rules of its transport, its journal, its faults and its state."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import asyncio

from ..clock import Clock
from ..control import control
from ..faults import Fault, first_striking, show
from ..journal import Entry, Journal
from ..operations import mark
from ..wire import Answer, json_answer, read_body, send_answer
from . import facts, login, tokens
from .answers import Refused
from .call import Call
from .operations import LOGIN, Operation, documented, find
from .requests import Request, read_request
from .site import complete, copy
from .switches import Switches

_LOGINS = (
    LOGIN,
    f"{LOGIN}/public-key/signed",
    f"{LOGIN}/keyboard-interactive",
    f"{LOGIN}/password",
    "/v3/api/user/logout",
)
_JSON = "application/json; charset=utf-8"
_HTML = "text/html; charset=utf-8"
_WEB_CLIENT = b'<!DOCTYPE html>\n<html><head><title>FastX</title></head><body><div id="app"></div></body></html>\n'


class FastX:
    """An ASGI application that answers as a FastX server does.

    `site` seeds the state (None: one user, who is an admin), which is then live in the attribute of
    the same name. `latency` is added to every answer of the API, in seconds. `faults` holds what
    `inject` was given. `attempts` are the logins under way by their token, `tokens_given` and
    `passwords_given` all tokens and one-time passwords that it ever gave out.
    """

    def __init__(self, site: dict | None = None, switches: Switches | None = None):
        self.switches = switches or Switches()
        self.latency = 0.0
        self.journal = Journal("fastx", self.switches)
        self.faults: list[Fault] = []
        self.clock = Clock()
        self.tokens_given: set[str] = set()
        self.passwords_given: set[str] = set()
        self.load(site)
        self._control = control(self)

    def load(self, site: dict | None) -> None:
        """Put a seed in the place of the state and set the clock to its time. Raises ValueError for
        a seed that is wrong.
        """
        self.site = complete(site)
        self.clock.set(self.site["now_ms"])
        self.attempts: dict[str, login.Attempt] = {}
        self._blameless = False

    def dump(self) -> dict:
        """A deep copy of the state, good as a seed. It has no tokens: logins do not outlive a
        server.
        """
        return {**copy(self.site), "now_ms": self.clock.now_ms(), "tokens": {}}

    def inject(self, fault: Fault) -> None:
        """Show a fault to the requests that it strikes."""
        self.faults.append(fault)

    @property
    def left_behind(self) -> list[str]:
        """The tokens of logins that clients did not end, without those of the seed; nobody is
        blamed after a fault in a login or a logout.
        """
        return (
            []
            if self._blameless
            else [token for token in self.site["tokens"] if token in self.tokens_given]
        )

    async def __call__(self, scope, receive, send) -> None:
        if scope["type"] != "http":
            raise ValueError(f"the simulator speaks HTTP, not {scope['type']}")
        if scope["path"].startswith("/_simulator/"):
            await self._control(scope, receive, send)
            return
        request = read_request(scope, await read_body(receive))
        if not request.path.startswith("/v3/"):
            await send_answer(send, Answer(404, b"Not found\n", "text/plain; charset=utf-8"))
            return
        operation = find(request.path, self.switches.generation)
        entry = self.journal.add(
            query=request.path,
            method=request.method,
            body=request.given,
            writes=operation is not None and operation.writes,
            connection=scope.get("state", {}).get("connection", 0),
            client=request.headers.get("user-agent", ""),
            parameters=request.pairs,
        )
        fault = first_striking(self.faults, request.path, request.given, entry.writes)
        if fault is not None and operation is not None and operation.name in _LOGINS:
            self._blameless = True
        if self.latency:
            await asyncio.sleep(self.latency)
        if fault is None or fault.kind in ("refuse", "ignored"):
            answer = self._answer(entry, request, operation, fault)
            entry.status = answer.status
            await send_answer(send, answer)
            return

        def note(status: int) -> None:
            entry.status = status

        await show(fault, lambda: self._answer(entry, request, operation, None), scope, send, note)

    def _answer(
        self, entry: Entry, request: Request, operation: Operation | None, fault: Fault | None
    ) -> Answer:
        """Do what a request asks for, unless a fault (refuse or ignored) says otherwise, and give
        the answer.
        """
        if operation is None:
            return self._unknown_path(entry, request)
        kept = copy(self.site) if fault is not None and fault.kind == "ignored" else None
        try:
            result = self._result(entry, request, operation, fault)
        except Refused as refused:
            return self._refusal(entry, refused)
        finally:
            if kept is not None:
                self.site = kept
        if fault is None:
            mark("fastx", operation.name, entry.client)
        return self._json({"result": result})

    def _result(
        self, entry: Entry, request: Request, operation: Operation, fault: Fault | None
    ) -> object:
        if request.problem is not None:
            raise request.problem
        call = Call(self, {})
        if operation.access != "anyone":
            call.token = tokens.authenticate(
                self, request.headers, operation.answer is facts.keep_alive
            )
        if operation.access == "admin":
            facts.demand_admin(call)
        parameters = (
            operation.parameters(self) if callable(operation.parameters) else operation.parameters
        )
        call.given = parameters.check(
            request.given,
            request.method == "GET",
            lambda rule: self.journal.violate(entry, rule),
            self.switches.unknown_parameters == "refuse",
        )
        if fault is not None and fault.kind == "refuse":
            raise Refused(fault.arguments["reason"])
        return operation.answer(call)

    def _refusal(self, entry: Entry, refused: Refused) -> Answer:
        if refused.violation:
            self.journal.violate(entry, refused.message)
        error = {"name": refused.name, "message": refused.message}
        if self.switches.error_stack:
            error["stack"] = (
                f"{refused.name}: {refused.message}\n    at Server.handle (/usr/lib/fastx/3/server.js:1:1)"
            )
        return self._json(
            {"error": error}, 200 if self.switches.error_status == "ok" else refused.status
        )

    def _unknown_path(self, entry: Entry, request: Request) -> Answer:
        """What a path answers that this generation does not have; one that none has is the client's
        invention.
        """
        if request.problem is not None:
            self.journal.violate(entry, request.problem.message)
        if not documented(entry.query):
            self.journal.violate(entry, "there is no such path")
        if self.switches.unknown_path == "error":
            return self._refusal(
                entry, Refused("There is no such path", name="NotFoundError", status=404)
            )
        if self.switches.unknown_path == "page":
            return Answer(200, _WEB_CLIENT, _HTML)
        return Answer(
            404,
            b"<!DOCTYPE html>\n<html><body><pre>Cannot find the page</pre></body></html>\n",
            _HTML,
        )

    def _json(self, value: object, status: int = 200) -> Answer:
        answer = json_answer(value, status)
        answer.content_type = _JSON
        return answer

"""The simulated BeyondTrust appliance: its addresses, the rules of its transport, its journal, its
faults and its state.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace

from ..clock import Clock
from ..control import control
from ..faults import Fault, first_striking, show
from ..journal import Entry, Journal
from ..operations import mark
from ..serving import Door
from ..wire import Answer, break_connection, json_answer, read_body, send_answer
from . import backup, command, configuration, failover, health, outages, reporting
from .access import Access, Verdict
from .answers import Refused, document_not_found
from .calls import Call, error_answer, read_call
from .controls import health_and_life
from .request import Request, read_request
from .site import complete, copy
from .switches import Switches

BACKUP = "/api/backup"
CONFIGURATION = "/api/config/v1"
_PRODUCT_NAMES = {"rs": "bomgar", "pra": "bpam"}  # only PRA's name is known, from a public client


class Appliance:
    """An ASGI application that answers as one BeyondTrust appliance does.

    `site` seeds the state (None: one API account that may do everything, and nothing else), which
    is then live in the attribute of the same name; it may name a product ("rs", "pra") and a
    version in place of the arguments. `latency` is added to every answer of the APIs, in seconds.
    `faults` holds what `inject` was given, `access` the tokens, limits and the counts of each
    account. `peer` is the other appliance of a `Pair`, which share switches and clock; without one,
    a failover relationship is that of the site's `peers`, which live on paper only. `door` is there
    while the appliance is served.
    """

    def __init__(
        self,
        site: dict | None = None,
        switches: Switches | None = None,
        product: str = "rs",
        version: str = "25.2.1",
        clock: Clock | None = None,
    ):
        self.switches = switches or Switches()
        self.clock = clock or Clock()
        self.peer: Appliance | None = None
        self.door: Door | None = None
        # How often the health page was asked for, and something while everything fails in turn.
        self.pages = self.outages = 0
        self.latency = 0.0
        self.journal = Journal("beyondtrust", self.switches)
        self.faults: list[Fault] = []
        self.access = Access(self)
        self._seed = (product, version)
        self._connections: set[int] = set()
        self.load(site)
        self._control = control(self, health_and_life(self), usage=self.access)

    @property
    def members(self) -> tuple[Appliance, ...]:
        """This appliance, and its peer if it has one."""
        return (self,) if self.peer is None else (self, self.peer)

    @property
    def product(self) -> str:
        """The product: "rs" or "pra"."""
        return self.site["product"]

    @property
    def version(self) -> str:
        """The version of the product, for example "25.2.1"."""
        return self.site["version"]

    def load(self, site: dict | None) -> None:
        """Put a seed in the place of the state and set the clock to its time. Raises ValueError for
        a seed that is wrong.
        """
        self.site = complete(site, *self._seed)
        self.clock.set(self.site["now_ms"])
        self.access.forget_arrivals()

    def dump(self) -> dict:
        """A deep copy of the state, good as a seed."""
        return {**copy(self.site), "now_ms": self.clock.now_ms()}

    def inject(self, fault: Fault) -> None:
        """Show a fault to the requests that it strikes."""
        self.faults.append(fault)

    def kill(
        self,
        how: str = "refuse",
        seconds: float | None = None,
        after: float = 0.0,
        at: str | None = None,
    ) -> None:
        """Let the appliance die, for so many seconds of its clock or until it is revived. Raises
        ValueError for what is not known.

        `how` is "refuse" (connections are refused; inside the process they are reset), "reset"
        (after the request) or "hang" (no answer, ever). It dies `after` so many seconds; with `at`,
        counted from when this next happens to the pair: "requested" (a change of role), "synced",
        "demoted", "promoted".
        """
        if at is None:
            self.do(lambda: failover.kill(self, how, seconds, after))
        else:
            failover.kill_at(self, at, how, seconds, after)

    def revive(self) -> None:
        """Let a dead appliance return as it was, and let it not die as planned."""
        self.do(lambda: failover.revive(self))

    def do(self, function: Callable[[], None]) -> None:
        """Call a function that changes the appliance where requests to it are answered, so that it
        is done neither twice nor by halves.
        """
        if self.door is None:
            function()
        else:
            self.door.do(function)

    async def __call__(self, scope, receive, send) -> None:
        if scope["type"] != "http":
            raise ValueError(f"the simulator speaks HTTP, not {scope['type']}")
        if scope["path"].startswith("/_simulator/"):
            await self._control(scope, receive, send)
            return
        body = await read_body(receive)
        failover.settle(self)
        if await outages.meet_death(self, scope, receive):
            return
        request = read_request(scope, body)
        verdict = self.access.arrive(request)
        call = (
            read_call(request, self.switches)
            if request.path in ("/api/command", "/api/reporting")
            else None
        )
        entry = self._note(request, call, scope.get("state", {}).get("connection", 0))
        if self.latency:
            await asyncio.sleep(self.latency)
            failover.settle(self)
            if await outages.meet_death(self, scope, receive):
                return
        outage = outages.outage(self, entry.query)
        if outage == "reset":
            break_connection(scope, orderly=False)
            return
        if outage:
            entry.status = outage.status
            await send_answer(send, outage)
            return
        fault = first_striking(
            self.faults, entry.query, entry.body if call is None else call.parameters, entry.writes
        )

        def answer(struck_by: Fault | None = None) -> Answer:
            given = self._answer(entry, request, call, verdict, struck_by)
            if self.switches.connection == "close":
                given.headers["connection"] = "close"
            return given

        if fault is None or fault.kind in ("refuse", "ignored"):
            given = answer(fault)
            entry.status = given.status
            await send_answer(send, given)
            return

        def note(status: int) -> None:
            entry.status = status

        await show(fault, answer, scope, send, note)

    def _note(self, request: Request, call: Call | None, connection: int) -> Entry:
        """Write a request into the journal, with the rules of the transport that it broke."""
        query, writes = f"{request.method} {request.path}", False
        if request.path == "/api/command":
            action = call.parameters.get("action", "")
            query, writes = f"command {action}", command.asks_for_change(action)
        elif request.path == "/api/reporting":
            query = f"report {call.parameters.get('generate_report', '')}"
        elif request.path.startswith(f"{CONFIGURATION}/"):
            writes = request.method in ("POST", "PATCH", "PUT", "DELETE")
        entry = self.journal.add(
            query=query,
            method=request.method,
            body=request.data(),
            writes=writes,
            connection=connection,
            client=request.headers.get("user-agent", ""),
            parameters=request.query or [],
        )
        if self.switches.connection_rules == "watched":
            self._watch_connection(entry, request, connection)
        self._connections.add(connection)
        return entry

    def _watch_connection(self, entry: Entry, request: Request, connection: int) -> None:
        """Note what our own rules for connections forbid."""
        if request.headers.get("connection", "").lower() != "close":
            self.journal.violate(entry, "a request demands Connection: close")
        if connection and connection in self._connections:
            self.journal.violate(entry, "the connection is closed after each call")
        if "cookie" in request.headers:
            self.journal.violate(entry, "cookies of an answer are not sent back")

    def _answer(
        self,
        entry: Entry,
        request: Request,
        call: Call | None,
        verdict: Verdict | None,
        fault: Fault | None,
    ) -> Answer:
        """Do what a request asks for, unless a fault (refuse or ignored) says otherwise, and give
        the answer.
        """
        ignored = fault is not None and fault.kind == "ignored"
        before = [copy(member.site) for member in self.members] if ignored else []
        try:
            answer = self._route(
                replace(entry, client=None) if ignored else entry, request, call, verdict, fault
            )
        except Refused as refused:
            if refused.violation:
                self.journal.violate(entry, refused.violation)
            answer = refused.answer
        if ignored:
            for member, site in zip(self.members, before, strict=True):
                member.site = site
            if (
                request.method == "PATCH"
                and answer.status == 200
                and fault.arguments["shows"] == "state"
            ):
                answer = self._route(
                    replace(entry, client=None),
                    replace(request, method="GET", body=b""),
                    call,
                    verdict,
                    None,
                )
        if (
            request.path.startswith(f"{CONFIGURATION}/")
            and answer.content_type == "application/json"
            and answer.body
        ):
            entry.answer = json.loads(answer.body)
        if verdict is not None and self.switches.rate_limit_headers:
            answer.headers |= {
                "x-ratelimit-limit": str(verdict.limit),
                "x-ratelimit-remaining": str(verdict.remaining),
            }
        return answer

    def _route(
        self,
        entry: Entry,
        request: Request,
        call: Call | None,
        verdict: Verdict | None,
        fault: Fault | None,
    ) -> Answer:
        path = request.path
        reason = fault.arguments["reason"] if fault is not None and fault.kind == "refuse" else None
        if path == "/check_health" and request.method == "GET":
            mark("beyondtrust", "GET /check_health", entry.client)
            return health.page(self)
        if path == "/get_mech_list" and request.method == "GET":
            return self._mech_list(request)
        if path == "/oauth2/token":
            if request.method != "POST":
                raise Refused(
                    json_answer(
                        {"error": "invalid_request", "message": "A token is asked for by POST."},
                        405,
                    ),
                    "a token is asked for by POST",
                )
            if reason is not None:
                return json_answer({"error": "server_error", "message": reason}, 400)
            answer = self.access.mint(request, verdict)
            mark("beyondtrust", "POST /oauth2/token", entry.client)
            return answer
        if call is None and path != BACKUP and not path.startswith(f"{CONFIGURATION}/"):
            return document_not_found()
        account = self.access.authenticate(request)
        self.access.refuse_beyond_limits(verdict)
        if path == BACKUP:
            return backup.answer(self, account, request, entry, reason)
        if call is None:
            return self._configuration(entry, request, account, reason)
        api = path.rpartition("/")[2]
        if reason is not None:
            return error_answer(self.switches, api, reason)
        return (command if api == "command" else reporting).answer(self, account, call, entry)

    def _configuration(
        self, entry: Entry, request: Request, account: dict, reason: str | None
    ) -> Answer:
        if not account["permissions"]["perm_configuration"]:
            if self.switches.denied == "not_found":
                raise Refused(document_not_found())
            raise Refused(
                json_answer(
                    {"message": "The API account needs the permission perm_configuration."}, 403
                )
            )
        if request.query is None:
            raise Refused(
                json_answer({"message": "The query is not well-formed."}, 400),
                "the query of the URL is not well-formed",
            )
        if reason is not None:
            return json_answer({"message": reason, "errors": {}}, 422)
        path = request.path.removeprefix(CONFIGURATION)
        return configuration.answer(
            self, account, request.method, path, request.query, request.headers, request.body, entry
        )

    def _mech_list(self, request: Request) -> Answer:
        """What the login pages ask for first; a client learns the product from it."""
        if request.query != [("version", "3")]:
            raise Refused(
                json_answer({"error": "unsupported version"}, 400),
                "get_mech_list is asked for with version=3",
            )
        mechanism = {"id": "basic", "name": "Username & Password"}
        return json_answer(
            {
                "mechs": [mechanism],
                "default_mech": mechanism["id"],
                "company": self.site["company_name"],
                "product": _PRODUCT_NAMES[self.product],
            }
        )

"""A pair of simulated BeyondTrust appliances in a failover relationship, and the name that leads to
whichever is primary.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from ..clock import Clock
from ..control import MISTAKES, clock
from ..serving import serve_together
from ..wire import break_connection, read_body, send_answer
from . import failover, outages
from .appliance import Appliance
from .site import copy
from .switches import Switches

_SYNCED_BEFORE_MS = 3_600_000
_SHARED_IPS = ["192.0.2.10"]
_TICK = 0.05  # seconds


@dataclass(frozen=True)
class RunningPair:
    """A pair that accepts connections: the URLs of both appliances and of the shared name, and the
    PEM file of the authority to trust.
    """

    url: str
    peer_url: str
    shared_url: str
    ca_path: str


class Pair:
    """Two appliances, `a` (at first the primary) and `b`, with one clock and the same switches.

    `site` seeds `a`; `b` is made from it, as after a data sync an hour ago, unless `peer_site`
    seeds it. What a seed says of its health stands. `clock_speed` is how many seconds of the clock
    pass in a real one; with 0 it stands still and is moved by `clock.advance`. `shared` is the ASGI
    application behind the shared name.
    """

    def __init__(
        self,
        site: dict | None = None,
        switches: Switches | None = None,
        product: str = "rs",
        version: str = "25.2.1",
        *,
        peer_site: dict | None = None,
        clock_speed: float = 0.0,
    ):
        self.switches = switches or Switches()
        self.clock = Clock(speed=clock_speed)
        self.a, self.b = (
            Appliance(None, self.switches, product, version, self.clock) for _member in range(2)
        )
        self.a.peer, self.b.peer = self.b, self.a
        self.load({"a": site, "b": peer_site})
        self.shared = SharedName(self)

    @property
    def appliances(self) -> dict[str, Appliance]:
        """Both appliances by name."""
        return {"a": self.a, "b": self.b}

    @property
    def primaries(self) -> list[Appliance]:
        """The appliances that are primary now: one, none or both, whether or not they are alive."""
        self.settle()
        return [
            member
            for member in self.a.members
            if member.site["health"]["failover_role"] == "primary"
        ]

    def load(self, sites: dict[str, dict | None]) -> None:
        """Put seeds in the place of both states and set the clock to the first one's time. Raises
        ValueError for a seed that is wrong.
        """
        first, second = copy(sites["a"] or {}), copy(sites["b"])
        self.a.load({**first, "health": {"failover_role": "primary", **first.get("health", {})}})
        if second is None:
            second = {
                **self.a.dump(),
                "peers": [],
                "clients": [],
                "hostname": _peer_name(self.a.site),
                "health": {},
            }
        other = failover.OTHER.get(self.a.site["health"]["failover_role"], "none")
        self.b.load(
            {
                **second,
                "now_ms": self.a.site["now_ms"],
                "health": {"failover_role": other, **second.get("health", {})},
            }
        )
        for member in self.a.members:
            health = member.site["health"]
            if health["failover_role"] != "none" and health["last_data_sync_ms"] is None:
                health |= {
                    "last_data_sync_ms": self.clock.now_ms() - _SYNCED_BEFORE_MS,
                    "last_data_sync_status": self.switches.sync_success_status,
                }
                health["enabled_shared_ips"] = health["enabled_shared_ips"] or list(_SHARED_IPS)

    def dump(self) -> dict[str, dict]:
        """Deep copies of both states by name, good for `load`."""
        return {name: member.dump() for name, member in self.appliances.items()}

    def settle(self) -> None:
        """Let take place what is due by the clock."""
        self.a.do(lambda: failover.settle(self.a))

    def sync(self) -> None:
        """Carry out a data sync at once, as the appliances do by themselves now and then. Raises
        ValueError without a primary and a backup.
        """
        self.a.do(lambda: failover.replicate(self.a, self.clock.now_ms()))

    def state(self) -> dict:
        """What a rehearsal in another process wants to know: the time, who is primary, and both
        healths.
        """
        primaries = self.primaries
        names = [name for name, member in self.appliances.items() if member in primaries]
        healths = {name: member.site["health"] for name, member in self.appliances.items()}
        return {
            "now_ms": self.clock.now_ms(),
            "speed": self.clock.speed,
            "primaries": names,
            **healths,
        }

    @contextmanager
    def serve(self, certificate: str = "trusted", port: int = 0) -> Iterator[RunningPair]:
        """Serve both appliances and the shared name on 127.0.0.1, at `port` and the two ports
        behind it, or at free ones.

        See `serve` in serving.py for the rest.
        """
        with serve_together([self.a, self.b, self.shared], certificate, port=port) as (
            first,
            second,
            shared,
        ):
            shared.door.start(self._tick())
            yield RunningPair(first.url, second.url, shared.url, first.ca_path)

    async def _tick(self) -> None:
        """See to it that what is due takes place even if nobody asks, for a door that is closed
        hears no requests.
        """
        while True:
            self.settle()
            await asyncio.sleep(_TICK)


class SharedName:
    """An ASGI application that answers as the primary of a pair, for that is where a shared name or
    address leads.

    With two primaries alive it leads to the one and the other in turn. What is below /_simulator/
    is the pair's: GET pair (its state) · POST sync · POST clock {"advance", "speed"} · and what
    each appliance has, below a/ and b/, dead or alive.
    """

    def __init__(self, pair: Pair):
        self._pair = pair
        self._turns = cycle((0, 1))

        async def state(request: Request) -> JSONResponse:
            return JSONResponse(pair.state())

        async def sync(request: Request) -> JSONResponse:
            pair.sync()
            return JSONResponse(pair.state())

        self._control = Starlette(
            routes=[
                Route("/_simulator/pair", state),
                Route("/_simulator/sync", sync, methods=["POST"]),
                clock(pair),
            ],
            exception_handlers=MISTAKES,
        )

    async def __call__(self, scope, receive, send) -> None:
        if scope["path"].startswith("/_simulator/"):
            name, _slash, rest = scope["path"].removeprefix("/_simulator/").partition("/")
            if name in self._pair.appliances:
                scope = {
                    **scope,
                    "path": f"/_simulator/{rest}",
                    "raw_path": f"/_simulator/{rest}".encode(),
                }
                await self._pair.appliances[name](scope, receive, send)
            else:
                await self._control(scope, receive, send)
            return
        primaries = self._pair.primaries
        living = [member for member in primaries if member.site["health"]["down"] is None]
        if living or primaries:
            await (living or primaries)[next(self._turns) if len(living) == 2 else 0](
                scope, receive, send
            )
        elif self._pair.switches.without_primary == "unavailable":
            await read_body(receive)
            await send_answer(send, outages.unavailable(f"{scope['method']} {scope['path']}"))
        elif self._pair.switches.without_primary == "hang":
            await outages.hang(receive)
        else:
            await read_body(receive)
            break_connection(scope, orderly=False)


def _peer_name(site: dict) -> str:
    """The hostname of the second appliance: the one that the first names as its peer, or the
    first's own with "-b" in it.
    """
    for peer in site["peers"]:
        return peer["public_hostname"]
    host, dot, domain = site["hostname"].partition(".")
    return f"{host}-b{dot}{domain}"

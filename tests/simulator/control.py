"""Control of a simulated server over HTTP, below /_simulator/, for tests that run in another
process.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Iterable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from .faults import Fault


async def mistake(request: Request, error: Exception) -> JSONResponse:
    """The answer to a request that makes no sense."""
    return JSONResponse({"error": f"{type(error).__name__}: {error}"}, status_code=400)


MISTAKES = dict.fromkeys((ValueError, TypeError, KeyError, AttributeError), mistake)
"""How an application below /_simulator/ answers exceptions."""


def clock(server) -> Route:
    """The route by which a server's clock is moved, and made to run."""

    async def move(request: Request) -> JSONResponse:
        given = await request.json()
        if not given or given.keys() - {"advance", "speed"}:
            raise ValueError("a clock takes advance, speed or both")
        if "speed" in given:
            server.clock.speed = float(given["speed"])
        server.clock.advance(given.get("advance", 0))
        return JSONResponse({"now_ms": server.clock.now_ms()})

    return Route("/_simulator/clock", move, methods=["POST"])


def control(server, routes: Iterable[Route] = (), **records) -> Starlette:
    """The application below /_simulator/ for `server`. It needs no token and never counts in the
    journal.

    `routes` are those that only this server has. `records` are more of what it keeps about its
    clients, each with the journal's `as_dict` and `clear`, by name. GET, DELETE journal and each of
    the records · GET, PUT site · GET, PATCH switches · POST, DELETE faults (one, or a list) · POST
    clock {"advance": seconds, "speed": number} · PUT latency {"seconds": seconds}. A mistake is a
    400 with the reason as text.
    """

    def shown(name: str, find) -> Route:
        async def show(request: Request) -> JSONResponse:
            if request.method == "DELETE":
                find().clear()
            return JSONResponse(find().as_dict())

        return Route(f"/_simulator/{name}", show, methods=["GET", "DELETE"])

    async def site(request: Request) -> JSONResponse:
        if request.method == "PUT":
            server.load(await request.json())
        return JSONResponse(server.site)

    async def switches(request: Request) -> JSONResponse:
        if request.method == "PATCH":
            for name, value in (await request.json()).items():
                setattr(server.switches, name, value)
        return JSONResponse(vars(server.switches))

    async def faults(request: Request) -> JSONResponse:
        if request.method == "DELETE":
            server.faults.clear()
        else:
            given = await request.json()
            for each in [Fault(**each) for each in (given if isinstance(given, list) else [given])]:
                server.inject(each)
        return JSONResponse([repr(fault) for fault in server.faults])

    async def latency(request: Request) -> JSONResponse:
        server.latency = float((await request.json())["seconds"])
        return JSONResponse({"seconds": server.latency})

    return Starlette(
        routes=[
            shown("journal", lambda: server.journal),
            *(shown(name, lambda kept=kept: kept) for name, kept in records.items()),
            Route("/_simulator/site", site, methods=["GET", "PUT"]),
            Route("/_simulator/switches", switches, methods=["GET", "PATCH"]),
            Route("/_simulator/faults", faults, methods=["POST", "DELETE"]),
            clock(server),
            Route("/_simulator/latency", latency, methods=["PUT"]),
            *routes,
        ],
        exception_handlers=MISTAKES,
    )

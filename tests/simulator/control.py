"""Control of a simulated server over HTTP, below /_simulator/, for tests that run in another process."""
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from .faults import Fault


def control(server, **records) -> Starlette:
    """The application below /_simulator/ for `server`. It needs no token and never counts in the journal.

    `records` are more of what the server keeps about its clients, each with the journal's `as_dict` and `clear`, by name.
    GET, DELETE journal and each of the records · GET, PUT site · GET, PATCH switches · POST, DELETE faults (one, or a list) ·
    POST clock {"advance": seconds} · PUT latency {"seconds": seconds}. A mistake is a 400 with the reason as text.
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

    async def clock(request: Request) -> JSONResponse:
        server.clock.advance((await request.json())["advance"])
        return JSONResponse({"now_ms": server.clock.now_ms()})

    async def latency(request: Request) -> JSONResponse:
        server.latency = float((await request.json())["seconds"])
        return JSONResponse({"seconds": server.latency})

    async def mistake(request: Request, error: Exception) -> JSONResponse:
        return JSONResponse({"error": f"{type(error).__name__}: {error}"}, status_code=400)

    return Starlette(
        routes=[
            shown("journal", lambda: server.journal),
            *(shown(name, lambda kept=kept: kept) for name, kept in records.items()),
            Route("/_simulator/site", site, methods=["GET", "PUT"]),
            Route("/_simulator/switches", switches, methods=["GET", "PATCH"]),
            Route("/_simulator/faults", faults, methods=["POST", "DELETE"]),
            Route("/_simulator/clock", clock, methods=["POST"]),
            Route("/_simulator/latency", latency, methods=["PUT"]),
        ],
        exception_handlers=dict.fromkeys((ValueError, TypeError, KeyError, AttributeError), mistake),
    )

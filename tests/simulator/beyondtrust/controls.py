"""What a simulated BeyondTrust appliance has below /_simulator/ beside what every server has: its
health, its life and its death.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from .site import complete_health


def health_and_life(appliance) -> list[Route]:
    """GET, PATCH health · POST kill {"how", "seconds", "after", "at"} · POST revive."""

    def shown() -> JSONResponse:
        return JSONResponse(appliance.site["health"])

    async def health(request: Request) -> JSONResponse:
        if request.method == "PATCH":
            appliance.site["health"] = complete_health(
                {**appliance.site["health"], **await request.json()}, appliance.site["hostname"]
            )
        return shown()

    async def kill(request: Request) -> JSONResponse:
        appliance.kill(**await request.json())
        return shown()

    async def revive(request: Request) -> JSONResponse:
        appliance.revive()
        return shown()

    return [
        Route("/_simulator/health", health, methods=["GET", "PATCH"]),
        Route("/_simulator/kill", kill, methods=["POST"]),
        Route("/_simulator/revive", revive, methods=["POST"]),
    ]

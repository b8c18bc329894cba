"""How a simulated BeyondTrust appliance answers, or does not, while it is dead, restarts, or takes
part in a data sync.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from ..wire import Answer, break_connection, json_answer
from . import failover
from .calls import error_answer

_WORKING = (
    "GET /check_health",
    "GET /get_mech_list",
    "POST /oauth2/token",
    "command check_health",
    "command get_api_info",
    "command get_appliances",
    "command set_failover_role",
)
"""What works during a data sync with `during_data_sync=health_only`; set_failover_role does in that
it says that a change is under way.
"""
_IN_TURN = ("unavailable", "reset", "gateway")
_PAGE = "<!DOCTYPE html>\n<html><head><title>{0}</title></head><body><h1>{0}</h1></body></html>\n"
_HTML = "text/html; charset=UTF-8"


async def meet_death(appliance, scope, receive) -> bool:
    """Whether the appliance is dead; then the request has been dealt with."""
    down = appliance.site["health"]["down"]
    if down is None:
        return False
    if down["how"] == "hang":
        await hang(receive)
    else:
        break_connection(scope, orderly=False)
    return True


async def hang(receive) -> None:
    """Give no answer for as long as the client waits for one."""
    while (await receive())["type"] != "http.disconnect":
        pass


def outage(appliance, query: str) -> Answer | str:
    """What is answered to a request (as in the journal) in place of its answer: an Answer, "reset"
    for a reset connection, or "" where there is no outage.
    """
    until_ms = appliance.site["health"]["restarting_until_ms"]
    if until_ms is not None and appliance.clock.now_ms() < until_ms:
        how = appliance.switches.during_restart
    elif failover.syncs(appliance):
        how = appliance.switches.during_data_sync
    else:
        return ""
    if how == "mixed":
        how = _IN_TURN[appliance.outages % len(_IN_TURN)]
        appliance.outages += 1
    if how == "health_only":
        return _health_only(appliance, query)
    return {
        "available": "",
        "reset": "reset",
        "unavailable": unavailable(query),
        "gateway": Answer(502, _PAGE.format("Bad Gateway").encode(), _HTML),
    }[how]


def unavailable(query: str) -> Answer:
    """The answer of an appliance that is not available: a 503, for the health page a 500."""
    status, words = (
        (500, "The health check failed.")
        if query == "GET /check_health"
        else (503, "Service Unavailable")
    )
    return Answer(status, _PAGE.format(words).encode(), _HTML)


def _health_only(appliance, query: str) -> Answer | str:
    if query == "GET /check_health" and appliance.site["health"]["failover_role"] == "primary":
        return unavailable(query)  # its users are disconnected
    if query in _WORKING:
        return ""
    reason = "A data sync is in progress"
    api = query.partition(" ")[0]
    if api in ("command", "report"):
        return error_answer(
            appliance.switches, {"command": "command", "report": "reporting"}[api], reason
        )
    return json_answer({"message": reason}, 503)

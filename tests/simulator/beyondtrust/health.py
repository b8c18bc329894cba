"""What a simulated BeyondTrust appliance tells about its health and about the appliances of its
failover relationship.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from datetime import UTC, datetime

from ..wire import Answer
from .answers import element
from .failover import reaches_peer

_BUILD = "50123-0123456789abcdef0123456789abcdef01234567"
PER_REQUEST = "request"
"""The value of `flapping` with which the health page changes with every request to it."""


def page(appliance) -> Answer:
    """The page that a load balancer looks at: a status and a sentence, without data."""
    appliance.pages += 1
    skipped = appliance.site["health"]["flapping"] == PER_REQUEST and appliance.pages % 2 == 0
    if _is_healthy(appliance) and not skipped:
        return Answer(200, b"The health check was successful.\n", "text/html; charset=UTF-8")
    return Answer(500, b"The health check failed.\n", "text/html; charset=UTF-8")


def _is_healthy(appliance) -> bool:
    health = appliance.site["health"]
    flapping = health["flapping"]
    if flapping in (None, PER_REQUEST):
        return health["success"]
    return health["success"] and appliance.clock.now_ms() // round(flapping * 1000) % 2 == 0


def iso(moment_ms: int) -> str:
    """Milliseconds since 1970 as ISO 8601."""
    return datetime.fromtimestamp(moment_ms / 1000, UTC).isoformat(timespec="seconds")


def check_health(appliance, parameters: dict[str, str], account: dict):
    """The answer to check_health."""
    health, is_healthy = appliance.site["health"], _is_healthy(appliance)
    shown = [
        element("appliance", appliance.site["hostname"], id=health["guid"]),
        element("version", f"{appliance.version} ({_BUILD})"),
        element("success", int(is_healthy)),
    ]
    if not is_healthy:
        shown.append(element("error_message", health["error_message"] or "A problem was found"))
    shown.append(element("failover_role", health["failover_role"]))
    if health["enabled_shared_ips"]:
        shown.append(
            element(
                "enabled_shared_ips",
                [element("ip", address) for address in health["enabled_shared_ips"]],
            )
        )
    if health["last_data_sync_ms"] is not None:
        moment = health["last_data_sync_ms"]
        if appliance.switches.data_sync_ts:
            shown.append(element("last_data_sync_time", iso(moment), ts=moment // 1000))
        else:
            shown.append(
                element(
                    "last_data_sync_time",
                    iso(moment).replace("+00:00", f".{moment % 1000:03}+0000"),
                )
            )
    if health["last_data_sync_status"] is not None:
        shown.append(element("last_data_sync_status", health["last_data_sync_status"]))
    return element("health_check", shown)


def get_appliances(appliance, parameters: dict[str, str], account: dict):
    """The answer to get_appliances: this appliance, and its peer if it can be contacted."""
    others = appliance.site["peers"]
    if appliance.peer is not None:
        others = (
            [_identity(appliance.peer)]
            if reaches_peer(appliance) and appliance.site["health"]["failover_role"] != "none"
            else []
        )
    return element("appliances", [_appliance(each) for each in (_identity(appliance), *others)])


def _identity(appliance) -> dict:
    health = appliance.site["health"]
    return {
        "guid": health["guid"],
        "public_hostname": appliance.site["hostname"],
        "failover_role": health["failover_role"],
    }


def _appliance(given: dict):
    shown = {
        "name": given["public_hostname"].partition(".")[0],
        "cluster_role": "single",
        "accepting_connections": 1,
        "timezone_offset": 0,
        **given,
    }
    names = (
        "name",
        "public_hostname",
        "cluster_role",
        "failover_role",
        "accepting_connections",
        "timezone_offset",
    )
    return element("appliance", [element(name, shown[name]) for name in names], id=shown["guid"])

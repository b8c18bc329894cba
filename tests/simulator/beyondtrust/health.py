"""The health of a simulated BeyondTrust appliance and its role in a failover relationship."""
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from datetime import UTC, datetime

from ..wire import Answer
from .answers import element
from .calls import CallError, flag

_BUILD = "50123-0123456789abcdef0123456789abcdef01234567"
_OTHER = {"primary": "backup", "backup": "primary"}


def page(appliance) -> Answer:
    """The page that a load balancer looks at: a status and a sentence, without data."""
    if appliance.site["health"]["success"]:
        return Answer(200, b"The health check was successful.\n", "text/html; charset=UTF-8")
    return Answer(500, b"The health check failed.\n", "text/html; charset=UTF-8")


def iso(moment_ms: int) -> str:
    """Milliseconds since 1970 as ISO 8601."""
    return datetime.fromtimestamp(moment_ms / 1000, UTC).isoformat(timespec="seconds")


def settle(appliance) -> None:
    """Let a change of role that is due by the appliance's clock take place."""
    health = appliance.site["health"]
    pending = health["pending_role"]
    if pending is None or appliance.clock.now_ms() < pending["due_ms"]:
        return
    health["pending_role"] = None
    health["failover_role"] = pending["role"]
    for peer in appliance.site["peers"]:
        if peer["failover_role"] in _OTHER:
            peer["failover_role"] = _OTHER[pending["role"]]
    if pending["data_sync"]:
        health["last_data_sync_ms"] = pending["due_ms"]
        health["last_data_sync_status"] = "Success"


def check_health(appliance, parameters: dict[str, str], account: dict):
    """The answer to check_health."""
    settle(appliance)
    health = appliance.site["health"]
    shown = [
        element("appliance", appliance.site["hostname"], id=health["guid"]),
        element("version", f"{appliance.version} ({_BUILD})"),
        element("success", int(health["success"])),
    ]
    if not health["success"]:
        shown.append(element("error_message", health["error_message"] or "A problem was found"))
    shown.append(element("failover_role", health["failover_role"]))
    if health["enabled_shared_ips"]:
        shown.append(element("enabled_shared_ips", [element("ip", address) for address in health["enabled_shared_ips"]]))
    if health["last_data_sync_ms"] is not None:
        moment = health["last_data_sync_ms"]
        shown.append(element("last_data_sync_time", iso(moment), ts=moment // 1000))
    if health["last_data_sync_status"] is not None:
        shown.append(element("last_data_sync_status", health["last_data_sync_status"]))
    return element("health_check", shown)


def get_appliances(appliance, parameters: dict[str, str], account: dict):
    """The answer to get_appliances: this appliance and its peers."""
    settle(appliance)
    health, hostname = appliance.site["health"], appliance.site["hostname"]
    own = {"guid": health["guid"], "public_hostname": hostname, "failover_role": health["failover_role"]}
    return element("appliances", [_appliance(each) for each in (own, *appliance.site["peers"])])


def _appliance(given: dict):
    shown = {
        "name": given["public_hostname"].partition(".")[0], "cluster_role": "single", "accepting_connections": 1, "timezone_offset": 0, **given,
    }
    names = ("name", "public_hostname", "cluster_role", "failover_role", "accepting_connections", "timezone_offset")
    return element("appliance", [element(name, shown[name]) for name in names], id=shown["guid"])


def set_failover_role(appliance, parameters: dict[str, str], account: dict):
    """Change this appliance's role, at once or after a data sync. Raises CallError."""
    settle(appliance)
    health, switches = appliance.site["health"], appliance.switches
    role, sync, force = parameters.get("role"), flag(parameters, "data_sync_first"), flag(parameters, "force")
    if role not in _OTHER:
        raise CallError("role must be primary or backup", violation=True)
    if health["failover_role"] == "none":
        raise CallError("Failover is not configured")
    if health["pending_role"] is not None:
        raise CallError("A role change is already in progress")
    if not health["peer_reachable"] and (sync or not (force and health["failover_role"] == "primary" and role == "backup")):
        raise CallError("The peer appliance could not be contacted")
    delay = switches.data_sync_seconds * sync + switches.role_change_seconds
    health["pending_role"] = {"role": role, "due_ms": appliance.clock.now_ms() + round(delay * 1000), "data_sync": sync}
    settle(appliance)
    if sync:
        return element("success", "Successfully started data sync. Role change will occur upon successful completion")
    return element("success", "Successfully changed role")

"""What a BeyondTrust appliance tells of itself: its API, its health, its peers, and the page that
load balancers look at.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from .._core.errors import InputError, ServerError
from .._core.http import Session
from .._core.server import Server
from .command import api_info, command
from .markup import find, local, text
from .products import PRODUCTS, RS

# The page's statuses, the guide's "Alternative Method - HTTP Status Check".
HEALTHY, UNHEALTHY = 200, 500


def read_appliance(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Return what the appliance tells of itself: the parts in ``gather`` (None: all that its
    product has).
    """
    product, parts = server.backend.product, params["gather"]
    if parts is None:
        parts = [part for part in PARTS if part != "appliances" or product == RS]
    elif "appliances" in parts and product != RS:
        raise InputError(f"{product} does not list its appliances; {RS} does.")
    word = next(word for word, name in PRODUCTS.items() if name == product)
    return {
        "changed": False,
        "product": word,
        **{part: PARTS[part](server.session) for part in parts},
    }


def told_info(session: Session) -> dict:
    """Return the version of the API, the company's name (None where it is no longer told), the
    time, and the account's permissions.
    """
    info = api_info(session)
    return {
        **info,
        "timestamp": moment(info["timestamp"]),
        "permissions": {name: _granted(value) for name, value in info["permissions"].items()},
    }


def health(session: Session, patience: float | None = None) -> dict:
    """Return what check_health tells; None for what it leaves out. ``patience``: the seconds to
    wait, if not the session's timeout.
    """
    root = command(session, "check_health", patience=patience)
    if text(root, "success") not in ("0", "1"):
        raise ServerError("the command check_health does not tell whether it was successful.")
    version, _space, build = (text(root, "version") or "").partition(" ")
    addresses, synced, appliance = (
        find(root, "enabled_shared_ips"),
        find(root, "last_data_sync_time"),
        find(root, "appliance"),
    )
    return {
        "healthy": text(root, "success") == "1",
        "error_message": text(root, "error_message"),
        "id": None if appliance is None else appliance.get("id"),
        "hostname": text(root, "appliance"),
        "version": version or None,
        "build": build.strip("()") or None,
        "failover_role": text(root, "failover_role"),
        "enabled_shared_ips": []
        if addresses is None
        else [(address.text or "").strip() for address in _named(addresses, "ip")],
        "last_data_sync_time": None
        if synced is None
        else moment(synced.get("ts")) or moment(synced.text),
        "last_data_sync_status": text(root, "last_data_sync_status"),
    }


def appliances(session: Session, patience: float | None = None) -> list[dict]:
    """Return the appliances of a failover pair or cluster, this one among them (Remote Support)."""
    found = []
    for element in _named(command(session, "get_appliances", patience=patience), "appliance"):
        names = ("name", "public_hostname", "cluster_role", "failover_role")
        offset = text(element, "timezone_offset")
        found.append(
            {
                "id": element.get("id"),
                **{name: text(element, name) for name in names},
                "accepting_connections": text(element, "accepting_connections") == "1",
                "timezone_offset": int(offset)
                if offset and offset.lstrip("+-").isdecimal()
                else None,
            }
        )
    return found


def health_page(session: Session, patience: float | None = None) -> dict:
    """Return what the page for load balancers says by its status. It takes no login, and its words
    mean nothing.
    """
    waits = {} if patience is None else {"timeout": patience}
    answer = session.log_in("GET", "/check_health", headers={"Accept": "*/*"}, **waits)
    if answer.status not in (HEALTHY, UNHEALTHY):
        raise ServerError(
            f"GET /check_health answered {answer.described()}, where the status {HEALTHY} or {UNHEALTHY} was expected.",
            status=answer.status,
        )
    return {"healthy": answer.status == HEALTHY, "status": answer.status}


def moment(told: str | None) -> str | None:
    """Return a time, as seconds since 1970 or in ISO 8601 however it is written, in one form; what
    cannot be read stays as it is.
    """
    told = (told or "").strip()
    try:
        if told.isascii() and told.isdecimal():
            when = datetime.fromtimestamp(int(told), UTC)
        else:
            when = datetime.fromisoformat(told)
            when = when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)
        return when.isoformat(timespec="seconds")
    except (ValueError, OverflowError, OSError):
        return told or None


def _granted(value) -> bool | str:
    """Return a permission as it can be used in conditions; the guide's prose has a space where the
    wire has an underscore.
    """
    return value == "1" if value in ("0", "1") else value.replace(" ", "_")


def _named(element, name):
    return [child for child in element if isinstance(child.tag, str) and local(child) == name]


PARTS: dict[str, Callable[[Session], Any]] = {
    "api_info": told_info,
    "health": health,
    "appliances": appliances,
    "health_page": health_page,
}
SPEC = {"gather": {"type": "list", "elements": "str", "choices": list(PARTS)}}

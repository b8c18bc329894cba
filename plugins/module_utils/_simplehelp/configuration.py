"""SimpleHelp as a whole: the server described by one document, and its restrictions on logins."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .._core.errors import InputError
from .._core.plan import Change
from .._core.reconcile import carry_out, config_spec, export_all, plan_config
from .._core.resource import Platform
from .._core.server import Server
from .admission import admits
from .api import HOSTNAME
from .resources import SERVER

# What keeps a set of restrictions from locking out whoever sets it.
LOCKOUT_SPEC = {
    "own_address": {"type": "list", "elements": "str", "default": []},
    "allow_lockout": {"type": "bool", "default": False},
    "allow_empty": {"type": "bool", "default": False},
}
RESTRICTION_SPEC = {
    "restrictions": {"type": "list", "elements": "str", "required": True},
    "state": {"type": "str", "choices": ["present", "absent", "exact"], "default": "present"},
    **LOCKOUT_SPEC,
}
HOSTNAME_SPEC = {"hostname": {"type": "str", "required": True}}


def whole_server_spec(platform: Platform) -> dict:
    """Return the options of the module that manages a whole SimpleHelp server."""
    return {**LOCKOUT_SPEC, **config_spec(platform)}


def export_spec(platform: Platform) -> dict:
    """Return the options of the module that exports a whole SimpleHelp server."""
    kinds = [resource.name for resource in platform.resources]
    return {
        "kinds": {"type": "list", "elements": "str", "choices": kinds},
        "protected": {"type": "bool", "default": False},
    }


def manage_whole_server(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Bring a whole server to the state that the document in ``params`` describes."""
    check_hostname((params["config"].get("server") or {}).get("hostname"))
    changes = plan_config(server, params)
    check_server(changes, params)
    return carry_out(server, changes, check_mode)


def export_whole_server(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Return what a server holds, as the document that describes it."""
    kinds = params["kinds"] or list(server.resources)
    return export_all(server, kinds, bool(params["kinds"]), params["protected"])


def manage_hostname(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Set the name that clients reach the server by."""
    check_hostname(params["hostname"])
    changes = server.plan({SERVER.name: [params]})
    check_server(changes, params)
    return {**carry_out(server, changes, check_mode), "hostname": params["hostname"]}


def manage_restrictions(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Add, remove or replace the addresses from which technicians may log in."""
    if params["state"] != "absent":
        check_patterns(params["restrictions"])
    server.complete(SERVER, [()], ["tech-restrictions"])
    present, given = set(server.read(SERVER)[()]["tech_restrictions"]), set(params["restrictions"])
    wanted = sorted(
        {"present": present | given, "absent": present - given, "exact": given}[params["state"]]
    )
    changes = server.plan({SERVER.name: [{"tech_restrictions": wanted}]})
    check_server(changes, params)
    return {**carry_out(server, changes, check_mode), "tech_restrictions": wanted}


def check_server(changes: Sequence[Change], params: Mapping[str, Any]) -> None:
    """Raise InputError where the settings of the server itself would do harm.

    An empty host name; an invalid restriction; restrictions that admit none of the addresses in
    ``own_address``; no restriction at all, which admits everybody, where there were some.
    """
    for change in changes:
        if change.resource is not SERVER:
            continue
        if "hostname" in change.fields and not change.after["hostname"]:
            raise InputError("hostname must not be empty.")
        if "tech_restrictions" in change.fields:
            restrictions = change.after["tech_restrictions"]
            check_patterns(set(restrictions) - set(change.before["tech_restrictions"] or []))
            if not restrictions and not params.get("allow_empty"):
                raise InputError(
                    "This would remove every restriction, so that technicians can log in from anywhere. If that is what you want, set allow_empty."
                )
            shut_out = [
                address
                for address in params.get("own_address") or []
                if restrictions and not admits(restrictions, address)
            ]
            if shut_out and not params.get("allow_lockout"):
                raise InputError(
                    f"The restrictions would no longer admit own_address {', '.join(shut_out)}. If that is what you want, set allow_lockout."
                )


def check_hostname(hostname: str | None) -> None:
    """Raise InputError for what cannot be a host name or an address, with or without a port. A
    server may have none.
    """
    if hostname is not None and not re.fullmatch(HOSTNAME, hostname):
        raise InputError(f"hostname must be a host name or address, not {hostname!r}.")


def check_patterns(patterns: Iterable[str]) -> None:
    """Raise InputError for a restriction that is empty or not a regular expression."""
    for pattern in sorted(patterns):
        try:
            re.compile(pattern)
        except (re.error, RecursionError, OverflowError) as exc:
            raise InputError(
                f"The restriction {pattern!r} is not a valid regular expression: {exc}."
            ) from None
        if not pattern.strip():
            raise InputError("An empty restriction is not a useful regular expression.")

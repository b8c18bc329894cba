"""What BeyondTrust does on request, beside keeping objects: provisioning, and letting expired users
of a vendor in again.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from .._core.errors import Error, Incomplete, InputError, ServerError
from .._core.once import act
from .._core.resource import Resource
from .._core.server import Server
from .people import GROUP_POLICY, USER, VENDOR, VENDOR_USER
from .reads import FEW

PROVISION_SPEC = {
    "group_policies": {"type": "list", "elements": "str"},
    "users": {"type": "list", "elements": "str"},
}

REACTIVATION_SPEC = {
    "vendor": {"type": "str", "required": True},
    "username": {"type": "str"},
}


def reactivate(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Let expired users of a vendor in again, one of them or all; nothing is sent where nobody is
    expired.
    """
    VENDOR.check_product({}, server.backend.product)
    vendor, username = server.id_of(VENDOR.name, params["vendor"]), params["username"]
    users = [
        user for user in server.read(VENDOR_USER).values() if user["vendor"] == params["vendor"]
    ]
    if username is not None and username not in [user["username"] for user in users]:
        raise InputError(f"The vendor {params['vendor']!r} has no user named {username!r}.")
    expired = [
        user for user in users if user["is_expired"] and username in (None, user["username"])
    ]
    if expired and not check_mode:
        path = VENDOR_USER.endpoint.format(vendor=vendor)
        still = [user["username"] for user in expired]

        def shown():
            users = server.read_again(VENDOR_USER).known
            still[:] = [
                user["username"]
                for user in expired
                if (known := users.get(VENDOR_USER.key_of(user))) is None
                or known.object["is_expired"]
            ]
            return not still

        try:
            server.backend.act(
                f"{VENDOR.endpoint}/{vendor}/reactivate"
                if username is None
                else f"{path}/{expired[0]['id']}/reactivate",
                None,
                shown,
                lambda: f"it shows as expired: {', '.join(still)}.",
            )
        except ServerError as exc:
            exc.facts["changed"] = len(still) < len(expired)
            raise
    changes = [
        {
            "action": "reactivate",
            "kind": VENDOR_USER.name,
            "name": VENDOR_USER.label(user),
            "fields": ["account_expiration"],
        }
        for user in expired
    ]
    return {"changed": bool(expired), "changes": changes}


def provision(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Let group policies take effect for their members, and for some users all group policies that
    they are members of.
    """
    policies, users = (
        _identifiers(server, *kind)
        for kind in ((GROUP_POLICY, params["group_policies"]), (USER, params["users"]))
    )
    if not policies and not users:  # no users at all would mean everybody to the appliance
        raise InputError("Neither group_policies nor users names anything to provision.")
    requests = [
        (
            [_provisioned(GROUP_POLICY, name)],
            partial(server.backend.provisioning.group_policy, policies[name]),
        )
        for name in policies
    ]
    if users:
        requests.append(
            (
                [_provisioned(USER, name) for name in users],
                partial(server.backend.provisioning.users, users.values()),
            )
        )
    done: list[dict] = []
    for changes, request in requests:
        try:
            if not check_mode:
                act(server.session, request)
        except Error as exc:
            names = ", ".join(f"{change['kind']} {change['name']}" for change in changes)
            raise Incomplete(
                f"Provisioning {names}: {exc}",
                changed=bool(done) or not exc.nothing_done,
                changes=done,
            ) from None
        done += changes
    return {"changed": True, "changes": done}


def _identifiers(server: Server, resource: Resource, names: list[str] | None) -> dict[str, int]:
    """Return the appliance's identifier of each object that is named, in their order. Raises
    InputError for one that is not there.
    """
    names = list(dict.fromkeys(names or ()))
    if 0 < len(names) <= FEW:
        server.read_some(resource, [{resource.key[0]: name} for name in names])
    return {name: server.id_of(resource.name, name) for name in names}


def _provisioned(resource: Resource, name: str) -> dict:
    return {"action": "provision", "kind": resource.name, "name": name, "fields": []}

"""What BeyondTrust does on request and cannot be asked about afterwards: provisioning."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from .._core.errors import Error, Incomplete, InputError
from .._core.resource import Resource
from .._core.server import Server
from .reads import FEW
from .resources import GROUP_POLICY, USER

PROVISION_SPEC = {
    "group_policies": {"type": "list", "elements": "str"},
    "users": {"type": "list", "elements": "str"},
}


def provision(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Let group policies take effect for their members, and for some users all group policies that they are members of."""
    policies, users = (_identifiers(server, *kind) for kind in ((GROUP_POLICY, params["group_policies"]), (USER, params["users"])))
    if not policies and not users:  # no users at all would mean everybody to the appliance
        raise InputError("Neither group_policies nor users names anything to provision.")
    requests = [([_provisioned(GROUP_POLICY, name)], partial(server.backend.provision_group_policy, policies[name])) for name in policies]
    if users:
        requests.append(([_provisioned(USER, name) for name in users], partial(server.backend.provision_users, users.values())))
    done: list[dict] = []
    for changes, request in requests:
        try:
            if not check_mode:
                request()
        except Error as exc:
            names = ", ".join(f"{change['kind']} {change['name']}" for change in changes)
            raise Incomplete(f"Provisioning {names}: {exc}", changed=bool(done) or not exc.nothing_done, changes=done) from None
        done += changes
    return {"changed": True, "changes": done}


def _identifiers(server: Server, resource: Resource, names: list[str] | None) -> dict[str, int]:
    """Return the appliance's identifier of each object that is named, in their order. Raises InputError for one that is not there."""
    names = list(dict.fromkeys(names or ()))
    if 0 < len(names) <= FEW:
        server.read_some(resource, [{resource.key[0]: name} for name in names])
    return {name: server.id_of(resource.name, name) for name in names}


def _provisioned(resource: Resource, name: str) -> dict:
    return {"action": "provision", "kind": resource.name, "name": name, "fields": []}

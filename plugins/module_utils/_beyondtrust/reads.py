"""What BeyondTrust's reading modules return, and how their options choose among it."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from .._core.errors import NotThere, ServerError
from .._core.module import Module
from .._core.resource import Resource
from .._core.server import Server
from .api import BEYONDTRUST
from .jump_items import JUMP_ITEMS, REMOTE_RDP
from .jumps import JUMP_POLICY, JUMPOINT
from .people import EVERY_PORTAL, USER

FEW = 3  # names up to which it is cheaper to look for each than to read a whole list
JUMP_ITEM_KINDS = {resource.name: resource for resource in JUMP_ITEMS}
JUMP_ITEM_SPEC = {
    "kinds": {"type": "list", "elements": "str", "choices": list(JUMP_ITEM_KINDS)},
    "names": {"type": "list", "elements": "str"},
    "jump_groups": {"type": "list", "elements": "str"},
}


def info_spec(resource: Resource) -> dict:
    """Return the options of the module that reads objects of a kind."""
    spec: dict[str, Any] = {"names": {"type": "list", "elements": "str"}}
    if resource.queries:
        spec["gather"] = {
            "type": "list",
            "elements": "str",
            "choices": list(resource.queries),
            "default": [],
        }
    if resource is JUMPOINT:
        spec["gather"]["choices"].append("nodes")
    if resource is JUMP_POLICY:
        spec["gather"] = {"type": "list", "elements": "str", "choices": ["schedule"], "default": []}
    if resource is USER:
        spec["gather"] = {
            "type": "list",
            "elements": "str",
            "choices": ["group_policies"],
            "default": [],
        }
    return spec


def info_module(resource: Resource, plural: str) -> Module:
    """Return the module that reads objects of a kind and returns them as ``plural``."""
    return Module(BEYONDTRUST, partial(read_objects, resource, plural), info_spec(resource))


def read_objects(
    resource: Resource, plural: str, server: Server, params: Mapping[str, Any], check_mode: bool
) -> dict:
    """Return the objects of a kind with one of ``names`` (None: all), with the parts in ``gather``,
    in the order of their names.
    """
    resource.check_product({}, server.backend.product)
    found = [
        key
        for key in _named(server, resource, params["names"])
        if server.memory(resource).known[key].identifier != EVERY_PORTAL
    ]
    parts = params.get("gather") or []
    server.complete(resource, found, [part for part in parts if part in resource.queries])
    objects, records = [], []
    for key in sorted(found, key=lambda key: [str(part or "") for part in key]):
        known = server.memory(resource).known[key]
        objects.append(dict(known.object))
        records.append(known.record)
        if resource is USER:  # the result of the group policies, under the names of the API
            objects[-1]["permissions"] = {
                name: value
                for name, value in known.record.items()
                if name.startswith(("perm_", "auto_assignment_")) or name.endswith("_role_id")
            }
    for part in set(parts) - set(resource.queries):
        for obj, value in zip(
            objects,
            server.backend.session.each(partial(_PARTS[part], server), records),
            strict=True,
        ):
            obj[part] = value
    return {"changed": False, plural: objects}


def read_jump_items(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Return the jump items of some kinds (None: all that this appliance has) that fit all the
    other options.
    """
    items = []
    product = server.backend.product
    wanted = {server.name_for("jump_group", name) for name in params["jump_groups"] or ()}
    for name in wanted:
        server.id_of("jump_group", name)  # so that a misspelt name is no empty answer
    for kind, resource in JUMP_ITEM_KINDS.items():
        if params["kinds"] is not None and kind not in params["kinds"]:
            continue
        if params["kinds"] is not None:
            resource.check_product({}, product)
        elif resource.only and product not in resource.only:
            continue
        try:
            keys = _named(server, resource, params["names"])
        except NotThere:
            # A version may not have all kinds. This one it has; without it, the account has no
            # permission.
            if params["kinds"] is not None or resource is REMOTE_RDP:
                raise
            continue
        items += [{"kind": kind, **server.memory(resource).known[key].object} for key in keys]
    if params["jump_groups"] is not None:
        items = [item for item in items if item["jump_group"] in wanted]
    return {
        "changed": False,
        "jump_items": sorted(items, key=lambda item: (item["name"], item["kind"], item["id"])),
    }


def _named(server, resource, names) -> list[tuple]:
    if names is not None and len(names) <= FEW:
        server.read_some(resource, [{resource.key[0]: name} for name in names])
    objects = server.read(resource)
    return [key for key in objects if names is None or key[0] in names]


def _schedule(server, record) -> dict:
    return server.backend.ask(f"{JUMP_POLICY.endpoint}/{record['id']}/schedule", dict)


def _nodes(server, record) -> list[dict]:
    return server.backend.records(f"{JUMPOINT.endpoint}/{record['id']}/node", paged=False)


def _group_policies(server, record) -> list[str]:
    path = f"{USER.endpoint}/{record['id']}/group-policies"
    found = server.backend.records(path, paged=False)
    if any(not isinstance(policy.get("name"), str) for policy in found):
        raise ServerError(f"GET {path} answered a group policy without a name.")
    return sorted(policy["name"] for policy in found)


_PARTS = {"nodes": _nodes, "schedule": _schedule, "group_policies": _group_policies}

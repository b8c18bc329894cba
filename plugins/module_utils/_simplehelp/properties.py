"""Properties of SimpleHelp's machines and machine groups: which options ask for which change."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._core.errors import InputError
from .._core.plan import Purge
from .._core.reconcile import STATE, carry_out
from .._core.server import Server
from .resources import MACHINE, MACHINE_GROUP

SPEC = {
    "machine": {"type": "str"},
    "machines": {"type": "list", "elements": "str"},
    "machine_group": {"type": "list", "elements": "str"},
    "key": {"type": "str", "no_log": False},
    "value": {"type": "str"},
    "properties": {"type": "dict"},
    "state": STATE,
    "purge": {"type": "bool", "default": False},
    "max_removed": {"type": "int", "default": Purge.max_removed},
    "allow_empty": {"type": "bool", "default": False},
}
RULES = {
    "mutually_exclusive": [
        ["machine", "machines", "machine_group"],
        ["key", "properties"],
        ["value", "properties"],
        ["key", "purge"],
    ],
    "required_one_of": [["machine", "machines", "machine_group"], ["key", "properties"]],
    "required_by": {"value": "key"},
}


def manage_properties(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Set or remove properties of one machine, of many machines, or of a machine group."""
    if params["key"] == "":
        raise InputError("key must not be empty.")
    if params["properties"] is not None:
        properties = params["properties"]
    elif params["value"] is None and params["state"] == "present":
        raise InputError("key needs a value; an empty text is written as value: ''.")
    else:
        properties = {params["key"]: params["value"]}
    if params["state"] == "absent" and params["purge"]:
        raise InputError(
            "state: absent and purge cannot be combined: the one removes what is named, the other what is not."
        )
    if params["state"] == "absent":
        properties = dict.fromkeys(properties)
    if params["machine_group"] is not None:
        resource, described = (
            MACHINE_GROUP,
            [{"path": params["machine_group"], "properties": properties}],
        )
    else:
        names = [params["machine"]] if params["machine"] is not None else params["machines"]
        resource, described = (
            MACHINE,
            [{"machine": name, "properties": properties} for name in names],
        )
    purged = [resource.fields["properties"].purge] if params["purge"] else []
    changes = server.plan(
        {resource.name: described}, Purge(purged, params["max_removed"], 100, params["allow_empty"])
    )
    after = {resource.key_of(change.after): change.after["properties"] for change in changes}
    result = carry_out(server, changes, check_mode)
    found = []
    for item in described:
        key = server.find(resource, item)
        obj = server.read(resource)[key]
        shown = ("path",) if resource is MACHINE_GROUP else ("machine_id", "name")
        found.append(
            {**{name: obj[name] for name in shown}, "properties": after.get(key, obj["properties"])}
        )
    return {
        **result,
        **({"machine_group": found[0]} if resource is MACHINE_GROUP else {"machines": found}),
    }

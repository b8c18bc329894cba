"""The properties of machines and machine groups, and how they are inherited along the path of
groups.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from .answers import DONE, Refused, Text, broken
from .machines import select
from .site import EMPTY_MACHINE_GROUP, copy


def _inherited(site: dict, path: list[str]) -> dict[str, str]:
    """The properties of a group's path, root first, so that the nearest group wins."""
    found: dict[str, str] = {}
    level = site["machine_groups"]
    for name in path:
        node = level.get(name, EMPTY_MACHINE_GROUP)
        found.update(node["properties"])
        level = node["groups"]
    return found


def get_machine_properties(server, body):
    answer = []
    for machine in select(server, body):
        inherited = (
            _inherited(server.site, machine["groups"]) if body.get("includeInherited") else {}
        )
        properties = inherited | machine["properties"]
        if "key" in body:
            properties = {key: value for key, value in properties.items() if key == body["key"]}
        pairs = [{"key": key, "value": value} for key, value in properties.items()]
        answer.append({"machineID": machine["machineID"], "properties": pairs})
    return answer


def _written_machines(server, body: dict) -> list[dict]:
    """The machines of a write. The text says one or more, the table only machineID: see the switch
    properties_many.
    """
    if "machineIDs" in body and server.switches.properties_many == "refuse":
        if server.switches.unknown_fields == "refuse":
            raise Refused("Unknown field: machineIDs")
        body = {name: value for name, value in body.items() if name != "machineIDs"}
    return select(server, body, writes=True)


def _key(body: dict) -> str:
    if "key" not in body:
        raise broken("key is missing")
    if not body["key"]:
        raise Refused("The key of a property must not be empty")
    return body["key"]


def _value(body: dict) -> str:
    if "value" not in body:
        raise broken("value is missing")
    return body["value"]


def set_machine_property(server, body):
    key, value = _key(body), _value(body)
    for machine in _written_machines(server, body):
        machine["properties"][key] = value
    return DONE


def remove_machine_property(server, body):
    key = _key(body)
    machines = _written_machines(server, body)
    for machine in machines:
        if key not in machine["properties"]:
            raise Refused(f"The machine {machine['machineID']} has no property {key}")
    for machine in machines:
        del machine["properties"][key]
    return DONE


def _group(site: dict, body: dict) -> dict:
    """The machine group at the path `groups`; one exists where the site lists it or where a machine
    is in or below it.
    """
    path = body.get("groups")
    if not path:
        raise broken("groups holds no path")
    node, level = {}, site["machine_groups"]
    for depth, name in enumerate(path, 1):
        if name not in level:
            if not any(
                machine["groups"][:depth] == path[:depth] for machine in site["machines"].values()
            ):
                raise Refused(f"There is no machine group {' / '.join(path)}")
            level[name] = copy(EMPTY_MACHINE_GROUP)
        node = level[name]
        level = node["groups"]
    return node


def get_group_properties(server, body):
    own = _group(server.site, body)["properties"]
    properties = _inherited(server.site, body["groups"]) if body.get("includeInherited") else own
    if "key" not in body:
        return list(properties)
    if body["key"] in properties:
        return Text(properties[body["key"]])
    if server.switches.absent_property == "refuse":
        raise Refused(f"There is no property {body['key']}")
    if server.switches.absent_property == "null" and server.switches.scalar == "json":
        return None
    return Text("")


def set_group_property(server, body):
    key, value = _key(body), _value(body)
    _group(server.site, body)["properties"][key] = value
    return DONE


def remove_group_property(server, body):
    key, group = _key(body), _group(server.site, body)
    if key not in group["properties"]:
        raise Refused(f"The machine group has no property {key}")
    del group["properties"][key]
    return DONE

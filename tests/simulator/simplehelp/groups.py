"""The technician group queries of the SimpleHelp document."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from .answers import DONE, Refused, broken
from .shapes import GROUP, show
from .site import NESTED_DEFAULTS, PERMISSIONS, copy, new_group, next_id
from .technicians import rekey, store_password, writable

READ_ONLY = ("uniqueID",)


def select(site: dict, unique_id: int | None, name: str | None) -> dict:
    """The group with this uniqueID, else the one with this name; two that differ are refused."""
    found = []
    if unique_id is not None:
        found += [each for each in site["groups"].values() if each["uniqueID"] == unique_id]
        if not found:
            raise Refused(f"There is no technician group with the uniqueID {unique_id}")
    if name is not None:
        if name not in site["groups"]:
            raise Refused(f"There is no technician group with the name {name}")
        found.append(site["groups"][name])
    if not found:
        raise broken("no uniqueID or group.name selects a technician group")
    if found[0] is not found[-1]:
        raise broken("uniqueID and group.name select different technician groups")
    return found[0]


def _selected(server, body: dict) -> dict:
    return select(server.site, body.get("uniqueID"), body.get("group", {}).get("name"))


def _shown(server, group: dict) -> dict:
    shown = show(group, GROUP, server.switches.nulls)
    password, style = group.get("videoPassword"), server.switches.video_password
    if password is not None and style != "plain":
        shown["videoPassword"] = {"absent": None, "blank": "", "masked": "********"}[style]
        if style == "absent" and server.switches.nulls == "absent":
            del shown["videoPassword"]
    return shown


def list_groups(server, body):
    return [_shown(server, each) for each in server.site["groups"].values()]


def get_group(server, body):
    # With the printed path of an update, group holds attributes and selects nothing.
    if "uniqueID" in body:
        return _shown(server, select(server.site, body["uniqueID"], None))
    return _shown(server, _selected(server, body))


def create_group(server, body):
    if "group" not in body or "name" not in body["group"]:
        raise broken("group.name is missing")
    attributes = writable(body["group"], READ_ONLY, server.switches.read_only_fields, "group")
    _refuse_name(server.site, attributes["name"], None)
    unique_id = next_id(server.site, "last_group_id")
    server.site["groups"][attributes["name"]] = new_group({"uniqueID": unique_id, **attributes})
    return DONE


def _refuse_name(site: dict, name: str, owner: dict | None) -> None:
    if not name:
        raise Refused("The name of a technician group must not be empty")
    if site["groups"].get(name, owner) is not owner:
        raise Refused(f"There is a technician group with the name {name} already")


def set_group(server, body):
    if "group" not in body:
        raise broken("group is missing")
    attributes = dict(body["group"])
    if "uniqueID" in body:
        group = select(server.site, body["uniqueID"], None)
    else:
        group = _selected(server, body)
        attributes.pop("name")
    if not attributes:
        raise broken("group holds no attribute to set")
    attributes = writable(attributes, READ_ONLY, server.switches.read_only_fields, "group")
    if "name" in attributes:
        _refuse_name(server.site, attributes["name"], group)
    for name in NESTED_DEFAULTS.keys() & attributes.keys():
        beneath = (
            group[name] if server.switches.nested_update == "merge" else copy(NESTED_DEFAULTS[name])
        )
        attributes[name] = {**beneath, **attributes[name]}
    old_name = group["name"]
    group.update(attributes)
    if group["name"] != old_name:
        rekey(server.site["groups"], "name")
    return DONE


def remove_group(server, body):
    group = _selected(server, body)
    del server.site["groups"][group["name"]]
    for technician in server.site["technicians"].values():
        if group["uniqueID"] in technician["groupIDs"]:
            technician["groupIDs"].remove(group["uniqueID"])
    return DONE


def set_password(server, body):
    store_password(_selected(server, body), body)
    return DONE


def get_permissions(server, body):
    return dict(_selected(server, body)["permissions"])


def set_permissions(server, body):
    inner = body.get("group", {})
    ids = {each["uniqueID"] for each in (body, inner) if "uniqueID" in each}
    if len(ids) > 1:
        raise broken("uniqueID and group.uniqueID select different technician groups")
    group = select(server.site, ids.pop() if ids else None, inner.get("name"))
    if not inner.get("permissions"):
        raise broken("group.permissions holds no permission to set")
    for name in inner["permissions"]:
        if name not in PERMISSIONS:
            raise Refused(f"There is no permission {name}")
    group["permissions"].update(inner["permissions"])
    return DONE

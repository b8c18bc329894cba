"""Every query of the simulated SimpleHelp server: its operation, what its body may hold, and who
answers it.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from . import groups, machines, properties, records, server_settings, technicians
from .shapes import BOOLEAN, GROUP, INTEGER, LONG, STRING, TECHNICIAN, Map, Shape
from .switches import Switches


@dataclass(frozen=True)
class Query:
    """One query. `body` is the shape of its POST data, None where it takes none; `writes` says that
    it asks for a change.

    `data_optional` marks a query that may be sent with or without POST data. `answer` is called
    with the server and the checked body; it returns JSON, a Text or DONE, and may raise Refused.
    """

    operation: str
    answer: Callable
    body: Shape | None = None
    writes: bool = False
    data_optional: bool = False


_TECHNICIAN_SELECTOR = {"uniqueID": INTEGER, "username": STRING, "technician": TECHNICIAN}
_GROUP_SELECTOR = {"uniqueID": INTEGER, "group": GROUP}
_MACHINES = {"machineID": STRING, "machineIDs": [STRING]}
_PROPERTY = {"key": STRING, "value": STRING}
_HISTORY_FILTERS = {
    "rangeStart": LONG,
    "rangeEnd": LONG,
    "rangeLastModified": BOOLEAN,
    "maxResults": INTEGER,
    "textFilter": STRING,
    "technicianNameFilters": [STRING],
    "groupFilters": [INTEGER],
    "machineIDFilters": [STRING],
    "includeSupportSessions": BOOLEAN,
    "includeAccessSessions": BOOLEAN,
    "includePresentationSessions": BOOLEAN,
    "searchUntilSessionID": STRING,
}
_PERMISSIONS_GROUP = Shape({"uniqueID": INTEGER, "name": STRING, "permissions": Map(BOOLEAN)})


def _table() -> dict[str, Query]:
    """Query path -> Query, for the path style `set`."""
    queries = {}

    def read(
        path: str, answer: Callable, body: dict | None = None, data_optional: bool = False
    ) -> None:
        queries[path] = Query(
            path, answer, None if body is None else Shape(body), False, data_optional
        )

    def write(path: str, answer: Callable, body: dict | None = None) -> None:
        queries[path] = Query(path, answer, None if body is None else Shape(body), True)

    read("technicians/list", technicians.list_technicians)
    write("technicians/new", technicians.create_technician, {"technician": TECHNICIAN})
    read("technicians/get", technicians.get_technician, _TECHNICIAN_SELECTOR)
    write("technicians/set", technicians.set_technician, _TECHNICIAN_SELECTOR)
    write("technicians/remove", technicians.remove_technician, _TECHNICIAN_SELECTOR)
    write(
        "technicians/password/set",
        technicians.set_password,
        {**_TECHNICIAN_SELECTOR, "password": STRING},
    )
    write("technicians/totp/remove", technicians.remove_totp, _TECHNICIAN_SELECTOR)
    read("groups/list", groups.list_groups)
    write("groups/new", groups.create_group, {"group": GROUP})
    read("groups/get", groups.get_group, _GROUP_SELECTOR)
    write("groups/set", groups.set_group, _GROUP_SELECTOR)
    write("groups/remove", groups.remove_group, _GROUP_SELECTOR)
    write("groups/password/set", groups.set_password, {**_GROUP_SELECTOR, "password": STRING})
    read("groups/permissions/get", groups.get_permissions, _GROUP_SELECTOR)
    write(
        "groups/permissions/set",
        groups.set_permissions,
        {"uniqueID": INTEGER, "group": _PERMISSIONS_GROUP},
    )

    read("machines/list", machines.list_machines)
    read("machines/get", machines.get_machines, _MACHINES)
    write("machines/set", machines.set_machines, {**_MACHINES, "name": STRING, "monitor": BOOLEAN})
    read("machines/hardware/get", machines.get_hardware, _MACHINES)
    read("machines/monitoring/get", machines.get_monitoring, _MACHINES)
    read("machines/notes/get", machines.get_notes, _MACHINES)
    notes = {"machineID": STRING, "notes": STRING, "warnings": STRING, "warning": STRING}
    write("machines/notes/set", machines.set_notes, notes)
    properties_get = {**_MACHINES, "includeInherited": BOOLEAN, "key": STRING}
    read("machines/properties/get", properties.get_machine_properties, properties_get)
    write("machines/properties/set", properties.set_machine_property, {**_MACHINES, **_PROPERTY})
    write(
        "machines/properties/remove",
        properties.remove_machine_property,
        {**_MACHINES, "key": STRING},
    )

    group_path = {"groups": [STRING]}
    group_properties_get = {**group_path, "includeInherited": BOOLEAN, "key": STRING}
    read("machinegroups/properties/get", properties.get_group_properties, group_properties_get)
    write(
        "machinegroups/properties/set", properties.set_group_property, {**group_path, **_PROPERTY}
    )
    write(
        "machinegroups/properties/remove",
        properties.remove_group_property,
        {**group_path, "key": STRING},
    )

    read("server/tech-restrictions/get", server_settings.get_restrictions)
    write(
        "server/tech-restrictions/new", server_settings.add_restrictions, {"restrictions": [STRING]}
    )
    write(
        "server/tech-restrictions/remove",
        server_settings.remove_restrictions,
        {"restrictions": [STRING]},
    )
    write("server/backup", server_settings.back_up)
    read("server/hostname/get", server_settings.get_hostname)
    write("server/hostname/set", server_settings.set_hostname, {"hostname": STRING})

    read("history/list", records.list_history, _HISTORY_FILTERS, data_optional=True)
    read("alerts/list", records.list_alerts)
    read("support/queue/list", records.list_queue)
    read("support/sessions/list", records.list_support_sessions)
    read("access/sessions/list", records.list_access_sessions)
    return queries


_QUERIES = _table()
_PRINTED_AS_GET = {  # the three updates that the document prints at the path of a read
    "groups/get": "groups/set",
    "server/hostname/get": "server/hostname/set",
    "machinegroups/properties/get": "machinegroups/properties/set",
}


def _asks_for_update(path: str, body: object) -> bool:
    """Whether a request to the path of a read looks like the update that the document prints there."""
    if path not in _PRINTED_AS_GET or not isinstance(body, dict):
        return False
    if path == "groups/get":
        attributes = body["group"].keys() if isinstance(body.get("group"), dict) else set()
        return bool(attributes) if "uniqueID" in body else bool(attributes - {"name"})
    return ("hostname" if path == "server/hostname/get" else "value") in body


def find(path: str, body: object, switches: Switches) -> Query | None:
    """The query that a request means under the switches, None where the server knows no such path."""
    if path == switches.backup_path:
        return _QUERIES["server/backup"]
    if path == "server/backup":
        return None
    if path == "machinegroups/properties/remove" and not switches.group_property_remove:
        return None
    if switches.path_style == "printed" and path in _PRINTED_AS_GET.values():
        return None
    if _asks_for_update(path, body):
        update = _QUERIES[_PRINTED_AS_GET[path]]
        # A server whose updates live at /set takes the printed path for a read and does not mind
        # the rest of the body.
        return (
            update
            if switches.path_style == "printed"
            else replace(_QUERIES[path], body=update.body)
        )
    return _QUERIES.get(path)


def asks_for_change(path: str, body: object, switches: Switches) -> bool:
    """Whether a request asks for a change, be it refused or without effect; a path that is unknown
    counts by its last word.
    """
    query = _QUERIES["server/backup"] if path == switches.backup_path else _QUERIES.get(path)
    if query is None:
        return path.rpartition("/")[2] not in ("list", "get")
    return query.writes or _asks_for_update(path, body)


def documented(path: str) -> bool:
    """Whether a client that sends this path can refer to the document, its misprints, or its
    silence about backups.
    """
    return path in _QUERIES or "backup" in path

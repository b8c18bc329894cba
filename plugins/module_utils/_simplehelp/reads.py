"""What SimpleHelp's reading modules return, and how their options choose among it."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from .._core.errors import InputError, ServerError
from .._core.server import Server
from .api import objects
from .resources import MACHINE, SERVER, TECH_GROUP, TECHNICIAN

# Kind of session -> the query that lists those of this moment.
SESSION_QUERIES = {
    "queue": "support/queue/list",
    "support": "support/sessions/list",
    "access": "access/sessions/list",
}
SEVERITIES = ("information", "warning", "severe", "critical")
MACHINE_PARTS = ("hardware", "monitoring", "notes", "properties")
# A customer's details are a map of labels that the server's owner made up: no attributes to
# translate.
FREE_MAPS = ("details",)

TECHNICIAN_SPEC = {
    "usernames": {"type": "list", "elements": "str"},
    "groups": {"type": "list", "elements": "str"},
}
TECH_GROUP_SPEC = {
    "names": {"type": "list", "elements": "str"},
    "permissions": {"type": "bool", "default": False},
}
MACHINE_SPEC = {
    "machines": {"type": "list", "elements": "str"},
    "machine_group": {"type": "list", "elements": "str"},
    "online": {"type": "bool"},
    "gather": {"type": "list", "elements": "str", "choices": list(MACHINE_PARTS), "default": []},
    "inherited_properties": {"type": "bool", "default": False},
}
SESSION_SPEC = {
    "kinds": {
        "type": "list",
        "elements": "str",
        "choices": list(SESSION_QUERIES),
        "default": list(SESSION_QUERIES),
    }
}
ALERT_SPEC = {
    "triggered": {"type": "bool"},
    "active": {"type": "bool"},
    "severities": {"type": "list", "elements": "str", "choices": list(SEVERITIES)},
}


def read_technicians(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Return the technicians with one of ``usernames`` who are members of one of ``groups``; None
    means any.
    """
    found = [technician for _key, technician in sorted(server.read(TECHNICIAN).items())]
    if params["usernames"] is not None:
        found = [
            technician for technician in found if technician["username"] in params["usernames"]
        ]
    if params["groups"] is not None:
        for name in params["groups"]:
            if server.find(TECH_GROUP, {"name": name}) is None:
                raise InputError(f"There is no tech_group named {name!r}.")
        found = [
            technician
            for technician in found
            if not set(params["groups"]).isdisjoint(technician["groups"] or ())
        ]
    return {"changed": False, "technicians": found}


def read_tech_groups(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Return the technician groups with one of ``names``, None meaning any, with their permissions
    if asked for.
    """
    groups = server.read(TECH_GROUP)
    keys = [key for key in sorted(groups) if params["names"] is None or key[0] in params["names"]]
    if params["permissions"]:
        server.complete(TECH_GROUP, keys, ["permissions"])
    return {"changed": False, "tech_groups": [groups[key] for key in keys]}


def read_machines(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Return the machines that fit all the options, with the parts in ``gather``: one query for
    each part and batch.
    """
    machines = objects("machines/list", server.backend.machines(), "machineID")
    path = params["machine_group"] or []
    if path:
        machines = [
            machine for machine in machines if (machine.get("groups") or [])[: len(path)] == path
        ]
        if not machines:
            raise InputError(f"No machine is in the machine group {'/'.join(path)} or below it.")
    if params["machines"] is not None:
        wanted = {_machine_id(server, machine) for machine in params["machines"]}
        machines = [machine for machine in machines if machine["machineID"] in wanted]
    if params["online"] is not None:
        machines = [
            machine for machine in machines if bool(machine.get("online")) == params["online"]
        ]
    machines = sorted(
        machines, key=lambda machine: (str(machine.get("name") or ""), machine["machineID"])
    )
    found = [snake_case(machine) for machine in machines]
    for part in params["gather"]:
        add_part(server, part, found, params["inherited_properties"])
    return {"changed": False, "machines": found}


def read_sessions(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Return the sessions of this moment of each of ``kinds``, those that began first first."""

    def read(kind: str) -> list[dict]:
        query = SESSION_QUERIES[kind]
        sessions = objects(query, server.backend.ask(query, list), "sessionID")
        sessions = sorted(
            sessions, key=lambda session: (_moment(session.get("startTime")), session["sessionID"])
        )
        return [{"kind": kind, **snake_case(session)} for session in sessions]

    kinds = [kind for kind in SESSION_QUERIES if kind in params["kinds"]]
    return {
        "changed": False,
        "sessions": [
            session for sessions in server.backend.session.each(read, kinds) for session in sessions
        ],
    }


def _moment(value) -> float:
    """Return a time of the server's for sorting; what is no number comes first."""
    return value if isinstance(value, (int, float)) else 0


def read_alerts(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Return the alerts that fit all the options, by name."""
    answer = server.backend.ask("alerts/list", object)
    if isinstance(answer, dict) and "name" in answer:
        answer = [answer]  # the document's type column says one Alert Object, its text a list
    alerts = objects("alerts/list", answer, "name")
    for option in ("triggered", "active"):
        if params[option] is not None:
            alerts = [alert for alert in alerts if bool(alert.get(option)) == params[option]]
    if params["severities"] is not None:
        alerts = [
            alert for alert in alerts if str(alert.get("severity")).lower() in params["severities"]
        ]
    return {
        "changed": False,
        "alerts": [snake_case(alert) for alert in sorted(alerts, key=lambda alert: alert["name"])],
    }


def read_server(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Return the settings of the server itself."""
    ((key, settings),) = server.read(SERVER).items()
    server.complete(SERVER, [key], SERVER.queries)
    return {"changed": False, **settings}


def snake_case(value: Any) -> Any:
    """Return the server's value with all names of attributes in snake_case: ``wanIP`` as
    ``wan_ip``, ``is64bit`` as it is.
    """
    if isinstance(value, list):
        return [snake_case(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        _snake_case_name(name): item if name in FREE_MAPS else snake_case(item)
        for name, item in value.items()
    }


@lru_cache(maxsize=1000)
def _snake_case_name(name) -> str:
    return re.sub("(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def _machine_id(server: Server, machine) -> str:
    key = server.find(MACHINE, {"machine": machine})
    if key is None:
        raise InputError(f"There is no machine with the ID or name {machine!r}.")
    return key[0]


def add_part(server, part, machines, inherited) -> None:
    """Add to each machine what the query of a part answers for it."""
    query, ids = f"machines/{part}/get", [machine["machine_id"] for machine in machines]
    extra = {"includeInherited": inherited} if part == "properties" else {}
    found = {
        item["machineID"]: item
        for item in objects(query, server.backend.gather(query, ids, **extra), "machineID")
    }
    for machine in machines:
        item = found.get(machine["machine_id"])
        # What a machine reports about itself, if it ever did.
        if part in ("hardware", "monitoring"):
            machine[part] = {
                name: value
                for name, value in snake_case(item or {}).items()
                if name != "machine_id"
            }
        elif item is None:
            raise ServerError(
                f"{query} left out machines that it was asked for, among them {machine['machine_id']}."
            )
        elif part == "notes":
            machine.update({name: item.get(name) or "" for name in ("notes", "warnings")})
        else:
            machine[part] = {
                pair["key"]: pair.get("value")
                for pair in objects(query, item.get("properties") or [], "key")
            }

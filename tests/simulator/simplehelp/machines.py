"""The machine queries of the SimpleHelp document without the properties."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from .answers import DONE, Refused, broken
from .shapes import HARDWARE, MACHINE, MONITORING, show

_KNOWN_WHEN_OFFLINE = frozenset(
    {"machineID", "online", "groups", "name", "lastRegistrationTime", "monitoringEnabled"}
)


def asked_ids(body: dict) -> list[str]:
    """The machine identifiers in a body, each once: either machineID or machineIDs."""
    if ("machineID" in body) == ("machineIDs" in body):
        raise broken("either machineID or machineIDs selects the machines")
    ids = body["machineIDs"] if "machineIDs" in body else [body["machineID"]]
    if not ids:
        raise broken("machineIDs is empty")
    return list(dict.fromkeys(ids))


def select(server, body: dict, writes: bool = False) -> list[dict]:
    """The machines that a body selects, in its order. The switch unknown_machines only spares
    reads.
    """
    known = server.site["machines"]
    ids = asked_ids(body)
    for machine_id in ids:
        if machine_id not in known and (writes or server.switches.unknown_machines == "refuse"):
            raise Refused(f"There is no machine with the machineID {machine_id}")
    return [known[machine_id] for machine_id in ids if machine_id in known]


def shown(server, machine: dict) -> dict:
    """The Machine Object of a machine, or of the copy of one that a session holds."""
    if server.switches.offline_machines == "sparse" and not machine.get("online"):
        machine = {name: machine[name] for name in _KNOWN_WHEN_OFFLINE & machine.keys()}
    return show(machine, MACHINE, server.switches.nulls)


def list_machines(server, body):
    return [shown(server, machine) for machine in server.site["machines"].values()]


def get_machines(server, body):
    return [shown(server, machine) for machine in select(server, body)]


def set_machines(server, body):
    machines = select(server, body, writes=True)
    if "name" not in body and "monitor" not in body:
        raise broken("neither name nor monitor is to be set")
    if "name" in body:
        if not body["name"]:
            raise Refused("The name of a machine must not be empty")
        if len(machines) > 1:
            raise Refused("Several machines cannot be given one name")
        machines[0]["name"] = body["name"]
    if "monitor" in body:
        for machine in machines:
            machine["monitoringEnabled"] = body["monitor"]
    return DONE


def _reported(server, body: dict, part: str, shape) -> list[dict]:
    """What machines reported about themselves; one that reported nothing has no attribute but its
    machineID.
    """
    found = []
    for machine in select(server, body):
        sparse = server.switches.offline_machines == "sparse" and not machine["online"]
        report = {} if sparse else machine.get(part) or {}
        found.append(
            show({**report, "machineID": machine["machineID"]}, shape, server.switches.nulls)
        )
    return found


def get_hardware(server, body):
    return _reported(server, body, "hardware", HARDWARE)


def get_monitoring(server, body):
    return _reported(server, body, "monitoring", MONITORING)


def get_notes(server, body):
    return [
        {
            "machineID": machine["machineID"],
            "notes": machine["notes"],
            "warnings": machine["warnings"],
        }
        for machine in select(server, body)
    ]


def set_notes(server, body):
    accepted = server.switches.warning_key
    given = {name: body[name] for name in ("notes", "warnings", "warning") if name in body}
    for name in ("warnings", "warning"):
        if name in given and accepted not in (name, "both"):
            # Both keys stand in the document, so the one that this server does not know is no
            # violation.
            if server.switches.unknown_fields == "refuse":
                raise Refused(f"Unknown field: {name}")
            del given[name]
    if given.get("warnings") != given.get("warning") and {"warnings", "warning"} <= given.keys():
        raise broken("warnings and warning differ")
    if not body.keys() & {"notes", "warnings", "warning"}:
        raise broken("neither notes nor warnings are to be set")
    (machine,) = select(server, body, writes=True)
    if "warning" in given:
        given["warnings"] = given.pop("warning")
    for name in ("notes", "warnings"):
        if name in given:
            machine[name] = given[name]
        elif server.switches.notes_omitted == "clear":
            machine[name] = ""
    return DONE

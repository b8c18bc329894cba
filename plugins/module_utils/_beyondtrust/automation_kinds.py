"""BeyondTrust: endpoint automation, as kinds. The API makes and reads, and neither changes nor
removes.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from .._core.resource import Field
from .kind import Kind
from .products import IDENTIFIER, TIME, name, text

SYSTEMS = ("Windows", "Linux", "Mac")

AUTOMATION_RESOURCE = Kind(
    "automation_resource",
    "/endpoint-automation/resource",
    verbs=(),
    key=("file_name",),
    fields={
        "id": IDENTIFIER,
        "file_name": Field(computed=True),
        "file_size": Field("int", computed=True),
        "display_url": Field(computed=True),
        "hash": Field(computed=True),
    },
)


def _script_from_server(record: dict) -> dict:
    if not record.get("resource_ids"):
        return record
    return {
        **record,
        "resource_ids": [
            each["id"] if isinstance(each, dict) else each for each in record["resource_ids"]
        ],
    }


AUTOMATION_SCRIPT = Kind(
    "automation_script",
    "/endpoint-automation/script",
    verbs=("create",),
    from_server=_script_from_server,
    fields={
        "id": IDENTIFIER,
        "name": name(128),
        "description": text(1000, fixed=True),
        "tag": text(128, fixed=True),
        "operating_system": Field(choices=SYSTEMS, required=True, fixed=True),
        "cmd": text(2048, 1, required=True, fixed=True),
        "script": text(100000, 1, required=True, fixed=True),
        "resources": Field(
            "list",
            elements="str",
            ref="automation_resource",
            wire="resource_ids",
            most=20,
            fixed=True,
        ),
    },
)

# Attributes that stand in the payload of a job, beside the resources, which stand there by their
# ids when it is made and whole when it is shown.
_COMMAND = ("cmd", "script")


def _job_from_server(record: dict) -> dict:
    payload = record.get("payload") or {}
    command = {name: payload.get(name) for name in _COMMAND}
    return {
        **record,
        **command,
        "resource_ids": [each["id"] for each in payload.get("resources") or ()],
    }


def _job_to_server(body: dict) -> dict:
    within = (*_COMMAND, "resource_ids")
    return {
        **{name: value for name, value in body.items() if name not in within},
        "payload": {name: body[name] for name in within if name in body},
    }


# A job is made in automation.py: on which endpoints it runs cannot be read back.
AUTOMATION_JOB = Kind(
    "automation_job",
    "/endpoint-automation/job",
    verbs=(),
    filters=("name",),
    from_server=_job_from_server,
    to_server=_job_to_server,
    fields={
        "id": IDENTIFIER,
        "name": name(128),
        "notes": text(1000),
        "tag": text(128),
        "operating_system": Field(choices=SYSTEMS, required=True),
        "start_at": Field(pattern=TIME, required=True),
        "cmd": text(2048, 1, required=True),
        "script": text(100000, 1, required=True),
        "resources": Field(
            "list", elements="str", ref="automation_resource", wire="resource_ids", most=20
        ),
        "finished_timestamp": Field(computed=True),
    },
)
AUTOMATION_ENDPOINT = Kind(
    "automation_endpoint",
    "/endpoint-automation/endpoint",
    verbs=(),
    key=("hostname",),
    filters=("hostname",),
    fields={
        "id": IDENTIFIER,
        "hostname": Field(computed=True),
        "names": Field("list", elements="str", computed=True),
        "tags": Field("list", elements="str", computed=True),
        "operating_system": Field(computed=True, wire="operating_system_type"),
        "public_ip": Field(computed=True),
        "private_ip": Field(computed=True),
        "is_active": Field("bool", computed=True),
        # Ids of jump groups or of users, and nothing tells which.
        "jump_group_id": Field("list", elements="int", computed=True),
    },
)

"""The kinds of endpoint automation: scripts, resources, endpoints and jobs."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from ..fields import ID, choice, decimal, flag, ident, many, moment, shape, text, whole
from .kind import Kind

_SYSTEM = ("Windows", "Linux", "Mac")
_MAKER = {
    "created_by_api_account_id": ident(nullable=True, read_only=True),
    "created_by_user_id": ident(nullable=True, read_only=True),
}
_FILE = {
    "id": ID,
    "file_name": text(read_only=True),
    "file_size": whole(0, read_only=True),
    "display_url": text(read_only=True),
}
_COMMAND = {"cmd": text(1, 2048, required=True), "script": text(1, 100_000, required=True)}
RESOURCE_IDS = many(ident("endpoint-automation/resource"), 0, 20)

SCRIPT = Kind(
    "endpoint-automation/script",
    {
        "id": ID,
        "name": text(1, 128, required=True),
        "description": text(0, 1000),
        "tag": text(0, 128),
        **_COMMAND,
        "operating_system": choice(*_SYSTEM, required=True),
        "resource_ids": RESOURCE_IDS,
        **_MAKER,
        "updated_at": moment(read_only=True),
        "created_at": moment(read_only=True),
    },
)
RESOURCE = Kind(
    "endpoint-automation/resource",
    {
        **_FILE,
        "hash": text(read_only=True),
        "updated_at": moment(read_only=True),
        "created_at": moment(read_only=True),
        "updated_by": ident(read_only=True),
        "created_by": ident(read_only=True),
    },
)
ENDPOINT = Kind(
    "endpoint-automation/endpoint",
    {
        "id": ID,
        "operating_system_type": choice(*_SYSTEM),
        "names": many(text(1, 128), read_only=True),
        "hostname": text(1, 255, read_only=True),
        "tags": many(text(0, 64), read_only=True),
        "public_ip": text(read_only=True),
        "private_ip": text(read_only=True),
        "is_active": flag(read_only=True),
        "jump_group_id": many(ident(), read_only=True),
    },
)
FILE = _FILE
"""What a job shows of a resource."""

PAYLOAD = {**_COMMAND, "resource_ids": RESOURCE_IDS}
JOB = Kind(
    "endpoint-automation/job",
    {
        "id": ID,
        "name": text(1, 128),
        "notes": text(),
        "start_at": moment(),
        "tag": text(0, 128),
        "operating_system": choice(*_SYSTEM),
        **_MAKER,
        "created_at": moment(read_only=True),
        "finished_timestamp": moment(nullable=True, read_only=True),
        "payload": shape(
            {"cmd": text(1, 2048), "script": text(1, 100_000), "resources": many(shape(FILE))}
        ),
    },
    taken={
        "name": text(1, 128, required=True),
        "notes": text(0, 1000),
        "start_at": moment(required=True),
        "tag": text(0, 128),
        "operating_system": choice(*_SYSTEM, required=True),
        "endpoint_ids": many(ident("endpoint-automation/endpoint"), required=True),
        "payload": shape(PAYLOAD, required=True),
    },
)
EXECUTION = {
    "state": text(read_only=True),
    "started_running_timestamp": moment(nullable=True),
    "finished_timestamp": moment(nullable=True, read_only=True),
    "finished_type": text(nullable=True, read_only=True),
    "finished_error": text(nullable=True, read_only=True),
    "log_file_path": text(nullable=True, read_only=True),
    "endpoint_id": ident(nullable=True, read_only=True),
    "output_tail": text(nullable=True, read_only=True),
    "exit_code": decimal(nullable=True, read_only=True),
}
KINDS = (SCRIPT, RESOURCE, ENDPOINT, JOB)

"""Where the Configuration API says one thing in two attributes, or in two ways: its records in one form, and back."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from typing import Any

from .._core.resource import Resource
from .jump_items import COMPUTER_NAME, JUMP_CLIENT_INSTALLER
from .resources import ALL_PORTALS, AUTOMATION_JOB, AUTOMATION_SCRIPT, JUMP_POLICY, TEAM, VENDOR
from .vault import ACCOUNT_TYPES, VAULT_ACCOUNT

# Schema JumpPolicy: lists of ids, each as a text.
_IDS_AS_TEXTS = ("approval_user_ids", "approval_team_ids")
# The schema's default is a text that its description calls by another: both are taken for every portal. Which one is written is a guess.
_EVERY_PORTAL_ON_WIRE = ("all", ALL_PORTALS)
EVERY_PORTAL = 0  # the id that stands for it here; the server's begin with 1
# Attributes that stand in the payload of a job, beside the resources, which stand there by their ids when it is made and whole when it is shown.
_COMMAND = ("cmd", "script")
_DELETION = "deletion_days_after_expiration"  # null for never, which is 0 here: an option cannot be given null


def from_server(resource: Resource, record: dict) -> dict | None:
    """Return a record in the form in which it is compared; None for one that this kind does not stand for."""
    if "personal_list_of" in resource.fields:
        personal = record.get("jump_group_type") == "personal"
        place = record.get("jump_group_id")
        if resource is JUMP_CLIENT_INSTALLER:
            record = {**record, "name": record.get("name") or COMPUTER_NAME}
        return {**record, "jump_group_id": None if personal else place, "personal_list_of": place if personal else None}
    if resource is VAULT_ACCOUNT and record.get("type") not in ACCOUNT_TYPES:
        return None
    if resource is JUMP_POLICY:
        return {**record, **{name: [int(each) for each in record[name]] for name in _IDS_AS_TEXTS if record.get(name)}}
    if resource is TEAM and record.get("public_portal_ids"):
        return {**record, "public_portal_ids": [EVERY_PORTAL if each in _EVERY_PORTAL_ON_WIRE else int(each) for each in record["public_portal_ids"]]}
    if resource is VENDOR:
        return {**record, _DELETION: record.get(_DELETION) or 0}
    if resource is AUTOMATION_SCRIPT and record.get("resource_ids"):
        return {**record, "resource_ids": [each["id"] if isinstance(each, dict) else each for each in record["resource_ids"]]}
    if resource is AUTOMATION_JOB:
        payload = record.get("payload") or {}
        command = {name: payload.get(name) for name in _COMMAND}
        return {**record, **command, "resource_ids": [each["id"] for each in payload.get("resources") or ()]}
    return record


def to_server(resource: Resource, body: dict) -> dict:
    """Return the body of a request in the server's form."""
    body = dict(body)
    if "personal_list_of" in resource.fields:
        owner: Any = body.pop("personal_list_of", None)
        if owner is not None:
            body.update(jump_group_id=owner, jump_group_type="personal")
        elif body.get("jump_group_id") is not None:
            body["jump_group_type"] = "shared"
        else:
            body.pop("jump_group_id", None)
    if resource is JUMP_CLIENT_INSTALLER:  # its jump policy can be left out, and not be null
        body = {name: value for name, value in body.items() if value not in (None, COMPUTER_NAME)}
    for name in _IDS_AS_TEXTS if resource is JUMP_POLICY else ():
        if name in body:
            body[name] = [str(each) for each in body[name]]
    if resource is TEAM and EVERY_PORTAL in (body.get("public_portal_ids") or ()):
        body["public_portal_ids"] = [_EVERY_PORTAL_ON_WIRE[0]]
    if resource is AUTOMATION_JOB:
        body["payload"] = {name: body.pop(name) for name in (*_COMMAND, "resource_ids") if name in body}
    if resource is VENDOR and _DELETION in body:
        body[_DELETION] = body[_DELETION] or None
    return body

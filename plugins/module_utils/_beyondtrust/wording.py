"""Where the Configuration API says one thing in two attributes, or in two ways: its records in one form, and back."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from typing import Any

from .._core.resource import Resource
from .resources import ALL_PORTALS, AUTOMATION_SCRIPT, JUMP_POLICY, TEAM
from .vault import ACCOUNT_TYPES, VAULT_ACCOUNT

# Schema JumpPolicy: lists of ids, each as a text.
_IDS_AS_TEXTS = ("approval_user_ids", "approval_team_ids")
# The schema's default is a text that its description calls by another: both are taken for every portal. Which one is written is a guess.
_EVERY_PORTAL_ON_WIRE = ("all", ALL_PORTALS)
EVERY_PORTAL = 0  # the id that stands for it here; the server's begin with 1


def from_server(resource: Resource, record: dict) -> dict | None:
    """Return a record in the form in which it is compared; None for one that this kind does not stand for."""
    if "personal_list_of" in resource.fields:
        personal = record.get("jump_group_type") == "personal"
        place = record.get("jump_group_id")
        return {**record, "jump_group_id": None if personal else place, "personal_list_of": place if personal else None}
    if resource is VAULT_ACCOUNT and record.get("type") not in ACCOUNT_TYPES:
        return None
    if resource is JUMP_POLICY:
        return {**record, **{name: [int(each) for each in record[name]] for name in _IDS_AS_TEXTS if record.get(name)}}
    if resource is TEAM and record.get("public_portal_ids"):
        return {**record, "public_portal_ids": [EVERY_PORTAL if each in _EVERY_PORTAL_ON_WIRE else int(each) for each in record["public_portal_ids"]]}
    if resource is AUTOMATION_SCRIPT and record.get("resource_ids"):
        return {**record, "resource_ids": [each["id"] if isinstance(each, dict) else each for each in record["resource_ids"]]}
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
    for name in _IDS_AS_TEXTS if resource is JUMP_POLICY else ():
        if name in body:
            body[name] = [str(each) for each in body[name]]
    if resource is TEAM and EVERY_PORTAL in (body.get("public_portal_ids") or ()):
        body["public_portal_ids"] = [_EVERY_PORTAL_ON_WIRE[0]]
    return body

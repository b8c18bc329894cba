"""What is done with Jump Items beyond creating and changing them: copies, installers, schedules and
approvals.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import hashlib

from ...wire import Answer, json_answer
from . import store
from .answers import Refused, invalid, not_found
from .call import Call
from .changes import create
from .kinds import KINDS
from .kinds.jump import APPROVAL, INSTALLER, ITEMS, SCHEDULE
from .resources import listed, parent_of, shown, target
from .showing import NEVER, now, show, written

PLATFORMS = (
    "linux-64",
    "raspberry-pi-32-headless",
    "mac-dmg",
    "mac-zip",
    "windows-64-msi",
    "windows-32-msi",
)
"""What a Jump Client is installed on."""

APPROVAL_COLLECTIONS = {
    "jump_client": "jump-client",
    "protocol_tunnel": "jump-item/protocol-tunnel-jump",
    "psql_tunnel": "jump-item/psql-tunnel-jump",
    "mysql_tunnel": "jump-item/mysql-tunnel-jump",
    "network_tunnel": "jump-item/network-tunnel-jump",
    **{
        name.replace("-", "_"): f"jump-item/{name}"
        for name in ITEMS
        if not name.endswith("-tunnel-jump")
    },
}
"""What `jump_item_type` of an approval stands for. No document lists its values: these are a guess.
"""


def copy_item(call: Call) -> Answer:
    """A copy in another Jump Group or personal list. `success` is a string in the documents; the
    words of `action` are a guess.
    """
    source = {name: value for name, value in target(call).items() if name != "id"}
    made = create(call.appliance, call.operation.collection, source | call.body)
    return json_answer({"action": "copy", "success": "1", "destId": made["id"]})


def download(name: str, content: str, media_type: str) -> Answer:
    """A file."""
    answer = Answer(200, content.encode(), media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


# --- Jump Client installers


def create_installer(call: Call) -> Answer:
    """An installer, whose key is shown in this answer only."""
    given = {
        name: value
        for name, value in call.body.items()
        if name != "valid_duration" and (name, value) != ("name", "")
    }
    made = create(call.appliance, "jump-client/installer", given)
    made["expiration_timestamp"] = now(call.appliance, call.body.get("valid_duration", 1440))
    if call.product == "rs":
        made["public_site_address"] = call.appliance.site["hostname"]
    digest = hashlib.sha256(
        f"installer {made['id']} {made['expiration_timestamp']}".encode()
    ).hexdigest()
    made["installer_id"] = digest[:32]
    key_info = {
        "encodedInfo": digest[32:],
        "filename": f"jump-client-{digest[:8]}.msi",
        "installerPath": f"/download_client_connector/{digest[:8]}",
    }
    return json_answer({**show(call.appliance, INSTALLER, made), "key_info": key_info}, 201)


def download_installer(call: Call) -> Answer:
    """The installer for a platform, as long as it has not expired."""
    found = store.find(
        call.appliance, "jump-client/installer", installer_id=call.ids["installer_id"]
    )
    if not found or call.ids["platform"] not in PLATFORMS:
        raise not_found()
    if found[0].get("expiration_timestamp", NEVER) <= now(call.appliance):
        raise Refused(422, "The installer has expired.")
    platform = call.ids["platform"]
    return download(
        f"jump-client-{platform}",
        f"a Jump Client for {platform}: {found[0]['installer_id']}\n",
        "application/x-executable",
    )


# --- Jumpoints and policies


def list_nodes(call: Call) -> Answer:
    nodes = store.records(call.appliance, "jumpoint/node", parent_of(call))
    return json_answer([show(call.appliance, KINDS["jumpoint/node"], node) for node in nodes])


def download_jumpoint(call: Call) -> Answer:
    """A Jumpoint's installer, which there is only as long as another node may be installed."""
    jumpoint = target(call)
    nodes = len(list(store.records(call.appliance, "jumpoint/node", jumpoint["id"])))
    if nodes >= (10 if jumpoint["clustered"] else 1):
        raise Refused(422, "The Jumpoint has all the nodes that it can have.")
    return download(
        f"jumpoint-{jumpoint['id']}",
        f"a Jumpoint for {jumpoint['platform']}\n",
        "application/x-executable",
    )


def read_schedule(call: Call) -> Answer:
    """A policy's schedule; a policy without one has no entries."""
    found = next(store.records(call.appliance, "jump-policy/schedule", parent_of(call)), None)
    return json_answer(
        show(call.appliance, SCHEDULE, found or store.initial(SCHEDULE, call.product))
    )


# --- Approvals (PRA)


def _requests_for(call: Call) -> list[dict]:
    """The requests that a user may answer: those of policies that name the user or one of the
    user's teams.
    """
    user = call.number("user_id")
    if store.get(call.appliance, "user", user) is None:
        raise not_found()
    return [
        each
        for each in store.records(call.appliance, "jump-approval")
        if _may_answer(call.appliance, each, user)
    ]


def _may_answer(appliance, request: dict, user: int) -> bool:
    policy = store.get(appliance, "jump-policy", request["jump_policy_id"])
    if (
        policy is None
        or policy["approval_approver_scope"] == "not_requestor"
        and request["created_by_user_id"] == user
    ):
        return False
    teams = {
        str(each["team_id"])
        for each in store.records(appliance, "team/user")
        if each["user_id"] == user
    }
    return str(user) in policy["approval_user_ids"] or bool(
        teams & set(policy["approval_team_ids"])
    )


def list_approvals(call: Call) -> Answer:
    found = [
        each
        for each in _requests_for(call)
        if each["state"] == call.query.get("state", each["state"])
    ]
    return listed(call, found, lambda each: show(call.appliance, APPROVAL, each))


def read_approval(call: Call) -> Answer:
    for each in _requests_for(call):
        if each["id"] == call.number("id"):
            return shown(call, each)
    raise not_found()


def request_approval(call: Call) -> Answer:
    """A request for an item whose Jump Policy demands approval. What cannot be requested is
    answered with 400, which is documented.
    """
    given = call.body
    _check_user(call)
    collection = APPROVAL_COLLECTIONS.get(given["jump_item_type"])
    if collection is None:
        raise invalid("jump_item_type", "The selected jump_item_type is invalid.")
    item = store.get(call.appliance, collection, given["jump_item_id"])
    policy = store.get(call.appliance, "jump-policy", item and item["jump_policy_id"] or 0)
    if item is None or policy is None or not policy["approval_required"]:
        raise Refused(400, "The Jump Item does not exist or needs no approval.")
    store.add(
        call.appliance,
        "jump-approval",
        {
            "state": "pending",
            "jump_policy_id": policy["id"],
            "jump_item_type": given["jump_item_type"],
            "jump_item_id": item["id"],
            "created_by_user_id": given["user_id"],
            "start_timestamp": written(given["start"]),
            "duration": given["duration"],
            "request_reason": given.get("reason", ""),
            "response_comments": "",
        },
    )
    return json_answer({"message": "The request was created."})


def answer_approval(call: Call) -> Answer:
    """An answer to a request that waits for one, by a user who may give it."""
    given = call.body
    _check_user(call)
    request = store.get(call.appliance, "jump-approval", given["id"])
    if request is None or not _may_answer(call.appliance, request, given["user_id"]):
        raise Refused(400, "There is no such request for this user.")
    if request["state"] != "pending":
        raise Refused(400, "The request has been answered.")
    request |= {"state": given["answer"], "response_comments": given.get("comments", "")}
    return json_answer({"message": f"The request was {given['answer']}."})


def _check_user(call: Call) -> None:
    if store.get(call.appliance, "user", call.body["user_id"]) is None:
        raise invalid("user_id", "The selected user_id is invalid.")

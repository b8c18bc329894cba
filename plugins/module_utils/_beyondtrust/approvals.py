"""Requests to use jump items whose jump policy wants approval: made, listed and answered
(Privileged Remote Access).
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from .._core.errors import InputError, NotThere, ServerError
from .._core.resource import Field, Resource
from .._core.server import Server
from .people import USER
from .products import IDENTIFIER, ONLY_PRA, reference

STATES = ("pending", "approved", "denied", "cancelled", "in_use")
# The state that an answer leads to, and those in which it has been given already.
ANSWERS = {"approve": ("approved", ("approved", "in_use")), "deny": ("denied", ("denied",))}
JUMP_APPROVAL = Resource(
    "jump_approval",
    "/jump-approval",
    key=(),
    verbs=(),
    only=ONLY_PRA,
    fields={
        "id": IDENTIFIER,
        "state": Field(choices=STATES, computed=True),
        "user": reference("user", "created_by_user_id", computed=True),
        "jump_policy": reference("jump_policy", computed=True),
        "jump_item_type": Field(computed=True),
        "jump_item_id": Field("int", computed=True),
        "start_timestamp": Field(computed=True),
        "duration": Field("int", computed=True),
        "request_reason": Field(computed=True),
        "response_comments": Field(computed=True),
    },
)
REQUEST_SPEC = {
    "action": {"type": "str", "choices": ["request", *ANSWERS], "required": True},
    "user": {"type": "str", "required": True},
    "id": {"type": "int"},
    # No document lists the words for the types, so that any is sent.
    "jump_item_type": {"type": "str"},
    "jump_item_id": {"type": "int"},
    "start": {"type": "int"},
    "duration": {"type": "int", "default": 7200},
    "reason": {"type": "str"},
    "comments": {"type": "str"},
}
REQUEST_RULES = {
    "required_if": [
        ("action", "request", ("jump_item_type", "jump_item_id")),
        ("action", "approve", ("id",)),
        ("action", "deny", ("id",)),
    ]
}
INFO_SPEC = {
    "approver": {"type": "str", "required": True},
    "states": {"type": "list", "elements": "str", "choices": list(STATES)},
}
_LONGEST_TEXT = 2048  # characters
_SHORTEST = 60  # seconds


def read_approvals(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Return the requests that a user may answer and that are in one of ``states`` (None: all), the
    oldest first.
    """
    JUMP_APPROVAL.check_product({}, server.backend.product)
    found = server.backend.records(
        f"{JUMP_APPROVAL.endpoint}/{server.id_of(USER.name, params['approver'])}", paged=False
    )
    shown = [_shown(server, record) for record in found]
    return {
        "changed": False,
        "jump_approvals": sorted(
            (
                each
                for each in shown
                if params["states"] is None or each["state"] in params["states"]
            ),
            key=lambda each: each["id"],
        ),
    }


def request_or_answer(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Ask for approval on a user's behalf, or answer such a request as one who may."""
    JUMP_APPROVAL.check_product({}, server.backend.product)
    for option in ("reason", "comments"):
        if len(params[option] or "") > _LONGEST_TEXT:
            raise InputError(
                f"{option} is {len(params[option])} characters long; it must be at most {_LONGEST_TEXT}."
            )
    if params["duration"] < _SHORTEST or (params["start"] or 0) < 0:
        raise InputError(
            f"duration must be at least {_SHORTEST} seconds, and start must not be negative."
        )
    user = server.id_of(USER.name, params["user"])
    return (
        _request(server, params, user, check_mode)
        if params["action"] == "request"
        else _answer(server, params, user, check_mode)
    )


def _request(server, params, user, check_mode) -> dict:
    item = f"{params['jump_item_type']} {params['jump_item_id']}"
    if not check_mode:
        body = {
            "user_id": user,
            "jump_item_type": params["jump_item_type"],
            "jump_item_id": params["jump_item_id"],
            "duration": params["duration"],
            "start": int(time.time()) if params["start"] is None else params["start"],
            **({"reason": params["reason"]} if params["reason"] is not None else {}),
        }
        server.backend.act(f"{JUMP_APPROVAL.endpoint}/request", body)
    return {
        "changed": True,
        "changes": [{"action": "request", "kind": JUMP_APPROVAL.name, "name": item, "fields": []}],
    }


def _answer(server, params, user, check_mode) -> dict:
    answer, given = ANSWERS[params["action"]]
    approval = _viewed(server, user, params)
    if approval["state"] in given:
        return {"changed": False, "changes": [], JUMP_APPROVAL.name: approval}
    if approval["state"] != "pending":
        raise InputError(
            f"jump_approval {params['id']} is {approval['state']} and waits for no answer any more."
        )
    if check_mode:
        approval = {
            **approval,
            "state": answer,
            **({"response_comments": params["comments"]} if params["comments"] is not None else {}),
        }
    else:
        comments = {"comments": params["comments"]} if params["comments"] is not None else {}
        body = {"id": params["id"], "user_id": user, "answer": answer, **comments}

        def shown():
            approval.update(_viewed(server, user, params))
            return approval["state"] in given

        server.backend.act(
            f"{JUMP_APPROVAL.endpoint}/approve",
            body,
            shown,
            lambda: f"it shows the request as {approval['state']}.",
        )
    return {
        "changed": True,
        "changes": [
            {
                "action": params["action"],
                "kind": JUMP_APPROVAL.name,
                "name": str(params["id"]),
                "fields": [],
            }
        ],
        JUMP_APPROVAL.name: approval,
    }


def _viewed(server, user, params) -> dict:
    """Return a request as it is shown to one who may answer it."""
    try:
        return _shown(
            server, server.backend.ask(f"{JUMP_APPROVAL.endpoint}/{user}/view/{params['id']}", dict)
        )
    except NotThere:
        raise InputError(
            f"There is no jump_approval {params['id']} that {params['user']!r} may answer."
        ) from None


def _shown(server, record) -> dict:
    if not isinstance(record.get("id"), int) or record.get("state") not in STATES:
        raise ServerError(
            "The server answered a request for approval that is not of the documented shape."
        )
    return JUMP_APPROVAL.from_wire(record, server.name_of)

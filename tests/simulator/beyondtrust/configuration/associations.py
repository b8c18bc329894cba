"""On which Jump Items the accounts of the vault may be used: an account's own association, or that
of its group.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import copy

from ...wire import Answer, json_answer
from . import store
from .answers import INVALID, Refused, invalid, not_found, nothing
from .call import Call
from .changes import check_references
from .fields import Findings
from .kinds.vault import CRITERIA, INJECTABLE, whole_association
from .store import PARENT


def _owner(call: Call) -> int:
    number = call.number("id")
    if store.get(call.appliance, call.operation.collection, number) is None:
        raise not_found()
    return number


def _place(call: Call) -> str:
    return f"{call.operation.collection}/jump-item-association"


def _found(call: Call) -> dict | None:
    return next(store.records(call.appliance, _place(call), _owner(call)), None)


def _existing(call: Call, criteria: bool = False) -> dict:
    """The association. An account that inherits its group's has none, which is refused; the status
    is a guess.
    """
    found = _found(call)
    if found is None:
        raise Refused(422, "The account inherits the association of its account group.")
    if criteria and found["filter_type"] != "criteria":
        raise invalid("filter_type", "The association must have the filter type criteria.")
    return found


def _shown(association: dict, status: int = 200) -> Answer:
    return json_answer(
        {name: value for name, value in copy.deepcopy(association).items() if name != PARENT},
        status,
    )


def _check(call: Call, given: dict) -> None:
    findings = Findings()
    for name, described in CRITERIA.items():
        check_references(
            call.appliance,
            f"criteria.{name}",
            given.get("criteria", {}).get(name),
            described,
            findings,
        )
    for number, item in enumerate(given.get("jump_items", [])):
        if not _exists(call, item):
            findings.add(f"jump_items.{number}", "The selected Jump Item is invalid.")
    if findings.errors:
        raise Refused(422, INVALID, findings.errors)


def _exists(call: Call, item: dict) -> bool:
    return store.get(call.appliance, INJECTABLE[call.product][item["type"]], item["id"]) is not None


def read(call: Call) -> Answer:
    return _shown(_existing(call))


def create(call: Call) -> Answer:
    """Give an account an association of its own."""
    owner, given = _owner(call), call.body
    if _found(call) is not None:
        raise Refused(422, "The account has an association already.")
    _check(call, given)
    if (
        given["filter_type"] == "criteria"
        and not given.get("criteria")
        and not given.get("jump_items")
    ):
        raise invalid("criteria", "The field is required with the filter type criteria.")
    return _shown(store.add(call.appliance, _place(call), whole_association(given), owner), 201)


def update(call: Call) -> Answer:
    """Change an association: each criterion that is given takes the place of the old one; without
    criteria all of them go.
    """
    association, given = _existing(call), call.body
    _check(call, given)
    criteria = association.get("criteria", {}) | given.get("criteria", {})
    changed = whole_association({**association, **given, "criteria": criteria})
    association.pop("criteria", None)
    association.pop("jump_items", None)
    association |= changed
    return _shown(association)


def delete(call: Call) -> Answer:
    """Let an account inherit its group's association again."""
    found = _existing(call)
    store.remove(call.appliance, _place(call), lambda other: other is found)
    return nothing()


def _described(call: Call, body: dict) -> Answer:
    """The answer to an addition, which is described for account groups only."""
    if (
        call.operation.collection == "vault/account"
        and call.appliance.switches.undescribed_answers == "empty"
    ):
        return nothing(200)
    return json_answer(body)


def add_item(call: Call) -> Answer:
    association, item = _existing(call, criteria=True), call.body
    if not _exists(call, item):
        raise invalid("id", "The selected id is invalid.")
    if item not in association["jump_items"]:
        association["jump_items"].append(dict(item))
    return _described(call, item)


def remove_item(call: Call) -> Answer:
    association = _existing(call, criteria=True)
    if call.body not in association["jump_items"]:
        raise not_found()
    association["jump_items"].remove(call.body)
    return nothing()


def add_group(call: Call) -> Answer:
    association, number = _existing(call, criteria=True), call.body["shared_jump_group_id"]
    if store.get(call.appliance, "jump-group", number) is None:
        raise invalid("shared_jump_group_id", "The selected shared_jump_group_id is invalid.")
    if number not in association["criteria"]["shared_jump_groups"]:
        association["criteria"]["shared_jump_groups"].append(number)
    return _described(call, {"shared_jump_group_id": number, "account_group_id": call.number("id")})


def remove_group(call: Call) -> Answer:
    association, number = _existing(call, criteria=True), call.body["shared_jump_group_id"]
    if number not in association["criteria"]["shared_jump_groups"]:
        raise not_found()
    association["criteria"]["shared_jump_groups"].remove(number)
    return nothing()

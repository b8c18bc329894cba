"""Lists, reads, creations, changes and deletions, which are alike for all kinds of objects."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import math
from collections.abc import Callable
from urllib.parse import urlencode

from ...wire import Answer, json_answer
from . import cascades, store
from .answers import not_found, nothing
from .call import Call
from .changes import change, create
from .filters import passes
from .kinds import KINDS, kind_of
from .showing import show
from .store import PARENT


def parent_of(call: Call) -> int | None:
    """The identifier of the object that the collection hangs on, which must exist; None for a
    collection of its own.
    """
    kind = KINDS[call.operation.collection]
    if not kind.parent:
        return None
    parent = call.number("id")
    if store.get(call.appliance, kind.parent, parent) is None:
        raise not_found()
    return parent


def target(call: Call) -> dict:
    """The record that the path names."""
    collection = call.operation.collection
    kind, parent = KINDS[collection], parent_of(call)
    wanted = call.number(list(call.ids)[1 if kind.parent else 0])
    for record in store.records(call.appliance, collection, parent):
        if record[kind.key] == wanted and passes(call, record, {}):
            return record
    raise not_found()


def shown(call: Call, record: dict, status: int = 200) -> Answer:
    """An answer that holds one object."""
    return json_answer(
        show(call.appliance, kind_of(call.operation.collection, record), record), status
    )


def undescribed(call: Call, record: dict, status: int) -> Answer:
    """A success for which no body is described: none, or the object (switch undescribed_answers)."""
    return (
        nothing(status)
        if call.appliance.switches.undescribed_answers == "empty"
        else shown(call, record, status)
    )


def list_records(call: Call) -> Answer:
    kind, parent = KINDS[call.operation.collection], parent_of(call)
    found = [
        record
        for record in store.records(call.appliance, kind.collection, parent)
        if passes(call, record, call.query)
    ]
    full = kind.collection == "vault/account" and call.appliance.switches.vault_list == "full"
    return listed(
        call,
        found,
        lambda record: show(
            call.appliance, kind_of(kind.collection, record) if full else kind, record
        ),
    )


def listed(call: Call, records: list[dict], view: Callable[[dict], dict]) -> Answer:
    """The page of a list that was asked for, or the whole of a list without pages; `view` makes of
    a record what is shown.
    """
    if not call.operation.paged:
        return json_answer([view(record) for record in records])
    size, number = call.query.get("per_page", 100), call.query.get("current_page", 1)
    last = max(1, math.ceil(len(records) / size))
    answer = json_answer([view(record) for record in records[(number - 1) * size : number * size]])
    pages = {
        "first": 1,
        "previous": number - 1 if 1 < number <= last + 1 else None,
        "next": number + 1 if number < last else None,
        "last": last,
    }
    filters = {
        name: str(value).lower() if isinstance(value, bool) else value
        for name, value in call.query.items()
        if name in call.operation.query
    }
    base = f"https://{call.headers.get('host', call.appliance.site['hostname'])}/api/config/v1{call.path}"
    answer.headers |= {
        "Link": ", ".join(
            f'<{base}?{urlencode({**filters, "per_page": size, "current_page": page})}>; rel="{name}"'
            for name, page in pages.items()
            if page
        ),
        "X-BT-Pagination-Current-Page": str(number),
        "X-BT-Pagination-Per-Page": str(size),
        "X-BT-Pagination-Last-Page": str(last),
        "X-BT-Pagination-Total": str(len(records)),
    }
    return answer


def read_record(call: Call) -> Answer:
    return shown(call, target(call))


def create_record(call: Call) -> Answer:
    return shown(
        call, create(call.appliance, call.operation.collection, call.body, parent_of(call)), 201
    )


def create_undescribed(call: Call) -> Answer:
    """A creation for which no body of the answer is described."""
    return undescribed(
        call, create(call.appliance, call.operation.collection, call.body, parent_of(call)), 201
    )


def update_record(call: Call) -> Answer:
    record = target(call)
    change(call.appliance, call.operation.collection, record, call.body)
    return shown(call, record)


def delete_record(call: Call) -> Answer:
    cascades.delete(call.appliance, call.operation.collection, target(call))
    return nothing()


def delete_with_200(call: Call) -> Answer:
    """The deletions of vault accounts and account groups from a group policy, which answer 200."""
    cascades.delete(call.appliance, call.operation.collection, target(call))
    return nothing(200)


def copy_policy(call: Call) -> Answer:
    """A group policy under another name, with everything that hangs on it. Whether its members are
    copied too is a guess: they are.
    """
    source = target(call)
    given = {name: value for name, value in source.items() if name != "id"} | call.body
    made = create(call.appliance, "group-policy", given)
    for collection, kind in KINDS.items():
        if kind.parent == "group-policy":
            for entry in list(store.records(call.appliance, collection, source["id"])):
                kept = {name: value for name, value in entry.items() if name not in ("id", PARENT)}
                store.add(
                    call.appliance,
                    collection,
                    kept | ({"group_policy_id": made["id"]} if "group_policy_id" in kept else {}),
                    made["id"],
                )
    return shown(call, made, 201)

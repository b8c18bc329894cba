"""Which records a list shows: the filters of the lists, and what is hidden from all of them."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Callable, Mapping

from . import store, versions
from .call import PAGE, Call
from .kinds.people import PROVIDER_TYPES


def same(value: object, wanted: object) -> bool:
    """Whether an attribute is what a filter asks for: exactly, but in any case of letters; of a
    list one item is enough.
    """
    if isinstance(value, list):
        return any(same(item, wanted) for item in value)
    if isinstance(value, str) and isinstance(wanted, str):
        return value.casefold() == wanted.casefold()
    return value == wanted


def _node(name: str) -> Callable:
    """A filter of Jumpoints that looks at their nodes."""
    return lambda call, jumpoint, wanted: any(
        same(node.get(name), wanted)
        for node in store.records(call.appliance, "jumpoint/node", jumpoint["id"])
    )


FILTERS: dict[tuple[str, str], Callable[[Call, dict, object], bool]] = {
    ("jumpoint", "hostname"): _node("hostname"),
    ("jumpoint", "public_ip"): _node("public_ip"),
    ("jumpoint", "private_ip"): _node("private_ip"),
    ("endpoint-automation/endpoint", "operating_system"): lambda call, record, wanted: same(
        record.get("operating_system_type"), wanted
    ),
    ("vault/account", "include_personal"): lambda call, record, wanted: True,
}
"""The filters that do not simply compare the attribute of their own name."""


def _hidden(call: Call, collection: str, record: dict, query: Mapping[str, object]) -> bool:
    """Whether a record is not shown at all.

    A list leaves out Jump Clients of users (documented; that they can be asked for is a guess) and
    personal accounts unless it is asked for them. Remote Support describes two types of security
    providers only, so that its local one is hidden: a guess.
    """
    if collection == "security-provider":
        return record["type"] not in PROVIDER_TYPES[call.product]
    if (
        collection == "vault/account"
        and record["type"].startswith("windows")
        and not versions.has(call.appliance, versions.WINDOWS_ACCOUNTS)
    ):
        return True
    if not call.operation.paged:
        return False
    if collection == "jump-client":
        return (
            record["jump_group_type"] == "personal" and query.get("jump_group_type") != "personal"
        )
    return (
        collection == "vault/account"
        and record.get("personal", False)
        and not query.get("include_personal", False)
    )


def passes(call: Call, record: dict, query: Mapping[str, object]) -> bool:
    """Whether a record is visible and passes every filter of the query."""
    collection = call.operation.collection
    if _hidden(call, collection, record, query):
        return False
    for name, wanted in query.items():
        if name not in PAGE:
            test = FILTERS.get((collection, name))
            if not (test(call, record, wanted) if test else same(record.get(name), wanted)):
                return False
    return True

"""What goes with an object that is deleted, and what then refers to nothing."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from . import store
from .answers import Refused, invalid
from .kinds import KINDS
from .kinds.jump import ITEMS
from .kinds.vault import DEFAULT_GROUP, INJECTABLE
from .provisioning import in_effect
from .rules.people import refuse_administrator
from .store import ASSOCIATIONS

DEFAULT_POLICY = 1
"""The account policy of accounts and groups without one, which cannot be deleted."""

_ITEMS = tuple(kind.collection for kind in ITEMS.values())
_OWNED_ITEMS = (*_ITEMS, "jump-client", "jump-client/installer")

CLEARED: dict[str, tuple[tuple[str, str], ...]] = {
    "jump-policy": tuple(
        (collection, "jump_policy_id")
        for collection in (*_OWNED_ITEMS, "jump-group/user", "group-policy/jump-group")
    ),
    "team": (("jump-policy", "approval_team_ids"), ("vendor", "team_ids")),
    "user": (("jump-policy", "approval_user_ids"), ("vendor", "administrator_ids")),
    "vault/account": (("jumpoint", "rdp_service_account_id"),),
}
"""Collection of the deleted object -> where references to it are cleared (switch delete_in_use): a
guess throughout.
"""

REMOVED: dict[str, tuple[tuple[str, str], ...]] = {
    "jumpoint": tuple(
        (collection, "jumpoint_id") for collection in (*_ITEMS, "group-policy/jumpoint")
    ),
    "jump-group": (("group-policy/jump-group", "jump_group_id"),),
    "team": (("group-policy/team", "team_id"),),
    "user": (
        *(
            (collection, "user_id")
            for collection in (
                "jump-group/user",
                "jumpoint/user",
                "team/user",
                "vault/account/user",
                "vault/account-group/user",
                "group-policy/member",
            )
        ),
        ("vault/account", "owner_user_id"),
    ),
    "vault/account": (
        ("group-policy/vault-account", "account_id"),
        ("vault/account", "parent_x509"),
    ),
    "vault/account-group": (("group-policy/vault-account-group", "account_group_id"),),
    "vault/endpoint": (("vault/account", "endpoint_id"),),
}
"""Collection of the deleted object -> what is deleted with it because it refers to it, besides what
hangs on it.
"""


def delete(appliance, collection: str, record: dict) -> None:
    """Delete an object that may be deleted, with all that goes with it. Raises Refused."""
    if collection in _REFUSALS:
        _REFUSALS[collection](appliance, record)
    if appliance.switches.delete_in_use == "refuse":
        for place, name in CLEARED.get(collection, ()):
            if any(
                _refers(other.get(name), record["id"]) for other in store.records(appliance, place)
            ):
                raise invalid("id", f"The object is in use by a {place}.")
    _delete(appliance, collection, record)


def _delete(appliance, collection: str, record: dict) -> None:
    """Delete an object and all that goes with it."""
    store.remove(appliance, collection, lambda other: other is record)
    if "id" not in record:
        return
    number = record["id"]
    for child in _hanging_on(collection):
        for other in list(store.records(appliance, child, number)):
            _delete(appliance, child, other)
    for place, name in REMOVED.get(collection, ()):
        for other in store.find(appliance, place, **{name: number}):
            _delete(appliance, place, other)
    for place, name in CLEARED.get(collection, ()):
        for other in store.records(appliance, place):
            if _refers(other.get(name), number):
                _clear(place, other, name, number)
    if collection in _LEFT_BEHIND:
        _LEFT_BEHIND[collection](appliance, record)
    _forget_on_associations(appliance, collection, number)


def _hanging_on(collection: str) -> list[str]:
    """The collections whose objects hang on one of this collection."""
    kinds = [kind.collection for kind in KINDS.values() if kind.parent == collection]
    return kinds + [
        place for place in ASSOCIATIONS if place == f"{collection}/jump-item-association"
    ]


def _refers(value: object, number: int) -> bool:
    return number in value or str(number) in value if isinstance(value, list) else value == number


def _clear(place: str, record: dict, name: str, number: int) -> None:
    if isinstance(record[name], list):
        record[name] = [each for each in record[name] if each not in (number, str(number))]
    elif KINDS[place].fields[name].nullable:
        record[name] = None
    elif KINDS[place].fields[name].low == 0:
        record[name] = 0
    else:
        del record[name]


def _with_group(appliance, group: dict) -> None:
    """A Jump Group takes the items that it owns with it: documented for Jump Items, a guess for
    Jump Clients and their installers.
    """
    _owned(appliance, "shared", group["id"])


def _with_user(appliance, user: dict) -> None:
    """A user takes the personal items along: a guess."""
    _owned(appliance, "personal", user["id"])
    in_effect(appliance).pop(str(user["id"]), None)


def _owned(appliance, owner_type: str, number: int) -> None:
    for collection in _OWNED_ITEMS:
        for item in store.find(
            appliance, collection, jump_group_type=owner_type, jump_group_id=number
        ):
            _delete(appliance, collection, item)


def _with_jumpoint(appliance, jumpoint: dict) -> None:
    """A Jumpoint takes its vault endpoints along, which is documented; they name it in
    `_jumpoint_id`.
    """
    for endpoint in store.find(appliance, "vault/endpoint", _jumpoint_id=jumpoint["id"]):
        _delete(appliance, "vault/endpoint", endpoint)


def _to_default_group(appliance, group: dict) -> None:
    for account in store.find(appliance, "vault/account", account_group_id=group["id"]):
        account["account_group_id"] = DEFAULT_GROUP


def _to_default_policy(appliance, policy: dict) -> None:
    """Accounts go back to the default policy. That they then have none of their own is a guess."""
    for collection in ("vault/account", "vault/account-group"):
        for record in store.find(appliance, collection, account_policy=policy["code_name"]):
            record["account_policy"] = None


_LEFT_BEHIND = {
    "jump-group": _with_group,
    "user": _with_user,
    "jumpoint": _with_jumpoint,
    "vault/account-group": _to_default_group,
    "vault/account-policy": _to_default_policy,
}


def _forget_on_associations(appliance, collection: str, number: int) -> None:
    """Take a Jump Item or a Jump Group out of what accounts are associated with: a guess."""
    types = [name for name, place in INJECTABLE["pra"].items() if place == collection]
    for place in ASSOCIATIONS:
        for association in store.records(appliance, place):
            if collection == "jump-group" and "criteria" in association:
                groups = association["criteria"].get("shared_jump_groups", [])
                association["criteria"]["shared_jump_groups"] = [
                    each for each in groups if each != number
                ]
            if types and "jump_items" in association:
                association["jump_items"] = [
                    each
                    for each in association["jump_items"]
                    if each != {"id": number, "type": types[0]}
                ]


def _keep_group_with_items(appliance, group: dict) -> None:
    if appliance.switches.groups_with_items == "refuse" and any(
        item.get("jump_group_id") == group["id"] and item.get("jump_group_type") == "shared"
        for collection in _OWNED_ITEMS
        for item in store.records(appliance, collection)
    ):
        raise Refused(422, "The Jump Group is not empty.")


def _keep_default_group(appliance, group: dict) -> None:
    if group["id"] == DEFAULT_GROUP:
        raise Refused(422, "The default account group cannot be deleted.")


def _keep_default_policy(appliance, policy: dict) -> None:
    if policy["id"] == DEFAULT_POLICY:
        raise Refused(422, "The default account policy cannot be deleted.")


def _keep_policy_of_vendors(appliance, policy: dict) -> None:
    """A group policy that a vendor needs stays: a guess, for a vendor cannot be without one."""
    if store.find(appliance, "vendor", default_policy=policy["id"]):
        raise invalid("id", "The group policy is the default policy of a vendor.")


def _keep_personal(appliance, account: dict) -> None:
    if account.get("personal"):
        raise Refused(403, "Personal accounts cannot be deleted.")


_REFUSALS = {
    "jump-group": _keep_group_with_items,
    "vault/account-group": _keep_default_group,
    "vault/account-policy": _keep_default_policy,
    "group-policy": _keep_policy_of_vendors,
    "vault/account": _keep_personal,
    "user": lambda appliance, user: refuse_administrator(user, "delete"),
}

"""What is configured on a new appliance, and how a seed is completed."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Iterator

from . import provisioning, store
from .changes import references
from .kinds import kind_of
from .kinds.people import EFFECTIVE, GRANTED, POLICY_STATUS
from .provisioning import OWN, PROVISIONED
from .rules.vault import NEW_ASSOCIATION

ADMINISTRATOR_ROLE = (
    "add",
    "assign_jump_group",
    "remove",
    "start",
    "edit_tag",
    "edit_comments",
    "edit_jump_policy",
    "edit_session_policy",
    "edit_identity",
    "edit_behavior",
    "view_jump_item_report",
)


def _start(product: str) -> dict:
    """A new appliance: its administrator, roles and defaults of the vault. The vendor names the
    roles; their identifiers and the rest are a guess.
    """
    start: dict[str, dict] = {
        "security-provider": {"1": {"type": "local", "name": "Local"}},
        "user": {
            "1": {
                "security_provider_id": 1,
                "username": "admin",
                "public_display_name": "Administrator",
                "perm_admin": True,
                "created_at": "2026-01-01T00:00:00+00:00",
                **(
                    {"private_display_name": "Administrator", "display_number": 1}
                    if product == "rs"
                    else {}
                ),
            }
        },
        "jump-item-role": {
            "1": {"name": "No Access", "description": ""},
            "2": {"name": "Start Sessions Only", "description": "", "perm_start": True},
            "3": {
                "name": "Administrator",
                "description": "",
                **{f"perm_{name}": True for name in ADMINISTRATOR_ROLE},
            },
            "4": {"name": "Auditor", "description": "", "perm_view_jump_item_report": True},
        },
        "vault/account-group": {"1": {"name": "Default Account Group"}},
        "vault/account-policy": {
            "1": {"name": "Default Account Policy", "code_name": "default_account_policy"}
        },
    }
    if product == "rs":
        start["public-portal"] = {"1": {"name": "Default", "addresses": []}}
    return start


def empty_store(product: str) -> dict:
    """The store of a new appliance. It lacks what the server keeps for itself, so that a seed can
    be built on it.
    """
    whole = complete_store({}, product)
    return {name: value for name, value in whole.items() if not name.startswith("_")}


def complete_store(config: dict, product: str, version: str = "") -> dict:
    """A copy of a seed with every default. What a new appliance has is there as well, unless the
    seed has a collection of that name.

    What a seed may hold does not depend on the `version`. Raises ValueError for attributes, values
    and references that are not described.
    """
    whole = store.complete_records(
        _start(product) | _with_defined_policies(config, product), product
    )
    _name_providers(whole)
    _check_references(whole, product)
    _associate_groups(whole)
    _put_into_effect(whole, product)
    return whole


def _with_defined_policies(config: dict, product: str) -> dict:
    """A seed in which group policies with permissions define them unless they say otherwise, as in
    a request.
    """
    policies = {
        key: {POLICY_STATUS[product]: "defined", **policy}
        if GRANTED.keys() & policy.keys()
        else policy
        for key, policy in config.get("group-policy", {}).items()
    }
    return {**config, "group-policy": policies}


def _name_providers(config: dict) -> None:
    """Let users of a seed that name no security provider be local ones."""
    local = [
        provider["id"]
        for provider in config["security-provider"].values()
        if provider["type"] == "local"
    ]
    if not local:
        raise ValueError("config: a security-provider must have the type local")
    for user in config["user"].values():
        user.setdefault("security_provider_id", local[0])


def _check_references(config: dict, product: str) -> None:
    """Hold every reference of a seed against what it refers to."""
    for collection in store.collections():
        for key, record in config[collection].items():
            for name, place, identifier in _references(collection, record, product):
                if str(identifier) not in config[place]:
                    raise ValueError(
                        f"config: {collection} {key}: {name} refers to the {place} {identifier}, which is not there"
                    )


def _references(collection: str, record: dict, product: str) -> Iterator[tuple[str, str, int]]:
    """What a record refers to: the attribute, the collection and the identifier."""
    if collection in store.ASSOCIATIONS:
        yield store.PARENT, collection.removesuffix("/jump-item-association"), record[store.PARENT]
        return
    kind = kind_of(collection, record)
    if kind.parent:
        yield store.PARENT, kind.parent, record[store.PARENT]
    if "jump_group_id" in record and "jump_group_type" in record:
        yield (
            "jump_group_id",
            "jump-group" if record["jump_group_type"] == "shared" else "user",
            record["jump_group_id"],
        )
    for name, described in kind.shown(product).items():
        for place, identifier in references(record.get(name), described):
            yield name, place, identifier


def _associate_groups(config: dict) -> None:
    """Give every account group of a seed that has no association the one of a new group."""
    associations = config["vault/account-group/jump-item-association"]
    associated = {association[store.PARENT] for association in associations.values()}
    for number in [int(key) for key in config["vault/account-group"] if int(key) not in associated]:
        key = config[store.NEXT_ID]["vault/account-group/jump-item-association"]
        associations[str(key)] = {"filter_type": NEW_ASSOCIATION, store.PARENT: number}
        config[store.NEXT_ID]["vault/account-group/jump-item-association"] = key + 1


class _Bare:
    """What provisioning needs of an appliance while there is none yet."""

    def __init__(self, config: dict, product: str):
        self.site, self.product = {"config": config}, product


def _put_into_effect(config: dict, product: str) -> None:
    """Provision the users of a seed that does not say what is in effect for them. Permissions that
    it gives are the users' own.
    """
    in_effect = config.setdefault(PROVISIONED, {})
    waiting = [user for key, user in config["user"].items() if key not in in_effect]
    for user in waiting:
        user.setdefault(
            OWN,
            {
                name: user[name]
                for name, each in EFFECTIVE.items()
                if name in user and user[name] != each.default
            },
        )
    provisioning.provision(_Bare(config, product), waiting)

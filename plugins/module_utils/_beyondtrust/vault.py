"""BeyondTrust's vault: accounts, their groups and policies, as data, and which kind of account has
which attributes (Configuration API v1).
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Mapping
from types import NoneType
from typing import Any

from .._core.errors import InputError, NotThere, Refused, ServerError
from .._core.plan import Change
from .._core.resource import Field
from .._core.server import Server
from .kind import Below, Kind, Sublist
from .products import IDENTIFIER, LARGEST, RS, name, reference, text

ROLES = ("inject", "inject_and_checkout")
ITEM_TYPES_OF_PRA = ("web_jump", "protocol_tunnel")
ITEM_TYPES = ("jump_client", "remote_rdp", "shell_jump", *ITEM_TYPES_OF_PRA)
CRITERIA = "criteria"
# Our word for an account without an association of its own, for which that of its group counts.
INHERIT = "inherit"
PATTERN_MOST = 64  # characters
DEFAULT_GROUP = (
    # The identifier of the account group in which an account is that is in no other (schema
    # VaultAccount)
    1
)
_USERS = Field(
    "list",
    elements="dict",
    key=("user",),
    query="users",
    fields={
        "user": reference("user", required=True),
        "role": Field(choices=ROLES),
    },
)
_PATTERNS = Field("list", elements="str", most=32)


def _association(*more: str) -> Field:
    return Field(
        "dict",
        query="jump_item_association",
        fields={
            "filter_type": Field(
                choices=("any_jump_items", "no_jump_items", CRITERIA, *more), required=True
            ),
            "criteria": Field(
                "dict",
                fields={
                    "shared_jump_groups": Field("list", elements="str", ref="jump_group"),
                    "host": _PATTERNS,
                    "name": _PATTERNS,
                    "tag": _PATTERNS,
                    "comment": _PATTERNS,
                },
            ),
            "jump_items": Field(
                "list",
                elements="dict",
                key=("type", "id"),
                fields={
                    "type": Field(choices=ITEM_TYPES, required=True),
                    "id": Field("int", least=1, most=LARGEST, required=True),
                },
            ),
        },
    )


# Kind of account -> the options that it has beside those of all kinds, and those of them that a new
# one needs. Windows accounts are found by discovery: the API changes and removes them.
_SSH = (
    {"username", "private_key", "private_key_passphrase", "private_key_public_cert"},
    {"username", "private_key"},
)
ACCOUNT_TYPES: dict[str, tuple[set[str], set[str]]] = {
    "username_password": ({"username", "password", "account_policy"}, {"username", "password"}),
    "ssh": _SSH,
    "ssh_ca": _SSH,
    "opaque_token": ({"token", "account_policy"}, {"token"}),
    "windows_local": ({"username", "account_policy"}, set()),
    "windows_domain": ({"username", "account_policy"}, set()),
}
_OF_SOME_TYPE = {name for of_type, _needed in ACCOUNT_TYPES.values() for name in of_type}


class Association(Below):
    """Which jump items an account, or the accounts of a group, can be used with."""

    def __init__(self, inherits: bool = False):
        self._inherits = inherits  # whether none of its own means that the group's counts

    def read(self, backend: Any, path: str, record: Mapping[str, Any]) -> dict:
        """Return the association."""
        return {
            "jump_item_association": self._found(backend, path)
            or ({"filter_type": INHERIT} if self._inherits else None)
        }

    def write(self, backend: Any, path: str, record: Mapping[str, Any], wanted: Any) -> None:
        """Make, change or remove it."""
        present = self._found(backend, path)
        if wanted["filter_type"] != INHERIT:
            backend.tell("PATCH" if present else "POST", f"{path}/jump-item-association", wanted)
        elif present:
            backend.tell("DELETE", f"{path}/jump-item-association")

    @staticmethod
    def _found(backend, path) -> dict | None:
        path += "/jump-item-association"
        try:
            found = backend.ask(path, dict)
        except Refused as exc:
            # "Cannot be used" if the account inherits its association. The status is a guess.
            if exc.facts.get("status") not in (404, 422):
                raise
            return None
        criteria, items = found.get("criteria", {}), found.get("jump_items", [])
        if (
            not isinstance(criteria, (dict, NoneType))
            or not isinstance(items, (list, NoneType))
            or any(not isinstance(item, dict) for item in items or ())
        ):
            raise ServerError(
                f"GET {path} answered an association that is not of the documented shape."
            )
        return found


class Details(Below):
    """What a list does not show of an account."""

    def read(self, backend: Any, path: str, record: Mapping[str, Any]) -> dict:
        """Return all attributes, as far as the account is there."""
        if "username" in record:
            return dict(record)
        try:
            return backend.ask(path, dict)
        except NotThere:
            return {}


_USERS_BELOW = Sublist("users", "/user", ("user_id",), patched=True)


def _only_what_counts(after: dict, before: Mapping[str, Any] | None, title: str) -> dict:
    """Leave out of an association what its filter_type makes meaningless. Raises InputError where
    that was asked for.
    """
    association, there = (
        after.get("jump_item_association"),
        (before or {}).get("jump_item_association") or {},
    )
    if not association or association["filter_type"] == CRITERIA or association == there:
        return after
    parts = (
        ("criteria", association.get("criteria") or {}),
        ("jump_items", association.get("jump_items") or []),
    )
    if any(part and part != there.get(name) for name, part in parts):
        raise InputError(
            f"{title}: jump_item_association: criteria and jump_items count only with filter_type: {CRITERIA}."
        )
    return {**after, "jump_item_association": {"filter_type": association["filter_type"]}}


def _only_what_its_type_has(after: dict, before: Mapping[str, Any] | None, title: str) -> dict:
    """Leave out what is empty and what the type of an account does not have."""
    options, _needed = ACCOUNT_TYPES.get(after.get("type"), (_OF_SOME_TYPE, set()))
    absent = {
        name
        for name in _OF_SOME_TYPE - options
        if after.get(name) in (None, "") and not (before and before.get(name, 0) in (None, ""))
    }
    return _only_what_counts(
        {option: value for option, value in after.items() if option not in absent}, before, title
    )


def _age_only_if_scheduled(after: dict, before: Mapping[str, Any] | None, title: str) -> dict:
    """Leave out the age where there is no scheduled rotation: then it is null (schema
    VaultAccountPolicy).
    """
    if after.get("scheduled_password_rotation") or "maximum_password_age" not in after:
        return after
    if (
        after["maximum_password_age"] is not None
        and (before or {}).get("maximum_password_age") != after["maximum_password_age"]
    ):
        raise InputError(
            f"{title}: maximum_password_age counts only with scheduled_password_rotation."
        )
    return {option: value for option, value in after.items() if option != "maximum_password_age"}


def _associates_something(server: Server, change: Change) -> None:
    association, place = (
        change.after.get("jump_item_association"),
        f"{change.title}: jump_item_association",
    )
    if "jump_item_association" not in change.fields or association["filter_type"] != CRITERIA:
        return
    criteria, items = association.get("criteria") or {}, association.get("jump_items") or []
    if not any(criteria.values()) and not items:
        raise InputError(
            f"{place}: with filter_type: {CRITERIA} something has to be given in criteria or jump_items."
        )
    for part, pattern in [
        (part, pattern)
        for part, patterns in criteria.items()
        if part != "shared_jump_groups"
        for pattern in patterns or ()
    ]:
        if not 0 < len(pattern) <= PATTERN_MOST:
            raise InputError(
                f"{place}.criteria.{part}: a pattern must be at least 1 and at most {PATTERN_MOST} characters long, not {len(pattern)}."
            )
        if (
            pattern != pattern.lower()
        ):  # schema AccountJumpItemAssociationCriteria: or it would differ again in the next run
            raise InputError(
                f"{place}.criteria.{part}: the appliance keeps patterns in lower case; write {pattern.lower()!r}, not {pattern!r}."
            )
    foreign = {item["type"] for item in items} & set(ITEM_TYPES_OF_PRA)
    if foreign and server.backend.product == RS:
        raise InputError(f"{place}.jump_items: {RS} has no {' and '.join(sorted(foreign))}.")


def _fits_its_type(_server: Server, change: Change) -> None:
    kind = change.after["type"]
    if kind.startswith("windows") and change.action == "create":
        raise InputError(
            f"There is no vault_account {change.name!r}, and a {kind} account is made by discovery only."
        )
    options, needed = ACCOUNT_TYPES[kind]
    given = {name for name in change.fields if change.after[name] not in (None, "")}
    if extra := sorted((given & _OF_SOME_TYPE) - options):
        raise InputError(
            f"vault_account {change.name}: an account of the type {kind} has no {', '.join(extra)}."
        )
    if missing := sorted(needed - given if change.action == "create" else ()):
        raise InputError(
            f"vault_account {change.name} does not exist yet; to make it, {', '.join(missing)} must be given."
        )
    if emptied := sorted({*needed, "account_group"} & set(change.fields) - given):
        raise InputError(f"vault_account {change.name}: {', '.join(emptied)} must not be empty.")


def _has_an_age_if_scheduled(_server: Server, change: Change) -> None:
    if change.after.get("scheduled_password_rotation") and not change.after.get(
        "maximum_password_age"
    ):
        raise InputError(
            f"vault_account_policy {change.name}: scheduled_password_rotation needs maximum_password_age."
        )


def _from_server(record: dict) -> dict | None:
    return record if record.get("type") in ACCOUNT_TYPES else None


# A list shows of an account what those of all types have (schema VaultAccount); the rest takes a
# request for each.
_DETAIL = {"query": "details", "with_object": True}

VAULT_ENDPOINT = Kind(
    "vault_endpoint",
    "/vault/endpoint",
    verbs=(),
    filters=("name",),
    fields={
        "id": IDENTIFIER,
        "name": Field(computed=True),
        "hostname": Field(computed=True),
        "description": Field(computed=True),
        "operating_system": Field(computed=True),
        "domain_name": Field(computed=True),
        "distinguished_name": Field(computed=True),
    },
)
VAULT_ACCOUNT_POLICY = Kind(
    "vault_account_policy",
    "/vault/account-policy",
    code="code_name",
    id_field="id",
    filters=("name", "code_name"),
    guards=(_has_an_age_if_scheduled,),
    adapt=_age_only_if_scheduled,
    fields={
        "id": IDENTIFIER,
        "name": name(),
        "code_name": text(64),  # of any characters, unlike other code names
        "description": text(1024),
        "auto_rotate_credentials": Field("bool"),
        "allow_simultaneous_checkout": Field("bool"),
        "scheduled_password_rotation": Field("bool"),
        "maximum_password_age": Field("int", least=1, most=365),
    },
)
VAULT_ACCOUNT_GROUP = Kind(
    "vault_account_group",
    "/vault/account-group",
    id_field="id",
    filters=("name",),
    guards=(_associates_something,),
    adapt=_only_what_counts,
    built_in={DEFAULT_GROUP: "the vault's default group"},
    below={"users": _USERS_BELOW, "jump_item_association": Association()},
    fields={
        "id": IDENTIFIER,
        "name": name(),
        "description": text(1024),
        "account_policy": reference("vault_account_policy", "account_policy", by_code=True),
        "users": _USERS,
        "jump_item_association": _association(),
    },
)
VAULT_ACCOUNT = Kind(
    "vault_account",
    "/vault/account",
    id_field="id",
    filters=("name",),
    guards=(_fits_its_type, _associates_something),
    adapt=_only_what_its_type_has,
    from_server=_from_server,
    below={
        "users": _USERS_BELOW,
        "details": Details(),
        "jump_item_association": Association(inherits=True),
    },
    fields={
        "id": IDENTIFIER,
        "name": name(),
        "type": Field(
            choices=(
                "username_password",
                "ssh",
                "ssh_ca",
                "opaque_token",
                "windows_local",
                "windows_domain",
            ),
            required=True,
            fixed=True,
        ),
        "username": text(255, **_DETAIL),
        "password": Field(secret=True, least=1, most=255),
        "private_key": Field(secret=True, least=1, most=4096),
        "private_key_passphrase": Field(secret=True, least=1, most=1024),
        "private_key_public_cert": text(4096, nullable=True, **_DETAIL),
        "token": Field(secret=True, least=1, most=4096),
        "description": text(4096),
        "account_group": reference("vault_account_group", "account_group_id"),
        "account_policy": reference("vault_account_policy", "account_policy", by_code=True),
        "users": _USERS,
        "jump_item_association": _association(INHERIT),
        "personal": Field("bool", computed=True),
        "public_key": Field(computed=True, **_DETAIL),
        "last_checkout_timestamp": Field(computed=True, **_DETAIL),
    },
)

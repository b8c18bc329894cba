"""BeyondTrust's vault: accounts, their groups and policies, as data, and which kind of account has which attributes (Configuration API v1)."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from .._core.resource import Field, Resource
from .products import IDENTIFIER, LARGEST, name, reference, text

ROLES = ("inject", "inject_and_checkout")
ITEM_TYPES_OF_PRA = ("web_jump", "protocol_tunnel")
ITEM_TYPES = ("jump_client", "remote_rdp", "shell_jump", *ITEM_TYPES_OF_PRA)
CRITERIA = "criteria"
INHERIT = "inherit"  # our word for an account without an association of its own, for which that of its group counts
PATTERN_MOST = 64  # characters
DEFAULT_GROUP = 1  # the identifier of the account group in which an account is that is in no other (schema VaultAccount)
_USERS = Field("list", elements="dict", key=("user",), query="users", fields={
    "user": reference("user", required=True),
    "role": Field(choices=ROLES),
})
_PATTERNS = Field("list", elements="str", most=32)


def _association(*more: str) -> Field:
    return Field("dict", query="jump_item_association", fields={
        "filter_type": Field(choices=("any_jump_items", "no_jump_items", CRITERIA, *more), required=True),
        "criteria": Field("dict", fields={
            "shared_jump_groups": Field("list", elements="str", ref="jump_group"),
            "host": _PATTERNS,
            "name": _PATTERNS,
            "tag": _PATTERNS,
            "comment": _PATTERNS,
        }),
        "jump_items": Field("list", elements="dict", key=("type", "id"), fields={
            "type": Field(choices=ITEM_TYPES, required=True),
            "id": Field("int", least=1, most=LARGEST, required=True),
        }),
    })


# A list shows of an account what those of all types have (schema VaultAccount); the rest takes a request for each.
_DETAIL = {"query": "details", "with_object": True}

VAULT_ENDPOINT = Resource("vault_endpoint", "/vault/endpoint", verbs=(), fields={
    "id": IDENTIFIER,
    "name": Field(computed=True),
    "hostname": Field(computed=True),
    "description": Field(computed=True),
    "operating_system": Field(computed=True),
    "domain_name": Field(computed=True),
    "distinguished_name": Field(computed=True),
})
VAULT_ACCOUNT_POLICY = Resource("vault_account_policy", "/vault/account-policy", code="code_name", id_field="id", fields={
    "id": IDENTIFIER,
    "name": name(),
    "code_name": text(64),  # of any characters, unlike other code names
    "description": text(1024),
    "auto_rotate_credentials": Field("bool"),
    "allow_simultaneous_checkout": Field("bool"),
    "scheduled_password_rotation": Field("bool"),
    "maximum_password_age": Field("int", least=1, most=365),
})
VAULT_ACCOUNT_GROUP = Resource("vault_account_group", "/vault/account-group", id_field="id", fields={
    "id": IDENTIFIER,
    "name": name(),
    "description": text(1024),
    "account_policy": reference("vault_account_policy", "account_policy", by_code=True),
    "users": _USERS,
    "jump_item_association": _association(),
})
VAULT_ACCOUNT = Resource("vault_account", "/vault/account", id_field="id", fields={
    "id": IDENTIFIER,
    "name": name(),
    "type": Field(choices=("username_password", "ssh", "ssh_ca", "opaque_token", "windows_local", "windows_domain"), required=True, fixed=True),
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
})

# Kind of account -> the options that it has beside those of all kinds, and those of them that a new one needs.
# Windows accounts are found by discovery: the API changes and removes them.
_SSH = ({"username", "private_key", "private_key_passphrase", "private_key_public_cert"}, {"username", "private_key"})
ACCOUNT_TYPES: dict[str, tuple[set[str], set[str]]] = {
    "username_password": ({"username", "password", "account_policy"}, {"username", "password"}),
    "ssh": _SSH,
    "ssh_ca": _SSH,
    "opaque_token": ({"token", "account_policy"}, {"token"}),
    "windows_local": ({"username", "account_policy"}, set()),
    "windows_domain": ({"username", "account_policy"}, set()),
}

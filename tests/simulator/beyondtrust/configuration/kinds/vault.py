"""The kinds of the vault: accounts by type, their groups, policies and users, endpoints, and which
Jump Items they may be used on.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from dataclasses import replace

from ..fields import ID, Field, choice, code_name, flag, ident, many, moment, shape, text, whole
from .kind import Kind
from .people import VAULT_ROLE

DEFAULT_GROUP = 1
"""The account group of accounts that are in no other."""

_NAME, _DESCRIPTION = text(1, 255, required=True), text(None, 4096)
_GROUP = ident("vault/account-group", default=DEFAULT_GROUP)
_POLICY = text(1, 64, nullable=True)
_OWNER = {"personal": flag(False, read_only=True), "owner_user_id": ident(read_only=True)}
_CHECKED_OUT = {"last_checkout_timestamp": moment(read_only=True)}
_WINDOWS = {
    "username": text(1, 255, required=True),
    "account_group_id": _GROUP,
    "account_policy": text(1, 64),
    **_CHECKED_OUT,
}
_CERTIFICATE = {
    "subject": text(1, 255, required=True),
    "key_algorithm": choice(
        "rsa_2048", "rsa_3072", "rsa_4096", "ecc_secp384r1", required=True, fixed=True
    ),
    "cert_digest_algorithm": choice("sha256", "sha384", "sha512", required=True, fixed=True),
}

ALL_TYPES = (
    "username_password",
    "ssh",
    "ssh_ca",
    "windows_local",
    "windows_domain",
    "opaque_token",
    "aws_secret",
    "password_safe",
)
X509_TYPES = ("x509_ca", "x509_csr")
TYPES = {"rs": ALL_TYPES, "pra": ALL_TYPES + X509_TYPES}
"""The types of vault accounts that a product knows."""

CREATABLE = {"rs": ("username_password", "opaque_token", "ssh", "ssh_ca")}
CREATABLE["pra"] = CREATABLE["rs"] + X509_TYPES


def _account(*types: str, **fields: Field) -> Kind:
    """A kind of account: what all have and what these types have."""
    return Kind(
        "vault/account",
        {
            "id": ID,
            "type": choice(*types, required=True, fixed=True),
            "name": _NAME,
            "description": _DESCRIPTION,
            **fields,
        },
    )


USERNAME_PASSWORD = _account(
    "username_password",
    username=text(1, 255, required=True),
    password=text(1, 255, required=True, write_only=True),
    **_CHECKED_OUT,
    **_OWNER,
    account_group_id=_GROUP,
    account_policy=_POLICY,
)
SSH = _account(
    "ssh",
    "ssh_ca",
    username=text(1, 255, required=True),
    public_key=text(1, 4096, read_only=True),
    private_key=text(1, 4096, required=True, write_only=True),
    private_key_passphrase=text(1, 1024, write_only=True),
    private_key_public_cert=text(1, 4096, nullable=True),
    **_CHECKED_OUT,
    **_OWNER,
    account_group_id=_GROUP,
)
OPAQUE_TOKEN = _account(
    "opaque_token",
    token=text(1, 4096, required=True, write_only=True),
    **_CHECKED_OUT,
    **_OWNER,
    account_group_id=_GROUP,
    account_policy=_POLICY,
)
WINDOWS_DOMAIN = _account(
    "windows_domain",
    **_WINDOWS,
    is_management=flag(False),
    **{
        name: text()
        for name in (
            "unique_id",
            "distinguished_name",
            "sam_account_name",
            "service_principal_name",
            "azure_ad_object_id",
        )
    },
)
WINDOWS_LOCAL = _account(
    "windows_local", **_WINDOWS, sid=text(1, 128), endpoint_id=ident("vault/endpoint")
)
AWS_SECRET = Kind(
    "vault/account",
    {
        "id": ID,
        "type": choice("aws_secret", read_only=True),
        "name": text(1, 255, read_only=True),
        "description": text(None, 4096, read_only=True),
        "arn": text(None, 4096, read_only=True),
        "aws_organization_id": text(None, 4096, read_only=True),
        "tags": many(
            shape({"Key": text(read_only=True), "Value": text(read_only=True)}), read_only=True
        ),
        **_CHECKED_OUT,
        "account_group_id": _GROUP,
        "account_policy": _POLICY,
    },
)
PASSWORD_SAFE = Kind(
    "vault/account",
    {
        "id": ID,
        "type": choice("password_safe", read_only=True),
        "name": text(1, 255),
        "description": _DESCRIPTION,
        "username": text(1, 255),
        **_CHECKED_OUT,
        "account_group_id": _GROUP,
        "account_policy": _POLICY,
    },
)
X509_IMPORTED = _account(
    "x509_ca",
    x509_key=text(1, 4096, required=True, write_only=True),
    x509_key_passphrase=text(1, 1024, write_only=True),
    x509_cert=text(1, 4096, required=True),
)
X509_GENERATED = _account(
    "x509_ca",
    x509_cert=text(1, 4096, read_only=True),
    **_CERTIFICATE,
    ttl=choice(365, 730, 1095, 1825, 3650, 7300, required=True, fixed=True),
)
X509_CLIENT = _account(
    "x509_csr",
    parent_x509=ident("vault/account", required=True),
    **_CERTIFICATE,
    ttl=choice(60, 120, 300, 1800, 3600, 10800, 28800, 86400, required=True),
)
_BY_TYPE = {
    "username_password": USERNAME_PASSWORD,
    "ssh": SSH,
    "ssh_ca": SSH,
    "opaque_token": OPAQUE_TOKEN,
    "windows_domain": WINDOWS_DOMAIN,
    "windows_local": WINDOWS_LOCAL,
    "aws_secret": AWS_SECRET,
    "password_safe": PASSWORD_SAFE,
    "x509_csr": X509_CLIENT,
}


def account_kind(account: dict) -> Kind | None:
    """The kind that an account's (or a body's) type makes it; None where there is no such type."""
    if account.get("type") == "x509_ca":
        return X509_GENERATED if "subject" in account else X509_IMPORTED
    return _BY_TYPE.get(account.get("type"))


ACCOUNT = Kind(
    "vault/account",
    {
        "id": ID,
        "type": choice(*ALL_TYPES, *X509_TYPES, read_only=True),
        "name": text(1, 255),
        "description": _DESCRIPTION,
        **_OWNER,
        "account_group_id": _GROUP,
        "account_policy": _POLICY,
    },
)
"""What a list shows of every account."""

ACCOUNT_GROUP = Kind(
    "vault/account-group",
    {"id": ID, "name": _NAME, "description": text(None, 1024), "account_policy": _POLICY},
    unique=("name",),
)
ACCOUNT_POLICY = Kind(
    "vault/account-policy",
    {
        "id": ID,
        "name": _NAME,
        "code_name": code_name(pattern=""),
        "description": text(None, 1024),
        "auto_rotate_credentials": flag(),
        "allow_simultaneous_checkout": flag(),
        "scheduled_password_rotation": flag(),
        # The text gives it null where no rotation is scheduled.
        "maximum_password_age": whole(1, 365, nullable=True),
    },
    unique=("name", "code_name"),
    named_by="name",
)
ACCOUNT_USER = Kind(
    "vault/account/user",
    {"user_id": ident("user", required=True), "role": VAULT_ROLE},
    parent="vault/account",
    key="user_id",
    unique=("user_id",),
)
ACCOUNT_GROUP_USER = Kind(
    "vault/account-group/user",
    {
        "user_id": ident("user", required=True),
        "account_group_id": ident(read_only=True),
        "role": VAULT_ROLE,
    },
    parent="vault/account-group",
    key="user_id",
    unique=("user_id",),
)
GROUP_ACCOUNT = {"account_id": replace(ID), "account_group_id": replace(ID)}
ADD_ACCOUNT = {"account_id": ident("vault/account", required=True)}
CREDENTIAL = {
    "username": text(1, 255),
    "type": choice(
        "username_password",
        "ssh",
        "ssh_ca",
        "windows_local",
        "windows_domain",
        "opaque_token",
        "aws_secret",
    ),
    "password": text(1),
    "private_key": text(1),
    "signed_public_cert": text(1),
}
"""What a check-out answers."""

ENDPOINT = Kind(
    "vault/endpoint",
    {
        "id": ID,
        "name": text(1, 128),
        "operating_system": text(read_only=True),
        "domain_name": text(None, 128, read_only=True),
        "distinguished_name": text(read_only=True),
        "hostname": text(1, 128),
        "description": text(None, 1024),
    },
)
CANDIDATE = {"id": ident(required=True)}

INJECTABLE = {
    "rs": {
        "jump_client": "jump-client",
        "remote_rdp": "jump-item/remote-rdp",
        "shell_jump": "jump-item/shell-jump",
    },
}
INJECTABLE["pra"] = {
    **INJECTABLE["rs"],
    "web_jump": "jump-item/web-jump",
    "protocol_tunnel": "jump-item/protocol-tunnel-jump",
}
"""The types of Jump Items on which accounts can be used, with their collections."""

ITEM = {
    product: {"id": ident(required=True), "type": choice(*types, required=True)}
    for product, types in INJECTABLE.items()
}
SHARED_GROUP = {"shared_jump_group_id": ident("jump-group", required=True)}
PATTERNS = many(text(1, 64), 0, 32)
CRITERIA = {
    "shared_jump_groups": many(ident("jump-group")),
    "host": PATTERNS,
    "name": PATTERNS,
    "tag": PATTERNS,
    "comment": PATTERNS,
}
FILTER_TYPE = choice("any_jump_items", "no_jump_items", "criteria", required=True)


def association(product: str) -> dict[str, Field]:
    """What says on which Jump Items an account, or the accounts of a group, may be used."""
    return {
        "filter_type": FILTER_TYPE,
        "criteria": shape(CRITERIA),
        "jump_items": many(shape(ITEM[product])),
    }


def whole_association(given: dict) -> dict:
    """An association with all that belongs to its filter type, and nothing else."""
    if given["filter_type"] != "criteria":
        return {"filter_type": given["filter_type"]}
    return {
        "filter_type": "criteria",
        "criteria": {name: [] for name in CRITERIA} | given.get("criteria", {}),
        "jump_items": given.get("jump_items", []),
    }


KINDS = (ACCOUNT, ACCOUNT_GROUP, ACCOUNT_POLICY, ACCOUNT_USER, ACCOUNT_GROUP_USER, ENDPOINT)

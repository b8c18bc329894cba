"""BeyondTrust: people and what they may do, as kinds: users, teams, group policies, vendors, and
what the appliance says of their logins.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .._core.errors import InputError, ServerError
from .._core.plan import Change
from .._core.quoting import as_written
from .._core.resource import Contents, Field
from .._core.server import Server
from .kind import Below, Kind, Sublist, below
from .permissions import API_ACCOUNT_PERMISSIONS, GROUP_POLICY_PERMISSIONS
from .products import (
    IDENTIFIER,
    LANGUAGE,
    LARGEST,
    ONLY_PRA,
    ONLY_RS,
    RS,
    TIME,
    code_name,
    name,
    reference,
    text,
)

TEAM_ROLES = ("member", "lead", "manager")
ALL_PORTALS = "All portals"  # stands for every public portal, those that come later included
EVERY_PORTAL = 0  # the id that stands for it here; the server's begin with 1
_USER_ID = ("user_id",)

# --- what can only be read: others refer to it ------------------------------------------------------------------------

SESSION_POLICY = Kind(
    "session_policy",
    "/session-policy",
    verbs=(),
    key=("display_name",),
    code="code_name",
    fields={
        "id": IDENTIFIER,
        "display_name": Field(computed=True),
        "code_name": Field(computed=True),
        "description": Field(computed=True),
    },
)
PUBLIC_PORTAL = Kind(
    "public_portal",
    "/public-portal",
    verbs=(),
    only=ONLY_RS,
    unlisted=({"id": EVERY_PORTAL, "name": ALL_PORTALS},),
    fields={
        "id": IDENTIFIER,
        "name": Field(computed=True),
        "addresses": Field("list", elements="str", computed=True),
    },
)
API_ACCOUNT = Kind(
    "api_account",
    "/api-account",
    verbs=(),
    fields={
        "id": IDENTIFIER,
        "name": Field(computed=True),
        "client_id": Field(computed=True),
        "enabled": Field("bool", computed=True),
        "comments": Field(computed=True),
        "ip_addresses": Field(computed=True),
        "failed_login_attempts": Field("int", computed=True),
        **API_ACCOUNT_PERMISSIONS,
    },
)

# --- security providers: they are made in /login; of one for SAML some groups can be changed -----------------------------

SAML = "saml"


class AvailableGroups(Below):
    """The groups that a security provider offers (schema SAMLSecurityProvider)."""

    def read(self, backend: Any, path: str, record: Mapping[str, Any]) -> dict:
        """Return the groups, None of a provider that is not for SAML."""
        if record.get("type") != SAML:
            return {"available_groups": None}
        groups = backend.ask(path, dict).get("available_groups") or []
        if not isinstance(groups, list) or not all(isinstance(group, str) for group in groups):
            raise ServerError(f"GET {path} answered groups that are not a list of texts.")
        return {"available_groups": groups}

    def write(self, backend: Any, path: str, record: Mapping[str, Any], wanted: Any) -> None:
        """Replace the groups."""
        backend.tell("PATCH", path, {"available_groups": wanted})


def _only_saml_has_groups(_server: Server, change: Change) -> None:
    if change.before["type"] != SAML and "available_groups" in change.fields:
        raise InputError(
            f"security_provider {change.name} is of the type {change.before['type']}; only one of the type {SAML} has available_groups."
        )


SECURITY_PROVIDER = Kind(
    "security_provider",
    "/security-provider",
    verbs=("update",),
    guards=(_only_saml_has_groups,),
    below={"available_groups": AvailableGroups()},
    fields={
        "id": IDENTIFIER,
        "name": Field(required=True),
        "available_groups": Field("list", elements="str", query="available_groups", only=ONLY_PRA),
        "type": Field(computed=True),
        "enabled": Field("bool", computed=True),
        "user_authentication": Field("bool", computed=True),
        "group_lookup": Field("bool", computed=True),
    },
)

# --- people -----------------------------------------------------------------------------------------------------------


def _can_be_made_or_changed(server: Server, change: Change) -> None:
    if change.action == "update":
        # Public clients were answered so. For removal it is documented.
        if change.before["is_administrator"]:
            raise InputError(
                f"user {change.name} is an administrator, and the API changes no administrators. Change the account in /login."
            )
        if change.after.get("failed_logins") and "failed_logins" in change.fields:
            raise InputError(
                f"user {change.name}: failed_logins can be set to 0 only, which unlocks the account."
            )
        return
    if not server.backend.can_make_users():
        raise InputError(
            f"There is no user {change.name!r}, and this appliance's API makes none (its openapi.yaml lists no POST /user). "
            f"Make the account in /login."
        )
    if server.backend.product == RS and not change.after.get("private_display_name"):
        raise InputError(
            f"user {change.name} does not exist yet; to make it, private_display_name must be given."
        )


USER = Kind(
    "user",
    "/user",
    key=("username",),
    id_field="id",
    protected=("is_administrator",),
    filters=("username",),
    guards=(_can_be_made_or_changed,),
    fields={
        "id": IDENTIFIER,
        "username": name(64),
        "public_display_name": text(64, 1, required=True),
        "private_display_name": text(64, 1, only=ONLY_RS),
        "display_number": Field("int", least=1, most=LARGEST, only=ONLY_RS),
        "email_address": text(255, 3),
        "preferred_email_language": Field(least=2, most=10, pattern=LANGUAGE),
        "password": Field(secret=True, most=256),
        "password_expiration": Field(pattern=TIME, nullable=True),
        "password_reset_next_login": Field("bool"),
        "two_factor_required": Field("bool"),
        "enabled": Field("bool"),
        "failed_logins": Field("int", transient=True, least=0, most=LARGEST),
        "security_provider": reference("security_provider", computed=True),
        "is_administrator": Field("bool", computed=True, wire="perm_admin"),
        "two_factor_enabled": Field("bool", computed=True),
        "created_at": Field(computed=True),
        "last_authentication": Field(computed=True),
    },
)
REP_STATUS = Kind(
    "rep_status",
    "/rep-status",
    only=ONLY_RS,
    code="code_name",
    id_field="id",
    filters=("name",),
    fields={
        "id": IDENTIFIER,
        "name": name(64),
        "code_name": code_name(),
        "display_as": Field(choices=("away", "busy")),
    },
)

# The schema's default is a text that its description calls by another: both are taken for every
# portal. Which one is written is a guess.
_EVERY_PORTAL_ON_WIRE = ("all", ALL_PORTALS)


def _team_from_server(record: dict) -> dict:
    if not record.get("public_portal_ids"):
        return record
    return {
        **record,
        "public_portal_ids": [
            EVERY_PORTAL if each in _EVERY_PORTAL_ON_WIRE else int(each)
            for each in record["public_portal_ids"]
        ],
    }


def _team_to_server(body: dict) -> dict:
    return (
        {**body, "public_portal_ids": [_EVERY_PORTAL_ON_WIRE[0]]}
        if EVERY_PORTAL in (body.get("public_portal_ids") or ())
        else dict(body)
    )


def _all_portals_stand_alone(_server: Server, change: Change) -> None:
    portals = change.after.get("public_portals") or ()
    if ALL_PORTALS in portals and len(portals) > 1:
        raise InputError(
            f"team {change.name}: public_portals names {ALL_PORTALS!r}, which leaves no other to be named beside it."
        )


TEAM = Kind(
    "team",
    "/team",
    code="code_name",
    id_field="id",
    filters=("name", "code_name"),
    guards=(_all_portals_stand_alone,),
    from_server=_team_from_server,
    to_server=_team_to_server,
    below=below(
        # Schema TeamUser requires team_id, although the path names the team.
        Sublist("members", "/user", _USER_ID, patched=True, parent="team_id"),
    ),
    fields={
        "id": IDENTIFIER,
        "name": name(),
        "code_name": code_name(),
        "comments": text(4096, nullable=True),
        "persistent_queue": Field("bool", only=ONLY_RS),
        "public_portals": Field(
            "list", elements="str", ref="public_portal", wire="public_portal_ids", only=ONLY_RS
        ),
        "members": Field(
            "list",
            elements="dict",
            key=("user",),
            query="members",
            fields={
                "user": reference("user", required=True),
                "role": Field(choices=TEAM_ROLES),
            },
        ),
    },
)


class PolicyMembers(Sublist):
    """The members of a group policy.

    A user has one security provider, and the list of members need not show it (on Remote Support
    its types are others). That the API also shows the distinguished name of a user is a guess, for
    which the vendor's Terraform provider is prepared.
    """

    def begin(self, backend: Any, present: Sequence[Mapping[str, Any]], wanted: Sequence) -> None:
        """Remember the users who are going to be no members any more."""
        kept = {entry.get("user_id") for entry in wanted}
        backend.provisioning.members_lost(
            entry for entry in present if entry.get("user_id") not in kept
        )

    def new(self, backend: Any, body: dict) -> dict:
        """Return what a new member is made with: a user together with the security provider."""
        user = backend.seen(USER, body.get("user_id"))
        return {"security_provider_id": user.get("security_provider_id"), **body} if user else body


def _named_in_one_way(_server: Server, change: Change) -> None:
    for member in change.after.get("members") or ():
        named = {name for name, value in member.items() if value}
        if named not in (
            {"user"},
            {"security_provider", "group_name"},
            {"security_provider", "distinguished_name"},
        ):
            raise InputError(
                f"group_policy {change.name}: a member is named by user alone, or by security_provider with group_name or distinguished_name, "
                f"not by {' and '.join(f'{name} {as_written(member[name])}' for name in sorted(named)) or 'nothing'}."
            )


GROUP_POLICY = Kind(
    "group_policy",
    "/group-policy",
    id_field="id",
    filters=("name",),
    guards=(_named_in_one_way,),
    provisioned=True,
    below=below(
        PolicyMembers(
            "members",
            "/member",
            ("security_provider_id", "user_id", "group_name", "distinguished_name"),
            entry="id",
            ways=(
                _USER_ID,
                ("security_provider_id", "distinguished_name"),
                ("security_provider_id", "group_name"),
            ),
        ),
        Sublist("jump_groups", "/jump-group", ("jump_group_id",), paged=False),
        Sublist("jumpoints", "/jumpoint", ("jumpoint_id",), plain=True),
        Sublist("teams", "/team", ("team_id",)),
        Sublist("vault_accounts", "/vault-account", ("account_id",), paged=False),
        Sublist("vault_account_groups", "/vault-account-group", ("account_group_id",), paged=False),
    ),
    fields={
        "id": IDENTIFIER,
        "name": name(),
        **GROUP_POLICY_PERMISSIONS,
        "members": Field(
            "list",
            elements="dict",
            key=("security_provider", "user", "group_name", "distinguished_name"),
            query="members",
            fields={
                # For a group or a distinguished name; a user has one already.
                "security_provider": reference("security_provider"),
                "user": reference("user"),
                "group_name": text(64, 1, nullable=True),
                "distinguished_name": text(1024, 1, nullable=True),
            },
        ),
        "jump_groups": Field(
            "list",
            elements="dict",
            key=("jump_group",),
            query="jump_groups",
            fields={
                "jump_group": reference("jump_group", required=True),
                "jump_item_role": reference("jump_item_role"),
                "jump_policy": reference("jump_policy", only=ONLY_PRA),
            },
        ),
        "jumpoints": Field("list", elements="str", ref="jumpoint", query="jumpoints"),
        "teams": Field(
            "list",
            elements="dict",
            key=("team",),
            query="teams",
            fields={
                "team": reference("team", required=True),
                "role": Field(choices=TEAM_ROLES),
            },
        ),
        "vault_accounts": Field(
            "list",
            elements="dict",
            key=("vault_account",),
            query="vault_accounts",
            fields={
                "vault_account": reference("vault_account", "account_id", required=True),
                "role": Field(choices=("inject", "inject_and_checkout")),
            },
        ),
        "vault_account_groups": Field(
            "list",
            elements="dict",
            key=("vault_account_group",),
            query="vault_account_groups",
            fields={
                "vault_account_group": reference(
                    "vault_account_group", "account_group_id", required=True
                ),
                "role": Field(choices=("inject", "inject_and_checkout")),
            },
        ),
    },
)


# Null for never, which is 0 here: an option cannot be given null.
_DELETION = "deletion_days_after_expiration"


def _vendor_from_server(record: dict) -> dict:
    return {**record, _DELETION: record.get(_DELETION) or 0}


def _vendor_to_server(body: dict) -> dict:
    return {**body, _DELETION: body[_DELETION] or None} if _DELETION in body else dict(body)


def _has_somebody_to_write_to(_server: Server, change: Change) -> None:
    # A new vendor has the first two on unless they are switched off; each of the three needs
    # somebody to write to (schema Vendor).
    new = change.action == "create"
    reasons = {
        "user_added_notification_enabled": new,
        "user_expired_notification_enabled": new,
        "user_approval_enabled": False,
    }
    on = [name for name, default in reasons.items() if change.after.get(name, default)]
    touched = new or {*reasons, "administrators", "teams"} & set(change.fields)
    if touched and on and not change.after.get("administrators") and not change.after.get("teams"):
        raise InputError(
            f"vendor {change.name}: {' and '.join(on)} need somebody to write to; name administrators or teams, or set them to false."
        )


def _users_of(server: Server, removal: Change, changes: Sequence[Change]) -> list[str]:
    """Return who would still be a user of a vendor when it is removed."""
    gone = {
        change.identifier
        for change in changes
        if change.resource is VENDOR_USER and change.after is None
    }
    users = server.backend.records(VENDOR_USER.endpoint.format(vendor=removal.identifier))
    return [
        f"vendor_user {user.get('username')}"
        for user in users
        if (removal.identifier, user["id"]) not in gone
    ]


VENDOR = Kind(
    "vendor",
    "/vendor",
    only=ONLY_PRA,
    id_field="id",
    filters=("name",),
    guards=(_has_somebody_to_write_to,),
    contents=Contents("remove_users", _users_of),
    from_server=_vendor_from_server,
    to_server=_vendor_to_server,
    fields={
        "id": IDENTIFIER,
        "name": name(),
        "default_policy": reference("group_policy", "default_policy", required=True),
        "account_expiration": Field("int", least=1, most=365),
        # 0 stands for null: never.
        "deletion_days_after_expiration": Field("int", least=0, most=365),
        "user_added_notification_enabled": Field("bool"),
        "user_expired_notification_enabled": Field("bool"),
        "user_approval_enabled": Field("bool"),
        "user_reactivation_enabled": Field("bool"),
        "administrators": Field(
            "list", elements="str", ref="user", wire="administrator_ids", most=10
        ),
        "teams": Field("list", elements="str", ref="team", wire="team_ids", most=10),
        "network_restrictions": Field("list", elements="str", most=128),
        "duration": Field("int", least=1, most=168),
        "duration_enabled": Field("bool"),
    },
)
# No document says whether two vendors may have users with the same id, so that the vendor's counts,
# too.
VENDOR_USER = Kind(
    "vendor_user",
    "/vendor/{vendor}/user",
    only=ONLY_PRA,
    key=("username", "vendor"),
    id="vendor_and_id",
    parent=VENDOR,
    fields={
        "id": IDENTIFIER,
        "vendor": reference("vendor", required=True),
        "username": name(64),
        "public_display_name": text(64, 1, required=True),
        "email_address": text(256, 1, required=True),
        "password": Field(secret=True, least=1, most=255, required=True),
        "password_expiration": Field(pattern=TIME, nullable=True),
        "password_reset_next_login": Field("bool"),
        "enabled": Field("bool"),
        "preferred_email_language": Field(least=2, most=10, pattern=LANGUAGE),
        "account_expiration": Field(computed=True),
        "is_approved": Field("bool", computed=True),
        "is_expired": Field("bool", computed=True),
        "vendor_administrator": Field("bool", computed=True),
        "two_factor_enabled": Field("bool", computed=True),
        "last_authenticated_date": Field(computed=True),
    },
)

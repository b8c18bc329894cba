"""The kinds round people: users, teams, group policies and what they grant, security providers, API
accounts, portals, statuses, vendors.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from dataclasses import replace

from ..fields import (
    ID,
    LARGEST,
    Field,
    choice,
    code_name,
    decimal,
    either,
    flag,
    ident,
    many,
    moment,
    text,
    whole,
)
from .kind import Kind

LANGUAGE = text(2, 10, default="en-us")
TEAM_ROLE = choice("member", "lead", "manager", default="member")
VAULT_ROLE = choice("inject", "inject_and_checkout", default="inject")
TIMEOUTS = (-1, 0, 300, 600, 900, 1800, 3600, 7200, 14400, 28800, 43200, 86400)
"""The seconds that an idle timeout may have; -1 is the setting of the site, 0 is none."""


def _flags(names: str, only: str = "") -> dict[str, Field]:
    return {f"perm_{name}": flag(False, only=only) for name in names.split()}


_ROLE_IDS = {
    f"{name}_jump_item_role_id": ident("jump-item-role", default=1)
    for name in ("default", "private", "inferior", "unassigned")
}
GRANTED = {
    **_flags(
        "share_other_team extended_availability_mode_allowed edit_external_key collaborate collaborate_control"
    ),
    **_flags("jump_client local_jump remote_jump remote_vnc remote_rdp shell_jump"),
    **_ROLE_IDS,
    **_flags(
        "generate_session_key send_ios_profiles accept_team_sessions transfer_other_team invite_external_rep next_session_button"
        " disable_auto_assignment support_button_personal_deploy support_button_team_manage support_button_change_public_sites"
        " support_button_team_deploy local_vnc local_rdp vpro",
        "rs",
    ),
    **_flags(
        "invite_external_user web_jump protocol_tunnel sd_static_port_for_external_tools", "pra"
    ),
    "perm_session_idle_timeout": whole(-1, 86400, default=-1),
    "perm_routing_idle_timeout": whole(0, 3600, default=900, only="rs"),
    "auto_assignment_max_sessions": whole(1, 10, default=3, only="rs"),
    "perm_console_idle_timeout": whole(-1, 86400, default=-1, only="rs"),
    "perm_support_allowed": choice("not_allowed", "full_support", default="not_allowed", only="rs"),
}
"""What a group policy grants and a user has in effect, under the same name in both."""

POLICY_STATUS = {"rs": "rep_perm_status", "pra": "access_perm_status"}
"""The attribute of a group policy that says whether it gives its permissions."""

_STATUS = ("not_defined", "defined", "final")
GROUP_POLICY = Kind(
    "group-policy",
    {
        "id": ID,
        "name": text(1, 255, required=True),
        **GRANTED,
        "rep_perm_status": choice(*_STATUS, default="not_defined", only="rs"),
        "access_perm_status": choice(*_STATUS, default="not_defined", only="pra"),
        "perm_access_allowed": flag(False, only="pra"),
    },
    perhaps_unique=("name",),
)
COPY_POLICY = {"name": text(1, 255, required=True)}


def _entry(collection: str, key: str, unique: tuple = (), **fields) -> Kind:
    """A kind of entry in a group policy."""
    return Kind(
        f"group-policy/{collection}",
        fields,
        parent="group-policy",
        key=key,
        unique=unique or (key,),
    )


POLICY_MEMBER = Kind(
    "group-policy/member",
    {
        "id": ID,
        "security_provider_id": ident("security-provider", required=True),
        "distinguished_name": text(1, 1024),
        "group_name": text(1, 64),
        "user_id": ident("user"),
    },
    parent="group-policy",
)
POLICY_JUMPOINT = _entry("jumpoint", "jumpoint_id", jumpoint_id=ident("jumpoint", required=True))
# 0 stands for the user's default role and for the policy that is set on the item, so these two are
# no plain references.
POLICY_JUMP_GROUP = _entry(
    "jump-group",
    "jump_group_id",
    jump_group_id=ident("jump-group", required=True),
    jump_item_role_id=ident("jump-item-role", low=0, default=0),
    jump_policy_id=ident("jump-policy", low=0, default=0, only="pra"),
)
POLICY_TEAM = _entry("team", "team_id", team_id=ident("team", required=True), role=TEAM_ROLE)
POLICY_VAULT_ACCOUNT = _entry(
    "vault-account", "account_id", account_id=ident("vault/account", required=True), role=VAULT_ROLE
)
POLICY_VAULT_ACCOUNT_GROUP = _entry(
    "vault-account-group",
    "account_group_id",
    group_policy_id=ident(),
    account_group_id=ident("vault/account-group", required=True),
    role=VAULT_ROLE,
)

_REPORTS = choice(
    "not_allowed",
    "user_sessions",
    "all_sessions",
    "team_sessions",
    "jump_group_sessions",
    default="not_allowed",
)
_OWN = {
    **_flags(
        "admin set_passwords admin_pushagents view_syslog_reports view_sd_recordings edit_jump_groups edit_sd_teams edit_canned_scripts"
    ),
    **_flags("edit_custom_rep_links vault"),
    "perm_view_support_reports": _REPORTS,
    "perm_view_vault_reports": choice(
        "not_allowed", "view_user_events", "view_all_events", default="not_allowed"
    ),
    "perm_endpoint_automation": choice(
        "not_allowed", "user", "administrator", default="not_allowed"
    ),
    **_flags(
        "view_license_reports edit_ambush edit_public_template edit_public_file_store edit_messages edit_issues edit_skills"
        " edit_callback_button_profiles change_display_name change_rep_avatar show_on_public_list edit_iphone_content",
        "rs",
    ),
    "perm_access_allowed": choice("not_allowed", "full_support", default="not_allowed", only="pra"),
}
EFFECTIVE = {
    name: replace(each, read_only=True, refers="") for name, each in {**GRANTED, **_OWN}.items()
}
"""A user's permissions, which no request can set: what provisioning made of the group policies."""

LOCAL_ONLY = ("password_expiration", "failed_logins", "password_reset_next_login")
"""Attributes that only users of the local provider have."""

USER = Kind(
    "user",
    {
        "id": ID,
        "security_provider_id": ident(read_only=True),
        "display_number": ident(only="rs"),
        "username": text(1, 64, required=True),
        "password": text(None, 256, write_only=True),
        "public_display_name": text(1, 64, required=True),
        "private_display_name": text(1, 64, required=True, only="rs"),
        "password_expiration": moment(nullable=True),
        "email_address": text(3, 255),
        "preferred_email_language": LANGUAGE,
        "two_factor_required": flag(False),
        "enabled": flag(True),
        "last_authentication": moment(read_only=True),
        "failed_logins": whole(default=0),
        "password_reset_next_login": flag(False),
        "created_at": moment(read_only=True),
        "two_factor_enabled": flag(False, read_only=True),
        "fido2_credential_count": whole(read_only=True),
        "fido2_last_used_date": moment(read_only=True),
        **EFFECTIVE,
    },
    unique=("username",),
)
PROVISION = {"user_ids": many(whole(), 0, LARGEST)}
POLICY_CHANGES = {"added": many(ident("group-policy")), "removed": many(ident("group-policy"))}

TEAM = Kind(
    "team",
    {
        "id": ID,
        "name": text(1, 255, required=True),
        "code_name": code_name(),
        "comments": text(0, 4096, nullable=True),
        "persistent_queue": flag(False, only="rs"),
        "public_portal_ids": many(either(text(), whole()), default=["All portals"], only="rs"),
    },
    unique=("code_name",),
    perhaps_unique=("name",),
    named_by="name",
)
TEAM_USER = Kind(
    "team/user",
    {"team_id": ident("team"), "user_id": ident("user", required=True), "role": TEAM_ROLE},
    parent="team",
    key="user_id",
    unique=("user_id",),
)

_NAMES = many(text(), 0, read_only=True)
_TEXT, _BOOLEAN = text(read_only=True), flag(read_only=True)
_BINDING = choice("HTTP Redirect", "HTTP POST", read_only=True)
_EXTERNAL = many(ident(), 0, read_only=True)
PROVIDER_TYPES = {
    "rs": ("oidc", "saml_portal"),
    "pra": ("local", "ldap", "radius", "kerberos", "saml", "scim"),
}
PROVIDER_SUMMARY = {
    "id": ID,
    "type": choice(*PROVIDER_TYPES["rs"], *PROVIDER_TYPES["pra"], read_only=True),
    "name": text(1, 255, read_only=True),
    "enabled": flag(True, read_only=True),
    "user_authentication": flag(True, read_only=True),
    "group_lookup": flag(False, read_only=True),
}
"""What a list shows of every security provider."""

_SAML = dict.fromkeys(
    ("display_name", "email", "user_name", "login_url", "sp_entity_id", "entity_id"), _TEXT
)
PROVIDER_DETAILS = {
    "oidc": {},
    "local": {},
    "saml_portal": {**_SAML, "sso_url_protocol_binding": _BINDING},
    "ldap": {
        **dict.fromkeys(
            (
                "auth_provider",
                "ldap_cache",
                "anonymous_bind",
                "proxy",
                "recursive_groups",
                "sync_display_name",
            ),
            _BOOLEAN,
        ),
        **dict.fromkeys(
            (
                "search_base_dn",
                "user_query",
                "browse_query",
                "username",
                "hostname",
                "group_schema_base_dn",
            ),
            _TEXT,
        ),
        **dict.fromkeys(
            (
                "unique_id",
                "display_name",
                "email",
                "object_classes",
                "group_relationships",
                "photo",
                "group_schema_object_classes",
                "group_schema_browse_query",
                "group_display_name",
            ),
            _NAMES,
        ),
        "ldap_search": decimal(read_only=True),
        "paged_search_timeout": whole(600_000, 36_000_000, read_only=True),
        "port": whole(1, 65535, read_only=True),
        "encryption": choice(0, 1, 2, read_only=True),
    },
    "saml": {
        **_SAML,
        "sso_url_protocol_binding": _BINDING,
        "group_lookup_attribute_name": _TEXT,
        "available_groups": many(text(), 0),
        "force_signed_request": _BOOLEAN,
        "group_delimiter": _TEXT,
        "case_insensitive_name_ids": _BOOLEAN,
        "sync_display_name": _BOOLEAN,
    },
    "radius": {
        "allowed_users": many(text(), 0),
        "hostname": _TEXT,
        "port": decimal(1, 65535, read_only=True),
        "timeout": decimal(1, 180, read_only=True),
        "external_lookup": _EXTERNAL,
        "sync_display_name": _BOOLEAN,
    },
    "kerberos": {
        "sync_display_name": _BOOLEAN,
        "strip_realm": _BOOLEAN,
        "user_mode": decimal(0, 2, read_only=True),
        "allowed_users": _NAMES,
        "allowed_users_regex": _TEXT,
        "spn_mode": _BOOLEAN,
        "allowed_spns": _NAMES,
        "external_lookup": _EXTERNAL,
    },
    "scim": {
        **dict.fromkeys(("unique_id_attribute_name", "display_name", "email", "user_name"), _TEXT),
        "scim_user_query_id": choice("id", "externalId", "userName", read_only=True),
        "scim_group_query_id": choice("id", "externalId", "displayName", read_only=True),
    },
}
"""What the provider itself shows beyond PROVIDER_EXTENSION, by its type."""

PROVIDER_EXTENSION = {
    "priority": whole(0, 2_147_483_647, read_only=True, default=0),
    "default_policy": whole(0, 2_147_483_647, read_only=True, default=0),
}


def provider_kind(provider_type: str) -> Kind:
    """The kind of a security provider of this type."""
    return _PROVIDERS[provider_type]


_PROVIDERS = {
    name: Kind("security-provider", {**PROVIDER_SUMMARY, **PROVIDER_EXTENSION, **details})
    for name, details in PROVIDER_DETAILS.items()
}
SECURITY_PROVIDER = Kind("security-provider", PROVIDER_SUMMARY)

API_ACCOUNT = Kind(
    "api-account",
    {
        "id": ID,
        "name": text(1, 255, read_only=True),
        "comments": text(0, 4096, read_only=True),
        "enabled": flag(read_only=True),
        "ip_addresses": _TEXT,
        "client_id": text(None, 40, read_only=True),
        "failed_login_attempts": whole(read_only=True),
        "failed_login_expiration": _TEXT,
        "ecm_group_id": ident(read_only=True, only="pra"),
        "perm_command": choice("deny", "read_only", "full_access", read_only=True),
        **{
            f"perm_{name}": flag(read_only=True, only=product)
            for name, product in (
                ("reporting_support", ""),
                ("reporting_license", ""),
                ("reporting_archive", "rs"),
                ("reporting_vault", ""),
                ("reporting_jump_item", ""),
                ("reporting_syslog", ""),
                ("backup", ""),
                ("vault_backup", ""),
                ("real_time_state", "rs"),
                ("ecm", ""),
                ("scim", "pra"),
                ("configuration", ""),
                ("configuration_vault_account", ""),
            )
        },
    },
)
PUBLIC_PORTAL = Kind(
    "public-portal",
    {
        "id": ID,
        "name": text(1, 255, read_only=True),
        "addresses": many(text(), default=[], read_only=True),
    },
    only="rs",
)
REP_STATUS = Kind(
    "rep-status",
    {
        "id": ID,
        "name": text(1, 64, required=True),
        "code_name": code_name(),
        "display_as": choice("away", "busy"),
    },
    unique=("code_name",),
    perhaps_unique=("name",),
    named_by="name",
    only="rs",
)

_RECIPIENTS = {
    "administrator_ids": many(ident("user"), 0, 10),
    "team_ids": many(ident("team"), 0, 10),
}
VENDOR = Kind(
    "vendor",
    {
        "id": ID,
        "name": text(1, 255, required=True),
        "default_policy": ident("group-policy", required=True),
        "account_expiration": whole(1, 365, default=30),
        "deletion_days_after_expiration": whole(1, 365, nullable=True),
        "user_added_notification_enabled": flag(True),
        "user_expired_notification_enabled": flag(True),
        "user_approval_enabled": flag(False),
        "user_reactivation_enabled": flag(False),
        **_RECIPIENTS,
        "network_restrictions": many(text(), 0, 128),
        "duration": whole(1, 168, default=24),
        "duration_enabled": flag(False),
    },
    perhaps_unique=("name",),
    only="pra",
)
VENDOR_USER = Kind(
    "vendor/user",
    {
        "id": ID,
        "username": text(1, 64, required=True),
        "public_display_name": text(1, 64, required=True),
        "password": text(1, 255, required=True, write_only=True),
        "password_expiration": moment(nullable=True),
        "password_reset_next_login": flag(False),
        "account_expiration": moment(read_only=True),
        "enabled": flag(True),
        "email_address": text(1, 256, required=True),
        "preferred_email_language": LANGUAGE,
        "last_authenticated_date": moment(read_only=True),
        "vendor_administrator": flag(False, read_only=True),
        "is_approved": flag(read_only=True),
        "is_expired": flag(read_only=True),
        "two_factor_enabled": flag(False, read_only=True),
        "fido2_credential_count": whole(read_only=True),
        "fido2_last_used_date": moment(read_only=True),
    },
    parent="vendor",
    only="pra",
)

KINDS = (
    GROUP_POLICY,
    POLICY_MEMBER,
    POLICY_JUMPOINT,
    POLICY_JUMP_GROUP,
    POLICY_TEAM,
    POLICY_VAULT_ACCOUNT,
    POLICY_VAULT_ACCOUNT_GROUP,
    USER,
    TEAM,
    TEAM_USER,
    SECURITY_PROVIDER,
    API_ACCOUNT,
    PUBLIC_PORTAL,
    REP_STATUS,
    VENDOR,
    VENDOR_USER,
)

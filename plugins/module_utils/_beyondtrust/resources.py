"""BeyondTrust: the kinds of object that can be managed, as data (Configuration API v1 of Remote Support and Privileged Remote Access)."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from .._core.resource import Field, Resource
from .jump_items import JUMP_CLIENT, JUMP_CLIENT_INSTALLER, JUMP_ITEMS
from .permissions import API_ACCOUNT_PERMISSIONS, GROUP_POLICY_PERMISSIONS, JUMP_ITEM_ROLE_PERMISSIONS
from .products import IDENTIFIER, LANGUAGE, LARGEST, ONLY_PRA, ONLY_RS, TIME, code_name, name, reference, text
from .vault import VAULT_ACCOUNT, VAULT_ACCOUNT_GROUP, VAULT_ACCOUNT_POLICY, VAULT_ENDPOINT

TEAM_ROLES = ("member", "lead", "manager")
SYSTEMS = ("Windows", "Linux", "Mac")
ALL_PORTALS = "All portals"  # stands for every public portal, those that come later included

# --- what can only be read: others refer to it ------------------------------------------------------------------------

SESSION_POLICY = Resource("session_policy", "/session-policy", verbs=(), key=("display_name",), code="code_name", fields={
    "id": IDENTIFIER,
    "display_name": Field(computed=True),
    "code_name": Field(computed=True),
    "description": Field(computed=True),
})
JUMP_ITEM_ROLE = Resource("jump_item_role", "/jump-item-role", verbs=(), fields={
    "id": IDENTIFIER,
    "name": Field(computed=True),
    "description": Field(computed=True),
    **JUMP_ITEM_ROLE_PERMISSIONS,
})
PUBLIC_PORTAL = Resource("public_portal", "/public-portal", verbs=(), only=ONLY_RS, fields={
    "id": IDENTIFIER,
    "name": Field(computed=True),
    "addresses": Field("list", elements="str", computed=True),
})
API_ACCOUNT = Resource("api_account", "/api-account", verbs=(), fields={
    "id": IDENTIFIER,
    "name": Field(computed=True),
    "client_id": Field(computed=True),
    "enabled": Field("bool", computed=True),
    "comments": Field(computed=True),
    "ip_addresses": Field(computed=True),
    "failed_login_attempts": Field("int", computed=True),
    **API_ACCOUNT_PERMISSIONS,
})
AUTOMATION_RESOURCE = Resource("automation_resource", "/endpoint-automation/resource", verbs=(), key=("file_name",), fields={
    "id": IDENTIFIER,
    "file_name": Field(computed=True),
    "file_size": Field("int", computed=True),
    "display_url": Field(computed=True),
    "hash": Field(computed=True),
})

# --- security providers: they are made in /login; of one for SAML some groups can be changed -----------------------------

SAML = "saml"
SECURITY_PROVIDER = Resource("security_provider", "/security-provider", verbs=("update",), fields={
    "id": IDENTIFIER,
    "name": Field(required=True),
    "available_groups": Field("list", elements="str", query="available_groups", only=ONLY_PRA),
    "type": Field(computed=True),
    "enabled": Field("bool", computed=True),
    "user_authentication": Field("bool", computed=True),
    "group_lookup": Field("bool", computed=True),
})

# --- people -----------------------------------------------------------------------------------------------------------

USER = Resource("user", "/user", key=("username",), id_field="id", protected=("is_administrator",), fields={
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
})
REP_STATUS = Resource("rep_status", "/rep-status", only=ONLY_RS, code="code_name", id_field="id", fields={
    "id": IDENTIFIER,
    "name": name(64),
    "code_name": code_name(),
    "display_as": Field(choices=("away", "busy")),
})
TEAM = Resource("team", "/team", code="code_name", id_field="id", fields={
    "id": IDENTIFIER,
    "name": name(),
    "code_name": code_name(),
    "comments": text(4096, nullable=True),
    "persistent_queue": Field("bool", only=ONLY_RS),
    "public_portals": Field("list", elements="str", ref="public_portal", wire="public_portal_ids", only=ONLY_RS),
    "members": Field("list", elements="dict", key=("user",), query="members", fields={
        "user": reference("user", required=True),
        "role": Field(choices=TEAM_ROLES),
    }),
})
GROUP_POLICY = Resource("group_policy", "/group-policy", id_field="id", fields={
    "id": IDENTIFIER,
    "name": name(),
    **GROUP_POLICY_PERMISSIONS,
    "members": Field("list", elements="dict", key=("security_provider", "user", "group_name", "distinguished_name"), query="members", fields={
        "security_provider": reference("security_provider"),  # of a group or a distinguished name; a user has one already
        "user": reference("user"),
        "group_name": text(64, 1, nullable=True),
        "distinguished_name": text(1024, 1, nullable=True),
    }),
    "jump_groups": Field("list", elements="dict", key=("jump_group",), query="jump_groups", fields={
        "jump_group": reference("jump_group", required=True),
        "jump_item_role": reference("jump_item_role"),
        "jump_policy": reference("jump_policy", only=ONLY_PRA),
    }),
    "jumpoints": Field("list", elements="str", ref="jumpoint", query="jumpoints"),
    "teams": Field("list", elements="dict", key=("team",), query="teams", fields={
        "team": reference("team", required=True),
        "role": Field(choices=TEAM_ROLES),
    }),
    "vault_accounts": Field("list", elements="dict", key=("vault_account",), query="vault_accounts", fields={
        "vault_account": reference("vault_account", "account_id", required=True),
        "role": Field(choices=("inject", "inject_and_checkout")),
    }),
    "vault_account_groups": Field("list", elements="dict", key=("vault_account_group",), query="vault_account_groups", fields={
        "vault_account_group": reference("vault_account_group", "account_group_id", required=True),
        "role": Field(choices=("inject", "inject_and_checkout")),
    }),
})
VENDOR = Resource("vendor", "/vendor", only=ONLY_PRA, id_field="id", fields={
    "id": IDENTIFIER,
    "name": name(),
    "default_policy": reference("group_policy", "default_policy", required=True),
    "account_expiration": Field("int", least=1, most=365),
    "deletion_days_after_expiration": Field("int", least=0, most=365),  # 0 stands for null: never
    "user_added_notification_enabled": Field("bool"),
    "user_expired_notification_enabled": Field("bool"),
    "user_approval_enabled": Field("bool"),
    "user_reactivation_enabled": Field("bool"),
    "administrators": Field("list", elements="str", ref="user", wire="administrator_ids", most=10),
    "teams": Field("list", elements="str", ref="team", wire="team_ids", most=10),
    "network_restrictions": Field("list", elements="str", most=128),
    "duration": Field("int", least=1, most=168),
    "duration_enabled": Field("bool"),
})
# No document says whether two vendors may have users with the same id, so that the vendor's counts, too.
VENDOR_USER = Resource("vendor_user", "/vendor/{vendor}/user", only=ONLY_PRA, key=("username", "vendor"), id="vendor_and_id", fields={
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
})

# --- jump groups, jumpoints and policies ------------------------------------------------------------------------------

JUMP_POLICY = Resource("jump_policy", "/jump-policy", key=("display_name",), code="code_name", id_field="id", fields={
    "id": IDENTIFIER,
    "display_name": name(),
    "code_name": code_name(),
    "description": text(1000),
    "schedule_enabled": Field("bool"),
    "schedule_strict": Field("bool"),
    "simultaneous_jumps": Field(choices=("global", "join", "disallow")),
    "simultaneous_jumps_rdp": Field(choices=("global", "new_session", "disallow")),
    "simultaneous_jump_behavior_applies_to_copies": Field("bool"),
    "ticket_id_required": Field("bool"),
    "two_factor_challenge_required": Field("bool"),
    "external_tools_rdp_allowed": Field("bool", only=ONLY_PRA),
    "external_tools_shell_allowed": Field("bool", only=ONLY_PRA),
    "session_start_notification": Field("bool", only=ONLY_PRA),
    "session_end_notification": Field("bool", only=ONLY_PRA),
    "notification_email_addresses": Field("list", elements="str", most=100, only=ONLY_PRA),
    "notification_display_name": text(255, only=ONLY_PRA),
    "notification_email_language": Field(pattern=LANGUAGE, only=ONLY_PRA),
    "approval_required": Field("bool", only=ONLY_PRA),
    "approval_max_duration": Field("int", least=1, most=524160, only=ONLY_PRA),
    "approval_scope": Field(choices=("requestor", "anyone"), only=ONLY_PRA),
    "approval_approver_scope": Field(choices=("not_requestor", "anyone"), only=ONLY_PRA),
    "approval_email_addresses": Field("list", elements="str", most=100, only=ONLY_PRA),
    "approval_users": Field("list", elements="str", ref="user", wire="approval_user_ids", most=100, only=ONLY_PRA),
    "approval_teams": Field("list", elements="str", ref="team", wire="approval_team_ids", most=100, only=ONLY_PRA),
    "approval_display_name": text(255, only=ONLY_PRA),
    "approval_email_language": Field(pattern=LANGUAGE, only=ONLY_PRA),
    "recordings_disabled": Field("bool", only=ONLY_PRA),
})
JUMP_GROUP = Resource("jump_group", "/jump-group", code="code_name", id_field="id", fields={
    "id": IDENTIFIER,
    "name": name(),
    "code_name": code_name(),
    "comments": text(4096, nullable=True),
    "ecm_group_id": Field("int", least=1, most=LARGEST, only=ONLY_PRA),
    "members": Field("list", elements="dict", key=("user",), query="members", fields={
        "user": reference("user", required=True),
        "jump_item_role": reference("jump_item_role"),
        "jump_policy": reference("jump_policy", only=ONLY_PRA),
    }),
})
JUMPOINT = Resource("jumpoint", "/jumpoint", code="code_name", id_field="id", fields={
    "id": IDENTIFIER,
    "name": name(),
    "code_name": code_name(),
    "platform": Field(choices=("windows-x86", "linux-x86"), required=True, fixed=True),
    "clustered": Field("bool", fixed=True),
    "comments": text(1024),
    "enabled": Field("bool"),
    "shell_jump_enabled": Field("bool"),
    "external_jump_item_network_id": text(1024),
    "protocol_tunnel_enabled": Field("bool", only=ONLY_PRA),
    "rdp_service_account": reference("vault_account", "rdp_service_account_id", only=ONLY_PRA),
    "managed_ip_ranges": Field("list", elements="dict", key=("start", "end"), only=ONLY_PRA, fields={
        "start": Field(required=True),
        "end": Field(required=True),
    }),
    "jzp_enabled": Field("bool"),
    "jzp_proxy_hostname": text(256),
    "jzp_proxy_port": Field("int", least=1, most=65535),
    "jzp_allow_http_get": Field("bool"),
    "jzp_client_address_restrictions_type": Field(choices=("no_restriction", "allow_all", "deny_all")),
    "jzp_restricted_ips": Field("list", elements="str"),
    "members": Field("list", elements="str", ref="user", query="members"),
    "connected": Field("bool", computed=True),
})

# --- endpoint automation: the API makes and reads, and neither changes nor removes ------------------------------------

AUTOMATION_SCRIPT = Resource("automation_script", "/endpoint-automation/script", verbs=("create",), fields={
    "id": IDENTIFIER,
    "name": name(128),
    "description": text(1000, fixed=True),
    "tag": text(128, fixed=True),
    "operating_system": Field(choices=SYSTEMS, required=True, fixed=True),
    "cmd": text(2048, 1, required=True, fixed=True),
    "script": text(100000, 1, required=True, fixed=True),
    "resources": Field("list", elements="str", ref="automation_resource", wire="resource_ids", most=20, fixed=True),
})
# A job is made in automation.py: on which endpoints it runs cannot be read back.
AUTOMATION_JOB = Resource("automation_job", "/endpoint-automation/job", verbs=(), fields={
    "id": IDENTIFIER,
    "name": name(128),
    "notes": text(1000),
    "tag": text(128),
    "operating_system": Field(choices=SYSTEMS, required=True),
    "start_at": Field(pattern=TIME, required=True),
    "cmd": text(2048, 1, required=True),
    "script": text(100000, 1, required=True),
    "resources": Field("list", elements="str", ref="automation_resource", wire="resource_ids", most=20),
    "finished_timestamp": Field(computed=True),
})
AUTOMATION_ENDPOINT = Resource("automation_endpoint", "/endpoint-automation/endpoint", verbs=(), key=("hostname",), fields={
    "id": IDENTIFIER,
    "hostname": Field(computed=True),
    "names": Field("list", elements="str", computed=True),
    "tags": Field("list", elements="str", computed=True),
    "operating_system": Field(computed=True, wire="operating_system_type"),
    "public_ip": Field(computed=True),
    "private_ip": Field(computed=True),
    "is_active": Field("bool", computed=True),
    # Ids of jump groups or of users, and nothing tells which.
    "jump_group_id": Field("list", elements="int", computed=True),
})

# In the order of creation: what is referred to comes before what refers to it.
RESOURCES = (
    SECURITY_PROVIDER, SESSION_POLICY, JUMP_ITEM_ROLE, PUBLIC_PORTAL, API_ACCOUNT, AUTOMATION_RESOURCE, VAULT_ENDPOINT,
    USER, REP_STATUS, TEAM, JUMP_POLICY, JUMP_GROUP,
    VAULT_ACCOUNT_POLICY, VAULT_ACCOUNT_GROUP, VAULT_ACCOUNT,
    JUMPOINT, *JUMP_ITEMS, JUMP_CLIENT, JUMP_CLIENT_INSTALLER,
    GROUP_POLICY, VENDOR, VENDOR_USER, AUTOMATION_SCRIPT,
)

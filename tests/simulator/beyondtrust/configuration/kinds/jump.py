"""The kinds round Jump Items: items, Jump Clients and their installers, Jump Groups, Jumpoints,
policies and roles.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from ..fields import ID, choice, code_name, either, flag, ident, many, moment, shape, text, whole
from .kind import Kind
from .protocols import PROTOCOLS

TEAM_QUEUE = text(0, 69, pattern=r"team:[A-Za-z0-9_-]+", only="rs")
OWNER_TYPE = choice("shared", "personal", default="shared")
JUMP_POLICY = ident("jump-policy", nullable=True)
SESSION_POLICY = ident("session-policy", low=2, nullable=True)
PORT = whole(1, 65535)


def _item(collection: str, place: dict, /, only: str = "", **fields) -> Kind:
    """A kind of Jump Item: what all have, with `place` (hostname or URL) behind the name."""
    return Kind(
        f"jump-item/{collection}",
        {
            "id": ID,
            "name": text(1, 128, required=True),
            "jumpoint_id": ident("jumpoint", required=True),
            **place,
            "jump_group_id": ident(required=True),
            "jump_group_type": OWNER_TYPE,
            "tag": text(0, 64),
            "comments": text(0, 1024),
            "jump_policy_id": JUMP_POLICY,
            "session_policy_id": SESSION_POLICY,
            **fields,
        },
        only=only,
    )


_HOST = {"hostname": text(1, 128, required=True)}
_DATABASE = {
    "tunnel_listen_address": text(0, 32, default="127.0.0.1"),
    "username": text(0, 128),
    "database": text(0, 128),
}

REMOTE_RDP = _item(
    "remote-rdp",
    _HOST,
    quality=choice(
        "low",
        "performance",
        "performance_quality",
        "quality",
        "best_performance",
        "lossless",
        default="best_performance",
    ),
    console=flag(False),
    ignore_untrusted=flag(False),
    rdp_username=text(0, 128),
    domain=text(0, 64),
    endpoint_id=ident(nullable=True, read_only=True),
    session_forensics=flag(False, only="pra"),
    secure_app_type=choice(
        "none",
        "remote_app",
        "remote_desktop_agent",
        "remote_desktop_agent_credentials",
        default="none",
        only="pra",
    ),
    remote_app_name=text(0, 512, only="pra"),
    remote_app_params=text(0, 8000, only="pra"),
    remote_exe_path=text(0, 512, only="pra"),
    remote_exe_params=text(0, 8000, only="pra"),
    target_system=text(0, 250, only="pra"),
    credential_type=text(0, 250, only="pra"),
)
SHELL_JUMP = _item(
    "shell-jump",
    _HOST,
    protocol=choice("ssh", "telnet", required=True),
    port=PORT,
    terminal=choice("xterm", "VT100", default="xterm"),
    keep_alive=whole(0, 300, default=0),
    username=text(None, 128),
)
REMOTE_VNC = _item("remote-vnc", _HOST, port=whole(100, 65535, default=5900))
WEB_JUMP = _item(
    "web-jump",
    {"url": text(1, 255, required=True)},
    only="pra",
    username_format=choice(
        "default", "username_only", "force_upn_format", "force_dlln_format", default="default"
    ),
    verify_certificate=flag(True),
    authentication_timeout=whole(1, 30, default=3),
    username_field=text(None, 255, nullable=True),
    password_field=text(None, 255, nullable=True),
    submit_field=text(None, 255, nullable=True),
)
PROTOCOL_TUNNEL = _item(
    # A Kubernetes tunnel needs no hostname: the rules of the kind demand it of the others.
    "protocol-tunnel-jump",
    {"hostname": text(1, 128)},
    only="pra",
    **_DATABASE,
    tunnel_definitions=text(0, 5000),
    tunnel_type=choice("tcp", "mssql", "k8s", default="tcp"),
    url=text(1, 256),
    ca_certificates=text(1, 12288),
)
PSQL_TUNNEL = _item("psql-tunnel-jump", _HOST, only="pra", **_DATABASE)
MYSQL_TUNNEL = _item("mysql-tunnel-jump", _HOST, only="pra", **_DATABASE)
ADDRESSES = {
    "cidr": shape({"cidr": text(required=True)}),
    "range": shape(
        {"range": shape({"start": text(required=True), "end": text(required=True)}, required=True)}
    ),
    "list": shape({"list": many(text(), 1, 16, required=True)}),
}
PORTS = {
    "range": shape(
        {
            "range": shape(
                {"start": whole(1, 65535, required=True), "end": whole(1, 65535, required=True)},
                required=True,
            )
        }
    ),
    "list": shape({"list": many(PORT, 0, 42, required=True)}),
}
FILTER_RULE = {
    "ip_addresses": either(*ADDRESSES.values(), required=True),
    "protocol": choice(*PROTOCOLS, default="ANY"),
    "ports": either(*PORTS.values(), default={"list": []}),
}
NETWORK_TUNNEL = _item(
    "network-tunnel-jump",
    {},
    only="pra",
    filter_rules=many(shape(FILTER_RULE), 1, 50, required=True),
)

ITEMS = {
    kind.collection.removeprefix("jump-item/"): kind
    for kind in (
        REMOTE_RDP,
        SHELL_JUMP,
        REMOTE_VNC,
        WEB_JUMP,
        PROTOCOL_TUNNEL,
        PSQL_TUNNEL,
        MYSQL_TUNNEL,
        NETWORK_TUNNEL,
    )
}
"""The kinds of Jump Items that can be created, by the last part of their path."""

COPY = {
    "jump_group_id": ident(required=True),
    "jump_group_type": choice("shared", "personal", required=True),
    "name": text(1, 128, required=True),
}
"""The body that copies an item."""

_START_MODE = choice("normal", "minimized", "hidden", default="normal", only="rs")
_SITE_ADDRESS = text(1, 128, only="rs")
_PROFILE = code_name(only="rs")
_SESSION_POLICIES = {
    "attended_session_policy_id": ident("session-policy", low=2, nullable=True, only="rs"),
    "unattended_session_policy_id": ident("session-policy", low=2, nullable=True, only="rs"),
    "session_policy_id": ident("session-policy", low=2, nullable=True, only="pra"),
}
JUMP_CLIENT = Kind(
    "jump-client",
    {
        "id": ID,
        "jump_group_id": ident(required=True),
        "jump_group_type": OWNER_TYPE,
        "name": text(1, 128),
        "hostname": text(1, 255, read_only=True),
        "fqdn": text(1, 255, read_only=True),
        "tag": text(0, 64),
        "comments": text(0, 1024),
        "jump_policy_id": JUMP_POLICY,
        **_SESSION_POLICIES,
        "public_site_address": _SITE_ADDRESS,
        "support_button_profile_code_name": _PROFILE,
        "support_button_direct_queue": TEAM_QUEUE,
        "customer_client_start_mode": _START_MODE,
        "is_quiet": flag(False, only="rs"),
        "install_mode": choice("unknown", "user", "service", read_only=True),
        "connection_type": choice(
            "active", "passive", "uninstalled", default="active", read_only=True
        ),
        "last_connect_timestamp": moment(read_only=True),
        "last_disconnect_timestamp": moment(read_only=True),
        "is_lost": flag(read_only=True),
        "needs_update": flag(read_only=True),
        "unavailable_reason": choice("none", "disabled", read_only=True),
        "operating_system": text(read_only=True),
        "public_ip": text(read_only=True),
        "private_ip": text(read_only=True),
        "console_user": text(read_only=True),
        "expiration_timestamp": moment(read_only=True),
        "max_offline_minutes": whole(0, 2_147_483_647, default=0),
        "last_access_timestamp": moment(read_only=True),
        "endpoint_agreement_policy": choice("no_prompt", "accept", "reject", only="pra"),
    },
)
_OVERRIDES = {
    f"allow_override_{name}": flag(False, only=product)
    for name, product in (
        ("support_button_profile", "rs"),
        ("support_button_direct_queue", "rs"),
        ("jump_group", ""),
        ("jump_policy", ""),
        ("name", ""),
        ("tag", ""),
        ("comments", ""),
        ("attended_session_policy", "rs"),
        ("unattended_session_policy", "rs"),
        ("session_policy", "pra"),
    )
}
_INSTALLER = {
    "jump_group_type": OWNER_TYPE,
    "jump_policy_id": ident("jump-policy"),
    "tag": text(0, 64),
    "comments": text(0, 1024),
    "connection_type": choice("active", "passive", default="active"),
    **_SESSION_POLICIES,
    "support_button_profile_code_name": _PROFILE,
    "support_button_direct_queue": TEAM_QUEUE,
    "elevate_install": flag(True),
    "elevate_prompt": flag(True),
    "customer_client_start_mode": _START_MODE,
    **_OVERRIDES,
    "jumpoint_proxy": text(None, 64),
}
INSTALLER = Kind(
    "jump-client/installer",
    {
        "id": ID,
        "jump_group_id": ident(),
        "name": text(1, 128),
        **_INSTALLER,
        "public_site_address": _SITE_ADDRESS,
        "expiration_timestamp": moment(read_only=True),
        "max_offline_minutes": whole(0, 2_147_483_647, default=0),
        "is_quiet": flag(False, read_only=True, only="rs"),
        "installer_id": text(32, 32, read_only=True),
        "key_info": shape(
            {
                name: text(None, 4096, read_only=True)
                for name in ("encodedInfo", "filename", "installerPath")
            }
        ),
    },
    taken={
        **_INSTALLER,
        "jump_group_id": ident(required=True),
        "name": text(0, 128),
        "valid_duration": whole(10, 525_600, default=1440),
    },
)

JUMP_GROUP = Kind(
    "jump-group",
    {
        "id": ID,
        "name": text(1, 255, required=True),
        "code_name": code_name(),
        "comments": text(0, 4096, nullable=True),
        "ecm_group_id": ident(only="pra"),
    },
    unique=("name", "code_name"),
    named_by="name",
)
JUMP_GROUP_USER = Kind(
    "jump-group/user",
    {
        "user_id": ident("user", required=True),
        "jump_item_role_id": ident("jump-item-role", nullable=True),
        "jump_policy_id": ident("jump-policy", nullable=True, only="pra"),
    },
    parent="jump-group",
    key="user_id",
    unique=("user_id",),
)
JUMP_ITEM_ROLE = Kind(
    "jump-item-role",
    {
        "id": ID,
        "name": text(1, 255),
        "description": text(None, 4096),
        **{
            f"perm_{name}": flag(False)
            for name in (
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
        },
        "perm_edit_public_portal": flag(False, only="rs"),
        "perm_edit_support_button": flag(False, only="rs"),
    },
)
JUMPOINT = Kind(
    "jumpoint",
    {
        "id": ID,
        "name": text(1, 255, required=True),
        "platform": choice("windows-x86", "linux-x86", required=True, fixed=True),
        "code_name": code_name(),
        "comments": text(0, 1024),
        "enabled": flag(True),
        "connected": flag(True, read_only=True),
        "clustered": flag(False, fixed=True),
        "shell_jump_enabled": flag(False),
        "external_jump_item_network_id": text(0, 1024),
        "protocol_tunnel_enabled": flag(True, only="pra"),
        "rdp_service_account_id": ident("vault/account", nullable=True, only="pra"),
        "managed_ip_ranges": many(shape({"start": text(), "end": text()}), only="pra"),
        "jzp_enabled": flag(False),
        "jzp_proxy_hostname": text(0, 256),
        "jzp_proxy_port": whole(1, 65535, default=9555),
        "jzp_allow_http_get": flag(False),
        "jzp_client_address_restrictions_type": choice(
            "no_restriction", "allow_all", "deny_all", default="no_restriction"
        ),
        "jzp_restricted_ips": many(text()),
        "docker_deploy_key": text(read_only=True),
        "key_info": text(read_only=True),
    },
    unique=("name", "code_name"),
    named_by="name",
)
JUMPOINT_NODE = Kind(
    "jumpoint/node",
    {
        "id": ID,
        "last_connect_timestamp": moment(nullable=True),
        "last_disconnect_timestamp": moment(nullable=True),
        "public_ip": text(1, 45),
        "private_ip": text(1, 45),
        "hostname": text(1, 255),
    },
    parent="jumpoint",
)
# The description calls user_id read-only and gives the request no body, but no user could be named
# without it.
JUMPOINT_USER = Kind(
    "jumpoint/user",
    {"user_id": ident("user", required=True)},
    parent="jumpoint",
    key="user_id",
    unique=("user_id",),
)
JUMP_POLICY_KIND = Kind(
    "jump-policy",
    {
        "id": ID,
        "display_name": text(1, 255, required=True),
        "code_name": code_name(),
        "description": text(None, 1000),
        "schedule_enabled": flag(True),
        "simultaneous_jumps": choice("global", "join", "disallow", default="global"),
        "simultaneous_jump_behavior_applies_to_copies": flag(False),
        "simultaneous_jumps_rdp": choice("global", "new_session", "disallow", default="global"),
        "external_tools_rdp_allowed": flag(True, only="pra"),
        "external_tools_shell_allowed": flag(True, only="pra"),
        "schedule_strict": flag(False),
        "ticket_id_required": flag(False),
        "two_factor_challenge_required": flag(False),
        "session_start_notification": flag(False, only="pra"),
        "session_end_notification": flag(False, only="pra"),
        "notification_email_addresses": many(text(), 0, 100, only="pra"),
        "notification_display_name": text(None, 255, only="pra"),
        "notification_email_language": text(default="en-us", only="pra"),
        "approval_required": flag(False, only="pra"),
        "approval_max_duration": whole(1, 524_160, default=480, only="pra"),
        "approval_scope": choice("requestor", "anyone", default="requestor", only="pra"),
        "approval_email_addresses": many(text(), 0, 100, only="pra"),
        "approval_user_ids": many(text(), 0, 100, only="pra"),
        "approval_team_ids": many(text(), 0, 100, only="pra"),
        "approval_display_name": text(None, 255, only="pra"),
        "approval_email_language": text(default="en-us", only="pra"),
        "approval_approver_scope": choice(
            "not_requestor", "anyone", default="not_requestor", only="pra"
        ),
        "recordings_disabled": flag(False, only="pra"),
    },
    unique=("code_name",),
    perhaps_unique=("display_name",),
    named_by="display_name",
)
_DAY, _TIME = whole(0, 6), text(pattern=r"\d\d:\d\d")
SCHEDULE = Kind(
    "jump-policy/schedule",
    {
        "timezone": text(default="UTC"),
        "entries": many(
            shape({"start_day": _DAY, "start_time": _TIME, "end_day": _DAY, "end_time": _TIME})
        ),
    },
    parent="jump-policy",
)
SESSION_POLICY_KIND = Kind(
    "session-policy",
    {
        "id": ID,
        "display_name": text(1, 255),
        "code_name": code_name(),
        "description": text(None, 1024),
    },
)
APPROVAL = Kind(
    "jump-approval",
    {
        "id": ident(),
        "state": choice("pending", "approved", "denied", "cancelled", "in_use"),
        "jump_policy_id": ident(read_only=True),
        "jump_item_type": text(),
        "jump_item_id": ident(),
        "created_by_user_id": ident(),
        "start_timestamp": moment(),
        "duration": whole(60, 2_147_483_647, default=7200),
        "request_reason": text(None, 2048),
        "response_comments": text(None, 2048),
    },
    only="pra",
)
REQUEST_APPROVAL = {
    "user_id": ident("user", required=True),
    "jump_item_type": text(required=True),
    "jump_item_id": ident(required=True),
    "start": whole(0, 2_147_483_647, required=True),
    "duration": whole(60, 2_147_483_647, default=7200, required=True),
    "reason": text(None, 2048),
}
ANSWER_APPROVAL = {
    "id": ident(required=True),
    "user_id": ident("user", required=True),
    "answer": choice("approved", "denied", required=True),
    "comments": text(None, 2048),
}

KINDS = (
    *ITEMS.values(),
    JUMP_CLIENT,
    INSTALLER,
    JUMP_GROUP,
    JUMP_GROUP_USER,
    JUMP_ITEM_ROLE,
    JUMPOINT,
    JUMPOINT_NODE,
    JUMPOINT_USER,
    JUMP_POLICY_KIND,
    SCHEDULE,
    SESSION_POLICY_KIND,
    APPROVAL,
)

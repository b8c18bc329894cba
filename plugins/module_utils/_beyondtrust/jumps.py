"""BeyondTrust: where jump items lie and through what they are reached, as kinds: jump groups,
jumpoints, policies and roles.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Sequence

from .._core.errors import InputError, NotThere
from .._core.plan import Change
from .._core.resource import Contents, Field
from .._core.server import Server
from .jump_items import JUMP_CLIENT, JUMP_CLIENT_INSTALLER, JUMP_ITEMS
from .kind import Kind, Sublist, below
from .permissions import JUMP_ITEM_ROLE_PERMISSIONS
from .products import IDENTIFIER, LANGUAGE, LARGEST, ONLY_PRA, code_name, name, reference, text

JUMP_ITEM_ROLE = Kind(
    "jump_item_role",
    "/jump-item-role",
    verbs=(),
    fields={
        "id": IDENTIFIER,
        "name": Field(computed=True),
        "description": Field(computed=True),
        **JUMP_ITEM_ROLE_PERMISSIONS,
    },
)

# Schema JumpPolicy: lists of ids, each as a text.
_IDS_AS_TEXTS = ("approval_user_ids", "approval_team_ids")


def _policy_from_server(record: dict) -> dict:
    return {
        **record,
        **{
            name: [int(each) for each in record[name]] for name in _IDS_AS_TEXTS if record.get(name)
        },
    }


def _policy_to_server(body: dict) -> dict:
    return {
        **body,
        **{name: [str(each) for each in body[name]] for name in _IDS_AS_TEXTS if name in body},
    }


def _approval_excludes_schedule(_server: Server, change: Change) -> None:
    # The schedule is on in a new policy unless it is switched off (schema JumpPolicy).
    scheduled = change.after.get("schedule_enabled", change.action == "create")
    if change.after.get("approval_required") and scheduled:
        raise InputError(
            f"jump_policy {change.name}: approval_required and schedule_enabled exclude each other; set schedule_enabled: false."
        )


JUMP_POLICY = Kind(
    "jump_policy",
    "/jump-policy",
    key=("display_name",),
    code="code_name",
    id_field="id",
    guards=(_approval_excludes_schedule,),
    from_server=_policy_from_server,
    to_server=_policy_to_server,
    fields={
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
        "approval_users": Field(
            "list", elements="str", ref="user", wire="approval_user_ids", most=100, only=ONLY_PRA
        ),
        "approval_teams": Field(
            "list", elements="str", ref="team", wire="approval_team_ids", most=100, only=ONLY_PRA
        ),
        "approval_display_name": text(255, only=ONLY_PRA),
        "approval_email_language": Field(pattern=LANGUAGE, only=ONLY_PRA),
        "recordings_disabled": Field("bool", only=ONLY_PRA),
    },
)


# What goes with the jump group that it lies in.
OWNED = (*JUMP_ITEMS, JUMP_CLIENT, JUMP_CLIENT_INSTALLER)


def _items_in(server: Server, removal: Change, changes: Sequence[Change]) -> list[str]:
    """Return what would still lie in a jump group when it is removed, each as its kind and name."""
    moved = {
        (change.resource.name, change.identifier)
        for change in changes
        if change.before and _leaves(change, removal)
    }
    found = []
    for resource in OWNED:
        if resource.only and server.backend.product not in resource.only:
            continue
        try:
            records = server.backend.records(
                resource.endpoint, jump_group_id=removal.identifier, jump_group_type="shared"
            )
        except NotThere:
            continue  # a kind that this version does not have
        for record in records:
            if (resource.name, record["id"]) not in moved:
                found.append(f"{resource.name} {record.get('name') or record['id']}")
    return found


def _leaves(change, removal) -> bool:
    return (
        change.after is None
        or "jump_group" in change.resource.fields
        and change.after.get("jump_group") != removal.before["name"]
    )


JUMP_GROUP = Kind(
    "jump_group",
    "/jump-group",
    code="code_name",
    id_field="id",
    filters=("name", "code_name"),
    contents=Contents("remove_items", _items_in),
    below=below(Sublist("members", "/user", ("user_id",), patched=True)),
    fields={
        "id": IDENTIFIER,
        "name": name(),
        "code_name": code_name(),
        "comments": text(4096, nullable=True),
        "ecm_group_id": Field("int", least=1, most=LARGEST, only=ONLY_PRA),
        "members": Field(
            "list",
            elements="dict",
            key=("user",),
            query="members",
            fields={
                "user": reference("user", required=True),
                "jump_item_role": reference("jump_item_role"),
                "jump_policy": reference("jump_policy", only=ONLY_PRA),
            },
        ),
    },
)
JUMPOINT = Kind(
    "jumpoint",
    "/jumpoint",
    code="code_name",
    id_field="id",
    filters=("name", "code_name"),
    below=below(Sublist("members", "/user", ("user_id",), plain=True)),
    fields={
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
        "managed_ip_ranges": Field(
            "list",
            elements="dict",
            key=("start", "end"),
            only=ONLY_PRA,
            fields={
                "start": Field(required=True),
                "end": Field(required=True),
            },
        ),
        "jzp_enabled": Field("bool"),
        "jzp_proxy_hostname": text(256),
        "jzp_proxy_port": Field("int", least=1, most=65535),
        "jzp_allow_http_get": Field("bool"),
        "jzp_client_address_restrictions_type": Field(
            choices=("no_restriction", "allow_all", "deny_all")
        ),
        "jzp_restricted_ips": Field("list", elements="str"),
        "members": Field("list", elements="str", ref="user", query="members"),
        "connected": Field("bool", computed=True),
    },
)

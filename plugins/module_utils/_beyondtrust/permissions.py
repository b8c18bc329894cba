"""The permissions of group policies, jump item roles and API accounts of BeyondTrust, as data
(Configuration API v1).
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from .._core.resource import Field
from .products import ONLY_PRA, ONLY_RS, reference

STATUS = ("not_defined", "defined", "final")
# Seconds. Only these are accepted: -1 stands for the setting of the whole site, 0 for no timeout at
# all.
IDLE_TIMEOUTS = (-1, 0, 300, 600, 900, 1800, 3600, 7200, 14400, 28800, 43200, 86400)
ROUTING_TIMEOUTS = (0, 180, 300, 600, 900, 1200, 1800, 2700, 3600)


def _granted(*names: str, only: tuple[str, ...] = (), computed: bool = False) -> dict[str, Field]:
    return {f"perm_{name}": Field("bool", only=only, computed=computed) for name in names}


GROUP_POLICY_PERMISSIONS = {
    "perm_support_allowed": Field(choices=("not_allowed", "full_support"), only=ONLY_RS),
    "rep_perm_status": Field(choices=STATUS, only=ONLY_RS),
    "perm_access_allowed": Field("bool", only=ONLY_PRA),
    "access_perm_status": Field(choices=STATUS, only=ONLY_PRA),
    **_granted(
        "share_other_team",
        "extended_availability_mode_allowed",
        "edit_external_key",
        "collaborate",
        "collaborate_control",
        "jump_client",
        "local_jump",
        "remote_jump",
        "remote_vnc",
        "remote_rdp",
        "shell_jump",
    ),
    **_granted(
        "local_vnc",
        "local_rdp",
        "vpro",
        "generate_session_key",
        "send_ios_profiles",
        "accept_team_sessions",
        "transfer_other_team",
        "invite_external_rep",
        "next_session_button",
        "disable_auto_assignment",
        "support_button_personal_deploy",
        "support_button_team_manage",
        "support_button_team_deploy",
        "support_button_change_public_sites",
        only=ONLY_RS,
    ),
    **_granted(
        "invite_external_user",
        "web_jump",
        "protocol_tunnel",
        "sd_static_port_for_external_tools",
        only=ONLY_PRA,
    ),
    "perm_session_idle_timeout": Field("int", choices=IDLE_TIMEOUTS),
    "perm_console_idle_timeout": Field("int", choices=IDLE_TIMEOUTS, only=ONLY_RS),
    "perm_routing_idle_timeout": Field("int", choices=ROUTING_TIMEOUTS, only=ONLY_RS),
    "auto_assignment_max_sessions": Field("int", least=1, most=10, only=ONLY_RS),
    **{
        f"{which}_jump_item_role": reference("jump_item_role", f"{which}_jump_item_role_id")
        for which in ("default", "private", "inferior", "unassigned")
    },
}

JUMP_ITEM_ROLE_PERMISSIONS = {
    **_granted(
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
        computed=True,
    ),
    **_granted("edit_public_portal", "edit_support_button", only=ONLY_RS, computed=True),
}

API_ACCOUNT_PERMISSIONS = {
    "perm_command": Field(computed=True),  # deny, read_only or full_access
    **_granted(
        "reporting_support",
        "reporting_license",
        "reporting_vault",
        "reporting_jump_item",
        "reporting_syslog",
        "backup",
        "vault_backup",
        "ecm",
        "configuration",
        "configuration_vault_account",
        computed=True,
    ),
    **_granted("reporting_archive", "real_time_state", only=ONLY_RS, computed=True),
    **_granted("scim", only=ONLY_PRA, computed=True),
}

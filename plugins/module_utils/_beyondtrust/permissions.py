"""The permissions that a group policy of BeyondTrust grants, as data (Configuration API v1, schema GroupPolicy)."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from .._core.resource import Field
from .products import ONLY_PRA, ONLY_RS, reference

DAY = 86400  # seconds
STATUS = ("not_defined", "defined", "final")


def _granted(*names: str, only: tuple[str, ...] = ()) -> dict[str, Field]:
    return {name: Field("bool", only=only) for name in names}


GROUP_POLICY_PERMISSIONS = {
    "perm_support_allowed": Field(choices=("not_allowed", "full_support"), only=ONLY_RS),
    "rep_perm_status": Field(choices=STATUS, only=ONLY_RS),
    "perm_access_allowed": Field("bool", only=ONLY_PRA),
    "access_perm_status": Field(choices=STATUS, only=ONLY_PRA),
    **_granted(
        "perm_share_other_team", "perm_extended_availability_mode_allowed", "perm_edit_external_key", "perm_collaborate", "perm_collaborate_control",
        "perm_jump_client", "perm_local_jump", "perm_remote_jump", "perm_remote_vnc", "perm_remote_rdp", "perm_shell_jump",
    ),
    **_granted(
        "perm_local_vnc", "perm_local_rdp", "perm_vpro", "perm_generate_session_key", "perm_send_ios_profiles", "perm_accept_team_sessions",
        "perm_transfer_other_team", "perm_invite_external_rep", "perm_next_session_button", "perm_disable_auto_assignment",
        "perm_support_button_personal_deploy", "perm_support_button_team_manage", "perm_support_button_team_deploy",
        "perm_support_button_change_public_sites", only=ONLY_RS,
    ),
    **_granted("perm_invite_external_user", "perm_web_jump", "perm_protocol_tunnel", "perm_sd_static_port_for_external_tools", only=ONLY_PRA),
    "perm_session_idle_timeout": Field("int", least=-1, most=DAY),
    "perm_console_idle_timeout": Field("int", least=-1, most=DAY, only=ONLY_RS),
    "perm_routing_idle_timeout": Field("int", least=0, most=3600, only=ONLY_RS),
    "auto_assignment_max_sessions": Field("int", least=1, most=10, only=ONLY_RS),
    **{
        f"{which}_jump_item_role": reference("jump_item_role", f"{which}_jump_item_role_id")
        for which in ("default", "private", "inferior", "unassigned")
    },
}

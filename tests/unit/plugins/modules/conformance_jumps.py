"""What each object module of BeyondTrust round jump items is asked to do, and what the appliance
must then hold: a line per step.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from tests.unit.plugins.modules.conformance import Case
from tests.unit.plugins.modules.conformance_appliances import (
    A_KELLER,
    ADMINISTRATOR,
    B_OKAFOR,
    START_ONLY,
    case,
    numbered,
    only,
    step,
)


def _jump_item(
    kind: str,
    made: dict,
    changed: dict,
    emptied: dict,
    empty: dict | None = None,
    server: str = "rs",
    places: bool = False,
) -> tuple[Case, ...]:
    """Return the cases of a kind of jump item, with ``places`` also those of items in personal
    lists and of items that move, which are all alike.

    ``made``, ``changed`` and ``emptied`` are options beside those that all kinds share, which the
    server keeps as they are given (``empty`` where it keeps something else for those that are
    emptied).
    """

    def kept(*given):
        return {
            "url" if name == "target_url" else name: value
            for options in given
            for name, value in options.items()
        }

    endpoint = f"jump-item/{kind.replace('_', '-')}"
    # The small site holds three shell jumps and one item of every other kind.
    path = f"{endpoint}/{4 if kind == 'shell_jump' else 2}"
    of_product = " of PRA" if kind == "remote_rdp" and server == "pra" else ""
    cases = (
        case(
            f"{kind}{of_product}",
            kind,
            {"name": "new", "jump_group": "Plant Leeds"},
            only(endpoint, name="new"),
            step(
                "made",
                {
                    "jumpoint": "jp_leeds",
                    "tag": "row 1",
                    "comments": "Behind the press.",
                    "jump_policy": "Ask First",
                    "session_policy": "view_only",
                    **made,
                },
                {
                    "jump_group_id": 1,
                    "jump_group_type": "shared",
                    "jumpoint_id": 1,
                    "tag": "row 1",
                    "comments": "Behind the press.",
                    "jump_policy_id": 1,
                    "session_policy_id": 3,
                    **kept(made),
                },
                f"POST {endpoint}",
            ),
            step(
                "changed",
                {"jumpoint": "London", "tag": "row 2", "jump_policy": "office_hours", **changed},
                {
                    "jumpoint_id": 2,
                    "tag": "row 2",
                    "comments": "Behind the press.",
                    "jump_policy_id": 2,
                    "session_policy_id": 3,
                    **kept(made, changed),
                },
                f"PATCH {path}",
            ),
            step(
                "emptied",
                {"tag": "", "comments": "", "jump_policy": "", "session_policy": "", **emptied},
                {
                    "tag": "",
                    "comments": "",
                    "jump_policy_id": None,
                    "session_policy_id": None,
                    "jumpoint_id": 2,
                    **kept(made, changed, empty or emptied),
                },
                f"PATCH {path}",
            ),
            step("removed", {"state": "absent"}, None, f"DELETE {path}"),
            server=server,
        ),
        case(
            f"{kind}{of_product} of a person",
            kind,
            {"name": "new", "personal_list_of": "a.keller"},
            only(endpoint, name="new"),
            step(
                "made",
                {"jumpoint": "Leeds", **made},
                {"jump_group_id": A_KELLER, "jump_group_type": "personal", **kept(made)},
                f"POST {endpoint}",
            ),
            step(
                "changed",
                changed,
                {"jump_group_id": A_KELLER, "jump_group_type": "personal", **kept(changed)},
                f"PATCH {path}",
            ),
            server=server,
        ),
        case(
            f"{kind}{of_product} by number",
            kind,
            {"id": 1},
            numbered(endpoint, 1),
            step(
                "moved and renamed",
                {"name": "other", "personal_list_of": "b.okafor"},
                {
                    "name": "other",
                    "jump_group_id": B_OKAFOR,
                    "jump_group_type": "personal",
                },
                f"PATCH {endpoint}/1",
            ),
            step(
                "moved back",
                {"jump_group": "plant_leeds"},
                {"name": "other", "jump_group_id": 1, "jump_group_type": "shared"},
                f"PATCH {endpoint}/1",
            ),
            server=server,
        ),
    )
    return cases if places else cases[:1]


_JUMP_GROUPS = (
    case(
        "jump_group",
        "jump_group",
        {"name": "Plant York"},
        only(
            "jump-group", {"jump-group/user": ("user_id", "jump_item_role_id")}, name="Plant York"
        ),
        step(
            "made",
            {
                "code_name": "plant_york",
                "comments": "New.",
                "members": [{"user": "a.keller", "jump_item_role": "Administrator"}],
            },
            {"code_name": "plant_york", "comments": "New.", "user": [(A_KELLER, ADMINISTRATOR)]},
            "POST jump-group",
            "POST jump-group/3/user",
        ),
        step(
            "changed",
            {
                "comments": "Not so new.",
                "members": [
                    {"user": "b.okafor"},
                    {"user": "a.keller", "jump_item_role": "Start Sessions Only"},
                ],
            },
            {
                "code_name": "plant_york",
                "comments": "Not so new.",
                "user": [(A_KELLER, START_ONLY), (B_OKAFOR, None)],
            },
            "PATCH jump-group/3",
            f"PATCH jump-group/3/user/{A_KELLER}",
            "POST jump-group/3/user",
        ),
        step(
            "emptied",
            {"comments": "", "members": []},
            {"code_name": "plant_york", "comments": None, "user": []},
            "PATCH jump-group/3",
            f"DELETE jump-group/3/user/{A_KELLER}",
            f"DELETE jump-group/3/user/{B_OKAFOR}",
        ),
        step("removed", {"state": "absent"}, None, "DELETE jump-group/3"),
    ),
    case(
        "jump_group by code",
        "jump_group",
        {"code_name": "plant_leeds"},
        only("jump-group", code_name="plant_leeds"),
        step(
            "renamed",
            {"name": "Plant Leeds North"},
            {"name": "Plant Leeds North", "comments": "Ask the shift leader first."},
            "PATCH jump-group/1",
        ),
        alone={"name": "Plant Leeds"},
    ),
    case(
        "jump_group by number",
        "jump_group",
        {"id": 2},
        numbered("jump-group", 2),
        step(
            "renamed",
            {"name": "Machines", "code_name": "machines"},
            {"name": "Machines", "code_name": "machines"},
            "PATCH jump-group/2",
        ),
        step("removed", {"state": "absent", "remove_items": True}, None, "DELETE jump-group/2"),
    ),
    case(
        "jump_group of PRA",
        "jump_group",
        {"name": "Plant York"},
        only("jump-group", {"jump-group/user": ("user_id", "jump_policy_id")}, name="Plant York"),
        step(
            "made",
            {"ecm_group_id": 7, "members": [{"user": "a.keller", "jump_policy": "ask_first"}]},
            {"ecm_group_id": 7, "user": [(A_KELLER, 1)]},
            "POST jump-group",
            "POST jump-group/3/user",
        ),
        step(
            "changed",
            {"ecm_group_id": 8, "members": [{"user": "a.keller", "jump_policy": "Office Hours"}]},
            {"ecm_group_id": 8, "user": [(A_KELLER, 2)]},
            "PATCH jump-group/3",
            f"PATCH jump-group/3/user/{A_KELLER}",
        ),
        server="pra",
    ),
)
_JUMPOINT = {
    "code_name": "jp_york",
    "comments": "In the attic.",
    "enabled": False,
    "shell_jump_enabled": True,
    "external_jump_item_network_id": "york",
    "jzp_enabled": True,
    "jzp_proxy_hostname": "proxy.example.org",
    "jzp_proxy_port": 9000,
    "jzp_allow_http_get": True,
    "jzp_client_address_restrictions_type": "deny_all",
}
_JUMPOINTS = (
    case(
        "jumpoint",
        "jumpoint",
        {"name": "York"},
        only("jumpoint", {"jumpoint/user": ("user_id",)}, name="York"),
        step(
            "made",
            {
                **_JUMPOINT,
                "platform": "linux-x86",
                "clustered": True,
                "jzp_restricted_ips": ["10.2.0.0/16", "10.1.0.0/16"],
                "members": ["a.keller"],
            },
            {
                **_JUMPOINT,
                "platform": "linux-x86",
                "clustered": True,
                "jzp_restricted_ips": ["10.1.0.0/16", "10.2.0.0/16"],
                "user": [(A_KELLER,)],
            },
            "POST jumpoint",
            "POST jumpoint/3/user",
        ),
        step(
            "changed",
            {
                "platform": "linux-x86",
                "enabled": True,
                "members": ["b.okafor"],
                "jzp_restricted_ips": ["10.2.0.0/16"],
            },
            {
                **_JUMPOINT,
                "enabled": True,
                "jzp_restricted_ips": ["10.2.0.0/16"],
                "user": [(B_OKAFOR,)],
            },
            "PATCH jumpoint/3",
            "POST jumpoint/3/user",
            f"DELETE jumpoint/3/user/{A_KELLER}",
        ),
        step(
            "emptied",
            {
                "comments": "",
                "external_jump_item_network_id": "",
                "jzp_proxy_hostname": "",
                "jzp_restricted_ips": [],
                "members": [],
            },
            {
                "comments": "",
                "external_jump_item_network_id": "",
                "jzp_proxy_hostname": "",
                "jzp_restricted_ips": [],
                "user": [],
                "jzp_proxy_port": 9000,
            },
            "PATCH jumpoint/3",
            f"DELETE jumpoint/3/user/{B_OKAFOR}",
        ),
        step("removed", {"state": "absent"}, None, "DELETE jumpoint/3"),
    ),
    case(
        "jumpoint of PRA",
        "jumpoint",
        {"name": "Leeds"},
        only("jumpoint", name="Leeds"),
        step(
            "changed",
            {
                "protocol_tunnel_enabled": False,
                "rdp_service_account": "Leeds root",
                "managed_ip_ranges": [
                    {"start": "10.2.0.1", "end": "10.2.0.9"},
                    {"start": "10.1.0.1", "end": "10.1.0.9"},
                ],
            },
            {
                "protocol_tunnel_enabled": False,
                "rdp_service_account_id": 1,
                "managed_ip_ranges": [
                    {"start": "10.1.0.1", "end": "10.1.0.9"},
                    {"start": "10.2.0.1", "end": "10.2.0.9"},
                ],
            },
            "PATCH jumpoint/1",
        ),
        step(
            "emptied",
            {"rdp_service_account": "", "managed_ip_ranges": []},
            {"rdp_service_account_id": None, "managed_ip_ranges": []},
            "PATCH jumpoint/1",
        ),
        server="pra",
    ),
)
_JUMP_POLICY = {
    "code_name": "nights",
    "description": "From ten to six.",
    "schedule_enabled": False,
    "simultaneous_jumps": "join",
    "simultaneous_jumps_rdp": "new_session",
    "simultaneous_jump_behavior_applies_to_copies": True,
    "ticket_id_required": True,
    "two_factor_challenge_required": True,
}
_APPROVAL = {
    "schedule_enabled": False,
    "approval_required": True,
    "approval_max_duration": 60,
    "approval_scope": "anyone",
    "approval_approver_scope": "anyone",
    "approval_display_name": "Shift leader",
    "approval_email_language": "de",
    "external_tools_rdp_allowed": False,
    "external_tools_shell_allowed": False,
    "session_start_notification": True,
    "session_end_notification": True,
    "notification_display_name": "Audit",
    "notification_email_language": "de",
    "recordings_disabled": True,
}
_JUMP_POLICIES = (
    case(
        "jump_policy",
        "jump_policy",
        {"display_name": "Nights"},
        only("jump-policy", display_name="Nights"),
        step("made", _JUMP_POLICY, _JUMP_POLICY, "POST jump-policy"),
        step(
            "changed",
            {"schedule_enabled": True, "schedule_strict": True, "ticket_id_required": False},
            {
                **_JUMP_POLICY,
                "schedule_enabled": True,
                "schedule_strict": True,
                "ticket_id_required": False,
            },
            "PATCH jump-policy/3",
        ),
        step(
            "emptied",
            {"description": ""},
            {"description": "", "code_name": "nights"},
            "PATCH jump-policy/3",
        ),
        step("removed", {"state": "absent"}, None, "DELETE jump-policy/3"),
    ),
    case(
        "jump_policy by code",
        "jump_policy",
        {"code_name": "ask_first"},
        only("jump-policy", code_name="ask_first"),
        step(
            "renamed",
            {"display_name": "Ask"},
            {"display_name": "Ask", "ticket_id_required": True},
            "PATCH jump-policy/1",
        ),
        alone={"display_name": "Ask First"},
    ),
    case(
        "jump_policy of PRA",
        "jump_policy",
        {"display_name": "Nights"},
        only("jump-policy", display_name="Nights"),
        step(
            "made",
            {
                **_APPROVAL,
                "notification_email_addresses": ["b@example.org", "a@example.org"],
                "approval_email_addresses": ["c@example.org"],
                "approval_users": ["a.keller"],
                "approval_teams": ["helpdesk", "Field Service"],
            },
            {
                **_APPROVAL,
                "notification_email_addresses": ["a@example.org", "b@example.org"],
                "approval_email_addresses": ["c@example.org"],
                "approval_user_ids": ["2"],
                "approval_team_ids": ["2", "1"],
            },
            "POST jump-policy",
        ),
        step(
            "changed",
            {"approval_users": ["b.okafor", "a.keller"], "approval_max_duration": 120},
            {
                "approval_user_ids": ["2", "3"],
                "approval_max_duration": 120,
                "approval_scope": "anyone",
            },
            "PATCH jump-policy/3",
        ),
        step(
            "emptied",
            {"approval_users": [], "approval_teams": [], "notification_email_language": "en-us"},
            {
                "approval_user_ids": [],
                "approval_team_ids": [],
                "approval_email_addresses": ["c@example.org"],
            },
            "PATCH jump-policy/3",
        ),
        step("removed", {"state": "absent"}, None, "DELETE jump-policy/3"),
        server="pra",
    ),
)
_SHELL_JUMP = {
    "hostname": "10.1.0.9",
    "protocol": "ssh",
    "port": 2222,
    "username": "netadmin",
    "terminal": "VT100",
    "keep_alive": 30,
}
_REMOTE_RDP = {
    "hostname": "10.1.0.9",
    "rdp_username": "helpdesk",
    "domain": "EXAMPLE",
    "quality": "low",
    "console": True,
    "ignore_untrusted": True,
}
_REMOTE_RDP_OF_PRA = {
    **_REMOTE_RDP,
    "session_forensics": True,
    "secure_app_type": "remote_desktop_agent",
    "remote_exe_path": "C:\\agent.exe",
    "remote_exe_params": "/quiet",
}
_WEB_JUMP = {
    "target_url": "https://10.1.0.9/",
    "username_format": "username_only",
    "verify_certificate": False,
    "authentication_timeout": 7,
    "username_field": "user",
    "password_field": "pass",
    "submit_field": "go",
}
_FORM = ("username_field", "password_field", "submit_field")
_DATABASE = {
    "hostname": "10.1.0.9",
    "tunnel_listen_address": "127.0.0.9",
    "username": "reader",
    "database": "orders",
}
_TUNNEL = {**_DATABASE, "tunnel_type": "tcp", "tunnel_definitions": "5432;5432"}
_RULES = [
    {"ip_addresses": {"cidr": "10.3.0.0/24"}, "protocol": "TCP", "ports": {"list": [102, 502]}},
    {
        "ip_addresses": {"range": {"start": "10.4.0.1", "end": "10.4.0.9"}},
        "protocol": "UDP",
        "ports": {"range": {"start": 1000, "end": 2000}},
    },
    {"ip_addresses": {"list": ["10.5.0.1", "10.5.0.2"]}, "protocol": "ICMP", "ports": {"list": []}},
]
_HOST = {"hostname": "10.1.0.8"}
_JUMP_ITEMS = (
    *_jump_item(
        "shell_jump",
        _SHELL_JUMP,
        {**_HOST, "protocol": "telnet", "port": 23, "keep_alive": 0},
        {"username": ""},
        places=True,
    ),
    *_jump_item(
        "remote_rdp",
        _REMOTE_RDP,
        {**_HOST, "quality": "lossless", "console": False},
        {"rdp_username": "", "domain": ""},
    ),
    *_jump_item(
        "remote_rdp",
        _REMOTE_RDP_OF_PRA,
        {**_HOST, "session_forensics": False},
        {"remote_exe_params": ""},
        server="pra",
    ),
    *_jump_item("remote_vnc", {"hostname": "10.1.0.9", "port": 5901}, {**_HOST, "port": 5900}, {}),
    *_jump_item(
        "web_jump",
        _WEB_JUMP,
        {"target_url": "https://10.1.0.8/", "verify_certificate": True},
        dict.fromkeys(_FORM, ""),
        dict.fromkeys(_FORM),
        server="pra",
    ),
    *_jump_item(
        "protocol_tunnel_jump",
        _TUNNEL,
        {**_HOST, "tunnel_definitions": "5432;5433"},
        {"username": "", "database": ""},
        server="pra",
    ),
    *_jump_item(
        "psql_tunnel_jump", _DATABASE, _HOST, {"username": "", "database": ""}, server="pra"
    ),
    *_jump_item(
        "mysql_tunnel_jump", _DATABASE, _HOST, {"username": "", "database": ""}, server="pra"
    ),
    *_jump_item(
        "network_tunnel_jump",
        {"filter_rules": _RULES},
        {"filter_rules": _RULES[1::-1]},
        {},
        server="pra",
        places=True,
    ),
)
_JUMP_CLIENTS = (
    case(
        "jump_client",
        "jump_client",
        {"name": "till-1", "jump_group": "Plant Leeds"},
        only("jump-client", name="till-1"),
        step(
            "changed",
            {
                "tag": "tills",
                "comments": "Behind the bar.",
                "jump_policy": "ask_first",
                "attended_session_policy": "Servers",
                "unattended_session_policy": "view_only",
                "support_button_direct_queue": "team:helpdesk",
                "customer_client_start_mode": "hidden",
                "is_quiet": True,
                "max_offline_minutes": 60,
            },
            {
                "tag": "tills",
                "comments": "Behind the bar.",
                "jump_policy_id": 1,
                "attended_session_policy_id": 2,
                "unattended_session_policy_id": 3,
                "support_button_direct_queue": "team:helpdesk",
                "customer_client_start_mode": "hidden",
                "is_quiet": True,
                "max_offline_minutes": 60,
            },
            "PATCH jump-client/1",
        ),
        step(
            "emptied",
            dict.fromkeys(
                (
                    "tag",
                    "comments",
                    "jump_policy",
                    "attended_session_policy",
                    "unattended_session_policy",
                    "support_button_direct_queue",
                ),
                "",
            ),
            {
                "tag": "",
                "comments": "",
                "jump_policy_id": None,
                "attended_session_policy_id": None,
                "unattended_session_policy_id": None,
                "support_button_direct_queue": "",
                "is_quiet": True,
            },
            "PATCH jump-client/1",
        ),
        step("removed", {"state": "absent"}, None, "DELETE jump-client/1"),
    ),
    case(
        "jump_client by number",
        "jump_client",
        {"id": 2},
        numbered("jump-client", 2),
        step(
            "moved and renamed",
            {
                "name": "bar",
                "jump_group": "Plant Leeds",
                "session_policy": "Servers",
                "endpoint_agreement_policy": "accept",
            },
            {
                "name": "bar",
                "jump_group_id": 1,
                "jump_group_type": "shared",
                "session_policy_id": 2,
                "endpoint_agreement_policy": "accept",
            },
            "PATCH jump-client/2",
        ),
        step(
            "moved to a person",
            {"personal_list_of": "a.keller"},
            {"name": "bar", "jump_group_id": A_KELLER, "jump_group_type": "personal"},
            "PATCH jump-client/2",
        ),
        step("removed", {"state": "absent"}, None, "DELETE jump-client/2"),
        server="pra",
    ),
)
_INSTALLER = {
    "tag": "bar",
    "comments": "For tills.",
    "connection_type": "passive",
    "elevate_install": False,
    "elevate_prompt": False,
    "allow_override_name": True,
    "allow_override_tag": True,
}
_INSTALLERS = (
    case(
        "jump_client_installer",
        "jump_client_installer",
        {"name": "bars", "jump_group": "Servers"},
        only("jump-client/installer", name="bars"),
        step(
            "made",
            {
                **_INSTALLER,
                "jump_policy": "ask_first",
                "attended_session_policy": "Servers",
                "customer_client_start_mode": "hidden",
            },
            {
                **_INSTALLER,
                "jump_group_id": 2,
                "jump_group_type": "shared",
                "jump_policy_id": 1,
                "attended_session_policy_id": 2,
                "customer_client_start_mode": "hidden",
            },
            "POST jump-client/installer",
        ),
        step("removed", {"state": "absent"}, None, "DELETE jump-client/installer/2"),
    ),
    case(
        "jump_client_installer of PRA",
        "jump_client_installer",
        {"name": "bars", "personal_list_of": "a.keller"},
        only("jump-client/installer", name="bars"),
        step(
            "made",
            {"session_policy": "Servers", "allow_override_session_policy": True},
            {
                "jump_group_id": A_KELLER,
                "jump_group_type": "personal",
                "session_policy_id": 2,
                "allow_override_session_policy": True,
            },
            "POST jump-client/installer",
        ),
        step("removed", {"state": "absent"}, None, "DELETE jump-client/installer/2"),
        server="pra",
    ),
)
CASES: tuple[Case, ...] = (
    *_JUMP_GROUPS,
    *_JUMPOINTS,
    *_JUMP_POLICIES,
    *_JUMP_ITEMS,
    *_JUMP_CLIENTS,
    *_INSTALLERS,
)

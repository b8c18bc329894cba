"""What each object module of BeyondTrust is asked to do, and what the appliance must then hold: a
line per step.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from tests.unit.plugins.modules import conformance_jumps
from tests.unit.plugins.modules.conformance import Case
from tests.unit.plugins.modules.conformance_appliances import (
    A_KELLER,
    ADMINISTRATOR,
    B_OKAFOR,
    C_SOARES,
    START_ONLY,
    case,
    numbered,
    only,
    step,
)

USER_SECRET, VENDOR_SECRET, VAULT_SECRET, KEY_SECRET, PASSPHRASE, TOKEN_SECRET = (
    "us3r/pass word%",
    "v3ndor+s3cret",
    "v4ult&secret=1",
    "-----BEGIN KEY-----\nAAAA+/=\n-----END KEY-----\n",
    "p4ss phr@se",
    "t0ken/of+the tool",
)
_EXPIRY = "2027-01-01T00:00:00+00:00"
_USER = {
    "public_display_name": "Carys Lind",
    "email_address": "c.lind@example.org",
    "preferred_email_language": "de",
    "password_expiration": _EXPIRY,
    "password_reset_next_login": True,
    "two_factor_required": True,
    "enabled": False,
}
_USERS = (
    case(
        "user",
        "user",
        {"username": "c.lind"},
        only("user", username="c.lind"),
        step(
            "made",
            {**_USER, "password": USER_SECRET},
            {**_USER, "_password": USER_SECRET},
            "POST user",
        ),
        step(
            "changed",
            {"public_display_name": "C. Lind", "enabled": True},
            {**_USER, "public_display_name": "C. Lind", "enabled": True, "_password": USER_SECRET},
            "PATCH user/5",
        ),
        step(
            "emptied",
            {"password_expiration": ""},
            {"password_expiration": None, "email_address": "c.lind@example.org"},
            "PATCH user/5",
        ),
        step("removed", {"state": "absent"}, None, "DELETE user/5"),
        server="pra",
    ),
    case(
        "user of RS",
        "user",
        {"username": "a.keller"},
        only("user", username="a.keller"),
        step(
            "changed",
            {
                "private_display_name": "Anna",
                "display_number": 7,
                "failed_logins": 0,
                "password_expiration": _EXPIRY,
            },
            {
                "private_display_name": "Anna",
                "display_number": 7,
                "failed_logins": 0,
                "password_expiration": _EXPIRY,
            },
            f"PATCH user/{A_KELLER}",
        ),
        step(
            "emptied",
            {"password_expiration": ""},
            {"password_expiration": None, "private_display_name": "Anna"},
            f"PATCH user/{A_KELLER}",
        ),
        step("removed", {"state": "absent"}, None, f"DELETE user/{A_KELLER}"),
    ),
    case(
        "user of an RS that makes users",
        "user",
        {"username": "c.lind"},
        only("user", username="c.lind"),
        step(
            "made",
            {**_USER, "private_display_name": "Carys", "password": USER_SECRET},
            {**_USER, "private_display_name": "Carys"},
            "POST user",
        ),
        switches={"rs_user_create": True},
    ),
    case(
        "user by number",
        "user",
        {"id": A_KELLER},
        numbered("user", A_KELLER),
        step(
            "renamed",
            {"username": "anna"},
            {"username": "anna", "public_display_name": "Anna Keller"},
            f"PATCH user/{A_KELLER}",
        ),
        step("removed", {"state": "absent"}, None, f"DELETE user/{A_KELLER}"),
    ),
)
_SECURITY_PROVIDERS = (
    case(
        "security_provider",
        "security_provider",
        {"name": "Company Login"},
        only("security-provider", name="Company Login"),
        step(
            "changed",
            {"available_groups": ["Night Shift", "Staff"]},
            {"available_groups": ["Night Shift", "Staff"], "type": "saml"},
            "PATCH security-provider/3",
        ),
        step(
            "emptied",
            {"available_groups": []},
            {"available_groups": []},
            "PATCH security-provider/3",
        ),
        server="pra",
    ),
)
_REP_STATUSES = (
    case(
        "rep_status",
        "rep_status",
        {"name": "Training"},
        only("rep-status", name="Training"),
        step(
            "made",
            {"code_name": "training", "display_as": "busy"},
            {"code_name": "training", "display_as": "busy"},
            "POST rep-status",
        ),
        step(
            "changed",
            {"display_as": "away"},
            {"code_name": "training", "display_as": "away"},
            "PATCH rep-status/2",
        ),
        step(
            "emptied",
            {"code_name": ""},
            {"code_name": "", "display_as": "away"},
            "PATCH rep-status/2",
        ),
        step("removed", {"state": "absent"}, None, "DELETE rep-status/2"),
    ),
    case(
        "rep_status by code",
        "rep_status",
        {"code_name": "lunch"},
        only("rep-status", code_name="lunch"),
        step(
            "renamed",
            {"name": "At lunch"},
            {"name": "At lunch", "display_as": "away"},
            "PATCH rep-status/1",
        ),
        alone={"name": "Lunch"},
    ),
)
_TEAMS = (
    case(
        "team",
        "team",
        {"name": "Warehouse"},
        only("team", {"team/user": ("user_id", "role")}, name="Warehouse"),
        step(
            "made",
            {
                "code_name": "warehouse",
                "comments": "Second line.",
                "persistent_queue": True,
                "public_portals": ["Partners", "Default"],
                "members": [{"user": "a.keller", "role": "lead"}],
            },
            {
                "code_name": "warehouse",
                "comments": "Second line.",
                "persistent_queue": True,
                "public_portal_ids": [1, 2],
                "user": [(A_KELLER, "lead")],
            },
            "POST team",
            "POST team/3/user",
        ),
        step(
            "changed",
            {
                "persistent_queue": False,
                "public_portals": ["All portals"],
                "members": [{"user": "b.okafor"}, {"user": "a.keller", "role": "manager"}],
            },
            {
                "persistent_queue": False,
                "public_portal_ids": ["all"],
                "user": [(A_KELLER, "manager"), (B_OKAFOR, "member")],
            },
            "PATCH team/3",
            "POST team/3/user",
            f"PATCH team/3/user/{A_KELLER}",
        ),
        step(
            "emptied",
            {"comments": "", "members": []},
            {"comments": None, "code_name": "warehouse", "user": []},
            "PATCH team/3",
            f"DELETE team/3/user/{A_KELLER}",
            f"DELETE team/3/user/{B_OKAFOR}",
        ),
        step("removed", {"state": "absent"}, None, "DELETE team/3"),
    ),
    case(
        "team by number",
        "team",
        {"id": 1},
        numbered("team", 1),
        step(
            "renamed",
            {"name": "First Line", "code_name": "first_line"},
            {"name": "First Line", "code_name": "first_line"},
            "PATCH team/1",
        ),
        server="pra",
    ),
)
_GRANTED = ("jump_group_id", "jump_item_role_id", "jump_policy_id")
_BELOW_POLICY = {
    "group-policy/member": ("security_provider_id", "user_id", "distinguished_name"),
    "group-policy/jump-group": _GRANTED,
    "group-policy/jumpoint": ("jumpoint_id",),
    "group-policy/team": ("team_id", "role"),
    "group-policy/vault-account": ("account_id", "role"),
    "group-policy/vault-account-group": ("account_group_id", "role"),
}
_POLICY = "group-policy/3"
_OF_BOTH = {"perm_shell_jump": True, "perm_session_idle_timeout": 600}
_OF_RS = {
    "perm_support_allowed": "full_support",
    "rep_perm_status": "final",
    "perm_local_vnc": True,
    "perm_console_idle_timeout": -1,
    "perm_routing_idle_timeout": 180,
    "auto_assignment_max_sessions": 5,
}
_OF_PRA = {"perm_access_allowed": True, "access_perm_status": "defined", "perm_web_jump": True}
_GROUP_POLICIES = (
    case(
        "group_policy",
        "group_policy",
        {"name": "Night Shift"},
        only("group-policy", _BELOW_POLICY, name="Night Shift"),
        step(
            "made",
            {
                **_OF_BOTH,
                **_OF_PRA,
                "default_jump_item_role": "Administrator",
                "members": [
                    {"user": "a.keller"},
                    {"security_provider": "Directory", "distinguished_name": "cn=nights"},
                ],
                "jump_groups": [
                    {"jump_group": "plant_leeds", "jump_item_role": "Administrator"},
                    {"jump_group": "Servers", "jump_policy": "ask_first"},
                ],
                "jumpoints": ["London", "jp_leeds"],
                "teams": [{"team": "helpdesk", "role": "lead"}],
                "vault_accounts": [{"vault_account": "Switches", "role": "inject_and_checkout"}],
                "vault_account_groups": [{"vault_account_group": "Leeds"}],
            },
            {
                **_OF_BOTH,
                **_OF_PRA,
                "default_jump_item_role_id": ADMINISTRATOR,
                "jump-group": [(1, ADMINISTRATOR, 0), (2, 0, 1)],
                "jumpoint": [(1,), (2,)],
                "member": [(1, A_KELLER, None), (2, None, "cn=nights")],
                "team": [(1, "lead")],
                "vault-account": [(2, "inject_and_checkout")],
                "vault-account-group": [(2, "inject")],
            },
            "POST group-policy",
            *(f"POST {_POLICY}/{name.rpartition('/')[2]}" for name in _BELOW_POLICY),
            f"POST {_POLICY}/provision",
        ),
        step(
            "changed",
            {
                "perm_shell_jump": False,
                "perm_session_idle_timeout": 0,
                "members": [{"user": "b.okafor"}],
                "jump_groups": [{"jump_group": "Servers", "jump_item_role": "Start Sessions Only"}],
                "jumpoints": ["London"],
                "teams": [{"team": "Helpdesk", "role": "member"}],
                "vault_accounts": [{"vault_account": "Switches", "role": "inject"}],
            },
            {
                **_OF_BOTH,
                **_OF_PRA,
                "perm_shell_jump": False,
                "perm_session_idle_timeout": 0,
                "jump-group": [(2, START_ONLY, 1)],
                "jumpoint": [(2,)],
                "member": [(1, B_OKAFOR, None)],
                "team": [(1, "member")],
                "vault-account": [(2, "inject")],
                "vault-account-group": [(2, "inject")],
            },
            f"PATCH {_POLICY}",
            f"POST {_POLICY}/member",
            f"DELETE {_POLICY}/member/3",
            f"DELETE {_POLICY}/member/4",
            f"DELETE {_POLICY}/jump-group/1",
            f"DELETE {_POLICY}/jump-group/2",
            f"POST {_POLICY}/jump-group",
            f"DELETE {_POLICY}/jumpoint/1",
            f"DELETE {_POLICY}/team/1",
            f"POST {_POLICY}/team",
            f"DELETE {_POLICY}/vault-account/2",
            f"POST {_POLICY}/vault-account",
            f"POST {_POLICY}/provision",
            "POST user/provision",
        ),
        step(
            "emptied",
            {
                "members": [],
                "jump_groups": [],
                "jumpoints": [],
                "teams": [],
                "vault_accounts": [],
                "vault_account_groups": [],
            },
            {name.rpartition("/")[2]: [] for name in _BELOW_POLICY},
            f"DELETE {_POLICY}/member/5",
            f"DELETE {_POLICY}/jump-group/2",
            f"DELETE {_POLICY}/jumpoint/2",
            f"DELETE {_POLICY}/team/1",
            f"DELETE {_POLICY}/vault-account/2",
            f"DELETE {_POLICY}/vault-account-group/2",
            f"POST {_POLICY}/provision",
            "POST user/provision",
        ),
        step("removed", {"state": "absent"}, None, f"DELETE {_POLICY}"),
        server="pra",
    ),
    case(
        "group_policy by number",
        "group_policy",
        {"id": 1},
        numbered("group-policy", 1),
        step(
            "renamed",
            {"name": "Everybody"},
            {"name": "Everybody", "perm_shell_jump": True},
            "PATCH group-policy/1",
            "POST group-policy/1/provision",
        ),
        step("removed", {"state": "absent"}, None, "DELETE group-policy/1", "POST user/provision"),
    ),
    case(
        "group_policy of RS",
        "group_policy",
        {"name": "Partners"},
        only("group-policy", {"group-policy/member": ("user_id",)}, name="Partners"),
        step(
            "changed",
            {**_OF_BOTH, **_OF_RS, "members": [{"user": "c.soares"}, {"user": "a.keller"}]},
            {
                **_OF_BOTH,
                **_OF_RS,
                "member": [(A_KELLER,), (C_SOARES,)],
            },
            "PATCH group-policy/2",
            "POST group-policy/2/member",
            "POST group-policy/2/provision",
        ),
    ),
)
_VENDOR = {
    "account_expiration": 60,
    "deletion_days_after_expiration": 30,
    "user_added_notification_enabled": True,
    "user_expired_notification_enabled": True,
    "user_approval_enabled": True,
    "user_reactivation_enabled": True,
    "duration": 48,
    "duration_enabled": True,
}
_VENDOR_USER = {
    "public_display_name": "Mia Weber",
    "email_address": "m.weber@example.com",
    "password_expiration": _EXPIRY,
    "password_reset_next_login": True,
    "enabled": False,
    "preferred_email_language": "de",
}
_VENDORS = (
    case(
        "vendor",
        "vendor",
        {"name": "Pumpen Nord"},
        only("vendor", name="Pumpen Nord"),
        step(
            "made",
            {
                **_VENDOR,
                "default_policy": "Partners",
                "administrators": ["b.okafor", "a.keller"],
                "teams": ["helpdesk"],
                "network_restrictions": ["192.0.2.0/24"],
            },
            {
                **_VENDOR,
                "default_policy": 2,
                "administrator_ids": [2, 3],
                "team_ids": [1],
                "network_restrictions": ["192.0.2.0/24"],
            },
            "POST vendor",
        ),
        step(
            "changed",
            {
                "default_policy": "Technicians",
                "administrators": ["a.keller"],
                "duration_enabled": False,
                "deletion_days_after_expiration": 0,
            },
            {
                **_VENDOR,
                "default_policy": 1,
                "administrator_ids": [2],
                "duration_enabled": False,
                "deletion_days_after_expiration": None,
            },
            "PATCH vendor/2",
        ),
        step(
            "emptied",
            {"teams": [], "network_restrictions": []},
            {"team_ids": [], "network_restrictions": [], "administrator_ids": [2]},
            "PATCH vendor/2",
        ),
        step("removed", {"state": "absent"}, None, "DELETE vendor/2"),
        server="pra",
    ),
    case(
        "vendor_user",
        "vendor_user",
        {"vendor": "Kälte Schmidt", "username": "m.weber"},
        only("vendor/user", username="m.weber"),
        step(
            "made",
            {**_VENDOR_USER, "password": VENDOR_SECRET},
            {**_VENDOR_USER, "_parent": 1, "_password": VENDOR_SECRET},
            "POST vendor/1/user",
        ),
        step(
            "changed",
            {"public_display_name": "M. Weber", "enabled": True},
            {
                **_VENDOR_USER,
                "public_display_name": "M. Weber",
                "enabled": True,
                "_password": VENDOR_SECRET,
            },
            "PATCH vendor/1/user/2",
        ),
        step(
            "emptied",
            {"password_expiration": ""},
            {"password_expiration": None, "email_address": "m.weber@example.com"},
            "PATCH vendor/1/user/2",
        ),
        step("removed", {"state": "absent"}, None, "DELETE vendor/1/user/2"),
        server="pra",
    ),
)
_BELOW_ACCOUNT = {
    "vault/account/user": ("user_id", "role"),
    "vault/account/jump-item-association": ("filter_type",),
}
_BELOW_ACCOUNT_GROUP = {
    "vault/account-group/user": ("user_id", "role"),
    "vault/account-group/jump-item-association": ("filter_type",),
}
_CRITERIA = {
    "filter_type": "criteria",
    "criteria": {"shared_jump_groups": ["plant_leeds"], "tag": ["b", "a"]},
    "jump_items": [{"type": "shell_jump", "id": 1}],
}
_ROTATION = {
    "auto_rotate_credentials": True,
    "allow_simultaneous_checkout": True,
    "scheduled_password_rotation": True,
    "maximum_password_age": 90,
}
_VAULT = (
    case(
        "vault_account_policy",
        "vault_account_policy",
        {"name": "Rotate Yearly"},
        only("vault/account-policy", name="Rotate Yearly"),
        step(
            "made",
            {**_ROTATION, "code_name": "rotate_yearly", "description": "Slow."},
            {**_ROTATION, "code_name": "rotate_yearly", "description": "Slow."},
            "POST vault/account-policy",
        ),
        step(
            "changed",
            {"maximum_password_age": 365, "allow_simultaneous_checkout": False},
            {**_ROTATION, "maximum_password_age": 365, "allow_simultaneous_checkout": False},
            "PATCH vault/account-policy/3",
        ),
        step(
            "emptied",
            {"description": ""},
            {"description": "", "code_name": "rotate_yearly"},
            "PATCH vault/account-policy/3",
        ),
        step("removed", {"state": "absent"}, None, "DELETE vault/account-policy/3"),
    ),
    case(
        "vault_account_group",
        "vault_account_group",
        {"name": "York"},
        only("vault/account-group", _BELOW_ACCOUNT_GROUP, name="York"),
        step(
            "made",
            {
                "description": "Of the plant.",
                "account_policy": "rotate_monthly",
                "users": [{"user": "a.keller", "role": "inject"}],
                "jump_item_association": _CRITERIA,
            },
            {
                "description": "Of the plant.",
                "account_policy": "rotate_monthly",
                "user": [(A_KELLER, "inject")],
                "jump-item-association": [("criteria",)],
            },
            "POST vault/account-group",
            "POST vault/account-group/3/user",
            "PATCH vault/account-group/3/jump-item-association",
        ),
        step(
            "changed",
            {
                "account_policy": "Default Account Policy",
                "users": [
                    {"user": "b.okafor"},
                    {"user": "a.keller", "role": "inject_and_checkout"},
                ],
                "jump_item_association": {"filter_type": "no_jump_items"},
            },
            {
                "account_policy": "default_account_policy",
                "user": [(A_KELLER, "inject_and_checkout"), (B_OKAFOR, "inject")],
                "jump-item-association": [("no_jump_items",)],
            },
            "PATCH vault/account-group/3",
            "POST vault/account-group/3/user",
            f"PATCH vault/account-group/3/user/{A_KELLER}",
            "PATCH vault/account-group/3/jump-item-association",
        ),
        step(
            "emptied",
            {"description": "", "account_policy": "", "users": []},
            {"description": "", "account_policy": None, "user": []},
            "PATCH vault/account-group/3",
            f"DELETE vault/account-group/3/user/{A_KELLER}",
            f"DELETE vault/account-group/3/user/{B_OKAFOR}",
        ),
        step("removed", {"state": "absent"}, None, "DELETE vault/account-group/3"),
    ),
    case(
        "vault_account",
        "vault_account",
        {"name": "York root"},
        only("vault/account", _BELOW_ACCOUNT, name="York root"),
        step(
            "made",
            {
                "type": "username_password",
                "username": "root",
                "password": VAULT_SECRET,
                "description": "Of the plant.",
                "account_group": "Leeds",
                "account_policy": "Rotate Monthly",
                "users": [{"user": "a.keller", "role": "inject"}],
                "jump_item_association": _CRITERIA,
            },
            {
                "type": "username_password",
                "username": "root",
                "_password": VAULT_SECRET,
                "description": "Of the plant.",
                "account_group_id": 2,
                "account_policy": "rotate_monthly",
                "user": [(A_KELLER, "inject")],
                "jump-item-association": [("criteria",)],
            },
            "POST vault/account",
            "POST vault/account/4/user",
            "POST vault/account/4/jump-item-association",
        ),
        step(
            "changed",
            {
                "username": "toor",
                "account_group": "Default Account Group",
                "users": [{"user": "a.keller", "role": "inject_and_checkout"}],
                "jump_item_association": {"filter_type": "any_jump_items"},
            },
            {
                "username": "toor",
                "_password": VAULT_SECRET,
                "account_group_id": 1,
                "user": [(A_KELLER, "inject_and_checkout")],
                "jump-item-association": [("any_jump_items",)],
            },
            "PATCH vault/account/4",
            f"PATCH vault/account/4/user/{A_KELLER}",
            "PATCH vault/account/4/jump-item-association",
        ),
        step(
            "emptied",
            {"description": "", "account_policy": "", "users": []},
            {"description": "", "account_policy": None, "user": [], "username": "toor"},
            "PATCH vault/account/4",
            f"DELETE vault/account/4/user/{A_KELLER}",
        ),
        step("removed", {"state": "absent"}, None, "DELETE vault/account/4"),
    ),
    case(
        "vault_account with a key",
        "vault_account",
        {"name": "Ansible"},
        only("vault/account", name="Ansible"),
        step(
            "made",
            {
                "type": "ssh",
                "username": "ansible",
                "private_key": KEY_SECRET,
                "private_key_passphrase": PASSPHRASE,
                "private_key_public_cert": "ssh-ed25519-cert AAAA",
            },
            {
                "username": "ansible",
                "_private_key": KEY_SECRET,
                "_private_key_passphrase": PASSPHRASE,
                "private_key_public_cert": "ssh-ed25519-cert AAAA",
            },
            "POST vault/account",
        ),
        step(
            "changed",
            {"username": "svc"},
            {"username": "svc", "_private_key": KEY_SECRET},
            "PATCH vault/account/4",
        ),
        step(
            "emptied",
            {"private_key_public_cert": ""},
            {"private_key_public_cert": None, "_private_key": KEY_SECRET},
            "PATCH vault/account/4",
        ),
        step("removed", {"state": "absent"}, None, "DELETE vault/account/4"),
        server="pra",
    ),
    case(
        "vault_account with a token",
        "vault_account",
        {"name": "Cloud"},
        only("vault/account", name="Cloud"),
        step(
            "made",
            {"type": "opaque_token", "token": TOKEN_SECRET},
            {"type": "opaque_token", "_token": TOKEN_SECRET},
            "POST vault/account",
        ),
        step("removed", {"state": "absent"}, None, "DELETE vault/account/4"),
    ),
    case(
        "vault_account by number",
        "vault_account",
        {"id": 3},
        numbered("vault/account", 3),
        step(
            "renamed",
            {"name": "files root", "description": "Found by discovery.", "account_group": "Leeds"},
            {"name": "files root", "description": "Found by discovery.", "account_group_id": 2},
            "PATCH vault/account/3",
        ),
        step("removed", {"state": "absent"}, None, "DELETE vault/account/3"),
    ),
)
_SCRIPT = {
    "description": "Says hello.",
    "tag": "greeting",
    "operating_system": "Linux",
    "cmd": "sh",
    "script": "echo hello",
}
_SCRIPTS = (
    case(
        "automation_script",
        "automation_script",
        {"name": "Hello"},
        only("endpoint-automation/script", name="Hello"),
        step(
            "made",
            {**_SCRIPT, "resources": ["agent.msi"]},
            {**_SCRIPT, "resource_ids": [1]},
            "POST endpoint-automation/script",
        ),
    ),
)
_SWITCH = {"name": "sw-9", "jump_group": "plant_york", "jumpoint": "York"}
_CONFIG = (
    case(
        "config",
        "config",
        {},
        lambda site: {
            "group": only(
                "jump-group",
                {"jump-group/user": ("user_id", "jump_item_role_id")},
                name="Plant York",
            )(site),
            "jumpoint": only("jumpoint", name="York")(site),
            "item": only("jump-item/shell-jump", name="sw-9")(site),
            "policy": only(
                "group-policy", {"group-policy/jump-group": ("jump_group_id",)}, name="Partners"
            )(site),
        },
        step(
            "made",
            {
                "config": {
                    "jump_group": [
                        {
                            "name": "Plant York",
                            "code_name": "plant_york",
                            "members": [{"user": "a.keller", "jump_item_role": "Administrator"}],
                        }
                    ],
                    "jumpoint": [
                        {"name": "York", "platform": "linux-x86", "shell_jump_enabled": True}
                    ],
                    "shell_jump": [
                        {**_SWITCH, "hostname": "10.9.0.1", "protocol": "ssh", "tag": "switch"}
                    ],
                    "group_policy": [
                        {"name": "Partners", "jump_groups": [{"jump_group": "plant_york"}]}
                    ],
                }
            },
            {
                "group": {"code_name": "plant_york", "user": [(A_KELLER, ADMINISTRATOR)]},
                "jumpoint": {"shell_jump_enabled": True},
                "item": {"jump_group_id": 3, "jumpoint_id": 3, "tag": "switch"},
                "policy": {"jump-group": [(3,)]},
            },
            "POST jump-group",
            "POST jump-group/3/user",
            "POST jumpoint",
            "POST jump-item/shell-jump",
            "POST group-policy/2/jump-group",
            "POST group-policy/2/provision",
        ),
        step(
            "changed",
            {
                "config": {
                    "jump_group": [{"name": "Plant York", "comments": "New."}],
                    "shell_jump": [{**_SWITCH, "tag": "core", "port": 2222}],
                }
            },
            {
                "group": {"comments": "New.", "user": [(A_KELLER, ADMINISTRATOR)]},
                "item": {"tag": "core", "port": 2222, "hostname": "10.9.0.1"},
            },
            "PATCH jump-group/3",
            "PATCH jump-item/shell-jump/4",
        ),
        step(
            "emptied",
            {
                "config": {
                    "jump_group": [{"name": "Plant York", "comments": "", "members": []}],
                    "group_policy": [{"name": "Partners", "jump_groups": []}],
                }
            },
            {
                "group": {"comments": None, "user": []},
                "item": {"tag": "core"},
                "policy": {"jump-group": []},
            },
            "PATCH jump-group/3",
            f"DELETE jump-group/3/user/{A_KELLER}",
            "DELETE group-policy/2/jump-group/3",
            "POST group-policy/2/provision",
        ),
        step(
            "removed",
            {
                "config": {
                    "jump_group": [{"name": "Plant York", "state": "absent"}],
                    "jumpoint": [{"name": "York", "state": "absent"}],
                    "shell_jump": [{**_SWITCH, "state": "absent"}],
                }
            },
            {"group": None, "jumpoint": None, "item": None},
            "DELETE jump-item/shell-jump/4",
            "DELETE jumpoint/3",
            "DELETE jump-group/3",
        ),
        alone={
            "config": {
                "jump_group": [{"name": "Plant Leeds"}],
                "user": [{"username": "admin"}],
                "shell_jump": [{"name": "sw-1", "jump_group": "Servers"}],
            }
        },
    ),
)
CASES: tuple[Case, ...] = (
    *conformance_jumps.CASES,
    *_SECURITY_PROVIDERS,
    *_USERS,
    *_REP_STATUSES,
    *_TEAMS,
    *_GROUP_POLICIES,
    *_VENDORS,
    *_VAULT,
    *_SCRIPTS,
    *_CONFIG,
)

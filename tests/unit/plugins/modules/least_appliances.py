"""The least that each module of BeyondTrust can be asked for on the small appliance, so that it
gets as far as asking it.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from tempfile import gettempdir

from tests.unit.documented import connected, documentation
from tests.unit.simulated import Simulated

NEVER = f"{gettempdir()}/never-written"  # as the runs that name it fail, or only foretell
_SERVERS = {"jump_group": "Servers", "comments": "Changed"}
_SCRIPT = {"name": "Uptime again", "operating_system": "Linux", "cmd": "sh", "script": "uptime"}
_WRITING = {
    "beyondtrust_config": {
        "config": {"jump_group": [{"name": "Plant Leeds", "comments": "Changed"}]}
    },
    "beyondtrust_jump_group": {"name": "Plant Leeds", "comments": "Changed"},
    "beyondtrust_jumpoint": {"name": "Leeds", "comments": "Changed"},
    "beyondtrust_jump_policy": {"display_name": "Ask First", "description": "Changed"},
    "beyondtrust_remote_rdp": {"name": "files", **_SERVERS},
    "beyondtrust_shell_jump": {"name": "sw-1", **_SERVERS},
    "beyondtrust_remote_vnc": {"name": "kiosk", "jump_group": "Plant Leeds", "comments": "Changed"},
    "beyondtrust_web_jump": {"name": "console", **_SERVERS},
    "beyondtrust_protocol_tunnel_jump": {"name": "stock", **_SERVERS},
    "beyondtrust_psql_tunnel_jump": {"name": "orders", **_SERVERS},
    "beyondtrust_mysql_tunnel_jump": {"name": "wiki", **_SERVERS},
    "beyondtrust_network_tunnel_jump": {"name": "line 1", **_SERVERS},
    "beyondtrust_jump_client": {"name": "till-1", "comments": "Changed"},
    "beyondtrust_jump_client_installer": {"name": "bars", "jump_group": "Servers"},
    "beyondtrust_security_provider": {"name": "Company Login", "available_groups": ["Night Shift"]},
    "beyondtrust_user": {"username": "a.keller", "public_display_name": "Changed"},
    "beyondtrust_rep_status": {"name": "Lunch", "display_as": "busy"},
    "beyondtrust_team": {"name": "Helpdesk", "comments": "Changed"},
    "beyondtrust_group_policy": {"name": "Partners", "perm_shell_jump": True},
    "beyondtrust_vendor": {"name": "Kälte Schmidt", "duration": 7, "administrators": ["a.keller"]},
    "beyondtrust_vendor_user": {
        "vendor": "Kälte Schmidt",
        "username": "k.schmidt",
        "public_display_name": "Changed",
    },
    "beyondtrust_vault_account_policy": {"name": "Rotate Monthly", "description": "Changed"},
    "beyondtrust_vault_account_group": {"name": "Leeds", "description": "Changed"},
    "beyondtrust_vault_account": {"name": "Switches", "description": "Changed"},
    "beyondtrust_automation_script": _SCRIPT,
    "beyondtrust_automation_job": {
        **_SCRIPT,
        "start_at": "2027-01-31T22:00:00+00:00",
        "endpoints": ["TILL-1"],
    },
    "beyondtrust_jump_approval": {
        "action": "request",
        "user": "a.keller",
        "jump_item_type": "shell_jump",
        "jump_item_id": 2,
    },
    "beyondtrust_provision": {"group_policies": ["Technicians"]},
    "beyondtrust_vault_account_check_out": {"name": "Leeds root"},
    "beyondtrust_vault_account_check_in": {"name": "Leeds root"},
    "beyondtrust_vault_account_rotation": {"name": "files administrator"},
    "beyondtrust_vault_endpoint_association": {"endpoint": "files", "remote_rdp": "files"},
    "beyondtrust_jump_client_installer_download": {
        "name": "tills",
        "platform": "linux-64",
        "dest": NEVER,
    },
    "beyondtrust_jumpoint_installer_download": {"jumpoint": "Leeds", "dest": NEVER},
    "beyondtrust_vendor_reactivation": {"vendor": "Kälte Schmidt"},
    "backup": {"platform": "beyondtrust", "directory": NEVER},
    "failover_role": {"role": "backup"},
    "jump_shortcut": {
        "kind": "shell_jump",
        "name": "sw-1",
        "group": "servers",
        "comments": "Changed",
    },
}
READERS = sorted(module for module in connected("beyondtrust") if module.endswith("_info"))
LEAST = {
    **_WRITING,
    **{
        module: {"approver": "a.keller"} if module == "beyondtrust_jump_approval_info" else {}
        for module in READERS
    },
}
"""Module -> its options."""


def product_of(module: str) -> str:
    """Return the product on which a module can be run."""
    return (
        "pra" if "Privileged Remote Access" in documentation(module)["short_description"] else "rs"
    )


def start(beyondtrust, module: str, **switches) -> Simulated:
    """Start a small appliance of the product on which a module can be run."""
    return beyondtrust(product_of(module), **switches)

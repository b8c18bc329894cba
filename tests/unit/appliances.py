"""A simulated BeyondTrust appliance with a site small enough to have in mind, and the connection
options to reach it.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import (
    BEYONDTRUST,
    CONNECTION,
    Backend,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.server import Server
from tests.simulator.beyondtrust import Appliance
from tests.simulator.serving import Running
from tests.unit.simulated import Simulated

CLIENT_ID = "0123456789abcdef0123456789abcdef01234567"
# A secret that looks different in a URL, in JSON and in a form, so that every form of it can be
# looked for.
CLIENT_SECRET = 's3/cr+et %41"ü&7'
PRODUCTS = ("rs", "pra")


def small_appliance(product: str = "rs") -> dict:
    """Return a seed: two jump groups, two jumpoints, four users, and one or two of every other kind
    that the product has.
    """
    config = {
        **_jumps(),
        **_people(),
        **_vault(),
        **_automation(),
        **(_of_rs() if product == "rs" else _of_pra()),
    }
    if product == "rs":
        for user in config["user"].values():
            user["private_display_name"] = user["public_display_name"]
    config["security-provider"] = {
        1: {"type": "local", "name": "Local"},
        2: {"type": "oidc" if product == "rs" else "ldap", "name": "Directory"},
    }
    if product == "pra":
        config["security-provider"][3] = {
            "type": "saml",
            "name": "Company Login",
            "available_groups": ["Staff"],
        }
    return {
        "hostname": "support.example.org",
        "accounts": {CLIENT_ID: {"name": "Ansible", "client_secret": CLIENT_SECRET}},
        "config": {
            collection: {str(number): record for number, record in records.items()}
            for collection, records in config.items()
        },
    }


def _jumps() -> dict[str, dict[int, dict]]:
    plant, servers = ({"jump_group_id": group, "jump_group_type": "shared"} for group in (1, 2))
    return {
        "jump-group": {
            1: {
                "name": "Plant Leeds",
                "code_name": "plant_leeds",
                "comments": "Ask the shift leader first.",
            },
            2: {"name": "Servers", "code_name": "servers"},
        },
        "jump-group/user": {
            1: {"_parent": 1, "user_id": 2, "jump_item_role_id": 2},
            2: {"_parent": 1, "user_id": 3, "jump_item_role_id": None},
        },
        "jumpoint": {
            1: {
                "name": "Leeds",
                "code_name": "jp_leeds",
                "platform": "linux-x86",
                "shell_jump_enabled": True,
                "comments": "In the cellar.",
            },
            2: {"name": "London", "code_name": "jp_london", "platform": "windows-x86"},
        },
        "jumpoint/user": {1: {"_parent": 1, "user_id": 2}},
        "jump-policy": {
            1: {
                "display_name": "Ask First",
                "code_name": "ask_first",
                "schedule_enabled": False,
                "ticket_id_required": True,
            },
            2: {
                "display_name": "Office Hours",
                "code_name": "office_hours",
                "description": "Monday to Friday.",
            },
        },
        # 1 stands for "as set elsewhere".
        "session-policy": {
            2: {"display_name": "Servers", "code_name": "session_servers"},
            3: {"display_name": "View Only", "code_name": "view_only"},
        },
        "jump-item/shell-jump": {
            1: {
                "name": "sw-1",
                "hostname": "10.1.0.1",
                "jumpoint_id": 1,
                **plant,
                "protocol": "ssh",
                "port": 22,
                "username": "netadmin",
                "tag": "switch",
            },
            2: {
                "name": "sw-1",
                "hostname": "10.2.0.1",
                "jumpoint_id": 1,
                **servers,
                "protocol": "telnet",
                "port": 23,
                "jump_policy_id": 1,
            },
            3: {
                "name": "sw-2",
                "hostname": "10.1.0.2",
                "jumpoint_id": 1,
                "jump_group_id": 2,
                "jump_group_type": "personal",
                "protocol": "ssh",
                "port": 22,
            },
        },
        "jump-item/remote-rdp": {
            1: {
                "name": "files",
                "hostname": "10.2.0.2",
                "jumpoint_id": 2,
                **servers,
                "rdp_username": "helpdesk",
                "domain": "EXAMPLE",
                "comments": "Never restart.",
                "session_policy_id": 2,
            },
        },
        "jump-item/remote-vnc": {
            1: {"name": "kiosk", "hostname": "10.1.0.3", "jumpoint_id": 1, **plant}
        },
        "jump-client": {
            1: {
                "name": "till-1",
                "hostname": "TILL-1",
                "fqdn": "till-1.example.org",
                **plant,
                "tag": "shop",
                "operating_system": "Windows 11 Pro",
                "private_ip": "10.1.0.4",
                "public_ip": "192.0.2.1",
            },
            2: {
                "name": "till-2",
                "hostname": "TILL-2",
                "fqdn": "till-2.example.org",
                **servers,
                "operating_system": "Windows 11 Pro",
            },
        },
        "jump-client/installer": {
            1: {
                "name": "tills",
                **plant,
                "tag": "shop",
                "installer_id": "0123456789abcdef0123456789abcdef",
            }
        },
    }


def _people() -> dict[str, dict[int, dict]]:
    return {
        "user": {
            1: {
                "security_provider_id": 1,
                "username": "admin",
                "public_display_name": "Administrator",
                "perm_admin": True,
            },
            2: {
                "security_provider_id": 1,
                "username": "a.keller",
                "public_display_name": "Anna Keller",
                "email_address": "a.keller@example.org",
                "failed_logins": 3,
                "_password": "the password of Anna",
            },
            3: {
                "security_provider_id": 1,
                "username": "b.okafor",
                "public_display_name": "Bilal Okafor",
                "enabled": False,
            },
            4: {
                "security_provider_id": 2,
                "username": "c.soares",
                "public_display_name": "Caio Soares",
            },
        },
        "team": {
            1: {"name": "Helpdesk", "code_name": "helpdesk", "comments": "First line."},
            2: {"name": "Field Service", "code_name": "field_service"},
        },
        "team/user": {
            1: {"_parent": 1, "team_id": 1, "user_id": 2, "role": "lead"},
            2: {"_parent": 1, "team_id": 1, "user_id": 3, "role": "member"},
        },
        "group-policy": {
            1: {"name": "Technicians", "perm_shell_jump": True},
            2: {"name": "Partners"},
        },
        "group-policy/member": {
            1: {"_parent": 1, "security_provider_id": 1, "user_id": 2},
            2: {"_parent": 1, "security_provider_id": 2, "user_id": 4},
        },
        "group-policy/jump-group": {1: {"_parent": 1, "jump_group_id": 1, "jump_item_role_id": 3}},
        "group-policy/jumpoint": {1: {"_parent": 1, "jumpoint_id": 1}},
        "group-policy/team": {1: {"_parent": 1, "team_id": 1, "role": "member"}},
        "group-policy/vault-account": {1: {"_parent": 1, "account_id": 1, "role": "inject"}},
        "group-policy/vault-account-group": {
            1: {"_parent": 1, "account_group_id": 2, "role": "inject_and_checkout"}
        },
    }


def _vault() -> dict[str, dict[int, dict]]:
    return {
        "vault/account-group": {
            1: {"name": "Default Account Group"},
            2: {"name": "Leeds", "description": "Root and administrator."},
        },
        "vault/account-group/user": {1: {"_parent": 2, "user_id": 2, "role": "inject"}},
        "vault/account-policy": {
            1: {"name": "Default Account Policy", "code_name": "default_account_policy"},
            2: {
                "name": "Rotate Monthly",
                "code_name": "rotate_monthly",
                "scheduled_password_rotation": True,
                "maximum_password_age": 30,
            },
        },
        "vault/endpoint": {1: {"name": "files", "hostname": "files.example.org"}},
        "vault/account": {
            1: {
                "type": "username_password",
                "name": "Leeds root",
                "username": "root",
                "_password": "the password of root",
                "account_group_id": 2,
                "account_policy": "rotate_monthly",
                "description": "For the servers.",
            },
            2: {"type": "opaque_token", "name": "Switches", "_token": "the token of the switches"},
            3: {
                "type": "windows_local",
                "name": "files administrator",
                "username": "administrator",
                "endpoint_id": 1,
            },
        },
        "vault/account/user": {1: {"_parent": 1, "user_id": 2, "role": "inject"}},
    }


def _automation() -> dict[str, dict[int, dict]]:
    return {
        "endpoint-automation/resource": {
            1: {
                "file_name": "agent.msi",
                "file_size": 1024,
                "display_url": "https://support.example.org/agent.msi",
            }
        },
        "endpoint-automation/script": {
            1: {
                "name": "Uptime",
                "cmd": "sh",
                "script": "uptime",
                "operating_system": "Linux",
                "resource_ids": [],
            },
        },
    }


def _of_rs() -> dict[str, dict[int, dict]]:
    return {
        "public-portal": {
            1: {"name": "Default", "addresses": ["support.example.org"]},
            2: {"name": "Partners", "addresses": []},
        },
        "rep-status": {1: {"name": "Lunch", "code_name": "lunch", "display_as": "away"}},
    }


def _of_pra() -> dict[str, dict[int, dict]]:
    place = {"jumpoint_id": 1, "jump_group_id": 2, "jump_group_type": "shared"}
    return {
        "jump-item/web-jump": {1: {"name": "console", "url": "https://10.2.0.3/", **place}},
        "jump-item/protocol-tunnel-jump": {
            1: {"name": "stock", "hostname": "10.2.0.4", "tunnel_definitions": "5432;5432", **place}
        },
        "jump-item/psql-tunnel-jump": {
            1: {
                "name": "orders",
                "hostname": "10.2.0.5",
                "username": "reader",
                "database": "orders",
                **place,
            }
        },
        "jump-item/mysql-tunnel-jump": {1: {"name": "wiki", "hostname": "10.2.0.6", **place}},
        "jump-item/network-tunnel-jump": {
            1: {
                "name": "line 1",
                "filter_rules": [
                    {
                        "ip_addresses": {"cidr": "10.3.0.0/24"},
                        "protocol": "TCP",
                        "ports": {"list": [502]},
                    }
                ],
                **place,
            },
        },
        "vendor": {1: {"name": "Kälte Schmidt", "default_policy": 2, "account_expiration": 90}},
        "vendor/user": {
            1: {
                "_parent": 1,
                "username": "k.schmidt",
                "public_display_name": "Karl Schmidt",
                "email_address": "k.schmidt@example.com",
                "_password": "the password of Karl",
            },
        },
    }


def reach(
    appliance: Appliance,
    running: Running,
    shared_directory: Path,
    expected_violations: tuple[str, ...] = (),
) -> Simulated:
    """Return a running appliance with the options of the modules that manage it, at a pace that
    costs no time.
    """
    client_id, account = next(iter(appliance.site["accounts"].items()))
    options = {
        "url": running.url,
        "client_id": client_id,
        "client_secret": account["client_secret"],
        "ca_path": running.ca_path,
        "shared_directory": str(shared_directory),
        "requests_per_second": 1000,
        "retries": 0,
    }
    return Simulated(
        appliance, running, options, set(secrets_of(appliance.site)), expected_violations
    )


def options_of(simulated: Simulated, **options) -> dict:
    """Return every connection option, as a module has them."""
    return {
        **{name: option.get("default") for name, option in CONNECTION.items()},
        **simulated.options,
        **options,
    }


@contextmanager
def backend(
    simulated: Simulated, read_only: bool = False, session: dict | None = None, **options
) -> Iterator[Backend]:
    """Give a backend with the appliance's connection options, and close it; ``session`` are
    arguments of its session.
    """
    opened = BEYONDTRUST.connect(
        options_of(simulated, **options).__getitem__, read_only, **(session or {})
    )
    try:
        yield opened
    finally:
        opened.session.close()


@contextmanager
def reader(simulated: Simulated) -> Iterator[Server]:
    """Give the appliance as named objects, over a session that cannot write."""
    with backend(simulated, read_only=True) as opened:
        yield Server(opened, BEYONDTRUST.resources)


def secrets_of(site: dict) -> Iterator[str]:
    """Yield the secrets that an appliance keeps: those of its API accounts, and what it stores and
    never shows.
    """
    for account in site["accounts"].values():
        yield account["client_secret"]
    for collection, records in site["config"].items():
        if not collection.startswith("_"):
            for record in records.values():
                yield from (
                    value
                    for name, value in record.items()
                    if name.startswith("_") and isinstance(value, str) and value
                )

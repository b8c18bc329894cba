"""A believable company's BeyondTrust appliance: that of Harrow & Finch, with the machines and
people of its SimpleHelp server.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Iterable

from ..clock import START_MS
from ..company import company as machines_and_people
from .site import CLIENT_ID, CLIENT_SECRET

READER_ID = "a17d0e4c5b3f42968877665544332211ffeeddcc"
READER_SECRET = "reader-secret"
"""A second account, which may only read commands and reports and has no access to the vault."""

_CITIES = {  # by the prefix of machine names: the city, its code name
    "LDN": ("London", "london"),
    "LDS": ("Leeds", "leeds"),
    "BRS": ("Bristol", "bristol"),
    "DUB": ("Dublin", "dublin"),
    "ORK": ("Cork", "cork"),
    "HAM": ("Hamburg", "hamburg"),
    "MUC": ("München", "muenchen"),
    "UTC": ("Utrecht", "utrecht"),
}
_MORE_GROUPS = (
    {
        "name": "Network Equipment",
        "code_name": "network",
        "comments": "Switches and firewalls of all sites.",
    },
    {
        "name": "Cold Chain",
        "code_name": "cold_chain",
        "comments": "Never restart between 22:00 and 05:00.",
    },
    # Without a code name no import can reach it.
    {"name": "Unsorted", "code_name": "", "comments": None},
)
_JUMP_POLICIES = (
    {
        "display_name": "Office Hours",
        "code_name": "office_hours",
        "schedule_enabled": False,
        "description": "Monday to Friday.",
    },
    {
        "display_name": "Ask First",
        "code_name": "ask_first",
        "schedule_enabled": False,
        "ticket_id_required": True,
    },
    {
        "display_name": "Two Factors",
        "code_name": "two_factors",
        "schedule_enabled": False,
        "two_factor_challenge_required": True,
    },
    {
        "display_name": "One at a Time",
        "code_name": "one_at_a_time",
        "schedule_enabled": False,
        "simultaneous_jumps": "disallow",
    },
)
_SESSION_POLICIES = ("Servers", "Workstations", "View Only")
_TEAMS = ("Helpdesk", "Field Service", "Warehouse Systems", "Network Operations")
_NETWORK, _COLD_CHAIN, _UNSORTED = len(_CITIES) + 1, len(_CITIES) + 2, len(_CITIES) + 3
_DISCOVERED = "UTC-DSP-000"  # the machine whose administrator the vault has found
LOCAL = 1
"""The security provider of the users that the appliance keeps itself."""


def company(product: str = "rs", jump_items: int = 200, now_ms: int = START_MS) -> dict:
    """The seed of the company's appliance at a time, in the shape that README.md describes; equal
    for equal arguments.

    `jump_items` is the number of items of the kinds that the Configuration API shows; the others
    come on top.
    """
    park = machines_and_people(machines=jump_items, technicians=24)
    machines, people = list(park["machines"].values()), list(park["technicians"].items())
    config = {
        **_groups_and_policies(product),
        **_people(product, people),
        **_vault(),
        **_automation(machines),
    }
    config["security-provider"] = {str(LOCAL): {"type": "local", "name": "Local"}}
    items: dict[str, list[dict]] = {}
    for number, machine in enumerate(machines):
        kind, item = _jump_item(product, number, machine)
        items.setdefault(f"jump-item/{kind}", []).append(item)
    config |= {collection: _numbered(each) for collection, each in items.items()}
    config["jump-client"] = _numbered(
        _jump_client(number, machine) for number, machine in enumerate(machines[3:60:5])
    )
    if product == "pra":
        config["security-provider"] = _numbered(
            [
                {"type": "local", "name": "Local"},
                {"type": "saml", "name": "Company Login", "available_groups": ["Technicians"]},
            ]
        )
        config["vendor"] = _numbered(
            [{"name": "Kälte Schmidt GmbH", "default_policy": 3, "account_expiration": 90}]
        )
        config["vendor/user"] = _below(
            {
                1: [
                    {
                        "username": "h.brandner",
                        "public_display_name": "Horst Brandner",
                        "email_address": "h.brandner@kaelte-schmidt.example",
                        "account_expiration": "2025-03-01T00:00:00+00:00",
                    }
                ]
            }
        )
    return {
        "product": product,
        "now_ms": now_ms,
        "hostname": {"rs": "support.harrow-finch.example", "pra": "access.harrow-finch.example"}[
            product
        ],
        "company_name": "harrowfinch",
        "accounts": {
            CLIENT_ID: {"name": "Ansible", "client_secret": CLIENT_SECRET},
            READER_ID: {
                "name": "Monitoring",
                "client_secret": READER_SECRET,
                "permissions": {
                    "perm_command": "read_only",
                    "perm_configuration": 1,
                    "perm_reporting_license": 1,
                },
            },
        },
        "health": {
            "failover_role": "primary",
            "enabled_shared_ips": ["192.0.2.10"],
            "last_data_sync_ms": now_ms - 3_600_000,
            "last_data_sync_status": "Success",
        },
        "peers": [
            {
                "guid": "7d5e9f0a1b2c3d4e5f60718293a4b5c6",
                "public_hostname": f"{product}-b.harrow-finch.example",
                "failover_role": "backup",
            }
        ],
        "clients": list(_clients(people, machines, now_ms)),
        "shortcuts": list(_shortcuts(product, machines)),
        "config": config,
    }


def _numbered(records: Iterable[dict]) -> dict[str, dict]:
    return {str(number): record for number, record in enumerate(records, 1)}


def _below(collection_of: dict[int, Iterable[dict]]) -> dict[str, dict]:
    """Records of a collection that hang on parents, by the parents' ids."""
    return _numbered(
        {"_parent": parent, **record}
        for parent, records in collection_of.items()
        for record in records
    )


def _code_name(name: str) -> str:
    return name.lower().replace(" ", "_").replace("ü", "ue")


def _groups_and_policies(product: str) -> dict:
    groups = [
        {"name": city, "code_name": code_name, "comments": f"Machines in {city}."}
        for city, code_name in _CITIES.values()
    ]
    jumpoints = [
        {
            "name": f"{city} Jumpoint",
            "code_name": f"jp_{code_name}",
            "platform": "linux-x86" if prefix in ("HAM", "UTC") else "windows-x86",
            "enabled": prefix != "ORK",
            "shell_jump_enabled": True,
            "connected": prefix != "LDS",
        }
        for prefix, (city, code_name) in _CITIES.items()
    ]
    return {
        "jump-group": _numbered([*groups, *_MORE_GROUPS]),
        "jumpoint": _numbered(jumpoints),
        "jump-policy": _numbered(_JUMP_POLICIES),
        # 1 stands for "as set elsewhere", so the policies of the company begin with 2.
        "session-policy": {
            str(number): {"display_name": name, "code_name": _code_name(name)}
            for number, name in enumerate(_SESSION_POLICIES, 2)
        },
        **(
            {
                "rep-status": _numbered(
                    [{"name": "Lunch", "code_name": "lunch", "display_as": "away"}]
                )
            }
            if product == "rs"
            else {}
        ),
        **(
            {
                "public-portal": _numbered(
                    [{"name": "Default", "addresses": ["support.harrow-finch.example"]}]
                )
            }
            if product == "rs"
            else {}
        ),
    }


def _people(product: str, people: list[tuple[str, dict]]) -> dict:
    users = []
    for username, person in people:
        user = {
            "security_provider_id": LOCAL,
            "username": username,
            "public_display_name": person["displayName"],
            "email_address": person.get("emailAddress", f"{username}@harrow-finch.example"),
            "enabled": person.get("enabled", True),
            "perm_admin": len(users) < 2,
        }
        if product == "rs":
            user |= {
                "private_display_name": person["displayName"],
                "display_number": 100 + len(users),
            }
        users.append(user)
    policies = [{"name": name} for name in ("Administrators", "Technicians", "Partners")]
    members = {1: range(1, 3), 2: range(3, 20), 3: range(20, 23)}
    return {
        "user": _numbered(users),
        "team": _numbered(
            {"name": name, "code_name": _code_name(name), "comments": None} for name in _TEAMS
        ),
        "team/user": _below(
            {
                team: [
                    {
                        "team_id": team,
                        "user_id": user,
                        "role": "manager" if user < 3 else "lead" if user < 7 else "member",
                    }
                    for user in range(team, 21, len(_TEAMS))
                ]
                for team in range(1, len(_TEAMS) + 1)
            }
        ),
        "group-policy": _numbered(policies),
        "group-policy/member": _below(
            {
                policy: [{"security_provider_id": LOCAL, "user_id": user} for user in users]
                for policy, users in members.items()
            }
        ),
        "group-policy/jump-group": _below(
            {
                2: [
                    {"jump_group_id": group, "jump_item_role_id": 0}
                    for group in range(1, len(_CITIES) + 1)
                ]
            }
        ),
        "group-policy/jumpoint": _below(
            {2: [{"jumpoint_id": jumpoint} for jumpoint in range(1, len(_CITIES) + 1)]}
        ),
        "jump-group/user": _below(
            {
                _COLD_CHAIN: [
                    {"user_id": 4, "jump_item_role_id": 2},
                    {"user_id": 5, "jump_item_role_id": 3},
                ]
            }
        ),
    }


def _vault() -> dict:
    return {
        "vault/account-group": _numbered(
            [
                {"name": "Default Group", "description": ""},
                {"name": "Servers", "description": "Root and administrator."},
                {"name": "Network Equipment"},
            ]
        ),
        "vault/account-policy": _numbered(
            [
                {
                    "name": "Rotate Monthly",
                    "code_name": "rotate_monthly",
                    "auto_rotate_credentials": True,
                    "allow_simultaneous_checkout": False,
                    "scheduled_password_rotation": True,
                    "maximum_password_age": 30,
                },
            ]
        ),
        "vault/account": _numbered(
            [
                {
                    "type": "username_password",
                    "name": f"{city} administrator",
                    "username": f"adm-{code_name}",
                    "_password": f"password-of-{code_name}",
                    "description": f"For the servers in {city}.",
                    "account_group_id": 2,
                    "account_policy": "rotate_monthly",
                }
                for city, code_name in _CITIES.values()
            ]
            + [
                {
                    "type": "opaque_token",
                    "name": "Switch management",
                    "_token": "token-of-the-switches",
                    "description": "",
                    "account_group_id": 3,
                },
                {
                    "type": "windows_local",
                    "name": f"{_DISCOVERED} administrator",
                    "username": "Administrator",
                    "_password": f"password-of-{_DISCOVERED}",
                    "description": "",
                    "account_group_id": 2,
                    "endpoint_id": 1,
                },
            ]
        ),
        "vault/endpoint": _numbered(
            [
                {
                    "name": _DISCOVERED,
                    "hostname": "10.40.0.4",
                    "operating_system": "Windows 11 Pro",
                    "description": "",
                }
            ]
        ),
    }


def _automation(machines: list[dict]) -> dict:
    systems = {"Ubuntu": "Linux", "mac": "Mac"}
    return {
        "endpoint-automation/resource": _numbered(
            [
                {
                    "file_name": "labels.zip",
                    "file_size": 482_113,
                    "display_url": "https://support.harrow-finch.example/automation/1",
                },
            ]
        ),
        "endpoint-automation/script": _numbered(
            [
                {
                    "name": "Uptime",
                    "description": "",
                    "tag": "",
                    "cmd": "sh",
                    "script": "uptime",
                    "operating_system": "Linux",
                    "resource_ids": [],
                },
            ]
        ),
        "endpoint-automation/endpoint": _numbered(
            {
                "hostname": machine["hostname"],
                "names": [machine["name"]],
                "tags": [],
                "private_ip": machine["ipAddresses"][0]["ip"],
                "operating_system_type": next(
                    (
                        system
                        for start, system in systems.items()
                        if machine["os"].startswith(start)
                    ),
                    "Windows",
                ),
                "public_ip": machine["wanIP"],
                "is_active": True,
                "jump_group_id": [list(_CITIES).index(machine["hostname"][:3].upper()) + 1],
            }
            for machine in machines[:12]
        ),
    }


def _jump_item(product: str, number: int, machine: dict) -> tuple[str, dict]:
    """The kind and the record of the item that leads to a machine, by its system; every twentieth
    is a switch in place of it.
    """
    prefix = machine["hostname"][:3].upper()
    site = list(_CITIES).index(prefix) + 1
    item = {
        "name": machine["name"],
        "hostname": machine["ipAddresses"][0]["ip"],
        "jumpoint_id": site,
        "jump_group_id": site,
        "jump_group_type": "shared",
        "tag": machine["groups"][2] if len(machine["groups"]) > 2 else "",
        "comments": "",
        "jump_policy_id": number % 5 or None,
    }
    if item["tag"] == "Cold Store":
        item |= {"jump_group_id": _COLD_CHAIN, "jump_policy_id": 2}
    elif not machine["groups"]:
        item["jump_group_id"] = _UNSORTED
    if number % 20 == 7:
        item |= {
            "name": f"sw-{prefix.lower()}-{number:03d}",
            "jump_group_id": _NETWORK,
            "tag": "switch",
            "session_policy_id": 2,
        }
        telnet = number % 40 == 7
        return "shell-jump", {
            **item,
            "protocol": "telnet" if telnet else "ssh",
            "port": 23 if telnet else 22,
            "username": "netadmin",
        }
    if product == "pra" and number % 20 == 11:
        del item["hostname"]
        return "web-jump", {
            **item,
            "url": f"https://{machine['ipAddresses'][0]['ip']}/",
            "name": f"Console of {machine['name']}",
        }
    if product == "pra" and number % 20 == 17:
        return "protocol-tunnel-jump", {
            **item,
            "tunnel_definitions": "5432;5432",
            "username": "",
            "database": "",
        }
    if number % 50 == 29:
        # The list of the user with this id.
        item |= {"jump_group_id": 3, "jump_group_type": "personal"}
    system = machine["os"]
    if system.startswith("Ubuntu"):
        return "shell-jump", {
            **item,
            "protocol": "ssh",
            "port": 22,
            "username": "svc-ansible",
            "session_policy_id": 2,
            "keep_alive": 60,
        }
    if system.startswith("mac"):
        return "remote-vnc", {**item, "port": 5900}
    return "remote-rdp", {
        **item,
        "rdp_username": "helpdesk",
        "domain": "HARROWFINCH",
        "session_policy_id": 2 if "Server" in system else 3,
    }


def _jump_client(number: int, machine: dict) -> dict:
    return {
        "name": machine["name"],
        "hostname": machine["hostname"],
        "fqdn": f"{machine['hostname']}.harrow-finch.example",
        "jump_group_id": list(_CITIES).index(machine["hostname"][:3].upper()) + 1,
        "jump_group_type": "shared",
        "tag": "",
        "comments": "",
        "operating_system": machine["os"],
        "private_ip": machine["ipAddresses"][0]["ip"],
        "public_ip": machine["wanIP"],
        "connection_type": "uninstalled"
        if number == 5
        else "passive"
        if number % 4 == 3
        else "active",
        "console_user": "",
    }


def _shortcuts(product: str, machines: list[dict]) -> Iterable[dict]:
    """Shortcuts of the kinds that no Configuration API shows; the first two have the same name."""
    kinds = (
        ("local_jump", "remote_jump", "local_rdp", "local_vnc", "vpro")
        if product == "rs"
        else ("local_jump", "remote_jump")
    )
    for number, machine in enumerate(machines[:60:6]):
        kind = kinds[number % len(kinds)] if number > 1 else "local_jump"
        site = list(_CITIES).index(machine["hostname"][:3].upper()) + 1
        shortcut = {
            "kind": kind,
            "name": machine["name"] if number > 1 else "Stocktake terminal",
            "hostname": machine["hostname"],
            "jump_group_id": site,
            "jump_group_type": "shared",
            "tag": "",
            "comments": "",
        }
        yield shortcut | ({"jumpoint_id": site} if kind in ("remote_jump", "vpro") else {})


def _clients(people: list[tuple[str, dict]], machines: list[dict], now_ms: int) -> Iterable[dict]:
    events = [{"ts": now_ms // 1000 - 1800, "text": "Client connected"}]
    for number, (username, person) in enumerate(people[:4]):
        machine = machines[number * 3 % len(machines)]
        yield {
            "type": "representative",
            "id": 101 + number,
            "hostname": machine["hostname"],
            "platform": {"id": "winNT-64", "name": machine["os"]},
            "connected_since_ms": now_ms - 1_800_000,
            "private_ip": machine["ipAddresses"][0]["ip"],
            "events": events,
            "attributes": {
                "user_id": number + 1,
                "type": "Normal",
                "username": username,
                "public_display_name": person["displayName"],
                "private_display_name": person["displayName"],
                "start_session_url": f"https://support.harrow-finch.example/?rep={number + 1}",
                "presentation_count": 0,
                "support_session_count": int(number == 0),
                "showing_on_rep_list": 1,
                "routing_idle": 0,
                "routing_busy": 0,
                "routing_enabled": 1,
                "routing_available": int(number != 0),
                "support_license": "full",
                "support_session_ids": ["da4b510978a541d49398e88c66e28475"] if number == 0 else [],
            },
        }
    yield {
        "type": "support_customer",
        "id": 201,
        "hostname": "PRACTICE-07",
        "platform": {"id": "winNT-64", "name": "Windows 11 Pro"},
        "private_ip": "192.168.1.9",
        "events": events,
        "attributes": {"name": "Ashdown Vets", "lsid": "da4b510978a541d49398e88c66e28475"},
    }
    for number, (city, code_name) in enumerate(_CITIES.values()):
        yield {
            "type": "push_agent",
            "id": 301 + number,
            "hostname": f"jump-{code_name}",
            "platform": {"id": "winNT-64", "name": "Windows Server 2022"},
            "connected_since_ms": now_ms - 86_400_000,
            "private_ip": f"10.{10 + number}.0.5",
            "events": events,
            "attributes": {"name": f"{city} Jumpoint"},
        }

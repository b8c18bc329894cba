"""The state of a simulated BeyondTrust appliance as one JSON-able dict, and how a seed becomes a
complete one.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import hashlib
import ipaddress
import pickle

from ..clock import START_MS
from .configuration import complete_store

PRODUCTS = ("rs", "pra")

CLIENT_ID = "5f1c0d3a9be2478690c1d2e3f4a5b6c7d8e9f001"
CLIENT_SECRET = "simulated-secret"
"""The one API account of an appliance whose seed names none; it may do everything."""

PERMISSIONS = {
    "rs": (
        "perm_backup",
        "perm_command",
        "perm_configuration",
        "perm_configuration_vault_account",
        "perm_ecm",
        "perm_real_time_state",
        "perm_reporting_archive",
        "perm_reporting_jump_item",
        "perm_reporting_license",
        "perm_reporting_presentation",
        "perm_reporting_support",
        "perm_reporting_syslog",
        "perm_reporting_vault",
        "perm_vault_backup",
    ),
    "pra": (
        "perm_backup",
        "perm_command",
        "perm_configuration",
        "perm_configuration_vault_account",
        "perm_ecm",
        "perm_reporting_jump_item",
        "perm_reporting_license",
        "perm_reporting_support",
        "perm_reporting_syslog",
        "perm_reporting_vault",
        "perm_scim",
        "perm_vault_backup",
    ),
}
"""The permissions of an API account: the guide's for RS, for PRA those that its Configuration API
shows.
"""

PERMISSIONS_SINCE = {"perm_reporting_jump_item": (24, 3), "perm_reporting_syslog": (23, 2)}
"""Since which version an account is told to have permissions that the guide does not list; that of
the syslog is a guess.
"""

_COMMAND_ACCESS = ("deny", "read_only", "full_access")
_HEALTH = {
    "success": True,
    "error_message": None,
    "failover_role": "none",
    "enabled_shared_ips": [],
    "last_data_sync_ms": None,
    "last_data_sync_status": None,
    "peer_reachable": True,
    "pending_role": None,
    "restarting_until_ms": None,
    "sync_failure": None,
    "flapping": None,
    "dies": None,
    "falls": None,
    "down": None,
}
_ROLES = ("none", "primary", "backup")
_CLIENT = {
    "platform": {"id": "", "name": ""},
    "timezone_offset": 0,
    "private_ip": "",
    "events": [],
    "attributes": {},
}
CLIENT_TYPES = ("representative", "support_customer", "presentation_attendee", "push_agent")


def copy(value):
    """A deep copy, several times faster than copy.deepcopy for a large site."""
    return pickle.loads(pickle.dumps(value, -1))


def complete(seed: dict | None, product: str, version: str) -> dict:
    """A whole site from a seed that may leave out whatever is not of interest.

    `product` and `version` hold where the seed names none. README.md describes the shape. Raises
    ValueError where the seed has a name or a value that the shape does not know.
    """
    seed = copy(seed or {})
    product, version = seed.pop("product", product), seed.pop("version", version)
    if product not in PRODUCTS:
        raise ValueError(f"product must be one of {', '.join(PRODUCTS)}, not {product!r}")
    if not all(part.isdecimal() for part in version.split(".")) or "." not in version:
        raise ValueError(f"version must be numbers with dots, not {version!r}")
    hostname = seed.pop(
        "hostname", {"rs": "support.example.org", "pra": "access.example.org"}[product]
    )
    accounts = seed.pop(
        "accounts", {CLIENT_ID: {"name": "Simulated", "client_secret": CLIENT_SECRET}}
    )
    site = {
        "product": product,
        "version": version,
        "now_ms": seed.pop("now_ms", START_MS),
        "hostname": hostname,
        "company_name": seed.pop("company_name", "exampleco"),
        "accounts": {
            client_id: _account(client_id, given, product) for client_id, given in accounts.items()
        },
        "health": complete_health(seed.pop("health", {}), hostname),
        "peers": seed.pop("peers", []),
        "clients": [_client(given) for given in seed.pop("clients", [])],
        "shortcuts": seed.pop("shortcuts", []),
        "backups": seed.pop("backups", 0),
    }
    site["config"] = complete_store(seed.pop("config", {}), product, version)
    if seed:
        raise ValueError(f"a site has no {', '.join(seed)}")
    return site


def _account(client_id: str, given: dict, product: str) -> dict:
    """An API account. One without permissions may do everything; otherwise what is not given is
    denied.
    """
    names = PERMISSIONS[product]
    permissions = given.get("permissions")
    if permissions is None:
        permissions = {name: "full_access" if name == "perm_command" else 1 for name in names}
    else:
        permissions = {
            name: "deny" if name == "perm_command" else 0 for name in names
        } | permissions
    unknown = [name for name in permissions if name not in names]
    if unknown:
        raise ValueError(f"an API account of {product.upper()} has no {', '.join(unknown)}")
    for name, value in permissions.items():
        if value not in (_COMMAND_ACCESS if name == "perm_command" else (0, 1)):
            raise ValueError(f"{name} cannot be {value!r}")
    account = {
        "name": client_id,
        "enabled": True,
        "ip_addresses": [],
        **given,
        "permissions": permissions,
    }
    unknown = account.keys() - {"name", "client_secret", "enabled", "ip_addresses", "permissions"}
    if unknown or "client_secret" not in account:
        raise ValueError(
            f"an API account has a client_secret and no {', '.join(sorted(unknown)) or 'other secret'}"
        )
    for network in account["ip_addresses"]:
        ipaddress.ip_network(network, strict=False)
    return account


def complete_health(given: dict, hostname: str) -> dict:
    """A whole health from what a seed says of it. Raises ValueError where it has a name or a role
    that the shape does not know.
    """
    health = {
        "guid": hashlib.md5(hostname.encode(), usedforsecurity=False).hexdigest(),
        **copy(_HEALTH),
        **given,
    }
    unknown = health.keys() - {"guid", *_HEALTH}
    if unknown:
        raise ValueError(f"an appliance's health has no {', '.join(sorted(unknown))}")
    if health["failover_role"] not in _ROLES:
        raise ValueError(
            f"failover_role must be one of {', '.join(_ROLES)}, not {health['failover_role']!r}"
        )
    return health


def _client(given: dict) -> dict:
    client = {**copy(_CLIENT), "connected_since_ms": START_MS, **given}
    unknown = client.keys() - {*_CLIENT, "type", "id", "hostname", "connected_since_ms"}
    if unknown or not {"type", "id", "hostname"} <= client.keys():
        raise ValueError(
            f"a connected client has type, id and hostname and no {', '.join(sorted(unknown)) or 'others'}"
        )
    if client["type"] not in CLIENT_TYPES:
        raise ValueError(
            f"the type of a connected client must be one of {', '.join(CLIENT_TYPES)}, not {client['type']!r}"
        )
    return client

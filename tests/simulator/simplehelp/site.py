"""The state of a simulated SimpleHelp server as one JSON-able dict, and how a seed becomes a
complete one.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pickle

from ..clock import START_MS
from .answers import Refused
from .shapes import GROUP, TECHNICIAN, fit

PERMISSIONS = (
    "canAccessRemoteServices",
    "canChat",
    "canElevateSession",
    "canInviteTechnicians",
    "canManageAlerts",
    "canManageRemoteServices",
    "canRebootMachines",
    "canRecordSessions",
    "canRunTools",
    "canShareSessions",
    "canTransferFiles",
    "canTunnelApplications",
    "canUseTerminal",
    "canViewHistory",
    "canViewMonitoring",
)
"""The names of the permissions. The document prints only canRunTools; the others are invented."""

NESTED_DEFAULTS = {
    "ldapSettings": {"enabled": False, "advanced": False, "memberOfGroups": []},
    "mfaSettings": {"email": False, "app": False, "emailCodeLength": 6, "rememberMachine": False},
    "passwordSettings": {"enabled": False},
}
"""What a group's settings objects hold when nothing was set. A guess; Strings have no value until
they are set.
"""

EMPTY_MACHINE_GROUP = {"properties": {}, "groups": {}}

_NEARLY_EMPTY = {
    "technicians": {"admin": {"displayName": "Administrator", "groupIDs": [1]}},
    "groups": {"Administrators": {"uniqueID": 1, "permissions": dict.fromkeys(PERMISSIONS, True)}},
}
_LISTS = (
    "restrictions",
    "history",
    "alerts",
    "support_queue",
    "support_sessions",
    "access_sessions",
    "backups",
)
_TECHNICIAN_EXTRAS = ("password", "password_sets", "totp", "totp_removals")
_GROUP_EXTRAS = ("password", "password_sets", "permissions")


def copy(value):
    """A deep copy, several times faster than copy.deepcopy for a site of 100,000 machines."""
    return pickle.loads(pickle.dumps(value, -1))


def complete(seed: dict | None) -> dict:
    """A whole site from a seed that may leave out whatever is not of interest; None stands for a
    nearly empty server.

    README.md describes the shape. Raises ValueError where the seed has a name or a type that the
    shape does not know.
    """
    seed = copy(_NEARLY_EMPTY if seed is None else seed)
    site = {
        "now_ms": seed.pop("now_ms", START_MS),
        "hostname": seed.pop("hostname", "support.example.org"),
        "last_technician_id": seed.pop("last_technician_id", 0),
        "last_group_id": seed.pop("last_group_id", 0),
        "groups": {},
        "technicians": {},
        "machines": {},
        "machine_groups": _machine_groups(seed.pop("machine_groups", {})),
        **{name: seed.pop(name, []) for name in _LISTS},
    }
    _number(site, "last_group_id", seed.get("groups", {}))
    _number(site, "last_technician_id", seed.get("technicians", {}))
    for name, given in seed.pop("groups", {}).items():
        _check(f"groups[{name!r}]", given, GROUP, _GROUP_EXTRAS)
        site["groups"][name] = new_group({**given, "name": name})
    for name, given in seed.pop("technicians", {}).items():
        _check(f"technicians[{name!r}]", given, TECHNICIAN, _TECHNICIAN_EXTRAS)
        site["technicians"][name] = new_technician({**given, "username": name})
    for machine_id, given in seed.pop("machines", {}).items():
        site["machines"][machine_id] = new_machine({**given, "machineID": machine_id})
    for path in dict.fromkeys(tuple(machine["groups"]) for machine in site["machines"].values()):
        level = site["machine_groups"]
        for name in path:
            level = level.setdefault(name, copy(EMPTY_MACHINE_GROUP))["groups"]
    if seed:
        raise ValueError(f"a site has no {', '.join(seed)}")
    return site


def _machine_groups(given: dict) -> dict:
    """The tree of machine groups with what a seed leaves out."""
    return {
        name: {
            "properties": node.get("properties", {}),
            "groups": _machine_groups(node.get("groups", {})),
        }
        for name, node in given.items()
    }


def _number(site: dict, counter: str, objects: dict) -> None:
    site[counter] = max([site[counter], *(each.get("uniqueID", 0) for each in objects.values())])
    for each in objects.values():
        if "uniqueID" not in each:
            each["uniqueID"] = next_id(site, counter)


def _check(where: str, given: dict, shape, extras: tuple[str, ...]) -> None:
    unknown: list[str] = []
    try:
        fit(
            {name: value for name, value in given.items() if name not in extras},
            shape,
            where,
            unknown,
        )
    except Refused as wrong_type:
        raise ValueError(wrong_type.reason) from None
    if unknown:
        raise ValueError(f"a site has no {', '.join(unknown)}")


def next_id(site: dict, counter: str) -> int:
    """A unique identifier that was never given out before."""
    site[counter] += 1
    return site[counter]


def new_technician(given: dict) -> dict:
    """A technician with the defaults (a guess) and what only the simulator knows: the password and
    what was done to it.
    """
    return {
        "isAnonymous": False,
        "allowLocallyAuthenticatedLogins": True,
        "enabled": True,
        "appProfilesUser": False,
        "groupIDs": [],
        "password": None,
        "password_sets": 0,
        "totp": False,
        "totp_removals": 0,
        **given,
    }


def new_group(given: dict) -> dict:
    """A technician group with the defaults (a guess) and what only the simulator knows."""
    group = {
        "allowAnonymousLogins": False,
        "max_groupShSessions": 0,
        "max_groupSgSessions": 0,
        "max_userShSessions": 0,
        "max_userSgSessions": 0,
        "maxFileSize": 0,
        "requestAccessTimeout": 0,
        "sessionSpeedLimitKbps": 0,
        "fpsDelay": 0,
        "password": None,
        "password_sets": 0,
        **given,
    }
    for name, defaults in NESTED_DEFAULTS.items():
        group[name] = copy(defaults) | given.get(name, {})
    group["permissions"] = dict.fromkeys(PERMISSIONS, False) | given.get("permissions", {})
    return group


def new_machine(given: dict) -> dict:
    """A machine with the least that a server knows of one; hardware and monitoring stay None until
    they were reported.
    """
    return {
        "online": True,
        "groups": [],
        "name": given["machineID"],
        "state": "Not In Use",
        "protocol": "UDP",
        "lastRegistrationTime": START_MS,
        "sessionCount": 0,
        "monitoringEnabled": False,
        "ipAddresses": [],
        "notes": "",
        "warnings": "",
        "properties": {},
        "hardware": None,
        "monitoring": None,
        **given,
    }

"""The state of a simulated FastX server as one JSON-able dict, and how a seed becomes a complete
one.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pickle

from ..clock import START_MS
from .parameters import PERMISSIONS, is_geometry

_SERVER = {
    "cpu": 4.0,
    "freemem": 48_000_000_000,
    "totalmem": 64_000_000_000,
    "uptime": 864_000,
    "loadavg": [0.5, 0.4, 0.3],
}
_USER = {
    "password": "",
    "prompts": [],
    "stages": [],
    "public_keys": [],
    "after_key": [],
    "groups": [],
    "admin": False,
    "email": None,
    "firstName": None,
    "lastName": None,
    "provider": "ssh",
    "bookmarks": [],
    "history": [],
}
_SESSION = {
    "command": "xterm",
    "geometry": "1024x768",
    "params": {},
    "clients": 0,
    "cpuPercentage": 100,
    "disconnectTimeout": 0,
    "sharing": True,
    "videoRam": 128_000,
    "lastConnect": None,
    "lastDisconnect": None,
    "one_time_password": None,
    "shares": [],
    "log": "",
}
_NUMBERED = ("id", "login", "serverId", "started", "display", "port", "appPid", "serverPid")
_BOOKMARK = ("id", "command", "name", "geometry", "tags")
_NEARLY_EMPTY = {"users": {"admin": {"password": "simulated-password", "admin": True}}}


def copy(value):
    """A deep copy."""
    return pickle.loads(pickle.dumps(value, -1))


def complete(seed: dict | None) -> dict:
    """A whole site from a seed that may leave out whatever is not of interest; None stands for a
    server with one user, who is an admin.

    README.md describes the shape. Raises ValueError where the seed has a name or a value that the
    shape does not know.
    """
    seed = copy(_NEARLY_EMPTY if seed is None else seed)
    servers = seed.pop("servers", {"fx1": {"hostname": "fx1.example.org"}})
    site = {
        "now_ms": seed.pop("now_ms", START_MS),
        "version": seed.pop("version", "3.0.43"),
        "serverId": seed.pop("serverId", next(iter(servers))),
        "port": seed.pop("port", 3000),
        "httpsport": seed.pop("httpsport", 3443),
        "servers": {
            server_id: _filled(f"servers[{server_id!r}]", given, {**_SERVER, "hostname": server_id})
            for server_id, given in servers.items()
        },
        "ssh": _filled(
            "ssh",
            seed.pop("ssh", {}),
            {"basic": False, "publicKey": True, "hidePasswordField": False},
        ),
        "config": seed.pop("config", {"sessionLimit": 0, "shareEmail": False}),
        "xrdp_config": seed.pop("xrdp_config", {"colorDepth": 24, "clipboard": True}),
        "profiles": seed.pop("profiles", [{"id": "default", "name": "Default"}]),
        "users": {},
        "suggestions": _bookmarks("suggestions", seed.pop("suggestions", [])),
        "sessions": [],
        "tokens": seed.pop("tokens", {}),
        **{name: seed.pop(name, []) for name in ("executions", "schedules", "emails")},
        "last_pid": seed.pop("last_pid", 2000),
    }
    if site["serverId"] not in site["servers"]:
        raise ValueError(f"there is no server {site['serverId']}")
    for name, given in seed.pop("users", {}).items():
        where = f"users[{name!r}]"
        user = site["users"][name] = _filled(where, given, _USER)
        if not {*user["stages"], *user["after_key"]} <= {
            "password",
            *(["keyboard-interactive"] if user["prompts"] else []),
        }:
            raise ValueError(
                f"{where} has a stage that is none, or keyboard-interactive without prompts"
            )
        for each in ("bookmarks", "history"):
            user[each] = _bookmarks(f"{where}.{each}", user[each])
    for given in seed.pop("sessions", []):
        add_session(site, **given)
    if seed:
        raise ValueError(f"a site has no {', '.join(seed)}")
    return site


def _filled(where: str, given: dict, defaults: dict, extras: tuple[str, ...] = ()) -> dict:
    unknown = given.keys() - defaults.keys() - set(extras)
    if unknown:
        raise ValueError(
            f"a site has no {', '.join(f'{where}.{name}' for name in sorted(unknown))}"
        )
    return {**copy(defaults), **given}


def _bookmarks(where: str, given: list[dict]) -> list[dict]:
    for each in given:
        unknown = each.keys() - set(_BOOKMARK)
        if (
            unknown
            or not each.get("id")
            or not each.get("command")
            or not is_geometry(each.get("geometry", "rootless"))
        ):
            raise ValueError(f"{where} has a bookmark that is none")
    return given


def add_session(site: dict, **given) -> dict:
    """Add a session that somebody started, and return it. Raises ValueError for a member or a value
    that a session cannot have.

    It has the lowest display of its server that is free, and the port that belongs to the display.
    """
    session = _filled("sessions[]", given, _SESSION, _NUMBERED)
    session.setdefault("serverId", site["serverId"])
    session.setdefault("started", site["now_ms"])
    if (
        session.get("login") not in site["users"]
        or session["serverId"] not in site["servers"]
        or not is_geometry(session["geometry"])
    ):
        raise ValueError("a session needs a user, a server and a geometry that exist")
    for share in session["shares"]:
        if share.keys() != {"key", "perms", "timeout"} or not set(share["perms"]) <= set(
            PERMISSIONS
        ):
            raise ValueError("a share has key, perms and timeout")
    taken = {
        each["display"] for each in site["sessions"] if each["serverId"] == session["serverId"]
    }
    number = next(number for number in range(100, 100_000) if f":{number}" not in taken)
    session.setdefault("display", f":{number}")
    session.setdefault("port", 39_900 + number)
    for pid in ("serverPid", "appPid"):
        if pid not in session:
            site["last_pid"] += 1
            session[pid] = site["last_pid"]
    site["sessions"].append(session)
    return session

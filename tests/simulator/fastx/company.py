"""Fjordline Turbines: a believable engineering company that uses FastX."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from ..clock import START_MS

_HOUR_MS = 3_600_000

_USERS = (
    ("ansible", "Automation", "", ["automation", "cfd"], True),
    ("m.olsen", "Mira", "Olsen", ["cad", "users"], False),
    ("o.brandt", "Otto", "Brandt", ["cad", "users"], False),
    ("j.nakamura", "Jun", "Nakamura", ["cfd", "users"], False),
    ("l.bjørk", "Låra", "Bjørk", ["cfd", "users"], False),
    ("s.achebe", "Somto", "Achebe", ["fea", "users"], False),
    ("p.ivanova", "Polina", "Ivanova", ["fea", "users"], False),
    ("d.murphy", "Declan", "Murphy", ["controls", "users"], False),
    ("r.costa", "Rita", "Costa", ["controls", "users"], False),
    ("h.weiss", "Hanna", "Weiß", ["it", "users"], True),
    ("t.guest", "Theo", "Guest", ["guests"], False),
    ("a.leaver", "Ada", "Leaver", [], False),
)
"""Login, first and last name, groups, whether an admin."""

_SESSIONS = (
    (
        "ansible",
        "cfd-nightly",
        "fx1",
        "/opt/openfoam/bin/run --case blade-7",
        "1920x1080",
        {"name": "CFD nightly", "project": "blade-7"},
        7.0,
        0,
    ),
    (
        "ansible",
        "cfd-weekly",
        "fx2",
        "/opt/openfoam/bin/run --case hub-2",
        "1920x1080",
        {"name": "CFD weekly", "project": "hub-2"},
        40.0,
        0,
    ),
    (
        "ansible",
        "mesh-blade-7",
        "fx1",
        "/opt/mesher/bin/mesh blade-7",
        "1600x900",
        {"name": "Mesh", "project": "blade-7"},
        6.5,
        0,
    ),
    (
        "ansible",
        "mesh-hub-2",
        "fx2",
        "/opt/mesher/bin/mesh hub-2",
        "1600x900",
        {"name": "Mesh", "project": "hub-2"},
        6.5,
        0,
    ),
    (
        "ansible",
        "licence-watch",
        "fx1",
        "xterm -e lmwatch",
        "rootless",
        {"name": "Licence watch", "shortcut": "licence-watch"},
        200.0,
        0,
    ),
    (
        "m.olsen",
        "0f2c7d1be94a",
        "fx1",
        "/opt/cad/bin/cad",
        "2560x1440",
        {"name": "CAD", "shortcut": "cad"},
        2.0,
        1,
    ),
    ("m.olsen", "41aa90c3d7e2", "fx1", "xterm", "rootless", {"name": "Terminal"}, 1.5, 0),
    (
        "o.brandt",
        "5d20be7719f4",
        "fx1",
        "/opt/cad/bin/cad",
        "1920x1080",
        {"name": "CAD", "shortcut": "cad"},
        26.0,
        0,
    ),
    (
        "j.nakamura",
        "77e1c09a4b3d",
        "fx2",
        "/opt/paraview/bin/paraview",
        "2560x1440",
        {"name": "Post-processing", "project": "blade-7"},
        3.0,
        2,
    ),
    (
        "l.bjørk",
        "8bd3f5a6c012",
        "fx2",
        "/opt/openfoam/bin/gui",
        "1920x1200",
        {"name": "Strömung", "project": "hub-2"},
        3.0,
        1,
    ),
    (
        "s.achebe",
        "93c4ae5f1d70",
        "fx1",
        "/opt/fea/bin/fea",
        "1920x1080",
        {"name": "FEA", "project": "tower-3"},
        5.0,
        0,
    ),
    ("p.ivanova", "a9f0d26e83b5", "fx1", "/opt/fea/bin/fea", "1920x1080", {}, 30.0, 0),
    (
        "d.murphy",
        "b2e8571c6fd9",
        "fx2",
        "matlab -desktop",
        "1680x1050",
        {"name": "Pitch control"},
        4.0,
        1,
    ),
    (
        "h.weiss",
        "c61d3b9e07fa",
        "fx1",
        "gnome-session",
        "1920x1080",
        {"name": "Desktop", "shortcut": "desktop"},
        1.0,
        1,
    ),
    ("a.leaver", "de5a0c827b41", "fx2", "xterm", "800x600", {"name": "Terminal"}, 900.0, 0),
)
"""Login, id, server, command, geometry, parameters, hours since the start, clients."""


def company() -> dict:
    """Return a seed: two servers, 12 users, 15 sessions, bookmarks and suggestions.

    It holds what trips clients up: sessions of the same name, a session without a name, names
    beyond ASCII, sessions that start in the same millisecond, a user with a second factor, a
    session whose owner is in no group any more. The first user is the one for automation.
    """
    users = {login: _user(login, *facts) for login, *facts in _USERS}
    users["h.weiss"]["prompts"] = [
        {"prompt": "Password: "},
        {"prompt": "Verification code: ", "answer": "271828"},
    ]
    users["ansible"]["bookmarks"] = [
        {
            "id": "cfd-nightly",
            "command": "/opt/openfoam/bin/run --case blade-7",
            "name": "CFD nightly",
            "geometry": "1920x1080",
            "tags": ["cfd", "batch"],
        },
        {
            "id": "licence-watch",
            "command": "xterm -e lmwatch",
            "name": "Licence watch",
            "geometry": "rootless",
        },
    ]
    users["m.olsen"]["bookmarks"] = [
        {
            "id": "cad",
            "command": "/opt/cad/bin/cad",
            "name": "CAD",
            "geometry": "2560x1440",
            "tags": ["cad"],
        }
    ]
    users["o.brandt"]["bookmarks"] = [{"id": "cad", "command": "/opt/cad/bin/cad", "name": "CAD"}]
    users["m.olsen"]["history"] = [
        {"id": "9d1f60c2", "command": "xterm", "name": "Terminal", "geometry": "rootless"}
    ]
    return {
        "now_ms": START_MS,
        "servers": {
            "fx1": {
                "hostname": "fx1.fjordline.example",
                "cpu": 37.5,
                "loadavg": [11.8, 12.4, 12.1],
            },
            "fx2": {
                "hostname": "fx2.fjordline.example",
                "cpu": 61.0,
                "freemem": 9_000_000_000,
                "loadavg": [20.3, 19.9, 18.7],
            },
        },
        "users": users,
        "suggestions": [
            {
                "id": "desktop",
                "command": "gnome-session",
                "name": "Desktop",
                "geometry": "1920x1080",
                "tags": ["general"],
            },
            {
                "id": "terminal",
                "command": "xterm",
                "name": "Terminal",
                "geometry": "rootless",
                "tags": ["general"],
            },
            {
                "id": "post",
                "command": "/opt/paraview/bin/paraview",
                "name": "Post-processing",
                "geometry": "2560x1440",
                "tags": ["cfd"],
            },
        ],
        "sessions": [_session(*facts) for facts in _SESSIONS],
    }


def _user(login: str, first: str, last: str, groups: list[str], admin: bool) -> dict:
    address = f"{login.replace('ø', 'o')}@fjordline.example" if last else None
    return {
        "password": f"the password of {login}",
        "groups": list(groups),
        "admin": admin,
        "email": address,
        "firstName": first,
        "lastName": last or None,
    }


def _session(
    login: str,
    session_id: str,
    server_id: str,
    command: str,
    geometry: str,
    params: dict,
    hours: float,
    clients: int,
) -> dict:
    started = START_MS - round(hours * _HOUR_MS)
    shares = (
        [{"key": "q4-review-of-blade-7", "perms": ["viewer"], "timeout": 60}]
        if session_id == "77e1c09a4b3d"
        else []
    )
    return {
        "id": session_id,
        "login": login,
        "serverId": server_id,
        "command": command,
        "geometry": geometry,
        "params": dict(params),
        "started": started,
        "clients": clients,
        "lastConnect": started + 5_000 if clients else None,
        "shares": shares,
        "log": f"Starting {command}\n",
    }

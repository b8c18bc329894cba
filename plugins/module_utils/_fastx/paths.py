"""Where the calls of FastX's API lie: the paths of the vendor's page, and those in which the
released product differs from it.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._core.errors import InputError

EARLY, LATER = "early", "later"
GENERATIONS = (EARLY, LATER)
_CALLS = (
    "config",
    "xrdp/config",
    "user/login",
    "user/login/public-key",
    "user/login/public-key/signed",
    "user/login/keyboard-interactive",
    "user/login/password",
    "user/logout",
    "user/keepalive",
    "user/profile",
    "user/admin",
    "session/list",
    "session/list/count",
    "session/log",
    "session/screenshot",
    "session/start",
    "session/start/bookmark",
    "session/shortcut",
    "session/connect",
    "session/params",
    "session/disconnect",
    "session/terminate",
    "session/exec",
    "session/schedule",
    "bookmark/list",
    "bookmark/edit",
    "bookmark/delete",
    "share/list",
    "share/connect",
    "share/edit",
    "share/delete",
    "share/reset",
    "share/email",
)
_SYSTEM = (
    "system/session/profile",
    "system/session/count",
    "system/session/list",
    "system/server/list",
)
# Guesses from the names in the product's own web client; None: nothing like it is known there.
_DIFFERENT = {
    "user/login": "/v3/api/auth/ssh",
    "user/login/public-key": "/v3/api/auth/ssh/public-key",
    "user/login/public-key/signed": "/v3/api/auth/ssh/public-key/signed",
    "user/login/keyboard-interactive": "/v3/api/auth/ssh/keyboard-interactive",
    "user/login/password": "/v3/api/auth/ssh/password",
    "xrdp/config": None,
    "session/list": "/v3/api/session/",
    "session/list/count": None,
    "session/start/bookmark": "/v3/api/session/start/bookmark-start",
    "session/schedule": "/v3/api/session/start/schedule",
    "share/list": "/v3/api/share/load",
    "share/create": "/v3/api/share/save",
    "share/edit": "/v3/api/share/update",
    "share/delete": "/v3/api/share/remove",
    "share/reset": None,
    "share/email": None,
    **dict.fromkeys(_SYSTEM),
}
_PATHS: Mapping[str, Mapping[str, str | None]] = {
    EARLY: {
        "": "/v3/api",
        **{call: f"/v3/api/{call}" for call in _CALLS},
        **{call: f"/v3/{call}" for call in _SYSTEM},
        "share/create": "/v3/api/share/edit",  # how a key comes to be, the vendor's page does not say
    }
}
_PATHS = {**_PATHS, LATER: {**_PATHS[EARLY], **_DIFFERENT}}
# Of the server by itself: the one path that is the same in all generations.
DESCRIPTION = _PATHS[EARLY][""]


def generation_of(description: Mapping[str, Any]) -> str:
    """Return the generation of a server by what it says of itself. A guess: the later one tells its
    build and no list of servers.
    """
    return LATER if "build" in description and "servers" not in description else EARLY


def has(call: str, generation: str) -> bool:
    """Tell whether a generation is known to have a call."""
    return _PATHS[generation][call] is not None


def path_of(call: str, generation: str) -> str:
    """Return the path of a call. Raises InputError for one that the generation is not known to
    have.
    """
    path = _PATHS[generation][call]
    if path is None:
        raise InputError(
            f"The {generation} generation of FastX's API is not known to have {call}. Is generation right?"
        )
    return path

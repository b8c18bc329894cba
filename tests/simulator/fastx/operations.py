"""The operations of the FastX API: their paths in both generations, their parameters, who may call
them, and what does them.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from . import bookmarks, facts, login, sessions, shares
from .call import Call
from .parameters import ANSWER, FREE, ID, NAME, NONE, TEXT, Parameters


@dataclass(frozen=True)
class Operation:
    """One operation.

    `name` is its path on the source page, `later` the one of the later generation, None where that
    has none. `parameters` may depend on the server. `writes` says whether it asks for a change; a
    login is none. `access` is "anyone", "user" or "admin".
    """

    name: str
    later: str | None
    answer: Callable[[Call], object]
    parameters: Parameters | Callable[..., Parameters] = NONE
    writes: bool = False
    access: str = "user"


_A = "/v3/api/"
LOGIN, _LATER_LOGIN = f"{_A}user/login", f"{_A}auth/ssh"


def _stage(name: str, carry_out: Callable[[Call], object], **parameters) -> Operation:
    return Operation(
        f"{LOGIN}/{name}",
        f"{_LATER_LOGIN}/{name}",
        carry_out,
        login.follow_up(**parameters),
        access="anyone",
    )


def _same(name: str, answer: Callable[[Call], object], *parameters, **more) -> Operation:
    """An operation with the same path in both generations."""
    return Operation(_A + name, _A + name, answer, *parameters, **more)


OPERATIONS = (
    Operation("/v3/api", "/v3/api", facts.server, access="anyone"),
    _same("config", facts.config),
    Operation(f"{_A}xrdp/config", None, facts.xrdp_config),
    Operation(LOGIN, _LATER_LOGIN, login.start, login.start_parameters, access="anyone"),
    _stage("public-key", login.public_key, publicKey=NAME),
    _stage("keyboard-interactive", login.keyboard_interactive, answer=ANSWER),
    _stage("password", login.password, password=TEXT),
    _stage("public-key/signed", login.signed, signature=NAME),
    _same("user/profile", facts.profile),
    _same("user/logout", facts.logout),
    _same("user/admin", facts.demand_admin),
    _same("user/keepalive", facts.keep_alive),
    _same("session/connect", sessions.connect, sessions.CONNECT, writes=True),
    _same("session/disconnect", sessions.disconnect, ID, writes=True),
    _same("session/exec", sessions.execute, FREE, writes=True),
    Operation(f"{_A}session/list", f"{_A}session/", sessions.list_sessions, sessions.LIST),
    Operation(f"{_A}session/list/count", None, sessions.count),
    _same("session/log", sessions.log, ID),
    _same("session/params", sessions.params, sessions.PARAMETERS, writes=True),
    Operation(
        f"{_A}session/schedule", f"{_A}session/start/schedule", sessions.schedule, FREE, writes=True
    ),
    _same("session/screenshot", sessions.screenshot, sessions.SCREENSHOT),
    _same("session/shortcut", sessions.shortcut, ID, writes=True),
    _same("session/start", sessions.start, sessions.START, writes=True),
    Operation(
        f"{_A}session/start/bookmark",
        f"{_A}session/start/bookmark-start",
        sessions.start_bookmark,
        ID,
        writes=True,
    ),
    _same("session/terminate", sessions.terminate, ID, writes=True),
    _same("bookmark/list", bookmarks.list_bookmarks),
    _same("bookmark/edit", bookmarks.edit, bookmarks.EDIT, writes=True),
    _same("bookmark/delete", bookmarks.delete, ID, writes=True),
    Operation(f"{_A}share/list", f"{_A}share/load", shares.list_shares, ID),
    _same("share/connect", shares.connect, shares.KEY, writes=True),
    Operation(f"{_A}share/edit", f"{_A}share/update", shares.edit, shares.EDIT, writes=True),
    Operation(f"{_A}share/email", None, shares.email, FREE, writes=True),
    Operation(f"{_A}share/delete", f"{_A}share/remove", shares.delete, shares.KEY, writes=True),
    Operation(f"{_A}share/reset", None, shares.reset, shares.RESET, writes=True),
    Operation("/v3/system/session/profile", None, facts.session_profiles, FREE, access="admin"),
    Operation("/v3/system/session/count", None, facts.all_sessions_count, FREE, access="admin"),
    Operation("/v3/system/session/list", None, facts.all_sessions, FREE, access="admin"),
    Operation("/v3/system/server/list", None, facts.servers, FREE, access="admin"),
)
"""The operations of the source page, in its order."""

_SAVE = Operation(f"{_A}share/edit", f"{_A}share/save", shares.save, shares.EDIT, writes=True)
_BY_PATH = {
    "source": {each.name: each for each in OPERATIONS},
    "later": {each.later: each for each in (*OPERATIONS, _SAVE) if each.later is not None},
}


def find(path: str, generation: str) -> Operation | None:
    """The operation at a path of a generation, None where there is none."""
    return _BY_PATH[generation].get(path)


def documented(path: str) -> bool:
    """Whether some generation has this path."""
    return any(path in by_path for by_path in _BY_PATH.values())

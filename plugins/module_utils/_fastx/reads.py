"""What FastX's reading modules return, and how their options choose among it."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._core.errors import InputError
from .._core.server import Server
from .answers import snake_case, without
from .api import BOOKMARK_LISTS
from .resources import BOOKMARK
from .sessions import NAME, parameters_of

SESSION_SPEC = {
    "ids": {"type": "list", "elements": "str"},
    "names": {"type": "list", "elements": "str"},
    "filter": {"type": "dict", "default": {}},
    "sort_by": {"type": "str"},
    "sort_reverse": {"type": "bool"},
    "start": {"type": "int"},
    "limit": {"type": "int"},
    "gather": {"type": "list", "elements": "str", "choices": ["count", "log"], "default": []},
}
# The server cuts before names are looked for.
SESSION_RULES = {"mutually_exclusive": [["names", "start"], ["names", "limit"]]}
BOOKMARK_SPEC = {
    "ids": {"type": "list", "elements": "str"},
    "tags": {"type": "list", "elements": "str"},
    "lists": {
        "type": "list",
        "elements": "str",
        "choices": list(BOOKMARK_LISTS),
        "default": list(BOOKMARK_LISTS),
    },
}
# What else a server tells -> the call that tells it.
SERVER_PARTS = {"config": "config", "xrdp_config": "xrdp/config"}
SERVER_SPEC = {
    "gather": {"type": "list", "elements": "str", "choices": list(SERVER_PARTS), "default": []}
}
USER_SPEC: dict[str, Any] = {}
SYSTEM_PARTS = {
    "servers": "system/server/list",
    "sessions": "system/session/list",
    "session_count": "system/session/count",
    "session_profile": "system/session/profile",
}
SYSTEM_SPEC = {
    "gather": {
        "type": "list",
        "elements": "str",
        "choices": list(SYSTEM_PARTS),
        "default": list(SYSTEM_PARTS),
    },
    "parameters": {"type": "dict", "default": {}},
}
# What would let somebody act as the user.
PROFILE_SECRETS = ("token", "authtoken")


def read_sessions(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Return the user's own sessions that fit all the options, with the parts in ``gather``."""
    for option in ("start", "limit"):
        if params[option] is not None and params[option] < 0:
            raise InputError(f"{option} must not be negative.")
    if "id" in params["filter"] and params["ids"] is not None:
        raise InputError("filter.id and ids cannot be combined.")
    wanted = {**({"id": params["ids"]} if params["ids"] else {}), **params["filter"]}
    backend = server.backend
    filters = [filter_text(member, values) for member, values in wanted.items()] or None
    names = ("start", "limit")
    choice = {
        "filter": filters,
        "sortBy": params["sort_by"],
        "sortReverse": params["sort_reverse"],
        **{name: params[name] for name in names},
    }
    found = [] if params["ids"] == [] else backend.sessions(**choice)
    if params["names"] is not None:
        found = [
            session for session in found if parameters_of(session).get(NAME) in params["names"]
        ]
    result = {"changed": False, "sessions": [snake_case(session) for session in found]}
    if "log" in params["gather"]:
        for session, log in zip(
            result["sessions"],
            backend.session.each(lambda each: backend.ask("session/log", id=each["id"]), found),
            strict=True,
        ):
            session["log"] = log
    if "count" in params["gather"]:
        result["count"] = (
            backend.ask("session/list/count", int)
            if backend.has("session/list/count")
            else len(backend.sessions())
        )
    return result


def filter_text(member: str, values: Any) -> str:
    """Return a filter as the API writes it: a member, and values of which it has one. Raises
    InputError for what cannot be written so.
    """
    texts = [
        str(value).lower() if isinstance(value, bool) else value
        for value in (values if isinstance(values, list) else [values])
    ]
    if not texts or not all(isinstance(text, (str, int, float)) for text in texts):
        raise InputError(f"filter.{member} must be a text, or a list of texts that is not empty.")
    if not member or "=" in member or any("," in str(text) for text in texts):
        raise InputError(
            f"filter.{member}: FastX's filters can hold neither a comma in a value nor an equals sign in the name of a member."
        )
    return f"{member}=={','.join(map(str, texts))}"


def read_bookmarks(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Return the user's bookmarks, the suggestions of the server and the history: those with one of
    ``ids`` and one of ``tags``; None means any.
    """
    lists = server.backend.bookmark_lists()

    def fits(bookmark):
        return (params["ids"] is None or bookmark["id"] in params["ids"]) and (
            params["tags"] is None or not set(params["tags"]).isdisjoint(bookmark["tags"] or ())
        )

    shown = {
        name: [BOOKMARK.from_wire(record, server.name_of) for record in lists[name]]
        for name in params["lists"]
    }
    return {
        "changed": False,
        **{
            name: [bookmark for bookmark in found if fits(bookmark)]
            for name, found in shown.items()
        },
    }


def read_server(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Return what a server says of itself without a login, and what else is asked for."""
    backend = server.backend
    result = {
        "changed": False,
        "server": snake_case(backend.description()),
        "generation": backend.generation(),
    }
    return {**result, **{part: backend.ask(SERVER_PARTS[part]) for part in params["gather"]}}


def read_user(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Return the profile of the user who is logged in, without the token in it, and whether this is
    an administrator.
    """
    profile = snake_case(without(server.backend.ask("user/profile", dict), PROFILE_SECRETS))
    return {"changed": False, "user": profile, "admin": server.backend.is_admin()}


def read_system(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Return what the calls for administrators answer, of which no document says what it is."""
    for part, given in params["parameters"].items():
        if part not in params["gather"] or not isinstance(given, dict):
            raise InputError(
                f"parameters.{part} must be the parameters, as a mapping, of one of: {', '.join(params['gather'])}."
            )
    answers = {
        part: server.backend.ask(SYSTEM_PARTS[part], **params["parameters"].get(part, {}))
        for part in params["gather"]
    }
    return {"changed": False, **answers}

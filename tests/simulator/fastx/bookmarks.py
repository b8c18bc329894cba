"""Bookmarks of a FastX user: the own ones, the suggestions of the site, and the history."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import secrets

from .answers import not_found
from .call import Call
from .parameters import GEOMETRY, NAME, TEXT, TEXTS, Parameters

EDIT = Parameters(
    {"id": NAME, "command": NAME}, {"name": TEXT, "geometry": GEOMETRY, "tags": TEXTS}
)

_MEMBERS = ("id", "command", "name", "geometry", "tags")
_HISTORY_LENGTH = 10  # a guess


def list_bookmarks(call: Call) -> dict:
    """bookmark/list."""
    lists = {
        "suggestions": call.site["suggestions"],
        "bookmarks": call.user["bookmarks"],
        "history": call.user["history"],
    }
    return {
        name: [call.shown({member: each.get(member) for member in _MEMBERS}) for each in found]
        for name, found in lists.items()
    }


def any_bookmark(call: Call) -> dict:
    """The bookmark that the call names: the user's own, a suggestion, or one of the history. Raises
    Refused.
    """
    for found in (call.user["bookmarks"], call.site["suggestions"], call.user["history"]):
        for each in found:
            if each["id"] == call.given["id"]:
                return each
    raise not_found("There is no such bookmark")


def edit(call: Call) -> dict:
    """bookmark/edit: a new bookmark, or another content of the one with this id."""
    own = call.user["bookmarks"]
    at = next((at for at, each in enumerate(own) if each["id"] == call.given["id"]), None)
    if at is None:
        own.append(call.given)
    else:
        own[at] = (
            {**own[at], **call.given}
            if call.server.switches.bookmark_edit == "merge"
            else call.given
        )
    return list_bookmarks(call)


def delete(call: Call) -> dict:
    """bookmark/delete: gone from the bookmarks and from the history. Suggestions are not the
    user's.
    """
    user, gone = call.user, 0
    for name in ("bookmarks", "history"):
        kept = [each for each in user[name] if each["id"] != call.given["id"]]
        gone += len(user[name]) - len(kept)
        user[name] = kept
    if not gone and call.server.switches.delete_missing == "error":
        raise not_found("There is no such bookmark")
    return list_bookmarks(call)


def remember(call: Call, started: dict) -> None:
    """Add what was started to the history, the newest first."""
    entry = {
        "id": secrets.token_hex(8),
        **{name: started[name] for name in ("command", "name", "geometry") if name in started},
    }
    call.user["history"] = [entry, *call.user["history"]][:_HISTORY_LENGTH]

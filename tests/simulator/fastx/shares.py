"""The sharing keys of FastX sessions."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from .answers import not_found
from .call import Call
from .parameters import NAME, PERMS, Parameters
from .sessions import connect_object, leave, own

KEY = Parameters({"id": NAME, "key": NAME})
EDIT = Parameters({"id": NAME, "key": NAME, "perms": PERMS})
RESET = Parameters({"id": NAME}, {"perms": PERMS})

_TIMEOUT_SECONDS = 60  # the sample's


def _shown(session: dict) -> list[dict]:
    return [{"id": session["id"], **each} for each in session["shares"]]


def list_shares(call: Call) -> list[dict]:
    """share/list."""
    return _shown(own(call))


def _share(session: dict, key: str) -> dict | None:
    return next((each for each in session["shares"] if each["key"] == key), None)


def connect(call: Call) -> dict:
    """share/connect: any user who knows the id and the key."""
    for session in call.site["sessions"]:
        if session["id"] == call.given["id"] and _share(session, call.given["key"]):
            return connect_object(call, session)
    raise not_found("There is no such share")


def edit(call: Call) -> list[dict]:
    """share/edit: other permissions of a key, or a new key where the switch says so."""
    return _edit(call, creates=call.server.switches.share_edit == "creates")


def save(call: Call) -> list[dict]:
    """share/save, which only the later generation has: a key that is there or not."""
    return _edit(call, creates=True)


def _edit(call: Call, creates: bool) -> list[dict]:
    session = own(call)
    share = _share(session, call.given["key"])
    if share is None:
        if not creates:
            raise not_found("There is no such share")
        share = {"key": call.given["key"], "perms": [], "timeout": _TIMEOUT_SECONDS}
        session["shares"].append(share)
    share["perms"] = list(dict.fromkeys(call.given["perms"]))
    return _shown(session)


def delete(call: Call) -> list[dict]:
    """share/delete."""
    session = own(call)
    share = _share(session, call.given["key"])
    if share is None:
        raise not_found("There is no such share")
    session["shares"].remove(share)
    return _shown(session)


def reset(call: Call) -> list[dict]:
    """share/reset: keys with one of the permissions go (without permissions: all), and everybody is
    disconnected.
    """
    session, perms = own(call), set(call.given.get("perms", []))
    session["shares"] = [
        each for each in session["shares"] if perms and not perms & set(each["perms"])
    ]
    leave(call, session)
    return _shown(session)


def email(call: Call) -> None:
    """share/email, which no document describes: the simulator writes down what it was given."""
    call.site["emails"].append({"login": call.login, "given": call.given})

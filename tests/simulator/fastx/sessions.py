"""Sessions of a FastX server: started, found, connected to, changed and ended."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import secrets
from datetime import UTC, datetime

from .answers import Refused, broken, not_found
from .bookmarks import any_bookmark, remember
from .call import Call
from .parameters import (
    BOOLEAN,
    EXTENT,
    FLAG,
    FORMAT,
    GEOMETRY,
    NAME,
    NUMBER,
    PARAMS,
    PIXELS,
    SIZE,
    TEXT,
    TEXTS,
    Parameters,
)
from .screenshot import data_url
from .site import add_session

LIST = Parameters(
    optional={
        "start": NUMBER,
        "sortBy": NAME,
        "sortReverse": BOOLEAN,
        "limit": NUMBER,
        "filter": TEXTS,
    }
)
START = Parameters(
    {"command": NAME}, {"geometry": GEOMETRY, "id": NAME, "name": TEXT, "params": PARAMS}
)
CONNECT = Parameters({"id": NAME}, {"params": PARAMS})
PARAMETERS = Parameters({"id": NAME, "params": PARAMS})
SCREENSHOT = Parameters(
    {"id": NAME},
    {"width": PIXELS, "height": PIXELS, "format": FORMAT, "keep_aspect": FLAG, "geometry": EXTENT},
)

MEMBERS = (
    "appPid",
    "clients",
    "command",
    "cpuPercentage",
    "disconnectTimeout",
    "display",
    "geometry",
    "hostname",
    "id",
    "lastConnect",
    "lastDisconnect",
    "login",
    "params",
    "serverId",
    "serverPid",
    "sharing",
    "started",
    "videoRam",
    "windowMode",
)
"""What the document shows of a session."""

_DEFAULT_GEOMETRY = "1024x768"
_TIMES = ("started", "lastConnect", "lastDisconnect")


def visible(call: Call, everybody: bool = False) -> list[dict]:
    """The sessions that a user can see: the own ones, or everybody's, without those that are still
    starting.
    """
    begun = call.server.clock.now_ms() - call.server.switches.start_delay * 1000
    return [
        each
        for each in call.site["sessions"]
        if (everybody or each["login"] == call.login) and each["started"] <= begun
    ]


def own(call: Call) -> dict:
    """The user's session with the id that the call names; of several the newest. Raises Refused."""
    found = [each for each in visible(call) if each["id"] == call.given["id"]]
    if not found:
        raise not_found("There is no such session")
    return found[-1]


def _mode(session: dict) -> str:
    return "rootless" if session["geometry"] == "rootless" else "desktop"


def session_object(call: Call, session: dict) -> dict:
    """A session as the document shows it."""
    host = call.site["servers"][session["serverId"]]["hostname"]
    record = {**session, "hostname": host, "windowMode": _mode(session)}
    for name in _TIMES:
        record[name] = _timestamp(call, session[name])
    return call.shown({name: record[name] for name in MEMBERS})


def _timestamp(call: Call, at_ms: int | None) -> str | None:
    if at_ms is None:
        return None
    if call.server.switches.timestamps == "milliseconds":
        return str(at_ms)
    return (
        datetime.fromtimestamp(at_ms / 1000, UTC)
        .isoformat(timespec="milliseconds")
        .replace("+00:00", "Z")
    )


def connect_object(call: Call, session: dict) -> dict:
    """What a client needs to connect to a session, with a new one-time password; the one before is
    good for nothing any more.
    """
    session["one_time_password"] = secrets.token_urlsafe(12)
    call.server.passwords_given.add(session["one_time_password"])
    return {
        "geometry": session["geometry"],
        "id": session["id"],
        "login": session["login"],
        "params": session["params"],
        "password": session["one_time_password"],
        "port": session["port"],
        "windowMode": _mode(session),
    }


def list_sessions(call: Call) -> list[dict]:
    """session/list: filtered, sorted, then cut."""
    return listed(call, [session_object(call, each) for each in visible(call)])


def listed(call: Call, found: list[dict]) -> list[dict]:
    """Session objects as the parameters filter, sort and cut them. Raises Refused for a filter that
    is none.
    """
    given = call.given
    for text in given.get("filter", []):
        name, equals, values = text.partition("==")
        if not equals or name not in MEMBERS or name == "params":
            raise broken("a filter is written as name==value1,value2 with a member of a session")
        wanted = values.split(",")
        found = [each for each in found if _text(each.get(name)) in wanted]
    if "sortBy" in given:
        found = _sorted(found, given["sortBy"])
    if given.get("sortReverse"):
        found = found[::-1]
    start = given.get("start", 0)
    return found[start : start + given["limit"]] if "limit" in given else found[start:]


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _sorted(found: list[dict], name: str) -> list[dict]:
    """By a member, otherwise by a parameter of that name; sessions without it come last."""
    values = [each.get(name, each["params"].get(name)) for each in found]
    order = sorted(
        range(len(found)),
        key=lambda at: (values[at] is None, not isinstance(values[at], int), _key(values[at])),
    )
    return [found[at] for at in order]


def _key(value: object) -> object:
    return value if isinstance(value, int) else str(value)


def count(call: Call) -> int:
    """session/list/count."""
    return len(visible(call))


def start(call: Call) -> dict:
    """session/start: a new session, which also goes into the history."""
    given = call.given
    params = {**given.get("params", {}), **({"name": given["name"]} if "name" in given else {})}
    session = _start(call, given["command"], given.get("geometry"), params, given.get("id"))
    remember(call, given)
    return connect_object(call, session)


def _start(
    call: Call, command: str, geometry: str | None, params: dict, session_id: str | None = None
) -> dict:
    taken = any(each["id"] == session_id for each in call.site["sessions"])
    if taken and call.server.switches.duplicate_id == "error":
        raise Refused("A session with this id exists", name="SessionError", status=409)
    return add_session(
        call.site,
        id=session_id or secrets.token_hex(16),
        login=call.login,
        serverId=call.server_id,
        started=call.server.clock.now_ms(),
        command=command,
        geometry=geometry or _DEFAULT_GEOMETRY,
        params={name: value for name, value in params.items() if value},
    )


def start_bookmark(call: Call) -> dict:
    """session/start/bookmark: always a new session."""
    bookmark = any_bookmark(call)
    return connect_object(
        call, _start_bookmark(call, bookmark, call.server.switches.bookmark_start == "shortcut")
    )


def _start_bookmark(call: Call, bookmark: dict, marked: bool) -> dict:
    params = {"name": bookmark.get("name", ""), "shortcut": bookmark["id"] if marked else ""}
    return _start(call, bookmark["command"], bookmark.get("geometry"), params)


def shortcut(call: Call) -> dict:
    """session/shortcut: the newest session that has the bookmark as its parameter `shortcut`,
    otherwise a new one.
    """
    bookmark = any_bookmark(call)
    found = [each for each in visible(call) if each["params"].get("shortcut") == bookmark["id"]]
    return connect_object(
        call, found[-1] if found else _start_bookmark(call, bookmark, marked=True)
    )


def connect(call: Call) -> dict:
    """session/connect."""
    session = own(call)
    _merge(session, call.given.get("params", {}))
    return connect_object(call, session)


def params(call: Call) -> dict:
    """session/params: the parameters are merged into those that are there."""
    session = own(call)
    _merge(session, call.given["params"])
    return session["params"]


def _merge(session: dict, params: dict) -> None:
    session["params"] = {
        name: value for name, value in {**session["params"], **params}.items() if value
    }


def disconnect(call: Call) -> None:
    """session/disconnect: nobody is connected any more."""
    leave(call, own(call))


def leave(call: Call, session: dict) -> None:
    """Let all clients of a session go."""
    if session["clients"]:
        session["clients"], session["lastDisconnect"] = 0, call.server.clock.now_ms()


def terminate(call: Call) -> None:
    """session/terminate."""
    session = own(call)
    call.site["sessions"] = [each for each in call.site["sessions"] if each is not session]


def log(call: Call) -> dict:
    """session/log. The document says of the result that it is an object, and no more."""
    return {"log": own(call)["log"]}


def screenshot(call: Call) -> dict:
    """session/screenshot: an image of the size that is asked for, within which the session's own
    proportions are kept unless keep_aspect is 0.
    """
    session, given = own(call), call.given
    full_width, full_height = map(
        int,
        SIZE.fullmatch(
            _DEFAULT_GEOMETRY if session["geometry"] == "rootless" else session["geometry"]
        ).groups(),
    )
    if "geometry" in given:
        if "width" in given or "height" in given:
            raise broken("geometry is the same as width and height, so it does not go with them")
        width, height = map(int, SIZE.fullmatch(given["geometry"]).groups())
    else:
        width, height = given.get("width"), given.get("height")
    if width is None or height is None or given.get("keep_aspect", 1):
        factor = min(
            (
                wanted / full
                for wanted, full in ((width, full_width), (height, full_height))
                if wanted
            ),
            default=1,
        )
        width, height = max(1, round(full_width * factor)), max(1, round(full_height * factor))
    if width * height > 40_000_000:
        raise Refused("The screenshot is too large")
    return {"src": data_url(width, height, given.get("format", "png"))}


def execute(call: Call) -> None:
    """session/exec, which no document describes: the simulator writes down what it was given."""
    call.site["executions"].append({"login": call.login, "given": call.given})


def schedule(call: Call) -> None:
    """session/schedule, which no document describes: the simulator writes down what it was given."""
    call.site["schedules"].append({"login": call.login, "given": call.given})

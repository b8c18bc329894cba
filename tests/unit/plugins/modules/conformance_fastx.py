"""What each object module of FastX is asked to do, and what the server must then hold: a line per
step.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.unit.fastx_servers import USERNAME
from tests.unit.plugins.modules.conformance import Case, Step

KEY = "the key of the nightly"
NIGHTLY_KEY = "key-of-the-nightly"


def step(name: str, options: Mapping[str, Any], shown: Any, *writes: str) -> Step:
    """Return a step; the paths of its writes are those below the API."""
    return Step(name, options, shown, tuple(f"/v3/api/{write}" for write in writes))


def case(
    name: str, module: str, key: Mapping[str, Any], held: Callable, *steps: Step, **more
) -> Case:
    """Return a case of a module, which is named without its beginning."""
    return Case(name, f"fastx_{module}", key, held, steps, "fastx", **more)


def bookmark(identifier: str) -> Callable[[dict], Any]:
    """Return what finds the user's bookmark with an id."""
    return lambda site: next(
        (each for each in site["users"][USERNAME]["bookmarks"] if each["id"] == identifier), None
    )


def session(identifier: str) -> Callable[[dict], Any]:
    """Return what finds the session with an id; its parameters as a list, which is compared as a
    whole. "several" if there are more.
    """

    def held(site):
        found = [each for each in site["sessions"] if each["id"] == identifier]
        if len(found) != 1:
            return "several" if found else None
        return {
            **found[0],
            "params": sorted(f"{key}={value}" for key, value in found[0]["params"].items()),
        }

    return held


def by_parameter(key: str, value: str) -> Callable[[dict], Any]:
    """Return what finds the user's session with a parameter."""

    def held(site):
        found = [
            each["id"]
            for each in site["sessions"]
            if each["login"] == USERNAME and each["params"].get(key) == value
        ]
        return session(found[0])(site) if len(found) == 1 else "several" if found else None

    return held


def shares(identifier: str) -> Callable[[dict], Any]:
    """Return what shows the sharing keys of a session, with their permissions."""
    return lambda site: {
        share["key"]: sorted(share["perms"])
        for each in site["sessions"]
        if each["id"] == identifier
        for share in each["shares"]
    }


def _kept(site):
    return {
        "wide": bookmark("wide")(site),
        "cad": bookmark("cad")(site),
        "ids": sorted(each["id"] for each in site["users"][USERNAME]["bookmarks"]),
    }


CASES = (
    case(
        "fastx_bookmark",
        "bookmark",
        {"id": "wide"},
        bookmark("wide"),
        step(
            "made",
            {
                "command": "/opt/cad/run --wide",
                "name": "Wide",
                "geometry": "2560x1080",
                "tags": ["design", "a1"],
            },
            {
                "id": "wide",
                "command": "/opt/cad/run --wide",
                "name": "Wide",
                "geometry": "2560x1080",
                "tags": ["design", "a1"],
            },
            "bookmark/edit",
        ),
        step(
            "changed",
            {"name": "Wider", "geometry": "rootless"},
            {
                "command": "/opt/cad/run --wide",
                "name": "Wider",
                "geometry": "rootless",
                "tags": ["design", "a1"],
            },
            "bookmark/edit",
        ),
        step(
            "emptied",
            {"name": "", "tags": []},
            {"command": "/opt/cad/run --wide", "name": "", "geometry": "rootless", "tags": []},
            "bookmark/edit",
        ),
        step("removed", {"state": "absent"}, None, "bookmark/delete"),
    ),
    case(
        "bookmark that is there, on a server that replaces",
        "bookmark",
        {"id": "cad"},
        bookmark("cad"),
        step(
            "changed",
            {"command": "/opt/cad/start"},
            {
                "command": "/opt/cad/start",
                "name": "CAD",
                "geometry": "1600x900",
                "tags": ["design"],
            },
            "bookmark/edit",
        ),
        step(
            "emptied",
            {"geometry": ""},
            {"id": "cad", "command": "/opt/cad/start", "name": "CAD", "tags": ["design"]},
            "bookmark/edit",
        ),
        switches={"bookmark_edit": "replace"},
    ),
    case(
        "fastx_session",
        "session",
        {"id": "render", "wait_timeout": 0},
        session("render"),
        step(
            "made",
            {
                "command": "/opt/cad/render",
                "geometry": "1600x900",
                "params": {"name": "Render", "project": "A1", "floor": 3},
            },
            {
                "command": "/opt/cad/render",
                "geometry": "1600x900",
                "params": ["floor=3", "name=Render", "project=A1"],
            },
            "session/start",
        ),
        step(
            "changed",
            {"name": "Render it", "params": {"project": "A2", "floor": "", "never": ""}},
            {"command": "/opt/cad/render", "params": ["name=Render it", "project=A2"]},
            "session/params",
        ),
        step(
            "emptied",
            {"purge_params": True, "params": {"phase": "1"}},
            {"params": ["name=Render it", "phase=1"]},
            "session/params",
        ),
        step("removed", {"state": "terminated"}, None, "session/terminate"),
    ),
    case(
        "session by name",
        "session",
        {"name": "Render", "wait_timeout": 0},
        by_parameter("name", "Render"),
        step(
            "made",
            {"command": "/opt/cad/render"},
            {"command": "/opt/cad/render", "params": ["name=Render"]},
            "session/start",
        ),
        step(
            "changed",
            {"params": {"project": "A2"}},
            {"params": ["name=Render", "project=A2"]},
            "session/params",
        ),
        step("removed", {"state": "terminated"}, None, "session/terminate"),
    ),
    case(
        "session by shortcut",
        "session",
        {"shortcut": "desktop", "wait_timeout": 0},
        by_parameter("shortcut", "desktop"),
        step(
            "made",
            {},
            {
                "command": "gnome-session",
                "geometry": "1920x1080",
                "params": ["name=Desktop", "shortcut=desktop"],
            },
            "session/shortcut",
        ),
        step("removed", {"state": "terminated"}, None, "session/terminate"),
    ),
    case(
        "session that is there",
        "session",
        {"id": "nightly", "wait_timeout": 0},
        session("nightly"),
        step(
            "changed",
            {"state": "disconnected"},
            {"clients": 0, "params": ["name=CAD nightly", "project=A1"]},
            "session/disconnect",
        ),
    ),
    case(
        "fastx_share",
        "share",
        {"session": "nightly"},
        shares("nightly"),
        step(
            "made",
            {"key": KEY, "perms": ["viewer", "granter"]},
            {NIGHTLY_KEY: ["viewer"], KEY: ["granter", "viewer"]},
            "share/edit",
        ),
        step(
            "changed",
            {"key": KEY, "perms": ["granter"]},
            {NIGHTLY_KEY: ["viewer"], KEY: ["granter"]},
            "share/edit",
        ),
        step(
            "reset",
            {"state": "reset", "perms": ["granter"]},
            {NIGHTLY_KEY: ["viewer"]},
            "share/reset",
        ),
        step("removed", {"key": NIGHTLY_KEY, "state": "absent"}, {}, "share/delete"),
        alone={"session": "nightly", "state": "reset", "perms": ["granter"]},
    ),
    case(
        "fastx_config",
        "config",
        {},
        _kept,
        step(
            "made",
            {
                "config": {
                    "bookmark": [{"id": "wide", "command": "wide"}, {"id": "cad", "tags": []}]
                }
            },
            {
                "wide": {"id": "wide", "command": "wide"},
                "cad": {"name": "CAD", "tags": []},
                "ids": ["cad", "term", "wide"],
            },
            "bookmark/edit",
        ),
        step(
            "changed",
            {
                "config": {"bookmark": [{"id": "wide", "name": "Wide"}]},
                "purge": ["bookmark"],
                "max_removed_percent": 100,
            },
            {"wide": {"command": "wide", "name": "Wide"}, "ids": ["wide"]},
            "bookmark/edit",
            "bookmark/delete",
        ),
        step(
            "removed",
            {"config": {"bookmark": [{"id": "wide", "state": "absent"}]}},
            {"ids": []},
            "bookmark/delete",
        ),
        alone={"config": {"bookmark": [{"id": "term"}]}},
    ),
)

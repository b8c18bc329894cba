"""Sessions of the simulated FastX server."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import base64
import struct
import zlib

import pytest

NIGHTLY = {
    "appPid": 2002,
    "clients": 1,
    "command": "/opt/cad/run",
    "cpuPercentage": 100,
    "disconnectTimeout": 0,
    "display": ":100",
    "geometry": "1600x900",
    "hostname": "fx1.example.org",
    "id": "nightly",
    "lastConnect": "2026-01-15T08:00:00.000Z",
    "login": "mira",
    "params": {"name": "CAD nightly", "project": "A1"},
    "serverId": "fx1",
    "serverPid": 2001,
    "sharing": True,
    "started": "2026-01-15T07:00:00.000Z",
    "videoRam": 128000,
    "windowMode": "desktop",
}


def test_the_own_sessions_are_listed_with_what_the_document_shows(api):
    assert api.do("session/list", filter=["id==nightly"]) == [NIGHTLY]
    assert api.ids() == ["nightly", "s-2", "s-3"]
    assert api.do("session/list/count") == 3


def test_timestamps_and_missing_values_look_as_the_switches_say(make_api):
    (nightly,) = make_api(timestamps="milliseconds", no_value="null").do(
        "session/list", filter=["id==nightly"]
    )
    assert nightly == {
        **NIGHTLY,
        "started": "1768460400000",
        "lastConnect": "1768464000000",
        "lastDisconnect": None,
    }


@pytest.mark.parametrize(
    ("given", "ids"),
    [
        ({"filter": ["id==s-3,nightly"]}, ["nightly", "s-3"]),
        ({"filter": ["id==s-3,s-2", "serverId==fx2"]}, ["s-3"]),
        ({"filter": ["id==x"]}, []),
        ({"filter": ["windowMode==rootless"]}, ["s-2"]),
        ({"filter": ["clients==1"]}, ["nightly"]),
        ({"filter": ["sharing==true"]}, ["nightly", "s-2", "s-3"]),
        ({"filter": ["lastConnect==None"]}, ["s-2", "s-3"]),
        ({"filter": []}, ["nightly", "s-2", "s-3"]),
        ({"start": 1, "limit": 1}, ["s-2"]),
        ({"limit": 0}, []),
        ({"start": 7}, []),
        ({"sortBy": "display"}, ["nightly", "s-3", "s-2"]),
        ({"sortBy": "clients"}, ["s-2", "s-3", "nightly"]),
        ({"sortBy": "name", "limit": 1}, ["nightly"]),
        ({"sortBy": "project"}, ["nightly", "s-2", "s-3"]),
        ({"sortReverse": True}, ["s-3", "s-2", "nightly"]),
        ({"sortBy": "id", "sortReverse": True, "limit": 2}, ["s-3", "s-2"]),
    ],
)
def test_a_list_is_filtered_then_sorted_then_cut(api, given, ids):
    assert api.ids(**given) == ids


def test_a_session_is_started_with_an_id_of_the_clients_choice(api):
    started = api.do(
        "session/start",
        id="n",
        command="xterm",
        geometry="800x600",
        name="Mine",
        params={"a": "1", "b": ""},
    )
    password = started.pop("password")
    expected = {
        "geometry": "800x600",
        "id": "n",
        "login": "mira",
        "params": {"a": "1", "name": "Mine"},
        "port": 40003,
        "windowMode": "desktop",
    }
    assert started == expected and len(password) == 16 and password in api.server.passwords_given
    shown = api.do("session/list", filter=["id==n"])[0]
    assert (shown["display"], shown["clients"], shown["started"]) == (
        ":103",
        0,
        "2026-01-15T09:00:00.000Z",
    )
    assert (
        api.do("bookmark/list")["history"][0].items()
        >= {"command": "xterm", "name": "Mine", "geometry": "800x600"}.items()
    )


def test_a_session_without_an_id_and_a_geometry_has_those_of_the_server(api):
    first, second = (api.do("session/start", command="xterm") for _time in range(2))
    assert first["id"] != second["id"] and len(first["id"]) == 32
    assert (first["geometry"], first["params"]) == ("1024x768", {})
    assert api.do("session/start", command="xterm", geometry="rootless")["windowMode"] == "rootless"


def test_an_id_that_is_taken_is_an_error_or_a_second_session(make_api):
    api = make_api()
    assert api.fail("session/start", id="nightly", command="x") == "A session with this id exists"
    assert api.fail("session/start", id="s-4", command="x") == "A session with this id exists"
    api = make_api(duplicate_id="second")
    api.do("session/start", id="nightly", command="x")
    assert [each["command"] for each in api.do("session/list", filter=["id==nightly"])] == [
        "/opt/cad/run",
        "x",
    ]
    api.do("session/terminate", id="nightly")
    assert [each["command"] for each in api.do("session/list", filter=["id==nightly"])] == [
        "/opt/cad/run"
    ]


def test_a_session_that_starts_takes_a_moment_to_be_seen(make_api):
    api = make_api(start_delay=2)
    api.do("session/start", id="n", command="x")
    assert "n" not in api.ids() and api.do("session/list/count") == 3
    assert api.fail("session/terminate", id="n") == "There is no such session"
    assert api.fail("session/start", id="n", command="x") == "A session with this id exists"
    api.server.clock.advance(2)
    assert "n" in api.ids()


@pytest.mark.parametrize(("switch", "marked"), [("unmarked", False), ("shortcut", True)])
def test_a_bookmark_starts_a_new_session_every_time(make_api, switch, marked):
    api = make_api(bookmark_start=switch)
    first, second = (api.do("session/start/bookmark", id="cad") for _time in range(2))
    assert first["id"] != second["id"]
    assert first["params"] == {"name": "CAD", **({"shortcut": "cad"} if marked else {})}
    assert (
        first["geometry"],
        api.do("session/list", filter=[f"id=={first['id']}"])[0]["command"],
    ) == ("1600x900", "/opt/cad/run")
    assert (api.do("session/shortcut", id="cad")["id"] == second["id"]) is marked


def test_a_shortcut_connects_to_its_session_or_starts_it(api):
    first = api.do("session/shortcut", id="desktop")
    again = api.do("session/shortcut", id="desktop")
    assert first["id"] == again["id"] and first["password"] != again["password"]
    assert first["params"] == {"name": "Desktop", "shortcut": "desktop"}
    api.do("session/terminate", id=first["id"])
    assert api.do("session/shortcut", id="desktop")["id"] != first["id"]


def test_bookmarks_are_the_own_ones_the_suggestions_and_the_history(api):
    assert api.do("session/start/bookmark", id="h-1")["params"] == {"name": "Editor"}
    for path in ("session/start/bookmark", "session/shortcut"):
        assert api.fail(path, id="other") == "There is no such bookmark"


def test_connecting_gives_a_new_one_time_password_and_sets_parameters(api):
    first = api.do("session/connect", id="nightly", params={"project": "", "owner": "M"})
    assert first.keys() == {"geometry", "id", "login", "params", "password", "port", "windowMode"}
    assert first["params"] == {"name": "CAD nightly", "owner": "M"}
    assert api.do("session/connect", id="nightly")["password"] != first["password"]


def test_parameters_are_merged_and_an_empty_one_is_deleted(api):
    assert api.do(
        "session/params", id="nightly", params={"project": "", "name": "Other", "x": "1"}
    ) == {"name": "Other", "x": "1"}
    assert api.do("session/params", id="nightly", params={}) == {"name": "Other", "x": "1"}
    assert api.do("session/list", filter=["id==nightly"])[0]["params"] == {
        "name": "Other",
        "x": "1",
    }


def test_disconnecting_leaves_the_session_and_nobody_in_it(api):
    assert api.do("session/disconnect", id="nightly") is None
    (session,) = api.do("session/list", filter=["id==nightly"])
    assert (session["clients"], session["lastDisconnect"]) == (0, "2026-01-15T09:00:00.000Z")
    before = api.server.dump()
    assert api.do("session/disconnect", id="nightly") is None
    assert api.server.dump() == before


def test_terminating_ends_the_session_and_frees_its_display(api):
    assert api.do("session/terminate", id="nightly") is None
    assert api.fail("session/terminate", id="nightly") == "There is no such session"
    assert api.do("session/start", command="x")["port"] == 40000


@pytest.mark.parametrize(
    "path", ["connect", "params", "disconnect", "terminate", "log", "screenshot"]
)
def test_a_session_of_somebody_else_is_as_good_as_none(api, path):
    more = {"params": {}} if path == "params" else {}
    assert (
        api.fail(f"session/{path}", id="s-4", **more)
        == api.fail(f"session/{path}", id="none", **more)
        == "There is no such session"
    )


def image(src):
    head, _comma, data = src.partition(",")
    return head, base64.b64decode(data)


@pytest.mark.parametrize(
    ("given", "size"),
    [
        ({}, (1600, 900)),
        ({"width": 800}, (800, 450)),
        ({"height": 90}, (160, 90)),
        ({"width": 80, "height": 80}, (80, 45)),
        ({"width": 80, "height": 80, "keep_aspect": 0}, (80, 80)),
        ({"geometry": "80x80", "keep_aspect": 0}, (80, 80)),
        ({"geometry": "80x80"}, (80, 45)),
    ],
)
def test_a_screenshot_is_a_real_image_of_the_size_that_was_asked_for(api, given, size):
    head, png = image(api.do("session/screenshot", id="nightly", **given)["src"])
    assert (head, png[:8], struct.unpack(">II", png[16:24])) == (
        "data:image/png;base64",
        b"\x89PNG\r\n\x1a\n",
        size,
    )
    length = struct.unpack(">I", png[33:37])[0]
    assert len(zlib.decompress(png[41 : 41 + length])) == (size[0] + 1) * size[1]
    head, jpeg = image(api.do("session/screenshot", id="nightly", format="jpeg", **given)["src"])
    start = jpeg.index(b"\xff\xc0")
    assert (head, jpeg[:3], jpeg[-2:]) == ("data:image/jpeg;base64", b"\xff\xd8\xff", b"\xff\xd9")
    assert struct.unpack(">HH", jpeg[start + 5 : start + 9]) == size[::-1]


def test_a_screenshot_has_its_limits(api):
    assert image(api.do("session/screenshot", id="s-2")["src"])[1][16:24] == struct.pack(
        ">II", 1024, 768
    )
    assert (
        api.fail("session/screenshot", id="nightly", geometry="9999x9999", keep_aspect=0)
        == "The screenshot is too large"
    )


def test_what_no_document_describes_takes_anything_and_is_written_down(api):
    for path, kept in (
        ("session/exec", "executions"),
        ("session/schedule", "schedules"),
        ("share/email", "emails"),
    ):
        assert api.do(path, anything={"goes": [1, None]}) is None
        assert api.server.site[kept] == [
            {"login": "mira", "given": {"anything": {"goes": [1, None]}}}
        ]

"""Bookmarks and sharing keys of the simulated FastX server."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest

from .conftest import Api

CAD = {
    "id": "cad",
    "command": "/opt/cad/run",
    "name": "CAD",
    "geometry": "1600x900",
    "tags": ["design"],
}
TERM = {"id": "term", "command": "xterm"}
SHARE = {"id": "nightly", "key": "key-of-the-nightly", "perms": ["viewer"], "timeout": 60}


def test_the_lists_are_suggestions_bookmarks_and_history(make_api):
    assert make_api().do("bookmark/list") == {
        "suggestions": [
            {
                "id": "desktop",
                "command": "gnome-session",
                "name": "Desktop",
                "geometry": "1920x1080",
            }
        ],
        "bookmarks": [CAD, TERM],
        "history": [{"id": "h-1", "command": "gvim", "name": "Editor"}],
    }
    assert make_api(no_value="null").do("bookmark/list")["bookmarks"][1] == {
        **TERM,
        "name": None,
        "geometry": None,
        "tags": None,
    }


def test_a_bookmark_is_created_by_an_id_that_is_not_there(api):
    new = {"id": "desktop", "command": "startxfce4", "geometry": "rootless", "tags": []}
    assert api.do("bookmark/edit", **new)["bookmarks"] == [CAD, TERM, new]
    assert api.do("bookmark/list")["suggestions"][0]["command"] == "gnome-session"


@pytest.mark.parametrize(
    ("switch", "cad"),
    [("merge", {**CAD, "command": "new"}), ("replace", {"id": "cad", "command": "new"})],
)
def test_a_bookmark_is_edited_in_its_place_and_keeps_or_loses_what_is_left_out(
    make_api, switch, cad
):
    assert make_api(bookmark_edit=switch).do("bookmark/edit", id="cad", command="new")[
        "bookmarks"
    ] == [cad, TERM]


def test_a_bookmark_or_an_entry_of_the_history_is_deleted(api):
    assert api.do("bookmark/delete", id="cad")["bookmarks"] == [TERM]
    assert api.do("bookmark/delete", id="h-1")["history"] == []
    assert api.fail("bookmark/delete", id="desktop") == "There is no such bookmark"


def test_deleting_what_is_not_there_is_an_error_or_nothing(make_api):
    assert make_api().fail("bookmark/delete", id="other") == "There is no such bookmark"
    assert make_api(delete_missing="ignore").do("bookmark/delete", id="other")["bookmarks"] == [
        CAD,
        TERM,
    ]


def test_the_history_keeps_the_last_ten(api):
    for number in range(12):
        api.do("session/start", command=f"c{number}")
    assert [each["command"] for each in api.do("bookmark/list")["history"]] == [
        f"c{number}" for number in range(11, 1, -1)
    ]


def test_the_keys_of_a_session_are_listed_to_its_owner(api):
    assert api.do("share/list", id="nightly") == [SHARE]
    assert api.do("share/list", id="s-2") == []
    assert api.fail("share/list", id="s-4") == "There is no such session"


def test_editing_a_key_changes_its_permissions(api):
    assert api.do("share/edit", id="nightly", key=SHARE["key"], perms=["granter", "viewer"]) == [
        {**SHARE, "perms": ["granter", "viewer"]}
    ]


def test_editing_a_new_key_creates_it_or_is_an_error(make_api):
    new = {"id": "nightly", "key": "new", "perms": ["granter"]}
    assert make_api().do("share/edit", **new) == [SHARE, {**new, "timeout": 60}]
    assert make_api(share_edit="error").fail("share/edit", **new) == "There is no such share"


def test_a_key_is_deleted(api):
    assert api.do("share/delete", id="nightly", key=SHARE["key"]) == []
    assert api.fail("share/delete", id="nightly", key=SHARE["key"]) == "There is no such share"


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ({"perms": []}, []),
        ({}, []),
        ({"perms": ["viewer"]}, ["g"]),
        ({"perms": ["granter"]}, ["key-of-the-nightly"]),
    ],
)
def test_a_reset_deletes_keys_by_permission_and_disconnects_everybody(api, given, left):
    api.do("share/edit", id="nightly", key="g", perms=["granter"])
    assert [each["key"] for each in api.do("share/reset", id="nightly", **given)] == left
    assert api.do("session/list", filter=["id==nightly"])[0]["clients"] == 0


def test_whoever_knows_the_key_connects_to_the_session(api):
    guest = Api(api.server, "root")
    connected = guest.do("share/connect", id="nightly", key=SHARE["key"])
    assert (connected["id"], connected["login"]) == ("nightly", "mira") and connected["password"]
    assert guest.fail("share/connect", id="nightly", key="other") == "There is no such share"
    assert guest.fail("share/connect", id="s-2", key=SHARE["key"]) == "There is no such share"

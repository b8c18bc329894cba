"""The technician group queries of the simulated SimpleHelp server."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest

from tests.simulator.simplehelp.site import PERMISSIONS

SELECTORS = [{"uniqueID": 2}, {"group": {"name": "Helpdesk"}}]
NESTED_DEFAULT = {"enabled": False, "advanced": False, "memberOfGroups": []}


def test_list_shows_groups_with_nested_settings_and_no_password_or_permissions(api):
    helpdesk, field = api.read("groups/list")
    assert helpdesk == {
        "uniqueID": 2,
        "name": "Helpdesk",
        "allowAnonymousLogins": False,
        "max_groupShSessions": 0,
        "max_groupSgSessions": 0,
        "max_userShSessions": 0,
        "max_userSgSessions": 0,
        "maxFileSize": 0,
        "requestAccessTimeout": 0,
        "sessionSpeedLimitKbps": 0,
        "fpsDelay": 0,
        "ldapSettings": NESTED_DEFAULT,
        "mfaSettings": {
            "email": False,
            "app": False,
            "emailCodeLength": 6,
            "rememberMachine": False,
        },
        "passwordSettings": {"enabled": False},
    }
    assert field["ldapSettings"] == {**NESTED_DEFAULT, "enabled": True, "baseDN": "dc=example"}


def test_attributes_without_a_value_are_null_in_nested_objects_too(make_api):
    helpdesk, _field = make_api(nulls="null").read("groups/list")
    assert helpdesk["groupSpecificHostname"] is None
    assert helpdesk["ldapSettings"] == {**NESTED_DEFAULT, "baseDN": None, "filter": None}


@pytest.mark.parametrize("selector", SELECTORS)
def test_get_takes_each_documented_selector(api, selector):
    assert api.read("groups/get", selector) == api.read("groups/list")[0]


@pytest.mark.parametrize(
    ("style", "shown"),
    [("absent", None), ("blank", ""), ("masked", "********"), ("plain", "tape")],
)
def test_the_video_password_is_shown_as_the_switch_says(make_api, style, shown):
    api = make_api(video_password=style)
    assert api.read("groups/get", {"uniqueID": 2}).get("videoPassword") == shown
    assert "videoPassword" not in api.read("groups/get", {"uniqueID": 5})
    assert (
        make_api(video_password=style, nulls="null").read("groups/get", {"uniqueID": 2})[
            "videoPassword"
        ]
        == shown
    )


@pytest.mark.parametrize(
    "query", ["get", "set", "remove", "password/set", "permissions/get", "permissions/set"]
)
def test_a_group_that_does_not_exist_is_refused(api, query):
    more = {
        "set": {"fpsDelay": 1},
        "permissions/set": {"permissions": {"canRunTools": True}},
    }.get(query, {})
    password = {"password": "x"} if query == "password/set" else {}
    assert "no technician group" in api.refuse(
        f"groups/{query}", {"group": {"name": "Nowhere", **more}, **password}
    )
    assert "no technician group" in api.refuse(
        f"groups/{query}", {"uniqueID": 99, "group": more, **password}
    )


@pytest.mark.parametrize(
    "data", [{}, {"group": {}}, {"group": {"fpsDelay": 3}}, {"group": {"uniqueID": 2}}]
)
def test_a_body_without_a_selector_breaks_the_document(api, data):
    assert "selects a technician group" in api.violate("groups/remove", data)


def test_a_top_level_name_is_no_selector(api):
    assert "name is not in the document" in api.violate("groups/remove", {"name": "Helpdesk"})


def test_selectors_that_name_different_groups_are_refused(api):
    assert "different technician groups" in api.violate(
        "groups/remove", {"uniqueID": 2, "group": {"name": "Field"}}
    )
    data = {"uniqueID": 2, "group": {"uniqueID": 5, "permissions": {"canRunTools": False}}}
    assert "different technician groups" in api.violate("groups/permissions/set", data)
    assert api.server.site["groups"].keys() == {"Helpdesk", "Field"}


def test_new_stores_a_group_under_an_id_that_the_server_gives_without_permissions(api):
    api.do(
        "groups/new",
        {"group": {"name": "Night", "maxFileSize": 5_000_000_000, "mfaSettings": {"app": True}}},
    )
    night = api.read("groups/get", {"group": {"name": "Night"}})
    assert (night["uniqueID"], night["maxFileSize"]) == (6, 5_000_000_000)
    assert night["mfaSettings"] == {
        "email": False,
        "app": True,
        "emailCodeLength": 6,
        "rememberMachine": False,
    }
    assert api.read("groups/permissions/get", {"uniqueID": 6}) == dict.fromkeys(PERMISSIONS, False)


def test_new_refuses_what_cannot_be_and_keeps_the_state(api):
    before = api.server.dump()
    assert "already" in api.refuse("groups/new", {"group": {"name": "Field"}})
    assert "must not be empty" in api.refuse("groups/new", {"group": {"name": ""}})
    assert "name is missing" in api.violate("groups/new", {"group": {"fpsDelay": 1}})
    assert "cannot be set" in api.violate("groups/new", {"group": {"name": "Night", "uniqueID": 9}})
    assert api.server.dump() == before


def test_set_by_name_changes_the_given_attributes_and_no_other(api):
    before = api.read("groups/get", {"uniqueID": 5})
    api.do(
        "groups/set",
        {"group": {"name": "Field", "fpsDelay": 40, "groupSpecificHostname": "field.example.org"}},
    )
    assert api.read("groups/get", {"uniqueID": 5}) == {
        **before,
        "fpsDelay": 40,
        "groupSpecificHostname": "field.example.org",
    }


def test_set_by_id_with_a_name_renames(api):
    api.do("groups/set", {"uniqueID": 2, "group": {"name": "Service Desk"}})
    assert [group["name"] for group in api.read("groups/list")] == ["Service Desk", "Field"]
    assert "already" in api.refuse("groups/set", {"uniqueID": 2, "group": {"name": "Field"}})
    assert "must not be empty" in api.refuse("groups/set", {"uniqueID": 2, "group": {"name": ""}})


def test_set_without_an_attribute_breaks_the_document(api):
    assert "no attribute" in api.violate("groups/set", {"group": {"name": "Field"}})
    assert "no attribute" in api.violate("groups/set", {"uniqueID": 2, "group": {}})
    assert "group is missing" in api.violate("groups/set", {"uniqueID": 2})


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        (
            "merge",
            {"enabled": False, "advanced": False, "memberOfGroups": [], "baseDN": "dc=example"},
        ),
        ("replace", NESTED_DEFAULT),
    ],
)
def test_nested_settings_are_merged_or_replaced(make_api, style, expected):
    api = make_api(nested_update=style)
    api.do("groups/set", {"uniqueID": 5, "group": {"ldapSettings": {"enabled": False}}})
    assert api.read("groups/get", {"uniqueID": 5})["ldapSettings"] == expected


def test_the_id_is_refused_or_ignored_among_attributes(make_api):
    api = make_api()
    assert "cannot be set" in api.violate("groups/set", {"uniqueID": 2, "group": {"uniqueID": 9}})
    api = make_api(read_only_fields="ignore")
    api.do("groups/set", {"uniqueID": 2, "group": {"uniqueID": 9, "fpsDelay": 7}})
    assert api.read("groups/get", {"uniqueID": 2})["fpsDelay"] == 7


@pytest.mark.parametrize("selector", SELECTORS)
def test_remove_takes_the_group_away_and_out_of_its_technicians(api, selector):
    api.do("groups/remove", selector)
    assert [group["name"] for group in api.read("groups/list")] == ["Field"]
    assert api.read("technicians/get", {"username": "anna"})["groupIDs"] == [5]


@pytest.mark.parametrize("selector", SELECTORS)
def test_a_group_password_is_stored_counted_and_never_shown(api, selector):
    api.do("groups/password/set", {**selector, "password": "s3cret-word"})
    helpdesk = api.server.site["groups"]["Helpdesk"]
    assert (helpdesk["password"], helpdesk["password_sets"]) == ("s3cret-word", 1)
    assert "s3cret-word" not in api.send("groups/list").text
    assert "must not be empty" in api.refuse("groups/password/set", {**selector, "password": ""})


@pytest.mark.parametrize("selector", SELECTORS)
def test_permissions_are_a_map_of_every_name(api, selector):
    assert api.read("groups/permissions/get", selector) == {
        name: name == "canRunTools" for name in PERMISSIONS
    }


@pytest.mark.parametrize(
    "where",
    [
        ({"uniqueID": 2}, {}),
        ({}, {"uniqueID": 2}),
        ({}, {"name": "Helpdesk"}),
        ({"uniqueID": 2}, {"uniqueID": 2}),
    ],
)
def test_setting_permissions_changes_the_given_names_only(api, where):
    outer, inner = where
    api.do(
        "groups/permissions/set", {**outer, "group": {**inner, "permissions": {"canChat": True}}}
    )
    granted = {
        name for name, value in api.read("groups/permissions/get", {"uniqueID": 2}).items() if value
    }
    assert granted == {"canRunTools", "canChat"}


def test_an_unknown_permission_is_refused_and_nothing_is_set(api):
    data = {"group": {"uniqueID": 2, "permissions": {"canChat": True, "canFly": True}}}
    assert api.refuse("groups/permissions/set", data) == "There is no permission canFly"
    assert api.read("groups/permissions/get", {"uniqueID": 2})["canChat"] is False
    assert "no permission to set" in api.violate(
        "groups/permissions/set", {"group": {"uniqueID": 2, "permissions": {}}}
    )
    assert "permissions.canChat must be of type Boolean" in api.violate(
        "groups/permissions/set", {"group": {"uniqueID": 2, "permissions": {"canChat": "yes"}}}
    )


def test_in_the_path_style_set_the_printed_update_is_a_mere_read_that_counts_as_a_write(api):
    before = api.server.dump()
    shown = api.read("groups/get", {"uniqueID": 2, "group": {"name": "Renamed", "fpsDelay": 9}})
    assert shown == api.read("groups/get", {"uniqueID": 2})
    assert api.read("groups/get", {"group": {"name": "Field", "fpsDelay": 9}})["fpsDelay"] == 0
    assert api.server.dump() == before
    assert [entry.writes for entry in api.server.journal.entries] == [True, False, True]


def test_in_the_path_style_printed_updates_happen_at_the_path_of_the_read(make_api):
    api = make_api(path_style="printed")
    api.do("groups/get", {"uniqueID": 2, "group": {"name": "Renamed"}})
    api.do("groups/get", {"group": {"name": "Field", "fpsDelay": 9}})
    assert api.read("groups/get", {"uniqueID": 2})["name"] == "Renamed"
    assert api.read("groups/get", {"group": {"name": "Field"}})["fpsDelay"] == 9
    assert [entry.writes for entry in api.server.journal.entries] == [True, True, False, False]
    assert "no such query" in api.refuse(
        "groups/set", {"uniqueID": 2, "group": {"name": "Again"}}, status=404
    )

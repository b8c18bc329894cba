"""The technician queries of the simulated SimpleHelp server."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest

ANNA = {
    "uniqueID": 3,
    "displayName": "Anna",
    "username": "anna",
    "isAnonymous": False,
    "allowLocallyAuthenticatedLogins": True,
    "enabled": True,
    "appProfilesUser": False,
    "groupIDs": [2, 5],
}
SELECTORS = [{"uniqueID": 3}, {"username": "anna"}, {"technician": {"username": "anna"}}]


def test_list_shows_every_technician_with_the_documented_attributes_only(api):
    anna, ben = api.read("technicians/list")
    assert anna == ANNA
    assert (ben["username"], ben["emailAddress"], ben["isAnonymous"], ben["groupIDs"]) == (
        "ben",
        "ben@example.org",
        True,
        [],
    )
    assert "displayName" not in ben


def test_attributes_without_a_value_are_null_when_the_switch_says_so(make_api):
    api = make_api(nulls="null")
    anna, ben = api.read("technicians/list")
    assert anna == {**ANNA, "emailAddress": None}
    assert ben["displayName"] is None


@pytest.mark.parametrize("selector", SELECTORS)
def test_get_takes_each_documented_selector(api, selector):
    assert api.read("technicians/get", selector) == ANNA


@pytest.mark.parametrize("query", ["get", "set", "remove", "password/set", "totp/remove"])
def test_a_technician_that_does_not_exist_is_refused(api, query):
    more = {"password": "x"} if query == "password/set" else {}
    technician = {"displayName": "x"} if query == "set" else {}
    for selector in ({"uniqueID": 99}, {"username": "nobody"}):
        data = {**selector, **more, **({"technician": technician} if technician else {})}
        assert "There is no technician" in api.refuse(f"technicians/{query}", data)


@pytest.mark.parametrize("data", [{"technician": {"displayName": "Anna"}}, {}])
def test_a_body_without_a_selector_breaks_the_document(api, data):
    assert "selects a technician" in api.violate("technicians/get", data)


def test_selectors_that_name_different_technicians_are_refused(api):
    assert "different technicians" in api.violate(
        "technicians/remove", {"uniqueID": 3, "username": "ben"}
    )
    two_names = {"username": "anna", "technician": {"username": "ben", "displayName": "x"}}
    assert "different technicians" in api.violate("technicians/set", two_names)
    assert api.server.site["technicians"].keys() == {"anna", "ben"}
    api.do(
        "technicians/remove",
        {"uniqueID": 3, "username": "anna", "technician": {"username": "anna"}},
    )
    assert api.server.site["technicians"].keys() == {"ben"}


def test_new_stores_a_technician_under_an_id_that_the_server_gives(api):
    api.do(
        "technicians/new",
        {"technician": {"username": "carl", "emailAddress": "c@example.org", "groupIDs": [5, 5]}},
    )
    assert api.read("technicians/get", {"username": "carl"}) == {
        "uniqueID": 9,
        "username": "carl",
        "emailAddress": "c@example.org",
        "isAnonymous": False,
        "allowLocallyAuthenticatedLogins": True,
        "enabled": True,
        "appProfilesUser": False,
        "groupIDs": [5],
    }


def test_an_id_is_never_given_twice(api):
    api.do("technicians/new", {"technician": {"username": "carl"}})
    api.do("technicians/remove", {"username": "carl"})
    api.do("technicians/new", {"technician": {"username": "dora"}})
    assert api.server.site["technicians"]["dora"]["uniqueID"] == 10


def test_new_refuses_what_cannot_be_and_keeps_the_state(api):
    before = api.server.dump()
    assert "already" in api.refuse("technicians/new", {"technician": {"username": "anna"}})
    assert "no technician group" in api.refuse(
        "technicians/new", {"technician": {"username": "carl", "groupIDs": [2, 77]}}
    )
    assert "must not be empty" in api.refuse("technicians/new", {"technician": {"username": ""}})
    assert "username is missing" in api.violate(
        "technicians/new", {"technician": {"displayName": "Carl"}}
    )
    assert api.server.dump() == before


def test_set_changes_the_given_attributes_and_no_other(api):
    api.do(
        "technicians/set",
        {"technician": {"username": "anna", "displayName": "Anna K.", "groupIDs": []}},
    )
    assert api.read("technicians/get", {"uniqueID": 3}) == {
        **ANNA,
        "displayName": "Anna K.",
        "groupIDs": [],
    }
    api.do("technicians/set", {"username": "anna", "technician": {"enabled": False}})
    assert api.read("technicians/get", {"uniqueID": 3})["enabled"] is False


def test_set_by_id_with_a_username_renames_and_keeps_the_order(api):
    api.do("technicians/set", {"uniqueID": 3, "technician": {"username": "anne"}})
    assert [each["username"] for each in api.read("technicians/list")] == ["anne", "ben"]
    assert "no technician" in api.refuse("technicians/get", {"username": "anna"})
    assert api.server.site["technicians"]["anne"]["password"] == "old"


def test_set_refuses_a_name_that_is_taken_an_unknown_group_and_no_attribute(api):
    before = api.server.dump()
    assert "already" in api.refuse(
        "technicians/set", {"uniqueID": 3, "technician": {"username": "ben"}}
    )
    assert "no technician group" in api.refuse(
        "technicians/set", {"uniqueID": 3, "technician": {"groupIDs": [1]}}
    )
    assert "no attribute" in api.violate("technicians/set", {"technician": {"username": "anna"}})
    assert "technician is missing" in api.violate("technicians/set", {"uniqueID": 3})
    assert api.server.dump() == before


@pytest.mark.parametrize(
    "attribute", [{"uniqueID": 9}, {"isAnonymous": True}, {"appProfilesUser": True}]
)
def test_attributes_that_only_the_server_sets_are_refused_or_ignored(make_api, attribute):
    api = make_api()
    assert "cannot be set" in api.violate(
        "technicians/set", {"uniqueID": 3, "technician": attribute}
    )
    assert "cannot be set" in api.violate(
        "technicians/new", {"technician": {"username": "carl", **attribute}}
    )
    api = make_api(read_only_fields="ignore")
    api.do("technicians/set", {"uniqueID": 3, "technician": {**attribute, "displayName": "A"}})
    assert api.read("technicians/get", {"uniqueID": 3}) == {**ANNA, "displayName": "A"}


@pytest.mark.parametrize("selector", SELECTORS)
def test_remove_takes_the_technician_away(api, selector):
    api.do("technicians/remove", selector)
    assert [each["username"] for each in api.read("technicians/list")] == ["ben"]


@pytest.mark.parametrize("selector", SELECTORS)
def test_a_password_is_stored_counted_and_never_shown(api, selector):
    api.do("technicians/password/set", {**selector, "password": "s3cret-word"})
    anna = api.server.site["technicians"]["anna"]
    assert (anna["password"], anna["password_sets"]) == ("s3cret-word", 1)
    assert "s3cret-word" not in api.send("technicians/list").text


def test_a_password_that_is_empty_or_missing_is_refused(api):
    assert "must not be empty" in api.refuse(
        "technicians/password/set", {"username": "anna", "password": ""}
    )
    assert "password is missing" in api.violate("technicians/password/set", {"username": "anna"})
    assert api.server.site["technicians"]["anna"]["password"] == "old"


def test_removing_the_totp_key_is_counted_and_may_be_repeated(api):
    for _again in range(2):
        api.do("technicians/totp/remove", {"username": "anna"})
    anna = api.server.site["technicians"]["anna"]
    assert (anna["totp"], anna["totp_removals"]) == (False, 2)

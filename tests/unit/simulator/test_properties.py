"""The properties of machines and machine groups on the simulated SimpleHelp server."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest


def of_machine(api, machine_id="SG_1", **more):
    (answer,) = api.read("machines/properties/get", {"machineID": machine_id, **more})
    assert answer["machineID"] == machine_id
    assert all(pair.keys() == {"key", "value"} for pair in answer["properties"])
    return {pair["key"]: pair["value"] for pair in answer["properties"]}


def test_a_machine_shows_its_own_properties_unless_the_inherited_ones_are_asked_for(api):
    assert of_machine(api) == of_machine(api, includeInherited=False) == {"contact": "own"}
    assert of_machine(api, includeInherited=True) == {"contact": "own", "vat": "20", "code": "LDN"}
    assert of_machine(api, "SG_2", includeInherited=True) == {"contact": "country", "vat": "20"}
    assert of_machine(api, "SG_3", includeInherited=True) == {}


def test_the_nearest_group_wins_where_the_machine_has_no_property_of_its_own(api):
    api.do("machines/properties/remove", {"machineID": "SG_1", "key": "contact"})
    assert of_machine(api, includeInherited=True)["contact"] == "city"
    assert of_machine(api) == {}


def test_one_key_is_shown_alone_or_not_at_all(api):
    assert of_machine(api, key="contact") == {"contact": "own"}
    assert of_machine(api, key="vat") == {}
    assert of_machine(api, key="vat", includeInherited=True) == {"vat": "20"}


def test_setting_a_property_adds_or_replaces_it(api):
    api.do("machines/properties/set", {"machineID": "SG_1", "key": "contact", "value": "new"})
    api.do("machines/properties/set", {"machineID": "SG_1", "key": "License", "value": ""})
    assert of_machine(api) == {"contact": "new", "License": ""}


def test_property_writes_refuse_what_cannot_be_and_keep_the_state(api):
    before = api.server.dump()
    assert "has no property vat" in api.refuse(
        "machines/properties/remove", {"machineID": "SG_1", "key": "vat"}
    )
    assert "must not be empty" in api.refuse(
        "machines/properties/set", {"machineID": "SG_1", "key": "", "value": "x"}
    )
    assert "SG_9" in api.refuse(
        "machines/properties/set", {"machineID": "SG_9", "key": "a", "value": "x"}
    )
    assert "key is missing" in api.violate(
        "machines/properties/set", {"machineID": "SG_1", "value": "x"}
    )
    assert "value is missing" in api.violate(
        "machines/properties/set", {"machineID": "SG_1", "key": "a"}
    )
    assert "key is missing" in api.violate("machines/properties/remove", {"machineID": "SG_1"})
    assert "selects the machines" in api.violate(
        "machines/properties/set", {"key": "a", "value": "x"}
    )
    assert api.server.dump() == before


def test_property_writes_take_several_machines_when_the_switch_says_so(make_api):
    data = {"machineIDs": ["SG_1", "SG_3"], "key": "a"}
    api = make_api(properties_many="accept")
    api.do("machines/properties/set", {**data, "value": "x"})
    assert of_machine(api)["a"] == of_machine(api, "SG_3")["a"] == "x"
    api.do("machines/properties/remove", data)
    assert "a" not in of_machine(api) | of_machine(api, "SG_3")
    api = make_api()
    assert (
        api.refuse("machines/properties/set", {**data, "value": "x"}) == "Unknown field: machineIDs"
    )
    api = make_api(unknown_fields="ignore")
    api.do("machines/properties/set", {**data, "machineID": "SG_2", "value": "x"})
    assert (of_machine(api, "SG_2"), of_machine(api, "SG_3")) == ({"a": "x"}, {})


def test_a_machine_group_shows_the_names_of_its_keys_and_the_value_of_one(api):
    london = {"groups": ["UK", "London"]}
    assert api.read("machinegroups/properties/get", london) == ["contact", "code"]
    assert api.read("machinegroups/properties/get", {**london, "includeInherited": True}) == [
        "contact",
        "vat",
        "code",
    ]
    assert api.read("machinegroups/properties/get", {**london, "key": "contact"}) == "city"
    assert (
        api.read("machinegroups/properties/get", {**london, "key": "vat", "includeInherited": True})
        == "20"
    )


@pytest.mark.parametrize(
    ("absent", "scalar", "body"),
    [
        ("null", "json", b"null"),
        ("empty", "json", b'""'),
        ("null", "text", b""),
        ("empty", "text", b""),
    ],
)
def test_an_absent_key_of_a_machine_group_is_answered_as_the_switches_say(
    make_api, absent, scalar, body
):
    api = make_api(absent_property=absent, scalar=scalar)
    answer = api.send("machinegroups/properties/get", {"groups": ["UK", "London"], "key": "vat"})
    assert (answer.status_code, answer.content) == (200, body)


def test_an_absent_key_of_a_machine_group_is_refused_when_the_switch_says_so(make_api):
    api = make_api(absent_property="refuse")
    assert "no property vat" in api.refuse(
        "machinegroups/properties/get", {"groups": ["UK", "London"], "key": "vat"}
    )


def test_a_value_is_plain_text_when_the_switch_says_so(make_api):
    answer = make_api(scalar="text").send(
        "machinegroups/properties/get", {"groups": ["UK"], "key": "contact"}
    )
    assert (answer.content, answer.headers["content-type"]) == (
        b"country",
        "text/plain; charset=utf-8",
    )


def test_setting_a_property_of_a_machine_group_reaches_the_machines_below(api):
    api.do("machinegroups/properties/set", {"groups": ["UK"], "key": "phone", "value": "1"})
    assert of_machine(api, includeInherited=True)["phone"] == "1"
    assert of_machine(api, "SG_3", includeInherited=True) == {}


def test_removing_a_property_of_a_machine_group_is_a_guess_that_can_be_switched_off(make_api):
    data = {"groups": ["UK", "London"], "key": "contact"}
    api = make_api()
    api.do("machinegroups/properties/remove", data)
    assert "has no property contact" in api.refuse("machinegroups/properties/remove", data)
    assert api.read("machinegroups/properties/get", {**data, "includeInherited": True}) == "country"
    api = make_api(group_property_remove=False)
    assert "no such query" in api.refuse("machinegroups/properties/remove", data, status=404)


@pytest.mark.parametrize("query", ["get", "set", "remove"])
def test_the_path_of_a_machine_group_must_lead_to_one(api, query):
    before = api.server.dump()
    more = {"get": {}, "set": {"key": "a", "value": "b"}, "remove": {"key": "a"}}[query]
    path = f"machinegroups/properties/{query}"
    assert "no machine group UK / Leeds" in api.refuse(path, {"groups": ["UK", "Leeds"], **more})
    assert "no machine group London" in api.refuse(path, {"groups": ["London"], **more})
    assert "holds no path" in api.violate(path, {"groups": [], **more})
    assert "holds no path" in api.violate(path, more)
    assert api.server.dump() == before


def test_a_machine_that_arrives_later_brings_its_group(api):
    api.server.site["machines"]["SG_3"]["groups"] = ["France", "Lyon"]
    api.do("machinegroups/properties/set", {"groups": ["France"], "key": "vat", "value": "20"})
    assert of_machine(api, "SG_3", includeInherited=True) == {"vat": "20"}


def test_in_the_path_style_set_the_printed_update_is_a_mere_read_that_counts_as_a_write(api):
    before = api.server.dump()
    data = {"groups": ["UK"], "key": "vat", "value": "99"}
    assert api.read("machinegroups/properties/get", data) == "20"
    assert api.server.dump() == before
    assert [entry.writes for entry in api.server.journal.entries] == [True]


def test_in_the_path_style_printed_updates_happen_at_the_path_of_the_read(make_api):
    api = make_api(path_style="printed")
    data = {"groups": ["UK"], "key": "vat"}
    api.do("machinegroups/properties/get", {**data, "value": "99"})
    assert api.read("machinegroups/properties/get", data) == "99"
    assert "no such query" in api.refuse(
        "machinegroups/properties/set", {**data, "value": "1"}, status=404
    )

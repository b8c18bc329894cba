"""What a managed object looks like: its options, how it is compared, merged, exported, and
translated to and from the server's records.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import dataclasses

import pytest

from ansible_collections.remoteops.access.plugins.module_utils._core.errors import InputError
from ansible_collections.remoteops.access.plugins.module_utils._core.resource import Field, Resource
from tests.unit.plugins.module_utils._core.server_in_memory import (
    GROUP,
    ITEM,
    MACHINE,
    MEMBERSHIP,
    POLICY,
    SITE,
    TEAM,
    USER,
)

NAMES = {("team", 1): "Red", ("team", 2): "Blue", ("user", 7): "ann"}
RED = {
    "id": 1,
    "name": "Red",
    "comments": None,
    "size": 3,
    "mailSettings": {
        "enabled": True,
        "subjectLine": "Hi",
        "copies": ["b", "a", "b"],
        "region": "EU",
    },
    "settings": {"x": 1},
    "doorCode": "1234",
}


def name_of(kind, identifier):
    """Return the name of an object of these tests."""
    return NAMES[kind, identifier]


def id_of(kind, name):
    """Return the identifier of an object of these tests."""
    return next(
        identifier for (of, identifier), known in NAMES.items() if (of, known) == (kind, name)
    )


# --- options ------------------------------------------------------------------------------------------------------------


def test_a_resource_is_data_that_cannot_be_changed():
    for thing in (TEAM, TEAM.fields["name"]):
        with pytest.raises(dataclasses.FrozenInstanceError):
            thing.name = "other"


def test_every_field_that_can_be_written_is_an_option_and_what_is_only_read_is_not():
    assert set(USER.argument_spec()) == {
        "user_id",
        "username",
        "display_name",
        "teams",
        "home_team",
        "steps",
        "password",
        "update_password",
    }
    assert set(MEMBERSHIP.argument_spec()) == {"team", "user"}


def test_a_secret_is_an_option_that_is_not_logged_and_has_another_that_says_when_it_is_sent():
    spec = TEAM.argument_spec()
    for name in ("password", "door_code"):
        assert spec[name]["no_log"] is True
        assert spec[f"update_{name}"] == {
            "type": "str",
            "choices": ["on_create", "always"],
            "default": "on_create",
            "no_log": False,
        }


def test_an_option_that_only_sounds_like_a_secret_is_said_not_to_be_one():
    assert TEAM.argument_spec()["settings"]["no_log"] is False


def test_the_parts_of_the_key_are_required_unless_an_identifier_can_stand_for_them():
    assert {
        name for name, option in MEMBERSHIP.argument_spec().items() if option.get("required")
    } == {"team", "user"}
    assert {name for name, option in MACHINE.argument_spec().items() if option.get("required")} == {
        "machine"
    }
    assert not any(option.get("required") for option in TEAM.argument_spec().values())
    assert not any(option.get("required") for option in SITE.argument_spec().values())


def test_nested_options_are_described_like_others():
    assert TEAM.argument_spec()["mail"]["options"]["copies"] == {
        "type": "list",
        "elements": "str",
        "no_log": False,
    }
    assert Field(choices=("a", "b")).argument_spec()["choices"] == ["a", "b"]


@pytest.mark.parametrize(
    "trait", [{"secret": True}, {"computed": True}, {"query": "q"}, {"option": "o"}]
)
def test_a_nested_field_cannot_have_a_trait_that_only_whole_objects_have(trait):
    with pytest.raises(TypeError, match="inner"):
        Field("dict", fields={"inner": Field(**trait)})


# --- what the user asked for ----------------------------------------------------------------------------------------------


def test_what_is_left_out_is_not_asked_for_and_what_is_empty_is():
    params = {
        "username": "ann",
        "display_name": "",
        "teams": [],
        "steps": None,
        "home_team": None,
        "password": None,
        "state": "present",
    }
    assert USER.given(params, creating=False) == {
        "username": "ann",
        "display_name": "",
        "teams": [],
    }


def test_nested_keys_that_are_left_out_are_not_asked_for():
    assert TEAM.given(
        {"name": "Red", "mail": {"enabled": None, "subject": "", "copies": None}}, creating=False
    )["mail"] == {"subject": ""}


def test_what_is_only_read_is_never_asked_for():
    assert "is_built_in" not in USER.given(
        {"username": "ann", "is_built_in": True, "user_id": 7}, creating=True
    )
    assert "user_id" not in USER.given(
        {"username": "ann", "is_built_in": True, "user_id": 7}, creating=True
    )


def test_a_secret_is_asked_for_when_the_object_is_made_and_later_only_with_always():
    params = {"username": "ann", "password": "pw", "update_password": "on_create"}
    assert "password" in USER.given(params, creating=True)
    assert "password" not in USER.given(params, creating=False)
    assert "password" in USER.given({**params, "update_password": "always"}, creating=False)


def test_an_option_may_have_another_name_than_its_field():
    assert MACHINE.given({"machine": "M1", "name": "till"}, creating=False) == {
        "machine_id": "M1",
        "name": "till",
    }


def test_a_list_is_taken_as_a_set_unless_its_order_matters():
    asked = USER.given(
        {"username": "ann", "teams": ["b", "a", "b"], "steps": ["b", "a", "b"]}, creating=False
    )
    assert (asked["teams"], asked["steps"]) == (["a", "b"], ["b", "a", "b"])


@pytest.mark.parametrize("value", [True, "true", "True", "yes", "YES"])
def test_a_truth_in_a_free_mapping_may_be_written_as_in_any_option(value):
    assert TEAM.given({"name": "Red", "rights": {"chat": value}}, creating=False)["rights"] == {
        "chat": True
    }


@pytest.mark.parametrize("value", ["perhaps", "", 2, None, [], {}])
def test_what_is_no_truth_in_a_mapping_of_truths_is_refused_with_its_place(value):
    with pytest.raises(InputError, match=r"rights\.chat"):
        TEAM.given({"name": "Red", "rights": {"chat": value}}, creating=False)


@pytest.mark.parametrize(("value", "text"), [("x", "x"), ("", ""), (5, "5"), (1.5, "1.5")])
def test_a_number_in_a_mapping_of_texts_becomes_a_text(value, text):
    assert MACHINE.given({"machine": "M1", "properties": {"k": value}}, creating=False)[
        "properties"
    ] == {"k": text}


@pytest.mark.parametrize("value", [True, [], {}])
def test_what_is_no_text_in_a_mapping_of_texts_is_refused_with_its_place(value):
    with pytest.raises(InputError, match=r"properties\.k"):
        MACHINE.given({"machine": "M1", "properties": {"k": value}}, creating=False)


def test_a_null_asks_for_a_key_to_go_where_keys_can_go_and_is_refused_elsewhere():
    assert MACHINE.given({"machine": "M1", "properties": {"k": None}}, creating=False)[
        "properties"
    ] == {"k": None}
    with pytest.raises(InputError, match=r"settings\.k"):
        TEAM.given({"name": "Red", "settings": {"k": None}}, creating=False)


@pytest.mark.parametrize(
    ("kind", "params", "what"),
    [
        (TEAM, {"name": ""}, "team: name must not be empty"),
        (TEAM, {"name": " \t"}, "team: name must not be empty"),
        (TEAM, {"name": "Red", "password": ""}, "team Red: password must not be empty"),
        (MACHINE, {"machine": ""}, "machine: machine must not be empty"),
        (MEMBERSHIP, {"team": "Red", "user": ""}, "membership Red/: user must not be empty"),
        (TEAM, {"name": "Red", "rights": {"chat": "perhaps"}}, "team Red: rights.chat"),
    ],
)
def test_what_can_never_be_right_is_refused(kind, params, what):
    with pytest.raises(InputError, match=what):
        kind.check(params)


def test_what_may_be_empty_or_is_left_out_can_be_right():
    TEAM.check(
        {
            "name": None,
            "team_id": 5,
            "comments": "",
            "password": None,
            "settings": {},
            "mail": {"subject": ""},
        }
    )
    MACHINE.check({"machine": "M1", "notes": "", "properties": {"k": ""}})
    SITE.check({"hostname": ""})


# --- comparison -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "one", "other"),
    [
        (Field(), None, ""),
        (Field("list", elements="str"), None, []),
        (Field("dict", free=True), None, {}),
        (Field("list", elements="str"), ["a", "b", "a"], ["b", "a"]),
        (TEAM.fields["mail"], None, {}),
        (TEAM.fields["mail"], {"copies": ["a", "b"]}, {"copies": ["b", "a"], "subject": None}),
        (TEAM.fields["mail"], {"subject": ""}, {}),
        (Field("dict", free=True), {"a": None}, {}),
        (Field("dict", free=True), {"a": 1, "b": None}, {"a": 1}),
    ],
)
def test_values_that_mean_the_same_are_the_same(field, one, other):
    assert field.same(one, other) and field.same(other, one)


@pytest.mark.parametrize(
    ("field", "one", "other"),
    [
        (Field(), "a", "A"),
        (Field(), "a", ""),
        (Field("bool"), None, False),
        (Field("int"), None, 0),
        (Field("list", elements="str", ordered=True), ["a", "b"], ["b", "a"]),
        (Field("list", elements="str", ordered=True), ["a"], ["a", "a"]),
        (Field("dict", free=True), {"a": 1}, {}),
        (Field("dict", free=True), {"a": {"b": 1}}, {"a": {"b": 2}}),
        (TEAM.fields["mail"], {"enabled": True}, {"enabled": False}),
        (TEAM.fields["mail"], {"enabled": True}, {}),
    ],
)
def test_values_that_differ_are_not_the_same(field, one, other):
    assert not field.same(one, other) and not field.same(other, one)


def test_merging_changes_the_keys_that_are_given_and_leaves_the_others_alone():
    field = TEAM.fields["mail"]
    old = {"enabled": True, "subject": "Hi", "copies": ["a"]}
    assert field.merged(old, {"subject": "Ho"}) == {
        "enabled": True,
        "subject": "Ho",
        "copies": ["a"],
    }
    assert field.merged(None, {"subject": "Ho"}) == {"subject": "Ho"}
    assert field.merged(old, {"copies": []})["copies"] == []
    assert old == {"enabled": True, "subject": "Hi", "copies": ["a"]}


def test_merging_a_free_mapping_adds_changes_and_removes_keys():
    field = MACHINE.fields["properties"]
    assert field.merged({"a": "1", "b": "2"}, {"b": "3", "c": "4", "a": None}) == {
        "b": "3",
        "c": "4",
    }
    assert field.merged(None, {"a": None, "b": "1"}) == {"b": "1"}
    assert field.merged({}, {"a": None}) == {}


def test_merging_leaves_a_null_alone_that_the_server_has_under_another_key():
    field = Field("dict", free=True)
    old = {"expiry": None, "length": 8}
    assert field.same(old, field.merged(old, {"length": 8}))


def test_merging_goes_as_deep_as_a_free_mapping_does():
    assert Field("dict", free=True).merged(
        {"rules": {"min": 6, "upper": True}}, {"rules": {"min": 8}}
    ) == {"rules": {"min": 8, "upper": True}}


# --- keys and names -------------------------------------------------------------------------------------------------------


def test_the_key_tells_objects_apart_and_can_be_looked_up():
    assert MEMBERSHIP.key_of({"team": "Red", "user": "ann"}) == ("Red", "ann")
    assert SITE.key_of({"hostname": "x"}) == ()
    path = Resource(
        name="p",
        endpoint="p",
        key=("path",),
        fields={"path": Field("list", elements="str", ordered=True)},
    )
    assert {path.key_of({"path": ["a", "b"]}): 1} == {(("a", "b"),): 1}


def test_the_label_names_the_object_for_people():
    assert MEMBERSHIP.label({"team": "Red", "user": "ann"}) == "Red/ann"
    assert "till" in MACHINE.label({"machine_id": "M1", "name": "till"}) and "M1" in MACHINE.label(
        {"machine_id": "M1", "name": "till"}
    )
    assert SITE.label({"hostname": "x"}) == ""
    assert USER.label({"username": None}) == ""


def test_the_queries_are_those_that_can_be_read_with_the_fields_that_they_carry():
    assert (TEAM.queries, MACHINE.queries, USER.queries) == (
        ["rights"],
        ["notes", "properties"],
        [],
    )
    assert MACHINE.fields_of("notes") == ["notes", "warnings"]
    assert TEAM.fields_of("password") == []
    assert TEAM.fields_of(None) == ["team_id", "name", "comments", "size", "mail", "settings"]


def test_references_are_told_with_their_options_also_those_of_nested_objects():
    rule = Resource(
        name="rule",
        endpoint="rules",
        fields={
            "owner": Field(ref="user", option="owned_by"),
            "scope": Field("dict", fields={"teams": Field("list", elements="str", ref="team")}),
        },
    )
    assert rule.references({"owner": "ann", "scope": {"teams": ["Red", "Blue"]}}) == [
        ("owned_by", "user", "ann"),
        ("teams", "team", "Red"),
        ("teams", "team", "Blue"),
    ]
    assert rule.references({"owner": None, "scope": None}) == []


# --- export ---------------------------------------------------------------------------------------------------------------


def test_an_exported_object_has_neither_what_is_only_read_nor_secrets_nor_nulls():
    obj = {
        "user_id": 7,
        "username": "ann",
        "display_name": None,
        "teams": [],
        "is_built_in": True,
        "password": "pw",
        "home_team": "Red",
    }
    assert USER.exported(obj) == {"username": "ann", "teams": [], "home_team": "Red"}


def test_an_exported_object_has_the_names_of_the_options():
    assert MACHINE.exported({"machine_id": "M1", "name": "till", "properties": {"a": "1"}}) == {
        "machine": "M1",
        "name": "till",
        "properties": {"a": "1"},
    }


def test_nested_nulls_are_not_exported():
    kind = Resource(
        name="kind",
        endpoint="kinds",
        fields={
            "name": Field(),
            "sub": Field(
                "dict", fields={"limit": Field("int"), "deep": Field("dict", fields={"x": Field()})}
            ),
        },
    )
    assert kind.exported({"name": "n", "sub": {"limit": None, "deep": {"x": None}}}) == {
        "name": "n",
        "sub": {"deep": {}},
    }


def test_what_is_exported_can_be_given_back():
    obj = TEAM.from_wire(RED, name_of)
    given = TEAM.given(TEAM.exported(obj), creating=False)
    assert all(TEAM.fields[name].same(value, obj[name]) for name, value in given.items())
    assert set(given) == {"name", "size", "mail", "settings"}


# --- translation ----------------------------------------------------------------------------------------------------------


def test_a_record_is_translated_into_the_users_words():
    assert TEAM.from_wire(RED, name_of) == {
        "team_id": 1,
        "name": "Red",
        "comments": None,
        "size": 3,
        "mail": {"enabled": True, "subject": "Hi", "copies": ["a", "b"]},
        "settings": {"x": 1},
    }


def test_references_are_translated_into_names_and_back():
    record = {"id": 7, "username": "ann", "teamIDs": [2, 1], "homeTeamID": 1, "steps": ["b", "a"]}
    obj = USER.from_wire(record, name_of)
    assert (obj["teams"], obj["home_team"], obj["steps"]) == (["Blue", "Red"], "Red", ["b", "a"])
    assert USER.to_wire(
        {"teams": ["Blue", "Red"], "home_team": "Red", "steps": ["b", "a"]}, {}, id_of
    ) == {
        "teamIDs": [2, 1],
        "homeTeamID": 1,
        "steps": ["b", "a"],
    }


def test_a_reference_to_nothing_stays_nothing():
    assert USER.from_wire({"username": "x", "homeTeamID": None}, name_of)["home_team"] is None
    assert USER.to_wire({"home_team": None}, {}, id_of) == {"homeTeamID": None}


def test_no_secret_is_taken_from_a_record_even_if_the_server_shows_it():
    assert "1234" not in str(TEAM.from_wire(RED, name_of))


def test_fields_with_a_query_of_their_own_and_fields_that_are_only_read_are_not_in_a_record_that_is_written():
    assert TEAM.to_wire(
        {"team_id": 1, "name": "Red", "rights": {"chat": True}, "password": "pw"}, {}, id_of
    ) == {"name": "Red"}


def test_a_nested_object_is_sent_whole_with_the_keys_that_only_the_server_knows():
    body = TEAM.to_wire({"mail": {"enabled": True, "subject": "Ho", "copies": []}}, RED, id_of)
    assert body == {
        "mailSettings": {"enabled": True, "subjectLine": "Ho", "copies": [], "region": "EU"}
    }
    assert RED["mailSettings"]["subjectLine"] == "Hi", "the record that was read stays as it is"


def test_nested_nested_objects_are_laid_over_what_the_server_has_too():
    kind = Resource(
        name="k",
        endpoint="k",
        fields={
            "name": Field(),
            "a": Field(
                "dict", fields={"b": Field("dict", wire="B", fields={"c": Field(wire="C")})}
            ),
        },
    )
    assert kind.to_wire(
        {"a": {"b": {"c": "new"}}}, {"a": {"x": 1, "B": {"C": "old", "y": 2}}}, id_of
    ) == {"a": {"x": 1, "B": {"C": "new", "y": 2}}}


def test_a_key_that_was_taken_out_of_a_mapping_in_the_object_itself_is_not_sent_back():
    kind = Resource(
        name="k",
        endpoint="k",
        fields={"name": Field(), "tags": Field("dict", elements="str", free=True, purge="tag")},
    )
    after = kind.fields["tags"].merged({"a": "1", "b": "2"}, {"b": None})
    assert kind.to_wire({"tags": after}, {"name": "n", "tags": {"a": "1", "b": "2"}}, id_of) == {
        "tags": {"a": "1"}
    }


def test_what_is_translated_to_the_wire_and_back_is_the_same():
    for kind, record in (
        (TEAM, RED),
        (
            USER,
            {
                "id": 7,
                "username": "ann",
                "teamIDs": [1, 2],
                "homeTeamID": 2,
                "steps": [],
                "builtIn": False,
            },
        ),
    ):
        obj = kind.from_wire(record, name_of)
        body = kind.to_wire(obj, record, id_of)
        again = kind.from_wire({**record, **body}, name_of)
        assert all(kind.fields[name].same(obj[name], again[name]) for name in obj)


# --- lists of objects -----------------------------------------------------------------------------------------------------

MEMBERS, RANGES, RULES = (GROUP.fields[name] for name in ("members", "ranges", "rules"))


@pytest.mark.parametrize(
    "how",
    [
        {"type": "list", "fields": {"a": Field()}},
        {"type": "list", "key": ("a",)},
        {"type": "dict", "fields": {"a": Field()}, "key": ("a",)},
        {"key": ("a",)},
    ],
)
def test_only_a_list_of_objects_has_a_key_and_each_that_is_not_in_order_has_one(how):
    with pytest.raises(TypeError):
        Field(**how)


def test_the_options_of_a_list_of_objects_are_those_of_its_elements():
    spec = GROUP.argument_spec()["members"]
    assert (spec["type"], spec["elements"]) == ("list", "dict")
    assert spec["options"]["user"] == {"type": "str", "no_log": False, "required": True}
    assert spec["options"]["role"] == {
        "type": "str",
        "no_log": False,
        "choices": ["reader", "writer"],
    }


@pytest.mark.parametrize(
    ("field", "one", "other"),
    [
        (MEMBERS, [{"user": "b"}, {"user": "a"}], [{"user": "a"}, {"user": "b"}]),
        (MEMBERS, [{"user": "a", "role": None}], [{"user": "a"}]),
        (MEMBERS, [{"user": "a", "role": ""}], [{"user": "a", "role": None}]),
        (MEMBERS, [], None),
        (
            RANGES,
            [{"start": "1", "end": "2"}, {"start": "1", "end": "1"}],
            [{"end": "1", "start": "1"}, {"start": "1", "end": "2"}],
        ),
        (RULES, [{"ports": [2, 1]}], [{"ports": [1, 2]}]),
        (RULES, [{"ports": []}], [{}]),
    ],
)
def test_lists_of_objects_that_mean_the_same_are_the_same(field, one, other):
    assert field.same(one, other) and field.same(other, one)


@pytest.mark.parametrize(
    ("field", "one", "other"),
    [
        (MEMBERS, [{"user": "a"}], [{"user": "b"}]),
        (MEMBERS, [{"user": "a"}], [{"user": "a"}, {"user": "b"}]),
        (MEMBERS, [{"user": "a", "role": "reader"}], [{"user": "a", "role": "writer"}]),
        (MEMBERS, [{"user": "a", "role": "reader"}], [{"user": "a"}]),
        (MEMBERS, [{"user": "a"}], []),
        (RANGES, [{"start": "1", "end": "2"}], [{"start": "1", "end": "3"}]),
        (RULES, [{"allow": True}, {"allow": False}], [{"allow": False}, {"allow": True}]),
    ],
)
def test_lists_of_objects_that_differ_are_not_the_same(field, one, other):
    assert not field.same(one, other) and not field.same(other, one)


def test_merging_a_list_of_objects_keeps_what_is_not_said_of_those_that_stay():
    old = [
        {"user": "a", "role": "writer", "policy": "Night"},
        {"user": "b", "role": "reader", "policy": None},
    ]
    assert MEMBERS.merged(old, [{"user": "c"}, {"user": "a", "role": "reader"}]) == [
        {"user": "c"},
        {"user": "a", "role": "reader", "policy": "Night"},
    ]
    assert MEMBERS.merged(old, []) == []
    assert MEMBERS.merged(None, [{"user": "a"}]) == [{"user": "a"}]
    assert RANGES.merged(
        [{"start": "1", "end": "2", "note": "x"}], [{"start": "1", "end": "3"}]
    ) == [{"start": "1", "end": "3"}]


def test_merging_a_list_in_order_goes_by_place():
    old = [{"ports": [1], "allow": True}, {"ports": [2], "allow": False}]
    assert RULES.merged(old, [{"ports": [3]}]) == [{"ports": [3], "allow": True}]
    assert RULES.merged(old, [{}, {}, {"allow": True}]) == [*old, {"allow": True}]


def test_a_list_of_objects_is_translated_element_by_element():
    names = {("user", 7): "ann", ("user", 8): "bob", ("policy", 3): "Night"}
    raw = [{"userID": 8, "role": "writer", "more": 1}, {"userID": 7, "role": None, "policyID": 3}]
    shown = MEMBERS.from_wire(raw, lambda kind, identifier: names[kind, identifier])
    assert shown == [
        {"user": "ann", "role": None, "policy": "Night"},
        {"user": "bob", "role": "writer", "policy": None},
    ]
    sent = MEMBERS.to_wire(
        shown,
        raw,
        lambda kind, name: next(
            key[1] for key, known in names.items() if (key[0], known) == (kind, name)
        ),
    )
    # What has no value is not sent.
    assert sent == [{"userID": 7, "policyID": 3}, {"userID": 8, "role": "writer"}]
    assert MEMBERS.from_wire(None, None) is None and MEMBERS.to_wire(None, raw, None) is None


def test_the_references_inside_a_list_of_objects_are_references():
    members = [{"user": "ann", "policy": "Night"}, {"user": "bob", "policy": ""}]
    assert GROUP.references({"members": members, "policy": "Day"}) == [
        ("policy", "policy", "Day"),
        ("user", "user", "ann"),
        ("policy", "policy", "Night"),
        ("user", "user", "bob"),
    ]


def test_references_are_brought_into_other_words_however_deep_they_stand():
    params = {
        "name": "x",
        "policy": "night",
        "members": [{"user": "ann", "policy": "night"}],
        "ranges": [{"start": "night", "end": ""}],
    }
    renamed = GROUP.renamed(params, lambda kind, name: name.upper() if kind == "policy" else name)
    assert renamed == {**params, "policy": "NIGHT", "members": [{"user": "ann", "policy": "NIGHT"}]}
    assert params["policy"] == "night" and params["members"][0]["policy"] == "night"


# --- what can be known to be wrong ----------------------------------------------------------------------------------------


def check_values(kind, params, there=None):
    """Hold what is described against what is there."""
    kind.check_values(kind.given(params, creating=there is None), there)


@pytest.mark.parametrize(
    ("params", "told"),
    [
        ({"name": "x" * 21}, "name is 21 characters long; it must be at least 1 and at most 20"),
        ({"name": "x", "hours": -1}, "hours is -1; it must be at least 0 and at most 24"),
        ({"name": "x", "hours": 25}, "hours is 25; it must be at least 0 and at most 24"),
        ({"name": "x", "code": "x" * 11}, "code is 11 characters long; it must be at most 10"),
        ({"name": "x", "code": "Not this"}, "code 'Not this' does not have the form"),
        ({"name": "x", "code": "good\nbad"}, "does not have the form"),
    ],
)
def test_what_is_too_long_too_large_or_of_another_form_is_refused_with_its_bounds(params, told):
    with pytest.raises(InputError, match=f"policy x+: .*{told}"):
        check_values(POLICY, params)
    check_values(POLICY, params, there=params)


@pytest.mark.parametrize(
    "params", [{"name": "x" * 20}, {"hours": 0}, {"hours": 24}, {"code": ""}, {"code": "a_b"}]
)
def test_what_is_within_its_bounds_is_not_refused(params):
    check_values(POLICY, {"name": "x", **params})


@pytest.mark.parametrize(
    ("field", "allowed"),
    [
        (Field(least=1), False),
        (Field(least=1, nullable=True), True),
        (Field(least=1, ref="policy"), True),
        (Field(pattern="[a-z]+"), True),
    ],
)
def test_an_empty_text_is_too_short_unless_it_stands_for_nothing(field, allowed):
    if allowed:
        field.check("here", "")
    else:
        with pytest.raises(InputError, match="here must not be empty"):
            field.check("here", "")


@pytest.mark.parametrize(
    ("params", "told"),
    [
        (
            {"members": [{"user": "ann"}, {"user": "ann", "role": "reader"}]},
            "members names the same user twice",
        ),
        ({"members": [{"role": "reader"}]}, r"members\[0\] lacks user"),
        ({"members": [{"user": "ann"}, {"user": ""}]}, r"members\[\d\] lacks user"),
        (
            {"ranges": [{"start": "1", "end": "2"}, {"start": "1", "end": "2", "note": "x"}]},
            "ranges names the same start and end twice",
        ),
        (
            {"ranges": [{"start": "1", "end": str(number)} for number in range(4)]},
            "ranges is 4 entries long; it must be at most 3",
        ),
    ],
)
def test_an_element_twice_or_without_what_it_needs_is_refused_with_its_place(params, told):
    with pytest.raises(InputError, match=f"group x: {told}"):
        check_values(GROUP, {"name": "x", **params})
    check_values(GROUP, {"name": "x", **params}, there={"name": "x", **params})


def test_the_same_rule_twice_in_a_list_in_order_is_two_rules():
    check_values(GROUP, {"name": "x", "rules": [{"ports": [1]}, {"ports": [1]}]})


@pytest.mark.parametrize(
    ("field", "there", "good", "bad"),
    [
        (Field(choices=("a",)), "z", "a", "y"),
        (Field(most=1), "long", "x", "longer"),
        (Field("int", least=1), 0, 1, -1),
        (Field("list", elements="str", most=1), ["a", "b"], ["a"], ["a", "c"]),
        (
            Field("dict", fields={"kind": Field(choices=("a",)), "size": Field("int")}),
            {"kind": "z", "size": 1},
            {"kind": "z", "size": 2},
            {"kind": "y"},
        ),
        (Field("dict", free=True, elements="str"), {"": "x"}, {"": "y", "a": "b"}, None),
        (
            Field(
                "list",
                elements="dict",
                key=("user",),
                fields={"user": Field(required=True), "role": Field(choices=("a",))},
            ),
            [{"user": "ann", "role": "z"}],
            [{"user": "ann", "role": "z"}, {"user": "bob", "role": "a"}],
            [{"user": "bob", "role": "z"}],
        ),
    ],
)
def test_what_is_there_needs_no_check_and_what_is_new_beside_it_does(field, there, good, bad):
    field.check("here", there, there)
    field.check("here", good, there)
    for old in (there, None, {} if field.type == "dict" else [] if field.type == "list" else ""):
        if bad is not None:
            with pytest.raises(InputError, match=r"^(value of )?here"):
                field.check("here", bad, old)


def test_of_two_places_one_is_given():
    ITEM.check({"name": "x", "group": "a"})
    ITEM.check({"name": "x", "owner": "ann"})
    ITEM.check({"item_id": 7, "name": "x"})
    for params, told in (
        ({"group": "a", "owner": "ann"}, "one of group, owner must be given, not both"),
        ({}, "one of group, owner must be given"),
    ):
        with pytest.raises(InputError, match=told):
            ITEM.check({"name": "x", **params})


def test_the_place_that_is_given_takes_the_place_of_the_other():
    assert ITEM.given({"owner": "ann"}, creating=False) == {"group": None, "owner": "ann"}
    assert ITEM.given({"owner": "ann"}, creating=True) == {"owner": "ann"}
    assert ITEM.given({"size": 1}, creating=False) == {"size": 1}


def test_a_new_object_needs_what_is_required_and_is_told_all_that_it_lacks():
    POLICY.check_new({"name": "x", "system": "posix"})
    with pytest.raises(
        InputError, match="policy x does not exist yet; to make it, system must be given"
    ):
        POLICY.check_new({"name": "x", "system": ""})
    with pytest.raises(InputError, match="name, system must be given"):
        POLICY.check_new({})


def test_what_changes_by_itself_is_not_exported():
    assert POLICY.exported({"name": "x", "failures": 3, "policy_id": 1}) == {"name": "x"}
    assert "failures" in POLICY.argument_spec()


def test_an_empty_text_is_sent_as_null_where_that_is_how_the_server_says_it():
    assert POLICY.to_wire({"comments": "", "code": ""}, {}, None) == {"comments": None, "code": ""}
    assert POLICY.to_wire({"comments": "x"}, {}, None) == {"comments": "x"}


def test_a_reference_by_code_asks_for_the_code():
    asked = []
    body = GROUP.to_wire(
        {"policy": "Night", "watched_by": "Night"},
        {},
        lambda *question: asked.append(question) or len(asked),
    )
    assert asked == [("policy", "Night", True), ("policy", "Night")]
    assert body == {"policyCode": 1, "watcherID": 2}

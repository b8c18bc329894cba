"""A server seen as named objects: what is planned, in which order it is carried out, and what
becomes of what goes wrong.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import threading
from contextlib import suppress

import pytest

from ansible_collections.remoteops.access.plugins.module_utils._core.apply import apply
from ansible_collections.remoteops.access.plugins.module_utils._core.errors import (
    Error,
    Incomplete,
    InputError,
    OutcomeUnknown,
    Refused,
    ServerError,
    Unreachable,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.plan import Purge
from ansible_collections.remoteops.access.plugins.module_utils._core.reconcile import export_config
from ansible_collections.remoteops.access.plugins.module_utils._core.resource import Field, Resource
from ansible_collections.remoteops.access.plugins.module_utils._core.server import Server
from tests.patience import LONGEST_MOMENT
from tests.unit.plugins.module_utils._core.server_in_memory import (
    GROUP,
    ITEM,
    MACHINE,
    MEMBERSHIP,
    POLICY,
    RESOURCES,
    SITE,
    TEAM,
    USER,
    WITH_CODES,
    InMemory,
    lost,
)


@pytest.fixture(name="backend")
def _backend():
    """A server with two teams, two users, a membership and two machines."""
    backend = InMemory()
    red = backend.add(
        TEAM,
        {
            "name": "Red",
            "comments": "first",
            "size": 3,
            "mailSettings": {"enabled": True, "subjectLine": "Hi", "region": "EU"},
        },
    )
    backend.add(TEAM, {"name": "Blue", "comments": "", "size": 4})
    ann = backend.add(
        USER, {"username": "ann", "displayName": "Ann", "teamIDs": [red["id"]], "steps": ["a", "b"]}
    )
    backend.add(USER, {"username": "guest", "displayName": "Guest", "builtIn": True})
    backend.add(MEMBERSHIP, {"teamID": red["id"], "userID": ann["id"]})
    note = {"notes": "in the cellar", "warnings": "wet floor"}
    backend.add(
        MACHINE,
        {"machineID": "M1", "name": "till"},
        notes=note,
        properties={"properties": {"site": "York", "owner": "ann"}},
    )
    backend.add(
        MACHINE,
        {"machineID": "M2", "name": "door"},
        notes=dict(note),
        properties={"properties": {}},
    )
    return backend


def change(backend, **desired):
    """Plan and apply ``desired`` on a fresh view of the server; returns the changes."""
    server = backend.server()
    changes = server.plan(desired)
    apply(server, changes)
    return changes


def settled(backend, **desired):
    """Tell whether ``desired`` is what the server holds."""
    return backend.server().plan(desired) == []


def told(changes):
    """Return the changes as (action, kind, name)."""
    return [(one.action, one.resource.name, one.name) for one in changes]


# --- read ---------------------------------------------------------------------------------------------------------------


def test_a_kind_is_listed_once(backend):
    server = backend.server()
    server.read(TEAM)
    server.read(TEAM)
    assert backend.calls("list") == [("list", "team", "")]


def test_fields_with_a_query_of_their_own_are_read_only_when_they_are_wanted(backend):
    server = backend.server()
    server.plan({"team": [{"name": "Red", "size": 9}]})
    assert backend.calls("read_fields") == []
    server.plan({"team": [{"name": "Red", "rights": {"chat": False}}]})
    assert backend.calls("read_fields") == [("read_fields", "team", "rights")]


def test_an_object_is_found_by_its_key_by_its_identifier_and_by_its_alias(backend):
    server = backend.server()
    assert server.find(TEAM, {"name": "Red"}) == ("Red",)
    assert server.find(TEAM, {"team_id": backend.named(TEAM, "Blue")["id"]}) == ("Blue",)
    assert server.find(MACHINE, {"machine": "M1"}) == ("M1",)
    assert server.find(MACHINE, {"machine": "till"}) == ("M1",)
    assert server.find(SITE, {}) == ()
    assert server.find(MEMBERSHIP, {"team": "Red", "user": "ann"}) == ("Red", "ann")


def test_what_does_not_exist_is_not_found(backend):
    server = backend.server()
    assert server.find(TEAM, {"name": "red"}) is None
    assert server.find(MACHINE, {"machine": "M9"}) is None
    assert server.find(MEMBERSHIP, {"team": "Blue", "user": "ann"}) is None


def test_an_identifier_that_the_server_does_not_have_is_refused_unless_absence_is_wanted(backend):
    server = backend.server()
    with pytest.raises(InputError, match="no team with team_id 7"):
        server.find(TEAM, {"team_id": 7, "name": "Red"})
    assert server.find(TEAM, {"team_id": 7, "state": "absent"}) is None


def test_a_name_that_several_machines_bear_is_refused_and_the_candidates_are_listed(backend):
    backend.add(MACHINE, {"machineID": "M3", "name": "till"})
    with pytest.raises(InputError, match="(?s)till.*M1.*M3"):
        backend.server().find(MACHINE, {"machine": "till"})
    assert backend.server().find(MACHINE, {"machine": "M3"}) == ("M3",), "the key is not ambiguous"


def test_a_machine_whose_identifier_is_the_name_of_another_is_meant_by_its_identifier(backend):
    backend.add(MACHINE, {"machineID": "M3", "name": "M1"})
    assert backend.server().find(MACHINE, {"machine": "M1"}) == ("M1",)


def test_a_name_that_several_objects_have_is_refused_and_their_identifiers_are_listed(backend):
    twins = [backend.named(TEAM, "Red")["id"], backend.add(TEAM, {"name": "Red"})["id"]]
    with pytest.raises(
        InputError, match=rf"Several objects of kind team are called 'Red': {twins[0]}, {twins[1]}"
    ):
        backend.server().find(TEAM, {"name": "Red"})


@pytest.mark.parametrize("which", [0, 1])
def test_each_of_the_objects_that_share_a_name_can_be_meant_by_its_identifier(backend, which):
    twins = [backend.named(TEAM, "Red"), backend.add(TEAM, {"name": "Red", "comments": "second"})]
    change(backend, team=[{"team_id": twins[which]["id"], "name": "Crimson"}])
    assert sorted(
        (record["id"], record["name"])
        for record in backend.records["team"]
        if record["name"] != "Blue"
    ) == sorted(
        (twin["id"], "Crimson" if number == which else "Red") for number, twin in enumerate(twins)
    )


def test_a_reference_to_a_name_that_several_objects_have_is_refused(backend):
    backend.add(TEAM, {"name": "Red"})
    with pytest.raises(InputError, match="Red"):
        backend.server().plan({"user": [{"username": "new", "teams": ["Red"]}]})


def test_references_are_read_as_names(backend):
    assert backend.server().read(USER)[("ann",)]["teams"] == ["Red"]
    assert list(backend.server().read(MEMBERSHIP)) == [("Red", "ann")]


def test_a_reference_to_an_object_that_is_not_listed_is_shown_as_unknown_and_left_alone(backend):
    backend.named(USER, "ann")["teamIDs"] = [999]
    server = backend.server()
    assert "999" in server.read(USER)[("ann",)]["teams"][0]
    change(backend, user=[{"username": "ann", "display_name": "Anna"}])
    assert backend.named(USER, "ann")["teamIDs"] == [999]


def test_an_object_may_refer_to_another_of_its_own_kind_wherever_that_stands_in_the_list():
    folder = Resource(
        name="folder",
        endpoint="folders",
        fields={"name": Field(), "parent": Field(ref="folder", wire="parentID")},
    )
    backend = InMemory((folder,))
    backend.add(folder, {"id": 1, "name": "leaf", "parentID": 2})
    backend.add(folder, {"id": 2, "name": "root"})
    assert backend.server().read(folder)[("leaf",)]["parent"] == "root"


def test_a_reference_inside_a_nested_object_is_a_name_like_any_other():
    team = Resource(name="team", endpoint="teams", fields={"name": Field()})
    rule = Resource(
        name="rule",
        endpoint="rules",
        fields={
            "name": Field(),
            "criteria": Field(
                "dict", fields={"teams": Field("list", elements="str", ref="team", wire="teamIDs")}
            ),
        },
    )
    backend = InMemory((team, rule))
    red, blue = (backend.add(team, {"name": name})["id"] for name in ("Red", "Blue"))
    backend.add(rule, {"name": "r", "criteria": {"teamIDs": [red]}})
    assert settled(backend, rule=[{"name": "r", "criteria": {"teams": ["Red"]}}])
    change(backend, rule=[{"name": "r", "criteria": {"teams": ["Blue"]}}])
    assert backend.named(rule, "r")["criteria"] == {"teamIDs": [blue]}
    with pytest.raises(InputError, match="Green"):
        backend.server().plan({"rule": [{"name": "r", "criteria": {"teams": ["Green"]}}]})


def test_an_identifier_can_be_looked_up_without_reading_the_kind_first(backend):
    assert backend.server().id_of("team", "Red") == backend.named(TEAM, "Red")["id"]


@pytest.mark.parametrize(
    "answer",
    [
        ["Red"],
        [None],
        [[1]],
        [7],
        [{"id": 1, "name": "x", "mailSettings": "none"}],
        [{"id": 1, "name": ["a"]}, {"id": 2, "name": {}}],
        [{"id": 1, "name": "x", "mailSettings": {"copies": [1, "a"]}}],
        [{"id": [{}], "name": "x"}],
        [{"id": 1}],
    ],
)
def test_records_of_a_wrong_shape_are_the_servers_failure_and_not_a_traceback(backend, answer):
    backend.records["team"] = answer
    with pytest.raises(ServerError):
        backend.server().read(TEAM)


def test_an_object_that_the_list_names_twice_is_one_object(backend):
    # As lists in pages do when something is added while they are read.
    backend.records["team"].append(dict(backend.named(TEAM, "Red")))
    assert backend.server().find(TEAM, {"name": "Red"}) == ("Red",)
    assert (
        backend.server().plan(
            {"team": [{"name": "Red", "comments": "first"}, {"name": "Blue"}]}, Purge(["team"])
        )
        == []
    )


def test_a_mapping_of_which_some_keys_were_read_is_read_whole_when_all_of_it_is_wanted(backend):
    server = backend.server()
    server.plan({"machine": [{"machine": "M1", "properties": {"site": "York"}}]})
    server.complete(MACHINE, [("M1",)], ["properties"])
    assert server.read(MACHINE)[("M1",)]["properties"] == {"site": "York", "owner": "ann"}


def test_planning_twice_about_different_keys_of_a_mapping_knows_both(backend):
    server = backend.server()
    assert server.plan({"machine": [{"machine": "M1", "properties": {"site": "York"}}]}) == []
    assert server.plan({"machine": [{"machine": "M1", "properties": {"owner": "ann"}}]}) == []


# --- plan ---------------------------------------------------------------------------------------------------------------


def test_what_the_server_holds_already_needs_no_change(backend):
    assert settled(
        backend,
        team=[
            {
                "name": "Red",
                "comments": "first",
                "mail": {"enabled": True, "subject": "Hi"},
                "rights": {"chat": True},
            }
        ],
        user=[
            {"username": "ann", "teams": ["Red"], "steps": ["a", "b"]},
            {"username": "nobody", "state": "absent"},
        ],
        membership=[{"team": "Red", "user": "ann"}],
        machine=[
            {"machine": "till", "properties": {"site": "York"}},
            {"machine": "M2", "notes": "in the cellar"},
        ],
        site=[{"hostname": "old.example.org", "admitted": ["10.*"]}],
    )


def test_planning_writes_nothing(backend):
    backend.server().plan(
        {"team": [{"name": "Green"}, {"name": "Red", "state": "absent"}]}, Purge()
    )
    assert backend.calls() == []


def test_objects_are_made_in_the_order_of_the_kinds_and_removed_last_in_reverse_order(backend):
    changes = backend.server().plan(
        {
            "membership": [
                {"team": "Blue", "user": "bob"},
                {"team": "Red", "user": "ann", "state": "absent"},
            ],
            "user": [{"username": "bob"}, {"username": "ann", "state": "absent"}],
            "team": [{"name": "Red", "state": "absent"}, {"name": "Green"}],
        }
    )
    assert told(changes) == [
        ("create", "team", "Green"),
        ("create", "user", "bob"),
        ("create", "membership", "Blue/bob"),
        ("delete", "membership", "Red/ann"),
        ("delete", "user", "ann"),
        ("delete", "team", "Red"),
    ]


def test_an_object_that_is_described_twice_is_refused(backend):
    with pytest.raises(InputError, match="team Red is described twice"):
        backend.server().plan({"team": [{"name": "Red"}, {"name": "Red", "size": 1}]})
    with pytest.raises(InputError, match="described twice"):
        backend.server().plan({"machine": [{"machine": "M1"}, {"machine": "till"}]})
    with pytest.raises(InputError, match="described twice"):
        backend.server().plan({"team": [{"name": "New"}, {"name": "New"}]})
    with pytest.raises(InputError, match="described twice"):
        backend.server().plan(
            {"team": [{"team_id": backend.named(TEAM, "Red")["id"], "size": 1}, {"name": "Red"}]}
        )


def test_two_identifiers_that_are_gone_already_are_not_the_same_object(backend):
    assert settled(
        backend, team=[{"team_id": 998, "state": "absent"}, {"team_id": 999, "state": "absent"}]
    )


def test_a_rename_to_a_name_that_another_object_has_is_refused(backend):
    with pytest.raises(InputError, match="Blue"):
        backend.server().plan(
            {"team": [{"team_id": backend.named(TEAM, "Red")["id"], "name": "Blue"}]}
        )


def test_a_rename_to_a_name_that_another_description_makes_is_refused(backend):
    with pytest.raises(InputError, match="Green"):
        backend.server().plan(
            {
                "team": [
                    {"team_id": backend.named(TEAM, "Red")["id"], "name": "Green"},
                    {"name": "Green"},
                ]
            }
        )


def test_two_renames_to_one_name_are_refused(backend):
    with pytest.raises(InputError, match="Green"):
        backend.server().plan(
            {
                "team": [
                    {"team_id": backend.named(TEAM, name)["id"], "name": "Green"}
                    for name in ("Red", "Blue")
                ]
            }
        )


def test_what_can_never_be_right_is_refused_before_anything_is_asked(backend):
    for desired in (
        {"team": [{"name": " "}]},
        {"user": [{"username": "x", "password": ""}]},
        {"machine": [{"machine": ""}]},
        {"machine": [{"machine": "M1", "properties": {"k": []}}]},
    ):
        with pytest.raises(InputError):
            backend.server().plan(desired)
    assert backend.log == []


def test_an_object_of_a_kind_that_cannot_be_made_is_refused(backend):
    with pytest.raises(InputError, match="no machine .*M9.* on the server"):
        backend.server().plan({"machine": [{"machine": "M9", "name": "x"}]})


def test_an_object_of_a_kind_that_cannot_be_changed_or_removed_is_refused(backend):
    fixed = Resource(
        name="fixed",
        endpoint="fixed",
        verbs=("create",),
        fields={"name": Field(), "size": Field("int")},
    )
    backend = InMemory((fixed,))
    backend.add(fixed, {"name": "x", "size": 1})
    assert settled(backend, fixed=[{"name": "x", "size": 1}])
    with pytest.raises(InputError, match="fixed x: the server's API cannot update it"):
        backend.server().plan({"fixed": [{"name": "x", "size": 2}]})
    with pytest.raises(InputError, match="fixed x: the server's API cannot delete it"):
        backend.server().plan({"fixed": [{"name": "x", "state": "absent"}]})


def test_a_protected_object_is_removed_only_when_told_so(backend):
    guest = {"user": [{"username": "guest", "state": "absent"}]}
    with pytest.raises(InputError, match="guest is protected.*remove_protected"):
        backend.server().plan(guest)
    assert told(backend.server().plan(guest, Purge(remove_protected=True))) == [
        ("delete", "user", "guest")
    ]


def test_a_name_in_a_closed_mapping_that_the_server_does_not_know_is_refused_and_the_known_ones_are_named(
    backend,
):
    for name in ("Red", "Green"):
        with pytest.raises(InputError, match="fly.*chat, transfer"):
            backend.server().plan({"team": [{"name": name, "rights": {"chat": True, "fly": True}}]})


def test_a_reference_to_what_does_not_exist_is_refused(backend):
    for described in ({"teams": ["Green"]}, {"home_team": "Green"}):
        with pytest.raises(InputError, match="user bob.*Green.*does not exist"):
            backend.server().plan({"user": [{"username": "bob", **described}]})


def test_a_reference_to_what_the_same_run_makes_is_accepted(backend):
    changes = backend.server().plan(
        {"team": [{"name": "Green"}], "user": [{"username": "ann", "teams": ["Green"]}]}
    )
    assert told(changes) == [("create", "team", "Green"), ("update", "user", "ann")]


def test_a_reference_to_what_the_same_run_removes_is_refused(backend):
    with pytest.raises(InputError, match="Blue.*would be removed"):
        backend.server().plan(
            {
                "team": [{"name": "Blue", "state": "absent"}],
                "user": [{"username": "ann", "teams": ["Blue"]}],
            }
        )


def test_a_reference_that_is_there_already_to_what_the_same_run_removes_is_refused_too(backend):
    # Else the first run removes the team, and the second complains that it does not exist.
    with pytest.raises(InputError, match="Red"):
        backend.server().plan(
            {
                "team": [{"name": "Red", "state": "absent"}],
                "user": [{"username": "ann", "teams": ["Red"]}],
            }
        )


def test_a_reference_by_the_new_name_of_what_the_same_run_renames_is_accepted(backend):
    desired = {
        "team": [{"team_id": backend.named(TEAM, "Red")["id"], "name": "Crimson"}],
        "user": [{"username": "bob", "teams": ["Crimson"]}],
    }
    change(backend, **desired)
    assert backend.named(USER, "bob")["teamIDs"] == [backend.named(TEAM, "Crimson")["id"]]
    assert settled(backend, **desired)


def test_an_option_left_out_is_left_alone_and_an_empty_one_empties(backend):
    change(backend, user=[{"username": "ann", "display_name": "", "teams": [], "steps": None}])
    assert backend.named(USER, "ann") | {"id": 0} == {
        "id": 0,
        "username": "ann",
        "displayName": "",
        "teamIDs": [],
        "steps": ["a", "b"],
    }


def test_a_nested_key_that_is_not_given_is_left_alone_even_one_that_only_the_server_knows(backend):
    change(backend, team=[{"name": "Red", "mail": {"subject": "Hello"}}])
    assert backend.named(TEAM, "Red")["mailSettings"] == {
        "enabled": True,
        "subjectLine": "Hello",
        "region": "EU",
    }


def test_a_missing_nested_object_or_mapping_is_made(backend):
    desired = {"team": [{"name": "Blue", "mail": {"enabled": True}, "settings": {"a": {"b": [1]}}}]}
    change(backend, **desired)
    assert backend.named(TEAM, "Blue")["mailSettings"] == {"enabled": True}
    assert backend.named(TEAM, "Blue")["settings"] == {"a": {"b": [1]}}
    assert settled(backend, **desired)


def test_a_key_that_is_to_go_from_a_mapping_that_the_server_shows_as_null_needs_no_change(backend):
    backend.own["machine", "M2", "properties"] = {"properties": None}
    assert settled(backend, machine=[{"machine": "M2", "properties": {"owner": None}}])


def test_a_null_in_a_mapping_with_removable_keys_removes_the_key(backend):
    change(backend, machine=[{"machine": "M1", "properties": {"owner": None, "floor": "2"}}])
    assert backend.own["machine", "M1", "properties"] == {
        "properties": {"site": "York", "floor": "2"}
    }
    assert settled(backend, machine=[{"machine": "M1", "properties": {"owner": None}}])


# --- purge --------------------------------------------------------------------------------------------------------------


def test_purge_removes_what_nobody_describes_except_what_is_protected(backend):
    backend.add(USER, {"username": "zoe"})
    server = backend.server()
    assert told(server.plan({"user": [{"username": "ann"}]}, Purge(["user"]))) == [
        ("delete", "user", "zoe")
    ]


def test_without_purge_nothing_is_removed(backend):
    assert settled(backend, user=[{"username": "ann"}])


def test_purge_keeps_what_is_described_by_its_identifier_or_is_renamed(backend):
    red = backend.named(TEAM, "Red")["id"]
    server = backend.server()
    assert told(
        server.plan(
            {"team": [{"team_id": red, "name": "Crimson"}]},
            Purge(["team"], max_removed_percent=100),
        )
    ) == [("update", "team", "Red"), ("delete", "team", "Blue")]


def test_purge_of_a_kind_without_a_list_is_refused(backend):
    with pytest.raises(InputError, match="purge names team"):
        backend.server().plan({"user": []}, Purge(["team"]))


def test_purge_with_an_empty_list_is_refused_unless_allowed(backend):
    with pytest.raises(InputError, match="allow_empty"):
        backend.server().plan({"team": []}, Purge(["team"], max_removed_percent=100))
    changes = backend.server().plan(
        {"team": []}, Purge(["team"], max_removed_percent=100, allow_empty=True)
    )
    assert len(changes) == 2


def test_purge_removes_objects_with_a_shared_name_only_if_nobody_describes_that_name(backend):
    twin = backend.add(TEAM, {"name": "Blue"})
    changes = backend.server().plan(
        {"team": [{"name": "Red"}]}, Purge(["team"], max_removed_percent=100)
    )
    assert sorted(one.before["team_id"] for one in changes) == sorted(
        record["id"] for record in backend.records["team"] if record["name"] == "Blue"
    )
    assert twin["id"] in [one.before["team_id"] for one in changes]


def test_purge_of_keys_removes_those_that_are_not_given_within_the_bounds(backend):
    described = {"machine": [{"machine": "M1", "properties": {"site": "York"}}]}
    change(backend, **described)
    assert backend.own["machine", "M1", "properties"]["properties"] == {
        "site": "York",
        "owner": "ann",
    }
    server = backend.server()
    apply(server, server.plan(described, Purge(["property"], max_removed_percent=50)))
    assert backend.own["machine", "M1", "properties"]["properties"] == {"site": "York"}


def test_purge_of_keys_oversteps_the_bounds_like_purge_of_objects(backend):
    with pytest.raises(InputError, match="2 of 2 objects of kind property"):
        backend.server().plan(
            {"machine": [{"machine": "M1", "properties": {"new": "1"}}]}, Purge(["property"])
        )
    with pytest.raises(InputError, match="allow_empty"):
        backend.server().plan(
            {"machine": [{"machine": "M1", "properties": {}}]},
            Purge(["property"], max_removed_percent=100),
        )


def test_purge_of_keys_leaves_machines_alone_whose_properties_are_not_described(backend):
    assert (
        backend.server().plan(
            {"machine": [{"machine": "M1", "name": "till"}]}, Purge(["property"], 100, 100, True)
        )
        == []
    )


# --- distrust -----------------------------------------------------------------------------------------------------------


def test_an_empty_list_is_not_believed_when_the_server_knows_the_object_by_name(backend):
    true_list = backend.list
    backend.list = lambda resource: [] if resource is TEAM else true_list(resource)
    for state in ("present", "absent"):
        with pytest.raises(ServerError, match="not to be trusted"):
            backend.server().plan({"team": [{"name": "Red", "state": state}]})
    assert backend.calls() == []


def test_an_empty_list_is_not_believed_when_the_server_knows_one_of_several_objects(backend):
    true_list = backend.list
    backend.list = lambda resource: [] if resource is TEAM else true_list(resource)
    for number in (1, 2, 5, 40):
        news = [{"name": f"T{one}"} for one in range(number)]
        with pytest.raises(ServerError, match="it knows Red"):
            backend.server().plan({"team": [*news, {"name": "Red"}]})
    assert backend.calls() == []


def test_an_empty_list_is_believed_about_objects_that_are_described_by_identifiers_only():
    backend = InMemory()
    assert settled(backend, team=[{"team_id": 7, "state": "absent"}])
    assert backend.calls("get") == []


def test_an_empty_list_is_believed_when_the_server_does_not_know_the_object_by_name_either():
    backend = InMemory()
    change(backend, team=[{"name": "Red"}])
    assert backend.named(TEAM, "Red")


# --- apply: order and parallelism -----------------------------------------------------------------------------------------


def test_changes_are_carried_out_kind_by_kind_and_references_get_the_identifiers_of_what_was_just_made(
    backend,
):
    change(
        backend,
        team=[{"name": "Green"}, {"name": "Blue", "state": "absent"}],
        user=[{"username": "bob", "teams": ["Green", "Red"], "home_team": "Green"}],
        membership=[
            {"team": "Green", "user": "bob"},
            {"team": "Red", "user": "ann", "state": "absent"},
        ],
    )
    green, bob = backend.named(TEAM, "Green"), backend.named(USER, "bob")
    assert sorted(bob["teamIDs"]) == sorted([green["id"], backend.named(TEAM, "Red")["id"]])
    assert bob["homeTeamID"] == green["id"]
    assert [(record["teamID"], record["userID"]) for record in backend.records["membership"]] == [
        (green["id"], bob["id"])
    ]
    assert [line[:2] for line in backend.calls()] == [
        ("create", "team"),
        ("create", "user"),
        ("create", "membership"),
        ("delete", "membership"),
        ("delete", "team"),
    ]


def test_changes_of_one_kind_run_side_by_side_and_never_more_than_there_are_connections():
    backend = InMemory(connections=4)
    together, most, running, lock = (
        threading.Barrier(4, timeout=LONGEST_MOMENT),
        [0],
        [0],
        threading.Lock(),
    )
    make = backend.create

    def create(resource, body):
        with lock:
            running[0] += 1
            most[0] = max(most[0], running[0])
        together.wait()  # breaks unless four are here at once
        make(resource, body)
        with lock:
            running[0] -= 1

    backend.create = create
    change(backend, team=[{"name": f"team {number}"} for number in range(12)])
    assert most == [4]
    assert len(backend.records["team"]) == 12


def test_the_next_kind_waits_for_all_of_the_one_before(backend):
    change(
        backend,
        team=[{"name": f"T{number}"} for number in range(5)],
        user=[{"username": "bob", "teams": ["T4"]}],
    )
    assert [line[1] for line in backend.calls()] == ["team"] * 5 + ["user"]


def test_many_objects_are_read_back_with_one_list_and_a_single_one_by_its_key(backend):
    change(backend, team=[{"name": f"T{number}"} for number in range(20)])
    assert len(backend.calls("list")) == 2 and backend.calls("get") == []
    backend.log.clear()
    change(backend, team=[{"name": "single"}])
    assert len(backend.calls("list")) == 1 and backend.calls("get") == [("get", "team", "single")]


def test_fields_with_a_query_of_their_own_are_written_after_the_object(backend):
    change(
        backend, team=[{"name": "Green", "rights": {"chat": False}, "password": "pw", "size": 1}]
    )
    assert [(line[0], *line[3:4]) for line in backend.calls()] == [
        ("create",),
        ("write_fields", "rights"),
        ("write_fields", "password"),
    ]


def test_only_the_attributes_that_differ_are_sent(backend):
    sent = []
    update = backend.update
    backend.update = lambda resource, record, body: (
        sent.append(body),
        update(resource, record, body),
    )
    change(backend, team=[{"name": "Red", "comments": "first", "size": 8}])
    assert sent == [{"size": 8}]


def test_a_query_gets_all_that_it_carries_as_it_was_and_as_it_shall_be(backend):
    change(backend, machine=[{"machine": "M1", "notes": "in the attic"}])
    assert [line[4:] for line in backend.calls("write_fields")] == [
        (
            {"notes": "in the cellar", "warnings": "wet floor"},
            {"notes": "in the attic", "warnings": "wet floor"},
        )
    ]


def test_changing_an_object_and_a_field_with_a_query_of_its_own_at_once_keeps_what_else_the_query_carries(
    backend,
):
    change(
        backend,
        machine=[
            {
                "machine": "M1",
                "name": "counter",
                "notes": "in the attic",
                "properties": {"owner": None},
            }
        ],
    )
    assert backend.own["machine", "M1", "notes"] == {
        "notes": "in the attic",
        "warnings": "wet floor",
    }
    assert backend.own["machine", "M1", "properties"] == {"properties": {"site": "York"}}


def test_renaming_an_object_and_changing_a_field_with_a_query_of_its_own_sends_that_field_with_what_it_was(
    backend,
):
    change(
        backend,
        team=[
            {
                "team_id": backend.named(TEAM, "Red")["id"],
                "name": "Crimson",
                "rights": {"chat": False},
            }
        ],
    )
    assert [line[4:] for line in backend.calls("write_fields")] == [
        (
            {"rights": {"chat": True, "transfer": False}},
            {"rights": {"chat": False, "transfer": False}},
        )
    ]


def test_many_objects_and_their_queries_keep_what_else_the_queries_carry(backend):
    change(
        backend,
        machine=[
            {"machine": name, "name": f"{name} new", "notes": "moved"} for name in ("M1", "M2")
        ],
    )
    for name in ("M1", "M2"):
        assert backend.own["machine", name, "notes"] == {"notes": "moved", "warnings": "wet floor"}


def test_an_object_of_which_only_a_query_changes_is_not_written_itself(backend):
    change(
        backend,
        machine=[{"machine": "M1", "notes": "x"}],
        team=[{"name": "Red", "rights": {"chat": False}}],
    )
    assert [line[0] for line in backend.calls()] == ["write_fields", "write_fields"]


def test_of_a_mapping_only_the_keys_that_matter_are_read_unless_others_may_have_to_go(backend):
    wanted = []
    read = backend.read_fields
    backend.read_fields = lambda resource, query, records, only: (
        wanted.append(only),
        read(resource, query, records, only),
    )[1]
    described = {
        "machine": [
            {"machine": "M1", "properties": {"site": "York", "owner": None}},
            {"machine": "M2", "notes": "x"},
        ]
    }
    backend.server().plan(described)
    backend.server().plan(described, Purge(["property"]))
    assert wanted == [[None], [{"site", "owner"}], [None], [None]]


def test_an_object_whose_identifier_is_a_list_is_changed_and_read_back():
    folder = Resource(
        name="folder",
        endpoint="folders",
        key=("path",),
        id="path",
        fields={"path": Field("list", elements="str", ordered=True), "colour": Field()},
    )
    backend = InMemory((folder,))
    backend.add(folder, {"path": ["a", "b"], "colour": "red"})
    server = backend.server()
    apply(
        server,
        server.plan(
            {"folder": [{"path": ["a", "b"], "colour": "blue"}, {"path": ["a"], "colour": "red"}]}
        ),
    )
    apply(server, server.plan({"folder": [{"path": ["a", "b"], "colour": "green"}]}))
    assert server.read(folder) == {
        (("a", "b"),): {"path": ["a", "b"], "colour": "green"},
        (("a",),): {"path": ["a"], "colour": "red"},
    }


def test_the_singleton_is_changed_query_by_query(backend):
    change(backend, site=[{"hostname": "new.example.org", "admitted": ["10.*", "192.*"]}])
    assert backend.own["site", None, "hostname"] == {"hostname": "new.example.org"}
    assert backend.own["site", None, "admitted"] == {"admitted": ["10.*", "192.*"]}


def test_a_secret_is_sent_when_the_object_is_made_and_later_only_when_always_is_said(backend):
    change(backend, user=[{"username": "bob", "password": "one"}])
    assert settled(backend, user=[{"username": "bob", "password": "two"}])
    changes = change(
        backend, user=[{"username": "bob", "password": "two", "update_password": "always"}]
    )
    assert [one.fields for one in changes] == [["password"]]
    assert [line[-1] for line in backend.calls("write_fields")] == [
        {"password": "one"},
        {"password": "two"},
    ]


# --- apply: read-back -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verb", "described", "reason"),
    [
        ("create", {"name": "Green", "size": 1}, "does not list"),
        ("update", {"name": "Red", "size": 77}, "3.*77"),
        ("delete", {"name": "Blue", "state": "absent"}, "still lists"),
        ("write_fields", {"name": "Red", "rights": {"chat": False}}, "chat"),
    ],
)
@pytest.mark.parametrize("others", [0, 3])
def test_a_server_that_says_yes_and_does_nothing_is_a_failure(
    backend, verb, described, reason, others
):
    name = described["name"]
    backend.fail(verb, name=name)
    server = backend.server()
    changes = server.plan(
        {"team": [described, *({"name": f"T{number}"} for number in range(others))]}
    )
    with pytest.raises(
        Incomplete, match=f"(?s){name}.*the server said yes, but.*{reason}"
    ) as caught:
        apply(server, changes)
    assert [one["name"] for one in caught.value.facts["failed_changes"]] == [name]
    assert len(caught.value.facts["changes"]) == others
    assert len(backend.calls(verb)) == 1 + others * (verb == "create"), (
        "what the server said yes to is not sent again"
    )


def test_what_the_server_changes_by_itself_beside_what_was_sent_is_no_failure(backend):
    update = backend.update

    def with_side_effects(resource, record, body):
        update(resource, record, body)
        backend.named(TEAM, "Red").update(comments="changed by the server")
        backend.named(TEAM, "Red")["mailSettings"]["enabled"] = False

    backend.update = with_side_effects
    change(backend, team=[{"name": "Red", "size": 8, "mail": {"subject": "Hello"}}])
    assert backend.named(TEAM, "Red")["mailSettings"]["subjectLine"] == "Hello"


def test_the_view_of_the_server_shows_what_was_written(backend):
    server = backend.server()
    server.complete(TEAM, list(server.read(TEAM)), ["rights"])
    changes = server.plan(
        {
            "team": [
                {"name": "Green", "size": 1},
                {
                    "team_id": backend.named(TEAM, "Red")["id"],
                    "name": "Crimson",
                    "rights": {"chat": False},
                },
                {"name": "Blue", "state": "absent"},
            ]
        }
    )
    apply(server, changes)
    assert set(server.read(TEAM)) == {("Green",), ("Crimson",)}
    assert server.read(TEAM)[("Crimson",)]["rights"] == {"chat": False, "transfer": False}
    assert (
        server.plan(
            {"team": [{"name": "Green", "size": 1}, {"name": "Crimson", "rights": {"chat": False}}]}
        )
        == []
    )


def test_the_view_knows_what_other_queries_have_read_after_a_write(backend):
    server = backend.server()
    server.read(MACHINE)
    server.complete(MACHINE, [("M1",)], ["notes"])
    apply(server, server.plan({"machine": [{"machine": "M1", "name": "counter"}]}))
    assert server.read(MACHINE)[("M1",)].get("warnings") == "wet floor"


def test_a_change_goes_on_saying_what_was_after_it_was_carried_out(backend):
    server = backend.server()
    changes = server.plan(
        {
            "site": [{"hostname": "new.example.org"}],
            "team": [{"name": "Red", "rights": {"chat": False}}],
        }
    )
    before = [(one.fields, one.before, one.described()) for one in changes]
    copies = [(list(fields), dict(obj), dict(described)) for fields, obj, described in before]
    apply(server, changes)
    assert [(one.fields, one.before, one.described()) for one in changes] == copies


# --- apply: outcome unknown -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("effect", [True, False])
@pytest.mark.parametrize(
    ("verb", "described"),
    [
        ("create", {"name": "Green", "size": 1}),
        ("update", {"name": "Red", "size": 77}),
        ("delete", {"name": "Blue", "state": "absent"}),
        ("write_fields", {"name": "Red", "rights": {"chat": False}}),
    ],
)
@pytest.mark.parametrize("others", [0, 3])
def test_a_write_without_an_answer_is_looked_up_and_sent_again_only_if_it_did_not_happen(
    backend, effect, verb, described, others
):
    backend.fail(verb, lost(), effect=effect, name=described["name"])
    desired = {"team": [described, *({"name": f"T{number}"} for number in range(others))]}
    change(backend, **desired)
    assert settled(backend, **desired)
    assert len([line for line in backend.calls(verb) if line[2] == described["name"]]) == (
        1 if effect else 2
    )
    assert len({record["name"] for record in backend.records["team"]}) == len(
        backend.records["team"]
    ), "nothing is there twice"


@pytest.mark.parametrize("effect", [True, False])
@pytest.mark.parametrize("others", [0, 3])
def test_a_rename_without_an_answer_is_looked_up_and_sent_again_only_if_it_did_not_happen(
    backend, effect, others
):
    backend.fail("update", lost(), effect=effect, name="Red")
    red = backend.named(TEAM, "Red")["id"]
    change(
        backend,
        team=[
            {"team_id": red, "name": "Crimson"},
            *({"name": f"T{number}"} for number in range(others)),
        ],
    )
    assert backend.named(TEAM, "Crimson")["id"] == red
    assert len(backend.calls("update")) == (1 if effect else 2)


def test_a_write_that_never_gets_an_answer_is_given_up_after_the_retries_and_said_to_be_unknown(
    backend,
):
    backend.fail("create", lost(), name="Green", times=99)
    server = backend.server()
    changes = server.plan({"team": [{"name": "Green"}]})
    with pytest.raises(
        Incomplete, match="Green.*It is unknown whether the change was made"
    ) as caught:
        apply(server, changes)
    assert caught.value.facts["changed"] is True, "it may have been"
    assert len(backend.calls("create")) == backend.session.retries + 1
    assert len(backend.pauses) >= backend.session.retries, "there is a pause before each look"


def test_writes_that_fail_one_after_the_other_are_all_made_in_the_end_and_each_once(backend):
    # One connection: the second is not begun after the first has failed, and then fails itself
    # before the first is repeated.
    backend.fail("create", lost(), name="T0")
    backend.fail("create", lost(), name="T1")
    change(backend, team=[{"name": "T0"}, {"name": "T1"}])
    assert sorted(record["name"] for record in backend.records["team"]) == [
        "Blue",
        "Red",
        "T0",
        "T1",
    ]


def test_a_write_that_becomes_visible_late_is_not_repeated(backend):
    # T0 is lost and not seen at first; then T1 is lost, so that T0 is not begun again; meanwhile T0
    # has become visible.
    backend.fail("create", lost(), name="T0")
    create = backend.create

    def late(resource, body):
        if body["name"] == "T1" and not any(
            record["name"] == "T0" for record in backend.records["team"]
        ):
            backend.add(TEAM, {"name": "T0"})
            raise lost()
        create(resource, body)

    backend.create = late
    change(backend, team=[{"name": "T0"}, {"name": "T1"}])
    assert sorted(record["name"] for record in backend.records["team"]) == [
        "Blue",
        "Red",
        "T0",
        "T1",
    ]


def test_a_repeated_write_that_the_server_then_refuses_because_it_was_done_is_a_success(backend):
    # The first attempt takes effect after we looked; the second is refused as a duplicate.
    create, attempts = backend.create, []

    def slow(resource, body):
        attempts.append(body)
        if len(attempts) == 1:
            raise lost()
        create(resource, body)
        raise Refused("the name is taken")

    backend.create = slow
    change(backend, team=[{"name": "Green"}])
    assert backend.named(TEAM, "Green") and len(attempts) == 2


def test_as_long_as_something_gets_done_nothing_is_given_up(backend):
    # With one connection every second write is lost: more rounds than retries, and each makes some
    # progress.
    create, calls = backend.create, []

    def every_second(resource, body):
        calls.append(body["name"])
        if len(calls) % 2 == 0:
            raise lost()
        create(resource, body)

    backend.create = every_second
    change(backend, team=[{"name": f"T{number}"} for number in range(12)])
    assert sorted(record["name"] for record in backend.records["team"]) == sorted(
        ["Blue", "Red", *(f"T{number}" for number in range(12))]
    )


def test_an_object_that_vanishes_while_its_change_is_in_doubt_is_a_failure_that_is_told(backend):
    update = backend.update

    def vanish(resource, record, body):
        kept = [other for other in backend.records["team"] if other["name"] != "Red"]
        if record["name"] == "Red" and len(kept) < len(backend.records["team"]):
            backend.records["team"] = kept
            raise lost()
        update(resource, record, body)

    backend.update = vanish
    server = backend.server()
    changes = server.plan(
        {
            "team": [
                {"name": "Red", "size": 8, "rights": {"chat": False}},
                {"name": "Blue", "size": 8},
            ]
        }
    )
    with pytest.raises(Incomplete, match="update team Red") as caught:
        apply(server, changes)
    assert [one["name"] for one in caught.value.facts["changes"]] == ["Blue"]


def test_an_object_that_vanishes_before_its_turn_is_a_failure_that_is_told(backend):
    create = backend.create

    def vanish(resource, body):
        create(resource, body)
        backend.records["team"] = [
            record for record in backend.records["team"] if record["name"] != "Red"
        ]

    backend.create = vanish
    server = backend.server()
    changes = server.plan(
        {"team": [{"name": "T0"}, {"name": "T1"}, {"name": "Red", "rights": {"chat": False}}]}
    )
    with pytest.raises(Incomplete, match="update team Red") as caught:
        apply(server, changes)
    assert len(caught.value.facts["changes"]) == 2


@pytest.mark.parametrize("verb", ["create", "delete"])
def test_a_list_that_is_suddenly_empty_is_not_believed_when_it_is_read_back(backend, verb):
    # An overloaded server may answer an empty list: it must neither make us repeat what happened
    # nor confirm what did not.
    true_list, lists = backend.list, []

    def sometimes_empty(resource):
        lists.append(resource.name)
        return [] if len(lists) == 2 else true_list(resource)

    backend.list = sometimes_empty
    server = backend.server()
    if verb == "create":
        backend.fail("create", lost(), effect=True, name="T1")
        changes = server.plan({"team": [{"name": "T0"}, {"name": "T1"}]})
    else:
        backend.fail("delete", name="Blue")
        changes = server.plan({"team": [{"name": "Blue", "state": "absent"}]})
    # Either way is honest: to see that it cannot be read back, or to look again.
    with pytest.raises(Incomplete) if verb == "delete" else suppress(Incomplete):
        apply(server, changes)
    assert len([record for record in backend.records["team"] if record["name"] == "T1"]) == (
        verb == "create"
    )


@pytest.mark.parametrize("effect", [True, False])
def test_a_secret_whose_outcome_is_unknown_is_never_sent_again_and_reported_as_unknown(
    backend, effect
):
    backend.fail("write_fields", lost(), effect=effect, name="Red")
    server = backend.server()
    changes = server.plan(
        {"team": [{"name": "Red", "password": "pw", "update_password": "always"}]}
    )
    with pytest.raises(Incomplete, match="It is unknown whether the change was made") as caught:
        apply(server, changes)
    assert len(backend.calls("write_fields")) == 1
    assert caught.value.facts["changed"] is True


@pytest.mark.parametrize("effect", [True, False])
def test_a_secret_among_the_objects_own_attributes_whose_outcome_is_unknown_is_reported_as_unknown(
    backend, effect
):
    backend.fail("update", lost(), effect=effect, name="Red")
    server = backend.server()
    changes = server.plan(
        {"team": [{"name": "Red", "door_code": "1234", "update_door_code": "always"}]}
    )
    with pytest.raises(Incomplete, match="It is unknown whether the change was made"):
        apply(server, changes)
    assert len(backend.calls("update")) == 1


def test_what_the_server_answered_unintelligibly_is_looked_up_like_a_write_without_an_answer(
    backend,
):
    # Refused says that nothing was done; any other ServerError, such as half of an answer, does
    # not.
    backend.fail(
        "create", ServerError("answered 12 bytes that are cut off"), effect=True, name="Green"
    )
    change(backend, team=[{"name": "Green"}])
    assert len(backend.calls("create")) == 1
    assert backend.named(TEAM, "Green")


def test_a_write_that_cannot_be_read_back_is_reported_as_unknown(backend):
    server = backend.server()
    changes = server.plan({"team": [{"name": "Green"}]})
    backend.fail("get", Unreachable("the server cannot be reached"))
    with pytest.raises(
        Incomplete, match="unknown whether the change was made.*cannot be reached"
    ) as caught:
        apply(server, changes)
    assert caught.value.facts["changed"] is True
    assert caught.value.facts["changes"] == []


def test_when_nothing_can_be_read_back_the_fate_of_every_change_is_told_all_the_same(backend):
    server = backend.server()
    changes = server.plan(
        {"team": [{"name": "T0"}, {"name": "T1"}, {"name": "Red", "rights": {"chat": False}}]}
    )
    backend.fail("list", Unreachable("the server cannot be reached"))
    with pytest.raises(Incomplete) as caught:
        apply(server, changes)
    fates = [
        one["name"]
        for fate in ("changes", "failed_changes", "changes_not_tried")
        for one in caught.value.facts[fate]
    ]
    assert sorted(fates) == ["Red", "T0", "T1"]


# --- apply: failures ------------------------------------------------------------------------------------------------------


def test_what_was_refused_keeps_its_reason_when_the_others_cannot_be_read_back(backend):
    backend.fail("create", Refused("the name is reserved"), name="T0")
    server = backend.server()
    changes = server.plan({"team": [{"name": "T0"}, {"name": "T1"}, {"name": "T2"}]})
    backend.fail("list", Unreachable("the server cannot be reached"))
    with pytest.raises(Incomplete) as caught:
        apply(server, changes)
    reasons = {one["name"]: one["reason"] for one in caught.value.facts["failed_changes"]}
    assert reasons.pop("T0") == "the name is reserved"
    assert (
        all("unknown whether the change was made" in reason for reason in reasons.values())
        and len(reasons) == 2
    )


def test_one_change_that_is_refused_does_not_keep_the_others_of_its_kind_from_being_made(backend):
    backend.fail("create", Refused("the name is reserved"), name="T3")
    server = backend.server()
    changes = server.plan({"team": [{"name": f"T{number}"} for number in range(10)]})
    with pytest.raises(
        Incomplete,
        match="1 of 10 changes failed, 9 were made.*create team T3: the name is reserved",
    ) as caught:
        apply(server, changes)
    facts = caught.value.facts
    assert facts["changed"] is True
    assert len(facts["changes"]) == 9
    assert facts["failed_changes"] == [
        {
            "action": "create",
            "kind": "team",
            "name": "T3",
            "fields": ["name"],
            "reason": "the name is reserved",
            "written": [],
        }
    ]
    assert facts["changes_not_tried"] == []


def test_what_was_refused_is_neither_waited_for_nor_sent_again_and_looked_at_once(backend):
    backend.fail("create", Refused("no"), name="Green")
    server = backend.server()
    changes = server.plan({"team": [{"name": "Green"}]})
    backend.log.clear()
    with pytest.raises(Incomplete):
        apply(server, changes)
    # Somebody else may have been faster.
    assert backend.log == [("create", "team", "Green"), ("get", "team", "Green")]
    assert backend.pauses == []


@pytest.mark.parametrize("size", [3, 4])
def test_what_somebody_else_made_meanwhile_is_as_wanted_or_is_told(backend, size):
    server = backend.server()
    changes = server.plan({"team": [{"name": "Green", "size": 3}]})
    backend.add(TEAM, {"name": "Green", "size": size})
    backend.fail("create", Refused("The name is taken."))
    if size == 3:
        apply(server, changes)
        return
    with pytest.raises(
        Incomplete, match=r"taken\. It is there all the same.*it shows size as 4, where 3 was sent"
    ) as caught:
        apply(server, changes)
    assert caught.value.facts["changed"] is False


def test_what_somebody_else_made_meanwhile_may_have_another_secret(backend):
    server = backend.server()
    changes = server.plan({"team": [{"name": "Green", "door_code": "1234"}]})
    backend.add(TEAM, {"name": "Green"})
    backend.fail("create", Refused("The name is taken."))
    with pytest.raises(
        Incomplete,
        match="Whether door_code is what is described cannot be known.*update_door_code: always",
    ):
        apply(server, changes)


@pytest.mark.parametrize("gone", [["Amber"], ["Amber", "Cyan"]])
def test_what_somebody_else_removed_meanwhile_is_removed(backend, gone):
    for name in ("Amber", "Cyan"):
        backend.add(TEAM, {"name": name})
    server = backend.server()
    changes = server.plan(
        {"team": [{"name": name, "state": "absent"} for name in ("Amber", "Cyan")]}
    )
    for name in gone:
        backend.records["team"].remove(backend.named(TEAM, name))
    apply(server, changes)
    assert {record["name"] for record in backend.records["team"]}.isdisjoint({"Amber", "Cyan"})


def test_what_was_refused_and_cannot_be_looked_at_was_refused(backend):
    backend.add(TEAM, {"name": "Amber"})
    server = backend.server()
    changes = server.plan({"team": [{"name": "Amber", "state": "absent"}]})
    backend.fail("delete", Refused("You may not."))
    backend.fail("list", Refused("Nor may you list them."))
    with pytest.raises(Incomplete, match="You may not") as caught:
        apply(server, changes)
    assert caught.value.facts["changed"] is False and "unknown" not in str(caught.value)


def test_nothing_is_written_of_an_empty_mapping_of_a_new_object(backend):
    server = backend.server()
    apply(server, server.plan({"team": [{"name": "Green", "rights": {}}]}))
    assert [line[0] for line in backend.calls()] == ["create"]


def test_a_rerun_after_a_failure_does_only_the_rest(backend):
    desired = {"team": [{"name": f"T{number}"} for number in range(10)]}
    backend.fail("create", Refused("not now"), name="T3")
    with pytest.raises(Incomplete):
        change(backend, **desired)
    assert told(change(backend, **desired)) == [("create", "team", "T3")]


def test_after_a_failure_the_kinds_that_follow_are_not_tried(backend):
    backend.fail("create", Refused("no"), name="Green")
    server = backend.server()
    changes = server.plan(
        {
            "team": [{"name": "Green"}, {"name": "Blue", "state": "absent"}],
            "user": [{"username": "bob", "teams": ["Green"]}],
        }
    )
    with pytest.raises(Incomplete) as caught:
        apply(server, changes)
    assert [(one["action"], one["name"]) for one in caught.value.facts["changes_not_tried"]] == [
        ("create", "bob"),
        ("delete", "Blue"),
    ]
    assert caught.value.facts["changed"] is False
    assert backend.calls("delete") == []


def test_an_object_that_could_not_be_made_gets_no_further_fields(backend):
    backend.fail("create", Refused("no"), name="Green")
    with pytest.raises(Incomplete):
        change(backend, team=[{"name": "Green", "password": "pw", "rights": {"chat": True}}])
    assert backend.calls("write_fields") == []


def test_when_the_object_was_made_and_its_password_was_refused_the_server_has_changed(backend):
    backend.fail("write_fields", Refused("too short"), name="bob")
    server = backend.server()
    changes = server.plan({"user": [{"username": "bob", "password": "pw"}]})
    with pytest.raises(Incomplete, match="bob.*too short") as caught:
        apply(server, changes)
    assert caught.value.facts["changed"] is True
    assert backend.named(USER, "bob")


def test_a_query_that_wrote_some_of_its_fields_before_it_was_refused_has_changed_the_server(
    backend,
):
    write = backend.write_fields

    def half(resource, query, record, before, after):
        write(
            resource,
            query,
            record,
            before,
            {"properties": {**before["properties"], "floor": after["properties"]["floor"]}},
        )
        raise Refused("roof is not a good key")

    backend.write_fields = half
    server = backend.server()
    changes = server.plan(
        {"machine": [{"machine": "M1", "properties": {"floor": "2", "roof": "flat"}}]}
    )
    with pytest.raises(Incomplete, match="roof is not a good key") as caught:
        apply(server, changes)
    assert caught.value.facts["changed"] is True


def test_a_new_object_whose_further_fields_were_refused_is_told_with_what_was_written(backend):
    backend.fail("write_fields", Refused("no rights for you"), name="Green")
    server = backend.server()
    changes = server.plan({"team": [{"name": "Green", "rights": {"chat": False}, "size": 1}]})
    with pytest.raises(Incomplete, match="Green: no rights for you") as caught:
        apply(server, changes)
    assert caught.value.facts["failed_changes"][0]["written"] == ["name", "size"]


def test_a_mapping_that_the_server_shows_as_null_after_it_was_written_is_a_failure(backend):
    backend.fail("update", name="Blue")
    server = backend.server()
    changes = server.plan({"team": [{"name": "Blue", "settings": {"a": 1}}]})
    with pytest.raises(Incomplete, match=r"it shows settings as \{\}, where \{\"a\": 1\} was sent"):
        apply(server, changes)


def test_what_was_written_of_a_change_before_it_failed_is_told(backend):
    backend.fail("write_fields", Refused("too long"), name="M1")
    server = backend.server()
    changes = server.plan({"machine": [{"machine": "M1", "name": "counter", "notes": "x"}]})
    with pytest.raises(
        Incomplete, match=r"till \(M1\): too long \(name had been written\)"
    ) as caught:
        apply(server, changes)
    assert caught.value.facts["failed_changes"][0]["written"] == ["name"]
    assert caught.value.facts["changed"] is True


def test_a_query_that_was_refused_and_shows_what_was_wanted_all_the_same_is_done(backend):
    # A query may take several requests; the last of them may be refused because the others did it
    # all.
    backend.fail("write_fields", Refused("there is no such key any more"), effect=True, name="M1")
    change(backend, machine=[{"machine": "M1", "properties": {"owner": None}}])
    assert backend.own["machine", "M1", "properties"] == {"properties": {"site": "York"}}


def test_a_server_that_says_yes_and_does_something_else_has_changed(backend):
    update = backend.update
    backend.update = lambda resource, record, body: update(resource, record, {"size": 5})
    with pytest.raises(Incomplete, match="5.*77") as caught:
        change(backend, team=[{"name": "Red", "size": 77}])
    assert caught.value.facts["changed"] is True


def test_when_the_server_cannot_be_reached_any_more_nothing_further_is_tried(backend):
    backend.fail("create", Unreachable("the server cannot be reached"), times=99)
    server = backend.server()
    changes = server.plan({"team": [{"name": f"T{number}"} for number in range(20)]})
    with pytest.raises(Incomplete, match="cannot be reached") as caught:
        apply(server, changes)
    assert len(backend.calls("create")) == 1
    assert len(caught.value.facts["failed_changes"]) == 1
    assert len(caught.value.facts["changes_not_tried"]) == 19
    assert caught.value.facts["changed"] is False


def test_an_error_of_our_own_half_way_leaves_the_fate_of_every_change_told(backend):
    # Such as the rate budget (pace.py) or the token store (tokens.py), which raise Error itself.
    server = backend.server()
    changes = server.plan({"team": [{"name": f"T{number}"} for number in range(4)]})
    backend.fail(
        "create",
        Error("No request may be sent for 900 s: the requests that an hour allows are spent."),
        name="T2",
    )
    with pytest.raises(Incomplete, match="900 s") as caught:
        apply(server, changes)
    assert {"T0", "T1"} <= {one["name"] for one in caught.value.facts["changes"]}


def test_the_first_five_failures_are_told_in_the_message_and_all_in_the_result(backend):
    backend.fail("create", Refused("no"), times=99)
    server = backend.server()
    changes = server.plan({"team": [{"name": f"T{number}"} for number in range(8)]})
    with pytest.raises(Incomplete, match="8 of 8 changes failed.*T4.*and 3 more") as caught:
        apply(server, changes)
    assert "T5" not in str(caught.value)
    assert len(caught.value.facts["failed_changes"]) == 8


def test_five_failures_are_all_told_and_nothing_more(backend):
    backend.fail("create", Refused("no"), times=99)
    with pytest.raises(Incomplete) as caught:
        change(backend, team=[{"name": f"T{number}"} for number in range(5)])
    assert "T4" in str(caught.value) and "more" not in str(caught.value)


def test_no_secret_stands_in_the_message_or_the_reasons_of_a_failure(backend):
    backend.session.conceal(["hunter22"])
    backend.fail("create", Refused("hunter22 is a bad password"), name="Green")
    with pytest.raises(Incomplete) as caught:
        change(backend, team=[{"name": "Green", "door_code": "hunter22"}])
    assert "hunter22" not in str(caught.value) + str(caught.value.facts)


def test_an_outcome_that_is_unknown_is_an_error_of_its_own():
    assert issubclass(OutcomeUnknown, Error) and not issubclass(OutcomeUnknown, ServerError)


# --- products -------------------------------------------------------------------------------------------------------------


def test_a_kind_or_field_that_the_product_does_not_have_is_refused_before_anything_is_sent():
    web_jump = Resource(
        name="web_jump", endpoint="web-jumps", fields={"name": Field()}, only=("pra",)
    )
    team = Resource(
        name="team", endpoint="teams", fields={"name": Field(), "vendor": Field(only=("pra",))}
    )
    backend = InMemory((team, web_jump))
    backend.product = "rs"
    server = Server(backend, backend.resources)
    for desired in ({"web_jump": [{"name": "x"}]}, {"team": [{"name": "x", "vendor": "y"}]}):
        with pytest.raises(InputError, match="pra"):
            server.plan(desired)
    backend.product = "pra"
    assert (
        len(
            Server(backend, backend.resources).plan(
                {"web_jump": [{"name": "x"}], "team": [{"name": "x", "vendor": "y"}]}
            )
        )
        == 2
    )


def test_a_field_that_the_product_does_not_have_goes_by_the_name_of_its_option():
    team = Resource(
        name="team",
        endpoint="teams",
        fields={"name": Field(), "ecm": Field(option="external_credentials", only=("pra",))},
    )
    backend = InMemory((team,))
    backend.product = "rs"
    with pytest.raises(InputError, match="rs.*external_credentials.*pra"):
        backend.server().plan({"team": [{"name": "x", "external_credentials": "y"}]})
    assert len(backend.server().plan({"team": [{"name": "x", "ecm": "y"}]})) == 1
    backend.product = "pra"
    assert backend.server().plan({"team": [{"name": "x", "external_credentials": "y"}]})[
        0
    ].after == {
        "name": "x",
        "ecm": "y",
    }


def test_every_kind_of_these_tests_plans_to_nothing_from_what_it_exports(backend):
    server = backend.server()
    for resource in RESOURCES:
        server.complete(resource, list(server.read(resource)), resource.queries)
    exported = {
        resource.name: [resource.exported(obj) for obj in server.read(resource).values()]
        for resource in RESOURCES
    }
    assert server.plan(exported, Purge(["team", "user", "membership", "property"], 0, 0)) == []


# --- codes, lists of objects, keys of which one part is given ------------------------------------------------------------


@pytest.fixture(name="coded")
def _coded():
    """A server with two policies, two users, a group with members, and three items: two in the
    group, one of a user.
    """
    backend = InMemory(WITH_CODES)
    night = backend.add(POLICY, {"name": "Night", "code": "night", "system": "posix", "hours": 8})
    backend.add(POLICY, {"name": "Day", "code": "day", "system": "posix"})
    ann, bob = (backend.add(USER, {"username": name}) for name in ("ann", "bob"))
    group = backend.add(
        GROUP,
        {
            "name": "York",
            "code": "york",
            "policyCode": "night",
            "watcherID": night["id"],
            "ranges": [{"start": "5", "end": "9", "note": "x"}, {"start": "1", "end": "2"}],
            "rules": [{"ports": [2, 1], "allow": True}],
        },
        members={
            "members": [
                {"userID": bob["id"], "role": "writer"},
                {"userID": ann["id"], "policyID": night["id"]},
            ]
        },
    )
    for name in ("till", "door"):
        backend.add(ITEM, {"name": name, "groupID": group["id"]})
    backend.add(ITEM, {"name": "till", "ownerID": ann["id"], "size": 1})
    return backend


def test_an_object_that_is_called_anew_is_found_by_its_code(coded):
    (renamed,) = change(coded, policy=[{"name": "Nights", "code": "night"}])
    assert (renamed.action, renamed.name, renamed.fields) == ("update", "Night", ["name"])
    assert coded.named(POLICY, "Nights")["hours"] == 8 and settled(
        coded, policy=[{"name": "Nights", "code": "night"}]
    )


def test_a_description_by_the_name_of_one_object_and_the_code_of_another_is_refused_unless_an_identifier_tells_which(
    coded,
):
    described = {"name": "Day", "code": "night"}
    with pytest.raises(
        InputError,
        match=r"policy Day means two: the one of that name \(policy_id 102\).*called 'Night' \(policy_id 101\)",
    ):
        coded.server().plan({"policy": [described]})
    (planned,) = coded.server().plan({"policy": [{**described, "policy_id": 102}]})
    assert (planned.name, planned.fields) == ("Day", ["code"])


def test_a_reference_that_is_the_name_of_one_and_the_code_of_another_is_refused_with_both(coded):
    coded.add(POLICY, {"name": "night", "code": "late", "system": "posix"})
    with pytest.raises(
        InputError,
        match="group York: policy names the policy 'night', which means several: 'Night'.*code 'night'.*'night'.*code 'late'",
    ):
        coded.server().plan({"group": [{"name": "York", "policy": "night"}]})
    for word, name in (("Night", "Night"), ("late", "night")):
        change(coded, group=[{"name": "York", "policy": "Day"}])
        change(coded, group=[{"name": "York", "policy": word}])
        assert coded.named(GROUP, "York")["policyCode"] == coded.named(POLICY, name)["code"]
        assert coded.server().read(GROUP)["York",]["policy"] == word


@pytest.mark.parametrize(
    "policies",
    [
        # The name of what is described, the code of what is there.
        [{"name": "night", "code": "late", "system": "posix"}],
        [{"name": "Late", "code": "Night", "system": "posix"}],  # the other way round
        [
            {"name": "same", "code": "one", "system": "posix"},
            {"name": "Two", "code": "same", "system": "posix"},
        ],
    ],
)
def test_a_reference_that_would_mean_two_once_all_is_made_is_refused(coded, policies):
    word = {"night": "night", "Late": "Night", "same": "same"}[policies[0]["name"]]
    with pytest.raises(InputError, match=f"'{word}' would mean several objects of kind policy"):
        coded.server().plan({"policy": policies, "group": [{"name": "York", "policy": word}]})


def test_objects_that_share_a_name_are_told_apart_by_their_codes(coded):
    coded.add(POLICY, {"name": "Night", "code": "late", "system": "posix", "hours": 2})
    change(coded, group=[{"name": "York", "policy": "late", "watched_by": "night"}])
    stored, server = coded.named(GROUP, "York"), coded.server()
    assert (stored["policyCode"], stored["watcherID"]) == ("late", 101)
    assert [server.read(GROUP)["York",][name] for name in ("policy", "watched_by")] == [
        "late",
        "night",
    ]
    both = [
        {"name": "Night", "code": "night", "hours": 9},
        {"name": "Night", "code": "late", "hours": 3},
    ]
    change(coded, policy=both)
    assert settled(coded, policy=both) and {
        each["code"]: each.get("hours") for each in coded.records["policy"]
    } == {"night": 9, "late": 3, "day": None}
    with pytest.raises(InputError, match="means several: 'Night'"):
        coded.server().plan(
            {"group": [{"name": "York", "members": [{"user": "ann", "policy": "Night"}]}]}
        )


def test_objects_that_share_a_name_can_be_changed_in_one_document_by_their_identifiers(backend):
    twins = [backend.add(TEAM, {"name": "Twin"})["id"] for _number in range(2)]
    both = [
        {"team_id": identifier, "name": "Twin", "comments": str(identifier)} for identifier in twins
    ]
    change(backend, team=both)
    assert settled(backend, team=both)
    with pytest.raises(
        InputError,
        match=rf"team with team_id {twins[0]} cannot be called 'Red': so is the one with team_id \d+ already",
    ):
        backend.server().plan({"team": [{"team_id": twins[0], "name": "Red"}]})
    with pytest.raises(InputError, match="Two objects of kind team would be called 'New'"):
        backend.server().plan(
            {"team": [{"team_id": identifier, "name": "New"} for identifier in twins]}
        )


def test_the_export_of_objects_that_share_a_name_is_told_apart_and_makes_them_again(coded):
    coded.add(POLICY, {"name": "Night", "code": "late", "system": "posix", "hours": 2})
    change(
        coded,
        group=[{"name": "York", "policy": "late", "members": [{"user": "ann", "policy": "late"}]}],
    )
    document = export_config(coded.server(), ["policy", "group"])
    assert settled(coded, **document) and "policy_id" not in str(document)
    rebuilt = InMemory(WITH_CODES)
    for name in ("ann", "bob"):
        rebuilt.add(USER, {"username": name})
    change(rebuilt, **document)
    assert export_config(rebuilt.server(), ["policy", "group"]) == document


def test_a_code_that_the_server_made_of_a_kind_and_a_number_is_not_exported(coded):
    made = coded.add(POLICY, {"name": "Made", "system": "posix"})
    coded.named(POLICY, "Made")["code"] = f"policy_{made['id']}"
    coded.add(POLICY, {"name": "Given", "code": "policy_7", "system": "posix"})
    document = export_config(coded.server(), ["policy"])
    codes = {each["name"]: each.get("code") for each in document["policy"]}
    assert codes == {"Day": "day", "Given": "policy_7", "Made": None, "Night": "night"} and settled(
        coded, **document
    )


def test_a_code_that_several_objects_bear_finds_none_of_them(coded):
    coded.add(POLICY, {"name": "Third", "code": "day", "system": "posix"})
    with pytest.raises(InputError, match="Several objects of kind policy.*Say which one is meant"):
        coded.server().plan({"policy": [{"name": "New", "code": "day", "system": "posix"}]})


def test_a_reference_by_name_and_one_by_code_mean_the_same(coded):
    for policy in ("Night", "night"):
        assert settled(
            coded,
            group=[
                {
                    "name": "York",
                    "policy": policy,
                    "watched_by": policy,
                    "members": [{"user": "ann", "policy": policy}, {"user": "bob"}],
                }
            ],
        )


def test_a_reference_gets_the_identifier_or_the_code_as_the_server_wants_it(coded):
    change(coded, group=[{"name": "York", "policy": "day", "watched_by": "day"}])
    stored = coded.named(GROUP, "York")
    assert (stored["policyCode"], stored["watcherID"]) == ("day", coded.named(POLICY, "Day")["id"])
    assert coded.server().read(GROUP)["York",]["policy"] == "Day"


def test_a_reference_by_the_code_of_what_the_same_run_makes_is_accepted(coded):
    early = {"name": "Early", "code": "early", "system": "posix"}
    described = {
        "policy": [early],
        "group": [{"name": "York", "policy": "early", "watched_by": "early"}],
    }
    change(coded, **described)
    assert coded.named(GROUP, "York")["policyCode"] == "early" and settled(coded, **described)


def test_a_reference_by_a_code_that_nobody_has_is_refused(coded):
    with pytest.raises(InputError, match="policy names the policy 'never', which does not exist"):
        coded.server().plan({"group": [{"name": "York", "policy": "never"}]})


def test_a_reference_that_the_server_does_not_list_is_kept_as_it_is(coded):
    coded.named(GROUP, "York")["watcherID"] = 99
    shown = coded.server().read(GROUP)["York",]["watched_by"]
    assert shown == "(unknown policy 99)"
    assert settled(coded, group=[{"name": "York", "watched_by": shown}])
    members = coded.own["group", coded.named(GROUP, "York")["id"], "members"]["members"]
    members[0]["policyID"] = 99
    change(
        coded,
        group=[
            {
                "name": "York",
                "members": [{"user": "ann", "role": "reader"}, {"user": "bob", "policy": shown}],
            }
        ],
    )
    assert {
        each["policyID"]
        for each in coded.own["group", coded.named(GROUP, "York")["id"], "members"]["members"]
    } == {99, coded.named(POLICY, "Night")["id"]}


def test_what_a_new_object_needs_is_demanded_when_it_is_planned(coded):
    with pytest.raises(
        InputError, match="policy New does not exist yet; to make it, system must be given"
    ):
        coded.server().plan({"policy": [{"name": "New"}]})
    assert settled(coded, policy=[{"name": "Day"}])


def test_what_is_fixed_is_refused_when_it_is_planned(coded):
    with pytest.raises(InputError, match="policy Day: system cannot be changed"):
        coded.server().plan({"policy": [{"name": "Day", "system": "windows"}]})
    assert settled(coded, policy=[{"name": "Day", "system": "posix"}])


def test_two_descriptions_of_one_member_in_other_words_are_refused(coded):
    coded.add(GROUP, {"name": "Leeds", "code": "leeds", "ranges": []})
    with pytest.raises(InputError, match="members names the same user twice"):
        coded.server().plan(
            {"group": [{"name": "Leeds", "members": [{"user": "ann"}, {"user": "ann"}]}]}
        )


def test_a_list_of_objects_is_changed_as_a_whole_with_what_is_not_said_of_its_elements(coded):
    (changed,) = change(
        coded, group=[{"name": "York", "members": [{"user": "ann", "role": "reader"}]}]
    )
    assert changed.after["members"] == [{"user": "ann", "role": "reader", "policy": "Night"}]
    ((_verb, _kind, _name, query, before, after),) = coded.calls("write_fields")
    night, ann, bob = (
        coded.named(POLICY, "Night")["id"],
        *(coded.named(USER, name)["id"] for name in ("ann", "bob")),
    )
    assert (query, after) == (
        "members",
        {"members": [{"userID": ann, "role": "reader", "policyID": night}]},
    )
    assert sorted(each["userID"] for each in before["members"]) == [ann, bob]
    assert settled(coded, group=[{"name": "York", "members": [{"user": "ann"}]}])


def test_another_order_of_a_list_of_objects_is_no_change_unless_order_means_something(coded):
    assert settled(
        coded,
        group=[
            {"name": "York", "ranges": [{"start": "1", "end": "2"}, {"start": "5", "end": "9"}]}
        ],
    )
    coded.named(GROUP, "York")["rules"] = [{"allow": True}, {"allow": False}]
    assert not settled(
        coded, group=[{"name": "York", "rules": [{"allow": False}, {"allow": True}]}]
    )


def test_a_list_of_objects_that_the_server_did_not_take_over_is_a_failure_that_shows_both(coded):
    coded.fail("write_fields")
    with pytest.raises(
        Incomplete, match="said yes, but it shows members as .*bob.* where .*ann.* was sent"
    ):
        change(coded, group=[{"name": "York", "members": [{"user": "ann"}]}])


def test_what_the_server_fills_in_of_an_element_is_no_failure(coded):
    write_fields = coded.write_fields

    def filling_in(resource, query, record, before, after):
        after["members"] = [{"role": "reader", **element} for element in after["members"]]
        write_fields(resource, query, record, before, after)

    coded.write_fields = filling_in
    change(
        coded,
        group=[
            {"name": "York", "members": [{"user": "bob"}, {"user": "ann"}]},
            {"name": "New", "members": [{"user": "ann"}]},
        ],
    )
    assert settled(coded, group=[{"name": "New", "members": [{"user": "ann", "role": "reader"}]}])


def test_the_same_name_in_another_place_is_another_object(coded):
    server = coded.server()
    assert server.find(ITEM, {"name": "till", "group": "York"}) == ("till", "York", None)
    assert server.find(ITEM, {"name": "till", "group": "york"}) == ("till", "York", None)
    assert server.find(ITEM, {"name": "till", "owner": "ann"}) == ("till", None, "ann")
    assert server.find(ITEM, {"name": "till", "owner": "bob"}) is None
    assert settled(
        coded, item=[{"name": "till", "group": "York"}, {"name": "till", "owner": "ann"}]
    )
    (change,) = coded.server().plan({"item": [{"name": "till", "owner": "bob", "size": 1}]})
    assert change.action == "create" and change.fields == ["name", "owner", "size"]


def test_an_object_that_moves_leaves_the_place_where_it_was(coded):
    item = next(record for record in coded.records["item"] if "ownerID" in record)
    (moved,) = change(coded, item=[{"item_id": item["id"], "group": "York", "name": "new"}])
    assert moved.fields == ["name", "group", "owner"]
    stored = next(record for record in coded.records["item"] if record["id"] == item["id"])
    assert (
        stored["ownerID"] is None
        and stored["groupID"] == coded.named(GROUP, "York")["id"]
        and stored["size"] == 1
    )
    assert settled(coded, item=[{"name": "new", "group": "York", "size": 1}])


def test_an_object_cannot_move_to_where_another_bears_its_name(coded):
    item = next(record for record in coded.records["item"] if "ownerID" in record)
    with pytest.raises(InputError, match="till"):
        coded.server().plan({"item": [{"item_id": item["id"], "name": "till", "group": "York"}]})


def test_an_object_in_two_places_or_in_none_is_refused_before_anything_is_asked(coded):
    for place in ({}, {"group": "York", "owner": "ann"}):
        with pytest.raises(InputError, match="one of group, owner"):
            coded.server().plan({"item": [{"name": "till", **place}]})
    assert coded.log == []


# --- reading a part ---------------------------------------------------------------------------------------------------------


def test_of_a_single_description_only_what_it_may_mean_is_read_where_the_server_can_look_for_it(
    coded,
):
    coded.searched = ("policy",)
    change(coded, policy=[{"name": "Nights", "code": "night", "hours": 9}])
    assert [line[0] for line in coded.log] == ["search", "update", "get"]
    assert coded.named(POLICY, "Nights")["hours"] == 9


def test_what_a_search_does_not_find_is_made_without_the_whole_list(coded):
    coded.searched = ("policy",)
    described = {"name": "New", "system": "posix"}
    change(coded, policy=[described])
    assert [line[0] for line in coded.log] == ["search", "create", "get"]
    assert settled(coded, policy=[described])


@pytest.mark.parametrize(
    ("described", "purge"),
    [
        ([{"name": "Night"}, {"name": "Day"}], Purge()),
        ([{"name": "Night", "policy_id": 101}], Purge()),
        ([{"name": "Night", "state": "present"}], Purge(["policy"], 9, 100)),
    ],
    ids=["several", "by identifier", "with purge"],
)
def test_the_whole_list_is_read_where_more_than_one_object_matters(coded, described, purge):
    coded.searched = ("policy",)
    coded.server().plan({"policy": described}, purge)
    assert coded.calls("search") == [] and coded.calls("list") == [("list", "policy", "")]


def test_the_whole_list_is_read_where_the_server_cannot_look_for_single_objects(coded):
    coded.server().plan({"policy": [{"name": "Night"}]})
    assert coded.calls("list") == [("list", "policy", "")]


def test_a_kind_that_was_read_in_part_is_still_read_in_part_after_a_write(coded):
    coded.searched = ("policy",)
    server = coded.server()
    apply(server, server.plan({"policy": [{"name": "Night", "hours": 1}]}))
    assert server.memory(POLICY).partial is True
    assert list(server.read(POLICY)) == [("Night",)]
    server.read_again(POLICY)
    assert server.memory(POLICY).partial is False and len(server.read(POLICY)) == 2


def test_a_single_write_that_gets_no_answer_is_looked_up_among_what_was_read_in_part(coded):
    coded.searched = ("policy",)
    coded.fail("create", lost(), effect=True)
    change(coded, policy=[{"name": "New", "system": "posix"}])
    assert len(coded.calls("create")) == 1 and coded.named(POLICY, "New")


# --- what takes effect in the end -------------------------------------------------------------------------------------------


def test_after_all_writes_they_take_effect_once(coded):
    change(
        coded,
        policy=[{"name": "Night", "hours": 1}, {"name": "Day", "hours": 1}],
        group=[{"name": "York", "members": []}],
    )
    assert coded.concluded == 1


def test_where_nothing_was_written_nothing_has_to_take_effect(coded):
    change(coded, policy=[{"name": "Night"}])
    assert coded.concluded == 0
    coded.fail("update", Refused("no"))
    with pytest.raises(Incomplete):
        change(coded, policy=[{"name": "Night", "hours": 1}])
    assert coded.concluded == 0


def test_what_was_written_before_a_failure_takes_effect_all_the_same(coded):
    coded.fail("update", Refused("no"), name="Night")
    with pytest.raises(Incomplete):
        change(coded, policy=[{"name": "Night", "hours": 1}, {"name": "Day", "hours": 1}])
    assert coded.concluded == 1


@pytest.mark.parametrize("error", [Refused("the auditor forbids it"), lost(), Unreachable("gone")])
def test_what_may_not_have_taken_effect_is_told_with_what_was_done(coded, error):
    coded.fail("conclude", error)
    with pytest.raises(Incomplete, match="may not have taken effect") as caught:
        change(coded, policy=[{"name": "Night", "hours": 1}])
    assert str(error) in str(caught.value)
    facts = caught.value.facts
    assert facts["changed"] is True and [one["name"] for one in facts["changes"]] == ["Night"]
    assert facts["failed_changes"] == facts["changes_not_tried"] == []


def test_a_failure_and_what_may_not_have_taken_effect_are_both_told(coded):
    coded.fail("update", Refused("too many hours"), name="Night")
    coded.fail("conclude", Refused("the auditor forbids it"))
    with pytest.raises(
        Incomplete, match="too many hours.*may not have taken effect.*the auditor forbids it"
    ):
        change(coded, policy=[{"name": "Night", "hours": 1}, {"name": "Day", "hours": 1}])

"""What the front doors do with a server: one object, a whole document, export, and the part of the
result that all share.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
from copy import deepcopy

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.remoteops.access.plugins.module_utils._core.errors import (
    Incomplete,
    InputError,
    Refused,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.plan import NOT_SHOWN
from ansible_collections.remoteops.access.plugins.module_utils._core.reconcile import (
    carry_out,
    config_spec,
    export_config,
    manage_object,
    object_rules,
    object_spec,
    plan_config,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.resource import (
    Field,
    Platform,
    Resource,
)
from tests.unit.plugins.module_utils._core.server_in_memory import (
    GROUP,
    ITEM,
    MACHINE,
    MEMBERSHIP,
    POLICY,
    RESOURCES,
    RIGHTS,
    SITE,
    TEAM,
    USER,
    WITH_CODES,
    InMemory,
    lost,
)
from tests.unit.simulated import read_diff

PLATFORM = Platform(
    name="memory", connection={}, connect=lambda option, read_only: InMemory(), resources=RESOURCES
)
EVERY_KIND = [resource.name for resource in RESOURCES]
SECRET = "hunter22"


@pytest.fixture(name="backend")
def _backend():
    """A small company: teams, users, a membership and machines, some of them protected, unnamed
    attributes null or missing.
    """
    backend = InMemory()
    red = backend.add(
        TEAM,
        {
            "name": "Red",
            "size": 3,
            "mailSettings": {"enabled": True, "subjectLine": None},
            "settings": {"a": None, "b": {"c": None, "d": 1}},
        },
    )
    backend.add(TEAM, {"name": "Blue", "comments": None})
    ann = backend.add(
        USER,
        {
            "username": "ann",
            "displayName": "Ann",
            "teamIDs": [red["id"]],
            "homeTeamID": red["id"],
            "steps": ["b", "a"],
        },
    )
    backend.add(USER, {"username": "guest", "builtIn": True})
    backend.add(MEMBERSHIP, {"teamID": red["id"], "userID": ann["id"]})
    backend.add(
        MACHINE,
        {"machineID": "M2", "name": "door"},
        notes={"notes": None, "warnings": ""},
        properties={"properties": None},
    )
    backend.add(
        MACHINE,
        {"machineID": "M1", "name": "till"},
        notes={"notes": "cellar"},
        properties={"properties": {"site": "York"}},
    )
    return backend


def options(spec, params, **rules):
    """Return ``params`` as a module would get them: checked against the argument spec, with its
    defaults.
    """
    checked = ArgumentSpecValidator(spec, **rules).validate(deepcopy(params))
    assert checked.error_messages == []
    return checked.validated_parameters


def manage(backend, resource, check_mode=False, **params):
    """Run the work of the module of one kind against the server."""
    params = options(object_spec(resource), params, **object_rules(resource))
    return manage_object(resource, backend.server(), params, check_mode)


def config(backend, document, **params):
    """Return the changes that a document asks for."""
    return plan_config(
        backend.server(), options(config_spec(PLATFORM), {"config": document, **params})
    )


# --- options ------------------------------------------------------------------------------------------------------------


def test_what_can_be_removed_has_a_state_and_what_can_be_protected_has_an_option_for_it():
    assert {"state", "remove_protected"} <= set(object_spec(USER))
    assert "state" in object_spec(TEAM) and "remove_protected" not in object_spec(TEAM)
    assert "state" not in object_spec(MACHINE) and "state" not in object_spec(SITE)
    assert object_spec(TEAM)["state"] == {
        "type": "str",
        "choices": ["present", "absent"],
        "default": "present",
    }


def test_either_the_name_or_the_identifier_has_to_be_given_where_there_are_both():
    assert object_rules(TEAM) == {"required_one_of": [["name", "team_id"]]}
    assert object_rules(USER) == {"required_one_of": [["username", "user_id"]]}
    for resource in (MEMBERSHIP, MACHINE, SITE):
        assert object_rules(resource) == {}
    renamed = Resource(
        name="x",
        endpoint="x",
        id_field="number",
        fields={"name": Field(option="title"), "number": Field("int", computed=True)},
    )
    assert object_rules(renamed) == {"required_one_of": [["title", "number"]]}


def test_a_document_has_a_list_for_each_kind_and_a_mapping_for_what_there_is_one_of():
    kinds = config_spec(PLATFORM)["config"]["options"]
    assert list(kinds) == EVERY_KIND
    assert {name: kind["type"] for name, kind in kinds.items()} == {
        name: "dict" if name == "site" else "list" for name in EVERY_KIND
    }
    assert kinds["team"]["required_one_of"] == [["name", "team_id"]]
    assert set(kinds["team"]["options"]) == set(object_spec(TEAM))


def test_what_can_be_purged_are_the_kinds_that_can_be_removed_and_the_mappings_that_can_lose_keys():
    assert config_spec(PLATFORM)["purge"]["choices"] == ["team", "user", "membership", "property"]
    assert config_spec(PLATFORM)["purge"]["default"] == []


# --- one object -----------------------------------------------------------------------------------------------------------


def test_an_object_is_made_left_alone_changed_and_removed():
    backend = InMemory()
    made = manage(backend, TEAM, name="Green", size=1)
    assert (made["changed"], made["team"]["name"], made["team"]["size"]) == (True, "Green", 1)
    assert made["team"]["team_id"] == backend.named(TEAM, "Green")["id"]
    writes = len(backend.calls())
    again = manage(backend, TEAM, name="Green", size=1)
    assert (again["changed"], again["changes"], again["diff"], again["team"]) == (
        False,
        [],
        [],
        made["team"],
    )
    assert len(backend.calls()) == writes
    assert manage(backend, TEAM, name="Green", size=2)["team"]["size"] == 2
    gone = manage(backend, TEAM, name="Green", state="absent")
    assert gone["changed"] is True and "team" not in gone
    assert manage(backend, TEAM, name="Green", state="absent")["changed"] is False


@pytest.mark.parametrize(
    ("resource", "params"),
    [
        (
            TEAM,
            {
                "name": "Green",
                "size": 1,
                "mail": {"subject": "x"},
                "settings": {"k": {"l": 1}},
                "rights": {"chat": False},
                "password": SECRET,
                "door_code": SECRET,
            },
        ),
        (
            TEAM,
            {
                "name": "Red",
                "size": 9,
                "mail": {"subject": "x", "copies": ["b", "a"]},
                "rights": {"transfer": True},
            },
        ),
        (
            TEAM,
            {
                "name": "Red",
                "password": SECRET,
                "update_password": "always",
                "door_code": SECRET,
                "update_door_code": "always",
            },
        ),
        (TEAM, {"name": "Blue", "state": "absent"}),
        (
            USER,
            {"username": "bob", "teams": ["Red", "Blue"], "home_team": "Blue", "password": SECRET},
        ),
        (USER, {"username": "ann", "teams": [], "steps": ["a", "b"]}),
        (USER, {"username": "guest", "state": "absent", "remove_protected": True}),
        (MEMBERSHIP, {"team": "Blue", "user": "ann"}),
        (MEMBERSHIP, {"team": "Red", "user": "ann", "state": "absent"}),
        (
            MACHINE,
            {
                "machine": "M1",
                "name": "counter",
                "notes": "attic",
                "properties": {"site": None, "floor": 2},
            },
        ),
        (SITE, {"hostname": "new.example.org", "admitted": ["b", "a", "a"]}),
    ],
    ids=[
        "made",
        "changed",
        "secrets",
        "removed",
        "user-made",
        "user-changed",
        "protected",
        "member-made",
        "member-removed",
        "machine",
        "site",
    ],
)
def test_check_mode_foretells_what_the_real_run_does_and_writes_nothing(backend, resource, params):
    foretold = manage(backend, resource, check_mode=True, **params)
    assert backend.calls() == []
    done = manage(backend, resource, **params)
    assert {name: foretold[name] for name in ("changed", "changes", "diff")} == {
        name: done[name] for name in ("changed", "changes", "diff")
    }
    assert done["changed"] is True
    assert SECRET not in json.dumps([foretold, done])
    if "update_password" not in params:
        again = manage(backend, resource, **params)
        assert (again["changed"], again["changes"]) == (False, [])
    if params.get("state") != "absent":
        for name, value in foretold[resource.name].items():
            shown = done[resource.name].get(name)
            if value is not None:  # what the server itself adds to a new object cannot be foretold
                assert resource.fields[name].same(
                    value, {key: shown[key] for key in value} if isinstance(value, dict) else shown
                )


@pytest.mark.parametrize("check_mode", [True, False])
def test_an_object_that_is_as_it_should_be_is_returned_as_it_is(backend, check_mode):
    result = manage(backend, TEAM, check_mode, name="Red", size=3)
    assert (result["changed"], result["team"]["size"], result["team"]["mail"]["enabled"]) == (
        False,
        3,
        True,
    )


def test_an_object_can_be_renamed_by_its_identifier(backend):
    red = backend.named(TEAM, "Red")["id"]
    done = manage(backend, TEAM, team_id=red, name="Crimson")
    assert done["changes"] == [
        {"action": "update", "kind": "team", "name": "Red", "fields": ["name"]}
    ]
    assert done["team"]["name"] == "Crimson" and done["team"]["team_id"] == red
    assert manage(backend, TEAM, team_id=red, name="Crimson")["changed"] is False


def test_one_of_two_objects_with_the_same_name_can_be_managed_by_its_identifier(backend):
    twin = backend.add(TEAM, {"name": "Red", "size": 1})
    for _time in range(2):
        done = manage(backend, TEAM, team_id=twin["id"], size=7)
        assert (done["team"]["team_id"], done["team"]["size"]) == (twin["id"], 7)
    assert done["changed"] is False
    assert sorted(
        record["size"] for record in backend.records["team"] if record["name"] == "Red"
    ) == [3, 7]


def test_a_rename_that_would_not_find_its_object_again_is_refused(backend):
    # Found by its name and given another: the second run would find nothing. By its identifier it
    # can be renamed.
    with pytest.raises(InputError, match="M1"):
        manage(backend, MACHINE, machine="till", name="counter")
    for _time in range(2):
        done = manage(backend, MACHINE, machine="M1", name="counter")
    assert done["changed"] is False


def test_an_object_whose_attributes_have_queries_of_their_own_shows_those_that_were_asked_for(
    backend,
):
    assert manage(backend, TEAM, name="Red", rights={"chat": True})["team"]["rights"] == RIGHTS
    assert (
        manage(backend, SITE, hostname="old.example.org")["site"]["hostname"] == "old.example.org"
    )


# --- a whole document -------------------------------------------------------------------------------------------------------


def test_a_document_is_planned_kind_by_kind(backend):
    changes = config(
        backend,
        {
            "user": [{"username": "bob", "teams": ["Green"]}],
            "team": [{"name": "Green"}],
            "site": {"hostname": "new.example.org"},
        },
    )
    assert [(change.action, change.resource.name) for change in changes] == [
        ("create", "team"),
        ("create", "user"),
        ("update", "site"),
    ]


def test_a_kind_that_a_document_leaves_out_is_left_alone(backend):
    assert config(backend, {}) == []
    assert config(backend, {"team": []}) == []
    with pytest.raises(InputError, match="purge names user"):
        config(backend, {"team": []}, purge=["user"])


def test_the_bounds_of_purge_come_from_the_options(backend):
    document = {"team": [{"name": "Red"}]}
    assert [change.name for change in config(backend, document, purge=["team"])] == ["Blue"]
    for bound in ("max_removed", "max_removed_percent"):
        with pytest.raises(InputError, match="1 of 2 objects of kind team"):
            config(backend, document, purge=["team"], **{bound: 0})
    with pytest.raises(InputError, match="allow_empty"):
        config(backend, {"team": []}, purge=["team"], max_removed_percent=100)
    assert (
        len(
            config(backend, {"team": []}, purge=["team"], max_removed_percent=100, allow_empty=True)
        )
        == 2
    )
    assert (
        len(config(backend, {"user": [{"username": "ann"}]}, purge=["user"], remove_protected=True))
        == 1
    )
    assert config(backend, {"user": [{"username": "ann"}]}, purge=["user"]) == []


def test_an_empty_object_in_a_document_asks_for_nothing(backend):
    assert (
        config(
            backend,
            {
                "site": {},
                "machine": [{"machine": "M1"}],
                "membership": [{"team": "Red", "user": "ann"}],
            },
        )
        == []
    )


# --- export -----------------------------------------------------------------------------------------------------------------


def test_what_is_exported_plans_to_nothing_also_with_purge(backend):
    document = json.loads(json.dumps(export_config(backend.server(), EVERY_KIND)))
    for purge in ([], ["team", "user", "membership", "property"]):
        assert config(backend, document, purge=purge, max_removed=0, max_removed_percent=0) == []


def test_an_export_with_protected_objects_plans_to_nothing_even_if_those_may_be_removed(backend):
    document = export_config(backend.server(), EVERY_KIND, protected=True)
    assert config(backend, document, purge=["user"], remove_protected=True, max_removed=0) == []


def test_an_export_is_in_the_users_words_in_a_stable_order_and_without_what_cannot_be_written(
    backend,
):
    document = export_config(backend.server(), EVERY_KIND)
    assert document == {
        "team": [
            {"name": "Blue", "rights": RIGHTS},
            {
                "name": "Red",
                "size": 3,
                "mail": {"enabled": True},
                "settings": {"b": {"d": 1}},
                "rights": RIGHTS,
            },
        ],
        "user": [
            {
                "username": "ann",
                "display_name": "Ann",
                "teams": ["Red"],
                "home_team": "Red",
                "steps": ["b", "a"],
            }
        ],
        "membership": [{"team": "Red", "user": "ann"}],
        "machine": [
            {"machine": "M1", "name": "till", "notes": "cellar", "properties": {"site": "York"}},
            {"machine": "M2", "name": "door", "warnings": ""},
        ],
        "site": {"hostname": "old.example.org", "admitted": ["10.*"]},
    }
    backend.records["machine"].reverse()
    backend.records["team"].reverse()
    assert json.dumps(export_config(backend.server(), EVERY_KIND)) == json.dumps(document)


def test_an_export_holds_the_kinds_that_were_asked_for_and_reads_no_others(backend):
    assert list(export_config(backend.server(), ["site", "team"])) == ["team", "site"]
    assert {line[1] for line in backend.log} == {"team", "site"}


def test_protected_objects_are_exported_only_when_asked_for(backend):
    assert [user["username"] for user in export_config(backend.server(), ["user"])["user"]] == [
        "ann"
    ]
    assert [
        user["username"]
        for user in export_config(backend.server(), ["user"], protected=True)["user"]
    ] == [
        "ann",
        "guest",
    ]


def test_an_export_applied_to_an_empty_server_makes_a_server_that_exports_the_same(backend):
    document = export_config(backend.server(), ["team", "user", "membership"])
    copy = InMemory()
    # A closed mapping can only be held against an object that exists.
    for team in document["team"]:
        team.pop("rights")
    server = copy.server()
    carry_out(
        server, plan_config(server, options(config_spec(PLATFORM), {"config": document})), False
    )
    for team in (exported := export_config(copy.server(), ["team", "user", "membership"]))["team"]:
        team.pop("rights")
    assert exported == document


def test_objects_that_share_a_name_are_all_exported_so_that_what_is_exported_plans_to_nothing(
    backend,
):
    twin = backend.add(TEAM, {"name": "Red", "size": 1})
    document = export_config(backend.server(), ["team"])
    assert sorted(team.get("size", 0) for team in document["team"]) == [0, 1, 3]
    assert twin["id"] in [team.get("team_id") for team in document["team"]]
    assert config(backend, document, purge=["team"]) == []


# --- carrying out -----------------------------------------------------------------------------------------------------------


def test_the_result_says_what_was_changed_and_how(backend):
    server = backend.server()
    result = carry_out(
        server,
        server.plan({"team": [{"name": "Red", "size": 4}, {"name": "Green", "door_code": SECRET}]}),
        False,
    )
    assert {**result, "diff": read_diff(result["diff"])} == {
        "changed": True,
        "changes": [
            {"action": "update", "kind": "team", "name": "Red", "fields": ["size"]},
            {"action": "create", "kind": "team", "name": "Green", "fields": ["name", "door_code"]},
        ],
        "diff": {
            "before": {"team Red": {"size": 3}},
            "after": {
                "team Red": {"size": 4},
                "team Green": {"name": "Green", "door_code": NOT_SHOWN},
            },
        },
    }


def test_no_changes_are_no_change(backend):
    assert carry_out(backend.server(), [], False) == {
        "changed": False,
        "changes": [],
        "diff": [],
    }


def test_in_check_mode_nothing_is_written(backend):
    server = backend.server()
    assert carry_out(server, server.plan({"team": [{"name": "Green"}]}), True)["changed"] is True
    assert backend.calls() == []


def test_secrets_are_concealed_before_anything_is_sent(backend):
    backend.fail("create", Refused(f"{SECRET} is too simple"))
    server = backend.server()
    with pytest.raises(Incomplete) as caught:
        carry_out(
            server,
            server.plan({"team": [{"name": "Green", "door_code": SECRET, "password": SECRET}]}),
            False,
        )
    assert SECRET not in str(caught.value) + json.dumps(caught.value.facts)


def test_after_a_failure_half_way_the_diff_shows_what_was_done_and_only_that(backend):
    backend.fail("create", Refused("no"), name="Grey")
    server = backend.server()
    with pytest.raises(Incomplete) as caught:
        carry_out(
            server,
            server.plan(
                {"team": [{"name": "Green"}, {"name": "Grey"}, {"name": "Red", "size": 5}]}
            ),
            False,
        )
    facts = caught.value.facts
    assert read_diff(facts["diff"]) == {
        "before": {"team Red": {"size": 3}},
        "after": {"team Green": {"name": "Green"}, "team Red": {"size": 5}},
    }
    assert facts["changed"] is True
    json.dumps(facts)


def test_a_reset_after_a_create_was_applied_ends_with_exactly_one_object(backend):
    backend.fail("create", lost(), effect=True)
    assert manage(backend, TEAM, name="Green")["changed"] is True
    assert backend.named(TEAM, "Green")


# --- kinds with codes, lists of objects and keys of which one part is given -----------------------------------------------


def with_codes():
    """Return a server with such kinds: names that are not sorted, no values, the same name in two
    places and twice in one.
    """
    backend = InMemory(WITH_CODES)
    night = backend.add(
        POLICY, {"name": "Night", "code": "night", "system": "posix", "failures": 3}
    )
    backend.add(POLICY, {"name": "Day", "code": "", "system": "windows", "comments": None})
    ann, bob = (backend.add(USER, {"username": name}) for name in ("ann", "bob"))
    york = backend.add(
        GROUP,
        {
            "name": "York",
            "code": "york",
            "policyCode": "night",
            "watcherID": 99,
            "ranges": [{"start": "5", "end": "9"}, {"start": "1", "end": "2"}],
        },
        members={
            "members": [
                {"userID": bob["id"]},
                {"userID": ann["id"], "role": "reader", "policyID": night["id"]},
            ]
        },
    )
    backend.add(
        GROUP,
        {"name": "Leeds", "code": None, "rules": [{"ports": [2, 1]}, {"ports": [2, 1]}]},
        members={"members": []},
    )
    for place in (
        {"groupID": york["id"]},
        {"ownerID": ann["id"]},
        {"ownerID": bob["id"]},
        {"ownerID": bob["id"]},
    ):
        backend.add(ITEM, {"name": "till", **place})
    return backend


CODED = Platform(
    name="coded",
    connection={},
    connect=lambda option, read_only: with_codes(),
    resources=WITH_CODES,
)


def test_what_is_exported_of_kinds_with_codes_plans_to_nothing_also_with_purge():
    backend = with_codes()
    kinds = [resource.name for resource in WITH_CODES]
    document = json.loads(json.dumps(export_config(backend.server(), kinds)))
    for purge in ([], ["policy", "group", "item", "user"]):
        params = options(
            config_spec(CODED),
            {"config": document, "purge": purge, "max_removed": 0, "max_removed_percent": 0},
        )
        assert plan_config(backend.server(), params) == []


def test_an_export_names_each_place_and_each_element_in_the_users_words():
    document = export_config(with_codes().server(), ["policy", "group", "item"])
    assert document["policy"] == [
        {"name": "Day", "code": "", "system": "windows"},
        {"name": "Night", "code": "night", "system": "posix"},
    ]
    leeds, york = document["group"]
    assert york == {
        "name": "York",
        "code": "york",
        "policy": "Night",
        "watched_by": "(unknown policy 99)",
        "members": [{"user": "ann", "role": "reader", "policy": "Night"}, {"user": "bob"}],
        "ranges": [{"start": "1", "end": "2"}, {"start": "5", "end": "9"}],
    }
    assert leeds == {
        "name": "Leeds",
        "members": [],
        "rules": [{"ports": [1, 2]}, {"ports": [1, 2]}],
    }
    places = [
        {"name": "till", "owner": "ann"},
        {"name": "till", "owner": "bob"},
        {"name": "till", "owner": "bob"},
        {"name": "till", "group": "York"},
    ]
    assert [
        {name: value for name, value in item.items() if name != "item_id"}
        for item in document["item"]
    ] == places
    # Only those that share a key need more.
    assert [("item_id" in item) for item in document["item"]] == [False, True, True, False]


def test_an_object_is_named_in_one_place_or_by_its_identifier():
    assert object_rules(ITEM) == {
        "mutually_exclusive": [["group", "owner"]],
        "required_one_of": [["name", "item_id"]],
    }
    rules = object_rules(ITEM)
    wrong = ArgumentSpecValidator(object_spec(ITEM), **rules).validate(
        {"name": "x", "group": "York", "owner": "ann"}
    )
    assert "mutually exclusive" in wrong.error_messages[0]
    options(object_spec(ITEM), {"item_id": 7}, **rules)


@pytest.mark.parametrize("check_mode", [True, False])
def test_an_object_that_moves_is_returned_where_it_is_then(check_mode):
    backend = with_codes()
    item = next(record for record in backend.records["item"] if "groupID" in record)
    params = options(
        object_spec(ITEM),
        {"item_id": item["id"], "name": "new", "owner": "ann"},
        **object_rules(ITEM),
    )
    result = manage_object(ITEM, backend.server(), params, check_mode)
    assert {name: result["item"][name] for name in ("name", "group", "owner")} == {
        "name": "new",
        "group": None,
        "owner": "ann",
    }


def test_check_mode_foretells_what_becomes_of_a_list_of_objects():
    params = options(
        object_spec(GROUP),
        {"name": "York", "members": [{"user": "bob", "role": "writer"}]},
        **object_rules(GROUP),
    )
    foretold, done = (
        manage_object(GROUP, with_codes().server(), params, check_mode)
        for check_mode in (True, False)
    )
    assert foretold == done
    assert read_diff(done["diff"])["after"] == {
        "group York": {"members": [{"user": "bob", "role": "writer"}]}
    }

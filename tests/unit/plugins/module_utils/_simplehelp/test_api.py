"""How the API is spoken to and understood: the token in the path, methods, shapes of answers,
batches, as little as possible sent.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from contextlib import contextmanager

import pytest

from ansible_collections.remoteops.access.plugins.module_utils._core.errors import (
    Error,
    InputError,
    Refused,
    ServerError,
)
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.api import (
    BATCH,
    CONNECTION,
    SIMPLEHELP,
)
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.resources import (
    MACHINE,
    MACHINE_GROUP,
    SERVER,
    TECH_GROUP,
    TECHNICIAN,
)
from tests.simulator.company import company


@contextmanager
def backend(simulated, read_only=False, **options):
    """Give a backend with the simulated server's connection options, and close it."""
    given = {
        **{name: option.get("default") for name, option in CONNECTION.items()},
        **simulated.options,
        **options,
    }
    opened = SIMPLEHELP.connect(given.__getitem__, read_only)
    try:
        yield opened
    finally:
        opened.session.close()


def record_of(opened, resource, name):
    """Return the record of one object by its name."""
    return next(record for record in opened.list(resource) if record[resource.key[0]] == name)


# --- Asking and telling -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "token",
    ["plain", "a/b", "a b", "100%", "%2F", "ü", "a?b=c", "a#b", "a;b", "a+b", 'a"b', "a&b", "~"],
)
def test_any_token_arrives_as_it_is(simplehelp, token):
    simulated = simplehelp()
    simulated.server.token = token
    with backend(simulated, api_token=token) as opened:
        assert len(opened.ask("technicians/list", list)) == 4
    assert simulated.asked()[0].query == "technicians/list"


def test_a_query_without_data_is_a_get_and_one_with_data_is_a_post(simplehelp):
    simulated = simplehelp()
    with backend(simulated) as opened:
        opened.ask("technicians/list", list)
        opened.ask("technicians/get", dict, {"uniqueID": 1})
        opened.tell("server/backup")
        opened.tell("technicians/totp/remove", {"uniqueID": 1})
    assert [(entry.method, entry.body) for entry in simulated.journal.entries] == [
        ("GET", None),
        ("POST", {"uniqueID": 1}),
        ("GET", None),
        ("POST", {"uniqueID": 1}),
    ]


@pytest.mark.parametrize("failure", ["status", "success_false"])
def test_a_refusal_carries_the_servers_reason_whichever_status_it_has(simplehelp, failure):
    simulated = simplehelp(failure=failure)
    with backend(simulated) as opened:
        with pytest.raises(Refused, match="no technician with the username nobody"):
            opened.ask("technicians/get", dict, {"username": "nobody"})
        with pytest.raises(Refused, match="no technician with the username nobody"):
            opened.tell("technicians/remove", {"username": "nobody"})


@pytest.mark.parametrize("status", [500, 502, 503, 504, 429])
def test_a_server_that_fails_has_not_refused(simplehelp, status):
    simulated = simplehelp()
    simulated.inject("technicians/*", "status", status=status, times=None)
    with backend(simulated) as opened:
        for ask in (
            lambda: opened.ask("technicians/list", list),
            lambda: opened.get(TECHNICIAN, {"username": "admin"}),
        ):
            with pytest.raises(Error, match=str(status)) as caught:
                ask()
            assert not isinstance(caught.value, Refused)


@pytest.mark.parametrize("scalar", ["json", "text"])
def test_a_bare_text_is_understood_with_and_without_quotes(simplehelp, scalar):
    simulated = simplehelp(scalar=scalar)
    for name in ("support.example.org", "10.0.0.1", "localhost"):
        simulated.site["hostname"] = name
        with backend(simulated) as opened:
            assert opened.ask("server/hostname/get", str) == name


def test_while_nothing_may_change_a_write_is_a_bug_of_ours(simplehelp):
    simulated = simplehelp()
    with (
        backend(simulated, read_only=True) as opened,
        pytest.raises(AssertionError, match="would write"),
    ):
        opened.tell("technicians/remove", {"uniqueID": 1})
    assert simulated.journal.entries == []


@pytest.mark.parametrize(
    "options", [{"api_token": ""}, {"api_token": "  "}, {"url": ""}, {"url": "ftp://x"}]
)
def test_connecting_to_nothing_is_refused(simplehelp, options):
    with pytest.raises(InputError, match=next(iter(options))), backend(simplehelp(), **options):
        pytest.fail("there was a connection")


# --- The verbs --------------------------------------------------------------------------------------------------------


def test_an_object_that_is_not_there_is_none(simplehelp):
    for unknown_machines in ("omit", "refuse"):
        simulated = simplehelp(unknown_machines=unknown_machines)
        with backend(simulated) as opened:
            assert opened.get(TECHNICIAN, {"username": "nobody"}) is None
            assert opened.get(TECH_GROUP, {"name": "Nowhere"}) is None
            assert opened.get(MACHINE, {"machineID": "SG_99"}) is None
            assert opened.get(TECHNICIAN, {"username": "admin"})["uniqueID"] == 1


def test_machine_groups_are_all_the_levels_of_the_machines_paths(simplehelp):
    with backend(simplehelp()) as opened:
        assert [record["path"] for record in opened.list(MACHINE_GROUP)] == [
            ["Ireland"],
            ["United Kingdom"],
            ["United Kingdom", "London"],
        ]
        assert opened.list(SERVER) == [{}]


def test_objects_are_changed_by_their_number_so_that_a_rename_cannot_hit_another(simplehelp):
    simulated = simplehelp()
    with backend(simulated) as opened:
        for resource, name, body in (
            (TECHNICIAN, "b.okafor", {"username": "bilal"}),
            (TECH_GROUP, "Field Service", {"name": "Road"}),
        ):
            record = record_of(opened, resource, name)
            opened.update(resource, record, body)
            opened.delete(resource, record)
    assert [entry.body["uniqueID"] for entry in simulated.journal.writes] == [2, 2, 2, 2]
    assert "bilal" not in simulated.site["technicians"] and "Road" not in simulated.site["groups"]


@pytest.mark.parametrize(
    ("path_style", "query"), [("set", "groups/set"), ("printed", "groups/get")]
)
def test_the_path_of_an_update_follows_the_option(simplehelp, path_style, query):
    simulated = simplehelp(path_style=path_style)
    with backend(simulated) as opened:
        opened.update(TECH_GROUP, record_of(opened, TECH_GROUP, "Helpdesk"), {"maxFileSize": 7})
    assert [entry.query for entry in simulated.journal.writes] == [query]
    assert simulated.site["groups"]["Helpdesk"]["maxFileSize"] == 7


def test_the_machines_are_listed_once_for_machines_and_groups(simplehelp):
    simulated = simplehelp()
    with backend(simulated) as opened:
        for resource in (MACHINE, MACHINE_GROUP, MACHINE):
            opened.list(resource)
        assert len(simulated.asked("machines/list")) == 1
        opened.update(
            MACHINE,
            record_of(opened, MACHINE, "SG_1")
            if MACHINE.key[0] == "machineID"
            else {"machineID": "SG_1"},
            {"name": "NEW"},
        )
        assert {"NEW"} < {record["name"] for record in opened.list(MACHINE)}
        assert len(simulated.asked("machines/list")) == 2


def test_machines_are_asked_about_in_batches_and_answered_in_order(simplehelp):
    simulated = simplehelp(company(machines=2 * BATCH + 1))
    ids = list(simulated.site["machines"])[::-1]
    with backend(simulated) as opened:
        found = opened.gather("machines/notes/get", ids)
    assert [item["machineID"] for item in found] == ids
    assert sorted(
        len(entry.body["machineIDs"]) for entry in simulated.asked("machines/notes/get")
    ) == [1, BATCH, BATCH]


def test_asking_about_no_machines_asks_nothing(simplehelp):
    simulated = simplehelp()
    with backend(simulated) as opened:
        assert opened.gather("machines/notes/get", []) == []
    assert simulated.journal.entries == []


def test_a_machine_that_the_answer_leaves_out_is_noticed(simplehelp):
    simulated = simplehelp()
    simulated.inject(
        "machines/properties/get",
        "status",
        status=200,
        body=[{"machineID": "SG_1", "properties": []}],
    )
    with backend(simulated) as opened, pytest.raises(ServerError, match="SG_2"):
        opened.read_fields(
            MACHINE, "properties", [{"machineID": "SG_1"}, {"machineID": "SG_2"}], [None, None]
        )


def test_own_properties_of_a_machine_are_asked_for_without_the_inherited_ones(simplehelp):
    simulated = simplehelp()
    with backend(simulated) as opened:
        found = opened.read_fields(MACHINE, "properties", [{"machineID": "SG_1"}], [None])
    assert found == [{"properties": {"asset": "HF-1"}}]
    assert simulated.asked("machines/properties/get")[0].body["includeInherited"] is False


@pytest.mark.parametrize("absent_property", ["null", "empty", "refuse"])
@pytest.mark.parametrize("scalar", ["json", "text"])
def test_of_a_machine_groups_properties_only_those_that_matter_are_asked_for(
    simplehelp, scalar, absent_property
):
    simulated = simplehelp(scalar=scalar, absent_property=absent_property)
    london = {"path": ["United Kingdom", "London"]}
    with backend(simulated) as opened:
        assert opened.read_fields(
            MACHINE_GROUP, "properties", [london], [{"contact", "absent", "currency"}]
        ) == [{"properties": {"contact": "london@example.org"}}]
        assert [
            entry.body.get("key") for entry in simulated.asked("machinegroups/properties/get")
        ] == [None, "contact"]
        assert opened.read_fields(MACHINE_GROUP, "properties", [london], [None]) == [
            {"properties": {"contact": "london@example.org", "site-code": "LDN"}}
        ]


def test_only_what_differs_is_written(simplehelp):
    simulated = simplehelp()
    with backend(simulated) as opened:
        opened.write_fields(
            MACHINE,
            "properties",
            {"machineID": "SG_4"},
            {"properties": {"asset": "HF-4", "floor": "2"}},
            {"properties": {"asset": "HF-4", "new": "1"}},
        )
        opened.write_fields(
            SERVER,
            "tech-restrictions",
            {},
            {"tech_restrictions": ["a", "b"]},
            {"tech_restrictions": ["b", "c"]},
        )
        opened.write_fields(
            TECH_GROUP,
            "permissions",
            {"uniqueID": 1},
            {"permissions": {"canChat": True, "canRunTools": True}},
            {"permissions": {"canChat": True, "canRunTools": False}},
        )
    assert [(entry.query, entry.body) for entry in simulated.journal.writes] == [
        ("machines/properties/set", {"machineID": "SG_4", "key": "new", "value": "1"}),
        ("machines/properties/remove", {"machineID": "SG_4", "key": "floor"}),
        ("server/tech-restrictions/new", {"restrictions": ["c"]}),
        ("server/tech-restrictions/remove", {"restrictions": ["a"]}),
        (
            "groups/permissions/set",
            {"group": {"uniqueID": 1, "permissions": {"canRunTools": False}}},
        ),
    ]


@pytest.mark.parametrize("notes_omitted", ["keep", "clear"])
def test_writing_notes_keeps_warnings_and_the_reverse(simplehelp, notes_omitted):
    simulated = simplehelp(notes_omitted=notes_omitted)
    with backend(simulated) as opened:
        opened.write_fields(
            MACHINE,
            "notes",
            {"machineID": "SG_2"},
            {"notes": "", "warnings": "Never restart."},
            {"notes": "New.", "warnings": "Never restart."},
        )
        assert (
            simulated.site["machines"]["SG_2"]["notes"],
            simulated.site["machines"]["SG_2"]["warnings"],
        ) == (
            "New.",
            "Never restart.",
        )
        opened.write_fields(
            MACHINE,
            "notes",
            {"machineID": "SG_2"},
            {"notes": "New.", "warnings": "Never restart."},
            {"notes": "New.", "warnings": ""},
        )
        assert (
            simulated.site["machines"]["SG_2"]["notes"],
            simulated.site["machines"]["SG_2"]["warnings"],
        ) == (
            "New.",
            "",
        )


def test_an_error_in_one_of_many_side_by_side_is_raised(simplehelp):
    simulated = simplehelp()
    with backend(simulated) as opened, pytest.raises(Refused, match="uniqueID 99"):
        opened.session.each(
            lambda number: opened.ask("groups/permissions/get", dict, {"uniqueID": number}),
            [1, 2, 99],
        )

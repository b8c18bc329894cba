"""How strictly the simulated SimpleHelp server takes HTTP, JSON, types and names."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import re
import time
from urllib.parse import quote

import pytest

from tests.simulator.operations import OPERATIONS
from tests.simulator.simplehelp import SimpleHelp, Switches

from .conftest import Api

JSON = {"Content-Type": "application/json"}
LIST = "/api/v1/t0k3n/technicians/list"
GET = "/api/v1/t0k3n/technicians/get"


def test_a_wrong_token_is_refused_and_is_no_violation(api):
    answer = api.request("GET", "/api/v1/other/technicians/list", headers=JSON)
    assert (answer.status_code, answer.json()) == (
        401,
        {"success": False, "reason": "The API token is not valid"},
    )
    assert [entry.status for entry in api.server.journal.entries] == [401]


@pytest.mark.parametrize("token", ["a b", "a/b", "a%2Fb", "ü?#"])
def test_a_token_of_any_characters_is_taken_percent_encoded(token):
    api = Api(SimpleHelp(token=token))
    answer = api.request("GET", f"/api/v1/{quote(token, safe='')}/technicians/list", headers=JSON)
    assert answer.status_code == 200
    assert [entry.query for entry in api.server.journal.entries] == ["technicians/list"]


@pytest.mark.parametrize(
    "path",
    ["/", "/api/v2/t0k3n/technicians/list", "/api/v1/t0k3n", "/x/api/v1/t0k3n/technicians/list"],
)
def test_a_path_that_is_not_the_api_is_a_plain_404_that_the_journal_leaves_out(api, path):
    answer = api.request("GET", path, headers=JSON)
    assert (answer.status_code, answer.headers["content-type"]) == (
        404,
        "text/plain; charset=utf-8",
    )
    assert api.server.journal.entries == []


@pytest.mark.parametrize(
    "query",
    [
        "technicians",
        "technicians/list/",
        "technicians//list",
        "Technicians/list",
        "technicians/add",
    ],
)
def test_a_query_that_the_document_does_not_know_is_a_404_and_a_violation(api, query):
    assert "no such query" in api.violate(query, status=404)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/json; charset=utf-8"},
        [("Content-Type", "application/json")] * 2,
    ],
)
@pytest.mark.parametrize(("method", "body"), [("GET", None), ("POST", b'{"username": "anna"}')])
def test_another_content_type_is_refused(api, headers, method, body):
    answer = api.request(method, GET if body else LIST, headers=headers, content=body)
    assert (answer.status_code, answer.json()["success"]) == (415, False)
    assert "Content-Type must be application/json" in api.violation()


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS"])
def test_another_method_is_refused(api, method):
    assert api.request(method, LIST, headers=JSON).status_code == 405
    assert "GET or POST" in api.violation()


def test_a_get_with_a_body_is_refused(api):
    assert api.request("GET", GET, headers=JSON, content=b'{"username": "anna"}').status_code == 400
    assert "a GET has no body" in api.violation()


def test_a_post_without_a_body_is_refused(api):
    assert api.request("POST", LIST, headers=JSON).status_code == 400
    assert "a POST needs POST data" in api.violation()


@pytest.mark.parametrize(
    "query", ["technicians/list", "server/hostname/get", "server/backup", "alerts/list"]
)
def test_post_data_for_a_query_that_takes_none_is_refused(api, query):
    assert "takes no POST data" in api.violate(query, {})
    assert api.server.site["backups"] == []


@pytest.mark.parametrize(
    "query", ["technicians/get", "technicians/new", "machines/get", "server/tech-restrictions/new"]
)
def test_a_query_that_needs_data_is_refused_without(api, query):
    assert "needs POST data" in api.violate(query)


def test_query_parameters_are_refused(api):
    assert api.request("GET", f"{LIST}?token=t0k3n", headers=JSON).status_code == 400
    assert "no query parameters" in api.violation()


@pytest.mark.parametrize(
    "body",
    [
        b"{username: 'anna'}",
        b'{"username": "anna"} {"username": "ben"}',
        b'{"username": "anna",}',
        b'{"uniqueID": NaN}',
        b'{"username": "ben", "username": "anna"}',
        b'{"username": "ann\xff"}',
        b"\xef\xbb\xbf{}",
        b'{"username": "anna"',
        b"  ",
    ],
)
def test_anything_but_one_strict_json_value_is_refused(api, body):
    answer = api.request("POST", GET, headers=JSON, content=body)
    assert (answer.status_code, answer.json()["success"]) == (400, False)
    assert "not one strict JSON value" in api.violation()


@pytest.mark.parametrize("data", [[], "anna", 3, None, True])
def test_data_that_is_no_object_is_refused(api, data):
    answer = api.request("POST", GET, headers=JSON, content=json.dumps(data))
    assert answer.status_code == 400
    assert "must be an object" in api.violation()


@pytest.mark.parametrize(
    ("query", "data", "rule"),
    [
        ("technicians/get", {"uniqueID": "3"}, "uniqueID must be of type Integer"),
        ("technicians/get", {"uniqueID": True}, "uniqueID must be of type Integer"),
        ("technicians/get", {"uniqueID": 3.0}, "uniqueID must be of type Integer"),
        ("technicians/get", {"uniqueID": 2**31}, "uniqueID must be of type Integer"),
        ("technicians/get", {"username": None}, "username must be of type String"),
        ("technicians/get", {"technician": "anna"}, "technician must be an object"),
        (
            "technicians/new",
            {"technician": {"username": "x", "enabled": 1}},
            "technician.enabled must be of type Boolean",
        ),
        (
            "technicians/new",
            {"technician": {"username": "x", "groupIDs": 2}},
            "technician.groupIDs must be an array",
        ),
        (
            "technicians/new",
            {"technician": {"username": "x", "groupIDs": ["2"]}},
            "technician.groupIDs[0] must be of type Integer",
        ),
        (
            "technicians/password/set",
            {"username": "anna", "password": 1},
            "password must be of type String",
        ),
        (
            "groups/new",
            {"group": {"name": "x", "maxFileSize": 2**63}},
            "group.maxFileSize must be of type Long",
        ),
        (
            "groups/new",
            {"group": {"name": "x", "ldapSettings": {"enabled": "no"}}},
            "group.ldapSettings.enabled must be of type Boolean",
        ),
        ("machines/get", {"machineIDs": "SG_1"}, "machineIDs must be an array"),
        (
            "machines/set",
            {"machineID": "SG_1", "monitor": "true"},
            "monitor must be of type Boolean",
        ),
        (
            "machines/properties/set",
            {"machineID": "SG_1", "key": "a", "value": 1},
            "value must be of type String",
        ),
        ("history/list", {"rangeStart": "2026"}, "rangeStart must be of type Long"),
        ("server/tech-restrictions/new", {"restrictions": "x"}, "restrictions must be an array"),
    ],
)
def test_a_value_of_the_wrong_type_is_refused_before_anything_is_done(api, query, data, rule):
    before = api.server.dump()
    assert api.violate(query, data).endswith(rule)
    assert api.server.dump() == before


def test_the_largest_numbers_of_each_type_are_taken(api):
    api.do(
        "groups/new",
        {"group": {"name": "x", "maxFileSize": 2**63 - 1, "max_userShSessions": 2**31 - 1}},
    )
    assert api.read("groups/get", {"group": {"name": "x"}})["maxFileSize"] == 2**63 - 1


@pytest.mark.parametrize(
    ("query", "data", "field"),
    [
        ("technicians/get", {"username": "anna", "expand": True}, "expand"),
        (
            "technicians/set",
            {"username": "anna", "technician": {"enabled": False, "role": "x"}},
            "technician.role",
        ),
        (
            "groups/set",
            {"uniqueID": 2, "group": {"fpsDelay": 3, "mfaSettings": {"sms": True}}},
            "group.mfaSettings.sms",
        ),
        (
            "groups/set",
            {"uniqueID": 2, "group": {"fpsDelay": 3, "permissions": {}}},
            "group.permissions",
        ),
        ("history/list", {"limit": 3}, "limit"),
    ],
)
def test_a_field_that_the_document_does_not_list_is_refused_or_ignored_and_a_violation_either_way(
    make_api, query, data, field
):
    api = make_api()
    before = api.server.dump()
    assert api.violate(query, data).endswith(f"{field} is not in the document")
    assert api.server.dump() == before
    api = make_api(unknown_fields="ignore")
    assert api.send(query, data).status_code == 200
    assert api.violation().endswith(f"{field} is not in the document")
    assert field.rpartition(".")[2] not in json.dumps(api.server.site["technicians"])


def test_the_field_that_the_document_prints_twice_is_known_for_access_sessions(api):
    api.do(
        "groups/set", {"uniqueID": 2, "group": {"max_userShSessions": 1, "max_userSgSessions": 2}}
    )
    group = api.server.site["groups"]["Helpdesk"]
    assert (group["max_userShSessions"], group["max_userSgSessions"]) == (1, 2)


@pytest.mark.parametrize(
    ("query", "data"),
    [
        ("technicians/get", {"username": "nobody"}),
        ("machines/get", {"machineID": "SG_9"}),
        ("groups/remove", {"uniqueID": 9}),
    ],
)
def test_a_refusal_is_a_200_without_success_when_the_switch_says_so(make_api, query, data):
    api = make_api(failure="success_false")
    assert "There is no" in api.refuse(query, data, status=200)
    wrong_token = api.request("GET", "/api/v1/other/technicians/list", headers=JSON)
    assert (wrong_token.status_code, wrong_token.json()["success"]) == (200, False)


def test_violations_name_the_request_and_no_value(api):
    noted = api.violate("technicians/password/set", {"username": "anna", "password": ["s3cret"]})
    assert noted == "#1 POST technicians/password/set: password must be of type String"


def test_the_journal_keeps_what_was_asked_and_tells_writes_from_reads(api):
    api.read("technicians/list")
    api.do("technicians/new", {"technician": {"username": "carl"}})
    api.refuse("technicians/new", {"technician": {"username": "carl"}})
    api.violate("things/remove", {"x": 1}, status=404)
    journal = api.server.journal
    assert [
        (entry.number, entry.method, entry.query, entry.status, entry.writes)
        for entry in journal.entries
    ] == [
        (1, "GET", "technicians/list", 200, False),
        (2, "POST", "technicians/new", 200, True),
        (3, "POST", "technicians/new", 400, True),
        (4, "POST", "things/remove", 404, True),
    ]
    assert [entry.body for entry in journal.entries[:2]] == [
        None,
        {"technician": {"username": "carl"}},
    ]
    assert journal.writes == journal.entries[1:]
    assert journal.entries[0].connection == 0
    assert journal.entries[0].at <= journal.entries[1].at
    journal.clear()
    assert (journal.entries, journal.writes) == ([], [])


READS = """
    technicians/list technicians/get groups/list groups/get groups/permissions/get machines/list machines/get machines/hardware/get
    machines/monitoring/get machines/notes/get machines/properties/get machinegroups/properties/get server/tech-restrictions/get
    server/hostname/get history/list alerts/list support/queue/list support/sessions/list access/sessions/list
""".split()


def test_every_operation_is_known_and_counted_as_the_read_or_the_write_that_it_is(api):
    for operation in (each for each in OPERATIONS if each.platform == "simplehelp"):
        assert api.send(operation.name).status_code in (200, 400), operation.name
    assert {entry.query for entry in api.server.journal.entries if not entry.writes} == set(READS)
    assert len(api.server.journal.writes) == 38 - len(READS)
    api.server.journal.clear()


def test_latency_is_added_to_every_answer(api):
    api.server.latency = 0.05
    started = time.perf_counter()
    api.read("technicians/list")
    assert time.perf_counter() - started >= 0.05


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("failure", "teapot"),
        ("history_cap", "7"),
        ("history_cap", True),
        ("group_property_remove", 1),
        ("colour", "red"),
    ],
)
def test_a_switch_that_does_not_exist_or_has_no_such_value_is_an_error(name, value):
    switches = Switches()
    with pytest.raises(ValueError, match=name):
        setattr(switches, name, value)


def test_switches_are_set_from_the_text_of_a_command_line():
    switches = Switches()
    for assignment in (
        "failure=success_false",
        "history_cap=70",
        "group_property_remove=false",
        "backup_path=a=b",
    ):
        switches.set_from_text(assignment)
    assert (switches.failure, switches.history_cap, switches.group_property_remove) == (
        "success_false",
        70,
        False,
    )
    assert switches.backup_path == "a=b"
    switches.set_from_text("history_cap=None")
    assert switches.history_cap is None
    for wrong in ("failure", "failure=", "history_cap=many", "group_property_remove=maybe"):
        with pytest.raises(ValueError):
            switches.set_from_text(wrong)


def test_the_version_is_told_to_everybody_and_to_nobody_who_would_change_it(make_api):
    api = make_api()
    told = api.request("GET", "/allversions")
    assert told.status_code == 200
    assert re.fullmatch(r"SH Version: SSuite-\S+\nVisual Version: \d+\.\d+\.\d+\n", told.text)
    assert (api.request("POST", "/allversions").status_code, api.server.journal.entries) == (
        404,
        [],
    )

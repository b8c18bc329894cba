"""How strictly the simulated ScreenConnect server takes addresses, headers, bodies and types."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest

from tests.simulator.faults import Fault
from tests.simulator.operations import OPERATIONS, called
from tests.simulator.screenconnect import Switches

from .conftest import BASE, PRESS, SECRET, UNKNOWN, WEB

HEADERS = {"CTRLAuthHeader": SECRET, "Content-Type": "application/json"}


@pytest.mark.parametrize(
    "path",
    [
        "/",
        f"{BASE}/",
        f"{BASE}/x/y",
        "/App_Extensions/other/Service.ashx/GetSessionsByName",
        BASE.replace("2d", "2D"),
    ],
)
def test_a_path_that_leads_to_no_extension_is_a_page_with_404_that_the_journal_leaves_out(
    make_api, path
):
    api = make_api(error_body="json")
    answer = api.raw(
        "POST",
        path if path != f"{BASE}/" else f"{BASE}x/GetSessionsByName",
        headers=HEADERS,
        json=["x"],
    )
    assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "The resource cannot be found." in answer.text
    assert api.server.journal.entries == []


def test_a_wrong_secret_is_a_401_and_none_a_violation_too(api):
    assert "Unauthorized" in api.refuse(
        "GetSessionsByName", "web", status=401, headers={"CTRLAuthHeader": "other"}
    )
    answer = api.raw(
        "POST",
        f"{BASE}/GetSessionsByName",
        headers={"Content-Type": "application/json"},
        json=["web"],
    )
    assert answer.status_code == 401
    assert "secret" in api.violation()


def test_a_secret_in_the_url_is_a_violation(api):
    assert "belongs into a header" in api.violate(
        f"GetSessionsByName?CTRLAuthHeader={SECRET}", "web", status=401
    )


def test_an_origin_counts_only_where_one_is_allowed(make_api):
    assert (
        make_api().read("GetSessionsByName", "x", headers={"Origin": "https://anywhere.example"})
        == []
    )
    api = make_api(origin="https://sc.example.org")
    assert api.read("GetSessionsByName", "x", headers={"Origin": "https://sc.example.org"}) == []
    for wrong in ({}, {"Origin": "https://sc.example.org/"}, {"Origin": "https://other.example"}):
        assert "Forbidden" in api.refuse("GetSessionsByName", "x", status=403, headers=wrong)


@pytest.mark.parametrize("content_type", ["text/plain", "application/json; charset=utf-8", ""])
def test_another_content_type_is_refused(api, content_type):
    assert "Content-Type" in api.violate(
        "GetSessionsByName", "x", status=415, headers={"Content-Type": content_type}
    )


def test_a_read_is_sent_with_get_or_post_and_a_write_with_post_only(api):
    for method in ("GET", "POST"):
        assert len(api.read("GetSessionsByName", "web", method=method)) == 2
    assert "sent with POST" in api.violate(
        "UpdateSessionName", PRESS, "x", method="GET", status=405
    )
    assert "GET or POST" in api.violate("GetSessionsByName", "web", method="PUT", status=405)
    assert api.session(PRESS)["Name"] == ""


def test_an_unknown_method_does_not_exist(api):
    assert "Web method does not exist" in api.violate("EndSession", PRESS)
    assert "Web method does not exist" in api.violate("getSessionsByName", "web")


def test_the_method_for_notes_came_with_version_1_0_6(make_api):
    old = make_api(extension_version="1.0.5")
    assert "Web method does not exist" in old.refuse("AddNoteToSession", PRESS, "x")
    make_api(extension_version="1.0.10").do("AddNoteToSession", PRESS, "x")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[",
        b"[1] [2]",
        b'["a\xff"]',
        b"[NaN]",
        b'{"sessionName": "a", "sessionName": "b"}',
        b'"web"',
        b"null",
    ],
)
def test_a_body_that_is_no_array_of_strict_json_is_refused(api, body):
    assert api.violate("GetSessionsByName", content=body)


@pytest.mark.parametrize("values", [[], ["web", "web"], [None], [1], [["web"]]])
def test_the_number_and_the_types_of_parameters_count(api, values):
    assert api.violate("GetSessionsByName", *values)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("CreateSession", [2, "x", "true", "", []]),
        ("CreateSession", [True, "x", True, "", []]),
        ("CreateSession", [2, "x", True, None, []]),
        ("CreateSession", [2, "x", True, "", [None]]),
        ("CreateSession", [2, "x", True, "", ["x"] * 9]),
        ("CreateSession", [3, "x", True, "", []]),
        ("CreateSession", [-1, "x", True, "", []]),
        ("UpdateSessionCustomProperties", [PRESS, "x"]),
        ("SendCommandToSession", [PRESS, ""]),
        ("AddNoteToSession", [PRESS, " "]),
        ("SendMessageToSession", [PRESS, "hello"]),
        ("GetSessionsByFilter", [""]),
        ("GetSessionsByFilter", [None]),
    ],
)
def test_values_that_no_parameter_can_have_are_refused_without_effect(api, name, values):
    before = api.server.dump()
    assert api.violate(name, *values)
    assert api.server.dump() == before


def test_a_read_takes_an_object_with_the_names_of_its_parameters_and_a_write_does_not(api):
    assert [
        each["Name"] for each in api.read("GetSessionsByName", json={"sessionName": "web"})
    ] == ["web", "web"]
    assert "Unknown parameter" in api.violate("GetSessionsByName", json={"name": "web"})
    assert "Missing parameter" in api.violate("GetSessionsByName", json={})
    assert "array" in api.violate("UpdateSessionName", json={"sessionID": PRESS, "newName": "x"})
    assert "in the body" in api.violate("GetSessionsByName?sessionName=web", "web")


def test_a_refusal_is_a_page_or_an_object_as_the_switch_says(make_api):
    page = make_api().send("GetSessionsByFilter", "Name = 1")
    assert (page.status_code, page.headers["content-type"]) == (500, "text/html; charset=utf-8")
    told = make_api(error_body="json").send("GetSessionsByFilter", "Name = 1")
    assert (told.status_code, told.headers["content-type"]) == (500, "application/json")
    assert "not valid" in told.json()["Message"]


def test_a_method_without_a_result_answers_nothing_or_null(make_api):
    make_api().do("UpdateSessionName", PRESS, "x")
    assert make_api(void_result="null").read("UpdateSessionName", PRESS, "x") is None


def test_violations_name_the_method_and_no_value(api):
    assert (
        api.violate("UpdateSessionName", PRESS, ["hush"])
        == "#1 POST UpdateSessionName: newName must be of type string"
    )


def test_the_journal_tells_writes_from_reads_and_counts_what_was_carried_out(api):
    before = called.copy()
    for name, values in (
        ("GetSessionsByFilter", ["Name = 'x'"]),
        ("GetSessionsByName", ["x"]),
        ("GetSessionBySessionID", [PRESS]),
        ("GetSessionDetailsBySessionID", [PRESS]),
        ("CreateSession", [2, "x", False, "", []]),
        ("UpdateSessionName", [PRESS, "x"]),
        ("UpdateSessionCustomProperties", [PRESS, []]),
        ("AddNoteToSession", [PRESS, "x"]),
        ("SendCommandToSession", [PRESS, "ver"]),
        ("SendMessageToSession", [PRESS, "anna", "hello"]),
        ("SendToolboxItemToSession", [PRESS, "Collect Logs"]),
    ):
        assert api.send(name, *values).status_code == 200
    journal = api.server.journal
    assert [entry.query.startswith("Get") for entry in journal.entries] == [
        not entry.writes for entry in journal.entries
    ]
    names = {operation.name for operation in OPERATIONS if operation.platform == "screenconnect"}
    assert {entry.query for entry in journal.entries} == names
    assert {
        name
        for (platform, name), number in called.items()
        if platform == "screenconnect" and number > before[platform, name]
    } == names
    assert (journal.entries[4].body, journal.entries[4].status) == ([2, "x", False, "", []], 200)


def test_faults_strike_methods_by_name_and_body(api):
    api.server.inject(Fault("GetSessions*", "empty_list", times=2))
    assert [len(api.ids("SessionType = 'Access'")) for _read in range(3)] == [0, 0, 3]
    api.server.inject(
        Fault("UpdateSessionName", "refuse", reason="Not today", matching=[PRESS, "x"])
    )
    api.do("UpdateSessionName", WEB, "y")
    assert "Not today" in api.refuse("UpdateSessionName", PRESS, "x")
    api.server.inject(
        Fault("SendCommandToSession", "status", status=503, headers={"retry-after": 1})
    )
    assert api.send("SendCommandToSession", WEB, "true").headers["retry-after"] == "1"
    assert api.events(WEB) == [(60, "y")]


def test_what_is_ignored_is_answered_like_a_success_and_never_reaches_a_guest(api):
    before = api.server.dump()
    api.server.inject(Fault("*", "ignored", times=2))
    api.do("SendCommandToSession", WEB, "touch trace")
    assert api.read("CreateSession", 2, "new", False, "", [])["Name"] == "new"
    assert api.server.dump() == before
    assert api.run(WEB, "ls") == ""


def test_an_effect_without_an_answer_is_an_effect(api):
    api.server.inject(Fault("SendCommandToSession", "reset_after"))
    with pytest.raises(ConnectionResetError):
        api.send("SendCommandToSession", PRESS, "ver")
    assert [kind for kind, _data in api.events(PRESS)] == [44, 54, 70]


def test_guests_come_and_go_over_http_too(api):
    for online in (False, True):
        answer = api.raw("POST", "/_simulator/guest", json={"session": WEB, "online": online})
        assert answer.status_code == 200
        assert api.ids("GuestConnectedCount > 0") == ([PRESS, WEB] if online else [PRESS])
    assert (
        api.raw("POST", "/_simulator/guest", json={"session": UNKNOWN, "online": True}).status_code
        == 400
    )


@pytest.mark.parametrize(
    ("name", "value"), [("error_body", "xml"), ("eventual_reads", "1"), ("colour", "red")]
)
def test_a_switch_that_does_not_exist_or_has_no_such_value_is_an_error(name, value):
    with pytest.raises(ValueError, match=name):
        setattr(Switches(), name, value)

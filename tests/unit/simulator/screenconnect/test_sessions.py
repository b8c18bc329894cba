"""How the simulated ScreenConnect server finds, shows, creates and changes sessions."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest

from .conftest import AWAY, MEETING, PRESS, UNKNOWN, WEB

NO_ID = "00000000-0000-0000-0000-000000000000"


def test_sessions_are_found_by_id_name_and_filter_and_names_are_not_unique(api):
    assert [each["SessionID"] for each in api.read("GetSessionsByName", "web")] == [WEB, MEETING]
    assert (
        api.read("GetSessionsByName", "WEB")
        == api.read("GetSessionBySessionID", UNKNOWN)
        == api.read("GetSessionBySessionID", "x")
        == []
    )
    assert api.session(PRESS.upper()) == api.session(PRESS)
    assert [
        (each["SessionID"], each["SessionType"])
        for each in api.read("GetSessionsByFilter", "Code = 'STOCK'")
    ] == [(MEETING, 1)]


def test_a_session_in_a_list_has_the_fields_that_clients_saw(api):
    session = api.session(PRESS)
    assert (session["Name"], session["SessionType"], session["Notes"], session["IsEnded"]) == (
        "",
        2,
        "",
        False,
    )
    assert list(session["CustomProperties"].values()) == [
        "Plant A",
        "Line 1",
        "",
        "",
        "",
        "",
        "",
        "",
    ]
    assert session["GuestInfo"]["MachineName"] == "PRESS"
    assert session["GuestInfo"]["LastBootTime"] == "2026-01-09T23:06:40.1230000Z"
    assert (
        session["GuestInfo"]["LastActivityTime"]
        == session["LastGuestDisconnectedEventTime"]
        == "0001-01-01T00:00:00"
    )
    assert session["LastGuestConnectedEventTime"] == "2026-01-15T08:00:00.0000000Z"
    assert [
        (each["ProcessType"], each["ParticipantName"]) for each in session["ActiveConnections"]
    ] == [(1, "anna"), (2, "")]
    assert (session["QueuedEventType"], session["QueuedConnectionID"]) == (0, NO_ID)
    assert "GuestConnectedCount" not in session
    assert not session.keys() & {"events", "connections", "queue", "running", "files", "programs"}


def test_details_hold_the_session_its_events_and_its_connections(api):
    details = api.read("GetSessionDetailsBySessionID", AWAY)
    assert details.keys() == {"Session", "Events", "Connections"}
    assert details["Session"]["GuestConnectedCount"] == 0
    assert [(event["EventType"], event["Time"]) for event in details["Events"]] == [
        (20, "2026-01-14T09:00:00.0000000Z"),
        (10, "2026-01-15T07:00:00.0000000Z"),
        (11, "2026-01-15T08:00:00.0000000Z"),
    ]
    assert details["Events"][0].keys() == {
        "EventID",
        "EventType",
        "Time",
        "Host",
        "Data",
        "ConnectionID",
    }
    assert details["Events"][0]["ConnectionID"] == NO_ID
    assert details["Events"][1]["ConnectionID"] == details["Connections"][0]["ConnectionID"]
    assert details["Connections"][0]["ParticipantName"] == ""


def test_the_details_of_an_unknown_session_are_what_the_switch_says(make_api):
    assert make_api().read("GetSessionDetailsBySessionID", UNKNOWN) is None
    assert make_api(unknown_details="empty").read("GetSessionDetailsBySessionID", UNKNOWN) == {
        "Session": None,
        "Events": [],
        "Connections": [],
    }
    assert "not found" in make_api(unknown_details="error").refuse(
        "GetSessionDetailsBySessionID", UNKNOWN
    )
    assert "Guid" in make_api().refuse("GetSessionDetailsBySessionID", "web")


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("UpdateSessionName", ["x"]),
        ("UpdateSessionCustomProperties", [[]]),
        ("AddNoteToSession", ["x"]),
        ("SendCommandToSession", ["x"]),
        ("SendMessageToSession", ["anna", "x"]),
        ("SendToolboxItemToSession", ["x"]),
    ],
)
def test_a_write_to_an_unknown_session_is_silent_or_an_error(make_api, name, values):
    api = make_api()
    before = api.server.dump()
    api.do(name, UNKNOWN, *values)
    assert api.server.dump() == before
    assert "not found" in make_api(unknown_session="error").refuse(name, UNKNOWN, *values)


def test_custom_properties_are_shown_as_an_array_an_object_or_both(make_api):
    values = ["Plant A", "", "", "", "", "", "", ""]
    named = {f"CustomProperty{number + 1}": value for number, value in enumerate(values)}
    for shape, shown in (
        ("array", {"CustomPropertyValues": values}),
        ("object", {"CustomProperties": named}),
        ("both", {"CustomPropertyValues": values, "CustomProperties": named}),
    ):
        session = make_api(custom_properties_shape=shape).session(WEB)
        assert {
            name: value for name, value in session.items() if name.startswith("CustomPropert")
        } == shown


def test_by_method_custom_properties_are_an_array_in_details_and_an_object_everywhere_else(api):
    (by_name,) = [each for each in api.read("GetSessionsByName", "web") if each["SessionID"] == WEB]
    named = {
        "CustomProperty1": "Plant A",
        **{f"CustomProperty{number}": "" for number in range(2, 9)},
    }
    for session in (
        by_name,
        api.session(WEB),
        *api.read("GetSessionsByFilter", "GuestMachineName = 'web'"),
    ):
        assert session["CustomProperties"] == named and "CustomPropertyValues" not in session
    details = api.read("GetSessionDetailsBySessionID", WEB)["Session"]
    assert (
        details["CustomPropertyValues"] == list(named.values())
        and "CustomProperties" not in details
    )


@pytest.mark.parametrize("values", [["Plant B", "Line 2"], ["Plant B", "Line 2", "x"]])
def test_arrays_of_two_and_three_custom_properties_are_taken(api, values):
    api.do("UpdateSessionCustomProperties", PRESS, values)
    assert api.custom_properties(PRESS)[: len(values)] == values


def test_fields_without_a_value_are_shown_left_out_or_null(make_api):
    absent = make_api(empty_fields="absent").session(MEETING)
    assert absent.keys() == {
        "SessionID",
        "SessionType",
        "Name",
        "IsPublic",
        "Code",
        "IsEnded",
        "Attributes",
        "CustomProperties",
        "LastEventTime",
        "LastAlteredVersion",
        "QueuedEventType",
        "QueuedConnectionID",
    }
    api = make_api(empty_fields="null")
    assert (
        api.session(MEETING)["GuestInfo"],
        api.session(PRESS)["Name"],
        api.session(MEETING)["ActiveConnections"],
    ) == (None, None, None)
    assert (
        api.session(PRESS)["GuestInfo"]["MachineDomain"],
        api.session(PRESS)["GuestInfo"]["MachineName"],
    ) == (None, "PRESS")
    assert set(api.session(MEETING)["CustomProperties"].values()) == {""}


def test_an_update_of_custom_properties_replaces_all_eight(api):
    api.do("UpdateSessionCustomProperties", PRESS, ["Plant B", "Line 1", "", "", "", "", "", "x"])
    assert api.custom_properties(PRESS) == ["Plant B", "Line 1", "", "", "", "", "", "x"]
    assert api.events(PRESS) == [(64, "Plant B"), (64, "x")]


@pytest.mark.parametrize(
    ("short_arrays", "left"),
    [("pad", ["Plant B"] + [""] * 7), ("keep", ["Plant B", "Line 1"] + [""] * 6)],
)
def test_a_short_array_empties_or_leaves_the_rest(make_api, short_arrays, left):
    api = make_api(short_arrays=short_arrays)
    api.do("UpdateSessionCustomProperties", PRESS, ["Plant B"])
    assert api.custom_properties(PRESS) == left


def test_a_short_array_may_be_refused(make_api):
    api = make_api(short_arrays="refuse")
    assert api.refuse("UpdateSessionCustomProperties", PRESS, ["Plant B"])
    assert api.refuse("CreateSession", 2, "x", False, "", [])
    assert api.custom_properties(PRESS)[1] == "Line 1"


def test_a_session_is_created_as_often_as_it_is_asked_for(api):
    first, second = (api.read("CreateSession", 0, "web", True, "4711", ["a"]) for _time in range(2))
    assert first["SessionID"] != second["SessionID"]
    assert first == api.session(first["SessionID"])
    assert (
        first["SessionType"],
        first["IsPublic"],
        first["Code"],
        first["CustomProperties"]["CustomProperty1"],
    ) == (0, True, "4711", "a")
    assert len(api.read("GetSessionsByName", "web")) == 4


def test_a_creation_is_answered_as_the_switch_says(make_api):
    for shape, expected in (
        ("id", lambda given, session: given == session["SessionID"]),
        ("array", lambda given, session: given == [session]),
        ("id_object", lambda given, session: given == {"SessionID": session["SessionID"]}),
    ):
        api = make_api(created_answer=shape)
        given = api.read("CreateSession", 2, "new", False, "", [])
        (session,) = api.read("GetSessionsByName", "new")
        assert expected(given, session), shape


def test_the_type_of_a_session_is_its_number_or_its_name(make_api):
    by_number = make_api()
    by_number.refuse("CreateSession", "Access", "new", False, "", [])
    by_name = make_api(session_type_wire="name")
    by_name.refuse("CreateSession", 2, "new", False, "", [])
    assert by_name.read("CreateSession", "Meeting", "new", False, "", [])["SessionType"] == 1
    both = make_api(session_type_wire="both")
    assert [
        both.read("CreateSession", kind, "new", False, "", [])["SessionType"]
        for kind in (2, "Access")
    ] == [2, 2]
    both.refuse("CreateSession", "access", "new", False, "", [])


def test_a_new_session_may_show_late(make_api):
    api = make_api(eventual_reads=2)
    session_id = api.read("CreateSession", 2, "new", False, "", [])["SessionID"]
    api.session(WEB)  # cannot show it, and does not count
    assert (
        api.read("GetSessionsByName", "new") == api.read("GetSessionBySessionID", session_id) == []
    )
    assert api.ids("Name = 'new'") == [session_id]


def test_a_new_name_is_an_event_only_where_it_is_another(api):
    api.do("UpdateSessionName", WEB, "web")
    api.do("UpdateSessionName", WEB, "shop")
    api.do("UpdateSessionName", WEB, "")
    assert api.session(WEB)["Name"] == ""
    assert api.events(WEB) == [(60, "shop"), (60, "")]


def test_notes_are_events_and_an_attribute(make_api):
    for shown, expected in (("newest", "second"), ("all", "first\nsecond"), ("absent", None)):
        api = make_api(notes_attribute=shown)
        for note in ("first", "second"):
            api.do("AddNoteToSession", MEETING, note)
        assert api.events(MEETING) == [(32, "first"), (32, "second")]
        assert api.session(MEETING).get("Notes") == expected


def test_details_show_the_newest_events_in_the_order_of_the_switch(make_api):
    for switches, expected in (
        ({"event_order": "newest_first"}, ["c", "b", "a", ""]),
        ({"events_shown": 2}, ["b", "c"]),
        ({"events_shown": 2, "event_order": "newest_first"}, ["c", "b"]),
    ):
        api = make_api(**switches)
        for note in "abc":
            api.do("AddNoteToSession", MEETING, note)
        assert [
            event["Data"] for event in api.read("GetSessionDetailsBySessionID", MEETING)["Events"]
        ] == expected


@pytest.mark.parametrize(
    ("guest_count", "in_list", "in_details"),
    [("details", False, True), ("never", False, False), ("always", True, True)],
)
def test_the_count_of_guests_is_shown_where_the_switch_says(
    make_api, guest_count, in_list, in_details
):
    api = make_api(guest_count=guest_count)
    assert ("GuestConnectedCount" in api.session(PRESS)) is in_list
    assert (
        "GuestConnectedCount" in api.read("GetSessionDetailsBySessionID", PRESS)["Session"]
    ) is in_details


def test_names_may_be_compared_without_their_case(make_api):
    api = make_api(text_comparison="ignore_case")
    assert (
        len(api.read("GetSessionsByName", "WEB"))
        == len(api.ids("Name = 'wEB'"))
        == len(api.ids("Name LIKE 'W%'"))
        == 2
    )

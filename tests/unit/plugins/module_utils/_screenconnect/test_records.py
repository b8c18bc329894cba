"""Sessions and their properties as the server tells them, whichever of its shapes it chooses, and
as people are told them.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ansible_collections.remoteops.access.plugins.module_utils._core.errors import (
    InputError,
    ServerError,
)
from ansible_collections.remoteops.access.plugins.module_utils._screenconnect.properties import (
    PropertyNames,
)
from ansible_collections.remoteops.access.plugins.module_utils._screenconnect.records import (
    event_record,
    events_and_connections,
    in_order,
    moment,
    session_record,
    shown_event,
    shown_session,
)

PLAIN, NAMED = PropertyNames(None), PropertyNames({"Site": 1, "Department": 8})
ID = "6F1C2A9E-3B7D-4C55-9A10-2F0C5D7E8B11"
NEVER = "0001-01-01T00:00:00"
EIGHT = ["Plant A", "Line 2", "", "", "", "", "", "Pressing"]


def record(names=PLAIN, **given):
    return session_record({"SessionID": ID, **given}, names)


# --- Custom properties ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "shown",
    [
        {"CustomPropertyValues": EIGHT},
        {
            "CustomProperties": {
                f"CustomProperty{number}": value for number, value in enumerate(EIGHT, 1)
            }
        },
        {"CustomPropertyValues": EIGHT, "CustomProperties": {"CustomProperty1": "older"}},
        {"CustomPropertyValues": [value or None for value in EIGHT]},
        # Seen in four scripts: an object by GetSessionsByName, an array by
        # GetSessionDetailsBySessionID.
        {
            "CustomPropertyValues": None,
            "CustomProperties": {
                f"CustomProperty{number}": value for number, value in enumerate(EIGHT, 1)
            },
        },
        {
            "CustomPropertyValues": [],
            "CustomProperties": {
                f"CustomProperty{number}": value for number, value in enumerate(EIGHT, 1) if value
            },
        },
    ],
)
def test_custom_properties_are_read_in_any_shape(shown):
    assert record(NAMED, **shown)["CustomProperties"] == {
        "Site": "Plant A",
        "2": "Line 2",
        "3": "",
        "4": "",
        "5": "",
        "6": "",
        "7": "",
        "Department": "Pressing",
    }


@pytest.mark.parametrize(
    "shown",
    [{}, {"CustomPropertyValues": []}, {"CustomProperties": None}, {"CustomPropertyValues": None}],
)
def test_custom_properties_that_are_left_out_are_empty(shown):
    assert set(record(**shown)["CustomProperties"].values()) == {""}


@pytest.mark.parametrize(
    "shown",
    [
        {"CustomPropertyValues": "x"},
        {"CustomPropertyValues": [1]},
        {"CustomProperties": ["x", {}]},
        {"CustomProperties": 5},
    ],
)
def test_custom_properties_that_are_no_texts_are_refused(shown):
    with pytest.raises(ServerError, match="custom properties"):
        record(**shown)


def test_a_property_is_given_by_its_name_or_by_its_number():
    assert NAMED.translated({"Site": "a", 2: "b", "8": "c"}) == {
        "Site": "a",
        "2": "b",
        "Department": "c",
    }
    assert [NAMED.number(given) for given in ("Site", 1, "1", "Department")] == [1, 1, 1, 8]
    with pytest.raises(InputError, match="twice"):
        NAMED.translated({"Site": "a", 1: "b"})


@pytest.mark.parametrize(
    "names",
    [
        {"Site": 0},
        {"Site": 9},
        {"Site": "one"},
        {"Site": 1, "Place": 1},
        {"": 1},
        {" ": 1},
        {"3": 1},
    ],
)
def test_names_that_make_no_sense_are_refused(names):
    with pytest.raises(InputError, match="property_names"):
        PropertyNames(names)


# --- Sessions ---------------------------------------------------------------------------------------------------------


def test_a_session_goes_by_its_own_name_or_that_of_its_machine_or_its_identifier():
    guest = {"MachineName": "PRESS-02"}
    assert [
        record(Name="Press", GuestInfo=guest)[name] for name in ("Name", "OwnName", "MachineName")
    ] == ["Press", "Press", "PRESS-02"]
    assert [record(Name="", GuestInfo=guest)[name] for name in ("Name", "OwnName")] == [
        "PRESS-02",
        "",
    ]
    assert record()["Name"] == ID.lower()


@pytest.mark.parametrize(
    ("told", "type_"),
    [
        (0, "support"),
        (1, "meeting"),
        (2, "access"),
        ("Access", "access"),
        (-1, "unknown"),
        (None, "unknown"),
        ({}, "unknown"),
    ],
)
def test_a_type_is_told_by_number_or_name(told, type_):
    assert record(SessionType=told)["SessionType"] == type_


@pytest.mark.parametrize(
    ("shown", "online"),
    [
        ({}, False),
        ({"ActiveConnections": [{"ProcessType": 1}]}, False),
        (
            {
                "ActiveConnections": [{"ProcessType": 1}, {"ProcessType": 2}],
                "LastGuestConnectedEventTime": NEVER,
            },
            True,
        ),
        (
            {
                "ActiveConnections": [],
                "LastGuestConnectedEventTime": "2026-01-05T06:12:00.7654321Z",
                "LastGuestDisconnectedEventTime": NEVER,
            },
            True,
        ),
        (
            {
                "LastGuestConnectedEventTime": "2026-01-05T06:12:00Z",
                "LastGuestDisconnectedEventTime": "2026-01-05T06:12:00.0000001Z",
            },
            False,
        ),
        (
            {
                "LastGuestConnectedEventTime": "2026-01-05T06:12:00.5Z",
                "LastGuestDisconnectedEventTime": "2026-01-05T06:12:00Z",
            },
            True,
        ),
        ({"LastGuestConnectedEventTime": NEVER, "LastGuestDisconnectedEventTime": NEVER}, False),
        (
            {
                "LastGuestConnectedEventTime": "2026-01-05T06:12:00Z",
                "LastGuestDisconnectedEventTime": "2026-01-06T06:12:00Z",
            },
            False,
        ),
    ],
)
def test_a_guest_is_online_by_its_connections_or_by_what_happened_last(shown, online):
    assert record(**shown)["Online"] is online


@pytest.mark.parametrize(
    "raw",
    [
        None,
        1,
        "x",
        [],
        {},
        {"SessionID": None},
        {"SessionID": 5},
        {"SessionID": ""},
        {"SessionID": ID, "Name": 5},
        {"SessionID": ID, "Code": []},
        {"SessionID": ID, "GuestInfo": "x"},
        {"SessionID": ID, "GuestInfo": {"MachineName": 1}},
        {"SessionID": ID, "ActiveConnections": {"a": 1}},
        {"SessionID": ID, "ActiveConnections": [1]},
    ],
)
def test_what_is_no_session_is_refused(raw):
    with pytest.raises(ServerError, match="session"):
        session_record(raw, PLAIN)


def test_a_session_is_shown_in_words_without_the_guests_key_and_with_null_for_never():
    shown = shown_session(
        record(
            NAMED,
            Name="P",
            SessionType=2,
            CustomPropertyValues=EIGHT,
            LegacyEncryptionKey="do-not-tell",
            GuestInfo={
                "MachineName": "PRESS-02",
                "LastBootTime": "2026-01-05T06:11:02.1234567Z",
                "TimeZoneName": "UTC",
                "IsLocalAdminPresent": True,
            },
            LastGuestDisconnectedEventTime=NEVER,
            ActiveConnections=[{"ConnectionID": "c", "ProcessType": 2}],
        )
    )
    assert "do-not-tell" not in str(shown)
    assert (shown["id"], shown["name"], shown["type"], shown["online"]) == (
        ID.lower(),
        "P",
        "access",
        True,
    )
    assert shown["custom_properties"]["Department"] == "Pressing"
    assert shown["guest_info"] == {
        "machine_name": "PRESS-02",
        "last_boot_time": "2026-01-05T06:11:02.123456Z",
        "time_zone_name": "UTC",
        "is_local_admin_present": True,
    }
    assert shown["last_guest_disconnected_event_time"] is None
    assert shown["active_connections"] == [{"connection_id": "c", "process_type": 2}]


# What a server before 22.9 answers: events of a connection within it, without its identifier; from
# 22.9 on all of them in one list.
GUEST_SIDE, HOST_SIDE = (
    "c0000000-0000-4000-8000-000000000001",
    "c0000000-0000-4000-8000-000000000002",
)
QUEUED = {
    "EventID": "a1",
    "EventType": 44,
    "Time": "2026-01-05T07:00:00.0000000Z",
    "Host": "",
    "Data": "#timeout=60000\nhostname",
}
PROCESSED = {
    "EventID": "a2",
    "EventType": 54,
    "Time": "2026-01-05T07:00:02.5000000Z",
    "Host": "",
    "Data": "",
}
RAN = {
    "EventID": "b2",
    "EventType": 70,
    "Time": "2026-01-05T07:00:02.5000000Z",
    "Host": "",
    "Data": "PRESS-02\r\n",
}
LATER = {
    "EventID": "b3",
    "EventType": 11,
    "Time": "2026-01-05T07:00:03.0000000Z",
    "Host": "",
    "Data": "",
}


def of(event, connection):
    return {**event, "ConnectionID": connection}


@pytest.mark.parametrize("newest_first", [False, True])
def test_events_are_found_in_one_list_and_in_their_connections(newest_first):
    def told(*events):
        return list(events[::-1] if newest_first else events)

    guest, host = (
        {"ConnectionID": GUEST_SIDE, "ParticipantName": ""},
        {"ConnectionID": HOST_SIDE, "ParticipantName": "Anna"},
    )
    before = {
        "Events": told(QUEUED),
        "Connections": [{**guest, "Events": told(PROCESSED, RAN, LATER)}, {**host, "Events": None}],
    }
    since = {
        "Events": told(
            QUEUED, of(PROCESSED, GUEST_SIDE), of(RAN, GUEST_SIDE), of(LATER, GUEST_SIDE)
        ),
        "Connections": [guest, host],
    }
    both = {**since, "Connections": before["Connections"]}
    found = (
        [QUEUED, of(PROCESSED, GUEST_SIDE), of(RAN, GUEST_SIDE), of(LATER, GUEST_SIDE)],
        [guest, host],
    )
    for details in (before, since, both):
        assert events_and_connections(details) == found


def test_an_event_within_a_connection_keeps_an_identifier_of_its_own():
    details = {
        "Connections": [
            {"Events": [RAN, of(LATER, "its own")]},
            {"ConnectionID": "c", "Events": [of(QUEUED, "its own")]},
        ]
    }
    assert events_and_connections(details)[0] == [of(QUEUED, "its own"), RAN, of(LATER, "its own")]
    assert (
        events_and_connections({})
        == events_and_connections({"Events": None, "Connections": None})
        == ([], [])
    )


@pytest.mark.parametrize(
    "details",
    [
        {"Events": {}, "Connections": {"a": 1}},
        {"Events": "x"},
        {"Events": [None]},
        {"Connections": [5]},
        {"Connections": [{"Events": "x"}]},
        {"Connections": [{"Events": {"a": RAN}}]},
        {"Connections": [{"Events": [None]}]},
        {"Connections": [{"Events": [{"EventID": 5, "EventType": 70}]}]},
    ],
)
def test_events_and_connections_that_are_none_are_refused(details):
    with pytest.raises(ServerError, match="answered a"):
        events_and_connections(details)


# --- Times and events -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2026-01-05T06:12:00.7654321Z", datetime(2026, 1, 5, 6, 12, 0, 765432, UTC)),
        ("2026-01-05T06:12:00", datetime(2026, 1, 5, 6, 12, tzinfo=UTC)),
        ("2026-01-05T08:12:00+02:00", datetime(2026, 1, 5, 6, 12, tzinfo=UTC)),
        (NEVER, None),
        ("0001-01-01T00:00:00Z", None),
        ("", None),
        (None, None),
        (5, None),
        ("yesterday", None),
        ("2026-13-05T06:12:00Z", None),
    ],
)
def test_times_have_seven_decimal_places_and_year_one_is_never(text, time):
    assert moment(text) == time


@pytest.mark.parametrize("newest_first", [False, True])
def test_events_are_put_in_order_and_those_of_one_time_keep_theirs(newest_first):
    events = [
        {"Time": f"2026-01-05T06:12:0{second}.0000000Z", "EventID": name}
        for second, name in ((1, "a"), (2, "b"), (2, "c"), (3, "d"))
    ]
    assert [event["EventID"] for event in in_order(events[::-1] if newest_first else events)] == [
        "a",
        "b",
        "c",
        "d",
    ]


def test_an_event_is_shown_with_what_its_type_is_called():
    event = event_record({"EventID": "e", "EventType": 70, "Time": NEVER, "Data": None})
    assert shown_event(event) == {
        "event_id": "e",
        "event_type": 70,
        "event": "ran_command",
        "time": None,
        "data": "",
    }
    assert shown_event(event_record({"EventID": "e", "EventType": 999}))["event"] == "unknown"


@pytest.mark.parametrize(
    "raw",
    [
        None,
        {},
        {"EventID": "e"},
        {"EventID": 1, "EventType": 70},
        {"EventID": "e", "EventType": "70"},
    ],
)
def test_what_is_no_event_is_refused(raw):
    with pytest.raises(ServerError, match="event"):
        event_record(raw)

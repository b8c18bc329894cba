"""What the reading module chooses among sessions, and that no text of the user's changes the
question.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest

from tests.unit.screenconnect_servers import (
    MEETING,
    OFFICE,
    OTHER_RECEPTION,
    PRESS,
    RECEPTION,
    SUPPORT,
    WEB,
    small_screenconnect,
)

INFO = "screenconnect_session_info"
EVERYBODY = {PRESS, WEB, OFFICE, RECEPTION, OTHER_RECEPTION, SUPPORT, MEETING}


def found(simulated, **options) -> set[str]:
    """Return the identifiers of the sessions that are found."""
    sessions = simulated.expect(INFO, **options)["sessions"]
    assert [session["name"] for session in sessions] == sorted(
        session["name"] for session in sessions
    )
    return {session["id"] for session in sessions}


@pytest.mark.parametrize(
    ("options", "identifiers"),
    [
        ({}, EVERYBODY),
        ({"types": ["support", "meeting"]}, {SUPPORT, MEETING}),
        ({"where": {"name": ["Reception", "web-1"]}}, {RECEPTION, OTHER_RECEPTION, WEB}),
        (
            {"where": {"name": ["Reception"], "operating_system": ["Debian GNU/Linux 12"]}},
            {OTHER_RECEPTION},
        ),
        (
            {
                "where": {"custom_properties": {"Site": "Plant A", "2": ["IT", "Line 1"]}},
                "property_names": {"Site": 1},
            },
            {PRESS, WEB},
        ),
        (
            {"like": {"operating_system": ["Windows%"]}, "types": ["access"]},
            {PRESS, OFFICE, RECEPTION},
        ),
        (
            {
                "like": {"machine_name": ["REC-%"]},
                "filter": "CustomProperty1 = 'Plant B' OR CustomProperty1 = 'Plant A'",
            },
            {RECEPTION, OTHER_RECEPTION},
        ),
        ({"where": {"logged_on_user": ["operator"], "client_version": ["24.3.7.9067"]}}, {PRESS}),
        ({"where": {"private_network_address": ["10.1.0.5"]}}, {WEB}),
        ({"where": {"host": ["a.keller"], "code": ["480213"]}}, {SUPPORT}),
        ({"filter": "GuestConnectedCount = 0 AND SessionType = 'Access'"}, {OFFICE}),
        ({"online": True, "like": {"operating_system": ["Windows%"]}}, {PRESS, RECEPTION}),
        ({"online": False, "types": ["access"]}, {OFFICE}),
        ({"ids": [WEB, PRESS.upper(), "99999999-0000-4000-8000-000000000009"]}, {WEB, PRESS}),
        (
            {"names": ["web-1", "PRESS-01", "Reception", "nobody"]},
            {WEB, PRESS, RECEPTION, OTHER_RECEPTION},
        ),
        ({"names": ["Reception"], "online": False}, set()),
        ({"where": {"name": ["nobody"]}}, set()),
    ],
)
def test_sessions_are_chosen_by_what_is_known_of_them(screenconnect, options, identifiers):
    assert found(screenconnect(), **options) == identifiers


@pytest.mark.parametrize(
    "text",
    ["x' OR Name <> '", "' OR '1'='1", "O'Brien", "''", "a') OR (Name <> 'b", "Name", "x'--", "%"],
)
def test_a_text_matches_only_itself_whatever_it_says(screenconnect, text):
    assert found(screenconnect(), where={"name": [text]}) == set()
    assert found(screenconnect(), names=[text]) == set()
    site = small_screenconnect()
    site["sessions"][MEETING]["Name"] = text
    site["sessions"][WEB]["CustomPropertyValues"] = ["", "", text]
    simulated = screenconnect(site)
    assert found(simulated, where={"name": [text]}) == found(simulated, names=[text]) == {MEETING}
    assert found(simulated, where={"custom_properties": {"3": text}}) == {WEB}
    if "%" not in text:
        assert found(simulated, like={"name": [text]}) == {MEETING}


@pytest.mark.parametrize(("underscore", "more"), [("literal", set()), ("wildcard", {WEB})])
def test_what_an_underscore_means_in_a_pattern_is_the_servers_business(
    screenconnect, underscore, more
):
    site = small_screenconnect()
    site["sessions"][MEETING]["Name"] = "web_1"
    assert found(screenconnect(site, like_underscore=underscore), like={"name": ["web_1"]}) == {
        MEETING,
        *more,
    }
    assert found(screenconnect(site, like_underscore=underscore), where={"name": ["web_1"]}) == {
        MEETING
    }


@pytest.mark.parametrize("version", ["22.3", "22.8", "22.9", "24.3.7"])
def test_details_tell_events_in_order_and_connections(screenconnect, version):
    simulated = screenconnect(event_order="newest_first", server_version=version)
    simulated.expect("screenconnect_note", sessions=["web-1"], note="Moved.")
    (session,) = simulated.expect(INFO, names=["web-1"], details=True)["sessions"]
    assert [event["event"] for event in session["events"]] == [
        "created_session",
        "connected",
        "added_note",
    ]
    assert session["events"][-1]["data"] == "Moved." and session["events"][-1]["event_type"] == 32
    assert [connection["participant_name"] for connection in session["connections"]] == [""]
    assert session["events"][1]["connection_id"] == session["connections"][0]["connection_id"]
    assert not any("events" in connection for connection in session["connections"])
    assert "events" not in simulated.expect(INFO, names=["web-1"])["sessions"][0]


def test_a_guests_key_is_not_passed_on(screenconnect):
    site = small_screenconnect()
    site["sessions"][WEB]["LegacyEncryptionKey"] = "do-not-tell"
    assert (
        "do-not-tell" not in screenconnect(site).expect(INFO, names=["web-1"], details=True).output
    )


@pytest.mark.parametrize(
    "options", [{}, {"ids": [WEB]}, {"names": ["web-1"]}, {"where": {"name": ["web-1"]}}]
)
def test_an_overloaded_server_that_answers_nothing_is_asked_again(screenconnect, options):
    simulated = screenconnect()
    simulated.inject("*", "empty_list")
    assert WEB in found(simulated, **options)


@pytest.mark.parametrize("unknown", ["null", "empty", "error"])
def test_a_session_that_is_gone_before_its_details_are_read_is_a_failure_or_empty(
    screenconnect, unknown
):
    simulated = screenconnect(unknown_details=unknown)
    simulated.inject(
        "GetSessionDetailsBySessionID",
        "status",
        status=200,
        body="null" if unknown == "null" else "{}",
    )
    outcome = simulated.run(INFO, names=["web-1"], details=True)
    assert outcome.failed if unknown == "null" else outcome["sessions"][0]["events"] == []


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"ids": ["web-1"]}, ["ids", "web-1"]),
        ({"ids": [WEB], "names": ["web-1"]}, ["ids", "names"]),
        ({"names": ["web-1"], "filter": "Name = 'x'"}, ["names", "filter"]),
        ({"filter": ""}, ["filter", "empty"]),
        ({"where": {"colour": ["red"]}}, ["colour"]),
        ({"where": {"name": []}}, ["where.name"]),
        ({"where": {"custom_properties": {"Colour": "red"}}}, ["Colour"]),
        ({"types": ["phone"]}, ["phone"]),
        ({"property_names": {"Site": 9}}, ["property_names"]),
    ],
)
def test_what_makes_no_sense_is_refused_without_a_request(screenconnect, options, words):
    simulated = screenconnect()
    message = simulated.refuse(INFO, **options)
    assert all(word in message for word in words), message
    assert simulated.journal.entries == []


def test_a_filter_that_the_server_does_not_understand_is_told(screenconnect):
    for body in ("html", "json"):
        simulated = screenconnect(error_body=body, expected_violations=("",))
        message = simulated.run(INFO, filter="Name ~ 'x'")["msg"]
        assert (
            "GetSessionsByFilter" in message
            and "500" in message
            and "address of the API" not in message
        )

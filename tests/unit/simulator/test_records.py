"""History, alerts and sessions of the simulated SimpleHelp server."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest

from tests.simulator.company import company

MACHINE = {"machineID": "SG_1", "name": "press", "online": True, "hostname": "PRESS"}


def session(number, start, kind="Access", **more):
    """A History Object that lasted five milliseconds."""
    return {
        "sessionID": f"H{number}",
        "type": kind,
        "technicianName": "Anna Keller",
        "technicianUsername": "anna",
        "start": start,
        "duration": 5,
        "lastModified": start + 5,
        "hasRecording": False,
        "mode": "VNC",
        **more,
    }


SITE = {
    "groups": {"Helpdesk": {"uniqueID": 2}, "Field": {"uniqueID": 5}},
    "technicians": {"anna": {"groupIDs": [2]}, "ben": {"groupIDs": [5]}},
    "machines": {"SG_1": {"name": "press"}},
    "history": [
        session(1, 100, machine=MACHINE),
        session(4, 400, "Presentation", lastModified=150),
        session(
            2,
            200,
            "Support",
            customer={"customerID": "C1", "details": {"Problem": "Printer on fire"}},
            chat="Hello",
        ),
        session(
            3,
            300,
            machine={**MACHINE, "machineID": "SG_2"},
            technicianName="Ben Okafor",
            technicianUsername="ben",
        ),
        session(
            5, 500, technicianName="Gone", technicianUsername="gone", comments="Replaced the FUSE"
        ),
    ],
}


@pytest.fixture
def history(make_api):
    """The identifiers that history/list answers for some filters."""
    api = make_api(SITE)

    def ids(**filters):
        return "".join(each["sessionID"][1:] for each in api.read("history/list", filters))

    return ids


def test_history_comes_newest_first_and_needs_no_filters(make_api, history):
    assert [each["sessionID"] for each in make_api(SITE).read("history/list")] == [
        "H5",
        "H4",
        "H3",
        "H2",
        "H1",
    ]
    assert history() == "54321"


def test_a_history_entry_shows_the_documented_attributes(make_api):
    *_newer, support, access = make_api(SITE).read("history/list")
    assert access == {**session(1, 100), "machine": MACHINE}
    assert support["customer"] == {"customerID": "C1", "details": {"Problem": "Printer on fire"}}
    assert make_api(SITE, nulls="null").read("history/list")[-1]["machine"]["os"] is None


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"rangeStart": 200}, "5432"),
        ({"rangeEnd": 300}, "21"),
        ({"rangeStart": 200, "rangeEnd": 400}, "32"),
        ({"rangeStart": 105, "rangeEnd": 205, "rangeLastModified": True}, "41"),
        ({"rangeStart": 105, "rangeEnd": 205, "rangeLastModified": False}, "2"),
        ({"maxResults": 2}, "54"),
        ({"maxResults": 0}, ""),
        ({"textFilter": "printer ON"}, "2"),
        ({"textFilter": "fuse"}, "5"),
        ({"textFilter": "press"}, "31"),
        ({"technicianNameFilters": ["okafor"]}, "3"),
        ({"technicianNameFilters": ["BEN", "gon"]}, "53"),
        ({"technicianNameFilters": []}, "54321"),
        ({"groupFilters": [5]}, "3"),
        ({"groupFilters": [2, 5]}, "4321"),
        ({"groupFilters": [77]}, ""),
        ({"machineIDFilters": ["SG_1"]}, "1"),
        ({"machineIDFilters": ["SG_2", "SG_1"]}, "31"),
        ({"includeSupportSessions": False}, "5431"),
        ({"includeAccessSessions": False}, "42"),
        ({"includePresentationSessions": False}, "5321"),
        (
            {
                "includeSupportSessions": True,
                "includeAccessSessions": False,
                "includePresentationSessions": False,
            },
            "2",
        ),
        ({"searchUntilSessionID": "H3"}, "54"),
        ({"searchUntilSessionID": "H3", "groupFilters": [2]}, "4"),
        ({"searchUntilSessionID": "H9"}, "54321"),
        ({"searchUntilSessionID": "H2", "maxResults": 1}, "5"),
    ],
)
def test_each_filter_narrows_the_history(history, filters, expected):
    assert history(**filters) == expected


def test_history_gives_fifty_results_unless_told_and_never_more_than_the_cap(make_api):
    site = {"history": [session(number, number) for number in range(120)]}
    api = make_api(site)
    assert len(api.read("history/list")) == 50
    assert len(api.read("history/list", {"maxResults": 100})) == 100
    assert len(make_api(site, history_cap=70).read("history/list", {"maxResults": 100})) == 70
    assert "negative" in api.refuse("history/list", {"maxResults": -1})


def test_the_age_of_an_alert_follows_the_clock(make_api):
    alert = {
        "name": "Disk",
        "active": True,
        "triggered": True,
        "triggeredMachineIDs": ["SG_1"],
        "reason": "r",
        "shortReason": "s",
        "lastReportMS": 7,
        "severity": "severe",
    }
    api = make_api({"now_ms": 10_000, "alerts": [{**alert, "state_since_ms": 4_000}]})
    assert api.read("alerts/list") == [{**alert, "stateAgeMS": 6_000}]
    api.server.clock.advance(2)
    assert api.read("alerts/list") == [{**alert, "stateAgeMS": 8_000}]


def test_sessions_of_this_moment_are_listed_by_kind_and_age_with_the_clock(make_api):
    technician = {"technicianUsername": "anna", "technicianDisplayName": "Anna", "technicianID": 1}
    api = make_api(
        {
            "now_ms": 10_000,
            "support_queue": [
                {
                    "sessionID": "Q",
                    "startTime": 9_000,
                    "customer": {"customerID": "C1", "timeInQueue": 1},
                }
            ],
            "support_sessions": [
                {
                    "sessionID": "S",
                    "startTime": 8_000,
                    "customer": {"customerID": "C2", "timeInQueue": 3},
                    **technician,
                }
            ],
            "access_sessions": [
                {"sessionID": "A", "startTime": 7_000, "machine": MACHINE, **technician}
            ],
        }
    )
    api.server.clock.advance(1)
    assert api.read("support/queue/list") == [
        {
            "customer": {"customerID": "C1", "timeInQueue": 2_000},
            "sessionID": "Q",
            "elapsedTime": 2_000,
            "startTime": 9_000,
        },
    ]
    assert api.read("support/sessions/list") == [
        {
            "customer": {"customerID": "C2", "timeInQueue": 3},
            "sessionID": "S",
            **technician,
            "elapsedTime": 3_000,
            "startTime": 8_000,
        },
    ]
    assert api.read("access/sessions/list") == [
        {
            "machine": MACHINE,
            "sessionID": "A",
            **technician,
            "elapsedTime": 4_000,
            "startTime": 7_000,
        },
    ]


def test_sparse_offline_machines_are_sparse_in_sessions_too(make_api):
    site = {
        "access_sessions": [
            {"sessionID": "A", "startTime": 1, "machine": {**MACHINE, "online": False}}
        ]
    }
    (shown,) = make_api(site, offline_machines="sparse").read("access/sessions/list")
    assert shown["machine"] == {"machineID": "SG_1", "online": False, "name": "press"}


def test_the_company_holds_sessions_of_one_millisecond_and_of_a_removed_technician(make_api):
    api = make_api(company(machines=60))
    history = api.read("history/list", {"maxResults": 1000})
    starts = [each["start"] for each in history]
    assert len(history) == len({each["sessionID"] for each in history}) == 400
    assert starts == sorted(starts, reverse=True)
    assert len(set(starts)) == 360
    assert {each["type"] for each in history} == {"Access", "Support", "Presentation"}
    known = {each["username"] for each in api.read("technicians/list")}
    assert {each["technicianUsername"] for each in history} - known == {"f.colleague"}

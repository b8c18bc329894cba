"""What simplehelp_history_info promises: complete however the server cuts its answers, incremental,
and honest when it cannot be.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import random
from itertools import count
from operator import itemgetter

import pytest

from ansible_collections.remoteops.access.plugins.module_utils._core.errors import ServerError
from ansible_collections.remoteops.access.plugins.module_utils._core.server import Server
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.history import (
    HISTORY_SPEC,
    PAGE_SIZE,
    read_completely,
    read_history,
)
from tests.simulator.company import company
from tests.unit.plugins.modules.test_reads import read
from tests.unit.simulated import small_site

MODULE = "simplehelp_history_info"


def history(*times, **attributes) -> list[dict]:
    """Return sessions that start at these times; each ends a second later, and is called by its
    place and its start.
    """
    return [
        {
            "sessionID": f"H-{place}-{start}",
            "type": "Access",
            "technicianName": "Administrator",
            "technicianUsername": "admin",
            "start": start,
            "duration": 1000,
            "lastModified": start + 1000,
            **attributes,
        }
        for place, start in enumerate(times)
    ]


def with_history(sessions: list[dict]) -> dict:
    """Return the small site with a history."""
    return {**small_site(), "history": sessions}


def ids(outcome) -> list[str]:
    """Return the identifiers of the sessions that were read, each of which must be there once."""
    found = [session["session_id"] for session in outcome["sessions"]]
    assert len(found) == len(set(found))
    return found


def expected(sessions, fits=lambda session: True) -> set[str]:
    """Return the identifiers of the sessions that fit."""
    return {session["sessionID"] for session in sessions if fits(session)}


# --- complete ---------------------------------------------------------------------------------------------------------


def test_the_whole_history_is_read_although_the_server_answers_fifty_by_default(simplehelp):
    simulated = simplehelp(company())
    outcome = read(simulated, MODULE)
    assert set(ids(outcome)) == expected(simulated.site["history"])
    assert len(ids(outcome)) == 400
    starts = [session["start"] for session in outcome["sessions"]]
    assert starts == sorted(starts, reverse=True)
    assert len(simulated.asked()) == 2
    assert outcome["latest_session_id"] == "H-500000"


def test_sessions_are_read_whole_in_snake_case(simplehelp):
    simulated = simplehelp(company())
    sessions = {session["session_id"]: session for session in read(simulated, MODULE)["sessions"]}
    held = {session["sessionID"]: session for session in simulated.site["history"]}
    support, access = (
        sessions["H-500000"],
        next(session for session in sessions.values() if session["type"] == "Access"),
    )
    assert support == {
        "session_id": "H-500000",
        "type": "Support",
        "technician_name": "Anna Keller",
        "technician_username": "a.keller",
        "start": held["H-500000"]["start"],
        "duration": 47000,
        "last_modified": held["H-500000"]["lastModified"],
        "has_recording": True,
        "mode": held["H-500000"]["mode"],
        "comments": held["H-500000"]["comments"],
        "chat": held["H-500000"]["chat"],
        "customer": {
            "customer_id": "CU_880000",
            "time_in_queue": 20000,
            "username": "reception0",
            "country": "United Kingdom",
            "domain": "support.harrow-finch.example",
            "url": "https://support.harrow-finch.example/customer",
            "os": held["H-500000"]["customer"]["os"],
            "hostname": "PRACTICE-00",
            "wan_ip": "198.51.100.1",
            "ip_addresses": ["192.168.1.2"],
            "details": held["H-500000"]["customer"]["details"],
        },
    }
    machine = held[access["session_id"]]["machine"]
    assert access["machine"]["machine_id"] == machine["machineID"]
    assert access["machine"]["last_registration_time"] == machine["lastRegistrationTime"]


def test_an_empty_history_is_empty_and_costs_one_request(simplehelp):
    simulated = simplehelp()
    outcome = read(simulated, MODULE)
    assert outcome["sessions"] == []
    assert outcome["latest_session_id"] is None
    assert len(simulated.asked()) == 1


@pytest.mark.parametrize("last_modified", [False, True])
def test_a_history_of_one_session_is_read(simplehelp, last_modified):
    simulated = simplehelp(with_history(history(1000)))
    assert ids(read(simulated, MODULE, range_last_modified=last_modified)) == ["H-0-1000"]


@pytest.mark.parametrize("last_modified", [False, True])
@pytest.mark.parametrize("cap", [4, 50, 399, 400, 401])
def test_nothing_is_lost_where_the_server_silently_answers_less_than_it_was_asked_for(
    simplehelp, cap, last_modified
):
    simulated = simplehelp(company(), history_cap=cap)
    assert set(ids(read(simulated, MODULE, range_last_modified=last_modified))) == expected(
        simulated.site["history"]
    )


def test_a_history_of_several_pages_is_read_with_hardly_more_requests_than_pages(simplehelp):
    simulated = simplehelp(with_history(history(*range(10_000, 10_000 + 3 * PAGE_SIZE + 500))))
    outcome = read(simulated, MODULE)
    assert set(ids(outcome)) == expected(simulated.site["history"])
    assert len(simulated.asked()) <= 5
    assert {entry.body["maxResults"] for entry in simulated.asked()} == {PAGE_SIZE}


@pytest.mark.parametrize("last_modified", [False, True])
def test_sessions_of_one_millisecond_are_not_lost_at_the_border_of_a_page(
    simplehelp, last_modified
):
    times = [9000] * 4 + [8000] * 5 + [7000] * 5 + [6000] + [5000] * 5
    simulated = simplehelp(with_history(history(*times)), history_cap=6)
    assert len(ids(read(simulated, MODULE, range_last_modified=last_modified))) == 20


@pytest.mark.parametrize("last_modified", [False, True])
def test_more_sessions_of_one_millisecond_than_a_page_holds_are_all_read(simplehelp, last_modified):
    times = [9000, 8000] + [7000] * (2 * PAGE_SIZE + 10) + [6000]
    simulated = simplehelp(with_history(history(*times)))
    assert len(ids(read(simulated, MODULE, range_last_modified=last_modified))) == len(times)
    assert max(entry.body["maxResults"] for entry in simulated.asked()) == 4 * PAGE_SIZE


@pytest.mark.parametrize("last_modified", [False, True])
@pytest.mark.parametrize(
    "times", [[7000] * 6 + [6000], [9000] + [7000] * 6, [9000] + [7000] * 6 + [6000]]
)
def test_more_sessions_of_one_millisecond_than_the_server_ever_answers_are_an_error(
    simplehelp, times, last_modified
):
    message = simplehelp(with_history(history(*times)), history_cap=5).refuse(
        MODULE, range_last_modified=last_modified
    )
    assert "never answers more than 5 sessions" in message
    assert "cannot be read completely" in message


def test_sessions_that_were_commented_later_are_found_by_their_last_modification(simplehelp):
    sessions = history(*range(1000, 1100))
    for place in (3, 40, 41, 80):
        sessions[place]["lastModified"] = 50_000 + place
    simulated = simplehelp(with_history(sessions), history_cap=8)
    outcome = read(simulated, MODULE, range_start="10000", range_last_modified=True)
    assert set(ids(outcome)) == {f"H-{place}-{1000 + place}" for place in (3, 40, 41, 80)}
    assert set(ids(read(simulated, MODULE, range_last_modified=True))) == expected(sessions)


@pytest.mark.parametrize(
    ("limit", "cap"), [(10, None), (10, 3), (50, None), (400, None), (399, 7), (1000, 7)]
)
def test_max_results_gives_the_newest_sessions_and_no_more(simplehelp, limit, cap):
    simulated = simplehelp(company(), history_cap=cap)
    outcome = read(simulated, MODULE, max_results=limit)
    starts = sorted((session["start"] for session in simulated.site["history"]), reverse=True)
    assert len(ids(outcome)) == min(limit, 400)
    assert [session["start"] for session in outcome["sessions"]] == starts[:limit]
    assert (
        cap or limit > 400 or [entry.body["maxResults"] for entry in simulated.asked()] == [limit]
    )


# --- filters ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cap", [None, 9])
@pytest.mark.parametrize(
    ("options", "fits"),
    [
        ({"range_start": "1768000000000"}, lambda s: s["start"] >= 1768000000000),
        ({"range_end": "1768000000000"}, lambda s: s["start"] < 1768000000000),
        (
            {"range_start": 1767580440000, "range_end": 1768464000000},
            lambda s: 1767580440000 <= s["start"] < 1768464000000,
        ),
        (
            {"range_start": "2026-01-14T00:00:00Z", "range_end": "2026-01-15T01:00:00+01:00"},
            lambda s: 1768348800000 <= s["start"] < 1768435200000,
        ),
        (
            {
                "range_start": "2026-01-14T00:00:00Z",
                "range_end": "2026-01-15T01:00:00+01:00",
                "range_last_modified": True,
            },
            lambda s: 1768348800000 <= s["lastModified"] < 1768435200000,
        ),
        ({"text_filter": "flea collars"}, lambda s: "flea collars" in str(s)),
        (
            {"technician_name_filters": ["Anna Keller", "Former"]},
            lambda s: s["technicianName"] in ("Anna Keller", "Former Colleague"),
        ),
        ({"include_support_sessions": False}, lambda s: s["type"] != "Support"),
        ({"include_access_sessions": False}, lambda s: s["type"] != "Access"),
        (
            {"include_presentation_sessions": False, "include_access_sessions": False},
            lambda s: s["type"] == "Support",
        ),
        (
            {
                "include_presentation_sessions": False,
                "include_access_sessions": False,
                "include_support_sessions": False,
            },
            lambda s: False,
        ),
    ],
)
def test_only_sessions_that_pass_the_filters_are_read(simplehelp, options, fits, cap):
    simulated = simplehelp(company(), history_cap=cap)
    assert set(ids(read(simulated, MODULE, **options))) == expected(simulated.site["history"], fits)


def test_every_filter_of_the_document_is_sent_under_its_name(simplehelp):
    simulated = simplehelp()
    read(
        simulated,
        MODULE,
        range_start="1",
        range_end="2",
        range_last_modified=True,
        max_results=3,
        text_filter="label",
        technician_name_filters=["Anna"],
        group_filters=["Field Service", "Helpdesk"],
        machine_id_filters=["SG_4", "LDN-WHS-1"],
        include_support_sessions=False,
        include_access_sessions=True,
        include_presentation_sessions=False,
        search_until_session_id="H-1",
    )
    (asked,) = simulated.asked("history/list")
    assert asked.body == {
        "rangeStart": 1,
        "rangeEnd": 2,
        "rangeLastModified": True,
        "maxResults": 3,
        "textFilter": "label",
        "technicianNameFilters": ["Anna"],
        "groupFilters": [2, 1],
        "machineIDFilters": ["SG_4", "SG_1"],
        "includeSupportSessions": False,
        "includeAccessSessions": True,
        "includePresentationSessions": False,
        "searchUntilSessionID": "H-1",
    }


def test_filters_that_are_empty_choose_nothing_away(simplehelp):
    simulated = simplehelp(company())
    options = {
        "text_filter": "",
        "technician_name_filters": [],
        "group_filters": [],
        "machine_id_filters": [],
    }
    assert len(ids(read(simulated, MODULE, **options))) == 400
    assert {entry.query for entry in simulated.asked()} == {"history/list"}


def test_sessions_are_chosen_by_the_names_of_the_technicians_groups(simplehelp):
    simulated = simplehelp(company())
    members = {
        name
        for name, technician in simulated.site["technicians"].items()
        if {2, 7} & set(technician["groupIDs"])
    }
    found = ids(read(simulated, MODULE, group_filters=["Night Shift", "Helpdesk"]))
    assert set(found) == expected(
        simulated.site["history"], lambda session: session["technicianUsername"] in members
    )
    assert 0 < len(found) < 400
    assert len(simulated.asked("groups/list")) == 1


def test_sessions_are_chosen_by_machines_given_by_id_or_name(simplehelp):
    simulated = simplehelp(company())
    by_machine = {
        session["machine"]["machineID"]: session["machine"]["name"]
        for session in simulated.site["history"]
        if "machine" in session
    }
    (first, _name), (second, name) = [
        pair for pair in by_machine.items() if pair[1] != "RECEPTION"
    ][:2]
    found = ids(read(simulated, MODULE, machine_id_filters=[first, name]))
    assert set(found) == expected(
        simulated.site["history"],
        lambda s: s.get("machine", {}).get("machineID") in (first, second),
    )
    assert len(found) >= 2
    assert len(simulated.asked("machines/list")) == 1


def test_sessions_with_a_machine_that_was_removed_are_found_by_its_id_with_a_warning(
    simplehelp, capfd
):
    machine = {"machineID": "SG_77", "name": "GONE", "groups": []}
    simulated = simplehelp(with_history(history(1000, 2000, machine=machine) + history(3000)))
    outcome = read(simulated, MODULE, machine_id_filters=["SG_77"])
    assert ids(outcome) == ["H-1-2000", "H-0-1000"]
    # On the screen where another test has made this process a controller.
    assert "no machine with the ID or name 'SG_77'" in outcome.output + capfd.readouterr().err


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"group_filters": ["Helpdisk"]}, "There is no tech_group named 'Helpdisk'."),
        ({"machine_id_filters": ["RECEPTION"]}, "SG_3, SG_4"),
        ({"max_results": 0}, "max_results must be at least 1"),
        ({"max_results": -5}, "max_results must be at least 1"),
        (
            {"range_start": "2026-01-14T00:00:00"},
            "range_start must be milliseconds since 1970 or an ISO 8601 time with a time zone",
        ),
        ({"range_start": "2026-01-14"}, "not '2026-01-14'"),
        ({"range_end": "yesterday"}, "range_end must be"),
        ({"range_end": "-1"}, "range_end must be"),
        ({"range_end": -1}, "range_end must be"),
        ({"range_end": True}, "range_end must be"),
        ({"range_end": 1.5}, "range_end must be"),
        ({"range_end": ["1"]}, "range_end must be"),
        (
            {"range_start": "2026-01-14T00:00:00Z", "range_end": "2026-01-14T00:00:00Z"},
            "range_start must be before range_end.",
        ),
        ({"range_start": "2", "range_end": "1"}, "range_start must be before range_end."),
    ],
)
def test_options_that_make_no_sense_are_refused_before_the_history_is_asked_for(
    simplehelp, options, message
):
    simulated = simplehelp()
    assert message in simulated.refuse(MODULE, **options)
    assert simulated.asked("history/list") == []


# --- incremental ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("search_until", ["before", "including"])
@pytest.mark.parametrize("cap", [None, 4])
def test_a_run_returns_exactly_what_is_new_since_the_last_one(simplehelp, cap, search_until):
    simulated = simplehelp(company(), history_cap=cap, search_until=search_until)
    last = read(simulated, MODULE)["latest_session_id"]
    simulated.journal.clear()
    nothing = read(simulated, MODULE, search_until_session_id=last)
    assert (nothing["sessions"], nothing["latest_session_id"]) == ([], last)
    assert len(simulated.asked()) == {"before": 1, "including": 2}[search_until]
    new = history(*range(1768470000000, 1768470000030))
    simulated.site["history"] += new
    outcome = read(simulated, MODULE, search_until_session_id=last)
    assert set(ids(outcome)) == expected(new)
    assert outcome["latest_session_id"] == "H-29-1768470000029"
    assert (
        read(simulated, MODULE, search_until_session_id=outcome["latest_session_id"])["sessions"]
        == []
    )


class Searching:
    """A backend whose server searches the history of a span from its newest session on, and which
    tells what it was asked.

    It ends before the session that is searched until or after it (``including``), and may answer it
    though it lies outside of the span (``outside``).
    """

    session = None  # none is needed

    def __init__(self, sessions, cap, including, outside=False):
        self.sessions, self.cap, self.including, self.outside, self.asked = (
            sessions,
            cap,
            including,
            outside,
            [],
        )

    def ask(self, query, shape, body):
        """Answer as history/list does."""
        self.asked.append(body)
        moment, found = "lastModified" if body.get("rangeLastModified") else "start", []
        for session in sorted(self.sessions, key=itemgetter("start"), reverse=True):
            last = session["sessionID"] == body.get("searchUntilSessionID")
            within = body.get("rangeStart", 0) <= session[moment] < body.get("rangeEnd", 10**15)
            if within and (self.including or not last) or last and self.outside:
                found.append(session)
            if last and (within or self.outside):
                break
        return found[: min(self.cap, body["maxResults"])]


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize(("including", "outside"), [(False, False), (True, False), (True, True)])
@pytest.mark.parametrize("last_modified", [False, True])
def test_what_is_newer_is_read_completely_whether_or_not_the_session_searched_until_is_answered(
    seed, including, outside, last_modified
):
    chance = random.Random(seed)
    sessions = history(
        *(10 * number + chance.randrange(10) for number in range(1, chance.randrange(2, 60)))
    )
    for session in sessions:
        session["lastModified"] = session["start"] + chance.choice([1, 2, chance.randrange(1, 400)])
    # The last one: nothing is new.
    place = chance.choice([len(sessions) - 1, chance.randrange(len(sessions))])
    last = sessions[place]
    start = chance.choice([None, chance.randrange(1, 600)])
    server = Server(Searching(sessions, chance.choice([4, 10, 1000]), including, outside), {})
    options = {name: option.get("default") for name, option in HISTORY_SPEC.items()}
    options |= {
        "search_until_session_id": last["sessionID"],
        "range_last_modified": last_modified,
        "range_start": start and str(start),
    }
    found = read_history(server, options, False)
    moment = "lastModified" if last_modified else "start"
    fits = {
        session["sessionID"] for session in sessions if start is None or session[moment] >= start
    }
    new = {session["sessionID"] for session in sessions[place + 1 :]} & fits
    told = [session["session_id"] for session in found["sessions"]]
    assert new <= set(told) and len(told) == len(set(told)) and last["sessionID"] not in told
    if last["sessionID"] in fits or not last_modified:
        assert set(told) == new
    if not last_modified:
        assert len(server.backend.asked) <= len(new) + 3


@pytest.mark.parametrize("including", [False, True])
@pytest.mark.parametrize("last_modified", [False, True])
def test_a_run_with_nothing_new_after_one_session_of_a_long_history_reads_nothing(
    including, last_modified
):
    server = Server(Searching(history(*range(1000, 3000)), 1000, including), {})
    options = {name: option.get("default") for name, option in HISTORY_SPEC.items()}
    options |= {"search_until_session_id": "H-1999-2999", "range_last_modified": last_modified}
    assert read_history(server, options, False) == {
        "changed": False,
        "sessions": [],
        "latest_session_id": "H-1999-2999",
    }


@pytest.mark.parametrize("search_until", ["before", "including"])
def test_no_session_is_read_twice_by_runs_in_a_row_where_several_start_together(
    simplehelp, search_until
):
    simulated = simplehelp(with_history(history(1000, 2000, 2000, 2000)), search_until=search_until)
    first = read(simulated, MODULE)
    assert len(ids(first)) == 4
    second = read(simulated, MODULE, search_until_session_id=first["latest_session_id"])
    assert second["sessions"] == []


def test_a_search_until_a_session_that_the_server_does_not_know_reads_everything(simplehelp):
    simulated = simplehelp(company())
    assert len(ids(read(simulated, MODULE, search_until_session_id="H-0"))) == 400


def test_a_server_that_answers_the_session_searched_until_and_older_ones_does_no_harm(simplehelp):
    simulated = simplehelp()
    sessions = history(1000, 2000, 3000, 4000)
    simulated.inject(
        "history/list",
        "status",
        times=None,
        status=200,
        body=[sessions[place] for place in (2, 0, 3, 1)],
    )
    outcome = read(simulated, MODULE, search_until_session_id="H-1-2000", max_results=4)
    assert ids(outcome) == ["H-3-4000", "H-2-3000"]
    assert outcome["latest_session_id"] == "H-3-4000"


# --- the reading itself, against servers of every temper --------------------------------------------------------------


class Cutting:
    """A server that answers the sessions of a span in any order and, when there are too many, only
    some of them.
    """

    def __init__(self, sessions, moment, cap, choose):
        self.sessions, self.moment, self.cap, self.choose, self.requests = (
            sessions,
            moment,
            cap,
            choose,
            0,
        )

    def ask(self, start, end, count):
        """Answer at most ``count`` sessions, and at most ``cap``."""
        self.requests += 1
        fit = [
            s
            for s in self.sessions
            if (start is None or s[self.moment] >= start) and (end is None or s[self.moment] < end)
        ]
        cut = self.choose(fit)[: min(count, self.cap)]
        return arbitrary(cut)


def newest(moment):
    """Return a way to choose: those first whose ``moment`` is last."""
    return lambda sessions: sorted(sessions, key=itemgetter(moment), reverse=True)


def oldest(moment):
    """Return a way to choose: those first whose ``moment`` is first."""
    return lambda sessions: sorted(sessions, key=itemgetter(moment))


def arbitrary(sessions):
    """Choose without any order in time."""
    return sorted(sessions, key=lambda session: random.Random(session["sessionID"]).random())


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize(
    ("moment", "choose"),
    [
        ("start", newest("start")),
        ("lastModified", newest("start")),
        ("lastModified", newest("lastModified")),
        ("lastModified", oldest("lastModified")),
        ("lastModified", arbitrary),
    ],
)
def test_reading_is_complete_whichever_sessions_the_server_leaves_out(seed, moment, choose):
    chance = random.Random(seed)
    sessions = history(*(chance.randrange(100) for _number in range(chance.randrange(120))))
    for session in sessions:
        session["lastModified"] = session["start"] + chance.choice([0, 1, chance.randrange(100)])
    most = max((sum(s[moment] == other[moment] for s in sessions) for other in sessions), default=0)
    server = Cutting(sessions, moment, most + 1 + chance.randrange(20), choose)
    found = read_completely(server.ask, moment, None, None, None, newest_first=moment == "start")
    assert found.keys() == expected(sessions)
    assert server.requests <= 2 * len(sessions) + 3


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("moment", ["start", "lastModified"])
def test_reading_fails_rather_than_lose_a_session_where_the_server_gives_too_few_at_a_time(
    seed, moment
):
    chance = random.Random(seed)
    sessions = history(*(chance.randrange(8) for _number in range(40)))
    server = Cutting(sessions, moment, chance.randrange(1, 8), newest(moment))
    most = max(sum(s[moment] == other[moment] for s in sessions) for other in sessions)
    try:
        found = read_completely(
            server.ask, moment, None, None, None, newest_first=moment == "start"
        )
    except ServerError as exc:
        assert server.cap <= most
        assert f"never answers more than {server.cap} sessions" in str(exc)
    else:
        assert found.keys() == expected(sessions)


@pytest.mark.parametrize("newest_first", [True, False])
@pytest.mark.parametrize("heeded", ["neither", "rangeStart", "rangeEnd"])
def test_reading_ends_where_the_server_does_not_keep_to_the_span(heeded, newest_first):
    server = Cutting(
        history(*range(1000, 1010)), "start", 5 if heeded == "rangeStart" else 50, newest("start")
    )

    def ask(start, end, count):
        return server.ask(
            start if heeded == "rangeStart" else None, end if heeded == "rangeEnd" else None, count
        )

    if heeded == "rangeEnd" and newest_first:  # which is all that it takes
        assert len(read_completely(ask, "start", None, None, None, newest_first)) == 10
    else:
        with pytest.raises(ServerError, match="does not keep to the time span"):
            read_completely(ask, "start", None, None, None, newest_first)


@pytest.mark.parametrize("when", range(1, 9))
@pytest.mark.parametrize("moment", ["start", "lastModified"])
def test_a_session_that_is_modified_while_the_history_is_read_is_not_lost(moment, when):
    sessions = history(*range(1000, 1040))
    server = Cutting(sessions, moment, 10, newest(moment))

    def ask(start, end, count):
        answer = [dict(session) for session in server.ask(start, end, count)]
        if server.requests == when:
            sessions[0]["lastModified"] = 90_000
        return answer

    found = read_completely(ask, moment, None, None, None, newest_first=moment == "start")
    assert found.keys() == expected(sessions)


@pytest.mark.parametrize("moment", ["start", "lastModified"])
def test_reading_is_complete_while_every_request_finds_another_session_modified(moment):
    sessions = history(*range(1000, 1060))
    server = Cutting(sessions, moment, 10, newest(moment))

    def ask(start, end, count):
        answer = [dict(session) for session in server.ask(start, end, count)]
        if server.requests < 60:
            sessions[server.requests]["lastModified"] = 90_000 + server.requests
        return answer

    found = read_completely(ask, moment, None, None, None, newest_first=moment == "start")
    assert found.keys() == expected(sessions)


@pytest.mark.parametrize("newest_first", [True, False])
@pytest.mark.parametrize("each", [1, 100, 1000])
def test_a_history_that_does_not_come_to_an_end_is_given_up(newest_first, each):
    asked, numbers = [], count()

    def ask(start, end, most):
        asked.append((start, end))
        newest = 10**12 if end is None else end - 1
        return [
            {"sessionID": str(next(numbers)), "start": newest - number % 2}
            for number in range(each)
        ]

    with pytest.raises(ServerError, match="history/list does not come to an end: .*Narrow it down"):
        read_completely(ask, "start", None, None, None, newest_first)
    assert len(asked) <= 5000

"""One session is found by what the user calls it, started once whatever happens on the way, and its
one-time password is shown only where asked for.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import secrets

import pytest

from tests.unit.fastx_servers import USERNAME
from tests.unit.simulated import read_diff

START, FROM_BOOKMARK, SHORTCUT = (
    "/v3/api/session/start",
    "/v3/api/session/start/bookmark",
    "/v3/api/session/shortcut",
)
PARAMS, CONNECT, TERMINATE, LIST = (
    "/v3/api/session/params",
    "/v3/api/session/connect",
    "/v3/api/session/terminate",
    "/v3/api/session/list",
)


def own(simulated, **params) -> list[dict]:
    """Return the user's sessions that have all these parameters."""
    return [
        each
        for each in simulated.site["sessions"]
        if each["login"] == USERNAME and params.items() <= each["params"].items()
    ]


# --- Started once -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "query"),
    [
        ({"id": "render", "command": "render"}, START),
        ({"name": "render", "command": "render"}, START),
        ({"shortcut": "cad"}, SHORTCUT),
    ],
)
@pytest.mark.parametrize("kind", ["reset_before", "reset_after", "truncated", "malformed", "html"])
@pytest.mark.parametrize("duplicate_id", ["error", "second"])
def test_a_session_whose_start_was_not_answered_is_looked_up_and_there_is_one(
    fastx, options, query, kind, duplicate_id
):
    simulated = fastx(duplicate_id=duplicate_id)
    simulated.inject(query, kind)
    before = len(own(simulated))
    outcome = simulated.expect("fastx_session", **options, wait_timeout=0, retries=1)
    assert outcome["changed"] is True and len(own(simulated)) == before + 1
    assert len(simulated.asked(query)) == (
        1 if kind in ("reset_after", "truncated", "malformed") else 2
    )
    assert simulated.expect("fastx_session", **options)["changed"] is False


@pytest.mark.parametrize("kind", ["reset_after", "truncated", "malformed"])
def test_a_session_of_a_bookmark_whose_start_was_not_answered_is_the_only_new_one_with_its_command(
    fastx, kind
):
    simulated = fastx()
    simulated.inject(FROM_BOOKMARK, kind)
    outcome = simulated.expect("fastx_session", bookmark="term", name="Third terminal", retries=1)
    assert [each["id"] for each in own(simulated, name="Third terminal")] == [
        outcome["session"]["id"]
    ]
    assert (
        simulated.expect("fastx_session", bookmark="term", name="Third terminal")["changed"]
        is False
    )
    assert len(simulated.asked(FROM_BOOKMARK)) == 1


def test_a_session_of_a_bookmark_is_never_started_twice(fastx):
    simulated = fastx()
    simulated.inject(FROM_BOOKMARK, "reset_before", times=None)
    outcome = simulated.run("fastx_session", bookmark="term", wait_timeout=0, retries=3)
    assert outcome.failed and "unknown" in outcome["msg"] and outcome["changed"] is True
    assert len(simulated.asked(FROM_BOOKMARK)) == 1


def test_a_session_whose_id_somebody_took_in_the_meantime_is_taken_for_ours(fastx):
    simulated = fastx()
    simulated.lies = True
    simulated.inject(LIST, "status", status=200, body={"result": []})
    assert (
        simulated.expect("fastx_session", id="nightly", command="/opt/cad/run")["session"]["id"]
        == "nightly"
    )
    assert len(own(simulated)) == 3


def test_an_id_that_another_user_has_taken_is_refused(fastx):
    simulated = fastx()
    outcome = simulated.run("fastx_session", id="s-4", command="xterm")
    assert (
        outcome.failed
        and "A session with this id exists" in outcome["msg"]
        and outcome["changed"] is False
    )


def test_a_session_that_takes_its_time_to_start_is_waited_for(fastx):
    simulated = fastx(start_delay=0.2)
    simulated.server.clock.speed = 1
    simulated.lies = True  # its clock runs, so that no two looks at it are the same
    outcome = simulated.expect(
        "fastx_session", id="render", command="render", params={"project": "A1"}
    )
    assert outcome["session"]["params"] == {"project": "A1"}
    assert len(simulated.asked(START)) == 1 and len(simulated.asked(LIST)) > 2


def test_a_session_that_does_not_appear_in_time_is_a_failure_that_says_how_long_it_was_waited_for(
    fastx,
):
    simulated = fastx(start_delay=3600)
    outcome = simulated.run("fastx_session", id="render", command="render", wait_timeout=0.1)
    assert outcome.failed and "does not list the session within 0.1 s" in outcome["msg"]
    assert len(simulated.asked(START)) == 1


# --- What it is called ------------------------------------------------------------------------------------------------


def test_a_session_that_is_started_by_its_name_has_an_id_of_our_choice(fastx):
    simulated = fastx()
    ids = [
        simulated.expect("fastx_session", name=name, command="xterm")["session"]["id"]
        for name in ("one", "two")
    ]
    assert [entry.body["id"] for entry in simulated.asked(START)] == ids and ids[0] != ids[1]


def test_a_session_of_a_bookmark_is_called_like_it_if_nothing_else_is_said(fastx):
    simulated = fastx(bookmark_start="unmarked")
    for _time in (1, 2):
        simulated.expect("fastx_session", bookmark="desktop")
    (session,) = own(simulated, name="desktop")
    assert session["command"] == "gnome-session"
    assert len(simulated.asked(FROM_BOOKMARK)) == 1


@pytest.mark.parametrize("bookmark_start", ["unmarked", "shortcut"])
def test_bookmark_and_shortcut_are_two_ways_to_have_two_sessions(fastx, bookmark_start):
    simulated = fastx(bookmark_start=bookmark_start)
    simulated.expect("fastx_session", shortcut="term")
    simulated.expect("fastx_session", bookmark="term", params={"shortcut": ""})
    assert simulated.expect("fastx_session", shortcut="term")["changed"] is False
    assert simulated.expect("fastx_session", bookmark="term")["changed"] is False
    assert len(own(simulated)) == 5


def test_a_shortcut_that_the_server_does_not_note_is_noted_by_us(fastx):
    simulated = fastx()
    session = simulated.expect("fastx_session", shortcut="term")["session"]["id"]
    simulated.expect("fastx_session", id=session, params={"shortcut": ""})
    simulated.site["sessions"][-1]["params"].pop("shortcut", None)
    # As of a server that knows by other means.
    simulated.inject(SHORTCUT, "status", status=200, body={"result": {"id": session}})
    simulated.lies = True
    assert simulated.expect("fastx_session", shortcut="term")["changed"] is True
    assert [each["id"] for each in own(simulated, shortcut="term")] == [session]
    assert simulated.expect("fastx_session", shortcut="term")["changed"] is False


def test_a_history_entry_can_be_started_too(fastx):
    simulated = fastx()
    assert (
        simulated.expect("fastx_session", bookmark="h-1", name="Editor")["session"]["command"]
        == "gvim"
    )


def test_what_was_started_and_could_not_be_given_its_name_is_told_with_its_id(fastx):
    simulated = fastx()
    simulated.inject(PARAMS, "refuse", reason="no names today")
    outcome = simulated.run("fastx_session", bookmark="term", name="Third terminal")
    session = simulated.site["sessions"][-1]["id"]
    assert outcome.failed and outcome["changed"] is True
    assert session in outcome["msg"] and "no names today" in outcome["msg"]
    assert outcome["failed_changes"][0]["action"] == "create"


def test_a_new_name_is_given_to_a_session_that_is_found_by_its_id(fastx):
    simulated = fastx()
    assert simulated.expect("fastx_session", id="s-2", name="Left terminal")["session"][
        "params"
    ] == {"name": "Left terminal"}
    assert (
        simulated.expect("fastx_session", name="Terminal", params={"side": "right"})["session"][
            "id"
        ]
        == "s-3"
    )


def test_purging_keeps_what_sessions_are_found_by(fastx):
    simulated = fastx()
    outcome = simulated.expect("fastx_session", id="nightly", purge_params=True)
    assert outcome["session"]["params"] == {"name": "CAD nightly"}
    assert read_diff(outcome["diff"]) == {
        "before": {"session nightly": {"params": {"project": "A1"}}},
        "after": {"session nightly": {"params": {}}},
    }
    assert simulated.journal.writes[0].body == {"id": "nightly", "params": {"project": ""}}


def test_the_size_of_a_session_that_runs_is_left_alone(fastx):
    assert (
        fastx().expect("fastx_session", id="nightly", command="/opt/cad/run", geometry="800x600")[
            "changed"
        ]
        is False
    )


# --- Ended and left ---------------------------------------------------------------------------------------------------


def test_ending_a_session_that_is_not_there_changes_nothing(fastx):
    simulated = fastx()
    for options in (
        {"id": "nobody"},
        {"name": "nobody"},
        {"bookmark": "nobody"},
        {"shortcut": "cad"},
    ):
        assert simulated.expect("fastx_session", **options, state="terminated")["changed"] is False
    assert simulated.wrote() == []


def test_a_session_that_somebody_else_has_ended_meanwhile_is_ended(fastx):
    simulated = fastx()
    simulated.lies = True
    everything = [{"id": "gone", "command": "x", "params": {}}]
    simulated.inject(LIST, "status", status=200, body={"result": everything})
    assert simulated.expect("fastx_session", id="gone", state="terminated")["changed"] is True
    assert simulated.asked(TERMINATE)


def test_a_session_that_does_not_end_is_a_failure(fastx):
    simulated = fastx()
    simulated.inject(TERMINATE, "ignored")
    outcome = simulated.run("fastx_session", id="nightly", state="terminated", wait_timeout=0)
    assert (
        outcome.failed
        and "still lists the session" in outcome["msg"]
        and outcome["changed"] is False
    )


def test_a_session_to_which_nobody_is_connected_is_not_asked_to_let_anybody_go(fastx):
    simulated = fastx()
    assert simulated.expect("fastx_session", id="s-2", state="disconnected")["changed"] is False
    assert simulated.wrote() == []


# --- The one-time password --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "options",
    [
        {"id": "render", "command": "render"},
        {"bookmark": "cad"},
        {"shortcut": "cad"},
        {"id": "nightly"},
        {"name": "CAD nightly"},
    ],
)
def test_the_one_time_password_is_returned_where_it_is_asked_for_and_nowhere_else(fastx, options):
    simulated = fastx()
    foretold = simulated.expect("fastx_session", True, **options, return_connection=True)
    assert "connection" not in foretold.result
    simulated.reveals = True
    outcome = simulated.expect("fastx_session", **options, return_connection=True)
    (session,) = [
        each for each in simulated.site["sessions"] if each["id"] == outcome["session"]["id"]
    ]
    assert outcome["connection"] == {
        "id": session["id"],
        "login": USERNAME,
        "geometry": session["geometry"],
        "window_mode": "desktop",
        "port": session["port"],
        "password": session["one_time_password"],
        "params": outcome["connection"]["params"],
    }
    assert outcome.output.count(session["one_time_password"]) == 1
    assert (foretold["changed"], foretold["changes"], foretold["diff"]) == (
        True,
        outcome["changes"],
        outcome["diff"],
    )
    assert [change["action"] for change in outcome["changes"]] == ["create", "connect"][
        -len(outcome["changes"]) :
    ]
    simulated.reveals = False
    assert "connection" not in simulated.expect("fastx_session", **options).result


def test_a_session_that_runs_is_connected_to_on_every_run(fastx):
    simulated = fastx()
    simulated.reveals = True
    passwords = {
        simulated.expect("fastx_session", id="nightly", return_connection=True)["connection"][
            "password"
        ]
        for _time in (1, 2)
    }
    assert len(passwords) == 2 and simulated.wrote() == [CONNECT, CONNECT]


@pytest.mark.parametrize("kind", ["reset_before", "reset_after", "malformed"])
def test_connecting_of_which_nobody_knows_whether_it_was_done_is_reported_and_not_sent_twice(
    fastx, kind
):
    simulated = fastx()
    simulated.inject(CONNECT, kind, times=None)
    outcome = simulated.run(
        "fastx_session", id="nightly", params={"project": "A2"}, return_connection=True, retries=3
    )
    assert outcome.failed and "unknown" in outcome["msg"] and outcome["changed"] is True
    assert [change["action"] for change in outcome["changes"]] == ["update"]
    assert outcome["failed_changes"][0]["action"] == "connect"
    assert len(simulated.asked(CONNECT)) == 1


def test_a_start_whose_answer_is_lost_is_followed_by_connecting_for_the_password(fastx):
    simulated = fastx()
    simulated.reveals = True
    simulated.inject(START, "reset_after")
    outcome = simulated.expect(
        "fastx_session", id="render", command="render", return_connection=True, retries=1
    )
    assert outcome["connection"]["password"] and simulated.wrote() == [START, CONNECT]


@pytest.mark.parametrize(
    "body", ['{"result": {}}', '{"result": {"password": null}}', '{"result": {"password": 5}}']
)
def test_an_answer_without_a_password_is_told(fastx, body):
    simulated = fastx()
    simulated.inject(CONNECT, "status", status=200, body=body)
    outcome = simulated.run("fastx_session", id="nightly", return_connection=True)
    assert (
        outcome.failed
        and "without a one-time password" in outcome["msg"]
        and outcome["changed"] is True
    )


@pytest.mark.parametrize("return_connection", [False, True])
def test_a_one_time_password_that_the_server_repeats_is_masked(
    fastx, monkeypatch, return_connection
):
    simulated, original = fastx(), secrets.token_urlsafe
    monkeypatch.setattr(
        "secrets.token_urlsafe",
        lambda size: "the-one-time-password" if size == 12 else original(size),
    )
    simulated.inject(PARAMS, "refuse", reason="not with the-one-time-password")
    outcome = simulated.run(
        "fastx_session", bookmark="term", params={"a": "b"}, return_connection=return_connection
    )
    assert (
        outcome.failed
        and "not with" in outcome["msg"]
        and simulated.server.passwords_given == {"the-one-time-password"}
    )

"""Messages, toolbox items and notes: sent once, seen among the session's events, and a note never
added twice.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest

from tests.unit.screenconnect_servers import OFFICE, PRESS, WEB

ACTIONS = [
    (
        "screenconnect_message",
        {"text": "It's lunch.", "by_host": "Anna"},
        "SendMessageToSession",
        45,
    ),
    (
        "screenconnect_toolbox_item",
        {"toolbox_item": "Collect Logs"},
        "SendToolboxItemToSession",
        47,
    ),
    ("screenconnect_note", {"note": "Moved.\nTo hall 4."}, "AddNoteToSession", 32),
]
each_action = pytest.mark.parametrize(("module", "options", "method", "kind"), ACTIONS)
SESSIONS = {"sessions": ["web-1", "PRESS-01"]}


def events(simulated, identifier, kind) -> list[str]:
    """Return the data of the session's events of a kind."""
    return [
        event["Data"]
        for event in simulated.site["sessions"][identifier]["events"]
        if event["EventType"] == kind
    ]


@each_action
@pytest.mark.parametrize("version", ["22.3", "24.3.7"])
def test_it_is_done_on_all_sessions_and_only_foretold_in_check_mode(
    screenconnect, module, options, method, kind, version
):
    simulated = screenconnect(server_version=version)
    foretold = simulated.expect(module, True, **SESSIONS, **options)
    assert simulated.wrote() == []
    real = simulated.expect(module, **SESSIONS, **options)
    assert foretold["changed"] is real["changed"] is True
    assert foretold["changes"] == real["changes"] and foretold["sessions"] == real["sessions"]
    assert [session["id"] for session in real["sessions"]] == [WEB, PRESS]
    assert simulated.wrote() == [method] * 2
    for identifier in (WEB, PRESS):
        assert events(simulated, identifier, kind) == [next(iter(options.values()))]


@pytest.mark.parametrize(("module", "options", "method", "kind"), ACTIONS[:2])
def test_it_is_done_again_by_the_next_run(screenconnect, module, options, method, kind):
    simulated = screenconnect()
    for number in (1, 2):
        simulated.expect(module, **SESSIONS, **options)
        assert len(events(simulated, WEB, kind)) == number


def test_a_message_says_from_whom_it_is(screenconnect):
    simulated = screenconnect()
    simulated.expect("screenconnect_message", sessions=["web-1"], text="Hello")
    simulated.expect("screenconnect_message", sessions=["web-1"], text="Hello", by_host="Anna")
    assert [entry.body for entry in simulated.asked("SendMessageToSession")] == [
        [WEB, "Ansible", "Hello"],
        [WEB, "Anna", "Hello"],
    ]


@each_action
@pytest.mark.parametrize("fault", ["reset_after", "truncated", "malformed"])
def test_one_that_was_done_although_no_answer_came_is_found_and_not_sent_again(
    screenconnect, module, options, method, kind, fault
):
    simulated = screenconnect()
    simulated.inject(method, fault, times=None)
    outcome = simulated.run(module, sessions=["web-1"], **options, retries=3)
    assert not outcome.failed, outcome["msg"]
    assert simulated.wrote() == [method] and len(events(simulated, WEB, kind)) == 1


@each_action
@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "reset_before"},
        {"kind": "status", "status": 500},
        {"kind": "html"},
        {"kind": "ignored"},
    ],
)
def test_one_of_which_there_is_no_sign_is_reported_and_not_sent_again(
    screenconnect, module, options, method, kind, fault
):
    simulated = screenconnect()
    simulated.inject(method, times=None, **fault)
    outcome = simulated.run(module, sessions=["web-1"], **options, retries=3)
    assert outcome.failed and outcome["changed"] is True
    assert "no sign" in outcome["msg"] and method in outcome["msg"]
    assert simulated.wrote() == [method] and events(simulated, WEB, kind) == []


@each_action
def test_one_that_cannot_be_looked_up_is_reported_as_unknown(
    screenconnect, module, options, method, kind
):
    simulated = screenconnect()
    simulated.inject("GetSessionDetailsBySessionID", "status", status=500, times=None, after=1)
    outcome = simulated.run(module, sessions=["web-1"], **options)
    assert outcome.failed and outcome["changed"] is True and "unknown" in outcome["msg"]


@each_action
def test_a_failure_on_one_session_keeps_the_others_from_nothing(
    screenconnect, module, options, method, kind
):
    simulated = screenconnect()
    simulated.inject(method, "status", status=400)
    outcome = simulated.run(module, **SESSIONS, **options, connections=1)
    assert (
        outcome.failed
        and "1 of 2 sessions" in outcome["msg"]
        and "web-1" in outcome["msg"]
        and "400" in outcome["msg"]
    )
    assert [session["changed"] for session in outcome["sessions"]] == [False, True]
    assert [change["name"] for change in outcome["changes"]] == ["PRESS-01"]


@each_action
def test_an_empty_text_is_refused_without_a_request(screenconnect, module, options, method, kind):
    simulated = screenconnect()
    option = next(iter(options))
    assert option in simulated.refuse(module, sessions=["web-1"], **{option: " "})
    assert simulated.journal.entries == []


@pytest.mark.parametrize("unknown", ["silent", "error"])
def test_an_item_that_the_toolbox_does_not_know_is_a_failure(screenconnect, unknown):
    simulated = screenconnect(unknown_toolbox_item=unknown)
    outcome = simulated.run(
        "screenconnect_toolbox_item", sessions=["web-1"], toolbox_item="No Such Thing"
    )
    assert outcome.failed and "SendToolboxItemToSession" in outcome["msg"]
    assert events(simulated, WEB, 47) == []


# --- Notes ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("notes", ["newest", "all", "absent"])
def test_a_note_is_added_once(screenconnect, notes):
    simulated = screenconnect(notes_attribute=notes)
    simulated.expect(
        "screenconnect_note", sessions=["web-1", "OFFICE-3"], note="Moved.\nTo hall 4."
    )
    for check, note in ((True, "Moved.\nTo hall 4."), (False, "Moved.\r\nTo hall 4.\n")):
        outcome = simulated.expect(
            "screenconnect_note", check, sessions=["web-1", "OFFICE-3"], note=note
        )
        assert (outcome["changed"], outcome["changes"]) == (False, [])
    outcome = simulated.expect(
        "screenconnect_note", sessions=["web-1", "PRESS-01"], note="Moved.\nTo hall 4."
    )
    assert [session["changed"] for session in outcome["sessions"]] == [False, True]
    assert events(simulated, WEB, 32) == events(simulated, OFFICE, 32) == ["Moved.\nTo hall 4."]


def test_the_newest_note_is_found_where_its_event_is_not_shown_any_more(screenconnect):
    simulated = screenconnect(events_shown=1)
    simulated.expect("screenconnect_note", sessions=["web-1"], note="Moved.")
    # Of which the newest event shows that the guest has it.
    simulated.expect("screenconnect_message", sessions=["web-1"], text="x")
    assert (
        simulated.expect("screenconnect_note", sessions=["web-1"], note="Moved.")["changed"]
        is False
    )


def test_a_part_of_a_note_is_another_note(screenconnect):
    simulated = screenconnect()
    simulated.expect("screenconnect_note", sessions=["web-1"], note="Moved to hall 4.")
    assert (
        simulated.expect("screenconnect_note", sessions=["web-1"], note="Moved")["changed"] is True
    )


def test_an_extension_without_notes_is_told(screenconnect):
    outcome = screenconnect(extension_version="1.0.5").run(
        "screenconnect_note", sessions=["web-1"], note="Moved."
    )
    assert outcome.failed and "1.0.6" in outcome["msg"]

"""Sessions: which one is meant, made once whatever the server shows, properties that stay, and what
cannot change.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from itertools import product

import pytest

from tests.unit.documented import fragments
from tests.unit.plugins.modules.conformance_screenconnect import CASES
from tests.unit.plugins.modules.test_switches import all_pairs, live
from tests.unit.screenconnect_servers import (
    MEETING,
    OTHER_RECEPTION,
    PRESS,
    RECEPTION,
    SUPPORT,
    WEB,
    small_screenconnect,
)
from tests.unit.simulated import read_diff

NEW = {"name": "PRESS-07", "type": "access"}
PROPERTIES = {"Site": 1, "Department": 2}


def made(simulated, name="PRESS-07") -> int:
    """Return how many sessions of a name the server has."""
    return sum(session["Name"] == name for session in simulated.site["sessions"].values())


# --- Which one is meant -----------------------------------------------------------------------------------------------


def test_a_name_that_several_sessions_of_a_type_have_is_refused_with_the_candidates(screenconnect):
    message = screenconnect().refuse(
        "screenconnect_session", name="Reception", type="access", custom_properties={"1": "x"}
    )
    assert RECEPTION in message and OTHER_RECEPTION in message
    message = screenconnect().refuse(
        "screenconnect_config", config={"session": [{"name": "Reception", "type": "access"}]}
    )
    assert RECEPTION in message and OTHER_RECEPTION in message


def test_sessions_of_one_name_and_of_different_types_are_different_sessions(screenconnect):
    simulated = screenconnect()
    simulated.expect("screenconnect_session", name="web-1", type="meeting")
    assert made(simulated, "web-1") == 2
    assert (
        simulated.expect("screenconnect_session", name="web-1", type="access")["session"]["id"]
        == WEB
    )


def test_one_that_is_named_after_its_machine_is_found_by_that_name_and_not_made_again(
    screenconnect,
):
    simulated = screenconnect()
    outcome = simulated.expect("screenconnect_session", name="PRESS-01", type="access")
    assert (outcome["changed"], outcome["session"]["id"]) == (False, PRESS)


def test_an_own_name_counts_more_than_that_of_the_machine(screenconnect):
    simulated = screenconnect()
    assert (
        simulated.expect("screenconnect_session", True, name="REC-A", type="access")["changes"][0][
            "action"
        ]
        == "create"
    )


@pytest.mark.parametrize("case", ["exact", "ignore_case"])
def test_a_name_that_differs_in_case_is_another_name(screenconnect, case):
    simulated = screenconnect(text_comparison=case)
    assert (
        simulated.expect("screenconnect_session", True, name="WEB-1", type="access")["changes"][0][
            "action"
        ]
        == "create"
    )


def test_a_session_that_has_ended_is_not_there_any_more(screenconnect):
    site = small_screenconnect()
    site["sessions"][WEB]["IsEnded"] = True
    simulated = screenconnect(site)
    assert (
        simulated.expect("screenconnect_session", True, name="web-1", type="access")["changes"][0][
            "action"
        ]
        == "create"
    )
    assert "no session with id" in simulated.refuse("screenconnect_session", id=WEB, name="web-2")
    assert "web-1" not in str(simulated.expect("screenconnect_config_info")["config"])


def test_an_identifier_takes_one_request_to_read_and_no_list(screenconnect):
    simulated = screenconnect()
    simulated.expect("screenconnect_session", id=WEB, custom_properties={"2": "IT"})
    assert [entry.query for entry in simulated.asked()] == ["GetSessionBySessionID"]


@pytest.mark.parametrize(
    "options", [{"name": "Printer at gate 3", "type": "support"}, {"name": "Printer at gate 3"}]
)
def test_a_session_is_not_given_the_name_of_another_of_its_type(screenconnect, options):
    site = small_screenconnect()
    site["sessions"][MEETING]["SessionType"] = "Support"
    message = screenconnect(site).refuse("screenconnect_session", id=MEETING, **options)
    assert "Printer at gate 3" in message
    assert "Printer at gate 3" in screenconnect(site).refuse(
        "screenconnect_config", config={"session": [{"id": MEETING, **options}]}
    )


# --- Made once --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["GetSessionsByFilter", "GetSessionsByName", "*"])
def test_an_overloaded_server_that_answers_nothing_does_not_lead_to_a_second_session(
    screenconnect, method
):
    simulated = screenconnect()
    simulated.inject(method, "empty_list")
    assert (
        simulated.expect("screenconnect_session", name="web-1", type="access")["changed"] is False
    )
    simulated.inject(method, "empty_list")
    assert (
        simulated.expect("screenconnect_session", name="PRESS-01", type="access")["changed"]
        is False
    )


def test_an_overloaded_server_does_not_lead_to_a_second_session_from_a_document(screenconnect):
    simulated = screenconnect()
    document = {
        "session": [{"name": "web-1", "type": "access"}, {"name": "PRESS-01", "type": "access"}]
    }
    simulated.inject("GetSessionsByFilter", "empty_list")
    assert simulated.expect("screenconnect_config", config=document)["changed"] is False
    simulated.inject("GetSessionsByFilter", "empty_list", times=2)
    assert "not to be trusted" in simulated.refuse("screenconnect_config", config=document)


@pytest.mark.parametrize("answer", ["session", "id_object", "id", "array"])
@pytest.mark.parametrize("reads", [0, 1, 4])
def test_a_session_that_is_seen_late_is_waited_for(screenconnect, answer, reads):
    simulated = screenconnect(created_answer=answer, eventual_reads=reads)
    outcome = simulated.expect("screenconnect_session", **NEW, custom_properties={"1": "Plant A"})
    assert outcome["session"]["custom_properties"]["1"] == "Plant A"
    simulated.expect(
        "screenconnect_config",
        config={"session": [{"name": f"N{number}", "type": "access"} for number in range(3)]},
    )
    assert [made(simulated, name) for name in ("PRESS-07", "N0", "N1", "N2")] == [1, 1, 1, 1]


@pytest.mark.parametrize("kind", ["reset_after", "truncated", "malformed"])
@pytest.mark.parametrize("reads", [0, 3])
def test_one_that_was_made_although_no_answer_came_is_found_and_not_made_twice(
    screenconnect, kind, reads
):
    simulated = screenconnect(eventual_reads=reads)
    simulated.inject("CreateSession", kind)
    outcome = simulated.run("screenconnect_session", **NEW)
    assert not outcome.failed, outcome["msg"]
    assert simulated.wrote() == ["CreateSession"] and made(simulated) == 1


def test_one_that_the_server_failed_to_make_is_looked_for_and_reported_and_made_by_the_next_run(
    screenconnect,
):
    simulated = screenconnect()
    simulated.inject("CreateSession", "refuse", reason="The licence is used up")
    outcome = simulated.run("screenconnect_session", **NEW)
    assert outcome.failed and "CreateSession" in outcome["msg"] and "500" in outcome["msg"]
    simulated.expect("screenconnect_session", **NEW)
    assert made(simulated) == 1


def test_a_name_that_is_refused_after_the_properties_were_written_is_a_change(screenconnect):
    simulated = screenconnect()
    simulated.inject("UpdateSessionName", "status", status=400, times=None)
    outcome = simulated.run(
        "screenconnect_session", id=WEB, name="web-9", custom_properties={"1": "Plant Z"}, retries=1
    )
    assert outcome.failed and outcome["changed"] is True
    assert (
        "UpdateSessionName" in outcome["msg"]
        and "custom properties had been changed" in outcome["msg"]
    )
    assert (
        simulated.site["sessions"][WEB]["Name"] == "web-1"
        and simulated.site["sessions"][WEB]["CustomPropertyValues"][0] == "Plant Z"
    )


@pytest.mark.parametrize(
    ("wire", "option"),
    [("integer", "number"), ("both", "number"), ("name", "name"), ("both", "name")],
)
def test_the_type_is_sent_as_the_option_says(screenconnect, wire, option):
    simulated = screenconnect(session_type_wire=wire)
    for kind in ("access", "support", "meeting"):
        simulated.expect("screenconnect_session", name="x", type=kind, session_type_wire=option)
    assert made(simulated, "x") == 3


def test_a_wrong_spelling_of_the_type_is_never_silent(screenconnect):
    simulated = screenconnect(session_type_wire="name", expected_violations=("SessionType",))
    assert (
        "CreateSession"
        in simulated.run("screenconnect_session", **NEW, session_type_wire="number")["msg"]
    )
    assert made(simulated) == 0


# --- Custom properties ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", ["by_method", "array", "object", "both"])
@pytest.mark.parametrize("short", ["pad", "keep", "refuse"])
def test_changing_one_property_keeps_the_other_seven(screenconnect, shape, short):
    simulated = screenconnect(custom_properties_shape=shape, short_arrays=short)
    simulated.expect(
        "screenconnect_session", name="PRESS-01", type="access", custom_properties={"2": "Line 9"}
    )
    assert simulated.site["sessions"][PRESS]["CustomPropertyValues"] == [
        "Plant A",
        "Line 9",
        "",
        "",
        "HF-1",
        "",
        "",
        "",
    ]
    (entry,) = simulated.asked("UpdateSessionCustomProperties")
    assert len(entry.body[1]) == 8


def test_properties_are_told_by_their_names_everywhere(screenconnect):
    simulated = screenconnect()
    outcome = simulated.expect(
        "screenconnect_session",
        id=WEB,
        custom_properties={"Site": "Plant B"},
        property_names=PROPERTIES,
    )
    rest = {str(number): "" for number in range(3, 9)}
    assert outcome["session"]["custom_properties"] == {
        "Site": "Plant B",
        "Department": "IT",
        **rest,
    }
    assert read_diff(outcome["diff"])["before"] == {
        "session web-1/access": {"custom_properties": {"Site": "Plant A"}}
    }
    assert outcome["changes"][0]["fields"] == ["custom_properties.Site"]
    sessions = simulated.expect("screenconnect_session_info", ids=[WEB], property_names=PROPERTIES)[
        "sessions"
    ]
    assert sessions[0]["custom_properties"]["Department"] == "IT"


# --- What cannot be ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"id": SUPPORT, "code": "999"}, "code"),
        ({"name": "web-1", "type": "access", "is_public": True}, "is_public"),
        ({"id": WEB, "type": "meeting"}, "type"),
    ],
)
def test_what_cannot_change_later_is_refused_before_anything_is_sent(screenconnect, options, word):
    for check in (True, False):
        message = screenconnect().refuse("screenconnect_session", check, **options)
        assert word in message and "cannot be changed" in message


def test_what_cannot_change_and_need_not_is_no_reason_to_refuse(screenconnect):
    simulated = screenconnect()
    outcome = simulated.expect(
        "screenconnect_session",
        id=SUPPORT,
        code="480213",
        is_public=False,
        type="support",
        name="Printer at gate 3",
    )
    assert outcome["changed"] is False


def test_a_session_cannot_be_removed_and_no_option_pretends_so(screenconnect):
    assert "state" in screenconnect().refuse(
        "screenconnect_session", name="web-1", type="access", state="absent"
    )
    assert not any("state" in fragment for fragment in fragments("screenconnect_session"))


# --- Servers of all kinds ---------------------------------------------------------------------------------------------

# The switches of the simulator that a module of objects can notice.
VALUES = {
    "error_body": ("html", "json"),
    "void_result": ("empty", "null"),
    "created_answer": ("session", "id_object", "id", "array"),
    "custom_properties_shape": ("by_method", "array", "object", "both"),
    "empty_fields": ("shown", "absent", "null"),
    "short_arrays": ("pad", "keep", "refuse"),
    "eventual_reads": (0, 2),
    "text_comparison": ("exact", "ignore_case"),
    "guest_count": ("details", "never", "always"),
}
PAIRS = all_pairs(VALUES)


@pytest.mark.parametrize(
    ("case", "switches"),
    list(product((CASES[0], CASES[-1]), PAIRS)),
    ids=lambda value: getattr(value, "name", "").replace("/", ".") or str(PAIRS.index(value)),
)
def test_a_session_lives_its_life_on_any_kind_of_server(servers, case, switches):
    live(case.start(servers, **switches), case)

"""Servers that fail, lie, or are something else: a clear error in the user's words, nothing
changed, the secret nowhere.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
from urllib.parse import quote

import pytest

from tests.unit.plugins.modules.least_screenconnect import FIRST, LEAST
from tests.unit.screenconnect_servers import ORIGIN, SECRET, WEB

every_module = pytest.mark.parametrize("module", LEAST)
RECORD = {"SessionID": WEB, "Name": "web-1", "SessionType": 2, "CustomPropertyValues": [""] * 8}


def failure(simulated, module, **options) -> str:
    """Run a module that must fail with nothing changed, and return its message."""
    held = simulated.server.dump()
    outcome = simulated.run(module, **{**LEAST[module], **options})
    assert outcome.failed, outcome.output
    assert simulated.server.dump() == held
    assert outcome["changed"] is False
    return outcome["msg"]


@every_module
def test_a_wrong_secret_is_told_and_not_shown_and_not_tried_again(screenconnect, module):
    simulated = screenconnect()
    message = failure(simulated, module, auth_secret="wr0ng/s%cret+", retries=3)
    assert "auth_secret" in message and "401" in message
    assert len(simulated.journal.entries) == 1


@every_module
def test_a_certificate_of_an_unknown_authority_is_refused(screenconnect, module):
    simulated = screenconnect(certificate="untrusted")
    assert "ca_path" in failure(simulated, module)
    assert simulated.journal.entries == []


def test_an_origin_that_is_not_allowed_is_told_and_the_right_one_is_sent(screenconnect):
    simulated = screenconnect(origin=ORIGIN)
    assert "origin" in failure(simulated, "screenconnect_session", origin=...)
    assert "origin" in failure(
        simulated, "screenconnect_session", origin="https://elsewhere.example.org"
    )
    simulated.expect("screenconnect_session", **LEAST["screenconnect_session"])


def test_without_an_origin_the_servers_own_address_is_sent(screenconnect):
    simulated = screenconnect()
    simulated.site["allowed_origin"] = simulated.running.url
    simulated.expect("screenconnect_session_info")


@every_module
@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "html"},
        {"kind": "status", "status": 500},
        {"kind": "status", "status": 404, "body": "<html>The resource cannot be found.</html>"},
        {"kind": "empty_body"},
        {"kind": "truncated"},
        {"kind": "malformed"},
        {"kind": "wrong_shape"},
        {"kind": "reset_before"},
        {"kind": "redirect"},
        {"kind": "status", "status": 200, "body": "null"},
        {"kind": "status", "status": 200, "body": "[null]"},
    ],
)
def test_an_answer_that_is_none_is_described_and_nothing_is_changed(screenconnect, module, fault):
    simulated = screenconnect(expected_violations=("",))
    simulated.inject(FIRST, times=None, **fault)
    message = failure(simulated, module)
    assert len(message) > 20
    if fault.get("status") == 404:
        assert "RESTful API Manager" in message


@pytest.mark.parametrize("body", ["html", "json"])
def test_a_reason_of_the_servers_is_told_without_its_trace(screenconnect, body):
    simulated = screenconnect(error_body=body)
    simulated.inject(FIRST, "refuse", reason="The database is <locked>")
    message = failure(simulated, "screenconnect_session_info")
    assert "The database is <locked>" in message and "ProcessRequest" not in message


@pytest.mark.parametrize("body", ["html", "json"])
def test_the_reason_of_a_write_that_failed_is_told_beside_what_is_not_known(screenconnect, body):
    simulated = screenconnect(error_body=body)
    simulated.inject(
        "UpdateSessionCustomProperties", "refuse", reason=f"Not for {SECRET}", times=None
    )
    held = simulated.server.dump()
    outcome = simulated.run("screenconnect_session", **LEAST["screenconnect_session"])
    assert outcome.failed and simulated.server.dump() == held
    assert "the server failed (HTTP 500): Not for" in outcome["msg"] and "unknown" in outcome["msg"]


@pytest.mark.parametrize("spelt", [SECRET, quote(SECRET, safe=""), json.dumps(SECRET)])
def test_a_secret_that_the_server_repeats_is_masked_in_every_spelling(screenconnect, spelt):
    simulated = screenconnect()
    for fault in (
        {"kind": "status", "status": 400, "body": json.dumps({"Message": f"Not {spelt}"})},
        {"kind": "status", "status": 500, "body": f"<html><title>{spelt}</title></html>"},
        {"kind": "status", "status": 200, "body": spelt},
    ):
        simulated.inject(FIRST, **fault)
        failure(simulated, "screenconnect_session_info")


@pytest.mark.parametrize("answer", [1, "x", {}, [{}], {"SessionID": WEB}, True])
def test_an_answer_to_a_write_that_should_be_empty_is_looked_up_and_not_taken_for_a_yes(
    screenconnect, answer
):
    simulated = screenconnect()
    simulated.inject(
        "UpdateSessionCustomProperties", "status", status=200, body=json.dumps(answer), times=None
    )
    held = simulated.server.dump()
    outcome = simulated.run("screenconnect_session", **LEAST["screenconnect_session"])
    assert outcome.failed and "UpdateSessionCustomProperties" in outcome["msg"]
    assert simulated.server.dump() == held


@pytest.mark.parametrize(
    "record",
    [
        1,
        None,
        "x",
        [],
        {},
        {"SessionID": None},
        {**RECORD, "Name": 5},
        {**RECORD, "Name": ["x"]},
        {**RECORD, "SessionType": {}},
        {**RECORD, "SessionType": 99},
        {**RECORD, "Code": 5},
        {**RECORD, "CustomPropertyValues": "x"},
        {**RECORD, "CustomPropertyValues": [1]},
        {**RECORD, "GuestInfo": []},
        {**RECORD, "GuestInfo": {"OperatingSystemName": 5}},
        {**RECORD, "ActiveConnections": [1]},
        {**RECORD, "IsPublic": "yes"},
        {**RECORD, "LastGuestConnectedEventTime": 5},
        {**RECORD, "IsEnded": {}},
    ],
    ids=lambda value: str(value)[-60:].replace("/", "."),
)
@every_module
def test_a_record_of_the_wrong_shape_never_ends_in_a_traceback(screenconnect, module, record):
    simulated = screenconnect()
    simulated.lies = True
    simulated.inject(FIRST, "status", status=200, body=json.dumps([record]), times=None)
    outcome = simulated.run(
        module,
        **LEAST[module],
        **({"wait_timeout": 0} if module == "screenconnect_command" else {}),
    )
    assert outcome.failed or outcome["changed"] is False or simulated.journal.writes


@pytest.mark.parametrize(
    "details",
    [
        [],
        1,
        {"Events": 1},
        {"Events": [1]},
        {"Events": [{"EventID": "e"}]},
        {"Events": [], "Connections": 1},
        {"Events": [], "Connections": [1]},
        {"Events": [{"EventID": "e", "EventType": 70, "Time": 5, "Data": {"a": 1}}]},
    ],
    ids=str,
)
def test_details_of_the_wrong_shape_never_end_in_a_traceback(screenconnect, details):
    simulated = screenconnect()
    simulated.lies = True
    simulated.inject(
        "GetSessionDetailsBySessionID", "status", status=200, body=json.dumps(details), times=None
    )
    for module in (
        "screenconnect_command",
        "screenconnect_message",
        "screenconnect_note",
        "screenconnect_toolbox_item",
    ):
        options = {"wait_timeout": 0.01} if module == "screenconnect_command" else {}
        assert simulated.run(module, **LEAST[module], **options).failed
    simulated.run("screenconnect_session_info", names=["web-1"], details=True)


@pytest.mark.parametrize(
    "text", ["{{ 7*7 }}", "a\x00b", "\x1b[31mred", "x" * 100_000, "\u202egnp.exe", "<script>"]
)
def test_texts_of_the_server_are_passed_on_as_data(screenconnect, text):
    simulated = screenconnect()
    simulated.site["sessions"][WEB]["CustomPropertyValues"][2] = text
    assert (
        simulated.expect("screenconnect_session", name="web-1", type="access")["session"][
            "custom_properties"
        ]["3"]
        == text
    )

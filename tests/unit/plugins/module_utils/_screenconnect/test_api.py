"""How the API is spoken to: its path, the secret in a header, positional parameters, and nothing
written while nothing may change.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from contextlib import contextmanager

import pytest

from ansible_collections.remoteops.access.plugins.module_utils._core.errors import (
    Error,
    InputError,
    OutcomeUnknown,
    Refused,
)
from ansible_collections.remoteops.access.plugins.module_utils._screenconnect.api import (
    CONNECTION,
    PATIENCE,
    SCREENCONNECT,
)
from ansible_collections.remoteops.access.plugins.module_utils._screenconnect.commands import (
    Command,
    Output,
    send,
    wait,
)
from ansible_collections.remoteops.access.plugins.module_utils._screenconnect.resources import (
    SESSION,
)
from tests.unit.screenconnect_servers import OFFICE, WEB


@contextmanager
def backend(simulated, read_only=False, **options):
    """Give a backend with the simulated server's connection options, and close it."""
    given = {
        **{name: option.get("default") for name, option in CONNECTION.items()},
        **simulated.options,
        **options,
    }
    opened = SCREENCONNECT.connect(given.__getitem__, read_only)
    try:
        yield opened
    finally:
        opened.session.close()


def test_parameters_are_sent_in_their_order_with_post(screenconnect):
    simulated = screenconnect()
    with backend(simulated) as opened:
        opened.sessions("GetSessionBySessionID", WEB)
        opened.tell("SendMessageToSession", WEB, "Anna", "Hello")
    assert [(entry.method, entry.query, entry.body) for entry in simulated.journal.entries] == [
        ("POST", "GetSessionBySessionID", [WEB]),
        ("POST", "SendMessageToSession", [WEB, "Anna", "Hello"]),
    ]


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://control.example.org", "https://control.example.org"),
        ("https://control.example.org:8443/", "https://control.example.org:8443"),
        ("https://[::1]:8443", "https://[::1]:8443"),
        ("https://bücher.example", "https://xn--bcher-kva.example"),
    ],
)
def test_the_origin_of_the_address_is_sent_as_a_header_can_hold_it(screenconnect, url, origin):
    with backend(screenconnect(), url=url) as opened:
        assert opened.session._client.headers["Origin"] == origin


@pytest.mark.parametrize(
    "origin",
    [
        "control.example.org",
        "https://control.example.org",
        "https://control.example.org/a path",
        "null",
        "x",
    ],
)
def test_the_origin_is_whatever_text_the_servers_administrator_has_chosen(screenconnect, origin):
    simulated = screenconnect()
    simulated.site["allowed_origin"] = origin
    with backend(simulated, origin=origin) as opened:
        assert opened.sessions("GetSessionBySessionID", WEB)
    with (
        backend(simulated, origin="another.example.org") as opened,
        pytest.raises(Refused, match="RESTfulAllowedOrigin"),
    ):
        opened.sessions("GetSessionBySessionID", WEB)


@pytest.mark.parametrize(
    "origin", ["", " ", "a ", " a", "a\nb", "a\r\nX-Other: b", "bücher.example", "a\x00"]
)
def test_an_origin_that_no_header_can_hold_is_refused_before_anything_is_sent(
    screenconnect, origin
):
    simulated = screenconnect()
    with pytest.raises(InputError, match="origin"), backend(simulated, origin=origin):
        pass
    assert simulated.journal.entries == []


@pytest.mark.parametrize(
    ("status", "hint"),
    [
        (401, "RESTfulAuthenticationSecret"),
        (403, "RESTfulAllowedOrigin"),
        (404, "Is the extension RESTful API Manager installed"),
    ],
)
def test_what_keeps_all_methods_from_working_is_not_blamed_once_one_has_worked(
    screenconnect, status, hint
):
    simulated = screenconnect()
    simulated.inject("SendMessageToSession", "html", status=status, times=None)
    for worked in (False, True):
        with backend(simulated) as opened:
            if worked:
                opened.sessions("GetSessionBySessionID", WEB)
            with pytest.raises(Refused, match=f"SendMessageToSession .HTTP {status}") as caught:
                opened.tell("SendMessageToSession", WEB, "Anna", "Hello")
        assert (hint in str(caught.value)) is not worked
        assert ("answered others before" in str(caught.value)) is worked


def test_properties_that_the_list_does_not_tell_are_not_emptied(screenconnect):
    simulated = screenconnect()
    told = {"SessionID": WEB, "Name": "web-1", "SessionType": 2}
    with backend(simulated) as opened:
        (known,) = opened.sessions("GetSessionBySessionID", WEB)
        simulated.inject("GetSessionBySessionID", "status", status=200, body=[told])
        (record,) = opened.sessions("GetSessionBySessionID", WEB)
        with pytest.raises(Refused, match="nothing was changed"):
            opened.update(
                SESSION, record, {"CustomProperties": {**record["CustomProperties"], "3": "new"}}
            )
        assert simulated.wrote() == []
        opened.update(
            SESSION, known, {"CustomProperties": {**known["CustomProperties"], "3": "new"}}
        )
        assert simulated.site["sessions"][WEB]["CustomPropertyValues"] == [
            "Plant A",
            "IT",
            "new",
            "",
            "",
            "",
            "",
            "",
        ]
        simulated.site["sessions"][WEB]["CustomPropertyValues"] = [""] * 8
        opened.update(
            SESSION, record, {"CustomProperties": {**record["CustomProperties"], "3": "new"}}
        )
    assert simulated.site["sessions"][WEB]["CustomPropertyValues"] == [
        "",
        "",
        "new",
        "",
        "",
        "",
        "",
        "",
    ]


def test_while_nothing_may_change_a_write_is_a_bug_of_ours(screenconnect):
    simulated = screenconnect()
    with backend(simulated, read_only=True) as opened:
        for write in (
            lambda: opened.tell("UpdateSessionName", WEB, "x"),
            lambda: opened.create(SESSION, {"Name": "x", "SessionType": "access"}),
        ):
            with pytest.raises(AssertionError, match="would write"):
                write()
    assert simulated.journal.entries == []


def test_one_that_was_not_made_is_looked_for_with_patience_and_one_that_nobody_made_is_not(
    screenconnect,
):
    simulated = screenconnect()
    simulated.inject("CreateSession", "ignored")
    with backend(simulated) as opened:
        key = {"Name": "x", "SessionType": "access"}
        assert opened.get(SESSION, key) is None
        once = len(simulated.journal.entries)
        opened.create(SESSION, key)
        simulated.journal.clear()
        assert opened.get(SESSION, key) is None
        assert len(simulated.journal.entries) == once * PATIENCE


def test_the_last_read_is_the_one_that_counts(screenconnect):
    with backend(screenconnect()) as opened:
        answers = iter([0, 1, 2, 3])
        assert opened.patiently(lambda: next(answers), lambda answer: answer == 2) == 2
        assert opened.patiently(lambda: next(answers), bool, 1) == 3


# --- Commands without a module ------------------------------------------------------------------------------------------


def test_a_command_is_sent_and_waited_for_by_whoever_has_a_backend(screenconnect):
    """As a connection plugin will."""
    with backend(screenconnect()) as opened:
        command = Command.marked("cat <<END\nhello\nEND", 10, 1000)
        send(opened, WEB, command, "sh")
        outputs = wait(opened, [WEB, OFFICE], command, 0.01)
    assert outputs[WEB].stdout == "hello\n" and outputs[OFFICE] is None


@pytest.mark.parametrize("details", ["null", "empty", "error"])
@pytest.mark.parametrize("session", ["silent", "error"])
def test_a_command_to_a_session_that_is_gone_by_then_comes_to_nothing(
    screenconnect, session, details
):
    simulated = screenconnect(unknown_session=session, unknown_details=details)
    with backend(simulated) as opened:
        gone, command = "99999999-0000-4000-8000-000000000009", Command.marked("true", 10, 1000)
        if session == "error":
            with pytest.raises(OutcomeUnknown):
                send(opened, gone, command, "sh")
        else:
            send(opened, gone, command, "sh")
            assert not isinstance(wait(opened, [gone], command, 0.0)[gone], Output)
    assert simulated.wrote() == ["SendCommandToSession"]


def test_what_cannot_be_read_while_waiting_is_told(screenconnect):
    simulated = screenconnect()
    simulated.inject("GetSessionDetailsBySessionID", "status", status=403, times=None)
    with backend(simulated) as opened:
        found = wait(opened, [WEB], Command.marked("true", 10, 1000), 0.01)
    assert isinstance(found[WEB], Error) and "403" in str(found[WEB])

"""The door to the network: what is repeated and what never, how long it waits, what it refuses, and
what it never lets out.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import gzip
import json
import logging
import ssl
import threading
import traceback
import tracemalloc
import zlib
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from urllib.parse import quote, quote_plus

import httpx
import pytest

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.credentials import (
    ClientCredentials,
)
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.pace import Pace
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.tokens import (
    PrivateTokens,
)
from ansible_collections.remoteops.access.plugins.module_utils._core import http
from ansible_collections.remoteops.access.plugins.module_utils._core.auth import (
    FixedHeaders,
    NoLogin,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.errors import (
    Error,
    InputError,
    LoginRefused,
    OutcomeUnknown,
    Refused,
    ServerError,
    Unreachable,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.http import (
    Session,
    tls_context,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.options import (
    connection_options,
)
from tests.patience import LONGEST_MOMENT
from tests.simulator.serving import serve
from tests.simulator.simplehelp import SimpleHelp

TOKEN = "s3cr3t-token/ä+b c\"d\\e%f'g"
URL = f"https://server.test/api/{quote(TOKEN, safe='')}/"
# What may go wrong after the request, or a part of it, was sent.
BROKEN = [
    httpx.ReadTimeout,
    httpx.WriteTimeout,
    httpx.ReadError,
    httpx.WriteError,
    httpx.CloseError,
    httpx.RemoteProtocolError,
]
# What goes wrong before anything was sent.
NOT_CONNECTED = [httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError]
NOT_SENT = [httpx.PoolTimeout, httpx.UnsupportedProtocol, httpx.LocalProtocolError]


@pytest.fixture(autouse=True)
def no_pauses():
    """Let chance choose the pauses here, as it does in life: nobody really sleeps in these tests."""


class Script:
    """A server that answers with each of ``answers`` in turn, the last again and again: a status, a
    Response or an exception.
    """

    def __init__(self, *answers):
        self.answers = list(answers) or [200]
        self.requests: list[httpx.Request] = []
        self._lock = threading.Lock()

    def __call__(self, request):
        with self._lock:
            self.requests.append(request)
            answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, type) and issubclass(answer, Exception):
            raise answer(f"it happened at {request.url} with {TOKEN}")
        if callable(answer):
            return answer(request)
        return (
            httpx.Response(answer, json={"status": answer}) if isinstance(answer, int) else answer
        )


class Broken(httpx.SyncByteStream):
    """A body that breaks off."""

    def __iter__(self) -> Iterator[bytes]:
        yield b'{"half":'
        raise httpx.ReadError("connection reset")


def in_pieces(body, headers):
    """Answer a body in the pieces in which a network would bring it."""

    class Pieces(httpx.SyncByteStream):
        def __iter__(self):
            yield from (body[at : at + 65536] for at in range(0, len(body), 65536))

    return lambda request: httpx.Response(200, stream=Pieces(), headers=headers)


def endless(request):
    """Answer without an end, as a hostile server may."""

    class Endless(httpx.SyncByteStream):
        def __iter__(self):
            while True:
                yield b"x" * 65536

    return httpx.Response(200, stream=Endless())


def open_session(*answers, url=URL, script=None, **options):
    """Return a session with a scripted server, the script, and the list of its sleeps in seconds."""
    script, sleeps = script or Script(*answers), []
    return (
        Session(
            url,
            transport=httpx.MockTransport(script),
            sleep=sleeps.append,
            secrets=[TOKEN],
            **options,
        ),
        script,
        sleeps,
    )


def everything_told(exc: BaseException) -> str:
    """Return all that a traceback, a message and a result would show of an exception."""
    return (
        "".join(traceback.format_exception(exc))
        + str(exc)
        + repr(exc)
        + repr(getattr(exc, "facts", ""))
    )


def test_a_cookie_of_the_server_is_not_sent_again():
    given = httpx.Response(200, headers={"Set-Cookie": "session=of-a-browser; Path=/"}, json={})
    session, script, _sleeps = open_session(given)
    session.read("GET", "things")
    session.read("GET", "things")
    assert ["cookie" in request.headers for request in script.requests] == [False, False]


# --- what is repeated -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", ["read", "write"])
@pytest.mark.parametrize("status", [200, 204, 400, 401, 403, 404, 405, 408, 409, 422])
def test_an_answer_that_is_neither_busy_nor_broken_is_returned_at_once(verb, status):
    session, script, sleeps = open_session(status)
    assert getattr(session, verb)("POST", "things").status == status
    assert len(script.requests) == 1 and sleeps == []


@pytest.mark.parametrize("verb", ["read", "write"])
@pytest.mark.parametrize("status", [429, 503])
def test_what_the_server_refused_as_too_busy_is_repeated_reads_and_writes_alike(verb, status):
    session, script, sleeps = open_session(status, status, 200)
    assert getattr(session, verb)("POST", "things").status == 200
    assert len(script.requests) == 3 and len(sleeps) == 2
    assert session.statistics() == {
        "requests": 3,
        "retries": 2,
        "seconds_waited": round(sum(sleeps), 3),
    }


@pytest.mark.parametrize("verb", ["read", "write"])
@pytest.mark.parametrize("status", [429, 503])
def test_a_server_that_stays_busy_is_given_up_after_the_retries_and_nothing_was_done(verb, status):
    session, script, sleeps = open_session(status, retries=2)
    with pytest.raises(
        Unreachable, match=rf"POST things: the server is too busy \(HTTP {status}\)"
    ) as caught:
        getattr(session, verb)("POST", "things")
    assert caught.value.nothing_done
    assert len(script.requests) == 3 and len(sleeps) == 2


@pytest.mark.parametrize("verb", ["read", "write"])
@pytest.mark.parametrize("problem", NOT_CONNECTED)
def test_without_a_connection_reads_and_writes_are_repeated_and_then_unreachable(verb, problem):
    session, script, sleeps = open_session(problem, 200)
    assert getattr(session, verb)("POST", "things").status == 200
    session, script, sleeps = open_session(problem, retries=2)
    with pytest.raises(Unreachable, match=r"https://server\.test"):
        getattr(session, verb)("POST", "things")
    assert len(script.requests) == 3 and len(sleeps) == 2
    assert session.statistics()["retries"] == 2


@pytest.mark.parametrize(
    "problem", [*BROKEN, 500, 502, 504, 501, lambda request: httpx.Response(200, stream=Broken())]
)
def test_after_a_broken_exchange_a_read_is_repeated(problem):
    session, script, sleeps = open_session(problem, problem, 200)
    assert session.read("GET", "things").json() == {"status": 200}
    assert len(script.requests) == 3 and len(sleeps) == 2


@pytest.mark.parametrize("problem", [*BROKEN, lambda request: httpx.Response(200, stream=Broken())])
def test_a_read_that_keeps_breaking_is_unreachable_after_the_retries(problem):
    session, script, _sleeps = open_session(problem, retries=1)
    with pytest.raises(Unreachable, match="GET things"):
        session.read("GET", "things")
    assert len(script.requests) == 2


@pytest.mark.parametrize("status", [500, 502, 504])
def test_a_read_that_keeps_failing_is_answered_with_the_failure(status):
    session, script, _sleeps = open_session(status, retries=1)
    assert session.read("GET", "things").status == status
    assert len(script.requests) == 2


@pytest.mark.parametrize(
    "problem", [*BROKEN, 500, 502, 504, lambda request: httpx.Response(200, stream=Broken())]
)
def test_after_a_broken_exchange_a_write_is_never_repeated_and_its_outcome_is_unknown(problem):
    session, script, sleeps = open_session(problem, 200)
    with pytest.raises(
        OutcomeUnknown, match="POST things.*It is unknown whether the change was made"
    ):
        session.write("POST", "things", json={"a": 1})
    assert len(script.requests) == 1 and sleeps == []
    assert session.statistics()["retries"] == 0


@pytest.mark.parametrize("problem", NOT_SENT)
def test_a_write_of_which_nothing_was_sent_is_not_said_to_be_unknown(problem):
    session, _script, _sleeps = open_session(problem, retries=1)
    with pytest.raises(Error) as caught:
        session.write("POST", "things")
    assert not isinstance(caught.value, OutcomeUnknown)


def test_a_write_that_was_refused_first_and_broke_then_is_unknown():
    session, script, _sleeps = open_session(503, httpx.ReadTimeout, 200)
    with pytest.raises(OutcomeUnknown):
        session.write("POST", "things")
    assert len(script.requests) == 2


def test_without_retries_everything_is_tried_once():
    for problem in (429, 500, httpx.ConnectError):
        session, script, sleeps = open_session(problem, retries=0)
        with pytest.raises(Unreachable) if problem != 500 else nullcontext():
            session.read("GET", "things")
        assert len(script.requests) == 1 and sleeps == []


def test_what_broke_is_named_even_if_it_says_nothing_of_itself():
    def silent(request):
        raise httpx.ReadError("")

    session, _script, _sleeps = open_session(silent, retries=0)
    with pytest.raises(Unreachable, match="GET things: .*broke off.*ReadError"):
        session.read("GET", "things")


def test_an_answer_that_takes_too_long_as_a_whole_is_given_up_however_steadily_it_drips(
    monkeypatch,
):
    session, script, _sleeps = open_session(endless, retries=1)
    monkeypatch.setattr(http, "LONGEST_ANSWER", -1.0)
    with pytest.raises(Unreachable, match="GET things: no answer.* in time"):
        session.read("GET", "things")
    assert len(script.requests) == 2
    with pytest.raises(OutcomeUnknown):
        session.write("POST", "things")
    assert len(script.requests) == 3


def test_a_repeated_request_carries_the_same_body():
    session, script, _sleeps = open_session(503, 200)
    session.write("POST", "things", json={"a": 1})
    assert [json.loads(request.content) for request in script.requests] == [{"a": 1}] * 2


# --- how long it waits ----------------------------------------------------------------------------------------------------


def test_pauses_double_with_jitter_up_to_half_a_minute():
    session, _script, sleeps = open_session(*[503] * 10, 200, retries=10)
    session.read("GET", "things")
    assert len(sleeps) == 10
    for attempt, seconds in enumerate(sleeps):
        full = min(30.0, 0.5 * 2**attempt)
        assert full / 2 <= seconds <= full
    assert len(set(sleeps)) > 5, "no jitter"


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("verb", ["read", "write"])
@pytest.mark.parametrize(
    ("value", "seconds"), [("7", 7.0), ("0", 0.0), (" 12 ", 12.0), ("300", 300.0)]
)
def test_a_wait_that_the_server_asks_for_in_seconds_is_kept(status, verb, value, seconds):
    session, _script, sleeps = open_session(
        httpx.Response(status, headers={"Retry-After": value}), 200
    )
    getattr(session, verb)("POST", "things")
    assert sleeps == [seconds]
    assert session.statistics()["seconds_waited"] == seconds


@pytest.mark.parametrize(("offset", "low", "high"), [(100, 95, 100), (-3600, 0, 0)])
def test_a_wait_that_the_server_asks_for_as_a_date_is_kept(offset, low, high):
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=offset), usegmt=True)
    session, _script, sleeps = open_session(httpx.Response(503, headers={"Retry-After": date}), 200)
    session.read("GET", "things")
    assert low <= sleeps[0] <= high


@pytest.mark.parametrize(
    "value",
    [
        b"",
        b"soon",
        b"-5",
        b"1.5",
        b"1e3",
        b"0x10",
        b"\xb2",
        b"\xff",
        b"Wed, 99 Foo 2026 25:61:00 GMT",
        b"Mon, 01 Jan 0001 00:00:00 +2359",
        b"31 Dec 99999999999999 23:59:59 GMT",
        b"Wed, 21 Oct 2015 07:28:00 -0000",
    ],
)
def test_a_wait_that_makes_no_sense_is_replaced_by_our_own(value):
    session, _script, sleeps = open_session(
        httpx.Response(429, headers=[(b"Retry-After", value)]), 200
    )
    assert session.read("GET", "things").status == 200
    assert len(sleeps) == 1 and 0 <= sleeps[0] <= 0.5


@pytest.mark.parametrize(
    "value", ["301", "86400", "9" * 30, "9" * 400, "Fri, 31 Dec 9999 23:59:59 GMT"]
)
@pytest.mark.parametrize("verb", ["read", "write"])
def test_a_wait_that_is_too_long_is_refused_at_once_with_a_reason(verb, value):
    session, script, sleeps = open_session(httpx.Response(429, headers={"Retry-After": value}), 200)
    with pytest.raises(
        Unreachable,
        match=r"^POST things: the server is too busy \(HTTP 429\) and asks to wait \d+ s, .* Try again later",
    ) as caught:
        getattr(session, verb)("POST", "things")
    assert sleeps == [] and len(script.requests) == 1 and caught.value.facts == {"status": 429}


def test_a_wait_that_is_refused_is_not_counted_as_a_retry():
    session, _script, _sleeps = open_session(httpx.Response(429, headers={"Retry-After": "301"}))
    with pytest.raises(Unreachable):
        session.read("GET", "things")
    assert session.statistics() == {"requests": 1, "retries": 0, "seconds_waited": 0.0}


# --- redirects ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", ["read", "write"])
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_never_followed_and_said(verb, status):
    session, script, _sleeps = open_session(
        httpx.Response(status, headers={"Location": f"https://evil.test/{quote(TOKEN, safe='')}"}),
        200,
    )
    with pytest.raises(ServerError, match=r"redirected to https://evil\.test.*Set url") as caught:
        getattr(session, verb)("POST", "things")
    assert len(script.requests) == 1
    assert caught.value.facts["status"] == status


def test_a_redirect_that_does_not_say_where_to_is_an_error_too():
    session, _script, _sleeps = open_session(302)
    with pytest.raises(ServerError, match="GET things was redirected.*Set url"):
        session.read("GET", "things")


# --- the lock -------------------------------------------------------------------------------------------------------------


def test_while_nothing_may_change_a_write_is_a_bug_and_a_read_is_not():
    session, script, _sleeps = open_session(200, read_only=True)
    with pytest.raises(AssertionError, match="BUG.*POST things"):
        session.write("POST", "things")
    assert script.requests == []
    assert session.read("POST", "things").status == 200


def test_the_lock_does_not_show_a_secret_in_a_path():
    session, _script, _sleeps = open_session(200, read_only=True)
    with pytest.raises(AssertionError) as caught:
        session.write("POST", f"things/{TOKEN}")
    assert TOKEN not in everything_told(caught.value)


# --- secrets --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "form",
    [
        TOKEN,
        quote(TOKEN, safe=""),
        quote(TOKEN),
        quote_plus(TOKEN),
        json.dumps(TOKEN)[1:-1],
        json.dumps(TOKEN, ensure_ascii=False)[1:-1],
        repr(TOKEN)[1:-1],
        quote(TOKEN, safe="")
        .replace("%2F", "%2f")
        .replace("%2B", "%2b")
        .replace("%C3", "%c3")
        .replace("%A4", "%a4")
        .replace("%5C", "%5c"),
        json.dumps(TOKEN)[1:-1].replace("/", "\\/"),
    ],
    ids=[
        "plain",
        "percent",
        "percent-slash",
        "form",
        "json",
        "json-unicode",
        "repr",
        "percent-lower-case",
        "json-slash",
    ],
)
def test_a_secret_is_masked_in_whatever_form_it_is_written(form):
    session, _script, _sleeps = open_session(200)
    assert session.redact(f"before {form} after") == "before ******** after"


def test_a_secret_that_contains_another_leaves_nothing_behind():
    session, _script, _sleeps = open_session(200)
    session.conceal(["abcd", "abcdefgh"])
    assert session.redact("abcdefgh") == "********"


def test_an_empty_secret_masks_nothing():
    session, _script, _sleeps = open_session(200)
    session.conceal(["", None])
    assert session.redact("text") == "text"


@pytest.mark.parametrize("verb", ["read", "write"])
@pytest.mark.parametrize(
    "problem",
    [
        *BROKEN,
        *NOT_CONNECTED,
        *NOT_SENT,
        500,
        httpx.Response(302, headers={"Location": f"https://other.test/api/{quote(TOKEN)}"}),
        in_pieces(b"\xff\xff\xff", {"Content-Encoding": "gzip"}),
        httpx.Response(200, text=f"<html>{TOKEN}</html>"),
        httpx.Response(200, text=json.dumps({"token": TOKEN})[:-3]),
        httpx.Response(429, headers={"Retry-After": "99999"}),
    ],
    ids=lambda problem: getattr(problem, "__name__", str(problem)).strip("<>"),
)
def test_no_error_and_no_traceback_holds_the_token(verb, problem):
    session, _script, _sleeps = open_session(problem, retries=1)
    with pytest.raises(Error) as caught:
        answer = getattr(session, verb)(
            "GET", f"things/{quote(TOKEN, safe='')}", json={"password": TOKEN}
        )
        if answer.status == 500:
            raise ServerError(answer.described())
        answer.json()
    told = everything_told(caught.value)
    for form in (TOKEN, quote(TOKEN, safe=""), quote(TOKEN), json.dumps(TOKEN)[1:-1], "s3cr3t"):
        assert form not in told


def test_nothing_is_logged_of_a_request_however_talkative_the_logging_is(caplog):
    with (
        caplog.at_level(logging.DEBUG),
        serve(SimpleHelp(token="t0k3n-in-the-path"), tls=False) as running,
    ):
        session = Session(f"{running.url}/api/v1/t0k3n-in-the-path/")
        assert (
            session.read(
                "GET", "technicians/list", headers={"Content-Type": "application/json"}
            ).status
            == 200
        )
        session.close()
    assert "t0k3n-in-the-path" not in caplog.text
    assert not [
        record
        for record in caplog.records
        if record.name.partition(".")[0] in ("httpx", "httpcore")
    ]


@pytest.mark.parametrize(
    "url",
    [
        "",
        "server.test",
        "ftp://server.test",
        "https://",
        "https:///path",
        "//server.test",
        "https://server.test?x=t0k3n",
        "https://server.test#t0k3n",
        "https://user:t0k3n@server.test",
        "https://:t0k3n@server.test",
        "https://t0k3n@server.test",
        "https://[t0k3n",
        "https://server.test:t0k3n",
        "https://server.test:99999/t0k3n",
        "https://ser ver.test/t0k3n",
        "https://server.test\n/t0k3n",
        "https://server.test:0x1/t0k3n",
    ],
)
def test_a_url_that_cannot_be_one_is_refused_without_showing_what_is_secret_in_it(url):
    secrets = ["t0k3n"]
    with pytest.raises(InputError, match="url") as caught:
        Session(url, secrets=secrets)
    assert "t0k3n" not in everything_told(caught.value)


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://server.test", "https://server.test"),
        ("http://server.test:8080/base/", "http://server.test:8080"),
        ("https://[::1]:8443", "https://[::1]:8443"),
        ("HTTPS://Server.Test/", "https://server.test"),
    ],
)
def test_a_url_that_can_be_one_is_accepted_with_its_path_and_port(url, origin):
    session, script, _sleeps = open_session(200, url=url)
    session.read("GET", "things")
    assert session.origin.lower() == origin
    assert (
        str(script.requests[0].url)
        == url.rstrip("/").replace("HTTPS://Server.Test", "https://server.test") + "/things"
    )


@pytest.mark.parametrize(
    "options",
    [
        {"connections": 0},
        {"connections": -1},
        {"timeout": 0},
        {"timeout": -1.0},
        {"timeout": float("nan")},
        {"timeout": float("inf")},
        {"proxy": "not a proxy"},
    ],
)
def test_an_option_that_makes_no_sense_is_refused_before_anything_is_sent(options):
    with pytest.raises(InputError, match=next(iter(options))):
        open_session(200, **options)


# --- answers --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "an empty body"),
        (b"  \n", "an empty body"),
        (b"<!DOCTYPE html><html>", "an HTML page"),
        (b"\n <HTML lang=en>", "an HTML page"),
        (b'{"a": 1', "7 bytes that are cut off"),
        (b"\xff\xfe\x00", "3 bytes"),
        (b"[" * 100_000, "100000 bytes"),
        (b'"\xff"', "3 bytes"),
    ],
)
def test_an_answer_that_is_not_json_is_an_error_that_says_what_it_is_instead(content, what):
    session, _script, _sleeps = open_session(httpx.Response(200, content=content))
    with pytest.raises(
        ServerError, match=rf"GET things answered {what}.*HTTP 200.*where JSON was expected"
    ) as caught:
        session.read("GET", "things").json()
    assert caught.value.facts == {"status": 200}


def test_an_answer_is_returned_whole_with_status_and_headers():
    session, _script, _sleeps = open_session(
        httpx.Response(201, json={"a": [1, None, "ä"]}, headers={"X-Total": "5"})
    )
    answer = session.read("GET", "things")
    assert (answer.status, answer.headers["x-total"], answer.json(), answer.request) == (
        201,
        "5",
        {"a": [1, None, "ä"]},
        "GET things",
    )


@pytest.mark.parametrize("limit", [1000])
def test_an_answer_is_refused_when_it_is_larger_than_the_limit_and_not_when_it_is_as_large(
    monkeypatch, limit
):
    monkeypatch.setattr(http, "LARGEST_ANSWER", limit)
    assert (
        len(
            open_session(httpx.Response(200, content=b"x" * limit))[0].read("GET", "things").content
        )
        == limit
    )
    for verb in ("read", "write"):
        with pytest.raises(ServerError, match="GET things: the answer is larger than 1000 bytes"):
            getattr(open_session(httpx.Response(200, content=b"x" * (limit + 1)))[0], verb)(
                "GET", "things"
            )


@pytest.mark.parametrize(
    "piece",
    [
        b"[],",
        b"{},",
        b"[[[]]],",
        b'{"":{}},',
        b"1,",
        b'"",',
        b'{"a":1},',
        b"null,",
        b'"aa",',
        b"[1],",
    ],
    ids=lambda piece: piece.decode(),
)
@pytest.mark.parametrize("largest", [2**20, 2**23])
def test_what_json_is_to_be_made_of_is_counted_before_it_is_made(piece, largest):
    body = b"[" + piece * ((largest - 4) // len(piece)) + b"1]"
    packed = {"Content-Encoding": "gzip"}
    session, _script, _sleeps = open_session(in_pieces(gzip.compress(body), packed))
    answer = session.read("GET", "things", largest=largest)
    tracemalloc.start()
    try:
        with pytest.raises(
            ServerError,
            match=r"GET things answered JSON of \d+ .* \(HTTP 200\), and was refused: at most \d+ are read",
        ):
            answer.json()
        assert tracemalloc.get_traced_memory()[1] < 2**16
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-16-be"])
def test_json_is_counted_in_any_encoding(encoding):
    body = ("[" + "[]," * 20_000 + "1]").encode(encoding)
    session, _script, _sleeps = open_session(httpx.Response(200, content=body))
    with pytest.raises(ServerError, match="lists and objects"):
        session.read("GET", "things", largest=2**20).json()


def test_a_list_of_as_many_machines_as_anybody_has_is_read():
    machine = {
        "machineID": "SG_4711",
        "online": True,
        "groups": ["United Kingdom", "London"],
        "name": "PC-000001",
        "os": "Windows 11",
        "users": ["a", "b"],
    }
    body = json.dumps(
        [{**machine, **{f"attribute{number}": number for number in range(12)}}] * 100_000
    ).encode()
    session, _script, _sleeps = open_session(httpx.Response(200, content=body))
    assert len(session.read("GET", "machines").json()) == 100_000


@pytest.mark.parametrize("verb", ["write", "log_in"])
def test_what_a_write_or_a_login_is_answered_with_may_not_be_as_large_as_a_list(monkeypatch, verb):
    monkeypatch.setattr(http, "LARGEST_REPLY", 1000)
    session, _script, _sleeps = open_session(httpx.Response(200, content=b"x" * 1001))
    assert len(session.read("GET", "things").content) == 1001
    with pytest.raises(ServerError, match="larger than 1000 bytes"):
        getattr(session, verb)("POST", "things")


def test_an_answer_without_an_end_is_refused(monkeypatch):
    monkeypatch.setattr(http, "LARGEST_ANSWER", 2**20)
    with pytest.raises(ServerError, match="larger than"):
        open_session(endless)[0].read("GET", "things")


# One level: 64 KiB from the network become 64 MiB at most before they are counted. More levels have
# no such bound, and no use.
@pytest.mark.parametrize(
    ("encoding", "size", "bound"),
    [
        ("gzip", 160, 150),
        ("gzip, gzip", 40, 20),
        ("gzip, gzip, gzip", 40, 20),
        ("deflate, gzip", 40, 20),
    ],
)
def test_a_small_answer_that_would_grow_beyond_all_measure_is_refused_before_it_does(
    monkeypatch, encoding, size, bound
):
    monkeypatch.setattr(http, "LARGEST_ANSWER", 2**20)
    body = bytes(size * 2**20)
    for name in encoding.split(", "):
        body = gzip.compress(body) if name == "gzip" else zlib.compress(body)
    session, _script, _sleeps = open_session(in_pieces(body, {"Content-Encoding": encoding}))
    tracemalloc.start()
    try:
        with pytest.raises(ServerError):
            session.read("GET", "things")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < bound * 2**20


def test_a_compressed_answer_is_read_and_a_spoilt_one_refused():
    body = json.dumps({"a": "b" * 1000}).encode()
    session, _script, _sleeps = open_session(
        in_pieces(gzip.compress(body), {"Content-Encoding": "gzip"})
    )
    assert session.read("GET", "things").content == body
    session, _script, _sleeps = open_session(in_pieces(b"not gzip", {"Content-Encoding": "gzip"}))
    with pytest.raises(ServerError, match="compressed"):
        session.read("GET", "things")


def test_a_request_names_us_and_asks_for_compression_that_every_python_understands():
    session, script, _sleeps = open_session(200, headers={"X-Own": "1"})
    session.read("GET", "things", headers={"X-More": "2"})
    headers = script.requests[0].headers
    assert (
        headers["User-Agent"],
        headers["Accept-Encoding"],
        headers["X-Own"],
        headers["X-More"],
    ) == (
        "remoteops.access",
        "gzip, deflate",
        "1",
        "2",
    )


# --- side by side ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("connections", [1, 3, 50])
def test_results_come_in_the_order_of_the_items(connections):
    session, _script, _sleeps = open_session(200, connections=connections)
    assert session.side_by_side(lambda item: item * 2, iter(range(20))) == [
        item * 2 for item in range(20)
    ]
    assert session.side_by_side(str, []) == []


@pytest.mark.parametrize("problem", [InputError("x"), ServerError("x"), Refused("x")])
@pytest.mark.parametrize("connections", [1, 4])
def test_an_error_takes_the_place_of_its_result_and_the_others_go_on(connections, problem):
    session, _script, _sleeps = open_session(200, connections=connections)

    def work(item):
        if item == 2:
            raise problem
        return item

    assert session.side_by_side(work, range(5)) == [0, 1, problem, 3, 4]


@pytest.mark.parametrize("problem", [Unreachable("x"), OutcomeUnknown("x"), Error("x")])
def test_after_the_server_was_lost_no_further_item_is_begun(problem):
    session, _script, _sleeps = open_session(200, connections=1)
    begun = []

    def work(item):
        begun.append(item)
        if item == 2:
            raise problem
        return item

    assert session.side_by_side(work, range(6)) == [0, 1, problem, None, None, None]
    assert begun == [0, 1, 2]


def test_items_that_are_under_way_when_the_server_is_lost_are_finished():
    session, _script, _sleeps = open_session(200, connections=3)
    together, lost = threading.Barrier(3, timeout=LONGEST_MOMENT), threading.Event()

    def work(item):
        if item < 3:
            together.wait()
        if item == 0:
            lost.set()
            raise Unreachable("x")
        assert lost.wait(LONGEST_MOMENT)
        return item

    results = session.side_by_side(work, range(40))
    assert isinstance(results[0], Unreachable) and results[1:3] == [1, 2]
    assert results[-1] is None


def test_there_are_never_more_at_a_time_than_connections_and_not_fewer():
    session, _script, _sleeps = open_session(200, connections=4)
    together, running, most, lock = (
        threading.Barrier(4, timeout=LONGEST_MOMENT),
        [0],
        [0],
        threading.Lock(),
    )

    def work(item):
        with lock:
            running[0] += 1
            most[0] = max(most[0], running[0])
        together.wait()
        with lock:
            running[0] -= 1

    session.side_by_side(work, range(16))
    assert most == [4]


def test_a_bug_of_ours_is_not_taken_for_a_failure_of_the_server():
    for connections in (1, 4):
        session, _script, _sleeps = open_session(200, connections=connections)
        with pytest.raises(ZeroDivisionError):
            session.side_by_side(lambda item: 1 // item, range(3))


def test_statistics_are_right_when_many_threads_count():
    session, script, sleeps = open_session(
        connections=16, retries=200, script=Script(*[503] * 200, 200)
    )
    assert (
        session.side_by_side(lambda item: session.read("GET", f"things/{item}").status, range(400))
        == [200] * 400
    )
    assert len(script.requests) == session.statistics()["requests"] == 600
    assert len(sleeps) == session.statistics()["retries"] == 200
    assert session.statistics()["seconds_waited"] == pytest.approx(sum(sleeps), abs=0.001)


# --- login ----------------------------------------------------------------------------------------------------------------


class Badge(NoLogin):
    """A login by a number that the server may declare invalid."""

    def __init__(self):
        self.number, self.renewed, self.ended = 1, 0, False

    def headers(self, ask):
        return {"X-Badge": str(self.number)}

    def refused(self, answer):
        return answer.status == 401

    def renew(self, headers):
        assert headers["X-Badge"] == str(self.number)
        self.number, self.renewed = self.number + 1, self.renewed + 1

    def end(self, ask):
        self.ended = ask("POST", "logout").status


@pytest.mark.parametrize("verb", ["read", "write"])
def test_a_login_that_is_not_accepted_any_more_is_renewed_once_and_the_request_repeated(verb):
    badge = Badge()
    session, script, sleeps = open_session(401, 200, login=badge)
    assert getattr(session, verb)("POST", "things").status == 200
    assert [request.headers["X-Badge"] for request in script.requests] == ["1", "2"]
    assert badge.renewed == 1 and sleeps == []


@pytest.mark.parametrize("verb", ["read", "write"])
def test_a_401_that_a_new_login_does_not_cure_is_reported(verb):
    badge = Badge()
    session, script, _sleeps = open_session(401, login=badge)
    assert getattr(session, verb)("POST", "things").status == 401
    assert len(script.requests) == 2 and badge.renewed == 1


def test_the_login_is_given_back_at_the_end_without_carrying_one():
    badge = Badge()
    session, script, _sleeps = open_session(200, login=badge)
    session.close()
    assert badge.ended == 200
    assert "X-Badge" not in script.requests[-1].headers


def test_fixed_headers_are_carried_by_every_request():
    session, script, _sleeps = open_session(
        503,
        200,
        login=FixedHeaders({"CTRLAuthHeader": "s", "Origin": "https://o.test"}, "It is refused."),
    )
    session.read("GET", "things")
    assert [
        (request.headers["CTRLAuthHeader"], request.headers["Origin"])
        for request in script.requests
    ] == [("s", "https://o.test")] * 2


def test_a_header_of_a_login_that_is_no_secret_is_not_masked_in_messages():
    login = FixedHeaders({"X-Key": "k3y", "Origin": "https://server.test"}, "X-Key is wrong.")
    location = {"Location": "https://server.test/k3y"}
    for problem in (httpx.ConnectError, httpx.Response(302, headers=location)):
        session, _script, _sleeps = open_session(
            problem, url="https://server.test", login=login, retries=0
        )
        session.conceal(["k3y"])
        with pytest.raises(Error) as caught:
            session.read("GET", "things")
        assert "https://server.test" in str(caught.value)
        assert "k3y" not in str(caught.value)


class Appliance:
    """A server with OAuth client credentials, as BeyondTrust's: it counts the tokens that it
    grants.
    """

    def __init__(self):
        self.granted, self.valid, self.lock, self.expire_at = [], set(), threading.Lock(), None

    def __call__(self, request):
        with self.lock:
            if request.url.path == "/oauth2/token":
                if (
                    request.headers["Authorization"] != "Basic aWQ6c2VjcmV0"
                    or request.content != b"grant_type=client_credentials"
                ):
                    return httpx.Response(401, json={"error": "invalid_client", "message": "no"})
                self.granted.append(f"granted-{len(self.granted)}")
                self.valid = {self.granted[-1]}
                return httpx.Response(
                    200,
                    json={
                        "access_token": self.granted[-1],
                        "token_type": "Bearer",
                        "expires_in": 3600,
                    },
                )
            if request.headers.get("Authorization", "").removeprefix("Bearer ") not in self.valid:
                return httpx.Response(401, json={"message": "access_denied"})
            if request.url.path == "/redirect":
                return httpx.Response(
                    302, headers={"Location": f"https://other.test/?t={self.granted[-1]}"}
                )
            return httpx.Response(200, json={})


def open_appliance(appliance, secret="secret", store=None, **options):
    """Return a session with an appliance."""
    login = ClientCredentials(
        "https://server.test/oauth2/token", "id", secret, store or PrivateTokens()
    )
    return Session(
        "https://server.test",
        transport=httpx.MockTransport(appliance),
        login=login,
        secrets=[secret],
        sleep=lambda seconds: None,
        **options,
    )


def test_one_token_is_bought_for_many_requests_side_by_side():
    appliance = Appliance()
    session = open_appliance(appliance)
    assert (
        session.side_by_side(lambda item: session.read("GET", "things").status, range(50))
        == [200] * 50
    )
    assert len(appliance.granted) == 1


def test_a_token_that_was_evicted_is_renewed_once_however_many_requests_notice():
    appliance = Appliance()
    session = open_appliance(appliance)
    session.read("GET", "things")
    appliance.valid = set()
    assert (
        session.side_by_side(lambda item: session.write("POST", "things").status, range(50))
        == [200] * 50
    )
    assert len(appliance.granted) == 2


def test_a_wrong_secret_is_said_in_the_users_words_and_nothing_is_repeated():
    appliance = Appliance()
    session = open_appliance(appliance, secret="wr0ng-secret")
    with pytest.raises(
        ServerError, match=r"client_id and client_secret were not accepted \(HTTP 401\)"
    ) as caught:
        session.read("GET", "things")
    assert session.requests == 1
    assert "wr0ng" not in everything_told(caught.value)


@pytest.mark.parametrize("status", [400, 401, 403])
def test_a_wrong_secret_is_sent_once_however_many_requests_wait_for_a_token(status):
    asked = []

    def refuses(request):
        asked.append(request.url.path)
        return httpx.Response(status, json={"error": "invalid_client"})

    session = open_appliance(refuses)
    told = session.side_by_side(lambda item: session.read("GET", "things"), range(50))
    assert asked == ["/oauth2/token"]
    assert {type(each) for each in told} <= {LoginRefused, type(None)} and isinstance(
        told[0], LoginRefused
    )
    with pytest.raises(LoginRefused):
        session.read("GET", "things")
    assert asked == ["/oauth2/token"]


@pytest.mark.parametrize("status", [404, 500])
def test_a_server_that_says_nothing_of_the_secret_is_asked_again(status):
    session = open_appliance(lambda request: httpx.Response(status), retries=0)
    for count in (1, 2):
        with pytest.raises(ServerError):
            session.read("GET", "things")
        assert session.requests == count


def test_fixed_headers_that_were_refused_are_carried_by_no_further_request():
    session, script, _sleeps = open_session(
        401, 200, login=FixedHeaders({"X-Key": "k3y"}, "X-Key is wrong.")
    )
    assert session.read("GET", "things").status == 401
    for _time in range(2):
        with pytest.raises(LoginRefused, match="X-Key is wrong"):
            session.read("GET", "things")
    assert len(script.requests) == 1


def test_fixed_headers_that_were_accepted_once_are_not_wrong_because_of_one_refusal():
    session, script, _sleeps = open_session(
        200, 401, 200, login=FixedHeaders({"X-Key": "k3y"}, "X-Key is wrong.")
    )
    assert [session.read("GET", "things").status for _time in range(3)] == [200, 401, 200]


def test_buying_a_token_is_repeated_when_the_exchange_breaks_and_never_carries_a_token():
    appliance, broken = Appliance(), [httpx.ReadTimeout, 503]

    def shaky(request):
        if request.url.path == "/oauth2/token" and broken:
            return Script(broken.pop(0))(request)
        return appliance(request)

    assert open_appliance(shaky).write("POST", "things").status == 200
    assert broken == [] and len(appliance.granted) == 1


def test_a_secret_that_was_changed_does_not_use_the_token_of_the_old_one():
    appliance, store = Appliance(), PrivateTokens()
    open_appliance(appliance, store=store).read("GET", "things")
    with pytest.raises(ServerError, match="not accepted"):
        open_appliance(appliance, secret="wr0ng-secret", store=store).read("GET", "things")


@pytest.mark.parametrize(
    "grant",
    [
        {},
        [],
        "token",
        {"access_token": None},
        {"access_token": ""},
        {"access_token": 5},
        {"access_token": "t", "expires_in": "soon"},
        {"access_token": "t", "expires_in": int("9" * 400)},
        {"access_token": "t", "expires_in": 0},
        {"access_token": "t", "expires_in": -5},
        {"access_token": "t" * 10_001},
        {"access_token": "t", "expires_in": None},
        {"access_token": "a\nb"},
    ],
)
def test_a_grant_that_is_none_is_an_error_of_the_server(grant):
    session = open_appliance(lambda request: httpx.Response(200, json=grant))
    with pytest.raises(ServerError):
        session.read("GET", "things")


def test_the_token_is_masked_in_what_the_server_says():
    session = open_appliance(Appliance())
    with pytest.raises(ServerError, match="redirected") as caught:
        session.read("GET", "redirect")
    assert "granted-0" not in everything_told(caught.value)


# --- the rate budget --------------------------------------------------------------------------------------------------------


class Seconds:
    """A clock for tests that moves when somebody sleeps."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.now += seconds


def open_paced(tmp_path, *answers, **limits):
    """Return a session that keeps to a rate budget, its script and its clock."""
    tmp_path.chmod(0o700)
    clock, script = Seconds(), Script(*answers)
    pace = Pace(tmp_path / "budget", clock=clock, sleep=clock.sleep, **limits)
    return (
        Session(URL, transport=httpx.MockTransport(script), sleep=clock.sleep, pace=pace),
        script,
        clock,
    )


def test_requests_keep_to_the_rate_and_the_wait_is_counted(tmp_path):
    session, script, clock = open_paced(tmp_path, 200, per_second=2)
    for _number in range(7):
        session.read("GET", "things")
    assert clock.now - 1000.0 >= 6 / 2
    assert session.statistics()["seconds_waited"] == pytest.approx(clock.now - 1000.0, abs=0.001)
    assert len(script.requests) == 7


def test_what_the_server_says_of_the_budget_is_believed(tmp_path):
    headers = {
        "X-RateLimit-Limit": "100",
        "X-RateLimit-Remaining": "1",
        "X-RateLimit-Reset": "1000",
    }
    session, script, _clock = open_paced(
        tmp_path, httpx.Response(200, headers=headers), 200, per_hour=100
    )
    session.read("GET", "things")
    session.read("GET", "things")
    with pytest.raises(Error, match="100 requests that an hour allows are spent"):
        session.read("GET", "things")
    assert len(script.requests) == 2


def test_after_a_429_everybody_waits_as_long_as_the_server_asked(tmp_path):
    session, _script, clock = open_paced(
        tmp_path, httpx.Response(429, headers={"Retry-After": "50"}), 200
    )
    other = Session(
        URL,
        transport=httpx.MockTransport(Script()),
        pace=Pace(tmp_path / "budget", clock=clock, sleep=clock.sleep),
        retries=0,
    )
    session.retries = 0
    with pytest.raises(Unreachable, match="too busy"):
        session.read("GET", "things")
    other.read("GET", "things")
    assert 1050 <= clock.now < 1060


def test_after_a_429_nobody_waits_twice(tmp_path):
    session, _script, clock = open_paced(
        tmp_path, httpx.Response(429, headers={"Retry-After": "50"}), 200
    )
    assert session.read("GET", "things").status == 200
    assert 1050 <= clock.now < 1060
    assert session.statistics()["seconds_waited"] == pytest.approx(clock.now - 1000.0, abs=0.001)


@pytest.mark.parametrize("value", [b"", b"many", b"-1", b"\xb2", b"1.5", b"\xff"])
def test_what_the_server_says_of_the_budget_may_be_nonsense(tmp_path, value):
    session, _script, _clock = open_paced(
        tmp_path,
        httpx.Response(
            200, headers=[(b"X-RateLimit-Remaining", value), (b"X-RateLimit-Limit", value)]
        ),
    )
    assert session.read("GET", "things").status == 200


# --- TLS and connecting -----------------------------------------------------------------------------------------------------


def test_a_tls_context_is_made_once_for_each_set_of_options():
    one = tls_context(True, None, None, None)
    assert tls_context(True, None, None, None) is one
    assert one.verify_mode == ssl.CERT_REQUIRED and one.check_hostname
    unverified = tls_context(False, None, None, None)
    assert unverified is not one and unverified.verify_mode == ssl.CERT_NONE


@pytest.mark.parametrize("content", [None, b"", b"not a certificate"])
def test_certificate_files_that_cannot_be_used_are_refused(tmp_path, content):
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match="ca_path"):
        Session("https://server.test", ca_path=str(path))
    with pytest.raises(InputError, match="client_cert"):
        Session("https://server.test", client_cert=str(path))


@pytest.mark.parametrize(
    ("certificate", "trust", "message"),
    [
        ("trusted", False, "certificate of https://localhost:[0-9]+ is not accepted: .*ca_path"),
        ("untrusted", True, "certificate of https://localhost:[0-9]+ is not accepted: .*ca_path"),
        ("wrong_host", True, "is not accepted: Hostname mismatch.*made out to"),
    ],
)
def test_a_certificate_that_is_not_accepted_is_said_at_once(certificate, trust, message):
    with serve(SimpleHelp(), certificate=certificate) as running:
        sleeps = []
        session = Session(
            f"{running.url}/api/v1/{quote(TOKEN, safe='')}/",
            ca_path=running.ca_path if trust else None,
            secrets=[TOKEN],
            sleep=sleeps.append,
        )
        with pytest.raises(Unreachable, match=message) as caught:
            session.read("GET", "technicians/list")
        session.close()
    assert sleeps == [], "what does not change by itself is not tried again"
    assert "s3cr3t" not in everything_told(caught.value)


def test_a_certificate_is_not_looked_at_when_the_user_says_so():
    with serve(SimpleHelp(), certificate="untrusted") as running:
        session = Session(running.url, validate_certs=False)
        assert session.read("GET", "api/v1/x/technicians/list").status < 500
        session.close()


def test_a_port_that_does_not_speak_tls_and_one_where_nobody_listens_are_told_apart():
    with serve(SimpleHelp(), tls=False) as running:
        port = running.url.rpartition(":")[2]
        session = Session(f"https://localhost:{port}", sleep=lambda seconds: None, retries=1)
        with pytest.raises(
            Unreachable,
            match=f"https://localhost:{port} does not speak TLS there.*check url and port",
        ):
            session.read("GET", "things")
        session.close()
    session = Session(f"https://localhost:{port}", sleep=lambda seconds: None, retries=1)
    with pytest.raises(
        Unreachable, match=f"https://localhost:{port} cannot be reached.*Check url and port"
    ):
        session.read("GET", "things")
    session.close()


def test_without_a_connection_the_proxy_is_named_as_a_possible_cause_where_there_is_one():
    for proxy, said in (("http://proxy.test:3128", True), (None, False)):
        session = Session(
            "https://server.test",
            proxy=proxy,
            transport=httpx.MockTransport(Script(httpx.ConnectError)),
            retries=0,
        )
        with pytest.raises(Unreachable) as caught:
            session.read("GET", "things")
        assert ("proxy" in str(caught.value)) is said


def test_the_connection_options_have_these_defaults():
    spec = connection_options("X", {})
    assert {name: option["default"] for name, option in spec.items() if "default" in option} == {
        "validate_certs": True,
        "timeout": 30.0,
        "retries": 3,
        "connections": 16,
    }


def test_every_connection_option_falls_back_on_an_environment_variable_of_its_platform():
    spec = connection_options("FASTX", {"password": {"type": "str", "no_log": True}})
    assert {name: option["fallback"][1] for name, option in spec.items()} == {
        name: [f"FASTX_{name.upper()}"] for name in spec
    }
    assert set(http.SHARED_OPTIONS) < set(spec) and {"url", "password"} < set(spec)
    assert spec["url"]["required"] is True


def options(**given):
    """Return a function that looks an option of a platform up, as a module's parameters and a
    plugin do.
    """
    defaults = {name: option.get("default") for name, option in connection_options("X", {}).items()}
    return {**defaults, "url": "https://server.test", **given}.__getitem__


@pytest.mark.parametrize(
    "url", ["https://server.test", "https://server.test/", "https://server.test:8443//"]
)
def test_a_session_is_made_from_the_options_of_a_platform_and_the_path_of_its_api(url):
    script = Script()
    session = Session.from_options(
        options(url=url, retries=5),
        "/api/v1",
        transport=httpx.MockTransport(script),
        read_only=True,
    )
    assert (session.retries, session.connections, session.read_only) == (5, 16, True)
    session.read("GET", "things")
    assert str(script.requests[0].url) == f"{url.rstrip('/')}/api/v1/things"


@pytest.mark.parametrize("url", ["https://server.test/login", "https://server.test/api/v1/t0k3n"])
def test_a_url_with_a_path_is_refused_as_an_option(url):
    with pytest.raises(InputError, match="without a path") as caught:
        Session.from_options(options(url=url), "/api/v1")
    assert "t0k3n" not in str(caught.value)


def test_a_key_without_its_certificate_is_refused():
    with pytest.raises(InputError, match="client_key needs client_cert"):
        open_session(200, client_key="key.pem")


def spent(**headers):
    return httpx.Response(
        429, headers={"X-RateLimit-Limit": "1000", "X-RateLimit-Remaining": "0", **headers}
    )


@pytest.mark.parametrize("retries", [0, 5])
@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, "600"),
        ({"X-RateLimit-Reset": "1800"}, "1800"),
        ({"Retry-After": "900", "X-RateLimit-Reset": "5"}, "900"),
    ],
)
def test_when_the_hour_is_spent_nobody_goes_on_asking(tmp_path, headers, seconds, retries):
    session, script, clock = open_paced(tmp_path, *[spent(**headers)] * 100)
    session.retries = retries
    words = rf"the 1000 requests that an hour allows are spent.*No request is sent for {seconds} s \(until "
    with pytest.raises(Unreachable, match=words):
        session.read("GET", "things")
    other = Session(
        URL,
        transport=httpx.MockTransport(script),
        pace=Pace(tmp_path / "budget", clock=clock, sleep=clock.sleep),
    )
    for each in (session, other):
        with pytest.raises(Error, match="requests that an hour allows are spent"):
            each.read("GET", "things")
    assert len(script.requests) == 1
    clock.now += int(seconds) + 1
    with pytest.raises(Unreachable):
        other.read("GET", "things")
    assert len(script.requests) == 2


def test_a_short_wait_for_the_hour_is_waited_for(tmp_path):
    session, script, clock = open_paced(tmp_path, spent(**{"Retry-After": "60"}), 200)
    assert session.read("GET", "things").status == 200
    assert clock.now >= 1060 and len(script.requests) == 2


def test_a_server_that_allows_more_than_the_option_is_believed(tmp_path):
    more = httpx.Response(
        200, headers={"X-RateLimit-Limit": "30000", "X-RateLimit-Remaining": "29000"}
    )
    session, script, clock = open_paced(tmp_path, *[more] * 40, per_hour=10, per_second=1000)
    for _number in range(30):
        session.read("GET", "things")
    assert len(script.requests) == 30 and clock.now < 1010

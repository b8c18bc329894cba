"""The faults of the simulated servers, over a real TLS connection."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import io
import socket
import ssl
import time
import zipfile
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.patience import LONGEST_MOMENT
from tests.simulator.faults import KINDS, Fault
from tests.simulator.serving import serve
from tests.simulator.simplehelp import SimpleHelp, Switches

NEW = {"technician": {"username": "carl"}}


@pytest.fixture
def server():
    return SimpleHelp(token="t0k3n")


@pytest.fixture
def client(server):
    with connected(server) as client:
        yield client


@contextmanager
def connected(server, **how):
    with serve(server, **how) as running:
        with httpx.Client(
            base_url=f"{running.url}/api/v1/t0k3n/",
            headers={"Content-Type": "application/json"},
            verify=ssl.create_default_context(cafile=running.ca_path),
        ) as client:
            yield client


def created(server):
    return "carl" in server.site["technicians"]


def test_status_answers_with_status_body_and_headers_and_does_nothing(server, client):
    server.inject(
        Fault("technicians/new", "status", status=429, body="slow down", headers={"Retry-After": 7})
    )
    answer = client.post("technicians/new", json=NEW)
    assert (answer.status_code, answer.text, answer.headers["retry-after"]) == (
        429,
        "slow down",
        "7",
    )
    assert not created(server)
    server.inject(
        Fault("technicians/list", "status", status=200, body="<error/>", content_type="text/xml")
    )
    assert client.get("technicians/list").headers["content-type"] == "text/xml"
    server.inject(Fault("technicians/new", "status", status=503, body={"success": False}))
    assert client.post("technicians/new", json=NEW).json() == {"success": False}
    assert [entry.status for entry in server.journal.entries] == [429, 200, 503]


@pytest.mark.parametrize(("failure", "status"), [("status", 400), ("success_false", 200)])
def test_refuse_is_a_refusal_of_the_api(failure, status):
    server = SimpleHelp(token="t0k3n", switches=Switches(failure=failure))
    server.inject(Fault("technicians/new", "refuse", reason="Not today"))
    with connected(server) as client:
        answer = client.post("technicians/new", json=NEW)
    assert (answer.status_code, answer.json()) == (
        status,
        {"success": False, "reason": "Not today"},
    )
    assert not created(server)


@pytest.mark.parametrize("tls", [True, False])
@pytest.mark.parametrize("orderly", [True, False])
@pytest.mark.parametrize(("kind", "effect"), [("reset_before", False), ("reset_after", True)])
def test_a_reset_breaks_the_connection_before_or_after_the_effect(
    server, tls, orderly, kind, effect
):
    server.inject(Fault("technicians/new", kind, orderly=orderly))
    with connected(server, tls=tls) as client:
        client.get("technicians/list")
        # Over TLS the reset may overtake what the client still reads; then it looks like an end.
        reset = (httpx.ReadError, httpx.RemoteProtocolError) if tls else httpx.ReadError
        with pytest.raises(httpx.RemoteProtocolError if orderly else reset):
            client.post("technicians/new", json=NEW)
        assert created(server) is effect
        assert client.get("technicians/list").status_code == 200
    first, broken, after = server.journal.entries
    assert (broken.status, broken.writes) == (None, True)
    assert first.connection == broken.connection != after.connection


@pytest.mark.parametrize("tls", [True, False])
@pytest.mark.parametrize("orderly", [True, False])
def test_on_the_wire_a_reset_is_an_error_and_an_orderly_end_is_none(server, tls, orderly):
    server.inject(Fault("*", "reset_before", orderly=orderly))
    with (
        serve(server, tls=tls) as running,
        socket.create_connection(("127.0.0.1", int(running.url.rpartition(":")[2]))) as plain,
    ):
        trusting = ssl.create_default_context(cafile=running.ca_path)
        wrapped = (
            trusting.wrap_socket(plain, server_hostname="localhost", suppress_ragged_eofs=False)
            if tls
            else plain
        )
        with wrapped:
            wrapped.sendall(
                b"GET /api/v1/t0k3n/technicians/list HTTP/1.1\r\nhost: localhost\r\n\r\n"
            )
            if orderly:
                assert wrapped.recv(100) == b""
            else:
                with pytest.raises((ssl.SSLEOFError, ConnectionResetError)):
                    wrapped.recv(100)


@pytest.mark.parametrize(("effect", "done_meanwhile"), [("before", True), ("after", False)])
def test_slow_answers_late_and_is_done_in_any_case(server, client, effect, done_meanwhile):
    server.inject(Fault("technicians/new", "slow", seconds=2.0, effect=effect))
    with pytest.raises(httpx.ReadTimeout):
        client.post("technicians/new", json=NEW, timeout=0.3)
    assert created(server) is done_meanwhile
    until = time.monotonic() + LONGEST_MOMENT
    while not created(server) and time.monotonic() < until:
        time.sleep(0.02)
    assert created(server)


def test_html_is_a_login_page_with_status_200(server, client):
    server.inject(Fault("*", "html"))
    answer = client.post("technicians/new", json=NEW)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert answer.text.startswith("<!DOCTYPE html>")
    assert not created(server)


@pytest.mark.parametrize(("kind", "body"), [("empty_list", b"[]"), ("empty_body", b"")])
def test_empty_answers_have_status_200(server, client, kind, body):
    server.inject(Fault("technicians/list", kind))
    answer = client.get("technicians/list")
    assert (answer.status_code, answer.content) == (200, body)
    assert len(client.get("technicians/list").json()) == 1


def test_wrong_shape_is_an_object_where_a_list_belongs(server, client):
    server.inject(Fault("technicians/list", "wrong_shape"))
    assert isinstance(client.get("technicians/list").json(), dict)


def test_altered_is_one_place_of_the_honest_answer_the_same_for_the_same_seed(server, client):
    honest = client.get("technicians/list").content
    answers = []
    for seed in [*range(30), *range(30)]:
        server.inject(Fault("technicians/list", "altered", seed=seed))
        answers.append(client.get("technicians/list").content)
    assert answers[:30] == answers[30:] and len(set(answers)) > 20 and honest not in answers
    server.inject(Fault("technicians/new", "altered"))
    client.post("technicians/new", json=NEW)
    assert created(server)


def test_truncated_ends_before_the_length_that_it_announced_and_is_done(server, client):
    server.inject(Fault("technicians/new", "truncated"))
    with pytest.raises(httpx.RemoteProtocolError, match="without sending complete message body"):
        client.post("technicians/new", json=NEW)
    assert created(server)


def test_malformed_is_half_of_the_json_with_a_right_length_and_is_done(server, client):
    server.inject(Fault("*", "malformed"))
    answer = client.post("technicians/new", json=NEW)
    assert int(answer.headers["content-length"]) == len(answer.content)
    with pytest.raises(ValueError):
        answer.json()
    assert created(server)


def test_ignored_says_success_and_does_nothing(server, client):
    server.inject(Fault("*", "ignored"))
    assert len(client.get("technicians/list").json()) == 1
    assert client.post("technicians/new", json=NEW).json() == {"success": True}
    assert not created(server)
    assert client.post("technicians/new", json=NEW).json() == {"success": True}
    assert created(server)


def test_a_gzip_bomb_is_small_on_the_wire_and_large_when_it_is_expanded(server, client):
    server.inject(Fault("*", "gzip_bomb", megabytes=20))
    with client.stream("GET", "technicians/list") as answer:
        small = b"".join(answer.iter_raw())
    assert (answer.status_code, answer.headers["content-encoding"]) == (200, "gzip")
    assert len(small) < 100_000
    server.inject(Fault("*", "gzip_bomb", megabytes=20))
    assert len(client.get("technicians/list").content) > 20_000_000


def test_a_redirect_names_another_place(server, client):
    server.inject(Fault("*", "redirect", location="https://elsewhere.example/login", status=307))
    answer = client.get("technicians/list")
    assert (answer.status_code, answer.headers["location"]) == (
        307,
        "https://elsewhere.example/login",
    )


def test_drip_sends_the_whole_answer_in_chunks_with_pauses(server, client):
    expected = client.get("technicians/list").content
    server.inject(Fault("*", "drip", seconds=0.01, size=32))
    started = time.perf_counter()
    with client.stream("GET", "technicians/list") as answer:
        body = b"".join(answer.iter_raw())
    assert body == expected
    assert "content-length" not in answer.headers
    assert time.perf_counter() - started >= 0.01 * (len(expected) // 32)


@pytest.mark.parametrize(
    ("style", "declares"),
    [
        ("expansion", b"'&e8;&e8;"),
        ("file", b'SYSTEM "file:'),
        ("network", b'SYSTEM "http:'),
        ("parameter", b"%outside;"),
        ("harmless", b'<!ENTITY e9 "lol">'),
    ],
)
def test_xml_with_entities_declares_them_in_a_document_type(server, client, style, declares):
    server.inject(Fault("*", "entities", style=style))
    answer = client.get("technicians/list")
    assert answer.headers["content-type"].startswith("text/xml")
    assert b"<!DOCTYPE success [" in answer.content
    assert b"<success>&e9;</success>" in answer.content
    assert declares in answer.content


@pytest.mark.parametrize("shape", ["flat", "deep"])
def test_huge_xml_is_well_formed_and_as_large_as_it_is_told(server, client, shape):
    server.inject(Fault("*", "huge_xml", megabytes=2, shape=shape))
    body = client.get("technicians/list").content
    assert 2_000_000 <= len(body) < 2_001_000
    assert body.count(b"<a>") == body.count(b"</a>")
    assert (b"<a><a>" in body) is (shape == "deep")


def test_a_zip_bomb_is_small_on_the_wire_and_large_when_it_is_expanded(server, client):
    server.inject(Fault("*", "zip_bomb", megabytes=20))
    small = client.get("technicians/list").content
    assert len(small) < 100_000
    with zipfile.ZipFile(io.BytesIO(small)) as archive:
        assert archive.getinfo("jump_items.csv").file_size == 20_000_000


def test_cut_ends_the_answer_after_some_bytes_in_one_of_four_ways(server, client):
    def lists(timeout=5.0, **how):
        server.inject(Fault("technicians/list", "cut", **how))
        return client.get("technicians/list", timeout=timeout)

    for how in ({"bytes": 5}, {}, {"bytes": 5, "ending": "stall", "seconds": 0.1}):
        with pytest.raises(
            httpx.RemoteProtocolError, match="without sending complete message body"
        ):
            lists(**how)
    with pytest.raises(httpx.TransportError):
        lists(bytes=5, ending="reset")
    with pytest.raises(httpx.ReadTimeout):
        lists(httpx.Timeout(5, read=0.3), bytes=5, ending="stall")
    answer = lists(bytes=5, ending="end")
    assert (answer.status_code, len(answer.content), answer.headers["content-length"]) == (
        200,
        5,
        "5",
    )
    whole = client.get("technicians/list").content
    assert lists(bytes=100_000, ending="end").content == whole
    with pytest.raises(ValueError, match="ending must be one of"):
        Fault("*", "cut", ending="badly")


def test_every_kind_of_fault_is_shown_by_a_test_of_this_file():
    source = Path(__file__).read_text(encoding="utf-8")
    assert [kind for kind in KINDS if f'"{kind}"' not in source] == []


def test_a_fault_lets_some_requests_pass_and_then_shows_a_number_of_times(server, client):
    server.inject(Fault("technicians/list", "empty_list", times=2, after=1))
    assert [len(client.get("technicians/list").json()) for _turn in range(4)] == [1, 0, 0, 1]


def test_a_fault_without_a_number_of_times_shows_for_ever_until_it_is_taken_away(server, client):
    server.inject(Fault("technicians/*", "empty_list", times=None))
    assert [len(client.get("technicians/list").json()) for _turn in range(3)] == [0, 0, 0]
    assert len(client.get("groups/list").json()) == 1
    server.faults.clear()
    assert len(client.get("technicians/list").json()) == 1


def test_a_fault_can_be_narrowed_to_one_body(server, client):
    server.inject(
        Fault(
            "technicians/new", "refuse", matching={"technician": {"username": "dora"}}, times=None
        )
    )
    statuses = [
        client.post("technicians/new", json={"technician": {"username": name}}).status_code
        for name in ("carl", "dora", "emil")
    ]
    assert statuses == [200, 400, 200]


def test_faults_show_in_the_order_in_which_they_were_injected(server, client):
    server.inject(Fault("*", "status", status=500))
    server.inject(Fault("*", "status", status=502))
    assert [client.get("technicians/list").status_code for _turn in range(3)] == [500, 502, 200]


def test_a_fault_of_an_unknown_kind_or_with_an_unknown_argument_is_an_error():
    with pytest.raises(ValueError, match="there is no fault explode"):
        Fault("*", "explode")
    with pytest.raises(ValueError, match="takes no seconds"):
        Fault("*", "html", seconds=3)
    with pytest.raises(ValueError, match="style must be one of"):
        Fault("*", "entities", style="polite")


def test_inside_the_process_a_broken_connection_reaches_the_caller_as_an_error(make_api):
    api = make_api()
    api.server.inject(Fault("*", "reset_before"))
    with pytest.raises(ConnectionResetError):
        api.send("technicians/list")

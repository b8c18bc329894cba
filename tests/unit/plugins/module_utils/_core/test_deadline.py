"""An exchange ends, whatever a server or a proxy does to hold it: each of these drips on for ever,
and faster than any read gives up.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import re
import socket
import ssl
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, suppress
from itertools import product, repeat

import pytest
import trustme

from ansible_collections.remoteops.access.plugins.module_utils._core import http
from ansible_collections.remoteops.access.plugins.module_utils._core.errors import (
    Error,
    OutcomeUnknown,
    Unreachable,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.http import Session

TIMEOUT = 2.0  # seconds; more than connecting takes on a busy machine
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
CONNECTED = b"HTTP/1.1 200 Connection established\r\n\r\n"
RECORD = b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc"  # the beginning of a server's hello, of 16 KiB


class Dripping:
    """Says ``at_once`` to the first word of each client, and then ``drop`` again and again, every
    twentieth of a second.
    """

    def __init__(self, at_once: bytes, drop: bytes, tls=None, more_words: int = 0):
        self.at_once, self.drop, self.tls, self.more_words = at_once, drop, tls, more_words
        self.stopped = threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        with suppress(OSError):
            while True:
                threading.Thread(
                    target=self._answer, args=[self.listener.accept()[0]], daemon=True
                ).start()

    def _answer(self, client):
        with suppress(OSError), client:
            speaking = self.tls.wrap_socket(client, server_side=True) if self.tls else client
            with speaking:
                speaking.recv(65536)
                speaking.sendall(self.at_once)
                for _word in range(self.more_words):
                    speaking.recv(65536)
                    speaking.sendall(RECORD)
                for drop in repeat(self.drop):
                    if self.stopped.wait(0.05):
                        break
                    speaking.sendall(drop)

    def close(self):
        self.stopped.set()
        self.listener.close()


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@pytest.fixture
def tls(authority):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context


@pytest.fixture
def ca_path(authority, tmp_path):
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    return str(tmp_path / "ca.pem")


def ask(url, verb="read", **options):
    with closing(Session(url, **{"retries": 0, "timeout": TIMEOUT, **options})) as session:
        return getattr(session, verb)("POST", "things")


def told_by(kinds, tls, ca_path, **options) -> dict:
    """Ask servers of these kinds all at the same time, by http and https, to read and to write;
    return the error of each.
    """
    cases = list(product(kinds, ("http", "https"), ("read", "write")))
    with ExitStack() as servers, ThreadPoolExecutor(len(cases)) as pool:

        def error(case):
            (at_once, drop), scheme, verb = case
            server = servers.enter_context(
                closing(Dripping(at_once, drop, tls if scheme == "https" else None))
            )
            address = f"{scheme}://127.0.0.1:{server.port}"
            with pytest.raises(Error) as caught:
                ask(
                    options.get("through") or address,
                    verb,
                    ca_path=ca_path,
                    **({"proxy": address} if options else {}),
                )
            return caught.value

        return dict(zip(cases, pool.map(error, cases), strict=True))


HEADS = [
    (b"", b"H"),
    (b"HTTP/1.1 200 OK\r\nX: ", b"a"),
    (HEAD, b"X: a\r\n"),
    (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    (b"", b"HTTP/1.1 102 Processing\r\n\r\n"),
    (b"", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"),
]
BODIES = [
    (HEAD + b"Content-Length: 1000000000\r\n\r\n", b"["),
    (HEAD + b"\r\n", b"["),
    (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n[\r\n"),
    (HEAD + b"Transfer-Encoding: chunked\r\n\r\n1; ", b"x"),
    (HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"X: y\r\n"),
    # A name that does not end, in the head of gzip.
    (HEAD + b"Content-Encoding: gzip\r\n\r\n\x1f\x8b\x08\x08\0\0\0\0\0\0", b"a"),
]


def test_a_head_that_does_not_end_takes_as_long_as_the_option_timeout_says(tls, ca_path):
    for (_kind, _scheme, verb), error in told_by(HEADS, tls, ca_path).items():
        assert isinstance(error, Unreachable if verb == "read" else OutcomeUnknown)
        assert re.search(r"no answer of http.* in time \(option timeout\)", str(error))


def test_a_body_that_does_not_end_takes_as_long_as_an_exchange_may(tls, ca_path, monkeypatch):
    monkeypatch.setattr(http, "LONGEST_ANSWER", TIMEOUT)
    for (_kind, _scheme, verb), error in told_by(BODIES, tls, ca_path).items():
        assert isinstance(error, Unreachable if verb == "read" else OutcomeUnknown)
        assert "in time: it did not end, although an exchange may take 2 s" in str(error)


def test_a_proxy_that_does_not_end_its_answer_to_connect_is_named_and_nothing_was_done(
    tls, ca_path
):
    for (_kind, scheme, _verb), error in told_by(
        HEADS, tls, ca_path, through="https://server.test"
    ).items():
        assert isinstance(error, Unreachable)
        wanted = rf"https://server\.test does not answer through the proxy {scheme}://127\.0\.0\.1:\d+ \(option proxy\): no connection in time"
        assert re.match(wanted, str(error))


@pytest.mark.parametrize(
    "at_once",
    [HEAD + b"Content-Length: 1000000000\r\n\r\n", HEAD + b"Transfer-Encoding: chunked\r\n\r\n"],
)
def test_a_stream_has_more_time_the_more_of_it_has_come_and_ends_when_that_is_too_little(
    at_once, monkeypatch
):
    monkeypatch.setattr(http, "LONGEST_ANSWER", 1.0)
    received = []
    with (
        closing(Dripping(at_once, b"1\r\n[\r\n")) as server,
        closing(Session(f"http://127.0.0.1:{server.port}", retries=0)) as session,
    ):
        with pytest.raises(Unreachable, match="it did not end"):
            session.stream("GET", "file", lambda headers: lambda piece: received.append(len(piece)))
        first = sum(received)
        # A second for each byte is more than they come in, so that nothing but the end of the
        # stream would end it.
        monkeypatch.setattr(http, "SLOWEST_FILE", 1)

        class Enough(Exception):
            pass

        def take(piece):
            received.append(len(piece))
            if sum(received) > 2 * first + 10:
                raise Enough

        received.clear()
        with pytest.raises(Enough):
            session.stream("GET", "file", lambda headers: take)


@pytest.mark.parametrize("at_once", [b"", RECORD])
def test_a_tls_handshake_that_does_not_end_is_given_up_and_nothing_was_done(at_once):
    with closing(Dripping(at_once, b"a" if at_once else b"\x16")) as server:
        with pytest.raises(Unreachable, match="no connection in time|does not speak TLS"):
            ask(f"https://127.0.0.1:{server.port}", "write")


@pytest.mark.parametrize("speaks_tls", [False, True])
def test_a_handshake_that_does_not_end_is_given_up_through_a_proxy_and_also_within_its_tls(
    speaks_tls, tls, ca_path
):
    with closing(Dripping(CONNECTED, b"a", tls if speaks_tls else None, more_words=1)) as proxy:
        address = f"{'https' if speaks_tls else 'http'}://127.0.0.1:{proxy.port}"
        with pytest.raises(
            Unreachable,
            match=r"https://server\.test does not answer through the proxy .*: no connection in time",
        ):
            ask("https://server.test", proxy=address, ca_path=ca_path)


def test_a_proxy_whose_own_handshake_does_not_end_is_named():
    with closing(Dripping(RECORD, b"a")) as proxy:
        with pytest.raises(
            Unreachable,
            match=rf"^proxy https://127\.0\.0\.1:{proxy.port} \(option proxy\) does not answer: no connection in time",
        ):
            ask("https://server.test", proxy=f"https://127.0.0.1:{proxy.port}")


def test_a_server_that_takes_a_request_byte_by_byte_does_not_hold_it_for_ever(monkeypatch):
    monkeypatch.setattr(http, "LONGEST_ANSWER", 1.0)
    listener, stopped = socket.socket(), threading.Event()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    listener.bind(("127.0.0.1", 0))
    listener.listen()

    def take():
        with suppress(OSError), listener.accept()[0] as client:
            while not stopped.wait(0.01):
                client.recv(2048)

    threading.Thread(target=take, daemon=True).start()
    with (
        closing(listener),
        closing(Session(f"http://127.0.0.1:{listener.getsockname()[1]}", retries=0)) as session,
    ):
        with pytest.raises(OutcomeUnknown, match="in time"):
            session.write("POST", "things", content=bytes(64 * 2**20))
        stopped.set()


def test_of_many_addresses_that_do_not_answer_not_each_has_the_whole_time(monkeypatch):
    monkeypatch.setattr(http, "LONGEST_ANSWER", 0.5)
    asked = []

    def many(host, port, *rest, **options):
        asked.append(host)
        return repeat((socket.AF_INET, socket.SOCK_STREAM, 0, "", ("127.0.0.1", port)))

    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    monkeypatch.setattr(socket, "getaddrinfo", many)
    with pytest.raises(Unreachable, match="no connection in time"):
        ask(f"http://server.test:{port}")
    assert asked == ["server.test"]

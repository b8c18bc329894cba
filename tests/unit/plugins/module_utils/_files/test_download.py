"""What a download promises: a whole file or none, whatever the server sends and whenever the
process ends, in memory that does not grow.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import errno
import gzip
import hashlib
import json
import os
import random
import signal
import ssl
import stat
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import httpx
import pytest
import trustme

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.credentials import (
    ClientCredentials,
)
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.pace import Pace
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.tokens import (
    PrivateTokens,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.errors import (
    Error,
    InputError,
    Refused,
    ServerError,
    Unreachable,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.http import Session
from ansible_collections.remoteops.access.plugins.module_utils._files import (
    download as download_module,
)
from ansible_collections.remoteops.access.plugins.module_utils._files.download import (
    download,
    sha256_of,
)
from tests.patience import LONGEST_MOMENT
from tests.unit.listening import Listener, Proxy

FILE = bytes(range(256)) * 1000
DIGEST = hashlib.sha256(FILE).hexdigest()
TOKEN = "s3cr3t/token"
BINARY = {"Content-Type": "application/octet-stream"}
HTML = b"<!DOCTYPE html>\n<html><body>Please sign in</body></html>"
# Downloads from the address and to the path that it is given, and prints what came of it.
PROCESS = """
import json, resource, sys
from pathlib import Path
from ansible_collections.remoteops.access.plugins.module_utils._core import errors, http
from ansible_collections.remoteops.access.plugins.module_utils._files import download
url, dest, limit = sys.argv[1:]
if int(limit):
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))
session = http.Session(url, retries=0)
try:
    print(json.dumps(download.download(session, "file", Path(dest), lambda answer: None)))
except errors.Error as exc:
    print(json.dumps(str(exc)))
"""


class Script:
    """A server that answers with each of ``answers`` in turn, the last again and again: a Response,
    a function or an exception.
    """

    def __init__(self, *answers):
        self.answers, self.requests = list(answers), []

    def __call__(self, request):
        self.requests.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, type):
            raise answer("it happened")
        return answer(request) if callable(answer) else answer


class Pieces(httpx.SyncByteStream):
    """A body in pieces of 64 KiB, as a network brings them; ``broken`` ends it with an error."""

    def __init__(self, body, broken=False):
        self.body, self.broken = body, broken

    def __iter__(self) -> Iterator[bytes]:
        body = (
            self.body
            if not isinstance(self.body, bytes)
            else [self.body[at : at + 65536] for at in range(0, len(self.body), 65536)]
        )
        yield from body
        if self.broken:
            raise httpx.ReadError("connection reset")


def answering(body, headers=None, status=200, broken=False, length=None):
    """Return what answers with a body. Its length is announced (``length``: that it is), unless
    headers are given that say otherwise.
    """
    announced = (
        {"Content-Length": str(len(body) if length is None else length)}
        if isinstance(body, bytes) or length is not None
        else {}
    )
    return lambda request: httpx.Response(
        status, headers={**BINARY, **announced, **(headers or {})}, stream=Pieces(body, broken)
    )


def open_session(*answers, **options):
    """Return a session with a scripted server, the script, and the list of its sleeps in seconds."""
    script, sleeps = Script(*answers), []
    options = {"secrets": [TOKEN], "retries": 0, **options}
    return (
        Session(
            "https://server.test/",
            transport=httpx.MockTransport(script),
            sleep=sleeps.append,
            **options,
        ),
        script,
        sleeps,
    )


def accept_nothing(answer):
    """Leave it to the download to say that an answer is no file."""


def fetch(session, dest, refuse=accept_nothing, **how) -> dict:
    return download(session, "file", dest, refuse, **how)


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def place(tmp_path):
    """Return a path in an empty directory of its own."""
    directory = tmp_path / "files"
    directory.mkdir()
    return directory / "agent.msi"


# --- a file -----------------------------------------------------------------------------------------------------------


def test_a_file_is_put_in_its_place_and_what_was_fetched_is_told(place):
    session, script, _sleeps = open_session(answering(FILE))
    told = fetch(session, place)
    assert place.read_bytes() == FILE
    assert told.pop("seconds") >= 0
    assert told == {"changed": True, "dest": str(place), "size": len(FILE), "sha256": DIGEST}
    assert list(place.parent.iterdir()) == [place]
    assert [script.requests[0].headers[name] for name in ("accept", "accept-encoding")] == [
        "*/*",
        "identity",
    ]


def test_other_methods_headers_and_bodies_can_be_asked_with(place):
    session, script, _sleeps = open_session(answering(FILE))
    fetch(session, place, method="POST", json={"a": 1}, headers={"Accept": "application/zip"})
    request = script.requests[0]
    assert (request.method, json.loads(request.content), request.headers["accept"]) == (
        "POST",
        {"a": 1},
        "application/zip",
    )


def test_a_body_in_chunks_needs_no_length(place):
    session, _script, _sleeps = open_session(
        answering([b"one", b"two"], {"Transfer-Encoding": "chunked"})
    )
    assert fetch(session, place)["size"] == 6
    assert place.read_bytes() == b"onetwo"


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o750])
def test_the_file_has_the_mode_that_was_asked_for_whatever_the_umask(place, mode):
    before = os.umask(0o077)
    try:
        fetch(open_session(answering(FILE))[0], place, mode=mode)
    finally:
        os.umask(before)
    assert mode_of(place) == mode


def test_while_it_arrives_only_the_user_can_read_it_and_nothing_has_its_name(place):
    seen = []

    def watched():
        for _piece in range(3):
            seen.append(
                [(path.name == place.name, mode_of(path)) for path in place.parent.iterdir()]
            )
            yield b"x" * 100_000

    before = os.umask(0)
    try:
        fetch(open_session(answering(watched(), length=300_000))[0], place, mode=0o644)
    finally:
        os.umask(before)
    assert seen == [[(False, 0o600)]] * 3
    assert mode_of(place) == 0o644


def test_another_file_that_is_there_is_replaced_in_one_step(place):
    place.write_bytes(b"old")
    with open(place, "rb") as old:
        assert fetch(open_session(answering(FILE))[0], place)["changed"] is True
        assert old.read() == b"old"  # whoever had it open still has all of it
    assert place.read_bytes() == FILE


def test_the_same_file_is_left_as_it_is(place):
    place.write_bytes(FILE)
    before = place.stat()
    assert fetch(open_session(answering(FILE))[0], place, mode=0o640)["changed"] is False
    after = place.stat()
    assert (before.st_ino, before.st_mtime_ns, before.st_mode) == (
        after.st_ino,
        after.st_mtime_ns,
        after.st_mode,
    )
    assert list(place.parent.iterdir()) == [place]


def test_a_link_is_replaced_and_not_followed(place, tmp_path):
    other = tmp_path / "other"
    other.write_bytes(b"other")
    place.symlink_to(other)
    fetch(open_session(answering(FILE))[0], place)
    assert other.read_bytes() == b"other" and not place.is_symlink() and place.read_bytes() == FILE


def test_file_and_directory_are_on_the_disk_before_and_after_the_file_gets_its_name(
    place, monkeypatch
):
    steps = []
    for name in ("fsync", "replace"):
        real = getattr(os, name)

        def noted(*arguments, real=real, name=name):
            at = os.readlink(f"/proc/self/fd/{arguments[0]}") if name == "fsync" else arguments[1]
            steps.append((name, "part" if str(at).endswith(".part") else str(at)))
            return real(*arguments)

        monkeypatch.setattr(os, name, noted)
    fetch(open_session(answering(FILE))[0], place)
    assert steps == [("fsync", "part"), ("replace", str(place)), ("fsync", str(place.parent))]


def test_without_keeping_it_is_compared_and_nothing_is_written(place):
    told = fetch(open_session(answering(FILE), read_only=True)[0], place, keep=False)
    assert (told["changed"], told["size"], told["sha256"]) == (True, len(FILE), DIGEST)
    assert list(place.parent.iterdir()) == []
    place.write_bytes(FILE)
    assert fetch(open_session(answering(FILE))[0], place, keep=False)["changed"] is False
    assert sha256_of(place) == DIGEST


# --- the server's name for it -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ('attachment; filename="agent 1.2 (64).msi"', "agent 1.2 (64).msi"),
        ("attachment; filename=agent.msi", "agent.msi"),
        ("attachment; filename*=UTF-8''J%C3%BCrgen.dmg", "Jürgen.dmg"),
        ('attachment; filename="../../etc/cron.d/agent"', "agent"),
        ('attachment; filename="/etc/passwd"', "passwd"),
        ('attachment; filename="C:\\\\Windows\\\\agent.exe"', "agent.exe"),
        ('attachment; filename=".bashrc"', "bashrc"),
        ('attachment; filename="a;rm -rf $HOME`.msi"', "a_rm -rf _HOME_.msi"),
        (f'attachment; filename="{"n" * 300}"', "n" * 200),
    ],
)
def test_in_a_directory_it_gets_the_servers_name_and_stays_there(place, header, name):
    told = fetch(open_session(answering(FILE, {"Content-Disposition": header}))[0], place.parent)
    assert [path.name for path in place.parent.iterdir()] == [name]
    assert told["dest"] == str(place.parent / name)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "attachment",
        'attachment; filename=""',
        'attachment; filename=".."',
        'attachment; filename="a/"',
    ],
)
def test_without_a_name_of_the_servers_a_directory_is_not_enough(place, header):
    with pytest.raises(
        ServerError, match="GET file does not say what the file is called; let dest end in a name"
    ):
        fetch(open_session(answering(FILE, {"Content-Disposition": header}))[0], place.parent)
    assert list(place.parent.iterdir()) == []


# --- places that cannot be --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("keep", [True, False])
def test_a_place_that_cannot_be_is_refused_before_anything_is_sent(place, keep):
    os.mkfifo(place)
    session, script, _sleeps = open_session(answering(FILE))
    for dest in (place.parent / "no" / "such.msi", place, place / "below.msi"):
        with pytest.raises(InputError, match=f"dest: {dest} must be a file"):
            fetch(session, dest, keep=keep)
    assert script.requests == [] and list(place.parent.iterdir()) == [place]


def test_a_directory_that_takes_no_files_is_told_before_anything_is_sent():
    session, script, _sleeps = open_session(answering(FILE))
    with pytest.raises(Error, match="/proc/agent.msi cannot be written: "):  # not even by root
        fetch(session, Path("/proc/agent.msi"))
    assert script.requests == []


def test_a_full_disk_is_told_and_leaves_what_was_there(place, raw):
    place.write_bytes(b"old")
    server = raw(whole(FILE))
    assert (
        in_a_process(server, place, limit=100_000) == f"{place} cannot be written: File too large."
    )
    assert place.read_bytes() == b"old" and list(place.parent.iterdir()) == [place]


# --- what is no file --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (
            answering(HTML, {"Content-Type": "text/html; charset=utf-8"}),
            r"an HTML page \(HTTP 200\)",
        ),
        (answering(HTML), "a page or a message"),
        (answering(b"\xef\xbb\xbf \r\n" + HTML), "a page or a message"),
        (
            answering([bytes([byte]) for byte in HTML], {"Transfer-Encoding": "chunked"}),
            "a page or a message",
        ),
        (answering(b'{"message": "no"}', {"Content-Type": "application/json"}), "17 bytes"),
        (answering(b'{"message": "no"}', {"Content-Type": "application/problem+json"}), "17 bytes"),
        (answering(b'{"message": "no"}'), "a page or a message"),
        (
            answering(b"<?xml version='1.0'?><error>no</error>", {"Content-Type": "text/xml"}),
            "38 bytes",
        ),
        (answering(b"<error>no</error>"), "a page or a message"),
        (answering(b""), "0 bytes of 0, where"),
        (answering([], {"Transfer-Encoding": "chunked"}), "0 bytes, where"),
        (answering(b"", {"Content-Type": "text/html"}), r"an empty body \(HTTP 200\)"),
        (answering(FILE, status=206), r"\(HTTP 206\)"),
        (answering(b"", status=204), r"an empty body \(HTTP 204\)"),
        (
            answering(gzip.compress(FILE), {"Content-Encoding": "gzip"}),
            "in a packing that was not asked for",
        ),
        (answering([FILE]), "without saying where it ends"),
        (answering(b"abc", length=5), "3 bytes of 5, where a file was expected"),
        (answering(b"abcdef", length=5), "6 bytes of 5, where a file was expected"),
    ],
)
@pytest.mark.parametrize("keep", [True, False])
def test_what_is_no_whole_file_is_an_error_and_never_a_file(place, answer, message, keep):
    place.write_bytes(b"old")
    with pytest.raises(ServerError, match=f"GET file answered .*{message}"):
        fetch(open_session(answer)[0], place, keep=keep)
    assert place.read_bytes() == b"old" and list(place.parent.iterdir()) == [place]


def test_a_redirect_is_not_followed(place):
    with pytest.raises(ServerError, match="redirected to https://elsewhere.test"):
        fetch(
            open_session(answering(b"", {"Location": "https://elsewhere.test/file"}, status=302))[
                0
            ],
            place,
        )
    assert list(place.parent.iterdir()) == []


def test_an_installer_for_linux_may_be_a_desktop_entry(place):
    fetch(open_session(answering(b"[Desktop Entry]\nName=Agent\n"))[0], place)
    assert place.read_bytes().startswith(b"[Desktop")


@pytest.mark.parametrize(
    ("status", "kind"),
    [(403, "application/json"), (422, "application/octet-stream"), (200, "text/xml")],
)
def test_who_asks_explains_an_answer_without_a_file(place, status, kind):
    seen = []

    def refuse(answer):
        seen.append((answer.status, answer.content))
        raise Refused("expired")

    session, _script, _sleeps = open_session(
        answering(b"told", {"Content-Type": kind}, status=status)
    )
    with pytest.raises(Refused, match="expired"):
        fetch(session, place, refuse)
    assert seen == [(status, b"told")] and list(place.parent.iterdir()) == []


@pytest.mark.parametrize(
    ("constant", "value"), [("LARGEST_FILE", 1_000_000), ("LONGEST_DOWNLOAD", -1.0)]
)
def test_a_file_that_does_not_end_is_given_up(place, monkeypatch, constant, value):
    monkeypatch.setattr(download_module, constant, value)

    def endless():
        while True:
            yield b"x" * 65536

    with pytest.raises(ServerError, match="GET file answered a file that does not end"):
        fetch(open_session(answering(endless(), {"Transfer-Encoding": "chunked"}))[0], place)
    assert list(place.parent.iterdir()) == []


def test_no_secret_is_in_a_message(place):
    session, _script, _sleeps = open_session(answering(HTML))
    with pytest.raises(ServerError) as caught:
        download(session, f"{TOKEN}/file", place, accept_nothing)
    assert TOKEN not in str(caught.value) and "GET ********/file" in str(caught.value)


# --- patience, as for any other request -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "problem",
    [
        httpx.ConnectError,
        httpx.ReadTimeout,
        answering(b"", status=500),
        answering(b"", status=429),
        answering(b"", status=503),
    ],
)
def test_a_download_is_repeated_like_a_read(place, problem):
    session, script, sleeps = open_session(problem, problem, answering(FILE), retries=2)
    assert fetch(session, place)["sha256"] == DIGEST
    assert len(script.requests) == 3 and len(sleeps) == 2 and place.read_bytes() == FILE


def test_a_download_that_breaks_off_begins_anew_and_nothing_of_the_first_attempt_stays(place):
    broken = answering(b"z" * 900_000, broken=True, length=2_000_000)
    session, script, _sleeps = open_session(broken, broken, answering(FILE), retries=2)
    told = fetch(session, place)
    assert (told["size"], told["sha256"]) == (len(FILE), DIGEST)
    assert place.read_bytes() == FILE and len(script.requests) == 3


@pytest.mark.parametrize(
    "after",
    [
        answering(b"{}", {"Content-Type": "application/json"}),
        answering(b"no", status=404),
        answering(b"", status=500),
    ],
)
def test_an_attempt_that_brings_no_file_does_not_pass_for_the_one_that_broke_off(place, after):
    session, _script, _sleeps = open_session(
        answering(FILE[:-1], broken=True, length=len(FILE)), after, retries=1
    )
    with pytest.raises(ServerError, match="where a file was expected"):
        fetch(session, place)
    assert list(place.parent.iterdir()) == []


def test_a_token_that_is_refused_is_renewed_once(place):
    minted = iter(["one", "two"])

    def server(request):
        if request.url.path == "/token":
            return httpx.Response(200, json={"access_token": next(minted)})
        right = request.headers["authorization"] == "Bearer two"
        return answering(FILE)(request) if right else httpx.Response(401, json={})

    session, script, _sleeps = open_session(
        server,
        login=ClientCredentials("https://server.test/token", "id", "secret", PrivateTokens()),
    )
    assert fetch(session, place)["sha256"] == DIGEST
    assert [request.url.path for request in script.requests] == [
        "/token",
        "/file",
        "/token",
        "/file",
    ]


def test_each_attempt_counts_in_the_budget_of_requests(place, tmp_path):
    sleeps = []
    pace = Pace(tmp_path / "shared" / "budget", 10.0, 1000, sleep=sleeps.append)
    session, _script, _sleeps = open_session(
        *[answering(FILE[:9], broken=True, length=99)] * 2, answering(FILE), retries=2, pace=pace
    )
    fetch(session, place)
    assert len(sleeps) == 2


def test_memory_does_not_grow_with_the_file(place):
    peaks = []
    for megabytes in (2, 64):
        pieces = (b"\x01" * 65536 for _piece in range(16 * megabytes))
        session = open_session(answering(pieces, length=megabytes * 2**20))[0]
        tracemalloc.start()
        try:
            assert fetch(session, place)["size"] == megabytes * 2**20
            peaks.append(tracemalloc.get_traced_memory()[1])
        finally:
            tracemalloc.stop()
    assert peaks[1] < 2**20 and peaks[1] < peaks[0] + 2**18


def test_a_large_file_is_put_on_the_disk_while_it_arrives(place, monkeypatch):
    monkeypatch.setattr(download_module, "PORTION", download_module.BLOCK)
    sizes, real = [], os.fsync
    monkeypatch.setattr(
        os,
        "fsync",
        lambda descriptor: (sizes.append(os.fstat(descriptor).st_size), real(descriptor)),
    )
    fetch(open_session(answering(FILE * 8))[0], place)
    assert sizes[0] < len(FILE) * 8 == sizes[-2], (
        "the last but one is that of the whole file, the last that of the directory"
    )


def test_a_disk_that_fails_meanwhile_is_told_although_the_last_fsync_says_nothing(
    place, monkeypatch
):
    monkeypatch.setattr(download_module, "PORTION", download_module.BLOCK)
    problems, real = [OSError(errno.EIO, "Input/output error")], os.fsync

    def fail_once(descriptor):
        if problems:
            raise problems.pop()
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fail_once)
    with pytest.raises(Error, match="cannot be written: Input/output error"):
        fetch(open_session(answering(FILE * 8))[0], place)
    assert not problems and list(place.parent.iterdir()) == []


# --- a real connection, and real processes ----------------------------------------------------------------------------


class RawServer(Listener):
    """Answers every connection with the same bytes, in parts with a pause between them, and then
    closes it.
    """

    def __init__(self, parts, pause, tls=None):
        self.parts, self.pause = parts, pause
        super().__init__(tls)

    def answer(self, connection):
        with suppress(OSError), connection:
            connection.recv(65536)
            for part in self.parts:
                connection.sendall(part)
                time.sleep(self.pause)


@pytest.fixture
def raw():
    """Return a function that starts a RawServer."""
    servers = []

    def start(parts, pause=0.0):
        servers.append(RawServer(parts, pause))
        return servers[-1]

    yield start
    for server in servers:
        server.listener.close()


def head(*lines: str) -> bytes:
    return "\r\n".join(
        ["HTTP/1.1 200 OK", "Content-Type: application/octet-stream", *lines, "", ""]
    ).encode()


def whole(body: bytes, size: int = 65536) -> list[bytes]:
    return [
        head(f"Content-Length: {len(body)}"),
        *(body[at : at + size] for at in range(0, len(body), size)),
    ]


def in_chunks(body: bytes, end: bytes = b"0\r\n\r\n") -> list[bytes]:
    pieces = [body[at : at + 65536] for at in range(0, len(body), 65536)]
    return [
        head("Transfer-Encoding: chunked"),
        *(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces),
        end,
    ]


def in_a_process(server: RawServer, dest: Path, limit: int = 0):
    """Return what a process of its own tells of a download, its result or its message."""
    return json.loads(
        subprocess.run(
            command(server, dest, limit), env=environment(), check=True, stdout=subprocess.PIPE
        ).stdout
    )


def command(server: RawServer, dest: Path, limit: int = 0) -> list[str]:
    return [sys.executable, "-c", PROCESS, server.url, str(dest), str(limit)]


def environment() -> dict:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}


@pytest.mark.parametrize("parts", [whole(FILE), in_chunks(FILE)])
def test_a_whole_file_arrives_with_a_length_and_in_chunks(place, raw, parts):
    with closing(Session(raw(parts).url, retries=0)) as session:
        assert fetch(session, place)["sha256"] == DIGEST


@pytest.mark.parametrize("frame", [whole, in_chunks])
@pytest.mark.parametrize("size", [1, 999, 1000, 1001, 3000, 3007])
def test_whatever_falls_on_the_end_of_a_block_arrives(place, raw, monkeypatch, frame, size):
    monkeypatch.setattr(download_module, "BLOCK", 1000)
    body = random.Random(size).randbytes(size)
    parts = frame(body)
    broken_up = [
        part[at : at + 700]
        for part in [parts[0] + parts[1][:9], parts[1][9:], *parts[2:]]
        for at in range(0, len(part), 700)
    ]
    with closing(Session(raw(broken_up, pause=0.001).url, retries=0)) as session:
        assert fetch(session, place)["size"] == size
    assert place.read_bytes() == body


@pytest.mark.parametrize("frame", [whole, in_chunks])
def test_a_body_that_stalls_is_given_up(place, raw, frame):
    with (
        closing(Session(raw(frame(FILE), pause=0.6).url, retries=0, timeout=0.2)) as session,
        pytest.raises(Unreachable, match="in time"),
    ):
        fetch(session, place)
    assert list(place.parent.iterdir()) == []


@pytest.mark.parametrize("proxy_speaks_tls", [False, True])
def test_a_file_arrives_through_a_proxy(place, raw, tmp_path, proxy_speaks_tls):
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(tls)
    server, proxy = (
        RawServer(whole(FILE * 4, 16384), 0.0, tls),
        Proxy(tls if proxy_speaks_tls else None),
    )
    options = {"ca_path": str(tmp_path / "ca.pem"), "proxy": proxy.url, "retries": 0}
    with (
        closing(server.listener),
        closing(proxy.listener),
        closing(Session(server.url, **options)) as session,
    ):
        assert fetch(session, place)["sha256"] == hashlib.sha256(FILE * 4).hexdigest()
    assert proxy.connected == 1


@pytest.mark.parametrize(
    ("parts", "error", "message"),
    [
        (whole(FILE)[:-1], Unreachable, "broke off before the answer was complete"),
        ([head("Content-Length: 0")], ServerError, "0 bytes"),
        ([head("Content-Length: 5")], Unreachable, "broke off before the answer was complete"),
        (in_chunks(FILE)[:-1], Unreachable, "broke off before the answer was complete"),
        (in_chunks(FILE, b"0\r\n"), Unreachable, "broke off before the answer was complete"),
        (in_chunks(FILE, b"10000\r\nxyz"), Unreachable, "broke off before the answer was complete"),
        ([head(), FILE], ServerError, "without saying where it ends"),
        (
            [head("Content-Length: 256000", "Transfer-Encoding: chunked"), FILE],
            Unreachable,
            "broke off",
        ),
    ],
)
def test_a_body_that_was_cut_off_is_never_a_file(place, raw, parts, error, message):
    place.write_bytes(b"old")
    with (
        closing(Session(raw(parts).url, retries=0)) as session,
        pytest.raises(error, match=message),
    ):
        fetch(session, place)
    assert place.read_bytes() == b"old" and list(place.parent.iterdir()) == [place]


def test_a_process_that_is_killed_at_any_moment_leaves_the_old_file_or_the_whole_new_one(
    place, raw
):
    server = raw(whole(FILE, 16384), pause=0.02)
    alive = 0
    moments = random.Random(7)
    for number in range(12):
        place.write_bytes(b"old") if number % 2 else place.unlink(missing_ok=True)
        process = subprocess.Popen(
            command(server, place), env=environment(), stdout=subprocess.DEVNULL
        )
        deadline = time.monotonic() + LONGEST_MOMENT
        while (
            not list(place.parent.glob("*.part"))
            and process.poll() is None
            and time.monotonic() < deadline
        ):
            time.sleep(0.005)
        time.sleep(moments.uniform(0.0, 0.5))
        alive += process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.wait()
        there = place.read_bytes() if place.exists() else None
        assert there in (b"old" if number % 2 else None, FILE)
        assert {path.suffix for path in place.parent.iterdir()} <= {".msi", ".part"}
        for left in place.parent.glob("*.part"):
            assert mode_of(left) == 0o600
    assert alive >= 3, "the processes ended before they were killed"


def test_what_a_killed_process_left_goes_with_a_later_download_and_what_may_still_arrive_stays(
    place,
):
    old, young, foreign = (
        place.parent / name for name in (".remoteops-abc.part", ".remoteops-def.part", "other.part")
    )
    for path in (old, young, foreign):
        path.write_bytes(b"left")
    ages_ago = time.time() - download_module.LONGEST_DOWNLOAD - 60
    for path in (old, foreign):
        os.utime(path, (ages_ago, ages_ago))
    fetch(open_session(answering(FILE))[0], place)
    assert sorted(place.parent.iterdir()) == sorted([young, foreign, place])


def test_downloads_of_one_file_side_by_side_all_end_with_the_whole_of_one(place, raw):
    servers = [raw(whole(bytes([number]) * 300_000), pause=0.01) for number in range(4)]
    processes = [
        subprocess.Popen(command(server, place), env=environment(), stdout=subprocess.PIPE)
        for server in servers
    ]
    told = [json.loads(process.communicate()[0]) for process in processes]
    assert all(isinstance(result, dict) for result in told)
    assert sha256_of(place) in {result["sha256"] for result in told}
    assert list(place.parent.iterdir()) == [place]

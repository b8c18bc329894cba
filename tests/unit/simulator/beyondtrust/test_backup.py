"""The backup API: who gets a backup, what is in it, how its end is known, and how a download goes
wrong.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import hashlib
import json
import ssl
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import ExitStack

import httpx
import pytest

from tests.simulator.beyondtrust import Appliance, Switches
from tests.simulator.beyondtrust.backup import MAGIC, content
from tests.simulator.beyondtrust.site import CLIENT_ID, CLIENT_SECRET
from tests.simulator.faults import Fault
from tests.simulator.serving import serve

from .conftest import CLOSE, Api

URL = "/api/backup"
SIZE = 3_000_000


def facts(backup: bytes) -> dict:
    """What the first line of a backup tells of it."""
    assert backup.startswith(MAGIC)
    return json.loads(backup[len(MAGIC) :].partition(b"\n")[0])


# --- Asking


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("product", ["rs", "pra"])
def test_a_backup_is_a_file_of_the_size_of_the_switch_with_what_it_is_a_backup_of(
    make_api, method, product
):
    api = make_api(product=product, backup_bytes=SIZE)
    answer = api.request(method, URL)
    assert (answer.status_code, len(answer.content), answer.headers["content-length"]) == (
        200,
        SIZE,
        str(SIZE),
    )
    site = api.appliance.site
    assert facts(answer.content) == {
        "hostname": site["hostname"],
        "guid": site["health"]["guid"],
        "version": "25.2.1",
        "made": "2026-01-15T09:00:00+00:00",
        "number": 1,
        "protected": False,
    }
    entry = api.appliance.journal.entries[-1]
    assert (entry.query, entry.writes, entry.status) == (f"{method} {URL}", False, 200)


def test_a_backup_can_be_made_again_from_its_facts_and_no_two_are_equal(make_api):
    api = make_api(backup_bytes=SIZE)
    first, second = (api.request("GET", URL).content for _turn in range(2))
    assert first != second
    assert [facts(backup)["number"] for backup in (first, second)] == [1, 2]
    for backup in (first, second):
        assert b"".join(content(facts(backup), SIZE)) == backup


@pytest.mark.parametrize("size", [0, 1, 5, 200, 1 << 20, (1 << 20) + 1])
def test_a_backup_may_have_any_size(make_api, size):
    assert len(make_api(backup_bytes=size).request("GET", URL).content) == size


@pytest.mark.parametrize(("switch", "protected"), [("json", True), ("ignored", False)])
def test_a_password_protects_a_backup_or_has_no_effect(make_api, switch, protected):
    api = make_api(backup_bytes=SIZE, backup_password=switch)
    backup = api.request("POST", URL, json={"password": "s3cret"}).content
    assert facts(backup)["protected"] is protected
    assert b"".join(content(facts(backup), SIZE, "s3cret" if protected else "")) == backup
    assert b"s3cret" not in backup


def test_a_version_without_passwords_may_refuse_the_body(make_api):
    api = make_api(backup_password="refused")
    assert api.request("POST", URL, json={"password": "s3cret"}).status_code == 400
    assert api.request("POST", URL).status_code == 200


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_backups_that_are_protected_may_need_the_password(make_api, method):
    api = make_api(backup_bytes=SIZE, backup_password="required")
    answer = api.request(method, URL)
    assert (
        answer.status_code,
        "password" in answer.json()["message"],
        api.appliance.site["backups"],
    ) == (400, True, 0)
    assert facts(api.request(method, URL, json={"password": "s3cret"}).content)["protected"] is True


@pytest.mark.parametrize(
    ("method", "url", "parts", "rule"),
    [
        ("PUT", URL, {}, "GET or POST"),
        ("GET", f"{URL}?full=1", {}, "no parameters"),
        ("GET", f"{URL}?%ff", {}, "no parameters"),
        ("POST", URL, {"data": {"password": "x"}}, "as JSON"),
        ("POST", URL, {"json": {"password": ""}}, "a password and nothing else"),
        ("POST", URL, {"json": {"password": 1}}, "a password and nothing else"),
        ("POST", URL, {"json": {"passphrase": "x"}}, "a password and nothing else"),
        ("POST", URL, {"json": ["x"]}, "a password and nothing else"),
        (
            "POST",
            URL,
            {"content": b"{", "headers": {"Content-Type": "application/json"}},
            "a password and nothing else",
        ),
    ],
)
def test_a_request_that_breaks_the_rules_is_refused_and_a_violation(api, method, url, parts, rule):
    assert api.request(method, url, **parts).status_code == 400
    assert rule in api.violation()
    assert api.appliance.site["backups"] == 0


@pytest.mark.parametrize(("denied", "status"), [("forbidden", 403), ("not_found", 404)])
def test_an_account_needs_the_permission(make_api, denied, status):
    account = {
        "client_secret": CLIENT_SECRET,
        "permissions": {"perm_command": "full_access", "perm_vault_backup": 1},
    }
    api = make_api({"accounts": {CLIENT_ID: account}}, denied=denied)
    assert api.request("GET", URL).status_code == status
    assert (
        api.raw("GET", URL, headers={**CLOSE, "Authorization": "Bearer wrong"}).status_code == 401
    )


def test_headers_that_nobody_documents_are_switches(make_api):
    api = make_api()
    answer = api.request("GET", URL)
    assert answer.headers["content-type"] == "application/octet-stream"
    assert (
        answer.headers["content-disposition"] == 'attachment; filename="support.example.org-1.nsb"'
    )
    bare = make_api(
        backup_content_type="", backup_disposition=False, backup_framing="chunked"
    ).request("GET", URL)
    assert bare.headers.keys() & {"content-type", "content-disposition", "content-length"} == set()


@pytest.mark.parametrize(
    ("switch", "status", "content_type"),
    [
        ("json", 500, "application/json"),
        ("xml", 200, "text/xml"),
        ("html", 200, "text/html"),
        ("text", 200, "text/plain"),
    ],
)
def test_that_no_backup_can_be_made_is_said_in_the_words_of_a_switch(
    make_api, switch, status, content_type
):
    api = make_api(backup_error=switch)
    api.appliance.inject(Fault(f"GET {URL}", "refuse", reason="Another backup is being made"))
    answer = api.request("GET", URL)
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (
        status,
        content_type,
    )
    assert "Another backup is being made" in answer.text
    assert api.appliance.site["backups"] == 0


# --- On the wire


class Download:
    """Downloads from an appliance that is served."""

    def __init__(self, running, appliance: Appliance):
        self.url, self.ca_path = f"{running.url}{URL}", running.ca_path
        self.sent = {**CLOSE, "Authorization": f"Bearer {Api(appliance).token()}"}

    def parts(self, timeout: httpx.Timeout | float = 5.0) -> Iterator[bytes]:
        """The parts of the download as they arrive; the headers are in the attribute of that name."""
        with httpx.Client(
            verify=ssl.create_default_context(cafile=self.ca_path),
            headers=self.sent,
            timeout=timeout,
        ) as client:
            with client.stream("GET", self.url) as answer:
                assert answer.status_code == 200
                self.headers = answer.headers
                yield from answer.iter_bytes()

    def read(self, timeout: httpx.Timeout | float = 5.0) -> bytes:
        """The whole download."""
        return b"".join(self.parts(timeout))


@pytest.fixture
def make_download():
    """Makes downloads from appliances with these switches and one fault; each is served until the
    end of the test.
    """
    with ExitStack() as running:

        def make(fault: Fault | None = None, **switches) -> Download:
            appliance = Appliance(switches=Switches(**{"backup_bytes": SIZE, **switches}))
            download = Download(running.enter_context(serve(appliance)), appliance)
            if fault is not None:
                appliance.inject(fault)
            return download

        yield make


@pytest.mark.parametrize("framing", ["length", "chunked", "until_closed"])
def test_the_end_of_a_download_is_known_in_three_ways(make_download, framing):
    download = make_download(backup_framing=framing)
    backup, headers = download.read(), download.headers
    assert backup == b"".join(content(facts(backup), SIZE))
    assert ("content-length" in headers, "transfer-encoding" in headers) == (
        framing == "length",
        framing == "chunked",
    )
    assert headers["connection"] == "close"


@pytest.mark.parametrize("ending", ["close", "reset"])
@pytest.mark.parametrize("framing", ["length", "chunked"])
def test_a_download_that_is_cut_is_seen_to_be_short(make_download, framing, ending):
    download = make_download(
        Fault("*", "cut", bytes=100_000, ending=ending), backup_framing=framing
    )
    with pytest.raises(httpx.TransportError):
        download.read()


def test_what_ends_with_the_connection_or_as_if_it_were_whole_is_not_seen_to_be_short(
    make_download,
):
    assert (
        len(make_download(Fault("*", "cut", bytes=100_000), backup_framing="until_closed").read())
        == 100_000
    )
    for framing in ("length", "chunked", "until_closed"):
        download = make_download(
            Fault("*", "cut", bytes=100_000, ending="end"), backup_framing=framing
        )
        assert (len(download.read()), download.headers.get("content-length")) == (
            100_000,
            "100000" if framing == "length" else None,
        )


def test_a_download_may_stall(make_download):
    download = make_download(Fault("*", "cut", bytes=100_000, ending="stall"))
    with pytest.raises(httpx.ReadTimeout):
        download.read(timeout=httpx.Timeout(5, read=0.3))


def test_a_download_may_promise_more_than_it_holds_or_drip(make_download):
    with pytest.raises(httpx.TransportError):
        make_download(Fault("*", "truncated")).read()
    assert len(make_download(Fault("*", "malformed")).read()) == SIZE // 2
    assert len(make_download(Fault("*", "drip", size=1_000_000, seconds=0.01)).read()) == SIZE


@pytest.mark.parametrize(
    ("fault", "start"),
    [
        (Fault("*", "html"), b"<!DOCTYPE html>"),
        (Fault("*", "status", status=200, body={"error": "access_denied"}), b'{"error"'),
        (
            Fault("*", "status", status=200, body="<error>No</error>", content_type="text/xml"),
            b"<error>",
        ),
        (
            Fault(
                "*",
                "status",
                status=200,
                body="<error>No</error>",
                content_type="application/octet-stream",
            ),
            b"<error>",
        ),
    ],
)
def test_something_else_may_come_in_place_of_a_backup(make_download, fault, start):
    assert make_download(fault).read().startswith(start)


def test_a_backup_may_be_made_slowly(make_download):
    started = time.monotonic()
    assert len(make_download(backup_bytes_per_second=10_000_000).read()) == SIZE
    assert time.monotonic() - started >= 0.25


def test_a_large_backup_is_not_held_in_memory(make_download):
    download = make_download(backup_bytes=100_000_000)
    received, made, head = hashlib.sha256(), hashlib.sha256(), b""
    tracemalloc.start()
    try:
        for part in download.parts():
            head = head or part
            received.update(part)
        for part in content(facts(head), 100_000_000):
            made.update(part)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert received.digest() == made.digest()
    assert peak < 30_000_000

"""Which proxy a server is reached through, and that nobody sees a proxy's credentials."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import socket
import ssl
import threading
from base64 import b64encode
from contextlib import closing, suppress
from urllib.parse import urlsplit

import httpx
import pytest
import trustme

from ansible_collections.remoteops.access.plugins.module_utils._core.errors import Error, InputError
from ansible_collections.remoteops.access.plugins.module_utils._core.http import Session
from ansible_collections.remoteops.access.plugins.module_utils._core.proxy import (
    bypassed,
    chosen,
    secrets_of,
)

PROXY = "http://proxy.test:3128"
VARIABLES = (
    "http_proxy",
    "HTTP_PROXY",
    "https_proxy",
    "HTTPS_PROXY",
    "all_proxy",
    "ALL_PROXY",
    "no_proxy",
    "NO_PROXY",
)


@pytest.fixture(autouse=True)
def no_proxy_of_this_machine(monkeypatch):
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


# curl's man page, --noproxy and NO_PROXY, and CURLOPT_NOPROXY(3): names with all that is below
# them, with or without a leading dot; addresses; networks since 7.86; a single asterisk; separated
# by commas, or blanks.
@pytest.mark.parametrize(
    ("listed", "url", "matches"),
    [
        ("", "https://server.test", False),
        (",, ,", "https://server.test", False),
        ("*", "https://server.test", True),
        ("*", "https://[fd00::5]", True),
        ("other.test,*", "https://server.test", True),
        ("server.test", "https://server.test", True),
        ("server.test", "https://server.test:8443", True),
        ("server.test", "https://SERVER.Test", True),
        ("SERVER.TEST", "https://server.test", True),
        ("server.test", "https://a.b.server.test", True),
        ("server.test", "https://notserver.test", False),
        ("server.test", "https://server.test.evil.test", False),
        (".server.test", "https://server.test", True),
        (".server.test", "https://a.server.test", True),
        (".server.test", "https://notserver.test", False),
        ("server.test.", "https://server.test", True),
        ("server.test", "https://server.test.", True),
        ("test", "https://server.test", True),
        (".", "https://server.test", False),
        ("*.server.test", "https://a.server.test", False),
        ("a.test, b.test,server.test", "https://server.test", True),
        ("a.test server.test", "https://server.test", True),
        ("a.test\tserver.test", "https://server.test", True),
        ("server.test:8443", "https://server.test:8443", True),
        ("server.test:8443", "https://server.test", False),
        ("server.test:443", "https://server.test", True),
        ("server.test:80", "http://server.test", True),
        ("localhost", "https://localhost:8443", True),
        ("localhost", "https://127.0.0.1", False),
        ("192.0.2.1", "https://192.0.2.1", True),
        ("192.0.2.1", "https://192.0.2.10", False),
        ("2.1", "https://192.0.2.1", False),
        ("192.0.2.1:8443", "https://192.0.2.1:8443", True),
        ("192.0.2.1:8443", "https://192.0.2.1", False),
        ("192.0.2.0/24", "https://192.0.2.200", True),
        ("192.0.2.7/24", "https://192.0.2.200", True),
        ("192.0.2.0/24", "https://192.0.3.1", False),
        ("192.0.2.1/32", "https://192.0.2.1", True),
        ("0.0.0.0/0", "https://192.0.2.1", True),
        ("10.0.0.0/8", "https://10.255.0.1", True),
        ("10.0.0.0/8:8443", "https://10.255.0.1:8443", True),
        ("10.0.0.0/33", "https://10.0.0.1", False),
        ("10.0.0.0/-1", "https://10.0.0.1", False),
        ("10.0.0.0/x", "https://10.0.0.1", False),
        ("10.0.0.0/8", "https://server.test", False),
        ("10.0.0.0/8", "https://[fd00::1]", False),
        ("fd00::/8", "https://[fd00::1]", True),
        ("localhost,fd00::/8", "https://[fd12:3456::1]:8443", True),
        ("localhost,fd00::/8", "https://localhost", True),
        ("localhost,fd00::/8", "https://server.test", False),
        ("fd00::/8", "https://[fe80::1]", False),
        ("::1", "https://[::1]", True),
        ("[::1]", "https://[::1]:8443", True),
        ("[::1]:8443", "https://[::1]:8443", True),
        ("[::1]:8443", "https://[::1]", False),
        ("[fd00::]/8", "https://[fd00::1]", True),
        ("0:0:0:0:0:0:0:1", "https://[::1]", True),
        ("::1", "https://[::2]", False),
        ("::/0", "https://[fd00::1]", True),
        ("fe80::1%eth0", "https://[fe80::1]", True),
        ("fd00::/129", "https://[fd00::1]", False),
        ("[", "https://server.test", False),
        (":", "https://server.test", False),
        ("]:1,[]:2,:::,//,a:b:c,\x00", "https://server.test", False),
        ("]:1,[]:2,:::,//,a:b:c,\x00", "https://192.0.2.1", False),
    ],
)
def test_a_server_is_in_no_proxy_by_the_rules_of_curl(listed, url, matches, monkeypatch):
    assert bypassed(urlsplit(url), listed) is matches
    environment = {"ALL_PROXY": PROXY, "NO_PROXY": listed}
    assert (chosen(None, urlsplit(url), environment) is None) is matches
    if "\x00" not in listed:  # which no environment can hold
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        with closing(
            Session(url, transport=httpx.MockTransport(lambda request: httpx.Response(200)))
        ) as session:
            assert session.read("GET", "things").status == 200


@pytest.mark.parametrize(
    ("environment", "url", "source"),
    [
        ({}, "https://server.test", None),
        ({"HTTPS_PROXY": PROXY}, "https://server.test", "HTTPS_PROXY"),
        ({"https_proxy": PROXY}, "https://server.test", "https_proxy"),
        (
            {"https_proxy": PROXY, "HTTPS_PROXY": "http://other.test"},
            "https://server.test",
            "https_proxy",
        ),
        ({"https_proxy": "", "HTTPS_PROXY": PROXY}, "https://server.test", "HTTPS_PROXY"),
        ({"HTTPS_PROXY": PROXY}, "http://server.test", None),
        ({"HTTP_PROXY": PROXY}, "http://server.test", "HTTP_PROXY"),
        ({"http_proxy": PROXY}, "http://server.test", "http_proxy"),
        ({"HTTP_PROXY": PROXY}, "https://server.test", None),
        ({"HTTP_PROXY": PROXY, "REQUEST_METHOD": "GET"}, "http://server.test", None),
        ({"http_proxy": PROXY, "REQUEST_METHOD": "GET"}, "http://server.test", "http_proxy"),
        ({"ALL_PROXY": PROXY}, "https://server.test", "ALL_PROXY"),
        ({"all_proxy": PROXY}, "http://server.test", "all_proxy"),
        (
            {"ALL_PROXY": "http://other.test", "HTTPS_PROXY": PROXY},
            "https://server.test",
            "HTTPS_PROXY",
        ),
        (
            {"ALL_PROXY": PROXY, "NO_PROXY": "server.test", "no_proxy": "other.test"},
            "https://server.test",
            "ALL_PROXY",
        ),
        (
            {"ALL_PROXY": PROXY, "no_proxy": "", "NO_PROXY": "server.test"},
            "https://server.test",
            None,
        ),
        ({"ALL_PROXY": "proxy.test:3128"}, "https://server.test", "ALL_PROXY"),
        ({"ALL_PROXY": "HTTP://proxy.test:3128/"}, "https://server.test", "ALL_PROXY"),
    ],
)
def test_the_environments_proxy_is_found_by_the_rules_of_curl(environment, url, source):
    proxy = chosen(None, urlsplit(url), environment)
    if source is None:
        assert proxy is None
    else:
        assert (proxy.url, str(proxy)) == (
            PROXY,
            f"the proxy {PROXY} (environment variable {source})",
        )


def test_the_option_comes_before_the_environment_and_no_proxy_does_not_count_for_it():
    environment = {"HTTPS_PROXY": "http://other.test", "NO_PROXY": "*"}
    proxy = chosen(PROXY, urlsplit("https://server.test"), environment)
    assert str(proxy) == f"the proxy {PROXY} (option proxy)"


@pytest.mark.parametrize(
    ("value", "url", "credentials"),
    [
        ("http://user:s3cr3t@proxy.test:3128", PROXY, ("user", "s3cr3t")),
        ("http://user:s3%2Fcr%403t%23%25@proxy.test:3128", PROXY, ("user", "s3/cr@3t#%")),
        ("http://user:s3@cr3t@proxy.test:3128", PROXY, ("user", "s3@cr3t")),
        ("http://user:s3%cr3t%zz%@proxy.test:3128", PROXY, ("user", "s3%cr3t%zz%")),
        ("http://user:s3:cr3t@proxy.test:3128", PROXY, ("user", "s3:cr3t")),
        ("http://user:s3%3A%5ccr3t@proxy.test:3128", PROXY, ("user", "s3:\\cr3t")),
        ("http://DOMAIN\\user:s3cr3t@proxy.test:3128", PROXY, ("DOMAIN\\user", "s3cr3t")),
        ("http://user:s%C3%A4cr3t@proxy.test:3128", PROXY, ("user", "säcr3t")),
        ("http://user:@proxy.test:3128", PROXY, ("user", "")),
        ("http://t0k3n@proxy.test:3128", PROXY, ("t0k3n", "")),
        ("https://user:s3cr3t@[fd00::1]:3128", "https://[fd00::1]:3128", ("user", "s3cr3t")),
        ("http://user:a%20b@proxy.test:3128", PROXY, ("user", "a b")),
    ],
)
def test_credentials_of_a_proxy_are_read_and_kept_apart_from_its_address(value, url, credentials):
    proxy = chosen(value, urlsplit("https://server.test"), {})
    assert (proxy.url, proxy.credentials) == (url, credentials)
    assert credentials[1] in (*proxy.secrets, "")


UNUSABLE = [
    "http://user:s3cr3t/x@proxy.test:3128",
    "http://user:/s3cr3t@proxy.test:3128",
    "http://user:s3cr3t#x@proxy.test:3128",
    "http://user:s3cr3t?x@proxy.test:3128",
    "http://user:s3cr3t x@proxy.test:3128",
    "http://user:s3cr3t@proxy.test:99999",
    "http://user:s3cr3t@proxy.test:port",
    "http://user:s3cr3t@",
    "http://user:s3cr3t@[",
    "http://user:s3cr3t@proxy.test/path",
    "http://user:s3cr3t@proxy.test?x",
    "http://user:s3cr3t%0d%0aX:1@proxy.test:3128",
    "http://user%3as:s3cr3t@proxy.test:3128",
    "ftp://user:s3cr3t@proxy.test",
    "socks4://user:s3cr3t@proxy.test",
    "socks5://user:s3cr3t@proxy.test:1080",  # for which a library is missing here
    "://user:s3cr3t@proxy.test",
]


@pytest.mark.parametrize("value", UNUSABLE)
@pytest.mark.parametrize("of_the_environment", [False, True])
def test_a_proxy_that_cannot_be_used_is_refused_by_name_before_anything_is_sent_and_shows_no_secret(
    value, of_the_environment, monkeypatch
):
    if of_the_environment:
        monkeypatch.setenv("HTTPS_PROXY", value)
    source = "environment variable HTTPS_PROXY" if of_the_environment else "option proxy"
    with pytest.raises(InputError, match=source) as caught:
        Session("https://server.test", proxy=None if of_the_environment else value)
    assert "s3cr3t" not in str(caught.value) and "cannot be used" in str(caught.value)


@pytest.mark.parametrize("value", [None, 5, ["x"], "", "http://proxy.test:3128", "nonsense"])
def test_a_proxy_without_credentials_has_no_secrets(value):
    assert list(secrets_of(value)) == []


@pytest.mark.parametrize("value", UNUSABLE)
def test_what_is_secret_in_a_proxy_is_known_however_wrong_it_is(value):
    secrets = sorted(secrets_of(value), key=len, reverse=True)
    for secret in secrets:
        value = value.replace(secret, "*")
    assert secrets and "s3cr3t" not in value


class Refusing:
    """A proxy that answers everybody with the same, and keeps what it was asked."""

    def __init__(self, answer: bytes):
        self.answer, self.asked = answer, []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.place = f"127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        with suppress(OSError):
            while True:
                with self.listener.accept()[0] as client:
                    self.asked.append(client.recv(65536))
                    client.sendall(self.answer)

    def close(self):
        self.listener.close()


@pytest.mark.parametrize("of_the_environment", [False, True])
@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("verb", ["read", "write"])
def test_a_proxy_that_refuses_is_named_with_where_it_comes_from_and_without_its_credentials(
    scheme, verb, of_the_environment, monkeypatch
):
    answer = b"HTTP/1.1 407 user:s3/cr3t is wrong, says s3%2fcr3t and dXNlcjpzMy9jcjN0\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    with closing(Refusing(answer)) as proxy:
        value = f"http://user:s3%2Fcr3t@{proxy.place}"
        if of_the_environment:
            monkeypatch.setenv("ALL_PROXY", value)
        options = {} if of_the_environment else {"proxy": value}
        with (
            closing(Session(f"{scheme}://server.test", retries=0, **options)) as session,
            pytest.raises(Error) as caught,
        ):
            getattr(session, verb)("GET", "things")
    message = str(caught.value)
    assert caught.value.nothing_done and "407" in message
    source = "environment variable ALL_PROXY" if of_the_environment else "option proxy"
    assert f"the proxy http://{proxy.place} ({source})" in message
    assert not any(part in message for part in ("cr3t", "dXNlcjpzMy9jcjN0"))
    assert b64encode(b"user:s3/cr3t") in proxy.asked[0]


def test_a_proxy_of_the_environment_that_cannot_be_reached_is_named(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    monkeypatch.setenv("HTTPS_PROXY", f"http://user:s3cr3t@127.0.0.1:{port}")
    with (
        closing(Session("https://server.test", retries=0)) as session,
        pytest.raises(Error) as caught,
    ):
        session.read("GET", "things")
    assert (
        f"cannot be reached through the proxy http://127.0.0.1:{port} (environment variable HTTPS_PROXY)"
        in str(caught.value)
    )
    assert "s3cr3t" not in str(caught.value)


@pytest.mark.parametrize("of_the_environment", [False, True])
def test_the_certificate_of_a_proxy_is_verified_and_named_wherever_the_proxy_comes_from(
    of_the_environment, monkeypatch
):
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(tls)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

        def serve():
            with (
                suppress(OSError),
                listener.accept()[0] as client,
                tls.wrap_socket(client, server_side=True),
            ):
                pass

        threading.Thread(target=serve, daemon=True).start()
        value = f"https://127.0.0.1:{port}"
        if of_the_environment:
            monkeypatch.setenv("HTTPS_PROXY", value)
        options = {} if of_the_environment else {"proxy": value}
        with closing(Session("https://server.test", retries=0, **options)) as session:
            with pytest.raises(Error, match=f"certificate of proxy {value} .*is not accepted"):
                session.read("GET", "things")

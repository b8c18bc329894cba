"""The one door to the network, and the one place that knows httpx."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json as json_format
import logging
import math
import os
import random
import re
import ssl
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, nullcontext, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from io import BytesIO
from threading import Event, Lock
from typing import Any
from urllib.parse import urlsplit

from . import proxy as proxies
from .auth import NoLogin
from .deadline import Backend, Deadline
from .errors import Error, InputError, OutcomeUnknown, ServerError, Unreachable
from .mask import Mask
from .quoting import LONGEST_MESSAGE, quoted
from .tls import tls_context

# httpx loads its own command line where rich and click are installed, which costs each process 7 MB
# and 0.1 s.
sys.modules.setdefault("httpx._main", None)
try:
    import httpx
except ImportError:
    httpx = None
    HTTPX_IMPORT_ERROR = traceback.format_exc()
else:
    HTTPX_IMPORT_ERROR = None
    # httpx logs every URL, and Ansible's log_path would write it down; a URL can hold a token.
    for _name in ("httpx", "httpcore"):
        logging.getLogger(_name).setLevel(logging.WARNING)

    class _NoCookies(httpx.Cookies):
        """Takes none: a login's cookies would turn the next request into one of a browser's
        session.
        """

        def extract_cookies(self, response):
            """Leave them."""

    class _Client(httpx.Client):
        cookies = _NoCookies()

    class _Transport(httpx.HTTPTransport):
        """Keeps to the deadline of an exchange. httpx has no option for that; its timeout is one of
        each read, and a head has many.
        """

        def __init__(self, **options):
            super().__init__(trust_env=False, **options)
            self._pool._network_backend = Backend()


REFUSED = (429, 503)  # refused before anything was done: any request may be repeated
# What goes wrong before anything is sent.
NOT_SENT = httpx and (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
)
# Seconds in which a whole exchange has to end: connecting, asking, and all of the answer.
LONGEST_ANSWER = 600.0
SLOWEST_FILE = 10_000  # bytes of a file, or of another stream, that earn it one more second
LONGEST_TIMEOUT = 600.0  # seconds, the most that the option timeout may be
LONGEST_WAIT = 300.0  # seconds that a server may ask us to wait
# Bytes after decompression of what is asked for: a list of 100,000 machines has 36 MB.
LARGEST_ANSWER = 256 * 2**20
# Bytes of what a write, or a login, is answered with: an image is the largest.
LARGEST_REPLY = 64 * 2**20
# Some bytes of JSON become many of memory: an empty list, which is two, takes 64. So what is to be
# made is counted before it is made, by the signs that stand for it. Of as many bytes as an answer
# may have, one in so many may be such a sign; machines have one in 9 and one in 88, and are seldom
# so many.
BYTES_FOR_A_VALUE, BYTES_FOR_A_COLLECTION = 32, 256


@dataclass(frozen=True)
class Answer:
    """What a server answered: status, headers and the whole body."""

    status: int
    headers: Mapping[str, str]
    content: bytes
    request: str  # method and path, without secrets
    redact: Callable[..., str] = quoted  # the session's: how a text of the answer is quoted
    largest: int = LARGEST_ANSWER  # bytes that it might have had

    def json(self) -> Any:
        """Return the decoded body. Raises ServerError when it is not JSON, saying what it is
        instead, and when it holds more than anybody expects.
        """
        for what, signs, size in (
            ("values", b",:", BYTES_FOR_A_VALUE),
            ("lists and objects", b"[{", BYTES_FOR_A_COLLECTION),
        ):
            found, most = sum(self.content.count(sign) for sign in signs), self.largest // size
            if found > most:
                told = f"{self.request} answered JSON of {found} {what} (HTTP {self.status}), and was refused: at most {most} are read."
                raise ServerError(told, status=self.status)
        try:
            return json_format.loads(self.content, parse_float=_finite, parse_constant=_finite)
        except (ValueError, RecursionError):
            raise ServerError(
                f"{self.request} answered {self.described()}, where JSON was expected.",
                status=self.status,
            ) from None

    def described(self, with_status: bool = True) -> str:
        """Return what the body looks like, in words, without quoting it: it may hold secrets. The
        status is left out where it is said already.
        """
        start, status = (
            self.content[:512].lstrip().lower(),
            f" (HTTP {self.status})" if with_status else "",
        )
        if not start:
            return f"an empty body{status}"
        if start.startswith((b"<!doctype html", b"<html")):
            return (
                f"an HTML page{status}: is this the address of the API, or of a login page or proxy"
            )
        return f"{len(self.content)} bytes that are cut off or malformed{status}"


class Session:
    """Requests to one server, with patience, and a lock against writing while nothing may change."""

    def __init__(
        self,
        base_url: str,
        *,
        login=None,
        headers=None,
        validate_certs: bool = True,
        ca_path: str | None = None,
        client_cert: str | None = None,
        client_key: str | None = None,
        proxy: str | None = None,
        timeout: float = 30.0,
        retries: int = 3,
        connections: int = 16,
        pace=None,
        read_only: bool = False,
        secrets: Iterable[str] = (),
        transport=None,
        sleep: Callable[[float], None] = time.sleep,
    ):
        parts = _checked_url(base_url)
        if client_key and not client_cert:
            raise InputError("client_key needs client_cert.")
        if connections < 1 or retries < 0 or not 0 < timeout <= LONGEST_TIMEOUT:
            raise InputError(
                "connections must be at least 1, retries at least 0, and timeout between 0 and 600."
            )
        self.origin = f"{parts.scheme}://{parts.netloc}"
        self.connections, self.retries, self.read_only = connections, retries, read_only
        self.requests, self.retried, self.waited = 0, 0, 0.0
        # Why a server failed, where a platform can tell.
        self.reason: Callable[[Answer], str] = lambda _answer: ""
        self._login, self._pace, self._sleep, self._timeout = (
            login or NoLogin(),
            pace,
            sleep,
            timeout,
        )
        self._lock, self._credentials, self._mask = Lock(), Mask(), Mask()
        self._credentials.add(secrets)
        self.conceal(secrets)
        self._proxy = proxies.chosen(proxy, parts, os.environ)
        if self._proxy:
            self.conceal(self._proxy.secrets)
        verify = (
            tls_context(validate_certs, ca_path, client_cert, client_key)
            if parts.scheme == "https"
            else True
        )
        limits = httpx.Limits(max_connections=connections, max_keepalive_connections=connections)
        try:
            self._client = _Client(
                base_url=base_url.rstrip("/"),
                timeout=timeout,
                trust_env=False,
                transport=transport
                or _Transport(
                    verify=verify, limits=limits, proxy=self._httpx_proxy(validate_certs, ca_path)
                ),
                headers={
                    "Accept-Encoding": "gzip, deflate",
                    "User-Agent": "remoteops.access",
                    **(headers or {}),
                },
            )
        except (httpx.InvalidURL, ValueError, ImportError) as exc:
            raise InputError(f"{self._proxy or 'url'} cannot be used: {self.redact(exc)}") from None

    @classmethod
    def from_options(cls, option: Callable[[str], Any], path: str, **given) -> Session:
        """Return a session for the API at ``path``, with the connection options that all platforms
        share.
        """
        parts = _checked_url(option("url"))
        if parts.path.strip("/"):
            raise InputError(
                "url must be the server's address alone, such as https://support.example.org, without a path."
            )
        return cls(
            f"{parts.scheme}://{parts.netloc}{path}",
            **{name: option(name) for name in SHARED_OPTIONS},
            **given,
        )

    def read(self, method: str, path: str, **request) -> Answer:
        """Ask for something. Broken and timed-out exchanges are repeated. ``largest`` is how many
        bytes the answer may have, if not LARGEST_ANSWER.
        """
        return self._exchange(method, path, False, request)

    def write(self, method: str, path: str, **request) -> Answer:
        """Ask for a change. Repeated only if the server refused before doing anything, else
        OutcomeUnknown.
        """
        if self.read_only:
            raise AssertionError(
                f"BUG: {method} {self.redact(path)} would write while nothing may change"
            )
        return self._exchange(method, path, True, request)

    def stream(self, method: str, path: str, receive: Callable, **request) -> Answer:
        """Ask for something large, as ``read``. For an answer with 200, ``receive(headers)``
        returns what takes each piece of the body.

        Then the answer has no content; where it returns None, the body is kept as ever. It is
        called anew where the exchange is repeated.
        """
        return self._exchange(method, path, False, request, receive=receive)

    def log_in(self, method: str, path: str, **request) -> Answer:
        """Ask for a login: as ``read``, but without carrying one."""
        return self._exchange(method, path, False, request, log_in=False)

    def side_by_side(self, function: Callable, items: Iterable) -> list:
        """Call ``function`` on each item, as many at a time as there may be connections.

        Returns a result for each item in order; an Error raised for an item takes the place of its
        result. After one that breaks the exchange no further item is begun; None takes the place of
        those.
        """
        broken = Event()

        def call(item):
            if broken.is_set():
                return None
            try:
                return function(item)
            except Error as exc:
                if exc.stops or isinstance(exc, OutcomeUnknown):
                    broken.set()
                return exc

        items = list(items)
        if len(items) <= 1 or self.connections == 1:
            return [call(item) for item in items]
        with ThreadPoolExecutor(min(self.connections, len(items))) as pool:
            return list(pool.map(call, items))

    def pause(self, attempt: int) -> None:
        """Wait before trying again: 0.5 s, 1 s, 2 s ... with jitter, at most 30 s."""
        self._wait(min(30.0, 0.5 * 2**attempt) * random.uniform(0.5, 1.0))

    def each(self, function: Callable, items: Iterable) -> list:
        """Call ``function`` on each item, side by side, and return the results; raises the first
        error.
        """
        results = self.side_by_side(function, items)
        for result in results:
            if isinstance(result, Exception):
                raise result
        return results

    def conceal(self, secrets: Iterable[str]) -> None:
        """Keep these texts out of every message from now on."""
        self._mask.add(secrets)

    def redact(self, text: Any, most: int = LONGEST_MESSAGE) -> str:
        """Return ``text`` as people are shown it: every known secret masked, printable, on one
        line, of so many characters at most.

        What a server says is put into a message by this, with LONGEST_NAME: a secret that was cut
        first would not be found any more.
        """
        return quoted(self._mask.over(str(text)), most)

    def statistics(self) -> dict:
        """Return what the exchange with the server cost."""
        return {
            "requests": self.requests,
            "retries": self.retried,
            "seconds_waited": round(self.waited, 3),
        }

    def close(self) -> None:
        """Give the login back, where it is one that ends, and close the connections."""
        with suppress(Error):
            self._login.end(self.log_in)
        self._client.close()

    def _httpx_proxy(self, validate_certs, ca_path):
        if not self._proxy:
            return None
        by_tls = self._proxy.url.startswith("https:")
        return httpx.Proxy(
            self._proxy.url,
            auth=self._proxy.credentials,
            ssl_context=tls_context(validate_certs, ca_path, None, None) if by_tls else None,
        )

    def _exchange(self, method, path, writes, request, log_in=True, receive=None) -> Answer:
        label = self._credentials.over(f"{method} {path}")
        attempt, renewed = 0, False
        largest = min(
            request.pop("largest", LARGEST_ANSWER),
            LARGEST_REPLY if writes or not log_in else LARGEST_ANSWER,
        )
        while True:
            login = self._login.headers(self.log_in) if log_in else {}
            for mask in (self._credentials, self._mask):
                mask.add(value.rpartition(" ")[2] for value in login.values())
            headers, limit = {**login, **(request.get("headers") or {})}, Deadline()
            try:
                answer = self._send(
                    method, path, label, {**request, "headers": headers}, receive, limit, largest
                )
            except httpx.TransportError as exc:
                sent = not (limit.connecting or isinstance(exc, NOT_SENT))
                problem = (
                    f"{label}: {self._exchange_problem(exc, limit)}"
                    if sent
                    else self._connection_problem(exc, limit)
                )
                if _certificate_problem(exc):
                    raise Unreachable(problem) from None
                if writes and sent:
                    raise OutcomeUnknown(
                        f"{problem} It is unknown whether the change was made."
                    ) from None
                if attempt >= self.retries:
                    raise Unreachable(problem) from None
                self._retry(attempt)
            else:
                if self._pace:
                    self._keep_pace(answer)
                if log_in and not renewed and self._login.refused(answer):
                    renewed = True
                    self._login.renew(headers)
                    continue
                if answer.status in REFUSED:
                    if spent := self._spent(answer):
                        raise Unreachable(f"{label}: {spent}", status=answer.status)
                    asked = _retry_after(answer)
                    if attempt >= self.retries and not (asked and asked > LONGEST_WAIT):
                        wish = f" and asks to wait {asked:.0f} s" if asked else ""
                        raise Unreachable(
                            f"{label}: the server is too busy (HTTP {answer.status}){wish}.",
                            status=answer.status,
                        )
                    self._retry(attempt, asked, label, answer)
                elif answer.status == 407 and self._proxy:
                    raise Unreachable(
                        f"{label}: {self._proxy} does not accept the credentials, or wants some (HTTP 407).",
                        status=answer.status,
                    )
                elif answer.status >= 500 and writes:
                    failed = self.redact(
                        f"{label}: the server failed (HTTP {answer.status}){self.reason(answer)}."
                    )
                    raise OutcomeUnknown(
                        f"{failed} It is unknown whether the change was made.", status=answer.status
                    )
                elif answer.status >= 500 and attempt < self.retries:
                    self._retry(attempt)
                elif 300 <= answer.status < 400:
                    # Not the whole: it may hold the path that was asked for.
                    parts = urlsplit(answer.headers.get("location", ""))
                    place = f" to {parts.scheme}://{parts.hostname}" if parts.hostname else ""
                    raise ServerError(
                        f"{label} was redirected{place}. Set url to the server's own address.",
                        status=answer.status,
                    )
                else:
                    return answer
            attempt += 1

    def _send(self, method, path, label, request, receive, limit, largest) -> Answer:
        with ExitStack() as exchange:
            with self._pace.turn() if self._pace else nullcontext(0.0) as waited:
                with self._lock:
                    self.requests, self.waited = self.requests + 1, self.waited + waited
                try:
                    asked = self._client.build_request(
                        method, _below(self._client.base_url, path), **_written(request)
                    )
                except (UnicodeError, ValueError, TypeError, httpx.InvalidURL):
                    raise InputError(
                        f"{label} cannot be asked: its path or its values cannot be written."
                    ) from None
                exchange.enter_context(limit.during(LONGEST_ANSWER))
                response = self._client.send(asked, stream=True)
            limit.asked = None  # the head has come
            return self._received(response, label, receive, limit, largest)

    def _received(self, response, label, receive, limit, largest) -> Answer:
        """Return an answer of which the head has come, when all of it has."""
        try:
            take = receive(response.headers) if receive and response.status_code == 200 else None
            if take:
                # Making the file may have taken long.
                limit.ends = time.monotonic() + LONGEST_ANSWER
                for piece in _pieces(response, limit):
                    limit.ends += len(piece) / SLOWEST_FILE
                    take(piece)
                return Answer(response.status_code, response.headers, b"", label, self.redact)
            if response.headers.get("content-encoding", "gzip").strip().lower() not in (
                "gzip",
                "deflate",
                "identity",
            ):
                # Each further layer could grow a thousandfold in one step.
                raise httpx.DecodingError("packed more than once")
            body = BytesIO()
            for chunk in response.iter_bytes():
                if body.write(chunk) and body.tell() > largest:
                    raise ServerError(
                        f"{label}: the answer is larger than {largest} bytes and was refused.",
                        status=response.status_code,
                    )
                if limit.expired():
                    raise httpx.ReadTimeout("the answer does not end")
        except httpx.DecodingError:
            raise ServerError(
                f"{label}: the answer is compressed in a way that cannot be read.",
                status=response.status_code,
            ) from None
        finally:
            response.close()
        return Answer(
            response.status_code, response.headers, body.getvalue(), label, self.redact, largest
        )

    def _retry(self, attempt, seconds=None, label="", answer=None):
        if seconds is not None and seconds > LONGEST_WAIT:
            raise Unreachable(
                f"{label}: the server is too busy (HTTP {answer.status}) and asks to wait {seconds:.0f} s, "
                f"which is longer than the {LONGEST_WAIT:.0f} s that we wait. Try again later.",
                status=answer.status,
            )
        with self._lock:
            self.retried += 1
        self.pause(attempt) if seconds is None else self._wait(seconds)

    def _keep_pace(self, answer):
        """Tell the shared budget what the server says of it."""
        remaining, limit, reset = (
            _number(answer, f"x-ratelimit-{name}") for name in ("remaining", "limit", "reset")
        )
        self._pace.correct(remaining, limit, reset)
        if answer.status == 429 and not (
            remaining is not None and remaining <= 0 and self._pace.is_of_the_hour(limit)
        ):
            asked = _retry_after(answer)
            self._pace.hold(1.0 if asked is None else asked)

    def _spent(self, answer) -> str | None:
        """Say that the server has no requests left for us within this hour, if it says so, and that
        is longer than we wait.
        """
        remaining, limit, reset = (
            _number(answer, f"x-ratelimit-{name}") for name in ("remaining", "limit", "reset")
        )
        if (
            not self._pace
            or answer.status != 429
            or remaining is None
            or remaining > 0
            or not self._pace.is_of_the_hour(limit)
        ):
            return None
        asked = _retry_after(answer)
        seconds = self._pace.spend(reset if asked is None else asked)
        if seconds <= LONGEST_WAIT:
            return None
        until = time.strftime("%H:%M:%S", time.localtime(time.time() + seconds))
        number = f"the {limit} requests" if limit else "all requests"
        return f"{self.origin} says that {number} that an hour allows are spent (HTTP 429). No request is sent for {seconds:.0f} s (until {until})."

    def _wait(self, seconds):
        with self._lock:
            self.waited += seconds
        self._sleep(seconds)

    def _connection_problem(self, exc, limit) -> str:
        text, proxy = self.redact(exc), self._proxy
        place, through = self.origin, f" through {proxy}" if proxy else ""
        if proxy and limit.tls_with and limit.tls_with == urlsplit(proxy.url).hostname:
            place, through = f"{proxy}"[len("the ") :], ""
        if _certificate_problem(exc):
            reason = text.rpartition("certificate verify failed: ")[2].partition(" (_ssl")[0]
            return (
                f"The certificate of {place} is not accepted: {reason}. Give the authority's certificate in ca_path, "
                f"or use the host name that the certificate is made out to."
            )
        if "SSL" in text:
            return f"{place} does not speak TLS there, or not a version that is accepted ({text}){through}: check url and port."
        if isinstance(exc, httpx.TimeoutException):
            return f"{place} does not answer{through}: no connection in time. Check url, port and {'proxy' if proxy else 'firewall'}."
        return f"{place} cannot be reached{through}: {text}. Check url and port{' and proxy' if proxy else ''}."

    def _exchange_problem(self, exc, limit) -> str:
        through = f" through {self._proxy}" if self._proxy else ""
        if isinstance(exc, httpx.TimeoutException) and limit.expired():
            return f"no answer of {self.origin} in time{through}: it did not end, although an exchange may take {LONGEST_ANSWER:.0f} s."
        if isinstance(exc, httpx.TimeoutException):
            return f"no answer of {self.origin} in time{through} (option timeout)."
        hint = " Is it https?" if self.origin.startswith("http:") else ""
        return f"the exchange with {self.origin}{through} broke off before the answer was complete ({self.redact(exc) or type(exc).__name__}).{hint}"


SHARED_OPTIONS = (
    "validate_certs",
    "ca_path",
    "client_cert",
    "client_key",
    "proxy",
    "timeout",
    "retries",
    "connections",
)


def _pieces(response, limit) -> Iterator[memoryview]:
    """Yield the body of an answer as it comes; the next piece may overwrite the one before.

    Where its size is known, all but the first piece is read from the connection itself: what httpx
    does with each 16 KiB takes longer than decrypting, hashing and storing them.
    """
    pieces, connection = response.iter_raw(), response.extensions.get("network_stream")
    first = next(pieces, b"")
    yield memoryview(first)
    left = (
        0
        if "transfer-encoding" in response.headers
        else int(response.headers.get("content-length", 0)) - len(first)
    )
    # TLS within TLS, as through a proxy that is spoken to by https, is decrypted outside of the
    # socket.
    if (
        left <= 0
        or connection is None
        or isinstance(connection.get_extra_info("ssl_object"), ssl.SSLObject)
    ):
        yield from map(memoryview, pieces)
        return
    buffer, source = memoryview(bytearray(2**16)), connection.get_extra_info("socket")
    timeout = response.request.extensions["timeout"]["read"]
    while left:
        try:
            source.settimeout(limit.left(timeout))
            received = source.recv_into(buffer[:left])
        except TimeoutError as exc:
            raise httpx.ReadTimeout(str(exc)) from None
        except OSError as exc:
            raise httpx.ReadError(str(exc)) from None
        if not received:
            raise httpx.RemoteProtocolError(f"the connection ended {left} bytes too early")
        left -= received
        yield buffer[:received]


def _checked_url(url):
    """Return the parts of a base URL. Raises InputError for one that cannot be meant."""
    try:
        parts = urlsplit(url)
        (parts.hostname or "").encode("idna")  # as the resolver will
        usable = (
            parts.scheme in ("http", "https")
            and re.fullmatch(r"[^\s@/]+", parts.netloc)
            and parts.hostname
            and (parts.port is None or parts.port > 0)
        )
    except ValueError:
        usable = False
    if not usable or parts.query or parts.fragment:
        raise InputError(
            "url must look like https://support.example.org or https://support.example.org:8443."
        )
    return parts


@lru_cache(maxsize=256)  # parsing a URL takes longer than anything else in making a request
def _below(base, path):
    url = httpx.URL(path)
    return (
        base.copy_with(raw_path=base.raw_path + url.raw_path.lstrip(b"/"))
        if url.is_relative_url
        else url
    )


def _finite(digits) -> float:
    """Return a number of JSON. Raises ValueError for one that is none, such as NaN and 1e999, which
    JSON could not be written with again.
    """
    value = float(digits)
    if not math.isfinite(value):
        raise ValueError(digits)
    return value


def _written(request: dict) -> dict:
    """Return the parts of a request with its JSON as bytes of ASCII: half of a character, which
    some server has, goes back as it came.
    """
    if "json" not in request:
        return request
    rest = {name: value for name, value in request.items() if name != "json"}
    headers = {"Content-Type": "application/json", **(request.get("headers") or {})}
    return {
        **rest,
        "headers": headers,
        "content": json_format.dumps(request["json"], allow_nan=False).encode(),
    }


def _certificate_problem(exc) -> bool:
    return "CERTIFICATE_VERIFY_FAILED" in str(exc)


def _number(answer, header) -> int | None:
    """Return a header's number, None without a usable one; nonsense of more than nine digits counts
    as the largest.
    """
    value = answer.headers.get(header, "").strip()
    return min(int(value[:10]), 10**9) if value.isascii() and value.isdecimal() else None


def _retry_after(answer) -> float | None:
    """Return the seconds of a Retry-After header (RFC 9110, 10.2.3: seconds or a date), or None
    without a usable one.
    """
    value, seconds = answer.headers.get("retry-after", "").strip(), _number(answer, "retry-after")
    if seconds is not None:
        return float(seconds)
    try:
        return max(0.0, (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError, OverflowError):
        return None

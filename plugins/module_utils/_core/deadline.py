"""Connections that end at a deadline, however steadily a server or a proxy drips; the only file
that knows httpcore.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import select
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

try:
    import httpcore
except ImportError:  # as where httpx is missing, which is said
    httpcore = None

RECORD = 2**14  # bytes of a TLS record (RFC 8446, 5.1)


class Deadline:
    """What is left of an exchange: its end as a whole, and since when an answer's head is waited
    for. Times are those of time.monotonic.
    """

    def __init__(self):
        self.ends = float("inf")
        self.asked: float | None = None  # since when the head is waited for
        self.connecting = False  # nothing of the request was sent yet
        self.tls_with: str | None = None  # with whom TLS is being begun

    @contextmanager
    def during(self, seconds: float) -> Iterator[None]:
        """Let what this thread sends and receives over ``Backend`` end after so many seconds, or
        when ``ends`` is moved to.
        """
        self.ends = time.monotonic() + seconds
        token = _current.set(self)
        try:
            yield
        finally:
            _current.reset(token)

    def expired(self) -> bool:
        """Tell whether the exchange as a whole took too long."""
        return time.monotonic() > self.ends

    def left(self, timeout: float | None) -> float:
        """Return the seconds for which the next step may wait. Raises TimeoutError if there are
        none.
        """
        now = time.monotonic()
        seconds = self.ends - now
        if timeout is not None:
            # A head that drips, and 100 Continue without end, are many steps of one wait.
            seconds = min(seconds, timeout if self.asked is None else self.asked + timeout - now)
        if seconds <= 0:
            raise TimeoutError("timed out")
        return seconds


_current: ContextVar[Deadline] = ContextVar("deadline")


def current() -> Deadline:
    """Return the deadline of this thread's exchange, one without an end outside of any."""
    return _current.get(None) or Deadline()


class Backend:
    """A network backend of httpcore (see its documentation, "Network backends"): each step of an
    exchange keeps to the deadline of the whole.
    """

    def connect_tcp(
        self, host, port, timeout=None, local_address=None, socket_options=None
    ) -> Stream:
        """Connect to the first address of a host that can be reached."""
        deadline, problem = current(), OSError("the name has no address")
        deadline.connecting, deadline.asked = True, None
        with _problems(httpcore.ConnectTimeout, httpcore.ConnectError):
            for family, kind, protocol, _name, address in socket.getaddrinfo(
                host, port, type=socket.SOCK_STREAM
            ):
                seconds, connection = deadline.left(timeout), socket.socket(family, kind, protocol)
                try:
                    connection.settimeout(seconds)
                    connection.connect(address)
                    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    return Stream(connection)
                except OSError as exc:
                    connection.close()
                    problem = exc
            raise problem

    def sleep(self, seconds: float) -> None:
        """Wait; httpcore does so between attempts of its own, of which there are none."""
        time.sleep(seconds)


class Stream:
    """A connection: a network stream of httpcore."""

    def __init__(self, connection):
        self._socket = connection

    def read(self, max_bytes, timeout=None) -> bytes:
        """Return what has come, at most so many bytes; nothing at the end."""
        with _problems(httpcore.ReadTimeout, httpcore.ReadError):
            self._socket.settimeout(current().left(timeout))
            return self._socket.recv(max_bytes)

    def write(self, buffer, timeout=None) -> None:
        """Send all of it."""
        if not buffer:  # as at the end of a request without a body
            return
        deadline, rest = current(), memoryview(buffer)
        deadline.asked = None
        deadline.connecting = deadline.connecting and buffer.startswith(b"CONNECT ")
        with _problems(httpcore.WriteTimeout, httpcore.WriteError):
            while rest:
                self._socket.settimeout(deadline.left(timeout))
                rest = rest[self._socket.send(rest) :]
        deadline.asked = time.monotonic()

    def start_tls(self, ssl_context, server_hostname=None, timeout=None) -> Stream:
        """Return the connection as one by TLS, which may be inside of another one, as through a
        proxy that is spoken to by https.
        """
        deadline = current()
        deadline.asked, deadline.tls_with = None, server_hostname
        with _problems(httpcore.ConnectTimeout, httpcore.ConnectError):
            try:
                self._socket.settimeout(deadline.left(timeout))
                if isinstance(self._socket, ssl.SSLSocket):
                    inner = _TlsInTls(self._socket, ssl_context, server_hostname)
                else:
                    inner = ssl_context.wrap_socket(self._socket, server_hostname=server_hostname)
            except BaseException:
                self.close()
                raise
        deadline.tls_with = None
        return Stream(inner)

    def close(self) -> None:
        """End the connection."""
        self._socket.close()

    def get_extra_info(self, info):
        """Return what httpcore and ``http`` ask for."""
        if info == "socket":
            return self._socket
        if info == "ssl_object":
            return (
                self._socket.tls
                if isinstance(self._socket, _TlsInTls)
                else getattr(self._socket, "_sslobj", None)
            )
        if info == "is_readable":
            return _readable(self._socket)
        if info in ("client_addr", "server_addr"):
            return (
                self._socket.getsockname() if info == "client_addr" else self._socket.getpeername()
            )
        return None


class _TlsInTls:
    """What an SSLSocket is to a socket, over another SSLSocket: ssl cannot wrap one. As there, a
    timeout is that of a call as a whole.
    """

    def __init__(self, outer, context, server_hostname):
        self._outer, self._timeout = outer, outer.gettimeout()
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.tls = context.wrap_bio(self._incoming, self._outgoing, server_hostname=server_hostname)
        self._perform(self.tls.do_handshake)

    def settimeout(self, seconds):
        self._timeout = seconds

    def recv(self, size):
        try:
            return self._perform(self.tls.read, size)
        except ssl.SSLZeroReturnError:
            return b""

    def send(self, data):
        return self._perform(self.tls.write, data)

    def close(self):
        self._outer.close()

    def fileno(self):
        return self._outer.fileno()

    def getsockname(self):
        return self._outer.getsockname()

    def getpeername(self):
        return self._outer.getpeername()

    def _perform(self, function, *arguments):
        ends = time.monotonic() + self._timeout
        while True:
            try:
                done, result = True, function(*arguments)
            except ssl.SSLWantReadError:
                done, result = False, None
            if outgoing := self._outgoing.read():
                self._wait_until(ends)
                self._outer.sendall(outgoing)
            if done:
                return result
            self._wait_until(ends)
            if received := self._outer.recv(RECORD):
                self._incoming.write(received)
            else:
                self._incoming.write_eof()

    def _wait_until(self, ends):
        if (left := ends - time.monotonic()) <= 0:
            raise TimeoutError("timed out")
        self._outer.settimeout(left)


def _readable(connection) -> bool:
    """Tell whether there is something to read, the end of the connection included; where nothing is
    expected that is what it means.
    """
    if connection.fileno() < 0:
        return True
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    return bool(poll.poll(0))


@contextmanager
def _problems(timeout, error):
    """Raise what goes wrong with a socket as httpcore's exceptions, as its own backend does."""
    try:
        yield
    except TimeoutError as exc:
        raise timeout(exc) from exc
    except OSError as exc:
        raise error(exc) from exc

"""Simulated servers behind a real TLS port, run by uvicorn in a thread."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import asyncio
import atexit
import functools
import itertools
import logging
import shutil
import socket
import ssl
import tempfile
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import trustme
import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from .operations import write_calls
from .wire import reset

_NAMES = {
    "trusted": ("localhost", "127.0.0.1"),
    "untrusted": ("localhost", "127.0.0.1"),
    "wrong_host": ("other.example",),
}
_connection_numbers = itertools.count(1)


@dataclass(frozen=True)
class Running:
    """A server that accepts connections: its base URL, the PEM file of the authority to trust, and
    its door.
    """

    url: str
    ca_path: str
    door: Door


@functools.cache
def _authority(name: str) -> trustme.CA:
    return trustme.CA(organization_name=f"Simulator ({name})")


@functools.cache
def _ca_path() -> str:
    directory = tempfile.mkdtemp(prefix="simulator-")
    atexit.register(shutil.rmtree, directory, ignore_errors=True)
    path = Path(directory, "ca.pem")
    _authority("trusted").cert_pem.write_to_path(str(path))
    return str(path)


@functools.cache
def _tls(certificate: str) -> ssl.SSLContext:
    if certificate not in _NAMES:
        raise ValueError(f"certificate must be one of {', '.join(_NAMES)}, not {certificate!r}")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority = _authority("untrusted" if certificate == "untrusted" else "trusted")
    authority.issue_cert(*_NAMES[certificate]).configure_cert(context)
    return context


class _Connection(HttpToolsProtocol):
    """Lets the application see its TCP connection, to number it in the journal and to break it on
    purpose.
    """

    def connection_made(self, transport: asyncio.Transport) -> None:
        super().connection_made(transport)
        self.app_state = {
            **self.app_state,
            "connection": next(_connection_numbers),
            "transport": transport,
        }


class Door:
    """Where an application accepts connections, until it is told to refuse them. The port is kept
    meanwhile.
    """

    def __init__(self, server: _Server, listener: socket.socket):
        self._server = server
        self._listener = listener
        self._listening: asyncio.Server | None = None
        self.port: int = listener.getsockname()[1]
        self.opening: asyncio.Task | None = None

    def do(self, function: Callable[[], object]) -> object:
        """Call a function inside the server's loop, and return what it returns when all that it
        asked of doors is done.
        """
        return self._server.do(function)

    def start(self, work: Coroutine) -> None:
        """Run something inside the server's loop until the server ends."""
        self._server.loop.call_soon_threadsafe(self._server.start, work)

    def keep(self, is_open: bool) -> None:
        """Accept connections, or reset those that there are and refuse further ones. Only inside
        the server's loop.
        """
        if is_open and self._listening is None and self.opening is None:
            self.opening = self._server.start(self.accept())
        elif not is_open and self._listening is not None:
            # And with it the listener, in whose place another one holds the port without listening.
            self._listening.close()
            self._listening, self._listener = None, _listener(self.port)
            for connection in list(self._server.server_state.connections):
                if connection.server[1] == self.port:
                    reset(connection.transport)

    async def accept(self) -> None:
        """Begin to accept connections."""
        config = self._server.config
        protocol = functools.partial(
            config.http_protocol_class,
            config=config,
            server_state=self._server.server_state,
            app_state=self._server.lifespan.state,
        )
        loop = asyncio.get_running_loop()
        self._listening = await loop.create_server(
            protocol, sock=self._listener, ssl=config.ssl, backlog=config.backlog
        )
        self.opening = None

    def hold(self) -> None:
        """Accept no further connection. Only inside the server's loop."""
        self._server.loop.remove_reader(self._listener)

    def stop(self) -> None:
        """Let go of the port."""
        if self._listening is not None:
            self._listening.close()
        self._listener.close()


class _Server(uvicorn.Server):
    """uvicorn without its polling, which would cost each start and stop some 0.2 seconds, and with
    doors.
    """

    def __init__(self, config: uvicorn.Config):
        super().__init__(config)
        self.doors: list[Door] = []
        self.ready = threading.Event()
        self.failure: BaseException | None = None
        self._tasks: set[asyncio.Task] = set()

    def run(self, sockets: list[socket.socket] | None = None) -> None:
        try:
            super().run(sockets)
        except BaseException as error:
            self.failure = error
        finally:
            self.ready.set()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await self.lifespan.startup()
        for door in self.doors:
            await door.accept()
        self.started = True

    async def main_loop(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.stop = asyncio.Event()
        self.ready.set()
        await self.stop.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for door in self.doors:
            door.hold()
        # In which connections that were accepted just now get their transports.
        await asyncio.sleep(0)
        for door in self.doors:
            door.stop()
        # uvicorn knows no connection whose encryption is still being agreed upon; only the loop
        # knows them all.
        for transport in list(self.loop._transports.values()):
            transport.abort()
        tasks = [*self.server_state.tasks, *self._tasks]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.sleep(0)  # in which aborted transports close their sockets

    def start(self, work: Coroutine) -> asyncio.Task:
        """Run something in this loop, until it is done or the server ends."""
        task = self.loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def do(self, function: Callable[[], object]) -> object:
        """Call a function in this loop, and return what it returns; from another thread, when the
        doors that it opens are open.
        """
        if threading.current_thread() is self.thread:
            return function()

        async def carry_out() -> object:
            result = function()
            await asyncio.gather(*(door.opening for door in self.doors if door.opening is not None))
            return result

        return asyncio.run_coroutine_threadsafe(carry_out(), self.loop).result()


def _listener(port: int) -> socket.socket:
    # With the protocol named, asyncio switches off the delay of small packets (44 ms per answer).
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
    except OSError:
        listener.close()
        raise
    return listener


@contextmanager
def serve(
    application, certificate: str = "trusted", tls: bool = True, port: int = 0
) -> Iterator[Running]:
    """Serve an ASGI application on 127.0.0.1 while the context lasts.

    `certificate` is "trusted" (signed by the authority in `ca_path`, for localhost), "untrusted"
    (signed by another one) or "wrong_host" (signed by the trusted one, for another name). `port` 0
    takes a free one. Raises OSError where the port is taken.
    """
    with serve_together([application], certificate, tls, port) as (running,):
        yield running


@contextmanager
def serve_together(
    applications: list, certificate: str = "trusted", tls: bool = True, port: int = 0
) -> Iterator[list[Running]]:
    """Serve several ASGI applications side by side in one event loop, the first at `port` and the
    others at the ports behind it.

    An application with an attribute `door` finds there by what it can refuse connections. See
    `serve` for the rest.
    """
    by_port = {}

    async def find(scope, receive, send) -> None:
        await by_port[scope["server"][1]](scope, receive, send)

    config = uvicorn.Config(
        find,
        http=_Connection,
        ws="none",
        loop="asyncio",
        lifespan="off",
        log_config=None,
        access_log=False,
        date_header=False,
        server_header=False,
        proxy_headers=False,
        interface="asgi3",
        timeout_keep_alive=60,
    )
    logging.getLogger("uvicorn").setLevel(logging.CRITICAL + 1)
    config.load()
    config.ssl = _tls(certificate) if tls else None
    server = _Server(config)
    with ExitStack() as listeners:
        for number, application in enumerate(applications):
            door = Door(server, _listener(port and port + number))
            listeners.callback(door.stop)
            server.doors.append(door)
            by_port[door.port] = application
            if hasattr(application, "door"):
                application.door = door
        server.thread = threading.Thread(target=server.run, daemon=True)
        server.thread.start()
        server.ready.wait()
        if server.failure:
            raise RuntimeError("the simulator did not start") from server.failure
        try:
            scheme = "https" if tls else "http"
            yield [
                Running(f"{scheme}://localhost:{door.port}", _ca_path(), door)
                for door in server.doors
            ]
        finally:
            server.loop.call_soon_threadsafe(server.stop.set)
            server.thread.join()
            for application in applications:
                if hasattr(application, "door"):
                    application.door = None
            write_calls()

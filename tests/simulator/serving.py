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
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import trustme
import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from .operations import write_calls

_NAMES = {"trusted": ("localhost", "127.0.0.1"), "untrusted": ("localhost", "127.0.0.1"), "wrong_host": ("other.example",)}
_connection_numbers = itertools.count(1)


@dataclass(frozen=True)
class Running:
    """A server that accepts connections: its base URL and the PEM file of the authority to trust."""

    url: str
    ca_path: str


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
    """Lets the application see its TCP connection, to number it in the journal and to break it on purpose."""

    def connection_made(self, transport: asyncio.Transport) -> None:
        super().connection_made(transport)
        self.app_state = {**self.app_state, "connection": next(_connection_numbers), "transport": transport}


class _Server(uvicorn.Server):
    """uvicorn without its polling, which would cost each start and stop some 0.2 seconds."""

    def __init__(self, config: uvicorn.Config):
        super().__init__(config)
        self.ready = threading.Event()
        self.failure: BaseException | None = None

    def run(self, sockets: list[socket.socket] | None = None) -> None:
        try:
            super().run(sockets)
        except BaseException as error:
            self.failure = error
        finally:
            self.ready.set()

    async def main_loop(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.stop = asyncio.Event()
        self.ready.set()
        await self.stop.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        tasks = list(self.server_state.tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@contextmanager
def serve(application, certificate: str = "trusted", tls: bool = True, port: int = 0) -> Iterator[Running]:
    """Serve an ASGI application on 127.0.0.1 while the context lasts.

    `certificate` is "trusted" (signed by the authority in `ca_path`, for localhost), "untrusted" (signed by another one)
    or "wrong_host" (signed by the trusted one, for another name). `port` 0 takes a free one. Raises OSError where the
    port is taken.
    """
    config = uvicorn.Config(
        application, http=_Connection, ws="none", loop="asyncio", lifespan="off", log_config=None, access_log=False,
        date_header=False, server_header=False, proxy_headers=False, interface="asgi3", timeout_keep_alive=60,
    )
    logging.getLogger("uvicorn").setLevel(logging.CRITICAL + 1)
    config.load()
    config.ssl = _tls(certificate) if tls else None
    # With the protocol named, asyncio switches off the delay of small packets (44 ms per answer).
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
        server = _Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        server.ready.wait()
        if server.failure:
            raise RuntimeError("the simulator did not start") from server.failure
        try:
            yield Running(f"{'https' if tls else 'http'}://localhost:{listener.getsockname()[1]}", _ca_path())
        finally:
            server.loop.call_soon_threadsafe(server.stop.set)
            thread.join()
            write_calls()
    finally:
        listener.close()

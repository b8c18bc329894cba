"""Servers of a few lines, for what a real one would not do: each client is answered in a thread of
its own.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import socket
import threading
from contextlib import suppress


class Listener:
    """Accepts connections, by TLS where it is given a context for that, and answers each in a
    thread of its own.
    """

    def __init__(self, tls=None):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self.listener.getsockname()[1]}/"
        if tls:
            self.listener = tls.wrap_socket(self.listener, server_side=True)
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self):
        """Answer nobody any more."""
        self.listener.close()

    def _serve(self):
        with suppress(OSError):
            while True:
                connection, _address = self.listener.accept()
                threading.Thread(target=self.answer, args=[connection], daemon=True).start()


class Proxy(Listener):
    """Connects clients with the servers that they ask for."""

    connected = 0

    def answer(self, client):
        host, _colon, port = client.recv(65536).split()[1].decode().partition(":")
        with suppress(OSError), client, socket.create_connection((host, int(port))) as server:
            client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            self.connected += 1
            there = threading.Thread(target=self._pass_on, args=[client, server], daemon=True)
            there.start()
            self._pass_on(server, client)
            client.shutdown(socket.SHUT_RDWR)
            there.join()

    @staticmethod
    def _pass_on(source, sink):
        with suppress(OSError):
            while piece := source.recv(65536):
                sink.sendall(piece)

"""How an HTTP answer is sent over ASGI, whole or broken on purpose."""
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import socket
import struct
from dataclasses import dataclass, field


@dataclass
class Answer:
    """An HTTP answer, ready to be sent. `chunked` leaves its length open; `cookies` are the values of Set-Cookie headers."""

    status: int
    body: bytes = b""
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    cookies: list[str] = field(default_factory=list)
    chunked: bool = False


def json_answer(value: object, status: int = 200) -> Answer:
    """An answer that holds `value` as compact JSON."""
    return Answer(status, json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


async def read_body(receive) -> bytes:
    """The whole body of the request."""
    body = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return body
        body += message.get("body", b"")
        if not message.get("more_body"):
            return body


async def send_start(send, answer: Answer, length: int | None) -> None:
    """Send status and headers; without `length` the body goes out in chunks."""
    headers = [(b"content-type", answer.content_type.encode())]
    if length is not None:
        headers.append((b"content-length", b"%d" % length))
    headers += [(name.lower().encode(), value.encode()) for name, value in answer.headers.items()]
    headers += [(b"set-cookie", cookie.encode()) for cookie in answer.cookies]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})


async def send_answer(send, answer: Answer) -> None:
    """Send the whole answer."""
    await send_start(send, answer, None if answer.chunked else len(answer.body))
    await send({"type": "http.response.body", "body": answer.body})


def break_connection(scope, orderly: bool) -> None:
    """Close the TCP connection without an answer: `orderly` with every farewell, otherwise by a reset (RST).

    Inside the process there is no connection (no transport in the scope), so a ConnectionResetError goes to the caller.
    """
    transport = scope.get("state", {}).get("transport")
    if transport is None:
        raise ConnectionResetError("the simulator broke the connection")
    if orderly:
        transport.close()
        return
    # Closing a socket that does not linger makes the kernel send a reset in place of a regular end.
    linger_for_no_time = struct.pack("ii", 1, 0)
    transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger_for_no_time)
    transport.abort()


def end_connection(scope) -> None:
    """Send what is waiting to be sent, then close the TCP connection."""
    transport = scope.get("state", {}).get("transport")
    if transport is None:
        raise ConnectionResetError("the simulator ended the connection")
    transport.close()

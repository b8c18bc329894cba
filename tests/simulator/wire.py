"""How an HTTP answer is sent over ASGI, whole or broken on purpose."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import asyncio
import json
import socket
import struct
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field


@dataclass
class Answer:
    """An HTTP answer, ready to be sent. `cookies` are the values of Set-Cookie headers.

    `stream` yields a body of `streamed` bytes that is too large to be held, in place of `body`.
    `chunked` leaves the length open; `until_closed` too, and the body ends only where the
    connection does.
    """

    status: int
    body: bytes = b""
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    cookies: list[str] = field(default_factory=list)
    chunked: bool = False
    until_closed: bool = False
    stream: AsyncIterator[bytes] | None = None
    streamed: int = 0

    @property
    def length(self) -> int:
        """The number of bytes of the body."""
        return len(self.body) if self.stream is None else self.streamed

    @property
    def declared(self) -> int | None:
        """The Content-Length; None where there is none."""
        return None if self.chunked or self.until_closed else self.length


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


async def pieces(
    answer: Answer, limit: int | None = None, size: int | None = None
) -> AsyncIterator[bytes]:
    """The body in pieces of at most `size` bytes, and not more than `limit` bytes in all."""
    left = answer.length if limit is None else limit
    if not left:
        return
    async for part in _whole(answer.body) if answer.stream is None else answer.stream:
        part = part[:left]
        left -= len(part)
        for start in range(0, len(part), size or len(part)):
            yield part[start : start + size] if size else part
        if not left:
            return


async def _whole(body: bytes) -> AsyncIterator[bytes]:
    if body:
        yield body


async def send_start(send, answer: Answer, length: int | None) -> None:
    """Send status and headers. Without `length` the body goes out in chunks, or up to the end of
    the connection.
    """
    headers = [(b"content-type", answer.content_type.encode())] if answer.content_type else []
    if length is not None:
        headers.append((b"content-length", b"%d" % length))
    elif answer.until_closed:
        answer.headers["connection"] = "close"
        _leave_length_open(send, sys.maxsize)
    headers += [(name.lower().encode(), value.encode()) for name, value in answer.headers.items()]
    headers += [(b"set-cookie", cookie.encode()) for cookie in answer.cookies]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})


async def send_pieces(
    send, answer: Answer, limit: int | None = None, size: int | None = None, pause: float = 0.0
) -> None:
    """Send the body, up to `limit` bytes, and leave it open for more."""
    async for piece in pieces(answer, limit, size):
        await send({"type": "http.response.body", "body": piece, "more_body": True})
        if pause:
            await asyncio.sleep(pause)


async def send_end(send, answer: Answer) -> None:
    """Say that the body is complete."""
    if answer.until_closed:
        _leave_length_open(send, 0)
    await send({"type": "http.response.body", "body": b""})


def _leave_length_open(send, expected: int) -> None:
    """Keep uvicorn from sending chunks: it knows no other way for a body without Content-Length.
    `expected` is what may still come.
    """
    exchange = getattr(send, "__self__", None)  # there is none inside the process
    if exchange is not None:
        exchange.chunked_encoding, exchange.expected_content_length = False, expected


async def send_answer(send, answer: Answer) -> None:
    """Send the whole answer."""
    await send_start(send, answer, answer.declared)
    if answer.stream is None and not answer.until_closed:
        await send({"type": "http.response.body", "body": answer.body})
        return
    await send_pieces(send, answer)
    await send_end(send, answer)


def break_connection(scope, orderly: bool) -> None:
    """Close the TCP connection without an answer: `orderly` with every farewell, otherwise by a
    reset (RST).

    Inside the process there is no connection (no transport in the scope), so a ConnectionResetError
    goes to the caller.
    """
    transport = scope.get("state", {}).get("transport")
    if transport is None:
        raise ConnectionResetError("the simulator broke the connection")
    if orderly:
        transport.close()
    else:
        reset(transport)


def reset(transport) -> None:
    """End a TCP connection by a reset."""
    # Closing a socket that does not linger makes the kernel send a reset in place of a regular end.
    linger_for_no_time = struct.pack("ii", 1, 0)
    transport.get_extra_info("socket").setsockopt(
        socket.SOL_SOCKET, socket.SO_LINGER, linger_for_no_time
    )
    transport.abort()


def end_connection(scope) -> None:
    """Send what is waiting to be sent, then close the TCP connection."""
    transport = scope.get("state", {}).get("transport")
    if transport is None:
        raise ConnectionResetError("the simulator ended the connection")
    transport.close()

"""Faults that a simulated server is told to show: which there are, and how each looks on the wire."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import asyncio
import functools
import gzip
import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from fnmatch import fnmatchcase

from .altering import altered
from .wire import (
    Answer,
    break_connection,
    end_connection,
    json_answer,
    send_answer,
    send_end,
    send_pieces,
    send_start,
)

KINDS: dict[str, dict] = {
    "status": {"status": 500, "body": "", "headers": {}, "content_type": ""},
    "refuse": {"reason": "The server does not want to"},
    "reset_before": {"orderly": False},
    "reset_after": {"orderly": False},
    "slow": {"seconds": 1.0, "effect": "before"},
    "html": {"status": 200},
    "empty_list": {},
    "empty_body": {},
    "truncated": {},
    "cut": {"bytes": 0, "ending": "close", "seconds": 3600.0},
    "malformed": {},
    "wrong_shape": {},
    "ignored": {"shows": "change"},
    "gzip_bomb": {"megabytes": 64},
    "redirect": {"location": "https://elsewhere.example/", "status": 302},
    "drip": {"seconds": 0.01, "size": 16},
    "entities": {"style": "expansion"},
    "huge_xml": {"megabytes": 64, "shape": "flat"},
    "zip_bomb": {"megabytes": 64},
    "altered": {"seed": 0},
}
"""Kind -> its arguments with their defaults. README.md says what each does."""

WITH_EFFECT = ("reset_after", "slow", "truncated", "cut", "malformed", "drip", "altered")
"""Kinds for which the server does what it was asked before it spoils the answer; the others do
nothing.
"""

_EXPANSION = "".join(
    f"<!ENTITY e{each + 1} '{text}'>"
    for each, text in enumerate(f"&e{each};" * 10 for each in range(9))
)
_DOCUMENT_TYPES = {
    "expansion": f"<!ENTITY e0 'lol'>{_EXPANSION}",
    "file": '<!ENTITY e9 SYSTEM "file:///etc/passwd">',
    "network": '<!ENTITY e9 SYSTEM "http://127.0.0.1:9/">',
    "parameter": '<!ENTITY % outside SYSTEM "http://127.0.0.1:9/"> %outside; <!ENTITY e9 "lol">',
    "harmless": '<!ENTITY e9 "lol">',
}
"""What the document type of a hostile XML answer declares, by the style of the fault entities; each
ends in an entity e9.
"""

_ENDINGS = ("close", "reset", "stall", "end")
_XML = "text/xml; charset=UTF-8"
_LOGIN_PAGE = b"<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body><form>Please sign in</form></body></html>\n"


class Fault:
    """A fault for the next requests to `query` ("*" stands for any part of a query).

    `times` is how often it shows (None: always), `after` how many matching requests pass before.
    `matching` narrows it to requests whose body holds these values, at any depth. Raises ValueError
    for an unknown kind or argument.
    """

    def __init__(
        self,
        query: str,
        kind: str,
        times: int | None = 1,
        after: int = 0,
        matching: dict | None = None,
        **arguments,
    ):
        if kind not in KINDS:
            raise ValueError(f"there is no fault {kind}; there are {', '.join(KINDS)}")
        unknown = arguments.keys() - KINDS[kind].keys()
        if unknown:
            raise ValueError(f"the fault {kind} takes no {', '.join(sorted(unknown))}")
        if arguments.get("style", "expansion") not in _DOCUMENT_TYPES:
            raise ValueError(f"style must be one of {', '.join(_DOCUMENT_TYPES)}")
        if arguments.get("ending", "close") not in _ENDINGS:
            raise ValueError(f"ending must be one of {', '.join(_ENDINGS)}")
        self.query, self.kind, self.times, self.after, self.matching = (
            query,
            kind,
            times,
            after,
            matching,
        )
        self.arguments = KINDS[kind] | arguments

    def __repr__(self) -> str:
        return f"Fault({self.query!r}, {self.kind!r}, times={self.times}, after={self.after}, {self.arguments})"

    def strikes(self, query: str, body: object, writes: bool) -> bool:
        """Whether the fault shows for this request, which is counted. "ignored" only strikes
        requests for a change.
        """
        if (
            self.times == 0
            or not fnmatchcase(query, self.query)
            or self.kind == "ignored"
            and not writes
        ):
            return False
        if self.matching is not None and not _holds(body, self.matching):
            return False
        if self.after:
            self.after -= 1
            return False
        if self.times is not None:
            self.times -= 1
        return True


def _holds(value: object, wanted: object) -> bool:
    if isinstance(wanted, dict):
        return isinstance(value, dict) and all(
            name in value and _holds(value[name], wanted[name]) for name in wanted
        )
    return value == wanted


def first_striking(faults: list[Fault], query: str, body: object, writes: bool) -> Fault | None:
    """The first fault in order of injection that strikes this request."""
    return next((fault for fault in faults if fault.strikes(query, body, writes)), None)


@functools.cache
def _bomb(megabytes: int) -> bytes:
    return gzip.compress(b"[" + b" " * (megabytes * 1_000_000) + b"]")


@functools.cache
def _huge(megabytes: int, shape: str) -> bytes:
    """XML of that size: many elements side by side ("flat") or within each other ("deep")."""
    number = megabytes * 1_000_000 // 7
    elements = b"<a></a>" * number if shape == "flat" else b"<a>" * number + b"</a>" * number
    return b'<?xml version="1.0" encoding="UTF-8"?>\n\n<success>' + elements + b"</success>\n"


@functools.cache
def _zip_bomb(megabytes: int) -> bytes:
    archive, name = io.BytesIO(), zipfile.ZipInfo("jump_items.csv")
    name.compress_type = zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(archive, "w") as file, file.open(name, "w") as entry:
        for _megabyte in range(megabytes):
            entry.write(b" " * 1_000_000)
    return archive.getvalue()


def _hostile(style: str) -> bytes:
    """XML with a document type, of which the one element's text is an entity that it declares."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n\n<!DOCTYPE success [{_DOCUMENT_TYPES[style]}]>\n<success>&e9;</success>\n'.encode()


def _replacement(fault: Fault) -> Answer | None:
    """The answer that takes the place of the server's own, for the kinds that are as simple as
    that.
    """
    given = fault.arguments
    if fault.kind == "status":
        if isinstance(given["body"], (dict, list)):
            answer = json_answer(given["body"], given["status"])
        else:
            body = given["body"] if isinstance(given["body"], bytes) else given["body"].encode()
            answer = Answer(given["status"], body, "text/plain; charset=utf-8")
        answer.content_type = given["content_type"] or answer.content_type
        answer.headers = {name: str(value) for name, value in given["headers"].items()}
        return answer
    return {
        "html": lambda: Answer(given["status"], _LOGIN_PAGE, "text/html; charset=utf-8"),
        "empty_list": lambda: json_answer([]),
        "empty_body": lambda: Answer(200),
        "wrong_shape": lambda: json_answer({"items": {"0": "zero"}, "total": 1}),
        "gzip_bomb": lambda: Answer(
            200, _bomb(given["megabytes"]), headers={"content-encoding": "gzip"}
        ),
        "redirect": lambda: Answer(given["status"], headers={"location": given["location"]}),
        "entities": lambda: Answer(200, _hostile(given["style"]), _XML),
        "huge_xml": lambda: Answer(200, _huge(given["megabytes"], given["shape"]), _XML),
        "zip_bomb": lambda: Answer(200, _zip_bomb(given["megabytes"]), "application/zip"),
    }.get(fault.kind, lambda: None)()


async def show(
    fault: Fault, carry_out: Callable[[], Answer], scope, send, on_status: Callable[[int], None]
) -> None:
    """Answer a request as the fault says.

    `carry_out` does what the request asks for and gives the honest answer; it is called for
    WITH_EFFECT only. `on_status` is told the status that goes out, if one does. The kinds refuse
    and ignored are not shown here but by the vendor's server, whose words they need.
    """
    given = fault.arguments
    if fault.kind == "reset_before":
        break_connection(scope, given["orderly"])
        return
    if fault.kind == "slow" and given["effect"] == "after":
        await asyncio.sleep(given["seconds"])
    answer = carry_out() if fault.kind in WITH_EFFECT else _replacement(fault)
    if fault.kind == "reset_after":
        break_connection(scope, given["orderly"])
        return
    if fault.kind == "slow" and given["effect"] == "before":
        await asyncio.sleep(given["seconds"])
    if fault.kind == "altered":
        answer = replace(answer, body=altered(answer.body, given["seed"]))
    on_status(answer.status)
    if fault.kind == "truncated":
        await send_start(send, answer, answer.length + 100)
        await send_pieces(send, answer)
        end_connection(scope)
    elif fault.kind == "malformed":
        await _cut(scope, send, answer, answer.length // 2, "end", 0)
    elif fault.kind == "cut":
        await _cut(scope, send, answer, given["bytes"], given["ending"], given["seconds"])
    elif fault.kind == "drip":
        await send_start(send, answer, None)
        await send_pieces(send, answer, size=given["size"], pause=given["seconds"])
        await send_end(send, answer)
    else:
        await send_answer(send, answer)


async def _cut(scope, send, answer: Answer, size: int, ending: str, seconds: float) -> None:
    """Send `size` bytes of the body. Then the connection is closed, is reset, is closed after so
    many seconds, or the body ends as if it were whole.
    """
    declared = answer.declared
    await send_start(
        send, answer, declared if declared is None or ending != "end" else min(size, declared)
    )
    await send_pieces(send, answer, size)
    if ending == "end":
        await send_end(send, answer)
        return
    if ending == "stall":
        await asyncio.sleep(seconds)
    if ending == "reset":
        break_connection(scope, orderly=False)
    else:
        end_connection(scope)

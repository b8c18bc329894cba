"""The backup API of a simulated BeyondTrust appliance: a download as large as a switch says, which
is made while it is read.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import asyncio
import functools
import hashlib
import json
import random
from collections.abc import AsyncIterator, Iterator
from time import monotonic

from ..operations import mark
from ..wire import Answer, json_answer
from .answers import Refused, document_not_found, element, xml_answer
from .calls import namespace
from .health import iso
from .request import Request

MAGIC = b"NSBSIM1\n"
"""What a simulated backup starts with. How a real one starts is not known."""
_BLOCK = 1 << 20
_PAUSES_PER_SECOND = 50


def content(facts: dict, size: int, password: str = "") -> Iterator[bytes]:
    """The `size` bytes of a backup: the magic, a line of JSON with the facts, then noise that
    depends on nothing but the password.
    """
    head = (MAGIC + json.dumps(facts, separators=(",", ":")).encode() + b"\n")[:size]
    if head:
        yield head
    left, number, noise = size - len(head), 0, _noise(password)
    while left > 0:
        block = number.to_bytes(8, "big") + noise
        yield block[:left]
        left -= len(block)
        number += 1


@functools.cache
def _noise(password: str) -> bytes:
    """Bytes that are not to be compressed; a counter before them makes each block another one."""
    return random.Random(hashlib.sha256(password.encode()).digest()).randbytes(_BLOCK - 8)


def answer(appliance, account: dict, request: Request, entry, reason: str | None) -> Answer:
    """Answer a request for a backup; `reason` is why none can be made, if none can. Raises Refused."""
    switches = appliance.switches
    if not account["permissions"]["perm_backup"]:
        if switches.denied == "not_found":
            raise Refused(document_not_found())
        raise Refused(
            json_answer({"message": "The API account needs the permission perm_backup."}, 403)
        )
    if request.method not in ("GET", "POST"):
        raise _broken("a backup is asked for by GET or POST")
    if request.query != []:
        raise _broken("a backup has no parameters in the query")
    password = _password(request, switches.backup_password)
    if switches.backup_password == "required" and not password:
        raise Refused(json_answer({"message": "The password of the backup is required."}, 400))
    if reason is not None:
        return _failure(switches, reason)
    appliance.site["backups"] += 1
    facts = {
        "hostname": appliance.site["hostname"],
        "guid": appliance.site["health"]["guid"],
        "version": appliance.version,
        "made": iso(appliance.clock.now_ms()),
        "number": appliance.site["backups"],
        "protected": bool(password),
    }
    given = Answer(
        200,
        content_type=switches.backup_content_type,
        chunked=switches.backup_framing == "chunked",
        until_closed=switches.backup_framing == "until_closed",
        streamed=switches.backup_bytes,
        stream=_paced(
            content(facts, switches.backup_bytes, password), switches.backup_bytes_per_second
        ),
    )
    if switches.backup_disposition:
        given.headers["content-disposition"] = (
            f'attachment; filename="{appliance.site["hostname"]}-{facts["number"]}.nsb"'
        )
    mark("beyondtrust", "GET /api/backup", entry.client)
    return given


def _password(request: Request, effect: str) -> str:
    """The password that protects the backup; empty where there is none, or where it has no effect."""
    if not request.body:
        return ""
    data = request.data()
    if request.content_type != "application/json":
        raise _broken("a password is sent as JSON")
    if (
        not isinstance(data, dict)
        or data.keys() != {"password"}
        or not isinstance(data["password"], str)
        or not data["password"]
    ):
        raise _broken("the body holds a password and nothing else")
    if effect == "refused":
        raise Refused(json_answer({"message": "The backup API takes no body."}, 400))
    return "" if effect == "ignored" else data["password"]


def _broken(rule: str) -> Refused:
    return Refused(json_answer({"message": rule}, 400), rule)


def _failure(switches, reason: str) -> Answer:
    if switches.backup_error == "xml":
        return xml_answer(
            element("error", reason), namespace(switches, "backup"), switches.command_error_status
        )
    if switches.backup_error == "text":
        return Answer(200, f"{reason}\n".encode(), "text/plain; charset=UTF-8")
    if switches.backup_error == "html":
        return Answer(
            200,
            f"<!DOCTYPE html>\n<html><body><p>{reason}</p></body></html>\n".encode(),
            "text/html; charset=UTF-8",
        )
    return json_answer({"error": "backup_failed", "message": reason}, 500)


async def _paced(parts: Iterator[bytes], bytes_per_second: int) -> AsyncIterator[bytes]:
    """The parts, not faster than so many bytes per second (0: as fast as they are taken), and then
    in small pieces.
    """
    if not bytes_per_second:
        for part in parts:
            yield part
        return
    size, sent, started = max(1, bytes_per_second // _PAUSES_PER_SECOND), 0, monotonic()
    for part in parts:
        for start in range(0, len(part), size):
            yield part[start : start + size]
            sent += len(part[start : start + size])
            await asyncio.sleep(max(0.0, started + sent / bytes_per_second - monotonic()))

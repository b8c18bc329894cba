"""A request to the FastX API as HTTP, JSON and headers, with what is wrong with it."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from .answers import Refused, broken

SECRET_PARAMETERS = ("password", "token", "authtoken", "answer", "signature", "key")
"""What must not stand in a URL, which ends up in logs."""

_CONTENT_TYPES = (
    "application/json",
    "application/json; charset=utf-8",
    "application/json;charset=utf-8",
)


@dataclass
class Request:
    """A request. `given` are its parameters (the text of the body where it is no object), `problem`
    is what is wrong with it (None: nothing).
    """

    method: str
    path: str
    headers: dict[str, str]
    given: object = field(default_factory=dict)
    pairs: list[tuple[str, str]] = field(default_factory=list)
    problem: Refused | None = None


def _no_duplicates(pairs: list[tuple[str, object]]) -> dict:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key occurs twice")
    return found


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def read_request(scope, body: bytes) -> Request:
    """The request as it came in."""
    headers = {
        name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]
    }
    request = Request(scope["method"], scope["raw_path"].decode("ascii"), headers)
    request.pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    try:
        if request.method == "GET":
            _read_url(request, body)
        elif request.method == "POST":
            _read_body(request, body)
        else:
            raise broken("the method must be GET or POST", status=405)
    except Refused as problem:
        request.problem = problem
    if any(name.lower() in SECRET_PARAMETERS for name, _value in request.pairs):
        request.problem = broken("a secret must not stand in a URL")
    return request


def _read_url(request: Request, body: bytes) -> None:
    request.given = dict(request.pairs)
    if body:
        raise broken("a GET has no body; its parameters stand in the URL")
    if len(request.given) < len(request.pairs):
        raise broken("a parameter occurs twice in the URL")


def _read_body(request: Request, body: bytes) -> None:
    if body:
        try:
            request.given = json.loads(
                body.decode("utf-8"), object_pairs_hook=_no_duplicates, parse_constant=_no_constant
            )
        except ValueError as error:
            request.given = body.decode("utf-8", "replace")
            problem = f"the body is not one strict JSON value: {getattr(error, 'msg', error)}"
        else:
            problem = None if isinstance(request.given, dict) else "the body must be an object"
        if request.headers.get("content-type", "").lower() not in _CONTENT_TYPES:
            raise broken("Content-Type must be application/json", status=415)
        if problem:
            raise broken(problem)
    if request.pairs:
        raise broken("the parameters of a POST stand in its body")

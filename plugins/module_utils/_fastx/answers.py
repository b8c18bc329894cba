"""How FastX's answers are understood: a result, or an error with a name and a message, whatever the
HTTP status.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from .._core.errors import Refused, ServerError
from .._core.http import Answer
from .._core.quoting import LONGEST_NAME

NOT_LOGGED_IN = "AuthError"  # seen in the vendor's web client
# Mappings with keys of the users' making: no attributes to translate.
FREE_MAPS = ("params",)


def result_of(answer: Answer) -> Any:
    """Return the result of a call, which may be null. Raises Refused for an error, and ServerError
    for what is no answer.
    """
    try:
        told = answer.json()
    except ServerError:
        if not 400 <= answer.status < 500:
            raise
        raise Refused(
            f"FastX refused {answer.request}: it answered {answer.described()}.",
            status=answer.status,
        ) from None
    if not isinstance(told, dict) or told.get("error") is None and "result" not in told:
        if 400 <= answer.status < 500:
            raise Refused(
                f"FastX refused {answer.request} (HTTP {answer.status}) without a reason.",
                status=answer.status,
            )
        raise ServerError(
            f"{answer.request} answered JSON that is neither a result nor an error (HTTP {answer.status}).",
            status=answer.status,
        )
    error = told.get("error")
    if error is None:
        return told["result"]
    parts = [error.get("name"), error.get("message")] if isinstance(error, dict) else [error]
    reason = (
        ": ".join(part.rstrip(".") for part in parts if isinstance(part, str) and part)
        or "no reason given"
    )
    refusal = ServerError if answer.status >= 500 else Refused
    raise refusal(
        f"FastX refused {answer.request} (HTTP {answer.status}): {answer.redact(reason, LONGEST_NAME)}.",
        status=answer.status,
    )


def says_not_logged_in(answer: Answer) -> bool:
    """Tell whether an answer is the error that nobody is logged in (any more)."""
    if answer.status == 401:
        return True
    # Almost all answers need not be decoded twice.
    if NOT_LOGGED_IN.encode() not in answer.content[:10_000]:
        return False
    try:
        return answer.json()["error"]["name"] == NOT_LOGGED_IN
    except (ServerError, KeyError, TypeError):
        return False


def shaped(answer: Answer, shape: type) -> Any:
    """Return the result of a call, which has to be of a shape. Raises Refused or ServerError."""
    value = result_of(answer)
    if not isinstance(value, shape) or isinstance(value, bool) and shape is int:
        raise ServerError(
            f"{answer.request} answered {_kind(value)}, where {_KINDS[shape]} was expected.",
            status=answer.status,
        )
    return value


def objects(call: str, found: Any, *required: str) -> list[dict]:
    """Return ``found`` if it is a list of objects that all have the ``required`` texts, else raise
    ServerError.
    """
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise ServerError(f"{call} answered something that is not a list of objects.")
    for item in found:
        for name in required:
            if not isinstance(item.get(name), str):
                raise ServerError(f"{call} answered an object without {name}.")
    return found


def snake_case(value: Any) -> Any:
    """Return the server's value with all names of attributes in snake_case: ``serverId`` as
    ``server_id``.
    """
    if isinstance(value, list):
        return [snake_case(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        _snake_case_name(name): item if name in FREE_MAPS else snake_case(item)
        for name, item in value.items()
    }


def without(obj: Mapping[str, Any], names: Sequence[str]) -> dict:
    """Return an object without some of its attributes."""
    return {name: value for name, value in obj.items() if name not in names}


@lru_cache(maxsize=1000)
def _snake_case_name(name) -> str:
    return re.sub("(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


_KINDS = {dict: "an object", list: "a list", str: "a text", int: "a number", type(None): "null"}


def _kind(value) -> str:
    return _KINDS.get(type(value), "something else")

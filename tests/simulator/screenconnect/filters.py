"""The language of session filters: how one is parsed, and which sessions it selects."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import operator
import re
from collections.abc import Callable
from datetime import datetime

from .answers import Refused
from .sessions import last
from .site import (
    CONNECTED,
    DISCONNECTED,
    GUEST,
    GUEST_NUMBERS,
    GUEST_TEXTS,
    GUEST_TIMES,
    HOST,
    PROPERTIES,
    SESSION_TYPES,
    live,
)

_TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<number>-?\d+(?:\.\d+)?)(?![\w.])|(?P<word>[A-Za-z_]\w*)|(?P<sign><>|<=|>=|[=<>()])|(?P<end>$))"
)
_COMPARISONS = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}
_ORDERS = ("<", ">", "<=", ">=")
_DEPTH = 100
"""How deep parentheses and NOT may be nested, so that a hostile filter ends in an error and not in
the interpreter's own limit.
"""

Test = Callable[[str, dict], bool]
"""Whether a filter holds for a session, of which the id and the record are given."""


def _fields() -> dict[str, tuple[str, Callable[[str, dict], object]]]:
    """Name of a field -> its type, and how its value is found from a session's id and record."""
    fields: dict[str, tuple[str, Callable]] = {
        "SessionID": ("id", lambda session_id, session: session_id),
        "SessionType": ("type", lambda session_id, session: session["SessionType"]),
        "GuestConnectedCount": ("number", lambda session_id, session: len(live(session, GUEST))),
        "HostConnectedCount": ("number", lambda session_id, session: len(live(session, HOST))),
        "LastEventTime": ("time", lambda session_id, session: last(session)),
        "LastConnectedEventTime": ("time", lambda session_id, session: last(session, (CONNECTED,))),
        "LastGuestConnectedEventTime": (
            "time",
            lambda session_id, session: last(session, (CONNECTED,), GUEST),
        ),
        "LastGuestDisconnectedEventTime": (
            "time",
            lambda session_id, session: last(session, (DISCONNECTED,), GUEST),
        ),
        "GuestInfoUpdateTime": ("time", lambda session_id, session: session["GuestInfoUpdateTime"]),
    }
    for kind, names in (
        ("text", ("Name", "Host", "Code", "GuestNetworkAddress", "GuestClientVersion")),
        ("boolean", ("IsPublic", "IsEnded")),
    ):
        fields |= {
            name: (kind, lambda session_id, session, name=name: session[name]) for name in names
        }
    for number in range(PROPERTIES):
        fields[f"CustomProperty{number + 1}"] = (
            "text",
            lambda session_id, session, number=number: session["CustomPropertyValues"][number],
        )
    for kind, names, default in (
        ("text", GUEST_TEXTS, ""),
        ("number", GUEST_NUMBERS, 0),
        ("time", GUEST_TIMES, None),
    ):
        fields |= {
            f"Guest{name}": (
                kind,
                lambda session_id, session, name=name, default=default: session["GuestInfo"].get(
                    name, default
                ),
            )
            for name in names
        }
    return fields


_FIELDS = _fields()


def select(server, text: str) -> list[str]:
    """The ids of the sessions for which a filter holds. Raises Refused where it is not well-formed."""
    holds = _Parser(server, text).parse()
    return [
        session_id
        for session_id, session in server.site["sessions"].items()
        if holds(session_id, session)
    ]


class _Parser:
    """Reads one filter: OR binds less than AND, AND less than NOT; a comparison is a field, an
    operator and a literal.
    """

    def __init__(self, server, text: str):
        self._server = server
        self._tokens = _tokens(text)
        self._position = 0
        self._depth = 0

    def parse(self) -> Test:
        """The whole filter."""
        test = self._alternatives()
        if self._kind != "end":
            raise _wrong("an operator is missing")
        return test

    @property
    def _kind(self) -> str:
        return self._tokens[self._position][0]

    def _takes(self, *words: str) -> str | None:
        """The next token if it is one of these words or signs, which is passed then. The case of
        words does not count.
        """
        kind, token = self._tokens[self._position]
        if kind in ("word", "sign") and token.upper() in words:
            self._position += 1
            return token.upper()
        return None

    def _alternatives(self) -> Test:
        tests = [self._conjunction()]
        while self._takes("OR"):
            tests.append(self._conjunction())
        return (
            tests[0]
            if len(tests) == 1
            else lambda session_id, session: any(test(session_id, session) for test in tests)
        )

    def _conjunction(self) -> Test:
        tests = [self._negation()]
        while self._takes("AND"):
            tests.append(self._negation())
        return (
            tests[0]
            if len(tests) == 1
            else lambda session_id, session: all(test(session_id, session) for test in tests)
        )

    def _negation(self) -> Test:
        self._depth += 1
        if self._depth > _DEPTH:
            raise _wrong("the filter is nested too deeply")
        try:
            if self._takes("NOT"):
                test = self._negation()
                return lambda session_id, session: not test(session_id, session)
            if self._takes("("):
                test = self._alternatives()
                if not self._takes(")"):
                    raise _wrong("a parenthesis is not closed")
                return test
            return self._comparison()
        finally:
            self._depth -= 1

    def _comparison(self) -> Test:
        kind, name = self._tokens[self._position]
        if kind != "word" or name.upper() in ("AND", "OR", "LIKE"):
            raise _wrong("a field is missing")
        if name not in _FIELDS:
            raise _wrong("a field is unknown")
        self._position += 1
        kind, value_of = _FIELDS[name]
        negated = self._takes("NOT")
        if self._takes("LIKE"):
            pattern = self._pattern(kind)
            return lambda session_id, session: (
                (pattern.fullmatch(value_of(session_id, session)) is None) is bool(negated)
            )
        sign = None if negated else self._takes(*_COMPARISONS)
        if sign is None:
            raise _wrong("an operator is missing")
        literal, prepare = self._literal(kind, sign)
        compare = _COMPARISONS[sign]

        def holds(session_id: str, session: dict) -> bool:
            value = value_of(session_id, session)
            if value is None:  # never: before all times
                value = float("-inf")
            return compare(prepare(value), literal)

        return holds

    def _next(self) -> tuple[str, str]:
        kind, token = self._tokens[self._position]
        self._position += 1
        return kind, token

    def _literal(self, field: str, sign: str) -> tuple[object, Callable]:
        """The literal that a field of this type is compared with, and what is done to the field's
        value before.
        """
        kind, token = self._next()
        if field in ("boolean", "id", "type") and sign in _ORDERS:
            raise _wrong("such a field has no order")
        if field == "number" and kind == "number":
            return float(token), float
        if field == "boolean" and (kind, token.lower()) in (
            ("word", "true"),
            ("word", "false"),
            ("number", "1"),
            ("number", "0"),
        ):
            return token.lower() in ("true", "1"), bool
        if kind != "text" or field in ("number", "boolean"):
            raise _wrong("a literal of the field's type is missing")
        text = token[1:-1].replace("''", "'")
        if field == "text":
            return self._server.comparable(text), self._server.comparable
        if field == "id":
            return text.lower(), str
        if field == "type":
            if text not in SESSION_TYPES:
                raise _wrong("a session's type is unknown")
            return text, str
        return _time_ms(text), float

    def _pattern(self, field: str) -> re.Pattern:
        kind, token = self._next()
        if kind != "text" or field != "text":
            raise _wrong("LIKE compares a text with a pattern")
        signs = {
            "%": ".*",
            "_": "." if self._server.switches.like_underscore == "wildcard" else "_",
        }
        pattern = "".join(
            signs.get(letter) or re.escape(letter) for letter in token[1:-1].replace("''", "'")
        )
        ignored = (
            re.IGNORECASE if self._server.switches.text_comparison == "ignore_case" else re.NOFLAG
        )
        return re.compile(pattern, re.DOTALL | ignored)


def _tokens(text: str) -> list[tuple[str, str]]:
    """The tokens of a filter with their kinds: text, number, word, sign, and at last end."""
    tokens, position = [], 0
    while not tokens or tokens[-1][0] != "end":
        match = _TOKEN.match(text, position)
        if match is None:
            raise _wrong("a character is not expected")
        tokens.append((match.lastgroup, match[match.lastgroup]))
        position = match.end()
    return tokens


def _time_ms(text: str) -> float:
    """Milliseconds since 1970 of a time; one without a zone is UTC (a guess)."""
    try:
        moment = datetime.fromisoformat(text)
        return (
            moment.timestamp() * 1000
            if moment.tzinfo
            else datetime.fromisoformat(
                f"{text}Z" if "T" in text else f"{text}T00:00:00Z"
            ).timestamp()
            * 1000
        )
    except ValueError:
        raise _wrong("a time is not well-formed") from None


def _wrong(problem: str) -> Refused:
    return Refused(f"The session filter is not valid: {problem}")

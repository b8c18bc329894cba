"""Whether restrictions on logins admit an address, found in a bounded number of steps: a server's
expression may be one that Python never ends with.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterable
from re import _constants as op
from re import _parser as parser
from typing import Any

MOST_STEPS = 100_000  # a tested address takes some hundred for the expressions that people write
LONGEST_PATTERN = 2000  # characters
LONGEST_ADDRESS = 255  # characters


class Unknown(Exception):
    """The expression has something in it that is not followed here, or takes too many steps."""


def admits(patterns: Iterable[str], address: str) -> bool:
    """Tell whether one of the patterns matches the whole address. (Whether the server wants a whole
    match is not documented.)

    A pattern of which that cannot be said in so many steps admits nobody here, so that a lockout is
    asked about once too often and not once too seldom.
    """
    return any(_matches(pattern, address) for pattern in patterns)


def _matches(pattern, address) -> bool:
    if len(pattern) > LONGEST_PATTERN or len(address) > LONGEST_ADDRESS:
        return False
    try:
        # Python warns of what the expression may mean in a later version.
        with warnings.catch_warnings(action="ignore"):
            tree = parser.parse(pattern)
        return len(address) in _Walk(address, tree.state.flags).ends(tree, {0})
    except (re.error, Unknown, RecursionError, OverflowError):
        return False  # there already, and only the server knows what it makes of it


class _Walk:
    """Follows an expression over a text for all places at once: of two ways to the same place there
    is no need to try both.
    """

    def __init__(self, text, flags):
        if flags & ~(re.IGNORECASE | re.UNICODE):
            raise Unknown
        self._text, self._folds, self._steps = text, bool(flags & re.IGNORECASE), 0

    def ends(self, tree: Iterable, starts: set[int]) -> set[int]:
        """Return where what matches from one of the ``starts`` may end."""
        for kind, value in tree:
            self._steps += 1 + len(starts)
            if self._steps > MOST_STEPS:
                raise Unknown
            if not starts:
                return starts
            starts = self._ends_of_one(kind, value, starts)
        return starts

    def _ends_of_one(self, kind, value, starts):
        if kind is op.BRANCH:
            return set().union(*(self.ends(branch, starts) for branch in value[1]))
        if kind is op.SUBPATTERN:
            if value[1] or value[2]:  # flags for a part
                raise Unknown
            return self.ends(value[3], starts)
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT):
            return self._repeated(*value, starts)
        if kind is op.AT:
            places = {
                op.AT_BEGINNING: {0},
                op.AT_BEGINNING_STRING: {0},
                op.AT_END: {len(self._text)},
                op.AT_END_STRING: {len(self._text)},
            }.get(value)
            if places is None:
                raise Unknown
            return starts & places
        takes = self._takes(kind, value)
        return {
            start + 1 for start in starts if start < len(self._text) and takes(self._text[start])
        }

    def _repeated(self, least, most, tree, starts):
        for _time in range(least):
            before, starts = starts, self.ends(tree, starts)
            if starts == before:  # it can match nothing, or nothing matches
                break
        found, fresh, times = set(starts), starts, least
        while fresh and times < most:
            fresh = self.ends(tree, fresh) - found
            found |= fresh
            times += 1
        return found

    def _takes(self, kind, value) -> Callable[[str], bool]:
        """Return what tells whether a part of an expression that stands for one character takes it."""
        if kind is op.ANY:
            return lambda character: character != "\n"
        if kind is op.LITERAL:
            return lambda character: self._in(character, value, value)
        if kind is op.NOT_LITERAL:
            return lambda character: not self._in(character, value, value)
        if kind is op.RANGE:
            return lambda character: self._in(character, *value)
        if kind is op.CATEGORY:
            return _category(value)
        if kind is op.IN:
            negated = bool(value) and value[0][0] is op.NEGATE
            parts = [self._takes(*part) for part in value[negated:]]
            return lambda character: any(part(character) for part in parts) is not negated
        raise Unknown  # what looks around, or back

    def _in(self, character, low, high) -> bool:
        forms = {character, character.lower(), character.upper()} if self._folds else {character}
        return any(len(form) == 1 and low <= ord(form) <= high for form in forms)


def _category(value) -> Callable[[str], bool]:
    words: dict[Any, str] = {
        op.CATEGORY_DIGIT: r"\d",
        op.CATEGORY_NOT_DIGIT: r"\D",
        op.CATEGORY_SPACE: r"\s",
        op.CATEGORY_NOT_SPACE: r"\S",
        op.CATEGORY_WORD: r"\w",
        op.CATEGORY_NOT_WORD: r"\W",
    }
    one = re.compile(words[value])
    return lambda character: bool(one.match(character))

"""What must not be seen in any text, in whatever form it is written."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache

LAYERS = 3  # of encoding that are undone, one inside of the other, such as JSON in a URL in JSON
# Characters that a secret must have left when its own escapes are undone, as a text with "%0a" in
# it must not mask all line breaks.
SHORTEST = 4
SHORT = 12  # characters of an escape that is likely to come again
SHORTEST_LINE = 16  # characters of a line of a secret of several that is masked wherever it stands
_BYTES, _UNIT, _LONG, _BYTE, _NAMED = (
    r"(?:%[0-9A-Fa-f]{2})+",
    r"(?:\\u[0-9A-Fa-f]{4})+",
    r"\\U[0-9A-Fa-f]{8}",
    r"\\x[0-9A-Fa-f]{2}",
    r"\\.",
)
_NAMES = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "v": "\v", "a": "\a", "0": "\0"}
_ESCAPES = (_UNIT, _LONG, _BYTE, _NAMED)
# What stands before a secret, or is plain in it, can be read as the beginning of an escape: in
# C:\name%2Fx the backslash is plain, and the %2F is not. So escapes are undone in several ways: all
# of them, those of URLs, those of JSON and Python, and all but those that are named.
_KINDS = tuple(
    re.compile("|".join(kind), re.DOTALL)
    for kind in ((_BYTES, *_ESCAPES), (_BYTES,), _ESCAPES, (_BYTES, *_ESCAPES[:-1]))
)
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")


class Mask:
    """Texts that must not be seen."""

    def __init__(self):
        self._secrets: set[str] = set()
        # The secrets, and what is left of each when its own escapes are undone.
        self._sought: set[str] = set()

    def add(self, secrets: Iterable[str]) -> None:
        """Mask these, too."""
        for secret in set(filter(None, secrets)) - self._secrets:
            self._secrets.add(secret)
            self._sought.add(secret)
            # A key may be folded or indented anew, or shown in part.
            self._sought.update(
                line.strip()
                for line in secret.splitlines()
                if len(line.strip()) >= SHORTEST_LINE and not line.startswith("-----")
            )
            if re.search(r"[%\\+]", secret):
                self._sought.update(
                    form for form, _steps in _views(secret) if len(form) >= SHORTEST
                )

    def over(self, text: str) -> str:
        """Return ``text`` with every secret masked, as it is and in whatever form a URL, JSON or
        Python gives it, each character in its own.
        """
        if not self._sought:
            return text
        found: set[tuple[int, int]] = set()
        for form, steps in _views(text):
            places = [
                (at, at + len(secret))
                for secret in self._sought
                if secret in form
                for at in _all_places(form, secret)
            ]
            if places:
                origins = [_origins(*step) for step in reversed(steps)]
                found.update(
                    (_origin(origins, start), _origin(origins, end)) for start, end in places
                )
        if not found:
            return text
        shown, place = [], 0
        for start, end in _joined(sorted(found)):
            shown += [text[place:start], "********"]
            place = end
        return "".join([*shown, text[place:]])


# A text of which one layer of escapes was undone, which ones, and whether for all characters.
Step = tuple[str, re.Pattern, bool]


def _all_places(text, secret) -> Iterator[int]:
    at = text.find(secret)
    while at >= 0:
        yield at
        at = text.find(secret, at + len(secret))


def _views(text) -> Iterator[tuple[str, list[Step]]]:
    """Yield ``text``, and each form of it with escapes undone, with the steps that led to it. Time
    is linear in the text.
    """
    yield text, []
    if not re.search(r"[%\\+]", text):
        return
    seen = {text}
    percents, backslashes = (
        re.search(r"%|\\(?:u00|U000000|x)25", text),
        re.search(r"\\|%5[Cc]", text),
    )
    # Where there is only one family of escapes, the ways to undo them come to the same.
    kinds = _KINDS if percents and backslashes else _KINDS[::3] if backslashes else _KINDS[:1]
    for all_characters in (True, False) if percents else (True,):
        for kind in kinds:
            form, steps = text, []
            for _layer in range(LAYERS):
                undone = kind.sub(
                    lambda match, every=all_characters: (
                        _undone if len(match[0]) > SHORT else _undone_before
                    )(match[0], every),
                    form,
                )
                plain = undone.replace("+", " ")  # as forms write a blank; sought so, too
                if undone == form and plain in seen:
                    break
                form, steps = undone, [*steps, (form, kind, all_characters)]
                for each in (form, plain):
                    if each not in seen:
                        seen.add(each)
                        yield each, steps


def _undone(escape, all_characters) -> str:
    """Return what an escape stands for."""
    parts, place = [], 0
    for start, end, character in _characters(escape, 0, all_characters):
        parts += [escape[place:start], character]
        place = end
    return "".join([*parts, escape[place:]])


_undone_before = lru_cache(maxsize=4096)(_undone)


def _origins(text, escapes, all_characters) -> tuple[list[int], list[int]]:
    """Return where each piece of ``text`` with its escapes undone begins, and where it began. What
    lies between two escapes is as long as it was.
    """
    here, there, gone = [0], [0], 0
    for match in escapes.finditer(text):
        for start, end, character in _characters(match[0], match.start(), all_characters):
            here += [start - gone, start - gone + len(character)]
            there += [start, end]
            gone += end - start - len(character)
    return here, there


def _characters(escape, start, all_characters) -> Iterator[tuple[int, int, str]]:
    """Yield where each character of an escape begins and ends, and the character. What means none
    is left as it is.
    """
    stop = start + len(escape)
    if escape[0] == "%":
        yield from _of_utf8(bytes.fromhex(escape.replace("%", "")), start, all_characters)
    elif escape[1] == "u" and len(escape) > 2:
        units = b"".join(
            int(escape[at + 2 : at + 6], 16).to_bytes(2, "little")
            for at in range(0, len(escape), 6)
        )
        for character in units.decode("utf-16-le", "surrogatepass"):
            length = 12 if ord(character) > 0xFFFF else 6
            yield start, start + length, character
            start += length
    elif escape[1] in "Ux" and len(escape) > 2:
        code = int(escape[2:], 16)
        if code <= 0x10FFFF:
            yield start, stop, chr(code)
    else:
        yield start, stop, _NAMES.get(escape[1], escape[1])


def _of_utf8(data, start, all_characters) -> Iterator[tuple[int, int, str]]:
    at = 0
    while at < len(data):
        length = next(
            (size for low, size in ((0xF0, 4), (0xE0, 3), (0xC0, 2)) if data[at] >= low), 1
        )
        try:
            character = data[at : at + length].decode()
        except UnicodeDecodeError:
            length, character = 1, ""
        # No encoder touches what RFC 3986 calls unreserved; so a "%41" may be two things, and is
        # taken for both.
        if character and (all_characters or not _UNRESERVED.match(character)):
            yield start + 3 * at, start + 3 * (at + length), character
        at += length


def _origin(origins, place) -> int:
    for here, there in origins:
        piece = bisect_right(here, place) - 1
        place = there[piece] + place - here[piece]
    return place


def _joined(spans) -> Iterator[tuple[int, int]]:
    """Yield the spans, those that overlap as one."""
    start, end = spans[0]
    for more, until in spans[1:]:
        if more >= end:
            yield start, end
            start, end = more, until
        end = max(end, until)
    yield start, end

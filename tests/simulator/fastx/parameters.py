"""The kinds of parameters in the FastX document, and how a request's parameters are held against
them.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from .answers import Refused, broken

SIZE = re.compile(r"([1-9][0-9]{0,4})x([1-9][0-9]{0,4})")
"""`WIDTHxHEIGHT` in pixels."""

PERMISSIONS = ("viewer", "granter")


@dataclass(frozen=True)
class Kind:
    """A type under its name. `read` makes a value from the text of a URL, None where it cannot be
    written there.
    """

    name: str
    holds: Callable[[object], bool]
    read: Callable[[str], object] | None = None


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _read_number(text: str) -> object:
    return int(text) if re.fullmatch("[0-9]+", text) else text


def is_geometry(value: object) -> bool:
    """Whether it is `WIDTHxHEIGHT` or `rootless`."""
    return _is_text(value) and (value == "rootless" or SIZE.fullmatch(value) is not None)


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


TEXT = Kind("a String", _is_text, str)
NAME = Kind("a String that is not empty", lambda value: _is_text(value) and value != "", str)
TEXTS = Kind("an array of Strings", _are_texts)
ANSWER = Kind(
    "a String or an array of Strings", lambda value: _is_text(value) or _are_texts(value), str
)
BOOLEAN = Kind(
    "a Boolean",
    lambda value: isinstance(value, bool),
    lambda text: {"true": True, "false": False}.get(text, text),
)
NUMBER = Kind(
    "a whole number that is not negative",
    lambda value: _is_number(value) and value >= 0,
    _read_number,
)
PIXELS = Kind(
    "a number of pixels", lambda value: _is_number(value) and 0 < value < 100_000, _read_number
)
FLAG = Kind("1 or 0", lambda value: _is_number(value) and value in (0, 1), _read_number)
GEOMETRY = Kind("WIDTHxHEIGHT or rootless", is_geometry, str)
EXTENT = Kind("WIDTHxHEIGHT", lambda value: is_geometry(value) and value != "rootless", str)
FORMAT = Kind("png or jpeg", lambda value: value in ("png", "jpeg"), str)
PERMS = Kind(
    "an array of viewer and granter",
    lambda value: _are_texts(value) and set(value) <= set(PERMISSIONS),
)
PARAMS = Kind(
    "an object of Strings",
    lambda value: isinstance(value, dict) and all(map(_is_text, value.values())),
)


@dataclass(frozen=True)
class Parameters:
    """What an operation takes. `free` are the ones that no document describes: anything goes."""

    required: dict[str, Kind] = field(default_factory=dict)
    optional: dict[str, Kind] = field(default_factory=dict)
    free: bool = False

    def check(
        self, given: dict, from_url: bool, note_unknown: Callable[[str], None], refuse_unknown: bool
    ) -> dict:
        """The parameters that the document knows, with the values of a URL made into what they
        stand for.

        `note_unknown` is told the rule that an unknown one breaks. Raises Refused where one is
        missing, has a wrong type or, with `refuse_unknown`, is unknown.
        """
        if self.free:
            return given
        kinds = {**self.required, **self.optional}
        unknown = [name for name in given if name not in kinds]
        for name in unknown:
            note_unknown(f"{name} is no parameter in the document")
        if unknown and refuse_unknown:
            raise Refused(f"Unknown parameter: {', '.join(unknown)}", name="ParameterError")
        checked = {}
        for name, value in given.items():
            if name in kinds:
                checked[name] = _read(name, value, kinds[name]) if from_url else value
                if not kinds[name].holds(checked[name]):
                    raise broken(f"{name} must be {kinds[name].name}")
        missing = [name for name in self.required if name not in given]
        if missing:
            raise broken(f"{', '.join(missing)} is required")
        return checked


def _read(name: str, text: str, kind: Kind) -> object:
    if kind.read is None:
        raise broken(f"{name} cannot be written in a URL; it needs POST")
    return kind.read(text)


NONE = Parameters()
ID = Parameters({"id": NAME})
FREE = Parameters(free=True)

"""The eight custom properties of a session, by number or by the names that the user has for them."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .._core.errors import InputError, ServerError

NUMBERS = tuple(str(number) for number in range(1, 9))


class PropertyNames:
    """What the custom properties are called: ``words`` holds the name of each, in order, or its
    number where it has none.

    The API does not tell the names that the server's administrator has given them, so the user
    tells them: name -> number.
    """

    def __init__(self, names: Mapping[str, Any] | None):
        by_number = {str(number): name for name, number in (names or {}).items()}
        if by_number.keys() - set(NUMBERS) or len(by_number) < len(names or ()):
            raise InputError("property_names must give each name a number from 1 to 8 of its own.")
        if any(not str(name).strip() or str(name) in NUMBERS for name in by_number.values()):
            raise InputError("property_names has a name that is empty or a number.")
        self.words = tuple(str(by_number.get(number, number)) for number in NUMBERS)

    def word(self, given: Any) -> str:
        """Return what the property is called that the user gives by its name or number. Raises
        InputError if there is none.
        """
        if str(given) in NUMBERS:
            return self.words[int(given) - 1]
        if given not in self.words:
            raise InputError(
                f"There is no custom property {given!r}. There are those from 1 to 8, and by property_names: {self._named() or 'none'}."
            )
        return given

    def translated(self, given: Mapping[Any, Any]) -> dict[str, Any]:
        """Return the user's values by what their properties are called. Raises InputError for one
        that is there twice, or not at all.
        """
        found = {self.word(name): value for name, value in given.items()}
        if len(found) < len(given):
            raise InputError(
                "custom_properties names the same property twice, by its name and by its number."
            )
        return found

    def number(self, given: Any) -> int:
        """Return the number, from 1 to 8, of the property that the user gives by its name or
        number.
        """
        return self.words.index(self.word(given)) + 1

    def read(self, record: Mapping[str, Any]) -> dict[str, str]:
        """Return the values of all properties of a session, in whichever of two shapes the server
        gives them. What is left out is empty.

        Four scripts saw an object, ``CustomProperties``, in GetSessionsByName, and an array of
        eight or fewer, ``CustomPropertyValues``, in details.
        """
        values = record.get("CustomPropertyValues")
        if values in (None, []):
            by_name = record.get("CustomProperties") or {}
            values = (
                [by_name.get(f"CustomProperty{number}") for number in NUMBERS]
                if isinstance(by_name, dict)
                else by_name
            )
        if not isinstance(values, list) or not all(
            value is None or isinstance(value, str) for value in values
        ):
            raise ServerError(
                "The server answered a session whose custom properties are not texts."
            )
        padded = [value or "" for value in values[: len(NUMBERS)]] + [""] * (
            len(NUMBERS) - len(values)
        )
        return dict(zip(self.words, padded, strict=True))

    def values(self, properties: Mapping[str, str]) -> Sequence[str]:
        """Return all eight values in the order in which the server wants them."""
        return [properties.get(word) or "" for word in self.words]

    def _named(self) -> str:
        return ", ".join(word for word in self.words if word not in NUMBERS)

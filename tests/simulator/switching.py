"""How a simulated server's switches are declared, checked and set from a command line."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from dataclasses import fields

_WORDS = {"true": True, "false": False, "none": None}


def choice(default, *others, tolerant=None):
    """What a field needs to be a switch with a few values, of which the first is the default.

    `tolerant` marks a default that is our own strictness, which no document demands, and is the
    value that ends it.
    """
    return {
        "default": default,
        "metadata": {
            "values": (default, *others),
            **({} if tolerant is None else {"tolerant": tolerant}),
        },
    }


def typed(default, *types: type):
    """What a field needs to be a switch with any value of these types."""
    return {"default": default, "metadata": {"types": types}}


class Switching:
    """Base of a dataclass of switches. A name or a value that is not declared is a ValueError."""

    def __setattr__(self, name: str, value: object) -> None:
        described = {each.name: each.metadata for each in fields(self)}
        if name not in described:
            raise ValueError(f"there is no switch {name}; there are {', '.join(described)}")
        values, types = described[name].get("values"), described[name].get("types")
        if values and (value not in values or type(value) is not type(values[0])):
            raise ValueError(f"{name} must be one of {', '.join(map(str, values))}, not {value!r}")
        if types and type(value) not in types:
            raise ValueError(f"{name} cannot be {value!r}")
        object.__setattr__(self, name, value)

    @classmethod
    def beside_default(cls) -> set[str]:
        """What can be so of these switches, beside their defaults: `name=value` for one with a few
        values, else the name alone.
        """
        few = {
            f"{each.name}={value}"
            for each in fields(cls)
            for value in each.metadata.get("values", ())[1:]
        }
        return few | {each.name for each in fields(cls) if "types" in each.metadata}

    @classmethod
    def ours(cls) -> dict[str, object]:
        """The switches whose defaults are stricter than any document, with the values that end
        that.
        """
        return {
            each.name: each.metadata["tolerant"]
            for each in fields(cls)
            if "tolerant" in each.metadata
        }

    def tolerate(self) -> None:
        """End all strictness of our own, so that a client runs that was written for the real
        servers.
        """
        for name, value in self.ours().items():
            setattr(self, name, value)

    def turned(self) -> set[str]:
        """What is so of these switches beside their defaults, in the same words."""
        turned = [
            (each, value)
            for each in fields(self)
            if (value := getattr(self, each.name)) != each.default
        ]
        return {
            each.name if "types" in each.metadata else f"{each.name}={value}"
            for each, value in turned
        }

    def set_from_text(self, assignment: str) -> None:
        """Set a switch from `name=value` as typed on a command line. Raises ValueError."""
        name, equals, text = assignment.partition("=")
        if not equals:
            raise ValueError(f"a switch is set as name=value, not {assignment!r}")
        setattr(self, name, self._value(name, text))

    def _value(self, name: str, text: str) -> object:
        metadata = next((each.metadata for each in fields(self) if each.name == name), {})
        kinds = metadata.get("types") or {type(each) for each in metadata.get("values", ("",))}
        if str in kinds:
            return text
        if float in kinds and text.replace(".", "", 1).isdecimal():
            return float(text)
        return int(text) if text.isdecimal() else _WORDS.get(text.lower(), text)

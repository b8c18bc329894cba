"""What an attribute of the Configuration API may hold, and how a value is held against that."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

LARGEST = 2_147_483_647
MISSING = object()
"""The value of an attribute that has none; it is left out of the object."""

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)")


@dataclass(frozen=True)
class Field:
    """One attribute.

    `type` is string, integer, number, boolean, moment, list, object or either. `low` and `high`
    bound the length of a string, the size of a list and the value of a number; a string with `low`
    0 may be empty whatever its `pattern` says. `required` is meant for creation. `fixed` may be
    given at creation only. `only` is the product ("rs", "pra") that has it. `refers` names the
    collection in which an identifier must exist. `of` describes the items of a list, `parts` the
    attributes of an object, `choices_of` the fields of which one must fit.
    """

    type: str
    low: int | None = None
    high: int | None = None
    choices: tuple = ()
    pattern: str = ""
    default: object = None
    required: bool = False
    nullable: bool = False
    read_only: bool = False
    write_only: bool = False
    fixed: bool = False
    only: str = ""
    refers: str = ""
    of: Field | None = None
    parts: Mapping[str, Field] | None = None
    choices_of: tuple[Field, ...] = ()

    def initial(self) -> object:
        """The value that a new object has where none was given; MISSING for none."""
        if self.default is not None:
            return copy.deepcopy(self.default)
        if self.nullable:
            return None
        if self.write_only or self.read_only:
            return MISSING
        if self.type == "boolean":
            return False
        if self.type == "string" and not self.low and not self.choices:
            return ""
        if self.type == "list" and not self.low:
            return []
        return MISSING


def text(low: int | None = None, high: int | None = None, **more) -> Field:
    return Field("string", low, high, **more)


def code_name(high: int = 64, pattern: str = r"[A-Za-z0-9_-]+", **more) -> Field:
    return Field("string", 0, high, pattern=pattern, **more)


def choice(*values, **more) -> Field:
    return Field("integer" if isinstance(values[0], int) else "string", choices=values, **more)


def whole(low: int | None = None, high: int | None = None, **more) -> Field:
    return Field("integer", low, high, **more)


def ident(refers: str = "", low: int = 1, **more) -> Field:
    return Field("integer", low, LARGEST, refers=refers, **more)


def decimal(low: int | None = None, high: int | None = None, **more) -> Field:
    return Field("number", low, high, **more)


def flag(default: bool | None = None, **more) -> Field:
    return Field("boolean", default=default, **more)


def moment(**more) -> Field:
    return Field("moment", **more)


def many(of: Field, low: int | None = None, high: int | None = None, **more) -> Field:
    return Field("list", low, high, of=of, **more)


def shape(parts: Mapping[str, Field], **more) -> Field:
    return Field("object", parts=parts, **more)


def either(*choices_of: Field, **more) -> Field:
    return Field("either", choices_of=choices_of, **more)


ID = ident(read_only=True)


@dataclass
class Findings:
    """What is wrong with a body: `errors` by field, and the names of fields that are unknown, of
    the wrong type or read-only.
    """

    errors: dict[str, list[str]] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    mistyped: list[str] = field(default_factory=list)
    read_only: list[str] = field(default_factory=list)

    def add(self, name: str, message: str) -> None:
        self.errors.setdefault(name, []).append(message)


_PYTHON_TYPES = {
    "string": (str,),
    "moment": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "list": (list,),
    "object": (dict,),
}


def fit(
    value: object, described: Field, name: str, findings: Findings, seed: bool = False
) -> object:
    """The value as the server keeps it; whatever is wrong with it goes to the findings under
    `name`. `seed` as for fit_object.
    """
    if value is None:
        if not described.nullable:
            findings.add(name, "The field must have a value.")
        return None
    if described.type == "either":
        return _fit_one_of(value, described, name, findings, seed)
    if type(value) not in _PYTHON_TYPES[described.type]:
        findings.mistyped.append(name)
        findings.add(name, f"The field must be of the type {described.type}.")
        return value
    if described.choices and value not in described.choices:
        findings.add(name, f"The field must be one of {', '.join(map(str, described.choices))}.")
    if described.type == "moment":
        return _fit_moment(value, described, name, findings)
    if described.type == "object":
        return (
            fit_object(value, described.parts, name, findings, seed=seed)
            if described.parts is not None
            else value
        )
    # What an import made may be longer than what this API takes.
    if not (seed and described.type == "string"):
        _check_size(value, described, name, findings)
    if described.type == "list":
        return [
            fit(item, described.of, f"{name}.{number}", findings, seed)
            for number, item in enumerate(value)
        ]
    if described.pattern and value and not re.fullmatch(described.pattern, value):
        findings.add(name, "The field has characters that are not allowed.")
    return value


def _check_size(value: object, described: Field, name: str, findings: Findings) -> None:
    """Hold a length, a number of items or a number against its bounds."""
    size, measure = (len(value), "size") if isinstance(value, (str, list)) else (value, "value")
    if described.low is not None and size < described.low:
        findings.add(name, f"The {measure} of the field must be at least {described.low}.")
    if described.high is not None and size > described.high:
        findings.add(name, f"The {measure} of the field must be at most {described.high}.")


def _fit_moment(value: str, described: Field, name: str, findings: Findings) -> str | None:
    """A date and time in UTC, without fractions of a second and with the offset that every answer
    has.
    """
    if not value and described.nullable:
        return None
    try:
        if _MOMENT.fullmatch(value):
            return datetime.fromisoformat(value).strftime("%Y-%m-%dT%H:%M:%S+00:00")
    except ValueError:
        pass
    findings.add(name, "The field must be an RFC 3339 date and time in UTC.")
    return value


def _fit_one_of(
    value: object, described: Field, name: str, findings: Findings, seed: bool
) -> object:
    """The value under the first of the described fields that it fits."""
    for possible in described.choices_of:
        attempt = Findings()
        fitted = fit(value, possible, name, attempt, seed)
        if attempt == Findings():
            return fitted
    findings.add(name, "The field has none of the forms that it may have.")
    return value


def fit_object(
    value: dict,
    parts: Mapping[str, Field],
    name: str,
    findings: Findings,
    partial: bool = False,
    seed: bool = False,
) -> dict:
    """An object's given attributes, each held against its description, and the defaults of a nested
    object.

    `partial` demands none of the required attributes. A `seed` describes what is there already: it
    may hold read-only attributes.
    """
    prefix = f"{name}." if name else ""
    fitted = {}
    for key, item in value.items():
        if key not in parts:
            findings.unknown.append(prefix + key)
        elif parts[key].read_only and not seed:
            findings.read_only.append(prefix + key)
        else:
            fitted[key] = fit(item, parts[key], prefix + key, findings, seed)
    for key, part in parts.items():
        if part.required and not part.read_only and key not in value and not partial:
            findings.add(prefix + key, "The field is required.")
    if name and not seed:
        fitted |= {
            key: part.initial()
            for key, part in parts.items()
            if key not in fitted and part.default is not None
        }
    return fitted

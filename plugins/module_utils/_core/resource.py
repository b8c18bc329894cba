"""What a managed object looks like. Pure data: nothing here talks to a server."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any

from .errors import InputError, ServerError
from .names import check_name, composed
from .quoting import TEXT_WANTED, as_read, as_written, quoted

# What stands for "empty" where a server leaves an attribute out or answers null.
_EMPTY = {"str": "", "list": [], "dict": {}}
# What JSON gives for a value of a type, and what people call it.
_ON_WIRE = {
    "str": (str, "a text"),
    "int": (int, "a whole number"),
    "float": ((int, float), "a number"),
    "bool": (bool, "true or false"),
    "list": (list, "a list"),
    "dict": (dict, "an object"),
}
# What the bounds of a field count, by its type.
_COUNTED = {"str": "characters long", "list": "entries long"}
NOTHING = object()  # where the server has no object yet, as opposed to one without a value


class WrongType(ServerError, ValueError):
    """A value of a server's record is of a type that it cannot be of; the message says what was
    expected where.
    """


class FieldType(str):
    """The type of an option that is a field: what its value may be is known to ``Field.check``, as
    what equals what is there needs no check.
    """


class Choices(list):
    """The values of an attribute that the vendor's document names. A server may show others, which
    then may stay.
    """


@dataclass(frozen=True)
class Field:
    """One attribute of an object: an option of its module, a key of its result."""

    type: str = "str"
    elements: str | None = None
    choices: tuple = ()
    ordered: bool = False  # lists are sets unless their order means something
    as_given: bool = False  # of a set: it is written and shown in the order in which it is
    each: Field | None = None  # what every element of a list has to be
    # A nested object, or a list of them; keys that are not given are left alone.
    fields: Mapping[str, Field] | None = None
    key: tuple[str, ...] = ()  # of a list of objects: the keys that tell one from another
    least: int | None = None  # the smallest number, the shortest text or list
    most: int | None = None  # the largest number, the longest text or list
    # A regular expression that the whole text has to match, if it is not empty.
    pattern: str | None = None
    required: bool = False  # has to be given when the object is made
    fixed: bool = False  # can be given when the object is made, and not be changed afterwards
    nullable: bool = False  # an empty text is sent as null
    # A mapping with keys of the server's or the user's making; keys not given are left alone.
    free: bool = False
    closed: bool = False  # a free mapping with keys of the server's making only: others are refused
    # The word in ``purge`` that removes those keys of a free mapping that are not given.
    purge: str | None = None
    secret: bool = False  # written, never read back: neither compared nor exported
    # Its value in a new object until secrets with a query of their own are written; a text marks
    # the object as such.
    unfinished: Any = None
    # Of a field with ``unfinished``: its value from then on, where none is described.
    finished: Any = None
    computed: bool = False  # read, never written: not an option
    transient: bool = False  # changes by itself, so that it is not exported
    # The queries of its own that read and write it: read only when wanted, written after the
    # object.
    query: str | None = None
    # Of a field with a query: that only reads it, and it is written with the object.
    with_object: bool = False
    # The user writes the name of an object of that kind, the server wants its id.
    ref: str | None = None
    by_code: bool = False  # of a reference: the server wants the code of the object, not its id
    wire: str | None = None  # the server's name for it, where that differs
    option: str | None = None  # the option's name, where that differs
    only: tuple[str, ...] = ()  # the products that have it; empty means all

    def __post_init__(self):
        for name, field in (self.fields or {}).items():
            if field.secret or field.computed or field.query or field.option:
                raise TypeError(
                    f"{name}: a field of a nested object cannot be secret, be computed, or have a query or an option of its own."
                )
        if (self.has_objects and not self.ordered) != bool(self.key):
            raise TypeError(
                "A list of objects needs a key, unless their order tells them apart, and nothing else has one."
            )

    @property
    def has_objects(self) -> bool:
        """Whether it is a list of objects."""
        return self.type == "list" and bool(self.fields)

    @property
    def written_by(self) -> str | None:
        """The query that writes it; None where it is written with the object."""
        return None if self.with_object else self.query

    def argument_spec(self) -> dict:
        """Return the Ansible argument spec of this field."""
        spec: dict[str, Any] = {"type": FieldType(self.type), "no_log": self.secret}
        if self.choices:
            spec["choices"] = Choices(self.choices)
        if self.elements and self.type == "list":
            spec["elements"] = self.elements
        if self.fields:
            spec["options"] = {
                name: field.argument_spec() | ({"required": True} if field.required else {})
                for name, field in self.fields.items()
            }
        return spec

    def canonical(self, value: Any) -> Any:
        """Return ``value`` in the one form in which equal things look equal."""
        if isinstance(value, list) and self.has_objects:
            objects = [self._canonical_object(item) for item in value]
            return (
                objects
                if self.ordered
                else sorted(
                    objects, key=lambda item: [str(item.get(name) or "") for name in self.key]
                )
            )
        if isinstance(value, list) and not self.ordered:
            return list(dict.fromkeys(value)) if self.as_given else sorted(set(value))
        return self._canonical_object(value) if isinstance(value, dict) and self.fields else value

    def _canonical_object(self, value):
        return {name: self.fields[name].canonical(item) for name, item in value.items()}

    def elements_of(
        self, value: Sequence[Mapping[str, Any]] | None
    ) -> dict[tuple, Mapping[str, Any]]:
        """Return the objects of a list by what tells one from another: their keys, or their places."""
        return {
            tuple(element.get(name) or None for name in self.key) or (number,): element
            for number, element in enumerate(value or ())
        }

    def same(self, one: Any, other: Any) -> bool:
        """Tell whether two values mean the same; a missing text, list or mapping is an empty one."""
        empty = _EMPTY.get(self.type)
        one, other = (empty if value is None else _without_nulls(value) for value in (one, other))
        if self.has_objects:
            one, other = self.canonical(one), self.canonical(other)
            return len(one) == len(other) and all(
                field.same(left.get(name), right.get(name))
                for left, right in zip(one, other, strict=True)
                for name, field in self.fields.items()
            )
        if self.fields:
            return all(
                field.same(one.get(name), other.get(name)) for name, field in self.fields.items()
            )
        if self.as_given and isinstance(one, list) and isinstance(other, list):
            return set(one) == set(other)
        if isinstance(one, str) and isinstance(other, str):
            return composed(one) == composed(other)
        return self.canonical(one) == self.canonical(other)

    def merged(self, old: Any, new: Any) -> Any:
        """Return ``old`` with what ``new`` says: nested keys that ``new`` does not mention stay as
        they are.
        """
        if isinstance(new, list) and self.has_objects:
            before = self.elements_of(old)
            return [
                self._merged_object(before.get(key), element)
                for key, element in self.elements_of(new).items()
            ]
        if not isinstance(new, dict):
            return new
        if self.fields:
            return self._merged_object(old, new)
        return _laid_over(old or {}, new) if self.free else new

    def _merged_object(self, old, new):
        old = old or {}
        return {
            **old,
            **{name: self.fields[name].merged(old.get(name), value) for name, value in new.items()},
        }

    def from_wire(self, value: Any, name_of: Callable[[str, Any], str]) -> Any:
        """Translate what the server has into the words the user writes. Raises WrongType for a
        value of another type than the field's.
        """
        if value is not None and self.ref:
            names = [
                name_of(self.ref, _single(item))
                for item in (_typed("list", value) if self.type == "list" else [value])
            ]
            return self.canonical(names if self.type == "list" else names[0])
        if value is not None:
            value = _typed(self.type, value)
            if self.elements and isinstance(value, list):
                value = [_typed(self.elements, item) for item in value]
            elif self.elements and isinstance(value, dict):
                value = {
                    name: None if item is None else _typed(self.elements, item)
                    for name, item in value.items()
                }
        if value is None:
            pass
        elif self.fields:
            value = (
                [_from_wire(self.fields, item, name_of) for item in value]
                if self.has_objects
                else _from_wire(self.fields, value, name_of)
            )
        return self.canonical(value)

    def says_nothing(self, value: Any) -> bool:
        """Tell whether a value is left out of an export: null, and a nested object with nothing in
        it, where an option would need something.
        """
        needs = (
            self.fields
            and not self.has_objects
            and not self.required
            and any(field.required for field in self.fields.values())
        )
        return value is None or bool(needs) and not self.exported(value)

    def exported(self, value: Any) -> Any:
        """Return a value as a user would have written it, without what says nothing."""
        if self.fields and not self.has_objects:
            return {
                name: self.fields[name].exported(item)
                for name, item in value.items()
                if not self.fields[name].says_nothing(item)
            }
        if self.fields:
            return [
                {
                    name: self.fields[name].exported(item)
                    for name, item in each.items()
                    if not self.fields[name].says_nothing(item)
                }
                for each in value
            ]
        return _without_nulls(value)

    def to_wire(self, value: Any, old: Any, id_of: Callable[[str, str], Any]) -> Any:
        """Translate the user's words into what the server expects. Objects are laid over ``old``,
        which the server has.
        """
        if value == "" and (self.ref or self.nullable):
            return None
        if self.ref and value is not None:
            ids = [
                id_of(self.ref, item, *([True] if self.by_code else []))
                for item in (value if self.type == "list" else [value])
            ]
            return ids if self.type == "list" else ids[0]
        if self.has_objects and value is not None:
            return [_without_nulls(_to_wire(self.fields, item, {}, id_of)) for item in value]
        if isinstance(value, dict):
            old = old or {}
            value = _to_wire(self.fields, value, old, id_of) if self.fields else value
            return _without_nulls(value if self.purge else {**old, **value})
        return value

    def check(self, place: str, value: Any, there: Any = NOTHING) -> None:
        """Raise InputError for a value that the server would refuse: unknown, too long, too large,
        of the wrong form, named twice.

        ``there`` is what the server has. What equals it needs no check, at any depth: the server
        took it, whatever we know of its rules.
        """
        if value is None or there is not NOTHING and self.same(there, value):
            return
        self._check_texts(place, value, there)
        if self.choices and value not in self.choices:
            label, colon, option = place.rpartition(": ")  # as Ansible says it
            raise InputError(
                f"{label}{colon}value of {option} must be one of: {', '.join(map(str, self.choices))}, got: {value}"
            )
        measure = len(value) if isinstance(value, (str, list)) else value
        if value == "" and self.least and not (self.nullable or self.ref):
            raise InputError(f"{place} must not be empty.")
        if (
            self.least is not None
            and value != ""
            and measure < self.least
            or self.most is not None
            and measure > self.most
        ):
            bounds = " and ".join(
                f"at {word} {bound}"
                for word, bound in (("least", self.least), ("most", self.most))
                if bound is not None
            )
            shown = (
                f"is {as_written(value)}"
                if measure is value
                else f"is {measure} {_COUNTED[self.type]}"
            )
            raise InputError(f"{place} {shown}; it must be {bounds}.")
        if (
            self.pattern
            and isinstance(value, str)
            and value
            and not re.fullmatch(self.pattern, value)
        ):
            raise InputError(
                f"{place} {as_written(value)} does not have the form that the server accepts ({self.pattern})."
            )
        if self.fields:
            self._check_objects(place, value, there)

    def _check_texts(self, place, value, there):
        """Refuse what no text may hold, and keys that nobody can read. Other elements and keys than
        those that are there are looked at.
        """
        old = () if there is NOTHING or there is None else there
        if isinstance(value, str) and "\0" in value:
            raise InputError(f"{place} holds a NUL character (U+0000).")
        if self.type == "list" and not self.fields:
            for number, element in enumerate(value):
                if element not in old:
                    (self.each or Field(self.elements or "str")).check(
                        f"{place}[{number}]", element
                    )
        if self.free:
            for name, item in value.items():
                if name not in old:
                    if not name:
                        raise InputError(f"{place} has an empty key.")
                    check_name(f"{place}: the key", name)
                if (
                    isinstance(item, str)
                    and "\0" in item
                    and (name not in old or old[name] != item)
                ):
                    raise InputError(f"{place}.{name} holds a NUL character (U+0000).")

    def takes(self, value: Any) -> bool:
        """Tell whether the server takes a value, as far as we know its rules."""
        try:
            self.check("", value)
        except InputError:
            return False
        return True

    def _check_objects(self, place, value, there):
        """Check a nested object, or each of a list of them, against the one that is there in its
        place.
        """
        before = (
            {}
            if there is NOTHING
            else self.elements_of(there)
            if self.has_objects
            else {(): there or {}}
        )
        # Another may have stood in its place, so that an element is there whole or not at all.
        if self.has_objects and self.ordered:
            before = {
                key: element
                for key, element in self.elements_of(value).items()
                if any(self.same([element], [old]) for old in before.values())
            }
        for number, (key, element) in enumerate(
            self.elements_of(value).items() if self.has_objects else [((), value)]
        ):
            at, old = f"{place}[{number}]" if self.has_objects else place, before.get(key)
            for name, item in element.items():
                self.fields[name].check(
                    f"{at}.{name}", item, NOTHING if old is None else old.get(name)
                )
            lacking = (None, "")
            missing = [
                name
                for name, field in self.fields.items()
                if field.required
                and element.get(name) in lacking
                and (old is None or old.get(name) not in lacking)
            ]
            if missing:
                raise InputError(f"{at} lacks {', '.join(missing)}.")
        if self.key and len(self.elements_of(value)) < len(value):
            raise InputError(f"{place} names the same {' and '.join(self.key)} twice.")


@dataclass(frozen=True)
class Contents:
    """What a server removes together with an object, so that it is removed only when an option says
    so.
    """

    option: str
    # (server, removal, all changes) -> the kind and name of all that would lie in it by then.
    within: Callable[[Any, Any, Sequence], list[str]]


@dataclass(frozen=True)
class Resource:
    """One kind of object: where the server keeps it, what it is made of, and what is peculiar about
    it.
    """

    name: str
    endpoint: str
    fields: Mapping[str, Field]
    key: tuple[str, ...] = ("name",)
    # The server's name for the identifier of an object; None: there is one object only.
    id: str | None = "id"
    # The field that holds the identifier and, given, finds an object that is renamed.
    id_field: str | None = None
    # A field that finds an object as the key does, if only one object bears it.
    alias: str | None = None
    # A field by which others may refer to the object, too, and that finds it when its key changes.
    code: str | None = None
    # Fields of which at most one is given; of those that are part of the key, exactly one.
    one_of: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ("create", "update", "delete")
    # An object with one of these fields true is removed only when told so.
    protected: tuple[str, ...] = ()
    only: tuple[str, ...] = ()  # the products that have it; empty means all
    # (object as it will be, as it is or None, its title) -> the same without what the server drops
    # by itself. InputError where that was asked for.
    adapt: Callable[[dict, Mapping[str, Any] | None, str], dict] | None = None
    # (server, change) of an object that is made or changed: raise InputError for what would do
    # harm.
    guards: tuple[Callable[[Any, Any], None], ...] = ()
    contents: Contents | None = None
    # Identifiers of objects that always exist, and what they are.
    built_in: Mapping[Any, str] = dataclass_field(default_factory=dict)

    def identity(self, params: Mapping[str, Any]) -> dict:
        """Return the fields of the key as the options in ``params`` name them."""
        return {name: params.get(self.fields[name].option or name) for name in self.key}

    @property
    def secrets(self) -> list[str]:
        """Names of the fields that are written and never read."""
        return [name for name, field in self.fields.items() if field.secret]

    @property
    def unfinished(self) -> dict[str, Any]:
        """What an object shows that was made and is not finished, as its secrets take requests of
        their own.
        """
        return {
            name: field.unfinished
            for name, field in self.fields.items()
            if field.unfinished is not None
        }

    def is_unfinished(self, obj: Mapping[str, Any]) -> bool:
        """Tell whether an object bears the text that marks one as made and not finished, which
        nobody else gives it.
        """
        return any(
            isinstance(mark, str) and obj.get(name) == mark
            for name, mark in self.unfinished.items()
        )

    def fields_of(self, query: str | None) -> list[str]:
        """Names of the readable fields that a query of their own carries (None: those that come
        with the object).
        """
        return [
            name for name, field in self.fields.items() if field.query == query and not field.secret
        ]

    @property
    def queries(self) -> list[str]:
        """The queries of their own that some readable fields have."""
        return list(
            dict.fromkeys(
                field.query for field in self.fields.values() if field.query and not field.secret
            )
        )

    def argument_spec(self) -> dict:
        """Return the options that describe one such object."""
        spec = {
            field.option or name: field.argument_spec()
            for name, field in self.fields.items()
            if not field.computed or name == self.id_field
        }
        for name in self.secrets:
            spec[f"update_{name}"] = {
                "type": "str",
                "choices": ["on_create", "always"],
                "default": "on_create",
                "no_log": False,
            }
        if not self.id_field:
            for name in self.key:
                spec[self.fields[name].option or name]["required"] = name not in self.one_of
        return spec

    def check(self, params: Mapping[str, Any]) -> None:
        """Raise InputError for what cannot be right whatever the server holds: empty names, empty
        secrets, two places at once.
        """
        # It is found by its identifier, so its name does not matter.
        found = params.get(self.id_field) is not None
        options = (
            {}
            if found
            else {
                self.fields[name].option or name: value
                for name, value in self.identity(params).items()
            }
        )
        options.update({name: params.get(name) for name in self.secrets})
        for option, value in options.items():
            if value is not None and (not value or isinstance(value, str) and not value.strip()):
                raise InputError(f"{self.described(params)}: {option} must not be empty.")
        # Values of mappings that are of no type that a server could hold.
        self.given(params, creating=True)
        chosen = [name for name in self.one_of if params.get(name) is not None]
        needed = set(self.one_of) & set(self.key) and not found
        if len(chosen) > 1 or needed and not chosen:
            raise InputError(
                f"{self.described(params)}: one of {', '.join(self.one_of)} must be given{', not both' if chosen else ''}."
            )

    def check_values(self, obj: Mapping[str, Any], there: Mapping[str, Any] | None = None) -> None:
        """Raise InputError for values that the server would refuse, with the name of the object;
        those that are ``there`` need no check.
        """
        label = f"{self.name} {self.label(there or obj)}".rstrip()
        for name, value in obj.items():
            field, old = self.fields[name], NOTHING if there is None else there.get(name)
            if (
                name in (*self.key, self.alias)
                and isinstance(value, str)
                and not value.strip()
                and not field.ref
                and not (old or "") == value
            ):
                raise InputError(f"{label}: {field.option or name} must not be empty.")
            field.check(f"{label}: {field.option or name}", value, old)
            named = name in (*self.key, self.code, self.alias) or name.endswith("name")
            if (
                named
                and isinstance(value, str)
                and not field.secret
                and not field.ref
                and (old is NOTHING or not field.same(old, value))
            ):
                check_name(f"{label}: {field.option or name}", value)

    def check_new(self, obj: Mapping[str, Any]) -> None:
        """Raise InputError where an object that is to be made lacks what the server demands of a
        new one.
        """
        missing = [
            field.option or name
            for name, field in self.fields.items()
            if field.required and obj.get(name) in (None, "")
        ]
        if missing:
            raise InputError(
                f"{self.name} {self.label(obj)} does not exist yet; to make it, {', '.join(missing)} must be given."
            )

    def check_product(self, params: Mapping[str, Any], product: str | None) -> None:
        """Raise InputError for what another product of the vendor has, and this one has not."""
        if self.only and product not in self.only:
            raise InputError(f"{product} has no {self.name}; {' and '.join(self.only)} has.")
        for option, only in _foreign(self.fields, params, product):
            raise InputError(f"{self.name}: {product} has no {option}; {' and '.join(only)} has.")

    def renamed(self, params: Mapping[str, Any], name_for: Callable[[str, str], str]) -> dict:
        """Return ``params`` with every reference in the words of ``name_for(kind, name)``."""
        return _renamed(self.fields, params, name_for)

    def given(self, params: Mapping[str, Any], creating: bool) -> dict:
        """Return what the user asked for; an option left out is left alone.

        A secret is part of it when the object is made, or an unfinished one is finished, later only
        with ``update_<secret>: always``.
        """
        try:
            found = _given(self.fields, params)
        except InputError as exc:
            raise InputError(f"{self.described(params)}: {exc}") from None
        # Texts that look the same reach servers in one form.
        for name in {*self.key, self.code, self.alias} & found.keys():
            found[name] = (
                composed(found[name])
                if isinstance(found[name], str) and not self.fields[name].ref
                else found[name]
            )
        # The one that is given takes the place of the others.
        if not creating and any(found.get(name) for name in self.one_of):
            found = {**dict.fromkeys(self.one_of), **found}
        return {
            name: value
            for name, value in found.items()
            if not self.fields[name].secret or creating or params.get(f"update_{name}") == "always"
        }

    def identifier(self, record: Mapping[str, Any]) -> Any:
        """Return the server's identifier of an object; None where there is one object only. Raises
        WrongType for one that is none.
        """
        return identifier_of(record[self.id]) if self.id else None

    def references(self, obj: Mapping[str, Any]) -> list[tuple[str, str, str]]:
        """Return what ``obj`` refers to, each as the option, the kind and the name."""
        return list(_references(self.fields, obj))

    def key_of(self, obj: Mapping[str, Any]) -> tuple:
        """Return what tells this object from the others of its kind."""
        return tuple(
            tuple(value) if isinstance(value := obj.get(name), list) else value for name in self.key
        )

    def label(self, obj: Mapping[str, Any]) -> str:
        """Return the object's name for people, printable and short: the parts of its key, joined by
        slashes.
        """
        parts = [obj[name] for name in self.key if obj.get(name) is not None]
        parts = [
            str(part)
            for value in parts
            for part in (value if isinstance(value, (list, tuple)) else [value])
        ]
        label = "/".join(f'"{part}"' if "/" in part and len(parts) > 1 else part for part in parts)
        return quoted(
            f"{obj[self.alias]} ({label})" if self.alias and obj.get(self.alias) else label
        )

    def is_called_nothing(self, obj: Mapping[str, Any]) -> bool:
        """Tell whether the key of an object says too little to find it by: its name is empty, or it
        lies in none of the places that it may lie in.
        """
        nameless = any(
            isinstance(obj.get(name), str) and not obj[name].strip() for name in self.key
        )
        return (
            nameless
            or bool(set(self.one_of) & set(self.key))
            and not any(obj.get(name) for name in self.one_of)
        )

    def described(self, params: Mapping[str, Any]) -> str:
        """Return the kind and the name of what is described, for messages: its identifier, where it
        is called by nothing else.
        """
        label = self.label(self.identity(params))
        if not label and self.id_field and params.get(self.id_field) is not None:
            label = f"with {self.id_field} {params[self.id_field]}"
        return f"{self.name} {label}".rstrip()

    def exported(self, obj: Mapping[str, Any], with_identifier: bool = False) -> dict:
        """Return the object as a user would have written it: no computed fields, no secrets, no
        nulls.
        """
        identifier = (
            {self.id_field: obj[self.id_field]} if with_identifier and self.id_field else {}
        )
        return identifier | {
            field.option or name: field.exported(obj[name])
            for name, field in self.fields.items()
            if not field.says_nothing(obj.get(name))
            and not field.computed
            and not field.secret
            and not field.transient
        }

    def from_wire(self, raw: Mapping[str, Any], name_of: Callable[[str, Any], str]) -> dict:
        """Translate the server's record into the words the user writes. Fields with queries of
        their own are not in it.
        """
        return _from_wire({n: f for n, f in self.fields.items() if not f.query}, raw, name_of)

    def to_wire(
        self, obj: Mapping[str, Any], raw: Mapping[str, Any], id_of: Callable[[str, str], Any]
    ) -> dict:
        """Translate the user's words into the record the server expects.

        Nested objects are laid over what the server has in ``raw``, so that keys which only the
        server knows survive a server that replaces nested objects instead of merging them.
        """
        return _to_wire(self.fields, obj, raw, id_of)


@dataclass(frozen=True)
class Platform:
    """One vendor's product: how to connect to it and what it holds, in the order of creation."""

    name: str
    connection: Mapping[str, Any]  # the argument spec of the connection options
    connect: Callable  # connect(option, read_only) -> Backend
    resources: tuple[Resource, ...]


def _references(fields, obj):
    for name, field in fields.items():
        for value in _each(obj.get(name)):
            if field.ref:
                yield field.option or name, field.ref, value
            elif field.fields:
                yield from _references(field.fields, value)


def _each(value):
    """Return what a field holds, one by one: nothing, where it is empty."""
    return value if isinstance(value, list) else [value] if value else []


def _renamed(fields, params, name_for):
    renamed = dict(params)
    for name, field in fields.items():
        value = params.get(field.option or name)
        if value and (field.ref or field.fields):
            found = [
                name_for(field.ref, item) if field.ref else _renamed(field.fields, item, name_for)
                for item in _each(value)
            ]
            renamed[field.option or name] = found if isinstance(value, list) else found[0]
    return renamed


def _foreign(fields, params, product):
    for name, field in fields.items():
        value = params.get(field.option or name)
        if value is not None and field.only and product not in field.only:
            yield field.option or name, field.only
        for item in _each(value) if field.fields else ():
            yield from _foreign(field.fields, item, product)


def _given(fields, params):
    found = {}
    for name, field in fields.items():
        value = params.get(field.option or name)
        if value is None or field.computed:
            continue
        if field.fields:
            found[name] = field.canonical(
                [_given(field.fields, item) for item in value]
                if field.has_objects
                else _given(field.fields, value)
            )
        elif field.free:
            found[name] = {
                key: _element(field, f"{name}.{key}", item) for key, item in value.items()
            }
        else:
            found[name] = field.canonical(value)
    return found


def _element(field, place, value):
    """Return a value of a free mapping in the type that the server wants; null removes the key,
    where keys can be removed.
    """
    if value is None and field.purge or value is not None and not field.elements:
        return value
    if field.elements == "bool" and (
        isinstance(value, bool) or str(value).lower() in ("true", "false", "yes", "no")
    ):
        return str(value).lower() in ("true", "yes")
    if field.elements == "str":
        if isinstance(value, (str, int, float)) and not isinstance(value, bool):
            return str(value)
        raise InputError(f"{place} is {as_read(value)}, where {TEXT_WANTED}.")
    wanted = "true or false" if field.elements == "bool" else "a value"
    raise InputError(f"{place} is {as_written(value)}, where {wanted} is wanted.")


def identifier_of(value: Any) -> Any:
    """Return what a server calls an object by: a number, a text, or several of them. Raises
    WrongType for anything else.
    """
    if isinstance(value, (list, tuple)):
        return tuple(None if part is None else _single(part) for part in value)
    return _single(value)


def _single(value):
    if not isinstance(value, (int, str)) or isinstance(value, bool):
        raise WrongType("an identifier is neither a number nor a text")
    return value


def _from_wire(fields, raw, name_of):
    found = {}
    for name, field in fields.items():
        if not field.secret:
            try:
                found[name] = field.from_wire(raw.get(field.wire or name), name_of)
            except WrongType as exc:
                raise WrongType(f"{field.wire or name}: {exc}") from None
    return found


def _typed(kind: str, value):
    """Return a value that the server gives, if it is of a type. Digits pass for a number: some
    servers write all numbers as texts.
    """
    types, words = _ON_WIRE[kind]
    if kind == "int" and isinstance(value, str) and re.fullmatch(r"-?\d{1,18}", value, re.ASCII):
        return int(value)
    if not isinstance(value, types) or isinstance(value, bool) and kind != "bool":
        raise WrongType(f"it is not {words}")
    return value


def _to_wire(fields, obj, raw, id_of):
    return {
        field.wire or name: field.to_wire(value, raw.get(field.wire or name), id_of)
        for name, value in obj.items()
        if not ((field := fields[name]).computed or field.written_by)
    }


def _laid_over(old, new):
    """Return a free mapping with what ``new`` says; null takes a key away."""
    merged = {name: value for name, value in old.items() if name not in new}
    for name, value in new.items():
        if value is not None:
            both = isinstance(value, dict) and isinstance(old.get(name), dict)
            merged[name] = _laid_over(old[name], value) if both else value
    return merged


def _without_nulls(value):
    if isinstance(value, list):
        return [_without_nulls(item) for item in value]
    if isinstance(value, dict):
        return {name: _without_nulls(item) for name, item in value.items() if item is not None}
    return value

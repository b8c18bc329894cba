"""What a managed object looks like. Pure data: nothing here talks to a server."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .errors import InputError

# What stands for "empty" where a server leaves an attribute out or answers null.
_EMPTY = {"str": "", "list": [], "dict": {}}


@dataclass(frozen=True)
class Field:
    """One attribute of an object: an option of its module, a key of its result."""

    type: str = "str"
    elements: str | None = None
    choices: tuple = ()
    ordered: bool = False  # lists are sets unless their order means something
    fields: Mapping[str, Field] | None = None  # a nested object; keys that are not given are left alone
    free: bool = False  # a mapping with keys of the server's or the user's making; keys not given are left alone
    closed: bool = False  # a free mapping with keys of the server's making only: others are refused
    purge: str | None = None  # the word in ``purge`` that removes those keys of a free mapping that are not given
    secret: bool = False  # written, never read back: neither compared nor exported
    computed: bool = False  # read, never written: not an option
    query: str | None = None  # the queries of its own that read and write it: read only when wanted, written after the object
    ref: str | None = None  # the user writes the name of an object of that kind, the server wants its id
    wire: str | None = None  # the server's name for it, where that differs
    option: str | None = None  # the option's name, where that differs
    only: tuple[str, ...] = ()  # the products that have it; empty means all

    def __post_init__(self):
        for name, field in (self.fields or {}).items():
            if field.secret or field.computed or field.query or field.option:
                raise TypeError(f"{name}: a field of a nested object cannot be secret, be computed, or have a query or an option of its own.")

    def argument_spec(self) -> dict:
        """Return the Ansible argument spec of this field."""
        spec: dict[str, Any] = {"type": self.type, "no_log": self.secret}
        if self.choices:
            spec["choices"] = list(self.choices)
        if self.elements and self.type == "list":
            spec["elements"] = self.elements
        if self.fields:
            spec["options"] = {name: field.argument_spec() for name, field in self.fields.items()}
        return spec

    def canonical(self, value: Any) -> Any:
        """Return ``value`` in the one form in which equal things look equal."""
        if isinstance(value, list) and not self.ordered:
            return sorted(set(value))
        if isinstance(value, dict) and self.fields:
            return {name: self.fields[name].canonical(item) for name, item in value.items()}
        return value

    def same(self, one: Any, other: Any) -> bool:
        """Tell whether two values mean the same; a missing text, list or mapping is an empty one."""
        empty = _EMPTY.get(self.type)
        one, other = (empty if value is None else _without_nulls(value) for value in (one, other))
        if self.fields:
            return all(field.same(one.get(name), other.get(name)) for name, field in self.fields.items())
        return self.canonical(one) == self.canonical(other)

    def merged(self, old: Any, new: Any) -> Any:
        """Return ``old`` with what ``new`` says: nested keys that ``new`` does not mention stay as they are."""
        if not isinstance(new, dict):
            return new
        old = old or {}
        if self.fields:
            return {**old, **{name: self.fields[name].merged(old.get(name), value) for name, value in new.items()}}
        return _laid_over(old, new) if self.free else new


@dataclass(frozen=True)
class Resource:
    """One kind of object: where the server keeps it and what it is made of."""

    name: str
    endpoint: str
    fields: Mapping[str, Field]
    key: tuple[str, ...] = ("name",)
    id: str | None = "id"  # the server's name for the identifier of an object; None: there is one object only
    id_field: str | None = None  # the field that holds the identifier and, given, finds an object that is renamed
    alias: str | None = None  # a field that finds an object as the key does, if only one object bears it
    verbs: tuple[str, ...] = ("create", "update", "delete")
    protected: tuple[str, ...] = ()  # an object with one of these fields true is removed only when told so
    only: tuple[str, ...] = ()  # the products that have it; empty means all

    def identity(self, params: Mapping[str, Any]) -> dict:
        """Return the fields of the key as the options in ``params`` name them."""
        return {name: params.get(self.fields[name].option or name) for name in self.key}

    @property
    def secrets(self) -> list[str]:
        """Names of the fields that are written and never read."""
        return [name for name, field in self.fields.items() if field.secret]

    def fields_of(self, query: str | None) -> list[str]:
        """Names of the readable fields that a query of their own carries (None: those that come with the object)."""
        return [name for name, field in self.fields.items() if field.query == query and not field.secret]

    @property
    def queries(self) -> list[str]:
        """The queries of their own that some readable fields have."""
        return list(dict.fromkeys(field.query for field in self.fields.values() if field.query and not field.secret))

    def argument_spec(self) -> dict:
        """Return the options that describe one such object."""
        spec = {
            field.option or name: field.argument_spec()
            for name, field in self.fields.items() if not field.computed or name == self.id_field
        }
        for name in self.secrets:
            spec[f"update_{name}"] = {"type": "str", "choices": ["on_create", "always"], "default": "on_create", "no_log": False}
        if not self.id_field:
            for name in self.key:
                spec[self.fields[name].option or name]["required"] = True
        return spec

    def check(self, params: Mapping[str, Any]) -> None:
        """Raise InputError for what cannot be right whatever the server holds: empty names, empty secrets, unusable values."""
        options = {self.fields[name].option or name: value for name, value in self.identity(params).items()}
        options.update({name: params.get(name) for name in self.secrets})
        for option, value in options.items():
            if value is not None and (not value or isinstance(value, str) and not value.strip()):
                raise InputError(f"{self.name}: {option} must not be empty.")
        for name, value in self.given(params, creating=True).items():
            if self.fields[name].free and not all(value):
                raise InputError(f"{self.name}: {name} has an empty key.")

    def given(self, params: Mapping[str, Any], creating: bool) -> dict:
        """Return what the user asked for; an option left out is left alone.

        A secret is part of it when the object is made, later only with ``update_<secret>: always``.
        """
        return {
            name: value for name, value in _given(self.fields, params).items()
            if not self.fields[name].secret or creating or params.get(f"update_{name}") == "always"
        }

    def identifier(self, record: Mapping[str, Any]) -> Any:
        """Return the server's identifier of an object; None where there is one object only."""
        value = record[self.id] if self.id else None
        return tuple(value) if isinstance(value, list) else value

    @property
    def refers_to(self) -> set[str]:
        """The kinds that objects of this kind refer to."""
        return set(_kinds(self.fields))

    def references(self, obj: Mapping[str, Any]) -> list[tuple[str, str, str]]:
        """Return what ``obj`` refers to, each as the option, the kind and the name."""
        return list(_references(self.fields, obj))

    def key_of(self, obj: Mapping[str, Any]) -> tuple:
        """Return what tells this object from the others of its kind."""
        return tuple(tuple(value) if isinstance(value := obj[name], list) else value for name in self.key)

    def label(self, obj: Mapping[str, Any]) -> str:
        """Return the object's name for people: the parts of its key, joined by slashes."""
        parts = [obj[name] for name in self.key if obj.get(name) is not None]
        parts = [str(part) for value in parts for part in (value if isinstance(value, (list, tuple)) else [value])]
        label = "/".join(f'"{part}"' if "/" in part and len(parts) > 1 else part for part in parts)
        return f"{obj[self.alias]} ({label})" if self.alias and obj.get(self.alias) else label

    def exported(self, obj: Mapping[str, Any], with_identifier: bool = False) -> dict:
        """Return the object as a user would have written it: no computed fields, no secrets, no nulls."""
        identifier = {self.id_field: obj[self.id_field]} if with_identifier and self.id_field else {}
        return identifier | {
            field.option or name: _without_nulls(obj[name])
            for name, field in self.fields.items()
            if obj.get(name) is not None and not field.computed and not field.secret
        }

    def from_wire(self, raw: Mapping[str, Any], name_of: Callable[[str, Any], str]) -> dict:
        """Translate the server's record into the words the user writes. Fields with queries of their own are not in it."""
        return _from_wire({n: f for n, f in self.fields.items() if not f.query}, raw, name_of)

    def to_wire(self, obj: Mapping[str, Any], raw: Mapping[str, Any], id_of: Callable[[str, str], Any]) -> dict:
        """Translate the user's words into the record the server expects.

        Nested objects are laid over what the server has in ``raw``, so that keys which only the server
        knows survive a server that replaces nested objects instead of merging them.
        """
        return _to_wire(self.fields, obj, raw, id_of)


@dataclass(frozen=True)
class Platform:
    """One vendor's product: how to connect to it and what it holds, in the order of creation."""

    name: str
    connection: Mapping[str, Any]  # the argument spec of the connection options
    connect: Callable  # connect(option, read_only) -> Backend
    resources: tuple[Resource, ...]


def _kinds(fields):
    for field in fields.values():
        yield from [field.ref] if field.ref else _kinds(field.fields or {})


def _references(fields, obj):
    for name, field in fields.items():
        value = obj.get(name)
        if field.ref and value is not None:
            yield from ((field.option or name, field.ref, item) for item in (value if isinstance(value, list) else [value]))
        elif field.fields and value:
            yield from _references(field.fields, value)


def _given(fields, params):
    found = {}
    for name, field in fields.items():
        value = params.get(field.option or name)
        if value is None or field.computed:
            continue
        if field.fields:
            found[name] = _given(field.fields, value)
        elif field.free:
            found[name] = {key: _element(field, f"{name}.{key}", item) for key, item in value.items()}
        else:
            found[name] = field.canonical(value)
    return found


def _element(field, place, value):
    """Return a value of a free mapping in the type that the server wants; null removes the key, where keys can be removed."""
    if value is None and field.purge or value is not None and not field.elements:
        return value
    if field.elements == "bool" and (isinstance(value, bool) or str(value).lower() in ("true", "false", "yes", "no")):
        return str(value).lower() in ("true", "yes")
    if field.elements == "str" and isinstance(value, (str, int, float)) and not isinstance(value, bool):
        return str(value)
    wanted = {"bool": "true or false", "str": "a text, in quotes,"}.get(field.elements, "a value")
    raise InputError(f"{place} is {value!r}, where {wanted} is wanted.")


def _from_wire(fields, raw, name_of):
    obj = {}
    for name, field in fields.items():
        if field.secret:
            continue
        value = raw.get(field.wire or name)
        if value is not None:
            if field.ref:
                value = [name_of(field.ref, item) for item in value] if field.type == "list" else name_of(field.ref, value)
            elif field.fields:
                value = _from_wire(field.fields, value, name_of)
        obj[name] = field.canonical(value)
    return obj


def _to_wire(fields, obj, raw, id_of):
    body = {}
    for name, value in obj.items():
        field = fields[name]
        if field.computed or field.query:
            continue
        wire = field.wire or name
        if field.ref and value is not None:
            value = [id_of(field.ref, item) for item in value] if field.type == "list" else id_of(field.ref, value)
        elif isinstance(value, dict):
            old = raw.get(wire) or {}
            value = _to_wire(field.fields, value, old, id_of) if field.fields else value
            value = _without_nulls(value if field.purge else {**old, **value})
        body[wire] = value
    return body


def _laid_over(old, new):
    """Return a free mapping with what ``new`` says; null takes a key away."""
    merged = {name: value for name, value in old.items() if name not in new}
    for name, value in new.items():
        if value is not None:
            both = isinstance(value, dict) and isinstance(old.get(name), dict)
            merged[name] = _laid_over(old[name], value) if both else value
    return merged


def _without_nulls(value):
    if isinstance(value, dict):
        return {name: _without_nulls(item) for name, item in value.items() if item is not None}
    return value

"""A server seen as named objects: read it, find objects by what people call them, plan what has to
change.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as attribute
from typing import Any, Protocol

from .errors import InputError, ServerError
from .http import Session
from .names import composed, composed_key, forms_of
from .plan import Change, Purge, Referable, check_references, plan_one, plan_removals, protection
from .resource import Resource, WrongType
from .turns import Turn

_WRONG_SHAPES = (AttributeError, KeyError, OverflowError, TypeError, ValueError)
UNKNOWN = "(unknown {} {})"  # what stands for the name of an object that the server does not list


def _place(exc) -> str:
    """Return what is wrong where in a record, if that is known; the words of Python's own errors
    are no use to anybody.
    """
    return f" ({exc})" if isinstance(exc, WrongType) else ""


def shown_identifier(identifier: Any) -> str:
    """Return a server's identifier for messages; of one with several parts those that it has."""
    parts = identifier if isinstance(identifier, tuple) else (identifier,)
    return "/".join(str(part) for part in parts if part is not None)


class Backend(Protocol):
    """A vendor's verbs, in the server's own terms. A record is what the server's API calls the
    object.
    """

    session: Session
    # Which of the vendor's products the server is; None where there is only one.
    product: str | None

    def list(self, resource: Resource) -> list[dict]:
        """Return the record of every object of a kind."""

    def get(self, resource: Resource, key: dict) -> dict | None:
        """Return the record of one object by the fields of its key, None if the server has none."""

    def search(self, resource: Resource, key: dict) -> list[dict] | None:
        """Return the records of all objects that some fields of the key, or the code, fit; None if
        only the whole list can tell.
        """

    def create(self, resource: Resource, body: dict) -> None:
        """Make an object."""

    def update(self, resource: Resource, record: dict, body: dict) -> None:
        """Change an object's attributes to those in ``body``."""

    def delete(self, resource: Resource, record: dict) -> None:
        """Remove an object."""

    def read_fields(
        self, resource: Resource, query: str, records: Sequence[dict], only: Sequence[set | None]
    ) -> list[dict]:
        """Return, for each object, the fields that have this query of their own.

        ``only`` names, for each object, the keys of its free mapping that matter (None: all of
        them); more may be read.
        """

    def write_fields(
        self, resource: Resource, query: str, record: dict, before: dict, after: dict
    ) -> None:
        """Change fields that have a query of their own from ``before``, as read, to ``after``: all
        that it carries.
        """

    def conclude(self) -> None:
        """Do what takes effect for all writes at once, after the last of them."""

    def matching(self, resource: Resource, key: dict) -> list[dict]:
        """Return the records of all objects that bear a key, where a server may hold several; else
        as ``get``.
        """

    def forget(self) -> None:
        """Forget what was read, as others have changed the server since."""


@dataclass(eq=False)
class Known:
    """One object as the server has it: its record, the same in the user's words, and the server's
    identifier.
    """

    record: dict
    object: dict
    identifier: Any
    partly_read: set[str] = attribute(default_factory=set)  # queries of which not all has been read


class Memory:
    """What was read of one kind, by key, by identifier and by alias.

    Objects that share a key are kept under that key with the identifier appended.
    """

    def __init__(self, resource: Resource, found: Sequence[Known]):
        self.known: dict[tuple, Known] = {}
        self.shared: dict[tuple, list] = {}  # key -> identifiers of the objects that share it
        self.by_id: dict[Any, tuple] = {}
        self.by_alias: dict[str, list[tuple]] = {}
        self.by_code: dict[str, list[tuple]] = {}
        self.partial = False  # whether there may be others
        self.meant = meanings(
            (known.identifier, *_words_of(resource, known.object)) for known in found
        )
        keys = [resource.key_of(known.object) for known in found]
        times = Counter(keys)
        for key, known in zip(keys, found, strict=True):
            if times[key] > 1:
                self.shared.setdefault(key, []).append(known.identifier)
                key = (*key, known.identifier)
            self.known[key] = known
            self.by_id[known.identifier] = key
            for field, index in ((resource.alias, self.by_alias), (resource.code, self.by_code)):
                if field and known.object[field]:
                    index.setdefault(known.object[field], []).append(key)


def meanings(objects: Iterable[tuple[Any, str | None, str | None]]) -> dict[str, dict[Any, str]]:
    """Return what each text means that is the name or the code of objects, given as identifier,
    name and code: the names by identifier.
    """
    meant: dict[str, dict[Any, str]] = {}
    for identifier, name, code in objects:
        for text in filter(None, (name, code)):
            meant.setdefault(text, {})[identifier] = name or ""
    return meant


def word_for(meant: Mapping[str, Mapping], name: str, code: str | None) -> str:
    """Return the text by which an object is referred to: its name, or its code where that name
    means another one, too.
    """
    return next((text for text in (name, code) if text and len(meant[text]) == 1), name)


def _words_of(resource, obj) -> tuple:
    name = obj.get(resource.key[0]) if resource.key else None
    return name if isinstance(name, str) else None, obj.get(
        resource.code
    ) if resource.code else None


class Server:
    """A live server, with a memory of what was read from it."""

    def __init__(
        self,
        backend: Backend,
        resources: Iterable[Resource],
        turn: Turn | None = None,
        progress: Callable[[str], None] = lambda text: None,
    ):
        self.backend, self.turn, self.progress = backend, turn, progress
        self.session = backend.session
        self.resources = {resource.name: resource for resource in resources}
        self._memory: dict[str, Memory] = {}
        self._names: dict[str, dict] = {}  # kind -> {identifier: name}
        self._coming: dict[tuple[str, str], str] = {}  # (kind, code) -> name, of what is described
        # Kind -> names of what is described, each with how often.
        self._arriving: dict[str, Counter[str]] = {}

    def take_turn(self) -> bool:
        """Wait until no other process of this user on this host makes objects on this server, until
        the session is closed.

        Returns whether one has, since this one began: then all that was read is forgotten, and must
        be read again. While nothing may change nobody waits.
        """
        if self.session.read_only or not self.turn or not self.turn.take():
            return False
        self._memory.clear()
        self._names.clear()
        self.backend.forget()
        return True

    # --- read ---------------------------------------------------------------------------------------------------------

    def read(self, resource: Resource) -> dict[tuple, dict]:
        """Return every object of a kind, by key."""
        return {key: known.object for key, known in self.memory(resource).known.items()}

    def memory(self, resource: Resource) -> Memory:
        """Return what is known of a kind; reads it first, if that has not been done."""
        return self._memory.get(resource.name) or self.read_again(resource)

    def exported(self, resource: Resource, key: tuple) -> dict:
        """Return an object as a user would have written it, so that it is found again: by its name,
        else also by its code, else by its identifier.

        A code that the server has made of the kind and the identifier is left out: on another
        server it would be that of another object.
        """
        memory = self.memory(resource)
        known, shared = memory.known[key], key[:-1] in memory.shared
        code = known.object.get(resource.code) if resource.code else None
        made = (
            bool(code)
            and code.replace("_", "").replace("-", "")
            == f"{resource.name.replace('_', '')}{known.identifier}"
        )
        told_apart = bool(code) and not made and len(memory.meant[code]) == 1
        found = resource.exported(
            known.object, resource.is_called_nothing(known.object) or shared and not told_apart
        )
        return {
            option: value for option, value in found.items() if not made or option != resource.code
        }

    def read_again(self, resource: Resource, expected: int = 0) -> Memory:
        """Read every object of a kind, whatever is known of them already. None at all is not
        believed if some are ``expected``.
        """
        records = (
            self.backend.list(resource)
            if not resource.only or self.backend.product in resource.only
            else []
        )
        if expected > 0 and not records:
            raise ServerError(
                f"The server lists no {resource.name} any more, where {expected} at least must be: its list is not to be trusted."
            )
        return self._remember(resource, records, [])

    def read_some(self, resource: Resource, wanted: Sequence[Mapping[str, Any]]) -> None:
        """Read only the objects that fit some names or codes, where the server can look for them
        and the list is not known yet.
        """
        if resource.name not in self._memory:
            found = [self.backend.search(resource, dict(key)) for key in wanted]
            if None not in found:
                self._remember(
                    resource, [record for records in found for record in records], []
                ).partial = True

    def get_again(self, *changes: Change) -> None:
        """Read, one by one, the objects of some changes of a kind that leave one. Where the server
        has none, what is known stays as it is.
        """
        resource, memory = changes[0].resource, self.memory(changes[0].resource)
        # The server would give any of them.
        if any(resource.key_of(change.after) in memory.shared for change in changes):
            self.read_again(resource)
            return
        records = self.session.each(self._read_one, changes)
        found = [
            (change, record)
            for change, alike in zip(changes, records, strict=True)
            for record in alike
        ]
        if any(
            change.before is not None and resource.identifier(record) != change.identifier
            for change, record in found
        ):
            self.read_again(resource)  # it was given the key of another
        elif found:
            self._remember(resource, [record for _change, record in found], memory.known.values())

    def _read_one(self, change) -> list[dict]:
        """Return the record of the object of a change; of a new one all that bear its key, as
        somebody else may have made one, too.
        """
        key = self._key_on_wire(change.resource, change.after)
        if change.before is None:
            return self.backend.matching(change.resource, key)
        record = self.backend.get(change.resource, key)
        return [] if record is None else [record]

    def known(self, change: Change) -> Known | None:
        """Return the object that a change is about, as the server was last seen to have it; None if
        it has none.
        """
        memory = self.memory(change.resource)
        if change.before is not None:
            key = memory.by_id.get(change.identifier)
        else:
            key = change.resource.key_of(change.after)
            key = (*key, self.alike(change)[0]) if key in memory.shared else key
        return memory.known.get(key)

    def alike(self, change: Change) -> list:
        """Return the identifiers of the objects of one key that what a change makes may be: those
        with its code, if it has one and they do.
        """
        memory, key, code = (
            self.memory(change.resource),
            change.resource.key_of(change.after),
            change.resource.code,
        )
        shared = memory.shared.get(key, [])
        coded = [
            each
            for each in shared
            if code
            and change.after.get(code)
            and memory.known[*key, each].object[code] == change.after[code]
        ]
        return coded or shared

    def complete(
        self,
        resource: Resource,
        keys: Collection[tuple],
        queries: Iterable[str],
        only: Mapping[tuple, set | None] | None = None,
        again: bool = False,
    ) -> None:
        """Read the fields of some objects that have queries of their own; from then on they are
        part of the objects.

        ``only`` names the keys of a free mapping that matter, for objects of which not all do. What
        is known already is read only ``again``.
        """
        known = self.memory(resource).known
        for query in queries:
            names = resource.fields_of(query)
            missing = {
                key: known[key]
                for key in keys
                if again
                or query in known[key].partly_read
                or not known[key].object.keys() >= set(names)
            }
            if missing:
                records, wanted = (
                    [item.record for item in missing.values()],
                    [(only or {}).get(key) for key in missing],
                )
                for item, values in zip(
                    missing.values(),
                    self.backend.read_fields(resource, query, records, wanted),
                    strict=True,
                ):
                    try:
                        item.object.update(
                            {
                                name: resource.fields[name].from_wire(
                                    values.get(name), self.name_of
                                )
                                for name in names
                            }
                        )
                    except _WRONG_SHAPES as exc:
                        raise ServerError(
                            f"What the server tells of {query} is not of the documented shape{_place(exc)}."
                        ) from None
                for key, item in missing.items():
                    (
                        item.partly_read.add
                        if (only or {}).get(key) is not None
                        else item.partly_read.discard
                    )(query)

    def find(self, resource: Resource, params: Mapping[str, Any]) -> tuple | None:
        """Return the key of the object that ``params`` mean, None if the server has no such object.

        Found by identifier, where it is given; else by key; else by alias. Raises InputError when
        several objects fit.
        """
        memory, identity = (
            self.memory(resource),
            resource.identity(resource.renamed(params, self.name_for)),
        )
        key, kind = self._known_form(memory, resource.key_of(identity)), resource.name
        if resource.id_field and params.get(resource.id_field) is not None:
            wanted, absent = params[resource.id_field], params.get("state") == "absent"
            found = memory.by_id.get(wanted)
            if found is None and not absent:
                raise InputError(f"There is no {kind} with {resource.id_field} {wanted}.")
            if (
                found is not None
                and None not in key[:1]
                and resource.key_of(memory.known[found].object) != key
            ):
                one = f"The {kind} with {resource.id_field} {wanted}"
                if absent:
                    raise InputError(
                        f"{one} is called {resource.label(memory.known[found].object)!r}, and not {resource.label(identity)!r}."
                    )
                if others := [known.identifier for known in self._called(memory, key)]:
                    raise InputError(
                        f"{one} cannot be called {resource.label(identity)!r}: "
                        f"so is the one with {resource.id_field} {', '.join(map(shown_identifier, others))} already."
                    )
            return found
        fitting = [memory.by_id[known.identifier] for known in self._called(memory, key)]
        fitting = fitting or (memory.by_alias.get(key[0], []) if resource.alias else [])
        code = params.get(resource.code) if resource.code else None
        coded = memory.by_code.get(code, []) if code else []
        if len(fitting) > 1 and any(other in coded for other in fitting):
            fitting = [other for other in fitting if other in coded]
        elif len(fitting) == 1 and coded and fitting[0] not in coded:
            raise InputError(
                f"{resource.described(params)} means two: the one of that name ({resource.id_field} {memory.known[fitting[0]].identifier}), and by "
                f"{resource.code} {code!r} the one that is called {resource.label(memory.known[coded[0]].object)!r} "
                f"({resource.id_field} {memory.known[coded[0]].identifier}). Say which one is meant by {resource.id_field}."
            )
        fitting = fitting or coded
        if len(fitting) > 1:
            candidates = ", ".join(
                shown_identifier(memory.known[other].identifier) for other in fitting
            )
            way = (
                "Say which one is meant."
                if resource.id_field or resource.alias
                else "Remove all but one of them."
            )
            raise InputError(
                f"Several objects of kind {kind} are called {resource.label(identity)!r}: {candidates}. {way}"
            )
        return fitting[0] if fitting else None

    @staticmethod
    def _known_form(memory, key) -> tuple:
        """Return a key as the server writes it: what looks the same is the same, unless the server
        has both.
        """
        if (
            key in memory.known
            or key in memory.shared
            or composed_key(key) == key
            and all(part is None or str(part).isascii() for part in key)
        ):
            return key
        alike = {
            other[: len(key)]
            for other in memory.known
            if composed_key(other[: len(key)]) == composed_key(key)
        }
        return alike.pop() if len(alike) == 1 else composed_key(key)

    @staticmethod
    def _called(memory, key) -> list[Known]:
        """Return the objects that have a key: one, or several that share it."""
        keys = (
            [(*key, identifier) for identifier in memory.shared[key]]
            if key in memory.shared
            else [key]
        )
        return [memory.known[each] for each in keys if each in memory.known]

    def id_of(self, kind: str, name: str, by_code: bool = False) -> Any:
        """Return the server's identifier, or its code, of an object that is referred to by name."""
        memory = self.memory(self.resources[kind])
        found = list(memory.meant.get(name, ()))
        if not found:
            if unlisted := re.fullmatch(
                re.escape(UNKNOWN.format(kind, "")).replace(r"\)", r"(\d+)\)"), name
            ):
                return int(unlisted[1])  # it was there before, and stays
            raise InputError(f"There is no {kind} named {name!r}.")
        if len(found) > 1:
            raise InputError(
                f"{name!r} means several objects of kind {kind}: {self._candidates(kind, name)}"
            )
        known = memory.known[memory.by_id[found[0]]]
        return known.object[self.resources[kind].code] if by_code else known.identifier

    def name_for(self, kind: str, name: str) -> str:
        """Return the word for an object that is referred to by name, or by code; what is unknown or
        means several is returned as it is.

        Raises InputError for a text that would mean several objects once what is described has been
        made.
        """
        resource = self.resources[kind]
        if not name or not resource.code and name.isascii():
            return name
        memory = self.memory(resource)
        if name not in memory.meant and not name.isascii():
            alike = [other for other in memory.meant if composed(other) == composed(name)]
            name = alike[0] if len(alike) == 1 else composed(name)
        if not resource.code:
            return name
        coming = self._coming.get((kind, name))
        found = memory.meant.get(name, {})
        if len(found) > 1:
            return name
        there = [memory.known[memory.by_id[identifier]].object for identifier in found]
        # The names that they will have by then.
        called = {
            coming if coming and obj[resource.code] == name else obj[resource.key[0]]
            for obj in there
        }
        called |= {coming} if coming else set()
        called |= {name} & set(self._arriving.get(kind, ()))
        if len(called) > 1:
            others = ", ".join(repr(other) for other in sorted(called) if other != name)
            raise InputError(
                f"{name!r} would mean several objects of kind {kind}: the one of that name, and {others}, of which it is the {resource.code}. "
                f"Refer to the one by its {resource.code}, to the other by its name."
            )
        if there:
            return word_for(memory.meant, *_words_of(resource, there[0]))
        alone = coming and coming not in memory.meant and self._arriving[kind][coming] == 1
        return coming if alone else name

    def _candidates(self, kind, name) -> str:
        """Say which objects a text means, and what each can be told by."""
        resource, told = self.resources[kind], []
        memory = self.memory(resource)
        for identifier in memory.meant.get(name, ()):
            obj = memory.known[memory.by_id[identifier]].object
            code = (
                f", {resource.code} {obj[resource.code]!r}"
                if resource.code and obj[resource.code]
                else ""
            )
            told.append(
                f"{resource.label(obj)!r} ({resource.id_field or 'id'} {shown_identifier(identifier)}{code})"
            )
        clear = resource.code and "Refer to one by what no other is called: its name or its code."
        return f"{'; '.join(told)}. {clear or 'Nothing can refer to one of them until they have different names.'}"

    def name_of(self, kind: str, identifier: Any) -> str:
        """Return the name of an object that is referred to by the server's identifier."""
        if kind not in self._names:
            self.memory(self.resources[kind])
        return self._names[kind].get(identifier, UNKNOWN.format(kind, identifier))

    def _remember(self, resource, records, others) -> Memory:
        """Keep what the server answered, beside those of the ``others``, known already, that are
        not in it.
        """
        old = self._memory.get(resource.name)
        name = resource.fields[resource.key[0]].wire or resource.key[0] if resource.key else None
        try:
            # A list read in pages may name one twice.
            given = {resource.identifier(record): record for record in records}
            kept = {known.identifier: known for known in others if known.identifier not in given}
            # Names first: an object may refer to one of its own kind that stands later in the list.
            everything = {
                **{identifier: known.record for identifier, known in kept.items()},
                **given,
            }
            code = resource.code and (resource.fields[resource.code].wire or resource.code)
            called = {
                identifier: (record.get(name), record.get(code) if code else None)
                for identifier, record in everything.items()
            }
            meant = meanings(
                (identifier, *texts)
                for identifier, texts in called.items()
                if isinstance(texts[0], str)
            )
            words = {
                identifier: word_for(meant, *texts) if isinstance(texts[0], str) else texts[0]
                for identifier, texts in called.items()
            }
            self._names[resource.name] = {
                **{texts[1]: words[identifier] for identifier, texts in called.items() if texts[1]},
                **words,
            }
            found = [
                Known(record, resource.from_wire(record, self.name_of), identifier)
                for identifier, record in given.items()
            ]
            memory = Memory(resource, [*kept.values(), *found])
            memory.partial = bool(others) and old.partial
            if any(None in key[:1] for key in memory.known):
                raise ValueError("an object without a name")
        except _WRONG_SHAPES as exc:
            raise ServerError(
                f"The server's list of {resource.name} is not of the documented shape{_place(exc)}."
            ) from None
        queried = [name for query in resource.queries for name in resource.fields_of(query)]
        for known in found:  # what other queries have read of an object is still known
            if old and queried and known.identifier in old.by_id:
                before = old.known[old.by_id[known.identifier]]
                known.object.update(
                    {name: before.object[name] for name in queried if name in before.object}
                )
                known.partly_read = before.partly_read
        self._memory[resource.name] = memory
        return memory

    def _key_on_wire(self, resource, obj) -> dict:
        return resource.to_wire({name: obj.get(name) for name in resource.key}, {}, self.id_of)

    # --- plan ---------------------------------------------------------------------------------------------------------

    def plan(
        self, desired: Mapping[str, Sequence[Mapping[str, Any]]], purge: Purge = Purge()
    ) -> list[Change]:
        """Return what has to change so that the server holds what ``desired`` describes, kind by
        kind.

        Objects are made in the order of the resources and removed last, in reverse order. Each
        description is the options of the kind's module; ``state: absent`` asks for removal. Raises
        InputError for what makes no sense.
        """
        for kind, descriptions in desired.items():
            resource = self.resources[kind]
            for params in descriptions:
                resource.check(params)
                if (
                    resource.code
                    and params.get(resource.key[0])
                    and params.get("state") != "absent"
                ):
                    name = composed(params[resource.key[0]])
                    self._arriving.setdefault(kind, Counter())[name] += 1
                    if params.get(resource.code):
                        self._coming[kind, params[resource.code]] = name
        for kind, descriptions in desired.items():
            for params in descriptions:
                self.resources[kind].check_product(params, self.backend.product)
        desired = {
            kind: [self.resources[kind].renamed(params, self.name_for) for params in descriptions]
            for kind, descriptions in desired.items()
        }
        planned, described = [], []
        for resource in self.resources.values():
            if resource.name in desired:
                changes, objects = self._plan_kind(resource, desired[resource.name], purge)
                planned.append(changes)
                described += objects
            else:
                for word in {
                    resource.name,
                    *(field.purge for field in resource.fields.values()),
                } & set(purge.kinds):
                    raise InputError(
                        f"purge names {word}, but no list of {resource.name} is given."
                    )
        changes = [change for group in planned for change in group if change.after is not None]
        changes += [
            change for group in reversed(planned) for change in group if change.after is None
        ]
        kinds = {
            kind
            for resource, wanted, _actual in described
            for _option, kind, _name in resource.references(wanted)
        }
        check_references(described, changes, {kind: self._references_to(kind) for kind in kinds})
        self._check_harm(changes, purge)
        return changes

    def _check_harm(self, changes, purge):
        """Raise InputError for changes that would take away more than was said, or that the server
        is known to refuse.
        """
        for change in changes:
            if change.after is not None:
                for guard in change.resource.guards:
                    guard(self, change)
            elif change.identifier in change.resource.built_in:
                raise InputError(
                    f"{change.title} is {change.resource.built_in[change.identifier]}, which cannot be removed."
                )
        for change in changes:
            contents = change.resource.contents
            if (
                change.after is None
                and contents
                and change.resource.name not in purge.with_contents
                and (within := contents.within(self, change, changes))
            ):
                more = f" and {len(within) - 5} more" if len(within) > 5 else ""
                raise InputError(
                    f"Removing {change.title} would remove what lies in it, too: {', '.join(within[:5])}{more}. "
                    f"If that is what you want, set {contents.option}."
                )

    def _references_to(self, kind) -> Referable:
        """Return by what the objects of a kind can be referred to."""
        memory, resource = self.memory(self.resources[kind]), self.resources[kind]
        words = {
            known.identifier: word_for(memory.meant, *_words_of(resource, known.object))
            for known in memory.known.values()
        }
        return Referable(
            words,
            {
                text: self._candidates(kind, text)
                for text, found in memory.meant.items()
                if len(found) > 1
            },
        )

    def _plan_kind(self, resource, descriptions, purge) -> tuple[list[Change], list]:
        self._search(resource, descriptions, purge)
        self._distrust_emptiness(resource, descriptions)
        known, found, wanted = self.memory(resource).known, [], set()
        for params in descriptions:
            key = self.find(resource, params)
            same = self._new_key(resource, params) if key is None else key
            if same in wanted and None not in same[:1]:
                known_as = (
                    resource.described(params)
                    if key is None
                    else f"{resource.name} {resource.label(known[key].object)}"
                )
                raise InputError(f"{known_as} is described twice.")
            wanted.add(same)
            found.append((params, key))
        exact = [
            name
            for name, field in resource.fields.items()
            if field.purge and field.purge in purge.kinds
        ]
        self._read_what_is_wanted(resource, found, exact)
        changes, described, made = [], [], set()
        for params, key in found:
            actual = None if key is None else known[key].object
            absent = params.get("state") == "absent"
            desired = (
                None
                if absent
                else resource.given(
                    params, creating=actual is None or resource.is_unfinished(actual)
                )
            )
            if desired is not None and actual is not None and resource.is_unfinished(actual):
                desired = {
                    **{name: resource.fields[name].finished for name in resource.unfinished},
                    **desired,
                }
            if actual is not None and resource.alias and desired:
                if (
                    resource.key_of(resource.identity(params)) != key
                    and desired.get(resource.alias, actual[resource.alias])
                    != actual[resource.alias]
                ):
                    raise InputError(
                        f"To rename {resource.label(actual)}, call it by its identifier, so that the next run finds it, too."
                    )
                desired.update({name: actual[name] for name in resource.key})
            self._check_names(resource, key, desired or {})
            described.append((resource, desired or {}, actual or {}))
            change = plan_one(
                resource, desired, actual, exact, None if key is None else known[key].identifier
            )
            if change:
                change.check_fixed()
                self._check_allowed(change, purge)
                resource.check_values(desired or {}, change.before)
                if change.action == "create":
                    resource.check_new(change.after)
                changes.append(change)
                renamed = change.after is not None and (
                    change.before is None
                    or resource.key_of(change.before) != resource.key_of(change.after)
                )
                if renamed:  # those that are called the same already may stay so
                    if (called := self._new_key(resource, change.after)) in made:
                        raise InputError(
                            f"Two objects of kind {resource.name} would be called {resource.label(change.after)!r}."
                        )
                    made.add(called)
            else:  # what is never shown may be wrong all the same
                resource.check_values(desired or {}, actual)
        if resource.name in purge.kinds:
            others = {key: item for key, item in known.items() if key not in wanted}
            emptied = all(params.get("state") == "absent" for params in descriptions)
            changes += plan_removals(resource, others, len(known), emptied, purge)
        for name in exact:
            present = [
                known[key].object.get(name) or {} for params, key in found if key is not None
            ]
            gone = [
                (change.before.get(name) or {}).keys() - (change.after.get(name) or {}).keys()
                for change in changes
                if change.before and change.after
            ]
            kept = [
                value
                for params, key in found
                for value in (params.get(resource.fields[name].option or name) or {}).values()
            ]
            emptied = all(value is None for value in kept)
            purge.check(
                resource.fields[name].purge,
                sum(map(len, gone)),
                sum(map(len, present)),
                sorted(set().union(*gone)),
                emptied,
            )
        return changes, described

    @staticmethod
    def _new_key(resource, params) -> tuple:
        """Return what tells a new object from other new ones: its key, and its code where it is
        given one.
        """
        key = composed_key(resource.key_of(resource.identity(params)))
        return (*key, params[resource.code]) if resource.code and params.get(resource.code) else key

    def _read_what_is_wanted(self, resource, found, exact):
        for query in resource.queries:
            names = resource.fields_of(query)
            asked = {
                key: params
                for params, key in found
                if key is not None
                and any(
                    params.get(resource.fields[name].option or name) is not None for name in names
                )
            }
            only = None
            if len(names) == 1 and resource.fields[names[0]].purge and names[0] not in exact:
                only = {
                    key: set(params[resource.fields[names[0]].option or names[0]])
                    for key, params in asked.items()
                }
            self.complete(resource, asked, [query], only)

    def _search(self, resource, descriptions, purge):
        """Read, for a single description, only what may be meant by it."""
        if len(descriptions) == 1 and resource.key and resource.name not in purge.kinds:
            (params,) = descriptions
            if None not in resource.key_of(resource.identity(params))[:1] and not (
                resource.id_field and params.get(resource.id_field) is not None
            ):
                wanted = {
                    name: params[name]
                    for name in (resource.key[0], resource.code)
                    if name and params.get(name)
                }
                # The server may refuse to look for a value that it would not take.
                if all(resource.fields[name].takes(value) for name, value in wanted.items()):
                    name = resource.key[0]
                    ways = (
                        forms_of(wanted[name])
                        if isinstance(wanted.get(name), str)
                        else [wanted.get(name)]
                    )
                    self.read_some(
                        resource,
                        [{**wanted, name: way} if name in wanted else wanted for way in ways],
                    )

    def _check_names(self, resource, key, desired):
        """Refuse names in a closed mapping that the server does not know; a new object is held
        against one that exists.
        """
        for field_name in (name for name in desired if resource.fields[name].closed):
            known = self.memory(resource).known
            models = list(known)[:1] if key is None else [key]
            self.complete(resource, models, [resource.fields[field_name].query])
            for model in models:
                names = known[model].object[field_name] or {}
                unknown = [repr(name) for name in desired[field_name] if name not in names]
                if unknown:
                    raise InputError(
                        f"{field_name}: the server knows no {', '.join(unknown)}. It knows: {', '.join(sorted(names)) or 'none'}."
                    )

    def _check_allowed(self, change, purge):
        resource = change.resource
        if change.finishes and resource.is_unfinished(change.after):
            raise InputError(
                f"{change.title} would go on being called what only an unfinished one is called. Give it another name."
            )
        if (
            change.action == "update"
            and resource.is_unfinished(change.before)
            and not change.finishes
        ):
            secrets = [name for name in resource.secrets if resource.fields[name].query]
            raise InputError(
                f"{change.title} is unfinished: the run that made it did not come to write {', '.join(secrets)}. "
                f"Give {', '.join(secrets)}, so that it is finished, or remove it."
            )
        if change.action not in resource.verbs:
            if change.action == "create":
                raise InputError(
                    f"There is no {resource.name} {change.name!r} on the server, and it cannot be made there."
                )
            raise InputError(f"{change.title}: the server's API cannot {change.action} it.")
        if (
            change.action == "delete"
            and not purge.remove_protected
            and (reason := protection(resource, change.before))
        ):
            raise InputError(
                f"{change.title} is protected ({reason} is true). To remove it all the same, set remove_protected."
            )

    def _distrust_emptiness(self, resource, descriptions):
        """Before making anything in an empty list, ask for some objects by name: a failing server
        may answer an empty list.
        """
        if (
            "create" in resource.verbs
            and not self.memory(resource).known
            and not self.memory(resource).partial
        ):
            for identity in map(resource.identity, [*descriptions[:3], *descriptions[3:][-2:]]):
                unfit = any(
                    resource.fields[name].ref or not resource.fields[name].takes(value)
                    for name, value in identity.items()
                )
                if (
                    not unfit
                    and None not in identity.values()
                    and self.backend.get(resource, self._key_on_wire(resource, identity))
                    is not None
                ):
                    raise ServerError(
                        f"The server lists no {resource.name} at all, yet it knows {resource.label(identity)}: "
                        f"its list is not to be trusted. Nothing was changed."
                    )

"""A server seen as named objects: read it, resolve names, apply changes and see that they happened."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field as attribute
from itertools import groupby
from typing import Any, Protocol

from .errors import Error, Incomplete, InputError, OutcomeUnknown, ServerError
from .http import Session
from .plan import Change, Purge, check_references, plan_one, plan_removals, protection
from .resource import Resource


class Backend(Protocol):
    """A vendor's verbs, in the server's own terms. A record is what the server's API calls the object."""

    session: Session

    def list(self, resource: Resource) -> list[dict]:
        """Return the record of every object of a kind."""

    def get(self, resource: Resource, key: tuple) -> dict | None:
        """Return the record of one object by its key, None if the server has none."""

    def create(self, resource: Resource, body: dict) -> None:
        """Make an object."""

    def update(self, resource: Resource, record: dict, body: dict) -> None:
        """Change an object's attributes to those in ``body``."""

    def delete(self, resource: Resource, record: dict) -> None:
        """Remove an object."""

    def read_fields(self, resource: Resource, query: str, records: Sequence[dict], only: Sequence[set | None]) -> list[dict]:
        """Return, for each object, the fields that have this query of their own.

        ``only`` names, for each object, the keys of its free mapping that matter (None: all of them); more may be read.
        """

    def write_fields(self, resource: Resource, query: str, record: dict, before: dict, after: dict) -> None:
        """Change fields that have a query of their own from ``before``, as read, to ``after``: all that it carries."""


@dataclass(frozen=True, eq=False)
class Write:
    """What one verb of the backend writes: an object itself, or the fields that have a query of their own."""

    change: Change
    query: str | None
    fields: list[str]

    @property
    def readable(self) -> bool:
        """Whether the server can be asked if it happened."""
        return not self.query or not any(self.change.resource.fields[name].secret for name in self.fields)


@dataclass
class Fate:
    """What became of changes that were applied."""

    changed: bool = False  # whether anything was written, or may have been
    done: list[Change] = attribute(default_factory=list)
    failed: list[tuple[Change, Exception, list[str]]] = attribute(default_factory=list)  # with the fields written before it failed
    not_done: list[Change] = attribute(default_factory=list)


class Server:
    """A live server, with a memory of what was read from it."""

    def __init__(self, backend: Backend, resources: Iterable[Resource]):
        self.backend = backend
        self.session = backend.session
        self.resources = {resource.name: resource for resource in resources}
        self._objects: dict[str, dict] = {}  # kind -> {key: object}
        self._records: dict[str, dict] = {}  # kind -> {key: record}
        self._ambiguous: dict[str, dict] = {}  # kind -> {key: [id, ...]} of objects that share a key
        self._names: dict[str, dict] = {}  # kind -> {id: name}

    # --- read ---------------------------------------------------------------------------------------------------------

    def read(self, resource: Resource) -> dict[tuple, dict]:
        """Return every object of a kind, by key."""
        if resource.name not in self._objects:
            self._remember(resource, self.backend.list(resource))
        return self._objects[resource.name]

    def complete(self, resource: Resource, keys: Iterable[tuple], queries: Iterable[str], only: Mapping[tuple, set | None] = {}) -> None:
        """Read the fields of some objects that have queries of their own; from then on they are part of the objects.

        ``only`` names the keys of a free mapping that matter, for objects of which not all do.
        """
        objects, keys = self._objects[resource.name], list(keys)
        for query in queries:
            names = resource.fields_of(query)
            missing = [key for key in keys if not objects[key].keys() >= set(names)]
            if missing:
                records = [self._records[resource.name][key] for key in missing]
                found = self.backend.read_fields(resource, query, records, [only.get(key) for key in missing])
                for key, values in zip(missing, found):
                    objects[key].update({name: resource.fields[name].canonical(values.get(name)) for name in names})

    def find(self, resource: Resource, params: Mapping[str, Any]) -> tuple | None:
        """Return the key of the object that ``params`` mean, None if the server has no such object.

        Found by identifier, where it is given; else by key; else by alias. Raises InputError when several objects fit.
        """
        objects, identity = self.read(resource), resource.identity(params)
        key = resource.key_of(identity)
        if resource.id_field and params.get(resource.id_field) is not None:
            wanted, absent = params[resource.id_field], params.get("state") == "absent"
            found = next((key for key, obj in objects.items() if obj[resource.id_field] == wanted), None)
            if found is None and not absent:
                raise InputError(f"There is no {resource.name} with {resource.id_field} {wanted}.")
            if found is not None and None not in key and key != found and (absent or key in objects):
                raise InputError(f"The {resource.name} with {resource.id_field} {wanted} is {found[0]!r}, and {key[0]!r} is not it.")
            return found
        if key in self._ambiguous[resource.name]:
            raise InputError(f"Several objects of kind {resource.name} are called {resource.label(identity)!r}: {self._ambiguous[resource.name][key]}.")
        if key in objects or not resource.alias:
            return key if key in objects else None
        found = [other for other, obj in objects.items() if obj[resource.alias] == key[0]]
        if len(found) > 1:
            raise InputError(f"Several objects of kind {resource.name} are called {key[0]!r}: {', '.join(other[0] for other in found)}. Give one of these.")
        return found[0] if found else None

    def id_of(self, kind: str, name: str) -> Any:
        """Return the server's identifier of an object that is referred to by name."""
        record = self._records[kind].get((name,))
        if record is None:
            raise InputError(f"There is no {kind} named {name!r}.")
        return record[self.resources[kind].id]

    def name_of(self, kind: str, identifier: Any) -> str:
        """Return the name of an object that is referred to by the server's identifier."""
        self.read(self.resources[kind])
        return self._names[kind].get(identifier, f"(unknown {kind} {identifier})")

    # --- plan ---------------------------------------------------------------------------------------------------------

    def plan(self, desired: Mapping[str, Sequence[Mapping[str, Any]]], purge: Purge = Purge()) -> list[Change]:
        """Return what has to change so that the server holds what ``desired`` describes, kind by kind.

        Objects are made in the order of the resources and removed last, in reverse order. Each description is the
        options of the kind's module; ``state: absent`` asks for removal. Raises InputError for what makes no sense.
        """
        made, removed = [], []
        for resource in self.resources.values():
            if resource.name not in desired:
                if resource.name in purge.kinds:
                    raise InputError(f"purge names {resource.name}, but no list of them is given.")
                continue
            described = desired[resource.name]
            self._distrust_emptiness(resource, described)
            changes, wanted = self._plan_kind(resource, described, purge)
            made += [change for change in changes if change.after is not None]
            removed.append([change for change in changes if change.after is None])
            if resource.name in purge.kinds:
                removed[-1] += plan_removals(resource, len(described), wanted, self.read(resource), purge)
        changes = made + [change for group in reversed(removed) for change in group]
        referred = {field.ref for change in changes for field in change.resource.fields.values() if field.ref}
        check_references(changes, {kind: {key[0] for key in self.read(self.resources[kind])} for kind in referred})
        return changes

    def _plan_kind(self, resource, described, purge) -> tuple[list[Change], set]:
        objects, found, wanted = self.read(resource), [], set()
        for params in described:
            key = self.find(resource, params)
            same = resource.key_of(resource.identity(params)) if key is None else key
            if same in wanted:
                raise InputError(f"{resource.name} {resource.label(resource.identity(params))} is described twice.")
            wanted.add(same)
            found.append((params, key))
        exact = [name for name, field in resource.fields.items() if field.purge and field.purge in purge.kinds]
        self._read_what_is_wanted(resource, found, exact)
        changes = []
        for params, key in found:
            actual = None if key is None else objects[key]
            absent = params.get("state") == "absent"
            desired = None if absent else resource.given(params, creating=actual is None)
            if actual is not None and resource.alias and desired:
                desired.update({name: actual[name] for name in resource.key})
            self._check_names(resource, key, desired or {})
            change = plan_one(resource, desired, actual, exact)
            if change:
                self._check_allowed(change, purge)
                changes.append(change)
        for name in exact:
            field = resource.fields[name]
            present = [objects[key].get(name) or {} for params, key in found if key is not None]
            gone = [old.keys() - change.after[name].keys() for change in changes if change.after and (old := (change.before or {}).get(name))]
            purge.check(field.purge, sum(map(len, gone)), sum(map(len, present)), sorted(set().union(*gone)), emptied=not any(
                params.get(field.option or name) for params, key in found))
        return changes, wanted

    def _read_what_is_wanted(self, resource, found, exact):
        for query in resource.queries:
            names = resource.fields_of(query)
            asked = {key: params for params, key in found if key is not None and any(
                params.get(resource.fields[name].option or name) is not None for name in names)}
            only = {}
            if len(names) == 1 and resource.fields[names[0]].purge and names[0] not in exact:
                only = {key: set(params[resource.fields[names[0]].option or names[0]]) for key, params in asked.items()}
            self.complete(resource, asked, [query], only)

    def _check_names(self, resource, key, desired):
        """Refuse names in a closed mapping that the server does not know; a new object is held against one that exists."""
        for field_name in (name for name in desired if resource.fields[name].closed):
            objects = self.read(resource)
            models = list(objects)[:1] if key is None else [key]
            self.complete(resource, models, [resource.fields[field_name].query])
            for model in models:
                unknown = [name for name in desired[field_name] if name not in (objects[model][field_name] or {})]
                if unknown:
                    known = ", ".join(sorted(objects[model][field_name] or {})) or "none"
                    raise InputError(f"{field_name}: the server knows no {', '.join(map(repr, unknown))}. It knows: {known}.")

    def _check_allowed(self, change, purge):
        resource = change.resource
        if change.action not in resource.verbs:
            if change.action == "create":
                raise InputError(f"There is no {resource.name} {change.name!r} on the server, and it cannot be made there.")
            raise InputError(f"{resource.name} {change.name}: the server's API cannot {change.action} it.")
        if change.action == "delete" and not purge.remove_protected and (reason := protection(resource, change.before)):
            raise InputError(f"{resource.name} {change.name} is protected ({reason} is true). To remove it all the same, set remove_protected.")

    def _distrust_emptiness(self, resource, described):
        """Before making anything in an empty list, ask for one object by name: an overloaded or failing server may answer an empty list."""
        if "create" in resource.verbs and not self.read(resource):
            for identity in map(resource.identity, described[:1]):
                if None not in identity.values() and self.backend.get(resource, resource.key_of(identity)) is not None:
                    raise ServerError(
                        f"The server lists no {resource.name} at all, yet it knows {resource.label(identity)}: "
                        f"its list is not to be trusted. Nothing was changed."
                    )

    # --- apply --------------------------------------------------------------------------------------------------------

    def apply(self, changes: Sequence[Change]) -> None:
        """Carry the changes out, kind by kind in their order, those of one kind side by side, and read back each.

        Raises Incomplete, with the fate of each change in its facts, when one of them failed.
        """
        fate = Fate()
        for _stage, group in groupby(changes, key=lambda change: (change.resource.name, change.action == "delete")):
            stage = list(group)
            if fate.failed:
                fate.not_done += stage
            else:
                self._carry_out(stage, fate)
        if fate.failed:
            raise Incomplete(_told(fate, len(changes)), **_facts(fate, self.session.redact))

    def _carry_out(self, changes, fate):
        """Write the objects themselves, then, query by query, the fields that have queries of their own."""
        resource = changes[0].resource
        for field in resource.fields.values():
            if field.ref:
                self.read(self.resources[field.ref])
        failed: dict[int, Exception | None] = {}
        written: dict[int, list[str]] = {id(change): [] for change in changes}
        for query in dict.fromkeys([None, *(field.query for field in resource.fields.values())]):
            writes = []
            for change in changes:
                names = [name for name in change.fields if resource.fields[name].query == query and change.after is not None]
                if id(change) not in failed and (names or (query is None and change.action != "update")):
                    writes.append(Write(change, query, names))
            problems = self._settle(writes)
            for write in writes:
                if write in problems:
                    failed[id(write.change)] = problems[write]
                else:
                    written[id(write.change)] += write.fields
                fate.changed |= write not in problems or isinstance(problems[write], OutcomeUnknown)
        for change in changes:
            if id(change) not in failed:
                fate.done.append(change)
            elif failed[id(change)] is None:
                fate.not_done.append(change)
            else:
                fate.failed.append((change, failed[id(change)], written[id(change)]))

    def _settle(self, writes) -> dict:
        """Send writes side by side, look at what the server then shows, and send again only what did not happen.

        Returns the writes that failed, each with its reason, or None where it was not begun.
        """
        failed, doubtful, idle = {}, set(), 0
        while writes:
            results = dict(zip(writes, self.session.side_by_side(self._send, writes)))
            unsure = [write for write, result in results.items() if isinstance(result, OutcomeUnknown)]
            doubtful.update(unsure)
            if unsure:
                self.session.pause(idle)
            refused = {write: result for write, result in results.items() if isinstance(result, Error) and write not in doubtful}
            sent = [write for write in results if results[write] is True or write in doubtful]
            try:
                self._reread(sent)
            except Error as exc:
                lost = {write: OutcomeUnknown(f"It is unknown whether the change was made, as it cannot be read back: {exc}") for write in sent}
                return {**failed, **refused, **lost, **{write: None for write in writes if results[write] is None}}
            failed.update(refused)
            again = [write for write in writes if results[write] is None]
            for write in sent:
                problem = self._discrepancy(write)
                if write in doubtful and not write.readable:
                    failed[write] = results[write]  # a secret: whether it was set cannot be looked up
                elif problem and write in unsure:
                    again.append(write)
                elif problem:
                    failed[write] = results[write] if isinstance(results[write], Error) else ServerError(f"the server said yes, but {problem}")
            idle = idle + 1 if len(again) == len(writes) else 0
            if again and idle > self.session.retries:
                return {**failed, **{write: results[write] if write in unsure else None for write in again}}
            writes = again
        return failed

    def _send(self, write) -> bool:
        change, resource = write.change, write.change.resource
        if change.action == "delete":
            self.backend.delete(resource, self._record(change))
        elif write.query:
            key, wanted = resource.key_of(change.after), {name: change.after[name] for name in write.fields}
            now = {name: self._objects[resource.name][key].get(name) for name in resource.fields_of(write.query)}
            self.backend.write_fields(resource, write.query, self._records[resource.name][key], now, {**now, **wanted})
        else:
            record = self._record(change)
            body = resource.to_wire({name: change.after[name] for name in write.fields}, record, self.id_of)
            if change.action == "create":
                self.backend.create(resource, body)
            else:
                self.backend.update(resource, record, body)
        return True

    def _reread(self, writes):
        """Read again what was written: one object by its key, several as one list."""
        if not writes:
            return
        change, resource = writes[0].change, writes[0].change.resource
        objects = self._objects[resource.name]
        if writes[0].query:
            written = {resource.key_of(write.change.after): write for write in writes if write.readable}
            for key in written:
                for name in resource.fields_of(writes[0].query):
                    objects[key].pop(name, None)
            self.complete(resource, written, [writes[0].query], {
                key: _touched(write.change, write.fields[0]) for key, write in written.items() if resource.fields[write.fields[0]].purge
            })
        elif len(writes) == 1 and change.after is not None:
            key = resource.key_of(change.after)
            record = self.backend.get(resource, key)
            if change.before is not None:
                self._forget(resource, resource.key_of(change.before))
            if record is not None:
                self._remember(resource, [record])
        else:
            self._read_again(resource)

    def _discrepancy(self, write) -> str | None:
        """Return in which way the server does not show what was written, None if it does."""
        change, resource = write.change, write.change.resource
        objects = self._objects[resource.name]
        if change.after is None:
            return "it still lists the object." if resource.key_of(change.before) in objects else None
        shown = objects.get(resource.key_of(change.after))
        if shown is None:
            return "it does not list the object."
        for name in write.fields:
            field = resource.fields[name]
            if not field.secret:
                sent, seen = change.after[name], shown.get(name)
                if isinstance(sent, dict):  # a server may well change, by itself, what was not touched
                    sent, seen = ({key: value[key] for key in _touched(change, name) if key in value} for value in (sent, seen or {}))
                if not field.same(sent, seen):
                    return f"it shows {name} as {seen!r}, where {sent!r} was sent."
        return None

    # --- memory -------------------------------------------------------------------------------------------------------

    def _record(self, change) -> dict:
        return {} if change.before is None else self._records[change.resource.name][change.resource.key_of(change.before)]

    def _read_again(self, resource):
        old = {self._id(resource, record): self._objects[resource.name][key] for key, record in self._records[resource.name].items()}
        for memory in (self._objects, self._records, self._names, self._ambiguous):
            memory.pop(resource.name)
        for key, obj in self.read(resource).items():  # what other queries have read is still known
            known = old.get(self._id(resource, self._records[resource.name][key]), {})
            obj.update({name: known[name] for query in resource.queries for name in resource.fields_of(query) if name in known})

    def _remember(self, resource, records):
        objects, kept, names, ambiguous = (
            memory.setdefault(resource.name, {}) for memory in (self._objects, self._records, self._names, self._ambiguous)
        )
        for record in records:
            obj = resource.from_wire(record, self.name_of)
            key, identifier = resource.key_of(obj), self._id(resource, record)
            if key in kept and self._id(resource, kept[key]) != identifier:
                ambiguous.setdefault(key, [self._id(resource, kept[key])]).append(identifier)
                continue
            objects[key], kept[key] = obj, record
            names[identifier] = key[0] if key else None

    def _forget(self, resource, key):
        self._objects[resource.name].pop(key, None)
        self._records[resource.name].pop(key, None)

    @staticmethod
    def _id(resource, record):
        value = record.get(resource.id) if resource.id else None
        return tuple(value) if isinstance(value, list) else value


def _touched(change, name) -> set:
    """Return the keys of a mapping that a change adds, changes or removes."""
    old, new = (change.before or {}).get(name) or {}, change.after[name]
    return {key for key in {**old, **new} if old.get(key) != new.get(key)}


def _told(fate, total) -> str:
    """Return the failure of some of the changes in one sentence for each of the first five."""
    told = [
        f"{' '.join(filter(None, (change.action, change.resource.name, change.name)))}: {problem}"
        + (f" ({', '.join(written)} had been written)" if written else "")
        for change, problem, written in fate.failed[:5]
    ]
    more = [f"and {len(fate.failed) - 5} more"] if len(fate.failed) > 5 else []
    counts = f"{len(fate.failed)} of {total} changes failed, {len(fate.done)} were made, {len(fate.not_done)} were not tried"
    return f"{counts}: {'; '.join(told + more)}"


def _facts(fate, redact) -> dict:
    return {
        "changed": fate.changed,
        "changes": [change.described() for change in fate.done],
        "failed_changes": [
            {**change.described(), "reason": redact(str(problem)), "written": written} for change, problem, written in fate.failed
        ],
        "changes_not_tried": [change.described() for change in fate.not_done],
    }

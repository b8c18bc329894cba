"""Desired and actual in, changes out. Pure functions: no I/O, no Ansible."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .difference import NOT_SHOWN, entry, narrowed, paths
from .errors import InputError
from .resource import Resource


@dataclass(frozen=True)
class Change:
    """One object as it is and as it will be; None on the side where it does not exist."""

    resource: Resource
    before: dict | None
    after: dict | None
    identifier: Any = None  # the server's, of an object that exists

    @property
    def action(self) -> str:
        """``create``, ``update`` or ``delete``."""
        if self.before is None:
            return "create"
        return "delete" if self.after is None else "update"

    @property
    def name(self) -> str:
        """The object's name for people: the one it has, if it has one already."""
        return self.resource.label(self.before or self.after or {})

    @property
    def fields(self) -> list[str]:
        """Names of the fields that will be written."""
        if self.before is None or self.after is None:
            return list(self.after or ())
        fields = self.resource.fields
        return [
            name
            for name, value in self.after.items()
            if fields[name].secret or not fields[name].same(self.before.get(name), value)
        ]

    @property
    def takes_name(self) -> bool:
        """Whether an object gets a name that it did not have: a new one, or one that is called
        otherwise from now on.
        """
        return self.after is not None and (
            self.before is None
            or self.resource.key_of(self.before) != self.resource.key_of(self.after)
        )

    @property
    def makes(self) -> bool:
        """Whether it makes what two runs at a time might make twice: an object, one of another
        name, or an entry of a list below one.
        """
        fields = self.resource.fields
        return (
            self.takes_name
            or self.after is not None
            and any(fields[name].written_by and fields[name].type == "list" for name in self.fields)
        )

    @property
    def finishes(self) -> bool:
        """Whether it makes an object, or goes on making one, of which a secret takes a request of
        its own.
        """
        fields, unfinished = (
            self.resource.fields,
            self.before is None or self.resource.is_unfinished(self.before),
        )
        return (
            unfinished
            and bool(self.resource.unfinished)
            and any(fields[name].secret and fields[name].query for name in self.fields)
        )

    @property
    def title(self) -> str:
        """The object's kind and name, for messages."""
        return f"{self.resource.name} {self.name}".rstrip()

    def check_fixed(self) -> None:
        """Raise InputError where an object that exists would have to be made anew."""
        fixed = [
            name
            for name in self.fields
            if self.action == "update" and self.resource.fields[name].fixed
        ]
        if fixed:
            raise InputError(
                f"{self.title}: {', '.join(fixed)} cannot be changed once it is made. To change it, remove the object and make it anew."
            )

    def paths(self, names: Sequence[str]) -> list[str]:
        """Return what of some fields differs, for people: of a mapping that is changed, its keys."""
        if self.action != "update":
            return list(names)
        return [
            path
            for name in names
            for path in paths(
                self.resource.fields[name], name, self.before.get(name), self.after[name]
            )
        ]

    def described(self) -> dict:
        """Return what is done to which object, for results and reports."""
        return {
            "action": self.action,
            "kind": self.resource.name,
            "name": self.name,
            "fields": self.paths(self.fields),
        }

    def difference(self) -> dict:
        """Return its difference for ``--diff``: what will be written and what it replaces, secrets
        masked.
        """
        fields = self.resource.fields
        names = [
            name
            for name in (self.before if self.after is None else self.fields)
            if not fields[name].computed
        ]
        sides: list[dict | None] = [
            None if self.before is None else {},
            None if self.after is None else {},
        ]
        for name in names:
            if fields[name].secret:
                if self.after is not None:
                    sides[1][name] = NOT_SHOWN
            elif self.action == "update":
                sides[0][name], sides[1][name] = narrowed(
                    fields[name], self.before.get(name), self.after[name]
                )
            else:
                sides[0 if self.after is None else 1][name] = (
                    self.before if self.after is None else self.after
                ).get(name)
        return entry(self.resource.name, self.name, *sides)


@dataclass(frozen=True)
class Purge:
    """Which objects may be removed because nobody describes them, and how many at most."""

    kinds: Sequence[str] = ()
    max_removed: int = 10
    max_removed_percent: int = 30
    allow_empty: bool = False  # an empty list may mean "remove them all"
    remove_protected: bool = False
    # Kinds of which an object may be removed together with what lies in it.
    with_contents: Collection[str] = ()

    def check(
        self, kind: str, removed: int, present: int, names: Sequence[str], emptied: bool
    ) -> None:
        """Raise InputError when removing ``removed`` of ``present`` objects oversteps the bounds."""
        if removed and emptied and not self.allow_empty:
            raise InputError(
                f"purge would remove all {removed} objects of kind {kind}, because the list of them is empty. "
                f"If that is what you want, set allow_empty."
            )
        # Even of few objects, one may go.
        share = (
            max(1, present * self.max_removed_percent // 100) if self.max_removed_percent > 0 else 0
        )
        bound = min(self.max_removed, share)
        if removed and removed > bound:
            raise InputError(
                f"purge would remove {removed} of {present} objects of kind {kind}, more than the {bound} that max_removed={self.max_removed} "
                f"and max_removed_percent={self.max_removed_percent} allow: {', '.join(names[:10])}{', ...' if len(names) > 10 else ''}"
            )


def plan_one(
    resource: Resource,
    desired: dict | None,
    actual: dict | None,
    exact: Sequence[str] = (),
    identifier: Any = None,
) -> Change | None:
    """Return the change that turns ``actual`` into ``desired`` (None: absent), or None where they
    agree.

    ``exact`` names free mappings of which keys that are not given are removed.
    """
    if desired is None and actual is None:
        return None
    # Copies, as a change goes on saying what was, whatever is read later.
    if desired is None:
        return Change(resource, dict(actual), None, identifier)
    if actual is None:
        return Change(
            resource,
            None,
            _adapted(
                resource,
                {name: resource.fields[name].merged({}, value) for name, value in desired.items()},
                None,
            ),
        )
    differing = {
        name: value
        for name, value in desired.items()
        if name in exact or not resource.fields[name].same(actual.get(name), value)
    }
    merged = {
        name: resource.fields[name].merged({} if name in exact else actual.get(name), value)
        for name, value in differing.items()
    }
    change = Change(
        resource, dict(actual), _adapted(resource, {**actual, **merged}, actual), identifier
    )
    return change if change.fields else None


def _adapted(resource, after, before) -> dict:
    """Return an object as it will be without what the server drops by itself."""
    return (
        resource.adapt(after, before, f"{resource.name} {resource.label(before or after)}")
        if resource.adapt
        else after
    )


def plan_removals(
    resource: Resource, others: Mapping, present: int, emptied: bool, purge: Purge
) -> list[Change]:
    """Return the removal of every object of ``others``, which nobody describes, within the bounds
    of ``purge``.

    Protected objects stay, unless told otherwise. Raises InputError where the bounds are
    overstepped.
    """
    removals = [
        Change(resource, dict(known.object), None, known.identifier)
        for known in others.values()
        if purge.remove_protected or not protection(resource, known.object)
    ]
    purge.check(
        resource.name, len(removals), present, [change.name for change in removals], emptied
    )
    return removals


def protection(resource: Resource, obj: Mapping) -> str | None:
    """Return the name of the field that protects ``obj`` from being removed, if one does."""
    return next((name for name in resource.protected if obj.get(name)), None)


@dataclass(frozen=True)
class Referable:
    """By what the objects of a kind can be referred to."""

    words: Mapping[Any, str]  # identifier -> the word for the object
    # A text that means several objects -> which, and how to tell them apart.
    unclear: Mapping[str, str]


def check_references(
    described: Sequence[tuple[Resource, Mapping, Mapping]],
    changes: Sequence[Change],
    known: Mapping[str, Referable],
) -> None:
    """Raise InputError when a description names an object that will not exist, or says what means
    several objects.

    ``described`` holds each description with what is there; ``known`` maps a kind to what the
    server has. What ``changes`` make and remove is added and taken away. What is there may stay.
    """
    # Kind -> word -> why it means nothing any more.
    fates: dict[str, dict[str, str]] = {kind: {} for kind in known}
    names = {kind: dict(referable.words) for kind, referable in known.items()}
    for change in (change for change in changes if change.resource.name in known):
        kind, old, new = (
            change.resource.name,
            *(side and change.resource.key_of(side)[0] for side in (change.before, change.after)),
        )
        word = names[kind].pop(change.identifier, old) if old is not None and new != old else None
        if word is not None:
            fates[kind][word] = (
                "would be removed"
                if new is None
                else f"would be called {new!r} by then; call it that"
            )
        if new is not None and new != old:
            code = change.after.get(change.resource.code)
            names[kind] |= {("will be", new, code): new, ("by its code", new, code): code}
    words = {kind: set(found.values()) for kind, found in names.items()}
    for resource, wanted, actual in described:
        there = resource.references(actual)
        touched = resource.references(
            {
                name: value
                for name, value in wanted.items()
                if not resource.fields[name].same(actual.get(name), value)
            }
        )
        for reference in resource.references(wanted):
            option, kind, name = reference
            place = f"{resource.name} {resource.label({**actual, **wanted})}: {option}".replace(
                " :", ":"
            )
            if name in known[kind].unclear and reference in touched:
                raise InputError(
                    f"{place} names the {kind} {name!r}, which means several: {known[kind].unclear[name]}"
                )
            if name not in words[kind] and (reference not in there or name in fates[kind]):
                raise InputError(
                    f"{place} names the {kind} {name!r}, which {fates[kind].get(name, 'does not exist')}."
                )


def as_diff(changes: Sequence[Change]) -> list[dict]:
    """Render changes for ``--diff``: one difference for each."""
    return [change.difference() for change in changes]

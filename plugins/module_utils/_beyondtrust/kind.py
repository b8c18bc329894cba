"""What a kind of object of the Configuration API is made of, and what is peculiar about it:
everything about a kind stands with the kind.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .._core.errors import ServerError
from .._core.resource import Resource


class Below(ABC):
    """What lies below an object and has requests of its own: a list, or some more attributes."""

    @abstractmethod
    def read(self, backend: Any, path: str, record: Mapping[str, Any]) -> dict:
        """Return what the appliance has, by the names of fields. ``path`` is that of the object."""

    def write(self, backend: Any, path: str, record: Mapping[str, Any], wanted: Any) -> None:
        """Bring it to what is wanted."""
        raise NotImplementedError(
            f"{path}: what is written with the object has no request of its own."
        )


@dataclass(frozen=True)
class Sublist(Below):
    """A list below an object: its path, the attributes that tell one entry from another, and what
    the API can do with it.
    """

    name: str  # of the field
    path: str
    key: tuple[str, ...]
    paged: bool = True
    patched: bool = False  # an entry can be changed; otherwise it is removed and made anew
    plain: bool = False  # an entry has no attributes beside its key
    # The attribute that stands in an entry's path, where that is not the key.
    entry: str | None = None
    # The attribute in which a new entry repeats the id of the object above.
    parent: str | None = None
    ways: tuple[
        tuple[str, ...], ...
    ] = ()  # attributes that name an entry: the first that all have values count, and no others

    def read(self, backend: Any, path: str, record: Mapping[str, Any]) -> dict:
        """Return the entries as they are compared."""
        return {self.name: self.shown(self.entries(backend, path))}

    def write(self, backend: Any, path: str, record: Mapping[str, Any], wanted: Any) -> None:
        """Add before removing, so that nobody loses what stays."""
        present, wanted = self.entries(backend, path), wanted or []
        self.begin(backend, present, wanted)
        for method, entry, body in self.steps(present, wanted):
            if method == "POST":
                body = self.new(
                    backend, {self.parent: record["id"], **body} if self.parent else body
                )
            backend.tell(
                method, path + self.path if entry is None else f"{path}{self.path}/{entry}", body
            )

    def begin(self, backend: Any, present: Sequence[Mapping[str, Any]], wanted: Sequence) -> None:
        """Take notice of what is going to change."""

    def new(self, backend: Any, body: dict) -> dict:
        """Return what a new entry is made with."""
        return body

    def entries(self, backend: Any, path: str) -> list[dict]:
        """Return the entries of the list, each named in one way only. Raises ServerError where they
        are not what is documented.
        """
        entries = backend.records(path + self.path, self.paged)
        for entry in entries:
            if not isinstance(self._place(entry), int) or any(
                isinstance(value, (list, dict)) for value in entry.values()
            ):
                raise ServerError(
                    f"A list {self.path} below an object holds an entry that is not of the documented shape."
                )
        return [self._named_once(entry) for entry in entries]

    def shown(self, entries: Sequence[Mapping[str, Any]]) -> list:
        """Return the entries as they are compared: 0 stands for what is not set (schema
        GroupPolicyJumpGroup).
        """
        if self.plain:
            return [entry[self.key[0]] for entry in entries]
        return [
            {
                name: None if name.endswith("_id") and value == 0 else value
                for name, value in entry.items()
            }
            for entry in entries
        ]

    def steps(
        self, present: Sequence[Mapping[str, Any]], wanted: Sequence
    ) -> Iterator[tuple[str, Any, dict | None]]:
        """Yield the requests that turn what is ``present`` into what is ``wanted``: method, entry
        in the path, body.
        """
        by_key = {self._of(entry): entry for entry in present}
        wanted = [{self.key[0]: each} if self.plain else each for each in wanted]
        for each in wanted:
            entry = by_key.get(self._of(each))
            old = self.shown([entry])[0] if entry and not self.plain else {}
            if entry is None:
                yield "POST", None, each
            elif not self.plain and any(
                old.get(name) != each.get(name) for name in {*each, *self._settable(old)}
            ):
                if self.patched and set(each) >= self._settable(old):
                    yield (
                        "PATCH",
                        self._place(entry),
                        {name: value for name, value in each.items() if name not in self.key},
                    )
                else:
                    yield "DELETE", self._place(entry), None
                    yield "POST", None, each
        kept = {self._of(each) for each in wanted}
        for key, entry in by_key.items():
            if key not in kept:
                yield "DELETE", self._place(entry), None

    def _named_once(self, entry):
        way = next((way for way in self.ways if all(map(entry.get, way))), self.key)
        others = {name for names in self.ways for name in names} - {*way}
        return {name: value for name, value in entry.items() if name not in others}

    def _of(self, entry):
        return tuple(entry.get(name) or None for name in self.key)

    def _place(self, entry):
        return entry.get(self.entry or self.key[0])

    def _settable(self, entry) -> set[str]:
        """Return the attributes of an entry that mean something and that were not left out on
        purpose.
        """
        return {
            name
            for name in ("role", "jump_item_role_id", "jump_policy_id")
            if entry.get(name) is not None
        }


def below(*parts: Sublist) -> dict[str, Below]:
    """Return lists below an object by the queries that read and write them, which are called like
    the fields.
    """
    return {part.name: part for part in parts}


@dataclass(frozen=True, kw_only=True)
class Kind(Resource):
    """A kind of object of the Configuration API."""

    filters: tuple[
        str, ...
    ] = ()  # attributes that its list can be filtered by (parameters of the path); any other is refused with 401
    more_lists: tuple[
        Mapping[str, str], ...
    ] = ()  # parameters under which the list shows objects that it does not show without them
    # Records that belong to the list, and that the API does not show.
    unlisted: tuple[Mapping[str, Any], ...] = ()
    parent: Kind | None = (
        # The kind of object below which the list lies: its id stands in the path as {<kind>}, and
        # in <kind>_id of a record.
        None
    )
    # Query -> what has requests of its own.
    below: Mapping[str, Below] = field(default_factory=dict)
    from_server: Callable[[dict], dict | None] = (
        # A record in the form in which it is compared; None for one that this kind does not stand
        # for.
        dict
    )
    to_server: Callable[[dict], dict] = dict  # the body of a request in the server's form
    provisioned: bool = False  # whether a change counts for nobody until the object is provisioned

    def path(self, record: Mapping[str, Any]) -> str:
        """Return the path of its list, for a record that says what object the list lies below."""
        return (
            self.endpoint.format(**{self.parent.name: record[f"{self.parent.name}_id"]})
            if self.parent
            else self.endpoint
        )

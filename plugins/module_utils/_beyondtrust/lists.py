"""Lists of the Configuration API: how all pages of one are read, and which lists lie below an object."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from json import dumps
from threading import Lock
from typing import Any

from .._core.errors import ServerError
from .._core.http import Session

PAGE = 100  # objects; the most that the API allows
LARGEST_PAGE, LARGEST_LIST = 16 * 2 ** 20, 256 * 2 ** 20  # bytes of a page, and of all pages of a list
MOST_PAGES, MOST_UNCOUNTED_PAGES = 2000, 500


@dataclass(frozen=True)
class Sublist:
    """A list below an object: its path, the attributes that tell one entry from another, and what the API can do with it."""

    path: str
    key: tuple[str, ...]
    paged: bool = True
    patched: bool = False  # an entry can be changed; otherwise it is removed and made anew
    plain: bool = False  # an entry has no attributes beside its key
    entry: str | None = None  # the attribute that stands in an entry's path, where that is not the key
    parent: str | None = None  # the attribute in which a new entry repeats the id of the object above
    ways: tuple[tuple[str, ...], ...] = ()  # attributes that name an entry: the first that all have values count, and no others

    def read(self, entries: Sequence[Mapping[str, Any]]) -> list[dict]:
        """Return the entries of the list, each named in one way only. Raises ServerError where they are not what is documented."""
        for entry in entries:
            if not isinstance(self._place(entry), int) or any(isinstance(value, (list, dict)) for value in entry.values()):
                raise ServerError(f"A list {self.path} below an object holds an entry that is not of the documented shape.")
        return [self._named_once(entry) for entry in entries]

    def shown(self, entries: Sequence[Mapping[str, Any]]) -> list:
        """Return the entries as they are compared: 0 stands for what is not set (schema GroupPolicyJumpGroup)."""
        if self.plain:
            return [entry[self.key[0]] for entry in entries]
        return [{name: None if name.endswith("_id") and value == 0 else value for name, value in entry.items()} for entry in entries]

    def steps(self, there: Sequence[Mapping[str, Any]], wanted: Sequence) -> Iterator[tuple[str, Any, dict | None]]:
        """Yield the requests that turn what is ``there`` into what is ``wanted``: method, entry in the path, body."""
        by_key = {self._of(entry): entry for entry in there}
        wanted = [{self.key[0]: each} if self.plain else each for each in wanted]
        for each in wanted:
            entry = by_key.get(self._of(each))
            old = self.shown([entry])[0] if entry and not self.plain else {}
            if entry is None:
                yield "POST", None, each
            elif not self.plain and any(old.get(name) != each.get(name) for name in {*each, *self._settable(old)}):
                if self.patched and set(each) >= self._settable(old):
                    yield "PATCH", self._place(entry), {name: value for name, value in each.items() if name not in self.key}
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
        """Return the attributes of an entry that mean something and that were not left out on purpose."""
        return {name for name in ("role", "jump_item_role_id", "jump_policy_id") if entry.get(name) is not None}


_USER = ("user_id",)
# A user has one security provider, and the list of them need not show it (on Remote Support its types are others). That the API also shows
# the distinguished name of a user is a guess, for which the vendor's Terraform provider is prepared.
POLICY_MEMBERS = Sublist(
    "/member", ("security_provider_id", "user_id", "group_name", "distinguished_name"), entry="id",
    ways=(("user_id",), ("security_provider_id", "distinguished_name"), ("security_provider_id", "group_name")),
)
SUBLISTS: dict[tuple[str, str], Sublist] = {
    ("jump_group", "members"): Sublist("/user", _USER, patched=True),
    ("jumpoint", "members"): Sublist("/user", _USER, plain=True),
    ("team", "members"): Sublist("/user", _USER, patched=True, parent="team_id"),  # which schema TeamUser requires beside the path
    ("group_policy", "members"): POLICY_MEMBERS,
    ("group_policy", "jump_groups"): Sublist("/jump-group", ("jump_group_id",), paged=False),
    ("group_policy", "jumpoints"): Sublist("/jumpoint", ("jumpoint_id",), plain=True),
    ("group_policy", "teams"): Sublist("/team", ("team_id",)),
    ("group_policy", "vault_accounts"): Sublist("/vault-account", ("account_id",), paged=False),
    ("group_policy", "vault_account_groups"): Sublist("/vault-account-group", ("account_group_id",), paged=False),
    ("vault_account", "users"): Sublist("/user", _USER, patched=True),
    ("vault_account_group", "users"): Sublist("/user", _USER, patched=True),
}


def every_page(session: Session, page: Callable[..., tuple[list[dict], Mapping[str, str], int]], what: str) -> list[dict]:
    """Return the objects of all pages. ``page(per_page=, current_page=)`` returns one with its headers and its size in bytes.

    Raises ServerError where there are fewer objects than the appliance counts, also after asking once more:
    somebody may have removed one between two pages.
    """
    counted = None
    for _attempt in range(2):
        pages = _Pages(page, what)
        found = pages.read(1)
        last, total = (_number(pages.headers, name) for name in ("last-page", "total"))
        if last is None:
            if counted is not None:
                raise ServerError(f"GET {what} first counted {counted} objects and then none: its list is not to be trusted.")
            return _uncounted_pages(pages, found)
        if last > MOST_PAGES or total is not None and last > max(1, total):
            raise ServerError(f"GET {what} claims to have {last} pages{'' if total is None else f' with {total} objects'}: its list is not to be trusted.")
        for more in session.each(pages.read, range(2, last + 1)):
            found += more
        different = {record.get("id") for record in found} - {None}
        counted = total
        if total is None or len(found) == total and len(different) in (0, total):
            return found
    raise ServerError(f"GET {what} lists {len(different) or len(found)} objects and counts {counted}: its list is not to be trusted.")


class _Pages:
    """The pages of a list, which are bounded all together: each for itself may be large."""

    def __init__(self, page, what):
        self.what, self.headers = what, {}
        self._page, self._size, self._lock = page, 0, Lock()

    def read(self, number: int) -> list[dict]:
        """Return the objects of a page. Raises ServerError for too many, and where all that was read is too much."""
        if self._size <= LARGEST_LIST:
            found, headers, size = self._page(per_page=PAGE, current_page=number)
            with self._lock:
                self._size += size
            if number == 1:
                self.headers = headers
            elif len(found) > PAGE:
                raise ServerError(f"GET {self.what} answers {len(found)} objects on a page of {PAGE}: its list is not to be trusted.")
        if self._size > LARGEST_LIST:
            raise ServerError(f"GET {self.what} has pages of more than {LARGEST_LIST} bytes in all, and was refused.")
        return found


def _uncounted_pages(pages, found) -> list[dict]:
    """Read on while pages are full: no document says that the headers are always there. A page that brings nothing new is no progress."""
    number, more, known = 1, found, set(map(_identity, found))
    while len(more) == PAGE:
        number += 1
        if number > MOST_UNCOUNTED_PAGES:
            told = f"{MOST_UNCOUNTED_PAGES} pages of {PAGE} were read, and each was full"
            raise ServerError(f"GET {pages.what} does not count its objects and has no end: {told}.")
        more = pages.read(number)
        new = [record for record in more if _identity(record) not in known]
        if more and not new:
            raise ServerError(f"GET {pages.what} answers the same page again and again: its list is not to be trusted.")
        known.update(map(_identity, new))
        found += new  # one that moved to the next page, as another was made meanwhile, is there twice
    return found


def _identity(record) -> str:
    """Return what tells a record from another: its id, where it has one."""
    return dumps(record["id"] if isinstance(record.get("id"), (int, str)) else record, sort_keys=True, default=str)


def _number(headers, name) -> int | None:
    value = headers.get(f"x-bt-pagination-{name}", "").strip()
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 10 else None

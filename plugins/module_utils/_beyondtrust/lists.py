"""Lists of the Configuration API: how all pages of one are read."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Callable, Mapping
from json import dumps
from threading import Lock

from .._core.errors import ServerError
from .._core.http import Session

PAGE = 100  # objects; the most that the API allows
# Bytes of a page, and of all pages of a list.
LARGEST_PAGE, LARGEST_LIST = 16 * 2**20, 256 * 2**20
MOST_PAGES, MOST_UNCOUNTED_PAGES = 2000, 500


def every_page(
    session: Session, page: Callable[..., tuple[list[dict], Mapping[str, str], int]], what: str
) -> list[dict]:
    """Return the objects of all pages. ``page(per_page=, current_page=)`` returns one with its
    headers and its size in bytes.

    Raises ServerError where there are fewer objects than the appliance counts, also after asking
    once more: somebody may have removed one between two pages.
    """
    counted = None
    for _attempt in range(2):
        pages = _Pages(page, what)
        found = pages.read(1)
        last, total = (_number(pages.headers, name) for name in ("last-page", "total"))
        if last is None:
            if counted is not None:
                raise ServerError(
                    f"GET {what} first counted {counted} objects and then none: its list is not to be trusted."
                )
            return _uncounted_pages(pages, found)
        if last > MOST_PAGES or total is not None and last > max(1, total):
            raise ServerError(
                f"GET {what} claims to have {last} pages{'' if total is None else f' with {total} objects'}: its list is not to be trusted."
            )
        for more in session.each(pages.read, range(2, last + 1)):
            found += more
        different = {record.get("id") for record in found} - {None}
        counted = total
        if total is None or len(found) == total and len(different) in (0, total):
            return found
    raise ServerError(
        f"GET {what} lists {len(different) or len(found)} objects and counts {counted}: its list is not to be trusted."
    )


class _Pages:
    """The pages of a list, which are bounded all together: each for itself may be large."""

    def __init__(self, page, what):
        self.what, self.headers = what, {}
        self._page, self._size, self._lock = page, 0, Lock()

    def read(self, number: int) -> list[dict]:
        """Return the objects of a page. Raises ServerError for too many, and where all that was
        read is too much.
        """
        if self._size <= LARGEST_LIST:
            found, headers, size = self._page(per_page=PAGE, current_page=number)
            with self._lock:
                self._size += size
            if number == 1:
                self.headers = headers
            elif len(found) > PAGE:
                raise ServerError(
                    f"GET {self.what} answers {len(found)} objects on a page of {PAGE}: its list is not to be trusted."
                )
        if self._size > LARGEST_LIST:
            raise ServerError(
                f"GET {self.what} has pages of more than {LARGEST_LIST} bytes in all, and was refused."
            )
        return found


def _uncounted_pages(pages, found) -> list[dict]:
    """Read on while pages are full: no document says that the headers are always there. A page that
    brings nothing new is no progress.
    """
    number, more, known = 1, found, set(map(_identity, found))
    while len(more) == PAGE:
        number += 1
        if number > MOST_UNCOUNTED_PAGES:
            told = f"{MOST_UNCOUNTED_PAGES} pages of {PAGE} were read, and each was full"
            raise ServerError(
                f"GET {pages.what} does not count its objects and has no end: {told}."
            )
        more = pages.read(number)
        new = [record for record in more if _identity(record) not in known]
        if more and not new:
            raise ServerError(
                f"GET {pages.what} answers the same page again and again: its list is not to be trusted."
            )
        known.update(map(_identity, new))
        # One that moved to the next page, as another was made meanwhile, is there twice.
        found += new
    return found


def _identity(record) -> str:
    """Return what tells a record from another: its id, where it has one."""
    return dumps(
        record["id"] if isinstance(record.get("id"), (int, str)) else record,
        sort_keys=True,
        default=str,
    )


def _number(headers, name) -> int | None:
    value = headers.get(f"x-bt-pagination-{name}", "").strip()
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 10 else None

"""What a kind of object of the Configuration API is: its place, its attributes, and what must be
unique in it.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ..fields import Field


@dataclass(frozen=True, eq=False)
class Kind:
    """One kind of object.

    `collection` is its path without ids. `fields` are what an answer holds and, unless `taken` says
    otherwise, what a body may hold. `parent` is the collection that it hangs on, `key` the
    attribute that the last segment of its path names. `unique` attributes are unique in the
    collection (beside the same parent), `perhaps_unique` with the switch names_unique only. A code
    name that is not given is made from the attribute `named_by`. `only` is the product that has the
    kind.
    """

    collection: str
    fields: Mapping[str, Field]
    taken: Mapping[str, Field] | None = None
    parent: str = ""
    key: str = "id"
    unique: tuple[str, ...] = ()
    perhaps_unique: tuple[str, ...] = ()
    named_by: str = ""
    only: str = ""

    def shown(self, product: str) -> Mapping[str, Field]:
        """The attributes of an answer."""
        return of_product(self, product)[0]

    def accepted(self, product: str) -> Mapping[str, Field]:
        """The attributes that a body may hold; those that are read-only are among them."""
        return of_product(self, product)[1]


@cache
def of_product(kind: Kind, product: str) -> tuple[Mapping[str, Field], Mapping[str, Field]]:
    """The attributes of an answer and of a body, without those that only the other product has."""
    return select(kind.fields, product), select(
        kind.fields if kind.taken is None else kind.taken, product
    )


def select(fields: Mapping[str, Field], product: str) -> dict[str, Field]:
    """The fields that a product has."""
    return {name: each for name, each in fields.items() if each.only in ("", product)}

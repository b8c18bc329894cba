"""The objects of the Configuration API in the appliance's site: seeding, finding, adding and
removing them.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import copy
from collections.abc import Iterator

from .fields import MISSING, Findings, fit_object
from .kinds import KINDS, kind_of
from .kinds.kind import Kind
from .kinds.vault import association, whole_association

NEXT_ID, PARENT = "_next_id", "_parent"
ASSOCIATIONS = ("vault/account/jump-item-association", "vault/account-group/jump-item-association")
"""Collections that hang on another and have no kind: an account or a group has at most one."""


def collections() -> tuple[str, ...]:
    """Every collection of the store. API accounts are not among them: they stand in the site
    itself.
    """
    return (*(name for name in KINDS if name != "api-account"), *ASSOCIATIONS)


def stored(appliance, collection: str) -> dict[str, dict]:
    """The records of a collection by their key in the store (the identifier, for those that have
    one).
    """
    return appliance.site["config"][collection]


def records(appliance, collection: str, parent: int | None = None) -> Iterator[dict]:
    """The records of a collection in the order in which they were made, beside one parent where one
    is given.
    """
    for record in stored(appliance, collection).values():
        if parent is None or record[PARENT] == parent:
            yield record


def get(appliance, collection: str, identifier: int) -> dict | None:
    """The record with an identifier."""
    return stored(appliance, collection).get(str(identifier))


def find(appliance, collection: str, **attributes) -> list[dict]:
    """The records whose attributes have exactly these values. The records are live."""
    return [
        record
        for record in records(appliance, collection)
        if all(name in record and record[name] == value for name, value in attributes.items())
    ]


def add(appliance, collection: str, record: dict, parent: int | None = None) -> dict:
    """Keep a new record under the next identifier of its collection, which is never given out
    again.
    """
    numbers = appliance.site["config"].setdefault(NEXT_ID, {})
    number = numbers.get(collection) or 1 + max(map(int, stored(appliance, collection)), default=0)
    numbers[collection] = number + 1
    kind = KINDS.get(collection)
    whole = {"id": number, **record} if kind and "id" in kind.fields else dict(record)
    if parent is not None:
        whole[PARENT] = parent
    stored(appliance, collection)[str(number)] = whole
    return whole


def remove(appliance, collection: str, unwanted) -> None:
    """Remove the records of a collection for which `unwanted` is true."""
    kept = stored(appliance, collection)
    for key in [key for key, record in kept.items() if unwanted(record)]:
        del kept[key]


def initial(kind: Kind, product: str) -> dict:
    """The attributes that a new object has where none are given."""
    values = {name: each.initial() for name, each in kind.shown(product).items()}
    return {name: value for name, value in values.items() if value is not MISSING}


def complete_records(config: dict, product: str) -> dict:
    """A copy of a seed with every collection and every default. Raises ValueError for names or
    values that are not described.
    """
    known = {
        name for name in collections() if name not in KINDS or KINDS[name].only in ("", product)
    }
    unknown = [
        name
        for name, given in config.items()
        if name not in known and not name.startswith("_") and given
    ]
    if unknown:
        raise ValueError(f"config has no collection {', '.join(unknown)}")
    whole: dict = {
        name: copy.deepcopy(value) for name, value in config.items() if name.startswith("_")
    }
    numbers = whole.setdefault(NEXT_ID, {})
    for collection in collections():
        whole[collection] = {
            str(key): _complete(collection, str(key), record, product)
            for key, record in config.get(collection, {}).items()
        }
        last = max(map(int, whole[collection]), default=0)
        numbers[collection] = max(numbers.get(collection, 1), last + 1)
    return whole


def _complete(collection: str, key: str, record: dict, product: str) -> dict:
    """A record of a seed with its defaults."""
    hidden = {name: copy.deepcopy(value) for name, value in record.items() if name.startswith("_")}
    given = {name: value for name, value in record.items() if not name.startswith("_")}
    kind = None if collection in ASSOCIATIONS else kind_of(collection, given)
    fields = kind.shown(product) if kind else association(product)
    findings = Findings()
    fitted = fit_object(given, fields, "", findings, partial=True, seed=True)
    secret = [name for name in fitted if fields[name].write_only]
    for name in findings.unknown + secret:
        findings.add(name, "There is no such attribute; secrets start with an underscore.")
    if findings.errors:
        raise ValueError(f"config: {collection} {key}: {findings.errors}")
    if PARENT not in hidden and (kind is None or kind.parent):
        raise ValueError(f"config: {collection} {key} has no {PARENT}")
    if kind is None:
        return {**whole_association(fitted), **hidden}
    identifier = {"id": int(key)} if "id" in kind.fields else {}
    return {**initial(kind, product), **fitted, **identifier, **hidden}

"""Creations and changes: defaults, code names, references, uniqueness and the rules of the kinds."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import re
from collections.abc import Iterator

from . import provisioning, store
from .answers import INVALID, Refused
from .fields import Field, Findings
from .kinds import kind_of
from .rules import AFTER_CREATION, RULES, Change
from .store import PARENT


def create(appliance, collection: str, given: dict, parent: int | None = None) -> dict:
    """Keep a new object and return its record. Raises Refused and keeps nothing where something is
    wrong with it.
    """
    kind = kind_of(collection, given)
    record = {**store.initial(kind, appliance.product), **given}
    if (
        kind.named_by
        and not given.get("code_name")
        and appliance.switches.code_name_default == "generated"
    ):
        record["code_name"] = _free_code_name(appliance, collection, record[kind.named_by])
    settled = _settle(Change(appliance, collection, kind, record, given, None, parent))
    made = store.add(appliance, collection, settled, parent)
    numbered = appliance.switches.code_name_default == "numbered"
    if kind.named_by and numbered and not made.get("code_name"):
        made["code_name"] = f"{collection.rpartition('/')[2].replace('-', '_')}_{made['id']}"
    if collection in AFTER_CREATION:
        AFTER_CREATION[collection](appliance, made)
    if collection == "user":
        provisioning.provision(appliance, [made])
    return made


def change(appliance, collection: str, record: dict, given: dict) -> None:
    """Change the given attributes of a record. Raises Refused and changes nothing where something
    is wrong with them.
    """
    kind = kind_of(collection, record)
    record.update(
        _settle(
            Change(
                appliance, collection, kind, {**record, **given}, given, record, record.get(PARENT)
            )
        )
    )


def create_jump_item(appliance, kind: str, record: dict) -> dict:
    """Keep a new Jump Item of a kind ("shell-jump") as POST would, and return its record. Raises
    Refused.

    The types and lengths of what is given must be right already: an import has limits of its own.
    """
    return create(appliance, f"jump-item/{kind}", record)


def _settle(made: Change) -> dict:
    """The record after the change, held against everything but the types and sizes of the given
    values.
    """
    _check_fixed(made)
    _check_references(made)
    if made.collection in RULES:
        RULES[made.collection](made)
    _check_unique(made)
    if made.findings.errors:
        raise Refused(422, INVALID, made.findings.errors)
    accepted = made.kind.accepted(made.appliance.product)
    return {
        (f"_{name}" if name in accepted and accepted[name].write_only else name): value
        for name, value in made.record.items()
    }


def _check_fixed(made: Change) -> None:
    for name, each in made.kind.accepted(made.appliance.product).items():
        if (
            made.before is not None
            and each.fixed
            and name in made.given
            and made.given[name] != made.before.get(name)
        ):
            made.findings.add(name, "The field cannot be changed after creation.")


def references(value: object, described: Field) -> Iterator[tuple[str, int]]:
    """The collections and identifiers to which a value refers. 0 refers to nothing."""
    if isinstance(value, list) and described.of:
        for item in value:
            yield from references(item, described.of)
    elif isinstance(value, dict) and described.parts:
        for name, part in described.parts.items():
            yield from references(value.get(name), part)
    elif described.refers and value:
        yield described.refers, value


def _check_references(made: Change) -> None:
    for name, described in made.kind.accepted(made.appliance.product).items():
        if name in made.given:
            check_references(made.appliance, name, made.given[name], described, made.findings)


def check_references(
    appliance, name: str, value: object, described: Field, findings: Findings
) -> None:
    """Note an error for a reference to an object that does not exist."""
    for collection, identifier in references(value, described):
        if store.get(appliance, collection, identifier) is None:
            findings.add(name, f"The selected {name} is invalid.")


def _check_unique(made: Change) -> None:
    names = made.kind.unique
    if made.appliance.switches.names_unique == "all":
        names += made.kind.perhaps_unique
    for name in names:
        value = made.record.get(name)
        if name not in made.given or value in ("", None):
            continue
        for other in store.records(made.appliance, made.collection, made.parent):
            if other is not made.before and other.get(name) == value:
                made.findings.add(name, f"The {name} has already been taken.")
                break


def _free_code_name(appliance, collection: str, name: str) -> str:
    """A code name made from a name that no other object of the collection has: a guess at how the
    server makes it.
    """
    base = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:56] or "unnamed"
    taken = {record.get("code_name") for record in store.records(appliance, collection)}
    number, code_name = 1, base
    while code_name in taken:
        number += 1
        code_name = f"{base}_{number}"
    return code_name

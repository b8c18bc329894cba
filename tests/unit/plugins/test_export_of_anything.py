"""The law ``plan(export(server)) == []`` for servers that show what our rules do not expect.

Every attribute of every kind of every platform is in turn empty, null, zero, false, left out, too
long, too large, of another form and of a value that the vendor's document does not name.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from copy import copy, deepcopy

import httpx
import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.jump_items import (
    Unshown,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.errors import Error
from ansible_collections.remoteops.access.plugins.module_utils._core.given import as_given
from ansible_collections.remoteops.access.plugins.module_utils._core.http import Session
from ansible_collections.remoteops.access.plugins.module_utils._core.reconcile import (
    config_spec,
    export_config,
    object_rules,
    object_spec,
    plan_config,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.resource import Field, Resource
from ansible_collections.remoteops.access.plugins.module_utils._core.server import Server
from ansible_collections.remoteops.access.plugins.module_utils._fastx.api import FASTX
from ansible_collections.remoteops.access.plugins.module_utils._screenconnect.api import (
    SCREENCONNECT,
)
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.api import SIMPLEHELP
from tests.unit.appliances import PRODUCTS

# Server -> its platform, the fixture that starts it, and the arguments of that.
SERVERS = {
    "simplehelp": (SIMPLEHELP, "simplehelp", ()),
    **{product: (BEYONDTRUST, "beyondtrust", (product,)) for product in PRODUCTS},
    "screenconnect": (SCREENCONNECT, "screenconnect", ()),
    "fastx": (FASTX, "fastx", ()),
}
ABSENT = "(left out)"  # stands for an attribute that the server does not show
OF_TYPE = {
    "str": ["", " ", "x" * 20_000, "Of no\nform that: we know; ", "\u202ee\u0301\x00"],
    "int": [0, -1, 2**40],
    "bool": [False, True],
    "list": [[]],
    "dict": [{}],
}


class Recorded:
    """A Backend that answers what another one answered, of which anything can be altered; it cannot
    write.
    """

    def __init__(self, backend, resources):
        self.product = backend.product
        self.session = Session(
            "http://server.test",
            transport=httpx.MockTransport(
                lambda request: pytest.fail("nothing here may use the network")
            ),
        )
        product = self.product
        self.records = {
            each.name: deepcopy(backend.list(each)) if not each.only or product in each.only else []
            for each in resources
        }
        self.fields = {
            (each.name, query): deepcopy(
                backend.read_fields(
                    each, query, self.records[each.name], [None] * len(self.records[each.name])
                )
            )
            for each in resources
            if self.records[each.name]
            for query in each.queries
        }

    def copied(self) -> Recorded:
        """Return another one that answers the same."""
        other = copy(self)
        other.records, other.fields = deepcopy(self.records), deepcopy(self.fields)
        return other

    def list(self, resource):
        """Return copies of all records of a kind."""
        return deepcopy(self.records[resource.name])

    def search(self, resource, key):
        """Leave it to the list."""

    def get(self, resource, key):
        """Return one record."""
        return next(
            (
                deepcopy(record)
                for record in self.records[resource.name]
                if key.items() <= record.items()
            ),
            None,
        )

    def read_fields(self, resource, query, records, only):
        """Return copies of what a query told of some objects."""
        numbers = [
            [known.get(resource.id) for known in self.records[resource.name]].index(
                record.get(resource.id)
            )
            for record in records
        ]
        return [deepcopy(self.fields[resource.name, query][number]) for number in numbers]


@contextmanager
def connected(request, name) -> Iterator[tuple]:
    """Give a platform, a backend of a simulated server, and the server."""
    platform, fixture, arguments = SERVERS[name]
    simulated = request.getfixturevalue(fixture)(*arguments)
    options = {
        **{option: entry.get("default") for option, entry in platform.connection.items()},
        **simulated.options,
    }
    backend = platform.connect(options.__getitem__, True)
    with closing(backend.session):
        yield platform, backend, simulated


RECORDINGS: dict[str, Recorded] = {}


def recorded(request, name) -> Recorded:
    """Return what a server holds, asked once."""
    if name not in RECORDINGS:
        with connected(request, name) as (platform, backend, _simulated):
            RECORDINGS[name] = Recorded(backend, platform.resources)
    return RECORDINGS[name]


def managed(platform, product) -> list[Resource]:
    """Return the kinds that can be exported from a product."""
    return [
        each
        for each in platform.resources
        if each.verbs and (not each.only or product in each.only)
    ]


def values_of(resource: Resource, name: str, field: Field) -> list:
    """Return what a server may show in the place of an attribute ``name``, or of one within it."""
    if name in resource.one_of:
        return [None, ABSENT]
    # Of an object that has an identifier beside its name, the name may be empty, too.
    if name in resource.key:
        return (
            []
            if field.ref or field.type != "str"
            else OF_TYPE["str"][0 if resource.id_field else 2 :]
        )
    if field.ref:
        known = [[999_999], [0]] if field.type == "list" else [999_999, 0]
        return [None, ABSENT, *known, *([[]] if field.type == "list" else [])]
    values = [None, ABSENT, *OF_TYPE[field.type]]
    if field.type == "list" and not field.fields:
        values += [[value] for value in OF_TYPE[field.elements]] + [
            [str(number) if field.elements == "str" else number for number in range(200)]
        ]
    if field.type == "dict" and field.free:
        values += [{"": ""}, {" a\n": " b\n"}] if field.elements == "str" else []
    return values


def places_of(fields, within=()) -> Iterator[tuple[tuple, Field]]:
    """Yield each attribute, nested ones too, as the names on the wire that lead to it."""
    for name, field in fields.items():
        if not field.secret:
            yield (*within, name if not within else field.wire or name), field
            if field.fields:
                yield from places_of(
                    field.fields, (*within, name if not within else field.wire or name)
                )


def put(holder, path, value) -> None:
    """Put a value there, wherever the path leads."""
    if isinstance(holder, list):
        for each in holder:
            put(each, path, value)
    elif isinstance(holder, dict) and len(path) > 1:
        put(holder.get(path[0]), path[1:], value)
    elif isinstance(holder, dict) and value is ABSENT:
        holder.pop(path[0], None)
    elif isinstance(holder, dict):
        holder[path[0]] = value


VALIDATORS: dict[tuple, tuple] = {}


def through_ansible(platform, options, resource=None) -> dict:
    """Return the options of the module for a kind, or of that for everything, as they come out of
    Ansible's own checks.
    """
    place = platform.name, resource and resource.name
    if place not in VALIDATORS:
        spec = object_spec(resource) if resource else config_spec(platform)
        VALIDATORS[place] = (
            spec,
            ArgumentSpecValidator(
                as_given(spec, {})[0], **(object_rules(resource) if resource else {})
            ),
        )
    spec, validator = VALIDATORS[place]
    assert as_given(spec, options)[1] is None
    checked = validator.validate(json.loads(json.dumps(options)))
    assert not checked.error_messages, checked.error_messages
    return checked.validated_parameters


def differences(platform, backend, resource) -> list:
    """Return what the export of a kind would change, or why it is refused: as a whole, with and
    without purge, and object by object.
    """
    words = {resource.name, *(field.purge for field in resource.fields.values())}
    purgeable = [word for word in config_spec(platform)["purge"]["choices"] if word in words]
    try:
        document = export_config(Server(backend, platform.resources), [resource.name])
        changes = []
        for purge in ([], purgeable):
            options = through_ansible(
                platform,
                {"config": document, "purge": purge, "max_removed": 0, "max_removed_percent": 0},
            )
            changes += plan_config(Server(backend, platform.resources), options)
        server = Server(backend, platform.resources)
        for each in document[resource.name] if resource.key else [document[resource.name]]:
            changes += server.plan({resource.name: [through_ansible(platform, each, resource)]})
    except (AssertionError, Error) as exc:
        return [f"{type(exc).__name__}: {exc}"]
    return [change.described() for change in changes]


@pytest.mark.parametrize("name", SERVERS)
def test_what_any_server_exports_plans_to_nothing(request, name):
    original, platform = recorded(request, name), SERVERS[name][0]
    failures, tried = [], {}
    for resource in managed(platform, original.product):
        for path, field in places_of(resource.fields):
            top = resource.fields[path[0]]
            identifies = path[0] == resource.id_field or resource.id == (top.wire or path[0])
            if (
                identifies
                or isinstance(field, Unshown)
                or len(path) > 1
                and field.required
                or field.only
                and original.product not in field.only
            ):
                continue
            for value in values_of(resource, path[0], field):
                altered = original.copied()
                holders = (
                    altered.fields[resource.name, top.query]
                    if top.query
                    else altered.records[resource.name]
                )
                # Two of one name have a test of their own.
                for holder in (
                    holders[:1] if path[0] in resource.key and not resource.one_of else holders
                ):
                    # What a query tells is named as we name it; what stands in the record, as the
                    # server does.
                    put(
                        holder,
                        (
                            path[0] if top.query and not top.with_object else top.wire or path[0],
                            *path[1:],
                        ),
                        value,
                    )
                changes = differences(platform, altered, resource)
                failures += [(resource.name, path, str(value)[:30], changes)] if changes else []
                tried[resource.name] = tried.get(resource.name, 0) + len(holders)
    assert failures == []
    assert list(tried) == [
        resource.name for resource in managed(platform, original.product)
    ] and all(tried.values())

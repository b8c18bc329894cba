"""A server of no vendor for tests of the core: kinds of object with every trait that the four
platforms need, kept in memory.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, replace
from threading import Lock

import httpx

from ansible_collections.remoteops.access.plugins.module_utils._core.errors import (
    OutcomeUnknown,
    Refused,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.http import Session
from ansible_collections.remoteops.access.plugins.module_utils._core.resource import Field, Resource
from ansible_collections.remoteops.access.plugins.module_utils._core.server import Server

# A plain kind that others refer to; can be renamed; nested, free and closed mappings; write-only
# fields of both sorts.
TEAM = Resource(
    name="team",
    endpoint="teams",
    id_field="team_id",
    fields={
        "team_id": Field("int", computed=True, wire="id"),
        "name": Field(),
        "comments": Field(),
        "size": Field("int"),
        "mail": Field(
            "dict",
            wire="mailSettings",
            fields={
                "enabled": Field("bool"),
                "subject": Field(wire="subjectLine"),
                "copies": Field("list", elements="str"),
            },
        ),
        "settings": Field("dict", free=True),
        "door_code": Field(secret=True, wire="doorCode"),
        "rights": Field("dict", elements="bool", free=True, closed=True, query="rights"),
        "password": Field(secret=True, query="password"),
    },
)
# Refers to teams; some of its objects are protected.
USER = Resource(
    name="user",
    endpoint="users",
    key=("username",),
    id_field="user_id",
    protected=("is_built_in",),
    fields={
        "user_id": Field("int", computed=True, wire="id"),
        "username": Field(),
        "display_name": Field(wire="displayName"),
        "teams": Field("list", elements="str", ref="team", wire="teamIDs"),
        "home_team": Field(ref="team", wire="homeTeamID"),
        "steps": Field("list", elements="str", ordered=True),
        "is_built_in": Field("bool", computed=True, wire="builtIn"),
        "password": Field(secret=True, query="password"),
    },
)
# Hangs on a parent: a compound key of references; cannot be changed.
MEMBERSHIP = Resource(
    name="membership",
    endpoint="memberships",
    key=("team", "user"),
    verbs=("create", "delete"),
    fields={
        "team": Field(ref="team", wire="teamID"),
        "user": Field(ref="user", wire="userID"),
    },
)
# Cannot be made or removed; found by key or by name; several fields share a query, one has
# removable keys.
MACHINE = Resource(
    name="machine",
    endpoint="machines",
    key=("machine_id",),
    id="machineID",
    alias="name",
    verbs=("update",),
    fields={
        "machine_id": Field(wire="machineID", option="machine"),
        "name": Field(),
        "notes": Field(query="notes"),
        "warnings": Field(query="notes"),
        "properties": Field(
            "dict", elements="str", free=True, purge="property", query="properties"
        ),
    },
)
# There is one such object.
SITE = Resource(
    name="site",
    endpoint="site",
    key=(),
    id=None,
    verbs=("update",),
    fields={
        "hostname": Field(query="hostname"),
        "admitted": Field("list", elements="str", query="admitted"),
    },
)
RESOURCES = (TEAM, USER, MEMBERSHIP, MACHINE, SITE)
# Found and referred to by a code, too; bounded; with what a new one needs and what cannot be
# changed later.
POLICY = Resource(
    name="policy",
    endpoint="policies",
    code="code",
    id_field="policy_id",
    fields={
        "policy_id": Field("int", computed=True, wire="id"),
        "name": Field(required=True, least=1, most=20),
        "code": Field(pattern="[a-z_]*", most=10),
        "system": Field(choices=("posix", "windows"), required=True, fixed=True),
        "hours": Field("int", least=0, most=24),
        "comments": Field(nullable=True),
        "failures": Field("int", transient=True),
    },
)
# Has lists of objects: with a key, read and written apart; with a key of two parts; in an order of
# their own.
GROUP = Resource(
    name="group",
    endpoint="groups",
    code="code",
    id_field="group_id",
    fields={
        "group_id": Field("int", computed=True, wire="id"),
        "name": Field(required=True),
        "code": Field(),
        "policy": Field(ref="policy", by_code=True, wire="policyCode"),
        "watched_by": Field(ref="policy", wire="watcherID"),
        "members": Field(
            "list",
            elements="dict",
            key=("user",),
            query="members",
            fields={
                "user": Field(ref="user", wire="userID", required=True),
                "role": Field(choices=("reader", "writer")),
                "policy": Field(ref="policy", wire="policyID"),
            },
        ),
        "ranges": Field(
            "list",
            elements="dict",
            key=("start", "end"),
            most=3,
            fields={"start": Field(required=True), "end": Field(required=True), "note": Field()},
        ),
        "rules": Field(
            "list",
            elements="dict",
            ordered=True,
            fields={"ports": Field("list", elements="int"), "allow": Field("bool")},
        ),
    },
)
# Lies in a group or belongs to a user.
ITEM = Resource(
    name="item",
    endpoint="items",
    key=("name", "group", "owner"),
    one_of=("group", "owner"),
    id_field="item_id",
    fields={
        "item_id": Field("int", computed=True, wire="id"),
        "name": Field(required=True),
        "group": Field(ref="group", wire="groupID"),
        "owner": Field(ref="user", wire="ownerID"),
        "size": Field("int"),
    },
)
WITH_CODES = (TEAM, USER, POLICY, GROUP, ITEM)
RIGHTS = {"chat": True, "transfer": False}


@dataclass
class Mishap:
    """What becomes of the next ``times`` calls of a verb: ``error`` is raised before the effect or
    after it; None says yes and does nothing.
    """

    verb: str
    error: Exception | None
    effect: bool = False
    name: str | None = None  # only for objects with this name
    times: int = 1


class InMemory:
    """A Backend (see server.py) over dictionaries. ``log`` has a line for each call."""

    def __init__(self, resources=RESOURCES, session=None, connections: int = 1):
        self.pauses: list[float] = []
        self.session = session or Session(
            "http://server.test",
            transport=httpx.MockTransport(_no_network),
            sleep=self.pauses.append,
            connections=connections,
        )
        self.resources, self.product = resources, None
        self.records: dict[str, list[dict]] = {resource.name: [] for resource in resources}
        self.own: dict[tuple, dict] = {}  # (kind, id, query) -> fields
        self.log: list[tuple] = []
        self.mishaps: list[Mishap] = []
        self.searched: tuple[str, ...] = ()  # the kinds of which single objects can be looked for
        self.concluded = 0
        self._last, self._lock = 100, Lock()
        self.own["site", None, "hostname"], self.own["site", None, "admitted"] = (
            {"hostname": "old.example.org"},
            {"admitted": ["10.*"]},
        )
        self.records.get("site", []).append({})

    # --- for tests ----------------------------------------------------------------------------------------------------

    def add(self, resource: Resource, record: dict, **queries: dict) -> dict:
        """Put an object there, with the fields that ``queries`` read; returns its record."""
        with self._lock:
            if resource.id and resource.id not in record:
                self._last += 1
                record = {resource.id: self._last, **record}
            for query in resource.queries:
                default = {
                    "rights": {"rights": dict(RIGHTS)},
                    "properties": {"properties": {}},
                }.get(query, {})
                self.own[resource.name, record.get(resource.id), query] = queries.get(
                    query, default
                )
            self.records[resource.name].append(record)
        return record

    def fail(self, verb: str, error: Exception | None = None, **how) -> None:
        """Arrange a mishap."""
        self.mishaps.append(Mishap(verb, error, **how))

    def named(self, resource: Resource, name: str) -> dict:
        """Return the one record of an object with this name."""
        found = [
            record for record in self.records[resource.name] if self._name(resource, record) == name
        ]
        assert len(found) == 1, f"{len(found)} objects {name}"
        return found[0]

    def calls(self, *verbs: str) -> list[tuple]:
        """Return the lines of the log with one of these verbs; without any, the writes."""
        return [
            line
            for line in self.log
            if line[0] in (verbs or ("create", "update", "delete", "write_fields"))
        ]

    def server(self) -> Server:
        """Return a new view of this server, without a memory."""
        return Server(self, self.resources)

    # --- the verbs ----------------------------------------------------------------------------------------------------

    def list(self, resource):
        """Return copies of all records of a kind."""
        with self._happening("list", resource, ""):
            return deepcopy(self.records[resource.name])

    def get(self, resource, key):
        """Return a copy of one record by the fields of its key, in the server's own terms."""
        with self._happening("get", resource, next(iter(key.values()))):
            assert set(key) == {resource.fields[name].wire or name for name in resource.key}
            return deepcopy(
                next(
                    (
                        record
                        for record in self.records[resource.name]
                        if key.items() <= record.items()
                    ),
                    None,
                )
            )

    def matching(self, resource, key):
        """Return copies of all records by the fields of the key."""
        with self._happening("get", resource, next(iter(key.values()))):
            assert set(key) == {resource.fields[name].wire or name for name in resource.key}
            return deepcopy(
                [record for record in self.records[resource.name] if key.items() <= record.items()]
            )

    def forget(self):
        """Forget nothing, as nothing is kept."""

    def search(self, resource, key):
        """Return copies of the records that one of the texts fits, where the kind can be searched;
        else leave it to the whole list.
        """
        if resource.name not in self.searched or not key:
            return None
        with self._happening("search", resource, next(iter(key.values()))):
            fields = {resource.fields[name].wire or name: value for name, value in key.items()}
            return deepcopy(
                [
                    record
                    for record in self.records[resource.name]
                    if any(record.get(name) == value for name, value in fields.items())
                ]
            )

    def conclude(self):
        """Count, and fail where a mishap says so."""
        self.concluded += 1
        for mishap in self.mishaps:
            if mishap.verb == "conclude" and mishap.error:
                raise mishap.error

    def create(self, resource, body):
        """Make an object."""
        with self._happening("create", resource, self._name(resource, body)) as happens:
            if happens:
                self.add(resource, deepcopy(body))

    def update(self, resource, record, body):
        """Change the attributes in ``body``; nested objects are replaced, the crueller way."""
        with self._happening("update", resource, self._name(resource, record)) as happens:
            if happens:
                self._stored(resource, record).update(deepcopy(body))

    def delete(self, resource, record):
        """Remove an object."""
        with self._happening("delete", resource, self._name(resource, record)) as happens:
            if happens:
                self.records[resource.name].remove(self._stored(resource, record))

    def read_fields(self, resource, query, records, only):
        """Return the fields of a query for each record."""
        with self._happening("read_fields", resource, query):
            return [
                deepcopy(self.own[resource.name, record.get(resource.id), query])
                for record in records
            ]

    def write_fields(self, resource, query, record, before, after):
        """Set the fields of a query."""
        with self._happening(
            "write_fields",
            resource,
            self._name(resource, record),
            query,
            deepcopy(before),
            deepcopy(after),
        ) as happens:
            if happens:
                stored = self.own.setdefault((resource.name, record.get(resource.id), query), {})
                for name, value in after.items():
                    if resource.fields[name].free:  # what was neither read nor written stays
                        gone = (before.get(name) or {}).keys() - value.keys()
                        stored[name] = {
                            key: item
                            for key, item in {**(stored.get(name) or {}), **value}.items()
                            if key not in gone
                        }
                    else:
                        stored[name] = deepcopy(value)

    # --- parts --------------------------------------------------------------------------------------------------------

    def _name(self, resource, record):
        return (
            record.get(resource.fields[resource.key[0]].wire or resource.key[0], "")
            if resource.key
            else ""
        )

    def _stored(self, resource, record):
        for stored in self.records[resource.name]:
            if stored.get(resource.id) == record.get(resource.id):
                return stored
        raise Refused("there is no such object")

    def _happening(self, verb, resource, name, *more):
        with self._lock:
            self.log.append((verb, resource.name, name, *more))
            for mishap in self.mishaps:
                if mishap.verb == verb and mishap.times and mishap.name in (None, name):
                    mishap.times -= 1
                    return _Happening(replace(mishap))
        return _Happening(None)


class _Happening:
    """One call: whether it has its effect, and the error at its end."""

    def __init__(self, mishap):
        self._mishap = mishap

    def __enter__(self):
        if self._mishap and self._mishap.error and not self._mishap.effect:
            raise self._mishap.error
        return self._mishap is None or self._mishap.effect

    def __exit__(self, *error):
        if self._mishap and self._mishap.error and error == (None, None, None):
            raise self._mishap.error


def lost() -> OutcomeUnknown:
    """Return the error of a write without an answer."""
    return OutcomeUnknown("no answer in time. It is unknown whether the change was made.")


def _no_network(request):
    raise AssertionError(f"{request.method} {request.url}: nothing here may use the network")

"""Which jump items and clients of a BeyondTrust appliance become hosts, how these are named, and
what is known about them.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from itertools import product
from math import prod
from typing import Any

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import Backend
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.jump_items import (
    JUMP_CLIENT,
    JUMP_ITEMS,
)
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.products import ONLY_RS
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.resources import (
    RESOURCES,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.errors import (
    InputError,
    NotThere,
    ServerError,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.resource import Resource
from ansible_collections.remoteops.access.plugins.module_utils._core.server import Server
from ansible_collections.remoteops.access.plugins.plugin_utils._beyondtrust_clients import (
    connected_clients,
)
from ansible_collections.remoteops.access.plugins.plugin_utils._beyondtrust_targets import (
    connection_variables,
)
from ansible_collections.remoteops.access.plugins.plugin_utils._inventory import (
    InventoryHost,
    check_prefixes,
    digest,
    distinct,
    first_few,
    first_usable,
    group_name,
    prefixed,
    renaming,
    safe_host_name,
    taken,
)

KINDS = {resource.name: resource for resource in (*JUMP_ITEMS, JUMP_CLIENT)}
REFERRED = {resource.name: resource for resource in RESOURCES}
# The filters that name objects -> their kinds.
NAMED = {"jump_groups": "jump_group", "jumpoints": "jumpoint"}
CACHE_FORMAT = 1
RANKS = 3  # see _rank
FEW = 3  # lists that are asked for in the place of a whole one, however long that is
WILDCARDS = frozenset("*?[")


class Selection:
    """The jump items and clients that the options ask for."""

    parts = frozenset({"items", "jump_group", "jumpoint"})

    def __init__(self, option: Callable[[str], Any]):
        """Take the options apart. Raises InputError for those that make no sense."""
        check_prefixes(option)
        self._option = option
        self._kinds, self._personal, self._clients = (
            option("kinds"),
            option("personal_lists"),
            option("connected_clients"),
        )
        self._filters = {
            name: option(name)
            for name in ("jump_groups", "jumpoints", "tags", "names")
            if option(name) is not None
        }
        # Where no two hosts can want the same name, it does not matter which others there are.
        narrow = not option("stable_names") or option("host_name")[:1] == ["id"]
        self._sent = self._filters if narrow else {}
        self.asked = [
            CACHE_FORMAT,
            option("url"),
            self._kinds,
            self._personal,
            self._clients,
            self._sent,
        ]

    # --- what the appliance is asked ----------------------------------------------------------------------------------

    def read(self, server: Server) -> dict[str, Any]:
        """Return JSON values: ``items``, in the user's words, and the records of what the filters
        name, ``jump_group`` and ``jumpoint``.

        Makes as many requests as the lists have pages: those of the kinds, and of what their items
        refer to.
        """
        backend = server.backend
        kinds = self._kinds_of(backend.product)
        names = Names(backend)
        names.read(["jump_group", "jumpoint"])
        filters = self._on_wire(names, self._meant(names.records))
        listed = self._listed(backend, kinds, filters)
        if filters and not any(listed.values()):  # an appliance that has failed answers the same
            listed = self._listed(backend, kinds, {})
        if kinds and not any(listed.values()):
            raise ServerError(
                "The appliance lists neither a jump item nor a jump client: it has failed, or there are none yet."
            )
        records = [
            (KINDS[kind], record)
            for kind, found in listed.items()
            for record in found
            if self._is_there(record)
        ]
        names.read(
            {
                field.ref
                for resource, record in records
                for name, field in resource.fields.items()
                if field.ref
                and field.ref not in names.records
                and record.get(field.wire or name) is not None
            }
        )
        items = [_in_words(resource, record, names) for resource, record in records]
        if self._clients:
            items += connected_clients(backend, self._clients)
        return {"items": items, **{kind: names.records[kind] for kind in NAMED.values()}}

    def _kinds_of(self, product_name) -> list[Resource]:
        if self._clients and product_name not in ONLY_RS:
            raise InputError(
                f"{product_name} does not tell which clients are connected; {' and '.join(ONLY_RS)} does."
            )
        if self._kinds is None:
            return [
                resource
                for resource in KINDS.values()
                if not resource.only or product_name in resource.only
            ]
        for kind in self._kinds:
            KINDS[kind].check_product({}, product_name)
        return [resource for kind, resource in KINDS.items() if kind in self._kinds]

    def _meant(self, records: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, set[str]]:
        """Return the names of what the filters name. Raises InputError for what is not there."""
        return {
            option: _resolved(kind, self._filters[option], records[kind])
            for option, kind in NAMED.items()
            if option in self._filters
        }

    def _on_wire(self, names, meant) -> dict[str, list]:
        """Return what the appliance's own filters can say of the selection: parameter -> values of
        which one is to fit.
        """
        found = {
            f"{kind}_id": [
                record["id"] for record in names.records[kind] if record["name"] in meant[option]
            ]
            for option, kind in NAMED.items()
            if option in self._sent
        }
        for option, parameter in (("tags", "tag"), ("names", "name")):
            values = self._sent.get(option)
            if (
                values
                and all(values)
                and not (option == "names" and WILDCARDS & set("".join(values)))
            ):
                found[parameter] = list(dict.fromkeys(values))
        return {parameter: values for parameter, values in found.items() if values}

    def _queries(self, resource, filters) -> Iterator[dict]:
        """Yield the parameters of each list of a kind that has to be read."""
        if "jumpoint_id" in filters and "jumpoint" not in resource.fields:
            return
        few = {name: values for name, values in filters.items() if len(values) <= FEW}
        if prod(map(len, few.values())) > FEW:
            few = {name: values for name, values in few.items() if len(values) == 1}
        for values in product(*few.values()):
            query = dict(zip(few, values, strict=True))
            if not self._personal or "jump_group_id" in query:
                query["jump_group_type"] = "shared"
            yield query
            # Their list is documented as that of shared ones. That it tells of others when they are
            # asked for is a guess.
            if resource is JUMP_CLIENT and "jump_group_type" not in query:
                yield {**query, "jump_group_type": "personal"}

    def _listed(self, backend, kinds, filters) -> dict[str, list[dict]]:
        """Return the records of each kind, those that fit several queries once."""
        requests = [
            (resource, query) for resource in kinds for query in self._queries(resource, filters)
        ]
        found: dict[str, dict] = {}
        for (resource, _query), records in zip(
            requests,
            backend.session.each(lambda request: self._list(backend, *request), requests),
            strict=True,
        ):
            for record in records:
                identifier = record.get("id")
                if not isinstance(identifier, int) or isinstance(identifier, bool):
                    raise ServerError(f"GET {resource.endpoint} answered an object without an id.")
                found.setdefault(resource.name, {})[identifier] = record
        return {kind: list(records.values()) for kind, records in found.items()}

    def _list(self, backend, resource, query) -> list[dict]:
        try:
            return [
                resource.from_server(record)
                for record in backend.records(resource.endpoint, **query)
            ]
        except NotThere:
            # The other lists are answered, so that it is no permission that lacks: this version
            # does not have the kind.
            if self._kinds is not None:
                raise
            return []

    def _is_there(self, record) -> bool:
        return record.get("connection_type") != "uninstalled" and (
            self._personal or record.get("personal_list_of") is None
        )

    # --- what becomes of the answer -----------------------------------------------------------------------------------

    def described(
        self, inventory, found: Mapping[str, Any]
    ) -> tuple[dict[str, str | None], list[InventoryHost], list[str]]:
        """Return what goes into Ansible's ``inventory``: groups -> parents, hosts by name, and
        warnings.

        ``found`` is what ``read`` returns. Names come from all of it, so that they do not depend on
        which items are selected.
        """
        option, filters = self._option, {**self._filters, **self._meant(found)}
        items = {(item["kind"], item["id"]): item for item in sorted(found["items"], key=_rank)}
        places = {key: self._places(item) for key, item in items.items()}
        ranked: list[dict] = [{} for _rank in range(RANKS)]
        for key, item in items.items():
            ranked[_rank(item)].update(
                {place: group_name(option("group_prefix"), place) for place in places[key]}
            )
        group_names = _distinct(ranked, lambda place: digest(place)[:8], inventory.hosts)
        ranked = [{} for _rank in range(RANKS)]
        for key, item in items.items():
            ranked[_rank(item)][key] = first_usable(
                _text(item, name) for name in (*option("host_name"), "id")
            )
        host_names = _distinct(
            ranked,
            lambda key: safe_host_name(_text(items[key], "id")),
            [*taken(inventory), *group_names.values()],
        )
        hosts, used, renamed, unreachable = [], set(), [], []
        for key, item in items.items():
            if _fits(item, filters):
                to_connect, usable = connection_variables(option, item)
                variables = {**prefixed(option("vars_prefix"), item), **to_connect}
                hosts.append(
                    InventoryHost(
                        host_names[key], variables, [group_names[place] for place in places[key]]
                    )
                )
                used.update(places[key])
                renamed += [host_names[key]] if host_names[key] != ranked[_rank(item)][key] else []
                unreachable += [] if usable else [host_names[key]]
        hosts.sort(key=lambda host: host.name)
        warnings = renaming(sorted(renamed), len(hosts))
        if unreachable:
            warnings.append(
                f"The address of some hosts is no host name and no IP address, or means the machine itself, so that ansible_host is not set: "
                f"{first_few(sorted(unreachable))}"
            )
        return {group_names[place]: None for place in sorted(used)}, hosts, warnings

    def _places(self, item) -> list[tuple[str, ...]]:
        """Return the groups that hold an item, each as the parts of its name."""
        found = {
            "jump_group": ("personal", item["personal_list_of"])
            if item.get("personal_list_of")
            else (item.get("jump_group"),),
            **{name: (name, item.get(name)) for name in ("jumpoint", "kind", "tag")},
        }
        return [
            place for name in dict.fromkeys(self._option("group_by")) if (place := found[name])[-1]
        ]


class Names:
    """What objects are called to which jump items refer by their ids."""

    def __init__(self, backend: Backend):
        self.records: dict[str, list[dict]] = {}
        self._backend = backend
        self._names: dict[str, dict[int, str]] = {}

    def read(self, kinds: Sequence[str] | set[str]) -> None:
        """Read the names of some kinds, side by side."""
        kinds = sorted(kinds)
        for kind, records in zip(
            kinds,
            self._backend.session.each(lambda kind: self._backend.list(REFERRED[kind]), kinds),
            strict=True,
        ):
            resource = REFERRED[kind]
            if not all(isinstance(record.get(resource.key[0]), str) for record in records):
                raise ServerError(f"GET {resource.endpoint} answered an object without a name.")
            self._names[kind] = {record["id"]: record[resource.key[0]] for record in records}
            codes = {
                record["id"]: code
                for record in records
                if isinstance(code := record.get(resource.code), str)
            }
            self.records[kind] = [
                {"id": identifier, "name": name, "code": codes.get(identifier)}
                for identifier, name in self._names[kind].items()
            ]

    def __call__(self, kind: str, identifier: Any) -> str:
        """Return a name by the id. Raises ServerError where a jump item is said to lie in, or go
        through, something that is not there.
        """
        if identifier not in self._names[kind] and kind in ("jump_group", "jumpoint", "user"):
            self.read([kind])  # made since, perhaps
            if identifier not in self._names[kind]:
                raise ServerError(
                    f"A jump item refers to the {kind} {identifier}, which GET {REFERRED[kind].endpoint} does not list: it is not to be trusted."
                )
        return self._names[kind].get(identifier, f"(unknown {kind} {identifier})")


def _in_words(resource, record, names) -> dict:
    try:
        item = {"kind": resource.name, **resource.from_wire(record, names)}
        usable = all(
            item.get(name) is None or isinstance(item[name], str)
            for name in ("name", "hostname", "fqdn", "tag")
        )
    except (AttributeError, KeyError, TypeError, ValueError):
        usable = False
    if not usable:
        raise ServerError(
            f"GET {resource.endpoint} answered a {resource.name} that is not of the documented shape."
        )
    return item


def _rank(item) -> int:
    """Return who gives an item its name: administrators (0), a user for a personal list (1), or
    anybody who connects (2).
    """
    return 2 if item["kind"] not in KINDS else 1 if item.get("personal_list_of") else 0


def _distinct(ranked: Sequence[Mapping[Any, str]], suffix, reserved) -> dict[Any, str]:
    """Return names as `distinct` does, but none of those who rank lower changes one of those who
    rank higher.
    """
    names: dict[Any, str] = {}
    for wanted in ranked:
        new = {key: name for key, name in wanted.items() if key not in names}
        names.update(distinct(new, suffix, [*reserved, *names.values()]))
    return names


def _text(item, name) -> Any:
    return f"{item['kind']}_{item['id']}" if name == "id" else item.get(name)


def _resolved(kind, words, records) -> set[str]:
    """Return the names of the objects that are meant by their names or codes. Raises InputError for
    one that is not there.
    """
    names, codes = (
        {record["name"] for record in records},
        {record["code"]: record["name"] for record in records if record["code"]},
    )
    for word in words:
        if word not in names and word not in codes:
            raise InputError(f"There is no {kind} named {word!r}.")
    return {word if word in names else codes[word] for word in words}


def _fits(item, filters) -> bool:
    if "names" in filters and not any(
        fnmatchcase(item.get("name") or "", pattern) for pattern in filters["names"]
    ):
        return False
    if item["kind"] not in KINDS:  # connected clients have none of these
        return True
    return (
        ("jump_groups" not in filters or item["jump_group"] in filters["jump_groups"])
        and ("jumpoints" not in filters or item.get("jumpoint") in filters["jumpoints"])
        and ("tags" not in filters or (item.get("tag") or "") in filters["tags"])
    )

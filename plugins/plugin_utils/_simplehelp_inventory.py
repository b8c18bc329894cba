"""Which machines of a SimpleHelp server become hosts, how these are named, and what is known about
them.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from ansible_collections.remoteops.access.plugins.module_utils._core.errors import (
    InputError,
    ServerError,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.server import Server
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.api import objects
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.reads import (
    add_part,
    snake_case,
)
from ansible_collections.remoteops.access.plugins.plugin_utils._inventory import (
    InventoryHost,
    check_prefixes,
    digest,
    distinct,
    first_usable,
    group_name,
    prefixed,
    renaming,
    safe_host_name,
    taken,
)

# What `host_name` offers -> the server's attribute.
NAMES = {"name": "name", "hostname": "hostname", "machine_id": "machineID"}
CACHE_FORMAT = 1
# The options that decide what the server is asked.
CONTENT = ("url", "online", "machine_group", "os", "properties", "gather", "inherited_properties")

# Characters of what a server says that an expression of the user's is looked for in.
LONGEST_TEXT = 200


class Selection:
    """The machines that the options ask for, and what else they want to know about them."""

    parts = frozenset({"machines", "selected"})

    def __init__(self, option: Callable[[str], Any]):
        """Take the options apart. Raises InputError for those that make no sense."""
        check_prefixes(option)
        self.asked = [CACHE_FORMAT, *(option(name) for name in CONTENT)]
        self._option = option
        self._online, self._gather, self._inherited = (
            option("online"),
            option("gather"),
            option("inherited_properties"),
        )
        self._paths = _paths(option("machine_group"))
        self._properties = {key: _texts(key, value) for key, value in option("properties").items()}
        try:
            self._os = re.compile(option("os")) if option("os") else None
        except re.error as exc:
            raise InputError(f"os is not a regular expression: {exc}.") from None

    def read(self, server: Server) -> dict:
        """Return JSON values: ``machines``, the record of every machine, and ``selected``, machine
        ID -> what was gathered.

        Makes one request for the list, and one for each part and batch of machines.
        """
        machines = _checked(server.backend.machines())
        for path in self._paths:
            if not any(_is_below(machine, path) for machine in machines):
                raise InputError(
                    f"No machine is in the machine group {'/'.join(path)} or below it."
                )
        found = [
            {"machine_id": machine["machineID"]} for machine in machines if self._fits(machine)
        ]
        if self._properties or "properties" in self._gather:
            add_part(server, "properties", found, self._inherited)
            found = [machine for machine in found if self._has_properties(machine["properties"])]
        for part in self._gather:
            if part != "properties":
                add_part(server, part, found, self._inherited)
        if "properties" not in self._gather:
            for machine in found:
                machine.pop("properties", None)
        return {
            "machines": machines,
            "selected": {machine.pop("machine_id"): machine for machine in found},
        }

    def described(
        self, inventory, found: Mapping[str, Any]
    ) -> tuple[dict[str, str | None], list[InventoryHost], list[str]]:
        """Return what goes into Ansible's ``inventory``: groups -> parents, hosts by name, and
        warnings.

        ``found`` is what ``read`` returns. Names come from all machines, so that they do not depend
        on which are selected.
        """
        option, machines, selected = self._option, found["machines"], found["selected"]
        group_names = {}
        if option("machine_groups"):
            paths = {path for machine in machines for path in _ancestry(machine)}
            wanted = {path: group_name(option("group_prefix"), path) for path in paths}
            group_names = distinct(wanted, lambda path: digest(path)[:8], inventory.hosts)
        attributes = [*(NAMES[name] for name in option("host_name")), "machineID"]
        wanted = {
            machine["machineID"]: first_usable(map(machine.get, attributes)) for machine in machines
        }
        host_names = distinct(wanted, safe_host_name, [*taken(inventory), *group_names.values()])
        hosts, used = [], set()
        for machine in machines:
            if machine["machineID"] in selected:
                variables = prefixed(
                    option("vars_prefix"), {**snake_case(machine), **selected[machine["machineID"]]}
                )
                group = group_names.get(_path(machine))
                hosts.append(
                    InventoryHost(
                        host_names[machine["machineID"]], variables, [group] if group else []
                    )
                )
                used.update(_ancestry(machine))
        hosts.sort(key=lambda host: host.name)
        parents = (
            {group_names[path]: group_names.get(path[:-1]) for path in sorted(used)}
            if group_names
            else {}
        )
        renamed = sorted(host_names[key] for key in selected if host_names[key] != wanted[key])
        return parents, hosts, renaming(renamed, len(hosts))

    def _fits(self, machine) -> bool:
        return (
            (self._online is None or bool(machine.get("online")) == self._online)
            and (not self._paths or any(_is_below(machine, path) for path in self._paths))
            and (
                self._os is None
                or bool(self._os.search(str(machine.get("os") or "")[:LONGEST_TEXT]))
            )
        )

    def _has_properties(self, properties) -> bool:
        return all(properties.get(key) in texts for key, texts in self._properties.items())


def _checked(machines) -> list[dict]:
    """Return the records of the machines, if they are what the document says and there are any."""
    objects("machines/list", machines, "machineID")
    if not machines:
        raise ServerError(
            "machines/list answered an empty list: the server has failed, or no machine has registered with it yet."
        )
    for machine in machines:
        path = machine.get("groups") or []
        if (
            not isinstance(machine["machineID"], str)
            or not isinstance(path, list)
            or not all(isinstance(part, str) for part in path)
        ):
            raise ServerError(
                "machines/list answered a machine whose machineID is not a text or whose groups are not a list of texts."
            )
    if len({machine["machineID"] for machine in machines}) < len(machines):
        raise ServerError("machines/list answered two machines with the same machineID.")
    return machines


def _path(machine) -> tuple[str, ...]:
    return tuple(machine.get("groups") or ())


def _ancestry(machine) -> list[tuple[str, ...]]:
    """Return the paths of the machine's group and of all groups above it."""
    path = _path(machine)
    return [path[: depth + 1] for depth in range(len(path))]


def _is_below(machine, path) -> bool:
    return _path(machine)[: len(path)] == path


def _paths(given) -> list[tuple[str, ...]]:
    """Return the paths of machine groups in what may be one path or a list of them."""
    paths = [given] if all(isinstance(part, str) for part in given or [0]) else given or []
    for path in paths:
        if (
            not isinstance(path, list)
            or not path
            or not all(isinstance(part, str) for part in path)
        ):
            raise InputError(
                "machine_group must be a path, such as [United Kingdom, London], or a list of paths."
            )
    return [tuple(path) for path in paths]


def _texts(key, value) -> list[str]:
    texts = value if isinstance(value, list) else [value]
    if not isinstance(key, str) or not all(isinstance(text, str) for text in texts):
        raise InputError(
            f"properties: {key} must have a text, or a list of texts. Put what is to be a text in quotes."
        )
    return texts

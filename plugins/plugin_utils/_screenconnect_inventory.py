"""Which sessions of a ScreenConnect server become hosts, how these are named, and what is known
about them.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ansible_collections.remoteops.access.plugins.module_utils._core.errors import (
    InputError,
    ServerError,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.server import Server
from ansible_collections.remoteops.access.plugins.module_utils._screenconnect.filters import (
    EVERYTHING,
    FIELDS,
    selecting,
)
from ansible_collections.remoteops.access.plugins.module_utils._screenconnect.properties import (
    PropertyNames,
)
from ansible_collections.remoteops.access.plugins.module_utils._screenconnect.reads import (
    SELECTING,
    selected,
)
from ansible_collections.remoteops.access.plugins.module_utils._screenconnect.records import (
    shown_session,
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

CACHE_FORMAT = 1
# The options that decide what the server is asked, and in which words it is understood.
CONTENT = ("url", "property_names", *SELECTING)


class Selection:
    """The sessions that the options ask for."""

    parts = frozenset({"sessions"})

    def __init__(self, option: Callable[[str], Any]):
        """Take the options apart. Raises InputError for those that make no sense."""
        check_prefixes(option)
        names = PropertyNames(option("property_names"))
        self._option, self._path = option, [names.word(name) for name in option("property_groups")]
        for choice in ("where", "like"):
            unknown = (option(choice) or {}).keys() - {*FIELDS, "custom_properties"}
            if unknown:
                raise InputError(f"{choice} has no {', '.join(sorted(unknown))}.")
        self._params = {name: option(name) for name in SELECTING}
        selecting(self._params, names)  # raises InputError for what makes no expression
        self.asked = [CACHE_FORMAT, *(option(name) for name in CONTENT)]

    def read(self, server: Server) -> dict:
        """Return ``sessions``, the record of each that is selected, as JSON values."""
        found = [
            record for record in selected(server.backend, self._params) if not record["IsEnded"]
        ]
        if not found and not server.backend.sessions_again("GetSessionsByFilter", EVERYTHING):
            raise ServerError(
                "GetSessionsByFilter answered an empty list: the server has failed, or it has no session yet."
            )
        return {"sessions": found}

    def described(
        self, inventory, found: Mapping[str, Any]
    ) -> tuple[dict[str, str | None], list[InventoryHost], list[str]]:
        """Return what goes into Ansible's ``inventory``: groups -> parents, hosts by name, and
        warnings.

        ``found`` is what ``read`` returns. Names come from all of it, so that they do not depend on
        which guests are online.
        """
        option, online = self._option, self._params["online"]
        sessions = {record["SessionID"]: shown_session(record) for record in found["sessions"]}
        paths = {identifier: self._path_of(session) for identifier, session in sessions.items()}
        wanted_groups = {
            part: group_name(option("group_prefix"), part)
            for path in paths.values()
            for part in _ancestry(path)
        }
        group_names = distinct(wanted_groups, lambda path: digest(path)[:8], inventory.hosts)
        attributes = [*option("host_name"), "id"]
        wanted = {
            identifier: first_usable(map(session.get, attributes))
            for identifier, session in sessions.items()
        }
        host_names = distinct(wanted, safe_host_name, [*taken(inventory), *group_names.values()])
        hosts, used = [], set()
        for identifier, session in sessions.items():
            if online in (None, session["online"]):
                groups = [group_names[paths[identifier]]] if paths[identifier] else []
                hosts.append(
                    InventoryHost(
                        host_names[identifier], prefixed(option("vars_prefix"), session), groups
                    )
                )
                used.update(_ancestry(paths[identifier]))
        parents = {group_names[path]: group_names.get(path[:-1]) for path in sorted(used)}
        names = {host.name for host in hosts}
        renamed = sorted(
            host_names[identifier]
            for identifier in sessions
            if host_names[identifier] != wanted[identifier] and host_names[identifier] in names
        )
        return parents, sorted(hosts, key=lambda host: host.name), renaming(renamed, len(hosts))

    def _path_of(self, session) -> tuple[str, ...]:
        """Return the values of the properties that make groups, up to the first that is empty."""
        path = []
        for name in self._path:
            if not session["custom_properties"][name].strip():
                break
            path.append(session["custom_properties"][name])
        return tuple(path)


def _ancestry(path) -> list[tuple[str, ...]]:
    """Return a path and all paths above it."""
    return [path[: depth + 1] for depth in range(len(path))]

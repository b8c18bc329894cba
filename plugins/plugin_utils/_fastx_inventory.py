"""Which sessions of a FastX user become hosts, how these are named, and what is known about them."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ansible_collections.remoteops.access.plugins.module_utils._core.errors import (
    InputError,
    ServerError,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.server import Server
from ansible_collections.remoteops.access.plugins.module_utils._fastx.answers import snake_case
from ansible_collections.remoteops.access.plugins.module_utils._fastx.reads import filter_text
from ansible_collections.remoteops.access.plugins.module_utils._fastx.sessions import (
    NAME,
    parameters_of,
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
# The options that decide what the server is asked.
CONTENT = ("url", "username", "server_id", "filter", "params", "connected")


class Selection:
    """The sessions that the options ask for."""

    parts = frozenset({"sessions", "selected"})

    def __init__(self, option: Callable[[str], Any]):
        """Take the options apart. Raises InputError for those that make no sense."""
        check_prefixes(option)
        self.asked = [CACHE_FORMAT, *(option(name) for name in CONTENT)]
        self._option, self._connected = option, option("connected")
        self._filters = [filter_text(member, values) for member, values in option("filter").items()]
        self._params = {key: _texts(key, value) for key, value in option("params").items()}

    def read(self, server: Server) -> dict:
        """Return JSON values: ``sessions``, the record of every session of the user, and
        ``selected``, the ids of those that fit.

        Makes one request for all sessions, and one for those that the filters let through where
        there are some.
        """
        sessions = _checked(server.backend.sessions())
        found = server.backend.sessions(filter=self._filters) if self._filters else sessions
        return {
            "sessions": sessions,
            "selected": [session["id"] for session in found if self._fits(session)],
        }

    def described(
        self, inventory, found: Mapping[str, Any]
    ) -> tuple[dict[str, str | None], list[InventoryHost], list[str]]:
        """Return what goes into Ansible's ``inventory``: groups -> parents, hosts by name, and
        warnings.

        ``found`` is what ``read`` returns. Names come from all sessions, so that they do not depend
        on which are selected.
        """
        option, sessions, selected = self._option, found["sessions"], set(found["selected"])
        group_names = {}
        if option("server_groups"):
            machines = {
                session["hostname"]
                for session in sessions
                if isinstance(session.get("hostname"), str)
            }
            group_names = distinct(
                {name: group_name(option("group_prefix"), [name]) for name in machines},
                lambda name: digest(name)[:8],
                inventory.hosts,
            )
        wanted = {
            session["id"]: first_usable(_names(session, option("host_name")))
            for session in sessions
        }
        host_names = distinct(wanted, safe_host_name, [*taken(inventory), *group_names.values()])
        hosts, used = [], set()
        for session in sessions:
            if session["id"] in selected:
                group = group_names.get(str(session.get("hostname")))
                used.update([group] if group else [])
                hosts.append(
                    InventoryHost(
                        host_names[session["id"]],
                        prefixed(option("vars_prefix"), snake_case(session)),
                        [group] if group else [],
                    )
                )
        hosts.sort(key=lambda host: host.name)
        renamed = sorted(host_names[key] for key in selected if host_names[key] != wanted[key])
        return dict.fromkeys(sorted(used)), hosts, renaming(renamed, len(hosts))

    def _fits(self, session) -> bool:
        params = parameters_of(session)
        return (self._connected is None or bool(session.get("clients")) == self._connected) and all(
            params.get(key) in texts for key, texts in self._params.items()
        )


def _checked(sessions) -> list[dict]:
    """Return the records of the sessions, if each has an id of its own."""
    if len({session["id"] for session in sessions}) < len(sessions):
        raise ServerError("session/list answered two sessions with the same id.")
    return sessions


def _names(session, host_name) -> list[Any]:
    """Return what the host of a session may be called, the id last in any case."""
    known = {"id": session["id"], "name": parameters_of(session).get(NAME)}
    return [*(known[each] for each in host_name), session["id"]]


def _texts(key, value) -> list[str]:
    texts = value if isinstance(value, list) else [value]
    if not isinstance(key, str) or not all(isinstance(text, str) for text in texts):
        raise InputError(
            f"params: {key} must have a text, or a list of texts. Put what is to be a text in quotes."
        )
    return texts

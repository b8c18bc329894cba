"""What the inventory plugins of all platforms do: their options, their cache, and the way from a
server to hosts.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from ansible.errors import AnsibleParserError
from ansible.plugins.inventory import BaseInventoryPlugin, Cacheable, Constructable

from ansible_collections.remoteops.access.plugins.module_utils._core.errors import Error
from ansible_collections.remoteops.access.plugins.module_utils._core.quoting import (
    LONGEST_MESSAGE,
    quoted,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.resource import Platform
from ansible_collections.remoteops.access.plugins.module_utils._core.server import Server
from ansible_collections.remoteops.access.plugins.plugin_utils._connection import (
    check_options,
    connected,
)
from ansible_collections.remoteops.access.plugins.plugin_utils._fast_inventory import (
    compiled_once,
    populate,
)
from ansible_collections.remoteops.access.plugins.plugin_utils._inventory import (
    InventoryHost,
    construct,
    digest,
)

# Options whose templates are meant for each host.
EXPRESSIONS = ("compose", "groups", "keyed_groups")


class Selection(Protocol):
    """What the options of one inventory ask for."""

    asked: Any  # a JSON value that tells what decides over the answer of ``read``
    parts: frozenset[str]  # the keys of that answer

    def __init__(self, option: Callable[[str], Any]):
        """Take the options apart. Raises InputError for those that make no sense."""

    def read(self, server: Server) -> dict[str, Any]:
        """Return what the server says, as JSON values."""

    def described(
        self, inventory, found: Mapping[str, Any]
    ) -> tuple[dict[str, str | None], list[InventoryHost], list[str]]:
        """Return what goes into Ansible's ``inventory`` of what was ``found``: groups -> parents,
        hosts by name, and warnings.
        """


class PlatformInventory(BaseInventoryPlugin, Constructable, Cacheable):
    """Parses a file ``*<platform>.yml`` into hosts."""

    platform: Platform
    selection: type[Selection]

    def verify_file(self, path):
        """Tell whether the file is one of this plugin."""
        return super().verify_file(path) and path.endswith(
            (f"{self.platform.name}.yml", f"{self.platform.name}.yaml")
        )

    def set_options(self, task_keys=None, var_options=None, direct=None):
        """Set the options, after rendering the templates among them."""
        self.templar.available_variables = self._vars or {}
        rendered = {
            name: value if name in EXPRESSIONS else self.templar.template(value)
            for name, value in (direct or {}).items()
        }
        check_options(self, self.platform, rendered, AnsibleParserError)
        super().set_options(task_keys, var_options, rendered)

    def parse(self, inventory, loader, path, cache=True):
        """Add the hosts to the inventory."""
        super().parse(inventory, loader, path, cache)
        self._read_config_data(path)
        try:
            selection = self.selection(self.get_option)
            parents, hosts, warnings = selection.described(
                self.inventory, self._found(selection, path, cache)
            )
        except Error as exc:
            raise AnsibleParserError(quoted(exc, LONGEST_MESSAGE)) from None
        for warning in warnings:
            self.display.warning(quoted(warning, LONGEST_MESSAGE))
        # Only now, so that a failure leaves no part of the hosts behind.
        populate(self.inventory, parents, hosts)
        with compiled_once(self.templar):
            construct(self, [host.name for host in hosts])

    def _found(self, selection, path, cache):
        """Return what the selection finds on the server, or has found there according to the cache."""
        if not self.get_option("cache"):
            return self._asked(selection)
        key = f"{self.get_cache_key(path)}_{digest(selection.asked)}"
        if cache:
            try:
                found = self._cache[key]
                if isinstance(found, dict) and found.keys() == selection.parts:
                    return found
            except KeyError:
                pass
            except Exception as exc:  # whatever a cache plugin raises: the server can be asked
                self.display.warning(
                    f"The cache of the inventory cannot be read, so the server is asked: {quoted(exc)}"
                )
        self._cache[key] = found = self._asked(selection)
        try:
            self.set_cache_plugin()
        except Exception as exc:  # again whatever it raises: the inventory itself is complete
            del self._cache[key]
            self.display.warning(f"The cache of the inventory cannot be written: {quoted(exc)}")
        return found

    def _asked(self, selection):
        with connected(self.platform, self.get_option, AnsibleParserError) as server:
            return selection.read(server)

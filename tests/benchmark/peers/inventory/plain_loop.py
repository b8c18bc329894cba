"""An inventory plugin as one writes it from Ansible's documentation: its public API in a plain
loop, nothing clever.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import os
import re
import ssl

import httpx
from ansible.plugins.inventory import BaseInventoryPlugin, Constructable

DOCUMENTATION = """
name: plain_loop
short_description: Machines of a SimpleHelp server
description: Makes hosts and groups that are the same as those of the collection's own plugin.
extends_documentation_fragment: constructed
options:
  plugin:
    description: Says that the file belongs to this plugin.
    required: true
    choices: [plain_loop]
"""


class InventoryModule(BaseInventoryPlugin, Constructable):
    """Parses any file that names it."""

    NAME = "plain_loop"

    def parse(self, inventory, loader, path, cache=True):
        """Add every machine, with its variables and in its group, then what is computed."""
        super().parse(inventory, loader, path, cache)
        self._read_config_data(path)
        strict = self.get_option("strict")
        machines = sorted(self._machines(), key=lambda machine: machine["name"])
        # In order, as the collection's plugin does it: "the same result" is compared with the
        # order.
        for path in sorted(
            {tuple(machine["groups"][:depth]) for machine in machines for depth in (1, 2, 3)}
        ):
            inventory.add_group(self._group(path))
            if path[:-1]:
                inventory.add_child(self._group(path[:-1]), self._group(path))
        for machine in machines:
            inventory.add_host(machine["name"])
            for attribute, value in machine.items():
                name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", attribute).lower()
                inventory.set_variable(machine["name"], f"simplehelp_{name}", value)
            inventory.add_child(self._group(machine["groups"]), machine["name"])
        for machine in machines:
            name = machine["name"]
            self._set_composite_vars(
                self.get_option("compose"), inventory.get_host(name).get_vars(), name, strict
            )
            variables = inventory.get_host(name).get_vars()
            self._add_host_to_composed_groups(self.get_option("groups"), variables, name, strict)
            self._add_host_to_keyed_groups(self.get_option("keyed_groups"), variables, name, strict)

    def _group(self, path):
        return self._sanitize_group_name(
            "simplehelp_" + "_".join(re.sub(r"\W+", "_", name.lower()) for name in path)
        )

    def _machines(self):
        context = ssl.create_default_context(cafile=os.environ["SIMPLEHELP_CA_PATH"])
        url = f"{os.environ['SIMPLEHELP_URL']}/api/v1/{os.environ['SIMPLEHELP_API_TOKEN']}/machines/list"
        with httpx.Client(verify=context, timeout=60) as client:
            return (
                client.get(url, headers={"Content-Type": "application/json"})
                .raise_for_status()
                .json()
            )

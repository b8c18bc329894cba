"""An inventory plugin as one writes it from Ansible's and BeyondTrust's documentation: page after
page, Ansible's public API in a plain loop.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import os
import ssl
import time

import httpx
from ansible.plugins.inventory import BaseInventoryPlugin, Constructable

DOCUMENTATION = """
name: plain_loop_jump_items
short_description: Jump items of a BeyondTrust appliance
description: Makes hosts and groups that are the same as those of the collection's own plugin.
extends_documentation_fragment: constructed
options:
  plugin:
    description: Says that the file belongs to this plugin.
    required: true
    choices: [plain_loop_jump_items]
"""

# In order, as the collection's plugin does it: "the same result" is compared with the order.
SHELL_JUMP = (
    "id",
    "name",
    "jump_group",
    "jumpoint",
    "hostname",
    "protocol",
    "port",
    "username",
    "terminal",
    "keep_alive",
    "tag",
    "comments",
)
REMOTE_RDP = (
    "id",
    "name",
    "jump_group",
    "jumpoint",
    "hostname",
    "rdp_username",
    "domain",
    "quality",
    "console",
    "ignore_untrusted",
    "tag",
    "comments",
)


class InventoryModule(BaseInventoryPlugin, Constructable):
    """Parses any file that names it."""

    NAME = "plain_loop_jump_items"

    def parse(self, inventory, loader, path, cache=True):
        """Add every shell jump and RDP item, with its variables and in its group, then what is
        computed.
        """
        super().parse(inventory, loader, path, cache)
        self._read_config_data(path)
        strict = self.get_option("strict")
        items = sorted(self._items(), key=lambda item: item["name"])
        for name in sorted({item["jump_group"] for item in items}):
            inventory.add_group(self._group(name))
        for item in items:
            name = item["name"]
            inventory.add_host(name)
            inventory.set_variable(name, "beyondtrust_kind", item["kind"])
            for attribute in SHELL_JUMP if item["kind"] == "shell_jump" else REMOTE_RDP:
                inventory.set_variable(name, f"beyondtrust_{attribute}", item[attribute])
            inventory.set_variable(name, "ansible_host", item["hostname"])
            if item["kind"] == "shell_jump":
                inventory.set_variable(name, "ansible_connection", "ssh")
                inventory.set_variable(name, "ansible_port", item["port"])
                inventory.set_variable(name, "ansible_user", item["username"])
            inventory.add_child(self._group(item["jump_group"]), name)
        for item in items:
            name = item["name"]
            self._set_composite_vars(
                self.get_option("compose"), inventory.get_host(name).get_vars(), name, strict
            )
            variables = inventory.get_host(name).get_vars()
            self._add_host_to_composed_groups(self.get_option("groups"), variables, name, strict)
            self._add_host_to_keyed_groups(self.get_option("keyed_groups"), variables, name, strict)

    def _group(self, name):
        return self._sanitize_group_name("beyondtrust_" + name.lower().replace(" ", "_"))

    def _items(self):
        context = ssl.create_default_context(cafile=os.environ["BEYONDTRUST_CA_PATH"])
        headers = {"Accept": "application/json", "Connection": "close"}
        with httpx.Client(
            base_url=os.environ["BEYONDTRUST_URL"], verify=context, timeout=60, headers=headers
        ) as client:
            account = (os.environ["BEYONDTRUST_CLIENT_ID"], os.environ["BEYONDTRUST_CLIENT_SECRET"])
            granted = (
                client.post(
                    "/oauth2/token", auth=account, data={"grant_type": "client_credentials"}
                )
                .raise_for_status()
                .json()
            )
            client.cookies.clear()
            client.headers["Authorization"] = f"Bearer {granted['access_token']}"
            groups, jumpoints = (
                {each["id"]: each["name"] for each in self._list(client, path)}
                for path in ("jump-group", "jumpoint")
            )
            for kind, path in (
                ("shell_jump", "jump-item/shell-jump"),
                ("remote_rdp", "jump-item/remote-rdp"),
            ):
                for item in self._list(client, path):
                    yield {
                        **item,
                        "kind": kind,
                        "jump_group": groups[item["jump_group_id"]],
                        "jumpoint": jumpoints[item["jumpoint_id"]],
                    }

    def _list(self, client, path):
        page, last = 1, 1
        while page <= last:
            answer = client.get(
                f"/api/config/v1/{path}", params={"per_page": 100, "current_page": page}
            )
            if answer.status_code == 429:
                time.sleep(float(answer.headers["Retry-After"]))
                continue
            yield from answer.raise_for_status().json()
            page, last = page + 1, int(answer.headers["X-BT-Pagination-Last-Page"])

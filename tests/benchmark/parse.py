"""Parses an inventory in a process of its own and tells what it took, or what came of it.

Usage: python -m tests.benchmark.parse time SOURCE...      prints {"seconds", "hosts"}
       python -m tests.benchmark.parse tags SOURCE...      prints all groups, hosts and variables with their types and tags, in order
       python -m tests.benchmark.parse values SOURCE...    prints the same without tags and order: static files have tags of their own
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import os
import re
import sys
import time
from typing import Any

from ansible.inventory.manager import InventoryManager
from ansible.module_utils._internal._datatag import AnsibleTagHelper
from ansible.parsing.dataloader import DataLoader
from ansible.plugins.loader import init_plugin_loader

# Where a variable stands; the two sides of a comparison come from different files.
PLACE = ("inventory_file", "inventory_dir")


def described(inventory: InventoryManager, tags: bool) -> dict[str, Any]:
    """Return all there is in an inventory as JSON values, which are equal only for inventories that
    are.

    Which plugin and which file a value's Origin names does not count; they differ in any
    comparison.
    """

    def tags_of(given):
        return sorted(
            re.sub("<inventory plugin .*>|path='[^']*'", "", repr(tag))
            for tag in AnsibleTagHelper.tags(given)
        )

    def value(given):
        if isinstance(given, dict):
            content: Any = [[value(key), value(item)] for key, item in given.items()]
        elif isinstance(given, (list, tuple)):
            content = [value(item) for item in given]
        else:
            content = repr(AnsibleTagHelper.as_native_type(given))
        return (
            [type(given).__name__, tags_of(given), content]
            if tags
            else [AnsibleTagHelper.base_type(given).__name__, content]
        )

    def variables(host):
        found = [[name, value(item)] for name, item in host.vars.items() if name not in PLACE]
        return found if tags else sorted(found)

    def names(entities):
        found = [entity.name for entity in entities if tags or entity.name != "all"]
        return found if tags else sorted(found)

    def ancestry(host):  # in an order that Ansible leaves to chance
        return sorted(group.name for group in host.get_groups() if group.name != "all")

    groups, hosts = inventory.groups, inventory.hosts
    return {
        "groups": [
            [name, names(groups[name].child_groups), names(groups[name].hosts)]
            for name in names(groups.values())
        ],
        "hosts": [
            [name, ancestry(hosts[name]), variables(hosts[name])] for name in names(hosts.values())
        ],
    }


def main(what: str, *sources: str) -> None:
    """Do what is asked for."""
    init_plugin_loader()
    begun = time.perf_counter()
    inventory = InventoryManager(DataLoader(), sources)
    seconds = time.perf_counter() - begun
    if what == "time":
        json.dump({"seconds": seconds, "hosts": len(inventory.hosts)}, sys.stdout)
    else:
        json.dump(described(inventory, what == "tags"), sys.stdout)
    sys.stdout.flush()
    os._exit(0)  # taking a large inventory apart takes seconds that do not count


if __name__ == "__main__":
    main(*sys.argv[1:])

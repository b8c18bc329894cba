"""Runs inventory and lookup plugins as Ansible does: in this process through its own loaders, and
as its commands.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from ansible.errors import AnsibleError
from ansible.inventory.data import InventoryData
from ansible.inventory.manager import InventoryManager
from ansible.parsing.dataloader import DataLoader
from ansible.plugins.loader import init_plugin_loader, inventory_loader, lookup_loader
from ansible.template import Templar
from ansible.utils.collection_loader import AnsibleCollectionConfig

COLLECTIONS = next(
    path for path in sys.path if Path(path, "ansible_collections/remoteops/access").is_dir()
)


def load_plugins() -> None:
    """Let Ansible's loaders find the collection in this process."""
    if not AnsibleCollectionConfig.collection_finder:
        # Packages that Python has imported without Ansible's loader lack what that looks for. The
        # modules in them may stay.
        for name in [
            name
            for name, module in sys.modules.items()
            if name.startswith("ansible_collections") and hasattr(module, "__path__")
        ]:
            del sys.modules[name]
        init_plugin_loader([COLLECTIONS])


def parse_inventory(*sources: Path, refresh: bool = False) -> InventoryManager:
    """Return the inventory that Ansible makes of these files; ``refresh`` is what ``meta:
    refresh_inventory`` does.
    """
    load_plugins()
    manager = InventoryManager(DataLoader(), [str(source) for source in sources], parse=False)
    manager.parse_sources(cache=not refresh)
    return manager


def inventory_failure(source: Path) -> tuple[str, set[str]]:
    """Return the message with which the plugin that a file names fails, and the names of hosts and
    groups that it has left behind.
    """
    load_plugins()
    loader, inventory = DataLoader(), InventoryData()
    plugin = inventory_loader.get(loader.load_from_file(str(source))["plugin"])
    with pytest.raises(AnsibleError) as caught:
        plugin.parse(inventory, loader, str(source), cache=True)
    return str(caught.value), {*inventory.hosts, *inventory.groups} - {"all", "ungrouped"}


def look_up(plugin: str, *terms, **options) -> list:
    """Return what a lookup plugin of the collection finds."""
    load_plugins()
    loader = DataLoader()
    return lookup_loader.get(
        f"remoteops.access.{plugin}", loader=loader, templar=Templar(loader)
    ).run(list(terms), {}, **options)


def run_command(
    command: str, *arguments: str, directory: Path, **environment: str
) -> subprocess.CompletedProcess:
    """Run one of Ansible's commands in ``directory``, away from the user's own settings."""
    own = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("ANSIBLE_", "SIMPLEHELP_"))
    }
    settings = {
        "COLLECTIONS_PATH": COLLECTIONS,
        "HOME": str(directory),
        "CONFIG": str(directory / "ansible.cfg"),
        "NOCOLOR": "1",
    }
    # A container is warned that its home is its own.
    own["XDG_CACHE_HOME"] = str(directory / "cache")
    (directory / "ansible.cfg").touch()
    return subprocess.run(
        [Path(sys.executable).parent / command, *arguments],
        cwd=directory,
        capture_output=True,
        text=True,
        check=False,
        env={
            **own,
            **{f"ANSIBLE_{name}": value for name, value in settings.items()},
            **environment,
        },
    )


def exactly(value, in_order: bool = True) -> tuple:
    """Return a value of a variable with the types and marks (tags) of all its parts, to be
    compared; mappings in their order or sorted.
    """
    marks = sorted(map(repr, getattr(value, "_ansible_tags_mapping", {}).values()))
    if isinstance(value, dict):
        items = value.items() if in_order else sorted(value.items())
        parts = [(exactly(key), exactly(item, in_order)) for key, item in items]
    elif isinstance(value, list):
        parts = [exactly(item, in_order) for item in value]
    else:
        parts = repr(value)
    return type(value).__name__, marks, parts

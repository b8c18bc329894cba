"""What the tests of all inventories share: files for simulated servers, and what comes of them."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.controller import inventory_failure, parse_inventory
from tests.simulator.beyondtrust import Appliance
from tests.simulator.fastx import FastX
from tests.simulator.screenconnect import ScreenConnect
from tests.simulator.simplehelp import SimpleHelp
from tests.unit.plugins.inventory.inventories import shown_secrets

PLUGINS = {
    SimpleHelp: "simplehelp",
    Appliance: "beyondtrust",
    ScreenConnect: "screenconnect",
    FastX: "fastx",
}


@pytest.fixture
def written(tmp_path):
    """Return a function that writes an inventory file for a simulated server; an option given as
    ... is left out.
    """

    def write(simulated, name="", **options) -> Path:
        plugin = PLUGINS[type(simulated.server)]
        given = {"plugin": f"remoteops.access.{plugin}", **simulated.options, **options}
        path = tmp_path / (name or f"{plugin}.yml")
        path.write_text(
            yaml.safe_dump({name: value for name, value in given.items() if value is not ...}),
            encoding="utf-8",
        )
        return path

    return write


@pytest.fixture
def inventory_of(written):
    """Return a function that makes Ansible's inventory of a simulated server."""
    return lambda simulated, *, refresh=False, **options: parse_inventory(
        written(simulated, **options), refresh=refresh
    )


@pytest.fixture
def refusal(written):
    """Return a function that gives the message with which an inventory file is refused."""

    def refuse(simulated, **options) -> str:
        message, left_behind = inventory_failure(written(simulated, **options))
        assert not left_behind
        assert not shown_secrets(message, *simulated.secrets, *simulated.shared_tokens())
        return message

    return refuse


@pytest.fixture
def cached(tmp_path):
    """The options of a cache in files."""
    return {
        "cache": True,
        "cache_plugin": "ansible.builtin.jsonfile",
        "cache_connection": str(tmp_path / "cache"),
        "cache_timeout": 3600,
    }

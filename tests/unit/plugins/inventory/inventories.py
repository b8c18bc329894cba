"""What the tests of all inventories look at: the hosts, variables and groups of one, and what a
command says.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import quote

from ansible.inventory.manager import InventoryManager

from tests.controller import exactly, run_command

SAFE_NAME = re.compile(r"\w[\w.-]*")


def names(manager: InventoryManager) -> list[str]:
    """Return the names of all hosts, in their order."""
    return list(manager.hosts)


def variables(manager: InventoryManager, name: str) -> dict:
    """Return the variables of a host, without those that Ansible adds of the file."""
    return {
        key: value
        for key, value in manager.get_host(name).vars.items()
        if key not in ("inventory_file", "inventory_dir")
    }


def members(manager: InventoryManager) -> dict[str, list[str]]:
    """Return the hosts that are directly in each group."""
    return {
        name: sorted(host.name for host in group.hosts)
        for name, group in manager.groups.items()
        if name not in ("all", "ungrouped")
    }


def everything(manager: InventoryManager) -> tuple:
    """Return all that there is in an inventory, to be compared; but not the order within mappings:
    ansible-core 2.18's cache does not keep it.
    """
    return (
        {name: exactly(variables(manager, name), in_order=False) for name in names(manager)},
        members(manager),
        list(manager.groups),
    )


def shown_secrets(output: str, *secrets: str) -> list[str]:
    """Return the forms of secrets that stand in a text."""
    forms = {
        form
        for secret in secrets
        for form in (
            secret,
            quote(secret),
            quote(secret, safe=""),
            json.dumps(secret)[1:-1],
            repr(secret)[1:-1],
        )
    }
    return [form for form in forms if form in output]


def command(source: Path, directory: Path, *arguments: str, **environment: str):
    """Run ansible-inventory as talkatively as it can; return its outcome and all that it has said
    anywhere.
    """
    log = directory / "log"
    done = run_command(
        "ansible-inventory",
        "-i",
        str(source),
        "--list",
        "-vvvvv",
        *arguments,
        directory=directory,
        ANSIBLE_LOG_PATH=str(log),
        ANSIBLE_DEBUG="1",
        ANSIBLE_DISPLAY_TRACEBACK="always",
        **environment,
    )
    assert log.read_text()
    return done, done.stdout + done.stderr + log.read_text()

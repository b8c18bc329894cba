"""The comparison of the inventory plugin with the other ways to bring the same machines into Ansible."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import Any

import yaml
from tests.simulator.company import company

from .measure import paired
from .report import Aim, Section, megabytes
from .workspace import Simulator, Workspace, simulator

LEVELS = 3  # machine groups on the path of each machine
VARIABLES = 12  # of each host
COMPUTED = {
    "strict": True,
    "compose": {"ansible_host": "simplehelp_ip_addresses[0].ip", "site": "simplehelp_groups | join('/')"},
    "keyed_groups": [{"key": "simplehelp_os", "prefix": "os"}],
}
OURS = "the collection"
LOOP, SCRIPT, YAML = "Ansible's public API in a plain loop", "a script inventory", "a static YAML file"


@dataclass(frozen=True)
class Contender:
    """One way to the inventory: its sources, and the plugins of Ansible that are enabled for them."""

    name: str
    sources: Sequence[Any]
    plugins: str


@dataclass(frozen=True)
class Parsed:
    """What one parse took: seconds, and the peak memory of its process in bytes."""

    seconds: float
    peak: int
    hosts: int


class Inventories:
    """The contenders for so many machines, plain or with ``COMPUTED``, and what they take."""

    def __init__(self, workspace: Workspace, server: Simulator, machines: Mapping[str, dict], computed: Mapping[str, Any]):
        self._workspace, self._server, self._count = workspace, server, len(machines)
        folder = f"{len(machines)}{'-computed' if computed else ''}"
        write = partial(self._write, folder)
        hosts, groups = variables_of(machines), groups_of(machines)
        script = write("script/inventory", '#!/bin/sh\ncat "$(dirname "$0")/inventory.json"\n')
        script.chmod(0o755)
        script_groups = {name: {"children": sorted(children), "hosts": sorted(members)} for name, (children, members) in groups.items()}
        write("script/inventory.json", {**script_groups, "_meta": {"hostvars": hosts}})
        tree = {"all": {"children": {name: nested(groups, hosts, name) for name in top_of(groups)}}}
        static = write("yaml/inventory.yaml", yaml.dump(tree, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False))
        added = [write("constructed.yml", {"plugin": "ansible.builtin.constructed", **computed})] if computed else []
        also = ",ansible.builtin.constructed" if computed else ""
        self.contenders = {contender.name: contender for contender in (
            Contender(OURS, [write("ours/simplehelp.yml", {"plugin": "remoteops.access.simplehelp", **computed})], "remoteops.access.simplehelp"),
            Contender(LOOP, [write("loop/simplehelp.yml", {"plugin": "plain_loop", **computed})], "plain_loop"),
            Contender(SCRIPT, [script, *added], f"ansible.builtin.script{also}"),
            Contender(YAML, [static, *added], f"ansible.builtin.yaml{also}"),
        )}

    def _write(self, folder, name, content):
        return self._workspace.write(f"{folder}/{name}", content)

    def parse(self, what: str, name: str) -> str:
        """Return what parse.py prints for a contender."""
        contender = self.contenders[name]
        run = self._workspace.run(
            "python", "-m", "tests.benchmark.parse", what, *contender.sources,
            ANSIBLE_INVENTORY_ENABLED=contender.plugins, **self._server.environment,
        )
        return run.output

    def time(self, name: str) -> Parsed:
        """Return what the parse of a contender took."""
        found = Parsed(**json.loads(self.parse("time", name)))
        if found.hosts != self._count:
            raise SystemExit(f"{name}: {found.hosts} hosts instead of {self._count}.")
        return found

    def command(self, name: str) -> float:
        """Return the seconds of a whole ansible-inventory command."""
        contender = self.contenders[name]
        sources = [word for source in contender.sources for word in ("-i", source)]
        return self._workspace.run(
            "ansible-inventory", *sources, "--list", "--export", "--output", self._workspace.directory / "list.json",
            ANSIBLE_INVENTORY_ENABLED=contender.plugins, **self._server.environment,
        ).seconds

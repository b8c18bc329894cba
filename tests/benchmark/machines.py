"""The comparison of the inventory plugin with the other ways to bring the same machines into Ansible."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from statistics import median
from typing import Any

import yaml
from tests.simulator.company import company

from .measure import paired, rounds_within
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
class Parsed:
    """What one parse took: seconds, and the peak memory of its process in bytes."""

    seconds: float
    peak: int
    hosts: int


@dataclass(frozen=True)
class Estimate:
    """What parses took, in seconds, or would take by what fewer machines took."""

    seconds: Sequence[float]
    machines: int
    peak: int | None = None  # bytes

    def scaled(self, machines: int) -> Estimate:
        """Return the same for another number of machines."""
        return Estimate([median(self.seconds) * machines / self.machines], self.machines)


class Inventories:
    """Each contender's way of bringing so many machines into Ansible, plain or with ``COMPUTED``."""

    def __init__(self, workspace: Workspace, server: Simulator, machines: Mapping[str, dict], computed: Mapping[str, Any]):
        self._workspace, self._server, self._machines, self._computed = workspace, server, machines, computed
        self._folder = f"machines-{len(machines)}{'-computed' if computed else ''}"

    def sources(self, name: str) -> tuple[list[Path], str]:
        """Return the files of a contender and the plugins that they need. The least that there can be: no plugin is tried in vain."""
        if name == OURS:
            return [self._write("ours/simplehelp.yml", {"plugin": "remoteops.access.simplehelp", **self._computed})], "remoteops.access.simplehelp"
        if name == LOOP:
            return [self._write("loop/simplehelp.yml", {"plugin": "plain_loop", **self._computed})], "plain_loop"
        files, plugins = ([self._script], ["ansible.builtin.script"]) if name == SCRIPT else ([self._yaml], ["ansible.builtin.yaml"])
        if self._computed:
            files.append(self._write("constructed.yml", {"plugin": "ansible.builtin.constructed", **self._computed}))
            plugins.append("ansible.builtin.constructed")
        return files, ",".join(plugins)

    def parse(self, what: str, name: str) -> str:
        """Return what parse.py prints for a contender."""
        files, plugins = self.sources(name)
        command = ("python", "-m", "tests.benchmark.parse", what, *files)
        return self._workspace.run(*command, ANSIBLE_INVENTORY_ENABLED=plugins, **self._server.environment).output

    def time(self, name: str) -> Parsed:
        """Return what a parse took."""
        found = Parsed(**json.loads(self.parse("time", name)))
        if found.hosts != len(self._machines):
            raise SystemExit(f"{name}: {found.hosts} hosts instead of {len(self._machines)}.")
        return found

    def command(self, name: str) -> float:
        """Return what a whole ansible-inventory command took, in seconds."""
        files, plugins = self.sources(name)
        command = ["ansible-inventory", "--list", "--export", "--output", self._workspace.directory / "list.json"]
        for file in files:
            command += ["-i", file]
        return self._workspace.run(*command, ANSIBLE_INVENTORY_ENABLED=plugins, **self._server.environment).seconds

    def check(self) -> None:
        """Raise SystemExit unless all contenders come to the same result, and those that can to the same tags too."""
        for what, names in (("tags", (OURS, LOOP)), ("values", (OURS, SCRIPT, YAML))):
            ours, *others = (json.loads(self.parse(what, name)) for name in names)
            for name, other in zip(names[1:], others):
                for kind in ("groups", "hosts"):
                    different = [pair for pair in zip(ours[kind], other[kind]) if pair[0] != pair[1]]
                    if different or len(ours[kind]) != len(other[kind]):
                        raise SystemExit(f"The results differ, so that times cannot be compared. {kind} of {OURS}, of {name}: {different[:1]}")

    @cached_property
    def _script(self) -> Path:
        """A script that has everything ready: it asks no server and does not even start Python."""
        script = self._write("script/inventory", '#!/bin/sh\nexec cat "$0.json"\n')
        script.chmod(0o755)
        groups = {name: {"children": children, "hosts": hosts} for name, (children, hosts) in self._groups.items()}
        self._write("script/inventory.json", {**groups, "_meta": {"hostvars": self._variables}})
        return script

    @cached_property
    def _yaml(self) -> Path:
        def tree(name):
            children, hosts = self._groups[name]
            below = {child: tree(child) for child in children}
            return {"children": below} if below else {"hosts": {host: self._variables[host] for host in hosts}}

        below = {child for children, _hosts in self._groups.values() for child in children}
        whole = {"all": {"children": {name: tree(name) for name in self._groups if name not in below}}}
        return self._write("static/inventory.yaml", yaml.dump(whole, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False))

    @cached_property
    def _variables(self) -> dict[str, dict]:
        """The variables of each host, as JSON and YAML would have them."""
        return {
            machine["name"]: {NAMES[name]: value for name, value in {"machineID": machine_id, **machine}.items() if name in NAMES}
            for machine_id, machine in self._machines.items()
        }

    @cached_property
    def _groups(self) -> dict[str, tuple[list[str], list[str]]]:
        """Each group's children and hosts."""
        groups: dict[str, tuple[list[str], list[str]]] = {}
        for machine in self._machines.values():
            names = ["simplehelp_" + "_".join(machine["groups"][:depth]).lower().replace(" ", "_") for depth in range(1, LEVELS + 1)]
            for name in names:
                groups.setdefault(name, ([], []))
            for parent, child in zip(names, names[1:]):
                if child not in groups[parent][0]:
                    groups[parent][0].append(child)
            groups[names[-1]][1].append(machine["name"])
        return groups

    def _write(self, name, content):
        return self._workspace.write(f"{self._folder}/{name}", content)


def machines_of(count: int) -> dict[str, dict]:
    """Return machines with names of their own, in three levels of groups, and as many attributes as the hosts shall have variables."""
    machines = company(machines=count)["machines"]
    for number, machine in enumerate(machines.values()):
        machine["name"] = f"PC-{number:06}"
        if len(machine["groups"]) < LEVELS:
            machine["groups"] = ["United Kingdom", "London", "Warehouse"]
        for name in machine.keys() - NAMES.keys():
            del machine[name]
    return machines


def inventory(workspace: Workspace, sizes: Sequence[int], budget: float) -> list[Section]:
    """Compare all ways to the inventory, plain and computed, for so many machines; ``budget``: see rounds_within."""
    sections = {
        False: Section(f"Inventory: {LEVELS} groups and {VARIABLES} variables for each host", COMMANDS),
        True: Section("The same with two composed variables and one keyed group", []),
    }
    known: dict[tuple[bool, str], Estimate] = {}
    for size in sizes:
        machines = machines_of(size)
        with simulator(workspace, {"machines": machines}) as server:
            for computed, section in sections.items():
                inventories = Inventories(workspace, server, machines, COMPUTED if computed else {})
                if size == sizes[0]:
                    inventories.check()
                    known |= {(computed, name): Estimate([inventories.time(name).seconds], size) for name in CONTENDERS}
                expected = {name: median(known[computed, name].scaled(size).seconds) for name in CONTENDERS}
                found = paired({name: rounds_within(budget, seconds) for name, seconds in expected.items()},
                               {name: partial(inventories.time, name) for name in CONTENDERS})
                for name, runs in found.items():
                    if runs:
                        known[computed, name] = Estimate([each.seconds for each in runs], size, max(each.peak for each in runs))
                compare(section, size, {name: known[computed, name] for name in CONTENDERS}, AIMS.get((computed, size), {}))
                if size in WHOLE[computed]:
                    names = WHOLE[computed][size]
                    rounds = {name: rounds_within(budget, 2 * expected[name]) for name in names}
                    whole = paired(rounds, {name: partial(inventories.command, name) for name in names})
                    for name in names[1:]:
                        section.compare(f"{size:,} machines, whole commands: {name}", whole[OURS], whole[name])
    return list(sections.values())

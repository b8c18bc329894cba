"""The comparison of the inventory plugin with the other ways to bring the same machines into
Ansible.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import pairwise, zip_longest
from pathlib import Path
from statistics import median
from typing import Any

import yaml

from tests.simulator.company import company

from .measure import Run, paired, rounds_within
from .report import Section, megabytes
from .workspace import Simulator, Workspace, simulator

LEVELS = 3  # machine groups on the path of each machine
COMPUTED = {
    "strict": True,
    "compose": {
        "ansible_host": "simplehelp_ip_addresses[0].ip",
        "site": "simplehelp_groups | join('/')",
    },
    "keyed_groups": [{"key": "simplehelp_os", "prefix": "os"}],
}
OURS = "the collection"
LOOP, SCRIPT, YAML = (
    "Ansible's public API in a plain loop",
    "a script inventory",
    "a static YAML file",
)
CONTENDERS = (OURS, LOOP, SCRIPT, YAML)
NAMES = {  # the server's name of each attribute that the machines here have -> the variable
    "machineID": "simplehelp_machine_id",
    "online": "simplehelp_online",
    "groups": "simplehelp_groups",
    "name": "simplehelp_name",
    "state": "simplehelp_state",
    "protocol": "simplehelp_protocol",
    "lastRegistrationTime": "simplehelp_last_registration_time",
    "sessionCount": "simplehelp_session_count",
    "monitoringEnabled": "simplehelp_monitoring_enabled",
    "os": "simplehelp_os",
    "hostname": "simplehelp_hostname",
    "ipAddresses": "simplehelp_ip_addresses",
}
AIMS = {(False, 10_000): {LOOP: 2.5}, (True, 10_000): {LOOP: 10}}  # by (computed, machines)
# Compared as whole commands, by the same.
WHOLE = {(False, 10_000): (OURS, LOOP, SCRIPT), (True, 1_000): (OURS, LOOP, SCRIPT)}
WARM_UP = 10  # machines; what so few take is the start, which does not scale
CHECKED = (
    "The results are the same, checked with {:,} machines, plain and computed: of the collection and the plain loop all groups, hosts and variables with "
    "their order, types and tags; of all four the groups, hosts, types and values. (Text from a script or a file bears other tags: Ansible takes it for "
    "templates.)"
)
COMMANDS = (
    (
        OURS,
        "python -m tests.benchmark.parse time simplehelp.yml",
        "`plugin: remoteops.access.simplehelp`; asks the server for the list",
    ),
    (
        LOOP,
        "python -m tests.benchmark.parse time simplehelp.yml",
        "`plugin: plain_loop`, see `tests/benchmark/peers/inventory`; asks the server, too",
    ),
    (
        SCRIPT,
        "python -m tests.benchmark.parse time inventory",
        "prints JSON made before, asks no server; computes with `ansible.builtin.constructed`",
    ),
    (
        YAML,
        "python -m tests.benchmark.parse time inventory.yaml",
        "made before; computes with `ansible.builtin.constructed`",
    ),
    (
        "whole commands",
        "ansible-inventory -i FILE --list --export --output list.json",
        "the same files",
    ),
)


@dataclass(frozen=True)
class Parsed:
    """What one parse took: seconds, and the peak memory of its process in bytes."""

    seconds: float
    peak: int


class History:
    """What the parses of one contender took, by number of machines."""

    def __init__(self):
        self._measured: dict[int, list[Parsed]] = {}

    def add(self, machines: int, runs: list[Parsed]) -> None:
        """Add measured rounds."""
        if runs:
            self._measured[machines] = runs

    def peak(self, machines: int) -> int | None:
        """Return the peak memory in bytes, None where it was not measured."""
        return max((run.peak for run in self._measured.get(machines, ())), default=None)

    def scaled_from(self, machines: int) -> int | None:
        """Return the number of machines from which the times for ``machines`` are scaled, None
        where they were measured.
        """
        return None if machines in self._measured else max(self._measured)

    def seconds(self, machines: int) -> list[float]:
        """Return the seconds of each round; where there was none, one value from the fewest and the
        most machines measured.
        """
        if machines in self._measured:
            return [run.seconds for run in self._measured[machines]]
        fewest, most = min(self._measured), max(self._measured)
        low, high = (median(self.seconds(each)) for each in (fewest, most))
        return [
            low + (high - low) * (machines - fewest) / (most - fewest) if most > fewest else low
        ]


class Inventories:
    """Each contender's way of bringing so many machines into Ansible, plain or with ``COMPUTED``."""

    def __init__(
        self,
        workspace: Workspace,
        server: Simulator,
        machines: Mapping[str, dict],
        computed: Mapping[str, Any],
    ):
        self._workspace, self._server, self._machines, self._computed = (
            workspace,
            server,
            machines,
            computed,
        )
        self._folder = f"machines-{len(machines)}{'-computed' if computed else ''}"

    def sources(self, name: str) -> tuple[list[Path], str]:
        """Return the files of a contender and the plugins that they need. The least that there can
        be: no plugin is tried in vain.
        """
        if name == OURS:
            return [
                self._write(
                    "ours/simplehelp.yml",
                    {"plugin": "remoteops.access.simplehelp", **self._computed},
                )
            ], "remoteops.access.simplehelp"
        if name == LOOP:
            return [
                self._write("loop/simplehelp.yml", {"plugin": "plain_loop", **self._computed})
            ], "plain_loop"
        files, plugins = (
            ([self._script], ["ansible.builtin.script"])
            if name == SCRIPT
            else ([self._yaml], ["ansible.builtin.yaml"])
        )
        if self._computed:
            files.append(
                self._write(
                    "constructed.yml", {"plugin": "ansible.builtin.constructed", **self._computed}
                )
            )
            plugins.append("ansible.builtin.constructed")
        return files, ",".join(plugins)

    def parse(self, what: str, name: str) -> Run:
        """Let parse.py parse the sources of a contender."""
        files, plugins = self.sources(name)
        command = ("python", "-m", "tests.benchmark.parse", what, *files)
        return self._workspace.run(
            *command, ANSIBLE_INVENTORY_ENABLED=plugins, **self._server.environment
        )

    def time(self, name: str) -> Parsed:
        """Return what a parse took."""
        found = self.parse("time", name)
        told = json.loads(found.output)
        if told["hosts"] != len(self._machines):
            raise SystemExit(f"{name}: {told['hosts']} hosts instead of {len(self._machines)}.")
        return Parsed(told["seconds"], found.peak)

    def command(self, name: str) -> float:
        """Return what a whole ansible-inventory command took, in seconds."""
        files, plugins = self.sources(name)
        command = [
            "ansible-inventory",
            "--list",
            "--export",
            "--output",
            self._workspace.directory / "list.json",
        ]
        for file in files:
            command += ["-i", file]
        return self._workspace.run(
            *command, ANSIBLE_INVENTORY_ENABLED=plugins, **self._server.environment
        ).seconds

    def check(self) -> None:
        """Raise SystemExit unless all contenders come to the same result, and those that can to the
        same tags too.
        """
        for what, names in (("tags", (OURS, LOOP)), ("values", (OURS, SCRIPT, YAML))):
            ours, *others = (json.loads(self.parse(what, name).output) for name in names)
            for name, other in zip(names[1:], others, strict=True):
                check_same(ours, name, other)

    @cached_property
    def _script(self) -> Path:
        """A script that has everything ready: it asks no server and does not even start Python."""
        script = self._write("script/inventory", '#!/bin/sh\nexec cat "$0.json"\n')
        script.chmod(0o755)
        groups = {
            name: {"children": children, "hosts": hosts}
            for name, (children, hosts) in self._groups.items()
        }
        self._write("script/inventory.json", {**groups, "_meta": {"hostvars": self._variables}})
        return script

    @cached_property
    def _yaml(self) -> Path:
        def tree(name):
            children, hosts = self._groups[name]
            below = {child: tree(child) for child in children}
            return (
                {"children": below}
                if below
                else {"hosts": {host: self._variables[host] for host in hosts}}
            )

        below = {child for children, _hosts in self._groups.values() for child in children}
        whole = {
            "all": {"children": {name: tree(name) for name in self._groups if name not in below}}
        }
        return self._write(
            "static/inventory.yaml",
            yaml.dump(whole, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False),
        )

    @cached_property
    def _variables(self) -> dict[str, dict]:
        """The variables of each host, as JSON and YAML would have them."""
        return {
            machine["name"]: {
                NAMES[name]: value
                for name, value in {"machineID": machine_id, **machine}.items()
                if name in NAMES
            }
            for machine_id, machine in self._machines.items()
        }

    @cached_property
    def _groups(self) -> dict[str, tuple[list[str], list[str]]]:
        """Each group's children and hosts."""
        groups: dict[str, tuple[list[str], list[str]]] = {}
        for machine in self._machines.values():
            names = [
                "simplehelp_" + "_".join(machine["groups"][:depth]).lower().replace(" ", "_")
                for depth in range(1, LEVELS + 1)
            ]
            for name in names:
                groups.setdefault(name, ([], []))
            for parent, child in pairwise(names):
                if child not in groups[parent][0]:
                    groups[parent][0].append(child)
            groups[names[-1]][1].append(machine["name"])
        return groups

    def _write(self, name, content):
        return self._workspace.write(f"{self._folder}/{name}", content)


def check_same(ours: Mapping[str, list], name: str, other: Mapping[str, list]) -> None:
    """Raise SystemExit unless what parse.py tells of two inventories is the same."""
    for kind in ("groups", "hosts"):
        different = [pair for pair in zip_longest(ours[kind], other[kind]) if pair[0] != pair[1]]
        if different:
            raise SystemExit(
                f"The results differ, so that times cannot be compared. {kind} of {OURS}, of {name}: {different[0]}"
            )


def machines_of(count: int) -> dict[str, dict]:
    """Return machines with names of their own, in three levels of groups, and as many attributes as
    the hosts shall have variables.
    """
    machines = company(machines=count)["machines"]
    for number, machine in enumerate(machines.values()):
        machine["name"] = f"PC-{number:06}"
        if len(machine["groups"]) < LEVELS:
            machine["groups"] = ["United Kingdom", "London", "Warehouse"]
        for name in machine.keys() - NAMES.keys():
            del machine[name]
    return machines


def inventory(
    workspace: Workspace, sizes: Sequence[int], budget: float, most: int
) -> list[Section]:
    """Compare all ways to the inventory, plain and computed, for so many machines; ``budget`` and
    ``most``: see rounds_within.
    """
    sections = {
        False: Section(
            f"Inventory: {LEVELS} groups and {len(NAMES)} variables for each host", COMMANDS
        ),
        True: Section("The same with two composed variables and one keyed group", ()),
    }
    histories: dict[tuple[bool, str], History] = defaultdict(History)
    for size in (WARM_UP, *sizes):
        machines = machines_of(size)
        with simulator(workspace, {"machines": machines}) as server:
            for computed, section in sections.items():
                inventories = Inventories(workspace, server, machines, COMPUTED if computed else {})
                history = {name: histories[computed, name] for name in CONTENDERS}
                rounds = {
                    name: 1
                    if size == WARM_UP
                    else rounds_within(budget, most, median(each.seconds(size)))
                    for name, each in history.items()
                }
                found = paired(
                    rounds, {name: partial(inventories.time, name) for name in CONTENDERS}
                )
                for name, runs in found.items():
                    history[name].add(size, runs)
                if size == sizes[0]:
                    inventories.check()
                if size != WARM_UP:
                    compare(section, size, history, AIMS.get((computed, size), {}))
                    compare_commands(
                        section, inventories, WHOLE.get((computed, size), ()), size, rounds
                    )
    sections[False].notes.append(CHECKED.format(sizes[0]))
    return list(sections.values())


def compare(
    section: Section, size: int, history: Mapping[str, History], aims: Mapping[str, float]
) -> None:
    """Add the rows for so many machines, and what was seen of memory."""
    for name in CONTENDERS[1:]:
        ours, theirs = history[OURS].seconds(size), history[name].seconds(size)
        start, other_start = history[OURS].scaled_from(size), history[name].scaled_from(size)
        hint = f" (scaled from {other_start:,})" if other_start else ""
        if start:
            hint = f" (scaled from {start:,} and {other_start or size:,})"
        elif other_start:
            theirs *= len(ours)
        section.faster(f"{size:,} machines: {name}{hint}", ours, theirs, aims.get(name))
    peaks = [
        f"{megabytes(peak)} {name}" for name, each in history.items() if (peak := each.peak(size))
    ]
    if peaks:
        section.notes.append(f"Peak memory for {size:,} machines: {', '.join(peaks)}.")


def compare_commands(
    section: Section,
    inventories: Inventories,
    names: Sequence[str],
    size: int,
    rounds: Mapping[str, int],
) -> None:
    """Add the rows of whole commands, in as many rounds as the parses alone at most."""
    found = paired(
        {name: min(3, rounds[name]) for name in names},
        {name: partial(inventories.command, name) for name in names},
    )
    for name in names[1:]:
        if found[OURS] and found[name]:
            section.faster(f"{size:,} machines, whole commands: {name}", found[OURS], found[name])

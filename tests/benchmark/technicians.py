"""The comparison of one task for a whole server with a loop over its technicians, and with what the
requests alone would take.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import yaml

from tests.simulator.company import company

from .measure import LAUNCHER, Ratio, Run, paired, seconds_per_item
from .report import Section, megabytes, number
from .workspace import HERE, Simulator, Workspace, simulator

CONNECTIONS = 16  # the default of the option of that name
LATENCY = 0.02  # seconds
OPTIONS = {  # the server's name of each attribute -> the module's
    "username": "username",
    "displayName": "display_name",
    "emailAddress": "email_address",
    "enabled": "enabled",
    "allowLocallyAuthenticatedLogins": "allow_locally_authenticated_logins",
}
COMMANDS = (
    (
        "the collection",
        "ansible-playbook config.yml",
        'remoteops.access.simplehelp_config: {config: {technician: "{{ technicians }}"}}',
    ),
    (
        "by the module",
        "ansible-playbook config_as_module.yml",
        "the same with `environment`, so that it is not done in Ansible's own process",
    ),
    (
        "the loop",
        "ansible-playbook loop_of_uri.yml",
        'ansible.builtin.uri: {url: ..., method: POST, body: "{{ item }}", ...}, loop: "{{ bodies }}"',
    ),
    ("an empty task", "ansible-playbook empty.yml", "empty_module: {}"),
    (
        "an empty module, an empty action plugin",
        "ansible-playbook empty_with_document.yml, empty_action.yml",
        "given the same document",
    ),
    (
        "the bare requests",
        f"python bare_requests.py requests.json {CONNECTIONS}",
        "the requests of the collection, recorded by the server",
    ),
)


@dataclass(frozen=True)
class Task:
    """A playbook of one task: the whole command, and the task as the controller saw it."""

    command: Run
    seconds: float
    ends: Sequence[float]  # of a loop: the seconds from the task's begin to the end of each item
    changed: bool
    changes: int
    requests: int | None


class Playbooks:
    """The playbooks that are compared, for as many technicians as ``site`` has."""

    def __init__(
        self, workspace: Workspace, server: Simulator, site: dict, looped: int, loop_query: str
    ):
        self._workspace, self._server = workspace, server
        groups = {group["uniqueID"]: name for name, group in site["groups"].items()}
        people = {
            username: person
            for username, person in site["technicians"].items()
            if not set(person) & {"isAnonymous", "appProfilesUser"}
        }
        described, sent = [], []
        for username, person in people.items():
            wire = {
                "username": username,
                **{name: person[name] for name in OPTIONS if name in person},
            }
            described.append(
                {
                    **{OPTIONS[name]: value for name, value in wire.items()},
                    "groups": [groups[number] for number in person["groupIDs"]],
                }
            )
            sent.append({"technician": {**wire, "groupIDs": person["groupIDs"]}})
        if loop_query.endswith("/get"):
            sent = [{"username": body["technician"]["username"]} for body in sent]
        workspace.write(
            "technicians.yml",
            yaml.dump({"technicians": described}, Dumper=yaml.CSafeDumper, allow_unicode=True),
        )
        workspace.write("bodies.yml", {"bodies": sent[:looped]})
        document = {"config": {"technician": "{{ technicians }}"}}
        config = {"remoteops.access.simplehelp_config": document}
        self._write("config", "technicians.yml", config)
        # An environment of its own keeps a task from being done in Ansible's process, by the action
        # plugin.
        self._write(
            "config_as_module", "technicians.yml", {**config, "environment": {"DOOR": "module"}}
        )
        self._write("empty", "technicians.yml", {"empty_module": {}})
        self._write("empty_with_document", "technicians.yml", {"empty_module": document})
        self._write("empty_action", "technicians.yml", {"empty_action": document})
        environment = "{{{{ lookup('env', 'SIMPLEHELP_{}') }}}}".format
        self._write(
            "loop_of_uri",
            "bodies.yml",
            {
                "loop": "{{ bodies }}",
                "ansible.builtin.uri": {
                    "url": f"{environment('URL')}/api/v1/{environment('API_TOKEN')}/{loop_query}",
                    "method": "POST",
                    "ca_path": environment("CA_PATH"),
                    "body": "{{ item }}",
                    "body_format": "json",
                },
            },
        )

    def _write(self, name, variables, task):
        play = {
            "hosts": "localhost",
            "gather_facts": False,
            "vars_files": [variables],
            "tasks": [{"name": name, **task}],
        }
        self._workspace.write(f"{name}.yml", [play])

    def run(self, name: str, *arguments: str) -> Task:
        """Run a playbook and return what it and its task took."""
        times = self._workspace.write("times", "")
        command = self._workspace.run(
            "ansible-playbook", f"{name}.yml", *arguments, **self._server.environment
        )
        return Task(command, **json.loads(times.read_text(encoding="utf-8")))

    def module_memory(self, name: str) -> int:
        """Run a playbook of a module once more and return the peak memory of the module's process,
        in bytes.
        """
        peaks = self._workspace.write("peaks", "")
        words = shlex.join([*LAUNCHER, str(peaks), sys.executable])
        wrapper = self._workspace.write("python", f'#!/bin/sh\nexec {words} "$@"\n')
        wrapper.chmod(0o755)
        self.run(name, "-e", f"ansible_python_interpreter={wrapper}")
        return max(
            json.loads(line)["peak"] for line in peaks.read_text(encoding="utf-8").splitlines()
        )

    def bare(self, recorded: Sequence) -> float:
        """Send recorded requests without anything around them, and return the seconds from
        importing httpx on.
        """
        file = self._workspace.write("requests.json", recorded)
        return float(
            self._workspace.run(
                "python", HERE / "bare_requests.py", file, CONNECTIONS, **self._server.environment
            ).output
        )


@dataclass(frozen=True)
class Size:
    """How much is measured."""

    technicians: int
    looped: int  # items of the loop; what they take is scaled to all technicians
    rounds: int
    loop_rounds: int
    judged: bool  # whether the aims are for this much

    def aim(self, bound: float) -> float | None:
        """Return the bound, if it is an aim for this much."""
        return bound if self.judged else None


@dataclass(frozen=True)
class Measured:
    """The rounds of all contenders."""

    playbooks: Mapping[str, Sequence[Task]]
    bare: Sequence[float]  # the requests of the collection, sent by a script
    requests: int  # of the collection
    loop: Sequence[float]  # seconds of the loop, scaled to all technicians
    module_memory: Mapping[str, int]

    def seconds(self, name: str) -> list[float]:
        """Return what the task of a playbook took."""
        return [task.seconds for task in self.playbooks[name]]

    def seconds_with_loading(self) -> list[float]:
        """Return what the collection's task took together with its loading, which Ansible does
        before it announces the task.

        That is the task of the empty module, and by how much longer than its the whole command
        took.
        """
        tasks = zip(self.playbooks["config"], self.playbooks["empty"], strict=True)
        return [
            empty.seconds + task.command.seconds - empty.command.seconds for task, empty in tasks
        ]

    def limit(self, empty: str = "empty") -> list[float]:
        """Return the least that the collection's work can take: an empty task and its requests."""
        return [one + other for one, other in zip(self.seconds(empty), self.bare, strict=True)]


def unchanged(workspace: Workspace, size: Size) -> Section:
    """Compare where the server holds already what the document says."""
    site = company_of(size.technicians)
    with simulator(workspace, site) as server:
        found = measured(workspace, server, size, site, site, "technicians/get", 0)
    ours = found.seconds("config")
    section = Section(f"{size.technicians:,} technicians, nothing to change", COMMANDS)
    compare_with_loop(section, size, found, size.aim(200))
    section.slower(
        "the limit: an empty task and the bare requests", ours, found.limit(), size.aim(1.5)
    )
    section.slower(
        "the same, counting what is loaded before the task begins",
        found.seconds_with_loading(),
        found.limit(),
        size.aim(1.5),
    )
    section.slower(
        "an empty action plugin that is given the document, and the bare requests",
        ours,
        found.limit("empty_action"),
    )
    by_module = found.seconds("config_as_module")
    section.slower("by the module: the limit", by_module, found.limit())
    section.slower(
        "by the module: an empty module that is given the document, and the bare requests",
        by_module,
        found.limit("empty_with_document"),
    )
    section.notes.append(
        f"The collection makes {found.requests} requests. The loop makes one for each technician; it only asks, and compares nothing."
    )
    section.notes.append(memory_note(found))
    return section


def created(workspace: Workspace, size: Size) -> Section:
    """Compare where the server holds none of the technicians and takes its time to answer."""
    site = company_of(size.technicians)
    before = {**site, "technicians": {"admin": {"displayName": "Administrator", "groupIDs": [1]}}}
    with simulator(workspace, before, LATENCY) as server:
        found = measured(workspace, server, size, site, before, "technicians/new", size.technicians)
    ours, floor = found.seconds("config"), [found.requests * LATENCY / CONNECTIONS] * size.rounds
    product = f"{found.requests:,} requests x {LATENCY * 1000:.0f} ms / {CONNECTIONS} connections"
    section = Section(
        f"{size.technicians:,} technicians to create, each answer {LATENCY * 1000:.0f} ms late",
        COMMANDS,
    )
    compare_with_loop(section, size, found, size.aim(150))
    section.slower(product, ours, floor, size.aim(2))
    section.slower(
        "the same, counting what is loaded before the task begins",
        found.seconds_with_loading(),
        floor,
        size.aim(2),
    )
    section.slower("an empty task and the bare requests", ours, found.limit())
    section.slower("by the module: the product", found.seconds("config_as_module"), floor)
    bare = Ratio.of(found.bare, floor)
    section.notes.append(
        f"The bare requests alone take {number(bare.middle)}x ({number(bare.least)} to {number(bare.most)}) that product."
    )
    section.notes.append(
        f"The collection makes {found.requests:,} requests, as it reads back what it made. The loop makes one for each technician."
    )
    section.notes.append(memory_note(found))
    return section


def company_of(technicians: int) -> dict:
    """Return a company with so many people among its technicians."""
    return company(machines=0, technicians=technicians + min(4, technicians // 9))


def measured(
    workspace: Workspace,
    server: Simulator,
    size: Size,
    site: dict,
    before: dict,
    loop_query: str,
    changes: int,
) -> Measured:
    """Measure all contenders on a server that is in the state ``before`` each time, and is to
    become like ``site``.
    """
    playbooks = Playbooks(workspace, server, site, size.looped, loop_query)
    server.load(before)
    first = playbooks.run("config")  # a warm-up, too
    recorded = server.requests()
    if (first.changes, first.requests) != (changes, len(recorded)):
        raise SystemExit(
            f"{first.changes} changes with {first.requests} requests, where {changes} changes were due and {len(recorded)} requests came."
        )

    def anew(measure, argument):
        server.load(before)
        return measure(argument)

    names = ["config", "config_as_module", "empty", "loop_of_uri"]
    if not changes:
        names += ["empty_with_document", "empty_action"]
    measure = {name: partial(anew, playbooks.run, name) for name in names} | {
        "bare": partial(anew, playbooks.bare, recorded)
    }
    rounds = dict.fromkeys(measure, size.rounds) | {"loop_of_uri": size.loop_rounds}
    found = paired(rounds, measure)
    if any(
        (task.changes, task.requests) != (changes, len(recorded))
        for task in found["config"] + found["config_as_module"]
    ):
        raise SystemExit("The rounds did not do the same work, so that times cannot be compared.")
    memory = {name: anew(playbooks.module_memory, name) for name in ("config_as_module", "empty")}
    loop = [size.technicians * seconds_per_item(task.ends) for task in found["loop_of_uri"]]
    return Measured(
        {name: found[name] for name in names}, found["bare"], len(recorded), loop, memory
    )


def compare_with_loop(
    section: Section, size: Size, found: Measured, at_least: float | None
) -> None:
    """Add the rows about the loop: the tasks alone, and the whole commands."""
    section.faster(
        f"a loop of ansible.builtin.uri ({size.looped} items measured, scaled)",
        found.seconds("config"),
        found.loop,
        at_least,
    )
    loops = found.playbooks["loop_of_uri"]
    whole_loop = [
        task.command.seconds - task.seconds + scaled
        for task, scaled in zip(loops, found.loop, strict=True)
    ]
    section.faster(
        "the same, each as a whole command",
        [task.command.seconds for task in found.playbooks["config"]],
        whole_loop,
    )


def memory_note(found: Measured) -> str:
    """Return what the collection needs of memory, in words."""
    largest = {
        name: megabytes(max(task.command.peak for task in found.playbooks[name]))
        for name in ("config", "empty")
    }
    return (
        f"Peak memory of the largest process of the whole command: {largest['config']} (with an empty module: {largest['empty']}). "
        f"By the module: {megabytes(found.module_memory['config_as_module'])} in the module's own process (an empty module: "
        f"{megabytes(found.module_memory['empty'])})."
    )

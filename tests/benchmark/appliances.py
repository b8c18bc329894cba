"""The comparison of BeyondTrust's tasks with the budget of requests that an API account has, with
loops, and with the requests alone.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import yaml

from .measure import paired, seconds_per_item
from .report import Section
from .technicians import Task
from .workspace import HERE, ROOT, Simulator, Workspace, simulator

PER_SECOND = 20  # requests that an account may send (Remote Support 22.2 API guide)
VENDOR = "beyondtrust_rs"
API = "/api/config/v1"
GROUPS, JUMPOINTS = 10, 4
COMMANDS = (
    (
        "the collection",
        "ansible-playbook config.yml",
        'remoteops.access.beyondtrust_config: {config: {shell_jump: "{{ shell_jumps }}"}}',
    ),
    (
        "the loop",
        "ansible-playbook loop_of_uri.yml",
        'ansible.builtin.uri: {url: ..., headers: {Authorization: ...}, ...}, loop: "{{ requests }}"',
    ),
    (
        "the bare requests",
        "python bare_appliance.py requests.json 16",
        "the requests of the collection, recorded by the appliance, with one token",
    ),
)


@dataclass(frozen=True)
class Amounts:
    """How much is measured."""

    processes: int
    requests_each: int
    unchanged: int  # shell jumps that are there already
    created: int
    looped: int  # items of the loop; what they take is scaled to all
    rounds: int


def shell_jumps(number: int) -> tuple[list[dict], dict]:
    """Return shell jumps as a document describes them, and the collection of an appliance that
    holds them.
    """
    described, held = [], {}
    for each in range(number):
        item = {
            "name": f"sw-{each:04d}",
            "hostname": f"10.{each // 250}.{each % 250}.1",
            "protocol": "ssh",
            "port": 22,
            "username": "netadmin",
            "tag": "switch",
        }
        group, jumpoint = each % GROUPS + 1, each % JUMPOINTS + 1
        described.append(
            {**item, "jump_group": f"Site {group}", "jumpoint": f"Jumpoint {jumpoint}"}
        )
        held[str(each + 1)] = {
            **item,
            "jump_group_id": group,
            "jumpoint_id": jumpoint,
            "jump_group_type": "shared",
            "terminal": "xterm",
            "keep_alive": 0,
        }
    return described, held


def site(items: dict) -> dict:
    """Return an appliance with jump groups and jumpoints, and these shell jumps."""
    return {
        "config": {
            "jump-group": {
                str(number): {"name": f"Site {number}", "code_name": f"site_{number}"}
                for number in range(1, GROUPS + 1)
            },
            "jumpoint": {
                str(number): {
                    "name": f"Jumpoint {number}",
                    "code_name": f"jp_{number}",
                    "platform": "linux-x86",
                    "shell_jump_enabled": True,
                }
                for number in range(1, JUMPOINTS + 1)
            },
            "jump-item/shell-jump": items,
        }
    }


def processes(workspace: Workspace, amounts: Amounts) -> Section:
    """Let many processes use one account at once, and compare with the budget's own limit."""
    section = Section(
        f"{amounts.processes} processes at once on one account",
        (
            (
                "each process",
                "python one_process.py",
                f"remoteops.access.beyondtrust_jump_group_info, {amounts.requests_each} times",
            ),
        ),
    )
    seconds, floors, usages = [], [], []
    for number in range(amounts.rounds):
        with simulator(workspace, site({}), vendor=VENDOR) as server:
            environment = {
                **workspace.environment,
                **server.environment,
                "BEYONDTRUST_SHARED_DIRECTORY": str(workspace.directory / f"shared-{number}"),
            }
            go = workspace.directory / f"go-{number}"
            command = [sys.executable, HERE / "one_process.py", str(amounts.requests_each), go]
            started = [
                subprocess.Popen(
                    [str(word) for word in command],
                    env=environment,
                    cwd=ROOT,
                    stdout=subprocess.PIPE,
                    text=True,
                )
                for _process in range(amounts.processes)
            ]
            if any(process.stdout.readline() != "ready\n" for process in started):
                raise SystemExit("A process did not start.")
            begun = time.perf_counter()
            go.touch()
            if any(process.wait() for process in started):
                raise SystemExit("A process failed.")
            seconds.append(time.perf_counter() - begun)
            server.requests()  # which fails where one was refused
            usages.append(server.usage())
            floors.append(usages[-1]["requests"] / PER_SECOND)
    section.slower(
        f"{usages[-1]['requests']:,} requests / {PER_SECOND} per second", seconds, floors
    )
    most = {
        what: max(usage[what] for usage in usages)
        for what in usages[0]
        if isinstance(usages[0][what], int)
    }
    section.notes.append(
        f"Tokens minted: {most['tokens_minted']}. Tokens evicted: {most['tokens_evicted']}. Requests beyond the limits: {most['beyond_limits']}. "
        f"The most requests in any second, as the appliance counted them: {most['peak_per_second']}."
    )
    return section


class Playbooks:
    """The playbooks that are compared."""

    def __init__(
        self,
        workspace: Workspace,
        server: Simulator,
        described: Sequence[dict],
        requests: Sequence[dict],
    ):
        self._workspace, self._server = workspace, server
        workspace.write(
            "shell_jumps.yml", yaml.dump({"shell_jumps": list(described)}, Dumper=yaml.CSafeDumper)
        )
        workspace.write("requests.yml", {"requests": list(requests)})
        self._write(
            "config",
            "shell_jumps.yml",
            {
                "remoteops.access.beyondtrust_config": {
                    "config": {"shell_jump": "{{ shell_jumps }}"}
                }
            },
        )
        body = {"body": "{{ item.body }}", "body_format": "json"} if "body" in requests[0] else {}
        self._write(
            "loop_of_uri",
            "requests.yml",
            {
                "loop": "{{ requests }}",
                "ansible.builtin.uri": {
                    "url": "{{ lookup('env', 'BEYONDTRUST_URL') }}{{ item.path }}",
                    "method": "{{ item.method }}",
                    **body,
                    "status_code": [200, 201],
                    "ca_path": "{{ lookup('env', 'BEYONDTRUST_CA_PATH') }}",
                    "headers": {
                        "Authorization": "Bearer {{ lookup('env', 'BENCHMARK_TOKEN') }}",
                        "Accept": "application/json",
                    },
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

    def run(self, name: str, **environment: str) -> Task:
        """Run a playbook and return what it and its task took."""
        times = self._workspace.write("times", "")
        shared = {"BEYONDTRUST_SHARED_DIRECTORY": str(self._workspace.directory / "shared")}
        command = self._workspace.run(
            "ansible-playbook",
            f"{name}.yml",
            **{**self._server.environment, **shared, **environment},
        )
        return Task(command, **json.loads(times.read_text(encoding="utf-8")))

    def loop(self) -> Task:
        """Run the loop, with a token of its own."""
        token = self._workspace.run(
            "python", HERE / "bare_appliance.py", "token", 1, **self._server.environment
        ).output.strip()
        return self.run("loop_of_uri", BENCHMARK_TOKEN=token)

    def bare(self, recorded: Sequence) -> float:
        """Send recorded requests without anything around them, and return the seconds from
        importing httpx on.
        """
        file = self._workspace.write("requests.json", recorded)
        return float(
            self._workspace.run(
                "python", HERE / "bare_appliance.py", file, 16, **self._server.environment
            ).output
        )


def compared(
    workspace: Workspace,
    title: str,
    amounts: Amounts,
    items: Sequence[dict],
    before: dict,
    looped: Sequence[dict],
    changes: int,
) -> Section:
    """Compare one task for many shell jumps with the budget's own limit, with a loop, and with its
    requests alone.
    """
    section = Section(title, COMMANDS)
    with simulator(workspace, before, vendor=VENDOR) as server:
        playbooks = Playbooks(workspace, server, items, looped)
        server.load(before)
        # A warm-up, too: it mints the token and asks for the product.
        first = playbooks.run("config")
        server.load(before)
        playbooks.run("config")
        recorded = [
            entry
            for entry in server.recorded()
            if not entry[1].startswith(("/oauth2", "/get_mech_list"))
        ]
        if first.changes != changes:
            raise SystemExit(f"{first.changes} changes, where {changes} were due.")

        def anew(measure, *arguments):
            time.sleep(1.1)  # so that what the one before sent no longer counts
            server.load(before)
            return measure(*arguments)

        measure = {
            "config": partial(anew, playbooks.run, "config"),
            "loop": partial(anew, playbooks.loop),
        }
        if len(recorded) < PER_SECOND:  # more at once would be refused
            measure["bare"] = partial(anew, playbooks.bare, recorded)
        found = paired(dict.fromkeys(measure, amounts.rounds), measure)
    ours = [task.seconds for task in found["config"]]
    loop = [len(items) * seconds_per_item(task.ends) for task in found["loop"]]
    section.faster(
        f"a loop of ansible.builtin.uri ({len(looped)} items measured, scaled)", ours, loop
    )
    section.slower(
        f"the budget's own limit: {len(recorded)} requests / {PER_SECOND} per second",
        ours,
        [len(recorded) / PER_SECOND] * len(ours),
    )
    if "bare" in found:
        section.slower(
            "the bare requests, which are too few to meet the budget", ours, found["bare"]
        )
    section.notes.append(
        f"The collection makes {len(recorded)} requests; the loop makes one for each item, and compares nothing."
    )
    return section


def unchanged(workspace: Workspace, amounts: Amounts) -> Section:
    """Compare where the appliance holds already what the document says."""
    described, held = shell_jumps(amounts.unchanged)
    requests = [
        {"method": "GET", "path": f"{API}/jump-item/shell-jump/{number + 1}"}
        for number in range(amounts.looped)
    ]
    return compared(
        workspace,
        f"{amounts.unchanged:,} shell jumps, nothing to change",
        amounts,
        described,
        site(held),
        requests,
        0,
    )


def created(workspace: Workspace, amounts: Amounts) -> Section:
    """Compare where the appliance holds none of them."""
    described, held = shell_jumps(amounts.created)
    bodies = list(held.values())[: amounts.looped]
    requests = [
        {"method": "POST", "path": f"{API}/jump-item/shell-jump", "body": body} for body in bodies
    ]
    return compared(
        workspace,
        f"{amounts.created:,} shell jumps to create",
        amounts,
        described,
        site({}),
        requests,
        amounts.created,
    )

"""The comparison of the inventory of jump items with Ansible's public API in a plain loop, and with
the budget of requests of an API account.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from functools import partial
from math import ceil
from typing import Any

from .appliances import GROUPS, JUMPOINTS, PER_SECOND, VENDOR, site
from .machines import LOOP, OURS, check_same
from .measure import Run, paired, rounds_within
from .report import Section, megabytes
from .workspace import Simulator, Workspace, simulator

PAGE = 100
RAISED = 1_000  # requests per second
# Requests; so that measuring again and again does not meet the appliance's limits.
UNLIMITED = 10_000_000
COMPUTED = {
    "strict": True,
    "compose": {
        "site": "beyondtrust_jump_group | lower",
        "fqdn": "beyondtrust_name ~ '.example.org'",
    },
    "keyed_groups": [{"key": "beyondtrust_tag", "prefix": "tag"}],
}
# By the number of items. The requests, which take both ways as long, are part of what is compared.
AIMS = {10_000: 3.0}  # with COMPUTED
LIMIT_AIMS = {10_000: 1.5}
COMMANDS = (
    (
        OURS,
        "python -m tests.benchmark.parse time beyondtrust.yml",
        "`plugin: remoteops.access.beyondtrust`; all pages side by side, 19 requests in a second",
    ),
    (
        LOOP,
        "python -m tests.benchmark.parse time beyondtrust.yml",
        "`plugin: plain_loop_jump_items`, see `tests/benchmark/peers/inventory`; page after page, waits as the appliance says when it has sent too many",
    ),
)


class Inventories:
    """Both ways of bringing the jump items of an appliance into Ansible."""

    def __init__(self, workspace: Workspace, server: Simulator, size: int, per_second: int):
        self._workspace = workspace
        self._environment = {
            **server.environment,
            "BEYONDTRUST_REQUESTS_PER_SECOND": str(per_second),
            "BEYONDTRUST_SHARED_DIRECTORY": str(
                workspace.directory / f"shared-{size}-{per_second}"
            ),
        }

    def parse(self, what: str, name: str, computed: Mapping[str, Any]) -> Run:
        """Let parse.py parse the file of a contender."""
        plugin = {OURS: "remoteops.access.beyondtrust", LOOP: "plain_loop_jump_items"}[name]
        kinds = {"kinds": ["remote_rdp", "shell_jump"]} if name == OURS else {}
        file = self._workspace.write(
            f"{plugin}{'-computed' if computed else ''}/beyondtrust.yml",
            {"plugin": plugin, **kinds, **computed},
        )
        return self._workspace.run(
            "python",
            "-m",
            "tests.benchmark.parse",
            what,
            file,
            ANSIBLE_INVENTORY_ENABLED=plugin,
            **self._environment,
        )

    def time(self, name: str, items: int, computed: Mapping[str, Any]) -> tuple[float, int]:
        """Return the seconds that a parse took, and the peak memory of its process in bytes."""
        time.sleep(1.1)  # so that what the one before sent no longer counts
        found = self.parse("time", name, computed)
        told = json.loads(found.output)
        if told["hosts"] != items:
            raise SystemExit(f"{name}: {told['hosts']} hosts instead of {items}.")
        return told["seconds"], found.peak

    def check(self, computed: Mapping[str, Any]) -> None:
        """Raise SystemExit unless both come to the same groups, hosts and variables, with their
        order, types and tags.
        """
        ours, other = (
            json.loads(self.parse("tags", name, computed).output) for name in (OURS, LOOP)
        )
        check_same(ours, LOOP, other)


def items_of(number: int) -> dict:
    """Return an appliance with so many jump items, every other one a shell jump, in jump groups."""
    shell_jumps, remote_rdps = {}, {}
    for each in range(number):
        place = {
            "jump_group_id": each % GROUPS + 1,
            "jumpoint_id": each % JUMPOINTS + 1,
            "jump_group_type": "shared",
        }
        item = {
            "name": f"host-{each:06}",
            "hostname": f"10.{each // 62_500}.{each // 250 % 250}.{each % 250 + 1}",
            **place,
            "comments": "",
        }
        if each % 2:
            remote_rdps[str(len(remote_rdps) + 1)] = {
                **item,
                "rdp_username": "helpdesk",
                "domain": "EXAMPLE",
                "tag": "windows",
            }
        else:
            shell_jumps[str(len(shell_jumps) + 1)] = {
                **item,
                "protocol": "ssh",
                "port": 22,
                "username": "netadmin",
                "tag": "switch",
            }
    seed = site(shell_jumps)
    return {**seed, "config": {**seed["config"], "jump-item/remote-rdp": remote_rdps}}


def requests_for(number: int) -> int:
    """Return how many requests the lists of so many items take: the pages of both kinds, jump
    groups and jumpoints.
    """
    return ceil(ceil(number / 2) / PAGE) + ceil(number // 2 / PAGE) + 2


def inventory_of_jump_items(
    workspace: Workspace, sizes: Sequence[int], budget: float, rounds: int
) -> list[Section]:
    """Compare both ways to the inventory for so many jump items, within the budget of requests and
    with a raised one.

    ``budget``: seconds for which each way is measured at each size, see rounds_within. ``rounds``:
    how often at most.
    """
    within = Section(
        f"Inventory of jump items, within the budget of {PER_SECOND} requests per second", COMMANDS
    )
    raised = Section(f"The same with a budget of {RAISED:,} requests per second", ())
    for size in sizes:
        seed = items_of(size)
        if granted := rounds_within(budget, rounds, 2 + requests_for(size) / PER_SECOND):
            with simulator(
                workspace, seed, vendor=VENDOR, switches=(f"requests_per_hour={UNLIMITED}",)
            ) as server:
                inventories = Inventories(workspace, server, size, PER_SECOND)
                ours, theirs = measured(within, inventories, size, {}, granted)
                within.faster(f"{size:,} items: {LOOP}", ours, theirs)
                limit = requests_for(size) / PER_SECOND
                within.slower(
                    f"{size:,} items: {requests_for(size)} requests / {PER_SECOND} per second",
                    ours,
                    [limit] * granted,
                    LIMIT_AIMS.get(size),
                )
        with simulator(
            workspace,
            seed,
            vendor=VENDOR,
            switches=(f"requests_per_hour={UNLIMITED}", f"requests_per_second={UNLIMITED}"),
        ) as server:
            inventories = Inventories(workspace, server, size, RAISED)
            for computed in ({}, COMPUTED):
                if size == sizes[0]:
                    inventories.check(computed)
                # The simulator answers about fifty pages in a second, and Ansible computes about
                # three hundred hosts.
                expected = 2 + requests_for(size) / 50 + (size / 300 if computed else 0)
                if granted := rounds_within(budget, rounds, expected):
                    what = f"{size:,} items{' with two composed variables and one keyed group' if computed else ''}: {LOOP}"
                    raised.faster(
                        what,
                        *measured(raised, inventories, size, computed, granted),
                        AIMS.get(size) if computed else None,
                    )
    within.notes.append(
        f"An account may send {PER_SECOND} requests in a second, and a page holds {PAGE} items at most: 10,000 items are {requests_for(10_000)} requests, "
        f"which take {requests_for(10_000) / PER_SECOND:.1f} s whoever sends them."
    )
    within.notes.append(
        f"Up to {PER_SECOND} requests the loop is faster, as it sends them at once: the collection spaces its requests evenly, "
        "since others may use the account at the same time."
    )
    raised.notes.append(
        f"The results are the same, checked with {sizes[0]:,} items: all groups, hosts and variables with their order, types and tags."
    )
    raised.notes.append(
        "No appliance answers so fast: this shows the work of both sides, and that of the simulator, which runs on the same cores."
    )
    return [within, raised]


def measured(
    section: Section, inventories: Inventories, size: int, computed: Mapping[str, Any], rounds: int
) -> list[list[float]]:
    """Return the seconds of each round, ours and those of the loop, after one that mints the token;
    adds what was seen of memory.
    """
    inventories.time(OURS, size, computed)
    found = paired(
        dict.fromkeys((OURS, LOOP), rounds),
        {name: partial(inventories.time, name, size, computed) for name in (OURS, LOOP)},
    )
    if not computed:
        peaks = ", ".join(
            f"{megabytes(max(peak for _seconds, peak in runs))} {name}"
            for name, runs in found.items()
        )
        section.notes.append(f"Peak memory for {size:,} items: {peaks}.")
    return [[seconds for seconds, _peak in found[name]] for name in (OURS, LOOP)]

"""Runs at the same time: what several describe is made once, and where it was made twice after all
the run says so and names both.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.unit.plugins.modules.beyondtrust.test_automation import with_endpoints

SCRIPT = "import json, sys\nfrom tests.module_runner import run_module\nprint(run_module(sys.argv[1], json.loads(sys.argv[2])).output)"
SHORTCUT = {
    "kind": "local_jump",
    "name": "till-9",
    "group": "servers",
    "hostname": "till-9.example.org",
}
JOB = {
    "name": "Reboot",
    "operating_system": "Linux",
    "cmd": "sh",
    "script": "reboot",
    "start_at": "2027-01-31T22:00:00+00:00",
    "endpoints": ["TILL-1"],
}
# Kinds of whose names the server keeps none unique: the server, the module, its options, and how
# many there are.
MADE = {
    "shell_jump": (
        "rs",
        "beyondtrust_shell_jump",
        {
            "name": "sw-9",
            "jump_group": "Servers",
            "jumpoint": "Leeds",
            "hostname": "10.0.0.9",
            "protocol": "ssh",
        },
        lambda site: [
            each
            for each in site["config"]["jump-item/shell-jump"].values()
            if each["name"] == "sw-9"
        ],
    ),
    "import": (
        "rs",
        "jump_shortcut",
        SHORTCUT,
        lambda site: [each for each in site["shortcuts"] if each["name"] == "till-9"],
    ),
    "job": (
        "rs",
        "beyondtrust_automation_job",
        JOB,
        lambda site: [
            each
            for each in site["config"]["endpoint-automation/job"].values()
            if each["name"] == "Reboot"
        ],
    ),
    "session": (
        "screenconnect",
        "screenconnect_session",
        {"name": "web-9", "type": "access"},
        lambda site: [each for each in site["sessions"].values() if each.get("Name") == "web-9"],
    ),
    "fastx session": (
        "fastx",
        "fastx_session",
        {"name": "night", "command": "xterm"},
        lambda site: [
            each for each in site["sessions"] if each.get("params", {}).get("name") == "night"
        ],
    ),
    "document": (
        "rs",
        "beyondtrust_config",
        {
            "config": {
                "shell_jump": [
                    {
                        "name": "sw-9",
                        "jump_group": "Servers",
                        "jumpoint": "Leeds",
                        "hostname": "10.0.0.9",
                        "protocol": "ssh",
                    }
                ]
            }
        },
        lambda site: [
            each
            for each in site["config"]["jump-item/shell-jump"].values()
            if each["name"] == "sw-9"
        ],
    ),
    "sessions": (
        "screenconnect",
        "screenconnect_config",
        {"config": {"session": [{"name": "web-9", "type": "access"}]}},
        lambda site: [each for each in site["sessions"].values() if each.get("Name") == "web-9"],
    ),
    "member": (
        "rs",
        "beyondtrust_jump_group",
        {"name": "Servers", "members": [{"user": "c.soares"}]},
        lambda site: [
            each for each in site["config"]["jump-group/user"].values() if each["_parent"] == 2
        ],
    ),
}
every_kind = pytest.mark.parametrize("what", MADE)


def started(module: str, options: dict, cache: Path) -> subprocess.Popen:
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(sys.path),
        "XDG_CACHE_HOME": str(cache),
    }
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT, module, json.dumps(options)],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )


def results(processes) -> list[dict]:
    return [json.loads(process.communicate()[0]) for process in processes]


@every_kind
def test_of_several_processes_one_makes_it_and_the_others_find_it(servers, tmp_path, what):
    server, module, options, held = MADE[what]
    simulated = servers[server](**({"site": with_endpoints()} if what == "job" else {}))
    simulated.server.latency = 0.02
    processes = [
        started(module, {**simulated.options, **options}, tmp_path) for _number in range(5)
    ]
    outcomes = results(processes)
    assert [outcome for outcome in outcomes if outcome.get("failed")] == []
    assert len(held(simulated.site)) == 1 and sorted(
        outcome["changed"] for outcome in outcomes
    ) == [False] * 4 + [True]
    if what != "document":
        assert simulated.expect(module, **options)["changed"] is False


# What the other host makes: where the server keeps it, and what it is.
_OF_SHELL = {
    "name": "sw-9",
    "jump_group_id": 1,
    "jump_group_type": "shared",
    "jumpoint_id": 1,
    "hostname": "10.0.0.9",
    "protocol": "ssh",
    "port": 22,
}
OTHERS = {
    "shell_jump": (
        "POST /api/config/v1/jump-item/shell-jump",
        lambda site: site["config"]["jump-item/shell-jump"],
        "99",
        {"id": 99, **_OF_SHELL},
    ),
    "document": (
        "POST /api/config/v1/jump-item/shell-jump",
        lambda site: site["config"]["jump-item/shell-jump"],
        "99",
        {"id": 99, **_OF_SHELL},
    ),
    "session": (
        "CreateSession",
        lambda site: site["sessions"],
        "00000099-0000-4000-8000-000000000099",
        {"Name": "web-9"},
    ),
}


@pytest.mark.parametrize("fault", [None, "reset_after"])
@pytest.mark.parametrize("what", OTHERS)
def test_what_another_host_made_at_the_same_time_is_told_with_both_identifiers(
    servers, what, fault
):
    """Hosts share no turn. What the other one makes arrives with our own write."""
    server, module, options, held = MADE[what]
    write, place, key, record = OTHERS[what]
    simulated = servers[server]()
    template = next(iter(place(simulated.site).values()))
    noted = simulated.journal.add

    def add(**facts):
        entry = noted(**facts)
        if entry.query == write:
            place(simulated.site)[key] = {
                **template,
                **record,
                **({} if what == "session" else {"jump_group_id": group_of(simulated, "Servers")}),
            }
        return entry

    simulated.journal.add, simulated.lies = add, True
    if fault:
        simulated.inject(write, fault)
    outcome = simulated.run(module, **options, retries=3)
    identifiers = sorted(held(simulated.site), key=str)
    assert len(identifiers) == 2 and len(simulated.asked(write)) == 1
    assert (
        outcome.failed
        and outcome["changed"] is True
        and key in outcome["msg"]
        and "Remove all but one" in outcome["msg"]
    )
    again = simulated.run(module, **options)
    assert again.failed and key in again["msg"] and "Several" in again["msg"]


@pytest.mark.parametrize("fault", [None, "reset_after"])
def test_a_job_that_another_host_made_at_the_same_time_is_told_with_both_identifiers_and_warned_of_afterwards(
    beyondtrust, fault
):
    simulated = beyondtrust(site=with_endpoints())
    write, jobs, noted = (
        "POST /api/config/v1/endpoint-automation/job",
        simulated.site["config"]["endpoint-automation/job"],
        simulated.journal.add,
    )

    def add(**facts):
        entry = noted(**facts)
        if entry.query == write:
            payload = {"cmd": "sh", "script": "reboot", "resources": []}
            jobs["99"] = {
                "id": 99,
                "name": "Reboot",
                "operating_system": "Linux",
                "start_at": JOB["start_at"],
                "payload": payload,
            }
        return entry

    simulated.journal.add, simulated.lies = add, True
    if fault:
        simulated.inject(write, fault)
    outcome = simulated.run("beyondtrust_automation_job", **JOB)
    assert outcome.failed and outcome["changed"] is True and len(simulated.asked(write)) == 1
    identifiers = sorted(job["id"] for job in jobs.values() if job["name"] == "Reboot")
    assert (
        len(identifiers) == 2
        and ", ".join(map(str, identifiers)) in outcome["msg"]
        and "No job can be removed" in outcome["msg"]
    )
    again = simulated.run("beyondtrust_automation_job", **JOB)
    assert (
        not again.failed
        and again["changed"] is False
        and "Several jobs are called" in json.dumps(again["warnings"])
    )


def group_of(simulated, name) -> int:
    return next(
        group["id"]
        for group in simulated.site["config"]["jump-group"].values()
        if group["name"] == name
    )


def test_nobody_waits_in_check_mode_or_where_nothing_is_made(beyondtrust, tmp_path):
    simulated = beyondtrust()
    _server, module, options, _held = MADE["shell_jump"]
    with holder_of_the_turn(simulated, 30):
        assert simulated.expect(module, check=True, **options)["changed"] is True
        assert (
            simulated.expect("beyondtrust_jump_group", name="Plant Leeds", comments="Changed")[
                "changed"
            ]
            is True
        )
        assert simulated.expect("beyondtrust_jump_group_info")["changed"] is False


def test_a_process_that_keeps_the_turn_for_too_long_is_named(beyondtrust, monkeypatch):
    from ansible_collections.remoteops.access.plugins.module_utils._core import shared_files

    simulated = beyondtrust()
    _server, module, options, held = MADE["shell_jump"]
    monkeypatch.setattr(shared_files.locked.__wrapped__, "__defaults__", (0.2,))
    with holder_of_the_turn(simulated, 30) as holder:
        message = simulated.refuse(module, **options)
        assert (
            f"process {holder.pid}" in message
            and "stopped" in message
            and "Nothing was done" in message
        )
    assert held(simulated.site) == []
    assert simulated.expect(module, **options)["changed"] is True


HOLD = """
import os, signal, sys
from pathlib import Path
from ansible_collections.remoteops.access.plugins.module_utils._core.turns import Turn
turn = Turn(sys.argv[1], sys.argv[2])
turn.take()
print("taken", flush=True)
os.kill(os.getpid(), signal.SIGSTOP)
"""


def holder_of_the_turn(simulated, _seconds):
    """Return a process, to be entered, that has the turn and is stopped, as by Ctrl-Z."""
    stack = ExitStack()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    origin, directory = simulated.running.url, simulated.options["shared_directory"]
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, origin, directory],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    stack.callback(process.wait)
    stack.callback(process.kill)
    assert process.stdout.readline() == "taken\n"

    class Holder:
        def __enter__(self):
            return process

        def __exit__(self, *failure):
            stack.close()
            process.stdout.close()

    return Holder()

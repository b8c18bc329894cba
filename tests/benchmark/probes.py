"""How soon probes notice that an appliance has died: the seconds from the fault to the first failed
probe, beside the interval of the probes.

Usage as a process of its own, which probes until it is told to end: python -m
tests.benchmark.probes OPTIONS
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx

from tests.module_runner import run_module

from .report import Section
from .workspace import BIN, ROOT, Workspace, simulator

INTERVAL = 0.25  # seconds
PATIENCE = 20.0  # seconds in which a change has to be noticed
COMMANDS = (
    (
        "the collection",
        "python -m tests.benchmark.probes options.json",
        f"remoteops.access.beyondtrust_probe: one process, with interval: {INTERVAL}",
    ),
)
# How the appliance fails: in words, what the simulator is asked for, and in how many intervals a
# probe is to notice it. Half an interval passes on average until the next probe. One that is never
# answered fails when its timeout is over, which is one interval here.
FAULTS = (
    ("its page says 500", "PATCH", "health", {"success": False}, 1.0),
    ("connections are refused", "POST", "kill", {"how": "refuse"}, 1.0),
    ("connections are reset", "POST", "kill", {"how": "reset"}, 1.0),
    ("nothing is answered any more", "POST", "kill", {"how": "hang"}, 2.0),
)


def detection(workspace: Workspace, rounds: int = 20, judged: bool = True) -> Section:
    """Let an appliance fail in each way at moments that nobody knows, and compare the time until a
    probe has failed with the interval.
    """
    section = Section("Probes: from the fault to the first failed probe, in intervals", COMMANDS)
    with simulator(workspace, {}, vendor="beyondtrust_pair") as server:
        samples, stop = workspace.directory / "probes.jsonl", workspace.directory / "stop"
        options = workspace.write(
            "options.json",
            {
                "targets": [{"name": "a", "url": server.environment["BEYONDTRUST_URL"]}],
                "ca_path": server.environment["BEYONDTRUST_CA_PATH"],
                "duration": 3600,
                "interval": INTERVAL,
                "timeout": INTERVAL,
                "path": str(samples),
                "stop_file": str(stop),
            },
        )
        process = subprocess.Popen(
            [BIN / "python", "-m", "tests.benchmark.probes", options],
            env=workspace.environment,
            cwd=ROOT,
            stdout=subprocess.PIPE,
        )
        try:
            with httpx.Client(verify=server.environment["BEYONDTRUST_CA_PATH"]) as client:
                control = f"{server.environment['BEYONDTRUST_SHARED_URL']}/_simulator/a"
                for words, method, path, body, intervals in FAULTS:
                    seconds = [
                        _noticed(client, control, samples, method, path, body)
                        for _round in range(rounds)
                    ]
                    section.slower(
                        f"the interval, where {words}",
                        seconds,
                        [INTERVAL] * rounds,
                        at_most=intervals if judged else None,
                    )
        finally:
            stop.touch()
            process.communicate(timeout=PATIENCE)
    section.notes.append(
        "The fault counts from the moment at which the simulator is asked for it; a probe has failed when its answer, or none, is known."
    )
    return section


def _noticed(
    client: httpx.Client, control: str, samples: Path, method: str, path: str, body: dict
) -> float:
    """Let the appliance fail, and return after how many seconds a probe had; then let it be well
    again.
    """
    time.sleep(random.uniform(0, INTERVAL))
    began = time.time()
    client.request(method, f"{control}/{path}", json=body).raise_for_status()
    noticed = _first(samples, began, lambda sample: not sample["healthy"])
    client.post(f"{control}/revive").raise_for_status()
    client.patch(f"{control}/health", json={"success": True}).raise_for_status()
    _first(samples, time.time(), lambda sample: sample["healthy"])
    return noticed - began


def _first(samples: Path, after: float, matches: Callable[[dict], bool]) -> float:
    """Wait for a sample of after a moment, and return when its outcome was known. Raises SystemExit
    where there is none.
    """
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        lines = samples.read_text(encoding="utf-8").split("\n")[1:-1] if samples.exists() else []
        found = (
            sample
            for sample in map(json.loads, lines[-50:])
            if sample["at"] + sample["seconds"] >= after and matches(sample)
        )
        if sample := next(found, None):
            return sample["at"] + sample["seconds"]
        time.sleep(0.01)
    raise SystemExit("The probes did not notice what happened to the appliance.")


if __name__ == "__main__":
    run_module("beyondtrust_probe", json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))

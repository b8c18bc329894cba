"""A temporary directory in which Ansible's commands run with none of the user's own settings, and
simulated servers for them.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from .measure import Run, run

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
PEERS = HERE / "peers"
BIN = Path(sys.executable).parent
LONGEST_START = 120  # seconds that a server of 100,000 machines may need to start on a busy machine


class Workspace:
    """A directory with a collections path, an empty configuration and the environment that leads to
    both.
    """

    def __init__(self, directory: Path):
        self.directory = directory
        link = directory / "collections/ansible_collections/remoteops/access"
        link.parent.mkdir(parents=True)
        link.symlink_to(ROOT)
        (directory / "ansible.cfg").touch()
        own = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("ANSIBLE_", "SIMPLEHELP_", "BEYONDTRUST_", "PYTHON"))
        }
        self.environment = {
            **own,
            "PYTHONPATH": f"{ROOT}:{directory}/collections",
            "ANSIBLE_CONFIG": str(directory / "ansible.cfg"),
            "ANSIBLE_HOME": str(directory / "home"),
            "ANSIBLE_COLLECTIONS_PATH": f"{directory}/collections",
            "ANSIBLE_ACTION_PLUGINS": str(PEERS / "action"),
            "ANSIBLE_LIBRARY": str(PEERS / "library"),
            "ANSIBLE_INVENTORY_PLUGINS": str(PEERS / "inventory"),
            "ANSIBLE_CALLBACK_PLUGINS": str(PEERS / "callback"),
            "ANSIBLE_CALLBACKS_ENABLED": "task_times",
            "ANSIBLE_REMOTE_TEMP": str(directory / "remote"),
            "ANSIBLE_LOCALHOST_WARNING": "false",
            "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
            "ANSIBLE_NOCOLOR": "1",
            "BENCHMARK_TIMES": str(directory / "times"),
        }

    def write(self, name: str, content: Any) -> Path:
        """Write a file: text as it is, anything else as JSON, which is YAML too."""
        path = self.directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            content if isinstance(content, str) else json.dumps(content, ensure_ascii=False),
            encoding="utf-8",
        )
        return path

    def run(self, *command: object, **environment: str) -> Run:
        """Run a command of the virtual environment and return what it took."""
        return run(
            [BIN / str(command[0]), *command[1:]],
            {**self.environment, **environment},
            self.directory,
        )


class Simulator:
    """A simulated server in a process of its own."""

    def __init__(self, environment: dict[str, str]):
        self.environment = environment
        url, ca_path = (
            next(value for name, value in environment.items() if name.endswith(end))
            for end in ("_URL", "_CA_PATH")
        )
        self._control = f"{url}/_simulator"
        self._client = httpx.Client(verify=ca_path, timeout=120)

    def load(self, site: dict) -> None:
        """Put the server into a state, and forget what it was asked."""
        self._client.put(f"{self._control}/site", json=site).raise_for_status()
        self._client.delete(f"{self._control}/journal").raise_for_status()

    def requests(self) -> list[Sequence]:
        """Return what the server was asked since it was loaded: method, query and body of each
        request. Raises SystemExit where one failed.
        """
        return [(entry["method"], entry["query"], entry["body"]) for entry in self._asked()]

    def recorded(self) -> list[Sequence]:
        """Return what a BeyondTrust appliance was asked: method, path, parameters and body of each
        request. Raises SystemExit where one failed.
        """
        return [
            (entry["method"], entry["query"].partition(" ")[2], entry["parameters"], entry["body"])
            for entry in self._asked()
        ]

    def _asked(self):
        journal = self._client.get(f"{self._control}/journal").raise_for_status().json()
        failed = [
            entry["query"] for entry in journal["entries"] if not 200 <= entry["status"] < 300
        ]
        if failed or journal["violations"]:
            raise SystemExit(
                f"The simulator refused requests: {failed[:3]} {journal['violations'][:3]}"
            )
        return journal["entries"]

    def usage(self) -> dict:
        """Return what a BeyondTrust appliance noted of its first API account: tokens minted and
        evicted, the most requests in any second, and more.
        """
        return next(
            iter(self._client.get(f"{self._control}/usage").raise_for_status().json().values())
        )


@contextmanager
def simulator(
    workspace: Workspace,
    site: dict,
    latency: float = 0.0,
    vendor: str = "simplehelp",
    switches: Sequence[str] = (),
) -> Iterator[Simulator]:
    """Run a simulated server that holds ``site`` and takes ``latency`` seconds longer for each
    answer.
    """
    directory = workspace.directory / "simulator"
    environment_file = directory / "environment"
    command = [
        "-m",
        "tests.simulator",
        "--vendor",
        vendor,
        "--site",
        workspace.write("site.json", site),
        "--directory",
        directory,
        "--latency",
        str(latency),
        *(word for switch in switches for word in ("--switch", switch)),
    ]
    process = subprocess.Popen(
        [sys.executable, *map(str, command)], cwd=ROOT, stdout=subprocess.DEVNULL
    )
    try:
        deadline = time.monotonic() + LONGEST_START
        while not environment_file.exists():
            if process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit("The simulator did not start.")
            time.sleep(0.05)
        words = shlex.split(environment_file.read_text(encoding="utf-8"))
        yield Simulator(dict(word.split("=", 1) for word in words if "=" in word))
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()
        environment_file.unlink(missing_ok=True)

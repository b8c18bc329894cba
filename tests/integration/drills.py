"""A controller beside a simulated pair of appliances, on which failover drills are carried out by
the real ansible-playbook.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import os
import signal
import socket
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.controller import run_command
from tests.patience import LONGEST_MOMENT
from tests.simulator.beyondtrust import Pair, RunningPair, Switches
from tests.unit.appliances import CLIENT_ID, CLIENT_SECRET, small_appliance

from .conftest import SETTINGS, Run

PLAYBOOK = "remoteops.access.failover_drill"
SPEED = 25  # seconds of the pair's clock in a real one
# A pair of which each change of roles takes about a second in all.
SWITCHES = {
    "requests_per_second": 100_000,
    "data_sync_seconds": 8.0,
    "role_change_seconds": 3.0,
    "both_backup_seconds": 2.0,
    "restart_seconds": 4.0,
}
# How a drill is hurried.
QUICK = {
    "interval": 0.5,
    "observe": 0.2,
    "poll": 0.2,
    "promote_after": 0.5,
    "max_outage": 8,
    "backup": False,
    "probe_duration": 60,
}


@dataclass
class Rehearsal:
    """A folder with the user's drills, and the pair that they are about."""

    pair: Pair
    place: RunningPair
    directory: Path
    warns: bool = False  # whether there is something to warn of

    @property
    def environment(self) -> dict[str, str]:
        return {
            **SETTINGS,
            "ANSIBLE_PIPELINING": "1",
            "ANSIBLE_ASYNC_DIR": str(self.directory / "jobs"),
            "BEYONDTRUST_URL": self.place.url,
            "BEYONDTRUST_PEER_URL": self.place.peer_url,
            "BEYONDTRUST_SHARED_URL": self.place.shared_url,
            "BEYONDTRUST_CLIENT_ID": CLIENT_ID,
            "BEYONDTRUST_CLIENT_SECRET": CLIENT_SECRET,
            "BEYONDTRUST_CA_PATH": str(self.place.ca_path),
            "BEYONDTRUST_PEER_CLIENT_ID": CLIENT_ID,
            "BEYONDTRUST_PEER_CLIENT_SECRET": CLIENT_SECRET,
            "BEYONDTRUST_SHARED_DIRECTORY": str(self.directory / "shared"),
            "BEYONDTRUST_REQUESTS_PER_SECOND": "900",
            "BEYONDTRUST_RETRIES": "0",
        }

    def run(self, *arguments: str, **options) -> Run:
        """Run the playbook; ``options`` are variables of the role without their prefix."""
        given = {
            f"failover_drill_{name}": value
            for name, value in {**QUICK, "directory": "drills", **options}.items()
        }
        return self.ansible("ansible-playbook", PLAYBOOK, "-e", json.dumps(given), *arguments)

    def ansible(self, *command: str) -> Run:
        """Run one of Ansible's commands, which may show no secret, no traceback, and no warning
        without a reason.
        """
        done = run_command(*command, directory=self.directory, **self.environment)
        output = done.stdout + done.stderr
        assert CLIENT_SECRET not in output and json.dumps(CLIENT_SECRET)[1:-1] not in output
        assert (
            "Traceback (most recent call last)" not in output
            and ("[WARNING]" in output) == self.warns
        ), output
        return Run(done.returncode, " ".join(output.replace("\\n", " ").split()))

    def passed(self, *arguments: str, **options) -> Run:
        """Run the playbook, which must succeed."""
        run = self.run(*arguments, **options)
        assert run.status == 0, run.output
        return run

    def failed(self, *arguments: str, **options) -> Run:
        """Run the playbook, which must fail."""
        run = self.run(*arguments, **options)
        assert run.status == 2, run.output
        return run

    def meanwhile(
        self, step: str, act: Callable[[], None], when: Callable[[], bool] = lambda: True, **options
    ) -> Run:
        """Run the playbook, and act as soon as a step is under way and something is the case."""
        with ThreadPoolExecutor(1) as pool:
            run = pool.submit(self.run, **options)
            deadline = time.monotonic() + LONGEST_MOMENT
            while not (self.under_way() == step and when()):
                assert not run.done(), run.result().output
                assert time.monotonic() < deadline, f"{step} was not under way"
                time.sleep(0.01)
            act()
            return run.result()

    def killed(self, step: str, when: Callable[[], bool] = lambda: True, **options) -> Run:
        """Run the playbook, and kill it with all that belongs to it while a step is under way and
        something is the case.
        """
        return self.meanwhile(
            step,
            lambda: kill_with_children(self.journal()["runs"][-1]["controller"]["process"]),
            when,
            **options,
        )

    @property
    def drills(self) -> list[Path]:
        """The directories of the drills, the newest one last."""
        return sorted(path.parent for path in (self.directory / "drills").glob("*/journal.json"))

    def journal(self) -> dict | None:
        """Return the journal of the newest drill."""
        return json.loads((self.drills[-1] / "journal.json").read_text()) if self.drills else None

    def under_way(self) -> str | None:
        """Return the step that is under way."""
        journal = self.journal()
        last = journal["steps"][-1] if journal and journal["steps"] else {"result": ""}
        return last["step"] if last["result"] is None else None

    def report(self) -> dict:
        """Return the report of the newest drill, which must lie there in all forms."""
        (place,) = self.drills[-1:]
        assert {"report.html", "report.json", "report.xml"} <= {
            path.name for path in place.iterdir()
        }
        return json.loads((place / "report.json").read_text())

    def steps(self) -> list[tuple[str, str]]:
        """Return the steps of the newest drill and what they came to."""
        return [(step["step"], step["result"]) for step in self.journal()["steps"]]

    def roles(self) -> list[str]:
        """Return the roles of both."""
        self.pair.settle()
        return [each.site["health"]["failover_role"] for each in (self.pair.a, self.pair.b)]

    def asked(self) -> int:
        """Return how many changes of roles were asked for."""
        return sum(
            entry.query == "command set_failover_role"
            for each in (self.pair.a, self.pair.b)
            for entry in each.journal.entries
        )

    def stop_probes(self) -> None:
        """End probes that a killed controller has left."""
        for path in (self.directory / "drills").glob("*/probes-*.jsonl"):
            path.with_suffix(".stop").touch()


def kill_with_children(process: int) -> None:
    """Kill a process with all of its descendants, as a machine that dies would."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parents[int(path.parent.name)] = int(
                path.read_text(errors="replace").rpartition(")")[2].split()[1]
            )
    doomed = {process}
    while more := {child for child, parent in parents.items() if parent in doomed} - doomed:
        doomed |= more
    for each in [process, *doomed]:
        with suppress(ProcessLookupError):
            os.kill(each, signal.SIGKILL)


class SwungName:
    """A name that somebody has to move, such as a record of DNS: it leads to whichever port it was
    given last.
    """

    def __init__(self, url: str):
        self.leads_to(url)
        swung = self

        class Forwarding(socketserver.BaseRequestHandler):
            def handle(self):
                with (
                    suppress(OSError),
                    socket.create_connection(("localhost", swung.port)) as other,
                ):
                    back = threading.Thread(target=pump, args=[other, self.request])
                    back.start()
                    pump(self.request, other)
                    back.join()

        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Forwarding)
        self.url = f"https://localhost:{self.server.server_address[1]}"

    def leads_to(self, url: str) -> None:
        """Move the name to an appliance."""
        self.port = int(url.rpartition(":")[2])

    @contextmanager
    def serve(self) -> Iterator[SwungName]:
        """Forward connections."""
        thread = threading.Thread(target=self.server.serve_forever, args=[0.05])
        thread.start()
        try:
            yield self
        finally:
            self.server.shutdown()
            thread.join()
            self.server.server_close()


def pump(source: socket.socket, sink: socket.socket) -> None:
    """Hand on what comes from one end until that ends."""
    with suppress(OSError):
        while data := source.recv(65536):
            sink.sendall(data)
    with suppress(OSError):
        sink.shutdown(socket.SHUT_WR)


@contextmanager
def rehearsal_of(
    directory: Path, site: dict | None = None, product: str = "rs", **switches
) -> Iterator[Rehearsal]:
    """Run a pair at the time that it is, with a clock that runs, and yield a rehearsal of it."""
    seed = {**small_appliance(product), "now_ms": round(time.time() * 1000), **(site or {})}
    pair = Pair(seed, Switches(**{**SWITCHES, **switches}), product, clock_speed=SPEED)
    with pair.serve() as place:
        rehearsal = Rehearsal(pair, place, directory)
        try:
            yield rehearsal
        finally:
            rehearsal.stop_probes()

"""The command that measures everything and prints the ratios: `python -m tests.benchmark --help`."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import argparse
import os
import platform
import signal
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import httpx
from ansible.release import __version__ as ansible_version

from . import appliances
from .appliances import Amounts, processes
from .backup import MEGABYTE, backups
from .jump_items import inventory_of_jump_items
from .machines import inventory
from .report import Section
from .technicians import Size, created, unchanged
from .workspace import Workspace

BEGIN, END = "<!-- measured -->\n", "<!-- end of what was measured -->\n"


def options(arguments: list[str]) -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark", description="Measure the collection and print ratios, each with the commands compared.")
    parser.add_argument("--quick", action="store_true", help="a few objects in one round: shows that everything runs; its ratios mean nothing")
    parser.add_argument("--only", choices=["technicians", "inventory", "beyondtrust", "backup"], help="measure one part")
    parser.add_argument("--budget", type=float, default=30.0, metavar="SECONDS",
                        help="how long each way to the inventory is measured at each size; what takes longer once is scaled from fewer machines (default: 30)")
    parser.add_argument("--write", metavar="FILE", type=Path, help="put the result between the marks in this Markdown file, too")
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    """Measure, print and write; returns the exit status."""
    asked = options(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("The benchmark was told to end."))  # so that the simulator ends, too
    size = Size(20, 3, 1, 1, judged=False) if asked.quick else Size(1000, 20, 5, 3, judged=True)
    machines, budget, rounds = ((20,), 60.0, 1) if asked.quick else ((1_000, 10_000, 100_000), asked.budget, 3)
    parts = []
    if asked.only in (None, "technicians"):
        parts += [lambda workspace: [unchanged(workspace, size)], lambda workspace: [created(workspace, size)]]
    if asked.only in (None, "inventory"):
        parts.append(lambda workspace: inventory(workspace, machines, budget, rounds))
    if asked.only in (None, "beyondtrust"):
        amounts = Amounts(3, 2, 20, 5, 3, 1) if asked.quick else Amounts(50, 12, 1000, 200, 10, 3)
        parts += [lambda workspace, measure=measure: [measure(workspace, amounts)] for measure in (processes, appliances.unchanged, appliances.created)]
        parts.append(lambda workspace: inventory_of_jump_items(workspace, (20,) if asked.quick else (1_000, 10_000), budget, rounds))
    if asked.only in (None, "backup"):
        amount = {"size": 8 * MEGABYTE, "rounds": 1, "judged": False} if asked.quick else {}
        parts.append(lambda workspace: [backups(workspace, **amount)])
    begun, load = time.monotonic(), os.getloadavg()[0]
    sections: list[Section] = []
    for part in parts:
        with tempfile.TemporaryDirectory(prefix="remoteops-benchmark-") as directory:
            for section in part(Workspace(Path(directory))):
                print(section.markdown(), flush=True)
                sections.append(section)
    told = machine(time.monotonic() - begun, load)
    print(told)
    if asked.write:
        text = asked.write.read_text(encoding="utf-8")
        before, after = text.split(BEGIN)[0], text.split(END)[1]
        measured = "\n".join([told, *(section.markdown() for section in sections)])
        asked.write.write_text(f"{before}{BEGIN}{measured}{END}{after}", encoding="utf-8")
    return 0


def machine(duration: float, load: float) -> str:
    """Return when and on what was measured."""
    return (
        f"Measured on {datetime.now(UTC):%d %B %Y} in {duration / 60:.0f} minutes, on {os.cpu_count()} shared cores ({platform.machine()}, "
        f"{platform.system()}) with Python {platform.python_version()}, ansible-core {ansible_version} and httpx {httpx.__version__}. The simulated "
        f"server runs on the same machine and speaks TLS. The load average was {load:.1f} at the begin and {os.getloadavg()[0]:.1f} at the end.\n"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

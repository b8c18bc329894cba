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
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import httpx
from ansible.release import __version__ as ansible_version

from . import appliances
from .appliances import Amounts, processes
from .backup import MEGABYTE, backups
from .jump_items import inventory_of_jump_items
from .loops import looped
from .machines import inventory
from .probes import detection
from .report import Section
from .technicians import Size, created, unchanged
from .workspace import Workspace

PARTS = ("technicians", "loops", "inventory", "beyondtrust", "backup", "probes")
BEGIN, END = "<!-- measured: {} -->\n", "<!-- end of {} -->\n"


def options(arguments: list[str]) -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmark",
        description="Measure the collection and print ratios, each with the commands compared.",
    )
    parser.add_argument(
        "--quick",
        action="store_true",
        help="a few objects in one round: shows that everything runs; its ratios mean nothing",
    )
    parser.add_argument("--only", choices=PARTS, help="measure one part")
    parser.add_argument(
        "--budget",
        type=float,
        default=30.0,
        metavar="SECONDS",
        help="how long each way to the inventory is measured at each size; what takes longer once is scaled from fewer machines (default: 30)",
    )
    parser.add_argument(
        "--write",
        metavar="FILE",
        type=Path,
        help="put each part's result between its marks in this Markdown file, too",
    )
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    """Measure, print and write; returns the exit status."""
    asked = options(arguments)
    # So that the simulator ends, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("The benchmark was told to end."))
    size = Size(20, 3, 1, 1, judged=False) if asked.quick else Size(1000, 20, 5, 3, judged=True)
    machines, budget, rounds = (
        ((20,), 60.0, 1) if asked.quick else ((1_000, 10_000, 100_000), asked.budget, 3)
    )
    amounts = Amounts(3, 2, 20, 5, 3, 1) if asked.quick else Amounts(50, 12, 1000, 200, 10, 3)
    amount = {"size": 8 * MEGABYTE, "rounds": 1, "judged": False} if asked.quick else {}
    measurements: dict[str, list[Callable[[Workspace], list[Section]]]] = {
        "technicians": [
            lambda workspace: [unchanged(workspace, size)],
            lambda workspace: [created(workspace, size)],
        ],
        "loops": [
            lambda workspace: [
                looped(
                    workspace,
                    **(
                        {"items": 4, "slow_items": 3, "rounds": 1, "judged": False}
                        if asked.quick
                        else {}
                    ),
                )
            ]
        ],
        "inventory": [lambda workspace: inventory(workspace, machines, budget, rounds)],
        "beyondtrust": [
            *(
                lambda workspace, measure=measure: [measure(workspace, amounts)]
                for measure in (processes, appliances.unchanged, appliances.created)
            ),
            lambda workspace: inventory_of_jump_items(
                workspace, (20,) if asked.quick else (1_000, 10_000), budget, rounds
            ),
        ],
        "backup": [lambda workspace: [backups(workspace, **amount)]],
        "probes": [lambda workspace: [detection(workspace, *((2, False) if asked.quick else ()))]],
    }
    for part in [asked.only] if asked.only else PARTS:
        begun, load = time.monotonic(), os.getloadavg()[0]
        sections = []
        for measure in measurements[part]:
            with tempfile.TemporaryDirectory(prefix="remoteops-benchmark-") as directory:
                for section in measure(Workspace(Path(directory))):
                    print(section.markdown(), flush=True)
                    sections.append(section)
        told = machine(time.monotonic() - begun, load)
        print(told)
        if asked.write:
            write(
                asked.write, part, "\n".join([told, *(section.markdown() for section in sections)])
            )
    return 0


def write(page: Path, part: str, measured: str) -> None:
    """Put what was measured of a part between its marks on a page."""
    begin, end = BEGIN.format(part), END.format(part)
    before, _begin, rest = page.read_text(encoding="utf-8").partition(begin)
    _old, _end, after = rest.partition(end)
    page.write_text(f"{before}{begin}{measured}{end}{after}", encoding="utf-8")


def machine(duration: float, load: float) -> str:
    """Return when and on what was measured."""
    return (
        f"Measured on {datetime.now(UTC):%d %B %Y} in {duration / 60:.0f} minutes, on {os.cpu_count()} shared cores ({platform.machine()}, "
        f"{platform.system()}) with Python {platform.python_version()}, ansible-core {ansible_version} and httpx {httpx.__version__}. The simulated "
        f"server runs on the same machine and speaks TLS. The load average was {load:.1f} at the begin and {os.getloadavg()[0]:.1f} at the end.\n"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

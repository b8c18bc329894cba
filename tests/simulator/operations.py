"""The operations that the vendors' documents describe, and how often each was called in this process."""
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import argparse
import atexit
import json
import os
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Operation:
    """One operation: its platform, its name, and the request by which a simulated server recognises it."""

    platform: str
    name: str
    recognised_by: str = ""


def _simplehelp() -> list[Operation]:
    """The 38 operations of the SimpleHelp Integration API, in the order of its document."""
    plain = """
        technicians/list technicians/new technicians/get technicians/set technicians/remove technicians/password/set
        technicians/totp/remove groups/list groups/new groups/get groups/set groups/remove groups/password/set
        groups/permissions/get groups/permissions/set machines/list machines/get machines/set machines/hardware/get
        machines/monitoring/get machines/notes/get machines/notes/set machines/properties/get machines/properties/set
        machines/properties/remove machinegroups/properties/get machinegroups/properties/set server/tech-restrictions/get
        server/tech-restrictions/new server/tech-restrictions/remove server/backup server/hostname/get server/hostname/set
        history/list alerts/list support/queue/list support/sessions/list access/sessions/list
    """.split()
    unusual = {
        "groups/set": "groups/set, or groups/get with attributes (switch path_style)",
        "machinegroups/properties/set": "machinegroups/properties/set, or .../get with a value (switch path_style)",
        "server/hostname/set": "server/hostname/set, or server/hostname/get with a hostname (switch path_style)",
        "server/backup": "the path in the switch backup_path",
    }
    return [Operation("simplehelp", name, unusual.get(name, name)) for name in plain]


OPERATIONS: tuple[Operation, ...] = tuple(_simplehelp())
"""Every operation of every simulated vendor."""

called: Counter[tuple[str, str]] = Counter()
"""(platform, operation name) -> how often a simulated server in this process carried it out."""

_KNOWN = {(operation.platform, operation.name) for operation in OPERATIONS}


def mark(platform: str, name: str, client: str = "") -> None:
    """Count an operation that was carried out (not refused). A name that is no operation of the document is left out.

    Where the environment variable SIMULATOR_CALLS_BY is set, only clients count whose User-Agent starts with it: so the
    simulator's own tests do not pass for the plugins'.
    """
    if (platform, name) in _KNOWN and client.startswith(os.environ.get("SIMULATOR_CALLS_BY", "")):
        called[platform, name] += 1


def write_calls() -> None:
    """Write this process's counts into the directory that the environment variable SIMULATOR_CALLS names, if it does."""
    directory = os.environ.get("SIMULATOR_CALLS")
    if not directory or not called:
        return
    Path(directory).mkdir(parents=True, exist_ok=True)
    counts: dict[str, dict[str, int]] = {}
    for (platform, name), number in called.items():
        counts.setdefault(platform, {})[name] = number
    with tempfile.NamedTemporaryFile("w", dir=directory, suffix=".partial", delete=False) as file:
        json.dump(counts, file)
    os.replace(file.name, Path(directory, f"calls-{os.getpid()}-{_started}.json"))


def read_calls(directory: str | Path) -> Counter[tuple[str, str]]:
    """The counts of all processes that wrote into `directory`, summed up."""
    total: Counter[tuple[str, str]] = Counter()
    for path in Path(directory).glob("calls-*.json"):
        for platform, counts in json.loads(path.read_text()).items():
            for name, number in counts.items():
                total[platform, name] += number
    return total


def table(calls: Counter[tuple[str, str]]) -> str:
    """A line per operation with the number of calls, and a line per platform that sums up."""
    lines = []
    for platform in dict.fromkeys(operation.platform for operation in OPERATIONS):
        names = [operation.name for operation in OPERATIONS if operation.platform == platform]
        lines += [f"{platform:<12} {name:<34} {calls[platform, name]:>7}" for name in names]
        reached = sum(1 for name in names if calls[platform, name])
        lines.append(f"{platform:<12} {reached} of {len(names)} operations called")
    return "\n".join(lines)


_started = os.urandom(4).hex()  # process numbers are used again, so they alone do not name a file
os.register_at_fork(after_in_child=called.clear)  # or the parent's calls would be counted twice
atexit.register(write_calls)


def main(arguments: list[str]) -> int:
    """Print the table for a directory of counts."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulator.operations", description=main.__doc__)
    parser.add_argument("directory", help="the directory that SIMULATOR_CALLS named during the run")
    print(table(read_calls(parser.parse_args(arguments).directory)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

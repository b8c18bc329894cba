"""Holds docs/coverage.md against what the tests called: each operation that it claims must have been called by a plugin.

Usage: python -m tests.coverage DIRECTORY, the directory that SIMULATOR_CALLS named while the tests ran. Prints the table
(operation, where it is offered, how often it was called), and ends with 1 if a claim does not hold.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import re
import sys
from pathlib import Path

from .simulator.operations import OPERATIONS, read_calls

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/coverage.md"
ROW = re.compile(r"^\| `(?P<operation>[^`]+)` \| (?P<plugins>.+?) \|$", re.MULTILINE)
PLUGIN = re.compile(r"(?:(?P<kind>inventory|lookup) )?`(?P<name>\w+)`")


def claims() -> dict[str, str]:
    """Return what the page claims: operation -> the plugins that offer it, as written there."""
    return {row["operation"]: row["plugins"] for row in ROW.finditer(PAGE.read_text(encoding="utf-8"))}


def missing_plugins(plugins: str) -> list[str]:
    """Return those of the plugins named that do not exist."""
    found = [(match["kind"] or "modules", match["name"]) for match in PLUGIN.finditer(plugins)]
    return [f"{kind}/{name}" for kind, name in found if not (ROOT / "plugins" / kind / f"{name}.py").exists()] or ([] if found else ["no plugin"])


def main(directory: str) -> int:
    """Print the table and return 1 if the page claims something that is not so, or leaves an operation out."""
    calls, claimed, problems = read_calls(directory), claims(), []
    for operation in OPERATIONS:
        times = calls[operation.platform, operation.name]
        plugins = claimed.pop(operation.name, "")
        print(f"{operation.name:<34} {re.sub('`', '', plugins):<70} {times:>6}")
        if not plugins:
            problems.append(f"{operation.name} is not on the page")
        elif not times:
            problems.append(f"{operation.name} was not called by any plugin")
        problems += [f"{operation.name}: {plugin} does not exist" for plugin in (missing_plugins(plugins) if plugins else ())]
    problems += [f"{name} is on the page, and no operation of the document" for name in claimed]
    called = sum(1 for operation in OPERATIONS if calls[operation.platform, operation.name])
    print(f"{called} of {len(OPERATIONS)} operations called by the plugins")
    for problem in problems:
        print(f"docs/coverage.md: {problem}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

"""Holds docs/coverage.md against what the tests called: each operation that it claims must have
been called by a plugin; and each guess run with one.

Usage: python -m tests.coverage DIRECTORY, the directory that SIMULATOR_CALLS named while the tests
ran. Prints the table (operation, where it is offered, how often it was called), and ends with 1 if
a claim does not hold.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

from .simulator import beyondtrust, fastx, screenconnect, simplehelp
from .simulator.operations import OPERATIONS, read_calls

SWITCHES = {
    module.__name__.rpartition(".")[2]: module.Switches
    for module in (simplehelp, beyondtrust, screenconnect, fastx)
}
ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/coverage.md"
SECTION = re.compile(r"^<!-- (?P<platforms>\w+(?: \w+)*) -->$", re.MULTILINE)
ROW = re.compile(
    r"^\| `(?P<operation>[^`]+)` \| (?:(?P<only>RS|PRA|both) \| )?(?P<plugins>.+?) \|$",
    re.MULTILINE,
)
ONLY = {"RS": "beyondtrust_rs", "PRA": "beyondtrust_pra"}
PLUGIN = re.compile(r"(?:(?P<kind>inventory|lookup) )?`(?P<name>\w+)`")
# What an entry begins with that claims nothing, and says why.
NOT_OFFERED = ("not offered: ", "not yet: ")


def claims() -> dict[tuple[str, str], str]:
    """Return what the page claims: (platform, operation) -> the plugins that offer it, as written
    there, or why none does.
    """
    parts = SECTION.split(PAGE.read_text(encoding="utf-8"))[1:]
    found = {}
    for platforms, section in zip(parts[::2], parts[1::2], strict=True):
        for row in ROW.finditer(section):
            for platform in platforms.split():
                if ONLY.get(row["only"], platform) == platform:
                    found[platform, row["operation"]] = row["plugins"]
    return found


def missing_plugins(plugins: str) -> list[str]:
    """Return those of the plugins named that do not exist."""
    found = [(match["kind"] or "modules", match["name"]) for match in PLUGIN.finditer(plugins)]
    return [
        f"{kind}/{name}"
        for kind, name in found
        if not (ROOT / "plugins" / kind / f"{name}.py").exists()
    ] or ([] if found else ["no plugin"])


def main(directory: str) -> int:
    """Print the table and return 1 if the page claims something that is not so, or leaves an
    operation out.
    """
    calls, claimed, problems = read_calls(directory), claims(), []
    offered = called = 0
    for operation in OPERATIONS:
        key = (operation.platform, operation.name)
        plugins = claimed.pop(key, "")
        print(
            f"{operation.platform:<16} {operation.name:<58} {re.sub('`', '', plugins):<70} {calls[key]:>6}"
        )
        if not plugins:
            problems.append(f"{' '.join(key)} is not on the page")
        elif not plugins.startswith(NOT_OFFERED):
            offered, called = offered + 1, called + bool(calls[key])
            if not calls[key]:
                problems.append(f"{' '.join(key)} was not called by any plugin")
            problems += [
                f"{' '.join(key)}: {plugin} does not exist" for plugin in missing_plugins(plugins)
            ]
    problems += [
        f"{' '.join(key)} is on the page, and no operation of the document" for key in claimed
    ]
    print(
        f"{called} of {offered} operations that are offered were called by the plugins; the documents have {len(OPERATIONS)}"
    )
    problems = [f"docs/coverage.md: {problem}" for problem in problems] + not_turned(calls)
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def not_turned(calls: Counter[tuple[str, str]]) -> list[str]:
    """Print how many of the switches for what the documents leave open were turned while plugins
    asked; return those that were not.
    """
    turned = {
        (platform, switch): calls[f"{platform} switches", switch]
        for platform, kind in SWITCHES.items()
        for switch in kind.beside_default()
    }
    print(
        f"{sum(map(bool, turned.values()))} of {len(turned)} guesses (values of the simulators' switches) were run with the plugins"
    )
    return [
        f"tests/simulator/{platform}: no plugin ran with {switch}"
        for (platform, switch), number in sorted(turned.items())
        if not number
    ]


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

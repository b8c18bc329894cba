"""What the lines of the conformance tables are: an object of a module, and the steps of its life."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.unit.simulated import Simulated


@dataclass(frozen=True, eq=False)
class Step:
    """One run that changes something: its options beside the key, what the server then holds, the
    writes that this takes.
    """

    name: str
    options: Mapping[str, Any]
    shown: Any
    writes: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Case:
    """An object of a module, its key, how to find it in the simulator's site, and the steps of its
    life in order.

    ``server`` names the kind of server that it lives on, ``switches`` how that is to behave.
    ``alone`` are options that name the object and ask for nothing, where the key does not.
    """

    name: str
    module: str
    key: Mapping[str, Any]
    held: Callable[[dict], Any]
    steps: tuple[Step, ...]
    server: str = "simplehelp"
    switches: Mapping[str, Any] = field(default_factory=dict)
    alone: Mapping[str, Any] | None = None

    def start(self, servers: Mapping[str, Callable], **switches) -> Simulated:
        """Start a server of the kind that this object lives on."""
        return servers[self.server](**{**self.switches, **switches})

    def before(self, simulated: Simulated, step: Step) -> None:
        """Bring the server to where ``step`` begins, and forget what that took."""
        for earlier in self.steps[: self.steps.index(step)]:
            simulated.expect(self.module, **self.key, **earlier.options)
        simulated.journal.clear()

    def run(self, simulated: Simulated, step: Step, check: bool = False, **options):
        """Run the module as ``step`` says."""
        return simulated.run(self.module, check, **self.key, **step.options, **options)

    def reached(self, simulated: Simulated, step: Step) -> bool:
        """Whether the server holds what it must after ``step``."""
        return holds(self.held(simulated.site), step.shown)


def holds(actual: Any, expected: Any) -> bool:
    """Whether ``actual`` has everything that ``expected`` names; a mapping may have more."""
    if isinstance(expected, Mapping):
        return isinstance(actual, Mapping) and all(
            name in actual and holds(actual[name], value) for name, value in expected.items()
        )
    return actual == expected


def named(*parts) -> str:
    """Return the name of a table's line for pytest."""
    return ": ".join(part if isinstance(part, str) else part.name for part in parts).replace(
        "/", "."
    )

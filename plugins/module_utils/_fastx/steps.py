"""Work that is no object of a document: its steps one after the other, foretold, told and looked up
as the changes of objects are.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as attribute
from typing import Any

from .._core.difference import entry
from .._core.errors import Error, Incomplete, OutcomeUnknown
from .._core.http import Session


@dataclass(frozen=True, eq=False)
class Step:
    """One change: what is done to what, which fields differ, how they were and will be (None: it
    does not exist), and the function that does it.
    """

    action: str
    kind: str
    name: str
    do: Callable[[], Any]
    fields: Sequence[str] = ()
    before: Mapping[str, Any] | None = attribute(default_factory=dict)
    after: Mapping[str, Any] | None = attribute(default_factory=dict)

    def described(self) -> dict:
        """Return what is done to which object, for results and reports."""
        return {
            "action": self.action,
            "kind": self.kind,
            "name": self.name,
            "fields": list(self.fields),
        }


def makes(steps: Sequence[Step]) -> bool:
    """Tell whether one of the steps makes something, which two runs at a time might make twice."""
    return any(step.action == "create" for step in steps)


def carry_out(session: Session, steps: Sequence[Step], check_mode: bool) -> dict:
    """Do the steps, unless nothing may change, and return the part of the result that all modules
    share.

    Raises Incomplete, with the fate of each step in its facts, when one of them failed; those after
    it are not tried.
    """
    done: list[Step] = []
    for step in steps if not check_mode else ():
        try:
            step.do()
        except Error as exc:
            reason = session.redact(exc)
            rest = steps[len(done) + 1 :]
            told = f"1 of {len(steps)} changes failed, {len(done)} were made, {len(rest)} were not tried"
            changed = (
                bool(done) or isinstance(exc, OutcomeUnknown) or bool(exc.facts.get("changed"))
            )
            raise Incomplete(
                f"{told}: {step.action} {step.kind} {step.name}: {reason}",
                changed=changed,
                changes=[each.described() for each in done],
                failed_changes=[{**step.described(), "reason": reason, "written": []}],
                changes_not_tried=[each.described() for each in rest],
                diff=_difference(done),
            ) from None
        done.append(step)
    return {
        "changed": bool(steps),
        "changes": [step.described() for step in steps],
        "diff": _difference(steps),
    }


def _difference(steps) -> list[dict]:
    """Return what the steps change, before and after, for ``--diff``."""
    return [
        entry(step.kind, step.name, step.before, step.after)
        for step in steps
        if step.before != step.after
    ]

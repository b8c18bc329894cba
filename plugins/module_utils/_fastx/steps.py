"""Work that is no object of a document: its steps one after the other, foretold, told and looked up as the changes of objects are."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as attribute
from typing import Any

from .._core.errors import Error, Incomplete, OutcomeUnknown, Refused, ServerError
from .._core.http import Session


@dataclass(frozen=True, eq=False)
class Step:
    """One change: what is done to what, which fields differ, how they were and will be (None: it does not exist), and the function that does it."""

    action: str
    kind: str
    name: str
    do: Callable[[], Any]
    fields: Sequence[str] = ()
    before: Mapping[str, Any] | None = attribute(default_factory=dict)
    after: Mapping[str, Any] | None = attribute(default_factory=dict)

    def described(self) -> dict:
        """Return what is done to which object, for results and reports."""
        return {"action": self.action, "kind": self.kind, "name": self.name, "fields": list(self.fields)}


def carry_out(session: Session, steps: Sequence[Step], check_mode: bool) -> dict:
    """Do the steps, unless nothing may change, and return the part of the result that all modules share.

    Raises Incomplete, with the fate of each step in its facts, when one of them failed; those after it are not tried.
    """
    done: list[Step] = []
    for step in steps if not check_mode else ():
        try:
            step.do()
        except Error as exc:
            reason = session.redact(exc)
            rest = steps[len(done) + 1:]
            told = f"1 of {len(steps)} changes failed, {len(done)} were made, {len(rest)} were not tried"
            changed = bool(done) or isinstance(exc, OutcomeUnknown) or bool(exc.facts.get("changed"))
            raise Incomplete(
                f"{told}: {step.action} {step.kind} {step.name}: {reason}", changed=changed, changes=[each.described() for each in done],
                failed_changes=[{**step.described(), "reason": reason, "written": []}], changes_not_tried=[each.described() for each in rest],
                diff=_difference(done),
            ) from None
        done.append(step)
    return {"changed": bool(steps), "changes": [step.described() for step in steps], "diff": _difference(steps)}


def settle(session: Session, send: Callable[[], Any], shown: Callable[[], Any], seconds: float, said: str, *, twice: bool = True,
           late: bool = False) -> tuple[Any, Any]:
    """Send a write and return its answer, None where that is lost, with what then shows that it was done.

    ``shown()`` returns nothing (None or False) while nothing shows it, for which it has so many ``seconds``. A write whose answer is lost, and of
    which nothing is shown after them, is sent again, unless it must not be sent ``twice``. Raises OutcomeUnknown where nobody knows, Refused,
    and ServerError with what was ``said`` where the server said yes and nothing shows it, which may still come if it comes ``late``.
    """
    lost = None
    for attempt in range(session.retries + 1 if twice else 1):
        told, lost = None, None
        try:
            told = send()
        except OutcomeUnknown as exc:
            lost = exc
            session.pause(attempt)
        except Refused:
            if found := shown():  # somebody else was faster, or what was sent before had come through
                return None, found
            raise
        try:
            found = _awaited(session, shown, seconds)
        except Error as exc:
            raise OutcomeUnknown(f"It is unknown whether the change was made, as it cannot be read back: {exc}") from None
        if found:
            return told, found
        if not lost:
            raise ServerError(f"the server said yes, but {said}", changed=late)
    raise lost


def _awaited(session, shown, seconds):
    """Return what shows an effect as soon as something does, or nothing after so many seconds."""
    deadline, attempt = time.monotonic() + seconds, 0
    while not (found := shown()) and time.monotonic() < deadline:
        session.pause(min(attempt, 2))  # two seconds at most, as somebody waits
        attempt += 1
    return found


def _difference(steps) -> dict:
    """Return what the steps change, before and after, for ``--diff``."""
    found: dict[str, dict[str, Any]] = {"before": {}, "after": {}}
    for step in steps:
        for side in found:
            obj = getattr(step, side)
            if obj is not None and step.before != step.after:
                found[side].setdefault(f"{step.kind} {step.name}", {}).update(obj)
    return found

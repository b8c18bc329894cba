"""Acts once, then looks: what was asked for is done, refused, or told as unknown, and never asked
for twice where it could be done twice.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from .errors import Error, OutcomeUnknown, Refused, ServerError
from .http import Session


def act(
    session: Session,
    send: Callable[[], Any],
    shown: Callable[[], Any] | None = None,
    said: Callable[[], str] = str,
    *,
    seconds: float = 0.0,
    twice: bool = False,
    late: bool = False,
    believed: bool = False,
) -> tuple[Any, Any]:
    """Send what changes something and return its answer, None where that is lost, with what then
    shows that it was done.

    ``shown()`` returns nothing (None or False) while nothing shows it, for which it has so many
    ``seconds``; without it nothing can tell. Where a yes is ``believed``, only a lost answer is
    looked up. What is lost and not shown is sent again only where it may be sent ``twice``.

    Raises Refused; OutcomeUnknown where it may have been done, and nobody can say; and ServerError
    with what the server shows instead (``said()``) where it said yes and nothing shows it, which
    may still come if it comes ``late``.
    """
    lost: Error | None = None
    for attempt in range(session.retries + 1 if twice and shown else 1):
        told, lost = None, None
        try:
            told = send()
        except Refused as exc:
            # Somebody else was faster, or what was sent before had come through.
            if found := _shown_after_all(shown):
                return None, found
            raise exc
        except Error as exc:
            if exc.nothing_done:
                raise
            lost = exc
        if shown is None or believed and not lost:
            break
        if lost:
            session.pause(attempt)
        try:
            found = _awaited(session, shown, seconds)
        except Error as exc:
            before = (
                f"{lost} It"
                if lost
                else "The server said yes, but it is unknown whether it was done, as it"
            )
            raise OutcomeUnknown(
                f"{before} cannot be read back: {exc}", **_status(lost or exc)
            ) from None
        if found:
            return told, found
        if not lost:
            raise ServerError(f"the server said yes, but {said()}", changed=late)
        if not isinstance(lost, OutcomeUnknown):  # it was answered, if with nonsense
            raise ServerError(
                f"{lost} Nothing shows that it was done: {said()}",
                **{"changed": late, **_status(lost)},
            )
    if lost:
        unknown = "" if "unknown whether" in str(lost) else " It is unknown whether it was done."
        sign = f" Nothing shows it: {said()}" if shown and said() else ""
        raise OutcomeUnknown(
            f"{lost}{unknown}{sign}{'' if twice and shown else ' It was not sent again.'}",
            **_status(lost),
        )
    return told, None


def _shown_after_all(shown) -> Any:
    """Return what shows that it was done although it was refused; nothing where that cannot be
    seen.
    """
    try:
        return shown() if shown else None
    except Error:
        return None


def _awaited(session, shown, seconds) -> Any:
    """Return what shows an effect as soon as something does, or nothing after so many seconds."""
    deadline, attempt = time.monotonic() + seconds, 0
    while not (found := shown()) and time.monotonic() < deadline:
        session.pause(min(attempt, 2))  # two seconds at most, as somebody waits
        attempt += 1
    return found


def _status(error) -> dict:
    return {name: value for name, value in error.facts.items() if name == "status"}

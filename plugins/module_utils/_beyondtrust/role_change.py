"""How the roles of a failover pair of BeyondTrust are changed, and when that is over."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from .._core.errors import Error, Refused, ServerError
from .command import command
from .pair import BACKUP, PRIMARY

# A guess: no document tells the words of last_data_sync_status. One that counts its errors after a
# success has not failed.
SYNC_FAILED = re.compile(
    r"(?!success|complete|ok\b).*(fail|error|abort)", re.IGNORECASE | re.DOTALL
)
Tell = Callable[[str], None]


@dataclass
class Timeline:
    """When what happened, in seconds since the change was asked for."""

    tell: Tell
    started: float = field(default_factory=time.monotonic)
    events: list[dict] = field(default_factory=list)

    def note(self, event: str, words: str = "") -> None:
        """Note an event once."""
        if event not in [each["event"] for each in self.events]:
            at = datetime.now(UTC).isoformat(timespec="milliseconds")
            self.events.append(
                {
                    "event": event,
                    "at": at,
                    "seconds": round(time.monotonic() - self.started, 1),
                    "words": words,
                }
            )
            self.tell(
                f"{self.events[-1]['seconds']:>7.1f} s  {event.replace('_', ' ')}{f': {words}' if words else ''}"
            )


def change_roles(pair, params, timeline, warnings) -> str:
    """Ask for the change and return the appliance's words. The primary is asked, if it can be: so
    there are never two.

    Raises Refused where the appliance says no. Where no answer comes, what happened is for the
    waiting to find out.
    """
    first = next((each for each in pair if each.role == PRIMARY), pair[0])
    role = BACKUP if first.role == PRIMARY else PRIMARY
    timeline.note("requested", f"{first.name} is to become {role}")
    try:
        words = _ask(first, role, params["data_sync_first"], params["force"] and first is pair[0])
    except Refused as exc:
        if first is pair[0] or first.healthy:
            raise
        # A sick primary may not be able to give its role away. Whether the appliances themselves
        # then see to it that there are not two, is not documented.
        if not params["allow_unreachable_peer"] or params["data_sync_first"]:
            hint = f"With allow_unreachable_peer, and without data_sync_first, {pair[0].name} itself is told to become primary then: there may be two."
            raise Refused(f"{exc} {first.state} {hint}", **exc.facts) from None
        timeline.note("refused", str(exc))
        warnings.append(
            f"{first.name} refuses to become backup: {exc} See that it does not remain primary, too, and keep it off the network until then."
        )
        words = _ask(pair[0], PRIMARY)
    if "sync" in words.lower():
        timeline.note("sync_started", words)
    return words


def _ask(appliance, role, data_sync_first=False, force=False) -> str:
    try:
        root = command(
            appliance.session,
            "set_failover_role",
            writes=True,
            role=role,
            data_sync_first=int(data_sync_first),
            force=int(force) if force else None,
        )
        return "".join(root.itertext()).strip()
    except Error as exc:
        if exc.nothing_done:
            raise
        return f"No answer: {exc}"


def wait_for_roles(concerned, wanted, params, timeline) -> None:
    """Wait until each appliance that told its role has the one that is wanted, and the page of the
    new primary calls it healthy.

    An appliance that does not answer meanwhile is what a switch looks like. Raises ServerError when
    it takes too long.
    """
    statuses = {each.name: each.told["last_data_sync_status"] for each in concerned}
    primary = next((each for each in concerned if wanted[each.name] == PRIMARY), None)
    both_backup_since, promoted, refused = None, False, ""
    # Any other one that does not tell its health may be restarting, and be done soon.
    sick = {each.name for each in concerned if each.listed}
    while True:
        for each in concerned:
            each.look()
            if each.told is None and each.name in sick:
                each.look_at_role(next((other for other in concerned if other is not each), None))
        for each in concerned:
            if each.told is None:
                timeline.note(f"unavailable_{each.name}", each.problem[:200])
            elif each.role == wanted[each.name]:
                timeline.note(f"role_changed_{each.name}", f"{each.name} is {each.role}")
            _check_sync(each, statuses, wanted)
        swapped = all(each.role == wanted[each.name] for each in concerned)
        if swapped:
            if primary is None:
                return
            primary.look_at_page()
            if primary.page and primary.healthy:
                timeline.note("healthy", f"{primary.name} answers as a healthy primary")
                return
        elif primary and all(each.role == BACKUP for each in concerned) and not promoted:
            both_backup_since = both_backup_since or time.monotonic()
            if time.monotonic() - both_backup_since > params["promote_after"]:
                try:
                    timeline.note("promoted", _ask(primary, PRIMARY))
                    promoted = True
                except Refused as exc:  # it may be in the middle of becoming primary by itself
                    both_backup_since, refused = None, f" {exc}"
        if time.monotonic() - timeline.started > params["wait_timeout"]:
            raise ServerError(
                f"{_where(concerned, wanted, primary, swapped, params)}{refused}",
                pending=not swapped,
            )
        time.sleep(params["poll"])


def _where(concerned, wanted, primary, swapped, params) -> str:
    """Return where things stand when the time is over, with what the new primary says of itself."""
    told = [each.state if each.told else each.absence for each in concerned]
    if primary and primary.role == PRIMARY:
        primary.look_at_page()
        if not primary.page:
            told.append(
                f"Its page /check_health does not call {primary.name} healthy ({primary.page_problem})."
            )
    over = (
        "The roles have changed, and nothing of that is under way any more."
        if swapped
        else "It may still take place."
    )
    return f"The change of roles is not complete after {params['wait_timeout']} s: {' '.join(told)} {over}"


def _check_sync(appliance, statuses, wanted) -> None:
    """Raise ServerError where a data sync that began has failed: then the appliances keep their
    roles.
    """
    status = appliance.told and appliance.told["last_data_sync_status"]
    before = statuses[appliance.name]
    # A new failure may say the same as the one before it.
    statuses[appliance.name] = status or before
    if (
        status
        and status != before
        and appliance.role != wanted[appliance.name]
        and SYNC_FAILED.match(status.strip())
    ):
        raise ServerError(
            f"The data sync failed, so that the roles stay as they are. {appliance.name} says: {status}",
            pending=False,
        )

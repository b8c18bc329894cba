"""Failover of a pair of BeyondTrust appliances: who is primary, when the roles may change, how that is done and when it is over."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from .._core.errors import Error, InputError, Refused, ServerError
from .._core.server import Server
from .command import command
from .pair import PEER, open_pair, roles, shown, sync_age
from .products import RS

PRIMARY, BACKUP = "primary", "backup"
OTHER = {PRIMARY: BACKUP, BACKUP: PRIMARY}
SPEC = {
    "role": {"type": "str", "required": True, "choices": [PRIMARY, BACKUP]},
    "peer": PEER,
    "data_sync_first": {"type": "bool", "default": False},
    "force": {"type": "bool", "default": False},
    "allow_unreachable_peer": {"type": "bool", "default": False},
    "max_sync_age": {"type": "int"},
    "wait": {"type": "bool", "default": True},
    "wait_timeout": {"type": "int", "default": 900},
    "poll": {"type": "float", "default": 5.0},
    # A guess: the guide speaks of a swap, and does not say whether a primary that is made backup makes its peer primary.
    "promote_after": {"type": "float", "default": 15.0},
}
# A guess: no document tells the words of last_data_sync_status. One that counts its errors after a success has not failed.
SYNC_FAILED = re.compile(r"(?!success|complete|ok\b).*(fail|error|abort)", re.IGNORECASE | re.DOTALL)
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
            self.events.append({"event": event, "at": at, "seconds": round(time.monotonic() - self.started, 1), "words": words})
            self.tell(f"{self.events[-1]['seconds']:>7.1f} s  {event.replace('_', ' ')}{f': {words}' if words else ''}")


def manage_role(server: Server, params: Mapping[str, Any], check_mode: bool, tell: Tell = lambda text: None) -> dict:
    """Bring an appliance to a role, and its peer to the other, unless that could leave two primaries or lose more than was said.

    Raises InputError where it is refused, before anything is sent; ServerError where the roles did not change in time.
    """
    _check_options(params)
    pair = open_pair(params, check_mode)
    try:
        for each in pair:
            for attempt in range(params["retries"] + 1):
                each.look()
                if each.told or attempt == params["retries"]:
                    break
                each.session.pause(attempt)
            if each.told:
                each.look_at_clock()
        result = {"changed": False, "sync_age_seconds": sync_age(pair), "timeline": [], "changes": [], **shown(pair, [])}
        try:
            result |= shown(pair, _refuse(pair, params))
        except InputError as exc:
            raise InputError(str(exc), **result) from None
        if pair[0].role == params["role"]:
            return {**result, "diff": {"before": roles(pair), "after": roles(pair)}}
        wanted = {each.name: params["role"] if number == 0 else OTHER[params["role"]] for number, each in enumerate(pair)}
        result["changes"] = [{"action": "update", "kind": "failover_role", "name": each.name, "fields": ["failover_role"]} for each in pair if each.told]
        result |= {"changed": True, "diff": {"before": roles(pair), "after": roles(pair) | {each.name: wanted[each.name] for each in pair if each.told}}}
        if check_mode:
            return result
        timeline = Timeline(tell)
        try:
            result["answer"] = _change(pair, params, timeline)
            if params["wait"]:
                _wait(pair, params, timeline)
        except Error as exc:
            for each in pair:
                each.look()
            pending = exc.facts.get("pending", not exc.nothing_done)
            facts = {"changed": pending or roles(pair) != result["diff"]["before"], "timeline": timeline.events, **shown(pair, result["warnings"])}
            told = str(exc)
            if isinstance(exc, Refused) and server.backend.product != RS:
                told += f" Not every version of {server.backend.product} has the command set_failover_role."  # its guides contradict each other
            raise type(exc)(told, **{**result, **exc.facts, "pending": pending, **facts}) from None
        return {**result, "timeline": timeline.events, **shown(pair, result["warnings"])}
    finally:
        for each in pair:
            for session in filter(None, (each.session, each.spare)):
                server.session.requests += session.requests  # so that the result tells what all of it cost
                session.close()


# --- before ---------------------------------------------------------------------------------------------------------------


def _check_options(params):
    if params["force"] and params["role"] != BACKUP:
        raise InputError("force makes a primary the backup even if its peer cannot be contacted; it has no meaning for role: primary.")
    if params["poll"] <= 0 or params["wait_timeout"] < 1 or min(params["max_sync_age"] or 0, params["promote_after"]) < 0:
        raise InputError("poll and wait_timeout must be more than 0, promote_after and max_sync_age not less.")
    if params["peer"] and params["peer"]["url"].rstrip("/").lower() == params["url"].rstrip("/").lower():
        raise InputError("peer is the same address as url.")


def _refuse(pair, params) -> list[str]:
    """Raise InputError where roles must not be changed; return what has to be known where they may."""
    own, peer, wanted = pair[0], pair[1] if len(pair) > 1 else None, params["role"]
    if own.told is None:
        raise InputError(own.absence)
    for each in pair:
        if each.told and each.role not in OTHER:
            raise InputError(f"{each.name}: failover is not configured there (its role is {each.role!r}).")
    if peer and peer.told and peer.told["id"] and peer.told["id"] == own.told["id"]:
        raise InputError(f"{own.name} and {peer.name} are the same appliance (GUID {peer.told['id']}).")
    if peer and peer.role == own.role:
        raise InputError(
            f"Both appliances say that they are {own.role}. " + (
                "Take the one that nobody is to use off the network, and make it backup in its own /login (Management, Failover) before anything else."
                if own.role == PRIMARY else "Make one of them primary in its own /login: which one holds the newer data, this collection cannot know."
            )
        )
    if own.role == wanted:
        return [peer.absence] if peer and peer.told is None else []
    return _refuse_change(own, peer, params)


def _refuse_change(own, peer, params) -> list[str]:
    becomes_primary, warnings = own if params["role"] == PRIMARY else peer, []
    if peer is None and params["role"] == PRIMARY and not params["allow_unreachable_peer"]:
        raise InputError("To make an appliance primary, peer must be given, so that its role and health can be looked at; or set allow_unreachable_peer.")
    if peer and peer.told is None:
        if params["data_sync_first"]:
            raise InputError(f"{peer.absence} So there can be no data sync with it.")
        allowed = params["allow_unreachable_peer"] if params["role"] == PRIMARY else params["force"]
        if not allowed:
            option = "allow_unreachable_peer" if params["role"] == PRIMARY else "force"
            raise InputError(f"{peer.absence} If {own.name} is to become {params['role']} all the same, set {option}.")
    if params["role"] == PRIMARY and (peer is None or peer.told is None):
        warnings.append(
            f"{own.name} becomes primary while nobody knows what {peer.name if peer else 'its peer'} does. When that returns, it takes itself for the "
            f"primary, too: keep it off the network until it has been made backup in its own /login (Management, Failover), and expect that "
            f"what was changed on it since the last data sync is lost."
        )
    if params["role"] == BACKUP and params["force"] and (peer is None or peer.told is None):
        warnings.append(f"{own.name} becomes backup while its peer may not be able to take over: then no appliance is primary.")
    for each in (own, peer):
        if each and each.told and not each.healthy and not (each is not becomes_primary and (each is own or params["allow_unreachable_peer"])):
            reason = each.told["error_message"] or "no reason given"
            hint = "it must not become primary" if each is becomes_primary else f"{own.name} becomes primary only with allow_unreachable_peer"
            raise InputError(f"{each.name} is not healthy ({reason}), so that {hint}.")
    age = sync_age([each for each in (own, peer) if each])
    if params["max_sync_age"] is not None and not params["data_sync_first"] and (age is None or age > params["max_sync_age"]):
        told = "at an unknown time" if age is None else f"{age:.0f} s ago"
        raise InputError(
            f"The last data sync was {told}, longer than the {params['max_sync_age']} s of max_sync_age. "
            f"data_sync_first makes one before the roles change."
        )
    return warnings


# --- the change -----------------------------------------------------------------------------------------------------------


def _change(pair, params, timeline) -> str:
    """Ask for the change and return the appliance's words. The primary is asked, if it can be: so there are never two.

    Raises Refused where the appliance says no. Where no answer comes, what happened is for the waiting to find out.
    """
    first = next((each for each in pair if each.role == PRIMARY), pair[0])
    role = BACKUP if first.role == PRIMARY else PRIMARY
    timeline.note("requested", f"{first.name} is to become {role}")
    words = _ask(first, role, params["data_sync_first"], params["force"] and first is pair[0])
    if "sync" in words.lower():
        timeline.note("sync_started", words)
    return words


def _ask(appliance, role, data_sync_first=False, force=False) -> str:
    try:
        root = command(
            appliance.session, "set_failover_role", writes=True, role=role,
            data_sync_first=int(data_sync_first), force=int(force) if force else None,
        )
        return "".join(root.itertext()).strip()
    except Error as exc:
        if exc.nothing_done:
            raise
        return f"No answer: {exc}"


def _wait(pair, params, timeline) -> None:
    """Wait until each appliance that could be reached has its role, and the page of the new primary calls it healthy.

    An appliance that does not answer meanwhile is what a switch looks like. Raises ServerError when it takes too long.
    """
    wanted = {each.name: params["role"] if number == 0 else OTHER[params["role"]] for number, each in enumerate(pair)}
    concerned = [each for each in pair if each.told is not None]
    statuses = {each.name: each.told["last_data_sync_status"] for each in concerned}
    both_backup_since, promoted, refused = None, False, ""
    while True:
        for each in concerned:
            each.look()
            if each.told is None:
                timeline.note(f"unavailable_{each.name}", each.problem[:200])
            elif each.role == wanted[each.name]:
                timeline.note(f"role_changed_{each.name}", f"{each.name} is {each.role}")
            _check_sync(each, statuses, wanted)
        primary = next((each for each in concerned if wanted[each.name] == PRIMARY), None)
        if all(each.role == wanted[each.name] for each in concerned):
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
            where = ", ".join(f"{each.name} is {each.role or f'not to be reached ({each.problem})'}" for each in concerned)
            raise ServerError(f"The change of roles is not complete after {params['wait_timeout']} s: {where}. It may still take place.{refused}")
        time.sleep(params["poll"])


def _check_sync(appliance, statuses, wanted) -> None:
    """Raise ServerError where a data sync that began has failed: then the appliances keep their roles."""
    status = appliance.told and appliance.told["last_data_sync_status"]
    before = statuses[appliance.name]
    statuses[appliance.name] = status or before  # so that a failure is seen, too, that says the same as the one before it
    if status and status != before and appliance.role != wanted[appliance.name] and SYNC_FAILED.match(status.strip()):
        raise ServerError(f"The data sync failed, so that the roles stay as they are. {appliance.name} says: {status}", pending=False)

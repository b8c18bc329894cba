"""Failover of a pair of BeyondTrust appliances: what keeps the roles from being changed, which
option overrules that, and why: one table.

A sick appliance that answers is no unreachable one: its role is known, so that taking the role of
the primary from it cannot leave two primaries.

=================================  ==========================================  ==========================================
what is known                      to make an appliance primary                to make it backup, and its peer primary
=================================  ==========================================  ==========================================
it tells no role                   refused                                     refused
both tell the same role            refused; both backup: allow_no_primary      refused
who becomes primary is sick        refused                                     refused
who becomes backup is sick         allowed, with a warning                     allowed, with a warning
the peer tells no role             allow_unreachable_peer                      force
no peer is given                   allow_unreachable_peer                      allowed
a data sync without the peer       refused                                     refused
the last data sync is too old      data_sync_first, or more max_sync_age       data_sync_first, or more max_sync_age
=================================  ==========================================  ==========================================
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .._core.errors import Error, InputError, Refused
from .._core.quoting import as_written
from .._core.server import Server
from .pair import (
    BACKUP,
    OTHER,
    PEER,
    PRIMARY,
    Appliance,
    look_at,
    look_at_roles,
    open_pair,
    roles,
    shown,
    sync_age,
    wrong_clocks,
)
from .products import RS
from .role_change import Timeline, change_roles, wait_for_roles

SPEC = {
    "role": {"type": "str", "required": True, "choices": [PRIMARY, BACKUP]},
    "peer": PEER,
    "data_sync_first": {"type": "bool", "default": False},
    "force": {"type": "bool", "default": False},
    "allow_unreachable_peer": {"type": "bool", "default": False},
    "allow_no_primary": {"type": "bool", "default": False},
    "max_sync_age": {"type": "int"},
    "wait": {"type": "bool", "default": True},
    "wait_timeout": {"type": "int", "default": 900},
    "poll": {"type": "float", "default": 5.0},
    # A guess: the guide speaks of a swap, and does not say whether a primary that is made backup
    # makes its peer primary.
    "promote_after": {"type": "float", "default": 15.0},
}
IN_LOGIN = "in its own /login (Management, Failover)"


def manage_role(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Bring an appliance to a role, and its peer to the other, unless that could leave two
    primaries or lose more than was said.

    Raises InputError where it is refused, before anything is sent; ServerError where the roles did
    not change in time.
    """
    _check_options(params)
    pair = open_pair(params, check_mode)
    try:
        _first_look(pair, params)
        result = {
            "changed": False,
            "sync_age_seconds": sync_age(pair),
            "timeline": [],
            "changes": [],
            **shown(pair, []),
        }
        try:
            result |= shown(pair, _refuse(pair, params))
        except InputError as exc:
            raise InputError(str(exc), **result) from None
        wanted = {
            each.name: params["role"] if number == 0 else OTHER[params["role"]]
            for number, each in enumerate(pair)
        }
        if pair[0].role == params["role"]:
            return {**result, "diff": {"before": roles(pair), "after": roles(pair)}}
        concerned = [each for each in pair if each.told]
        changed = [each for each in concerned if each.role != wanted[each.name]]
        result["changes"] = [
            {
                "action": "update",
                "kind": "failover_role",
                "name": each.name,
                "fields": ["failover_role"],
            }
            for each in changed
        ]
        result |= {
            "changed": True,
            "diff": {
                "before": roles(pair),
                "after": roles(pair) | {each.name: wanted[each.name] for each in concerned},
            },
        }
        if check_mode:
            return result
        timeline = Timeline(server.progress)
        try:
            result["answer"] = change_roles(pair, params, timeline, result["warnings"])
            if params["wait"]:
                wait_for_roles(concerned, wanted, params, timeline)
            else:
                look_at(pair)  # the roles of before are not those of now
        except Error as exc:
            look_at(pair)
            pending = exc.facts.get("pending", not exc.nothing_done)
            facts = {
                "changed": pending or roles(pair) != result["diff"]["before"],
                "timeline": timeline.events,
                **shown(pair, result["warnings"]),
            }
            raise type(exc)(
                _told(exc, pair, params, server),
                **{**result, **exc.facts, "pending": pending, **facts},
            ) from None
        pending = not all(each.role == wanted[each.name] for each in concerned)
        return {
            **result,
            "pending": pending,
            "timeline": timeline.events,
            **shown(pair, result["warnings"]),
        }
    finally:
        for each in pair:
            for session in filter(None, (each.session, each.spare)):
                # The result counts the requests to both appliances.
                server.session.requests += session.requests
                session.close()


def _told(exc, pair, params, server) -> str:
    """Return what went wrong, and what can be done about it."""
    told = str(exc)
    if isinstance(exc, Refused) and server.backend.product != RS:
        # Its guides contradict each other.
        told += f" Not every version of {server.backend.product} has the command set_failover_role."
    sick = next((each for each in pair if each.role == PRIMARY and not each.healthy), None)
    if sick and params["data_sync_first"] and (sick is pair[0]) is (params["role"] == BACKUP):
        age = sync_age(pair)
        lost = "nobody knows when that was" if age is None else f"that was {age:.0f} s ago"
        told += (
            f" {sick.state} A sick primary may not be able to make a data sync. Without data_sync_first the roles change, and what was changed since the "
            f"last data sync is lost: {lost}."
        )
    return told


# --- before ---------------------------------------------------------------------------------------------------------------


def _check_options(params):
    if params["force"] and params["role"] != BACKUP:
        raise InputError(
            "force makes a primary the backup even if its peer cannot be contacted; it has no meaning for role: primary."
        )
    if (
        params["poll"] <= 0
        or params["wait_timeout"] < 1
        or min(params["max_sync_age"] or 0, params["promote_after"]) < 0
    ):
        raise InputError(
            "poll and wait_timeout must be more than 0, promote_after and max_sync_age not less."
        )
    if params["allow_no_primary"] and params["role"] != PRIMARY:
        raise InputError(
            "allow_no_primary makes one of two backups primary; it has no meaning for role: backup."
        )
    if (
        params["peer"]
        and params["peer"]["url"].rstrip("/").lower() == params["url"].rstrip("/").lower()
    ):
        raise InputError("peer is the same address as url.")


def _first_look(pair, params):
    """Look at the pair until each has told its role, as often as the option retries says, and the
    last time with all patience that there is.
    """
    for attempt in range(params["retries"] + 1):
        last = attempt == params["retries"]
        for each in pair:
            if each.told is None:
                each.look(params["timeout"] if last else None)
        if all(each.told for each in pair) or last:
            break
        pair[0].session.pause(attempt)
    look_at_roles(pair)
    for each in pair:
        if each.told:
            each.look_at_clock()
    # Both are backup for a moment in the middle of a swap.
    since = time.monotonic()
    while (
        params["allow_no_primary"]
        and all(each.role == BACKUP for each in pair)
        and time.monotonic() - since <= params["promote_after"]
    ):
        time.sleep(params["poll"])
        look_at(pair)


# --- what keeps the roles from being changed -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Transition:
    """A change of roles that is asked for, and what both appliances say of themselves before it."""

    own: Appliance
    peer: Appliance | None
    params: Mapping[str, Any]

    @property
    def to_primary(self) -> bool:
        """Whether the appliance that is asked is to become primary, and not its peer."""
        return self.params["role"] == PRIMARY

    @property
    def risen(self) -> Appliance | None:
        """The appliance that becomes primary; None for a peer that is not given."""
        return self.own if self.to_primary else self.peer

    @property
    def fallen(self) -> Appliance | None:
        """The appliance that becomes backup; None for a peer that is not given."""
        return self.peer if self.to_primary else self.own

    @property
    def silent(self) -> bool:
        """Whether there is a peer, and it does not tell its role."""
        return self.peer is not None and self.peer.told is None

    def both_are(self, role: str) -> bool:
        """Tell whether both say that they have a role."""
        return self.peer is not None and self.own.role == self.peer.role == role

    @property
    def age(self) -> float | None:
        """The seconds since the last data sync; None if nobody knows."""
        return sync_age([each for each in (self.own, self.peer) if each])

    @property
    def age_told(self) -> str:
        """The same in words."""
        return "nobody knows when" if self.age is None else f"{self.age:.0f} s ago"


@dataclass(frozen=True)
class Guard:
    """One reason against a change."""

    holds: Callable[[Transition], bool]
    says: Callable[[Transition], str]
    overruled_by: str = ""  # the option


def _sick(appliance: Appliance | None) -> bool:
    return appliance is not None and appliance.told is not None and not appliance.healthy


def _too_old(change: Transition) -> bool:
    most = change.params["max_sync_age"]
    return (
        most is not None
        and not change.params["data_sync_first"]
        and (change.age is None or change.age > most)
    )


def _says_too_old(change: Transition) -> str:
    told = "at an unknown time" if change.age is None else f"{change.age:.0f} s ago"
    doubt = f", if {change.fallen.state.rstrip('.')} can make one" if _sick(change.fallen) else ""
    clocks = "".join(
        f" {words}" for words in wrong_clocks([each for each in (change.own, change.peer) if each])
    )
    return (
        f"The last data sync was {told}, longer than the {change.params['max_sync_age']} s of max_sync_age. data_sync_first makes one before the roles "
        f"change{doubt}; a larger max_sync_age, or none, gives up what was changed since.{clocks}"
    )


def _says_silent(change: Transition) -> str:
    option = "allow_unreachable_peer" if change.to_primary else "force"
    danger = (
        "it may be primary, and then there are two"
        if change.to_primary
        else "it may not take over, and then there is none"
    )
    return f"{change.peer.absence} If {change.own.name} is to become {change.params['role']} all the same, set {option}: {danger}."


# Whatever is wanted, also if nothing is to be changed.
ROLES = (
    Guard(
        lambda it: it.own.told is None,
        lambda it: (
            it.own.absence
            + (
                f" {it.peer.state} To leave it behind, ask for role: primary at {it.peer.name}, with allow_unreachable_peer."
                if not it.to_primary and it.peer and it.peer.told and it.peer.role == BACKUP
                else ""
            )
        ),
    ),
    Guard(
        lambda it: any(each and each.told and each.role not in OTHER for each in (it.own, it.peer)),
        lambda it: " ".join(
            f"{each.name}: failover is not configured there (its role is {as_written(each.role)})."
            for each in (it.own, it.peer)
            if each and each.told and each.role not in OTHER
        ),
    ),
    Guard(
        lambda it: bool(
            it.peer
            and it.peer.told
            and it.peer.told["id"]
            and it.peer.told["id"] == it.own.told["id"]
        ),
        lambda it: (
            f"{it.own.name} and {it.peer.name} are the same appliance (GUID {it.own.told['id']})."
        ),
    ),
    Guard(
        lambda it: it.both_are(PRIMARY),
        lambda it: (
            f"Both appliances say that they are primary. Take the one that must not be used off the network, and make it backup {IN_LOGIN} "
            f"before anything else. What was changed on it since the last data sync is lost."
        ),
    ),
    Guard(
        lambda it: it.both_are(BACKUP),
        lambda it: (
            "Both appliances say that they are backup. Ask for role: primary at the one that is to be primary, with allow_no_primary: which one "
            "holds the newer data, this collection cannot know."
        ),
        "allow_no_primary",
    ),
)
CHANGES = (
    Guard(
        lambda it: it.peer is None and it.to_primary,
        lambda it: (
            "To make an appliance primary, peer must be given, so that its role and health can be looked at; or set allow_unreachable_peer."
        ),
        "allow_unreachable_peer",
    ),
    Guard(
        lambda it: it.silent and it.params["data_sync_first"],
        lambda it: (
            f"{it.peer.absence} So there can be no data sync with it: leave data_sync_first out."
        ),
    ),
    Guard(lambda it: it.silent and it.to_primary, _says_silent, "allow_unreachable_peer"),
    Guard(lambda it: it.silent and not it.to_primary, _says_silent, "force"),
    Guard(
        lambda it: _sick(it.risen),
        lambda it: (
            f"{it.risen.name} is not healthy ({it.risen.sickness}), so that it must not become primary. "
            f"{it.fallen.state + ' ' if it.fallen else ''}No option overrules that; who knows better makes it primary {IN_LOGIN}."
        ),
    ),
    Guard(_too_old, _says_too_old),
)


def _refuse(pair: Sequence[Appliance], params: Mapping[str, Any]) -> list[str]:
    """Raise InputError where roles must not be changed; return what has to be known where they may."""
    change = Transition(pair[0], pair[1] if len(pair) > 1 else None, params)
    overruled = {option for option in ("allow_unreachable_peer", "force") if params[option]}
    if params["allow_no_primary"] and params["role"] == PRIMARY:
        overruled.add("allow_no_primary")
    _hold(ROLES, change, overruled)
    if change.own.role == params["role"]:
        return [change.peer.absence] if change.silent else []
    _hold(CHANGES, change, overruled)
    return list(_warnings(change))


def _hold(guards, change, overruled):
    for guard in guards:
        if guard.overruled_by not in overruled and guard.holds(change):
            raise InputError(guard.says(change))


def _warnings(change) -> Iterator[str]:
    own, peer, fallen, risen = change.own, change.peer, change.fallen, change.risen
    yield from wrong_clocks([each for each in (own, peer) if each])
    if change.to_primary and (peer is None or change.silent):
        yield (
            f"{own.name} becomes primary while nobody knows what {peer.name if peer else 'its peer'} does. When that returns, it takes itself for the "
            f"primary, too: keep it off the network until it has been made backup {IN_LOGIN}, and expect that "
            f"what was changed on it since the last data sync is lost."
        )
    if (
        change.params["role"] == BACKUP
        and change.params["force"]
        and (peer is None or change.silent)
    ):
        yield f"{own.name} becomes backup while its peer may not be able to take over: then no appliance is primary."
    if _sick(fallen) and risen:
        told = (
            f"{fallen.name} is not healthy ({fallen.sickness}), and {risen.name} takes over from it"
        )
        if change.params["data_sync_first"]:
            yield (
                f"{told} after a data sync, if it can still make one. If not, the roles stay as they are, and without data_sync_first they change: what "
                f"was changed since the last data sync ({change.age_told}) is then lost."
            )
        else:
            yield f"{told} without a data sync: what was changed there since the last one ({change.age_told}) is not on the new primary."

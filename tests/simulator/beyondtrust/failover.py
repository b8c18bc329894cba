"""The failover relationship of simulated BeyondTrust appliances: their roles, the data sync, and
what befalls an appliance meanwhile.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Callable, Iterator

from .answers import element
from .calls import CallError, broken, flag
from .site import copy

OTHER = {"primary": "backup", "backup": "primary"}
EVENTS = ("requested", "synced", "demoted", "promoted")
"""What happens in the course of a change of role, for an appliance that is to die then."""
DEATHS = ("refuse", "reset", "hang")
"""How a dead appliance meets a connection: it is refused, is reset after the request, or is never
answered.
"""

_SYNC = "data_sync"
_REPLICATED = ("company_name", "config", "shortcuts")
_USERS = ("representative", "support_customer", "presentation_attendee")


# --- Time


def settle(appliance) -> None:
    """Let take place what is due by the clock, on an appliance and on its peer, in the order in
    which it is due.
    """
    while due := [
        event
        for member in appliance.members
        for event in _events(member)
        if event[0] <= appliance.clock.now_ms()
    ]:
        moment, member, happen = min(due, key=lambda event: event[0])
        happen(member, moment)
    for member in appliance.members:
        if member.door is not None:
            down = member.site["health"]["down"]
            member.door.keep(is_open=down is None or down["how"] != "refuse")


def _events(member) -> Iterator[tuple[int, object, Callable]]:
    health = member.site["health"]
    if health["falls"] is not None:
        yield health["falls"]["at_ms"], member, _fall
    if health["down"] is not None and health["down"]["until_ms"] is not None:
        yield health["down"]["until_ms"], member, _return
    if health["pending_role"] is not None:
        yield health["pending_role"]["steps"][0][1], member, _take_step


# --- Life and death


def kill(appliance, how: str = "refuse", seconds: float | None = None, after: float = 0.0) -> None:
    """Let an appliance die in so many seconds of the clock, and return so many later (None: when it
    is revived). Raises ValueError.
    """
    _plan(appliance, {"how": how, "seconds": seconds, "after": after}, appliance.clock.now_ms())
    settle(appliance)


def kill_at(
    appliance, event: str, how: str = "refuse", seconds: float | None = None, after: float = 0.0
) -> None:
    """Let an appliance die when, or so many seconds after, something happens to the pair the next
    time (see EVENTS). Raises ValueError.
    """
    if event not in EVENTS or how not in DEATHS:
        raise ValueError(
            f"an appliance dies at one of {', '.join(EVENTS)}, by one of {', '.join(DEATHS)}"
        )
    appliance.site["health"]["dies"] = {"at": event, "how": how, "seconds": seconds, "after": after}


def revive(appliance) -> None:
    """Let a dead appliance return, with the role that it had, and let no plan to die stand."""
    appliance.site["health"].update(down=None, falls=None, dies=None)
    settle(appliance)


def _plan(appliance, death: dict, moment: int) -> None:
    if death["how"] not in DEATHS:
        raise ValueError(
            f"an appliance dies by one of {', '.join(DEATHS)}, not by {death['how']!r}"
        )
    at_ms = moment + _ms(death["after"])
    until_ms = None if death["seconds"] is None else at_ms + _ms(death["seconds"])
    appliance.site["health"]["falls"] = {"how": death["how"], "at_ms": at_ms, "until_ms": until_ms}


def _fall(appliance, moment: int) -> None:
    health = appliance.site["health"]
    health["down"] = {"how": health["falls"]["how"], "until_ms": health["falls"]["until_ms"]}
    health["falls"] = None
    for member in appliance.members:
        pending = member.site["health"]["pending_role"]
        if pending is not None and pending["steps"][0][0] == _SYNC:
            _fail_sync(member, "The connection to the peer appliance was lost")
        elif member is appliance:
            health["pending_role"] = None


def _return(appliance, moment: int) -> None:
    appliance.site["health"]["down"] = None


def _happened(appliance, event: str, moment: int) -> None:
    for member in appliance.members:
        dies = member.site["health"]["dies"]
        if dies is not None and dies["at"] == event:
            member.site["health"]["dies"] = None
            _plan(member, dies, moment)


# --- The relationship


def reaches_peer(appliance) -> bool:
    """Whether an appliance can contact its peer. One without a live peer says so itself."""
    members = appliance.members
    return all(member.site["health"]["peer_reachable"] for member in members) and all(
        member.site["health"]["down"] is None and member.site["health"]["failover_role"] != "none"
        for member in members[1:]
    )


def syncs(appliance) -> bool:
    """Whether an appliance takes part in a change of role with a data sync, which is not complete
    before the roles have swapped.
    """
    members = appliance.members if reaches_peer(appliance) else [appliance]
    pending = [member.site["health"]["pending_role"] for member in members]
    return any(each is not None and each["data_sync"] for each in pending)


def replicate(appliance, moment: int) -> None:
    """Copy what the primary of a pair holds to its backup, and note the data sync on both. Raises
    ValueError where it is not clear which is which.
    """
    roles = {member.site["health"]["failover_role"]: member for member in appliance.members}
    if appliance.peer is not None:
        if roles.keys() != OTHER.keys():
            raise ValueError(
                f"a data sync needs a primary and a backup, not {' and '.join(roles)} alone"
            )
        for name in _REPLICATED + (("accounts",) if appliance.switches.accounts_synced else ()):
            roles["backup"].site[name] = copy(roles["primary"].site[name])
    for member in appliance.members:
        member.site["health"].update(
            last_data_sync_ms=moment, last_data_sync_status=appliance.switches.sync_success_status
        )


def set_failover_role(appliance, parameters: dict[str, str], account: dict):
    """Change the role of an appliance and of its peer, at once or after a data sync. Raises
    CallError.
    """
    settle(appliance)
    health, switches, now = appliance.site["health"], appliance.switches, appliance.clock.now_ms()
    role, sync, force = (
        parameters.get("role"),
        flag(parameters, "data_sync_first"),
        flag(parameters, "force"),
    )
    held, reaches = health["failover_role"], reaches_peer(appliance)
    if role not in OTHER:
        raise broken("role must be primary or backup")
    if held == "none":
        raise CallError("Failover is not configured")
    if force and (held, role) != ("primary", "backup"):
        raise broken("force is for a primary appliance that is to become backup")
    if any(
        member.site["health"]["pending_role"] is not None
        for member in (appliance.members if reaches else [appliance])
    ):
        raise CallError("A role change is already in progress")
    if not reaches and (
        sync
        or held != role
        and not (force or role == "primary" and switches.promotion_without_peer == "allowed")
    ):
        raise CallError("The peer appliance could not be contacted")
    if (
        sync
        and appliance.peer is not None
        and appliance.peer.site["health"]["failover_role"] == held
    ):
        raise CallError(f"Both appliances are {held}")
    steps = _steps(switches, now, role, held, sync, whole=reaches and switches.swap == "both")
    health["pending_role"] = {"role": role, "data_sync": sync, "steps": steps} if steps else None
    if sync:
        for member in appliance.members:
            member.site["clients"] = [
                client for client in member.site["clients"] if client["type"] not in _USERS
            ]
            member.site["health"]["last_data_sync_status"] = (
                switches.sync_running_status or member.site["health"]["last_data_sync_status"]
            )
    _happened(appliance, "requested", now)
    settle(appliance)
    if sync:
        return element(
            "success",
            "Successfully started data sync. Role change will occur upon successful completion",
        )
    return element("success", "Successfully changed role")


def _steps(switches, now: int, role: str, held: str, sync: bool, whole: bool) -> list[list]:
    """What is to take place, each with its time: a data sync, then roles that are given. One
    appliance after the other, the backup first.
    """
    moment, steps = now, []
    if sync:
        moment += _ms(switches.data_sync_seconds)
        steps.append([_SYNC, moment])
    if held != role:
        moment += _ms(switches.role_change_seconds)
        steps += (
            [["backup", moment], ["primary", moment + _ms(switches.both_backup_seconds)]]
            if whole
            else [[role, moment]]
        )
    return steps


def _take_step(appliance, moment: int) -> None:
    health = appliance.site["health"]
    pending = health["pending_role"]
    step, _due = pending["steps"].pop(0)
    if not pending["steps"]:
        health["pending_role"] = None
    if step == _SYNC:
        _finish_sync(appliance, moment)
    elif (pending["steps"] or step != pending["role"]) and not reaches_peer(appliance):
        # Roles begin to swap, and a peer is told, only where it can be reached.
        health["pending_role"] = None
    elif step == pending["role"]:
        _become(appliance, step, moment)
    elif appliance.peer is not None:
        _become(appliance.peer, step, moment)
    else:
        for peer in appliance.site["peers"]:
            if peer["failover_role"] in OTHER:
                peer["failover_role"] = step


def _finish_sync(appliance, moment: int) -> None:
    failures = [
        member.site["health"]["sync_failure"]
        for member in appliance.members
        if member.site["health"]["sync_failure"]
    ]
    if not reaches_peer(appliance):
        failures.append("The peer appliance could not be contacted")
    if failures:
        _fail_sync(appliance, failures[0])
    else:
        replicate(appliance, moment)
        _happened(appliance, "synced", moment)


def _fail_sync(appliance, reason: str) -> None:
    appliance.site["health"]["pending_role"] = None
    for member in appliance.members:
        member.site["health"]["last_data_sync_status"] = (
            f"{appliance.switches.sync_failure_status}: {reason}"
        )


def _become(appliance, role: str, moment: int) -> None:
    health = appliance.site["health"]
    if health["failover_role"] == role:
        return
    health["failover_role"] = role
    if appliance.switches.restart_seconds:
        health["restarting_until_ms"] = moment + _ms(appliance.switches.restart_seconds)
    if role == "primary" and appliance.peer is not None:  # clients find their way to it
        appliance.site["clients"] += appliance.peer.site["clients"]
        appliance.peer.site["clients"] = []
    _happened(appliance, {"backup": "demoted", "primary": "promoted"}[role], moment)


def _ms(seconds: float) -> int:
    return round(seconds * 1000)

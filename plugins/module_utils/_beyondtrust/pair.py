"""Both appliances of a failover pair of BeyondTrust: how each is reached, and what it says of
itself.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from .._core.errors import Error, LibraryMissing, ServerError
from .._core.http import Session
from .._core.quoting import LONGEST_NAME, quoted
from .api import CONNECTION, open_session
from .appliance import appliances, health, health_page, moment
from .command import api_info

PRIMARY, BACKUP = "primary", "backup"
OTHER = {PRIMARY: BACKUP, BACKUP: PRIMARY}
_ACCOUNT = ("client_id", "client_secret")
# Of the connection, what may be different for the peer.
_PEER = (*_ACCOUNT, "validate_certs", "ca_path", "client_cert", "client_key", "proxy")
PEER = {
    "type": "dict",
    "options": {
        "url": {"type": "str", "required": True},
        **{
            name: {
                key: value for key, value in CONNECTION[name].items() if key in ("type", "no_log")
            }
            for name in _PEER
        },
    },
}
_ACCOUNT_COPIED = "{0} takes the account of its peer, and not the one that was given for it, as after a data sync: give the same one for both."
# Seconds in which a health check has to be answered while waiting, by an appliance that was never
# seen to be slower.
PATIENCE = 10.0
UNKNOWN_ACCOUNT = (400, 401)  # statuses of a token that is refused
# What is known of an appliance of which only the role is: the keys are those of check_health.
_ROLE_ALONE = dict.fromkeys(
    ("build", "hostname", "id", "last_data_sync_status", "last_data_sync_time", "version")
)


@dataclass
class Appliance:
    """One of the pair: how to reach it, and what it said of itself last.

    One that is sick (it says so, or cannot tell its health) and one that is unreachable are two
    things: the first one's role is known.
    """

    name: str  # for people: its address
    session: Session
    timeout: float = PATIENCE  # the option: seconds in which an answer has to come at all
    patience: float = PATIENCE  # seconds in which it has to come for now
    # What check_health tells; with its role alone where it tells that but not its health; None
    # where it tells neither.
    told: dict | None = None
    id: str | None = None  # its GUID, once it has told it
    listed: bool = False  # whether it is so: it tells its role, and not its health
    answered: bool = False  # whether it answered at all, were it only with an error
    problem: str = ""  # why it tells nothing, or only its role
    page: bool = False  # whether the page for load balancers calls it healthy
    page_problem: str = ""  # why it does not
    # One with another account, for when that of the session is refused.
    spare: Session | None = None
    # Seconds by which its clock is ahead of that of this machine; None while it has not told.
    clock: float | None = None
    # Seconds by which that, or this machine's clock where it is None, may be wrong.
    clock_error: float = PATIENCE
    by_spare: bool = False  # whether it is asked with what was the spare account at first

    def look(self, patience: float | None = None) -> None:
        """Ask the appliance for its health; what goes wrong is remembered. Where it refuses an
        account, the other one is tried.
        """
        for _account in range(2):
            began = time.monotonic()
            try:
                self.told, self.problem, self.answered, self.listed = (
                    health(self.session, patience or self.patience),
                    "",
                    True,
                    False,
                )
                self.id = self.told["id"] or self.id
                # One that is slow, and answers, is not to be taken for one that does not.
                self.patience = min(
                    self.timeout, max(self.patience, 2 * (time.monotonic() - began))
                )
                return
            except LibraryMissing:
                raise  # which says nothing of the appliance
            except Error as exc:
                status = exc.facts.get("status")
                self.told, self.problem, self.answered = (
                    None,
                    self.session.redact(exc),
                    status is not None or isinstance(exc, ServerError),
                )
                if self.spare is None or status not in UNKNOWN_ACCOUNT:
                    return
                self.session, self.spare, self.by_spare = (
                    self.spare,
                    self.session,
                    not self.by_spare,
                )

    def look_at_role(self, other: Appliance | None) -> None:
        """Ask one that answers, and does not tell its health, for the list of both appliances: that
        tells its role, too (Remote Support).
        """
        try:
            own = [
                each
                for each in appliances(self.session, self.patience)
                if not other or other.id is None or each["id"] != other.id
            ]
        except Error:
            return
        if len(own) == 1 and own[0]["failover_role"]:
            self.listed = True
            self.told = {
                **_ROLE_ALONE,
                "healthy": False,
                "error_message": f"it does not tell its health: {self.problem}",
                "failover_role": own[0]["failover_role"],
                "hostname": own[0]["public_hostname"],
                "id": own[0]["id"],
            }

    def look_at_clock(self) -> None:
        """Ask the appliance what time it is: by its own clock it says when the last data sync was."""
        began = time.monotonic()
        try:
            told = datetime.fromisoformat(
                moment(api_info(self.session, self.patience)["timestamp"])
            )
            self.clock = round((told - datetime.now(UTC)).total_seconds(), 1)
            self.clock_error = time.monotonic() - began + 2.0  # it is told in whole seconds
        except (Error, TypeError, ValueError):
            self.clock, self.clock_error = None, PATIENCE

    def look_at_page(self) -> None:
        """Ask the page for load balancers."""
        try:
            page = health_page(self.session, self.patience)
            self.page, self.page_problem = (
                page["healthy"],
                "" if page["healthy"] else f"HTTP {page['status']}",
            )
        except Error as exc:
            self.page, self.page_problem = False, self.session.redact(exc)

    @property
    def role(self) -> str | None:
        """The role that it says it has; None while it does not tell."""
        return self.told and self.told["failover_role"]

    @property
    def absence(self) -> str:
        """That it does not tell its role, and why, as a sentence."""
        told = f"{self.session.origin} cannot be reached"
        if self.answered:
            return f"{self.name} answers, and does not tell its role: {self.problem}"
        return (
            self.problem
            if self.problem.startswith(told)
            else f"{self.name} cannot be reached: {self.problem}"
        )

    @property
    def healthy(self) -> bool:
        """Whether it can be reached and calls itself healthy."""
        return bool(self.told and self.told["healthy"])

    @property
    def sickness(self) -> str:
        """What it says is wrong with it."""
        return self.session.redact(
            (self.told or {}).get("error_message") or "it gives no reason", LONGEST_NAME
        )

    @property
    def state(self) -> str:
        """What is known of its role and health, as a sentence."""
        if self.told is None:
            return (
                f"{self.name} answers, and does not tell its role."
                if self.answered
                else f"{self.name} cannot be reached."
            )
        return f"{self.name} is {quoted(self.role or 'of no known role')} and {'healthy' if self.healthy else f'not healthy ({self.sickness})'}."

    @property
    def sync_age(self) -> float | None:
        """The seconds since its last data sync by its own clock, or by this machine's where it does
        not tell the time; None where it does not tell.

        Below 0 one clock or the other is wrong by more than they may be apart.
        """
        try:
            synced = datetime.fromisoformat((self.told or {}).get("last_data_sync_time") or "")
            age = (datetime.now(UTC) - synced).total_seconds() + (self.clock or 0)
        except (TypeError, ValueError):
            return None
        return max(0.0, age) if age >= -self.clock_error else age

    def shown(self) -> dict:
        """Return what results say of it."""
        told = self.told or {}
        return {
            "url": self.name,
            "reachable": self.told is not None,
            "problem": self.problem or told.get("error_message"),
            "healthy": self.healthy,
            **{
                name: told.get(name)
                for name in (
                    "hostname",
                    "id",
                    "version",
                    "failover_role",
                    "last_data_sync_time",
                    "last_data_sync_status",
                )
            },
            "clock_ahead_seconds": self.clock,
            "account_of_peer": self.by_spare,
            "state": self.state,
        }


def look_at(pair: Sequence[Appliance]) -> None:
    """Look at the health and the role of each."""
    for each in pair:
        each.look()
    look_at_roles(pair)


def look_at_roles(pair: Sequence[Appliance]) -> None:
    """Look at the role of each that answers and does not tell its health."""
    for number, each in enumerate(pair):
        if each.told is None and each.answered:
            each.look_at_role(pair[1 - number] if len(pair) > 1 else None)


def open_pair(params: Mapping[str, Any], check_mode: bool) -> list[Appliance]:
    """Return the appliance at the url and its peer, if one is given.

    Where a data sync is asked for and they have accounts of their own, each has that of the other
    to spare: the sync overwrites the /login settings of the backup (failover guide, "Perform
    Failover for Planned Maintenance"), to which the accounts belong, or so it is guessed.
    """
    peer = params["peer"] or {}
    places = [{}, peer] if peer else [{}]
    accounts = [{name: place.get(name) or params[name] for name in _ACCOUNT} for place in places]
    pair = []
    for number, place in enumerate(places):
        pair.append(
            Appliance(
                place.get("url", params["url"]),
                _waiting_session(params, place, check_mode),
                params["timeout"],
                min(PATIENCE, params["timeout"]),
            )
        )
        if params["data_sync_first"] and accounts[number] != accounts[-1 - number]:
            pair[-1].spare = _waiting_session(
                params, {**place, **accounts[-1 - number]}, check_mode
            )
    for session in (session for each in pair for session in (each.session, each.spare) if session):
        session.conceal(account["client_secret"] for account in accounts)
    return pair


def _waiting_session(params, peer, check_mode) -> Session:
    """Return a session that does not repeat what failed: whoever waits asks again."""
    given = {
        **params,
        "retries": 0,
        **{name: value for name, value in peer.items() if value is not None},
    }
    return open_session(given.__getitem__, check_mode)


def shown(pair: Sequence[Appliance], warnings: Iterable[str]) -> dict:
    """Return what results say of both, and what has to be known."""
    copied = [_ACCOUNT_COPIED.format(each.name) for each in pair if each.by_spare]
    return {
        "appliances": [each.shown() for each in pair],
        "warnings": list(dict.fromkeys([*warnings, *copied])),
    }


def roles(pair: Sequence[Appliance]) -> dict[str, str]:
    """Return the role of each by its address, or that it is not known."""
    return {
        each.name: each.role or ("not known" if each.answered else "cannot be reached")
        for each in pair
    }


def sync_age(pair: Sequence[Appliance]) -> float | None:
    """Return the seconds since the last data sync, by the appliance that says it was longer ago:
    the age of the data at risk.

    None where neither tells, and where one says that it is still to come: then a clock is wrong,
    and nobody knows which.
    """
    ages = [age for age in (each.sync_age for each in pair) if age is not None]
    return round(max(ages), 1) if ages and min(ages) >= 0 else None


def wrong_clocks(pair: Sequence[Appliance]) -> list[str]:
    """Return a sentence for each appliance by which the last data sync is still to come."""
    return [
        f"{each.name} says that its last data sync was at {quoted(each.told['last_data_sync_time'])}, which is in {-each.sync_age:.0f} s by "
        f"{'its own clock' if each.clock is not None else 'the clock of this machine'}: clocks differ, so that nobody knows how old its data is."
        for each in pair
        if each.sync_age is not None and each.sync_age < 0
    ]

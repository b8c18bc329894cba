"""Both appliances of a failover pair of BeyondTrust: how each is reached, and what it says of itself."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from .._core.errors import Error
from .._core.http import Session
from .api import CONNECTION, open_session
from .appliance import health, health_page, moment
from .command import api_info

_ACCOUNT = ("client_id", "client_secret")
# Of the connection, what may be different for the peer.
_PEER = (*_ACCOUNT, "validate_certs", "ca_path", "client_cert", "client_key", "proxy")
PEER = {"type": "dict", "options": {
    "url": {"type": "str", "required": True},
    **{name: {key: value for key, value in CONNECTION[name].items() if key in ("type", "no_log")} for name in _PEER},
}}
_ACCOUNT_COPIED = "{0} takes the account of its peer, and not the one that was given for it, as after a data sync: give the same one for both."
PATIENCE = 10.0  # seconds in which a health check has to be answered while waiting


@dataclass
class Appliance:
    """One of the pair: how to reach it, and what it said of itself last."""

    name: str  # for people: its address
    session: Session
    told: dict | None = None  # what check_health tells; None while it cannot be reached
    problem: str = ""  # why it cannot
    page: bool = False  # whether the page for load balancers calls it healthy
    spare: Session | None = None  # one with another account, for when that of the session is refused
    clock: float | None = None  # seconds by which its clock is ahead of that of this machine; None while it has not told
    by_spare: bool = False  # whether it is asked with what was the spare account at first

    def look(self) -> None:
        """Ask the appliance for its health; what goes wrong is remembered. Where it refuses an account, the other one is tried."""
        for _account in range(2):
            try:
                self.told, self.problem = health(self.session), ""
                return
            except Error as exc:
                self.told, self.problem = None, self.session.redact(exc)
                if self.spare is None or exc.facts.get("status") not in (400, 401):
                    return
                self.session, self.spare, self.by_spare = self.spare, self.session, not self.by_spare

    def look_at_clock(self) -> None:
        """Ask the appliance what time it is: by its own clock it says when the last data sync was."""
        try:
            told = datetime.fromisoformat(moment(api_info(self.session)["timestamp"]))
            self.clock = round((told - datetime.now(UTC)).total_seconds(), 1)
        except (Error, TypeError, ValueError):
            self.clock = None

    def look_at_page(self) -> None:
        """Ask the page for load balancers."""
        try:
            self.page = health_page(self.session)["healthy"]
        except Error:
            self.page = False

    @property
    def role(self) -> str | None:
        """The role that it says it has; None while it cannot be reached."""
        return self.told and self.told["failover_role"]

    @property
    def absence(self) -> str:
        """That it cannot be reached, and why, as a sentence."""
        told = f"{self.session.origin} cannot be reached"
        return self.problem if self.problem.startswith(told) else f"{self.name} cannot be reached: {self.problem}"

    @property
    def healthy(self) -> bool:
        """Whether it can be reached and calls itself healthy."""
        return bool(self.told and self.told["healthy"])

    def shown(self) -> dict:
        """Return what results say of it."""
        told = self.told or {}
        return {
            "url": self.name, "reachable": self.told is not None, "problem": self.problem or told.get("error_message"), "healthy": self.healthy,
            **{name: told.get(name) for name in ("hostname", "id", "version", "failover_role", "last_data_sync_time", "last_data_sync_status")},
            "clock_ahead_seconds": self.clock, "account_of_peer": self.by_spare,
        }


def open_pair(params: Mapping[str, Any], check_mode: bool) -> list[Appliance]:
    """Return the appliance at the url and its peer, if one is given.

    Where a data sync is asked for and they have accounts of their own, each has that of the other to spare: the sync overwrites the /login
    settings of the backup (failover guide, "Perform Failover for Planned Maintenance"), to which the accounts belong, or so it is guessed.
    """
    peer = params["peer"] or {}
    places = [{}, peer] if peer else [{}]
    accounts = [{name: place.get(name) or params[name] for name in _ACCOUNT} for place in places]
    pair = []
    for number, place in enumerate(places):
        pair.append(Appliance(place.get("url", params["url"]), _waiting_session(params, place, check_mode)))
        if params["data_sync_first"] and accounts[number] != accounts[-1 - number]:
            pair[-1].spare = _waiting_session(params, {**place, **accounts[-1 - number]}, check_mode)
    for session in (session for each in pair for session in (each.session, each.spare) if session):
        session.conceal(account["client_secret"] for account in accounts)
    return pair


def _waiting_session(params, peer, check_mode) -> Session:
    """Return a session that gives up early: whoever waits asks again."""
    given = {**params, "retries": 0, "timeout": min(params["timeout"], PATIENCE), **{name: value for name, value in peer.items() if value is not None}}
    return open_session(given.__getitem__, check_mode)


def shown(pair: Sequence[Appliance], warnings: Iterable[str]) -> dict:
    """Return what results say of both, and what has to be known."""
    copied = [_ACCOUNT_COPIED.format(each.name) for each in pair if each.by_spare]
    return {"appliances": [each.shown() for each in pair], "warnings": list(dict.fromkeys([*warnings, *copied]))}


def roles(pair: Sequence[Appliance]) -> dict[str, str]:
    """Return the role of each by its address, or that it cannot be reached."""
    return {each.name: each.role or "cannot be reached" for each in pair}


def sync_age(pair: Sequence[Appliance]) -> float | None:
    """Return the seconds since the last data sync, by the appliance that says it was longer ago, and by its clock: the age of the data at risk."""
    ages = []
    for each in pair:
        try:
            synced = datetime.fromisoformat((each.told or {}).get("last_data_sync_time") or "")
            ages.append((datetime.now(UTC) - synced).total_seconds() + (each.clock or 0))
        except (TypeError, ValueError):
            continue
    return round(max(0.0, *ages), 1) if ages else None

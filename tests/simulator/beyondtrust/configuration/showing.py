"""How a record looks in an answer."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import copy
from datetime import UTC, datetime

from . import store, versions
from .kinds.kind import Kind
from .kinds.people import EFFECTIVE, LOCAL_ONLY

NEVER = "9999"
"""A time later than any that is written; for seeds that leave one out."""


def show(appliance, kind: Kind, record: dict) -> dict:
    """A record as an answer shows it: in the order of its description, without secrets and without
    what is not described.
    """
    shown, hidden = {}, _hidden(appliance, kind, record)
    for name, each in kind.shown(appliance.product).items():
        if each.write_only or name in hidden:
            continue
        if name in record:
            shown[name] = copy.deepcopy(record[name])
        elif appliance.switches.no_value == "null":
            shown[name] = None
    return shown


def _hidden(appliance, kind: Kind, record: dict) -> set[str]:
    """The attributes that are not shown of this record."""
    if kind.collection == "jump-client/installer":
        return {"key_info"}  # which only the answer to its creation has
    if kind.collection != "user":
        return set()
    hidden = set() if versions.has(appliance, versions.USER_PERMISSIONS) else set(EFFECTIVE)
    provider = store.get(appliance, "security-provider", record["security_provider_id"])
    if provider["type"] != "local":
        hidden |= (
            {*LOCAL_ONLY} if provider["type"] == "ldap" else {*LOCAL_ONLY, "two_factor_required"}
        )
    return hidden


def now(appliance, minutes: int = 0) -> str:
    """The appliance's time, or that many minutes later, as answers write it."""
    return written(appliance.clock.now_ms() // 1000 + minutes * 60)


def written(seconds: int) -> str:
    """A time in seconds since 1970 as answers write it."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")

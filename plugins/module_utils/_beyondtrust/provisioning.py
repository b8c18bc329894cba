"""Which group policies and users have to be provisioned after changes: until then permissions are
stored and count for nobody.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import partial
from typing import Any

from .._core.errors import Error


class Provisioning:
    """What is left to be provisioned in one run (Configuration API, provision)."""

    def __init__(self, backend: Any):
        self._backend = backend
        self._policies: dict[int, str] = {}  # group policies, with their names
        self._users: set[int] = (
            set()
        )  # those who are members no longer: provisioning the policy reaches only those who are

    def policy_changed(self, identifier: int, name: str) -> None:
        """Remember a group policy that was changed."""
        self._policies[identifier] = name

    def policy_removed(self, identifier: int) -> None:
        """Forget a group policy that is gone."""
        self._policies.pop(identifier, None)

    def members_lost(self, members: Iterable[Mapping[str, Any]]) -> None:
        """Remember the users among those who are members no longer."""
        self._users.update(member["user_id"] for member in members if member.get("user_id"))

    def carry_out(self) -> None:
        """Provision everything. Raises Error with all that is left to do, after whatever can be
        done was done.
        """
        policies, self._policies = self._policies, {}
        users, self._users = self._users, set()
        waiting = [
            (f"group_policy {name}", partial(self.group_policy, identifier))
            for identifier, name in sorted(policies.items())
        ]
        if users:
            waiting.append(
                (
                    f"the users with the ids {', '.join(map(str, sorted(users)))}",
                    partial(self.users, users),
                )
            )
        left, reason = [], None
        for what, provision in waiting:
            if not (reason and reason.stops):
                try:
                    provision()
                    continue
                except Error as exc:
                    reason = exc
            left.append(what)
        if left:
            raise Error(
                f"{reason} Still to be provisioned, for which there is the module beyondtrust_provision: {'; '.join(left)}."
            )

    def group_policy(self, identifier: int) -> None:
        """Let a group policy take effect for those who are members of it now."""
        self._backend.tell("POST", f"/group-policy/{identifier}/provision")

    def users(self, identifiers: Collection[int]) -> None:
        """Let all group policies take effect for some users; there has to be one, as none would
        mean everybody.
        """
        self._backend.tell("POST", "/user/provision", {"user_ids": sorted(identifiers)})

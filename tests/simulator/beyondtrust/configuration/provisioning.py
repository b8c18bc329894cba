"""What group policies give to users, which changes only when users are provisioned."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from . import store
from .kinds import KINDS
from .kinds.people import EFFECTIVE, GRANTED, POLICY_STATUS

PROVISIONED = "_provisioned"
"""Key in the store: user's id -> {group policy's id -> fingerprint of the policy as it was when the
user was provisioned}.
"""

OWN = "_own"
"""Key in a user's record: the permissions that the user has apart from any policy, which only the
web interface can set.
"""


def in_effect(appliance) -> dict[str, dict[str, str]]:
    """What was put into effect for each user."""
    return appliance.site["config"].setdefault(PROVISIONED, {})


def provision(appliance, users: Iterable[dict]) -> None:
    """Put the group policies into effect for these users, as they are now."""
    for user in users:
        policies = [
            policy
            for policy in store.records(appliance, "group-policy")
            if is_member(appliance, policy["id"], user)
        ]
        user |= _effective(appliance.product, user, policies)
        in_effect(appliance)[str(user["id"])] = {
            str(policy["id"]): fingerprint(appliance, policy) for policy in policies
        }


def unprovisioned(appliance) -> set[int]:
    """The group policies of which some user does not have what they give now: they, what they hold
    or their members changed since.
    """
    current = {
        policy["id"]: fingerprint(appliance, policy)
        for policy in store.records(appliance, "group-policy")
    }
    pending = set()
    for user in store.records(appliance, "user"):
        given = in_effect(appliance).get(str(user["id"]), {})
        wanted = {
            str(number): print_
            for number, print_ in current.items()
            if is_member(appliance, number, user)
        }
        pending |= {
            int(number)
            for number in given.keys() | wanted.keys()
            if given.get(number) != wanted.get(number)
        }
    return pending


def policies_of(appliance, user: dict) -> list[dict]:
    """The group policies that are in effect for a user, as long as they exist."""
    numbers = in_effect(appliance).get(str(user["id"]), {})
    found = (store.get(appliance, "group-policy", int(number)) for number in numbers)
    return [policy for policy in found if policy is not None]


def is_member(appliance, policy: int, user: dict) -> bool:
    """Whether a user is a member of a group policy, in person or through a group (a user's groups
    stand in `_groups` of the record).
    """
    for member in store.records(appliance, "group-policy/member", policy):
        if member["security_provider_id"] != user["security_provider_id"]:
            continue
        if member.get("user_id") == user["id"] or {
            member.get("group_name"),
            member.get("distinguished_name"),
        } & set(user.get("_groups", ())):
            return True
    return False


def fingerprint(appliance, policy: dict) -> str:
    """A digest of what a group policy gives to its members."""
    held = [
        list(store.records(appliance, collection, policy["id"]))
        for collection, kind in KINDS.items()
        if kind.parent == "group-policy" and collection != "group-policy/member"
    ]
    given = {name: value for name, value in policy.items() if name != "name"}
    return hashlib.sha256(json.dumps([given, held], sort_keys=True).encode()).hexdigest()[:16]


def _effective(product: str, user: dict, policies: list[dict]) -> dict:
    """The user's permissions: their own, and over these those of each policy in order until one is
    final. The order, by id, is a guess.
    """
    own = user.setdefault(OWN, {})
    effective = {
        name: own.get(name, each.default)
        for name, each in EFFECTIVE.items()
        if each.only in ("", product)
    }
    status = POLICY_STATUS[product]
    for policy in policies:
        if policy[status] in ("defined", "final"):
            effective |= {name: policy[name] for name in GRANTED if name in policy}
            if product == "pra":
                effective["perm_access_allowed"] = (
                    "full_support" if policy["perm_access_allowed"] else "not_allowed"
                )
        if policy[status] == "final":
            break
    return effective

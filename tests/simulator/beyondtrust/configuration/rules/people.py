"""The rules of users, teams, group policies and vendors that no single attribute shows."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from .. import store
from ..answers import Refused
from ..kinds.people import GRANTED, LOCAL_ONLY, POLICY_STATUS, TIMEOUTS
from ..showing import now
from .change import Change

ROUTING_TIMEOUTS = (0, 180, 300, 600, 900, 1200, 1800, 2700, 3600)
ALL_PORTALS = ("All portals", "all")
"""What stands for every portal in a team's list: the first in the default value, the second in the
text.
"""


def local_provider(appliance) -> dict | None:
    """The security provider of users whose passwords the appliance keeps."""
    return next(iter(store.find(appliance, "security-provider", type="local")), None)


def is_local(appliance, user: dict) -> bool:
    """Whether the appliance keeps the user's password."""
    provider = store.get(appliance, "security-provider", user["security_provider_id"])
    return provider is not None and provider["type"] == "local"


def refuse_administrator(user: dict, what: str) -> None:
    """Administrators are not changed or deleted by this API. That it says so in a message is seen
    in a client; the status is a guess.
    """
    if user["perm_admin"]:
        raise Refused(422, f"This API cannot {what} administrators.")


def user(change: Change) -> None:
    record, appliance = change.record, change.appliance
    if change.creates:
        record |= {
            "security_provider_id": local_provider(appliance)["id"],
            "created_at": now(appliance),
            "failed_logins": 0,
        }
        if appliance.product == "rs" and "display_number" not in change.given:
            record["display_number"] = 1 + max(
                (each.get("display_number", 0) for each in store.records(appliance, "user")),
                default=0,
            )
        return
    refuse_administrator(change.before, "update")
    if not is_local(appliance, change.before):
        for name in ("username", "password", *LOCAL_ONLY):
            if name in change.given:
                change.refuse(name, "The field can only be changed for local users.")
    elif change.given.get("failed_logins", 0) != 0:
        change.refuse("failed_logins", "The field can only be set to 0.")


def team(change: Change) -> None:
    portals = {portal["id"] for portal in store.records(change.appliance, "public-portal")}
    for each in change.record.get("public_portal_ids", ()):
        if each not in portals and each not in ALL_PORTALS:
            change.refuse("public_portal_ids", "The selected public_portal_ids is invalid.")


def team_user(change: Change) -> None:
    """A user of a team. The team may be named in the body; changing it moves the user to another
    team.
    """
    change.record.setdefault("team_id", change.parent)
    if change.creates and change.record["team_id"] != change.parent:
        change.refuse("team_id", "The field must be the team of the path.")
    change.record[store.PARENT] = change.record["team_id"]
    if change.record["team_id"] != change.parent:
        there = store.records(change.appliance, "team/user", change.record["team_id"])
        if any(other["user_id"] == change.record["user_id"] for other in there):
            change.refuse("team_id", "The user is in that team already.")


def group_policy(change: Change) -> None:
    status = POLICY_STATUS[change.appliance.product]
    permissions = {*GRANTED, "perm_access_allowed"}
    if change.creates and status not in change.given and permissions & change.given.keys():
        change.record[status] = "defined"
    for name in ("perm_session_idle_timeout", "perm_console_idle_timeout"):
        if change.record.get(name, -1) not in TIMEOUTS:
            change.refuse(name, f"The field must be one of {', '.join(map(str, TIMEOUTS))}.")
    if change.record.get("perm_routing_idle_timeout", 0) not in ROUTING_TIMEOUTS:
        change.refuse(
            "perm_routing_idle_timeout",
            f"The field must be one of {', '.join(map(str, ROUTING_TIMEOUTS))}.",
        )


MEMBER_SELECTORS = {
    "local": ({"user_id"},),
    "ldap": ({"user_id"}, {"distinguished_name"}),
    "radius": ({"user_id"},),
    "kerberos": ({"user_id"},),
    "saml": ({"user_id"}, {"group_name"}),
    "scim": ({"distinguished_name"}, {"group_name"}),
}
"""What names a member of a group policy, by the type of its provider; the types that the text does
not name take a user.
"""


def policy_member(change: Change) -> None:
    """A member is named in one of the ways that its provider allows, is a user of that provider,
    and is not there yet (the last is a guess).
    """
    given = {
        name: change.given[name]
        for name in ("user_id", "group_name", "distinguished_name")
        if name in change.given
    }
    provider = store.get(
        change.appliance, "security-provider", change.record["security_provider_id"]
    )
    if provider is None:
        return
    allowed = MEMBER_SELECTORS.get(provider["type"], ({"user_id"},))
    if given.keys() not in allowed:
        names = " or ".join("/".join(each) for each in allowed)
        change.refuse(
            next(iter(given), "user_id"),
            f"A member of this security provider is named by {names} and nothing else.",
        )
        return
    found = store.get(change.appliance, "user", given.get("user_id", 0))
    if found and found["security_provider_id"] != provider["id"]:
        change.refuse("user_id", "The user belongs to another security provider.")
    others = store.records(change.appliance, "group-policy/member", change.parent)
    if any(
        all(
            other.get(name) == value
            for name, value in {**given, "security_provider_id": provider["id"]}.items()
        )
        for other in others
    ):
        change.refuse(next(iter(given)), "The member has already been added.")
    # What names no member has no value, and is left out of the answer.
    for name in ("user_id", "group_name", "distinguished_name"):
        if name not in given:
            change.record.pop(name, None)


def policy_account_group(change: Change) -> None:
    change.record.setdefault("group_policy_id", change.parent)
    if change.record["group_policy_id"] != change.parent:
        change.refuse("group_policy_id", "The field must be the group policy of the path.")


def vendor(change: Change) -> None:
    record = change.record
    recipients = len(record["administrator_ids"]) + len(record["team_ids"])
    if recipients > 10:
        change.refuse("administrator_ids", "There may be 10 administrators and teams together.")
    for name in (
        "user_added_notification_enabled",
        "user_expired_notification_enabled",
        "user_approval_enabled",
    ):
        if record[name] and not recipients:
            change.refuse(name, "The field needs an administrator or a team.")
    if record["user_approval_enabled"] and not record["user_added_notification_enabled"]:
        change.refuse(
            "user_added_notification_enabled",
            "The field cannot be false where user_approval_enabled is true.",
        )
    if record["user_reactivation_enabled"] and not record["user_approval_enabled"]:
        change.refuse("user_reactivation_enabled", "The field needs user_approval_enabled.")


def vendor_user(change: Change) -> None:
    """A vendor's user. That names are unique over all vendors and users is a guess."""
    name = change.record["username"]
    others = [
        *store.find(change.appliance, "vendor/user", username=name),
        *store.find(change.appliance, "user", username=name),
    ]
    if any(other is not change.before for other in others):
        change.refuse("username", "The username has already been taken.")
    if change.creates:
        owner = store.get(change.appliance, "vendor", change.parent)
        change.record |= {
            "account_expiration": now(change.appliance, owner["account_expiration"] * 24 * 60),
            "is_approved": not owner["user_approval_enabled"],
            "is_expired": False,
        }


RULES = {
    "user": user,
    "team": team,
    "team/user": team_user,
    "group-policy": group_policy,
    "group-policy/member": policy_member,
    "group-policy/vault-account-group": policy_account_group,
    "vendor": vendor,
    "vendor/user": vendor_user,
}

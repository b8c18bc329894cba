"""What is done with users and API accounts beyond creating and changing them."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Iterator

from ...wire import Answer, json_answer
from . import provisioning, store
from .answers import Refused, invalid, not_found, nothing
from .call import Call
from .changes import change, create
from .fields import Field
from .filters import passes
from .kinds import KINDS, kind_of
from .kinds.people import API_ACCOUNT
from .resources import listed, parent_of, shown, target, undescribed
from .rules.people import is_local
from .showing import NEVER, now, show

# --- Users


def list_policies_of_user(call: Call) -> Answer:
    """The identifiers and names of the group policies that are in effect for a user."""
    return json_answer(
        [
            {"id": policy["id"], "name": policy["name"]}
            for policy in provisioning.policies_of(call.appliance, target(call))
        ]
    )


def change_policies_of_user(call: Call) -> Answer:
    """Add a local user to group policies and take them out of others. The answer holds what will be
    in effect once the user is provisioned: a guess.
    """
    user, appliance = target(call), call.appliance
    if not is_local(appliance, user):
        raise Refused(422, "Only local users can be changed.")
    added, removed = call.body.get("added", []), call.body.get("removed", [])
    for name, numbers in (("added", added), ("removed", removed)):
        if any(store.get(appliance, "group-policy", number) is None for number in numbers):
            raise invalid(name, f"The selected {name} is invalid.")
    for number in removed:
        store.remove(
            appliance,
            "group-policy/member",
            lambda member, policy=number: (
                member[store.PARENT] == policy and member.get("user_id") == user["id"]
            ),
        )
    for number in added:
        if not any(
            member.get("user_id") == user["id"]
            for member in store.records(appliance, "group-policy/member", number)
        ):
            create(
                appliance,
                "group-policy/member",
                {"security_provider_id": user["security_provider_id"], "user_id": user["id"]},
                number,
            )
    policies = store.records(appliance, "group-policy")
    return json_answer(
        [
            {"id": policy["id"], "name": policy["name"]}
            for policy in policies
            if provisioning.is_member(appliance, policy["id"], user)
        ]
    )


def provision_users(call: Call) -> Answer:
    """Put the group policies into effect for users, for all where none is named. Unknown
    identifiers are ignored, which is documented.
    """
    numbers = call.body.get("user_ids", [])
    users = store.records(call.appliance, "user")
    provisioning.provision(
        call.appliance, [user for user in users if not numbers or user["id"] in numbers]
    )
    return nothing()


def provision_policy(call: Call) -> Answer:
    """Put the group policies into effect for those who are members of one, and for those whom it
    was taken from: the latter is a guess.
    """
    number = target(call)["id"]
    in_effect = provisioning.in_effect(call.appliance)
    provisioning.provision(
        call.appliance,
        [
            user
            for user in store.records(call.appliance, "user")
            if provisioning.is_member(call.appliance, number, user)
            or str(number) in in_effect.get(str(user["id"]), {})
        ],
    )
    return nothing()


# --- Security providers


def body_of_provider(appliance, ids: dict[str, str], data: dict) -> dict[str, Field]:
    """What can be changed of a security provider: the groups of a SAML provider, nothing of others."""
    provider = store.get(
        appliance, "security-provider", int(ids["id"]) if ids["id"].isdecimal() else 0
    )
    if provider is None:
        raise not_found()
    if provider["type"] != "saml":
        raise Refused(422, "Only SAML security providers can be changed.")
    return kind_of("security-provider", provider).accepted(appliance.product)


def update_provider(call: Call) -> Answer:
    provider = target(call)
    change(call.appliance, "security-provider", provider, call.body)
    return shown(call, provider)


# --- Vendors


def create_vendor_user(call: Call) -> Answer:
    """A vendor's user, who is answered with 200."""
    return undescribed(call, create(call.appliance, "vendor/user", call.body, parent_of(call)), 200)


def is_expired(appliance, user: dict) -> bool:
    return user.get("account_expiration", NEVER) <= now(appliance)


def show_vendor_users(call: Call) -> Answer:
    return listed(
        call,
        list(store.records(call.appliance, "vendor/user", parent_of(call))),
        lambda user: _vendor_user(call, user),
    )


def read_vendor_user(call: Call) -> Answer:
    return json_answer(_vendor_user(call, target(call)))


def _vendor_user(call: Call, user: dict) -> dict:
    """A vendor's user, who expires as the clock moves."""
    return show(
        call.appliance,
        KINDS["vendor/user"],
        {**user, "is_expired": is_expired(call.appliance, user)},
    )


def reactivate(call: Call) -> Answer:
    """Let expired users of a vendor in again: one, or all. Nobody to reactivate is answered with
    400, of which only the status is documented.
    """
    if call.operation.collection == "vendor":
        vendor = target(call)
        users = list(store.records(call.appliance, "vendor/user", vendor["id"]))
    else:
        users = [target(call)]
        vendor = store.get(call.appliance, "vendor", call.number("id"))
    expired = [user for user in users if is_expired(call.appliance, user)]
    if not expired:
        raise Refused(400, "There is nobody to reactivate.")
    for user in expired:
        user["account_expiration"] = now(call.appliance, vendor["account_expiration"] * 24 * 60)
    return nothing(200)


# --- API accounts


def _api_accounts(appliance) -> Iterator[dict]:
    """The appliance's API accounts as records. They are numbered in their order unless they have an
    identifier.
    """
    for number, (client_id, account) in enumerate(appliance.site["accounts"].items(), 1):
        permissions = {
            name: value if name == "perm_command" else bool(value)
            for name, value in account["permissions"].items()
        }
        yield {
            "id": account.get("id", number),
            "name": account["name"],
            "comments": account.get("comments", ""),
            "enabled": account["enabled"],
            "ip_addresses": "\n".join(account["ip_addresses"]),
            "client_id": client_id,
            "failed_login_attempts": 0,
            **{
                name: False
                for name in API_ACCOUNT.shown(appliance.product)
                if name.startswith("perm_")
            },
            "perm_command": "deny",
            **permissions,
        }


def number_of_account(appliance, client_id: str) -> int | None:
    """The identifier of the API account with a client id."""
    return next(
        (each["id"] for each in _api_accounts(appliance) if each["client_id"] == client_id), None
    )


def list_accounts(call: Call) -> Answer:
    found = [each for each in _api_accounts(call.appliance) if passes(call, each, call.query)]
    return listed(call, found, lambda each: show(call.appliance, API_ACCOUNT, each))


def read_account(call: Call) -> Answer:
    for each in _api_accounts(call.appliance):
        if each["id"] == call.number("id"):
            return shown(call, each)
    raise not_found()

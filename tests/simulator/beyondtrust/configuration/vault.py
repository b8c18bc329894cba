"""What is done with vault accounts beyond creating and changing them: check-outs, rotation, groups,
endpoints.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import secrets

from ...wire import Answer, json_answer
from . import store
from .answers import Refused, invalid, not_found, nothing
from .call import Call
from .cascades import DEFAULT_POLICY
from .fields import Field
from .kinds import kind_of
from .kinds.vault import CREATABLE, DEFAULT_GROUP, GROUP_ACCOUNT, account_kind
from .resources import listed, target, undescribed
from .showing import now

CHECKOUTS = "_checkouts"
"""Key in an account's record: the client ids of the API accounts that have checked it out."""

ROTATED = ("windows_domain", "windows_local", "aws_secret")
"""The types whose credentials the system can change."""

NEVER_FORCED = ("ssh", "ssh_ca", "x509_ca", "x509_csr")
SECRETS = {
    "username_password": {"password": "_password"},
    "opaque_token": {"password": "_token"},
    "ssh": {"private_key": "_private_key"},
    "ssh_ca": {"private_key": "_private_key"},
    "x509_csr": {"private_key": "_private_key"},
}
"""What a check-out shows of an account, and where its record keeps it. The place of a token is a
guess; other types have a password.
"""


def body_of_new_account(appliance, ids: dict[str, str], data: dict) -> dict[str, Field]:
    """The attributes of an account of the type that the data names."""
    kind = account_kind(data) if isinstance(data.get("type"), str) else None
    if kind is None or data["type"] not in CREATABLE[appliance.product]:
        raise invalid(
            "type", f"The field must be one of {', '.join(CREATABLE[appliance.product])}."
        )
    return kind.accepted(appliance.product)


def body_of_account(appliance, ids: dict[str, str], data: dict) -> dict[str, Field]:
    """The attributes of the account in the path."""
    record = store.get(appliance, "vault/account", int(ids["id"]) if ids["id"].isdecimal() else 0)
    if record is None:
        raise not_found()
    return kind_of("vault/account", record).accepted(appliance.product)


def _policy(appliance, account: dict) -> dict:
    """The account policy that is in effect: the account's own, its group's, or the default one."""
    group = store.get(
        appliance, "vault/account-group", account.get("account_group_id", DEFAULT_GROUP)
    )
    code_name = account.get("account_policy") or group and group["account_policy"]
    found = store.find(appliance, "vault/account-policy", code_name=code_name) if code_name else []
    return found[0] if found else store.get(appliance, "vault/account-policy", DEFAULT_POLICY)


def _usable(call: Call) -> dict:
    """The account in the path, which must be one whose secret can be handed out. Which personal
    accounts are is a guess: none.
    """
    account = target(call)
    if account["type"] in ("x509_ca", "password_safe") or account.get("personal"):
        raise Refused(422, "The account cannot be checked out or checked in.")
    return account


def check_out(call: Call) -> Answer:
    """Hand out an account's secret, to one at a time unless its policy allows more. That the same
    API account may not have it twice is a guess.
    """
    account = _usable(call)
    holders = account.setdefault(CHECKOUTS, [])
    if holders and not _policy(call.appliance, account)["allow_simultaneous_checkout"]:
        raise Refused(422, "The account is checked out.")
    holders.append(call.account["client_id"])
    account["last_checkout_timestamp"] = now(call.appliance)
    credential = {
        "username": account.get("username"),
        "type": account["type"] if account["type"] != "x509_csr" else None,
    }
    for name, key in SECRETS.get(account["type"], {"password": "_password"}).items():
        credential[name] = account.get(key, f"simulated {name} {account['id']}")
    if account["type"] == "ssh_ca":
        credential["signed_public_cert"] = (
            f"certificate signed at {account['last_checkout_timestamp']}"
        )
    return json_answer({name: value for name, value in credential.items() if value is not None})


def check_in(call: Call) -> Answer:
    """Give back what this API account has checked out."""
    account = _usable(call)
    if call.account["client_id"] not in account.get(CHECKOUTS, ()):
        raise Refused(422, "The account is not checked out by this API account.")
    account[CHECKOUTS].remove(call.account["client_id"])
    _rotate_after_use(call, account)
    return undescribed(call, account, 200)


def force_check_in(call: Call) -> Answer:
    """Give back what others have checked out."""
    account = _usable(call)
    if account["type"] in NEVER_FORCED:
        raise Refused(422, "Accounts of this type cannot be checked in by force.")
    if not account.get(CHECKOUTS):
        raise Refused(422, "The account is not checked out.")
    account[CHECKOUTS].clear()
    _rotate_after_use(call, account)
    return undescribed(call, account, 200)


def rotate(call: Call) -> Answer:
    """Schedule another secret, for the types whose secrets the system can change. It is there at
    once: a guess.
    """
    account = target(call)
    if account["type"] not in ROTATED:
        raise Refused(422, "The credential of this account cannot be rotated.")
    _rotate(account)
    return undescribed(call, account, 200)


def _rotate_after_use(call: Call, account: dict) -> None:
    if (
        account["type"] in ROTATED
        and not account[CHECKOUTS]
        and _policy(call.appliance, account)["auto_rotate_credentials"]
    ):
        _rotate(account)


def _rotate(account: dict) -> None:
    account["_password"] = secrets.token_urlsafe(12)
    account["_rotations"] = account.get("_rotations", 0) + 1


# --- Account groups


def _group(call: Call) -> int:
    number = call.number("id")
    if store.get(call.appliance, "vault/account-group", number) is None:
        raise not_found()
    return number


def _membership(account: dict) -> dict:
    return {name: account["id" if name == "account_id" else name] for name in GROUP_ACCOUNT}


def list_accounts_of_group(call: Call) -> Answer:
    accounts = store.find(call.appliance, "vault/account", account_group_id=_group(call))
    return listed(
        call, [account for account in accounts if not account.get("personal")], _membership
    )


def _account_of_group(call: Call) -> dict:
    account = store.get(call.appliance, "vault/account", call.number("account_id"))
    if account is None or account.get("account_group_id") != _group(call):
        raise not_found()
    return account


def read_account_of_group(call: Call) -> Answer:
    return json_answer(_membership(_account_of_group(call)))


def add_account_to_group(call: Call) -> Answer:
    """Move an account into a group, whichever it was in."""
    group = _group(call)
    account = store.get(call.appliance, "vault/account", call.body["account_id"])
    if account is None or "account_group_id" not in account:
        raise invalid("account_id", "The selected account_id is invalid.")
    account["account_group_id"] = group
    return json_answer(_membership(account), 201)


def remove_account_from_group(call: Call) -> Answer:
    """Move an account into the default group."""
    _account_of_group(call)["account_group_id"] = DEFAULT_GROUP
    return nothing()


# --- Endpoints


def _candidates(call: Call) -> list[dict]:
    """The RDP items that could be the endpoint's: those for its hostname without an endpoint. What
    makes a candidate is a guess.
    """
    hostname = target(call)["hostname"].casefold()
    return [
        item
        for item in store.records(call.appliance, "jump-item/remote-rdp")
        if item["hostname"].casefold() == hostname and item["endpoint_id"] is None
    ]


def list_candidates(call: Call) -> Answer:
    return json_answer([{"id": item["id"]} for item in _candidates(call)])


def associate(call: Call) -> Answer:
    """Link an RDP item with an endpoint."""
    for item in _candidates(call):
        if item["id"] == call.body["id"]:
            item["endpoint_id"] = call.number("id")
            return json_answer({"id": item["id"]}, 201)
    raise invalid("id", "The selected id is invalid.")

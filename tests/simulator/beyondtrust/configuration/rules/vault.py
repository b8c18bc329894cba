"""The rules of the vault that no single attribute shows."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import hashlib

from .. import store
from .change import Change

NEW_ASSOCIATION = "any_jump_items"
"""The filter type of a new account group's association: a guess."""


def _policy(change: Change) -> None:
    """An account policy is named by its code name."""
    code_name = change.given.get("account_policy")
    if code_name and not store.find(change.appliance, "vault/account-policy", code_name=code_name):
        change.refuse("account_policy", "The selected account_policy is invalid.")


def account(change: Change) -> None:
    _policy(change)
    record = change.record
    parent = store.get(change.appliance, "vault/account", record.get("parent_x509", 0))
    if "parent_x509" in change.given and parent is not None and parent["type"] != "x509_ca":
        change.refuse("parent_x509", "The account must be a certificate authority.")
    if not change.creates and record.get("personal"):
        change.refuse("id", "Personal accounts cannot be changed.")
    # What follows from the secrets is made up: no key is ever read here.
    if record["type"] in ("ssh", "ssh_ca") and "private_key" in change.given:
        record["public_key"] = f"ssh-ed25519 {_digest(change.given['private_key'])}"
    if record["type"] == "x509_ca" and change.creates and "subject" in record:
        record["x509_cert"] = f"certificate of {record['subject']}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def account_policy(change: Change) -> None:
    """The age of a password belongs to scheduled rotation, and must be given where a policy is made
    with it.
    """
    record = change.record
    if record["scheduled_password_rotation"]:
        change.require("maximum_password_age", "where scheduled_password_rotation is enabled")
    elif change.given.get("maximum_password_age") is not None:
        change.refuse(
            "maximum_password_age",
            "The field is only valid where scheduled_password_rotation is enabled.",
        )
    else:
        record["maximum_password_age"] = None


def group_user(change: Change) -> None:
    change.record.setdefault("account_group_id", change.parent)


RULES = {
    "vault/account": account,
    "vault/account-group": _policy,
    "vault/account-policy": account_policy,
    "vault/account-group/user": group_user,
}


def make_association(appliance, group: dict) -> None:
    store.add(
        appliance,
        "vault/account-group/jump-item-association",
        {"filter_type": NEW_ASSOCIATION},
        group["id"],
    )


AFTER_CREATION = {"vault/account-group": make_association}

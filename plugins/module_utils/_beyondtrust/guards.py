"""What is refused on a BeyondTrust appliance before anything is sent: changes that would take away more than was said, or cannot succeed."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .._core.errors import InputError
from .._core.plan import Change
from .._core.server import Server
from .jump_items import JUMP_CLIENT, JUMP_CLIENT_INSTALLER, JUMP_ITEMS, NETWORK_TUNNEL_JUMP
from .resources import GROUP_POLICY, JUMP_GROUP, JUMP_POLICY, USER
from .vault import ACCOUNT_TYPES, VAULT_ACCOUNT

REMOVE_ITEMS = {"remove_items": {"type": "bool", "default": False}}
OWNED = (*JUMP_ITEMS, JUMP_CLIENT, JUMP_CLIENT_INSTALLER)  # what goes with the jump group that it lies in


def check_changes(server: Server, changes: Sequence[Change], params: Mapping[str, Any]) -> None:
    """Raise InputError for changes that would do harm or that the appliance is known to refuse."""
    for change in changes:
        if change.resource.name in _CHECKS and change.after is not None:
            _CHECKS[change.resource.name](server, change)
    if not params.get("remove_items"):
        removed = [change for change in changes if change.resource is JUMP_GROUP and change.action == "delete"]
        for change in removed:
            owned = _left_in(server, change, changes)
            if owned:
                raise InputError(
                    f"Removing jump_group {change.name} would remove what lies in it, too: {', '.join(owned[:5])}"
                    f"{f' and {len(owned) - 5} more' if len(owned) > 5 else ''}. If that is what you want, set remove_items."
                )


def _left_in(server, removal, changes) -> list[str]:
    """Return what would still lie in a jump group when it is removed, each as its kind and name."""
    moved = {(change.resource.name, change.identifier) for change in changes if change.before and _leaves(change, removal)}
    found = []
    for resource in OWNED:
        if resource.only and server.backend.product not in resource.only:
            continue
        for record in server.backend.records(resource.endpoint, jump_group_id=removal.identifier, jump_group_type="shared"):
            if (resource.name, record["id"]) not in moved:
                found.append(f"{resource.name} {record.get('name') or record['id']}")
    return found


def _leaves(change, removal) -> bool:
    return change.after is None or "jump_group" in change.resource.fields and change.after.get("jump_group") != removal.before["name"]


def _user(server, change):
    if change.action == "create" and not server.backend.can_make_users():
        raise InputError(
            f"There is no user {change.name!r}, and this appliance's API makes none (its openapi.yaml lists no POST /user). "
            f"Make the account in /login."
        )


def _jump_policy(server, change):
    # The schedule is on in a new policy unless it is switched off (schema JumpPolicy).
    scheduled = change.after.get("schedule_enabled", change.action == "create")
    if change.after.get("approval_required") and scheduled:
        raise InputError(f"jump_policy {change.name}: approval_required and schedule_enabled exclude each other; set schedule_enabled: false.")


def _group_policy(server, change):
    for number, member in enumerate(change.after.get("members") or ()):
        named = [name for name in ("user", "group_name", "distinguished_name") if member.get(name)]
        if len(named) != 1:
            raise InputError(f"group_policy {change.name}: members[{number}] needs one of user, group_name and distinguished_name.")


def _vault_account(server, change):
    known = change.after["type"]
    if known.startswith("windows") and change.action == "create":
        raise InputError(f"There is no vault_account {change.name!r}, and a {known} account is made by discovery only.")
    options, needed = ACCOUNT_TYPES[known]
    of_some_type = {name for of_type, _needed in ACCOUNT_TYPES.values() for name in of_type}
    given = {name for name in change.fields if change.after.get(name) not in (None, "")}
    if extra := sorted((given & of_some_type) - options):
        raise InputError(f"vault_account {change.name}: an account of the type {known} has no {', '.join(extra)}.")
    if missing := sorted(needed - given if change.action == "create" else ()):
        raise InputError(f"vault_account {change.name} does not exist yet; to make it, {', '.join(missing)} must be given.")


def _network_tunnel(server, change):
    for number, rule in enumerate(change.after.get("filter_rules") or ()):
        for option, least in (("ip_addresses", 1), ("ports", 0)):
            given = [name for name, value in (rule.get(option) or {}).items() if value]
            if not least <= len(given) <= 1:
                raise InputError(
                    f"network_tunnel_jump {change.name}: filter_rules[{number}].{option} takes one of cidr, range and list, not {' and '.join(given) or 'none'}."
                )


_CHECKS = {
    USER.name: _user, JUMP_POLICY.name: _jump_policy, GROUP_POLICY.name: _group_policy, VAULT_ACCOUNT.name: _vault_account,
    NETWORK_TUNNEL_JUMP.name: _network_tunnel,
}

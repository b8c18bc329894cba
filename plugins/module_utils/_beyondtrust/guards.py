"""What is refused on a BeyondTrust appliance before anything is sent: changes that would take away more than was said, or cannot succeed."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .._core.errors import InputError, NotThere
from .._core.plan import Change
from .._core.server import Server
from .jump_items import (
    JUMP_CLIENT,
    JUMP_CLIENT_INSTALLER,
    JUMP_ITEMS,
    NETWORK_TUNNEL_JUMP,
    PROTOCOL_TUNNEL_JUMP,
    REMOTE_RDP,
    SECURE_APP,
    TUNNEL_TYPES,
    URL,
)
from .products import RS
from .resources import (
    ALL_PORTALS,
    GROUP_POLICY,
    JUMP_GROUP,
    JUMP_POLICY,
    SAML,
    SECURITY_PROVIDER,
    TEAM,
    USER,
    VENDOR,
    VENDOR_USER,
)
from .vault import (
    ACCOUNT_TYPES,
    CRITERIA,
    DEFAULT_GROUP,
    ITEM_TYPES_OF_PRA,
    PATTERN_MOST,
    VAULT_ACCOUNT,
    VAULT_ACCOUNT_GROUP,
    VAULT_ACCOUNT_POLICY,
)

REMOVE_ITEMS = {"remove_items": {"type": "bool", "default": False}}
REMOVE_USERS = {"remove_users": {"type": "bool", "default": False}}
OWNED = (*JUMP_ITEMS, JUMP_CLIENT, JUMP_CLIENT_INSTALLER)  # what goes with the jump group that it lies in


def check_changes(server: Server, changes: Sequence[Change], params: Mapping[str, Any]) -> None:
    """Raise InputError for changes that would do harm or that the appliance is known to refuse.

    What the appliance drops by itself with a change is taken out of what is foretold of it.
    """
    for change in changes:
        if change.resource.name in _CHECKS and change.after is not None:
            _CHECKS[change.resource.name](server, change)
        if change.resource is VAULT_ACCOUNT_GROUP and change.after is None and change.identifier == DEFAULT_GROUP:
            raise InputError(f"vault_account_group {change.name} is the vault's default group, which cannot be removed.")
    for resource, option, left_in in ((JUMP_GROUP, "remove_items", _left_in), (VENDOR, "remove_users", _users_left_in)):
        for change in changes if not params.get(option) else ():
            if change.resource is resource and change.action == "delete" and (owned := left_in(server, change, changes)):
                raise InputError(
                    f"Removing {resource.name} {change.name} would remove what lies in it, too: {', '.join(owned[:5])}"
                    f"{f' and {len(owned) - 5} more' if len(owned) > 5 else ''}. If that is what you want, set {option}."
                )


def _left_in(server, removal, changes) -> list[str]:
    """Return what would still lie in a jump group when it is removed, each as its kind and name."""
    moved = {(change.resource.name, change.identifier) for change in changes if change.before and _leaves(change, removal)}
    found = []
    for resource in OWNED:
        if resource.only and server.backend.product not in resource.only:
            continue
        try:
            records = server.backend.records(resource.endpoint, jump_group_id=removal.identifier, jump_group_type="shared")
        except NotThere:
            continue  # a kind that this version does not have
        for record in records:
            if (resource.name, record["id"]) not in moved:
                found.append(f"{resource.name} {record.get('name') or record['id']}")
    return found


def _users_left_in(server, removal, changes) -> list[str]:
    """Return who would still be a user of a vendor when it is removed."""
    gone = {change.identifier for change in changes if change.resource is VENDOR_USER and change.after is None}
    users = server.backend.records(VENDOR_USER.endpoint.format(vendor=removal.identifier))
    return [f"vendor_user {user.get('username')}" for user in users if (removal.identifier, user["id"]) not in gone]


def _leaves(change, removal) -> bool:
    return change.after is None or "jump_group" in change.resource.fields and change.after.get("jump_group") != removal.before["name"]


def _security_provider(_server, change):
    if change.before["type"] != SAML and "available_groups" in change.fields:
        raise InputError(f"security_provider {change.name} is of the type {change.before['type']}; only one of the type {SAML} has available_groups.")


def _user(server, change):
    if change.action == "update":
        if change.before["is_administrator"]:  # as public clients were answered; of removal it is documented
            raise InputError(f"user {change.name} is an administrator, and the API changes no administrators. Change the account in /login.")
        if change.after.get("failed_logins") and "failed_logins" in change.fields:
            raise InputError(f"user {change.name}: failed_logins can be set to 0 only, which unlocks the account.")
        return
    if not server.backend.can_make_users():
        raise InputError(
            f"There is no user {change.name!r}, and this appliance's API makes none (its openapi.yaml lists no POST /user). "
            f"Make the account in /login."
        )
    if server.backend.product == RS and not change.after.get("private_display_name"):
        raise InputError(f"user {change.name} does not exist yet; to make it, private_display_name must be given.")


def _team(server, change):
    portals = change.after.get("public_portals") or ()
    if ALL_PORTALS in portals and len(portals) > 1:
        raise InputError(f"team {change.name}: public_portals names {ALL_PORTALS!r}, which leaves no other to be named beside it.")


def _jump_policy(server, change):
    # The schedule is on in a new policy unless it is switched off (schema JumpPolicy).
    scheduled = change.after.get("schedule_enabled", change.action == "create")
    if change.after.get("approval_required") and scheduled:
        raise InputError(f"jump_policy {change.name}: approval_required and schedule_enabled exclude each other; set schedule_enabled: false.")


def _group_policy(server, change):
    for member in change.after.get("members") or ():
        named = {name for name, value in member.items() if value}
        if named not in ({"user"}, {"security_provider", "group_name"}, {"security_provider", "distinguished_name"}):
            raise InputError(
                f"group_policy {change.name}: a member is named by user alone, or by security_provider with group_name or distinguished_name, "
                f"not by {' and '.join(f'{name} {member[name]!r}' for name in sorted(named)) or 'nothing'}."
            )


def _vendor(server, change):
    # A new vendor has the first two on unless they are switched off; each of the three needs somebody to write to (schema Vendor).
    new = change.action == "create"
    reasons = {"user_added_notification_enabled": new, "user_expired_notification_enabled": new, "user_approval_enabled": False}
    on = [name for name, default in reasons.items() if change.after.get(name, default)]
    touched = new or {*reasons, "administrators", "teams"} & set(change.fields)
    if touched and on and not change.after.get("administrators") and not change.after.get("teams"):
        raise InputError(f"vendor {change.name}: {' and '.join(on)} need somebody to write to; name administrators or teams, or set them to false.")


def _vault_account(server, change):
    known = change.after["type"]
    if known.startswith("windows") and change.action == "create":
        raise InputError(f"There is no vault_account {change.name!r}, and a {known} account is made by discovery only.")
    options, needed = ACCOUNT_TYPES[known]
    of_some_type = {name for of_type, _needed in ACCOUNT_TYPES.values() for name in of_type}
    given = {name for name in change.fields if change.after[name] not in (None, "")}
    if extra := sorted((given & of_some_type) - options):
        raise InputError(f"vault_account {change.name}: an account of the type {known} has no {', '.join(extra)}.")
    for name in (of_some_type - options) & set(change.fields):  # those that are empty: what the type does not have is not sent, whatever it is
        del change.after[name]
    if missing := sorted(needed - given if change.action == "create" else ()):
        raise InputError(f"vault_account {change.name} does not exist yet; to make it, {', '.join(missing)} must be given.")
    if emptied := sorted({*needed, "account_group"} & set(change.fields) - given):
        raise InputError(f"vault_account {change.name}: {', '.join(emptied)} must not be empty.")
    _vault_association(server, change)


def _vault_account_policy(_server, change):
    # Schema VaultAccountPolicy: without scheduled rotation the age is null.
    scheduled = change.after.get("scheduled_password_rotation")
    if scheduled and not change.after.get("maximum_password_age"):
        raise InputError(f"vault_account_policy {change.name}: scheduled_password_rotation needs maximum_password_age.")
    if not scheduled:
        if "maximum_password_age" in change.fields:
            raise InputError(f"vault_account_policy {change.name}: maximum_password_age counts only with scheduled_password_rotation.")
        change.after.pop("maximum_password_age", None)


def _vault_association(server, change):
    if "jump_item_association" not in change.fields:
        return
    wanted, place = change.after["jump_item_association"], f"{change.resource.name} {change.name}: jump_item_association"
    criteria, items = wanted.get("criteria") or {}, wanted.get("jump_items") or []
    if wanted["filter_type"] != CRITERIA:
        there = (change.before or {}).get("jump_item_association") or {}
        if any(part and part != there.get(name) for name, part in (("criteria", criteria), ("jump_items", items))):
            raise InputError(f"{place}: criteria and jump_items count only with filter_type: {CRITERIA}.")
        change.after["jump_item_association"] = {"filter_type": wanted["filter_type"]}
        return
    if not any(criteria.values()) and not items:
        raise InputError(f"{place}: with filter_type: {CRITERIA} something has to be given in criteria or jump_items.")
    for name, pattern in [(name, pattern) for name, patterns in criteria.items() if name != "shared_jump_groups" for pattern in patterns or ()]:
        if not 0 < len(pattern) <= PATTERN_MOST:
            raise InputError(f"{place}.criteria.{name}: a pattern must be at least 1 and at most {PATTERN_MOST} characters long, not {len(pattern)}.")
        if pattern != pattern.lower():  # schema AccountJumpItemAssociationCriteria: or it would differ again in the next run
            raise InputError(f"{place}.criteria.{name}: the appliance keeps patterns in lower case; write {pattern.lower()!r}, not {pattern!r}.")
    foreign = {item["type"] for item in items} & set(ITEM_TYPES_OF_PRA)
    if foreign and server.backend.product == RS:
        raise InputError(f"{place}.jump_items: {RS} has no {' and '.join(sorted(foreign))}.")


def _remote_rdp(_server, change):
    chosen = change.after.get("secure_app_type") or "none"
    for option, of_types in SECURE_APP.items():
        if option in change.fields and change.after[option] and chosen not in of_types:
            raise InputError(f"remote_rdp {change.name}: {option} is for secure_app_type {' or '.join(of_types)}, not for {chosen}.")


def _protocol_tunnel(_server, change):
    chosen = change.after.get("tunnel_type") or "tcp"
    needed = TUNNEL_TYPES.get(chosen, ())  # of a type that is there already and that we do not know, we know no needs
    missing = [name for name in needed if not change.after.get(name)]
    if missing and (change.action == "create" or {"tunnel_type", *needed} & set(change.fields)):
        options = [PROTOCOL_TUNNEL_JUMP.fields[name].option or name for name in missing]
        raise InputError(f"protocol_tunnel_jump {change.name}: a tunnel of the type {chosen} needs {', '.join(options)}.")
    if chosen == "k8s" and "hostname" in change.fields:
        raise InputError(f"protocol_tunnel_jump {change.name}: the hostname of a tunnel of the type k8s is its {URL}; leave hostname out.")


def _network_tunnel(_server, change):
    for number, rule in enumerate(change.after.get("filter_rules") or ()):
        for option, forms in (("ip_addresses", "cidr, range and list"), ("ports", "range and list")):
            given = [name for name, value in (rule.get(option) or {}).items() if value is not None]
            if rule.get(option) is not None and len(given) != 1:
                raise InputError(
                    f"network_tunnel_jump {change.name}: filter_rules[{number}].{option} takes one of {forms}, not {' and '.join(given) or 'none'}."
                )


_CHECKS = {
    SECURITY_PROVIDER.name: _security_provider, USER.name: _user, TEAM.name: _team, VENDOR.name: _vendor, JUMP_POLICY.name: _jump_policy,
    GROUP_POLICY.name: _group_policy,
    VAULT_ACCOUNT.name: _vault_account, VAULT_ACCOUNT_GROUP.name: _vault_association, VAULT_ACCOUNT_POLICY.name: _vault_account_policy,
    REMOTE_RDP.name: _remote_rdp, PROTOCOL_TUNNEL_JUMP.name: _protocol_tunnel, NETWORK_TUNNEL_JUMP.name: _network_tunnel,
}

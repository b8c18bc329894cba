"""The rules of Jump Items, Jump Clients, Jumpoints and jump policies that no single attribute
shows.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import hashlib
import ipaddress
import re

from .. import store
from .change import Change

PORTS = {"ssh": 22, "telnet": 23}
SECURE_APP = {
    "remote_app_name": ("remote_app",),
    "remote_app_params": ("remote_app",),
    "remote_exe_path": ("remote_desktop_agent", "remote_desktop_agent_credentials"),
    "remote_exe_params": ("remote_desktop_agent", "remote_desktop_agent_credentials"),
    "target_system": ("remote_desktop_agent_credentials",),
    "credential_type": ("remote_desktop_agent_credentials",),
}
"""Attributes of RDP items that are valid with some secure_app_type only."""

LOOPBACK = ipaddress.ip_network("127.0.0.0/24")


def owner(change: Change) -> None:
    """The owner is a Jump Group, or the user whose personal list it is."""
    collection = "jump-group" if change.record.get("jump_group_type") == "shared" else "user"
    if store.get(change.appliance, collection, change.record.get("jump_group_id", 0)) is None:
        change.refuse("jump_group_id", "The selected jump_group_id is invalid.")


def shell_jump(change: Change) -> None:
    owner(change)
    change.record.setdefault("port", PORTS.get(change.record.get("protocol")))


def remote_rdp(change: Change) -> None:
    owner(change)
    for name, types in SECURE_APP.items():
        if change.given.get(name) and change.record["secure_app_type"] not in types:
            change.refuse(name, "The field is not valid with this secure_app_type.")


def protocol_tunnel(change: Change) -> None:
    owner(change)
    record, tunnel = change.record, change.record["tunnel_type"]
    if tunnel == "k8s":
        change.require("url", "for a Kubernetes tunnel")
        change.require("ca_certificates", "for a Kubernetes tunnel")
        jumpoint = store.get(change.appliance, "jumpoint", record["jumpoint_id"])
        if jumpoint and jumpoint["platform"] != "linux-x86":
            change.refuse("jumpoint_id", "A Kubernetes tunnel needs a Jumpoint on Linux.")
        record["hostname"] = record.get("url", "")[:128]
    else:
        change.require("hostname", "for this type of tunnel")
    if tunnel == "mssql":
        change.require("username", "for an MSSQL tunnel")
    if tunnel == "tcp":
        change.require("tunnel_definitions", "for a TCP tunnel")
        if record["tunnel_definitions"] and not _port_pairs(record["tunnel_definitions"]):
            change.refuse(
                "tunnel_definitions", "The field must be pairs of a local and a remote port."
            )
    tunnel_address(change, check_owner=False)


def tunnel_address(change: Change, check_owner: bool = True) -> None:
    if check_owner:
        owner(change)
    try:
        inside = (
            ipaddress.ip_address(change.record["tunnel_listen_address"] or "127.0.0.1") in LOOPBACK
        )
    except ValueError:
        inside = False
    if not inside:
        change.refuse("tunnel_listen_address", "The field must be an address in 127.0.0.0/24.")


def _port_pairs(definitions: str) -> bool:
    ports = definitions.split(";")
    return len(ports) % 2 == 0 and all(
        port.isdecimal() and number % 2 <= int(port) <= 65535 for number, port in enumerate(ports)
    )


def network_tunnel(change: Change) -> None:
    owner(change)
    for number, rule in enumerate(change.record["filter_rules"]):
        addresses = rule["ip_addresses"]
        texts = (
            [addresses["cidr"]]
            if "cidr" in addresses
            else list(addresses["range"].values())
            if "range" in addresses
            else addresses["list"]
        )
        if not all(_is_network(each) for each in texts):
            change.refuse(
                f"filter_rules.{number}.ip_addresses", "The field must hold IP addresses."
            )


def _is_network(text: str) -> bool:
    try:
        ipaddress.ip_network(text, strict=False)
    except ValueError:
        return False
    return True


def jumpoint(change: Change) -> None:
    record = change.record
    network = record["external_jump_item_network_id"]
    others = (
        store.find(change.appliance, "jumpoint", external_jump_item_network_id=network)
        if network
        else []
    )
    if any(other is not change.before for other in others):
        change.refuse(
            "external_jump_item_network_id",
            "The external_jump_item_network_id has already been taken.",
        )
    account = store.get(
        change.appliance, "vault/account", record.get("rdp_service_account_id") or 0
    )
    if account and account["type"] not in ("username_password", "windows_domain"):
        change.refuse(
            "rdp_service_account_id", "The account must be a generic or a domain account."
        )
    for place, addresses in enumerate(record.get("managed_ip_ranges", ())):
        if not all(_is_network(each) for each in addresses.values()):
            change.refuse(f"managed_ip_ranges.{place}", "The field must hold IP addresses.")
    if not all(_is_network(each) for each in record["jzp_restricted_ips"]):
        change.refuse("jzp_restricted_ips", "The field must hold network address prefixes.")
    if change.creates:
        # The description gives true as the default, but nothing is installed yet that could be
        # connected.
        record["connected"] = False
        record["key_info"] = _key("key", record["name"])
        if record["platform"] == "linux-x86" and record["clustered"]:
            record["docker_deploy_key"] = _key("deploy", record["name"])


def _key(purpose: str, name: str) -> str:
    return hashlib.sha256(f"{purpose} {name}".encode()).hexdigest()


def jump_policy(change: Change) -> None:
    record = change.record
    if record["schedule_strict"] and not record["schedule_enabled"]:
        change.refuse("schedule_strict", "The field can only be true where schedule_enabled is.")
    if (
        record["simultaneous_jump_behavior_applies_to_copies"]
        and record["simultaneous_jumps"] != "join"
    ):
        change.refuse(
            "simultaneous_jump_behavior_applies_to_copies",
            "The field is only valid where simultaneous_jumps is join.",
        )
    if change.appliance.product == "pra":
        _approvals(change)


def _approvals(change: Change) -> None:
    """What PRA adds: notifications and approvals. An approval excludes a schedule, and somebody
    must be asked (which of the three lists: a guess).
    """
    record = change.record
    if record["approval_required"]:
        if record["schedule_enabled"]:
            change.refuse(
                "approval_required", "The field cannot be true where schedule_enabled is."
            )
        change.require("approval_display_name", "where approvals are required")
        if not (
            record["approval_email_addresses"]
            or record["approval_user_ids"]
            or record["approval_team_ids"]
        ):
            change.refuse("approval_email_addresses", "Approvals need at least one approver.")
    if record["session_start_notification"] or record["session_end_notification"]:
        change.require("notification_email_addresses", "where notifications are enabled")
        change.require("notification_display_name", "where notifications are enabled")
    for name, collection in (("approval_user_ids", "user"), ("approval_team_ids", "team")):
        for text in record[name]:
            if (
                not re.fullmatch("[0-9]+", text)
                or store.get(change.appliance, collection, int(text)) is None
            ):
                change.refuse(name, f"The selected {name} is invalid.")


RULES = {
    "jump-item/remote-rdp": remote_rdp,
    "jump-item/shell-jump": shell_jump,
    "jump-item/remote-vnc": owner,
    "jump-item/web-jump": owner,
    "jump-item/protocol-tunnel-jump": protocol_tunnel,
    "jump-item/psql-tunnel-jump": tunnel_address,
    "jump-item/mysql-tunnel-jump": tunnel_address,
    "jump-item/network-tunnel-jump": network_tunnel,
    "jump-client": owner,
    "jump-client/installer": owner,
    "jumpoint": jumpoint,
    "jump-policy": jump_policy,
}

"""BeyondTrust's jump items, jump clients and their installers, as data (Configuration API v1)."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from .._core.errors import InputError
from .._core.plan import Change
from .._core.resource import NOTHING, Field
from .._core.server import Server
from .kind import Kind
from .products import IDENTIFIER, LARGEST, ONLY_PRA, ONLY_RS, code_name, name, reference, text

# A jump item lies in a jump group or in the personal list of a user. On the wire that is
# jump_group_id and jump_group_type.
PLACE = {
    "jump_group": reference("jump_group"),
    "personal_list_of": Field(ref="user"),
}
COMMON = {
    "tag": text(64),
    "comments": text(1024),
    "jump_policy": reference("jump_policy"),
}
QUALITIES = ("low", "performance", "performance_quality", "quality", "best_performance", "lossless")
TEAM_QUEUE = r"(team:[A-Za-z0-9_-]+)?"
PORT_PAIRS = r"\d{1,5};\d{1,5}(;\d{1,5};\d{1,5})*"
LOOPBACK = r"127\.0\.0\.\d{1,3}"
HOST = text(128, 1, required=True)
URL = "target_url"  # url is the appliance's own
# Stands for the name of each computer, where an installer names none.
COMPUTER_NAME = "(computer name)"


@dataclass(frozen=True)
class Rules(Field):
    """Rules in their order. Each is written whole: only its place identifies it, and another rule
    may have had that place before.
    """

    def merged(self, old: Any, new: Sequence[dict]) -> list[dict]:
        """Return the new rules, which have the appliance's defaults where they do not say anything."""
        return [{"protocol": "ANY", **rule} for rule in new]


@dataclass(frozen=True)
class Unshown(Field):
    """What counts when an object is made, and is never shown: whatever is there agrees with
    whatever is asked for.
    """

    def same(self, one: Any, other: Any) -> bool:
        """Tell that nothing is known to the contrary."""
        return True

    def check(self, place: str, value: Any, there: Any = NOTHING) -> None:
        """Raise InputError for a value that the server would refuse: it is never known to be there."""
        super().check(place, value)


def _place_from_server(record: dict) -> dict:
    personal, place = record.get("jump_group_type") == "personal", record.get("jump_group_id")
    return {
        **record,
        "jump_group_id": None if personal else place,
        "personal_list_of": place if personal else None,
    }


def _place_to_server(body: dict) -> dict:
    body = dict(body)
    owner: Any = body.pop("personal_list_of", None)
    if owner is not None:
        body.update(jump_group_id=owner, jump_group_type="personal")
    elif body.get("jump_group_id") is not None:
        body["jump_group_type"] = "shared"
    else:
        body.pop("jump_group_id", None)
    return body


def _jump_item(
    kind: str,
    endpoint: str,
    fields: dict[str, Field],
    only: tuple[str, ...] = (),
    guard: Callable[[Server, Change], None] | None = None,
) -> Kind:
    return Kind(
        kind,
        f"/jump-item/{endpoint}",
        id_field="id",
        key=("name", "jump_group", "personal_list_of"),
        one_of=("jump_group", "personal_list_of"),
        only=only,
        filters=("name",),
        guards=(guard,) if guard else (),
        from_server=_place_from_server,
        to_server=_place_to_server,
        fields={
            "id": IDENTIFIER,
            "name": name(128),
            **PLACE,
            "jumpoint": reference("jumpoint", required=True),
            **fields,
            **COMMON,
            "session_policy": reference("session_policy"),
        },
    )


_TUNNEL = {
    "hostname": HOST,
    "tunnel_listen_address": text(32, pattern=LOOPBACK),
    "username": text(128),
    "database": text(128),
}

# Option -> the kinds of secure_app_type that have it.
_AGENTS = ("remote_desktop_agent", "remote_desktop_agent_credentials")
SECURE_APP = {
    "remote_app_name": ("remote_app",),
    "remote_app_params": ("remote_app",),
    "remote_exe_path": _AGENTS,
    "remote_exe_params": _AGENTS,
    "target_system": _AGENTS[1:],
    "credential_type": _AGENTS[1:],
}


def _fits_secure_app_type(_server: Server, change: Change) -> None:
    chosen = change.after.get("secure_app_type") or "none"
    for option, of_types in SECURE_APP.items():
        if option in change.fields and change.after[option] and chosen not in of_types:
            raise InputError(
                f"remote_rdp {change.name}: {option} is for secure_app_type {' or '.join(of_types)}, not for {chosen}."
            )


REMOTE_RDP = _jump_item(
    "remote_rdp",
    "remote-rdp",
    {
        "hostname": HOST,
        "rdp_username": text(128),
        "domain": text(64),
        "quality": Field(choices=QUALITIES),
        "console": Field("bool"),
        "ignore_untrusted": Field("bool"),
        "session_forensics": Field("bool", only=ONLY_PRA),
        "secure_app_type": Field(
            choices=(
                "none",
                "remote_app",
                "remote_desktop_agent",
                "remote_desktop_agent_credentials",
            ),
            only=ONLY_PRA,
        ),
        "remote_app_name": text(512, only=ONLY_PRA),
        "remote_app_params": text(8000, only=ONLY_PRA),
        "remote_exe_path": text(512, only=ONLY_PRA),
        "remote_exe_params": text(8000, only=ONLY_PRA),
        "target_system": text(250, only=ONLY_PRA),
        "credential_type": text(250, only=ONLY_PRA),
        "endpoint_id": Field("int", computed=True),
    },
    guard=_fits_secure_app_type,
)
SHELL_JUMP = _jump_item(
    "shell_jump",
    "shell-jump",
    {
        "hostname": HOST,
        "protocol": Field(choices=("ssh", "telnet"), required=True),
        "port": Field("int", least=1, most=65535),
        "username": text(128),
        "terminal": Field(choices=("xterm", "VT100")),
        "keep_alive": Field("int", least=0, most=300),
    },
)
REMOTE_VNC = _jump_item(
    "remote_vnc",
    "remote-vnc",
    {
        "hostname": HOST,
        "port": Field("int", least=100, most=65535),
    },
)
WEB_JUMP = _jump_item(
    "web_jump",
    "web-jump",
    {
        "url": text(255, 1, required=True, option=URL),
        "username_format": Field(
            choices=("default", "username_only", "force_upn_format", "force_dlln_format")
        ),
        "verify_certificate": Field("bool"),
        "authentication_timeout": Field("int", least=1, most=30),
        "username_field": text(255, nullable=True),
        "password_field": text(255, nullable=True),
        "submit_field": text(255, nullable=True),
    },
    ONLY_PRA,
)
# Kind of tunnel -> the options that one of it needs.
TUNNEL_TYPES = {
    "tcp": ("hostname", "tunnel_definitions"),
    "mssql": ("hostname", "username"),
    "k8s": ("url", "ca_certificates"),
}


def _fits_tunnel_type(_server: Server, change: Change) -> None:
    chosen = change.after.get("tunnel_type") or "tcp"
    # An existing tunnel may be of a type that we do not know. Then we know of no needs.
    needed = TUNNEL_TYPES.get(chosen, ())
    missing = [name for name in needed if not change.after.get(name)]
    if missing and (change.action == "create" or {"tunnel_type", *needed} & set(change.fields)):
        options = [PROTOCOL_TUNNEL_JUMP.fields[name].option or name for name in missing]
        raise InputError(
            f"protocol_tunnel_jump {change.name}: a tunnel of the type {chosen} needs {', '.join(options)}."
        )
    if chosen == "k8s" and "hostname" in change.fields:
        raise InputError(
            f"protocol_tunnel_jump {change.name}: the hostname of a tunnel of the type k8s is its {URL}; leave hostname out."
        )


PROTOCOL_TUNNEL_JUMP = _jump_item(
    "protocol_tunnel_jump",
    "protocol-tunnel-jump",
    {
        **_TUNNEL,
        # The appliance takes it from the url of a Kubernetes tunnel, and wants it of the others.
        "hostname": text(128),
        "tunnel_type": Field(choices=("tcp", "mssql", "k8s")),
        "tunnel_definitions": text(5000, pattern=PORT_PAIRS),
        "url": text(256, 1, option=URL),
        "ca_certificates": text(12288, 1),
    },
    ONLY_PRA,
    _fits_tunnel_type,
)
PSQL_TUNNEL_JUMP = _jump_item("psql_tunnel_jump", "psql-tunnel-jump", _TUNNEL, ONLY_PRA)
MYSQL_TUNNEL_JUMP = _jump_item("mysql_tunnel_jump", "mysql-tunnel-jump", _TUNNEL, ONLY_PRA)


def _gives_each_in_one_form(_server: Server, change: Change) -> None:
    for number, rule in enumerate(change.after.get("filter_rules") or ()):
        for option, forms in (
            ("ip_addresses", "cidr, range and list"),
            ("ports", "range and list"),
        ):
            given = [name for name, value in (rule.get(option) or {}).items() if value is not None]
            if rule.get(option) is not None and len(given) != 1:
                raise InputError(
                    f"network_tunnel_jump {change.name}: filter_rules[{number}].{option} takes one of {forms}, not {' and '.join(given) or 'none'}."
                )


NETWORK_TUNNEL_JUMP = _jump_item(
    "network_tunnel_jump",
    "network-tunnel-jump",
    {
        "filter_rules": Rules(
            "list",
            elements="dict",
            ordered=True,
            required=True,
            least=1,
            most=50,
            fields={
                "ip_addresses": Field(
                    "dict",
                    required=True,
                    fields={
                        "cidr": Field(),
                        "range": Field(
                            "dict",
                            fields={"start": Field(required=True), "end": Field(required=True)},
                        ),
                        "list": Field("list", elements="str", least=1, most=16),
                    },
                ),
                "protocol": Field(),
                "ports": Field(
                    "dict",
                    fields={
                        "range": Field(
                            "dict",
                            fields={
                                "start": Field("int", least=1, most=65535, required=True),
                                "end": Field("int", least=1, most=65535, required=True),
                            },
                        ),
                        "list": Field(
                            "list", elements="int", most=42, each=Field("int", least=1, most=65535)
                        ),
                    },
                ),
            },
        ),
    },
    ONLY_PRA,
    _gives_each_in_one_form,
)
JUMP_ITEMS = (
    REMOTE_RDP,
    SHELL_JUMP,
    REMOTE_VNC,
    WEB_JUMP,
    PROTOCOL_TUNNEL_JUMP,
    PSQL_TUNNEL_JUMP,
    MYSQL_TUNNEL_JUMP,
    NETWORK_TUNNEL_JUMP,
)

_SESSION_POLICIES = {
    "session_policy": reference("session_policy", only=ONLY_PRA),
    "attended_session_policy": reference(
        "session_policy", "attended_session_policy_id", only=ONLY_RS
    ),
    "unattended_session_policy": reference(
        "session_policy", "unattended_session_policy_id", only=ONLY_RS
    ),
}
# Installed on a machine, which makes it; the API changes and removes it.
JUMP_CLIENT = Kind(
    "jump_client",
    "/jump-client",
    id_field="id",
    one_of=tuple(PLACE),
    verbs=("update", "delete"),
    filters=("name",),
    more_lists=({"jump_group_type": "personal"},),
    from_server=_place_from_server,
    to_server=_place_to_server,
    fields={
        "id": IDENTIFIER,
        "name": name(128),
        **PLACE,
        **COMMON,
        **_SESSION_POLICIES,
        "public_site_address": text(128, 1, only=ONLY_RS),
        "support_button_profile_code_name": code_name(only=ONLY_RS),
        "support_button_direct_queue": Field(most=69, pattern=TEAM_QUEUE, only=ONLY_RS),
        "customer_client_start_mode": Field(
            choices=("normal", "minimized", "hidden"), only=ONLY_RS
        ),
        "is_quiet": Field("bool", only=ONLY_RS),
        "endpoint_agreement_policy": Field(
            choices=("no_prompt", "accept", "reject"), only=ONLY_PRA
        ),
        "max_offline_minutes": Field("int", least=0, most=LARGEST),
        "hostname": Field(computed=True),
        "fqdn": Field(computed=True),
        "operating_system": Field(computed=True),
        "connection_type": Field(computed=True),
        "install_mode": Field(computed=True),
        "unavailable_reason": Field(computed=True),
        "public_ip": Field(computed=True),
        "private_ip": Field(computed=True),
        "console_user": Field(computed=True),
        "is_lost": Field("bool", computed=True),
        "needs_update": Field("bool", computed=True),
        "last_connect_timestamp": Field(computed=True),
        "last_disconnect_timestamp": Field(computed=True),
        "last_access_timestamp": Field(computed=True),
        "expiration_timestamp": Field(computed=True),
    },
)


def _fixed(field: Field) -> Field:
    """Return a field of an object that the API cannot change."""
    return replace(field, fixed=True)


_FIXED_OF_INSTALLER = {
    **PLACE,
    **COMMON,
    **_SESSION_POLICIES,
    "connection_type": Field(choices=("active", "passive")),
    "elevate_install": Field("bool"),
    "elevate_prompt": Field("bool"),
    "customer_client_start_mode": Field(choices=("normal", "minimized", "hidden"), only=ONLY_RS),
    "support_button_profile_code_name": code_name(only=ONLY_RS),
    "support_button_direct_queue": Field(most=69, pattern=TEAM_QUEUE, only=ONLY_RS),
    "jumpoint_proxy": text(64),
    "valid_duration": Unshown("int", least=10, most=525600),
    **{
        f"allow_override_{what}": Field("bool")
        for what in ("jump_group", "jump_policy", "name", "tag", "comments")
    },
    **{
        f"allow_override_{what}": Field("bool", only=ONLY_RS)
        for what in (
            "attended_session_policy",
            "unattended_session_policy",
            "support_button_profile",
            "support_button_direct_queue",
        )
    },
    "allow_override_session_policy": Field("bool", only=ONLY_PRA),
}


def _installer_from_server(record: dict) -> dict:
    return _place_from_server({**record, "name": record.get("name") or COMPUTER_NAME})


def _installer_to_server(body: dict) -> dict:
    """Return the body of a request: the jump policy can be left out, and not be null."""
    return {
        name: value
        for name, value in _place_to_server(body).items()
        if value not in (None, COMPUTER_NAME)
    }


# Makes jump clients on the machines where it is run. Its name is the one that they get.
JUMP_CLIENT_INSTALLER = Kind(
    "jump_client_installer",
    "/jump-client/installer",
    id_field="id",
    key=("name", "jump_group", "personal_list_of"),
    one_of=("jump_group", "personal_list_of"),
    verbs=("create", "delete"),
    filters=("name",),
    from_server=_installer_from_server,
    to_server=_installer_to_server,
    fields={
        "id": IDENTIFIER,
        "name": name(128),
        **{option: _fixed(field) for option, field in _FIXED_OF_INSTALLER.items()},
        "installer_id": Field(computed=True),
        "expiration_timestamp": Field(computed=True),
        "public_site_address": Field(computed=True, only=ONLY_RS),
        "max_offline_minutes": Field("int", computed=True),
        "is_quiet": Field("bool", computed=True, only=ONLY_RS),
    },
)
INSTALLER_PLATFORMS = (
    "linux-64",
    "raspberry-pi-32-headless",
    "mac-dmg",
    "mac-zip",
    "windows-64-msi",
    "windows-32-msi",
)

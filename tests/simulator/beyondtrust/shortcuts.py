"""The command import_jump_shortcut of a simulated BeyondTrust appliance: its kinds, their
parameters, limits and defaults.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from . import configuration
from .answers import element
from .calls import CallError, broken, check_names
from .switches import Switches

QUALITY = {
    "black_white": "low",
    "few_colors": "performance",
    "more_colors": "performance_quality",
    "full_colors": "quality",
    "video_opt": "best_performance",
}
"""The qualities of the guide, and what the Configuration API shows for them. That they belong
together in this order is a guess.
"""

_SIZE = re.compile(r"[1-9]\d{0,4}x[1-9]\d{0,4}")
_DIGITS = re.compile(r"\d{1,9}")


@dataclass(frozen=True)
class Parameter:
    """A parameter of some kinds only: how its text becomes a value (or raises CallError), and its
    default (None: no value).
    """

    read: Callable[[str], object]
    default: object = None
    required: bool = False


def _whole(lowest: int, highest: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not _DIGITS.fullmatch(text) or not lowest <= int(text) <= highest:
            raise CallError(f"must be a whole number from {lowest} to {highest}")
        return int(text)

    return read


def _one_of(*values: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in values:
            raise CallError(f"must be one of {', '.join(values)}")
        return text

    return read


def _size(text: str) -> str:
    if text not in ("primary", "all") and not _SIZE.fullmatch(text):
        raise CallError("must be primary, all or a width and a height as in 640x480")
    return text


def _boolean(text: str) -> bool:
    return _one_of("1", "0")(text) == "1"


_RDP = {
    "rdp_username": Parameter(str, ""),
    "domain": Parameter(str, ""),
    "display_size": Parameter(_size, "primary"),
    "quality": Parameter(lambda text: QUALITY[_one_of(*QUALITY)(text)]),
    "console": Parameter(_boolean, False),
    "ignore_untrusted": Parameter(_boolean, False),
}


@dataclass(frozen=True)
class Kind:
    """A kind of shortcut. `resource` is the kind of the Configuration API that shows it, empty
    where none does.
    """

    name: str
    jumpoint: bool
    resource: str = ""
    parameters: dict[str, Parameter] = field(default_factory=dict)
    session_policy: bool = True
    address: str = "hostname"
    longest_address: int = 128


LOCAL_JUMP = Kind("local_jump", jumpoint=False)
REMOTE_JUMP = Kind("remote_jump", jumpoint=True)
REMOTE_VNC = Kind(
    "remote_vnc",
    True,
    "remote-vnc",
    {"port": Parameter(_whole(100, 65535), 5900)},
    session_policy=False,
)
LOCAL_VNC = Kind("local_vnc", jumpoint=False, session_policy=False)
REMOTE_RDP = Kind("remote_rdp", True, "remote-rdp", _RDP)
LOCAL_RDP = Kind("local_rdp", jumpoint=False, parameters=_RDP)
SHELL_JUMP = Kind(
    "shell_jump",
    True,
    "shell-jump",
    {
        "protocol": Parameter(_one_of("ssh", "telnet"), required=True),
        "shelljump_username": Parameter(str, ""),
        "port": Parameter(_whole(1, 65535)),
        "terminal": Parameter(_one_of("xterm", "VT100"), "xterm"),
        "keep_alive": Parameter(_whole(0, 300), 0),
    },
)
VPRO = Kind("vpro", jumpoint=True)
WEB_JUMP = Kind(
    "web_jump",
    True,
    "web-jump",
    {"verify_certificate": Parameter(_boolean, True)},
    address="url",
    longest_address=255,
)
PROTOCOL_TUNNEL = Kind(
    "protocol_tunnel",
    True,
    "protocol-tunnel-jump",
    {
        "tunnel_definitions": Parameter(str, required=True),
        "tunnel_listen_address": Parameter(str, "127.0.0.1"),
    },
)
"""PRA's last two kinds: that they exist is documented, also the certificate and a local address;
the names of their parameters are a guess.
"""

_KEYS = {
    "local_jump_hostname",
    "remote_jump_hostname",
    "remote_vnc_hostname",
    "local_vnc_hostname",
    "remote_rdp_hostname",
    "rdp_hostname",
    "shelljump_hostname",
    "vpro_hostname",
}
_USERNAMES = ("rdp_username", "shelljump_username")


def _kinds(product: str, switches: Switches, through_jumpoint: bool) -> dict[str, Kind]:
    """The selecting parameters of a product and the kinds that they select."""
    kinds = {
        "local_jump_hostname": LOCAL_JUMP,
        "remote_jump_hostname": REMOTE_JUMP,
        "remote_vnc_hostname": REMOTE_VNC,
        "shelljump_hostname": SHELL_JUMP,
    }
    if switches.remote_rdp_key != "rdp_hostname":
        kinds["remote_rdp_hostname"] = REMOTE_RDP
    if product == "rs":
        kinds |= {"local_vnc_hostname": LOCAL_VNC, "vpro_hostname": VPRO, "rdp_hostname": LOCAL_RDP}
    else:
        kinds |= {switches.web_jump_key: WEB_JUMP, switches.protocol_tunnel_key: PROTOCOL_TUNNEL}
    if switches.remote_rdp_key != "remote_rdp_hostname" and through_jumpoint:
        kinds["rdp_hostname"] = REMOTE_RDP
    return kinds


def select(appliance, parameters: dict[str, str]) -> tuple[Kind, str]:
    """The kind of shortcut that the parameters select, and the parameter that selects it. Raises
    CallError where it is not one.
    """
    kinds = _kinds(appliance.product, appliance.switches, "jumpoint" in parameters)
    keys = [key for key in kinds if key in parameters]
    if not keys:
        raise CallError("No kind of shortcut is selected", violation=not parameters.keys() & _KEYS)
    if len(keys) > 1:
        raise broken("several kinds of shortcuts are selected")
    return kinds[keys[0]], keys[0]


def import_jump_shortcut(appliance, parameters: dict[str, str], account: dict):
    """Add a shortcut; every call adds another one. Raises CallError."""
    kind, key = select(appliance, parameters)
    if kind is LOCAL_RDP and "jumpoint" in parameters:
        raise CallError("A local RDP shortcut has no jumpoint")
    known = ["name", "group", "tag", "comments", "jump_policy", key, *kind.parameters]
    known += (
        ["jumpoint"] * kind.jumpoint
        + ["session_policy"] * kind.session_policy
        + ["public_portal"] * (appliance.product == "rs")
    )
    check_names(
        appliance.switches, parameters, known, f"import_jump_shortcut of the kind {kind.name}"
    )
    record = _record(appliance, kind, key, parameters)
    if not kind.resource:
        appliance.site["shortcuts"].append({"kind": kind.name, **record})
    else:
        try:
            configuration.create_jump_item(appliance, kind.resource, record)
        except configuration.Refused as refused:
            wrong = [
                f"{name}: {' '.join(reasons)}" for name, reasons in (refused.errors or {}).items()
            ]
            raise CallError("; ".join(wrong) or refused.message) from refused
    return element("success", "Successfully imported Jump Item shortcut")


def _record(appliance, kind: Kind, key: str, parameters: dict[str, str]) -> dict:
    """The shortcut as the Configuration API would show it. What that API does not show has a name
    that starts with "_".
    """
    limits = {"name": 128, key: kind.longest_address, "tag": 1024, "comments": 1024}
    if appliance.switches.import_limits == "configuration":
        limits |= {"tag": 64, "domain": 64, **dict.fromkeys(_USERNAMES, 128)}
    for name, longest in limits.items():
        if len(parameters.get(name, "")) > longest:
            raise CallError(f"{name} is longer than {longest} characters")
    required = [
        key,
        "group",
        *["name"] * appliance.switches.name_required,
        *["jumpoint"] * kind.jumpoint,
    ]
    required += [name for name, parameter in kind.parameters.items() if parameter.required]
    missing = [name for name in required if not parameters.get(name)]
    if missing:
        raise CallError(f"Required: {', '.join(missing)}")
    record = {
        "name": parameters.get("name") or parameters[key][:128],
        kind.address: parameters[key],
        "jump_group_type": "shared",
        "tag": parameters.get("tag", ""),
        "comments": parameters.get("comments", ""),
        "jump_group_id": _by_code_name(appliance, "jump-group", "group", parameters["group"]),
    }
    references = {
        "jumpoint": "jumpoint",
        "jump_policy": "jump-policy",
        "session_policy": "session-policy",
    }
    for name, collection in references.items():
        if parameters.get(name):
            record[f"{name}_id"] = _by_code_name(appliance, collection, name, parameters[name])
    if parameters.get("public_portal"):
        record["_public_portal"] = _portal(appliance, parameters["public_portal"])
    for name, parameter in kind.parameters.items():
        value = _read(appliance.switches, name, parameter, parameters)
        if value is not None:
            record[_shown_as(name)] = value
    if kind is SHELL_JUMP:
        record.setdefault("port", {"ssh": 22, "telnet": 23}[record["protocol"]])
    return record


def _shown_as(name: str) -> str:
    return {"shelljump_username": "username", "display_size": "_display_size"}.get(name, name)


def _read(
    switches: Switches, name: str, parameter: Parameter, parameters: dict[str, str]
) -> object:
    text = parameters.get(name, "")
    if not text:
        return parameter.default
    if name == "terminal" and switches.terminal == "any_case" and text.upper() == "VT100":
        text = "VT100"
    try:
        return parameter.read(text)
    except CallError as error:
        raise CallError(f"{name} {error.reason}") from None


def _by_code_name(appliance, collection: str, parameter: str, code_name: str) -> int:
    found = configuration.find(appliance, collection, code_name=code_name)
    if len(found) != 1:
        raise CallError(f"The given {parameter} does not exist")
    return found[0]["id"]


def _portal(appliance, text: str) -> int:
    """The id of a public portal by its name or one of its addresses; which of them the guide means
    is not said, so taking both is a guess.
    """
    for portal in configuration.find(appliance, "public-portal"):
        if text == portal["name"] or text in portal["addresses"]:
            return portal["id"]
    raise CallError("The given public_portal does not exist")

"""What the tests of jump shortcuts share: each kind with what it needs and with everything, and
what an appliance then has.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from tests.unit.appliances import CLIENT_ID, small_appliance

MODULE = "jump_shortcut"
IMPORT = "command import_jump_shortcut"
REPORT = "report EndpointLicenseUsage"
EVERYTHING = {"perm_command": "full_access", "perm_configuration": 1, "perm_reporting_license": 1}

PLACE = {"name": "Endpoint", "group": "servers"}
REQUIRED = {  # what a new shortcut of each kind needs
    "local_jump": {"hostname": "HOST"},
    "remote_jump": {"hostname": "HOST", "jumpoint": "jp_leeds"},
    "remote_vnc": {"hostname": "HOST", "jumpoint": "jp_leeds"},
    "local_vnc": {"hostname": "HOST"},
    "remote_rdp": {"hostname": "HOST", "jumpoint": "jp_leeds"},
    "local_rdp": {"hostname": "HOST"},
    "shell_jump": {"hostname": "HOST", "jumpoint": "jp_leeds", "protocol": "ssh"},
    "vpro": {"hostname": "HOST", "jumpoint": "jp_leeds"},
    "web_jump": {"target_url": "https://host.example.org/", "jumpoint": "jp_leeds"},
    "protocol_tunnel": {"hostname": "HOST", "jumpoint": "jp_leeds", "tunnel_definitions": "22;22"},
}
RDP = {
    "rdp_username": "helpdesk",
    "domain": "EXAMPLE",
    "display_size": "1280x720",
    "quality": "few_colors",
    "console": True,
    "ignore_untrusted": True,
}
COMMON = {
    "tag": "shop",
    "comments": "Ask first.",
    "jump_policy": "ask_first",
    "session_policy": "view_only",
}
MORE = {  # everything else that the guide's tables list
    "local_jump": COMMON,
    "remote_jump": COMMON,
    "remote_vnc": {**COMMON, "port": 5901},
    "local_vnc": COMMON,
    "remote_rdp": {**COMMON, **RDP},
    "local_rdp": {**COMMON, **RDP},
    "shell_jump": {
        **COMMON,
        "username": "netadmin",
        "port": 2222,
        "terminal": "VT100",
        "keep_alive": 120,
    },
    "vpro": COMMON,
    "web_jump": {**COMMON, "verify_certificate": False},
    "protocol_tunnel": {**COMMON, "tunnel_listen_address": "127.0.0.5"},
}
WITHOUT_SESSION_POLICY = {"remote_vnc", "local_vnc"}  # in the import's tables
COLLECTIONS = {
    "remote_vnc": "remote-vnc",
    "remote_rdp": "remote-rdp",
    "shell_jump": "shell-jump",
    "web_jump": "web-jump",
    "protocol_tunnel": "protocol-tunnel-jump",
}
BOTH = {"local_jump", "remote_jump", "remote_vnc", "remote_rdp", "shell_jump"}
ON = {
    "rs": BOTH | {"local_vnc", "local_rdp", "vpro"},
    "pra": BOTH | {"web_jump", "protocol_tunnel"},
}
EACH = [(product, kind) for product, kinds in ON.items() for kind in sorted(kinds)]
IMPORTED = [(product, kind) for product, kind in EACH if kind not in COLLECTIONS]
CONFIGURED = [(product, kind) for product, kind in EACH if kind in COLLECTIONS]
# What an import says that the options call otherwise.
ADDRESSES = {
    "local_jump": "local_jump_hostname",
    "remote_jump": "remote_jump_hostname",
    "remote_vnc": "remote_vnc_hostname",
    "local_vnc": "local_vnc_hostname",
    "remote_rdp": "remote_rdp_hostname",
    "local_rdp": "rdp_hostname",
    "shell_jump": "shelljump_hostname",
    "vpro": "vpro_hostname",
    "web_jump": "web_jump_url",
    "protocol_tunnel": "protocol_tunnel_hostname",
}


def shortcut(kind, **more) -> dict:
    """Return the options of a new shortcut with what it needs, and more."""
    return {"kind": kind, **PLACE, **REQUIRED[kind], **more}


def address(kind) -> str:
    """Return the option that holds the address of the endpoint."""
    return "target_url" if kind == "web_jump" else "hostname"


def full(product, kind, imported) -> dict:
    """Return the options of a new shortcut with everything that its API takes."""
    given = shortcut(
        kind, **MORE[kind], **({"public_portal": "Default"} if product == "rs" else {})
    )
    if kind == "local_vnc" or imported and kind in WITHOUT_SESSION_POLICY:
        del given["session_policy"]
    if not imported and kind == "remote_vnc":
        given.pop("public_portal", None)  # an import, which this asks for, takes no session policy
    return given


def start(beyondtrust, product="rs", permissions=None, **more):
    """Start an appliance with an account that has some permissions: all that matter here, if not
    told otherwise.
    """
    site = small_appliance(product)
    site["accounts"][CLIENT_ID]["permissions"] = EVERYTHING if permissions is None else permissions
    return beyondtrust(product, site, **more)


def without(*names) -> dict:
    """Return all permissions but some."""
    return {name: value for name, value in EVERYTHING.items() if name not in names}


def found(simulated, kind) -> list[dict]:
    """Return the shortcuts of a kind that the tests made, wherever the appliance keeps them."""
    config = simulated.site["config"]
    kept = (
        config[f"jump-item/{COLLECTIONS[kind]}"].values()
        if kind in COLLECTIONS
        else (each for each in simulated.site["shortcuts"] if each["kind"] == kind)
    )
    return [each for each in kept if each["name"].startswith("Endpoint")]


def imports(simulated) -> list[dict]:
    """Return the parameters of every import that was sent."""
    return [
        {name: value for name, value in entry.body.items() if name != "action"}
        for entry in simulated.asked(IMPORT)
    ]


def asked_for_items(simulated) -> list[str]:
    """Return what was asked of the appliance beyond logging in and finding out what it is."""
    return [
        entry.query
        for entry in simulated.asked()
        if entry.query not in ("GET /get_mech_list", "POST /oauth2/token")
    ]


def many(number) -> list[dict]:
    """Return the options of many shortcuts of four kinds."""
    kinds = ("local_jump", "remote_jump", "shell_jump", "vpro")
    return [
        shortcut(kinds[each % 4], name=f"Endpoint {each}", hostname=f"HOST-{each}")
        for each in range(number)
    ]

"""By which variables Ansible connects to what a BeyondTrust jump item leads to: never more than an
address, a port and a user.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from ansible_collections.remoteops.access.plugins.plugin_utils._addresses import usable_address

_USER = re.compile(r"\w[\w.@+$ \\-]*")
# Plain texts, where an option's has a mark of its own.
_RDP_CONNECTIONS = {name: name for name in ("psrp", "winrm")}


def connection_variables(
    option: Callable[[str], Any], item: Mapping[str, Any]
) -> tuple[dict[str, Any], bool]:
    """Return the variables, and whether Ansible can be told where to connect to, if the item says
    so at all.
    """
    if not option("connection_variables"):
        return {}, True
    own = item["kind"] == "jump_client" or item["kind"].startswith("connected_")
    given = next(
        (
            item[name]
            for name in (option("client_address") if own else ["hostname"])
            if item.get(name)
        ),
        None,
    )
    if given is None:
        return {}, True
    address = usable_address(given)
    if address is None:
        return {}, False
    found = {"ansible_host": address}
    if item["kind"] == "shell_jump" and item.get("protocol") == "ssh":
        port = item.get("port")
        usable = isinstance(port, int) and not isinstance(port, bool) and 0 < port < 65536
        found.update(
            ansible_connection="ssh",
            **({"ansible_port": port} if usable else {}),
            **_user(item.get("username")),
        )
    elif item["kind"] == "remote_rdp" and option("rdp_connection"):
        found.update(
            ansible_connection=_RDP_CONNECTIONS[option("rdp_connection")],
            **_user(_windows_user(item)),
        )
    return found, True


def _user(name) -> dict[str, str]:
    return {"ansible_user": name} if isinstance(name, str) and _USER.fullmatch(name) else {}


def _windows_user(item):
    """Return the user with the domain, where the user's name does not tell one."""
    name, domain = item.get("rdp_username"), item.get("domain")
    return f"{domain}\\{name}" if name and domain and not {"\\", "@"} & set(name) else name

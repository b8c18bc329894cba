"""How many clients are connected to a BeyondTrust appliance right now, of each type."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._core.errors import ServerError
from .._core.server import Server
from .command import command
from .markup import find, local

# Remote Support 22.2 API guide, "API Command: get_connected_client_list". What else an appliance
# counts is returned, too.
TYPES = ("representative", "support_customer", "presentation_attendee", "push_agent")


def count_clients(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Return the number of connected clients of each type, over all appliances of a cluster. Raises
    ServerError for what is no such list.
    """
    root = command(server.session, "get_connected_client_list", type="all", summary_only=1)
    if local(root) != "connected_client_list" or find(root, "connected_client_summary") is None:
        raise ServerError(
            f"The command get_connected_client_list answered {local(root)} without a summary."
        )
    counts = dict.fromkeys(TYPES, 0)
    for count in root.iterfind(".//{*}appliance_summary/{*}count"):
        told, kind = (count.text or "").strip(), count.get("type")
        if not kind or not told.isdecimal():
            raise ServerError(
                "The command get_connected_client_list answered a count that is no number."
            )
        counts[kind] = counts.get(kind, 0) + int(told)
    return {"changed": False, "clients": counts}

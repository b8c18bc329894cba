"""How much a BeyondTrust appliance holds: the number of jump groups, and of jump items of each
kind.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._core.errors import NotThere
from .._core.server import Server
from .jump_items import JUMP_CLIENT, JUMP_ITEMS, REMOTE_RDP
from .jumps import JUMP_GROUP

COUNTED = (JUMP_GROUP, JUMP_CLIENT, *JUMP_ITEMS)
IN_ALL_VERSIONS = (JUMP_GROUP, JUMP_CLIENT, REMOTE_RDP)


def count_contents(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Return how many objects of each kind there are that this product and version has."""
    counts = {}
    for resource in COUNTED:
        if resource.only and server.backend.product not in resource.only:
            continue
        try:
            counts[resource.name] = len(server.backend.list(resource))
        except NotThere:
            # A version may not have all kinds. These it has; without them, the account has no
            # permission.
            if resource in IN_ALL_VERSIONS:
                raise
    return {"changed": False, "counts": counts}

"""Since when the product has what newer versions have; README.md says where each comes from."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from functools import cache

ASSOCIATIONS = (22, 3)
REMOTE_VNC = (23, 1)
API_ACCOUNTS = (23, 2)
USER_PERMISSIONS = (23, 2)
WINDOWS_ACCOUNTS = (23, 3)
POLICIES_OF_USERS = (24, 1)
TUNNELS = (25, 2)


@cache
def numbers(text: str) -> tuple[int, ...]:
    """A version as numbers, so that 25.2.1 comes after 25.2."""
    return tuple(int(part) for part in text.split("."))


def has(appliance, since: tuple[int, ...]) -> bool:
    """Whether the appliance's version is this one or a later one."""
    return numbers(appliance.version) >= since

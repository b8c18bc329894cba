"""BeyondTrust: every kind of object, in the order of creation (Configuration API v1 of Remote
Support and Privileged Remote Access).
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from .automation_kinds import AUTOMATION_RESOURCE, AUTOMATION_SCRIPT
from .jump_items import JUMP_CLIENT, JUMP_CLIENT_INSTALLER, JUMP_ITEMS
from .jumps import JUMP_GROUP, JUMP_ITEM_ROLE, JUMP_POLICY, JUMPOINT
from .people import (
    API_ACCOUNT,
    GROUP_POLICY,
    PUBLIC_PORTAL,
    REP_STATUS,
    SECURITY_PROVIDER,
    SESSION_POLICY,
    TEAM,
    USER,
    VENDOR,
    VENDOR_USER,
)
from .vault import VAULT_ACCOUNT, VAULT_ACCOUNT_GROUP, VAULT_ACCOUNT_POLICY, VAULT_ENDPOINT

# What is referred to comes before what refers to it.
RESOURCES = (
    SECURITY_PROVIDER,
    SESSION_POLICY,
    JUMP_ITEM_ROLE,
    PUBLIC_PORTAL,
    API_ACCOUNT,
    AUTOMATION_RESOURCE,
    VAULT_ENDPOINT,
    USER,
    REP_STATUS,
    TEAM,
    JUMP_POLICY,
    JUMP_GROUP,
    VAULT_ACCOUNT_POLICY,
    VAULT_ACCOUNT_GROUP,
    VAULT_ACCOUNT,
    JUMPOINT,
    *JUMP_ITEMS,
    JUMP_CLIENT,
    JUMP_CLIENT_INSTALLER,
    GROUP_POLICY,
    VENDOR,
    VENDOR_USER,
    AUTOMATION_SCRIPT,
)

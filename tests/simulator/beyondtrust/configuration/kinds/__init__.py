"""Every kind of object of the Configuration API, by its collection."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from . import automation, jump, people, vault
from .kind import Kind

KINDS: dict[str, Kind] = {
    kind.collection: kind for kind in (*jump.KINDS, *people.KINDS, *vault.KINDS, *automation.KINDS)
}
"""Collection -> kind. Vault accounts and security providers have kinds of their own by type:
kind_of tells which.
"""


def kind_of(collection: str, record: dict) -> Kind:
    """The kind of a stored record (or of a body that is to become one)."""
    if collection == "vault/account":
        return vault.account_kind(record) or vault.ACCOUNT
    if collection == "security-provider":
        return people.provider_kind(record["type"])
    return KINDS[collection]

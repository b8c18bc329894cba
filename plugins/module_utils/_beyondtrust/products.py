"""The products of BeyondTrust that this collection knows, and the forms of values that they share."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from .._core.resource import Field

RS, PRA = "Remote Support", "Privileged Remote Access"
PRODUCTS = {"rs": RS, "pra": PRA}  # the values of the option product
ONLY_RS, ONLY_PRA = (RS,), (PRA,)

CODE_NAME = r"[A-Za-z0-9_-]*"  # Configuration API, schema CodeName
LANGUAGE = r"[A-Za-z0-9-]*"
# Times are compared as texts, so that there is one form only: the one in which the server answers.
TIME = r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+00:00"

IDENTIFIER = Field("int", computed=True)
LARGEST = 2**31 - 1  # of any number (format int32)


def text(most: int, least: int | None = None, **more) -> Field:
    """Return a text of at most so many characters."""
    return Field(least=least, most=most, **more)


def code_name(**more) -> Field:
    """Return the name by which programs and other objects refer to an object."""
    return Field(most=64, pattern=CODE_NAME, **more)


def name(most: int = 255, **more) -> Field:
    """Return the name for people, which is part of the key."""
    return Field(least=1, most=most, required=True, **more)


def reference(kind: str, wire: str | None = None, **more) -> Field:
    """Return a reference to an object of a kind, which the server calls by its id in ``<kind>_id``."""
    return Field(ref=kind, wire=wire or f"{kind}_id", **more)

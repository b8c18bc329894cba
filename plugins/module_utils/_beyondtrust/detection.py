"""Which of BeyondTrust's products an appliance is: asked once, then remembered for a day."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path

from .._core.errors import Error, ServerError
from .._core.http import Session
from .._core.shared_files import locked
from .products import PRA, PRODUCTS, RS

REMEMBERED = 86400.0  # seconds


def product_of(session: Session, given: str, memory: Path) -> str:
    """Return the name of the product: the one that is ``given`` (rs, pra), or what the appliance
    says (auto).

    Raises Error where the appliance does not say, Unreachable where it cannot be asked or is too
    busy.
    """
    if given != "auto":
        return PRODUCTS[given]
    with locked(memory) as file:
        told = os.pread(file, 16, 0).decode("ascii", "replace").strip()
        if told in PRODUCTS and time.time() - os.fstat(file).st_mtime < REMEMBERED:
            return PRODUCTS[told]
        product = _asked(session)
        with suppress(OSError):  # what cannot be remembered is asked again
            os.ftruncate(file, 0)
            os.pwrite(
                file, next(word for word, name in PRODUCTS.items() if name == product).encode(), 0
            )
        return product


def _asked(session) -> str:
    """Ask as the vendor's own Terraform provider does; the login page asks the same. It needs no
    token.
    """
    unknown = "The appliance does not say whether it is Remote Support or Privileged Remote Access"
    answer = session.log_in("GET", "/get_mech_list", params={"version": "3"})
    if answer.status >= 500:  # it fails, and would with the option product, too
        raise ServerError(
            f"{unknown}: GET /get_mech_list was answered by {answer.described()}.",
            status=answer.status,
        )
    try:
        return PRA if answer.json()["product"] == "bpam" else RS
    except (Error, KeyError, TypeError) as exc:
        reason = f" ({str(exc).rstrip('.')})" if isinstance(exc, Error) else ""
        raise Error(f"{unknown}{reason}. Set the option product.") from None

"""Whom a TLS connection trusts, and as whom it presents itself."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import ssl
from functools import cache

from .errors import InputError
from .files import LARGEST_PEM, content


@cache
def tls_context(
    validate_certs: bool, ca_path: str | None, client_cert: str | None, client_key: str | None
):
    """Return a TLS context; one for each set of arguments and process, as making one costs tens of
    milliseconds.
    """
    for name, path in (
        ("ca_path", ca_path if validate_certs else None),
        ("client_cert", client_cert),
        ("client_key", client_key),
    ):
        if path:
            content(path, name, LARGEST_PEM)
    try:
        context = (
            ssl.create_default_context(cafile=ca_path)
            if validate_certs
            else ssl._create_unverified_context()
        )
        if client_cert:
            # An encrypted key fails, instead of asking on a terminal.
            context.load_cert_chain(client_cert, client_key, lambda: "")
    except (OSError, ssl.SSLError) as exc:
        raise InputError(f"ca_path, client_cert or client_key cannot be read: {exc}") from None
    return context

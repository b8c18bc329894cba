"""How an API account logs in to a BeyondTrust appliance: its key buys a token (Remote Support 22.2
API guide, "Authenticate").
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import re
from base64 import b64encode

from .._core.auth import NoLogin
from .._core.errors import LoginRefused, ServerError

LONGEST_LIFE = 86400.0
"""Seconds that a token is believed to live at most, whatever the server says: a token that ended is
noticed, one that is kept for ever is not.
"""


class ClientCredentials(NoLogin):
    """OAuth 2.0 client credentials (RFC 6749, 4.4): an account's key buys a bearer token, kept in a
    token store.
    """

    def __init__(self, token_url: str, client_id: str, client_secret: str, store):
        self._token_url, self._account, self._store = token_url, (client_id, client_secret), store

    def headers(self, ask) -> dict:
        """Return the bearer token as a header; mints one if the store has none."""
        return {
            "Authorization": "Bearer "
            + self._store.token(
                self._token_url, self._account[0], lambda: self._mint(ask), self._account[1]
            )
        }

    def refused(self, answer) -> bool:
        """Tell whether the token is not valid (any more)."""
        return answer.status == 401

    def renew(self, headers) -> None:
        """Forget the token that ``headers`` carried, unless another process has renewed it already."""
        self._store.discard(
            self._token_url, self._account[0], headers["Authorization"].removeprefix("Bearer ")
        )

    def _mint(self, ask) -> tuple[str, float]:
        key = b64encode(":".join(self._account).encode()).decode()
        answer = ask(
            "POST",
            self._token_url,
            data={"grant_type": "client_credentials"},
            headers={"Authorization": f"Basic {key}"},
        )
        try:
            granted = answer.json()
            token, seconds = granted["access_token"], float(granted.get("expires_in", 3600))
            if not re.fullmatch(r"[\x21-\x7e]{1,10000}", token) or seconds <= 0:
                raise ValueError("no token")
            return token, min(seconds, LONGEST_LIFE)
        except (ServerError, KeyError, TypeError, ValueError, OverflowError, AttributeError):
            text = f"client_id and client_secret were not accepted (HTTP {answer.status})."
            # RFC 6749, 5.2; by any other the server says nothing of them.
            if answer.status not in (400, 401, 403):
                raise ServerError(text, status=answer.status) from None
            raise LoginRefused(text, status=answer.status) from None

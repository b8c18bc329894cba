"""Ways to log in: what a request carries, and what to do when the server no longer accepts it."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from .errors import LoginRefused


class NoLogin:
    """Nothing to carry: the credentials are part of the URL, or there are none."""

    def headers(self, ask) -> dict:
        """Return the headers that each request carries. ``ask(method, path, **request)`` may be
        used to log in first.
        """
        return {}

    def refused(self, answer) -> bool:
        """Tell whether ``answer`` says that the login is not valid (any more), so that a new one
        may help.
        """
        return False

    def renew(self, headers) -> None:
        """Forget the login that ``headers`` carried."""

    def end(self, ask) -> None:
        """Give the login back when the work is done."""


class FixedHeaders(NoLogin):
    """A secret that each request carries in headers. One that is refused before any was accepted is
    carried by no further request.
    """

    def __init__(self, headers: dict, refusal: str):
        # The refusal says what HTTP 401 means on this platform.
        self._headers, self._refusal = headers, refusal
        self._accepted = self._refused = False

    def headers(self, ask) -> dict:
        """Return the headers that each request carries. Raises LoginRefused where the server does
        not accept them.
        """
        if self._refused and not self._accepted:
            raise LoginRefused(self._refusal, status=401)
        return self._headers

    def refused(self, answer) -> bool:
        """Take notice of an answer. No other secret could be tried."""
        self._accepted |= answer.status < 400
        self._refused |= answer.status == 401
        return False

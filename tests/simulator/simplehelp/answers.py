"""What a query can come to: data, a bare String, "done", or a refusal."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

DONE = {"success": True}
"""The API Response Object of a query that succeeded."""


class Text(str):
    """A bare String, which the switch `scalar` turns into JSON or plain text."""


class Refused(Exception):
    """The server refuses the query.

    `reason` goes to the client. `status` is the HTTP status (the document says only: 400s), unless
    the switch `failure` makes it a 200. `violation` marks a mistake of the client against the
    document, in contrast to a user's error.
    """

    def __init__(self, reason: str, *, status: int = 400, violation: bool = False):
        super().__init__(reason)
        self.reason = reason
        self.status = status
        self.violation = violation


def broken(rule: str) -> Refused:
    """A refusal because the client broke a rule of the document."""
    return Refused(rule, violation=True)

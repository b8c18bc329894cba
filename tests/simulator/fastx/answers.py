"""How the FastX API refuses: an error object with a name and a message."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations


class Refused(Exception):
    """The server refuses the request with `{"error": {"name": ..., "message": ...}}`.

    Of the names only AuthError is known. `status` is the HTTP status where the switch
    `error_status` lets it be seen. `violation` marks a mistake of the client against the document,
    in contrast to a user's error.
    """

    def __init__(
        self, message: str, *, name: str = "Error", status: int = 400, violation: bool = False
    ):
        super().__init__(message)
        self.message = message
        self.name = name
        self.status = status
        self.violation = violation


def broken(rule: str, status: int = 400) -> Refused:
    """A refusal because the client broke a rule of the document."""
    return Refused(rule, name="ParameterError", status=status, violation=True)


def not_logged_in(message: str = "Authentication failed") -> Refused:
    """A refusal because nobody is logged in, or because logging in failed."""
    return Refused(message, name="AuthError", status=401)


def not_found(message: str) -> Refused:
    """A refusal because what was asked for is not there, or is somebody else's."""
    return Refused(message, name="NotFoundError", status=404)

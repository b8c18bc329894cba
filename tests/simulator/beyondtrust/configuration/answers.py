"""How the Configuration API refuses a request, and how its successes look."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from ...wire import Answer, json_answer

INVALID = "The given data was invalid."


class Refused(Exception):
    """The API refuses a request.

    `errors` (field -> messages) come with status 422. `violation` is the rule of the documents that
    the client broke, if it did; it must not hold values from the request.
    """

    def __init__(
        self,
        status: int,
        message: str,
        errors: dict[str, list[str]] | None = None,
        violation: str = "",
        headers: dict[str, str] | None = None,
    ):
        super().__init__(message)
        self.status, self.message, self.errors, self.violation, self.headers = (
            status,
            message,
            errors,
            violation,
            headers or {},
        )

    def answer(self) -> Answer:
        """The answer that says so."""
        body: dict = {"message": self.message}
        if self.errors is not None:
            body["errors"] = self.errors
        return json_answer(body, self.status)


def invalid(field: str, message: str) -> Refused:
    """A refusal because of one field."""
    return Refused(422, INVALID, {field: [message]})


def not_found() -> Refused:
    """A refusal because there is no such resource."""
    return Refused(404, "The requested resource was not found.")


def nothing(status: int = 204) -> Answer:
    """A success without a body."""
    return Answer(status)

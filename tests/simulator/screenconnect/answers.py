"""What a method of the extension can come to: a JSON value, nothing, or a refusal with a page or an
object.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import html

from ..wire import Answer, json_answer

NOTHING = object()
"""What a method without a result returns."""

_TITLES = {
    401: "Unauthorized",
    403: "Forbidden",
    404: "The resource cannot be found.",
    405: "Method Not Allowed",
    415: "Unsupported Media Type",
}


class Refused(Exception):
    """The server refuses the request.

    `reason` goes to the client. `status` is the HTTP status. `violation` marks a mistake of the
    client against the document, in contrast to a user's error.
    """

    def __init__(self, reason: str, *, status: int = 500, violation: bool = False):
        super().__init__(reason)
        self.reason = reason
        self.status = status
        self.violation = violation


def broken(rule: str) -> Refused:
    """A refusal because the client broke a rule of the document."""
    return Refused(rule, violation=True)


def error(status: int, reason: str, form: str) -> Answer:
    """A refusal as it goes out; `form` is the switch error_body. Both forms are a guess: no
    document shows one.
    """
    if form == "json":
        return json_answer(
            {
                "Message": reason,
                "StackTrace": "   at ScreenConnect.WebServiceBase.Process()",
                "ExceptionType": "System.Exception",
            },
            status,
        )
    title = html.escape(_TITLES.get(status, reason))
    page = (
        f"<!DOCTYPE html>\r\n<html><head><title>{title}</title></head><body>\r\n"
        f"<h1>Server Error in '/' Application.</h1><h2><i>{title}</i></h2>\r\n<b>Description:</b> {html.escape(reason)}\r\n</body></html>\r\n"
    )
    return Answer(status, page.encode(), "text/html; charset=utf-8")

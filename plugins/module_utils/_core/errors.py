"""Everything that can go wrong, in the user's words."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations


class Error(Exception):
    """Reported to the user without a traceback. ``facts`` go into the result beside the message."""

    def __init__(self, message: str, **facts):
        super().__init__(message)
        self.facts = facts


class InputError(Error):
    """What the user asked for makes no sense, or names something that does not exist. Nothing was sent."""


class ServerError(Error):
    """The server refused, or answered something that is not an answer."""


class Refused(ServerError):
    """The server understood what was asked and said no; nothing was done."""


class Unreachable(Error):
    """No answer came back, and nothing was done."""


class OutcomeUnknown(Error):
    """A write was sent and no answer came back: it may have been done, or not."""


class Incomplete(Error):
    """Some of the changes failed; ``facts`` tell the fate of each."""

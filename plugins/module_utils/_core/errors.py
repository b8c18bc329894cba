"""Everything that can go wrong, in the user's words."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class Error(Exception):
    """Reported to the user without a traceback. ``facts`` go into the result beside the message."""

    nothing_done = True  # whether it is certain that what was asked for did not happen
    stops = True  # whether there is no point in asking for anything else

    def __init__(self, message: str, **facts):
        super().__init__(message)
        self.facts = facts


class InputError(Error):
    """What the user asked for makes no sense, or names something that does not exist. Nothing was
    sent.
    """

    stops = False


class ServerError(Error):
    """The server answered something that is not an answer, or shows something else than was
    written.
    """

    nothing_done = False
    stops = False


class Refused(ServerError):
    """The server understood what was asked and said no; nothing was done."""

    nothing_done = True


class NotThere(Refused):
    """The server's own way of saying that it does not have what was asked for. Whether it does not
    know the question either, not all tell apart.
    """


class LoginRefused(Refused):
    """The server does not accept the credentials. They are not sent again: servers count such
    attempts, and lock accounts.
    """

    stops = True


class Unreachable(Error):
    """No answer came back, and nothing was done."""


class LibraryMissing(Error):
    """A Python library is missing on the machine that runs this, which says nothing of any server."""


class OutcomeUnknown(Error):
    """A write was sent and no answer came back: it may have been done, or not."""

    nothing_done = False
    stops = False
    # Whether the server shows what became of it; what it does not show must not be repeated.
    can_be_looked_up = True


class Unverifiable(OutcomeUnknown):
    """The same, of a write that the server does not show: it must not be repeated."""

    can_be_looked_up = False


class Incomplete(Error):
    """Some of the changes failed; ``facts`` tell the fate of each, and ``done`` holds those that
    were made.
    """

    done: Sequence[Any] = ()

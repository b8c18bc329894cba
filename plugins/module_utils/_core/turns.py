"""Whose turn it is to make objects on a server: one process of a user on a host at a time, so that
what both describe is made once.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import os
import re
import socket
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from pathlib import Path

from ansible.module_utils.common.warnings import get_warning_messages, warn

from .errors import Error
from .quoting import quoted
from .shared_files import NoPlace, locked, opened, shared_file

# Where one of these is, and the home is a directory of the container itself, other containers share
# nothing with this one.
CONTAINER_SIGNS = (Path("/.dockerenv"), Path("/run/.containerenv"))
CONTAINER_VARIABLES = ("KUBERNETES_SERVICE_HOST", "AWX_ISOLATED_DATA_DIR", "container")
_DIGITS, _LONGEST_NOTE = 20, 200


class Turn:
    """The turn at one server, which is taken at most once and kept until it ends. Runs on other
    hosts, or of other users, know nothing of it.

    The turn's file holds a number that grows where a turn begins, and where it ends: while it is
    odd somebody has the turn, or was killed in it. Behind the number stands who has, or had, it
    last.
    """

    def __init__(self, origin: str, directory: str | None = None):
        self._origin, self._directory = origin, Path(directory) if directory else None
        self._held, self._taken = ExitStack(), False
        self._before, _who = self._noted()  # before anything is read from the server

    def take(self) -> bool:
        """Wait for the turn; return whether somebody else has had it since this began, so that what
        was read may be out of date.

        Error where another process holds it for too long. Where processes can share nothing, a
        warning says so, and the work goes on.
        """
        if self._taken:
            return False
        self._taken = True
        warn_of_lone_container(self._origin, self._directory)
        try:
            descriptor = self._held.enter_context(locked(self._path()))
        except NoPlace as exc:
            if self._directory:
                raise
            warn(
                f"Runs at the same time cannot take turns at {self._origin}, and might make an object twice: {exc}"
            )
            return False
        except Error as exc:
            _number, who = self._noted()
            raise Error(f"{exc}{f' The turn was last taken by {who}.' if who else ''}") from None
        number, _who = _read(descriptor)
        # One that was killed in its turn has left an odd number.
        begun = (0 if number is None else number) // 2 * 2 + 1
        begun += 2 if number == begun else 0
        now = datetime.now(UTC).isoformat(timespec="seconds")
        try:
            os.pwrite(
                descriptor,
                f"{begun:0{_DIGITS}} process {os.getpid()} on {socket.gethostname()[:64]}, at {now}".encode().ljust(
                    _LONGEST_NOTE
                ),
                0,
            )
        except OSError as exc:
            self._held.close()
            raise Error(f"What processes share cannot be stored: {exc}.") from exc
        self._held.callback(_end, descriptor, begun + 1)
        return number is None or number % 2 == 1 or number != self._before

    def end(self) -> None:
        """Let the next one begin."""
        self._held.close()

    def _path(self) -> Path:
        return shared_file("turn", self._origin, "", self._directory)

    def _noted(self) -> tuple[int | None, str]:
        """Return the number in the file, and who had the turn last; 0 where there is no file yet.
        Nothing is made.
        """
        with suppress(Error, OSError):
            path = self._path()
            if path.exists():
                with opened(path, os.O_RDONLY) as descriptor:
                    return _read(descriptor)
        return 0, ""


def _read(descriptor) -> tuple[int | None, str]:
    """Return the number in the turn's file, 0 for an empty one and None for what is no number, and
    who had the turn last.
    """
    number, _blank, who = (
        os.pread(descriptor, _LONGEST_NOTE, 0).decode("utf-8", "replace").partition(" ")
    )
    is_ours = re.fullmatch(f"[0-9]{{{_DIGITS}}}", number)
    return (int(number) if is_ours else None if number else 0), quoted(who) if is_ours else ""


def _end(descriptor, number):
    with suppress(OSError):  # then it stays odd, and the next one looks anew
        os.pwrite(descriptor, f"{number:0{_DIGITS}}".encode(), 0)


def warn_of_lone_container(origin: str, directory: Path | None) -> None:
    """Warn, once, where jobs in other containers share nothing with this one. Who set a place has
    thought of it.
    """
    if directory or os.environ.get("XDG_CACHE_HOME"):
        return
    with suppress(Error, OSError):
        if _is_of_a_container(shared_file("turn", origin, "").parent):
            told = (
                f"This looks like a container with a home of its own, so that jobs in others share nothing with this one at {origin}: they cannot take "
                f"turns, so that two might make an object twice, and each counts the tokens and requests of an account for itself. Set "
                f"shared_directory, or XDG_CACHE_HOME, to a directory on a volume of all of them."
            )
            if told not in get_warning_messages():
                warn(told)


def _is_of_a_container(directory: Path) -> bool:
    """Tell whether a directory goes with a container: it lies on the file system of the container's
    own root, and not on a volume.
    """
    if not any(sign.exists() for sign in CONTAINER_SIGNS) and not any(
        os.environ.get(name) for name in CONTAINER_VARIABLES
    ):
        return False
    while not directory.exists():
        directory = directory.parent
    return directory.stat().st_dev == _root_device()


def _root_device() -> int:
    return Path("/").stat().st_dev

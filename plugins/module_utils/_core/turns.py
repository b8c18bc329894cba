"""Whose turn it is to make objects on a server: one process of a user on a host at a time, so that what both describe is made once."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import os
import time
from contextlib import ExitStack
from pathlib import Path

from ansible.module_utils.common.warnings import warn

from .errors import Error
from .shared_files import locked, shared_file

# Where one of these is, and the home is a directory of the container itself, other containers share nothing with this one.
CONTAINER_SIGNS = (Path("/.dockerenv"), Path("/run/.containerenv"))
CONTAINER_VARIABLES = ("KUBERNETES_SERVICE_HOST", "AWX_ISOLATED_DATA_DIR", "container")


class Turn:
    """The turn at one server, which is taken at most once and kept until it ends. Runs on other hosts, or of other users, know nothing of it."""

    def __init__(self, origin: str, directory: str | None = None):
        self._origin, self._directory = origin, Path(directory) if directory else None
        self._began, self._held, self._taken = time.time_ns(), ExitStack(), False

    def take(self) -> bool:
        """Wait for the turn; return whether somebody else has had it since this began, so that what was read may be out of date.

        Error where another process holds it for too long. Where processes can share nothing, a warning says so, and the work goes on.
        """
        if self._taken:
            return False
        self._taken = True
        try:
            path = shared_file("turn", self._origin, "", self._directory)
        except Error as exc:
            warn(f"Runs at the same time cannot take turns at {self._origin}, and might make an object twice: {exc}")
            return False
        # Who set a place has thought of it.
        if not self._directory and not os.environ.get("XDG_CACHE_HOME") and _is_of_a_container(path.parent):
            warn(
                f"This looks like a container with a home of its own, so that other jobs cannot take turns with this one at {self._origin}, and might "
                f"make an object twice. Set shared_directory, or XDG_CACHE_HOME, to a directory on a volume that they share."
            )
        descriptor = self._held.enter_context(locked(path))
        # The file holds when the turn before this one ended, in nanoseconds since 1970.
        last = os.pread(descriptor, 30, 0).decode("ascii", "replace").strip()
        self._held.callback(lambda: os.pwrite(descriptor, f"{time.time_ns():030}".encode(), 0))
        return last.isdecimal() and int(last) >= self._began

    def end(self) -> None:
        """Let the next one begin."""
        self._held.close()


def _is_of_a_container(directory: Path) -> bool:
    """Tell whether a directory goes with a container: it lies on the file system of the container's own root, and not on a volume."""
    if not any(sign.exists() for sign in CONTAINER_SIGNS) and not any(os.environ.get(name) for name in CONTAINER_VARIABLES):
        return False
    while not directory.exists():
        directory = directory.parent
    return directory.stat().st_dev == _root_device()


def _root_device() -> int:
    return Path("/").stat().st_dev

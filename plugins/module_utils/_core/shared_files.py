"""Files that all processes of a user on a host share: where they lie, that they are safe, and whose turn it is."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .errors import Error

LONGEST_TURN = 300.0
"""Seconds for which a process waits for another one that holds what both need."""
LARGEST_FILE = 2 ** 22
"""Bytes of a shared file; a larger one is none of ours."""
FIRST_LOOK, LONGEST_LOOK = 0.001, 0.05  # seconds between two looks whether it is free


def shared_file(kind: str, url: str, client_id: str, directory: Path | None = None) -> Path:
    """Return the path of an account's file of a ``kind`` (token, pace ...), by default below $XDG_CACHE_HOME or ~/.cache."""
    # Not in $XDG_RUNTIME_DIR, which exists during a login only: a cron job and a terminal would not share anything.
    if directory is None:
        home = os.environ.get("HOME", os.path.expanduser("~"))
        # Without a home, or with the root directory as one, as in some containers, ~/.cache is a directory of the system.
        if not os.environ.get("XDG_CACHE_HOME") and (not home.strip("/") or not os.path.isabs(home)):
            raise Error("HOME is empty or the root directory, so that there is no place for what processes share. Set HOME or XDG_CACHE_HOME, "
                        "or the option shared_directory where there is one.")
        directory = Path(os.environ.get("XDG_CACHE_HOME") or os.path.join(home, ".cache"), "remoteops-access")
    return directory / f"{digest(url.rstrip('/').lower(), client_id)}.{kind}"


@contextmanager
def locked(path: Path, longest: float = LONGEST_TURN) -> Iterator[int]:
    """Yield a descriptor of ``path`` while no other process or thread has it; Error if that is not safe or possible, or not within ``longest`` seconds."""
    try:
        _check_directory(path.parent)
        # Opened anew each time: a lock belongs to what was opened; threads that shared it would not exclude each other.
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC  # or a pipe in its place would be waited for
        with open(os.open(path, flags, 0o600), "rb+", buffering=0) as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode) or found.st_size > LARGEST_FILE:
                raise PermissionError(f"{path} is not the small regular file that it has to be; remove it")
            hold(file.fileno(), str(path), longest)
            yield file.fileno()
    except OSError as exc:
        raise Error(f"What processes share cannot be stored: {exc}.") from exc


def hold(descriptor: int, what: str, longest: float = LONGEST_TURN) -> None:
    """Wait until no other process holds an open file, and hold it until it is closed. Error after so many seconds, naming who holds it."""
    deadline, pause = time.monotonic() + longest, FIRST_LOOK
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except OSError as exc:
            if exc.errno not in (errno.EWOULDBLOCK, errno.EACCES):
                raise
        if time.monotonic() >= deadline:
            held = f"{what} has been held by {_holder(descriptor)} for longer than the {longest:.0f} s that we wait"
            raise Error(f"{held}. Nothing was done; end it, or run again.")
        time.sleep(min(pause, max(0.0, deadline - time.monotonic())))
        pause = min(2 * pause, LONGEST_LOOK)


def digest(*parts: str) -> str:
    """Return a text that differs for different texts, and from which they cannot be told."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _check_directory(directory):
    if not directory.is_absolute():
        raise NotADirectoryError(f"{directory} is no absolute path; HOME or XDG_CACHE_HOME must be set to one")
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    if (found := directory.stat()).st_uid != os.geteuid() or found.st_mode & 0o077:
        owner = f"user id {found.st_uid} with mode {found.st_mode & 0o777:04o}, not to user id {os.geteuid()} with mode 0700"
        raise PermissionError(f"{directory} belongs to {owner}")


def _holder(descriptor) -> str:
    """Say which process holds an open file, as far as Linux tells it; elsewhere, and of another container's, nothing is known."""
    with suppress(OSError, ValueError, IndexError):
        inode = os.fstat(descriptor).st_ino
        for line in Path("/proc/locks").read_text(encoding="ascii").splitlines():
            # 1: FLOCK  ADVISORY  WRITE 4711 08:01:1048602 0 EOF
            parts = line.split()
            if parts[1] == "FLOCK" and parts[5].rpartition(":")[2] == str(inode):
                state = Path(f"/proc/{int(parts[4])}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[0]
                return f"process {parts[4]}{', which is stopped,' if state in 'Tt' else ''}"
    return "another process"

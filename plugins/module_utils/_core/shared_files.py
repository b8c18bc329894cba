"""Files that all processes of a user on a host share: where they lie, that they are safe, and whose
turn it is.
"""

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
MOST_TURNS = 12  # in all, where those who hold it come and go
LARGEST_FILE = 2**22
"""Bytes of a shared file; a larger one is none of ours."""
FIRST_LOOK, LONGEST_LOOK = 0.001, 0.05  # seconds between two looks whether it is free
# Without O_NONBLOCK, opening a pipe in a file's place would wait for ever.
_CAREFULLY = os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class NoPlace(Error):
    """There is no directory for what processes share, and none can be made."""


def shared_file(kind: str, url: str, client_id: str, directory: Path | None = None) -> Path:
    """Return the path of an account's file of a ``kind`` (token, pace ...), by default below
    $XDG_CACHE_HOME or ~/.cache.
    """
    # Not in $XDG_RUNTIME_DIR, which exists during a login only: a cron job and a terminal would not
    # share anything.
    if directory is None:
        home = os.environ.get("HOME", os.path.expanduser("~"))
        # Without a home, or with the root directory as one, as in some containers, ~/.cache is a
        # directory of the system.
        if not os.environ.get("XDG_CACHE_HOME") and (
            not home.strip("/") or not os.path.isabs(home)
        ):
            raise NoPlace(
                "HOME is empty or the root directory, so that there is no place for what processes share. Set HOME or XDG_CACHE_HOME, "
                "or the option shared_directory where there is one."
            )
        directory = Path(
            os.environ.get("XDG_CACHE_HOME") or os.path.join(home, ".cache"), "remoteops-access"
        )
    else:
        directory = _own_within(directory)
    return directory / f"{digest(url.rstrip('/').lower(), client_id)}.{kind}"


def _own_within(directory: Path) -> Path:
    """Return the user's own directory within one of somebody else's that several share, as a volume
    is; else the directory itself.

    Who may write to the shared one can take our own away, but neither read nor forge what is in it:
    whoever opens a file holds on to the directory that was looked at. Where everybody may take it
    away (mode 0777 without the sticky bit) it is not used.
    """
    try:
        found = directory.stat()
    except OSError:
        return directory  # it is made, or refused, by whoever opens a file
    own = directory / f"remoteops-access-{os.geteuid()}"
    is_shared = found.st_mode & 0o077 and (
        not found.st_mode & 0o002 or found.st_mode & stat.S_ISVTX
    )
    return (
        own
        if found.st_uid != os.geteuid()
        and is_shared
        and (own.is_dir() or os.access(directory, os.W_OK | os.X_OK))
        else directory
    )


@contextmanager
def opened(path: Path, flags: int) -> Iterator[int]:
    """Yield a descriptor of the small regular file that is, or with O_CREAT is made, in the user's
    own directory. OSError where it is none.
    """
    with _directory(path.parent) as directory:
        descriptor = os.open(path.name, flags | _CAREFULLY, 0o600, dir_fd=directory)
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode) or found.st_size > LARGEST_FILE:
            raise PermissionError(
                f"{path} is not the small regular file that it has to be; remove it"
            )
        yield descriptor
    finally:
        os.close(descriptor)


def replace(path: Path, content: bytes) -> None:
    """Put a file in the place of whatever is there, for good, and whole at any moment. OSError
    where that cannot be.
    """
    new = path.with_suffix(".new")
    # O_SYNC is an fsync after the write: after the rename the content must be there even if the
    # power goes.
    with (
        opened(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_SYNC) as descriptor,
        open(descriptor, "wb", closefd=False) as file,
    ):
        file.write(content)
    with _directory(path.parent) as directory:
        os.replace(new.name, path.name, src_dir_fd=directory, dst_dir_fd=directory)


@contextmanager
def locked(path: Path, longest: float = LONGEST_TURN) -> Iterator[int]:
    """Yield a descriptor of ``path`` while no other process or thread has it; Error if that is not
    safe or possible, or not within ``longest`` seconds.
    """
    try:
        # Opened anew each time: a lock belongs to what was opened; threads that shared it would not
        # exclude each other.
        with opened(path, os.O_RDWR | os.O_CREAT) as descriptor:
            hold(descriptor, str(path), longest)
            yield descriptor
    except OSError as exc:
        raise Error(f"What processes share cannot be stored: {exc}.") from exc


def hold(descriptor: int, what: str, longest: float = LONGEST_TURN) -> None:
    """Wait until no other process holds an open file, and hold it until it is closed.

    Error, naming who holds it, where one process does so for ``longest`` seconds, or several for a
    multiple of that.
    """
    began = since = time.monotonic()
    look, pause, holder = began + longest / 10, FIRST_LOOK, None
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except OSError as exc:
            if exc.errno not in (errno.EWOULDBLOCK, errno.EACCES):
                raise
        now = time.monotonic()
        if now >= look:
            look, before, holder = now + longest / 10, holder, _holder(descriptor)
            since = now if before and holder != before else since
        if now - since >= longest or now - began >= MOST_TURNS * longest:
            seconds = longest if now - since >= longest else MOST_TURNS * longest
            held = f"{what} has been held by {_described(_holder(descriptor))} for longer than the {seconds:.0f} s that we wait"
            raise Error(f"{held}. Nothing was done; end it, or run again.")
        time.sleep(pause)
        pause = min(2 * pause, LONGEST_LOOK)


def digest(*parts: str) -> str:
    """Return a text that differs for different texts, and from which they cannot be told."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


@contextmanager
def _directory(directory) -> Iterator[int]:
    """Yield a descriptor of a directory of the user's own, which is made if there is none: what is
    opened by it lies in no other one.
    """
    if not directory.is_absolute():
        raise NotADirectoryError(
            f"{directory} is no absolute path; HOME or XDG_CACHE_HOME must be set to one"
        )
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as exc:
        if exc.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise NoPlace(f"What processes share cannot be stored: {exc}.") from exc
        raise
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        if (found := os.fstat(descriptor)).st_uid != os.geteuid() or found.st_mode & 0o077:
            owner = f"user id {found.st_uid} with mode {found.st_mode & 0o1777:04o}, not to user id {os.geteuid()} with mode 0700"
            raise PermissionError(
                f"{directory} belongs to {owner}; name a new one within it, which is made so"
            )
        yield descriptor
    finally:
        os.close(descriptor)


def _holder(descriptor) -> int | None:
    """Return the process that holds an open file, as far as Linux tells it; elsewhere, and of
    another container's, nothing is known.
    """
    with suppress(OSError, ValueError, IndexError):
        found = os.fstat(descriptor)
        file = f"{os.major(found.st_dev):02x}:{os.minor(found.st_dev):02x}:{found.st_ino}"
        for line in Path("/proc/locks").read_text(encoding="ascii").splitlines():
            # 1: FLOCK  ADVISORY  WRITE 4711 08:01:1048602 0 EOF
            parts = line.split()
            if parts[1] == "FLOCK" and parts[5] == file and int(parts[4]) > 0:
                return int(parts[4])
    return None


def _described(process: int | None) -> str:
    if process is None:
        return "another process"
    with suppress(OSError, IndexError):
        state = (
            Path(f"/proc/{process}/stat")
            .read_text(encoding="utf-8", errors="replace")
            .rpartition(")")[2]
            .split()[0]
        )
        return f"process {process}{', which is stopped,' if state in 'Tt' else ''}"
    return f"process {process}"

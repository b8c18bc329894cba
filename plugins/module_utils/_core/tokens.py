"""Files that all processes of a user on a host share, and the tokens of API accounts in them: who mints, and when."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import fcntl
import hashlib
import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .errors import Error

# The last seconds of its life (at most a tenth of it) in which a token is not handed out: a request may take as long.
MARGIN = 60.0


def shared_file(kind: str, url: str, client_id: str, directory: Path | None = None) -> Path:
    """Return the path of an account's file of a ``kind`` (token, pace), by default below $XDG_CACHE_HOME or ~/.cache."""
    # Not in $XDG_RUNTIME_DIR, which exists during a login only: a cron job and a terminal would not share anything.
    directory = directory or Path(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "remoteops-access")
    return directory / f"{_digest(url.rstrip('/').lower(), client_id)}.{kind}"


@contextmanager
def locked(path: Path) -> Iterator[int]:
    """Yield a descriptor of ``path`` while no other process or thread has it; Error if that is not safe or possible."""
    try:
        if not path.is_absolute():
            raise NotADirectoryError(f"{path.parent} is no absolute path; HOME or XDG_CACHE_HOME must be set to one")
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if (found := path.parent.stat()).st_uid != os.geteuid() or found.st_mode & 0o077:
            owner = f"user id {found.st_uid} with mode {found.st_mode & 0o777:04o}, not to user id {os.geteuid()} with mode 0700"
            raise PermissionError(f"{path.parent} belongs to {owner}")
        # Opened anew each time: a lock belongs to what was opened; threads that shared it would not exclude each other.
        with open(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "rb+", buffering=0) as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield file.fileno()
    except OSError as exc:
        raise Error(f"What processes share cannot be stored: {exc}.") from exc


class TokenStore:
    """Tokens in files of the user's own (0600), one for each account. Whatever is not a whole token counts as none."""

    def __init__(self, directory: Path | None = None, now: Callable[[], float] = time.time):
        self._directory, self._now = directory, now

    def token(self, url: str, client_id: str, mint: Callable[[], tuple[str, float]], secret: str = "") -> str:
        """Return the stored token, if it lives and belongs to ``secret``, else that of ``mint() -> (token, seconds)``."""
        path = shared_file("token", url, client_id, self._directory)
        # Held while minting, so that the others wait and find the new token. If mint raises, the store stays as it was.
        with self._locked(path):
            (token, end, proof), now = self._read(path), self._now()
            # Why the proof: a wrong secret must fail now, not when the token ends. A client secret is long and random, so
            # a digest does not give it away. It is no part of the name: a regenerated secret replaces the token's file.
            if proof != _digest(token, secret) or end <= now:
                token, seconds = mint()
                self._write(path, (token, now + seconds - min(MARGIN, seconds / 10), _digest(token, secret)))
        return token

    def discard(self, url: str, client_id: str, token: str) -> None:
        """Forget ``token``, which the server no longer accepts, unless another process has replaced it already."""
        path = shared_file("token", url, client_id, self._directory)
        with self._locked(path):
            if self._read(path)[0] == token:
                self._write(path, None)

    def _locked(self, path):
        return locked(path.with_suffix(".lock"))

    def _read(self, path) -> tuple[str, float, str]:
        with suppress(OSError, TypeError, ValueError):
            token, end, proof = json.loads(path.read_bytes())
            return token, end, proof
        return "", 0.0, ""

    def _write(self, path, entry):
        new = path.with_suffix(".new")
        # O_SYNC is an fsync after the write: after the rename the content must be there even if the power goes.
        with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_SYNC, 0o600), "w", encoding="ascii") as file:
            json.dump(entry, file)
        new.replace(path)


class PrivateTokens(TokenStore):
    """The same within one process and in memory, for users who want no token on disk."""

    def __init__(self, now: Callable[[], float] = time.time):
        self._directory, self._now, self._entries, self._lock = Path(), now, {}, threading.Lock()

    def _locked(self, path):
        return self._lock

    def _read(self, path):
        return self._entries.get(path) or ("", 0.0, "")

    def _write(self, path, entry):
        self._entries[path] = entry


def _digest(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

"""The tokens of API accounts in files that all processes of a user on a host share: who mints, and
when.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from .._core.errors import LoginRefused
from .._core.shared_files import digest, locked, opened, replace, shared_file

# The last seconds of its life (at most a tenth of it) in which a token is not handed out: a request
# may take as long.
MARGIN = 60.0
REFUSED_FOR = 60.0
"""Seconds for which a secret that the server refused is sent by no other process: a loop over a
hundred items would lock the account.
"""
LARGEST_TOKEN = 2**16  # bytes of a file with one


class TokenStore:
    """Tokens in files of the user's own (0600), one for each account. Whatever is not a whole token
    counts as none.
    """

    def __init__(self, directory: Path | None = None, now: Callable[[], float] = time.time):
        self._directory, self._now = directory, now

    def token(
        self, url: str, client_id: str, mint: Callable[[], tuple[str, float]], secret: str = ""
    ) -> str:
        """Return the stored token, if it lives and belongs to ``secret``, else that of ``mint() ->
        (token, seconds)``.

        Raises LoginRefused, without asking for one, where ``secret`` was refused less than
        REFUSED_FOR ago.
        """
        path = shared_file("token", url, client_id, self._directory)
        # Held while minting, so that the others wait and find the new token. If mint raises, the
        # store stays as it was.
        with self._locked(path):
            (token, end, proof), now = self._read(path), self._now()
            # Why the proof: a wrong secret must fail now, not when the token ends. A client secret
            # is long and random, so a digest does not give it away. It is no part of the name: a
            # regenerated secret replaces the token's file.
            if proof != digest(token, secret) or end <= now:
                self._check_refusal(path, secret, now)
                try:
                    token, seconds = mint()
                except LoginRefused:
                    self._write(
                        path.with_suffix(".refused"),
                        ("", now + REFUSED_FOR, digest("refused", secret)),
                    )
                    raise
                self._write(
                    path, (token, now + seconds - min(MARGIN, seconds / 10), digest(token, secret))
                )
        return token

    def _check_refusal(self, path, secret, now):
        _token, end, proof = self._read(path.with_suffix(".refused"))
        if proof == digest("refused", secret) and now < end <= now + REFUSED_FOR:
            raise LoginRefused(
                f"client_id and client_secret were not accepted {now + REFUSED_FOR - end:.0f} s ago, and are not sent again for another "
                f"{end - now:.0f} s: such attempts are counted, and lock accounts. Others are tried at once.",
                status=401,
            )

    def discard(self, url: str, client_id: str, token: str) -> None:
        """Forget ``token``, which the server no longer accepts, unless another process has replaced
        it already.
        """
        path = shared_file("token", url, client_id, self._directory)
        with self._locked(path):
            if self._read(path)[0] == token:
                self._write(path, None)

    def _locked(self, path):
        return locked(path.with_suffix(".lock"))

    def _read(self, path) -> tuple[str, float, str]:
        with (
            suppress(OSError, TypeError, ValueError, OverflowError, RecursionError),
            opened(path, os.O_RDONLY) as descriptor,
        ):
            token, end, proof = json.loads(os.pread(descriptor, LARGEST_TOKEN, 0))
            if isinstance(token, str) and isinstance(proof, str):
                return token, float(end), proof
        return "", 0.0, ""

    def _write(self, path, entry):
        replace(path, json.dumps(entry).encode("ascii"))


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

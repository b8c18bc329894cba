"""Files that a server sends: streamed to the disk however large they are, and put in their place
whole or not at all.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import hashlib
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager, nullcontext, suppress
from email import message_from_string
from functools import partial
from pathlib import Path
from typing import Any

from .._core.errors import Error, InputError, ServerError
from .._core.files import open_regular
from .._core.http import Answer, Session
from .._core.quoting import LONGEST_NAME
from .writing import synchronise

LARGEST_FILE = 64 * 1024**3  # bytes
LONGEST_DOWNLOAD = 12 * 3600.0  # seconds in which a whole file has to arrive
# Content-Types of what is no file.
PAGES = re.compile(r"(?:text|application)/(?:[\w.-]+\+)?(?:html|xml|json)\b", re.IGNORECASE)
# HTML, XML and JSON begin like this, and no file that is asked for does: not "[", as installers for
# Linux begin with "[Desktop Entry]".
MARKUP = (b"<", b"{")
# No text has these; a file may well begin with "<" or "{" by chance.
BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
BLOCK = 5 * 2**16  # bytes that are hashed and written at a time, while the next ones come
PORTION = 2**27  # bytes after which those before are put aside, which leaves little for the end
PREFIX, SUFFIX = ".remoteops-", ".part"  # of the name of a file that is not whole yet


class Arriving:
    """A file on its way from a server: what has come of it, which is written to ``file``. Begun
    anew by each attempt.

    ``put_aside`` has what was written so far survive a loss of power. It and storing are done by
    ``workers``, while the next pieces come.
    """

    def __init__(
        self, request: str, file: Any, put_aside: Callable[[], Any], workers: ThreadPoolExecutor
    ):
        self.request, self.is_file, self._started = request, False, time.monotonic()
        self._file, self._put_aside, self._workers = file, put_aside, workers
        # One is filled while the other is stored.
        self._block, self._spare = memoryview(bytearray(BLOCK)), memoryview(bytearray(BLOCK))
        self._storing, self._putting_aside = workers.submit(int), workers.submit(int)  # nothing yet

    def begin(self, headers: Mapping[str, str]) -> Callable | None:
        """Return what takes the pieces, None if the headers speak of a page or a message. Raises
        ServerError for what could not be trusted.
        """
        self.headers, self.size, self.digest, self.beginning = headers, 0, hashlib.sha256(), b""
        self.is_file = not PAGES.match(headers.get("content-type", ""))
        if (
            self.is_file
            and headers.get("content-encoding", "identity").strip().lower() != "identity"
        ):
            raise ServerError(
                f"{self.request} answered a file in a packing that was not asked for."
            )
        # A guess: every appliance and proxy says one or the other. Without, a broken connection
        # would look like the end of the file.
        if self.is_file and "content-length" not in headers and "transfer-encoding" not in headers:
            raise ServerError(
                f"{self.request} answered a file without saying where it ends, so that a part of it would pass for the whole."
            )
        wait([self._storing])  # of the attempt before, whatever came of it
        self._file.seek(0)
        self._filled, self._safe = 0, 0
        return self._take if self.is_file else None

    def _take(self, piece):
        self.size += len(piece)
        if self.size > LARGEST_FILE or self.seconds > LONGEST_DOWNLOAD:
            raise ServerError(
                f"{self.request} answered a file that does not end: {self.size} bytes in {self.seconds:.0f} s."
            )
        self.beginning += piece[: 512 - len(self.beginning)]
        while piece:
            fitting = piece[: BLOCK - self._filled]
            self._block[self._filled : self._filled + len(fitting)] = fitting
            self._filled, piece = self._filled + len(fitting), piece[len(fitting) :]
            if self._filled == BLOCK:
                self._store_block()

    def _store_block(self):
        self._storing.result()
        self._storing = self._workers.submit(self._store, self._block[: self._filled], self.digest)
        self._block, self._spare, self._filled = self._spare, self._block, 0
        if self.size - self._safe >= PORTION and self._putting_aside.done():
            self._putting_aside.result()  # its error is told once, and not by the next fsync
            self._putting_aside, self._safe = self._workers.submit(self._put_aside), self.size

    def _store(self, block, digest):
        digest.update(block)
        self._file.write(block)

    @property
    def seconds(self) -> float:
        """How long it has taken, with the attempts that failed."""
        return time.monotonic() - self._started

    def check(self) -> None:
        """See to it that all is written, now that nothing more comes, and raise ServerError for
        what is not a whole file.
        """
        self._store_block()
        for each in (self._storing, self._putting_aside):
            each.result()
        announced = "" if "transfer-encoding" in self.headers else self.headers["content-length"]
        page = self.beginning.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(
            MARKUP
        ) and not BINARY.search(self.beginning)
        if page or not self.size or announced not in ("", str(self.size)):
            what = (
                "a page or a message"
                if page
                else f"{self.size} bytes{announced and f' of {announced}'}"
            )
            raise ServerError(f"{self.request} answered {what}, where a file was expected.")

    def text(self) -> str:
        """Return what came, where it is a short text and no file; empty otherwise."""
        return (
            ""
            if self.size > len(self.beginning) or BINARY.search(self.beginning)
            else self.beginning.decode("utf-8", "replace")
        )

    def name(self) -> str:
        """Return what the server calls the file, without anything that could lead to another place.
        Raises ServerError if it has no name.
        """
        given = (
            message_from_string(
                f"Content-Disposition: {self.headers.get('content-disposition', '')}"
            ).get_filename()
            or ""
        )
        name = re.sub(r"[^\w.()+ -]", "_", given.replace("\\", "/").rpartition("/")[2]).strip(". ")[
            :200
        ]
        if not name:
            raise ServerError(
                f"{self.request} does not say what the file is called; let dest end in a name."
            )
        return name


def download(
    session: Session,
    path: str,
    dest: Path,
    refuse: Callable[[Answer], None],
    *,
    method: str = "GET",
    mode: int = 0o600,
    keep: bool = True,
    through: Callable = nullcontext,
    headers: Mapping[str, str] | None = None,
    smallest: int = 0,
    **request,
) -> dict:
    """Fetch a file to ``dest``, or into that directory under the name that the server gives it.

    Returns ``changed`` (whether the same was not there already), ``dest``, ``size`` in bytes,
    ``sha256`` and ``seconds``. Without ``keep`` nothing is written. ``through(file)`` is a context
    that gives what is written to in the place of the file, such as one that encrypts; size and
    SHA-256 are those of what arrived. Less than ``smallest`` bytes are a message and no file.
    ``refuse(answer)`` raises what an answer without a file means. Raises ServerError for anything
    but a whole file, Error where it cannot be stored. Then, and whenever the process is killed,
    what was at ``dest`` is still there.
    """
    try:
        directory = dest if dest.is_dir() else dest.parent
        if not directory.is_dir() or dest.exists() and not (dest.is_file() or dest.is_dir()):
            raise InputError(
                f"dest: {dest} must be a file or a directory, or a new file in a directory that exists."
            )
        part = _part(directory) if keep else open(os.devnull, "wb")
        with part as file, through(file) as written, ThreadPoolExecutor(2) as workers:
            arriving = Arriving(
                session.redact(f"{method} {path}"),
                written,
                partial(_put_aside, file.fileno()) if keep else int,
                workers,
            )
            accept = {"Accept": "*/*", "Accept-Encoding": "identity", **(headers or {})}
            answer = session.stream(method, path, arriving.begin, headers=accept, **request)
            if answer.status != 200 or not arriving.is_file:
                refuse(answer)
                raise ServerError(
                    f"{answer.request} answered {answer.described()}, where a file was expected.",
                    status=answer.status,
                )
            arriving.check()
            if arriving.size < smallest:
                said = arriving.text() and f": {session.redact(arriving.text(), LONGEST_NAME)}"
                raise ServerError(
                    f"{arriving.request} answered {arriving.size} bytes, where a file was expected{said or '.'}"
                )
            seconds, sha256 = round(arriving.seconds, 3), arriving.digest.hexdigest()
            place = dest / arriving.name() if dest.is_dir() else dest
            changed = not place.is_file() or sha256_of(place) != sha256
            if keep and changed:
                written.truncate(arriving.size)  # an attempt that broke off may have brought more
                os.fsync(file.fileno())
                os.fchmod(file.fileno(), mode)
                os.replace(file.name, place)
                synchronise(directory)
    except OSError as exc:
        raise Error(f"{dest} cannot be written: {exc.strerror or exc}.") from exc
    return {
        "changed": changed,
        "dest": str(place),
        "size": arriving.size,
        "sha256": sha256,
        "seconds": seconds,
    }


def _put_aside(descriptor):
    """Have what was written survive a loss of power, and leave the memory that holds it to others:
    a large file would take all of it.
    """
    os.fsync(descriptor)
    if hasattr(os, "posix_fadvise"):  # not on macOS
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with open_regular(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _part(directory: Path) -> Iterator[Any]:
    """Yield a new file that only the user can read, which is gone afterwards, unless it was given
    another name.
    """
    for left in directory.glob(f"{PREFIX}*{SUFFIX}"):  # by a process that was killed
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > LONGEST_DOWNLOAD:
                left.unlink()
    descriptor, name = tempfile.mkstemp(SUFFIX, PREFIX, directory)
    try:
        with open(name, "wb", opener=lambda *_flags: descriptor) as file:
            yield file
    finally:
        with suppress(FileNotFoundError):
            os.unlink(name)

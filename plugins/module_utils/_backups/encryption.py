"""Encryption of a backup on its way to the disk, to people's public keys, by a tool that the
machine has: age or GnuPG.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from .._core.errors import Error, InputError

LONGEST_END = 600.0  # seconds that the tool may take after it was given everything


@dataclass(frozen=True)
class Tool:
    """A program that encrypts its standard input to its standard output."""

    program: str
    suffix: str  # of the names of files that it made
    arguments: tuple[str, ...]
    recipient: str  # how a recipient is told
    recipients: str  # pattern of what names one
    words: str


TOOLS = {
    "age": Tool(
        "age",
        ".age",
        ("--encrypt",),
        "--recipient",
        r"age1[0-9a-z]+|ssh-(?:ed25519|rsa) [A-Za-z0-9+/]+=*(?: [\w.@-]+)?",
        "public keys of age (age1...) or of SSH (ssh-ed25519 or ssh-rsa)",
    ),
    # A whole fingerprint identifies a key. gpg need not trust it as well.
    # Backups are compressed already.
    "gpg": Tool(
        "gpg",
        ".gpg",
        (
            "--batch",
            "--no-tty",
            "--quiet",
            "--no-auto-key-locate",
            "--trust-model",
            "always",
            "--compress-algo",
            "none",
            "--encrypt",
        ),
        "--recipient",
        r"[0-9A-F]{40}|[0-9A-F]{64}",
        "whole fingerprints of keys in the keyring, 40 hexadecimal digits",
    ),
}
ENCRYPTION_SPEC = {
    "encrypt_with": {"type": "str", "choices": list(TOOLS)},
    "recipients": {"type": "list", "elements": "str"},
}


@dataclass(frozen=True)
class Encryption:
    """A tool with its recipients."""

    tool: str
    recipients: tuple[str, ...]
    program: str  # the path of the tool

    @classmethod
    def of(cls, params: Mapping[str, Any]) -> Encryption | None:
        """Return what the options ask for, None for nothing. Raises InputError for recipients that
        are none, or a tool that is not there.
        """
        name, given = params["encrypt_with"], params["recipients"] or []
        if not name or not given:
            if name or given:
                raise InputError("encrypt_with and recipients need each other.")
            return None
        tool, recipients = (
            TOOLS[name],
            tuple(dict.fromkeys(_in_one_form(name, recipient) for recipient in given)),
        )
        for recipient in recipients:
            if not re.fullmatch(tool.recipients, recipient):
                raise InputError(f"recipients must be {tool.words}, not {recipient[:80]!r}.")
        program = shutil.which(tool.program)
        if not program:
            raise InputError(f"encrypt_with: there is no program {tool.program} on this machine.")
        return cls(name, recipients, program)

    @property
    def suffix(self) -> str:
        """What the name of an encrypted file ends in."""
        return TOOLS[self.tool].suffix

    def described(self) -> dict:
        """Return what the manifest says of it."""
        return {"tool": self.tool, "recipients": sorted(self.recipients)}

    @contextmanager
    def through(self, file: Any) -> Iterator[EncryptedFile]:
        """Yield what is written to in the place of ``file``, and arrives there encrypted."""
        tool = TOOLS[self.tool]
        command = [
            self.program,
            *tool.arguments,
            *(word for recipient in self.recipients for word in (tool.recipient, recipient)),
        ]
        with tempfile.TemporaryFile() as complaints:
            encrypted = EncryptedFile(command, file, complaints)
            try:
                yield encrypted
            finally:
                encrypted.abandon()


class EncryptedFile:
    """A file that is written from its beginning to its end, through a tool: what is written never
    touches the disk as it is.
    """

    def __init__(self, command: Sequence[str], file: Any, complaints: Any):
        self._command, self._file, self._complaints = command, file, complaints
        self._process: subprocess.Popen | None = None

    def seek(self, position: int) -> None:
        """Begin, or begin anew: ``position`` is 0."""
        self.abandon()
        self._file.seek(position)
        self._file.truncate()
        # AnsibleModule.run_command takes its input as a whole, and a backup may be larger than the
        # memory.
        self._process = subprocess.Popen(  # pylint: disable=ansible-bad-function
            self._command,
            stdin=subprocess.PIPE,
            stdout=self._file,
            stderr=self._complaints,
        )

    def write(self, piece: bytes) -> None:
        """Encrypt a piece. Raises Error where the tool has given up."""
        try:
            self._process.stdin.write(piece)
        except BrokenPipeError:
            self._fail()

    def truncate(self, size: int) -> None:
        """End after ``size`` bytes, which is all that was written. Raises Error where the tool did
        not encrypt it all.
        """
        try:
            self._process.stdin.close()
        except BrokenPipeError:
            self._fail()
        try:
            failed = self._process.wait(LONGEST_END)
        except subprocess.TimeoutExpired:
            failed = True
        if failed or self._file.seek(0, 2) < size:
            self._fail()

    def abandon(self) -> None:
        """End the tool, if it runs."""
        if self._process:
            self._process.kill()
            with suppress(BrokenPipeError):
                self._process.stdin.close()
            self._process.wait()

    def _fail(self):
        self.abandon()
        self._complaints.seek(0)
        said = self._complaints.read(2000).decode(errors="replace").strip()
        raise Error(
            f"{self._command[0]} did not encrypt the backup, which was not kept: {said or 'it does not say why'}.".replace(
                "..", "."
            )
        )


def _in_one_form(tool, recipient) -> str:
    return re.sub(r"\s", "", recipient).upper() if tool == "gpg" else recipient.strip()

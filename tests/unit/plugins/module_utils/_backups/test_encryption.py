"""Encryption on the way to the disk: what arrives can be decrypted, nothing else arrives, and a
tool that fails is an error.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from ansible_collections.remoteops.access.plugins.module_utils._backups.encryption import (
    TOOLS,
    Encryption,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.errors import Error, InputError

AGE = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
FINGERPRINT = "0123456789ABCDEF0123456789ABCDEF01234567"
PIECES = [os.urandom(70_000) for _each in range(30)]


class Age:
    """age with a new identity."""

    def __init__(self, directory: Path):
        self._identity = directory / "identity"
        subprocess.run(["age-keygen", "-o", self._identity], check=True, capture_output=True)
        self.recipients = [
            line.split()[-1]
            for line in self._identity.read_text().splitlines()
            if "public key" in line
        ]

    def decrypted(self, file: Path) -> bytes:
        return subprocess.run(
            ["age", "--decrypt", "-i", self._identity, file], check=True, capture_output=True
        ).stdout


class Gpg:
    """GnuPG with a new key in a keyring of its own, which nothing trusts."""

    def __init__(self, _directory: Path):
        self.key("backup@example.org")
        shown = subprocess.run(
            ["gpg", "--batch", "--with-colons", "--list-keys"],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        self.recipients = [
            next(line.split(":")[9] for line in shown.splitlines() if line.startswith("fpr:"))
        ]
        subprocess.run(
            ["gpg", "--batch", "--import-ownertrust"],
            input=f"{self.recipients[0]}:2:\n",
            check=True,
            capture_output=True,
            text=True,
        )

    def key(self, name: str) -> None:
        command = [
            "gpg",
            "--batch",
            "--passphrase",
            "",
            "--quick-generate-key",
            name,
            "future-default",
            "default",
            "never",
        ]
        subprocess.run(command, check=True, capture_output=True)

    def decrypted(self, file: Path) -> bytes:
        return subprocess.run(
            ["gpg", "--batch", "--decrypt", file], check=True, capture_output=True
        ).stdout


INSTALLED = [name for name in TOOLS if shutil.which(name)]


@pytest.fixture
def keys(tmp_path, monkeypatch):
    """Return a function that makes new keys for a tool, away from the user's own."""
    home = Path(tempfile.mkdtemp())  # short, as gpg-agent's socket in it has to be
    monkeypatch.setenv("GNUPGHOME", str(home))
    yield lambda tool: {"age": Age, "gpg": Gpg}[tool](tmp_path)
    if shutil.which("gpgconf"):
        subprocess.run(["gpgconf", "--kill", "all"], check=True)
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Return a function that puts a shell script in the place of a tool."""
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")

    def put(script: str, tool: str = "age") -> None:
        (tmp_path / "bin").mkdir(exist_ok=True)
        path = tmp_path / "bin" / tool
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    return put


def encryption(tool="age", recipients=(AGE,)) -> Encryption:
    return Encryption.of({"encrypt_with": tool, "recipients": list(recipients)})


def encrypted(how: Encryption, path: Path, pieces=tuple(PIECES)) -> Path:
    with open(path, "wb") as file, how.through(file) as written:
        written.seek(0)
        for piece in pieces:
            written.write(piece)
        written.truncate(sum(map(len, pieces)))
    return path


def test_a_tool_is_on_this_machine():
    assert INSTALLED


@pytest.mark.parametrize("tool", INSTALLED)
def test_what_was_encrypted_can_be_decrypted_and_is_not_there_as_it_was(tool, keys, tmp_path):
    key = keys(tool)
    path = encrypted(encryption(tool, key.recipients), tmp_path / "file")
    assert key.decrypted(path) == b"".join(PIECES)
    stored = path.read_bytes()
    assert not any(piece[:32] in stored for piece in PIECES)


@pytest.mark.parametrize("tool", INSTALLED)
def test_an_attempt_that_is_begun_anew_leaves_nothing_of_the_one_before(tool, keys, tmp_path):
    key = keys(tool)
    with (
        open(tmp_path / "file", "wb") as file,
        encryption(tool, key.recipients).through(file) as written,
    ):
        for pieces in (PIECES, PIECES[:2]):
            written.seek(0)
            for piece in pieces:
                written.write(piece)
        written.truncate(140_000)
    assert key.decrypted(tmp_path / "file") == b"".join(PIECES[:2])


def test_age_and_gpg_are_told_the_recipients_and_nothing_else_that_could_be_secret(
    program, tmp_path
):
    script = f'echo "$@" >> {tmp_path}/arguments; cat'
    for tool in TOOLS:
        program(script, tool)
    encrypted(
        encryption("age", [AGE, "ssh-ed25519 AAAAC3Nza backup@example.org", AGE]), tmp_path / "file"
    )
    encrypted(encryption("gpg", [FINGERPRINT.lower()]), tmp_path / "file")
    assert (tmp_path / "arguments").read_text().splitlines() == [
        f"--encrypt --recipient {AGE} --recipient ssh-ed25519 AAAAC3Nza backup@example.org",
        f"--batch --no-tty --quiet --no-auto-key-locate --trust-model always --compress-algo none --encrypt --recipient {FINGERPRINT}",
    ]


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("echo no such key >&2; exit 2", "no such key"),
        ("cat; echo the disk is full >&2; exit 1", "the disk is full"),
        ("head -c 1000000; kill -9 $$", "does not say why"),
        ("cat > /dev/null", "does not say why"),  # it says yes and writes nothing
        ("head -c 2000000 > /dev/null; head -c 100; exit 0", "does not say why"),
        ("yes | head -c 100000 >&2; exit 1", "y\ny\ny"),
    ],
)
def test_a_tool_that_fails_is_an_error_with_its_words(program, tmp_path, script, words):
    program(script)
    with pytest.raises(Error, match=words) as failure:
        encrypted(encryption(), tmp_path / "file")
    assert "age did not encrypt the backup, which was not kept" in str(failure.value)
    assert len(str(failure.value)) < 3000


def test_a_tool_does_not_outlive_what_it_was_for(program, tmp_path):
    program("cat")
    with (
        pytest.raises(ZeroDivisionError),
        open(tmp_path / "file", "wb") as file,
        encryption().through(file) as written,
    ):
        written.seek(0)
        process = written._process
        written.write(b"x")
        raise ZeroDivisionError
    assert process.returncode is not None


@pytest.mark.parametrize(
    ("tool", "recipients", "words"),
    [
        ("age", ["--output=/etc/passwd"], "public keys of age"),
        ("age", ["-R/etc/passwd"], "public keys of age"),
        ("age", ["AGE-SECRET-KEY-1QQQ"], "public keys of age"),
        ("age", [AGE, ""], "public keys of age"),
        ("age", ["ssh-ed25519 AAAA\n--output=x"], "public keys of age"),
        ("gpg", ["backup@example.org"], "whole fingerprints"),
        ("gpg", [FINGERPRINT[-16:]], "whole fingerprints"),
        ("gpg", ["--homedir=/tmp"], "whole fingerprints"),
        ("age", [], "encrypt_with and recipients need each other"),
        (None, [AGE], "encrypt_with and recipients need each other"),
    ],
)
def test_recipients_that_are_none_are_refused(program, tool, recipients, words):
    for each in TOOLS:
        program("exit 1", each)
    with pytest.raises(InputError, match=words):
        encryption(tool, recipients)


def test_a_tool_that_is_not_there_is_told(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(InputError, match="there is no program gpg on this machine"):
        encryption("gpg", [FINGERPRINT])


def test_without_either_option_nothing_is_encrypted():
    assert encryption(None, []) is None


@pytest.mark.parametrize("tool", [tool for tool in INSTALLED if tool == "gpg"])
def test_gpg_does_not_know_a_key_that_is_not_in_the_keyring(tool, keys, tmp_path):
    keys(tool)
    with pytest.raises(Error, match=FINGERPRINT[-16:]):
        encrypted(encryption(tool, [FINGERPRINT]), tmp_path / "file")

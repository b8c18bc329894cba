"""A directory of backups with their manifests: what lies there, and how files come into it and
leave it whole.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .._core.errors import Error, InputError
from .._core.shared_files import hold
from .._files.download import LONGEST_DOWNLOAD, sha256_of
from .._files.writing import synchronise
from .manifest import SUFFIX, Manifest, in_a_name
from .retention import newest_first

MISSING, CORRUPTED, NO_MANIFEST, UNREADABLE = (
    "missing",
    "corrupted",
    "no_manifest",
    "unreadable_manifest",
)


@dataclass(frozen=True)
class Found:
    """A file that lies, or should lie, in a directory of backups. The problem is one that shows
    without reading the file.
    """

    file: str
    manifest: Manifest | None
    problem: str | None


def found_in(directory: Path) -> list[Found]:
    """Return what lies in a directory, backups first, the newest of them first. Raises InputError
    where it cannot be read.
    """
    try:
        with os.scandir(directory) as entries:
            sizes = {
                entry.name: entry.stat().st_size
                for entry in entries
                if not entry.name.startswith(".") and entry.is_file()
            }
    except OSError as exc:
        raise InputError(
            f"The directory {directory} cannot be read: {exc.strerror or exc}."
        ) from None
    manifests: dict[str, Manifest | None] = {}
    for name in sizes:
        file = name.removesuffix(SUFFIX)
        if file != name:
            manifest = _manifest_in(directory / name)
            if manifest or file in sizes:
                manifests[file] = manifest
    backups = newest_first([manifest for manifest in manifests.values() if manifest])
    found = [
        Found(manifest.file, manifest, _problem(manifest, sizes.get(manifest.file)))
        for manifest in backups
    ]
    for name in sorted(sizes):
        if not (name in manifests or name.removesuffix(SUFFIX) in manifests):
            found.append(Found(name, None, NO_MANIFEST))
        elif manifests.get(name, ...) is None:
            found.append(Found(name, None, UNREADABLE))
    return found


def _manifest_in(path) -> Manifest | None:
    try:
        return Manifest.read(path)
    except (OSError, ValueError, RecursionError):
        return None


def _problem(manifest, size):
    return MISSING if size is None else CORRUPTED if size != manifest.size else None


class Store:
    """The backups of one server in a directory.

    What is not whole yet lies in a directory of its own within, which is also what two processes
    lock. A backup counts by its manifest, which comes last and leaves first: so that a process may
    be killed at any moment.
    """

    def __init__(self, directory: Path, server: str):
        self.directory, self.server = directory, server
        self.staging = directory / f".{in_a_name(server)}.new"

    def backups(self) -> list[Manifest]:
        """Return the backups of this server that are there in their full size, the newest first."""
        found = found_in(self.directory) if self.directory.exists() else []
        return [
            each.manifest
            for each in found
            if each.manifest and not each.problem and each.manifest.server == self.server
        ]

    def is_intact(self, backup: Manifest) -> bool:
        """Tell whether the file still has the content that the manifest records, by reading it."""
        return sha256_of(self.directory / backup.file) == backup.sha256

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other processes away from this server's backups here, and clear up what this or a
        killed one has left.
        """
        self.directory.mkdir(mode=0o700, exist_ok=True)
        self.staging.mkdir(mode=0o700, exist_ok=True)
        descriptor = os.open(self.staging, os.O_RDONLY | os.O_DIRECTORY)
        try:
            hold(descriptor, f"{self.staging}, for the backups of {self.server},", LONGEST_DOWNLOAD)
            self._clear_up()
            try:
                yield
            finally:
                self._clear_up()
        finally:
            os.close(descriptor)

    def _clear_up(self):
        """Complete what was all but done: a file that lies in its place, and whose manifest does
        not. Remove the rest.
        """
        for path in sorted(self.staging.iterdir()):
            place, manifest = self.directory / path.name.removesuffix(SUFFIX), _manifest_in(path)
            if manifest and place.is_file() and not _problem(manifest, place.stat().st_size):
                os.replace(path, self.directory / path.name)
            else:
                path.unlink()
        synchronise(self.directory)

    def admit(self, backup: Manifest) -> None:
        """Put a backup in its place, whose file lies whole and stored for good in the staging
        directory.
        """
        manifest = self.staging / (backup.file + SUFFIX)
        # O_SYNC is an fsync after each write.
        with open(
            os.open(manifest, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_SYNC, 0o600), "wb"
        ) as file:
            file.write(backup.as_json())
        os.replace(self.staging / backup.file, self.directory / backup.file)
        os.replace(manifest, self.directory / manifest.name)
        synchronise(self.directory)

    def remove(self, backup: Manifest) -> None:
        """Remove a backup."""
        manifest = self.staging / (backup.file + SUFFIX)
        os.replace(self.directory / manifest.name, manifest)
        synchronise(self.directory)
        os.unlink(self.directory / backup.file)
        os.unlink(manifest)
        synchronise(self.directory)

    def copy_from(self, other: Store, backup: Manifest) -> None:
        """Copy a backup from another store. Raises Error where the copy does not have the content
        that the manifest records.
        """
        staged = self.staging / backup.file
        shutil.copyfile(other.directory / backup.file, staged)
        os.chmod(staged, 0o600)
        synchronise(staged)
        if sha256_of(staged) != backup.sha256:
            raise Error(
                f"The copy of {other.directory / backup.file} in {self.directory} does not have the content that its manifest records: one is damaged."
            )
        self.admit(backup)

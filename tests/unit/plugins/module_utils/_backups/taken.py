"""Backups as they lie in a directory, made without a server."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ansible_collections.remoteops.access.plugins.module_utils._backups import times
from ansible_collections.remoteops.access.plugins.module_utils._backups.manifest import (
    Manifest,
    file_name,
)

SERVER, GUID = "support.example.org", "0c1d2e3f40516273849a0b1c2d3e4f50"


def ago(**duration) -> datetime:
    """Return a time in the past."""
    return datetime.now(UTC) - timedelta(**duration)


def manifest_of(
    moment: datetime, content: bytes = b"", server: str = SERVER, **changed
) -> Manifest:
    """Return the manifest of a backup."""
    sha256 = hashlib.sha256(content).hexdigest()
    return Manifest(
        **{
            "file": file_name(server, GUID, moment, ".nsb"),
            "platform": "beyondtrust",
            "url": f"https://{server}",
            "server": server,
            "product": "Remote Support",
            "guid": GUID,
            "version": "25.2.1",
            "taken_at": times.written(moment),
            "seconds": 0.5,
            "size": len(content),
            "sha256": sha256,
            "content_size": len(content),
            "content_sha256": sha256,
            "encryption": None,
            "password_protected": False,
            **changed,
        }
    )


def put(
    directory: Path, moment: datetime, content: bytes | None = None, server: str = SERVER, **changed
) -> Manifest:
    """Put a backup with its manifest into a directory."""
    content = f"A backup of {moment}.".encode() if content is None else content
    manifest = manifest_of(moment, content, server, **changed)
    directory.mkdir(exist_ok=True)
    (directory / manifest.file).write_bytes(content)
    (directory / f"{manifest.file}.json").write_bytes(manifest.as_json())
    return manifest

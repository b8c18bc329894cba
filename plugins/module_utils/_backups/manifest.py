"""What is known of a backup: its name, and the manifest that lies beside it as a JSON file and
makes it count.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from .._core.files import open_regular
from . import times

FORMAT = "remoteops.access backup 1"
SUFFIX = ".json"
LARGEST = 64 * 1024  # bytes of a manifest
PORTS = {"https": 443, "http": 80}
TYPES = {
    "str": str,
    "int": int,
    "float": (int, float),
    "bool": bool,
    "str | None": (str, type(None)),
    "dict | None": (dict, type(None)),
}


@dataclass(frozen=True)
class Manifest:
    """A backup that was taken. Sizes are bytes; what is stored differs from the content where it is
    encrypted on this side.
    """

    file: str  # the name, without a directory
    platform: str
    url: str
    server: str  # host name, and port where it is not the usual one: whose backup it is
    product: str | None
    guid: str | None
    version: str | None
    taken_at: str  # when it was asked for
    seconds: float  # how long it took
    size: int
    sha256: str
    content_size: int
    content_sha256: str
    encryption: dict | None  # tool and recipients
    password_protected: bool

    @property
    def moment(self) -> datetime:
        """When it was asked for."""
        return times.read(self.taken_at)

    def as_json(self) -> bytes:
        """Return the manifest as the content of its file."""
        return (
            json.dumps({"format": FORMAT, **asdict(self)}, indent=2, ensure_ascii=False).encode()
            + b"\n"
        )

    @classmethod
    def read(cls, path: Path) -> Manifest:
        """Return the manifest in a file. Raises ValueError where it is none, or that of a file with
        another name.
        """
        with open_regular(path) as file:
            found = json.loads(file.read(LARGEST))
        if (
            not isinstance(found, dict)
            or found.pop("format", None) != FORMAT
            or set(found) != {field.name for field in fields(cls)}
        ):
            raise ValueError("no manifest")
        for field in fields(cls):
            value = found[field.name]
            if (
                not isinstance(value, TYPES[field.type])
                or isinstance(value, bool)
                and field.type != "bool"
            ):
                raise ValueError(f"{field.name} of the wrong type")
        manifest = cls(**found)
        if manifest.file + SUFFIX != path.name:
            raise ValueError("the manifest of another file")
        times.read(manifest.taken_at)
        return manifest

    def shown(self, directory: Path) -> dict[str, Any]:
        """Return the manifest for a module's result, with the path of the file."""
        return {"path": str(directory / self.file), **asdict(self)}


def server_of(url: str) -> str:
    """Return the host name of an address, with the port where it is not the usual one."""
    parts = urlsplit(url.strip())
    port = parts.port if parts.port != PORTS.get(parts.scheme) else None
    return (parts.hostname or "").lower() + (f":{port}" if port else "")


def in_a_name(server: str) -> str:
    """Return a server as it stands in the name of a file."""
    return re.sub(r"[^a-z0-9.-]", "-", server).strip("-.")[:150] or "server"


def file_name(server: str, guid: str | None, moment: datetime, suffix: str) -> str:
    """Return the name of a new backup: server, the first eight characters of the GUID where it is
    known, and the time.
    """
    short = re.sub(r"[^0-9a-f]", "", (guid or "").lower())[:8]
    return "_".join(filter(None, (in_a_name(server), short, times.in_a_name(moment)))) + suffix

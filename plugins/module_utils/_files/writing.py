"""How files are written on the machine that a module runs on: whole or not at all, with the mode
that was asked for.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import os
import re
import tempfile
from contextlib import suppress
from pathlib import Path

from .._core.errors import InputError


def write_whole(path: Path, content: bytes, mode: int) -> None:
    """Write a file so that whatever happens it holds all of the content or what it held before,
    also after a loss of power. Raises OSError.
    """
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    try:
        with open(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(name)
        raise
    synchronise(path.parent)


def synchronise(path: Path) -> None:
    """Have a file, or the names in a directory, survive a loss of power. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def mode_of(given: str | int) -> int:
    """Return a file's mode. Raises InputError for what is none.

    A number is what YAML makes of digits without quotes: right for 0600, and nonsense for 600.
    """
    text = f"{given:o}" if isinstance(given, int) else str(given)
    if not re.fullmatch("0?[0-7]{3}", text):
        raise InputError("mode must be three or four octal digits in quotes, such as '0600'.")
    return int(text, 8)

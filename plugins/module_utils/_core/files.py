"""Files of a user's that are read: regular ones of a bounded size. A pipe, a device or a directory
could be read for ever.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from .errors import InputError

# Bytes of certificates or keys; those of all public authorities have a quarter of a megabyte.
LARGEST_PEM = 16 * 2**20


def open_regular(path: str | Path) -> BinaryIO:
    """Open a file to be read. Raises OSError where that cannot be, or where it is no regular file."""
    # A pipe without a writer would block already when it is opened.
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "it is not a regular file", str(path))
    return open(descriptor, "rb")


def read_regular(path: str | Path, largest: int) -> bytes:
    """Return what is in a file. Raises OSError as ``open_regular`` does, and for more than so many
    bytes.
    """
    with open_regular(path) as file:
        found = file.read(largest + 1)  # what /proc shows may have no end, and no size
        if len(found) > largest:
            raise OSError(errno.EFBIG, f"it has more than {largest} bytes", str(path))
        return found


def content(path: str | Path, option: str, largest: int) -> bytes:
    """Return what is in the file that an option names. Raises InputError where it cannot be read,
    is no regular file, or has too many bytes.
    """
    try:
        return read_regular(path, largest)
    except (OSError, ValueError) as exc:  # ValueError for a path with a NUL byte
        raise InputError(
            f"{option} {path} cannot be read: {getattr(exc, 'strerror', None) or exc}."
        ) from None

"""Screenshots of FastX's sessions: taken, checked to be the image that was asked for, and put in
their place whole or not at all.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import hashlib
import re
import stat
from base64 import b64decode
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .._core.errors import Error, InputError, ServerError
from .._core.server import Server
from .._files.writing import mode_of, write_whole
from .sessions import find_session

SPEC = {
    "id": {"type": "str"},
    "name": {"type": "str"},
    "dest": {"type": "path", "required": True},
    "mode": {"type": "raw", "default": "0600"},
    "format": {"type": "str", "choices": ["png", "jpeg"], "default": "png"},
    "width": {"type": "int"},
    "height": {"type": "int"},
    "geometry": {"type": "str"},
    "keep_aspect": {"type": "bool"},
}
RULES = {
    "required_one_of": [["id", "name"]],
    "mutually_exclusive": [["id", "name"], ["geometry", "width"], ["geometry", "height"]],
}
# How an image begins and ends, by its format (PNG: signature and the chunk IEND; JPEG: the markers
# SOI and EOI).
ENDS = {"png": (b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"), "jpeg": (b"\xff\xd8\xff", b"\xff\xd9")}


def take_screenshot(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Keep a file with what a session shows now. In check mode it is taken and compared, and not
    written.
    """
    dest, mode = Path(params["dest"]), mode_of(params["mode"])
    for option in ("width", "height"):
        if params[option] is not None and params[option] < 1:
            raise InputError(f"{option} must be a number of pixels, not {params[option]}.")
    if params["geometry"] is not None and not re.fullmatch(
        "[1-9][0-9]*x[1-9][0-9]*", params["geometry"]
    ):
        raise InputError(
            f"geometry must be WIDTHxHEIGHT, such as 800x600, not {params['geometry']!r}."
        )
    if not dest.parent.is_dir() or dest.exists() and not dest.is_file():
        raise InputError(f"dest: {dest} must be a file, or a new one in a directory that exists.")
    session = find_session(server.backend.sessions(), params["id"], params["name"])
    sizes = {name: params[name] for name in ("format", "width", "height", "geometry")}
    keep = None if params["keep_aspect"] is None else int(params["keep_aspect"])
    answer = server.backend.ask(
        "session/screenshot", dict, id=session["id"], keep_aspect=keep, **sizes
    )
    image = _image(answer.get("src"), params["format"])
    try:
        changed = (
            not dest.is_file()
            or dest.stat().st_size != len(image)
            or dest.read_bytes() != image
            or stat.S_IMODE(dest.stat().st_mode) != mode
        )
        if changed and not check_mode:
            write_whole(dest, image, mode)
    except OSError as exc:
        raise Error(f"{dest} cannot be written: {exc.strerror or exc}.") from exc
    return {
        "changed": changed,
        "file": str(dest),
        "size": len(image),
        "sha256": hashlib.sha256(image).hexdigest(),
        "session": session["id"],
    }


def _image(source, wanted) -> bytes:
    """Return the image in a data URL (RFC 2397). Raises ServerError for what is no whole image of
    the format.
    """
    found = (
        re.fullmatch(r"data:image/(\w+);base64,([A-Za-z0-9+/=\s]+)", source)
        if isinstance(source, str)
        else None
    )
    if not found:
        raise ServerError(
            "session/screenshot answered something that is not a data URL of an image."
        )
    if found[1] != wanted:
        raise ServerError(
            f"session/screenshot answered an image of the type {found[1]}, where {wanted} was asked for."
        )
    try:
        image = b64decode(found[2])
    except ValueError:
        image = b""
    begin, end = ENDS[wanted]
    if not image.startswith(begin) or not image.endswith(end):
        raise ServerError(
            f"session/screenshot answered {len(image)} bytes that are no whole {wanted}."
        )
    return image

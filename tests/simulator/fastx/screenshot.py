"""Real images of any size without content: the screenshots of simulated sessions."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import base64
import struct
import zlib


def data_url(width: int, height: int, kind: str) -> str:
    """A grey image in pixels as a data URL; `kind` is png or jpeg."""
    image = (_png if kind == "png" else _jpeg)(width, height)
    return f"data:image/{kind};base64,{base64.b64encode(image).decode()}"


def _png(width: int, height: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = (b"\x00" + b"\x80" * width) * height
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows, 1))
        + chunk(b"IEND", b"")
    )


def _jpeg(width: int, height: int) -> bytes:
    """Grey from end to end: each block of 8 by 8 pixels says "as before" and "nothing more", in one
    bit each.
    """

    def segment(marker: int, data: bytes) -> bytes:
        return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data

    bits = 2 * -(-width // 8) * -(-height // 8)
    data = bytearray(-(-bits // 8))
    if bits % 8:
        data[-1] = 0xFF >> bits % 8
    # A Huffman table with one code, "0", for the symbol 0.
    one_code = bytes([1] + [0] * 15) + b"\x00"
    return b"".join(
        (
            b"\xff\xd8",
            segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"),
            segment(0xDB, b"\x00" + b"\x01" * 64),
            segment(0xC0, struct.pack(">BHHBBBB", 8, height, width, 1, 1, 0x11, 0)),
            segment(0xC4, b"\x00" + one_code),
            segment(0xC4, b"\x10" + one_code),
            segment(0xDA, b"\x01\x01\x00\x00\x3f\x00"),
            bytes(data),
            b"\xff\xd9",
        )
    )

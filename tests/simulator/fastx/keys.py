"""SSH keys as the FastX document wants them: the blob of an RSA key, the data to be signed, and
whether a signature fits.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import base64
import hashlib
import secrets
import struct

from .answers import broken

KEY_TYPE = b"ssh-rsa"
_USERAUTH_REQUEST = 50  # RFC 4252
_SHA1 = bytes.fromhex("3021300906052b0e03021a05000414")  # what precedes the digest in PKCS#1 v1.5


def _strings(blob: bytes) -> list[bytes]:
    found = []
    while blob:
        length = int.from_bytes(blob[:4], "big")
        if len(blob) < 4 + length:
            raise ValueError("a string of the blob is cut off")
        found.append(blob[4 : 4 + length])
        blob = blob[4 + length :]
    return found


def _string(value: bytes) -> bytes:
    return struct.pack(">I", len(value)) + value


def decode(name: str, text: str) -> bytes:
    """The bytes behind Base64. Raises Refused (a violation) where it is none."""
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        raise broken(f"{name} must be Base64") from None


def read_public_key(text: str) -> tuple[bytes, int, int]:
    """The blob, e and n of a Base64 public key. Raises Refused (a violation) where it is no
    `ssh-rsa` blob.
    """
    blob = decode("publicKey", text)
    try:
        kind, exponent, modulus = _strings(blob)
    except ValueError:
        raise broken("publicKey must hold three strings: ssh-rsa, e and n") from None
    if kind != KEY_TYPE:
        raise broken("publicKey must be an ssh-rsa key")
    if any(not number or number[0] >= 128 for number in (exponent, modulus)):
        raise broken("e and n of publicKey must be positive numbers")
    return blob, int.from_bytes(exponent, "big"), int.from_bytes(modulus, "big")


def data_to_sign(login: str, blob: bytes) -> bytes:
    """What an SSH server lets be signed (RFC 4252, section 7). That signData is this is a guess."""
    request = (
        bytes([_USERAUTH_REQUEST])
        + _string(login.encode())
        + _string(b"ssh-connection")
        + _string(b"publickey")
        + b"\x01"
    )
    return _string(secrets.token_bytes(20)) + request + _string(KEY_TYPE) + _string(blob)


def fits(signature: bytes, form: str, public_key: str, data: bytes) -> bool:
    """Whether it is the RSA PKCS#1 v1.5 signature with SHA-1 of the data, in the form `bare` or
    `blob` (an SSH signature blob).
    """
    if form == "blob":
        try:
            kind, signature = _strings(signature)
        except ValueError:
            return False
        if kind != KEY_TYPE:
            return False
    _blob, exponent, modulus = read_public_key(public_key)
    size = (modulus.bit_length() + 7) // 8
    if len(signature) != size:
        return False
    digest = _SHA1 + hashlib.sha1(data, usedforsecurity=False).digest()
    expected = b"\x00\x01" + b"\xff" * (size - len(digest) - 3) + b"\x00" + digest
    return (
        pow(int.from_bytes(signature, "big"), exponent, modulus).to_bytes(size, "big") == expected
    )

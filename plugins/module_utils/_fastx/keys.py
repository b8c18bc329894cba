"""Private RSA keys and what FastX wants of them: the public key in the form of SSH, and signatures
(experimental).
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from base64 import b64decode, b64encode

from ansible.module_utils.basic import missing_required_lib

from .._core.errors import InputError, ServerError
from .._core.files import LARGEST_PEM, content

KEY_TYPE = b"ssh-rsa"
# What the signature in its Base64 is: the bare signature, or an SSH blob of the key's type and it.
# No document says; SHA-1 goes with the key's type.
SIGNATURE_FORMS = ("bare", "ssh_blob")


class RsaKey:
    """A private key that FastX's users log in with. Raises InputError for a file that holds none."""

    def __init__(self, path: str, passphrase: str | None, signature_form: str):
        try:
            from cryptography.exceptions import UnsupportedAlgorithm
            from cryptography.hazmat.primitives import serialization
            from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
        except ImportError:
            raise InputError(
                f"private_key_path needs it: {missing_required_lib('cryptography')}"
            ) from None
        data = content(path, "private_key_path", LARGEST_PEM)
        load = (
            serialization.load_ssh_private_key
            if b"BEGIN OPENSSH" in data
            else serialization.load_pem_private_key
        )
        try:
            key = load(data, passphrase.encode() if passphrase else None)
        except (ValueError, TypeError, UnsupportedAlgorithm):
            raise InputError(
                f"private_key_path {path} is no private key that can be read with this private_key_passphrase."
            ) from None
        if not isinstance(key, RSAPrivateKey):
            raise InputError(f"private_key_path {path} is no RSA key; FastX knows no other.")
        self._key, self._signature_form = key, signature_form

    def public(self) -> str:
        """Return the public key as the vendor's page describes it."""
        numbers = self._key.public_key().public_numbers()
        return b64encode(
            b"".join(map(_string, (KEY_TYPE, _number(numbers.e), _number(numbers.n))))
        ).decode()

    def signature(self, sign_data: str) -> str:
        """Return the signature of what the server wants to have signed, both in Base64. Raises
        ServerError for what is no Base64.
        """
        from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
        from cryptography.hazmat.primitives.hashes import SHA1

        try:
            data = b64decode(sign_data, validate=True)
        except ValueError:
            raise ServerError(
                "The server gave something to be signed that is not Base64."
            ) from None
        signature = self._key.sign(data, PKCS1v15(), SHA1())
        return b64encode(
            signature if self._signature_form == "bare" else _string(KEY_TYPE) + _string(signature)
        ).decode()


def _string(content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + content


def _number(value: int) -> bytes:
    """Return a positive number as SSH writes it (RFC 4251, 5): the first bit is its sign."""
    return value.to_bytes(value.bit_length() // 8 + 1, "big")

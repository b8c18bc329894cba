"""What must not be seen in any text, in whatever form it is written."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import re
import struct
from collections.abc import Iterable


class Mask:
    """Texts that must not be seen."""

    def __init__(self):
        self._secrets, self._pattern = set(), None

    def add(self, secrets: Iterable[str]) -> None:
        """Mask these, too."""
        new = set(filter(None, secrets)) - self._secrets
        if new:
            self._secrets |= new
            self._pattern = None  # made when it is needed, as there may be thousands of secrets and seldom a message

    def over(self, text: str) -> str:
        """Return ``text`` with every secret masked, as it is and in whatever form a URL or JSON gives it."""
        if self._secrets and self._pattern is None:
            longest_first = sorted(self._secrets, key=len, reverse=True)
            self._pattern = re.compile("|".join("".join(map(_in_any_form, secret)) for secret in longest_first))
        return self._pattern.sub("********", text) if self._pattern else text


def _in_any_form(character):
    """Return a pattern for a character as it is, percent-encoded in either case, or escaped as in JSON."""
    percent = "".join(f"%{byte:02x}" for byte in character.encode())
    unicode = "".join(rf"\\u{unit:04x}" for unit in struct.unpack(f"<{len(character.encode('utf-16-le')) // 2}H", character.encode("utf-16-le")))
    return rf"(?:\\?{re.escape(character)}|(?i:{percent}|{unicode}){'|[+]' if character == ' ' else ''})"

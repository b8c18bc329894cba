"""What can be the name of something: a text that everybody sees as it is, and that looks like no
other.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import unicodedata

from .errors import InputError

# Unicode's categories of what nobody sees, or what breaks a line: controls, formats (zero-width and
# bidirectional marks), halves of characters, separators.
_UNSEEN = {
    "Cc": "control",
    "Cf": "invisible",
    "Cs": "broken",
    "Zl": "line-breaking",
    "Zp": "line-breaking",
}
# Letters and marks that fonts draw as nothing: fillers of Hangul and Braille, the grapheme joiner.
_BLANK = set("\u115f\u1160\u3164\uffa0\u2800\u034f")


def composed(text: str) -> str:
    """Return a text in Unicode's form NFC: an accent that follows its letter, as macOS writes file
    names, becomes part of it.
    """
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def composed_key(key: tuple) -> tuple:
    """Return a key with its texts in that form."""
    return tuple(
        composed_key(part)
        if isinstance(part, tuple)
        else composed(part)
        if isinstance(part, str)
        else part
        for part in key
    )


def forms_of(text: str) -> list[str]:
    """Return the ways in which a server may keep a text that looks like this one."""
    return list(
        dict.fromkeys(
            [
                text,
                *(
                    ()
                    if text.isascii()
                    else (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
                ),
            ]
        )
    )


def check_name(place: str, text: str) -> None:
    """Raise InputError for a name with blanks at an end, a line break, or a character that nobody
    sees.
    """
    if text != text.strip():
        raise InputError(f"{place} {text!r} has blanks at an end.")
    for character in text:
        kind = "invisible" if character in _BLANK else _UNSEEN.get(unicodedata.category(character))
        if kind:
            raise InputError(
                f"{place} {ascii(text)} holds a {kind} character (U+{ord(character):04X})."
            )

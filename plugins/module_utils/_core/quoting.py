"""How texts of others (a server, a file, an environment) are quoted to people: printable, on one
line, and short.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import re
import unicodedata
from typing import Any

LONGEST_NAME = 300
"""Characters of a name, or of a reason that a server gives, that are shown."""
LONGEST_MESSAGE = 5000
"""Characters of a whole message that are shown."""
TEXT_WANTED = "a text is wanted; put it in quotes, and a template through the filter string"
"""What is asked for where something else was read (``as_read``)."""

# Whatever separates lines or words: the terminal's line breaks and tabs, and those of Unicode.
_SPACES = re.compile(r"\s+")
# Control, format (bidirectional, zero-width), surrogate, private and unassigned characters:
# Unicode's categories C*.
_INVISIBLE = "C"


def quoted(value: Any, most: int = LONGEST_NAME) -> str:
    """Return the text of ``value`` as it can be shown: on one line, without what a terminal or a
    reader's eye would take for something else.

    Blanks and line breaks become one blank, characters that cannot be seen become escapes such as
    ``\\u202e``, and what is longer than ``most`` characters loses its middle.
    """
    text = str(value)
    # What is cut away need not be looked at: a text may have megabytes. An escape is longer than
    # what it stands for, so it is cut once more.
    text = _shortened(text, most)
    return _shortened(printable(_SPACES.sub(" ", text).strip()), most)


def as_written(value: Any) -> str:
    """Return a value as people write it: a text in quotes, everything else as JSON.

    It is not made short or printable here: whoever shows the message masks its secrets first.
    """
    if isinstance(value, str):
        return repr(value)
    return json.dumps(value, default=str, ensure_ascii=False)


def as_text(value: Any) -> str:
    """Return a text as it is, and anything else as people write it."""
    return value if isinstance(value, str) else as_written(value)


def as_read(value: Any, secret: bool = False) -> str:
    """Return what YAML made of something that was meant as a text, for a message; a secret number
    is not shown.
    """
    if isinstance(value, bool):
        return f"{str(value).lower()} (YAML reads yes, no, on and off as true and false)"
    if isinstance(value, (int, float)):
        shown = "" if secret else f" {value}"
        return f"the number{shown} (YAML reads 0123 as 83, 1.10 as 1.1 and 12:30 as 750)"
    return {dict: "a mapping", list: "a list", tuple: "a list", type(None): "null"}.get(
        type(value), "something else"
    )


def printable(text: str) -> str:
    """Return a text of one line with an escape such as ``\\u202e`` for each character that cannot
    be seen, or would end the line.
    """
    return text if text.isprintable() and text.isascii() else "".join(map(_visible, text))


def _visible(character) -> str:
    if character.isprintable() and unicodedata.category(character)[0] != _INVISIBLE:
        return character
    code = ord(character)  # written as in JSON, in which form a secret is masked, too
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _shortened(text, most) -> str:
    if len(text) <= most:
        return text
    kept = (most - len(" ... ")) // 2
    return f"{text[:kept]} ... {text[-kept:]}"

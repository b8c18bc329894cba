"""Pages of HTML for people, in one house style: each needs nothing but itself, and nothing that
others said in it does any harm.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from html import escape
from typing import Any

from .._core.quoting import LONGEST_MESSAGE, quoted
from .style import STYLE

# What XML cannot hold.
UNREADABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LONGEST_SHOWN = 400  # characters of what a server said
SIZE_UNITS = ("bytes", "KB", "MB", "GB", "TB")


def safe(text: Any) -> str:
    """Return a text as it can stand in HTML and XML, whoever wrote it: on one line, and without
    what turns the text around it about.
    """
    return escape(quoted(UNREADABLE.sub("\N{REPLACEMENT CHARACTER}", str(text)), LONGEST_MESSAGE))


def said(words: Any) -> str:
    """Return what somebody else said, as far as there is room for it."""
    words = str(words)
    return safe(words if len(words) <= LONGEST_SHOWN else f"{words[:LONGEST_SHOWN]}…")


def duration(seconds: float | None) -> str:
    """Return a duration for people."""
    if seconds is None:
        return "not known"
    if seconds < 59.95:
        return f"{seconds:.1f} s".replace(".0 s", " s")
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s".removesuffix(" 0 s")


def size(number: float | None) -> str:
    """Return a number of bytes for people; nothing for None."""
    if number is None:
        return ""
    number, unit = float(number), 0
    while number >= 1000 and unit < len(SIZE_UNITS) - 1:
        number, unit = number / 1000, unit + 1
    return f"{number:.0f} {SIZE_UNITS[unit]}" if unit == 0 else f"{number:.1f} {SIZE_UNITS[unit]}"


def header(kicker: str, title: str, when: str, verdict: str, judged: str) -> str:
    """Return the head of a page, of HTML; the verdict's class is ``judged``."""
    return (
        f'<header><div><p class="kicker">{kicker}</p><h1>{title}</h1><p class="when">{when}</p></div>'
        f'<p class="verdict {judged}">{verdict}</p></header>'
    )


def tile(name: str, value: str, note: str) -> str:
    """Return one number that is to be seen first."""
    return f'<div class="tile"><p class="name">{name}</p><p class="value">{value}</p><p class="note">{note}</p></div>'


def section(title: str, content: str) -> str:
    """Return a section; nothing where it has no content."""
    return f"<section><h2>{title}</h2>{content}</section>" if content else ""


def table(
    heads: Sequence[str], rows: Iterable[Sequence[str]], numbers: Collection[int] = ()
) -> str:
    """Return a table of cells of HTML, or nothing where it has no rows. The columns of numbers
    stand at the right, with their heads.
    """
    body = "".join(f"<tr>{_cells('td', row, numbers)}</tr>" for row in rows)
    head = _cells("th", heads, numbers, ' scope="col"')
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>" if body else ""


def _cells(tag, row, numbers, attributes="") -> str:
    kinds = (' class="number"' if place in numbers else "" for place in range(len(row)))
    return "".join(
        f"<{tag}{attributes}{kind}>{cell}</{tag}>" for cell, kind in zip(row, kinds, strict=True)
    )


def document(title: str, parts: Iterable[str]) -> str:
    """Return a whole page, which may load nothing and run nothing."""
    body = "\n".join(filter(None, parts))
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )

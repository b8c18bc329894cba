"""How texts of others are quoted: printable, on one line, and short."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import random
import sys
import unicodedata

import pytest

from ansible_collections.remoteops.access.plugins.module_utils._core.http import Session
from ansible_collections.remoteops.access.plugins.module_utils._core.quoting import (
    LONGEST_NAME,
    quoted,
)


@pytest.mark.parametrize(
    "text, shown",
    [
        ("Anna Keller", "Anna Keller"),
        ("Zoë 漢字 😀 \\d+", "Zoë 漢字 😀 \\d+"),
        ("two\nlines\r\n\tand  more\u2028end", "two lines and more end"),
        ("", ""),
        ("\x1b[2J\x07", "\\u001b[2J\\u0007"),
        ("a\u202ecod.exe\u2066", "a\\u202ecod.exe\\u2066"),
        ("zero\u200bwidth\ufeff", "zero\\u200bwidth\\ufeff"),
        ("\ud800", "\\ud800"),
        ("\x00", "\\u0000"),
        ("\U000e0041", "\\U000e0041"),
        (None, "None"),
        (["a\n"], "['a\\n']"),
    ],
)
def test_what_cannot_be_seen_is_written_out_and_the_rest_is_left(text, shown):
    assert quoted(text) == shown
    assert quoted(shown) == shown


def test_any_text_becomes_one_printable_line_of_bounded_length():
    numbers = random.Random(20261201)
    for _number in range(500):
        text = "".join(
            chr(numbers.choice([numbers.randrange(0x250), numbers.randrange(sys.maxunicode + 1)]))
            for _sign in range(numbers.randrange(40))
        )
        shown = quoted(text, 60)
        assert (
            len(shown) <= 60
            and shown.isprintable()
            and not any(unicodedata.category(sign)[0] == "C" for sign in shown)
        )


def test_what_is_long_loses_its_middle_and_is_not_walked_through():
    shown = quoted("begin" + "\x1b" * 10**6 + "end")
    assert (
        len(shown) <= LONGEST_NAME
        and shown.startswith("begin")
        and shown.endswith("end")
        and " ... " in shown
    )


@pytest.mark.parametrize(
    "secret",
    [
        "s3cret with  blanks",
        "-----BEGIN KEY-----\nMIIB\x0bAAA\n-----END KEY-----\n",
        "p\x1bss\u202eword",
        "x" * 4000,
    ],
)
def test_a_secret_is_masked_before_its_place_is_cut_or_folded(secret):
    session = Session("https://support.example.org", secrets=[secret])
    for padding in (0, 140, 290, 310):
        shown = session.redact("." * padding + secret + "." * 100, 300)
        assert "********" in shown or padding == 310
        assert (
            not any(secret[at : at + 8] in shown for at in range(len(secret) - 8))
            and "MIIB" not in shown
        )
    session.close()

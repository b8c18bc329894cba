"""Restrictions admit what they say, and none of them takes for ever to say so."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import random
import re

import pytest

from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.admission import admits

PATTERNS = [
    r"198\.51\.100\.7",
    r"198\.51\.100\..*",
    r"(10|192)\.[0-9]+\.\d{1,3}\.\d{1,3}",
    r"(\d{1,3}\.){3}\d{1,3}",
    r"10\.0\.0\.([0-9]|[1-9][0-9]|1[0-9]{2})",
    r"^10\.1\..*$",
    r"10.1.2.3",
    r".*",
    r".+",
    r"",
    r"10\.1\.2\.[^3]",
    r"(?:fd|fe)[0-9a-f:]+",
    r"(?i)FD00:.*",
    r"[\d.]+",
    r"\S+?",
    r"\D+",
    r"10\.(1|2|)\.2\.3",
    r"(a*)*b",
    r"(10\.){1,2}1\.2\.3",
    r"\Q",
    r"10\.1\.2\.3\Z",
    r"(?i)[f]d00::1",
    r"1?0?\.?1\.2\.3",
    r"((10)|(\.)|1|2|3)*",
    "(",
    "[",
    "*",
]
ADDRESSES = [
    "198.51.100.7",
    "198.51.100.70",
    "10.1.2.3",
    "10.1.2.4",
    "192.168.1.255",
    "fd00::1",
    "FD00::1",
    "",
    "b",
    "aaab",
    "10.0.0.199",
]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_restriction_admits_what_python_says_that_it_matches(pattern):
    for address in ADDRESSES:
        try:
            wanted = bool(re.fullmatch(pattern, address))
        except re.error:
            wanted = False
        assert admits([pattern], address) is wanted, address


def test_expressions_made_by_chance_admit_what_python_says_that_they_match():
    chance, parts = (
        random.Random(3),
        ["1", "0", r"\.", ".", "[01]", r"\d", "(1|0)", "(?:10)", "[^1]", "(1|10|)"],
    )
    for _number in range(2000):
        pattern = "".join(
            chance.choice(parts) + chance.choice(["", "", "*", "+", "?", "{2}", "{1,3}", "*?"])
            for _part in range(chance.randint(1, 4))
        )
        for address in ("10.1", "1.0", "1010", "", "11", "0.0.0"):
            assert admits([pattern], address) is bool(re.fullmatch(pattern, address)), (
                pattern,
                address,
            )


@pytest.mark.parametrize(
    "pattern",
    [
        r"(1+)+x",
        r"(1*)*x",
        r"(1|1)*x",
        r"(1|11)+x",
        r"([0-9]+)*x",
        "1*" * 30 + "x",
        ".*" * 200 + "x",
        "(" * 60 + "1" + "*)" * 60 + "x",
        r"((1{1,100}){1,100}){1,100}x",
        r"(1{0,65535}){0,65535}x",
        r"(?=(1+)+x).*",
        r"(1)\1*x",
        "(" * 5000,
        "1" * 5000,
        r"(?>1+)x",
        r"1*+x",
    ],
    ids=range(16),
)
def test_no_expression_of_a_server_is_followed_for_ever(pattern):
    assert not admits([pattern], "1" * 200)
    assert admits([pattern, r"1+"], "1" * 200), "another one counts all the same"

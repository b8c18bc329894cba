"""Alters one place of an honest answer, as a hostile or broken server might: a value of another
type, a key that is missing, bytes that are turned.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import copy
import json
import random
import re

NESTED = "@nested@"
"""Stands for what Python's own writer of JSON could not write."""
VALUES = (
    None,
    True,
    False,
    0,
    -1,
    1.5,
    10**30,
    float("inf"),
    float("nan"),
    int("9" * 400),
    "",
    " ",
    "0",
    "text",
    "\ud800",
    "\x00",
    "a\nb\x1b[2J",
    "\u202ex",
    "x" * 5000,
    [],
    [[]],
    [None],
    ["text"],
    [{}],
    {},
    {"id": {}},
    {"name": []},
    {"": None},
    NESTED,
)


def altered(body: bytes, seed: int) -> bytes:
    """Return the body of an answer with one place altered, the same one for the same seed: within
    JSON one value, else one part of the text.
    """
    chance = random.Random(seed)
    try:
        value = json.loads(body)
    except ValueError:
        return _text(body, chance)
    nested = b"[" * 3000 + b"]" * 3000
    return json.dumps(_within(value, chance)).encode().replace(f'"{NESTED}"'.encode(), nested)


def _within(value, chance):
    whole = [copy.deepcopy(value)]
    places = list(_places(whole))
    # The outermost places are few, and altering them tells little that a wrong shape does not tell.
    parent, key = chance.choice(places[1:] if len(places) > 1 and chance.random() < 0.9 else places)
    deed = chance.random()
    if deed < 0.15 and isinstance(parent, dict):
        del parent[key]
    elif deed < 0.2 and isinstance(parent, list):
        parent.insert(key, parent[key])
    else:
        parent[key] = chance.choice(VALUES)
    return whole[0] if whole else None


def _places(parent):
    for key in list(parent) if isinstance(parent, dict) else range(len(parent)):
        yield parent, key
        if isinstance(parent[key], (dict, list)):
            yield from _places(parent[key])


def _text(body: bytes, chance) -> bytes:
    """Alter a text (XML, CSV, a bare word) or an archive: one value, one tag, or some bytes."""
    if not body:
        return chance.choice([b"x", b"\x00", b"null", b"[]"])
    values = list(re.finditer(rb'>([^<>]+)<|"([^"<>]*)"', body))
    if values and chance.random() < 0.7:
        found = chance.choice(values)
        group = 1 if found[1] is not None else 2
        new = chance.choice(
            [
                b"",
                b"-1",
                b"9" * 400,
                b"text",
                b"\xc2\x9b31m",
                b"1e999",
                b" ",
                b"x" * 5000,
                b"\xff",
                b"0",
            ]
        )
        return body[: found.start(group)] + new + body[found.end(group) :]
    at = chance.randrange(len(body))
    return (
        body[:at]
        + chance.choice([b"", b"\x00", b"<", b"&", b",", b'"', b"\xff"])
        + body[at + chance.randrange(1, 20) :]
    )

"""No secret is seen, whichever way each of its characters is written, and looking for it takes time
in proportion to the text.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import random
import string
import time
from urllib.parse import quote, quote_plus

import pytest

from ansible_collections.remoteops.access.plugins.module_utils._core.mask import Mask


def masked(text, *secrets):
    mask = Mask()
    mask.add(secrets)
    return mask.over(text)


def key(number):
    """Return what looks like a private key."""
    chance = random.Random(number)
    lines = [
        "".join(chance.choices(string.ascii_letters + string.digits + "+/", k=70))
        for _line in range(26)
    ]
    return "\n".join(
        ["-----BEGIN OPENSSH PRIVATE KEY-----", *lines, "-----END OPENSSH PRIVATE KEY-----", ""]
    )


def units(character):
    data = character.encode("utf-16-be")
    return [int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data), 2)]


# Each writes one character.
PLAIN = {
    "as it is": lambda character: character,
    "percent": lambda character: "".join(f"%{byte:02X}" for byte in character.encode()),
    "percent in small letters": lambda character: "".join(
        f"%{byte:02x}" for byte in character.encode()
    ),
    "reserved only": lambda character: quote(character, safe=""),
    "form": quote_plus,
    "JSON": lambda character: json.dumps(character)[1:-1],
    "JSON in Unicode": lambda character: json.dumps(character, ensure_ascii=False)[1:-1],
    "JSON of units": lambda character: "".join(f"\\u{unit:04X}" for unit in units(character)),
    "Python": lambda character: repr(character)[1:-1],
    "Python of bytes": lambda character: (
        f"\\x{ord(character):02x}" if ord(character) < 256 else character
    ),
    "JSON with slashes": lambda character: json.dumps(character)[1:-1].replace("/", "\\/"),
}
SECRETS = [
    "s3cr3t-token/\u00e4+b c\"d\\e%f'g",
    "plain-password",
    "with blank and + and %",
    "%41%2Fxyz",
    "100%",
    "C:\\new\\table",
    "\U0001f511 of the house",
    "line\nbreak\ttab",
    "n0t a hex",
    "41bcdef/gh",
    key(1),
]


@pytest.mark.parametrize("form", PLAIN)
@pytest.mark.parametrize("secret", SECRETS, ids=range(len(SECRETS)))
def test_a_secret_is_masked_in_each_form(form, secret):
    written = "".join(map(PLAIN[form], secret))
    for before, after in [
        ("before ", " after"),
        ('{"a": "', '"}'),
        ("https://server.test/", "/x?y"),
        ("", ""),
        ("a=", "&b=1"),
        ("50% ", ""),
        ("\\n", ""),
    ]:
        assert masked(before + written + after, secret) == f"{before}********{after}"


@pytest.mark.parametrize("secret", SECRETS, ids=range(len(SECRETS)))
def test_a_secret_is_masked_when_each_character_is_written_in_another_form(secret):
    chance = random.Random(5)
    for _try in range(20):
        # A backslash or percent sign as it is, before an escape, would be a part of that.
        written = "".join(
            PLAIN[
                chance.choice(
                    list(PLAIN) if character not in "\\%" else ["percent", "JSON of units"]
                )
            ](character)
            for character in secret
        )
        shown = masked(f"before {written} after", secret)
        # Forms that were mixed so may be read in more than one way; nothing of the secret is left
        # in any case.
        assert (
            shown.startswith("before ****")
            and shown.endswith("* after")
            and set(shown[7:-6]) == {"*"}
        ), written


@pytest.mark.parametrize("secret", SECRETS, ids=range(len(SECRETS)))
def test_a_secret_is_masked_in_one_form_within_another(secret):
    for written in (
        json.dumps(json.dumps(secret)[1:-1])[1:-1],
        quote(json.dumps(secret)[1:-1], safe=""),
        json.dumps(quote(secret, safe=""))[1:-1],
        quote(quote(secret, safe=""), safe=""),
        repr(json.dumps(secret)[1:-1])[1:-1],
        quote_plus(json.dumps(quote_plus(secret))[1:-1]),
    ):
        assert masked(f"before {written} after", secret) == "before ******** after"


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("C:\\name-of-it", "name-of-it"),
        ("C:\\na%2Fme", "na/me"),
        ("100%abcdef", "abcdef"),
        ("100%41bcdef", "41bcdef"),
        ("100%41bc%2Fdef", "41bc/def"),
        ("\\u00e4bcd", "u00e4bcd"),
        ("DOMAIN\\u00e4bcd", "u00e4bcd"),
        ("50%%73ecret", "secret"),
        ("%E4%BDsecret", "secret"),
        ("%C3secret%2f", "secret/"),
        ("\\\\server\\secret", "secret"),
        ("\\ud83dsecret", "secret"),
    ],
)
def test_what_stands_before_a_secret_does_not_hide_it(text, secret):
    shown = masked(text, secret)
    assert secret not in shown and shown.endswith("********") and len(shown) > len("********")


def test_secrets_that_overlap_or_hold_one_another_leave_nothing_behind():
    assert masked("abcdefgh", "abcd", "abcdefgh") == "********"
    assert masked("abcdef", "abcd", "cdef") == "********"
    assert masked("abcdabcd", "abcd") == "****************"
    assert masked("xabcdy%61bcdz", "abcd") == "x********y********z"


def test_the_lines_of_a_key_are_masked_one_by_one_too():
    secret = key(2)
    for text in (" ".join(secret.split()), secret.replace("\n", "\n    "), secret[:1000]):
        shown = masked(text, secret)
        assert not any(line in shown for line in secret.splitlines()[1:-1] if line in text)


def test_text_without_a_secret_is_left_as_it_is():
    text = 'a % b %zz %4 \\ "\\n" %ff%fe \\ud800 \\U00110000 \\u12 \\x1 +'
    assert masked(text, "secret", "100%", "a\\nb") == text
    assert masked("a\nb\nc", "%0a") == "a\nb\nc", "what is left of a short secret is not sought"


def seconds(secrets, text):
    """Return the processor time of masking a text, with all that has to be prepared for it."""
    begun = time.process_time()
    masked(text, *secrets)
    return time.process_time() - begun


@pytest.mark.parametrize(
    "piece",
    [
        "a message of the server, with nothing in it. ",
        "%2F",
        "\\u00e4",
        "%25",
        "\\\\",
        "%C3",
        "-----BEGIN OPENSSH PRIVATE KEY-----\n",
        "a",
        key(0)[:1800],
    ],
    ids=[
        "words",
        "slashes",
        "units",
        "percents",
        "backslashes",
        "half a letter",
        "beginnings of keys",
        "letters",
        "keys but for their ends",
    ],
)
def test_masking_takes_time_in_proportion_to_the_text_and_to_the_number_of_secrets(piece):
    secrets = [*map(key, range(30)), "a" * 4000 + "b", "%25" * 1000 + "x"]
    small, large = ((piece * (size // len(piece)))[:size] for size in (2**17, 2**20))
    few = max(min(seconds(secrets, small) for _try in range(2)), 0.05)
    # Eight times as much text; what is quadratic takes sixty-four times as long.
    assert seconds(secrets, large) < 24 * few


def test_a_message_with_thousands_of_secrets_is_masked_in_less_time_than_it_takes_to_read_them_twice():
    secrets = [f"secret-{number}-{number:06x}" for number in range(5000)]
    text = " ".join(secrets)
    assert "secret" not in masked(text, *secrets)

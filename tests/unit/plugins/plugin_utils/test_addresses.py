"""Which names and addresses mean the machine itself: whatever the system's own functions take for
it, in whatever spelling.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import random
import socket
from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest

from ansible_collections.remoteops.access.plugins.plugin_utils import _addresses
from ansible_collections.remoteops.access.plugins.plugin_utils._addresses import (
    means_this_machine,
    usable_address,
)

OTHERS = [
    "sw-1",
    "10.0.0.1",
    "db.example.org",
    "münchen.example",
    "2001:db8::1",
    "fe80::9",
    "127x.example",
    "localhosts",
    "mylocalhost",
    "a-localhost",
    "beef",
    "8.8.8.8",
    "12.example",
    "0xcafe.example",
    "::ffff:10.0.0.1",
    "64:ff9b::a00:1",
    "128.0.0.1",
    "126.255.255.255",
    "1.0.0.0",
    "localhost.example.org",
]


def own(address: str) -> bool:
    """Tell, by the standard library alone, whether an address is one of the machine itself."""
    found = ip_address(address)
    mapped = getattr(found, "ipv4_mapped", None)
    return (
        any(
            each is not None and (each.is_loopback or each.is_unspecified)
            for each in (found, mapped)
        )
        or found.packed[0] == 0
        and found.version == 4
    )


def spellings(number: int, chance: random.Random):
    """Yield ways in which inet_aton reads an address: one to four parts, each decimal, octal or
    hexadecimal.
    """
    writers = [
        str,
        lambda part: f"0{part:o}",
        hex,
        lambda part: f"0X{part:X}",
        lambda part: f"000{part:o}",
    ]
    for parts in range(1, 5):
        leading = [number >> shift & 0xFF for shift in (24, 16, 8)][: parts - 1]
        last = number & (1 << 8 * (5 - parts)) - 1
        yield ".".join(chance.choice(writers)(part) for part in [*leading, last])


def test_whatever_inet_aton_takes_for_this_machine_is_this_machine():
    chance = random.Random(4711)
    loopback = [0x7F000001, 0x7F000101, 0x7FFFFFFF, 0, 1, 0x00FFFFFF]
    tried = 0
    for number in [
        *loopback,
        *(0x7F000000 | chance.randrange(2**24) for _each in range(300)),
        *(chance.randrange(2**32) for _each in range(300)),
    ]:
        for text in spellings(number, chance):
            read = IPv4Address(socket.inet_aton(text))
            assert means_this_machine(text) == own(str(read)), (text, read)
            assert means_this_machine(text.upper() + ".") == own(str(read)), text
            tried += 1
    assert tried > 2000


def test_whatever_getaddrinfo_reads_as_a_number_of_this_machine_is_this_machine():
    chance = random.Random(2026)
    texts = [
        "".join(chance.choice("0127xXfF.") for _sign in range(chance.randrange(1, 12)))
        for _number in range(5000)
    ]
    texts += [
        str(
            IPv6Address(
                chance.choice([0, 0xFFFF << 32, 0x64FF9B << 96])
                | 0x7F << 24
                | chance.randrange(2**24)
            )
        )
        for _number in range(500)
    ]
    read = 0
    for text in texts:
        try:
            found = {
                entry[4][0] for entry in socket.getaddrinfo(text, None, flags=socket.AI_NUMERICHOST)
            }
        except (OSError, UnicodeError):
            continue
        read += 1
        if any(own(address) for address in found):
            assert means_this_machine(text) and usable_address(text) is None, text
    assert read > 300


@pytest.mark.parametrize(
    "address",
    [
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:0:127.0.0.1",
        "64:ff9b::127.0.0.1",
        "64:ff9b:1::7f00:1",
        "2002:7f00:1::",
        "::ffff:0.0.0.0",
    ],
)
def test_an_address_of_this_machine_within_another_is_this_machine(address):
    assert (
        means_this_machine(address)
        and means_this_machine(address.upper())
        and means_this_machine(f"[{address}]")
        and means_this_machine(f"{address}%eth0")
    )


@pytest.mark.parametrize(
    "name",
    [
        "localhost",
        "LocalHost.",
        "localhost.localdomain",
        "ip6-localhost",
        "a.b.localhost",
        "ｌｏｃａｌｈｏｓｔ",
        "lo\u00adcalhost",
        "local\u200bhost",
        "localhost。",
        "127。0。0。1",
        "１２７.0.0.1",
        "_outbound",
        socket.gethostname(),
        socket.gethostname().upper(),
        f"{socket.gethostname().partition('.')[0]}.local",
        "::1%lo",
        "::ffff:127.1",
        "nonsense:::",
        "a" * 70 + "é",
    ],
)
def test_every_name_that_resolvers_answer_by_themselves_is_this_machine(name):
    assert means_this_machine(name) and usable_address(name) is None


@pytest.mark.parametrize("name", OTHERS)
def test_other_machines_are_not(name):
    assert not means_this_machine(name)


def test_names_in_the_hosts_file_beside_an_own_address_are_this_machine(tmp_path, monkeypatch):
    hosts = tmp_path / "hosts"
    hosts.write_text(
        "127.0.1.1 Mainframe mainframe.corp # comment alias\n::1 six\n10.0.0.7 other\n\nnonsense\n127.1 odd\n"
    )
    monkeypatch.setattr(_addresses, "HOSTS_FILE", hosts)
    _addresses._names_of_this_machine.cache_clear()
    try:
        assert [
            means_this_machine(name)
            for name in (
                "mainframe",
                "MAINFRAME.corp.",
                "six",
                "odd",
                "other",
                "comment",
                "nonsense",
            )
        ] == [True] * 4 + [False] * 3
    finally:
        _addresses._names_of_this_machine.cache_clear()


@pytest.mark.parametrize(
    "text",
    [
        None,
        5,
        "",
        "-oProxyCommand=id",
        "a b",
        "root@a",
        "a/b",
        "a:1",
        "1:2",
        "x" * 256,
        "a\nb",
        "{{ 7 }}",
        "-",
    ],
)
def test_what_is_no_address_is_none(text):
    assert usable_address(text) is None

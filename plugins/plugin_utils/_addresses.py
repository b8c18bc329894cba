"""Which host names and addresses mean the machine itself that resolves them, however they are
written: on a controller, the controller.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from pathlib import Path

# Loopback, and "this host on this network" (RFC 1122, 3.2.1.3), to which Linux connects as to
# itself.
OWN_IPV4 = (IPv4Network("127.0.0.0/8"), IPv4Network("0.0.0.0/8"))
# Networks with an IPv4 address in them, and how many bits to the right of it: compatible and mapped
# (RFC 4291, 2.5.5), translated (RFC 2765), NAT64 (RFC 6052, RFC 8215) and 6to4 (RFC 3056).
EMBEDDING = {
    "::/96": 0,
    "::ffff:0:0/96": 0,
    "::ffff:0:0:0/96": 0,
    "64:ff9b::/96": 0,
    "64:ff9b:1::/48": 0,
    "2002::/16": 80,
}
_EMBEDDING = tuple((IPv6Network(network), bits) for network, bits in EMBEDDING.items())
# Names that resolvers answer by themselves: RFC 6761 (6.3), systemd's nss-myhostname, and the hosts
# files of Linux distributions.
OWN_NAMES = frozenset(
    {
        "localhost",
        "localhost.localdomain",
        "localhost4",
        "localhost4.localdomain4",
        "localhost6",
        "localhost6.localdomain6",
        "localdomain",
        "ip6-localhost",
        "ip6-loopback",
        "loopback",
        "broadcasthost",
        "_outbound",
    }
)
OWN_DOMAINS = (".localhost", ".localhost.localdomain")
HOSTS_FILE = Path("/etc/hosts")
LARGEST_HOSTS_FILE = 2**20  # bytes


def means_this_machine(text: str) -> bool:
    """Tell whether a resolver, or what connects, takes ``text`` for the machine that it runs on.
    Asks no name server.

    A name whose owner lets it lead to 127.0.0.1 cannot be told from others in this way.
    An address of one of its interfaces is none of these: a controller may be one of the machines
    that it manages, and is then reached as they are, with credentials (documented by each inventory).
    """
    name = ascii_name(text)
    if name is None:  # nobody reads it in one way
        return True
    name = name.lower().strip("[]").partition("%")[0].rstrip(".")
    if ":" in name:
        return _is_own_ipv6(name)
    if name[-1:].isalnum() and (address := _ipv4(name)) is not None:
        return any(address in network for network in OWN_IPV4)
    return name in OWN_NAMES or name.endswith(OWN_DOMAINS) or name in _names_of_this_machine()


def ascii_name(text: str) -> str | None:
    """Return a host name as it is sent to a name server: in ASCII, as IDNA writes other letters.
    None for what has no such form.
    """
    if text.isascii():
        return text
    try:
        return text.encode("idna").decode()
    except UnicodeError:
        return None


def usable_address(text: object) -> str | None:
    """Return a host name, in ASCII, or an IP address, None for anything else and for what means
    this machine itself.
    """
    if not isinstance(text, str) or not 0 < len(text) <= 255:
        return None
    name = ascii_name(text)
    # Anything else could become an option of ssh, which gets it as it is.
    if (
        name is None
        or not re.fullmatch(r"\w[\w.-]*|(?=(?:[^:]*:){2})[0-9A-Fa-f:.]+", name, re.ASCII)
        or means_this_machine(name)
    ):
        return None
    if ":" in name:
        try:
            ip_address(name)
        except ValueError:
            return None
    return name


def _is_own_ipv6(name) -> bool:
    try:
        address = IPv6Address(name)
    except ValueError:
        return True  # no address and no name: nobody knows what reads it as what
    if address.is_loopback or address.is_unspecified:
        return True
    return any(address in network and _embedded(address, bits) for network, bits in _EMBEDDING)


def _embedded(address, bits) -> bool:
    return any(IPv4Address(int(address) >> bits & 0xFFFFFFFF) in network for network in OWN_IPV4)


def _ipv4(name) -> IPv4Address | None:
    """Return the address that a text stands for in any of the forms that inet_aton reads: 127.1,
    0x7f.1, 017700000001, 2130706433.
    """
    if not re.fullmatch(r"(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+)){0,3}", name, re.ASCII):
        return None
    with suppress(OSError):
        return IPv4Address(socket.inet_aton(name))
    # Systems differ in what they make of it, as of 127.0.0.256 or 08: it is an address of this
    # machine if its first part says so.
    first = re.match(r"0x[0-9a-f]*|\d+", name)[0]
    leading = (
        int(first, 16)
        if first[2:] and first.startswith("0x")
        else int(first)
        if first.isdecimal()
        else 0
    )
    return IPv4Address("127.0.0.1") if leading in (0, 127) else None


@cache
def _names_of_this_machine() -> frozenset[str]:
    """Return the names by which this machine knows itself: its host name, and those in its hosts
    file that stand beside an address of its own.
    """
    full = socket.gethostname().lower().rstrip(".")
    short = full.partition(".")[0]
    return frozenset(
        {full, short, f"{short}.local", f"{short}.localdomain", *_in_hosts_file()} - {""}
    )


def _in_hosts_file() -> Iterator[str]:
    with suppress(OSError, ValueError), HOSTS_FILE.open("rb") as file:
        for line in file.read(LARGEST_HOSTS_FILE).decode("ascii", "replace").splitlines():
            address, *names = line.partition("#")[0].split() or [""]
            if address and means_address_of_this_machine(address):
                yield from (name.lower().rstrip(".") for name in names)


def means_address_of_this_machine(address: str) -> bool:
    """Tell whether an address, no name, is a loopback or an unspecified one."""
    address = address.lower().partition("%")[0]
    if ":" in address:
        return _is_own_ipv6(address)
    found = _ipv4(address)
    return found is not None and any(found in network for network in OWN_IPV4)

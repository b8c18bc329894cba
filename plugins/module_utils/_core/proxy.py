"""Which proxy a server is reached through: the option's, or the environment's by the rules of curl
(man page, "ENVIRONMENT" and "--noproxy").
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from .errors import InputError

SCHEMES = ("http", "https", "socks5", "socks5h")
PORTS = {"http": 80, "https": 443}
UNUSABLE = re.compile(r"[\x00-\x20\x7f]")


@dataclass(frozen=True)
class Proxy:
    """A proxy: its address without credentials, where it was named, and the credentials, which are
    secrets.
    """

    url: str
    source: str
    credentials: tuple[str, str] | None
    secrets: tuple[str, ...]  # in each form in which they may be met

    def __str__(self):
        return f"the proxy {self.url} ({self.source})"


def chosen(option: str | None, server: SplitResult, environment: Mapping[str, str]) -> Proxy | None:
    """Return the proxy for a server, None for none: that of the option, else the environment's.
    Raises InputError for one that cannot be used.
    """
    if option:
        return _read(option, "", "option proxy")
    named = _named(server.scheme, environment)
    if named is None or bypassed(
        server, environment.get("no_proxy") or environment.get("NO_PROXY") or ""
    ):
        return None
    return _read(named[1], "http", f"environment variable {named[0]}")


def bypassed(server: SplitResult, listed: str) -> bool:
    """Tell whether a server is in a NO_PROXY list: names with all below them, addresses, networks
    as ADDRESS/BITS, each with or without a port, and *.
    """
    host, port = (
        (server.hostname or "").rstrip(".").partition("%")[0],
        server.port or PORTS[server.scheme],
    )
    return any(_matches(entry, host, port) for entry in re.split(r"[,\s]+", listed) if entry)


def secrets_of(value: Any) -> Iterator[str]:
    """Yield what must not be seen of an option ``proxy``, however wrong it is: what is before its
    last @, and the password in it.
    """
    if isinstance(value, str):
        userinfo, _at, _place = _split(value, "")[1].rpartition("@")
        user, _colon, password = userinfo.partition(":")
        secret = password or user
        yield from filter(
            None,
            (
                userinfo,
                unquote(userinfo),
                secret,
                unquote(secret),
                b64encode(unquote(userinfo).encode(errors="replace")).decode(),
            ),
        )


def _split(value, scheme) -> tuple[str, str]:
    """Return the scheme of a proxy's URL, ``scheme`` where it has none, and what follows it."""
    found = re.match(r"\s*([A-Za-z][A-Za-z0-9+.-]*)://", value)
    return (found[1].lower(), value[found.end() :].strip()) if found else (scheme, value.strip())


def _named(scheme, environment) -> tuple[str, str] | None:
    """Return the name and the value of the variable that counts. One that is empty counts as not
    set, and a small one before a capital one.
    """
    for name in (f"{scheme}_proxy", f"{scheme.upper()}_PROXY", "all_proxy", "ALL_PROXY"):
        # In a CGI process HTTP_PROXY is what a client sent as the header "Proxy" (CVE-2016-5385).
        if environment.get(name) and not (name == "HTTP_PROXY" and "REQUEST_METHOD" in environment):
            return name, environment[name]
    return None


def _read(value, scheme, source) -> Proxy:
    wrong = InputError(
        f"The proxy ({source}) cannot be used: it must look like http://proxy.example.org:3128, with http, https, socks5 or socks5h."
    )
    scheme, rest = _split(value, scheme)
    userinfo, at, place = rest.rpartition("@")
    if re.search(r"[/?#\s]", userinfo):
        raise InputError(
            f"The credentials of the proxy ({source}) cannot be used: a /, ?, # or blank in them has to be written percent-encoded (%2F, %3F, %23, %20)."
        )
    try:
        parts = urlsplit(f"{scheme}://{place}")
        host, port = parts.hostname, parts.port
        (host or "").encode("idna")
    except ValueError:
        raise wrong from None
    if (
        scheme not in SCHEMES
        or not host
        or port == 0
        or parts.path not in ("", "/")
        or parts.query
        or parts.fragment
        or UNUSABLE.search(place)
    ):
        raise wrong
    user, _colon, password = map(unquote, userinfo.partition(":"))
    if UNUSABLE.search((user + password).replace(" ", "")):
        raise InputError(
            f"The credentials of the proxy ({source}) cannot be used: there is a control character in them."
        )
    if ":" in user:
        raise InputError(
            f"The credentials of the proxy ({source}) cannot be used: a user's name with a colon cannot be sent (RFC 7617, 2)."
        )
    return Proxy(
        f"{scheme}://{parts.netloc}",
        source,
        (user, password) if at else None,
        tuple(secrets_of(value)),
    )


def _matches(entry, host, port) -> bool:
    if entry == "*":
        return True
    name, only_port = _without_port(entry.lower())
    if only_port is not None and only_port != port:
        return False
    try:
        address = ip_address(host)
    except ValueError:
        name = name.strip(".")
        return bool(name) and (host == name or host.endswith(f".{name}"))
    try:
        # A network with bits behind its mask is still meant as one.
        return address in ip_network(
            name.replace("[", "").replace("]", "").partition("%")[0], strict=False
        )
    except (TypeError, ValueError):
        return False


def _without_port(entry) -> tuple[str, int | None]:
    """Return an entry of the list and its port, None without one. An IPv6 address has one only
    behind brackets.
    """
    found = re.fullmatch(r"(\[[^\]]*\](?:/\d{1,3})?|[^:]*):(\d{1,5})", entry)
    return (found[1], int(found[2])) if found else (entry, None)

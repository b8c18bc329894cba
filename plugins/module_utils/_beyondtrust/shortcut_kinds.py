"""BeyondTrust's jump shortcuts: the kinds that import_jump_shortcut makes, their parameters, and
how two APIs call the same thing.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from dataclasses import field as attribute
from functools import cache
from typing import Any

from .._core.errors import InputError
from .._core.resource import Field, Resource
from .jump_items import (
    LOOPBACK,
    PORT_PAIRS,
    PROTOCOL_TUNNEL_JUMP,
    QUALITIES,
    REMOTE_RDP,
    REMOTE_VNC,
    SHELL_JUMP,
    URL,
    WEB_JUMP,
)
from .products import ONLY_PRA, ONLY_RS, name, text

IMPORT = "import_jump_shortcut"  # the endpoint of what is made by this command, and by nothing else

# --- the two vocabularies ---------------------------------------------------------------------------------------------

# The import's word -> the Configuration API's. No document says which corresponds to which: that
# they do in this order is a guess. The read-back after a write shows where it is wrong.
QUALITY = {
    "black_white": "low",
    "few_colors": "performance",
    "more_colors": "performance_quality",
    "full_colors": "quality",
    "video_opt": "best_performance",
}
_QUALITY_OF_IMPORT = {word: imported for imported, word in QUALITY.items()}
# The tables say VT100, an example of the guide vt100; the former is sent.
_TERMINAL = {"vt100": "VT100"}
# A width and a height that the product supports; which these are is not said.
_SIZE = r"primary|all|[1-9][0-9]{1,4}x[1-9][0-9]{1,4}"
# What could not be found again if the appliance trimmed it.
_TRIMMED = r"\S(.*\S)?"


@dataclass(frozen=True)
class Hidden(Field):
    """A field that is written when an object is made, and that may not be shown afterwards: only
    what is shown can be compared.
    """

    def same(self, one: Any, other: Any) -> bool:
        """Tell whether two values mean the same, as far as both are known."""
        return one is None or other is None or super().same(one, other)


def _code(kind: str, wire: str | None = None, **more) -> Field:
    """Return a reference to an object that the import calls by its code name."""
    return Hidden(ref=kind, by_code=True, wire=wire or kind, **more)


_RDP = {
    "rdp_username": Hidden(),
    "domain": Hidden(),
    "display_size": Hidden(pattern=_SIZE),
    "quality": Hidden(choices=(*QUALITY, *QUALITIES)),
    "console": Hidden("bool"),
    "ignore_untrusted": Hidden("bool"),
}
_COMMON = {
    "tag": Hidden(most=1024),
    "comments": Hidden(most=1024),
    "jump_policy": _code("jump_policy"),
    "public_portal": Hidden(only=ONLY_RS),
}


@dataclass(frozen=True)
class ShortcutKind:
    """A kind of shortcut, by the tables of the Remote Support 22.2 API guide,
    "import_jump_shortcut".
    """

    name: str
    parameter: str  # selects the kind, and holds the address
    method: str  # how the report calls it: the product's word, that the report uses it is a guess
    options: Mapping[str, Field] = attribute(default_factory=dict)  # those that not all kinds have
    jumpoint: bool = True
    session_policy: bool = True
    longest: int = 128  # characters of the address
    configured: Resource | None = None  # what the Configuration API calls it, if it can
    address: str = "hostname"  # the option that holds it
    only: tuple[str, ...] = ()

    @property
    def imported(self) -> set[str]:
        """The options that the import has."""
        return set(import_resource(self.name, True, self.parameter).fields)

    @property
    def accepted(self) -> set[str]:
        """The options that one of the APIs has."""
        return self.imported | ({"session_policy"} if self.configured else set())

    @property
    def only_imported(self) -> set[str]:
        """The options that a new shortcut gets by the import only, and that the Configuration API
        does not show.
        """
        return {*self.options, *_COMMON} - self.configured.fields.keys()


KINDS = {
    kind.name: kind
    for kind in (
        ShortcutKind("local_jump", "local_jump_hostname", "Local Jump", jumpoint=False),
        ShortcutKind("remote_jump", "remote_jump_hostname", "Remote Jump"),
        ShortcutKind(
            "remote_vnc",
            "remote_vnc_hostname",
            "Remote VNC",
            {
                "port": Hidden("int", least=100, most=65535),
            },
            session_policy=False,
            configured=REMOTE_VNC,
        ),
        ShortcutKind(
            "local_vnc",
            "local_vnc_hostname",
            "Local VNC",
            jumpoint=False,
            session_policy=False,
            only=ONLY_RS,
        ),
        ShortcutKind(
            "remote_rdp", "remote_rdp_hostname", "Remote RDP", _RDP, configured=REMOTE_RDP
        ),
        ShortcutKind("local_rdp", "rdp_hostname", "Local RDP", _RDP, jumpoint=False, only=ONLY_RS),
        ShortcutKind(
            "shell_jump",
            "shelljump_hostname",
            "Shell Jump",
            {
                "protocol": Hidden(choices=("ssh", "telnet"), required=True),
                "username": Hidden(wire="shelljump_username"),
                "port": Hidden("int", least=1, most=65535),
                "terminal": Hidden(choices=("xterm", "VT100", "vt100")),
                "keep_alive": Hidden("int", least=0, most=300),
            },
            configured=SHELL_JUMP,
        ),
        ShortcutKind("vpro", "vpro_hostname", "Intel vPro", only=ONLY_RS),
        # That Privileged Remote Access imports these two is documented, and so are the check of the
        # certificate and a local address. What their parameters are called is a guess: the first can be
        # set by an option, the others have the Configuration API's names.
        ShortcutKind(
            "web_jump",
            "web_jump_url",
            "Web Jump",
            {
                "verify_certificate": Hidden("bool"),
            },
            longest=255,
            configured=WEB_JUMP,
            address=URL,
            only=ONLY_PRA,
        ),
        ShortcutKind(
            "protocol_tunnel",
            "protocol_tunnel_hostname",
            "Protocol Tunnel Jump",
            {
                "tunnel_definitions": Hidden(required=True, most=5000, pattern=PORT_PAIRS),
                "tunnel_listen_address": Hidden(most=32, pattern=LOOPBACK),
            },
            configured=PROTOCOL_TUNNEL_JUMP,
            only=ONLY_PRA,
        ),
    )
}
# How the report calls what it lists -> the kind, None for what this is not about. Compared without
# regard to case and punctuation.
_OTHER_METHODS = (
    "Jump Client",
    "PostgreSQL Tunnel Jump",
    "MySQL Tunnel Jump",
    "Network Tunnel Jump",
)


def folded(shown: str) -> str:
    """Return a name as code names are made of names when none is given: in lower case, with
    underscores. A guess, as no document tells.
    """
    return "".join(character if character.isalnum() else "_" for character in shown.casefold())


METHODS = {
    **dict.fromkeys(map(folded, _OTHER_METHODS)),
    **{folded(kind.method): kind.name for kind in KINDS.values()},
}


@cache
def import_resource(kind_name: str, named: bool, parameter: str) -> Resource:
    """Return a kind as the import makes it and the report shows it; its wire names are the import's
    parameters.

    The report calls groups and jumpoints by name, the import by code name. ``named`` tells that the
    Configuration API can be asked which is which. Where it cannot, the group's is taken as a text,
    and does not tell one shortcut from another.
    """
    kind = KINDS[kind_name]
    trimmed = {"pattern": _TRIMMED, "required": True}
    fields = {
        "name": name(128, pattern=_TRIMMED),
        "group": _code("jump_group", "group", required=True),
        kind.address: text(kind.longest, 1, wire=parameter, fixed=True, **trimmed),
        **({"jumpoint": _code("jumpoint", required=True, fixed=True)} if kind.jumpoint else {}),
        **kind.options,
        **_COMMON,
        **({"session_policy": _code("session_policy")} if kind.session_policy else {}),
    }
    if not named:
        fields = {
            option: replace(field, ref=None, by_code=False) for option, field in fields.items()
        }
    key = ("name", "group") if named else ("name", kind.address)
    return Resource(kind.name, IMPORT, verbs=("create",), key=key, only=kind.only, fields=fields)


@cache
def configured_resource(kind_name: str) -> Resource:
    """Return a kind as the Configuration API knows it, in the words of the options, with what only
    the import can give to a new one.
    """
    kind = KINDS[kind_name]
    words = {"jump_group": "group", **({"url": URL} if kind.address == URL else {})}
    fields = {
        words.get(there, there): replace(field, option=None, wire=field.wire or there)
        for there, field in kind.configured.fields.items()
    }
    for option in (
        kind.address,
        *(option for option, field in kind.options.items() if field.required),
    ):
        # Tunnels of other types, which are not made here, need less.
        fields[option] = replace(fields[option], required=True)
    hidden = {option: {**kind.options, **_COMMON}[option] for option in sorted(kind.only_imported)}
    place = ("group", "personal_list_of")
    return replace(
        kind.configured,
        name=kind.name,
        key=("name", *place),
        one_of=place,
        fields={**fields, **hidden},
    )


def for_import(kind: ShortcutKind, described: Mapping[str, Any]) -> dict:
    """Return a shortcut in the import's words. Raises InputError for what it cannot say."""
    described = dict(described)
    if (quality := described.get("quality")) and quality not in QUALITY:
        if quality not in _QUALITY_OF_IMPORT:
            raise InputError(
                f"{kind.name} {described['name']}: quality {quality} is known to the Configuration API only, and this is imported."
            )
        described["quality"] = _QUALITY_OF_IMPORT[quality]
    unknown = [
        option
        for option, value in described.items()
        if value is not None and option not in {*kind.imported, "state"}
    ]
    if unknown:
        raise InputError(
            f"{kind.name} {described['name']}: {', '.join(unknown)} cannot be given on import; only the Configuration API knows it."
        )
    return _spelled(described)


def for_configuration(kind: ShortcutKind, described: Mapping[str, Any]) -> dict:
    """Return a shortcut in the Configuration API's words."""
    quality = described.get("quality")
    given = {
        option: value
        for option, value in described.items()
        if value != "" or option not in kind.only_imported
    }
    return _spelled({**given, "quality": QUALITY.get(quality, quality)})


def _spelled(described):
    terminal = described.get("terminal")
    return {**described, "terminal": _TERMINAL.get(terminal, terminal)}


# --- options ----------------------------------------------------------------------------------------------------------


@cache
def shortcut_spec() -> dict:
    """Return the options that describe one shortcut, of whatever kind."""
    spec: dict[str, Any] = {"kind": {"type": "str", "choices": list(KINDS)}}
    for kind in KINDS.values():
        for option, field in import_resource(kind.name, True, kind.parameter).fields.items():
            spec.setdefault(option, field.argument_spec())
    return spec


def check(kind: ShortcutKind, described: Mapping[str, Any], product: str) -> None:
    """Raise InputError for a description that no API can take."""
    label = f"{kind.name} {described['name']}"
    unknown = [
        option
        for option, value in described.items()
        if value is not None and option not in {*kind.accepted, "kind", "state"}
    ]
    if unknown:
        raise InputError(f"{label}: there is no {', '.join(unknown)} for this kind.")
    resource = import_resource(kind.name, True, kind.parameter)
    resource.check_product(
        {option: value for option, value in described.items() if value != ""}, product
    )
    if not described["group"].strip():
        raise InputError(f"{label}: group must not be empty.")
    resource.check(described)
    resource.check_values(resource.given(described, creating=True))

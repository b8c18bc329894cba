"""What a user gave for an option, before Ansible makes of it what the option takes: ``no`` is read
as false, and becomes the text "False". And what no file and no header can hold.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import Any

from ansible.module_utils.common.validation import check_type_dict

from .quoting import TEXT_WANTED, as_read
from .resource import Choices, FieldType

# What Ansible makes of a value of another type is not what was meant: "False", "['a', 'b']", 1 of
# yes.
_TAKEN = {"str": (str,), "path": (str,), "int": (int, float, str), "float": (int, float, str)}
_WANTED = {"str": TEXT_WANTED, "path": TEXT_WANTED.replace("text", "path", 1)}


def as_given(spec: Mapping[str, Any], params: Mapping[str, Any]) -> tuple[dict, str | None]:
    """Return the argument spec to hold ``params`` against, and what is wrong with them as they were
    given (None: nothing).

    To be called before Ansible converts them. The choices of attributes are taken out of the spec:
    a server may have others than its vendor's document names, and what equals what is there is no
    mistake (see ``Field.check``, which knows them).
    """
    return _open(spec), next(_misread(spec, params, ""), None)


def _open(spec) -> dict:
    opened = {}
    for name, option in spec.items():
        opened[name] = {
            key: value for key, value in option.items() if not isinstance(value, Choices)
        }
        if option.get("options"):
            opened[name]["options"] = _open(option["options"])
    return opened


def _misread(spec, params, within) -> Iterator[str]:
    for name, option in spec.items():
        kind, value, place = option.get("type", "str"), params.get(name), f"{within}{name}"
        if value is None:
            continue
        elements = option.get("elements")
        if kind == "list" and elements:
            parts = (
                value
                if isinstance(value, (list, tuple))
                else value.split(",")  # as Ansible does
                if isinstance(value, str) and elements != "dict"
                else [value]
            )
            # If a list is a field, so are its elements.
            kind, places = (
                FieldType(elements) if isinstance(kind, FieldType) else elements,
                [
                    f"{place}[{number}]" if isinstance(value, (list, tuple)) else place
                    for number in range(len(parts))
                ],
            )
        else:
            parts, places = [value], [place]
        for part, where in zip(parts, places, strict=True):
            if kind == "dict" and option.get("options") and isinstance(part, (bool, int, float)):
                yield f"{where} is {as_read(part)}, where a mapping is wanted."
            elif kind == "dict" and option.get("options"):
                yield from _misread(option["options"], _mapping(part), f"{where}.")
            elif kind in _TAKEN and (not isinstance(part, _TAKEN[kind]) or isinstance(part, bool)):
                yield f"{where} is {as_read(part, option.get('no_log'))}, where {_WANTED.get(kind, 'a number is wanted')}."
            elif not isinstance(kind, FieldType) and (
                unusable := _unusable(_mapping(part) if kind == "dict" else part, kind == "path")
            ):
                yield f"{where} {unusable}."


def _mapping(value) -> Mapping[str, Any]:
    """Return a mapping that may have been given as a text; an empty one for what is none, which
    Ansible refuses in words of its own.
    """
    try:
        found = check_type_dict(value)
    except TypeError:
        return {}
    return found


def _unusable(value, is_path) -> str | None:
    """Say what is wrong with a text, or with one at any depth, that no text of an option can hold."""
    if isinstance(value, Mapping):
        value = [*value, *value.values()]
    if isinstance(value, (list, tuple)):
        return next(filter(None, (_unusable(part, is_path) for part in value)), None)
    if isinstance(value, str) and "\0" in value:
        return "holds a NUL character (U+0000)"
    if is_path and not _is_encodable(value):
        return "holds half of a character, which no path can"
    return None


def _is_encodable(path) -> bool:
    try:
        os.fsencode(path)
    except UnicodeError:
        return False
    return True

"""What a change looks like to the person who reviews it: the paths of what differs, and the
difference of each object, line by line.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .quoting import printable, quoted
from .resource import Field

NOT_SHOWN = "(not shown)"

_FREE = Field(type="dict", free=True)  # what lies in a mapping of the user's own keys
# A text that needs no quotes to be read as a text.
_PLAIN = re.compile(r"[^\W\d_][\w/.@()+-]*(?: [\w/.@()+-]+)*")
# Though they look like one.
_NO_TEXTS = ("true", "false", "yes", "no", "on", "off", "null", "y", "n")


@dataclass(frozen=True)
class _Same:
    """Stands for the members of a list that stay."""

    count: int


def paths(field: Field, name: str, before: Any, after: Any) -> list[str]:
    """Return what differs between two values of a field, as dotted paths: the field itself, or keys
    of the mapping that it is.
    """
    within = [
        path
        for key, inner in _differing(field, before, after)
        for path in paths(
            inner, f"{name}.{quoted(key)}", (before or {}).get(key), (after or {}).get(key)
        )
    ]
    return within or [name]


def narrowed(field: Field, before: Any, after: Any) -> tuple[Any, Any]:
    """Return two values of a field without what is the same in both. What a list has in common is
    only counted.
    """
    if keys := list(_differing(field, before, after)):
        sides: tuple[dict, dict] = ({}, {})
        for key, inner in keys:
            for side, whole, part in zip(
                sides,
                (before, after),
                narrowed(inner, (before or {}).get(key), (after or {}).get(key)),
                strict=True,
            ):
                if key in (whole or {}):
                    side[key] = part
        return sides
    if not isinstance(before, list) or not isinstance(after, list) or field.ordered:
        return before, after
    if field.key:
        return _narrowed_objects(field, before, after)
    if field.has_objects or any(isinstance(item, (list, dict)) for item in before + after):
        return before, after
    both = [item for item in after if item in before]
    return tuple(
        [*(item for item in side if item not in both), *([_Same(len(both))] * bool(both))]
        for side in (before, after)
    )


def _narrowed_objects(field, before, after):
    old, new = field.elements_of(before), field.elements_of(after)
    sides: tuple[list, list] = ([], [])
    same = 0
    for key in [*old, *(key for key in new if key not in old)]:
        if key in old and key in new:
            shape = Field(type="dict", fields=field.fields)
            if shape.same(old[key], new[key]):
                same += 1
                continue
            named = {name: new[key].get(name) for name in field.key}
            for side, part in zip(sides, narrowed(shape, old[key], new[key]), strict=True):
                side.append({**named, **part})
        else:
            side, elements = (sides[0], old) if key in old else (sides[1], new)
            side.append(elements[key])
    return tuple([*side, *([_Same(same)] * bool(same))] for side in sides)


def _differing(field, before, after) -> Iterator[tuple[str, Field]]:
    """Yield the keys of a mapping of which the values differ, each with what it is; nothing for
    what is no mapping.
    """
    if (
        not all(value is None or isinstance(value, dict) for value in (before, after))
        or not (field.fields or field.free)
        or before is after
    ):
        return
    before, after = before or {}, after or {}
    for key in {**before, **after}:
        inner = field.fields.get(key, _FREE) if field.fields else _FREE
        same = (
            inner.same(before.get(key), after.get(key))
            if field.fields
            else before.get(key) == after.get(key)
        )
        if not same:
            yield key, inner


def entry(
    kind: str, name: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> dict:
    """Return the difference of one object as Ansible's callbacks print it for ``--diff``; None: it
    does not exist.
    """
    header = quoted(f"{kind} {name}")
    return {
        **{
            f"{side}_header": header if obj is not None else f"{header} (absent)"
            for side, obj in (("before", before), ("after", after))
        },
        **{
            side: "".join(f"{line}\n" for line in _lines(obj or None))
            for side, obj in (("before", before), ("after", after))
        },
    }


def _lines(value, indent="") -> Iterator[str]:
    """Yield the lines of a mapping or a list, as YAML writes them; texts of several lines stay
    that.
    """
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _item(f"{indent}{_scalar(str(key))}:", item, f"{indent}  ")
    elif isinstance(value, (list, tuple)):
        for item in value:
            if isinstance(item, _Same):
                yield f"{indent}# and {item.count} more, which {'stays' if item.count == 1 else 'stay'}"
            elif isinstance(item, Mapping) and item:
                first, *others = _lines(item, f"{indent}  ")
                yield f"{indent}- {first.lstrip(' ')}"
                yield from others
            else:
                yield from _item(f"{indent}-", item, f"{indent}  ")


def _item(head, value, indent) -> Iterator[str]:
    if isinstance(value, (Mapping, list, tuple)) and value:
        yield head
        yield from _lines(value, indent)
    elif isinstance(value, str) and "\n" in value:
        # How far the text is indented, where its first line does not tell.
        begins = "2" if value.startswith((" ", "\n")) else ""
        ends = (
            "-"
            if not value.endswith("\n")
            else "+"
            if value.endswith("\n\n") or value == "\n"
            else ""
        )
        yield f"{head} |{begins}{ends}"
        yield from (
            f"{indent}{printable(line)}" if line else ""
            for line in value.removesuffix("\n").split("\n")
        )
    else:
        yield f"{head} {_scalar(value)}"


def _scalar(value) -> str:
    if (
        value == NOT_SHOWN
        or isinstance(value, str)
        and _PLAIN.fullmatch(value)
        and value.lower() not in _NO_TEXTS
    ):
        return value
    return printable(json.dumps(value, ensure_ascii=False, default=str))

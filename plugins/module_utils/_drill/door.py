"""The door for modules that work on the machine where they run, and need no API."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from .._core.errors import Error
from .._core.module import Declared, door
from .._core.quoting import LONGEST_MESSAGE, quoted

Work = Callable[[Mapping[str, Any], bool], dict]


def perform(work: Work, params: Mapping[str, Any], check_mode: bool, _diff: bool = False) -> dict:
    """Do the work and return its result; after an Error, ``msg`` in it says what went wrong."""
    try:
        return work(params, check_mode)
    except Error as exc:
        return {"changed": False, **exc.facts, "msg": quoted(exc, LONGEST_MESSAGE)}


def run(work: Work, spec: Mapping[str, Any], needs_httpx: bool = False) -> None:
    """Run a module: ``work(params, check_mode)`` returns its result, or raises an Error. It goes through the door that is open."""
    door.get()(Declared(spec, partial(perform, work), needs_httpx=needs_httpx))

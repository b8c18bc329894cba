"""The door for modules that work on the machine where they run, and need no API."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ansible.module_utils.basic import missing_required_lib

from .._core.errors import Error
from .._core.http import HTTPX_IMPORT_ERROR
from .._core.module import Module
from .._core.quoting import LONGEST_MESSAGE, quoted

Work = Callable[[Mapping[str, Any], bool], dict]


def perform(work: Work, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Do the work and return its result; after an Error, ``msg`` in it says what went wrong."""
    try:
        return work(params, check_mode)
    except Error as exc:
        return {"changed": False, **exc.facts, "msg": quoted(exc, LONGEST_MESSAGE)}


def run(work: Work, spec: Mapping[str, Any], needs_httpx: bool = False) -> None:
    """Run a module: ``work(params, check_mode)`` returns its result, or raises an Error."""
    module = Module(dict(spec), supports_check_mode=True)
    if needs_httpx and HTTPX_IMPORT_ERROR:
        module.fail_json(msg=missing_required_lib("httpx"), exception=HTTPX_IMPORT_ERROR)
    result = perform(work, module.params, module.check_mode)
    (module.fail_json if "msg" in result else module.exit_json)(**result)

"""The doors for modules about backups: one that several platforms share, and one that needs no server."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ansible.module_utils.basic import missing_required_lib
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from .._core.errors import Error
from .._core.http import HTTPX_IMPORT_ERROR
from .._core.module import Work, module_of, perform, secrets_in
from .._core.quoting import LONGEST_MESSAGE, quoted
from .._core.resource import Platform


@dataclass(frozen=True)
class Offer:
    """What a platform does for a module that several platforms share, and its options beside those of the connection."""

    platform: Platform
    work: Work
    spec: Mapping[str, Any]

    @property
    def options(self) -> dict:
        """All that count if this is the platform."""
        return {**self.platform.connection, **self.spec}


def run_on_platform(offers: Mapping[str, Offer]) -> None:
    """Run a module whose option ``platform`` says whose options count, with their defaults and their environment variables.

    Connection options of another platform are not looked at: those of two platforms may well come from ``module_defaults``.
    """
    module = module_of(shared_spec(offers))
    if HTTPX_IMPORT_ERROR:
        module.fail_json(msg=missing_required_lib("httpx"), exception=HTTPX_IMPORT_ERROR)
    chosen = offers[module.params["platform"]]
    foreign = {name for offer in offers.values() for name, option in offer.spec.items() if "default" not in option} - set(chosen.spec)
    if wrong := sorted(name for name in foreign if module.params[name] is not None):
        module.fail_json(msg=f"With platform {module.params['platform']} there is no {' and no '.join(wrong)}.")
    given = {name: value for name, value in module.params.items() if name in chosen.options and value is not None}
    checked = ArgumentSpecValidator(chosen.options).validate(given)
    params = {name: checked.validated_parameters.get(name) for name in chosen.options}
    module.no_log_values.update(secrets_in(chosen.options, params))
    if checked.error_messages:
        module.fail_json(msg=" ".join(checked.error_messages))
    result = perform(chosen.platform, chosen.work, params, module.check_mode, module._diff)
    (module.fail_json if "msg" in result else module.exit_json)(**result)


def shared_spec(offers: Mapping[str, Offer]) -> dict:
    """Return the options of all platforms. What one requires is not required, and what several have has no default: it depends on the platform."""
    having = Counter(name for offer in offers.values() for name in offer.options)
    spec: dict[str, Any] = {"platform": {"type": "str", "required": True, "choices": list(offers)}}
    for offer in offers.values():
        for name, option in offer.options.items():
            left_out = ("required", "default", "fallback") if having[name] > 1 else ("required",)
            spec[name] = {key: value for key, value in option.items() if key not in left_out}
    return spec


def run_here(work: Callable[[Mapping[str, Any]], dict], spec: Mapping[str, Any]) -> None:
    """Run a module that reads what lies on its machine: ``work(params)`` returns its result, or raises an Error."""
    module = module_of(spec)
    try:
        result = work(module.params)
    except Error as exc:
        module.fail_json(msg=quoted(exc, LONGEST_MESSAGE), **{"changed": False, **exc.facts})
    module.exit_json(**result)

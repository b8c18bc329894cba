"""A module that several platforms share: its option ``platform`` says whose options and work are
meant.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from .._core.module import Declaration, Module, Progress, secrets_in


@dataclass(frozen=True)
class SharedModule(Declaration):
    """One module of several platforms. The chosen one's options count, with their defaults and
    their environment variables.

    Connection options of another platform are not looked at: those of two platforms may well come
    from ``module_defaults``.
    """

    modules: Mapping[str, Module]
    rules: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def options(self) -> dict:
        """The options of all platforms. What one requires is not required, and what several have
        has no default: it depends on the platform.
        """
        having = Counter(name for module in self.modules.values() for name in module.options)
        spec: dict[str, Any] = {
            "platform": {"type": "str", "required": True, "choices": list(self.modules)}
        }
        for module in self.modules.values():
            for name, option in module.options.items():
                left_out = (
                    ("required", "default", "fallback") if having[name] > 1 else ("required",)
                )
                spec[name] = {key: value for key, value in option.items() if key not in left_out}
        return spec

    def perform(self, running: Any, progress: Progress = lambda text: None) -> dict:
        """Do the work of the platform that is chosen, with what counts for it."""
        params, chosen = running.params, self.modules[running.params["platform"]]
        foreign = {
            name
            for module in self.modules.values()
            for name, option in module.spec.items()
            if "default" not in option
        } - set(chosen.spec)
        if wrong := sorted(name for name in foreign if params[name] is not None):
            return {
                "changed": False,
                "msg": f"With platform {params['platform']} there is no {' and no '.join(wrong)}.",
            }
        given = {
            name: value
            for name, value in params.items()
            if name in chosen.options and value is not None
        }
        checked = ArgumentSpecValidator(chosen.options).validate(given)
        its_params = {name: checked.validated_parameters.get(name) for name in chosen.options}
        running.no_log_values.update(secrets_in(chosen.options, its_params))
        if checked.error_messages:
            return {"changed": False, "msg": " ".join(checked.error_messages)}
        return chosen.perform_with(its_params, running.check_mode, running._diff, progress)

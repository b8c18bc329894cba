"""The door for action plugins: a module's work in Ansible's own process, so that nothing has to be packed, copied and started."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Callable, Mapping
from contextvars import copy_context
from types import ModuleType
from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.common.parameters import remove_values
from ansible.module_utils.common.warnings import get_warning_messages
from ansible.plugins.action import ActionBase

from ansible_collections.remoteops.access.plugins.module_utils._core.given import as_given
from ansible_collections.remoteops.access.plugins.module_utils._core.http import HTTPX_IMPORT_ERROR
from ansible_collections.remoteops.access.plugins.module_utils._core.module import Work, door, perform, secrets_in
from ansible_collections.remoteops.access.plugins.module_utils._core.resource import Platform


class LocalAction(ActionBase):
    """Does a module's work in this process where that is possible with the same result, else runs the module."""

    module: ModuleType

    _supports_check_mode = True
    _supports_async = True

    def run(self, tmp=None, task_vars=None):
        """Return the result of the task."""
        result = super().run(tmp, task_vars)
        del tmp  # of no meaning any more
        if self._runs_here():
            return {**result, **self._run_here()}
        return {**result, **self._execute_module(task_vars=task_vars, wrap_async=self._task.async_val)}

    def _runs_here(self) -> bool:
        """Tell whether this is the controller itself, the same user, at once, in the same environment, and with the libraries at hand."""
        task = self._task
        elsewhere = self._connection.transport != "local" or self._play_context.become or task.async_val or any(task.environment or ())
        return not elsewhere and not HTTPX_IMPORT_ERROR

    def _run_here(self) -> dict:
        """Do the work of the task and return its result, as the module would."""
        results: list[dict] = []
        before = len(get_warning_messages())
        context = copy_context()
        context.run(door.set, lambda *declared: results.append(self._carry_out(*declared)))
        context.run(self.module.main)
        warnings = list(get_warning_messages()[before:])  # ansible-core 2.18 leaves them there
        return {**results[0], "warnings": warnings} if warnings else results[0]

    def _carry_out(self, platform: Platform, work: Work, spec: Mapping[str, Any], rules: Mapping[str, Any]) -> dict:
        """Return the result of a module that is declared so, with every secret among the arguments masked."""
        task, spec = self._task, {**platform.connection, **spec}
        # The task goes back with its result: its arguments, too, are handed over faster as plain values.
        arguments = task.args = _plain(task.args)
        secrets = set(secrets_in(spec, arguments))
        open_spec, misread = as_given(spec, arguments)
        checked = ArgumentSpecValidator(open_spec, **rules).validate(arguments)
        params = checked.validated_parameters
        secrets.update(secrets_in(spec, params))
        if wrong := checked.error_messages or [misread] * bool(misread):
            result = {"changed": False, "msg": wrong[0]}
        else:
            result = perform(platform, work, params, task.check_mode, task.diff)
        result = remove_values(result, secrets)
        return {**result, "failed": True} if "msg" in result else result


class CensoredAction(LocalAction):
    """Has what comes of it censored wherever Ansible prints or logs it, where it holds a secret: a module cannot tell Ansible so."""

    reveals: Callable[[Mapping[str, Any]], bool]  # whether a result holds one

    _supports_async = False  # the file in which the result would wait holds it in the clear

    def run(self, tmp=None, task_vars=None):
        """Return the result of the task. That of one that failed holds no secret, and can be read."""
        self._play_context.no_log = True  # or some connections print, at -vvv, what the module writes
        result = super().run(tmp, task_vars)
        return {**result, "_ansible_no_log": type(self).reveals(result)}


def _plain(value):
    """Return ``value`` without what Ansible notes of each text, such as its origin: copying that takes longer than the work.

    A module is given plain values, too.
    """
    if isinstance(value, Mapping):
        return {_plain(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    for kind in (str, float, int):
        if isinstance(value, kind) and not isinstance(value, bool):
            return getattr(kind, f"__{kind.__name__}__")(value)
    return value

"""The door for action plugins: a module's work in Ansible's own process, so that nothing has to be packed, copied and started."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.common.parameters import remove_values
from ansible.plugins.action import ActionBase

from ansible_collections.remoteops.access.plugins.module_utils._core.http import HTTPX_IMPORT_ERROR
from ansible_collections.remoteops.access.plugins.module_utils._core.module import Work, perform, secrets_in
from ansible_collections.remoteops.access.plugins.module_utils._core.resource import Platform


class LocalAction(ActionBase):
    """Does a module's work in this process where that is possible with the same result, else runs the module."""

    platform: Platform
    work: Work
    spec: Mapping[str, Any]  # the module's options beside those of the connection

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
        """Do the work of the task and return its result, as the module would, with every secret among the arguments masked."""
        task, spec = self._task, {**self.platform.connection, **self.spec}
        # The task goes back with its result: its arguments, too, are handed over faster as plain values.
        arguments = task.args = _plain(task.args)
        secrets = set(secrets_in(spec, arguments))
        checked = ArgumentSpecValidator(spec).validate(arguments)
        params = checked.validated_parameters
        secrets.update(secrets_in(spec, params))
        if checked.error_messages:
            result = {"changed": False, "msg": checked.error_messages[0]}
        else:
            result = perform(self.platform, type(self).work, params, task.check_mode, task.diff)
        result = remove_values(result, secrets)
        return {**result, "failed": True} if "msg" in result else result


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

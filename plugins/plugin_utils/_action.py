"""The door for action plugins: a module's work in Ansible's own process, so that nothing has to be packed, copied and started."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from contextlib import chdir
from types import ModuleType
from typing import Any

from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.common import json as ansible_json
from ansible.module_utils.common.parameters import remove_values
from ansible.module_utils.common.warnings import get_warning_messages
from ansible.plugins.action import ActionBase

from ansible_collections.remoteops.access.plugins.module_utils._core.http import HTTPX_IMPORT_ERROR
from ansible_collections.remoteops.access.plugins.module_utils._core.module import (
    Checked,
    Declared,
    declared_by,
    secrets_in,
)


class LocalAction(ActionBase):
    """Does a module's work in this process where that is possible with the same result, else runs the module."""

    module: ModuleType

    _supports_check_mode = True
    _supports_async = True

    def run(self, tmp=None, task_vars=None):
        """Return the result of the task."""
        result = super().run(tmp, task_vars)
        del tmp  # of no meaning any more
        arguments = self._given(task_vars or {}) if self._runs_here() else None
        if arguments is not None:
            return {**result, **self._run_here(arguments)}
        return {**result, **self._execute_module(task_vars=task_vars, wrap_async=self._task.async_val)}

    def _runs_here(self) -> bool:
        """Tell whether this is the controller itself, the same user, at once, in the same environment, and with the libraries at hand."""
        task = self._task
        elsewhere = self._connection.transport != "local" or self._play_context.become or task.async_val or any(task.environment or ())
        return not elsewhere and not HTTPX_IMPORT_ERROR

    def _given(self, task_vars: Mapping[str, Any]) -> dict | None:
        """Return the arguments as the module would be given them; None where they cannot be said in JSON: Ansible refuses them in words of its own."""
        arguments = dict(self._task.args)
        if "controller" in declared_by(self.module).spec:
            arguments.setdefault("controller", os.getppid())  # this is a worker
        self._update_module_args(self._task.action, arguments, task_vars)
        try:
            arguments = through_json(arguments)
        except Exception:  # whatever it is, and Ansible has many kinds
            return None
        # The task goes back with its result: its arguments, too, are handed over faster as plain values.
        self._task.args = {name: value for name, value in arguments.items() if not name.startswith("_ansible_")}
        return arguments

    def _run_here(self, arguments: dict) -> dict:
        """Do the work of the task and return its result, as the module would."""
        before = len(get_warning_messages())
        with chdir(self._loader.get_basedir()):  # where Ansible starts what runs on the controller
            result = self._carry_out(arguments, declared_by(self.module))
        warnings = list(get_warning_messages()[before:])  # ansible-core 2.18 leaves them there
        return {**result, "warnings": warnings} if warnings else result

    def _carry_out(self, arguments: dict, declared: Declared) -> dict:
        """Return the result of a module that is declared so, with every secret among the arguments masked."""
        module = ModuleHere(arguments, declared)
        if module.failure is None:
            result = declared.work(module.params, module.check_mode, module._diff)
        else:
            result = {"changed": False, "msg": module.failure}
        secrets = module.no_log_values | {*secrets_in(declared.spec, arguments), *secrets_in(declared.spec, module.params)}
        kept = {name: value for name, value in result.items() if value is None or isinstance(value, bool)}  # as AnsibleModule keeps them
        result = {**remove_values(result, secrets), **kept}
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


class _InThisProcess(AnsibleModule):
    """Ansible's own checks, in its own words, without what only a module in a process of its own may do."""

    def _load_params(self):
        """They are given."""

    def _log_invocation(self):
        """The controller's log is the run's."""

    def _check_locale(self):
        """It is that of the whole process."""

    def _set_cwd(self):
        """So is the directory."""


class ModuleHere(Checked, _InThisProcess):
    """A module in this process, with its arguments; ``failure`` says what is wrong with them."""

    def __init__(self, arguments: dict, declared: Declared):
        self.failure: str | None = None
        self.params = dict(arguments)
        try:
            super().__init__(dict(declared.spec), supports_check_mode=True, **declared.rules)
        except _WrongArguments as exc:
            self.failure = str(exc)

    def fail_json(self, msg, **kwargs):
        """End the checks."""
        raise _WrongArguments(msg)


class _WrongArguments(Exception):
    """AnsibleModule refuses the arguments."""


def through_json(arguments: dict) -> dict:
    """Return arguments as the JSON in which Ansible hands them to modules makes them: keys are texts, tuples and sets are lists, dates are
    texts, what Ansible notes of a value is gone. Raises what Ansible raises for a value that has no such form.
    """
    if not hasattr(ansible_json, "get_module_encoder"):  # ansible-core 2.18
        return json.loads(json.dumps(arguments, cls=ansible_json.AnsibleJSONEncoder, vault_to_text=True))
    to_module = ansible_json.Direction.CONTROLLER_TO_MODULE
    encoded = json.dumps(arguments, cls=ansible_json.get_module_encoder("legacy", to_module))
    return json.loads(encoded, cls=ansible_json.get_module_decoder("legacy", to_module))

"""The door for action plugins: a module's work in Ansible's own process, so that nothing has to be
packed, copied and started.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import chdir
from functools import cached_property
from importlib import import_module
from typing import Any

from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.common import json as ansible_json
from ansible.module_utils.common.parameters import remove_values
from ansible.module_utils.common.warnings import get_warning_messages
from ansible.plugins.action import ActionBase
from ansible.plugins.loader import module_loader
from ansible.utils.display import Display

from ansible_collections.remoteops.access.plugins.module_utils._core.http import HTTPX_IMPORT_ERROR
from ansible_collections.remoteops.access.plugins.module_utils._core.module import (
    Checked,
    Declaration,
    secrets_in,
)


class LocalAction(ActionBase):
    """Does a module's work in this process where that is possible with the same result, else runs
    the module.

    A result that holds a secret is censored wherever Ansible prints or logs it: a module cannot
    tell Ansible so.
    """

    _supports_check_mode = True

    @cached_property
    def module(self) -> Declaration:
        """What the module of the task declares."""
        found = module_loader.find_plugin_with_context(
            self._task.action, collection_list=self._task.collections
        )
        return import_module(
            f"ansible_collections.remoteops.access.plugins.modules.{found.resolved_fqcn.rpartition('.')[2]}"
        ).MODULE

    @property
    def _supports_async(self) -> bool:
        """Whether its result may wait in a file, where a secret would stand in the clear."""
        return self.module.reveals is None

    def run(self, tmp=None, task_vars=None):
        """Return the result of the task."""
        if self.module.reveals:
            # At -vvv some connections would print what the module writes.
            self._play_context.no_log = True
        result = super().run(tmp, task_vars)
        del tmp  # of no meaning any more
        arguments = self._given(task_vars or {}) if self._runs_here() else None
        if arguments is not None:
            result |= self._run_here(arguments)
        else:
            result |= self._execute_module(task_vars=task_vars, wrap_async=self._task.async_val)
        # That of a task that failed holds no secret, and can be read.
        return (
            {**result, "_ansible_no_log": self.module.reveals(result)}
            if self.module.reveals
            else result
        )

    def _runs_here(self) -> bool:
        """Tell whether this is the controller itself, the same user, at once, in the same
        environment, and with the libraries at hand.
        """
        task = self._task
        elsewhere = (
            self._connection.transport != "local"
            or self._play_context.become
            or task.async_val
            or any(task.environment or ())
        )
        return not elsewhere and not (self.module.needs_httpx and HTTPX_IMPORT_ERROR)

    def _given(self, task_vars: Mapping[str, Any]) -> dict | None:
        """Return the arguments as the module would be given them; None where they cannot be said in
        JSON: Ansible refuses them in words of its own.
        """
        arguments = dict(self._task.args)
        if "controller" in self.module.options:
            arguments.setdefault("controller", os.getppid())  # this is a worker
        self._update_module_args(self._task.action, arguments, task_vars)
        try:
            arguments = through_json(arguments)
        except Exception:  # whatever it is, and Ansible has many kinds
            return None
        # The task goes back with its result: its arguments, too, are handed over faster as plain
        # values.
        self._task.args = {
            name: value for name, value in arguments.items() if not name.startswith("_ansible_")
        }
        return arguments

    def _run_here(self, arguments: dict) -> dict:
        """Do the work of the task and return its result, as the module would."""
        before = len(get_warning_messages())
        with chdir(self._loader.get_basedir()):  # where Ansible starts what runs on the controller
            result = self._perform(arguments)
        warnings = list(get_warning_messages()[before:])  # ansible-core 2.18 leaves them there
        return {**result, "warnings": warnings} if warnings else result

    def _perform(self, arguments: dict) -> dict:
        """Return what the work comes to, with every secret among the arguments masked."""
        running = ModuleHere(arguments, self.module)
        if running.failure is None:
            result = self.module.perform(running, Display().display)
        else:
            result = {"changed": False, "msg": running.failure}
        secrets = running.no_log_values | {
            *secrets_in(self.module.options, arguments),
            *secrets_in(self.module.options, running.params),
        }
        # As AnsibleModule keeps them.
        kept = {
            name: value
            for name, value in result.items()
            if value is None or isinstance(value, bool)
        }
        result = {**remove_values(result, secrets), **kept}
        return {**result, "failed": True} if "msg" in result else result


class _InThisProcess(AnsibleModule):
    """Ansible's own checks, in its own words, without what only a module in a process of its own
    may do.
    """

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

    def __init__(self, arguments: dict, declared: Declaration):
        self.failure: str | None = None
        self.params = dict(arguments)
        try:
            super().__init__(dict(declared.options), supports_check_mode=True, **declared.rules)
        except _WrongArguments as exc:
            self.failure = str(exc)

    def fail_json(self, msg, **kwargs):
        """End the checks."""
        raise _WrongArguments(msg)


class _WrongArguments(Exception):
    """AnsibleModule refuses the arguments."""


def through_json(arguments: dict) -> dict:
    """Return arguments as the JSON in which Ansible hands them to modules makes them: keys are
    texts, tuples and sets are lists, dates are texts, what Ansible notes of a value is gone. Raises
    what Ansible raises for a value that has no such form.
    """
    if not hasattr(ansible_json, "get_module_encoder"):  # ansible-core 2.18
        return json.loads(
            json.dumps(arguments, cls=ansible_json.AnsibleJSONEncoder, vault_to_text=True)
        )
    to_module = ansible_json.Direction.CONTROLLER_TO_MODULE
    encoded = json.dumps(arguments, cls=ansible_json.get_module_encoder("legacy", to_module))
    return json.loads(encoded, cls=ansible_json.get_module_decoder("legacy", to_module))

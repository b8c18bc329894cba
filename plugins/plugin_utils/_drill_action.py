"""The door for action plugins about drills: on the controller itself an entry in a journal takes milliseconds, where a module takes half a second."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import os

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.remoteops.access.plugins.module_utils._drill.door import perform
from ansible_collections.remoteops.access.plugins.plugin_utils._action import LocalAction


class DrillAction(LocalAction):
    """Does the work of a module that needs no API here where that is possible, else runs the module."""

    def _run_here(self) -> dict:
        """Do the work of the task and return its result, as the module would."""
        arguments = dict(self._task.args)
        if "controller" in self.spec:
            arguments.setdefault("controller", os.getppid())  # this is a worker
        checked = ArgumentSpecValidator(self.spec).validate(arguments)
        if checked.error_messages:
            return {"changed": False, "failed": True, "msg": checked.error_messages[0]}
        result = perform(type(self).work, checked.validated_parameters, self._task.check_mode)
        return {**result, "failed": True} if "msg" in result else result

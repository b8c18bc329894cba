"""The action plugin of simplehelp_config: a whole server in Ansible's own process, where the module would only come to the same later."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from ansible.plugins.action import ActionBase

from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.api import SIMPLEHELP
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.configuration import (
    manage_whole_server,
    whole_server_spec,
)
from ansible_collections.remoteops.access.plugins.plugin_utils._action import run_here, runs_here


class ActionModule(ActionBase):
    """Does the module's work here where that is possible, else runs the module."""

    _supports_check_mode = True
    _supports_async = True

    def run(self, tmp=None, task_vars=None):
        """Return the result of the task."""
        result = super().run(tmp, task_vars)
        del tmp  # of no meaning any more
        if runs_here(self):
            return {**result, **run_here(self, SIMPLEHELP, manage_whole_server, whole_server_spec(SIMPLEHELP))}
        return {**result, **self._execute_module(task_vars=task_vars, wrap_async=self._task.async_val)}

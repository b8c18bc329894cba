"""The door for modules of FastX whose result may hold a secret: Ansible is told so, which a module cannot tell it."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ansible.plugins.action import ActionBase


class CensoredAction(ActionBase):
    """Runs the module, and has what comes of it censored wherever Ansible prints or logs it, where it holds a secret."""

    reveals: Callable[[Mapping[str, Any]], bool]  # whether a result holds one

    _supports_check_mode = True
    _supports_async = False  # the file in which the result would wait holds it in the clear

    def run(self, tmp=None, task_vars=None):
        """Return the result of the task. That of one that failed holds no secret, and can be read."""
        result = super().run(tmp, task_vars)
        del tmp  # of no meaning any more
        self._play_context.no_log = True  # or some connections print, at -vvv, what the module writes
        result.update(self._execute_module(task_vars=task_vars))
        return {**result, "_ansible_no_log": type(self).reveals(result)}

"""The action plugin of beyondtrust_vault_account_check_out: Ansible is told that the result holds a secret, which a module cannot tell it."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.vault_actions import ACCOUNT_SPEC, check_out
from ansible_collections.remoteops.access.plugins.plugin_utils._action import LocalAction


class ActionModule(LocalAction):
    """Does the module's work, and has what comes of it censored wherever Ansible prints or logs it."""

    platform, work, spec = BEYONDTRUST, staticmethod(check_out), ACCOUNT_SPEC
    _supports_async = False  # the file in which the result would wait holds it in the clear

    def run(self, tmp=None, task_vars=None):
        """Return the result of the task. That of one that failed holds no secret, and can be read."""
        self._play_context.no_log = True  # or some connections print, at -vvv, what the module writes
        result = super().run(tmp, task_vars)
        return {**result, "_ansible_no_log": "credential" in result}

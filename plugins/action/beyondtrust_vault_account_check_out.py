"""The action plugin of beyondtrust_vault_account_check_out: on the controller itself its work is done in Ansible's own process."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from ansible_collections.remoteops.access.plugins.modules import beyondtrust_vault_account_check_out
from ansible_collections.remoteops.access.plugins.plugin_utils._action import CensoredAction
from ansible_collections.remoteops.access.plugins.plugin_utils._linting import only_checks

main = only_checks(beyondtrust_vault_account_check_out)


class ActionModule(CensoredAction):
    """Does the module's work here where that is possible, else runs the module; what it returns is censored where a password or key is in it."""

    module, reveals = beyondtrust_vault_account_check_out, staticmethod(lambda result: "credential" in result)

"""The action plugin of beyondtrust_vault_endpoint_association: on the controller itself its work is done in Ansible's own process."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from ansible_collections.remoteops.access.plugins.modules import beyondtrust_vault_endpoint_association
from ansible_collections.remoteops.access.plugins.plugin_utils._action import LocalAction
from ansible_collections.remoteops.access.plugins.plugin_utils._linting import only_checks

main = only_checks(beyondtrust_vault_endpoint_association)


class ActionModule(LocalAction):
    """Does the module's work here where that is possible, else runs the module."""

    module = beyondtrust_vault_endpoint_association

"""The action plugin of failover_role: on the controller itself its work is done in Ansible's own process."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from dataclasses import replace
from functools import partial

from ansible.utils.display import Display

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.failover import manage_role
from ansible_collections.remoteops.access.plugins.module_utils._core.module import perform
from ansible_collections.remoteops.access.plugins.modules import failover_role
from ansible_collections.remoteops.access.plugins.plugin_utils._action import LocalAction
from ansible_collections.remoteops.access.plugins.plugin_utils._linting import only_checks

main = only_checks(failover_role)


class ActionModule(LocalAction):
    """Does the module's work here where that is possible, and shows how it goes on; else runs the module."""

    module = failover_role

    def _carry_out(self, arguments, declared):
        telling = partial(perform, BEYONDTRUST, partial(manage_role, tell=lambda text: Display().display(text)))
        return super()._carry_out(arguments, replace(declared, work=telling))

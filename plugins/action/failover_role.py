"""The action plugin of failover_role: on the controller itself the work is done in Ansible's own process, which can show how it goes on."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from functools import partial

from ansible.utils.display import Display

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.failover import SPEC, manage_role
from ansible_collections.remoteops.access.plugins.plugin_utils._action import LocalAction


class ActionModule(LocalAction):
    """Does the module's work here where that is possible, else runs the module."""

    platform, work, spec = BEYONDTRUST, staticmethod(partial(manage_role, tell=lambda text: Display().display(text))), SPEC

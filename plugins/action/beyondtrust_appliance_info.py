"""The action plugin of beyondtrust_appliance_info: on the controller itself an appliance is asked in Ansible's own process."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.appliance import SPEC, read_appliance
from ansible_collections.remoteops.access.plugins.plugin_utils._action import LocalAction


class ActionModule(LocalAction):
    """Asks here where that is possible, else runs the module."""

    platform, work, spec = BEYONDTRUST, staticmethod(read_appliance), SPEC

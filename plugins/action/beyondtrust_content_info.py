"""The action plugin of beyondtrust_content_info: on the controller itself objects are counted in Ansible's own process."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.contents import count_contents
from ansible_collections.remoteops.access.plugins.plugin_utils._action import LocalAction


class ActionModule(LocalAction):
    """Counts here where that is possible, else runs the module."""

    platform, work, spec = BEYONDTRUST, staticmethod(count_contents), {}

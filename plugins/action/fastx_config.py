"""The action plugin of fastx_config: all bookmarks in Ansible's own process, where the module would only come to the same later."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from ansible_collections.remoteops.access.plugins.module_utils._fastx.api import FASTX
from ansible_collections.remoteops.access.plugins.module_utils._fastx.configuration import CONFIG_SPEC, manage_all
from ansible_collections.remoteops.access.plugins.plugin_utils._action import LocalAction


class ActionModule(LocalAction):
    """Does the module's work here where that is possible, else runs the module."""

    platform, work, spec = FASTX, staticmethod(manage_all), CONFIG_SPEC

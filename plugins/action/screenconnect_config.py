"""The action plugin of screenconnect_config: many sessions in Ansible's own process, where the module would only come to the same later."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from ansible_collections.remoteops.access.plugins.module_utils._screenconnect.api import SCREENCONNECT
from ansible_collections.remoteops.access.plugins.module_utils._screenconnect.sessions import manage_sessions, many_spec
from ansible_collections.remoteops.access.plugins.plugin_utils._action import LocalAction


class ActionModule(LocalAction):
    """Does the module's work here where that is possible, else runs the module."""

    platform, work, spec = SCREENCONNECT, staticmethod(manage_sessions), many_spec(SCREENCONNECT)

"""The action plugin of every module: ``action_plugin`` in meta/runtime.yml names it for all of
them. It bears the name of one, as ansible-test wants.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from ansible_collections.remoteops.access.plugins.modules import technician
from ansible_collections.remoteops.access.plugins.plugin_utils._action import LocalAction

main = technician.main  # ansible-lint looks for it


class ActionModule(LocalAction):
    """Does a module's work here where that is possible, else runs the module."""

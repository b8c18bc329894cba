"""The action plugin of beyondtrust_drill_report: on the controller itself the report is written in Ansible's own process."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from ansible_collections.remoteops.access.plugins.modules import beyondtrust_drill_report
from ansible_collections.remoteops.access.plugins.plugin_utils._action import LocalAction
from ansible_collections.remoteops.access.plugins.plugin_utils._linting import only_checks

main = only_checks(beyondtrust_drill_report)


class ActionModule(LocalAction):
    """Writes the report here where that is possible, else runs the module."""

    module = beyondtrust_drill_report

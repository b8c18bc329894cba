"""The action plugin of beyondtrust_drill_report: on the controller itself the report is written in Ansible's own process."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from ansible_collections.remoteops.access.plugins.module_utils._drill.report import SPEC, make_report
from ansible_collections.remoteops.access.plugins.plugin_utils._drill_action import DrillAction


class ActionModule(DrillAction):
    """Writes the report here where that is possible, else runs the module."""

    work, spec = staticmethod(make_report), SPEC

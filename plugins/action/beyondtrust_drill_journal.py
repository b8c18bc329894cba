"""The action plugin of beyondtrust_drill_journal: on the controller itself entries are made in Ansible's own process."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from ansible_collections.remoteops.access.plugins.module_utils._drill.journal import SPEC, keep_journal
from ansible_collections.remoteops.access.plugins.plugin_utils._drill_action import DrillAction


class ActionModule(DrillAction):
    """Makes the entry here where that is possible, else runs the module."""

    work, spec = staticmethod(keep_journal), SPEC

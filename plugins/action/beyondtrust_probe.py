"""The action plugin of beyondtrust_probe: on the controller itself, and where other tasks wait for it, pages are probed in Ansible's own process."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from ansible_collections.remoteops.access.plugins.module_utils._drill.probing import SPEC, probe
from ansible_collections.remoteops.access.plugins.plugin_utils._drill_action import DrillAction


class ActionModule(DrillAction):
    """Probes here where that is possible, else runs the module."""

    work, spec = staticmethod(probe), SPEC

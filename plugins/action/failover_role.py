"""The action plugin of failover_role: on the controller itself its work is done in Ansible's own process."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from functools import partial

from ansible.utils.display import Display

from ansible_collections.remoteops.access.plugins.modules import failover_role
from ansible_collections.remoteops.access.plugins.plugin_utils._action import LocalAction


class ActionModule(LocalAction):
    """Does the module's work here where that is possible, and shows how it goes on; else runs the module."""

    module = failover_role

    def _carry_out(self, platform, work, spec, rules):
        return super()._carry_out(platform, partial(work, tell=lambda text: Display().display(text)), spec, rules)

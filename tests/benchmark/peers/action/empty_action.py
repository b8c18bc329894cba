"""An action plugin that does nothing: what Ansible needs for a task that starts no module."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from ansible.plugins.action import ActionBase


class ActionModule(ActionBase):
    """Accepts any arguments and does nothing with them."""

    def run(self, tmp=None, task_vars=None):
        """Return an empty result."""
        return super().run(tmp, task_vars)

"""The action plugin of fastx_share_info: sharing keys are returned where they are asked for."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from ansible_collections.remoteops.access.plugins.plugin_utils._fastx_action import CensoredAction


class ActionModule(CensoredAction):
    """Runs the module, and has what it returns censored where a sharing key is in it."""

    reveals = staticmethod(lambda result: any("key" in share for share in result.get("shares", ())))

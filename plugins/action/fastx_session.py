"""The action plugin of fastx_session: a session may be returned with its one-time password."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from ansible_collections.remoteops.access.plugins.plugin_utils._fastx_action import CensoredAction


class ActionModule(CensoredAction):
    """Runs the module, and has what it returns censored where a one-time password is in it."""

    reveals = staticmethod(lambda result: "connection" in result)

"""The action plugin of fastx_share_info: on the controller itself its work is done in Ansible's own process."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from ansible_collections.remoteops.access.plugins.modules import fastx_share_info
from ansible_collections.remoteops.access.plugins.plugin_utils._action import CensoredAction
from ansible_collections.remoteops.access.plugins.plugin_utils._linting import only_checks

main = only_checks(fastx_share_info)


class ActionModule(CensoredAction):
    """Does the module's work here where that is possible, else runs the module; what it returns is censored where a sharing key is in it."""

    module, reveals = fastx_share_info, staticmethod(lambda result: any("key" in share for share in result.get("shares", ())))

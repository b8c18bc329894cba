"""The action plugin of every module: each has a link to this file, named like the module.

``action_plugin`` in ``meta/runtime.yml`` would need no links. But Ansible looks for the action plugin of a task before it starts a worker for it only
under the task's own name. What it finds there the workers inherit; what it does not find each of them imports anew, with httpx, for every task: 20 tasks
took three times as much processor time.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from importlib import import_module
from pathlib import Path

from ansible_collections.remoteops.access.plugins.plugin_utils._action import LocalAction
from ansible_collections.remoteops.access.plugins.plugin_utils._linting import only_checks

MODULE = import_module(f"ansible_collections.remoteops.access.plugins.modules.{Path(__file__).stem}").MODULE
main = only_checks(MODULE)


class ActionModule(LocalAction):
    """Does the module's work here where that is possible, else runs the module."""

    module = MODULE

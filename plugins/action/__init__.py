"""Imports what the action plugin needs when Ansible first looks for it: before it starts workers,
which inherit it and need not import it for every task.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from ansible_collections.remoteops.access.plugins.plugin_utils import _action  # noqa: F401 imported for its effect

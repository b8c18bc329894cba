"""The documentation that modules share whose work is done in Ansible's own process on the
controller.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations


class ModuleDocFragment:
    """An attribute that tells where the work is done."""

    DOCUMENTATION = r"""
attributes:
  action:
    description: Has an action plugin, by which the work is done on the controller, in Ansible's own process.
    support: full
    details:
      - This saves packing, copying and starting the module. It is so for tasks with a local connection, without C(become), C(async) and C(environment).
      - Otherwise, and where Ansible's own Python lacks httpx, the module runs. Both come to the same.
"""

"""A module that does nothing: what Ansible itself needs for a task."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from ansible.module_utils.basic import AnsibleModule


def main():
    """Accept a document and do nothing with it."""
    AnsibleModule({"config": {"type": "dict"}}).exit_json()


if __name__ == "__main__":
    main()

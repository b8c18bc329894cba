"""The filter backup_page: the report of the role backup as a page for people."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from ansible.errors import AnsibleFilterError

from ansible_collections.remoteops.access.plugins.module_utils._backups.page import page

DOCUMENTATION = r"""
name: backup_page
short_description: Write the report of backups as a page of HTML
description:
  - Returns the page that the role P(remoteops.access.backup#role) writes as C(report.html), from what it writes as C(report.json).
  - The page needs nothing but itself, loads nothing and runs nothing, and looks as the report of a failover drill does. What servers and files are called
    is shown printable, on one line, and does no harm.
version_added: 0.5.0
author: The remoteops contributors (@remoteops)
positional: _input
options:
  _input:
    description: The report, as it stands in C(report.json).
    type: dict
    required: true
"""

EXAMPLES = r"""
- name: Write the page anew
  ansible.builtin.copy:
    content: "{{ lookup('ansible.builtin.file', '/var/backups/report/report.json') | ansible.builtin.from_json | remoteops.access.backup_page }}"
    dest: /var/backups/report/report.html
    mode: "0640"
"""

RETURN = r"""
_value:
  description: The page.
  type: str
  sample: <!DOCTYPE html> ...
"""


def backup_page(report) -> str:
    """Return the page. Raises AnsibleFilterError for what is no report."""
    try:
        return page(report)
    except (KeyError, TypeError, ValueError, AttributeError) as exc:
        raise AnsibleFilterError(
            f"backup_page: this is not the report of the role backup: {exc!r}"
        ) from exc


class FilterModule:
    """The filters of this file."""

    def filters(self):
        """Return each by its name."""
        return {"backup_page": backup_page}

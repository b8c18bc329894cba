"""The filter change_line: a change in the result of a module as one line for people."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from ansible.errors import AnsibleFilterError

from ansible_collections.remoteops.access.plugins.module_utils._core.quoting import (
    LONGEST_MESSAGE,
    quoted,
)

DOCUMENTATION = r"""
name: change_line
short_description: Describe a change in one line
description:
  - Describes an entry of C(changes), which all modules that change a server return, in one line.
  - Whatever an object is called, the line is printable and has no line break.
version_added: 0.4.0
author: The remoteops contributors (@remoteops)
positional: _input
options:
  _input:
    description: The entry, with C(action), C(kind), C(name) and C(fields).
    type: dict
    required: true
"""

EXAMPLES = r"""
- name: Show what was changed, or would be in check mode
  ansible.builtin.debug:
    msg: "{{ changes | map('remoteops.access.change_line') | list }}"
  vars:
    changes:
      - {action: create, kind: tech_group, name: Second line, fields: [name, permissions]}
      - {action: update, kind: technician, name: a.keller, fields: [display_name, groups]}
"""

RETURN = r"""
_value:
  description: The line. Of an update it also names what differs.
  type: str
  sample: "update technician a.keller [display_name, groups]"
"""


def change_line(change) -> str:
    """Return the line. Raises AnsibleFilterError for what is no change."""
    try:
        words = [change["action"], change["kind"], change["name"]]
        fields = f" [{', '.join(change['fields'])}]" if change["action"] == "update" else ""
    except (KeyError, TypeError) as exc:
        raise AnsibleFilterError("change_line takes an entry of changes.") from exc
    return quoted(" ".join(filter(None, words)) + fields, LONGEST_MESSAGE)


class FilterModule:
    """What Ansible finds here."""

    def filters(self):
        """Return the filter by its name."""
        return {"change_line": change_line}

"""What the filter makes of a change, whatever an object is called."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.remoteops.access.plugins.filter.change_line import change_line


@pytest.mark.parametrize(
    ("action", "name", "fields", "line"),
    [
        ("create", "Second line", ["name"], "create tech_group Second line"),
        ("delete", "Second line", [], "delete tech_group Second line"),
        ("update", "Helpdesk", ["a.b", "c"], "update tech_group Helpdesk [a.b, c]"),
        ("update", "", ["hostname"], "update tech_group [hostname]"),
        ("create", "one\ncreate tech_group two", [], "create tech_group one create tech_group two"),
        ("create", "a\x1b[31m\u202eb", [], "create tech_group a\\u001b[31m\\u202eb"),
    ],
)
def test_a_change_is_one_printable_line(action, name, fields, line):
    change = {"action": action, "kind": "tech_group", "name": name, "fields": fields}
    assert change_line(change) == line


@pytest.mark.parametrize("value", [None, "create", {}, {"action": "create"}, []])
def test_what_is_no_change_is_refused(value):
    with pytest.raises(AnsibleFilterError, match="an entry of changes"):
        change_line(value)

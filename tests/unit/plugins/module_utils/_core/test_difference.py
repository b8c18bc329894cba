"""What a reviewer reads of changes: only what differs, line by line, in words that nobody can
forge.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
import yaml
from ansible.plugins.callback import CallbackBase

from ansible_collections.remoteops.access.plugins.module_utils._core.plan import as_diff, plan_one
from ansible_collections.remoteops.access.plugins.module_utils._core.resource import Field, Resource

GROUP = Resource(
    "group",
    "groups",
    {
        "name": Field(),
        "notes": Field(),
        "size": Field(type="int"),
        "enabled": Field(type="bool"),
        "policy": Field(),
        "permissions": Field(type="dict", free=True),
        "settings": Field(
            type="dict",
            fields={
                "email": Field(type="bool"),
                "ldap": Field(type="dict", fields={"base": Field(), "port": Field(type="int")}),
            },
        ),
        "tags": Field(type="list", elements="str"),
        "steps": Field(type="list", elements="str", ordered=True),
        "members": Field(
            type="list",
            elements="dict",
            key=("user",),
            fields={"user": Field(), "role": Field(), "policy": Field()},
        ),
        "password": Field(secret=True),
        "number": Field(type="int", computed=True),
    },
)
THERE = {
    "name": "Helpdesk",
    "notes": "one\ntwo\nthree\n",
    "size": 3,
    "enabled": True,
    "policy": None,
    "number": 7,
    "permissions": {"canChat": True, "canRunTools": True, "screens": {"first": 1, "second": 2}},
    "settings": {"email": True, "ldap": {"base": "ou=people", "port": 389}},
    "tags": ["a", "b", "c"],
    "steps": ["wake", "work", "sleep"],
    "members": [
        {"user": "ann", "role": "reader", "policy": "x"},
        {"user": "bob", "role": "reader", "policy": "x"},
    ],
}
# What is wished, the paths of what differs, and what --diff prints of it.
WISHES = {
    "a number": ({"size": 4}, ["size"], "-size: 3\n+size: 4\n"),
    "a reference where there was none": (
        {"policy": "Office Hours"},
        ["policy"],
        "-policy: null\n+policy: Office Hours\n",
    ),
    "one line of a text": (
        {"notes": "one\nzwei\nthree\n"},
        ["notes"],
        " notes: |\n   one\n-  two\n+  zwei\n   three\n",
    ),
    "the end of a text": (
        {"notes": "one\ntwo\nthree"},
        ["notes"],
        "-notes: |\n+notes: |-\n   one\n   two\n   three\n",
    ),
    "the line ends of a text": (
        {"notes": "one\r\ntwo\nthree\n"},
        ["notes"],
        " notes: |\n-  one\n+  one\\u000d\n   two\n   three\n",
    ),
    "one permission": (
        {"permissions": {"canChat": False}},
        ["permissions.canChat"],
        " permissions:\n-  canChat: true\n+  canChat: false\n",
    ),
    "a new permission": (
        {"permissions": {"canShare": True}},
        ["permissions.canShare"],
        "-permissions: {}\n+permissions:\n+  canShare: true\n",
    ),
    "a permission that goes": (
        {"permissions": {"canChat": None}},
        ["permissions.canChat"],
        "-permissions:\n-  canChat: true\n+permissions: {}\n",
    ),
    "what lies below": (
        {"permissions": {"screens": {"second": 3}}},
        ["permissions.screens.second"],
        " permissions:\n   screens:\n-    second: 2\n+    second: 3\n",
    ),
    "one setting of several levels": (
        {"settings": {"ldap": {"port": 636}}},
        ["settings.ldap.port"],
        " settings:\n   ldap:\n-    port: 389\n+    port: 636\n",
    ),
    "a member of a list": (
        {"tags": ["a", "c", "d"]},
        ["tags"],
        " tags:\n-  - b\n+  - d\n   # and 2 more, which stay\n",
    ),
    "the last member of a list": (
        {"tags": []},
        ["tags"],
        "-tags:\n-  - a\n-  - b\n-  - c\n+tags: []\n",
    ),
    "the order of what has one": (
        {"steps": ["work", "wake", "sleep"]},
        ["steps"],
        " steps:\n+  - work\n   - wake\n-  - work\n   - sleep\n",
    ),
    "one attribute of one of several objects": (
        {"members": [{"user": "bob", "role": "writer"}, {"user": "ann"}]},
        ["members"],
        " members:\n   - user: bob\n-    role: reader\n+    role: writer\n   # and 1 more, which stays\n",
    ),
    "another object": (
        {"members": [{"user": "ann"}, {"user": "bob"}, {"user": "eve", "role": "writer"}]},
        ["members"],
        " members:\n+  - user: eve\n+    role: writer\n   # and 2 more, which stay\n",
    ),
    "a secret": ({"password": "s3cret"}, ["password"], "+password: (not shown)\n"),
    "the name": ({"name": "Night Shift"}, ["name"], "-name: Helpdesk\n+name: Night Shift\n"),
    "several": (
        {"size": 4, "enabled": False},
        ["size", "enabled"],
        "-size: 3\n-enabled: true\n+size: 4\n+enabled: false\n",
    ),
}


def printed(*changes) -> str:
    """Return what Ansible's callbacks print of changes."""
    return CallbackBase()._get_diff(as_diff(changes))


@pytest.mark.parametrize("name", WISHES)
def test_only_what_differs_is_told_and_shown_line_by_line(name):
    wish, paths, lines = WISHES[name]
    change = plan_one(GROUP, wish, THERE)
    assert change.described() == {
        "action": "update",
        "kind": "group",
        "name": "Helpdesk",
        "fields": paths,
    }
    head, text = printed(change).split("@@\n", 1)
    assert head.startswith("--- before: group Helpdesk\n+++ after: group Helpdesk\n@@")
    assert text == f"{lines}\n"


def test_what_is_made_and_what_is_removed_is_shown_whole():
    made = plan_one(
        GROUP,
        {"name": "New", "permissions": {"canChat": True}, "tags": [], "password": "s3cret"},
        None,
    )
    assert printed(made) == (
        "--- before: group New (absent)\n+++ after: group New\n@@ -0,0 +1,5 @@\n"
        "+name: New\n+permissions:\n+  canChat: true\n+tags: []\n+password: (not shown)\n\n"
    )
    removed = plan_one(GROUP, None, {"name": "Old", "size": 3, "number": 7})
    assert (
        printed(removed)
        == "--- before: group Old\n+++ after: group Old (absent)\n@@ -1,2 +0,0 @@\n-name: Old\n-size: 3\n\n"
    )


def test_two_changes_of_one_name_are_two_differences():
    changes = [
        plan_one(GROUP, {"name": "Twin", "size": 1}, None),
        plan_one(GROUP, None, {"name": "Twin", "size": 2}),
    ]
    shown = printed(*changes)
    assert (
        shown.count("--- before: group Twin") == 2
        and "+size: 1\n" in shown
        and "-size: 2\n" in shown
    )


HOSTILE = "night\nshift\r\n--- before: group admin\n+++ after\x1b[2J\u2028\u202e\x85\x0c"


def test_names_keys_and_texts_forge_no_line():
    there = {
        **THERE,
        "name": HOSTILE,
        "notes": HOSTILE,
        "permissions": {HOSTILE: True},
        "tags": [HOSTILE],
    }
    change = plan_one(
        GROUP, {"notes": f"{HOSTILE}!", "permissions": {HOSTILE: False}, "tags": []}, there
    )
    assert all(path.isprintable() for path in change.described()["fields"]) and change.described()[
        "fields"
    ][1].startswith("permissions.night shift ---")
    text = printed(change)
    lines = text.split("\n")
    assert all(line.isprintable() for line in lines)
    assert [line for line in lines if line.startswith(("---", "+++"))] == lines[:2]
    assert not any(line[1:].startswith(("--- before", "+++ after")) for line in lines[2:])


@pytest.mark.parametrize(
    "text",
    [
        "yes",
        "No",
        "null",
        "~",
        "123",
        "1e3",
        "0x1f",
        "2026-01-01",
        "12:30",
        "",
        " ",
        " a",
        "a ",
        "a: b",
        "a #b",
        "- a",
        "{a}",
        "[a]",
        "'a'",
        '"a"',
        "%a",
        "@a",
        "&a",
        "*a",
        "!a",
        "|",
        ">",
        "a\tb",
        "a\\b",
        "=",
        "Zürich",
        "a.keller@example.org",
        "a-b/c (d)",
        "n",
        "nan",
        ".inf",
        "a\nb",
        "a\n",
        "\na",
        "a\n\nb\n",
        " a\nb",
        "a\n\n",
        "\n",
        "\n\n",
        " \n",
    ],
)
def test_the_lines_are_yaml_so_that_a_text_is_told_from_what_is_none(text):
    (shown,) = as_diff(
        [
            plan_one(
                GROUP,
                {"name": text, "notes": text, "permissions": {text or "x": text}, "tags": [text]},
                None,
            )
        ]
    )
    read = yaml.safe_load(shown["after"])
    assert read == {"name": text, "notes": text, "permissions": {text or "x": text}, "tags": [text]}

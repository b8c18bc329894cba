"""What was given as no text is not taken for one: a boolean, a number, a list, null, at any depth
and for any option.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json

import pytest

from ansible_collections.remoteops.access.plugins.module_utils._core.given import as_given
from ansible_collections.remoteops.access.plugins.module_utils._core.resource import (
    Choices,
    Field,
)

SPEC = {
    "name": {"type": "str"},
    "untyped": {},
    "directory": {"type": "path"},
    "port": {"type": "int"},
    "share": {"type": "float"},
    "enabled": {"type": "bool"},
    "password": {"type": "str", "no_log": True},
    "groups": {"type": "list", "elements": "str"},
    "files": {"type": "list", "elements": "path"},
    "ports": {"type": "list", "elements": "int"},
    "anything": {"type": "raw"},
    "properties": {"type": "dict"},
    "mail": {
        "type": "dict",
        "options": {"subject": {"type": "str"}, "copies": {"type": "list", "elements": "str"}},
    },
    "members": {
        "type": "list",
        "elements": "dict",
        "options": {"user": {"type": "str"}, "mail": {"type": "dict", "options": {"subject": {}}}},
    },
    "kind": {"type": "str", "choices": Choices(("ssh", "telnet"))},
    "state": {"type": "str", "choices": ["present", "absent"]},
    "rules": {
        "type": "list",
        "elements": "dict",
        "options": {"kind": {"type": "str", "choices": Choices(("tcp",))}},
    },
}
OF_TEXT = {
    "false": False,
    "true": True,
    "83": 83,
    "1.1": 1.1,
    "a list": ["a"],
    "a mapping": {"a": "b"},
}


@pytest.mark.parametrize(
    "place",
    [
        "name",
        "untyped",
        "directory",
        "groups[1]",
        "files[0]",
        "mail.subject",
        "mail.copies[0]",
        "members[0].user",
        "members[1].mail.subject",
    ],
)
@pytest.mark.parametrize("told", OF_TEXT)
def test_what_is_no_text_is_refused_by_its_place(place, told):
    params = OF_TEXT[told]
    for part in reversed(place.replace("]", "").replace("[", ".").split(".")):
        params = (
            [*[{} if place.startswith("members") else "fine"] * int(part), params]
            if part.isdigit()
            else {part: params}
        )
    _open, misread = as_given(SPEC, params)
    assert misread.startswith(f"{place} is ") and told in misread


@pytest.mark.parametrize("value", [True, False, 5])
def test_a_boolean_or_a_number_is_no_list_of_texts(value):
    assert as_given(SPEC, {"groups": value})[1].startswith("groups is ")


@pytest.mark.parametrize("option", ["mail", "members"])
def test_a_number_is_no_mapping(option):
    assert as_given(SPEC, {option: 5})[1].endswith("where a mapping is wanted.")


@pytest.mark.parametrize("option", ["port", "share", "ports"])
def test_a_boolean_is_no_number(option):
    assert (
        "a number is wanted" in as_given(SPEC, {option: [True] if option == "ports" else True})[1]
    )


def test_null_in_a_list_of_texts_is_no_text():
    assert as_given(SPEC, {"groups": ["a", None]})[1].startswith("groups[1] is null")


def test_what_is_given_as_json_is_looked_into():
    assert as_given(SPEC, {"mail": json.dumps({"subject": False})})[1].startswith(
        "mail.subject is false"
    )
    assert as_given(SPEC, {"members": [json.dumps({"user": 83})]})[1].startswith(
        "members[0].user is the number 83"
    )


def test_a_secret_that_is_a_number_is_not_shown():
    message = as_given(SPEC, {"password": 90125})[1]
    assert message.startswith("password is the number (") and "90125" not in message


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"name": "no"},
        {"name": ""},
        {"name": None},
        {"port": "22"},
        {"port": 22},
        {"share": 1},
        {"enabled": "yes"},
        {"enabled": 1},
        {"groups": []},
        {"groups": "a,b"},
        {"groups": ("a", "b")},
        {"ports": ["1", 2]},
        {"anything": True},
        {"properties": {"a": False}},
        {"properties": "a=b"},
        {"mail": None},
        {"mail": {"subject": None}},
        {"mail": "subject=no"},
        {"members": [{"user": "a"}]},
        {"colour": True},
        {"mail": {"colour": True}},
        {"mail": "nonsense"},
        {"members": ["nonsense"]},
        {"members": "nonsense"},
    ],
    ids=str,
)
def test_what_ansible_takes_as_it_is_meant_or_refuses_itself_is_left_to_it(params):
    assert as_given(SPEC, params)[1] is None


def test_the_choices_of_attributes_are_left_to_the_comparison_with_what_is_there_and_other_choices_to_ansible():
    spec, _misread = as_given(SPEC, {})
    assert "choices" not in spec["kind"] and "choices" not in spec["rules"]["options"]["kind"]
    assert spec["state"] == SPEC["state"] and SPEC["kind"]["choices"] and list(spec) == list(SPEC)


@pytest.mark.parametrize(
    ("place", "params"),
    {
        "name": {"name": "a\0b"},
        "untyped": {"untyped": "\0"},
        "directory": {"directory": "/tmp\0/etc"},
        "password": {"password": "of-nobody\0"},
        "state": {"state": "present\0"},
        "enabled": {"enabled": "yes\0"},
        "anything": {"anything": "0600\0"},
        "groups[1]": {"groups": ["a", "b\0"]},
        "groups": {"groups": "a,b\0"},
        "files[0]": {"files": ["\0"]},
        "properties": {"properties": {"a": [{"b": "c\0"}]}},
        "mail.subject": {"mail": {"subject": "\0"}},
        "members[0].user": {"members": [{"user": "\0"}]},
    }.items(),
)
def test_a_character_that_no_text_of_an_option_can_hold_is_refused_by_its_place(place, params):
    message = as_given(SPEC, params)[1]
    assert message == f"{place} holds a NUL character (U+0000)."


@pytest.mark.parametrize(
    "params",
    [
        {"properties": {"a\0": "c"}},
        {"properties": json.dumps({"a": "\0"})},
        {"mail": json.dumps({"subject": "\0"})},
    ],
    ids=str,
)
def test_it_is_found_in_keys_and_in_what_is_given_as_json(params):
    assert as_given(SPEC, params)[1].endswith(" holds a NUL character (U+0000).")


@pytest.mark.parametrize("params", [{"directory": "/tmp/\ud800"}, {"files": ["a", "\udfff/b"]}])
def test_half_of_a_character_is_no_path(params):
    assert "holds half of a character" in as_given(SPEC, params)[1]


def test_bytes_of_a_path_that_are_no_text_and_halves_in_other_texts_are_left_alone():
    assert as_given(SPEC, {"directory": "/tmp/\udc80", "name": "\ud800"})[1] is None


def test_what_the_text_of_a_field_may_hold_is_left_to_the_comparison_with_what_is_there():
    spec = {
        "note": Field().argument_spec(),
        "notes": Field("list", elements="str").argument_spec(),
        "mail": Field("dict", fields={"subject": Field()}).argument_spec(),
        "all": {"type": "dict", "options": {"note": Field().argument_spec()}},
    }
    given = {"note": "\0", "notes": ["\0"], "mail": {"subject": "\0"}, "all": {"note": "\0"}}
    assert as_given(spec, given)[1] is None

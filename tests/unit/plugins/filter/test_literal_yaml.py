"""What the filter writes, and that Ansible reads it back as it was, rendering nothing."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import inspect
import json
from textwrap import dedent

import pytest
from ansible.parsing.dataloader import DataLoader
from ansible.template import Templar

from ansible_collections.remoteops.access.plugins.filter.literal_yaml import literal_yaml

TEXTS = (
    "{{ 1 + 1 }}",
    "{{",
    "a {% if",
    "{# comment",
    "#jinja2: trim_blocks: True",
    "first\n{{ second }}\n",
    "{{ a }}\r\nb",
    "[[ 1 ]]",
    "{ a }",
    "10{1,3}",
    "",
    " ",
    "null",
    "~",
    "yes",
    "1",
    "1e3",
    "0o17",
    "1:30",
    "2024-01-01",
    "- a",
    "a: b",
    "a #b",
    "'",
    '"',
    "\\",
    "!unsafe x",
    "&a",
    "*a",
    "|",
    "%",
    "@",
    "two\nlines",
    "ends\n",
    "ends\n\n",
    "\nbegins",
    "  indented\nless",
    "trailing \nblank",
    "tab\tin",
    "\x07",
    "\x85",
    "a\x85\nb",
    "\u2028",
    "a\u2029\nb",
    "a\rb\n",
    "\ufeff",
    "ü",
    "\U0001f600",
    "long " * 60,
    "- " * 60,
)


def read_back(text: str, tmp_path):
    """Return what Ansible makes of a file of its own, templates rendered."""
    path = tmp_path / "read.yml"
    path.write_bytes(text.encode())
    loader = DataLoader()
    trust = (
        {"trusted_as_template": True}
        if "trusted_as_template" in inspect.signature(loader.load_from_file).parameters
        else {}
    )
    return Templar(loader).template(loader.load_from_file(str(path), cache="none", **trust))


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_read_back_as_it_was_wherever_it_stands(text, tmp_path):
    data = {
        "value": text,
        "list": [text, {"in": text}],
        "more": {"deep": {"deeper": text}},
        f"key {text}": 1,
    }
    assert read_back(literal_yaml(data), tmp_path) == data


def test_what_is_no_text_is_read_back_as_it_was(tmp_path):
    data = {"a": 1, "b": -1.5, "c": True, "d": None, "e": [], "f": {}, "g": [[1], [{}]], "h": 2**40}
    assert json.dumps(read_back(literal_yaml(data), tmp_path)) == json.dumps(data)


def test_types_that_come_from_those_of_python_are_written_as_these():
    class Text(str):
        pass

    class Mapping(dict):
        pass

    class Number(int):
        pass

    assert (
        literal_yaml(Mapping({Text("a"): [Text("{{ b }}"), Number(5)]}))
        == "a:\n  - !unsafe '{{ b }}'\n  - 5\n"
    )


def test_the_result_is_easy_to_read_and_keeps_the_order():
    twice = ["x"]
    assert literal_yaml(
        {
            "b": twice,
            "a": [{"name": "Müller", "notes": "one\ntwo\n", "groups": twice}],
            "10": r"10\..*",
        }
    ) == dedent("""\
        b:
          - x
        a:
          - name: Müller
            notes: |
              one
              two
            groups:
              - x
        '10': 10\\..*
        """)

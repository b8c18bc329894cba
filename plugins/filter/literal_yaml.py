"""The filter literal_yaml: data as YAML of which Ansible takes nothing for a template."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import re

import yaml

DOCUMENTATION = r"""
name: literal_yaml
short_description: Write data as YAML of which nothing is taken for a template
description:
  - Writes what a server said as YAML that Ansible can read back as it was. A text that looks like a Jinja template gets the tag C(!unsafe);
    without it, whoever can name a machine on the server could have templates rendered, and so commands run, wherever the file is read.
  - Otherwise like P(ansible.builtin.to_nice_yaml#filter), with the keys in their order and texts of several lines as blocks.
version_added: 0.1.0
author: The remoteops contributors (@remoteops)
positional: _input
options:
  _input:
    description: Mappings, lists, texts, numbers, truth values and nulls.
    type: raw
    required: true
"""

EXAMPLES = r"""
- name: Show what the file of an account with a strange name would hold
  ansible.builtin.debug:
    msg: "{{ {'technician': [{'username': 'a.keller', 'display_name': display_name}]} | remoteops.access.literal_yaml }}"
  vars:
    display_name: !unsafe "Anna {{ Keller }}"
"""

RETURN = r"""
_value:
  description: The YAML document, without C(---) before it.
  type: str
  sample: |
    technician:
      - username: a.keller
        display_name: !unsafe 'Anna {{ Keller }}'
"""

# What opens an expression, a statement or a comment, and the line with which a text chooses other
# signs for them.
LOOKS_LIKE_A_TEMPLATE = re.compile(r"\{[{%#]|\A#jinja2:")
# Line breaks that YAML takes for others, unless they are written as escapes.
UNUSUAL_BREAKS = re.compile("[\r\x85\u2028\u2029]")


class LiteralDumper(yaml.SafeDumper):
    """Writes texts as they are meant, also those of Ansible's own types."""

    def increase_indent(self, flow=False, indentless=False):
        """Indent lists below their key."""
        return super().increase_indent(flow, False)

    def ignore_aliases(self, data):
        """Write what occurs twice twice."""
        return True


def _text(dumper, text):
    tag = "!unsafe" if LOOKS_LIKE_A_TEMPLATE.search(text) else "tag:yaml.org,2002:str"
    style = '"' if UNUSUAL_BREAKS.search(text) else "|" if "\n" in text else None
    return dumper.represent_scalar(tag, str(text), style)


def _mapping(dumper, data):
    return dumper.represent_mapping("tag:yaml.org,2002:map", data.items())


def _list(dumper, data):
    return dumper.represent_sequence("tag:yaml.org,2002:seq", data)


# With the types that come from them: Ansible marks values by types of its own.
for _type, _writer in ((str, _text), (dict, _mapping), (list, _list)):
    LiteralDumper.add_representer(_type, _writer)
    LiteralDumper.add_multi_representer(_type, _writer)
for _type, _represent in (
    (int, yaml.SafeDumper.represent_int),
    (float, yaml.SafeDumper.represent_float),
):
    LiteralDumper.add_multi_representer(_type, _represent)


def literal_yaml(data) -> str:
    """Return ``data`` as a YAML document."""
    return yaml.dump(data, Dumper=LiteralDumper, sort_keys=False, allow_unicode=True, width=120)


class FilterModule:
    """The filters of this file."""

    def filters(self):
        """Return each by its name."""
        return {"literal_yaml": literal_yaml}

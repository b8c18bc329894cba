"""Whether the fast way into Ansible's inventory gives exactly what Ansible's own calls give:
values, types, marks and order.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import random

import pytest
from ansible.plugins.loader import inventory_loader
from ansible.release import __version__ as ansible_version

from ansible_collections.remoteops.access.plugins.plugin_utils._fast_inventory import KNOWN_RELEASES
from tests.controller import exactly, load_plugins, parse_inventory

# A plugin of Ansible's, so that Ansible makes all that surrounds the functions that are compared.
PLUGIN = '''
from __future__ import annotations

DOCUMENTATION = """
name: populated
short_description: Hosts out of a JSON file
description: Hosts out of a JSON file.
options:
  fast: {description: Whether to take the fast way., type: bool}
  content: {description: Path of the JSON file., type: str}
extends_documentation_fragment: [constructed]
"""

import json
from contextlib import nullcontext
from pathlib import Path

from ansible.plugins.inventory import BaseInventoryPlugin, Constructable
from ansible_collections.remoteops.access.plugins.plugin_utils import _fast_inventory, _inventory


class Counted:
    calls = 0

    def __init__(self, inventory):
        self._inventory = inventory

    def __getattr__(self, name):
        return getattr(self._inventory, name)

    def set_variable(self, *arguments):
        self.calls += 1
        self._inventory.set_variable(*arguments)


class InventoryModule(BaseInventoryPlugin, Constructable):
    NAME = "populated"

    def parse(self, inventory, loader, path, cache=True):
        super().parse(inventory, loader, path, cache)
        self._read_config_data(path)
        fast, content = self.get_option("fast"), json.loads(Path(self.get_option("content")).read_text())
        hosts = [_inventory.InventoryHost(*host) for host in content["hosts"]]
        counted = Counted(inventory)
        (_fast_inventory if fast else _inventory).populate(counted, content["parents"], hosts)
        Path(path).with_suffix(".calls").write_text(str(counted.calls))
        with _fast_inventory.compiled_once(self.templar) if fast else nullcontext():
            _inventory.construct(self, [host.name for host in hosts])
'''
TEXTS = [
    "",
    "text",
    "{{ 1 + 1 }}",
    "{% raw %}",
    "!unsafe",
    "ü\u202e\u0000",
    "True",
    "1.50",
    "a\\d",
    "x" * 300,
]


@pytest.fixture
def both_ways(tmp_path):
    """Return a function that puts the same hosts into an inventory the plain way and the fast way,
    and takes a picture of each.
    """
    load_plugins()
    directory = tmp_path / "plugins"
    directory.mkdir()
    (directory / "populated.py").write_text(PLUGIN)
    inventory_loader.add_directory(str(directory))
    (tmp_path / "content.json").touch()

    def populate(content, *earlier, **constructed):
        (tmp_path / "content.json").write_text(json.dumps(content))
        pictures = []
        for fast in (False, True):
            options = {
                "plugin": "populated",
                "fast": fast,
                "content": str(tmp_path / "content.json"),
                **constructed,
            }
            (tmp_path / "populated.yml").write_text(json.dumps(options))
            pictures.append(picture(parse_inventory(*earlier, tmp_path / "populated.yml")))
        return pictures

    return populate


def picture(manager) -> dict:
    """Return all that an inventory holds, with the types and marks of all values, in its order
    (Ansible gives a host's groups none).
    """
    return {
        "hosts": [
            (
                name,
                host.name,
                host.address,
                host.implicit,
                type(host.vars),
                exactly(host.vars),
                sorted(group.name for group in host.groups),
            )
            for name, host in manager.hosts.items()
        ],
        "groups": [
            (
                name,
                group.depth,
                exactly(group.vars),
                [host.name for host in group.hosts],
                [child.name for child in group.child_groups],
            )
            for name, group in manager.groups.items()
        ],
        "all": [host.name for host in manager.get_hosts()],
    }


def some_value(chance: random.Random, depth: int = 0):
    kind = chance.randrange(9 if depth < 3 else 7)
    if kind == 7:
        return [some_value(chance, depth + 1) for _number in range(chance.randrange(4))]
    if kind == 8:
        return {
            chance.choice(TEXTS): some_value(chance, depth + 1)
            for _number in range(chance.randrange(4))
        }
    return [
        None,
        True,
        False,
        chance.choice((0, 1, -1, 2**70)),
        chance.choice((0.0, 1.0, 1e300)),
        chance.choice(TEXTS),
        "own " + str(chance.random()),
    ][kind]


def some_content(seed: int, number: int = 60) -> dict:
    """Return hosts with some of twelve variables each, in orders of their own, in a tree of groups."""
    chance = random.Random(seed)
    names = [f"var_{letter}" for letter in "abcdefghijkl"]
    parents = {"g": None, "g_a": "g", "g_b": "g", "g_a_c": "g_a"}
    return {
        "parents": parents,
        "hosts": [
            [
                f"host{number}",
                {name: some_value(chance) for name in chance.sample(names, chance.randrange(13))},
                chance.sample(list(parents), chance.randrange(3)),
            ]
            for number in range(number)
        ],
    }


@pytest.mark.parametrize("seed", range(20))
def test_hosts_groups_and_variables_are_the_same_to_the_last_mark(both_ways, seed):
    plain, fast = both_ways(some_content(seed))
    assert len(plain["hosts"]) == 60
    assert fast == plain


def test_hosts_that_another_source_has_made_are_merged_in_the_same_way(both_ways, tmp_path):
    content = some_content(99)
    content["hosts"][0][1] = {"var_a": {"y": [1]}, "var_b": "new"}
    (tmp_path / "earlier.yml").write_text(
        "all: {hosts: {host0: {var_a: {x: 1}, var_b: old, other: 1}, host59: {}}, children: {g_b: {hosts: {host0: }}}}"
    )
    plain, fast = both_ways(content, tmp_path / "earlier.yml")
    assert (
        plain["hosts"][0][0] == "host0"
        and "'other'" in str(plain["hosts"][0])
        and "'old'" not in str(plain["hosts"][0])
    )
    assert fast == plain


def test_no_hosts_and_hosts_without_variables_are_the_same(both_ways):
    for hosts in ([], [["alone", {}, []]]):
        plain, fast = both_ways({"parents": {}, "hosts": hosts})
        assert fast == plain


def test_a_variable_that_is_called_as_the_specimens_are_is_no_exception(both_ways):
    plain, fast = both_ways(
        {"parents": {}, "hosts": [["a", {"specimens": [1]}, []], ["b", {"specimens": {}}, []]]}
    )
    assert fast == plain


EXPRESSIONS = [
    "var_a",
    "var_a | default('none') | lower",
    "var_b.x",
    "var_c[0]",
    "var_d ~ '!'",
    "var_e is defined and var_e",
    "{'k': var_f, 'l': [var_g]}",
    "undefined_variable",
    "var_a | no_such_filter",
    "((",
    "'{{ var_a }}'",
    "'\\d' ~ var_a",
    "[var_a, var_b] | flatten",
    "inventory_hostname",
    "lookup('ansible.builtin.env', 'HOME')",
    "var_a == var_b",
    "true",
    "none",
    "omit",
    "var_h | string | length",
    "group_names",
    "var_a.x",
]
KEYS = [
    "var_a | string",
    "[var_b | string, '']",
    "{'a': var_c | string, 'b': ''}",
    "var_d.x | string",
    "'\\d'",
    "undefined_variable",
]


@pytest.mark.parametrize("seed", range(5))
def test_what_is_constructed_is_the_same_to_the_last_mark(both_ways, seed):
    plain, fast = both_ways(
        some_content(seed, 15),
        compose={f"made_{number}": expression for number, expression in enumerate(EXPRESSIONS)},
        groups={f"group_{number}": expression for number, expression in enumerate(EXPRESSIONS)},
        keyed_groups=[
            {"key": expression, "prefix": f"keyed_{number}", "parent_group": "p_{{ var_a }}"}
            for number, expression in enumerate(KEYS)
        ],
    )
    made = {
        name
        for host in plain["hosts"]
        for (_type, _marks, name), _value in host[5][2]
        if "made_" in name
    }
    assert len(made) > 12 and len(plain["groups"]) > 12
    assert fast == plain


def test_this_release_of_ansible_core_is_one_of_those_that_are_known():
    assert ansible_version.startswith((*KNOWN_RELEASES, "2.18.")), (
        "test with this release, then add it to KNOWN_RELEASES"
    )


@pytest.mark.skipif(
    ansible_version.startswith("2.18."), reason="ansible-core 2.18 has no need of it"
)
def test_the_fast_way_hands_the_variables_of_one_host_to_ansible(both_ways, tmp_path):
    both_ways(some_content(1, 200))
    assert int((tmp_path / "populated.calls").read_text()) <= 1 + 12

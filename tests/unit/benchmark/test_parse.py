"""Tests that the benchmark sees any difference between two inventories that it is to find equal."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible.inventory.data import InventoryData

pytest.importorskip(
    "ansible.module_utils._internal._datatag", reason="values have tags since ansible-core 2.19"
)

from ansible._internal._datatag._tags import Origin, TrustedAsTemplate

from tests.benchmark.parse import described


def inventory(
    value,
    origin="<inventory plugin 'one' with source '/one/a.yml'>",
    groups=("first", "second"),
    **more,
):
    """Return an inventory of one host with one variable, and more if given."""
    found = InventoryData()
    for group in groups:
        found.add_group(group)
    found.add_host("pc")
    for name, each in {"inventory_file": origin, "variable": value, **more}.items():
        found.set_variable("pc", name, Origin(description=origin).try_tag(each))
    for group in groups:
        found.add_child(group, "pc")
    return found


@pytest.mark.parametrize("tags", [True, False])
def test_the_plugin_and_the_file_that_a_value_comes_from_make_no_difference(tags):
    other = inventory(
        {"a": ["x", 1]}, origin="<inventory plugin 'other' with source '/other/b.yml'>"
    )
    assert described(inventory({"a": ["x", 1]}), tags) == described(other, tags)


@pytest.mark.parametrize("tags", [True, False])
@pytest.mark.parametrize(
    "one, other",
    [
        (1, 1.0),
        (1, True),
        ("1", 1),
        ([1], (1,)),
        ({"a": 1}, {"a": 2}),
        ([[1]], [["1"]]),
        (None, "None"),
        ({1: 0}, {"1": 0}),
    ],
)
def test_values_of_another_type_or_content_differ_however_deep(one, other, tags):
    assert described(inventory(one), tags) != described(inventory(other), tags)


@pytest.mark.parametrize(
    "one, other",
    [
        ({"a": "x"}, {"a": TrustedAsTemplate().tag("x")}),
        (["x"], TrustedAsTemplate().tag(["x"])),
        ({"a": "x"}, {TrustedAsTemplate().tag("a"): "x"}),
    ],
)
def test_values_with_other_tags_differ_only_where_tags_are_compared(one, other):
    assert described(inventory(one), True) != described(inventory(other), True)
    assert described(inventory(one), False) == described(inventory(other), False)


def test_a_value_without_its_origin_differs_where_tags_are_compared():
    bare = inventory("x")
    bare.hosts["pc"].vars["variable"] = "x"
    assert described(inventory("x"), True) != described(bare, True)
    assert described(inventory("x"), False) == described(bare, False)


def test_another_order_of_groups_differs_only_where_tags_are_compared():
    one, other = inventory(1), inventory(1, groups=("second", "first"))
    assert described(one, True) != described(other, True)
    assert described(one, False) == described(other, False)


def test_another_order_of_variables_differs_only_where_tags_are_compared():
    one, other = inventory(1, more=2), inventory(1, more=2)
    variables = other.hosts["pc"].vars
    variables["variable"] = variables.pop("variable")
    assert described(one, True) != described(other, True)
    assert described(one, False) == described(other, False)


@pytest.mark.parametrize("tags", [True, False])
def test_a_host_or_group_more_and_another_membership_differ(tags):
    plain, host, group, member = (inventory(1) for each in range(4))
    host.add_host("other")
    group.add_group("third")
    member.add_child("first", "second")
    assert all(described(other, tags) != described(plain, tags) for other in (host, group, member))

"""The life of every object on servers that settle the open points of the vendor's document
differently, in all pairs.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from itertools import combinations, product

import pytest

from tests.unit.plugins.modules.conformance import named
from tests.unit.plugins.modules.conformance_simplehelp import CASES

# The switches of the simulator that a module of objects can notice.
VALUES = {
    "path_style": ("set", "printed"),
    "failure": ("status", "success_false"),
    "scalar": ("json", "text"),
    "warning_key": ("warnings", "warning", "both"),
    "notes_omitted": ("keep", "clear"),
    "nested_update": ("merge", "replace"),
    "content_type": ("exact", "any"),
    "unknown_fields": ("refuse", "ignore"),
    "nulls": ("absent", "null"),
    "restriction_duplicates": ("ignore", "duplicate"),
    "bad_restriction": ("refuse", "accept"),
    "video_password": ("absent", "blank", "masked", "plain"),
    "offline_machines": ("full", "sparse"),
    "absent_property": ("null", "empty", "refuse"),
    "read_only_fields": ("refuse", "ignore"),
    "unknown_machines": ("refuse", "omit"),
    "properties_many": ("refuse", "accept"),
}
DEFAULTS = {name: values[0] for name, values in VALUES.items()}


def all_pairs(values: dict[str, tuple]) -> list[dict]:
    """Return combinations in which each value of each switch meets each value of each other switch
    (greedy, deterministic).
    """
    missing = {
        # A dict, as the order of a set changes from process to process.
        ((one, here), (other, there)): None
        for one, other in combinations(values, 2)
        for here, there in product(values[one], values[other])
    }
    found = []
    while missing:
        chosen = dict(next(iter(missing)))
        for name in values:
            if name not in chosen:
                chosen[name] = max(
                    values[name],
                    key=lambda value: sum(
                        _pair(values, (name, value), each) in missing for each in chosen.items()
                    ),
                )
        found.append({name: chosen[name] for name in values})
        for pair in combinations(found[-1].items(), 2):
            missing.pop(pair, None)
    return found


def _pair(values, one, other):
    return tuple(sorted((one, other), key=lambda each: list(values).index(each[0])))


PAIRS = all_pairs(VALUES)
MOST_VALUES = max(map(len, VALUES.values()))


def each_value(values: dict[str, tuple], number: int) -> dict:
    """Return one of the combinations in which each value of each switch occurs."""
    return {name: each[number % len(each)] for name, each in values.items()}


def differences(switches: dict) -> str:
    """Return the name of a combination for pytest: what is not as by default."""
    return (
        ",".join(value for name, value in switches.items() if value != DEFAULTS[name]) or "defaults"
    )


def live(simulated, case) -> None:
    """Go through all the steps of an object's life: each foretold, done, shown, and not done again."""
    for step in case.steps:
        foretold = case.run(simulated, step, check=True)
        assert not foretold.failed, foretold["msg"]
        real = case.run(simulated, step)
        assert not real.failed, real["msg"]
        assert real["changed"] is True
        assert [real[part] for part in ("changed", "changes", "diff")] == [
            foretold[part] for part in ("changed", "changes", "diff")
        ]
        assert case.reached(simulated, step), (step.name, case.held(simulated.site))
        held, writes = simulated.server.dump(), len(simulated.journal.writes)
        again = case.run(simulated, step)
        assert not again.failed, again["msg"]
        assert again["changed"] is False
        assert len(simulated.journal.writes) == writes
        assert simulated.server.dump() == held


def test_all_pairs_are_among_the_combinations():
    for one, other in combinations(VALUES, 2):
        assert {(each[one], each[other]) for each in PAIRS} == set(
            product(VALUES[one], VALUES[other])
        )


@pytest.mark.parametrize("number", range(MOST_VALUES))
@pytest.mark.parametrize("case", CASES, ids=named)
def test_an_object_lives_its_life_with_each_value_of_each_switch(simplehelp, case, number):
    live(simplehelp(**each_value(VALUES, number)), case)


@pytest.mark.wide  # most objects notice two or three of the switches
@pytest.mark.parametrize("switches", PAIRS, ids=differences)
@pytest.mark.parametrize("case", CASES, ids=named)
def test_an_object_lives_its_life_on_any_kind_of_server(simplehelp, case, switches):
    live(simplehelp(**switches), case)


@pytest.mark.parametrize("module", ["machine_property", "simplehelp_config"])
def test_a_server_that_cannot_remove_properties_of_groups_is_reported(simplehelp, module):
    simulated = simplehelp(
        group_property_remove=False, expected_violations=("There is no such query",)
    )
    london = {"properties": {"contact": None}}
    options = {"machine_group": ["United Kingdom", "London"], **london}
    if module == "simplehelp_config":
        options = {"config": {"machine_group": [{"path": ["United Kingdom", "London"], **london}]}}
    outcome = simulated.run(module, **options)
    assert outcome.failed and "machinegroups/properties/remove" in outcome["msg"]
    assert outcome["changed"] is False


def test_a_restriction_that_is_there_twice_is_one_restriction(simplehelp):
    simulated = simplehelp(restriction_duplicates="duplicate")
    simulated.site["restrictions"] = ["10.*", "10.*", "192.*"]
    assert (
        simulated.expect(
            "simplehelp_tech_restriction", restrictions=["10.*", "192.*"], state="exact"
        )["changed"]
        is False
    )
    assert (
        simulated.expect("simplehelp_tech_restriction", restrictions=["10.*"], state="absent")[
            "changed"
        ]
        is True
    )
    assert simulated.site["restrictions"] == ["192.*"]


def test_an_invalid_restriction_that_is_there_already_does_not_get_in_the_way(simplehelp):
    simulated = simplehelp(bad_restriction="accept")
    simulated.site["restrictions"] = ["(", "10.*"]
    assert (
        simulated.expect(
            "simplehelp_tech_restriction", restrictions=["192.*"], own_address=["10.1.1.1"]
        )["changed"]
        is True
    )
    assert (
        simulated.expect("simplehelp_tech_restriction", restrictions=["("], state="absent")[
            "changed"
        ]
        is True
    )
    assert simulated.site["restrictions"] == ["10.*", "192.*"]


@pytest.mark.parametrize("scalar", ["json", "text"])
@pytest.mark.parametrize(
    "value",
    [
        "",
        " ",
        "42",
        "-1.50",
        "1e3",
        "true",
        "False",
        "null",
        "a b",
        "ü",
        "[1]",
        "{}",
        "a\nb",
        "C:\\x",
        '"',
        '"quoted"',
        "<b>",
        "NaN",
    ],
)
def test_a_property_of_a_machine_group_may_be_any_text(simplehelp, scalar, value):
    simulated = simplehelp(scalar=scalar)
    options = {"machine_group": ["Ireland"], "key": "k", "value": value}
    assert simulated.expect("machine_property", **options)["changed"] is True
    assert simulated.site["machine_groups"]["Ireland"]["properties"] == {"k": value}
    assert simulated.expect("machine_property", **options)["changed"] is False
    exported = simulated.expect("simplehelp_config_info", kinds=["machine_group"])["config"][
        "machine_group"
    ]
    assert exported[0] == {"path": ["Ireland"], "properties": {"k": value}}


@pytest.mark.parametrize(
    "value", ["", " ", "42", "true", "null", "ü\n", '"quoted"', "<b>", "{{ 7*7 }}", "😀", "\u2028"]
)
def test_a_property_of_a_machine_may_be_any_text(simplehelp, value):
    simulated = simplehelp()
    key = value.strip() or "empty"  # which is a name, and so has no blanks at its ends
    options = {"machine": "SG_5", "properties": {"k": value, key: "v"}}
    assert simulated.expect("machine_property", **options)["changed"] is True
    assert simulated.site["machines"]["SG_5"]["properties"] == {"k": value, key: "v"}
    assert simulated.expect("machine_property", **options)["changed"] is False

"""What the lookup of properties finds on a simulated SimpleHelp server, how often it asks, and how
it fails.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible.errors import AnsibleError

from tests.controller import look_up
from tests.unit.simulated import TOKEN


def properties(simulated, *keys, **options):
    return look_up("machine_property", *keys, **simulated.options, **options)


def refusal(simulated, *keys, **options) -> str:
    with pytest.raises(AnsibleError) as caught:
        properties(simulated, *keys, **options)
    assert TOKEN not in str(caught.value)
    return str(caught.value)


def queries(simulated) -> list[str]:
    return [entry.query for entry in simulated.asked()]


def test_several_properties_of_a_machine_id_take_one_request(simplehelp):
    simulated = simplehelp()
    assert properties(simulated, "contact", "asset", "site-code", machine="SG_1") == [
        "london@example.org",
        "HF-1",
        "LDN",
    ]
    assert queries(simulated) == ["machines/properties/get"]


@pytest.mark.parametrize("unknown_machines", ["refuse", "omit"])
def test_a_machine_is_found_by_its_name(simplehelp, unknown_machines):
    simulated = simplehelp(unknown_machines=unknown_machines)
    assert properties(simulated, "asset", machine="LDN-WHS-1") == ["HF-1"]
    assert queries(simulated) == [
        "machines/properties/get",
        "machines/list",
        "machines/properties/get",
    ]


def test_a_name_that_several_machines_bear_is_refused_with_their_ids(simplehelp):
    message = refusal(simplehelp(), "asset", machine="RECEPTION")
    assert "SG_3" in message and "SG_4" in message


def test_a_machine_that_does_not_exist_is_refused_even_with_a_default(simplehelp):
    assert "no machine with the ID or name 'SG_99'" in refusal(
        simplehelp(), "asset", machine="SG_99", default="none"
    )


def test_an_inherited_property_counts_unless_told_otherwise(simplehelp):
    simulated = simplehelp()
    assert properties(simulated, "currency", machine="SG_3") == ["GBP"]
    assert "no property 'currency'" in refusal(
        simulated, "currency", machine="SG_3", inherited=False
    )


def test_the_default_stands_in_for_each_property_that_does_not_exist(simplehelp):
    assert properties(simplehelp(), "asset", "floor", machine="SG_1", default="?") == ["HF-1", "?"]


def test_the_default_may_be_none(simplehelp):
    assert properties(simplehelp(), "floor", machine="SG_5", default=None) == [None]


def test_a_property_that_does_not_exist_is_an_error_that_names_it(simplehelp):
    message = refusal(simplehelp(), "asset", "floor", machine="SG_1")
    assert "machine SG_1 has no property 'floor'" in message


@pytest.mark.parametrize("absent_property", ["null", "empty", "refuse"])
def test_properties_of_a_machine_group_take_one_request_and_one_for_each(
    simplehelp, absent_property
):
    simulated = simplehelp(absent_property=absent_property)
    path = ["United Kingdom", "London"]
    assert properties(
        simulated, "contact", "missing", "contact", "currency", machine_group=path, default="?"
    ) == [
        "london@example.org",
        "?",
        "london@example.org",
        "GBP",
    ]
    assert queries(simulated) == ["machinegroups/properties/get"] * 3


@pytest.mark.parametrize("scalar", ["json", "text"])
def test_a_value_of_a_machine_group_is_read_however_the_server_spells_it(simplehelp, scalar):
    assert properties(
        simplehelp(scalar=scalar), "site-code", machine_group=["United Kingdom", "London"]
    ) == ["LDN"]


def test_an_inherited_property_of_a_machine_group_can_be_left_out(simplehelp):
    message = refusal(
        simplehelp(), "currency", machine_group=["United Kingdom", "London"], inherited=False
    )
    assert "machine group United Kingdom/London has no property 'currency'" in message


def test_an_unknown_machine_group_is_an_error(simplehelp):
    assert "Atlantis" in refusal(simplehelp(), "contact", machine_group=["Atlantis"], default="?")


@pytest.mark.parametrize("options", [{}, {"machine": "SG_1", "machine_group": ["Ireland"]}])
def test_exactly_one_of_machine_and_machine_group_is_wanted(simplehelp, options):
    simulated = simplehelp()
    assert "Either machine or machine_group must be given" in refusal(simulated, "asset", **options)
    assert queries(simulated) == []


def test_an_option_that_does_not_exist_is_refused(simplehelp):
    assert "no option inherit" in refusal(simplehelp(), "asset", machine="SG_1", inherit=False)


def test_the_connection_comes_from_the_environment(simplehelp, monkeypatch):
    simulated = simplehelp()
    for name in ("url", "api_token", "ca_path"):
        monkeypatch.setenv(f"SIMPLEHELP_{name.upper()}", simulated.options[name])
    assert look_up("machine_property", "asset", machine="SG_1") == ["HF-1"]


@pytest.mark.parametrize(
    "fault, words",
    [
        ("html", "HTML page"),
        ("empty_body", "empty body"),
        ("malformed", "cut off"),
        ("truncated", "broke off"),
        ("wrong_shape", "JSON object"),
        ("empty_list", "no machine"),
    ],
)
def test_an_answer_that_is_none_is_an_error_that_says_what_it_is(simplehelp, fault, words):
    simulated = simplehelp()
    simulated.inject("*", fault, times=None)
    assert words in refusal(simulated, "asset", machine="SG_1", default="?")


def test_a_wrong_token_is_an_error_that_does_not_show_it(simplehelp):
    simulated = simplehelp()
    simulated.options["api_token"] = "WRONG-token"
    message = refusal(simulated, "asset", machine="SG_1", default="?")
    assert "SimpleHelp refused" in message and "WRONG-token" not in message


def test_a_token_that_is_a_list_is_refused_without_showing_it(simplehelp):
    simulated = simplehelp()
    simulated.options["api_token"] = [TOKEN]
    assert "api_token must be a text" in refusal(simulated, "asset", machine="SG_1")


def test_nothing_asks_for_a_change(simplehelp):
    simulated = simplehelp()
    properties(simulated, "asset", machine="LDN-WHS-1")
    properties(simulated, "site-code", machine_group=["United Kingdom", "London"])
    assert simulated.wrote() == []

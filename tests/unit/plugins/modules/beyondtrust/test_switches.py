"""The life of every object on appliances that settle the open points of the vendor's documents
differently.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest

from tests.unit.plugins.modules.conformance import named
from tests.unit.plugins.modules.conformance_beyondtrust import CASES
from tests.unit.plugins.modules.test_switches import all_pairs, live

# The switches of the simulator that a module of objects can notice.
VALUES = {
    "token_request": ("documented", "lenient"),
    "token_counts": (True, False),
    "rate_limit_headers": (True, False),
    "connection": ("close", "keep_alive"),
    "connection_rules": ("watched", "off"),
    "unknown_parameters": ("refuse", "ignore"),
    "accept": ("json", "any"),
    "unlisted_paging": ("refuse", "ignore"),
    "unknown_field_status": (401, 422),
    "read_only_fields": ("refuse", "ignore"),
    "code_name_default": ("generated", "empty", "numbered"),
    "invalid_status": (422, 400),
    "names_unique": ("documented", "all"),
    "delete_in_use": ("clear", "refuse"),
    "no_value": ("absent", "null"),
    "undescribed_answers": ("empty", "object"),
    "vault_list": ("generic", "full"),
}
OTHERWISE = {name: values[1] for name, values in VALUES.items()}
PAIRS = all_pairs(VALUES)


@pytest.mark.parametrize("case", CASES, ids=named)
def test_an_object_lives_its_life_on_the_other_kind_of_appliance(servers, case):
    live(case.start(servers, **OTHERWISE), case)


@pytest.mark.wide
@pytest.mark.parametrize(
    "switches", PAIRS, ids=lambda switches: "-".join(map(str, switches.values()))
)
@pytest.mark.parametrize("case", CASES, ids=named)
def test_an_object_lives_its_life_on_any_kind_of_appliance(servers, case, switches):
    live(case.start(servers, **switches), case)


CODED = ("jump_group", "jumpoint", "team", "jump_policy", "rep_status", "vault_account_policy")


@pytest.mark.parametrize("case", [case for case in CASES if case.module.endswith(CODED)], ids=named)
def test_an_object_lives_its_life_where_code_names_are_numbered(servers, case):
    live(case.start(servers, code_name_default="numbered"), case)


def test_a_group_with_items_that_must_be_empty_stays_and_the_appliance_is_quoted(servers):
    simulated = servers["rs"](groups_with_items="refuse")
    held = simulated.server.dump()
    outcome = simulated.run(
        "beyondtrust_jump_group", name="Servers", state="absent", remove_items=True
    )
    assert outcome.failed and outcome["changed"] is False
    assert "The Jump Group is not empty" in outcome["msg"]
    assert simulated.server.dump() == held


@pytest.mark.parametrize("status", VALUES["invalid_status"])
def test_the_reasons_of_a_refusal_are_told_by_field_with_any_status(servers, status):
    simulated = servers["rs"](invalid_status=status)
    body = {"message": "The given data was invalid.", "errors": {"code_name": ["It is taken."]}}
    simulated.inject("POST /api/config/v1/jump-group", "status", status=status, body=body)
    outcome = simulated.run("beyondtrust_jump_group", name="New")
    assert outcome.failed and f"HTTP {status}" in outcome["msg"]
    assert "code_name: It is taken." in outcome["msg"]


@pytest.mark.parametrize(
    "module, key, used_by, as_what",
    [
        ("jump_policy", {"display_name": "Ask First"}, "jump-item/shell-jump", "jump_policy_id"),
        ("user", {"username": "a.keller"}, "vendor", "administrator_ids"),
        ("team", {"name": "Helpdesk"}, "vendor", "team_ids"),
    ],
)
def test_what_is_in_use_and_may_not_go_stays_and_the_appliance_is_quoted(
    servers, module, key, used_by, as_what
):
    simulated = servers["pra"](delete_in_use="refuse")
    config = simulated.site["config"]
    used = next(
        int(number)
        for number, each in config[module.replace("_", "-")].items()
        if key.items() <= each.items()
    )
    next(iter(config[used_by].values()))[as_what] = used if as_what.endswith("_id") else [used]
    held = simulated.server.dump()
    outcome = simulated.run(f"beyondtrust_{module}", **key, state="absent")
    assert (
        outcome.failed
        and outcome["changed"] is False
        and "The object is in use by" in outcome["msg"]
    )
    assert simulated.server.dump() == held

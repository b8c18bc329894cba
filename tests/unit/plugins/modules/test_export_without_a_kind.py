"""A server that does not have a kind, or does not show it to an account: the rest is exported, with
a warning; whatever says nothing of a kind fails the whole export.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json

import pytest

from tests.module_runner import DOORS, through
from tests.unit.appliances import CLIENT_ID

API = "GET /api/config/v1"
ONE = {
    "beyondtrust_config_info": (f"{API}/vault/account", "vault_account", f"{API}/*"),
    "simplehelp_config_info": ("machines/list", "machine", "*"),
}
REFUSED = {
    "beyondtrust_config_info": {"kind": "status", "status": 404, "body": {"message": "Not found"}},
    "simplehelp_config_info": {"kind": "refuse"},
}


@pytest.fixture
def start(beyondtrust, simplehelp):
    return {"beyondtrust_config_info": beyondtrust, "simplehelp_config_info": simplehelp}


def refuse(simulated, query, module):
    fault = dict(REFUSED[module])
    simulated.inject(query, fault.pop("kind"), times=None, **fault)


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("module", ONE)
def test_the_rest_is_exported_and_the_kind_is_warned_of(start, module, door):
    query, kind, _all = ONE[module]
    simulated = start[module]()
    whole = simulated.expect(module)
    assert whole["missing_kinds"] == [] and "warnings" not in whole.result
    refuse(simulated, query, module)
    with through(door):
        outcome = simulated.expect(module)
    missing = [each["kind"] for each in outcome["missing_kinds"]]
    assert kind in missing and not set(missing) & set(outcome["config"])
    assert {*missing, *outcome["config"]} == {*whole["config"]}
    told = json.dumps(outcome["warnings"])
    assert f"The export has no {kind}, " in told and "name the others in kinds" in told
    for name, described in outcome["config"].items():
        assert described == whole["config"][name]


@pytest.mark.parametrize("module", ONE)
def test_a_kind_that_was_asked_for_by_its_name_is_an_error_with_a_hint(start, module):
    query, kind, _all = ONE[module]
    simulated = start[module]()
    refuse(simulated, query, module)
    assert f"If this server has no {kind}, leave it out of kinds." in simulated.refuse(
        module, kinds=[kind]
    )


@pytest.mark.parametrize("module", ONE)
def test_a_server_that_refuses_everything_is_no_server_without_kinds(start, module):
    simulated = start[module]()
    refuse(simulated, ONE[module][2], module)
    assert "refused" in simulated.refuse(module)


@pytest.mark.parametrize(
    ("fault", "arguments"),
    [
        ("status", {"status": 500}),
        ("status", {"status": 401}),
        ("status", {"status": 503}),
        ("reset_before", {}),
        ("html", {}),
    ],
)
@pytest.mark.parametrize("module", ONE)
def test_what_says_nothing_of_a_kind_fails_the_whole_export(start, module, fault, arguments):
    simulated = start[module]()
    simulated.inject(ONE[module][0], fault, times=None, **arguments)
    simulated.refuse(module, retries=0)


def test_an_account_without_the_permission_for_the_vault_is_told_of_it(beyondtrust):
    simulated = beyondtrust()
    account = simulated.site["accounts"][CLIENT_ID]
    account["permissions"]["perm_configuration_vault_account"] = 0
    outcome = simulated.expect("beyondtrust_config_info")
    assert "vault_account" in {each["kind"] for each in outcome["missing_kinds"]}
    assert {"jump_group", "user", "shell_jump"} <= set(outcome["config"])
    assert "lacks the permission perm_configuration_vault_account" in json.dumps(
        outcome["warnings"]
    )

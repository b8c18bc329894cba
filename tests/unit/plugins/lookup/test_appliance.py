"""What the lookup of a BeyondTrust appliance finds, and how it fails."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible.errors import AnsibleError

from tests.controller import look_up
from tests.unit.appliances import CLIENT_ID, small_appliance


def look_at(simulated, *parts, **options):
    return look_up("appliance", *parts, **{**simulated.options, **options})


@pytest.mark.parametrize("product", ["rs", "pra"])
def test_all_parts_come_as_one_mapping_that_says_what_the_module_says(beyondtrust, product):
    simulated = beyondtrust(product)
    (found,) = look_at(simulated)
    told = simulated.expect("beyondtrust_appliance_info")
    assert found == {name: told[name] for name in found} and found["product"] == product
    assert found.keys() >= {"api_info", "health", "health_page"} and ("appliances" in found) is (
        product == "rs"
    )


def test_parts_come_in_the_order_of_the_terms(beyondtrust):
    appliances, health = look_at(beyondtrust(), "appliances", "health")
    assert appliances[0]["public_hostname"] == health["hostname"] == "support.example.org"


def test_only_the_parts_that_are_named_are_asked_for(beyondtrust):
    simulated = beyondtrust()
    look_at(simulated, "health", "health")
    assert [entry.query for entry in simulated.asked()] == [
        "GET /get_mech_list",
        "POST /oauth2/token",
        "command check_health",
    ]


def test_the_health_page_takes_no_login(beyondtrust):
    simulated = beyondtrust()
    assert look_at(simulated, "health_page") == [{"healthy": True, "status": 200}]
    assert [entry.query for entry in simulated.asked()] == [
        "GET /get_mech_list",
        "GET /check_health",
    ]


@pytest.mark.parametrize("part", ["helth", ["health"], "product"])
def test_a_part_that_there_is_not_is_an_error_that_names_those_that_there_are(beyondtrust, part):
    with pytest.raises(
        AnsibleError, match="There is no .*; there are api_info, health, appliances, health_page"
    ):
        look_at(beyondtrust(), part)


def test_an_option_that_there_is_not_is_an_error(beyondtrust):
    with pytest.raises(AnsibleError, match="There is no option gather"):
        look_at(beyondtrust(), gather=["health"])


def test_the_list_of_appliances_is_refused_on_privileged_remote_access(beyondtrust):
    with pytest.raises(AnsibleError, match="Privileged Remote Access does not list its appliances"):
        look_at(beyondtrust("pra"), "appliances")


def test_a_missing_permission_is_named(beyondtrust):
    site = small_appliance()
    site["accounts"][CLIENT_ID]["permissions"] = {"perm_configuration": 1}
    with pytest.raises(AnsibleError, match="perm_command"):
        look_at(beyondtrust(site=site), "health")


def test_a_secret_that_the_appliance_refuses_is_not_shown(beyondtrust):
    with pytest.raises(AnsibleError, match="were not accepted") as caught:
        look_at(beyondtrust(), "health", client_secret="WRONG-secret")
    assert "WRONG-secret" not in str(caught.value)


def test_hostile_xml_is_refused(beyondtrust):
    simulated = beyondtrust()
    simulated.inject("command check_health", "entities", times=None)
    with pytest.raises(AnsibleError, match="document type"):
        look_at(simulated, "health")


def test_connection_options_are_taken_from_the_environment(beyondtrust, monkeypatch):
    simulated = beyondtrust()
    for name, value in simulated.options.items():
        monkeypatch.setenv(f"BEYONDTRUST_{name.upper()}", str(value))
    assert look_up("appliance", "health_page") == [{"healthy": True, "status": 200}]

"""Seeds of the simulated Configuration API: what a new appliance has, what is filled in, and what
cannot be.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest

from tests.simulator.beyondtrust import Appliance, configuration
from tests.unit.simulator.beyondtrust import configuration_client
from tests.unit.simulator.beyondtrust.configuration_client import small_site

make_client = configuration_client.make_client


@pytest.mark.parametrize("product", ["rs", "pra"])
def test_a_new_appliance_has_an_administrator_roles_and_the_defaults_of_the_vault(
    make_client, product
):
    client = make_client({}, product)
    assert [each["username"] for each in client.get("/user")] == ["admin"]
    assert client.get("/jump-item-role/1")["name"] == "No Access"
    assert client.names("/vault/account-group") == ["Default Account Group"] and client.names(
        "/vault/account-policy"
    ) == ["Default Account Policy"]
    for path in (
        "/jump-group",
        "/jumpoint",
        "/team",
        "/group-policy",
        "/session-policy",
        "/jump-policy",
    ):
        assert client.get(path) == []


@pytest.mark.parametrize("product", ["rs", "pra"])
def test_an_empty_store_is_a_complete_one_on_which_a_seed_can_be_built(product):
    store = configuration.empty_store(product)
    assert configuration.complete_store(store, product, "25.2.1") == configuration.complete_store(
        {}, product, "25.2.1"
    )
    assert (
        Appliance({"config": {**store, "team": {"7": {"name": "Night"}}}}, product=product).site[
            "config"
        ]["team"]["7"]["comments"]
        is None
    )


@pytest.mark.parametrize("product", ["rs", "pra"])
def test_a_dump_is_a_seed_of_the_same_state(make_client, product):
    client = make_client(product=product)
    client.post("/group-policy/1/member", {"security_provider_id": 1, "user_id": 2})
    client.delete("/team/2")
    before = client.appliance.dump()
    client.appliance.load(before)
    assert client.appliance.dump() == before
    assert configuration.unprovisioned(client.appliance) == {1}
    assert client.post("/team", {"name": "New"})["id"] == 3


def test_a_seed_is_completed_but_not_changed():
    seed = {"jump-group": {"3": {"name": "Plant"}}}
    whole = configuration.complete_store(seed, "rs", "25.2.1")
    assert whole["jump-group"] == {
        "3": {"id": 3, "name": "Plant", "code_name": "", "comments": None}
    }
    assert whole["_next_id"]["jump-group"] == 4
    assert seed == {"jump-group": {"3": {"name": "Plant"}}}


def test_a_seed_may_leave_out_whatever_is_of_no_interest(make_client):
    client = make_client(
        {
            "config": {
                "user": {"5": {"username": "e"}},
                "group-policy": {"1": {"name": "p"}},
                "vendor": {"1": {"name": "v", "default_policy": 1}},
                "vendor/user": {"1": {"_parent": 1, "username": "u"}},
                "jump-client/installer": {"1": {"installer_id": "i" * 32}},
                "endpoint-automation/job": {"1": {"name": "j"}},
                "vault/account": {"1": {"type": "windows_domain", "name": "a"}},
            }
        },
        "pra",
        no_value="null",
    )
    assert (
        client.get("/user/5")["security_provider_id"],
        client.get("/user/5")["public_display_name"],
    ) == (1, None)
    assert client.get("/vendor/1/user/1")["is_expired"] is False
    assert client.get("/endpoint-automation/job/1")["finished_timestamp"] is None
    assert client.get("/endpoint-automation/job/1/execution") == []
    assert client.send("GET", f"/jump-client/installer/{'i' * 32}/linux-64").status == 200
    assert client.post("/vault/account/1/check-out", status=200)["password"]


def test_members_of_a_seed_are_in_effect_and_given_permissions_are_the_users_own(make_client):
    site = small_site("rs")
    site["config"]["user"]["2"]["perm_vault"] = True
    site["config"]["group-policy"]["1"]["perm_jump_client"] = True
    site["config"]["group-policy/member"] = {
        "1": {"_parent": 1, "security_provider_id": 1, "user_id": 2}
    }
    client = make_client(site)
    assert configuration.unprovisioned(client.appliance) == set()
    shown = client.get("/user/2")
    assert shown["perm_jump_client"] is True and shown["perm_vault"] is True
    client.post("/user/provision", status=204)
    assert client.get("/user/2") == shown


@pytest.mark.parametrize(
    ("collection", "record", "part"),
    [
        ("jump-groups", {}, "no collection jump-groups"),
        ("vendor", {"name": "x", "default_policy": 1}, "no collection vendor"),
        ("jump-group", {"nmae": "x"}, "nmae"),
        ("jump-group", {"name": 3}, "name"),
        ("team/user", {"user_id": 1}, "_parent"),
        ("team/user", {"user_id": 1, "_parent": 9}, "team 9"),
        ("jump-item/remote-vnc", {"jumpoint_id": 9, "jump_group_id": 9}, "jump-group 9"),
        ("vault/account", {"type": "username_password", "password": "x"}, "underscore"),
        ("security-provider", {"type": "oidc"}, "type local"),
        ("jump-client", {"session_policy_id": 2}, "session_policy_id"),
        (
            "vault/account/jump-item-association",
            {"_parent": 1, "filter_type": "all"},
            "filter_type",
        ),
    ],
)
def test_a_seed_that_no_appliance_could_hold_is_an_error(collection, record, part):
    with pytest.raises(ValueError, match=part):
        configuration.complete_store({collection: {"1": record}}, "rs", "25.2.1")

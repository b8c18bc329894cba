"""What goes when something is deleted in the simulated Configuration API, and what stays."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest

from tests.unit.simulator.beyondtrust import configuration_client

client, make_client, pra = (
    configuration_client.client,
    configuration_client.make_client,
    configuration_client.pra,
)


def test_a_jump_group_takes_its_items_members_and_entries_along(client):
    client.post("/jump-group/1/user", {"user_id": 2})
    client.post("/group-policy/1/jump-group", {"jump_group_id": 1})
    client.post("/jump-client/installer", {"jump_group_id": 1})
    client.patch(
        "/vault/account-group/2/jump-item-association",
        {"filter_type": "criteria", "criteria": {"shared_jump_groups": [1, 2]}},
    )
    client.delete("/jump-group/1")
    assert (
        client.get("/jump-item/shell-jump")
        == client.get("/jump-client")
        == client.get("/jump-client/installer")
        == []
    )
    assert client.get("/group-policy/1/jump-group") == []
    assert client.get("/vault/account-group/2/jump-item-association")["criteria"][
        "shared_jump_groups"
    ] == [2]
    assert client.appliance.site["config"]["jump-group/user"] == {}
    assert client.names("/jump-item/remote-rdp") == ["srv-1", "mine"]


def test_a_jump_group_leaves_the_personal_items_of_a_user_with_its_number(client):
    client.delete("/jump-group/2")
    assert client.names("/jump-item/remote-rdp") == ["mine"]


def test_a_jumpoint_takes_items_nodes_and_entries_along(client):
    client.post("/jumpoint/3/user", {"user_id": 2})
    client.post("/group-policy/1/jumpoint", {"jumpoint_id": 3})
    client.appliance.site["config"]["vault/endpoint"]["1"]["_jumpoint_id"] = 3
    client.delete("/jumpoint/3")
    assert (
        client.get("/jump-item/shell-jump")
        == client.get("/group-policy/1/jumpoint")
        == client.get("/vault/endpoint")
        == []
    )
    assert client.names("/jump-item/remote-rdp") == ["mine"]
    assert "adm" not in client.names("/vault/account")
    assert (
        client.appliance.site["config"]["jumpoint/node"]
        == client.appliance.site["config"]["jumpoint/user"]
        == {}
    )


def test_an_item_leaves_the_associations_of_accounts(client):
    client.patch("/vault/account-group/2/jump-item-association", {"filter_type": "criteria"})
    client.post(
        "/vault/account-group/2/jump-item-association/jump-item",
        {"id": 1, "type": "shell_jump"},
        200,
    )
    client.delete("/jump-item/shell-jump/1")
    assert client.get("/vault/account-group/2/jump-item-association")["jump_items"] == []


def test_a_jump_policy_in_use_is_cleared_where_it_was(client):
    client.delete("/jump-policy/4")
    assert client.get("/jump-item/remote-rdp/1")["jump_policy_id"] is None
    assert client.appliance.site["config"]["jump-policy/schedule"] == {}


def test_a_jump_policy_of_an_entry_in_a_group_policy_becomes_that_of_the_items(pra):
    pra.post("/group-policy/1/jump-group", {"jump_group_id": 1, "jump_policy_id": 4})
    pra.post("/jump-client/installer", {"jump_group_id": 1, "jump_policy_id": 4})
    pra.delete("/jump-policy/4")
    assert pra.get("/group-policy/1/jump-group/1")["jump_policy_id"] == 0
    assert "jump_policy_id" not in pra.get("/jump-client/installer/1")


def test_what_is_in_use_can_be_refused_by_a_switch(make_client):
    strict = make_client(product="pra", delete_in_use="refuse")
    assert strict.invalid("DELETE", "/jump-policy/4", None) == {"id"}
    strict.delete("/jump-policy/5")
    strict.post(
        "/vendor", {"name": "x", "default_policy": 1, "administrator_ids": [2], "team_ids": [1]}
    )
    assert (
        strict.invalid("DELETE", "/team/1", None)
        == strict.invalid("DELETE", "/user/2", None)
        == {"id"}
    )
    strict.delete("/team/2")


def test_a_team_and_a_user_leave_the_lists_of_vendors_and_policies(pra):
    pra.post(
        "/vendor", {"name": "x", "default_policy": 1, "administrator_ids": [2], "team_ids": [1]}
    )
    pra.patch("/jump-policy/4", {"approval_user_ids": ["2", "3"], "approval_team_ids": ["1"]})
    pra.delete("/team/1")
    pra.delete("/user/2")
    assert (pra.get("/vendor/2")["administrator_ids"], pra.get("/vendor/2")["team_ids"]) == ([], [])
    assert (
        pra.get("/jump-policy/4")["approval_user_ids"],
        pra.get("/jump-policy/4")["approval_team_ids"],
    ) == (["3"], [])


def test_a_user_takes_memberships_personal_items_and_personal_accounts_along(client):
    for path in (
        "/jump-group/1/user",
        "/jumpoint/3/user",
        "/team/1/user",
        "/vault/account/1/user",
        "/vault/account-group/1/user",
    ):
        client.post(path, {"user_id": 2})
    client.post("/group-policy/1/member", {"security_provider_id": 1, "user_id": 2})
    client.delete("/user/2")
    for path in (
        "/jump-group/1/user",
        "/jumpoint/3/user",
        "/team/1/user",
        "/vault/account/1/user",
        "/vault/account-group/1/user",
        "/group-policy/1/member",
    ):
        assert client.get(path) == []
    assert client.names("/jump-item/remote-rdp") == ["srv-1"]
    assert "own" not in client.names("/vault/account", include_personal="true")


def test_a_group_policy_takes_its_entries_along(client):
    client.post("/group-policy/1/team", {"team_id": 1})
    client.delete("/group-policy/1")
    assert client.appliance.site["config"]["group-policy/team"] == {}
    client.refuse(404, "GET", "/group-policy/1/team")


def test_the_default_policy_of_a_vendor_stays(pra):
    assert pra.invalid("DELETE", "/group-policy/2", None) == {"id"}
    pra.delete("/vendor/1")
    pra.delete("/group-policy/2")


def test_a_vendor_takes_its_users_along(pra):
    pra.post(
        "/vendor/1/user",
        {
            "username": "v",
            "public_display_name": "V",
            "password": "secret",
            "email_address": "v@example.org",
        },
        200,
    )
    pra.delete("/vendor/1")
    assert pra.appliance.site["config"]["vendor/user"] == {}


def test_accounts_of_a_group_or_policy_go_back_to_the_default(client):
    client.patch("/vault/account/1", {"account_group_id": 2})
    client.patch("/vault/account-group/1", {"account_policy": "shared_use"})
    client.delete("/vault/account-group/2")
    client.delete("/vault/account-policy/2")
    assert (
        client.get("/vault/account/1")["account_group_id"],
        client.get("/vault/account/1")["account_policy"],
    ) == (1, None)
    assert client.get("/vault/account-group/1")["account_policy"] is None


@pytest.mark.parametrize("path", ["/vault/account-group/1", "/vault/account-policy/1"])
def test_the_defaults_of_the_vault_stay(client, path):
    assert "default" in client.refuse(422, "DELETE", path)["message"]


def test_a_second_deletion_finds_nothing(client):
    client.delete("/team/1")
    client.refuse(404, "DELETE", "/team/1")


def test_a_jump_group_may_have_to_be_empty(make_client):
    client = make_client(groups_with_items="refuse")
    config = client.appliance.site["config"]
    held = {
        item["jump_group_id"]
        for collection in ("jump-item/shell-jump", "jump-item/remote-rdp", "jump-client")
        for item in config.get(collection, {}).values()
        if item.get("jump_group_type") == "shared"
    }
    empty = next(int(number) for number in config["jump-group"] if int(number) not in held)
    told = client.refuse(422, "DELETE", f"/jump-group/{min(held)}")
    assert told["message"] == "The Jump Group is not empty."
    client.delete(f"/jump-group/{empty}")

"""The vault of the simulated Configuration API: secrets, check-outs, rotation, groups, endpoints
and associations.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json

import pytest

from tests.unit.simulator.beyondtrust import configuration_client
from tests.unit.simulator.beyondtrust.configuration_client import OTHER_ID
from tests.unit.simulator.beyondtrust.configuration_walk import ACCOUNTS, CERTIFICATE

client, make_client, pra = (
    configuration_client.client,
    configuration_client.make_client,
    configuration_client.pra,
)
SECRETS = ("password", "private_key", "private_key_passphrase", "token", "x509_key")
NEW = {"type": "username_password", "name": "svc", "username": "svc", "password": "s3cret-word"}


# --- Accounts


def test_a_secret_is_kept_and_never_shown(client):
    for body in ACCOUNTS[client.product]:
        made = client.post("/vault/account", body)
        kept = client.appliance.site["config"]["vault/account"][str(made["id"])]
        assert not made.keys() & set(SECRETS) and not kept.keys() & set(SECRETS)
        assert {name: kept[f"_{name}"] for name in SECRETS if name in body} == {
            name: body[name] for name in SECRETS if name in body
        }


def test_a_new_account_is_in_the_default_group_and_has_no_policy_of_its_own(client):
    made = client.post("/vault/account", NEW)
    assert (made["account_group_id"], made["account_policy"], made["personal"]) == (1, None, False)
    assert "last_checkout_timestamp" not in made


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"type": 1},
        {**NEW, "type": "windows_local"},
        {**NEW, "type": "aws_secret"},
        {**NEW, "type": "other"},
    ],
)
def test_only_some_types_can_be_created(client, body):
    assert client.invalid("POST", "/vault/account", body) == {"type"}


def test_certificates_are_for_pra(make_client):
    body = {"type": "x509_ca", "name": "ca", "x509_key": "k", "x509_cert": "c"}
    assert make_client().invalid("POST", "/vault/account", body) == {"type"}
    pra = make_client(product="pra")
    made = pra.post("/vault/account", body)
    client_certificate = {"type": "x509_csr", "name": "c", "ttl": 60, **CERTIFICATE}
    assert pra.invalid("POST", "/vault/account", {**client_certificate, "parent_x509": 1}) == {
        "parent_x509"
    }
    assert (
        pra.post("/vault/account", {**client_certificate, "parent_x509": made["id"]})["ttl"] == 60
    )


def test_an_account_takes_the_fields_of_its_type_only(client):
    client.violate(401, "POST", "/vault/account", {**NEW, "private_key": "k"})
    client.violate(401, "PATCH", "/vault/account/4", {"password": "x"})
    assert client.invalid("PATCH", "/vault/account/1", {"type": "opaque_token"}) == {"type"}
    client.refuse(404, "PATCH", "/vault/account/99", {"name": "x"})


def test_an_account_policy_is_named_by_its_code_name(client):
    assert (
        client.patch("/vault/account/1", {"account_policy": "rotating"})["account_policy"]
        == "rotating"
    )
    assert client.patch("/vault/account/1", {"account_policy": None})["account_policy"] is None
    assert client.invalid("PATCH", "/vault/account/1", {"account_policy": "Rotating"}) == {
        "account_policy"
    }
    assert client.invalid("PATCH", "/vault/account-group/1", {"account_policy": "none"}) == {
        "account_policy"
    }
    assert client.invalid("PATCH", "/vault/account/1", {"account_group_id": 99}) == {
        "account_group_id"
    }


def test_the_list_shows_what_all_types_share_or_everything_by_a_switch(make_client):
    assert "username" not in make_client().get("/vault/account")[0]
    assert make_client(vault_list="full").get("/vault/account")[0]["username"] == "root"
    assert make_client().get("/vault/account/1")["username"] == "root"


def test_personal_accounts_are_left_alone(client):
    client.refuse(403, "DELETE", "/vault/account/3")
    client.refuse(422, "POST", "/vault/account/3/check-out")
    assert client.invalid("PATCH", "/vault/account/3", {"name": "x"}) == {"id"}


# --- Check-outs and rotation


def test_a_check_out_hands_out_the_secret_and_is_noted(client):
    assert client.post("/vault/account/2/check-out", status=200) == {
        "username": "adm",
        "type": "windows_local",
        "password": "adm-secret",
    }
    assert client.get("/vault/account/2")["last_checkout_timestamp"] == "2026-01-15T09:00:00+00:00"


def test_each_type_hands_out_its_own_kind_of_secret(client):
    for body in ACCOUNTS["rs"]:
        number = client.post("/vault/account", body)["id"]
        secret = client.post(f"/vault/account/{number}/check-out", status=200)
        expected = {"ssh": {"private_key"}, "ssh_ca": {"private_key", "signed_public_cert"}}.get(
            body["type"], {"password"}
        )
        assert secret.keys() - {"username", "type"} == expected
        assert secret.get("password", secret.get("private_key")) == body.get(
            "password", body.get("token", body.get("private_key"))
        )


def test_an_account_is_checked_out_once_unless_its_policy_allows_more(client):
    client.post("/vault/account/2/check-out", status=200)
    client.refuse(422, "POST", "/vault/account/2/check-out")
    client.refuse(422, "POST", "/vault/account/2/check-out", account=client.account(OTHER_ID))
    client.post("/vault/account/1/check-out", status=200)
    client.post("/vault/account/1/check-out", status=200, account=client.account(OTHER_ID))


def test_the_policy_of_the_group_and_then_the_default_one_hold_for_accounts_without(client):
    client.patch("/vault/account-group/1", {"account_policy": "shared_use"})
    for _time in range(2):
        client.post("/vault/account/2/check-out", status=200)
    client.patch("/vault/account-group/1", {"account_policy": None})
    client.patch("/vault/account-policy/1", {"allow_simultaneous_checkout": True})
    client.post("/vault/account/2/check-out", status=200)


def test_what_is_checked_out_is_checked_in_by_the_same_account_or_by_force(client):
    client.refuse(422, "POST", "/vault/account/2/check-in")
    client.post("/vault/account/2/check-out", status=200)
    client.refuse(422, "POST", "/vault/account/2/check-in", account=client.account(OTHER_ID))
    client.post("/vault/account/2/check-in", status=200)
    client.refuse(422, "POST", "/vault/account/2/force-check-in")
    client.post("/vault/account/2/check-out", status=200, account=client.account(OTHER_ID))
    client.post("/vault/account/2/force-check-in", status=200)
    client.post("/vault/account/2/check-out", status=200)


def test_keys_are_never_checked_in_by_force(client):
    client.post("/vault/account/4/check-out", status=200)
    client.refuse(422, "POST", "/vault/account/4/force-check-in")


def test_a_windows_credential_is_rotated_on_demand_and_after_use_where_the_policy_says_so(client):
    def secret():
        password = client.post("/vault/account/2/check-out", status=200)["password"]
        client.post("/vault/account/2/check-in", status=200)
        return password

    assert secret() == secret() == "adm-secret"
    client.post("/vault/account/2/rotate", status=200)
    rotated = secret()
    assert rotated != "adm-secret"
    client.patch("/vault/account/2", {"account_policy": "rotating"})
    assert secret() == rotated != secret()


@pytest.mark.parametrize("number", [1, 4])
def test_other_credentials_cannot_be_rotated(client, number):
    client.refuse(422, "POST", f"/vault/account/{number}/rotate")


# --- Groups, policies, users, endpoints


def test_accounts_move_between_groups(client):
    assert client.post("/vault/account-group/2/account", {"account_id": 1}) == {
        "account_id": 1,
        "account_group_id": 2,
    }
    assert client.get("/vault/account-group/2/account") == [
        client.get("/vault/account-group/2/account/1")
    ]
    client.refuse(404, "GET", "/vault/account-group/1/account/1")
    client.delete("/vault/account-group/2/account/1")
    assert client.get("/vault/account/1")["account_group_id"] == 1
    assert client.invalid("POST", "/vault/account-group/2/account", {"account_id": 99}) == {
        "account_id"
    }
    client.refuse(404, "POST", "/vault/account-group/99/account", {"account_id": 1})


def test_a_password_has_an_age_only_where_rotation_is_scheduled(client):
    assert client.invalid(
        "POST", "/vault/account-policy", {"name": "x", "scheduled_password_rotation": True}
    ) == {"maximum_password_age"}
    assert client.invalid(
        "POST", "/vault/account-policy", {"name": "x", "maximum_password_age": 3}
    ) == {"maximum_password_age"}
    made = client.post(
        "/vault/account-policy",
        {"name": "x", "scheduled_password_rotation": True, "maximum_password_age": 3},
    )
    assert (
        client.patch(f"/vault/account-policy/{made['id']}", {"scheduled_password_rotation": False})[
            "maximum_password_age"
        ]
        is None
    )


def test_users_of_accounts_and_groups_have_a_role(client):
    assert client.post("/vault/account/1/user", {"user_id": 2}) == {"user_id": 2, "role": "inject"}
    assert client.invalid("POST", "/vault/account/1/user", {"user_id": 2}) == {"user_id"}
    assert client.post("/vault/account-group/2/user", {"user_id": 2}) == {
        "user_id": 2,
        "account_group_id": 2,
        "role": "inject",
    }
    assert client.invalid("PATCH", "/vault/account-group/2/user/2", {"role": "own"}) == {"role"}


def test_an_rdp_item_is_linked_with_an_endpoint_of_its_hostname_once(client):
    assert client.get("/vault/endpoint/1/remote-rdp-jump-item-candidates") == [{"id": 1}, {"id": 2}]
    path = "/vault/endpoint/1/remote-rdp-jump-item-association"
    assert client.post(path, {"id": 1}) == {"id": 1}
    assert client.names("/jump-item/remote-rdp", endpoint_id=1) == ["srv-1"]
    assert client.invalid("POST", path, {"id": 1}) == client.invalid("POST", path, {}) == {"id"}
    client.refuse(404, "GET", "/vault/endpoint/99/remote-rdp-jump-item-candidates")


# --- Associations

ACCOUNT, GROUP = (
    "/vault/account/1/jump-item-association",
    "/vault/account-group/2/jump-item-association",
)
ITEM = {"id": 1, "type": "shell_jump"}


def test_an_account_inherits_until_it_has_an_association_of_its_own(client):
    for method, path, body in (
        ("GET", ACCOUNT, None),
        ("PATCH", ACCOUNT, {"filter_type": "no_jump_items"}),
        ("DELETE", ACCOUNT, None),
        ("POST", f"{ACCOUNT}/jump-item", ITEM),
    ):
        assert "inherits" in client.refuse(422, method, path, body)["message"]
    assert client.post(ACCOUNT, {"filter_type": "no_jump_items", "criteria": {"name": ["x"]}}) == {
        "filter_type": "no_jump_items"
    }
    client.refuse(422, "POST", ACCOUNT, {"filter_type": "any_jump_items"})
    client.delete(ACCOUNT)
    client.refuse(422, "GET", ACCOUNT)
    client.refuse(404, "GET", "/vault/account/99/jump-item-association")


def test_a_group_has_an_association_from_the_start_which_is_only_changed(client):
    assert client.get(GROUP) == {"filter_type": "any_jump_items"}
    made = client.post("/vault/account-group", {"name": "New"})["id"]
    assert client.get(f"/vault/account-group/{made}/jump-item-association") == {
        "filter_type": "any_jump_items"
    }
    assert client.send("POST", GROUP, {"filter_type": "criteria"}).status == 405


def test_criteria_are_replaced_one_by_one_and_go_with_their_type(client):
    client.patch(GROUP, {"filter_type": "criteria", "criteria": {"name": ["srv"], "tag": ["a"]}})
    held = client.patch(GROUP, {"criteria": {"name": ["pc"]}})
    assert held["criteria"] == {
        "shared_jump_groups": [],
        "host": [],
        "name": ["pc"],
        "tag": ["a"],
        "comment": [],
    }
    assert client.patch(GROUP, {"filter_type": "any_jump_items"}) == {
        "filter_type": "any_jump_items"
    }
    assert client.patch(GROUP, {"filter_type": "criteria"})["criteria"]["tag"] == []


def test_criteria_are_needed_and_refer_to_something(client):
    assert client.invalid("POST", ACCOUNT, {"filter_type": "criteria"}) == {"criteria"}
    assert client.invalid(
        "POST", ACCOUNT, {"filter_type": "criteria", "criteria": {"shared_jump_groups": [99]}}
    ) == {"criteria.shared_jump_groups"}
    assert client.invalid(
        "POST",
        ACCOUNT,
        {"filter_type": "criteria", "jump_items": [{"id": 99, "type": "shell_jump"}]},
    ) == {"jump_items.0"}
    assert client.invalid(
        "POST",
        ACCOUNT,
        {"filter_type": "criteria", "jump_items": [{"id": 1, "type": "remote_vnc"}]},
    ) == {"jump_items.0.type"}


def test_single_items_and_groups_are_added_and_removed_by_a_body(client):
    assert client.invalid("POST", f"{GROUP}/jump-item", ITEM) == {"filter_type"}
    client.patch(GROUP, {"filter_type": "criteria"})
    for _time in range(2):
        assert client.post(f"{GROUP}/jump-item", ITEM, 200) == ITEM
        assert client.post(f"{GROUP}/shared-jump-group", {"shared_jump_group_id": 1}, 200) == {
            "shared_jump_group_id": 1,
            "account_group_id": 2,
        }
    held = client.get(GROUP)
    assert (held["jump_items"], held["criteria"]["shared_jump_groups"]) == ([ITEM], [1])
    client.delete(f"{GROUP}/jump-item", ITEM)
    client.delete(f"{GROUP}/shared-jump-group", {"shared_jump_group_id": 1})
    client.refuse(404, "DELETE", f"{GROUP}/jump-item", ITEM)
    client.refuse(404, "DELETE", f"{GROUP}/shared-jump-group", {"shared_jump_group_id": 1})
    assert client.invalid("POST", f"{GROUP}/jump-item", {**ITEM, "id": 99}) == {"id"}
    assert client.invalid("POST", f"{GROUP}/shared-jump-group", {"shared_jump_group_id": 99}) == {
        "shared_jump_group_id"
    }


def test_an_addition_to_an_account_has_no_described_answer(make_client):
    for switches, expected in (
        ({}, b""),
        ({"undescribed_answers": "object"}, json.dumps(ITEM, separators=(",", ":")).encode()),
    ):
        client = make_client(**switches)
        client.post(ACCOUNT, {"filter_type": "criteria", "criteria": {"name": ["x"]}})
        assert client.send("POST", f"{ACCOUNT}/jump-item", ITEM).body == expected


# --- Endpoint automation


JOB = {
    "name": "j",
    "start_at": "2026-01-15T10:00:00Z",
    "operating_system": "Linux",
    "endpoint_ids": [1, 2],
    "payload": {"cmd": "sh", "script": "ls"},
}


def test_a_job_runs_when_its_time_has_come(client):
    job = client.post(
        "/endpoint-automation/job", {**JOB, "payload": {**JOB["payload"], "resource_ids": [1]}}
    )
    assert (
        job["finished_timestamp"],
        job["created_by_api_account_id"],
        job["created_by_user_id"],
    ) == (None, 1, None)
    assert [each["file_name"] for each in job["payload"]["resources"]] == ["fix.zip"]
    path = f"/endpoint-automation/job/{job['id']}"
    assert [each["exit_code"] for each in client.get(f"{path}/execution")] == [None, None]
    client.appliance.clock.advance(3600)
    assert client.get(path)["finished_timestamp"] == "2026-01-15T10:00:00+00:00"
    assert [
        (each["endpoint_id"], each["exit_code"]) for each in client.get(f"{path}/execution")
    ] == [(1, 0), (2, 0)]
    assert (
        client.names("/endpoint-automation/job", name="J") == ["j"]
        and client.names("/endpoint-automation/job", name="k") == []
    )


def test_a_job_needs_endpoints_and_resources_that_exist(client):
    path = "/endpoint-automation/job"
    assert (
        client.invalid("POST", path, {**JOB, "endpoint_ids": []})
        == client.invalid("POST", path, {**JOB, "endpoint_ids": [99]})
        == {"endpoint_ids"}
    )
    assert client.invalid("POST", path, {**JOB, "payload": {"script": "ls"}}) == {"payload.cmd"}
    assert client.invalid(
        "POST", path, {**JOB, "payload": {**JOB["payload"], "resource_ids": [99]}}
    ) == {"payload"}

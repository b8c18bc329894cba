"""What is particular to BeyondTrust's vault: types of accounts, secrets, users with roles,
associations with jump items, and the actions.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import sys

import pytest

from tests.controller import run_command
from tests.unit.appliances import small_appliance
from tests.unit.simulated import read_diff

ACCOUNT, GROUP, POLICY = (
    "beyondtrust_vault_account",
    "beyondtrust_vault_account_group",
    "beyondtrust_vault_account_policy",
)
OF_TYPE = {
    "username_password": {"username": "backup", "password": "first-secret"},
    "ssh": {
        "username": "netadmin",
        "private_key": "-----BEGIN KEY-----\nfirst-secret\n-----END KEY-----\n",
        "private_key_passphrase": "pass-phrase-1",
    },
    "ssh_ca": {"username": "netadmin", "private_key": "first-secret-key"},
    "opaque_token": {"token": "first-secret"},
}
CRITERIA = {
    "filter_type": "criteria",
    "criteria": {"shared_jump_groups": ["plant_leeds"], "host": ["10.1.*"]},
}


def of(simulated, collection: str, **attributes) -> list[dict]:
    """Return the records of a collection that have these values."""
    records = simulated.site["config"][collection].values()
    return [
        record
        for record in records
        if all(record.get(name) == value for name, value in attributes.items())
    ]


def association_of(simulated, owner: str, number: int) -> dict | None:
    """Return the association of an account or a group, as the appliance keeps it."""
    found = of(simulated, f"vault/{owner}/jump-item-association", _parent=number)
    return {name: value for name, value in found[0].items() if name != "_parent"} if found else None


def with_accounts(*accounts: dict, product: str = "rs") -> dict:
    """Return the seed of the small appliance with more accounts in its vault."""
    site = small_appliance(product)
    site["config"]["vault/account"] |= {
        str(number): account for number, account in enumerate(accounts, 10)
    }
    return site


# --- accounts, by type ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("vault_list", ["generic", "full"])
@pytest.mark.parametrize("kind", OF_TYPE)
def test_an_account_of_each_type_is_made_and_then_left_alone(beyondtrust, kind, vault_list):
    simulated = beyondtrust(vault_list=vault_list)
    options = {"name": "Backup", "type": kind, "description": "Nightly.", **OF_TYPE[kind]}
    foretold = simulated.expect(ACCOUNT, check=True, **options)
    made = simulated.expect(ACCOUNT, **options)
    assert (
        made["changed"]
        and made["changes"] == foretold["changes"]
        and made["diff"] == foretold["diff"]
    )
    (record,) = of(simulated, "vault/account", name="Backup")
    assert {f"_{name}": record[f"_{name}"] for name in OF_TYPE[kind] if name != "username"} == {
        f"_{name}": value for name, value in OF_TYPE[kind].items() if name != "username"
    }
    simulated.journal.clear()
    assert not simulated.expect(ACCOUNT, **options)["changed"]
    assert simulated.wrote() == []


def test_an_account_keeps_its_username_although_no_list_shows_it(beyondtrust):
    simulated = beyondtrust()
    assert not simulated.expect(ACCOUNT, name="Leeds root", username="root")["changed"]
    assert (
        simulated.expect(ACCOUNT, name="Leeds root", username="admin")["vault_account"]["username"]
        == "admin"
    )


def test_an_account_is_renamed_by_its_id(beyondtrust):
    simulated = beyondtrust()
    assert (
        simulated.expect(ACCOUNT, id=1, name="Leeds administrator")["vault_account"]["name"]
        == "Leeds administrator"
    )
    assert of(simulated, "vault/account", name="Leeds administrator")[0]["username"] == "root"
    assert not simulated.expect(ACCOUNT, id=1, name="Leeds administrator")["changed"]


def test_a_removed_account_is_gone_and_stays_so(beyondtrust):
    simulated = beyondtrust()
    assert simulated.expect(ACCOUNT, name="Leeds root", state="absent")["changed"]
    assert of(simulated, "vault/account", name="Leeds root") == []
    assert not simulated.expect(ACCOUNT, name="Leeds root", state="absent")["changed"]


@pytest.mark.parametrize(
    "kind, lacking",
    [
        ("username_password", "password, username"),
        ("ssh", "private_key, username"),
        ("opaque_token", "token"),
    ],
)
def test_a_new_account_without_what_its_type_needs_is_refused_with_its_names(
    beyondtrust, kind, lacking
):
    assert f"to make it, {lacking} must be given" in beyondtrust().refuse(
        ACCOUNT, name="Backup", type=kind
    )


@pytest.mark.parametrize(
    "kind, option",
    [
        ("username_password", {"token": "tok-en-1"}),
        ("opaque_token", {"username": "backup"}),
        ("ssh", {"account_policy": "rotate_monthly"}),
    ],
)
def test_what_a_type_of_account_does_not_have_is_refused(beyondtrust, kind, option):
    (name,) = option
    assert f"an account of the type {kind} has no {name}" in beyondtrust().refuse(
        ACCOUNT, name="Backup", type=kind, **OF_TYPE[kind], **option
    )


def test_an_empty_text_for_what_a_type_does_not_have_is_as_if_it_were_left_out(beyondtrust):
    simulated = beyondtrust()
    empty = {"username": "", "private_key_public_cert": "", "account_policy": ""}
    for kind, options in OF_TYPE.items():
        options = {"name": kind, "type": kind, **empty, **options}
        assert (
            simulated.expect(ACCOUNT, **options)["changed"]
            and not simulated.expect(ACCOUNT, **options)["changed"]
        )


@pytest.mark.parametrize("option", ["username", "account_group"])
def test_what_an_account_cannot_be_without_is_not_emptied(beyondtrust, option):
    assert f"{option} must not be empty" in beyondtrust().refuse(
        ACCOUNT, name="Leeds root", **{option: ""}
    )


def test_the_type_of_an_account_stays(beyondtrust):
    assert "type cannot be changed" in beyondtrust().refuse(
        ACCOUNT, name="Leeds root", type="opaque_token"
    )


def test_a_windows_account_is_changed_and_not_made(beyondtrust):
    simulated = beyondtrust()
    assert simulated.expect(ACCOUNT, name="files administrator", account_policy="Rotate Monthly")[
        "changed"
    ]
    assert (
        of(simulated, "vault/account", name="files administrator")[0]["account_policy"]
        == "rotate_monthly"
    )
    message = simulated.refuse(
        ACCOUNT, name="kiosk administrator", type="windows_local", username="administrator"
    )
    assert "made by discovery only" in message


def test_accounts_of_types_that_are_not_managed_are_as_if_they_were_not_there(beyondtrust):
    others = (
        {"type": "aws_secret", "name": "Cloud"},
        {"type": "password_safe", "name": "Safe"},
        {"type": "username_password", "name": "Own", "personal": True},
    )
    simulated = beyondtrust(
        "pra",
        with_accounts(
            *others,
            {"type": "x509_ca", "name": "Authority", "x509_cert": "certificate"},
            product="pra",
        ),
    )
    found = simulated.expect("beyondtrust_vault_account_info")["vault_accounts"]
    assert [account["name"] for account in found] == [
        "Leeds root",
        "Switches",
        "files administrator",
    ]
    assert not simulated.expect(ACCOUNT, name="Authority", state="absent")["changed"]


def test_of_accounts_that_share_a_name_one_is_meant_by_its_id(beyondtrust):
    simulated = beyondtrust(
        site=with_accounts(
            {
                "type": "opaque_token",
                "name": "Switches",
                "description": "",
                "_token": "another-token",
            }
        )
    )
    message = simulated.refuse(ACCOUNT, name="Switches", description="Old.")
    assert "Several objects of kind vault_account" in message and "2" in message and "10" in message
    simulated.expect(ACCOUNT, id=10, description="Old.")
    assert [
        account["description"] for account in of(simulated, "vault/account", name="Switches")
    ] == ["", "Old."]


def test_an_account_follows_its_policy_by_code_name_and_its_group_by_name(beyondtrust):
    simulated = beyondtrust()
    simulated.expect(
        ACCOUNT, name="Switches", account_policy="Rotate Monthly", account_group="Leeds"
    )
    (record,) = of(simulated, "vault/account", name="Switches")
    assert record["account_policy"] == "rotate_monthly" and record["account_group_id"] == 2
    assert not simulated.expect(
        ACCOUNT, name="Switches", account_policy="rotate_monthly", account_group="Leeds"
    )["changed"]
    simulated.expect(ACCOUNT, name="Switches", account_policy="")
    assert of(simulated, "vault/account", name="Switches")[0]["account_policy"] is None


# --- secrets ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name, secret",
    [
        ("Leeds root", "password"),
        ("Switches", "token"),
        ("Network", "private_key"),
        ("Network", "private_key_passphrase"),
    ],
)
def test_a_secret_is_written_again_only_when_it_is_told_to(beyondtrust, name, secret):
    simulated = beyondtrust(
        site=with_accounts(
            {
                "type": "ssh",
                "name": "Network",
                "username": "netadmin",
                "_private_key": "the key of the network",
            }
        )
    )
    assert not simulated.expect(ACCOUNT, name=name, **{secret: "second-secret"})["changed"]
    outcome = simulated.expect(
        ACCOUNT, name=name, **{secret: "second-secret", f"update_{secret}": "always"}
    )
    assert outcome["changed"] and outcome["changes"][0]["fields"] == [secret]
    assert of(simulated, "vault/account", name=name)[0][f"_{secret}"] == "second-secret"


def test_no_run_checks_an_account_out(beyondtrust):
    simulated = beyondtrust()
    simulated.expect(
        ACCOUNT,
        name="Leeds root",
        password="second-secret",
        update_password="always",
        description="New.",
    )
    simulated.expect("beyondtrust_vault_account_info", gather=["users", "jump_item_association"])
    assert not any("check-out" in entry.query for entry in simulated.asked())


def test_a_secret_that_the_appliance_refuses_is_not_shown(beyondtrust):
    simulated = beyondtrust()
    simulated.inject("POST /api/config/v1/vault/account", "refuse")
    outcome = simulated.run(ACCOUNT, name="Backup", type="ssh", **OF_TYPE["ssh"])
    assert outcome.failed and "BEGIN" not in outcome.output


def test_the_permission_that_the_vault_needs_is_named(beyondtrust):
    simulated = beyondtrust()
    account = next(iter(simulated.site["accounts"].values()))
    account["permissions"]["perm_configuration_vault_account"] = 0
    assert "lacks the permission perm_configuration_vault_account" in simulated.refuse(
        ACCOUNT, name="Backup", type="opaque_token", token="tok-en-1"
    )


# --- users ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "module, collection, name",
    [(ACCOUNT, "vault/account", "Leeds root"), (GROUP, "vault/account-group", "Leeds")],
)
def test_users_are_added_changed_left_alone_and_removed(beyondtrust, module, collection, name):
    simulated = beyondtrust()
    (owner,) = of(simulated, collection, name=name)
    path = f"/api/config/v1/{collection}/{owner['id']}/user"

    def users():
        return {
            record["user_id"]: record["role"]
            for record in of(simulated, f"{collection}/user", _parent=owner["id"])
        }

    simulated.expect(
        module,
        name=name,
        users=[
            {"user": "a.keller", "role": "inject_and_checkout"},
            {"user": "b.okafor", "role": "inject"},
        ],
    )
    assert users() == {2: "inject_and_checkout", 3: "inject"}
    assert sorted(simulated.wrote()) == [f"PATCH {path}/2", f"POST {path}"]
    simulated.journal.clear()
    assert not simulated.expect(
        module, name=name, users=[{"user": "b.okafor"}, {"user": "a.keller"}]
    )["changed"]
    simulated.expect(module, name=name, users=[{"user": "b.okafor"}])
    assert users() == {3: "inject"}
    assert simulated.expect(module, name=name, users=[])["changed"] and users() == {}


def test_a_user_who_does_not_exist_is_refused(beyondtrust):
    assert "user names the user 'nobody', which does not exist" in beyondtrust().refuse(
        ACCOUNT, name="Leeds root", users=[{"user": "nobody"}]
    )


# --- associations with jump items -------------------------------------------------------------------------------------


def test_an_account_is_given_an_association_of_its_own_and_takes_that_of_its_group_again(
    beyondtrust,
):
    simulated = beyondtrust()
    outcome = simulated.expect(ACCOUNT, name="Leeds root", jump_item_association=CRITERIA)
    assert (
        read_diff(outcome["diff"])["before"]["vault_account Leeds root"]["jump_item_association"][
            "filter_type"
        ]
        == "inherit"
    )
    kept = association_of(simulated, "account", 1)
    assert kept["criteria"]["shared_jump_groups"] == [1] and kept["criteria"]["host"] == ["10.1.*"]
    assert not simulated.expect(ACCOUNT, name="Leeds root", jump_item_association=CRITERIA)[
        "changed"
    ]
    simulated.expect(ACCOUNT, name="Leeds root", jump_item_association={"filter_type": "inherit"})
    assert association_of(simulated, "account", 1) is None
    assert not simulated.expect(
        ACCOUNT, name="Leeds root", jump_item_association={"filter_type": "inherit"}
    )["changed"]
    place = "/api/config/v1/vault/account/1/jump-item-association"
    assert simulated.wrote() == [f"POST {place}", f"DELETE {place}"]


def test_a_new_account_is_made_with_its_association_in_one_run(beyondtrust):
    simulated = beyondtrust()
    simulated.expect(
        ACCOUNT,
        name="Backup",
        type="opaque_token",
        token="tok-en-1",
        jump_item_association=CRITERIA,
        users=[{"user": "a.keller"}],
    )
    (record,) = of(simulated, "vault/account", name="Backup")
    assert association_of(simulated, "account", record["id"])["filter_type"] == "criteria"


def test_a_criterion_that_is_left_out_is_left_alone(beyondtrust):
    simulated = beyondtrust()
    simulated.expect(GROUP, name="Leeds", jump_item_association=CRITERIA)
    simulated.expect(
        GROUP,
        name="Leeds",
        jump_item_association={"filter_type": "criteria", "criteria": {"tag": ["switch"]}},
    )
    kept = association_of(simulated, "account-group", 2)
    assert kept["criteria"] == {
        "shared_jump_groups": [1],
        "host": ["10.1.*"],
        "name": [],
        "tag": ["switch"],
        "comment": [],
    }
    simulated.expect(
        GROUP,
        name="Leeds",
        jump_item_association={"filter_type": "criteria", "criteria": {"host": []}},
    )
    assert association_of(simulated, "account-group", 2)["criteria"]["host"] == []


def test_single_jump_items_are_named_by_kind_and_id(beyondtrust):
    simulated = beyondtrust()
    items = [{"type": "shell_jump", "id": 2}, {"type": "jump_client", "id": 1}]
    simulated.expect(
        GROUP, name="Leeds", jump_item_association={"filter_type": "criteria", "jump_items": items}
    )
    assert sorted(
        item["type"] for item in association_of(simulated, "account-group", 2)["jump_items"]
    ) == ["jump_client", "shell_jump"]
    assert not simulated.expect(
        GROUP,
        name="Leeds",
        jump_item_association={"filter_type": "criteria", "jump_items": items[::-1]},
    )["changed"]


def test_what_the_appliance_drops_with_the_criteria_is_foretold(beyondtrust):
    simulated = beyondtrust()
    simulated.expect(GROUP, name="Leeds", jump_item_association=CRITERIA)
    options = {"name": "Leeds", "jump_item_association": {"filter_type": "no_jump_items"}}
    foretold, done = (
        simulated.expect(GROUP, check=True, **options),
        simulated.expect(GROUP, **options),
    )
    assert foretold["diff"] == done["diff"]
    assert read_diff(foretold["diff"])["after"]["vault_account_group Leeds"][
        "jump_item_association"
    ] == {"filter_type": "no_jump_items"}
    assert association_of(simulated, "account-group", 2) == {"filter_type": "no_jump_items"}


@pytest.mark.parametrize(
    "association, words",
    [
        (
            {"filter_type": "any_jump_items", "criteria": {"host": ["10.*"]}},
            "count only with filter_type: criteria",
        ),
        ({"filter_type": "criteria"}, "something has to be given"),
        ({"filter_type": "criteria", "criteria": {"name": []}}, "something has to be given"),
        ({"filter_type": "criteria", "criteria": {"host": ["SW-*"]}}, "write 'sw-*', not 'SW-*'"),
        (
            {"filter_type": "criteria", "criteria": {"host": ["x" * 65]}},
            "at least 1 and at most 64 characters long, not 65",
        ),
        (
            {"filter_type": "criteria", "criteria": {"host": [""]}},
            "at least 1 and at most 64 characters long, not 0",
        ),
        (
            {
                "filter_type": "criteria",
                "criteria": {"host": [f"{number}" for number in range(33)]},
            },
            "at most 32",
        ),
        (
            {"filter_type": "criteria", "criteria": {"shared_jump_groups": ["Nowhere"]}},
            "'Nowhere', which does not exist",
        ),
        (
            {"filter_type": "criteria", "jump_items": [{"type": "web_jump", "id": 1}]},
            "Remote Support has no web_jump",
        ),
    ],
)
def test_an_association_that_cannot_be_is_refused(beyondtrust, association, words):
    assert words in beyondtrust().refuse(GROUP, name="Leeds", jump_item_association=association)


def test_a_web_jump_is_named_on_privileged_remote_access(beyondtrust):
    simulated = beyondtrust("pra")
    items = [{"type": "web_jump", "id": 1}]
    simulated.expect(
        ACCOUNT,
        name="Switches",
        jump_item_association={"filter_type": "criteria", "jump_items": items},
    )
    assert association_of(simulated, "account", 2)["jump_items"] == items


# --- groups and policies ----------------------------------------------------------------------------------------------


def test_the_default_group_is_not_removed(beyondtrust):
    assert "vault's default group" in beyondtrust().refuse(
        GROUP, name="Default Account Group", state="absent"
    )


def test_a_group_that_is_removed_leaves_its_accounts_to_the_default_group(beyondtrust):
    simulated = beyondtrust()
    simulated.expect(GROUP, name="Leeds", state="absent")
    assert of(simulated, "vault/account", name="Leeds root")[0]["account_group_id"] == 1


def test_a_policy_is_found_by_its_code_name_and_renamed(beyondtrust):
    simulated = beyondtrust()
    simulated.expect(
        POLICY, code_name="rotate_monthly", name="Rotate Every Month", maximum_password_age=31
    )
    (record,) = of(simulated, "vault/account-policy", code_name="rotate_monthly")
    assert record["name"] == "Rotate Every Month" and record["maximum_password_age"] == 31


def test_the_age_of_passwords_belongs_to_scheduled_rotation(beyondtrust):
    simulated = beyondtrust()
    assert "needs maximum_password_age" in simulated.refuse(
        POLICY, name="Weekly", scheduled_password_rotation=True
    )
    assert "counts only with" in simulated.refuse(POLICY, name="Weekly", maximum_password_age=7)
    assert "counts only with" in simulated.refuse(
        POLICY, name="Rotate Monthly", scheduled_password_rotation=False, maximum_password_age=7
    )
    simulated.expect(POLICY, name="Rotate Monthly", scheduled_password_rotation=False)
    assert (
        of(simulated, "vault/account-policy", name="Rotate Monthly")[0]["maximum_password_age"]
        is None
    )
    assert not simulated.expect(POLICY, name="Rotate Monthly", scheduled_password_rotation=False)[
        "changed"
    ]


# --- the actions ------------------------------------------------------------------------------------------------------

CHECK_OUT, CHECK_IN, ROTATION = (
    f"{ACCOUNT}_{action}" for action in ("check_out", "check_in", "rotation")
)


def check_out(simulated, **options):
    """Check an account out, the secret of which is then no secret to this test."""
    simulated.secrets.clear()
    return simulated.expect(CHECK_OUT, **options)


def test_a_check_out_returns_the_secret_and_a_check_in_gives_it_back(beyondtrust):
    simulated = beyondtrust()
    assert "credential" not in simulated.expect(CHECK_OUT, check=True, name="Leeds root").result
    outcome = check_out(simulated, name="Leeds root", account_group="Leeds")
    assert outcome["credential"] == {
        "username": "root",
        "type": "username_password",
        "password": "the password of root",
        "private_key": None,
        "signed_public_cert": None,
    }
    assert outcome["changes"] == [
        {"action": "check_out", "kind": "vault_account", "name": "Leeds root", "fields": []}
    ]
    assert "checked out" in simulated.run(CHECK_OUT, name="Leeds root")["msg"]
    assert simulated.expect(CHECK_IN, name="Leeds root")["changes"][0]["action"] == "check_in"
    assert "not checked out" in simulated.run(CHECK_IN, name="Leeds root")["msg"]


def test_a_check_in_by_force_gives_back_what_others_have(beyondtrust):
    simulated = beyondtrust()
    simulated.site["config"]["vault/account"]["1"]["_checkouts"] = ["another account"]
    assert simulated.run(CHECK_IN, name="Leeds root").failed
    assert (
        simulated.expect(CHECK_IN, name="Leeds root", force=True)["changes"][0]["action"]
        == "force_check_in"
    )
    assert simulated.wrote()[-1].endswith("/force-check-in")


def test_an_account_of_a_type_that_is_not_managed_is_checked_out_all_the_same(beyondtrust):
    simulated = beyondtrust(site=with_accounts({"type": "aws_secret", "name": "Cloud"}))
    assert check_out(simulated, name="Cloud")["credential"]["password"]


def test_a_rotation_is_scheduled_and_refused_for_what_cannot_be_rotated(beyondtrust):
    simulated = beyondtrust()
    before = simulated.site["config"]["vault/account"]["3"].get("_password")
    assert simulated.expect(ROTATION, id=3)["changed"]
    assert simulated.site["config"]["vault/account"]["3"]["_password"] != before
    assert "cannot be rotated" in simulated.run(ROTATION, name="Leeds root")["msg"]


@pytest.mark.parametrize("module", [CHECK_OUT, CHECK_IN, ROTATION])
@pytest.mark.parametrize(
    "options, words",
    [
        ({}, "Either name or id must be given"),
        ({"name": "Switches", "id": 2}, "Either name or id must be given"),
        ({"name": " "}, "name must not be empty"),
        ({"name": "switches"}, "no vault account named 'switches'"),
        ({"id": 99}, "no vault account with the id 99"),
        (
            {"name": "Switches", "account_group": "Leeds"},
            "named 'Switches' in the account group 'Leeds'",
        ),
        (
            {"name": "Switches", "account_group": "Nowhere"},
            "no vault_account_group named 'Nowhere'",
        ),
    ],
)
def test_an_account_that_is_not_there_is_refused_in_check_mode_too(
    beyondtrust, module, options, words
):
    simulated = beyondtrust()
    assert words in simulated.refuse(module, **options)
    assert words in simulated.refuse(module, check=True, **options)


def test_of_accounts_with_one_name_the_action_takes_that_of_the_group_or_the_id(beyondtrust):
    simulated = beyondtrust(
        site=with_accounts(
            {
                "type": "opaque_token",
                "name": "Switches",
                "_token": "another-token",
                "account_group_id": 2,
            }
        )
    )
    assert "Several vault accounts" in simulated.refuse(CHECK_OUT, name="Switches")
    assert (
        check_out(simulated, name="Switches", account_group="Leeds")["credential"]["password"]
        == "another-token"
    )


@pytest.mark.parametrize("module, options", [(CHECK_OUT, {}), (CHECK_IN, {"force": True})])
@pytest.mark.parametrize("fault", ["reset_after", "truncated"])
def test_an_action_without_an_answer_may_have_been_done_and_is_not_repeated(
    beyondtrust, module, options, fault
):
    simulated = beyondtrust()
    simulated.site["config"]["vault/account"]["1"]["_checkouts"] = (
        ["another account"] if options else []
    )
    simulated.inject("POST *check-*", fault)
    outcome = simulated.run(module, name="Leeds root", **options)
    assert outcome.failed and outcome["changed"] and "It is unknown whether" in outcome["msg"]
    assert len(simulated.wrote()) == 1


def test_a_check_out_that_is_answered_without_a_secret_is_a_failure_that_says_so(beyondtrust):
    simulated = beyondtrust()
    simulated.inject("POST *check-out", "status", status=200, body="{}")
    outcome = simulated.run(CHECK_OUT, name="Leeds root")
    assert outcome.failed and outcome["changed"] and "without a secret" in outcome["msg"]


# --- endpoints --------------------------------------------------------------------------------------------------------

LINK = "beyondtrust_vault_endpoint_association"


def with_endpoint(**attributes) -> dict:
    """Return the seed of the small appliance, with an endpoint at the address of its remote RDP
    item.
    """
    site = small_appliance()
    site["config"]["vault/endpoint"]["1"] |= {"hostname": "10.2.0.2", **attributes}
    return site


def test_an_endpoint_is_read_with_its_jump_items_and_those_that_it_can_have(beyondtrust):
    simulated = beyondtrust(site=with_endpoint())
    gather = ["remote_rdp", "remote_rdp_candidates"]
    item = {"id": 1, "name": "files", "jump_group": "Servers", "personal_list_of": None}
    (endpoint,) = simulated.expect(
        "beyondtrust_vault_endpoint_info", names=["files"], gather=gather
    )["vault_endpoints"]
    assert endpoint["remote_rdp"] == [] and endpoint["remote_rdp_candidates"] == [item]
    simulated.expect(LINK, endpoint="files", remote_rdp_id=1)
    (endpoint,) = simulated.expect("beyondtrust_vault_endpoint_info", gather=gather)[
        "vault_endpoints"
    ]
    assert endpoint["remote_rdp"] == [item] and endpoint["remote_rdp_candidates"] == []


def test_an_endpoint_is_linked_once(beyondtrust):
    simulated = beyondtrust(site=with_endpoint())
    options = {"endpoint": "files", "remote_rdp": "files", "jump_group": "servers"}
    foretold, done = (
        simulated.expect(LINK, check=True, **options),
        simulated.expect(LINK, **options),
    )
    assert foretold["changes"] == done["changes"] and done["changed"]
    assert simulated.site["config"]["jump-item/remote-rdp"]["1"]["endpoint_id"] == 1
    assert not simulated.expect(LINK, **options)["changed"]
    assert simulated.wrote() == [
        "POST /api/config/v1/vault/endpoint/1/remote-rdp-jump-item-association"
    ]


def test_an_item_that_cannot_be_linked_is_refused(beyondtrust):
    site = with_endpoint()
    site["config"]["vault/endpoint"]["2"] = {"name": "other", "hostname": "10.9.9.9"}
    simulated = beyondtrust(site=site)
    assert "does not list remote_rdp files" in simulated.refuse(
        LINK, endpoint_id=2, remote_rdp_id=1
    )
    assert "one of jump_group and personal_list_of" in simulated.refuse(
        LINK, endpoint="files", remote_rdp="files"
    )
    assert "no remote_rdp nothing/Servers" in simulated.refuse(
        LINK, endpoint="files", remote_rdp="nothing", jump_group="Servers"
    )
    assert "no vault_endpoint named 'nothing'" in simulated.refuse(
        LINK, endpoint="nothing", remote_rdp_id=1
    )
    simulated.expect(LINK, endpoint="files", remote_rdp_id=1)
    assert "linked with the endpoint 'files'" in simulated.refuse(
        LINK, endpoint="other", remote_rdp_id=1
    )


def test_a_link_of_which_no_answer_comes_is_looked_for(beyondtrust):
    simulated = beyondtrust(site=with_endpoint())
    simulated.inject("POST */remote-rdp-jump-item-association", "reset_after")
    assert simulated.expect(LINK, endpoint="files", remote_rdp_id=1)["changed"]


# --- what Ansible shows of a check-out --------------------------------------------------------------------------------

# A task whose environment is not the controller's own is done by the module.
DOORS = {"action plugin": "", "module": "environment: {ANYTHING: else}"}
TASKS = """
- hosts: localhost
  gather_facts: false
  tasks:
    - remoteops.access.beyondtrust_vault_account_check_out:
        name: "{{{{ item }}}}"
      loop: [Leeds root, Switches]
      register: found
      {keywords}
    - remoteops.access.beyondtrust_vault_account_check_in:
        name: Switches
    - assert:
        that: ["found.results[0].credential.password == wanted", "found.results[1].credential.password is string"]
        quiet: true
    - remoteops.access.beyondtrust_vault_account_check_out:
        name: nothing
      {keywords}
"""


def play(simulated, directory, keywords):
    """Run a playbook that checks accounts out without a word of no_log, as talkative as can be, and
    return what it printed and logged.
    """
    playbook = directory / "playbook.yml"
    playbook.write_text(TASKS.format(keywords=keywords), encoding="utf-8")
    wanted = directory / "wanted.json"
    wanted.write_text(
        json.dumps(
            {"wanted": "the password of root", "ansible_python_interpreter": sys.executable}
        ),
        encoding="utf-8",
    )
    environment = {
        f"BEYONDTRUST_{name.upper()}": str(value) for name, value in simulated.options.items()
    }
    done = run_command(
        "ansible-playbook",
        "-i",
        "localhost,",
        "-c",
        "local",
        "-e",
        f"@{wanted}",
        "-vvvvv",
        "--diff",
        str(playbook),
        directory=directory,
        ANSIBLE_LOG_PATH=str(directory / "log"),
        ANSIBLE_PIPELINING="1",
        **environment,
    )
    return done.stdout + done.stderr + (directory / "log").read_text(encoding="utf-8")


@pytest.mark.parametrize("door", DOORS)
def test_what_is_checked_out_is_printed_nowhere_and_what_went_wrong_is(beyondtrust, tmp_path, door):
    simulated = beyondtrust()
    printed = play(simulated, tmp_path, DOORS[door])
    assert "the password of root" not in printed and "the token of the switches" not in printed
    assert "the output has been hidden" in printed
    assert "There is no vault account named 'nothing'" in printed
    assert simulated.wrote() == [
        f"POST /api/config/v1/vault/account/{number}/check-{way}"
        for number, way in ((1, "out"), (2, "out"), (2, "in"))
    ]

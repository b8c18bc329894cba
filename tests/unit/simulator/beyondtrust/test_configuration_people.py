"""Users, teams, group policies and vendors of the simulated Configuration API, and what
provisioning puts into effect.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest

from tests.simulator.beyondtrust.configuration import unprovisioned
from tests.unit.simulator.beyondtrust import configuration_client

client, make_client, pra = (
    configuration_client.client,
    configuration_client.make_client,
    configuration_client.pra,
)
MEMBER = {"security_provider_id": 1, "user_id": 2}
NEW = {"username": "new", "public_display_name": "New", "password": "s3cret-word"}


# --- Users


def test_remote_support_makes_no_users_unless_a_switch_says_so(make_client):
    rs = make_client()
    assert rs.send("POST", "/user", NEW).headers["Allow"] == "GET,HEAD"
    lenient = make_client(rs_user_create=True)
    made = lenient.post("/user", {**NEW, "private_display_name": "New"})
    assert (made["id"], made["security_provider_id"], made["display_number"]) == (4, 1, 4)
    assert lenient.invalid("POST", "/user", {**NEW, "username": "newer"}) == {
        "private_display_name"
    }


def test_pra_makes_local_users_whose_password_is_kept_and_never_shown(pra):
    made = pra.post("/user", {**NEW, "failed_logins": 7})
    assert (made["enabled"], made["failed_logins"], made["created_at"]) == (
        True,
        0,
        "2026-01-15T09:00:00+00:00",
    )
    assert pra.appliance.site["config"]["user"]["5"]["_password"] == "s3cret-word"
    assert b"s3cret-word" not in pra.send("GET", "/user").body + pra.send("GET", "/user/5").body
    assert pra.invalid("POST", "/user", NEW) == {"username"}
    assert pra.invalid("POST", "/user", {"public_display_name": "x"}) == {"username"}


def test_administrators_are_neither_changed_nor_deleted(client):
    assert "administrators" in client.refuse(422, "PATCH", "/user/1", {"enabled": False})["message"]
    assert "administrators" in client.refuse(422, "DELETE", "/user/1")["message"]


def test_effective_permissions_are_read_only(client):
    assert "read-only" in client.violate(422, "PATCH", "/user/2", {"perm_jump_client": True})


def test_failed_logins_are_only_reset(client):
    assert client.invalid("PATCH", "/user/2", {"failed_logins": 3}) == {"failed_logins"}
    assert client.patch("/user/2", {"failed_logins": 0})["failed_logins"] == 0


def test_users_of_a_directory_have_no_password_and_lack_what_only_local_ones_have(pra):
    assert pra.invalid(
        "PATCH", "/user/4", {"password": "x", "username": "y", "password_reset_next_login": True}
    ) == {
        "password",
        "username",
        "password_reset_next_login",
    }
    shown = pra.get("/user/4")
    assert (
        "failed_logins" not in shown
        and "password_expiration" not in shown
        and "two_factor_required" in shown
    )


# --- Provisioning


def test_a_membership_is_in_effect_only_after_the_policy_was_provisioned(client):
    client.patch(
        "/group-policy/1",
        {"perm_jump_client": True, "default_jump_item_role_id": 2, **_defined(client)},
    )
    assert unprovisioned(client.appliance) == set()
    client.post("/group-policy/1/member", MEMBER)
    assert unprovisioned(client.appliance) == {1}
    assert (client.get("/user/2")["perm_jump_client"], client.get("/user/2/group-policies")) == (
        False,
        [],
    )
    client.post("/group-policy/1/provision", status=204)
    assert unprovisioned(client.appliance) == set()
    assert (
        client.get("/user/2")["perm_jump_client"],
        client.get("/user/2")["default_jump_item_role_id"],
    ) == (True, 2)
    assert client.get("/user/2/group-policies") == [{"id": 1, "name": "Technicians"}]
    assert client.get("/user/3")["perm_jump_client"] is False


@pytest.fixture
def provisioned(client):
    """A client of an appliance on which user 2 is a member of policy 1, in effect."""
    client.post("/group-policy/1/member", MEMBER)
    client.post("/group-policy/1/provision", status=204)
    return client


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("jump-group", {"jump_group_id": 1}),
        ("jumpoint", {"jumpoint_id": 3}),
        ("team", {"team_id": 1}),
        ("vault-account", {"account_id": 1}),
        ("vault-account-group", {"account_group_id": 2}),
    ],
)
def test_an_entry_waits_for_provisioning_until_it_is_taken_back(provisioned, path, body):
    provisioned.post(f"/group-policy/1/{path}", body)
    assert unprovisioned(provisioned.appliance) == {1}
    provisioned.delete(
        f"/group-policy/1/{path}/{next(iter(body.values()))}",
        status=200 if path.startswith("vault") else 204,
    )
    assert unprovisioned(provisioned.appliance) == set()


def test_a_changed_permission_waits_for_provisioning_and_a_changed_name_does_not(provisioned):
    provisioned.patch("/group-policy/1", {"name": "Engineers"})
    assert unprovisioned(provisioned.appliance) == set()
    provisioned.patch("/group-policy/1", {"perm_remote_rdp": True, **_defined(provisioned)})
    assert (
        unprovisioned(provisioned.appliance) == {1}
        and provisioned.get("/user/2")["perm_remote_rdp"] is False
    )
    provisioned.post("/user/provision", {"user_ids": [2, 77, 2]}, 204)
    assert (
        unprovisioned(provisioned.appliance) == set()
        and provisioned.get("/user/2")["perm_remote_rdp"] is True
    )


def _defined(client) -> dict:
    return {"rep_perm_status" if client.product == "rs" else "access_perm_status": "defined"}


def test_a_removed_member_or_policy_waits_for_provisioning(provisioned):
    (member,) = provisioned.get("/group-policy/1/member")
    provisioned.delete(f"/group-policy/1/member/{member['id']}")
    assert unprovisioned(provisioned.appliance) == {1}
    provisioned.post("/group-policy/1/provision", status=204)
    assert (
        unprovisioned(provisioned.appliance) == set()
        and provisioned.get("/user/2/group-policies") == []
    )


def test_a_deleted_policy_waits_for_the_users_to_be_provisioned(provisioned):
    provisioned.delete("/group-policy/1")
    assert unprovisioned(provisioned.appliance) == {1}
    provisioned.post("/user/provision", {}, 204)
    assert unprovisioned(provisioned.appliance) == set()


def test_provisioning_no_user_in_particular_provisions_all(client):
    client.post("/group-policy/1/member", MEMBER)
    client.post("/group-policy/2/member", {**MEMBER, "user_id": 3})
    client.post("/user/provision", {"user_ids": [3]}, 204)
    assert unprovisioned(client.appliance) == {1}
    client.post("/user/provision", status=204)
    assert unprovisioned(client.appliance) == set()


def test_later_policies_win_until_one_is_final_and_undefined_ones_give_nothing(make_client):
    client = make_client()
    client.patch(
        "/group-policy/1", {"perm_session_idle_timeout": 300, "rep_perm_status": "defined"}
    )
    client.patch(
        "/group-policy/2", {"perm_session_idle_timeout": 600, "rep_perm_status": "defined"}
    )
    for number in (1, 2):
        client.post(f"/group-policy/{number}/member", MEMBER)
    timeouts = []
    for first, second in (
        ("defined", "defined"),
        ("final", "defined"),
        ("not_defined", "not_defined"),
    ):
        client.patch("/group-policy/1", {"rep_perm_status": first})
        client.patch("/group-policy/2", {"rep_perm_status": second})
        client.post("/user/provision", status=204)
        timeouts.append(client.get("/user/2")["perm_session_idle_timeout"])
    assert timeouts == [600, 300, -1]


def test_members_of_a_directory_group_get_what_its_policy_gives(pra):
    pra.post(
        "/group-policy/1/member",
        {"security_provider_id": 2, "distinguished_name": "cn=night,dc=example"},
    )
    assert unprovisioned(pra.appliance) == {1}
    pra.patch("/group-policy/1", {"perm_access_allowed": True, "access_perm_status": "defined"})
    pra.post("/group-policy/1/provision", status=204)
    assert pra.get("/user/4")["perm_access_allowed"] == "full_support"


def test_policies_of_a_local_user_are_changed_at_once_and_waiting(pra):
    pra.post("/group-policy/1/member", MEMBER)
    answer = pra.patch("/user/2/group-policy-changes", {"added": [2, 2], "removed": [1]})
    assert [each["id"] for each in answer] == [2] and unprovisioned(pra.appliance) == {2}
    pra.patch("/user/2/group-policy-changes", {"added": [2], "removed": [1]})
    assert len(pra.get("/group-policy/2/member")) == 1
    assert pra.invalid("PATCH", "/user/2/group-policy-changes", {"added": [99]}) == {"added"}
    pra.refuse(422, "PATCH", "/user/4/group-policy-changes", {"added": [1]})


# --- Group policies


def test_a_policy_is_defined_when_it_is_made_with_permissions(client):
    name = "rep_perm_status" if client.product == "rs" else "access_perm_status"
    assert client.post("/group-policy", {"name": "x"})[name] == "not_defined"
    assert client.post("/group-policy", {"name": "y", "perm_shell_jump": False})[name] == "defined"
    assert (
        client.post("/group-policy", {"name": "z", "perm_shell_jump": True, name: "final"})[name]
        == "final"
    )


def test_timeouts_have_a_few_values(client):
    assert client.invalid("PATCH", "/group-policy/1", {"perm_session_idle_timeout": 301}) == {
        "perm_session_idle_timeout"
    }
    if client.product == "rs":
        assert client.invalid("PATCH", "/group-policy/1", {"perm_routing_idle_timeout": 1}) == {
            "perm_routing_idle_timeout"
        }


def test_a_copied_policy_has_entries_and_members_of_its_own(client):
    client.post("/group-policy/1/member", MEMBER)
    client.post("/group-policy/1/vault-account-group", {"account_group_id": 2})
    copied = client.post("/group-policy/1/copy", {"name": "Copy"})["id"]
    assert client.get(f"/group-policy/{copied}/vault-account-group") == [
        {"group_policy_id": copied, "account_group_id": 2, "role": "inject"}
    ]
    assert client.get(f"/group-policy/{copied}/member")[0]["user_id"] == 2


@pytest.mark.parametrize(
    ("provider", "given", "field"),
    [
        (1, {}, "user_id"),
        (1, {"distinguished_name": "cn=x"}, "distinguished_name"),
        (1, {"user_id": 2, "group_name": "x"}, "user_id"),
        (2, {"user_id": 4, "distinguished_name": "cn=x"}, "user_id"),
        (2, {"user_id": 2}, "user_id"),
        (3, {"distinguished_name": "cn=x"}, "distinguished_name"),
        (4, {"user_id": 2}, "user_id"),
        (99, {"user_id": 2}, "security_provider_id"),
        (1, {"user_id": 99}, "user_id"),
    ],
)
def test_a_member_is_named_as_its_provider_wants_it(pra, provider, given, field):
    assert field in pra.invalid(
        "POST", "/group-policy/1/member", {"security_provider_id": provider, **given}
    )


@pytest.mark.parametrize(
    ("provider", "given"),
    [
        (1, {"user_id": 2}),
        (2, {"user_id": 4}),
        (3, {"group_name": "Staff"}),
        (4, {"distinguished_name": "x"}),
    ],
)
def test_a_member_shows_only_what_names_it_and_is_added_once(pra, provider, given):
    pra.post("/group-policy/1/member", {"security_provider_id": provider, **given})
    assert pra.get("/group-policy/1/member") == [
        {"id": 1, "security_provider_id": provider, **given}
    ]
    assert pra.invalid(
        "POST", "/group-policy/1/member", {"security_provider_id": provider, **given}
    ) == set(given)


def test_an_addition_without_a_described_answer_is_empty_or_shows_the_object(make_client):
    assert make_client().post("/group-policy/1/member", MEMBER) is None
    assert make_client(undescribed_answers="object").post("/group-policy/1/member", MEMBER) == {
        "id": 1,
        **MEMBER,
    }


def test_an_entry_is_there_once_refers_to_something_and_cannot_be_changed(client):
    client.post("/group-policy/1/jump-group", {"jump_group_id": 1})
    entry = client.get("/group-policy/1/jump-group/1")
    assert entry == {
        "jump_group_id": 1,
        "jump_item_role_id": 0,
        **({"jump_policy_id": 0} if client.product == "pra" else {}),
    }
    assert client.invalid("POST", "/group-policy/1/jump-group", {"jump_group_id": 1}) == {
        "jump_group_id"
    }
    assert client.invalid(
        "POST", "/group-policy/1/jump-group", {"jump_group_id": 2, "jump_item_role_id": 99}
    ) == {"jump_item_role_id"}
    assert client.invalid(
        "POST", "/group-policy/1/vault-account-group", {"account_group_id": 2, "group_policy_id": 2}
    ) == {"group_policy_id"}
    assert client.send("PATCH", "/group-policy/1/jump-group/1", {}).status == 405


# --- Teams and Jump Groups


def test_a_user_of_a_jump_group_has_no_role_unless_one_is_given(client):
    more = {"jump_policy_id": None} if client.product == "pra" else {}
    assert client.post("/jump-group/1/user", {"user_id": 2}) == {
        "user_id": 2,
        "jump_item_role_id": None,
        **more,
    }
    assert client.patch("/jump-group/1/user/2", {"jump_item_role_id": 3})["jump_item_role_id"] == 3
    assert client.invalid("POST", "/jump-group/1/user", {"user_id": 2}) == {"user_id"}
    client.refuse(404, "GET", "/jump-group/2/user/2")


def test_a_user_is_moved_between_teams(client):
    assert client.post("/team/1/user", {"user_id": 2}) == {
        "team_id": 1,
        "user_id": 2,
        "role": "member",
    }
    assert client.invalid("POST", "/team/1/user", {"user_id": 3, "team_id": 2}) == {"team_id"}
    assert client.patch("/team/1/user/2", {"team_id": 2, "role": "lead"}) == {
        "team_id": 2,
        "user_id": 2,
        "role": "lead",
    }
    assert client.get("/team/1/user") == [] and len(client.get("/team/2/user")) == 1
    client.post("/team/1/user", {"user_id": 2})
    assert client.invalid("PATCH", "/team/1/user/2", {"team_id": 2}) == {"team_id"}


def test_a_team_has_all_portals_or_some_that_exist(make_client):
    rs = make_client()
    assert rs.get("/team/1")["public_portal_ids"] == ["All portals"]
    assert rs.patch("/team/1", {"public_portal_ids": [1]})["public_portal_ids"] == [1]
    assert rs.patch("/team/1", {"public_portal_ids": ["all"]})["public_portal_ids"] == ["all"]
    assert rs.invalid("PATCH", "/team/1", {"public_portal_ids": [7]}) == {"public_portal_ids"}


# --- Security providers and vendors


def test_only_the_groups_of_a_saml_provider_can_be_changed(pra):
    assert pra.patch("/security-provider/3", {"available_groups": ["Staff"]})[
        "available_groups"
    ] == ["Staff"]
    pra.refuse(422, "PATCH", "/security-provider/2", {})
    pra.refuse(404, "PATCH", "/security-provider/99", {})
    assert "read-only" in pra.violate(422, "PATCH", "/security-provider/3", {"name": "x"})


VENDOR_USER = {
    "username": "v",
    "public_display_name": "V",
    "password": "s3cret-word",
    "email_address": "v@example.org",
}


def test_a_vendor_who_notifies_needs_somebody_to_notify(pra):
    assert pra.invalid("POST", "/vendor", {"name": "x", "default_policy": 1}) == {
        "user_added_notification_enabled",
        "user_expired_notification_enabled",
    }
    some = {"name": "x", "default_policy": 1, "team_ids": [1]}
    assert pra.invalid("POST", "/vendor", {**some, "user_reactivation_enabled": True}) == {
        "user_reactivation_enabled"
    }
    assert pra.invalid(
        "POST",
        "/vendor",
        {**some, "user_approval_enabled": True, "user_added_notification_enabled": False},
    ) == {
        "user_added_notification_enabled",
    }
    assert pra.invalid(
        "POST", "/vendor", {**some, "team_ids": [1, 2], "administrator_ids": [2] * 9}
    ) == {"administrator_ids"}
    assert pra.invalid(
        "POST", "/vendor", {**some, "default_policy": 99, "administrator_ids": [99]}
    ) == {"default_policy", "administrator_ids"}
    assert pra.post("/vendor", some)["account_expiration"] == 30


def test_a_vendors_user_is_answered_with_200_and_never_shows_a_password(pra):
    assert pra.post("/vendor/1/user", VENDOR_USER, 200) is None
    shown = pra.get("/vendor/1/user/1")
    assert (shown["is_approved"], shown["is_expired"], shown["account_expiration"]) == (
        True,
        False,
        "2026-02-14T09:00:00+00:00",
    )
    assert "password" not in shown
    assert (
        pra.patch("/vendor/1/user/1", {"public_display_name": "W", "password": "other"})[
            "public_display_name"
        ]
        == "W"
    )
    assert pra.appliance.site["config"]["vendor/user"]["1"]["_password"] == "other"
    assert pra.invalid("POST", "/vendor/1/user", VENDOR_USER) == {"username"}
    assert pra.invalid("POST", "/vendor/1/user", {**VENDOR_USER, "username": "admin"}) == {
        "username"
    }


def test_a_vendors_user_expires_and_is_reactivated(pra):
    pra.post("/vendor/1/user", VENDOR_USER, 200)
    pra.refuse(400, "POST", "/vendor/1/user/1/reactivate")
    pra.refuse(400, "POST", "/vendor/1/reactivate")
    pra.appliance.clock.advance(30 * 24 * 3600)
    assert pra.get("/vendor/1/user")[0]["is_expired"] is True
    pra.post("/vendor/1/reactivate", status=200)
    assert pra.get("/vendor/1/user/1")["account_expiration"] == "2026-03-16T09:00:00+00:00"

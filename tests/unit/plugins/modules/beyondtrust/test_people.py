"""Knows what is particular to users, teams, statuses and vendors of BeyondTrust: who can be made,
whom nothing changes, what goes with whom.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest

from tests.unit.appliances import small_appliance

API = "/api/config/v1"
PASSWORD = "f1rst/pass word%"
NEW_USER = {
    "username": "d.weber",
    "public_display_name": "Dora Weber",
    "email_address": "d.weber@example.org",
}
NEW_VENDOR = {"name": "Nordlicht", "default_policy": "Partners"}
NEW_VENDOR_USER = {
    "username": "n.olsen",
    "vendor": "Kälte Schmidt",
    "public_display_name": "Nils Olsen",
    "email_address": "n.olsen@example.com",
    "password": PASSWORD,
}


def bodies(simulated, query: str) -> list:
    """Return the bodies of the writes to a path of the Configuration API, in order of arrival."""
    return [
        entry.body
        for entry in simulated.journal.writes
        if entry.query == query.replace(" ", f" {API}/", 1)
    ]


def wrote(simulated) -> list[str]:
    """Return the writes, by their paths below the Configuration API."""
    return [query.replace(f"{API}/", "") for query in simulated.wrote()]


# --- Users ------------------------------------------------------------------------------------------------------------


def test_a_password_is_sent_when_the_user_is_made_and_later_only_on_demand(beyondtrust):
    pra = beyondtrust("pra")
    made = pra.expect("beyondtrust_user", **NEW_USER, password=PASSWORD)
    assert "password" not in made["user"]
    assert bodies(pra, "POST user") == [{**NEW_USER, "password": PASSWORD}]
    assert not pra.expect("beyondtrust_user", **NEW_USER, password="an0ther one")["changed"]
    pra.expect(
        "beyondtrust_user", username="d.weber", password="an0ther one", update_password="always"
    )
    assert bodies(pra, "PATCH user/5") == [{"password": "an0ther one"}]


@pytest.mark.parametrize("check", [False, True])
def test_remote_support_makes_no_users_unless_its_own_description_says_so(beyondtrust, check):
    rs = beyondtrust("rs")
    told = rs.refuse("beyondtrust_user", check, **NEW_USER, private_display_name="Dora")
    assert (
        "There is no user 'd.weber', and this appliance's API makes none (its openapi.yaml lists no POST /user)"
        in told
    )


def test_a_remote_support_that_makes_users_makes_one(beyondtrust):
    rs = beyondtrust("rs", rs_user_create=True)
    assert "to make it, private_display_name must be given" in rs.refuse(
        "beyondtrust_user", **NEW_USER
    )
    made = rs.expect("beyondtrust_user", **NEW_USER, private_display_name="Dora", password=PASSWORD)
    assert made["user"]["private_display_name"] == "Dora"
    assert wrote(rs) == ["POST user"]


def test_the_description_is_asked_for_once_however_many_users_are_to_be_made(beyondtrust):
    rs = beyondtrust("rs", rs_user_create=True)
    users = [
        {"username": f"new-{number}", "public_display_name": "New", "private_display_name": "New"}
        for number in range(5)
    ]
    rs.expect("beyondtrust_config", config={"user": users})
    assert len(rs.asked(f"GET {API}/openapi.yaml")) == 1


def test_a_description_that_cannot_be_had_is_told_and_nothing_is_sent(beyondtrust):
    rs = beyondtrust("rs", rs_user_create=True)
    rs.inject(f"GET {API}/openapi.yaml", "status", status=404, body="", times=None)
    assert "BeyondTrust refused GET /openapi.yaml (HTTP 404)" in rs.refuse(
        "beyondtrust_user", **NEW_USER, private_display_name="Dora"
    )


@pytest.mark.parametrize("product", ["rs", "pra"])
@pytest.mark.parametrize("check", [False, True])
def test_an_administrator_is_neither_changed_nor_removed(beyondtrust, product, check):
    simulated = beyondtrust(product)
    assert "is an administrator, and the API changes no administrators" in simulated.refuse(
        "beyondtrust_user", check, username="admin", enabled=False
    )
    told = simulated.refuse("beyondtrust_user", check, username="admin", state="absent")
    assert "user admin is protected (is_administrator is true)" in told


def test_an_administrator_as_described_is_left_alone(beyondtrust):
    assert not beyondtrust("rs").expect(
        "beyondtrust_user", username="admin", public_display_name="Administrator"
    )["changed"]


def test_what_the_appliance_says_to_the_removal_of_an_administrator_is_told(beyondtrust):
    rs = beyondtrust("rs")
    outcome = rs.run("beyondtrust_user", username="admin", state="absent", remove_protected=True)
    assert outcome.failed and not outcome["changed"]
    assert "delete user admin: BeyondTrust refused DELETE /user/1 (HTTP 422)" in outcome["msg"]


def test_a_locked_user_is_unlocked_once(beyondtrust):
    rs = beyondtrust("rs")
    assert rs.expect("beyondtrust_user_info", names=["a.keller"])["users"][0]["failed_logins"] == 3
    assert rs.expect("beyondtrust_user", username="a.keller", failed_logins=0)["changed"]
    assert not rs.expect("beyondtrust_user", username="a.keller", failed_logins=0)["changed"]
    assert "failed_logins can be set to 0 only" in rs.refuse(
        "beyondtrust_user", username="a.keller", failed_logins=3
    )


def test_a_time_has_the_form_in_which_the_appliance_answers(beyondtrust):
    rs = beyondtrust("rs")
    told = rs.refuse("beyondtrust_user", username="a.keller", password_expiration="2027-01-31")
    assert (
        "user a.keller: password_expiration '2027-01-31' does not have the form that the server accepts"
        in told
    )


def test_what_the_security_provider_keeps_of_a_user_cannot_be_set_and_the_rest_can(beyondtrust):
    pra = beyondtrust("pra")
    assert pra.expect("beyondtrust_user", username="c.soares", two_factor_required=True)["changed"]
    outcome = pra.run("beyondtrust_user", username="c.soares", password_reset_next_login=True)
    assert (
        outcome.failed
        and "password_reset_next_login: The field can only be changed for local users"
        in outcome["msg"]
    )


@pytest.mark.parametrize(
    ("product", "option", "told"),
    [
        (
            "pra",
            {"private_display_name": "Anna"},
            "Privileged Remote Access has no private_display_name; Remote Support has",
        ),
        (
            "pra",
            {"display_number": 7},
            "Privileged Remote Access has no display_number; Remote Support has",
        ),
    ],
)
def test_a_user_has_no_option_of_the_other_product(beyondtrust, product, option, told):
    assert told in beyondtrust(product).refuse("beyondtrust_user", username="a.keller", **option)


def test_two_users_of_one_name_are_told_apart_by_their_numbers(beyondtrust):
    site = small_appliance("pra")
    site["config"]["user"]["5"] = {
        "security_provider_id": 2,
        "username": "a.keller",
        "public_display_name": "Another Anna",
    }
    pra = beyondtrust("pra", site)
    assert "Several objects of kind user are called 'a.keller': 2, 5" in pra.refuse(
        "beyondtrust_user", username="a.keller", enabled=False
    )
    pra.expect("beyondtrust_user", id=5, enabled=False)
    assert wrote(pra) == ["PATCH user/5"]


def test_users_are_shown_with_what_is_in_effect_for_them(beyondtrust):
    rs = beyondtrust("rs")
    found = rs.expect("beyondtrust_user_info", gather=["group_policies"])["users"]
    assert [user["username"] for user in found] == ["a.keller", "admin", "b.okafor", "c.soares"]
    assert [user["group_policies"] for user in found] == [["Technicians"], [], [], ["Technicians"]]
    assert found[1]["is_administrator"] and found[1]["permissions"]["perm_admin"]
    assert (
        found[0]["permissions"]["auto_assignment_max_sessions"] == 3
        and found[0]["permissions"]["default_jump_item_role_id"] == 1
    )
    assert "password" not in found[0]


def test_an_appliance_that_does_not_know_the_policies_of_a_user_says_so(beyondtrust):
    told = beyondtrust("rs", version="23.3.1").refuse(
        "beyondtrust_user_info", names=["a.keller"], gather=["group_policies"]
    )
    assert (
        "GET /user/2/group-policies (HTTP 404)" in told and "this version does not know it" in told
    )


# --- Teams ------------------------------------------------------------------------------------------------------------


def test_roles_in_a_team_are_changed_in_place_and_those_left_out_are_left_alone(beyondtrust):
    rs = beyondtrust("rs")
    team = rs.expect(
        "beyondtrust_team",
        name="Helpdesk",
        members=[{"user": "a.keller"}, {"user": "b.okafor", "role": "manager"}],
    )["team"]
    assert team["members"] == [
        {"user": "a.keller", "role": "lead"},
        {"user": "b.okafor", "role": "manager"},
    ]
    assert bodies(rs, "PATCH team/1/user/3") == [{"role": "manager"}]
    assert wrote(rs) == ["PATCH team/1/user/3"]


def test_a_new_member_names_the_team_as_its_schema_demands(beyondtrust):
    rs = beyondtrust("rs")
    rs.expect("beyondtrust_team", name="Field Service", members=[{"user": "a.keller"}])
    assert bodies(rs, "POST team/2/user") == [{"team_id": 2, "user_id": 2}]


def test_an_empty_list_takes_everybody_out_of_a_team(beyondtrust):
    rs = beyondtrust("rs")
    assert rs.expect("beyondtrust_team", name="Helpdesk", members=[])["team"]["members"] == []
    assert sorted(wrote(rs)) == ["DELETE team/1/user/2", "DELETE team/1/user/3"]
    assert not rs.expect("beyondtrust_team", name="Helpdesk", members=[])["changed"]


@pytest.mark.parametrize("who", [{"id": 1}, {"code_name": "helpdesk"}])
def test_a_team_that_is_renamed_keeps_its_members(beyondtrust, who):
    rs = beyondtrust("rs")
    assert rs.expect("beyondtrust_team", **who, name="First Line")["team"]["id"] == 1
    found = rs.expect("beyondtrust_team_info", names=["First Line"], gather=["members"])["teams"]
    assert [member["user"] for member in found[0]["members"]] == ["a.keller", "b.okafor"]


def test_all_portals_stand_for_those_that_come_later_and_for_nothing_beside_them(beyondtrust):
    rs = beyondtrust("rs")
    assert rs.expect("beyondtrust_team", name="Helpdesk", public_portals=["Default"])["team"][
        "public_portals"
    ] == ["Default"]
    assert rs.expect("beyondtrust_team", name="Helpdesk", public_portals=["All portals"])["team"][
        "public_portals"
    ] == ["All portals"]
    assert not rs.expect("beyondtrust_team", name="Field Service", public_portals=["All portals"])[
        "changed"
    ]
    told = rs.refuse("beyondtrust_team", name="Helpdesk", public_portals=["All portals", "Default"])
    assert "public_portals names 'All portals', which leaves no other to be named beside it" in told


def test_the_word_for_all_portals_is_not_shown_as_a_portal(beyondtrust):
    rs = beyondtrust("rs")
    assert [
        portal["name"] for portal in rs.expect("beyondtrust_public_portal_info")["public_portals"]
    ] == ["Default", "Partners"]
    assert (
        rs.expect("beyondtrust_public_portal_info", names=["All portals"])["public_portals"] == []
    )


def test_a_member_twice_or_one_that_is_not_there_is_refused(beyondtrust):
    rs = beyondtrust("rs")
    twice = [{"user": "a.keller", "role": "lead"}, {"user": "a.keller", "role": "member"}]
    assert "team Helpdesk: members names the same user twice" in rs.refuse(
        "beyondtrust_team", name="Helpdesk", members=twice
    )
    assert "names the user 'nobody', which does not exist" in rs.refuse(
        "beyondtrust_team", name="Helpdesk", members=[{"user": "nobody"}]
    )


# --- What one product has ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("product", "module", "options", "told"),
    [
        (
            "pra",
            "team",
            {"name": "Helpdesk", "persistent_queue": True},
            "Privileged Remote Access has no persistent_queue; Remote Support has",
        ),
        (
            "pra",
            "team",
            {"name": "Helpdesk", "public_portals": []},
            "Privileged Remote Access has no public_portals; Remote Support has",
        ),
        (
            "pra",
            "rep_status",
            {"name": "Lunch"},
            "Privileged Remote Access has no rep_status; Remote Support has",
        ),
        (
            "pra",
            "rep_status_info",
            {},
            "Privileged Remote Access has no rep_status; Remote Support has",
        ),
        (
            "pra",
            "public_portal_info",
            {},
            "Privileged Remote Access has no public_portal; Remote Support has",
        ),
        ("rs", "vendor", NEW_VENDOR, "Remote Support has no vendor; Privileged Remote Access has"),
        ("rs", "vendor_info", {}, "Remote Support has no vendor; Privileged Remote Access has"),
        (
            "rs",
            "vendor_user",
            NEW_VENDOR_USER,
            "Remote Support has no vendor_user; Privileged Remote Access has",
        ),
        (
            "rs",
            "vendor_user_info",
            {"names": ["k.schmidt"]},
            "Remote Support has no vendor_user; Privileged Remote Access has",
        ),
    ],
)
def test_what_the_other_product_has_is_refused_before_anything_is_sent(
    beyondtrust, product, module, options, told
):
    assert told in beyondtrust(product).refuse(f"beyondtrust_{module}", **options)


def test_kinds_that_can_only_be_read_are_shown(beyondtrust):
    rs, pra = beyondtrust("rs"), beyondtrust("pra")
    roles = rs.expect("beyondtrust_jump_item_role_info", names=["Start Sessions Only"])[
        "jump_item_roles"
    ]
    assert [
        (role["perm_start"], role["perm_remove"], role["perm_edit_support_button"])
        for role in roles
    ] == [(True, False, False)]
    policies = pra.expect("beyondtrust_session_policy_info")["session_policies"]
    assert [policy["code_name"] for policy in policies] == ["session_servers", "view_only"]
    providers = pra.expect("beyondtrust_security_provider_info")["security_providers"]
    assert [(provider["name"], provider["type"]) for provider in providers] == [
        ("Company Login", "saml"),
        ("Directory", "ldap"),
        ("Local", "local"),
    ]
    (account,) = pra.expect("beyondtrust_api_account_info", names=["Ansible"])["api_accounts"]
    assert (
        account["perm_configuration"]
        and account["perm_command"] == "full_access"
        and account["perm_real_time_state"] is None
    )


@pytest.mark.parametrize("product", ["rs", "pra"])
def test_groups_are_read_of_those_security_providers_that_have_them(beyondtrust, product):
    simulated = beyondtrust(product)
    providers = simulated.expect("beyondtrust_security_provider_info", gather=["available_groups"])[
        "security_providers"
    ]
    assert {provider["name"]: provider["available_groups"] for provider in providers} == (
        {"Directory": None}
        if product == "rs"
        else {"Company Login": ["Staff"], "Directory": None, "Local": None}
    )
    single = [
        entry.query for entry in simulated.journal.entries if "security-provider/" in entry.query
    ]
    assert single == ([] if product == "rs" else ["GET /api/config/v1/security-provider/3"])


def test_only_a_security_provider_for_saml_has_groups_to_be_set(beyondtrust):
    told = beyondtrust("pra").refuse(
        "beyondtrust_security_provider", name="Directory", available_groups=["Staff"]
    )
    assert (
        "security_provider Directory is of the type ldap; only one of the type saml has available_groups."
        in told
    )
    told = beyondtrust("rs").refuse(
        "beyondtrust_security_provider", name="Directory", available_groups=["Staff"]
    )
    assert "Remote Support has no available_groups" in told
    assert "Elsewhere" in beyondtrust("pra").refuse(
        "beyondtrust_security_provider", name="Elsewhere", available_groups=[]
    )


def test_what_is_not_a_list_of_groups_is_a_failure(beyondtrust):
    pra = beyondtrust("pra")
    pra.inject(
        "GET /api/config/v1/security-provider/3",
        "status",
        status=200,
        body='{"id": 3, "available_groups": [{"name": "Staff"}]}',
    )
    told = pra.run("beyondtrust_security_provider_info", gather=["available_groups"])["msg"]
    assert "answered groups that are not a list of texts" in told


# --- Vendors ----------------------------------------------------------------------------------------------------------


def test_a_new_vendor_needs_somebody_to_write_to_or_nothing_to_write(beyondtrust):
    pra = beyondtrust("pra")
    told = pra.refuse("beyondtrust_vendor", **NEW_VENDOR)
    assert (
        "user_added_notification_enabled and user_expired_notification_enabled need somebody to write to"
        in told
    )
    quiet = {"user_added_notification_enabled": False, "user_expired_notification_enabled": False}
    assert pra.expect("beyondtrust_vendor", **NEW_VENDOR, **quiet)["changed"]
    assert "user_approval_enabled need somebody" in pra.refuse(
        "beyondtrust_vendor", name="Nordlicht", user_approval_enabled=True
    )
    assert pra.expect(
        "beyondtrust_vendor",
        name="Nordlicht",
        user_added_notification_enabled=True,
        teams=["helpdesk"],
    )["vendor"]["teams"] == ["Helpdesk"]
    assert "need somebody to write to" in pra.refuse(
        "beyondtrust_vendor", name="Nordlicht", teams=[]
    )


def test_expired_users_are_removed_after_some_days_or_never(beyondtrust):
    pra = beyondtrust("pra")
    vendor = pra.expect(
        "beyondtrust_vendor",
        **NEW_VENDOR,
        administrators=["a.keller"],
        deletion_days_after_expiration=30,
    )["vendor"]
    assert (vendor["deletion_days_after_expiration"], vendor["account_expiration"]) == (30, 30)
    vendor = pra.expect("beyondtrust_vendor", name="Nordlicht", deletion_days_after_expiration=0)[
        "vendor"
    ]
    assert vendor["deletion_days_after_expiration"] == 0
    assert bodies(pra, "PATCH vendor/2") == [{"deletion_days_after_expiration": None}]
    assert not pra.expect("beyondtrust_vendor", name="Nordlicht", deletion_days_after_expiration=0)[
        "changed"
    ]


@pytest.mark.parametrize("check", [False, True])
def test_a_vendor_with_users_is_removed_only_when_told_so(beyondtrust, check):
    pra = beyondtrust("pra")
    told = pra.refuse("beyondtrust_vendor", check, name="Kälte Schmidt", state="absent")
    assert (
        "would remove what lies in it, too: vendor_user k.schmidt. If that is what you want, set remove_users"
        in told
    )
    assert pra.expect(
        "beyondtrust_vendor", check, name="Kälte Schmidt", state="absent", remove_users=True
    )["changed"]


def test_a_vendor_without_users_is_removed(beyondtrust):
    pra = beyondtrust("pra")
    pra.expect(
        "beyondtrust_vendor_user", username="k.schmidt", vendor="Kälte Schmidt", state="absent"
    )
    pra.expect("beyondtrust_vendor", name="Kälte Schmidt", state="absent")
    assert wrote(pra) == ["DELETE vendor/1/user/1", "DELETE vendor/1"]


def test_the_users_of_each_vendor_are_its_own(beyondtrust):
    pra = beyondtrust("pra")
    pra.expect("beyondtrust_vendor", **NEW_VENDOR, administrators=["a.keller"])
    pra.expect("beyondtrust_vendor_user", **{**NEW_VENDOR_USER, "vendor": "Nordlicht"})
    found = pra.expect("beyondtrust_vendor_user_info")["vendor_users"]
    assert [(user["username"], user["vendor"]) for user in found] == [
        ("k.schmidt", "Kälte Schmidt"),
        ("n.olsen", "Nordlicht"),
    ]
    assert "vendor names the vendor 'Nobody', which does not exist" in pra.refuse(
        "beyondtrust_vendor_user", **{**NEW_VENDOR_USER, "vendor": "Nobody"}
    )


def test_two_vendors_may_have_users_with_one_number(beyondtrust):
    pra = beyondtrust("pra")
    pra.expect("beyondtrust_vendor", **NEW_VENDOR, administrators=["a.keller"])
    pra.inject(
        f"GET {API}/vendor/2/user",
        "status",
        status=200,
        body=[{"id": 1, "username": "n.olsen", "public_display_name": "Nils Olsen"}],
    )
    found = pra.expect("beyondtrust_vendor_user_info")["vendor_users"]
    assert [(user["username"], user["vendor"], user["id"]) for user in found] == [
        ("k.schmidt", "Kälte Schmidt", 1),
        ("n.olsen", "Nordlicht", 1),
    ]


def test_a_vendors_user_needs_a_password_to_be_made_and_keeps_it(beyondtrust):
    pra = beyondtrust("pra")
    without = {name: value for name, value in NEW_VENDOR_USER.items() if name != "password"}
    assert "to make it, password must be given" in pra.refuse("beyondtrust_vendor_user", **without)
    made = pra.expect("beyondtrust_vendor_user", **NEW_VENDOR_USER)["vendor_user"]
    assert "password" not in made and made["is_approved"] and made["account_expiration"]
    assert not pra.expect(
        "beyondtrust_vendor_user", **{**NEW_VENDOR_USER, "password": "an0ther one"}
    )["changed"]
    pra.expect(
        "beyondtrust_vendor_user",
        **{**NEW_VENDOR_USER, "password": "an0ther one"},
        update_password="always",
    )
    assert bodies(pra, "PATCH vendor/1/user/2") == [{"password": "an0ther one"}]

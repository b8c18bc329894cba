"""Knows what is particular to jump groups, jumpoints, policies and group policies of BeyondTrust:
their lists, and when they take effect.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from itertools import groupby

import pytest

from tests.simulator.beyondtrust.configuration import unprovisioned
from tests.unit.appliances import small_appliance

API = "/api/config/v1"
POLICY = "group-policy/1"
PROVISION = f"POST {API}/{POLICY}/provision"
EVERYTHING = {
    "name": "Night Shift",
    "perm_shell_jump": True,
    "perm_session_idle_timeout": 600,
    "default_jump_item_role": "Administrator",
    "members": [{"user": "a.keller"}, {"user": "b.okafor"}],
    "jump_groups": [
        {"jump_group": "plant_leeds", "jump_item_role": "Administrator"},
        {"jump_group": "Servers"},
    ],
    "jumpoints": ["London", "jp_leeds"],
    "teams": [{"team": "helpdesk", "role": "lead"}],
    "vault_accounts": [{"vault_account": "Switches", "role": "inject_and_checkout"}],
    "vault_account_groups": [{"vault_account_group": "Leeds"}],
}
LISTS = ("member", "jump-group", "jumpoint", "team", "vault-account", "vault-account-group")


def wrote(simulated) -> list[str]:
    """Return the writes, by their paths below the Configuration API."""
    return [query.replace(f"{API}/", "") for query in simulated.wrote()]


def bodies(simulated, query: str) -> list:
    """Return the bodies of the writes to a path of the Configuration API, in order of arrival."""
    return [
        entry.body
        for entry in simulated.journal.writes
        if entry.query == query.replace(" ", f" {API}/", 1)
    ]


def members(simulated, policy: int = 1) -> list[int | None]:
    """Return the users who are members of a group policy."""
    return sorted(
        entry["user_id"]
        for entry in simulated.site["config"]["group-policy/member"].values()
        if entry["_parent"] == policy
    )


# --- Jump groups ------------------------------------------------------------------------------------------------------


def test_a_role_in_a_jump_group_is_changed_in_place_and_taken_away_by_making_the_member_anew(
    beyondtrust,
):
    rs = beyondtrust("rs")
    wanted = [
        {"user": "a.keller", "jump_item_role": "Administrator"},
        {"user": "b.okafor", "jump_item_role": "Auditor"},
    ]
    rs.expect("beyondtrust_jump_group", name="Plant Leeds", members=wanted)
    assert bodies(rs, "PATCH jump-group/1/user/2") == [{"jump_item_role_id": 3}]
    rs.journal.clear()
    wanted[0]["jump_item_role"] = ""
    group = rs.expect("beyondtrust_jump_group", name="Plant Leeds", members=wanted)["jump_group"]
    assert wrote(rs) == ["DELETE jump-group/1/user/2", "POST jump-group/1/user"]
    assert [member["jump_item_role"] for member in group["members"]] == [None, "Auditor"]
    assert not rs.expect("beyondtrust_jump_group", name="Plant Leeds", members=wanted)["changed"]


def test_what_is_left_out_of_a_member_of_a_jump_group_is_left_alone(beyondtrust):
    pra = beyondtrust("pra")
    pra.expect(
        "beyondtrust_jump_group",
        name="Plant Leeds",
        members=[{"user": "a.keller", "jump_policy": "ask_first"}],
    )
    group = pra.expect(
        "beyondtrust_jump_group",
        name="Plant Leeds",
        members=[{"user": "a.keller"}, {"user": "c.soares"}],
    )["jump_group"]
    assert group["members"] == [
        {"user": "a.keller", "jump_item_role": "Start Sessions Only", "jump_policy": "Ask First"},
        {"user": "c.soares", "jump_item_role": None, "jump_policy": None},
    ]
    assert wrote(pra) == [
        "PATCH jump-group/1/user/2",
        "DELETE jump-group/1/user/3",
        "POST jump-group/1/user",
    ]


@pytest.mark.parametrize("who", [{"id": 1}, {"code_name": "plant_leeds"}])
def test_a_jump_group_that_is_renamed_keeps_what_is_in_it(beyondtrust, who):
    rs = beyondtrust("rs")
    before = rs.expect("beyondtrust_jump_group_info", names=["Plant Leeds"], gather=["members"])[
        "jump_groups"
    ]
    assert rs.expect("beyondtrust_jump_group", **who, name="Leeds North")["jump_group"]["id"] == 1
    after = rs.expect("beyondtrust_jump_group_info", names=["Leeds North"], gather=["members"])[
        "jump_groups"
    ]
    assert [after[0]["members"], after[0]["comments"]] == [
        before[0]["members"],
        before[0]["comments"],
    ]
    assert not rs.expect("beyondtrust_jump_group", **who, name="Leeds North")["changed"]


@pytest.mark.parametrize("check", [False, True])
def test_a_jump_group_is_not_removed_with_what_is_in_it_unless_told_so(beyondtrust, check):
    rs = beyondtrust("rs")
    told = rs.refuse("beyondtrust_jump_group", check, name="Plant Leeds", state="absent")
    assert (
        "Removing jump_group Plant Leeds would remove what lies in it, too" in told
        and "set remove_items" in told
    )
    assert rs.expect(
        "beyondtrust_jump_group", check, name="Plant Leeds", state="absent", remove_items=True
    )["changed"]


# --- Jump policies and jumpoints --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("New", {}),  # a new policy has a schedule unless it is switched off
        ("New", {"schedule_enabled": True}),
        ("Office Hours", {}),
    ],
)
def test_approvals_and_a_schedule_exclude_each_other(beyondtrust, name, options):
    wanted = {
        "approval_required": True,
        "approval_display_name": "The Shift",
        "approval_users": ["a.keller"],
    }
    told = beyondtrust("pra").refuse(
        "beyondtrust_jump_policy", display_name=name, **wanted, **options
    )
    assert (
        f"jump_policy {name}: approval_required and schedule_enabled exclude each other; set schedule_enabled: false"
        in told
    )


def test_approvers_are_named_and_the_appliance_gets_their_numbers_as_texts(beyondtrust):
    pra = beyondtrust("pra")
    wanted = {
        "display_name": "Ask First",
        "approval_required": True,
        "approval_display_name": "The Shift",
        "approval_users": ["b.okafor", "a.keller"],
        "approval_teams": ["field_service"],
    }
    policy = pra.expect("beyondtrust_jump_policy", **wanted)["jump_policy"]
    assert (policy["approval_users"], policy["approval_teams"]) == (
        ["a.keller", "b.okafor"],
        ["Field Service"],
    )
    assert bodies(pra, "PATCH jump-policy/1")[0]["approval_user_ids"] == ["2", "3"]
    assert not pra.expect("beyondtrust_jump_policy", **wanted)["changed"]
    pra.expect("beyondtrust_jump_policy", display_name="Ask First", approval_users=[])
    assert bodies(pra, "PATCH jump-policy/1")[1:] == [{"approval_user_ids": []}]


def test_the_hours_of_a_policy_are_shown_on_demand(beyondtrust):
    found = beyondtrust("rs").expect(
        "beyondtrust_jump_policy_info", names=["Office Hours"], gather=["schedule"]
    )["jump_policies"]
    assert set(found[0]["schedule"]) == {"timezone", "entries"}


def test_a_jumpoint_cannot_change_its_platform(beyondtrust):
    told = beyondtrust("rs").refuse("beyondtrust_jumpoint", name="Leeds", platform="windows-x86")
    assert "jumpoint Leeds: platform cannot be changed once it is made" in told


def test_a_new_jumpoint_needs_a_platform(beyondtrust):
    assert "to make it, platform must be given" in beyondtrust("rs").refuse(
        "beyondtrust_jumpoint", name="New"
    )


def test_a_jumpoint_runs_external_tools_with_an_account_of_the_vault_until_that_is_taken_away(
    beyondtrust,
):
    pra = beyondtrust("pra")
    assert (
        pra.expect("beyondtrust_jumpoint", name="Leeds", rdp_service_account="Leeds root")[
            "jumpoint"
        ]["rdp_service_account"]
        == "Leeds root"
    )
    assert (
        pra.expect("beyondtrust_jumpoint", name="Leeds", rdp_service_account="")["jumpoint"][
            "rdp_service_account"
        ]
        is None
    )
    assert bodies(pra, "PATCH jumpoint/1") == [
        {"rdp_service_account_id": 1},
        {"rdp_service_account_id": None},
    ]


def test_one_document_makes_an_account_of_the_vault_before_the_jumpoint_that_uses_it(beyondtrust):
    pra = beyondtrust("pra")
    pra.expect(
        "beyondtrust_config",
        config={
            "jumpoint": [
                {"name": "New", "platform": "windows-x86", "rdp_service_account": "Domain"}
            ],
            "vault_account": [
                {
                    "name": "Domain",
                    "type": "username_password",
                    "username": "svc",
                    "password": "v4ult&secret=1",
                }
            ],
        },
    )
    assert wrote(pra) == ["POST vault/account", "POST jumpoint"]


def test_users_of_a_jumpoint_are_added_before_others_are_taken_out(beyondtrust):
    rs = beyondtrust("rs")
    assert rs.expect("beyondtrust_jumpoint", name="Leeds", members=["b.okafor"])["jumpoint"][
        "members"
    ] == ["b.okafor"]
    assert wrote(rs) == ["POST jumpoint/1/user", "DELETE jumpoint/1/user/2"]
    rs.expect("beyondtrust_jumpoint", id=1, members=[])
    assert wrote(rs)[2:] == ["DELETE jumpoint/1/user/3"]


def test_ranges_of_addresses_are_a_list_of_pairs(beyondtrust):
    pra = beyondtrust("pra")
    ranges = [{"start": "10.2.0.1", "end": "10.2.0.9"}, {"start": "10.1.0.1", "end": "10.1.0.9"}]
    assert pra.expect("beyondtrust_jumpoint", name="Leeds", managed_ip_ranges=ranges)["changed"]
    assert not pra.expect("beyondtrust_jumpoint", name="Leeds", managed_ip_ranges=ranges[::-1])[
        "changed"
    ]
    told = pra.refuse(
        "beyondtrust_jumpoint", name="Leeds", managed_ip_ranges=[ranges[0], ranges[0]]
    )
    assert "jumpoint Leeds: managed_ip_ranges names the same start and end twice" in told


# --- Group policies: what is sent -------------------------------------------------------------------------------------


def test_a_policy_is_made_with_all_that_it_gives_and_provisioned_once_at_the_end(beyondtrust):
    rs = beyondtrust("rs")
    policy = rs.expect("beyondtrust_group_policy", **EVERYTHING)["group_policy"]
    assert wrote(rs)[0] == "POST group-policy" and wrote(rs)[-1] == "POST group-policy/3/provision"
    assert set(wrote(rs)[1:-1]) == {f"POST group-policy/3/{name}" for name in LISTS}
    # As the appliance has it where permissions are given.
    assert policy["rep_perm_status"] == "defined"
    assert policy["jump_groups"] == [
        {"jump_group": "Plant Leeds", "jump_item_role": "Administrator", "jump_policy": None},
        {"jump_group": "Servers", "jump_item_role": None, "jump_policy": None},
    ]
    assert policy["vault_account_groups"] == [{"vault_account_group": "Leeds", "role": "inject"}]
    assert not unprovisioned(rs.server)


def test_a_policy_as_described_is_neither_written_nor_provisioned(beyondtrust):
    rs = beyondtrust("rs")
    rs.expect("beyondtrust_group_policy", **EVERYTHING)
    rs.journal.clear()
    assert not rs.expect("beyondtrust_group_policy", **EVERYTHING)["changed"]
    assert wrote(rs) == []


def test_check_mode_foretells_the_run_and_provisions_nothing(beyondtrust):
    rs = beyondtrust("rs")
    foretold = rs.expect("beyondtrust_group_policy", True, **EVERYTHING)
    done = rs.expect("beyondtrust_group_policy", **EVERYTHING)
    assert [foretold[name] for name in ("changed", "changes", "diff")] == [
        done[name] for name in ("changed", "changes", "diff")
    ]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"jumpoints": ["Leeds", "London"]}, [f"POST {POLICY}/jumpoint"]),
        (
            {"jump_groups": [{"jump_group": "Plant Leeds", "jump_item_role": "Auditor"}]},
            [f"DELETE {POLICY}/jump-group/1", f"POST {POLICY}/jump-group"],
        ),
        (
            {"jump_groups": [{"jump_group": "Plant Leeds", "jump_item_role": ""}]},
            [f"DELETE {POLICY}/jump-group/1", f"POST {POLICY}/jump-group"],
        ),
        (
            {"teams": [{"team": "Helpdesk", "role": "manager"}]},
            [f"DELETE {POLICY}/team/1", f"POST {POLICY}/team"],
        ),
        (
            {"vault_accounts": [{"vault_account": "Leeds root", "role": "inject_and_checkout"}]},
            [f"DELETE {POLICY}/vault-account/1", f"POST {POLICY}/vault-account"],
        ),
        ({"vault_account_groups": []}, [f"DELETE {POLICY}/vault-account-group/2"]),
        ({"perm_shell_jump": False}, [f"PATCH {POLICY}"]),
    ],
)
def test_only_what_changes_is_sent_and_then_provisioned_once(beyondtrust, options, expected):
    rs = beyondtrust("rs")
    rs.expect("beyondtrust_group_policy", name="Technicians", **options)
    assert wrote(rs) == [*expected, f"POST {POLICY}/provision"]
    assert not unprovisioned(rs.server)
    assert not rs.expect("beyondtrust_group_policy", name="Technicians", **options)["changed"]


@pytest.mark.parametrize(
    "options",
    [
        {"jump_groups": [{"jump_group": "plant_leeds"}]},
        {"teams": [{"team": "helpdesk"}]},
        {"vault_accounts": [{"vault_account": "Leeds root"}]},
        {"vault_account_groups": [{"vault_account_group": "Leeds"}]},
        {"members": [{"user": "c.soares"}, {"user": "a.keller"}]},
        {"jumpoints": ["jp_leeds"]},
    ],
)
def test_what_is_left_out_of_an_entry_is_left_alone(beyondtrust, options):
    assert not beyondtrust("rs").expect("beyondtrust_group_policy", name="Technicians", **options)[
        "changed"
    ]


def test_a_policy_found_by_its_number_is_renamed(beyondtrust):
    rs = beyondtrust("rs")
    assert (
        rs.expect("beyondtrust_group_policy", id=1, name="Everybody")["group_policy"]["name"]
        == "Everybody"
    )
    assert bodies(rs, f"PATCH {POLICY}") == [{"name": "Everybody"}]
    told = rs.refuse("beyondtrust_group_policy", id=1, name="Partners")
    assert (
        told
        == "The group_policy with id 1 cannot be called 'Partners': so is the one with id 2 already."
    )


# --- Group policies: members ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("product", ["rs", "pra"])
def test_a_user_is_named_alone_and_sent_with_the_security_provider_that_the_user_has(
    beyondtrust, product
):
    simulated = beyondtrust(product)
    wanted = [{"user": "a.keller"}, {"user": "c.soares"}]
    policy = simulated.expect("beyondtrust_group_policy", name="Partners", members=wanted)[
        "group_policy"
    ]
    assert [member["user"] for member in policy["members"]] == ["a.keller", "c.soares"]
    assert bodies(simulated, "POST group-policy/2/member") == [
        {"security_provider_id": 1, "user_id": 2},
        {"security_provider_id": 2, "user_id": 4},
    ]


def test_what_a_directory_knows_is_named_with_it(beyondtrust):
    pra = beyondtrust("pra")
    wanted = [{"security_provider": "Directory", "distinguished_name": "ou=Nights,dc=example"}]
    assert pra.expect("beyondtrust_group_policy", name="Partners", members=wanted)["changed"]
    assert bodies(pra, "POST group-policy/2/member") == [
        {"security_provider_id": 2, "distinguished_name": "ou=Nights,dc=example"}
    ]
    assert not pra.expect("beyondtrust_group_policy", name="Partners", members=wanted)["changed"]
    empty_texts = [{**wanted[0], "group_name": "", "user": ""}]
    assert not pra.expect("beyondtrust_group_policy", name="Partners", members=empty_texts)[
        "changed"
    ]


@pytest.mark.parametrize(
    ("member", "told"),
    [
        ({}, "not by nothing"),
        ({"security_provider": "Directory"}, "not by security_provider 'Directory'"),
        ({"group_name": "nights"}, "not by group_name 'nights'"),
        (
            {"security_provider": "Local", "user": "a.keller"},
            "not by security_provider 'Local' and user 'a.keller'",
        ),
        (
            {
                "security_provider": "Directory",
                "group_name": "nights",
                "distinguished_name": "ou=Nights",
            },
            "not by distinguished_name 'ou=Nights' and group_name",
        ),
    ],
)
def test_a_member_that_is_named_in_no_way_or_in_two_is_refused(beyondtrust, member, told):
    message = beyondtrust("pra").refuse(
        "beyondtrust_group_policy", name="Partners", members=[member]
    )
    assert (
        "a member is named by user alone, or by security_provider with group_name or distinguished_name"
        in message
        and told in message
    )


def test_a_user_whose_distinguished_name_is_shown_as_well_is_the_same_member(beyondtrust):
    pra = beyondtrust("pra")
    found = {
        "id": 1,
        "security_provider_id": 2,
        "user_id": 4,
        "distinguished_name": "cn=Caio",
        "group_name": None,
    }
    pra.inject(f"GET {API}/group-policy/2/member", "status", status=200, body=[found], times=None)
    assert not pra.expect(
        "beyondtrust_group_policy", name="Partners", members=[{"user": "c.soares"}]
    )["changed"]


def test_whoever_is_taken_out_of_a_policy_loses_at_once_what_it_gave(beyondtrust):
    rs = beyondtrust("rs")
    rs.expect("beyondtrust_group_policy", name="Technicians", members=[{"user": "a.keller"}])
    assert wrote(rs) == [
        f"DELETE {POLICY}/member/2",
        f"POST {POLICY}/provision",
        "POST user/provision",
    ]
    assert bodies(rs, "POST user/provision") == [{"user_ids": [4]}]
    rs.expect("beyondtrust_group_policy", name="Technicians", members=[])
    assert members(rs) == [] and not unprovisioned(rs.server)


def test_a_policy_that_is_removed_is_taken_from_its_members_at_once(beyondtrust):
    rs = beyondtrust("rs")
    rs.expect("beyondtrust_group_policy", name="Technicians", state="absent")
    assert wrote(rs) == [f"DELETE {POLICY}", "POST user/provision"]
    assert bodies(rs, "POST user/provision") == [{"user_ids": [2, 4]}]
    assert not unprovisioned(rs.server)


def test_a_member_that_the_appliance_refuses_is_told_with_what_was_done_before_and_a_second_run_does_the_rest(
    beyondtrust,
):
    pra = beyondtrust("pra")
    wanted = {
        "name": "Technicians",
        "perm_shell_jump": False,
        "members": [{"user": "a.keller"}, {"user": "b.okafor"}, {"user": "admin"}],
    }
    refusal = {"message": "The given data was invalid.", "errors": {"user_id": ["Too many."]}}
    pra.inject(f"POST {API}/{POLICY}/member", "status", status=422, after=1, body=refusal)
    outcome = pra.run("beyondtrust_group_policy", **wanted)
    assert outcome.failed and outcome["changed"]
    assert (
        "update group_policy Technicians: BeyondTrust refused POST /group-policy/1/member (HTTP 422)"
        in outcome["msg"]
    )
    assert "The given data was invalid; user_id: Too many" in outcome["msg"]
    assert "(perm_shell_jump had been written)" in outcome["msg"]
    assert outcome["failed_changes"][0]["written"] == ["perm_shell_jump"]
    assert wrote(pra)[-2:] == [f"POST {POLICY}/provision", "POST user/provision"]
    assert not unprovisioned(pra.server)
    pra.expect("beyondtrust_group_policy", **wanted)
    assert members(pra) == [1, 2, 3]


def test_a_policy_that_is_refused_altogether_is_not_provisioned(beyondtrust):
    rs = beyondtrust("rs")
    rs.inject(f"PATCH {API}/{POLICY}", "status", status=422, body={"message": "No."})
    outcome = rs.run("beyondtrust_group_policy", name="Technicians", perm_shell_jump=False)
    assert outcome.failed and not outcome["changed"] and wrote(rs) == [f"PATCH {POLICY}"]


def test_members_of_several_policies_are_written_one_after_another_and_each_policy_is_provisioned_once(
    beyondtrust,
):
    rs = beyondtrust("rs")
    everybody = [{"user": "a.keller"}, {"user": "b.okafor"}, {"user": "c.soares"}]
    rs.expect(
        "beyondtrust_config",
        config={
            "group_policy": [
                {"name": name, "members": everybody} for name in ("Technicians", "Partners", "New")
            ]
        },
    )
    policies = [query.split("/")[1] for query in wrote(rs) if query.endswith("/member")]
    assert [name for name, _same in groupby(policies)] == list(dict.fromkeys(policies)) and sorted(
        policies
    ) == ["1", "2", "2", "2", "3", "3", "3"]
    assert [query for query in wrote(rs) if query.endswith("/provision")] == [
        f"POST group-policy/{number}/provision" for number in (1, 2, 3)
    ]
    assert not unprovisioned(rs.server)


# --- Group policies: what cannot be right -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("product", "options", "told"),
    [
        (
            "rs",
            {"perm_session_idle_timeout": 601},
            "value of perm_session_idle_timeout must be one of: -1, 0, 300",
        ),
        (
            "rs",
            {"perm_routing_idle_timeout": 3601},
            "value of perm_routing_idle_timeout must be one of: 0, 180",
        ),
        (
            "rs",
            {"auto_assignment_max_sessions": 11},
            "auto_assignment_max_sessions is 11; it must be at least 1 and at most 10",
        ),
        (
            "rs",
            {"perm_web_jump": True},
            "Remote Support has no perm_web_jump; Privileged Remote Access has",
        ),
        (
            "rs",
            {"access_perm_status": "final"},
            "Remote Support has no access_perm_status; Privileged Remote Access has",
        ),
        (
            "rs",
            {"jump_groups": [{"jump_group": "Servers", "jump_policy": "ask_first"}]},
            "Remote Support has no jump_policy; Privileged Remote Access has",
        ),
        (
            "pra",
            {"perm_vpro": True},
            "Privileged Remote Access has no perm_vpro; Remote Support has",
        ),
        (
            "pra",
            {"rep_perm_status": "final"},
            "Privileged Remote Access has no rep_perm_status; Remote Support has",
        ),
        (
            "rs",
            {"jumpoints": ["Nowhere"]},
            "jumpoints names the jumpoint 'Nowhere', which does not exist",
        ),
        ("rs", {"teams": [{"role": "lead"}]}, "missing required arguments: team found in teams"),
        (
            "rs",
            {"members": [{"user": "nobody"}]},
            "user names the user 'nobody', which does not exist",
        ),
        (
            "rs",
            {"jump_groups": [{"jump_group": "Servers"}, {"jump_group": "Servers"}]},
            "names the same jump_group twice",
        ),
    ],
)
def test_what_cannot_be_right_is_refused_before_anything_is_sent(
    beyondtrust, product, options, told
):
    assert told in beyondtrust(product).refuse(
        "beyondtrust_group_policy", name="Technicians", **options
    )


def test_an_entry_of_another_shape_is_told_in_words(beyondtrust):
    rs = beyondtrust("rs")
    for entry in ({"jumpoint_id": {"is": 1}}, {"other": 1}, {"jumpoint_id": None}):
        rs.inject(f"GET {API}/{POLICY}/jumpoint", "status", status=200, body=[entry])
        told = rs.refuse("beyondtrust_group_policy", name="Technicians", jumpoints=["Leeds"])
        assert (
            "A list /jumpoint below an object holds an entry that is not of the documented shape"
            in told
        )


# --- Provisioning -----------------------------------------------------------------------------------------------------


def test_where_provisioning_fails_the_policies_are_named_and_the_module_for_it_makes_up_for_it(
    beyondtrust,
):
    rs = beyondtrust("rs")
    rs.inject(PROVISION, "status", status=500, body={"message": "Later."})
    outcome = rs.run(
        "beyondtrust_group_policy",
        name="Technicians",
        perm_shell_jump=False,
        members=[{"user": "c.soares"}],
    )
    assert (
        outcome.failed
        and outcome["changed"]
        and [change["kind"] for change in outcome["changes"]] == ["group_policy"]
    )
    assert "What was changed may not have taken effect" in outcome["msg"]
    assert (
        "Still to be provisioned, for which there is the module beyondtrust_provision: group_policy Technicians."
        in outcome["msg"]
    )
    assert wrote(rs)[-1] == "POST user/provision"  # what was left to do was done all the same
    assert unprovisioned(rs.server) == {1}
    assert not rs.expect("beyondtrust_group_policy", name="Technicians", perm_shell_jump=False)[
        "changed"
    ]
    done = rs.expect("beyondtrust_provision", group_policies=["Technicians"])
    assert done["changes"] == [
        {"action": "provision", "kind": "group_policy", "name": "Technicians", "fields": []}
    ]
    assert not unprovisioned(rs.server)


def test_an_appliance_that_is_gone_when_it_should_provision_is_asked_once(beyondtrust):
    rs = beyondtrust("rs")
    rs.inject(PROVISION, "reset_before", times=None)
    outcome = rs.run("beyondtrust_group_policy", name="Technicians", members=[{"user": "a.keller"}])
    assert outcome.failed and outcome["changed"] and "group_policy Technicians" in outcome["msg"]


def test_users_who_lost_a_policy_can_be_provisioned_by_name(beyondtrust):
    rs = beyondtrust("rs")
    rs.inject(f"POST {API}/user/provision", "status", status=500, body={"message": "Later."})
    outcome = rs.run("beyondtrust_group_policy", name="Technicians", members=[{"user": "a.keller"}])
    assert "the users with the ids 4" in outcome["msg"]
    rs.lies = True  # the policy took effect for them, too: nothing is left that would show
    rs.journal.clear()
    assert rs.expect("beyondtrust_provision", users=["c.soares", "c.soares"])["changed"]
    assert bodies(rs, "POST user/provision") == [{"user_ids": [4]}]


def pending(beyondtrust):
    """Return an appliance on which two group policies wait to be provisioned."""
    site = small_appliance("rs")
    site["config"]["group-policy/member"]["3"] = {
        "_parent": 2,
        "security_provider_id": 1,
        "user_id": 3,
    }
    rs = beyondtrust("rs", site)
    for number in ("1", "2"):
        rs.site["config"]["group-policy"][number]["perm_jump_client"] = True
    assert unprovisioned(rs.server) == {1, 2}
    return rs


def test_policies_and_users_are_provisioned_on_every_run_and_only_foretold_in_check_mode(
    beyondtrust,
):
    rs = pending(beyondtrust)
    options = {"group_policies": ["Technicians", "Partners"], "users": ["b.okafor", "a.keller"]}
    foretold = rs.expect("beyondtrust_provision", True, **options)
    done = rs.expect("beyondtrust_provision", **options)
    assert foretold["changed"] and foretold["changes"] == done["changes"]
    assert [(change["kind"], change["name"]) for change in done["changes"]] == [
        ("group_policy", "Technicians"),
        ("group_policy", "Partners"),
        ("user", "b.okafor"),
        ("user", "a.keller"),
    ]
    assert wrote(rs) == [
        f"POST {POLICY}/provision",
        "POST group-policy/2/provision",
        "POST user/provision",
    ]
    assert not unprovisioned(rs.server)


def test_what_was_provisioned_before_a_failure_is_told(beyondtrust):
    rs = pending(beyondtrust)
    rs.inject(
        f"POST {API}/group-policy/2/provision", "status", status=422, body={"message": "Not now."}
    )
    outcome = rs.run(
        "beyondtrust_provision", group_policies=["Technicians", "Partners"], users=["admin"]
    )
    assert (
        outcome.failed
        and outcome["changed"]
        and [change["name"] for change in outcome["changes"]] == ["Technicians"]
    )
    assert (
        "Provisioning group_policy Partners: BeyondTrust refused POST /group-policy/2/provision (HTTP 422): Not now"
        in outcome["msg"]
    )
    assert unprovisioned(rs.server) == {2}


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({}, "one of the following is required: group_policies, users"),
        (
            {"group_policies": [], "users": []},
            "Neither group_policies nor users names anything to provision",
        ),
        (
            {"group_policies": ["Technicians", "Nothing"]},
            "There is no group_policy named 'Nothing'",
        ),
        (
            {"group_policies": ["Technicians"], "users": ["nobody"]},
            "There is no user named 'nobody'",
        ),
        (
            {"users": ["a.keller", "b.okafor", "c.soares", "nobody"]},
            "There is no user named 'nobody'",
        ),
    ],
)
@pytest.mark.parametrize("check", [False, True])
def test_nothing_is_provisioned_where_a_name_is_wrong_or_none_is_given(
    beyondtrust, check, options, told
):
    assert told in beyondtrust("rs").refuse("beyondtrust_provision", check, **options)

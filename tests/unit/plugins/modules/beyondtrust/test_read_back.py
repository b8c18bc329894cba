"""What was written is read back: a change that did not happen is told with both values, one that
cannot be read back as unknown.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest

from tests.unit.plugins.modules.conformance_appliances import API

ITEM = {"name": "sw-1", "jump_group": "Plant Leeds"}


@pytest.mark.parametrize(
    ("query", "module", "options", "wanted", "shown"),
    [
        (
            "PATCH jump-group/1",
            "jump_group",
            {"name": "Plant Leeds", "comments": "New."},
            "New.",
            "Ask the shift leader first.",
        ),
        (
            "PATCH jump-group/1/user/2",
            "jump_group",
            {
                "name": "Plant Leeds",
                "members": [
                    {"user": "a.keller", "jump_item_role": "Auditor"},
                    {"user": "b.okafor"},
                ],
            },
            "Auditor",
            "Start Sessions Only",
        ),
        (
            "DELETE jump-group/1/user/3",
            "jump_group",
            {"name": "Plant Leeds", "members": [{"user": "a.keller"}]},
            "a.keller",
            "b.okafor",
        ),
        ("PATCH jump-item/shell-jump/1", "shell_jump", {**ITEM, "port": 2222}, "2222", "22"),
        (
            "PATCH jump-item/shell-jump/1",
            "shell_jump",
            {**ITEM, "jumpoint": "London"},
            "London",
            "Leeds",
        ),
        (
            "PATCH jumpoint/1",
            "jumpoint",
            {"name": "Leeds", "comments": "In the attic."},
            "In the attic.",
            "In the cellar.",
        ),
        (
            "PATCH jump-policy/1",
            "jump_policy",
            {"display_name": "Ask First", "ticket_id_required": False},
            "false",
            "true",
        ),
        (
            "PATCH user/2",
            "user",
            {"username": "a.keller", "public_display_name": "Anna"},
            "Anna",
            "Anna Keller",
        ),
        (
            "PATCH team/1",
            "team",
            {"name": "Helpdesk", "public_portals": ["Partners"]},
            "Partners",
            "All portals",
        ),
        (
            "PATCH group-policy/1",
            "group_policy",
            {"name": "Technicians", "perm_shell_jump": False},
            "false",
            "true",
        ),
        ("PATCH jump-client/1", "jump_client", {"name": "till-1", "tag": "bar"}, "bar", "shop"),
        (
            "PATCH vault/account/1",
            "vault_account",
            {"name": "Leeds root", "account_policy": "Default Account Policy"},
            "Default Account Policy",
            "Rotate Monthly",
        ),
        (
            "PATCH vault/account-group/2/jump-item-association",
            "vault_account_group",
            {"name": "Leeds", "jump_item_association": {"filter_type": "no_jump_items"}},
            "no_jump_items",
            "any_jump_items",
        ),
    ],
)
@pytest.mark.parametrize("shows", ["change", "state"])
def test_a_change_that_did_not_happen_is_reported_with_both_values(
    beyondtrust, query, module, options, wanted, shown, shows
):
    simulated = beyondtrust()
    fault = simulated.inject(query.replace(" ", f" {API}/"), "ignored", shows=shows)
    outcome = simulated.run(f"beyondtrust_{module}", **options)
    assert fault.times == 0, "the fault struck nothing"
    assert outcome.failed
    assert wanted in outcome["msg"] and shown in outcome["msg"]
    assert outcome["changed"] is False


@pytest.mark.parametrize(
    ("query", "module", "options", "words"),
    [
        ("POST jump-group", "jump_group", {"name": "New"}, "does not list"),
        (
            "POST jump-item/shell-jump",
            "shell_jump",
            {**ITEM, "name": "new", "jumpoint": "Leeds", "hostname": "10.1.0.9", "protocol": "ssh"},
            "does not list",
        ),
        (
            "POST vault/account",
            "vault_account",
            {"name": "New", "type": "opaque_token", "token": "new-secret"},
            "does not list",
        ),
        (
            "DELETE jump-group/2",
            "jump_group",
            {"name": "Servers", "state": "absent", "remove_items": True},
            "still lists",
        ),
        ("DELETE jump-item/shell-jump/1", "shell_jump", {**ITEM, "state": "absent"}, "still lists"),
        ("DELETE user/3", "user", {"username": "b.okafor", "state": "absent"}, "still lists"),
    ],
)
def test_an_object_that_was_not_made_or_not_removed_is_reported(
    beyondtrust, query, module, options, words
):
    simulated = beyondtrust()
    simulated.inject(query.replace(" ", f" {API}/"), "ignored")
    outcome = simulated.run(f"beyondtrust_{module}", **options)
    assert outcome.failed
    assert words in outcome["msg"]
    assert outcome["changed"] is False


@pytest.mark.parametrize(
    ("module", "options", "query"),
    [
        ("jump_group", {"name": "Plant Leeds", "comments": "New."}, "GET jump-group"),
        ("jump_group", {"name": "Plant Leeds", "members": []}, "GET jump-group/1/user"),
        ("shell_jump", {**ITEM, "port": 2222}, "GET jump-item/shell-jump"),
        ("user", {"username": "a.keller", "public_display_name": "Anna"}, "GET user"),
        (
            "vault_account_group",
            {"name": "Leeds", "jump_item_association": {"filter_type": "no_jump_items"}},
            "GET vault/account-group/2/jump-item-association",
        ),
    ],
)
def test_a_write_that_cannot_be_read_back_is_reported_as_unknown_and_changed(
    beyondtrust, module, options, query
):
    simulated = beyondtrust()
    simulated.expect(f"beyondtrust_{module}", **options)
    first = simulated.journal.writes[0].number
    query = query.replace(" ", f" {API}/")
    before = len([entry for entry in simulated.asked(query) if entry.number < first])
    # What is read between the write and its look stands in the way of no test: the last read before
    # the write is the last that succeeds.
    simulated = beyondtrust()
    simulated.inject(query, "status", status=500, times=None, after=before)
    outcome = simulated.run(f"beyondtrust_{module}", **options)
    assert outcome.failed
    assert "unknown" in outcome["msg"] and "500" in outcome["msg"]
    assert outcome["changed"] is True


def test_what_could_not_take_effect_is_told_although_it_was_written(beyondtrust):
    simulated = beyondtrust()
    simulated.inject(
        f"POST {API}/group-policy/1/provision", "refuse", reason="The auditor forbids it"
    )
    outcome = simulated.run("beyondtrust_group_policy", name="Technicians", perm_shell_jump=False)
    assert outcome.failed and outcome["changed"] is True
    assert (
        "may not have taken effect" in outcome["msg"] and "The auditor forbids it" in outcome["msg"]
    )
    assert outcome["changes"] and not outcome["failed_changes"]
    assert simulated.site["config"]["group-policy"]["1"]["perm_shell_jump"] is False


def test_removing_what_is_not_there_changes_nothing(beyondtrust):
    for product, module, key in (
        ("rs", "jump_group", {"name": "Nobody"}),
        ("rs", "jump_group", {"id": 99}),
        ("rs", "jumpoint", {"name": "Nobody"}),
        ("rs", "jump_policy", {"display_name": "Nobody"}),
        ("rs", "user", {"username": "nobody"}),
        ("rs", "team", {"name": "Nobody"}),
        ("rs", "rep_status", {"name": "Nobody"}),
        ("rs", "group_policy", {"name": "Nobody"}),
        ("rs", "shell_jump", {**ITEM, "name": "nobody"}),
        ("rs", "shell_jump", {"name": "sw-2", "jump_group": "Servers"}),
        ("rs", "shell_jump", {"id": 99}),
        ("rs", "jump_client", {"name": "nobody"}),
        ("rs", "jump_client_installer", {"name": "nobody", "jump_group": "Servers"}),
        ("rs", "vault_account", {"name": "Nobody"}),
        ("rs", "vault_account_group", {"name": "Nobody"}),
        ("rs", "vault_account_policy", {"name": "Nobody"}),
        ("pra", "web_jump", {**ITEM, "name": "nobody"}),
        ("pra", "vendor", {"name": "Nobody"}),
        ("pra", "vendor_user", {"username": "nobody", "vendor": "Kälte Schmidt"}),
    ):
        simulated = beyondtrust(product)
        assert (
            simulated.expect(f"beyondtrust_{module}", **key, state="absent")["changed"] is False
        ), module
        assert simulated.wrote() == []


def test_the_result_holds_the_object_in_the_users_words_as_it_is_after_the_run(beyondtrust):
    simulated = beyondtrust()
    for check in (True, False):
        outcome = simulated.expect(
            "beyondtrust_jump_group",
            check,
            name="Plant Leeds",
            members=[{"user": "b.okafor", "jump_item_role": "Auditor"}],
        )
        assert outcome["jump_group"] == {
            "id": 1,
            "name": "Plant Leeds",
            "code_name": "plant_leeds",
            "comments": "Ask the shift leader first.",
            "ecm_group_id": None,
            "members": [{"user": "b.okafor", "jump_item_role": "Auditor", "jump_policy": None}],
        }
        outcome = simulated.expect(
            "beyondtrust_shell_jump", check, **ITEM, jump_policy="office_hours", tag=""
        )
        item = {
            name: outcome["shell_jump"][name]
            for name in (
                "id",
                "name",
                "jump_group",
                "personal_list_of",
                "jumpoint",
                "jump_policy",
                "tag",
            )
        }
        assert item == {
            "id": 1,
            "name": "sw-1",
            "jump_group": "Plant Leeds",
            "personal_list_of": None,
            "jumpoint": "Leeds",
            "jump_policy": "Office Hours",
            "tag": "",
        }
        outcome = simulated.expect(
            "beyondtrust_vault_account",
            check,
            name="Switches",
            description="x",
            token="new",
            update_token="always",
        )
        assert (
            not {"token", "password", "private_key", "private_key_passphrase"}
            & outcome["vault_account"].keys()
        )

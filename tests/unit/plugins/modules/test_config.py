"""A whole server in one document: the order of work, its fate half-way, purge and its guards,
bounded connections, few requests.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import time
from collections import Counter

import pytest

from tests.patience import LONGEST_MOMENT
from tests.simulator.company import company
from tests.unit.simulated import read_diff, small_site

CONFIG = "simplehelp_config"


def technicians(names, **attributes) -> dict:
    """Return a document that describes technicians of these names."""
    return {"technician": [{"username": name, **attributes} for name in names]}


# --- Order ------------------------------------------------------------------------------------------------------------


def test_groups_are_made_before_the_technicians_that_name_them(simplehelp):
    simulated = simplehelp()
    document = {
        "technician": [{"username": "new", "groups": ["New", "Helpdesk"]}],
        "tech_group": [{"name": "New"}],
    }
    foretold = simulated.expect(CONFIG, True, config=document)
    outcome = simulated.expect(CONFIG, config=document)
    assert simulated.wrote() == ["groups/new", "technicians/new"]
    assert simulated.site["technicians"]["new"]["groupIDs"] == [1, 3]
    assert foretold["changes"] == outcome["changes"]
    assert [
        (change["action"], change["kind"], change["name"]) for change in outcome["changes"]
    ] == [
        ("create", "tech_group", "New"),
        ("create", "technician", "new"),
    ]


def test_the_restrictions_are_written_after_everything_that_is_made(simplehelp):
    simulated = simplehelp()
    simulated.expect(
        CONFIG,
        config={
            "server": {"tech_restrictions": ["192.*"], "hostname": "new.example.org"},
            "machine": [{"machine": "SG_1", "name": "NEW", "notes": "New."}],
            "technician": [{"username": "new", "groups": ["New"], "password": "the-new-secret"}],
            "tech_group": [{"name": "New", "permissions": {"canChat": True}}],
            "machine_group": [{"path": ["Ireland"], "properties": {"currency": "EUR"}}],
        },
    )
    order = simulated.wrote()
    assert order[-3:] == [
        "server/hostname/set",
        "server/tech-restrictions/new",
        "server/tech-restrictions/remove",
    ]
    assert (
        order.index("groups/new")
        < order.index("technicians/new")
        < order.index("technicians/password/set")
        < order.index("machines/set")
    )


def test_removals_come_last_and_in_reverse_order(simplehelp):
    simulated = simplehelp()
    simulated.expect(
        CONFIG,
        config={
            "tech_group": [{"name": "Field Service", "state": "absent"}, {"name": "New"}],
            "technician": [
                {"username": "b.okafor", "state": "absent"},
                {"username": "anonymous-1", "groups": []},
                {"username": "new"},
            ],
            "server": {"tech_restrictions": ["192.*"]},
        },
    )
    order = simulated.wrote()
    assert order[-2:] == ["technicians/remove", "groups/remove"]
    assert set(order[:-2]) == {
        "groups/new",
        "technicians/new",
        "technicians/set",
        "server/tech-restrictions/new",
        "server/tech-restrictions/remove",
    }


def test_a_group_may_be_renamed_in_the_run_that_puts_technicians_into_it(simplehelp):
    simulated = simplehelp()
    document = {
        "tech_group": [{"unique_id": 2, "name": "On the Road"}],
        "technician": [{"username": "admin", "groups": ["Helpdesk", "On the Road"]}],
    }
    foretold = simulated.expect(CONFIG, True, config=document)
    outcome = simulated.expect(CONFIG, config=document)
    assert (foretold["changes"], foretold["diff"]) == (outcome["changes"], outcome["diff"])
    assert sorted(simulated.site["technicians"]["admin"]["groupIDs"]) == [1, 2]
    assert simulated.expect(CONFIG, config=document)["changed"] is False


# --- References -------------------------------------------------------------------------------------------------------


def test_a_technician_cannot_name_a_group_that_will_not_exist(simplehelp):
    simulated = simplehelp()
    message = simulated.refuse_everywhere(CONFIG, config=technicians(["new"], groups=["Nowhere"]))
    assert "technician new" in message and "Nowhere" in message and "does not exist" in message


def test_a_technician_cannot_name_a_group_that_the_same_run_removes(simplehelp):
    simulated = simplehelp()
    for document, purge in (
        (
            {
                "tech_group": [{"name": "Field Service", "state": "absent"}],
                "technician": [{"username": "admin", "groups": ["Field Service"]}],
            },
            [],
        ),
        (
            {
                "tech_group": [{"name": "Helpdesk"}],
                "technician": [{"username": "admin", "groups": ["Field Service"]}],
            },
            ["tech_group"],
        ),
        (
            {
                "tech_group": [{"unique_id": 2, "name": "Renamed"}],
                "technician": [{"username": "admin", "groups": ["Field Service"]}],
            },
            [],
        ),
    ):
        message = simulated.refuse(CONFIG, config=document, purge=purge)
        assert "admin" in message and "Field Service" in message


def test_a_technician_that_keeps_naming_a_group_that_the_run_removes_is_noticed(simplehelp):
    simulated = simplehelp()
    document = {
        "tech_group": [{"name": "Helpdesk"}],
        "technician": [{"username": "b.okafor", "groups": ["Field Service", "Helpdesk"]}],
    }
    message = simulated.refuse(CONFIG, config=document, purge=["tech_group"])
    assert "b.okafor" in message and "Field Service" in message


# --- Half-way ---------------------------------------------------------------------------------------------------------

FORTY = [f"tech-{number:02}" for number in range(40)]
TEN = [f"tech-{number}" for number in range(1, 11)]


@pytest.mark.parametrize("connections", [1, 16])
def test_when_the_fourth_of_ten_is_refused_the_fate_of_each_is_told_and_a_rerun_does_the_rest(
    simplehelp, connections
):
    simulated = simplehelp()
    simulated.options["connections"] = connections
    document = technicians(TEN, display_name="One of ten")
    simulated.inject(
        "technicians/new",
        "refuse",
        matching={"technician": {"username": "tech-4"}},
        reason="No more licences",
    )
    outcome = simulated.run(CONFIG, config=document)
    assert outcome.failed and outcome["changed"] is True
    assert "tech-4" in outcome["msg"] and "No more licences" in outcome["msg"]
    made = {change["name"] for change in outcome["changes"]}
    assert (
        made
        == set(TEN) - {"tech-4"}
        == {name for name in TEN if name in simulated.site["technicians"]}
    )
    assert [(change["name"], change["action"]) for change in outcome["failed_changes"]] == [
        ("tech-4", "create")
    ]
    assert outcome["changes_not_tried"] == []
    assert set(read_diff(outcome["diff"])["after"]) == {f"technician {name}" for name in made}
    simulated.journal.clear()
    again = simulated.expect(CONFIG, config=document)
    assert [
        (entry.query, entry.body["technician"]["username"]) for entry in simulated.journal.writes
    ] == [("technicians/new", "tech-4")]
    assert [change["name"] for change in again["changes"]] == ["tech-4"]


def test_what_comes_after_a_kind_that_failed_is_not_tried_and_told_so(simplehelp):
    simulated = simplehelp()
    simulated.inject("groups/new", "refuse", matching={"group": {"name": "B"}}, reason="No")
    outcome = simulated.run(
        CONFIG,
        config={
            "tech_group": [{"name": "A"}, {"name": "B"}],
            "technician": [
                {"username": "new", "groups": ["B"]},
                {"username": "b.okafor", "state": "absent"},
            ],
            "server": {"hostname": "new.example.org"},
        },
    )
    assert outcome.failed and outcome["changed"] is True
    assert [change["name"] for change in outcome["changes"]] == ["A"]
    assert [change["name"] for change in outcome["failed_changes"]] == ["B"]
    assert [(change["kind"], change["action"]) for change in outcome["changes_not_tried"]] == [
        ("technician", "create"),
        ("server", "update"),
        ("technician", "delete"),
    ]
    assert simulated.wrote() == ["groups/new", "groups/new"]


def test_an_object_that_was_made_in_part_is_told_with_what_was_written(simplehelp):
    simulated = simplehelp()
    simulated.inject("technicians/password/set", "refuse", reason="Too short")
    outcome = simulated.run(
        CONFIG,
        config={
            "technician": [{"username": "new", "password": "abc-secret", "display_name": "New"}]
        },
    )
    assert outcome.failed and outcome["changed"] is True
    assert "new" in simulated.site["technicians"]
    failed = outcome["failed_changes"][0]
    assert failed["name"] == "new" and "Too short" in failed["reason"]
    # Its name and whether it is enabled come last, see test_killed_runs.py.
    assert failed["written"] == ["username"]


def test_a_server_that_goes_away_half_way_leaves_a_report_of_what_was_done(simplehelp):
    simulated = simplehelp()
    simulated.options["connections"] = 1
    # The list and three of ten.
    simulated.inject("technicians/*", "reset_before", after=4, times=None)
    outcome = simulated.run(CONFIG, config=technicians(TEN))
    assert outcome.failed and outcome["changed"] is True
    present = {name for name in TEN if name in simulated.site["technicians"]}
    assert present == {"tech-1", "tech-2", "tech-3"}
    fates = [
        change["name"]
        for part in ("changes", "failed_changes", "changes_not_tried")
        for change in outcome[part]
    ]
    assert sorted(fates) == sorted(TEN)
    assert {change["name"] for change in outcome["changes_not_tried"]} <= set(TEN) - present - {
        "tech-4"
    }
    # Those that were made cannot be read back any more, so they are reported as done or as unknown,
    # never as not tried.
    assert "unknown" in outcome["msg"]


@pytest.mark.parametrize("kind", ["reset_before", "reset_after", "malformed"])
def test_connections_that_break_among_many_writes_end_with_each_object_exactly_once(
    simplehelp, kind
):
    simulated = simplehelp()
    simulated.options["retries"] = 3
    for number in range(0, 40, 7):
        simulated.inject(
            "technicians/new", kind, matching={"technician": {"username": f"tech-{number:02}"}}
        )
    outcome = simulated.expect(CONFIG, config=technicians(FORTY, display_name="New"))
    assert sorted(change["name"] for change in outcome["changes"]) == FORTY
    assert set(FORTY) <= set(simulated.site["technicians"])
    sent = Counter(
        entry.body["technician"]["username"] for entry in simulated.asked("technicians/new")
    )
    again = {name for name, times in sent.items() if times > 1}
    assert again == (
        {f"tech-{number:02}" for number in range(0, 40, 7)} if kind == "reset_before" else set()
    )
    assert max(sent.values()) <= 2


def test_a_write_that_takes_effect_after_we_have_looked_is_not_done_twice(simplehelp):
    simulated = simplehelp()
    simulated.options |= {"retries": 9, "timeout": 0.1}
    simulated.inject("technicians/new", "slow", seconds=0.25, effect="after")
    outcome = simulated.expect("technician", username="new", display_name="New")
    assert outcome["changed"] is True
    until = time.monotonic() + LONGEST_MOMENT
    while (
        None in [entry.status for entry in simulated.asked("technicians/new")]
        and time.monotonic() < until
    ):
        time.sleep(0.01)
    assert [entry.status for entry in simulated.asked("technicians/new")].count(200) == 1
    assert simulated.expect("technician", username="new", display_name="New")["changed"] is False


# --- Purge ------------------------------------------------------------------------------------------------------------


def test_nothing_is_removed_without_purge(simplehelp):
    simulated = simplehelp()
    assert (
        simulated.expect(
            CONFIG,
            config={"technician": [{"username": "admin"}], "tech_group": [{"name": "Helpdesk"}]},
        )["changed"]
        is False
    )
    assert (
        simulated.expect(
            CONFIG, config={"technician": [], "tech_group": [], "machine": [], "machine_group": []}
        )["changed"]
        is False
    )
    assert simulated.wrote() == []


def test_purge_removes_what_is_not_described_of_the_kinds_that_it_names(simplehelp):
    simulated = simplehelp()
    document = {"technician": [{"username": "admin"}], "tech_group": [{"name": "Helpdesk"}]}
    foretold = simulated.expect(CONFIG, True, config=document, purge=["technician"])
    outcome = simulated.expect(CONFIG, config=document, purge=["technician"])
    assert list(simulated.site["technicians"]) == ["admin", "anonymous-1", "app.stocktake"]
    assert list(simulated.site["groups"]) == ["Helpdesk", "Field Service"]
    assert (
        outcome["changes"]
        == foretold["changes"]
        == [{"action": "delete", "kind": "technician", "name": "b.okafor", "fields": []}]
    )
    assert read_diff(outcome["diff"])["after"] == {}
    assert simulated.expect(CONFIG, config=document, purge=["technician"])["changed"] is False


def test_accounts_of_the_server_itself_are_purged_only_when_told(simplehelp):
    simulated = simplehelp()
    document = {"technician": [{"username": "admin"}, {"username": "b.okafor"}]}
    assert simulated.expect(CONFIG, config=document, purge=["technician"])["changed"] is False
    simulated.expect(
        CONFIG, config=document, purge=["technician"], remove_protected=True, max_removed_percent=50
    )
    assert list(simulated.site["technicians"]) == ["admin", "b.okafor"]


def test_a_protected_account_is_removed_only_when_told(simplehelp):
    simulated = simplehelp()
    for username, why in (("anonymous-1", "is_anonymous"), ("app.stocktake", "app_profiles_user")):
        for module, options in (
            ("technician", {"username": username, "state": "absent"}),
            (CONFIG, {"config": {"technician": [{"username": username, "state": "absent"}]}}),
        ):
            message = simulated.refuse(module, **options)
            assert username in message and why in message and "remove_protected" in message
        simulated.expect("technician", username=username, state="absent", remove_protected=True)
        assert username not in simulated.site["technicians"]


def many_technicians() -> dict:
    """Return the small site with twenty technicians more."""
    site = small_site()
    site["technicians"].update({f"t{number}": {} for number in range(20)})
    return site


@pytest.mark.parametrize(
    ("kept", "bounds", "removed"),
    [
        (18, {}, 3),  # b.okafor goes as well
        (15, {"max_removed": 5}, None),
        (15, {"max_removed": 6}, 6),
        (10, {"max_removed": 100}, None),
        (10, {"max_removed": 100, "max_removed_percent": 40}, None),
        (10, {"max_removed": 100, "max_removed_percent": 46}, 11),
        (0, {"max_removed": 100, "max_removed_percent": 100}, 21),
        (19, {"max_removed": 0}, None),
        (19, {"max_removed_percent": 0}, None),
    ],
)
def test_purge_is_bounded_in_number_and_in_percent(simplehelp, kept, bounds, removed):
    simulated = simplehelp(many_technicians())
    document = technicians(["admin", *(f"t{number}" for number in range(kept))])
    if removed is None:
        message = simulated.refuse(CONFIG, config=document, purge=["technician"], **bounds)
        assert "max_removed" in message and "24" in message and "b.okafor" in message
        assert message == simulated.refuse(
            CONFIG, True, config=document, purge=["technician"], **bounds
        )
    else:
        outcome = simulated.expect(CONFIG, config=document, purge=["technician"], **bounds)
        assert len(outcome["changes"]) == removed
        assert len(simulated.site["technicians"]) == 24 - removed


def test_an_empty_list_purges_only_when_told(simplehelp):
    simulated = simplehelp()
    for kind in ("technician", "tech_group"):
        document = {kind: []}
        assert "allow_empty" in simulated.refuse(
            CONFIG, config=document, purge=[kind], max_removed_percent=100
        )
    simulated.expect(
        CONFIG,
        config={"technician": []},
        purge=["technician"],
        allow_empty=True,
        max_removed_percent=100,
    )
    assert list(simulated.site["technicians"]) == ["anonymous-1", "app.stocktake"]


def test_a_list_of_nothing_but_absent_objects_counts_as_empty_for_purge(simplehelp):
    simulated = simplehelp()
    document = {"technician": [{"username": "b.okafor", "state": "absent"}]}
    message = simulated.refuse(
        CONFIG, config=document, purge=["technician"], max_removed_percent=100
    )
    assert "allow_empty" in message


def test_purge_of_a_kind_without_a_list_is_refused(simplehelp):
    simulated = simplehelp()
    for kind, others in (
        ("technician", {"tech_group": []}),
        ("tech_group", technicians(["admin"])),
        ("machine_property", {}),
        ("machine_group_property", {}),
    ):
        assert kind.removesuffix("_property") in simulated.refuse(
            CONFIG, config=others, purge=[kind]
        )


def test_purge_of_properties_leaves_exactly_the_given_ones(simplehelp):
    simulated = simplehelp()
    document = {
        "machine": [
            {"machine": "SG_4", "properties": {"asset": "HF-4"}},
            {"machine": "SG_1", "notes": "Read."},
        ],
        "machine_group": [
            {"path": ["United Kingdom", "London"], "properties": {"contact": "london@example.org"}}
        ],
    }
    simulated.expect(
        CONFIG,
        config=document,
        purge=["machine_property", "machine_group_property"],
        max_removed_percent=50,
    )
    assert simulated.site["machines"]["SG_4"]["properties"] == {"asset": "HF-4"}
    assert simulated.site["machines"]["SG_1"]["properties"] == {"asset": "HF-1"}, (
        "properties that are not described at all are left alone"
    )
    assert simulated.site["machine_groups"]["United Kingdom"]["groups"]["London"]["properties"] == {
        "contact": "london@example.org"
    }
    assert simulated.site["machine_groups"]["United Kingdom"]["properties"] == {
        "currency": "GBP"
    }, "a group that is not described is left alone"


def test_purge_of_properties_is_bounded(simplehelp):
    site = small_site()
    site["machines"]["SG_1"]["properties"] = {f"p{number}": "x" for number in range(20)}
    simulated = simplehelp(site)
    document = {"machine": [{"machine": "SG_1", "properties": {"p0": "x"}}]}
    assert "max_removed" in simulated.refuse(CONFIG, config=document, purge=["machine_property"])
    assert "max_removed" in simulated.refuse(
        CONFIG, config=document, purge=["machine_property"], max_removed=100, max_removed_percent=90
    )
    assert "max_removed" in simulated.refuse(
        "machine_property", machine="SG_1", properties={"p0": "x"}, purge=True
    )
    simulated.expect(
        "machine_property", machine="SG_1", properties={"p0": "x"}, purge=True, max_removed=19
    )
    assert simulated.site["machines"]["SG_1"]["properties"] == {"p0": "x"}


@pytest.mark.parametrize("properties", [{}, {"asset": None}, {"asset": None, "floor": None}])
def test_purge_does_not_remove_every_property_unless_told(simplehelp, properties):
    simulated = simplehelp()
    document = {"machine": [{"machine": "SG_4", "properties": properties}]}
    assert "allow_empty" in simulated.refuse(
        CONFIG, config=document, purge=["machine_property"], max_removed_percent=100
    )
    assert "allow_empty" in simulated.refuse(
        "machine_property", machine="SG_4", properties=properties, purge=True
    )
    simulated.expect(
        CONFIG,
        config=document,
        purge=["machine_property"],
        max_removed_percent=100,
        allow_empty=True,
    )
    assert simulated.site["machines"]["SG_4"]["properties"] == {}


def test_removing_some_properties_cannot_be_combined_with_purge(simplehelp):
    simulated = simplehelp()
    message = simulated.refuse(
        "machine_property", machine="SG_4", properties={"floor": ""}, state="absent", purge=True
    )
    assert "purge" in message and "state" in message


def test_a_purge_that_the_server_refuses_half_way_is_told(simplehelp):
    simulated = simplehelp(many_technicians())
    simulated.inject("technicians/remove", "refuse", reason="Is in a session", after=1)
    outcome = simulated.run(
        CONFIG,
        config=technicians(["admin", *(f"t{number}" for number in range(18))]),
        purge=["technician"],
    )
    assert outcome.failed and outcome["changed"] is True
    assert len(outcome["changes"]) == 2 and len(outcome["failed_changes"]) == 1
    assert "Is in a session" in outcome["msg"]


# --- Lockout ----------------------------------------------------------------------------------------------------------

LOCKOUTS = [
    (CONFIG, {"config": {"server": {"tech_restrictions": [r"192\.0\.2\.\d+"]}}}),
    ("simplehelp_tech_restriction", {"restrictions": [r"192\.0\.2\.\d+"], "state": "exact"}),
    ("simplehelp_tech_restriction", {"restrictions": [r"10\..*"], "state": "absent"}),
]


@pytest.mark.parametrize(("module", "options"), LOCKOUTS[:2])
def test_restrictions_that_shut_out_an_own_address_are_refused_unless_told(
    simplehelp, module, options
):
    simulated = simplehelp()
    message = simulated.refuse_everywhere(module, **options, own_address=["192.0.2.9", "10.1.2.3"])
    assert "10.1.2.3" in message and "192.0.2.9" not in message and "allow_lockout" in message
    simulated.expect(module, **options, own_address=["10.1.2.3"], allow_lockout=True)
    assert simulated.site["restrictions"] == [r"192\.0\.2\.\d+"]


@pytest.mark.parametrize(
    ("module", "options"),
    [
        (CONFIG, {"config": {"server": {"tech_restrictions": []}}}),
        ("simplehelp_tech_restriction", {"restrictions": [], "state": "exact"}),
        ("simplehelp_tech_restriction", {"restrictions": [r"10\..*"], "state": "absent"}),
    ],
)
def test_removing_the_last_restriction_is_refused_unless_told(simplehelp, module, options):
    simulated = simplehelp()
    assert "allow_empty" in simulated.refuse(module, **options)
    simulated.expect(module, **options, allow_empty=True, own_address=["10.1.2.3"])
    assert simulated.site["restrictions"] == []


def test_an_own_address_that_stays_admitted_is_no_obstacle(simplehelp):
    simulated = simplehelp()
    simulated.expect(
        "simplehelp_tech_restriction",
        restrictions=[r"192\.0\.2\.\d+"],
        own_address=["10.1.2.3", "192.0.2.77"],
    )
    assert simulated.site["restrictions"] == [r"10\..*", r"192\.0\.2\.\d+"]


def test_an_own_address_must_be_matched_as_a_whole(simplehelp):
    simulated = simplehelp()
    message = simulated.refuse(
        "simplehelp_tech_restriction",
        restrictions=["192"],
        state="exact",
        own_address=["192.0.2.7"],
    )
    assert "192.0.2.7" in message


def test_a_first_restriction_that_shuts_out_an_own_address_is_refused(simplehelp):
    site = small_site()
    site["restrictions"] = []
    simulated = simplehelp(site)
    assert "allow_lockout" in simulated.refuse(
        "simplehelp_tech_restriction", restrictions=["192.*"], own_address=["10.1.2.3"]
    )


def test_restrictions_are_added_before_others_are_removed(simplehelp):
    simulated = simplehelp()
    simulated.inject("server/tech-restrictions/remove", "refuse", reason="No")
    outcome = simulated.run("simplehelp_tech_restriction", restrictions=["192.*"], state="exact")
    assert outcome.failed and outcome["changed"] is True
    assert simulated.site["restrictions"] == [r"10\..*", "192.*"]
    assert simulated.wrote() == ["server/tech-restrictions/new", "server/tech-restrictions/remove"]


# --- Side by side -----------------------------------------------------------------------------------------------------


def test_writes_go_side_by_side_over_as_many_connections_as_allowed(simplehelp):
    simulated = simplehelp()
    simulated.server.latency = 0.02
    simulated.expect(CONFIG, config=technicians(FORTY))
    used = {entry.connection for entry in simulated.asked("technicians/new")}
    assert len(simulated.asked("technicians/new")) == 40
    assert 8 <= len(used) <= 16


@pytest.mark.parametrize("connections", [1, 3])
def test_there_are_never_more_connections_than_allowed(simplehelp, connections):
    simulated = simplehelp()
    simulated.options["connections"] = connections
    simulated.server.latency = 0.005
    document = {
        **technicians(FORTY[:12]),
        "tech_group": [
            {"name": f"G{number}", "permissions": {"canChat": True}} for number in range(8)
        ],
    }
    simulated.expect(CONFIG, config=document)
    assert len({entry.connection for entry in simulated.journal.entries}) == connections


def test_one_connection_is_kept_for_a_single_object(simplehelp):
    simulated = simplehelp()
    simulated.expect("technician", username="new", password="the-new-secret")
    assert len({entry.connection for entry in simulated.journal.entries}) == 1


# --- Requests ---------------------------------------------------------------------------------------------------------


def test_forty_technicians_are_made_with_two_lists_and_one_write_each(simplehelp):
    simulated = simplehelp()
    outcome = simulated.expect(CONFIG, config=technicians(FORTY, display_name="New"))
    asked = Counter(entry.query for entry in simulated.journal.entries)
    assert asked == {"technicians/list": 2, "groups/list": 1, "technicians/new": 40}
    assert outcome["api"]["requests"] == 43


def test_a_server_that_is_as_described_is_read_with_one_list_per_kind(simplehelp):
    simulated = simplehelp(company(machines=60, technicians=40))
    document = {
        "technician": [
            {"username": name, "display_name": each["displayName"]}
            for name, each in simulated.site["technicians"].items()
        ],
        "tech_group": [
            {"name": name, "max_file_size": each["maxFileSize"]}
            for name, each in simulated.site["groups"].items()
        ],
        "machine": [
            {
                "machine": name,
                "name": each["name"],
                "notes": each["notes"],
                "properties": each["properties"],
            }
            for name, each in simulated.site["machines"].items()
        ],
        "server": {"hostname": simulated.site["hostname"]},
    }
    outcome = simulated.expect(CONFIG, config=document)
    assert outcome["changed"] is False
    assert Counter(entry.query for entry in simulated.journal.entries) == {
        "technicians/list": 1,
        "groups/list": 1,
        "machines/list": 1,
        "machines/notes/get": 1,
        "machines/properties/get": 1,
        "server/hostname/get": 1,
    }


def test_machines_that_change_are_read_in_batches_and_read_back_in_batches(simplehelp):
    simulated = simplehelp(company(machines=60))
    ids = list(simulated.site["machines"])
    simulated.expect(
        CONFIG,
        config={
            "machine": [
                {"machine": name, "notes": "Seen.", "properties": {"audit": "2026"}} for name in ids
            ]
        },
    )
    asked = Counter(entry.query for entry in simulated.journal.entries)
    assert asked["machines/notes/get"] == 2 and asked["machines/properties/get"] == 2
    assert asked["machines/list"] == 1 and asked["machines/get"] == 0
    assert asked["machines/notes/set"] == asked["machines/properties/set"] == 60


def test_nothing_is_read_that_nobody_asked_about(simplehelp):
    simulated = simplehelp()
    for document, asked in (
        ({"server": {"hostname": "support.example.org"}}, ["server/hostname/get"]),
        ({"server": {"tech_restrictions": [r"10\..*"]}}, ["server/tech-restrictions/get"]),
        ({"machine": [{"machine": "SG_1", "name": "LDN-WHS-1"}]}, ["machines/list"]),
        ({"tech_group": [{"name": "Helpdesk", "max_file_size": 1000}]}, ["groups/list"]),
        ({"machine_group": [{"path": ["United Kingdom"]}]}, ["machines/list"]),
        ({}, []),
    ):
        simulated.journal.clear()
        assert simulated.expect(CONFIG, config=document)["changed"] is False
        assert [entry.query for entry in simulated.journal.entries] == asked


def test_permissions_that_do_not_differ_are_not_sent(simplehelp):
    simulated = simplehelp()
    simulated.expect(
        "tech_group",
        name="Helpdesk",
        permissions={"canChat": True, "canRunTools": False, "canTransferFiles": False},
    )
    assert [entry.body for entry in simulated.asked("groups/permissions/set")] == [
        {"group": {"uniqueID": 1, "permissions": {"canRunTools": False}}}
    ]


# --- Twice ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "document",
    [
        {"technician": [{"username": "admin"}, {"username": "admin", "display_name": "Boss"}]},
        {"technician": [{"username": "new"}, {"username": "new"}]},
        {"technician": [{"username": "admin"}, {"unique_id": 1, "display_name": "Boss"}]},
        {"tech_group": [{"name": "Helpdesk"}, {"name": "Helpdesk"}]},
        {"machine": [{"machine": "SG_1"}, {"machine": "LDN-WHS-1"}]},
        {"machine_group": [{"path": ["Ireland"]}, {"path": ["Ireland"]}]},
        {"technician": [{"username": "admin"}, {"username": "admin", "state": "absent"}]},
    ],
)
def test_an_object_that_is_described_twice_is_refused(simplehelp, document):
    assert "twice" in simplehelp().refuse(CONFIG, config=document)


# --- Export -----------------------------------------------------------------------------------------------------------


def test_export_writes_what_config_reads_in_a_stable_order_and_without_secrets(simplehelp):
    simulated = simplehelp()
    exported = simulated.expect("simplehelp_config_info")["config"]
    assert [each["name"] for each in exported["tech_group"]] == ["Field Service", "Helpdesk"]
    assert [each["username"] for each in exported["technician"]] == ["admin", "b.okafor"]
    assert exported["technician"][1] == {
        "username": "b.okafor",
        "display_name": "Bilal Okafor",
        "email_address": "b.okafor@example.org",
        "enabled": True,
        "allow_locally_authenticated_logins": True,
        "groups": ["Field Service", "Helpdesk"],
    }
    assert [each["machine"] for each in exported["machine"]] == [
        "SG_1",
        "SG_2",
        "SG_3",
        "SG_4",
        "SG_5",
    ]
    assert exported["machine"][0] == {
        "machine": "SG_1",
        "name": "LDN-WHS-1",
        "monitor": False,
        "notes": "In the cellar.",
        "warnings": "",
        "properties": {"asset": "HF-1"},
    }
    assert exported["machine_group"] == [
        {"path": ["Ireland"], "properties": {}},
        {"path": ["United Kingdom"], "properties": {"currency": "GBP"}},
        {
            "path": ["United Kingdom", "London"],
            "properties": {"contact": "london@example.org", "site-code": "LDN"},
        },
    ]
    assert exported["server"] == {
        "hostname": "support.example.org",
        "tech_restrictions": [r"10\..*"],
    }
    assert simulated.expect("simplehelp_config_info").result["config"] == exported
    assert simulated.wrote() == []


def test_export_leaves_protected_accounts_out_unless_told(simplehelp):
    simulated = simplehelp()
    assert (
        len(
            simulated.expect("simplehelp_config_info", kinds=["technician"])["config"]["technician"]
        )
        == 2
    )
    exported = simulated.expect("simplehelp_config_info", kinds=["technician"], protected=True)[
        "config"
    ]
    assert [each["username"] for each in exported["technician"]] == [
        "admin",
        "anonymous-1",
        "app.stocktake",
        "b.okafor",
    ]
    assert list(exported) == ["technician"]


def test_what_was_exported_makes_an_equal_server(simplehelp):
    simulated = simplehelp()
    document = simulated.expect(
        "simplehelp_config_info", kinds=["tech_group", "technician", "server"]
    )["config"]
    other = simplehelp(
        {"groups": {"Staff": {}}, "technicians": {"root": {}}, "restrictions": ["x"]}
    )
    other.expect(
        CONFIG, config=document, purge=["tech_group", "technician"], max_removed_percent=100
    )
    assert (
        other.expect("simplehelp_config_info", kinds=["tech_group", "technician", "server"])[
            "config"
        ]
        == document
    )

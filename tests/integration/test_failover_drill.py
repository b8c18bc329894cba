"""Failover drills on a simulated pair: clean ones, ones that stop and go back, and ones whose
controller dies in the middle.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import re
import threading
import time
from contextlib import ExitStack

import pytest

from tests.simulator.faults import Fault
from tests.unit.appliances import CLIENT_ID, CLIENT_SECRET

from .drills import Rehearsal, SwungName, rehearsal_of

SWAPPED, AS_BEFORE = ["backup", "primary"], ["primary", "backup"]
STEPS = [
    "preflight",
    "failover",
    "failover_verification",
    "hold",
    "failback",
    "failback_verification",
]
ROLLED_BACK = [("rollback", "passed"), ("rollback_verification", "passed")]
NEW_GROUP = {"id": 9, "name": "New since the last data sync", "code_name": "", "comments": None}


@pytest.fixture
def rehearse(tmp_path):
    """Return a function that starts a pair, of which a is the primary; keywords are switches of the
    simulator.
    """
    with ExitStack() as running:
        yield lambda site=None, product="rs", **switches: running.enter_context(
            rehearsal_of(tmp_path, site, product, **switches)
        )


def measures(report: dict) -> dict:
    return {(each["step"], each["measure"]): each for each in report["measures"]}


def test_a_clean_drill_with_a_data_sync_first_loses_nothing_and_ends_as_it_began(rehearse):
    drill = rehearse()
    drill.pair.a.site["config"]["jump-group"]["9"] = dict(NEW_GROUP)
    run = drill.passed(backup=True, hold=0.3, rto=30, rpo=0, interval=0.2)
    assert drill.roles() == AS_BEFORE and drill.asked() >= 2
    assert NEW_GROUP["name"] in str(drill.pair.b.site["config"]["jump-group"])
    report = drill.report()
    assert report["passed"] and drill.steps() == [(step, "passed") for step in STEPS]
    assert (
        "PASSED: Every step was completed. All objectives were met." in run.output
        and "report.html" in run.output
    )
    assert {measure: each["met"] for measure, each in measures(report).items()} == {
        (step, measure): True for step in ("failover", "failback") for measure in ("rto", "rpo")
    }
    assert (
        measures(report)["failover", "rto"]["seconds"] > 0.3
        and measures(report)["failover", "rpo"]["seconds"] == 0
    )
    preflight = report["steps"][0]["facts"]
    assert (
        preflight["backup"]["verified"]
        and preflight["counts"]["jump_group"] == 3
        and preflight["clients"]["representative"] == 0
    )
    assert [event["event"] for event in report["steps"][1]["facts"]["timeline"]][:2] == [
        "requested",
        "sync_started",
    ]
    shared = next(each for each in report["availability"] if each["url"] == drill.place.shared_url)
    assert len(shared["outages"]) == 2 and all(outage["ended_at"] for outage in shared["outages"])
    assert len(list((drill.directory / "drills/backups").glob("*.nsb"))) == 1


def test_a_pair_of_privileged_remote_access_that_knows_the_commands_is_rehearsed_too(rehearse):
    drill = rehearse(product="pra", pra_commands="guide")
    drill.passed(rto=30, rpo=0)
    assert drill.roles() == AS_BEFORE and drill.report()["passed"]


def test_without_a_data_sync_what_was_at_risk_is_measured_a_name_that_moves_late_counts_and_a_missed_objective_fails_the_drill(
    rehearse,
):
    drill = rehearse()
    with SwungName(drill.place.url).serve() as name:
        # Somebody moves the name some time after the switch.
        moves = threading.Timer(1.5, name.leads_to, [drill.place.peer_url])
        run = drill.meanwhile(
            "failover_verification",
            moves.start,
            data_sync_first=False,
            failback=False,
            rto=30,
            rpo=60,
            shared_url=name.url,
        )
    assert (
        run.status == 2
        and drill.roles() == SWAPPED
        and drill.steps() == [(step, "passed") for step in STEPS[:3]]
    ), run.output
    assert (
        "was not seen to lead to the new primary before"
        in measures(drill.report())["failover", "rto"]["words"]
    )
    found = measures(drill.report())
    assert (
        found["failover", "rto"]["met"]
        and found["failover", "rpo"]["met"] is False
        and 3600 <= found["failover", "rpo"]["seconds"] < 4500
    )
    assert (
        "1 of 2 objectives were missed" in run.output and drill.report()["outcome"] == "completed"
    )


def test_a_data_sync_that_fails_stops_the_drill_the_report_quotes_the_appliance_and_nothing_tells_a_secret(
    rehearse,
):
    drill = rehearse()
    drill.pair.b.site["health"]["sync_failure"] = "The disk of the peer is full"
    run = drill.failed("-vvvvv", "--diff")
    assert [
        path
        for path in drill.directory.glob("drills/**/*")
        if path.is_file() and CLIENT_SECRET in path.read_text(encoding="utf-8")
    ] == []
    assert drill.roles() == AS_BEFORE and drill.asked() == 1
    assert drill.steps() == [("preflight", "passed"), ("failover", "failed"), *ROLLED_BACK]
    report = drill.report()
    assert report["outcome"] == "restored" and any(
        "The disk of the peer is full" in words for words in report["steps"][1]["words"]
    )
    assert "The disk of the peer is full" in run.output


@pytest.mark.wide
def test_a_new_primary_that_lacks_something_is_not_kept(rehearse):
    drill = rehearse()
    drill.pair.a.site["config"]["jump-group"]["9"] = dict(NEW_GROUP)
    run = drill.failed(data_sync_first=False)
    assert drill.roles() == AS_BEFORE
    assert drill.steps() == [
        ("preflight", "passed"),
        ("failover", "passed"),
        ("failover_verification", "failed"),
        *ROLLED_BACK,
    ]
    assert (
        "The new primary has 2 objects of kind jump_group, where the old one had 3." in run.output
    )
    # What the new primary holds has not replaced what the old one does.
    assert (
        NEW_GROUP["name"] in str(drill.pair.a.site["config"]["jump-group"])
        and drill.report()["outcome"] == "restored"
    )


def test_a_primary_that_dies_in_the_switch_is_not_replaced_by_guesswork_and_the_report_says_so(
    rehearse,
):
    drill = rehearse()
    drill.pair.a.kill("refuse", at="requested")
    run = drill.failed(data_sync_first=False, max_outage=1, poll=0.3)
    assert drill.roles()[1] == "backup" and drill.asked() == 1
    assert drill.steps() == [
        ("preflight", "passed"),
        ("failover", "failed"),
        ("rollback", "failed"),
    ]
    assert (
        drill.report()["outcome"] == "not_restored"
        and "Somebody has to look" in run.output
        and "cannot be reached" in run.output
    )


@pytest.mark.parametrize("allowed", [pytest.param(False, marks=pytest.mark.wide), True])
def test_when_the_new_primary_dies_the_old_one_takes_over_only_if_that_was_allowed(
    rehearse, allowed
):
    drill = rehearse()
    drill.warns = allowed
    run = drill.meanwhile(
        "failover_verification",
        lambda: drill.pair.b.kill("refuse"),
        data_sync_first=False,
        max_outage=1,
        allow_unreachable_peer=allowed,
    )
    assert run.status == 2 and drill.roles() == [("primary" if allowed else "backup"), "primary"]
    # Two appliances take themselves for the primary until b is made backup, so the pair is not what
    # it was, whoever serves the users.
    assert drill.report()["outcome"] == "not_restored" and "Somebody has to look" in run.output
    assert drill.steps()[2:] == [
        ("failover_verification", "failed"),
        ("rollback", "passed" if allowed else "failed"),
        *([("rollback_verification", "failed")] if allowed else []),
    ]
    said = " ".join(
        next(step for step in drill.journal()["steps"] if step["step"] == "rollback")["words"]
    )
    assert ("keep it off the network" if allowed else "set allow_unreachable_peer") in said


# --- the new primary is sick ------------------------------------------------------------------------------------------


def says_disk_is_full(drill):
    drill.pair.b.site["health"].update(success=False, error_message="Disk is full")


def cannot_tell_its_health(drill):
    for query in ("command check_health", "GET /check_health"):
        drill.pair.b.inject(Fault(query, "status", times=None, status=500))


def is_slow(drill):
    drill.pair.b.latency = 1.0


SICK = {
    "disk full": (says_disk_is_full, "is not healthy (Disk is full)"),
    "500": (cannot_tell_its_health, "it does not tell its health"),
    "slow": (is_slow, ""),
}


@pytest.mark.parametrize(
    "sick",
    [name if name == "disk full" else pytest.param(name, marks=pytest.mark.wide) for name in SICK],
)
def test_a_drill_goes_back_from_a_new_primary_that_is_sick_and_says_when(rehearse, sick):
    drill = rehearse()
    make_sick, words = SICK[sick]
    drill.warns = bool(words)
    run = drill.meanwhile(
        "failover_verification",
        lambda: make_sick(drill),
        observe=1.0,
        max_outage=5,
        data_sync_first=False,
        probe_timeout=0.5,
        rto=30,
    )
    assert run.status == 2 and drill.roles() == AS_BEFORE, run.output
    assert drill.steps() == [
        ("preflight", "passed"),
        ("failover", "passed"),
        ("failover_verification", "failed"),
        *ROLLED_BACK,
    ]
    report = drill.report()
    rollback = next(step for step in report["steps"] if step["step"] == "rollback")
    assert report["outcome"] == "restored" and rollback["seconds"] > 0
    events = {event["event"]: event["seconds"] for event in rollback["facts"]["timeline"]}
    assert events["requested"] <= events[f"role_changed_{drill.place.url}"] <= events["healthy"]
    assert words in " ".join(rollback["words"]) and (
        "takes over from it without a data sync" in run.output
    ) is bool(words)


def test_where_the_old_primary_is_sick_too_there_is_no_going_back_and_it_is_said_what_each_is(
    rehearse,
):
    drill = rehearse()

    def both():
        says_disk_is_full(drill)
        drill.pair.a.site["health"].update(success=False, error_message="The database is locked")

    run = drill.meanwhile(
        "failover_verification", both, observe=1.0, max_outage=2, data_sync_first=False
    )
    assert (
        run.status == 2 and drill.roles() == SWAPPED and drill.report()["outcome"] == "not_restored"
    )
    last = last_message(run)
    for words in (
        "Somebody has to look",
        f"{drill.place.url} is not healthy (The database is locked), so that it must not become primary.",
        f"{drill.place.peer_url} is primary and not healthy (Disk is full).",
        "report.html",
    ):
        assert words in last, last


@pytest.mark.wide
def test_of_two_backups_the_primary_of_the_beginning_becomes_primary_again(rehearse):
    drill = rehearse(swap="addressed", data_sync_seconds=0.0)
    drill.pair.b.inject(Fault("command set_failover_role", "refuse", times=None, reason="Not now"))
    run = drill.failed(max_outage=2, promote_after=0.2)
    assert drill.roles() == AS_BEFORE and drill.report()["outcome"] == "restored", run.output
    assert drill.steps() == [("preflight", "passed"), ("failover", "failed"), *ROLLED_BACK]
    assert "Not now" in last_message(run)


def last_message(run) -> str:
    """Return what stands behind the last failure, up to the recap."""
    return run.output.rpartition("Fail if")[2].partition("PLAY RECAP")[0]


# --- accounts of their own --------------------------------------------------------------------------------------------


def with_accounts_of_their_own(drill) -> dict:
    """Give the peer another account, and return the options that say so. That of the first
    appliance comes from the environment.
    """
    own = "another s3cret of the peer"
    drill.pair.b.site["accounts"][CLIENT_ID]["client_secret"] = own
    return {"peer": {"url": drill.place.peer_url, "client_secret": own}, "rto": 30, "rpo": 0}


@pytest.mark.parametrize("copied", [pytest.param(True, marks=pytest.mark.wide), False])
def test_appliances_with_accounts_of_their_own_are_rehearsed_whether_a_data_sync_copies_them_or_not(
    rehearse, copied
):
    drill = rehearse(accounts_synced=copied)
    drill.warns = copied
    run = drill.passed(**with_accounts_of_their_own(drill))
    assert drill.roles() == AS_BEFORE and drill.report()["passed"]
    assert (f"{drill.place.peer_url} takes the account of its peer" in run.output) is copied


def test_a_drill_goes_back_although_a_data_sync_has_copied_the_accounts(rehearse):
    drill = rehearse()
    drill.warns = True

    def lose_groups():
        drill.pair.b.site["config"]["jump-group"].clear()

    run = drill.meanwhile(
        "failover_verification", lose_groups, observe=1.0, **with_accounts_of_their_own(drill)
    )
    assert run.status == 2 and drill.roles() == AS_BEFORE
    assert drill.steps() == [
        ("preflight", "passed"),
        ("failover", "passed"),
        ("failover_verification", "failed"),
        *ROLLED_BACK,
    ]


# --- no-go ----------------------------------------------------------------------------------------------------------------


def test_a_rehearsal_says_go_and_leaves_no_trace(rehearse):
    drill = rehearse({"now_ms": round((time.time() + 7200) * 1000)})
    before = drill.pair.dump()
    run = drill.passed("--check", backup=True)
    # By whose clocks the last data sync was an hour ago.
    for url in (drill.place.url, drill.place.peer_url):
        assert re.search(
            rf"The clock of {url} is 7[2-9]\d\d s ahead of the controller's\.", run.output
        ), run.output
    assert (
        "Last data sync: 36" in run.output
        and "None" not in run.output
        and "- null" not in run.output
    )
    assert "GO" in run.output and "NO-GO" not in run.output and run.recap["changed"] == 0
    assert (
        f"{drill.place.url} is primary and healthy. {drill.place.peer_url} is backup and healthy."
        in run.output
    )
    assert not (drill.directory / "drills").exists() and drill.asked() == 0
    assert drill.pair.a.site["config"] == before["a"]["config"]


def test_a_rehearsal_of_a_pair_of_which_there_is_nothing_to_say_says_nothing_of_it(rehearse):
    run = rehearse().passed("--check")
    assert "NO-GO" not in run.output and not re.search(r"\bNone\b|\bnull\b|- ''", run.output), (
        run.output
    )


def test_a_rehearsal_says_no_go_with_all_reasons(rehearse):
    permissions = {"perm_command": "read_only", "perm_configuration": 1}
    drill = rehearse(
        {
            "accounts": {
                CLIENT_ID: {
                    "name": "Ansible",
                    "client_secret": CLIENT_SECRET,
                    "permissions": permissions,
                }
            }
        }
    )
    drill.pair.b.site["health"].update(success=False, error_message="The disk is full")
    other = drill.place.peer_url.replace("localhost", "127.0.0.1")
    run = drill.failed("--check", data_sync_first=False, max_sync_age=60, shared_url=other)
    for reason in (
        "NO-GO",
        "The disk is full",
        "it must not become primary",
        "needs full access to the command API",
        f"{other} does not lead to",
    ):
        assert reason in run.output, reason
    assert not (drill.directory / "drills").exists()


def test_a_privileged_remote_access_that_lists_no_clients_is_not_kept_from_a_drill_by_a_mere_count(
    rehearse,
):
    drill = rehearse(product="pra")
    run = drill.passed("--check")
    assert (
        "NO-GO" not in run.output
        and "Connected: not counted" in run.output
        and "'jump_group': 2" in run.output.replace("\\", "")
    )
    assert (
        "Connected clients are not counted: " in run.output
        and "Invalid action" in run.output
        and drill.asked() == 0
    )


@pytest.mark.wide
def test_a_privileged_remote_access_that_lacks_the_command_itself_is_left_as_it_was(rehearse):
    drill = rehearse(product="pra")
    run = drill.failed()
    assert (
        drill.steps() == [("preflight", "passed"), ("failover", "failed"), *ROLLED_BACK]
        and drill.roles() == AS_BEFORE
    )
    assert (
        "Not every version of Privileged Remote Access has the command set_failover_role"
        in last_message(run)
    )
    assert drill.report()["outcome"] == "restored"


API_INFO = "<api_information><api_version>1.23.1</api_version>{}</api_information>"
PERMISSION = '<permission name="{}">{}</permission>'


@pytest.mark.parametrize(
    "permissions, untold",
    [
        ("", "perm_command and perm_configuration"),
        *(
            pytest.param(told, untold, marks=pytest.mark.wide)
            for told, untold in (
                (
                    f"<permissions>{PERMISSION.format('perm_command', 'full_access')}</permissions>",
                    "perm_configuration",
                ),
                (
                    f"<permissions>{PERMISSION.format('perm_command', 'partly')}{PERMISSION.format('perm_configuration', '1')}</permissions>",
                    "perm_command",
                ),
            )
        ),
    ],
)
def test_permissions_that_an_appliance_does_not_tell_are_not_taken_for_missing(
    rehearse, permissions, untold
):
    drill = rehearse()
    drill.pair.b.inject(
        Fault(
            "command get_api_info",
            "status",
            times=None,
            status=200,
            content_type="text/xml",
            body=API_INFO.format(permissions),
        )
    )
    run = drill.passed("--check")
    assert (
        f"Whether the API account has {untold} is not told by {drill.place.peer_url}. Only trying tells."
        in run.output
    )
    assert "needs full access" not in run.output and "NO-GO" not in run.output


@pytest.mark.parametrize("words", ["Disk is full", pytest.param(None, marks=pytest.mark.wide)])
def test_a_drill_does_not_begin_with_a_sick_primary_that_answers(rehearse, words):
    drill = rehearse()
    drill.warns = True  # of the data at risk, if the other one took over
    drill.pair.a.site["health"].update(success=False, error_message=words)
    run = drill.failed("--check")
    assert (
        f"{drill.place.url} is primary and not healthy ({words or 'A problem was found'}). A drill begins with a healthy primary"
        in run.output
    )
    assert "NO-GO" in run.output and drill.asked() == 0


def test_with_a_dead_primary_there_is_no_drill(rehearse):
    drill = rehearse()
    drill.pair.a.kill("refuse")
    run = drill.failed("--check")
    assert (
        "NO-GO" in run.output
        and f"{drill.place.url} cannot be reached" in run.output
        and drill.asked() == 0
    )


def test_with_two_primaries_there_is_no_drill_and_the_report_says_why(rehearse):
    drill = rehearse()
    drill.pair.b.site["health"]["failover_role"] = "primary"
    run = drill.failed()
    assert "Both appliances say that they are primary" in run.output and drill.asked() == 0
    assert drill.steps() == [("preflight", "failed")] and drill.report()["outcome"] == "no_go"
    assert (
        "Both appliances say that they are primary"
        in (drill.drills[-1] / "report.html").read_text()
    )


def test_an_appliance_whose_health_comes_and_goes_is_found_out(rehearse):
    drill = rehearse()
    drill.pair.b.site["health"]["flapping"] = 4  # seconds of its clock
    run = drill.failed("--check", observe=1.0, interval=0.05)
    assert (
        f"{drill.place.peer_url.partition('://')[2]} was not healthy all the time while it was observed"
        in run.output
    )


# --- the controller dies --------------------------------------------------------------------------------------------------


def test_a_controller_that_is_killed_in_each_step_and_started_again_finds_out_where_things_stand(
    rehearse,
):
    drill = rehearse()
    options, interrupted = {"hold": 0.3}, None
    for step in STEPS:
        run = drill.killed(
            step,
            lambda step=step: step not in ("failover", "failback") or change_is_under_way(drill),
            **options,
        )
        assert_it_says_where_things_stand(run, drill, interrupted)
        options["unfinished"], interrupted = "continue", step
    asked = drill.asked()
    told = drill.failed()
    assert_it_says_where_things_stand(told, drill, interrupted)
    assert (
        "failover_drill_unfinished=continue" in told.output
        and drill.asked() == asked
        and drill.report()["outcome"] == "unfinished"
    )
    run = drill.passed(**options)
    assert (
        drill.roles() == AS_BEFORE
        and drill.report()["passed"]
        and len(drill.journal()["runs"]) == 7
    )
    assert drill.steps() == [
        (step, result) for step in STEPS for result in ("interrupted", "passed")
    ]
    assert len(drill.drills) == 1 and "PASSED" in run.output
    assert len(list(drill.drills[0].glob("probes-*.jsonl"))) == 7


def assert_it_says_where_things_stand(run, drill: Rehearsal, interrupted: str | None) -> None:
    if interrupted:
        assert (
            f"the step {interrupted} was under way since" in run.output
            and "which runs no more" in run.output
        )
        # Which may restart, where a change was under way.
        for url in (drill.place.url, drill.place.peer_url):
            assert (
                f"{url} is " in run.output
                or interrupted in ("failover", "failback")
                and f"{url} cannot be reached." in run.output
            )


def change_is_under_way(drill: Rehearsal) -> bool:
    return any(each.site["health"]["pending_role"] for each in (drill.pair.a, drill.pair.b))


@pytest.mark.wide
def test_a_drill_that_was_interrupted_can_be_rolled_back_even_if_the_change_comes_about_only_then(
    rehearse,
):
    drill = rehearse(data_sync_seconds=2.0, role_change_seconds=30.0)
    drill.killed("failover", lambda: change_is_under_way(drill))
    assert drill.roles() == AS_BEFORE
    drill.killed(
        "rollback",
        lambda: change_is_under_way(drill),
        unfinished="roll_back",
        data_sync_first=False,
    )
    # Whatever the second controller was told to do is what the third one goes on with.
    run = drill.failed(unfinished="continue", data_sync_first=False)
    assert drill.roles() == AS_BEFORE and drill.report()["outcome"] == "restored"
    assert drill.steps() == [
        ("preflight", "passed"),
        ("failover", "interrupted"),
        ("rollback", "interrupted"),
        *ROLLED_BACK,
    ]
    assert "brought back to how the roles were" in run.output


def test_without_an_unfinished_drill_there_is_nothing_to_go_on_with(rehearse):
    drill = rehearse()
    assert "There is no unfinished drill" in drill.failed(unfinished="roll_back").output
    assert drill.asked() == 0 and drill.drills == []


# --- two doors ------------------------------------------------------------------------------------------------------------

DOORS = """
- hosts: localhost
  gather_facts: false
  vars:
    place: "{{ playbook_dir }}/through_NAME"
    directory: "{{ place }}"
  tasks:
    - name: Carry out a small drill through the NAME
      environment: ENVIRONMENT
      block:
        - remoteops.access.beyondtrust_drill_journal: {directory: "{{ place }}", entry: begin, plan: [preflight], settings: {rto: 60}}
        - remoteops.access.beyondtrust_drill_journal: {directory: "{{ place }}", entry: end}
          register: ended
        - remoteops.access.beyondtrust_drill_report: {directory: "{{ ended.place }}"}
          register: report
        - remoteops.access.beyondtrust_probe:
            targets: [{name: a, url: "{{ lookup('ansible.builtin.env', 'BEYONDTRUST_URL') }}"}]
            duration: 0
          register: probed
        - remoteops.access.beyondtrust_content_info:
          register: content
        - remoteops.access.beyondtrust_connected_client_info:
          register: clients
        - remoteops.access.beyondtrust_appliance_info: {gather: [health]}
          register: appliance
        - ansible.builtin.copy:
            content: "{{ [ended.journal, report.lines, probed.targets, content.counts, clients.clients, appliance.health] | to_json }}"
            dest: "{{ place }}.json"
            mode: "0600"
          environment: {}
"""


@pytest.mark.wide
def test_through_the_action_plugins_and_through_the_modules_the_same_is_done(rehearse):
    drill = rehearse()
    # A task whose environment is not the controller's own is done by the module.
    doors = {"plugins": "{}", "modules": "{ANYTHING: else}"}
    playbook = "".join(
        DOORS.replace("NAME", name).replace("ENVIRONMENT", environment)
        for name, environment in doors.items()
    )
    (drill.directory / "doors.yml").write_text(playbook)
    done = drill.ansible("ansible-playbook", "doors.yml")
    assert done.status == 0, done.output
    found = []
    for name in doors:
        journal, *rest = json.loads((drill.directory / f"through_{name}.json").read_text())
        assert (journal["runs"][0]["controller"]["process"] is None) == (name == "modules")
        for each in (journal, *journal["runs"]):
            for key in ("drill", "began_at", "ended_at", "controller"):
                each.pop(key, None)
        found.append([journal, *rest])
    assert found[0] == found[1]

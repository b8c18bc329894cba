"""Failover drills on a simulated pair: clean ones, ones that stop and go back, and ones whose controller dies in the middle."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from contextlib import ExitStack

import pytest

from tests.unit.appliances import CLIENT_ID, CLIENT_SECRET

from .drills import Rehearsal, rehearsal_of

SWAPPED, AS_BEFORE = ["backup", "primary"], ["primary", "backup"]
STEPS = ["preflight", "failover", "failover_verification", "hold", "failback", "failback_verification"]
NEW_GROUP = {"id": 9, "name": "New since the last data sync", "code_name": "", "comments": None}


@pytest.fixture
def rehearse(tmp_path):
    """Return a function that starts a pair, of which a is the primary; keywords are switches of the simulator."""
    with ExitStack() as running:
        yield lambda site=None, **switches: running.enter_context(rehearsal_of(tmp_path, site, **switches))


def measures(report: dict) -> dict:
    return {(each["step"], each["measure"]): each for each in report["measures"]}


def test_a_clean_drill_with_a_data_sync_first_loses_nothing_and_ends_as_it_began(rehearse):
    drill = rehearse()
    drill.pair.a.site["config"]["jump-group"]["9"] = dict(NEW_GROUP)
    run = drill.passed(backup=True, hold=0.3, rto=30, rpo=0)
    assert drill.roles() == AS_BEFORE and drill.asked() >= 2
    assert NEW_GROUP["name"] in str(drill.pair.b.site["config"]["jump-group"])
    report = drill.report()
    assert report["passed"] and drill.steps() == [(step, "passed") for step in STEPS]
    assert "PASSED: Every step was completed. All objectives were met." in run.output and "report.html" in run.output
    assert {measure: each["met"] for measure, each in measures(report).items()} == {
        (step, measure): True for step in ("failover", "failback") for measure in ("rto", "rpo")
    }
    assert measures(report)["failover", "rto"]["seconds"] > 0.4 and measures(report)["failover", "rpo"]["seconds"] == 0
    preflight = report["steps"][0]["facts"]
    assert preflight["backup"]["verified"] and preflight["counts"] == {"jump_groups": 3, "jump_items": 5} and preflight["clients"]["representative"] == 0
    assert [event["event"] for event in report["steps"][1]["facts"]["timeline"]][:2] == ["requested", "sync_started"]
    shared = next(each for each in report["availability"] if each["url"] == drill.place.shared_url)
    assert len(shared["outages"]) == 2 and all(outage["ended_at"] for outage in shared["outages"])
    assert len(list((drill.directory / "drills/backups").glob("*.nsb"))) == 1


def test_without_a_data_sync_what_was_at_risk_is_measured_and_an_objective_that_is_missed_fails_the_drill(rehearse):
    drill = rehearse()
    run = drill.failed(data_sync_first=False, failback=False, rto=30, rpo=60)
    assert drill.roles() == SWAPPED and [step for step, _result in drill.steps()] == STEPS[:3]
    found = measures(drill.report())
    assert found["failover", "rto"]["met"] and found["failover", "rpo"]["met"] is False and 3600 <= found["failover", "rpo"]["seconds"] < 4500
    assert "1 of 2 objectives were missed" in run.output and drill.report()["outcome"] == "completed"


def test_a_data_sync_that_fails_stops_the_drill_and_the_report_quotes_the_appliance(rehearse):
    drill = rehearse()
    drill.pair.b.site["health"]["sync_failure"] = "The disk of the peer is full"
    run = drill.failed()
    assert drill.roles() == AS_BEFORE and drill.asked() == 1
    assert drill.steps() == [("preflight", "passed"), ("failover", "failed"), ("rollback", "passed"), ("rollback_verification", "passed")]
    report = drill.report()
    assert report["outcome"] == "restored" and any("The disk of the peer is full" in words for words in report["steps"][1]["words"])
    assert "The disk of the peer is full" in run.output


def test_a_new_primary_that_lacks_something_is_not_kept(rehearse):
    drill = rehearse()
    drill.pair.a.site["config"]["jump-group"]["9"] = dict(NEW_GROUP)
    run = drill.failed(data_sync_first=False)
    assert drill.roles() == AS_BEFORE
    assert drill.steps() == [
        ("preflight", "passed"), ("failover", "passed"), ("failover_verification", "failed"), ("rollback", "passed"), ("rollback_verification", "passed"),
    ]
    assert "The new primary has 2 jump groups, where the old one had 3." in run.output
    # What the new primary holds has not replaced what the old one does.
    assert NEW_GROUP["name"] in str(drill.pair.a.site["config"]["jump-group"]) and drill.report()["outcome"] == "restored"


def test_a_primary_that_dies_in_the_switch_is_not_replaced_by_guesswork_and_the_report_says_so(rehearse):
    drill = rehearse()
    drill.pair.a.kill("refuse", at="requested")
    run = drill.failed(data_sync_first=False, max_outage=2, poll=0.5)
    assert drill.roles()[1] == "backup" and drill.asked() == 1
    assert drill.steps() == [("preflight", "passed"), ("failover", "failed"), ("rollback", "failed")]
    assert drill.report()["outcome"] == "not_restored" and "Somebody has to look" in run.output and "cannot be reached" in run.output


# --- no-go ----------------------------------------------------------------------------------------------------------------


def test_a_rehearsal_says_go_and_leaves_no_trace(rehearse):
    drill = rehearse()
    before = drill.pair.dump()
    run = drill.passed("--check", backup=True)
    assert "GO" in run.output and "NO-GO" not in run.output and run.recap["changed"] == 0
    assert f"{drill.place.url} is primary and healthy. {drill.place.peer_url} is backup and healthy." in run.output
    assert not (drill.directory / "drills").exists() and drill.asked() == 0
    assert drill.pair.a.site["config"] == before["a"]["config"]


def test_a_rehearsal_says_no_go_with_all_reasons(rehearse):
    permissions = {"perm_command": "read_only", "perm_configuration": 1}
    drill = rehearse({"accounts": {CLIENT_ID: {"name": "Ansible", "client_secret": CLIENT_SECRET, "permissions": permissions}}})
    drill.pair.b.site["health"].update(success=False, error_message="The disk is full")
    run = drill.failed("--check", data_sync_first=False, max_sync_age=60)
    for reason in ("NO-GO", "The disk is full", "it must not become primary", "needs full access to the command API"):
        assert reason in run.output, reason
    assert not (drill.directory / "drills").exists()


def test_with_a_dead_primary_there_is_no_drill(rehearse):
    drill = rehearse()
    drill.pair.a.kill("refuse")
    run = drill.failed("--check")
    assert "NO-GO" in run.output and f"{drill.place.url} cannot be reached" in run.output and drill.asked() == 0


def test_with_two_primaries_there_is_no_drill_and_the_report_says_why(rehearse):
    drill = rehearse()
    drill.pair.b.site["health"]["failover_role"] = "primary"
    run = drill.failed()
    assert "Both appliances say that they are primary" in run.output and drill.asked() == 0
    assert drill.steps() == [("preflight", "failed")] and drill.report()["outcome"] == "no_go"
    assert "Both appliances say that they are primary" in (drill.drills[-1] / "report.html").read_text()


def test_a_primary_whose_health_comes_and_goes_is_found_out(rehearse):
    drill = rehearse()
    drill.pair.a.site["health"]["flapping"] = 4  # seconds of its clock
    run = drill.failed("--check", observe=1.0)
    assert "was not healthy all the time while it was observed" in run.output


# --- the controller dies --------------------------------------------------------------------------------------------------


@pytest.mark.timeout(240)  # six controllers are killed, one after the other
def test_a_controller_that_is_killed_in_each_step_and_started_again_finds_out_where_things_stand(rehearse):
    drill = rehearse()
    more = {}
    for step in STEPS:
        drill.killed(step, lambda step=step: "fail" not in step or "verification" in step or change_is_under_way(drill), hold=0.5, **more)
        asked = drill.asked()
        told = drill.failed(hold=0.5).output
        assert f"the step {step} was under way since" in told and "which runs no more" in told
        assert f"{drill.place.url} is " in told and f"{drill.place.peer_url} is " in told and "failover_drill_unfinished=continue" in told
        assert drill.asked() == asked and drill.report()["outcome"] == "unfinished"
        more = {"unfinished": "continue"}
    run = drill.passed(hold=0.5, **more)
    assert drill.roles() == AS_BEFORE and drill.report()["passed"] and len(drill.journal()["runs"]) == 7
    assert drill.steps() == [(step, result) for step in STEPS for result in ("interrupted", "passed")]
    assert len(drill.drills) == 1 and "PASSED" in run.output
    assert len(list(drill.drills[0].glob("probes-*.jsonl"))) == 7


def change_is_under_way(drill: Rehearsal) -> bool:
    return any(each.site["health"]["pending_role"] for each in (drill.pair.a, drill.pair.b))


def test_a_drill_that_was_interrupted_can_be_rolled_back_even_if_the_change_comes_about_only_then(rehearse):
    drill = rehearse(data_sync_seconds=2.0, role_change_seconds=50.0)
    drill.killed("failover", lambda: change_is_under_way(drill))
    assert drill.roles() == AS_BEFORE
    run = drill.failed(unfinished="roll_back", data_sync_first=False)
    assert drill.roles() == AS_BEFORE and drill.report()["outcome"] == "restored"
    assert drill.steps() == [("preflight", "passed"), ("failover", "interrupted"), ("rollback", "passed"), ("rollback_verification", "passed")]
    changed = next(step for step in drill.report()["steps"] if step["step"] == "rollback")["facts"]["changed"]
    assert changed and "brought back to how the roles were" in run.output


@pytest.mark.parametrize("unfinished", ["continue", "roll_back"])
def test_without_an_unfinished_drill_there_is_nothing_to_go_on_with(rehearse, unfinished):
    drill = rehearse()
    assert "There is no unfinished drill" in drill.failed(unfinished=unfinished).output
    assert drill.asked() == 0 and drill.drills == []

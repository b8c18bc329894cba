"""What a drill measured: how long users had no healthy primary, how old the data was, and whether
that met the objectives.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json

import pytest

from ansible_collections.remoteops.access.plugins.module_utils._drill.measures import (
    lines,
    recovery,
    results_of,
)
from ansible_collections.remoteops.access.plugins.module_utils._drill.probes import Span

from .told import SHARED, A, B, at, preflight, step, steps, switch, tell

H, U = "healthy", "unhealthy"


def spans(*told: tuple[str, float, float]) -> list[Span]:
    """Return spans of the shared name, of which nothing is known after the last one."""
    return [
        Span(state, began, ended, is_last=number == len(told))
        for number, (state, began, ended) in enumerate(told, 1)
    ]


@pytest.mark.parametrize(
    "shared, seconds, outages",
    [
        # Asked for at 10, so that the second before the outage counts.
        ([(H, 0, 11), (U, 11, 21), (H, 21, 60)], 11, 1),
        ([(H, 0, 9), (U, 9, 21), (H, 21, 60)], 12, 1),  # the outage was there before
        # It came twice, and lasted longer than the change of roles.
        ([(H, 0, 11), (U, 11, 14), (H, 14, 18), (U, 18, 25), (H, 25, 60)], 15, 2),
        ([(H, 0, 30), (U, 30, 40), (H, 40, 60)], 10, 0),  # what came afterwards is another matter
        ([(U, 0, 5), (H, 5, 60)], 10, 0),  # and so is what was over before
        ([(H, 0, 60)], 10, 0),  # nobody noticed: until it was complete
        ([(H, 0, 11), (U, 11, 60)], None, 1),  # it did not come back
        ([(H, 0, 15)], None, 0),  # nobody looked after the switch
        ([], None, 0),
    ],
)
def test_recovery_is_from_the_request_or_the_outage_to_the_answer_of_the_shared_name(
    shared, seconds, outages
):
    found = recovery(10, 20, spans(*shared))
    assert found.seconds == seconds and len(found.outages) == outages


def measures(place) -> dict:
    return {(each["step"], each["measure"]): each for each in results_of(place)[0]["measures"]}


def test_rto_and_rpo_of_both_switches_are_measured_and_judged(tmp_path):
    found = measures(tell(tmp_path, rpo=600.0))
    assert found["failover", "rto"] | {"words": ""} == {
        "step": "failover",
        "measure": "rto",
        "seconds": 11.01,
        "objective": 60.0,
        "met": True,
        "words": "",
    }
    assert found["failback", "rto"]["seconds"] == 11.01
    assert (
        found["failover", "rto"]["words"]
        == "Asked for at 11:00:10. The shared name was not healthy from 11:00:11 to 11:00:21."
    )
    assert (found["failover", "rpo"]["seconds"], found["failover", "rpo"]["met"]) == (610.0, False)


@pytest.mark.parametrize(
    "followed, down, seconds",
    [
        (35, {SHARED: [(10.5, 21)]}, 25),
        (35, {SHARED: [(10.5, 21), (30, 38)]}, 28.01),
        (35, {}, 25),
        (15, {SHARED: [(10.5, 21)]}, 11.01),
        (35, {SHARED: [(10.5, 99)]}, None),
    ],
)
def test_a_shared_name_that_led_to_the_old_primary_was_of_no_use_until_it_followed(
    tmp_path, followed, down, seconds
):
    verified = step("failover_verification", 23, 39, followed_at=at(followed))
    found = measures(tell(tmp_path, [*steps()[:2], verified, *steps()[3:]], down))[
        "failover", "rto"
    ]
    assert (
        found["seconds"] == seconds
        and f"lead to the new primary before 11:00:{followed}" in found["words"]
    )


def test_after_a_data_sync_first_nothing_was_at_risk(tmp_path):
    found = measures(tell(tmp_path, data_sync_first=True, rpo=0.0))
    assert (found["failover", "rpo"]["seconds"], found["failover", "rpo"]["met"]) == (0.0, True)


@pytest.mark.parametrize(
    "facts, seconds, met",
    [({"sync_age_seconds": None}, None, False), ({"sync_age_seconds": 900.0}, 900.0, True)],
)
def test_an_age_that_nobody_knows_meets_no_objective(tmp_path, facts, seconds, met):
    found = measures(
        tell(tmp_path, [preflight(), switch("failover", 10, 22, **facts), *steps()[2:]])
    )
    assert (found["failover", "rpo"]["seconds"], found["failover", "rpo"]["met"]) == (seconds, met)


def test_without_an_objective_there_is_nothing_to_meet(tmp_path):
    report, _probed = results_of(tell(tmp_path, rto=None, rpo=None))
    assert (
        report["passed"]
        and report["conclusion"] == "Every step was completed. There was no objective to meet."
    )
    assert [measure["met"] for measure in report["measures"]] == [None] * 4


def test_an_objective_that_was_missed_makes_the_drill_fail(tmp_path):
    report, _probed = results_of(tell(tmp_path, rto=11.0))
    assert not report["passed"] and report["outcome"] == "completed"
    assert report["conclusion"] == "Every step was completed. 2 of 4 objectives were missed."
    assert "Failover, RTO: 11.0 s, objective 11 s, missed" in lines(report)


def test_a_switch_that_was_not_completed_met_no_objective(tmp_path):
    failed = step(
        "failover",
        9.5,
        30,
        "failed",
        ["The data sync failed."],
        changed=False,
        timeline=[],
        pending=False,
    )
    back = [step("rollback", 31, 32, changed=False), step("rollback_verification", 32, 40)]
    report, _probed = results_of(tell(tmp_path, [preflight(), failed, *back], outcome="restored"))
    assert not report["passed"] and "primary at the beginning is primary" in report["conclusion"]
    assert {(measure["seconds"], measure["met"]) for measure in report["measures"]} == {
        (None, False)
    }
    assert "failover: failed; The data sync failed." in lines(report)


def test_a_switch_that_a_dead_controller_had_asked_for_counts_from_the_beginning_of_its_step(
    tmp_path,
):
    interrupted = step("failover", 9, None, "interrupted")
    went_on = step("failover", 35, 36, changed=False, timeline=[], sync_age_seconds=5.0)
    found = measures(tell(tmp_path, [preflight(), interrupted, went_on, *steps()[2:]]))
    assert found["failover", "rto"]["seconds"] == 12.01  # from 9 to the answer at 21
    assert found["failover", "rpo"]["seconds"] == 601.0  # 600 at 8, when the preflight was over


def test_if_nobody_probed_the_shared_name_nothing_is_claimed(tmp_path):
    found = measures(tell(tmp_path, shared="https://other.example.org"))
    assert found["failover", "rto"]["seconds"] is None and found["failover", "rto"]["met"] is False
    assert "Nobody probed the shared name" in found["failover", "rto"]["words"]


@pytest.mark.parametrize(
    "outcome, told",
    [
        ("no_go", "NO-GO: The preflight found reasons"),
        ("not_restored", "FAILED: The drill was stopped, and the roles"),
    ],
)
def test_a_drill_without_a_passed_preflight_measured_nothing(tmp_path, outcome, told):
    report, _probed = results_of(
        tell(tmp_path, [step("preflight", 1, 5, "failed", ["No."])], outcome=outcome)
    )
    assert report["measures"] == [] and not report["passed"]
    assert next(iter(lines(report))).startswith(told)


def test_an_unfinished_drill_can_be_reported(tmp_path):
    report, _probed = results_of(
        tell(tmp_path, [*steps()[:2], step("failover_verification", 23, None, None)], outcome=None)
    )
    assert (report["outcome"], report["passed"], report["seconds"]) == ("unfinished", False, 23.0)
    assert "failover_verification: not ended" in lines(report)


def test_availability_tells_each_outage_of_each_target(tmp_path):
    report, _probed = results_of(tell(tmp_path, down={A: [(10, 20)], SHARED: []}))
    found = {each["url"]: each for each in report["availability"]}
    assert [(round(outage["seconds"]), outage["problem"]) for outage in found[A]["outages"]] == [
        (10, "HTTP 500")
    ]
    assert (
        found[B]["healthy_percent"] == 100
        and found[B]["outages"] == []
        and 80 < found[A]["healthy_percent"] < 84
    )
    assert found[SHARED]["probes"] == 60


def test_the_drill_before_is_found_by_its_report(tmp_path):
    for drill, seconds in (
        ("20261022T110000.000Z", 50.0),
        ("20261023T110000.000Z", 55.0),
        ("20261224T110000.000Z", 60.0),
    ):
        place = tell(tmp_path, drill=drill, seconds=seconds)
        (place / "report.json").write_text(json.dumps(results_of(place)[0]))
    (tmp_path / "20261102T110000.000Z").mkdir()  # one without a report
    (tmp_path / "20261103T110000.000Z").mkdir()
    (tmp_path / "20261103T110000.000Z" / "report.json").write_text("{")
    report, _probed = results_of(tell(tmp_path))
    assert (report["previous"]["drill"], report["previous"]["seconds"]) == (
        "20261023T110000.000Z",
        55.0,
    )


def test_the_report_says_of_which_files_it_was_made(tmp_path):
    report, _probed = results_of(tell(tmp_path))
    assert [file["name"] for file in report["files"]] == ["journal.json", "probes-1.jsonl"]
    assert all(len(file["sha256"]) == 64 for file in report["files"])

"""The journal of a drill: its entries, what is known after a controller has died at any moment, and
who may go on.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from ansible_collections.remoteops.access.plugins.module_utils._core.errors import Error, InputError
from ansible_collections.remoteops.access.plugins.module_utils._drill.journal import (
    SPEC,
    keep_journal,
    outcome,
)

PLAN = ["preflight", "failover", "failover_verification"]


class Drills:
    """A directory of drills."""

    def __init__(self, directory: Path):
        self.directory = directory

    def enter(self, entry: str | None = None, check: bool = False, **options) -> dict:
        """Make an entry and return the result."""
        given = {name: option.get("default") for name, option in SPEC.items()}
        return keep_journal(
            {**given, "directory": str(self.directory), "entry": entry, **options}, check
        )

    def begin(self, **options) -> dict:
        return self.enter("begin", plan=PLAN, **options)

    def do(self, step: str, result: str = "passed", **options) -> dict:
        self.enter("step_begins", step=step)
        return self.enter("step_ends", result=result, **options)

    def files(self) -> dict[str, str]:
        return {
            str(path.relative_to(self.directory)): path.read_text()
            for path in self.directory.rglob("*")
            if path.is_file()
        }


@pytest.fixture
def drills(tmp_path) -> Drills:
    return Drills(tmp_path / "below" / "drills")


def test_a_drill_is_entered_step_by_step_in_a_directory_of_its_own(drills):
    assert drills.enter() == {"changed": False, "unfinished": False}
    begun = drills.begin(settings={"rto": 60})
    assert (
        begun["changed"] and begun["unfinished"] and Path(begun["place"]).parent == drills.directory
    )
    assert json.loads(Path(begun["place"], "journal.json").read_text()) == begun["journal"]
    assert begun["journal"]["settings"] == {"rto": 60} and begun["journal"]["steps"] == []
    drills.enter("step_begins", step="preflight")
    (step,) = drills.enter()["journal"]["steps"]
    assert (step["step"], step["result"], step["ended_at"]) == ("preflight", None, None)
    drills.enter(
        "step_ends", result="passed", words=["All is well."], facts={"counts": {"jump_items": 3}}
    )
    drills.do("failover")
    drills.do("failover_verification")
    ended = drills.enter("end")
    assert (
        not ended["unfinished"]
        and ended["journal"]["outcome"] == "completed"
        and "words" not in ended
    )
    assert ended["journal"]["steps"][0]["facts"] == {"counts": {"jump_items": 3}} and ended[
        "journal"
    ]["steps"][0]["words"] == ["All is well."]
    times = [step[name] for step in ended["journal"]["steps"] for name in ("began_at", "ended_at")]
    assert [ended["journal"]["began_at"], *times, ended["journal"]["ended_at"]] == sorted(
        [ended["journal"]["began_at"], *times, ended["journal"]["ended_at"]]
    )
    assert [path.name for path in drills.directory.iterdir()] == [ended["journal"]["drill"]]


def test_the_files_belong_to_their_owner_and_group(drills):
    place = Path(drills.begin()["place"])
    assert [
        path.stat().st_mode & 0o777 for path in (drills.directory, place, place / "journal.json")
    ] == [0o750, 0o750, 0o640]


def test_of_several_drills_the_newest_is_told(drills):
    drills.begin()
    drills.enter("end")
    second = drills.begin()
    assert drills.enter()["place"] == second["place"] and len(list(drills.directory.iterdir())) == 2


def test_an_unfinished_drill_says_where_it_stands_and_keeps_another_one_from_beginning(drills):
    drills.begin(controller=os.getpid())
    drills.do("preflight")
    drills.enter("step_begins", step="failover")
    words = drills.enter()["words"]
    assert re.search(r"the step failover was under way since 2\S+Z; done were preflight\.", words)
    assert f"process {os.getpid()} on " in words and words.endswith("which still runs.")
    with pytest.raises(InputError, match="was not finished"):
        drills.begin()


def test_who_goes_on_finds_the_step_interrupted_and_may_not_while_the_other_one_runs(drills):
    with subprocess.Popen(["sleep", "60"]) as controller:
        drills.begin(controller=controller.pid)
        drills.enter("step_begins", step="preflight")
        with pytest.raises(InputError, match=f"is being carried out by process {controller.pid}"):
            drills.enter("resume")
        controller.kill()
    assert "which runs no more" in drills.enter()["words"]
    journal = drills.enter("resume", controller=os.getpid())["journal"]
    assert [(step["result"], step["ended_at"]) for step in journal["steps"]] == [
        ("interrupted", None)
    ]
    assert [run["how"] for run in journal["runs"]] == ["begin", "resume"]
    drills.do("preflight")
    assert [step["result"] for step in drills.enter()["journal"]["steps"]] == [
        "interrupted",
        "passed",
    ]


@pytest.mark.parametrize("entry", ["resume", "end"])
def test_who_goes_on_with_a_drill_or_ends_it_also_ends_the_probes_that_go_on(drills, entry):
    place = Path(drills.begin()["place"])
    (place / "probes-1.jsonl").touch()
    drills.do("preflight")
    drills.enter(entry, check=True)
    assert not (place / "probes-1.stop").exists()
    drills.enter(entry)
    assert (place / "probes-1.stop").exists()


def test_another_process_with_the_number_of_the_one_that_died_is_not_taken_for_it(drills):
    place = Path(drills.begin(controller=os.getpid())["place"], "journal.json")
    journal = json.loads(place.read_text())
    journal["runs"][0]["controller"]["started"] = "another boot 1"
    place.write_text(json.dumps(journal))
    assert "which runs no more" in drills.enter()["words"]


@pytest.mark.parametrize("controller", [{"process": None, "started": None}, {"host": "elsewhere"}])
def test_of_a_process_elsewhere_nobody_knows_whether_it_runs(drills, controller):
    place = Path(drills.begin(controller=os.getpid())["place"], "journal.json")
    journal = json.loads(place.read_text())
    journal["runs"][0]["controller"] |= controller
    place.write_text(json.dumps(journal))
    assert "which may still run" in drills.enter()["words"]
    drills.enter("resume")


@pytest.mark.parametrize(
    "entry, options, reason",
    [
        ("resume", {}, "no drill that was begun"),
        ("end", {}, "no drill that was begun"),
        ("step_begins", {"step": "hold"}, "no drill that was begun"),
        ("step_ends", {"result": "passed"}, "no drill that was begun"),
        ("begin", {}, "plan must tell"),
    ],
)
def test_an_entry_without_a_drill_is_refused_and_leaves_nothing(drills, entry, options, reason):
    with pytest.raises(InputError, match=reason):
        drills.enter(entry, **options)
    assert not drills.directory.exists() or drills.files() == {}


@pytest.mark.parametrize(
    "begins, entry, options, reason",
    [
        (True, "step_begins", {"step": "hold"}, "preflight has not ended"),
        (True, "end", {}, "preflight has not ended"),
        (True, "step_ends", {"step": "hold", "result": "passed"}, "must be a step that has begun"),
        (True, "step_ends", {}, "result must tell"),
        (False, "step_ends", {"result": "passed"}, "must be a step that has begun"),
        (False, "step_begins", {}, "step must tell"),
    ],
)
def test_an_entry_that_does_not_fit_is_refused_and_changes_nothing(
    drills, begins, entry, options, reason
):
    drills.begin()
    if begins:
        drills.enter("step_begins", step="preflight")
    before = drills.files()
    with pytest.raises(InputError, match=reason):
        drills.enter(entry, **options)
    assert drills.files() == before


def test_check_mode_tells_and_writes_nothing(drills):
    assert (
        drills.enter("begin", check=True, plan=PLAN)["unfinished"] and not drills.directory.exists()
    )
    drills.begin()
    before = drills.files()
    assert (
        drills.enter("step_begins", check=True, step="preflight")["journal"]["steps"][0]["step"]
        == "preflight"
    )
    assert drills.files() == before


@pytest.mark.parametrize(
    "results, ended",
    [
        (
            {"preflight": "passed", "failover": "passed", "failover_verification": "passed"},
            "completed",
        ),
        ({"preflight": "failed"}, "no_go"),
        ({"preflight": "interrupted"}, "no_go"),
        ({}, "no_go"),
        (
            {
                "preflight": "passed",
                "failover": "failed",
                "rollback": "passed",
                "rollback_verification": "passed",
            },
            "restored",
        ),
        (
            {
                "preflight": "passed",
                "failover": "interrupted",
                "rollback": "passed",
                "rollback_verification": "passed",
            },
            "restored",
        ),
        (
            {
                "preflight": "passed",
                "failover": "passed",
                "failover_verification": "failed",
                "rollback": "failed",
            },
            "not_restored",
        ),
        (
            {
                "preflight": "passed",
                "failover": "failed",
                "rollback": "passed",
                "rollback_verification": "failed",
            },
            "not_restored",
        ),
        ({"preflight": "passed", "failover": "failed", "rollback": "passed"}, "not_restored"),
        ({"preflight": "passed", "failover": "failed"}, "not_restored"),
    ],
)
def test_how_a_drill_ended_follows_from_its_steps(results, ended):
    assert (
        outcome(
            {
                "plan": PLAN,
                "steps": [{"step": step, "result": result} for step, result in results.items()],
            }
        )
        == ended
    )


def test_of_several_attempts_at_a_step_the_last_counts():
    attempts = [
        ("preflight", "passed"),
        ("failover", "interrupted"),
        ("failover", "passed"),
        ("failover_verification", "passed"),
    ]
    assert (
        outcome(
            {"plan": PLAN, "steps": [{"step": step, "result": result} for step, result in attempts]}
        )
        == "completed"
    )


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"format": "another"}', "null"])
def test_a_journal_that_cannot_be_read_keeps_everything_from_being_done(drills, text):
    Path(drills.begin()["place"], "journal.json").write_text(text)
    for entry in (None, "begin", "resume"):
        with pytest.raises(
            Error,
            match="is not the journal of a drill. If that drill is over, move its directory away",
        ):
            drills.enter(entry, plan=PLAN)


def test_what_somebody_says_is_kept_up_to_a_length(drills):
    drills.begin()
    assert [
        len(words)
        for words in drills.do("preflight", words=["x" * 5000, "y"])["journal"]["steps"][0]["words"]
    ] == [2000, 1]


def test_a_directory_that_cannot_be_written_is_told(drills):
    drills.directory.parent.mkdir()
    drills.directory.write_text("a file")
    with pytest.raises(Error, match="drills cannot be written"):
        drills.begin()
    with pytest.raises(InputError, match="must be an absolute path"):
        Drills(Path("drills")).enter()


# A process is killed before it executes the n-th line of what makes entries; n counts up until one
# is not killed any more.
KILLED = """
import json, os, shutil, signal, sys
from pathlib import Path
from ansible_collections.remoteops.access.plugins.module_utils._drill import journal
from tests.unit.plugins.module_utils._drill.test_journal import PLAN, Drills

root = Path(sys.argv[1])

def carry_out(drills):
    drills.begin()
    for step in PLAN:
        drills.do(step)
    drills.enter("end")

def is_killed_before(line, drills):
    process = os.fork()
    if process:
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == -signal.SIGKILL

    def trace(frame, event, argument):
        nonlocal line
        if frame.f_code.co_filename != journal.__file__:
            return None
        line -= event == "line"
        if line < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return trace

    sys.settrace(trace)
    carry_out(drills)
    sys.settrace(None)
    os._exit(0)

found, line, killed = [], 0, True
while killed:
    drills = Drills(root / str(line))
    killed = is_killed_before(line, drills)
    told = drills.enter()
    found.append([killed, told["unfinished"], told.get("words", ""), [step["step"] for step in told.get("journal", {"steps": []})["steps"]]])
    line += 2
print(json.dumps(found))
"""


def test_a_controller_that_is_killed_at_any_moment_leaves_a_journal_that_says_where_things_stand():
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as directory:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        done = subprocess.run(
            [sys.executable, "-c", KILLED, directory],
            env=environment,
            check=True,
            stdout=subprocess.PIPE,
        )
    found = json.loads(done.stdout)
    assert len(found) > 60 and [killed for killed, *_rest in found] == [True] * (len(found) - 1) + [
        False
    ]
    assert [len(steps) for *_rest, steps in found] == sorted(len(steps) for *_rest, steps in found)
    assert found[-1][1] is False and any(
        "the step failover was under way" in words for _killed, _unfinished, words, _steps in found
    )
    begun = [unfinished for _killed, unfinished, _words, steps in found if steps]
    assert begun[0] is True and begun == sorted(begun, reverse=True)

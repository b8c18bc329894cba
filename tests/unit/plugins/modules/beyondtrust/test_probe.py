"""The module beyondtrust_probe against a pair of appliances: what it sees of each kind of outage,
how soon, and when it ends.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack, contextmanager
from itertools import pairwise
from pathlib import Path

import pytest

from ansible_collections.remoteops.access.plugins.module_utils._drill.probes import (
    UNKNOWN,
    Sample,
    Span,
    outages,
    read,
)
from tests.module_runner import run_module
from tests.patience import LONGEST_MOMENT
from tests.simulator.beyondtrust import Pair, Switches
from tests.simulator.faults import Fault
from tests.unit.appliances import small_appliance

INTERVAL = 0.1
# CPython leaves a socket open that is reset between being connected and speaking TLS
# (ssl.SSLSocket._create raises what recv raised, and closes nothing), as happens now and then to
# one that is probed while its appliance dies. Such a socket has no peer any more; any other one
# that is left open still fails.
pytestmark = pytest.mark.filterwarnings(
    r"ignore:Exception ignored in. <ssl\.SSLSocket ((?!raddr)[^>])*>:pytest.PytestUnraisableExceptionWarning",
)


class Probed:
    """A pair that is probed, and the file that takes the samples."""

    def __init__(self, pair: Pair, place, directory: Path):
        self.pair, self.place, self.path, self.stop = (
            pair,
            place,
            directory / "probes.jsonl",
            directory / "stop",
        )

    def options(self, **options) -> dict:
        targets = [
            {"name": name, "url": url}
            for name, url in (
                ("a", self.place.url),
                ("b", self.place.peer_url),
                ("shared", self.place.shared_url),
            )
        ]
        return {
            "targets": targets,
            "duration": 20,
            "interval": INTERVAL,
            "timeout": 1.0,
            "ca_path": self.place.ca_path,
            **options,
        }

    def run(self, check: bool = False, **options):
        """Run the module; an option that is None is left out."""
        outcome = run_module(
            "beyondtrust_probe",
            {name: value for name, value in self.options(**options).items() if value is not None},
            check,
        )
        assert "Traceback" not in outcome.output
        return outcome

    @contextmanager
    def beside(self):
        """Run the module in another process beside what is done meanwhile, and then end it by its
        stop file.
        """
        with self.process(path=str(self.path), stop_file=str(self.stop)) as process:
            self.wait_for_lines(process, 4)
            yield
            self.stop.touch()
            assert process.wait() == 0

    @contextmanager
    def process(self, before: str = "", **options):
        """Run the module in a process of its own, which prints what it says."""
        code = f"{before}\nimport json, sys\nfrom tests.module_runner import run_module\nprint(run_module('beyondtrust_probe', json.loads(sys.argv[1])).output)"
        environment, command = (
            {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            [sys.executable, "-c", code, json.dumps(self.options(**options))],
        )
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as process:
            try:
                yield process
            finally:
                process.kill()

    def wait_for_lines(self, process, number: int) -> None:
        while not self.path.exists() or self.path.read_text().count("\n") < number:
            assert process.poll() is None
            time.sleep(0.02)

    def wait_for_samples(
        self, name: str, wanted: Callable[[Sample], bool], number: int = 1
    ) -> None:
        """Wait until the file holds so many samples of a target that are as they are wanted."""
        ends = time.monotonic() + LONGEST_MOMENT
        while sum(map(wanted, self.samples(name))) < number:
            assert time.monotonic() < ends, "no such samples"
            time.sleep(0.02)

    def samples(self, name: str) -> list[Sample]:
        """Return what the file holds of a target, in the order of asking."""
        return read([self.path]).samples[name]

    def outages(self, name: str) -> list[Span]:
        """Return the outages of which the file tells."""
        return outages(read([self.path]).spans(name))


@pytest.fixture
def probed(tmp_path):
    """Return a pair that is to be probed."""
    with ExitStack() as running:
        pair = Pair(small_appliance(), Switches(), clock_speed=1)
        yield Probed(pair, running.enter_context(pair.serve()), tmp_path)


def told(outcome, name: str) -> dict:
    return next(target for target in outcome["targets"] if target["name"] == name)


def test_a_single_look_tells_who_is_healthy(probed):
    probed.pair.b.site["health"]["success"] = False
    outcome = probed.run(duration=0)
    assert not outcome.failed and not outcome["changed"] and outcome["ended"] == "duration"
    assert [
        (target["name"], target["probes"], target["healthy"]) for target in outcome["targets"]
    ] == [("a", 1, True), ("b", 1, False), ("shared", 1, True)]
    assert [(outage["problem"], outage["ended"]) for outage in told(outcome, "b")["outages"]] == [
        ("HTTP 500", None)
    ]


@pytest.mark.parametrize(
    "how, problem",
    [
        ("refuse", "Connection refused"),
        ("reset", "broke off"),
        ("hang", "no answer"),
        ("unhealthy", "HTTP 500"),
    ],
)
def test_every_kind_of_outage_is_seen_by_the_first_probe_that_meets_it_and_its_end_too(
    probed, how, problem
):
    with probed.beside():
        began = time.time()
        if how == "unhealthy":
            probed.pair.a.site["health"]["success"] = False
        else:
            probed.pair.a.kill(how)
        died = time.time()
        probed.wait_for_samples("a", lambda sample: sample.at > died and not sample.healthy, 3)
        revived = time.time()
        probed.pair.a.site["health"]["success"] = True
        probed.pair.a.revive()
        probed.wait_for_samples("a", lambda sample: sample.at > revived and sample.healthy, 3)
    samples = probed.samples("a")
    # A probe that was under way when the appliance died, or came back, had been asked before, and
    # saw either.
    assert all(sample.healthy for sample in samples if sample.at + sample.seconds < began)
    first, *_others = (sample for sample in samples if sample.at > died)
    came_back = next(sample for sample in samples if sample.at > revived and sample.healthy)
    assert not first.healthy and problem in first.problem
    # Where the machine was too busy to ask for a while, nothing is known between two outages.
    spans = read([probed.path]).spans("a")
    lasted = [span for span in spans if span.ended > began and span.began < came_back.at]
    assert {span.state for span in lasted[1:-1]} <= {"unhealthy", UNKNOWN}
    seen = outages(spans)
    assert (
        began - first.seconds - 1.0 < seen[0].began <= first.at
        and died < seen[-1].ended <= came_back.at + came_back.seconds
    )
    assert problem in seen[0].problem
    assert probed.outages("b") == [] and probed.outages("shared")


@pytest.mark.parametrize(
    "how, problem", [("reset", "broke off"), ("unavailable", "HTTP 500"), ("hang", "no answer")]
)
def test_a_shared_name_that_leads_nowhere_is_an_outage_however_it_shows(probed, how, problem):
    probed.pair.switches.without_primary = how
    probed.pair.a.site["health"]["failover_role"] = "backup"
    outcome = probed.run(duration=0)
    assert [target["healthy"] for target in outcome["targets"]] == [True, True, False]
    assert problem in told(outcome, "shared")["outages"][0]["problem"]


def test_an_appliance_that_hangs_delays_no_probe_of_itself_or_of_another(probed):
    probed.pair.a.kill("hang")
    probed.run(duration=1.0, timeout=2.0, path=str(probed.path))
    samples = read([probed.path]).samples
    assert len(samples["a"]) == len(samples["b"]) == len(samples["shared"])
    assert any(late.at < early.at + early.seconds for early, late in pairwise(samples["a"]))
    assert not any(sample.healthy for sample in samples["a"]) and all(
        sample.healthy for sample in samples["b"]
    )


def test_a_page_that_is_answered_too_late_is_not_healthy(probed):
    probed.pair.a.inject(Fault("GET /check_health", "slow", times=None, seconds=2.0))
    outcome = probed.run(duration=0, timeout=1.0)
    assert not told(outcome, "a")["healthy"] and told(outcome, "b")["healthy"]


def test_a_page_that_flaps_is_seen_to(probed):
    probed.pair.b.site["health"]["flapping"] = 0.4
    with probed.beside():
        ends = time.monotonic() + LONGEST_MOMENT
        while len(probed.outages("b")) < 2:
            assert time.monotonic() < ends
            time.sleep(0.05)
    assert probed.outages("a") == []


def test_an_outage_that_is_too_long_ends_it_at_once_and_says_which(probed):
    probed.pair.b.kill("refuse")
    outcome = probed.run(max_outage=0.5)
    assert (
        outcome.failed
        and "b has not been healthy for more than 0.5 s" in outcome["msg"]
        and "Connection refused" in outcome["msg"]
    )
    assert outcome["ended"] == "max_outage"  # and not the duration
    assert told(outcome, "b")["outages"][0]["ended"] is None


def test_it_waits_until_all_have_been_healthy_on_end(probed):
    probed.pair.b.kill("refuse", seconds=0.5)
    outcome = probed.run(healthy_for=0.3)
    assert not outcome.failed and outcome["ended"] == "healthy"
    assert told(outcome, "b")["outages"] and told(outcome, "b")["healthy"]


def test_it_fails_if_that_does_not_come_about(probed):
    probed.pair.b.site["health"]["flapping"] = 1.0
    outcome = probed.run(duration=4.0, healthy_for=3.0)
    assert (
        outcome.failed
        and "Not all targets were healthy for 3 s on end within 4 s" in outcome["msg"]
    )
    assert outcome["ended"] == "duration" and len(outcome["targets"]) == 3


def test_a_process_that_is_killed_leaves_what_it_has_seen(probed):
    with probed.process(path=str(probed.path)) as process:
        probed.wait_for_lines(process, 10)
        process.send_signal(signal.SIGKILL)
    assert len(read([probed.path]).samples["a"]) >= 2


def test_the_file_is_the_users_alone_and_never_that_of_another_run(probed):
    assert probed.run(duration=0, path=str(probed.path))["changed"]
    assert probed.path.stat().st_mode & 0o777 == 0o600
    before = probed.path.read_text()
    assert "cannot be made: File exists" in probed.run(duration=0, path=str(probed.path))["msg"]
    assert probed.path.read_text() == before
    assert (
        "cannot be made: No such file or directory"
        in probed.run(duration=0, path=str(probed.path.parent / "nowhere" / "x"))["msg"]
    )


def test_in_check_mode_pages_are_probed_and_no_file_is_written(probed):
    outcome = probed.run(check=True, duration=0, path=str(probed.path))
    assert not outcome["changed"] and told(outcome, "a")["healthy"] and not probed.path.exists()


def test_a_certificate_that_is_not_trusted_is_a_problem_like_any_other(probed, monkeypatch):
    monkeypatch.delenv("BEYONDTRUST_CA_PATH", raising=False)
    outcome = probed.run(duration=0, ca_path=None)
    assert (
        not any(target["healthy"] for target in outcome["targets"])
        and "certificate" in told(outcome, "a")["outages"][0]["problem"]
    )


def test_a_file_that_may_grow_no_further_ends_it_and_tells_so(probed):
    small = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))"
    with probed.process(small, path=str(probed.path)) as process:
        told, _errors = process.communicate()
    assert (
        b"probes.jsonl cannot be written: File too large" in told
        and probed.path.stat().st_size <= 2000
    )


@pytest.mark.parametrize(
    "options, reason",
    [
        ({"interval": 0.01}, "interval must be"),
        ({"timeout": 0}, "timeout more than 0"),
        ({"duration": 10**6}, "duration at most"),
        ({"duration": -1}, "duration"),
        ({"targets": []}, "one or more"),
        ({"max_outage": -1}, "must not be negative"),
        ({"healthy_for": -0.1}, "must not be negative"),
        ({"targets": [{"name": "a", "url": "https://localhost:1"}] * 2}, "a name of its own"),
        ({"targets": [{"name": "a", "url": "nonsense"}]}, "url must look like"),
        ({"targets": [{"name": "a", "url": "https://localhost:1/check_health"}]}, "without a path"),
    ],
)
def test_options_that_make_no_sense_are_refused_before_anything_is_asked(probed, options, reason):
    assert reason in probed.run(**options)["msg"]
    assert not probed.pair.a.journal.entries

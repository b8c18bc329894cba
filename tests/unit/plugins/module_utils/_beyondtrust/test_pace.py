"""What the rate budget promises: never too many a second or an hour over all processes, and a clear
word instead of an endless wait.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from array import array
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Barrier

import pytest

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.pace import Pace
from ansible_collections.remoteops.access.plugins.module_utils._core.errors import Error

HOUR = 3600
# 0.95 of 20 a second.
INTERVAL = 1 / 19


class Clock:
    """A clock that moves only while somebody sleeps, and keeps how long they slept."""

    def __init__(self):
        self.now, self.slept = 50_000.0, []

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def make(tmp_path, clock):
    def _make(**options):
        return Pace(
            tmp_path / "shared" / "account.pace",
            **{"clock": clock, "sleep": clock.sleep, **options},
        )

    return _make


def run(script: str, *arguments) -> list:
    """Run the script in a Python of its own and return the JSON that it prints."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return json.loads(
        subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE).stdout
    )


def moments(pace, clock, count) -> list[float]:
    """Return when each of the next requests may be sent."""
    found = []
    for _number in range(count):
        pace.wait()
        found.append(clock.now)
    return found


def most_in(seconds, sent) -> int:
    """Return the largest number of requests in any period of this length."""
    return max(sum(1 for moment in sent if start <= moment < start + seconds) for start in sent)


def test_the_first_request_does_not_wait_and_the_next_ones_are_evenly_spaced(make, clock):
    pace = make()
    assert [pace.wait() for _number in range(4)] == pytest.approx([0, INTERVAL, INTERVAL, INTERVAL])
    assert clock.slept == pytest.approx([INTERVAL] * 3)


def test_no_second_sees_more_requests_than_allowed_even_after_a_rest(make, clock):
    pace = make()
    sent = moments(pace, clock, 100)
    clock.now += 600
    sent += moments(pace, clock, 100)
    assert most_in(1, sent) == 20


def test_no_hour_sees_more_requests_than_allowed(make, clock):
    sent = moments(make(per_hour=10, longest_wait=2 * HOUR), clock, 35)
    assert most_in(HOUR, sent) == 10
    assert sent[34] - sent[0] < 3.01 * HOUR


def test_a_spent_hour_is_refused_with_the_time_when_it_goes_on_and_costs_nothing(make, clock):
    pace = make(per_hour=10)
    moments(pace, clock, 10)
    began = clock.now
    for _number in range(100):
        with pytest.raises(
            Error,
            match=r"No request may be sent for 360\d s \(until \d\d:\d\d:\d\d\): the 10 requests that an hour allows",
        ):
            pace.wait()
    assert clock.now == began
    clock.now += 1.01 * HOUR
    assert len(moments(pace, clock, 10)) == 10


def test_whoever_would_wait_longer_than_wanted_for_all_those_before_is_refused(make, clock):
    hurried = make(longest_wait=1.0, sleep=lambda seconds: None)
    waits = [hurried.wait() for _number in range(20)]
    assert max(waits) == pytest.approx(19 * INTERVAL)
    with pytest.raises(Error, match="for 1 s .*too many requests are waiting already"):
        hurried.wait()
    assert make().wait() == pytest.approx(20 * INTERVAL)


def test_after_a_hold_everybody_waits_and_goes_on_one_by_one(make, clock):
    one, other = make(), make()
    moments(other, clock, 3)
    one.hold(30)
    assert [pace.wait() for pace in (one, other, one)] == pytest.approx([30, INTERVAL, INTERVAL])


def test_those_who_sleep_already_when_a_hold_begins_do_not_wake_into_it(make, clock):
    def sleep_while_another_is_told_to_wait(seconds):
        clock.sleep(seconds)
        if len(clock.slept) == 1:
            other.hold(30)
            other.hold(0)

    other, sleeper = make(), make(sleep=sleep_while_another_is_told_to_wait)
    other.wait()
    assert sleeper.wait() == pytest.approx(INTERVAL + 30)
    assert other.wait() == pytest.approx(INTERVAL)


def test_a_shorter_hold_does_not_end_a_longer_one(make):
    pace = make()
    pace.hold(30)
    pace.hold(5)
    assert pace.wait() == pytest.approx(30)


def test_whoever_is_held_again_and_again_gives_up_when_all_the_waiting_is_too_long(make, clock):
    def sleep_while_another_is_told_to_wait(seconds):
        clock.sleep(seconds)
        other.hold(200)

    other, sleeper = make(), make(longest_wait=300, sleep=sleep_while_another_is_told_to_wait)
    other.hold(200)
    with pytest.raises(Error, match="for 200 s .*the server asked us to wait"):
        sleeper.wait()
    assert clock.slept == [200]


def test_no_header_can_stop_us_for_longer_than_an_hour(make):
    pace = make(longest_wait=2 * HOUR)
    pace.correct(0, 15000, 1e9)
    assert pace.wait() / HOUR == pytest.approx(1, rel=0.01)
    pace.hold(1e9)
    assert pace.wait() / HOUR == pytest.approx(1, rel=0.01)


def test_a_hold_that_is_too_long_to_wait_for_is_refused_with_its_reason(make, clock):
    pace = make(longest_wait=300)
    pace.hold(301)
    with pytest.raises(Error, match="for 301 s .*the server asked us to wait"):
        pace.wait()
    clock.now += 1
    assert pace.wait() == pytest.approx(300)


def test_what_others_spent_is_not_spent_again(make, clock):
    pace = make(per_hour=1000)
    moments(pace, clock, 10)
    pace.correct(5, 1000, 1800)
    assert max(pace.wait() for _number in range(5)) == pytest.approx(INTERVAL)
    with pytest.raises(
        Error, match=r"for 1800 s .*the 1000 requests that an hour allows are spent"
    ):
        pace.wait()
    clock.now += 1800
    assert max(pace.wait() for _number in range(985)) == pytest.approx(INTERVAL)
    with pytest.raises(Error, match="requests that an hour allows are spent"):
        pace.wait()


def test_what_others_spent_at_an_unknown_time_comes_back_evenly_over_the_hour(make, clock):
    pace = make(per_hour=1000)
    pace.correct(0, None, None)
    began = clock.now
    moments(pace, clock, 1000)
    assert 1 <= (clock.now - began) / HOUR < 1.01


@pytest.mark.parametrize("remaining", [6, 7, 10, 11, 10**9])
def test_a_server_that_counts_less_than_we_do_changes_nothing(make, clock, remaining):
    pace = make(per_hour=10, per_second=5)
    moments(pace, clock, 4)
    pace.correct(remaining, 10, 60)
    assert len(moments(pace, clock, 6)) == 6
    with pytest.raises(Error, match="requests that an hour allows are spent"):
        pace.wait()


def test_a_remainder_below_zero_counts_as_none(make, clock):
    pace = make(per_hour=10, per_second=5)
    moments(pace, clock, 4)
    pace.correct(-5, 10, 60)
    with pytest.raises(Error, match="for 60 s .*requests that an hour allows are spent"):
        make(per_hour=10, longest_wait=50).wait()
    clock.now += 60
    assert len(moments(pace, clock, 6)) == 6
    with pytest.raises(Error, match="requests that an hour allows are spent"):
        pace.wait()


@pytest.mark.parametrize(
    "headers", [(None, None, None), (None, 15000, 60), (0, 20, 1), (0, 1, None)]
)
def test_headers_that_do_not_speak_of_the_hour_change_nothing(make, headers):
    pace = make()
    pace.wait()
    pace.correct(*headers)
    assert pace.wait() == pytest.approx(INTERVAL)


def test_our_own_requests_are_not_taken_for_those_of_others(make, clock):
    pace = make(per_hour=1000)
    for number in range(1000):
        pace.wait()
        pace.correct(1000 - number - 1, 1000, None)
    assert clock.slept == pytest.approx([INTERVAL] * 999)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0",
        b"x" * 100,
        b"\xff" * 200_000,
        b"\0" * 200_000,
        array("d", [float("nan")] * 20_000).tobytes(),
        array("d", [float("inf")] * 20_000).tobytes(),
        array("d", [-1.0] * 20_000).tobytes(),
    ],
)
def test_nonsense_in_the_file_is_forgotten(make, clock, tmp_path, content):
    make().wait()
    (tmp_path / "shared" / "account.pace").write_bytes(content)
    assert most_in(1, moments(make(), clock, 40)) == 20
    assert len(clock.slept) == 39


@pytest.mark.parametrize("place", [1, 2, 3, 4])
@pytest.mark.parametrize("number", [float("nan"), float("inf"), 1e9])
def test_one_number_that_cannot_be_ours_does_not_stop_anybody(make, clock, tmp_path, place, number):
    path = tmp_path / "shared" / "account.pace"
    make().wait()
    cells = array("d", path.read_bytes())
    cells[1] = 0
    cells[place] = number
    path.write_bytes(cells.tobytes())
    clock.now += 1
    assert make().wait() == 0


def test_the_budget_begins_anew_after_a_reboot(make, clock, tmp_path):
    path = tmp_path / "shared" / "account.pace"
    pace = make(per_hour=10)
    moments(pace, clock, 10)
    cells = array("d", path.read_bytes())
    cells[0] += 1  # the mark of the boot
    path.write_bytes(cells.tobytes())
    assert max(pace.wait() for _number in range(10)) == pytest.approx(INTERVAL)


def test_the_budget_begins_anew_after_a_reboot_where_boots_have_no_mark(make, clock):
    pace = make(per_hour=10)
    moments(pace, clock, 10)
    clock.now = 5.0
    assert max(pace.wait() for _number in range(10)) == pytest.approx(INTERVAL)


def test_threads_of_one_process_share_the_budget(make):
    pace, barrier = make(clock=lambda: 1000.0, sleep=lambda seconds: None), Barrier(16)

    def ask(_number):
        barrier.wait()
        return [pace.wait() for _number in range(20)]

    with ThreadPoolExecutor(16) as pool:
        waits = sorted(sum(pool.map(ask, range(16)), []))
    assert waits == pytest.approx([number * INTERVAL for number in range(320)])


def test_however_long_requests_are_on_their_way_no_second_sees_more_than_allowed(make):
    pace, arrived, on_their_way = (
        make(per_second=100, clock=time.monotonic, sleep=time.sleep),
        [],
        random.Random(4711),
    )
    delays = [
        (on_their_way.random() ** 3 * 0.6, on_their_way.random() * 0.1) for _number in range(300)
    ]

    def ask(delay):
        with pace.turn():
            time.sleep(delay[0])
            arrived.append(time.monotonic())
            time.sleep(delay[1])

    with ThreadPoolExecutor(100) as pool:
        list(pool.map(ask, delays))
    assert len(arrived) == 300 and most_in(1, arrived) <= 100


def test_a_request_keeps_its_place_for_a_second_after_its_answer(make, clock):
    pace = make(per_second=2)
    for _number in range(3):
        with pace.turn():
            clock.now += 10
        with pace.turn() as waited:
            assert waited == 0
            clock.now += 0.3
        with pace.turn() as waited:
            assert waited == pytest.approx(0.7)  # in the place of the first one
        clock.now += 5
    with pace.turn(), pace.turn():
        clock.now += 30
        # Though nobody has asked for half a minute, both may still arrive.
        with pytest.raises(InterruptedError):
            make(per_second=2, sleep=interrupted).turn().__enter__()


def interrupted(_seconds):
    raise InterruptedError


def test_the_places_of_a_process_that_was_killed_are_given_back(make, clock):
    pace = make(per_second=5)
    killed = [pace.turn() for _number in range(5)]
    for turn in killed:
        turn.__enter__()
    began = clock.now
    with make(per_second=5).turn() as waited:
        assert 55 < waited < 61 and clock.now - began == pytest.approx(waited)
    clock.now += 1
    with ExitStack() as turns:
        assert max(turns.enter_context(make(per_second=5).turn()) for _number in range(4)) < 1
        for turn in killed:  # not killed after all: what others have taken since stays theirs
            turn.__exit__(None, None, None)
        clock.now += 30
        with pace.turn(), pytest.raises(InterruptedError):
            clock.now += 1
            make(per_second=5, sleep=interrupted).turn().__enter__()


def test_nobody_is_let_go_too_early_by_the_real_clock(make):
    pace = make(per_second=200, clock=time.monotonic, sleep=time.sleep)
    began = time.monotonic()
    for _number in range(40):
        pace.wait()
    assert (time.monotonic() - began) / (39 / 190) >= 1


FIFTY_PROCESSES = """
import json, multiprocessing, os, sys
from pathlib import Path
from ansible_collections.remoteops.access.plugins.module_utils._core.errors import Error
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.pace import Pace

path, each, per_hour = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
fork = multiprocessing.get_context("fork")
barrier = fork.Barrier(50)

def work(number):
    # A clock that stands still makes what each is told to wait the moment that it was given.
    pace = Pace(path, per_hour=per_hour, clock=lambda: 1000.0, sleep=lambda seconds: None)
    barrier.wait()
    waits = []
    for request in range(each):
        try:
            waits.append(pace.wait())
        except Error:
            waits.append(None)
    return os.getpid(), waits

with fork.Pool(50) as pool:
    print(json.dumps(pool.map(work, range(50), chunksize=1)))
"""


def test_fifty_processes_are_given_one_moment_each_and_leave_none_out(tmp_path):
    answers = run(FIFTY_PROCESSES, tmp_path / "shared" / "pace", 20, 15000)
    assert len({process for process, waits in answers}) == 50
    assert sorted(wait for process, waits in answers for wait in waits) == pytest.approx(
        [number * INTERVAL for number in range(1000)]
    )


def test_fifty_processes_share_the_hour(tmp_path):
    answers = run(FIFTY_PROCESSES, tmp_path / "shared" / "pace", 2, 70)
    given = [wait for process, waits in answers for wait in waits if wait is not None]
    assert sorted(given) == pytest.approx([number * INTERVAL for number in range(70)])

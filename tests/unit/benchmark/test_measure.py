"""Tests how the benchmark measures commands and compares what it has measured."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import os
import sys

import pytest

from tests.benchmark.measure import Ratio, paired, rounds_within, run, seconds_per_item
from tests.benchmark.report import Section


def test_every_other_round_runs_in_reverse_and_who_is_granted_less_takes_part_in_the_first_rounds():
    order = []
    found = paired(
        {"a": 3, "b": 3, "c": 1},
        {name: lambda name=name: order.append(name) or len(order) for name in "abc"},
    )
    assert order == ["a", "b", "c", "b", "a", "a", "b"]
    assert found == {"a": [1, 5, 6], "b": [2, 4, 7], "c": [3]}


def test_a_ratio_is_taken_round_by_round_and_not_between_medians():
    assert Ratio.of([10, 40, 90], [10, 20, 30]) == Ratio(middle=2, least=1, most=3)
    assert Ratio.of([10, 40, 90], [5]) == Ratio(2, 2, 2)


def test_an_item_of_a_loop_costs_what_the_items_after_the_first_take_on_average():
    assert seconds_per_item([5.0, 5.5, 6.5]) == 0.75


@pytest.mark.parametrize("seconds, rounds", [(0.1, 5), (7, 4), (20, 1), (30, 1), (30.1, 0)])
def test_what_takes_long_is_measured_less_often_and_what_takes_too_long_not_at_all(seconds, rounds):
    assert rounds_within(30, 5, seconds) == rounds


def test_a_command_is_charged_with_the_memory_of_the_processes_that_it_starts(tmp_path):
    hungry = "b = bytearray(200_000_000); b[::4096] = b'x' * len(b[::4096])"
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {hungry!r}], check=True); print('done')"
    measured = run([sys.executable, "-c", child], os.environ, tmp_path)
    assert measured.output == "done\n"
    assert 200e6 < measured.peak < 400e6


def test_a_command_is_not_charged_with_the_memory_of_the_process_that_measures_it(tmp_path):
    own = bytearray(200_000_000)
    own[::4096] = b"x" * len(own[::4096])
    assert run([sys.executable, "-c", ""], os.environ, tmp_path).peak < 100e6


def test_a_command_that_fails_ends_the_benchmark_and_shows_what_it_printed(tmp_path):
    with pytest.raises(SystemExit, match=r"(?s)failed with status 3.*no such thing"):
        run(
            [sys.executable, "-c", "print('no such thing'); raise SystemExit(3)"],
            os.environ,
            tmp_path,
        )


def test_a_missed_aim_is_called_missed():
    section = Section("Speed", ())
    section.faster("a snail", [2.0], [20.0], at_least=10)
    section.faster("a hare", [2.0], [19.0], at_least=10)
    section.slower("light", [3.0], [2.0], at_most=1.5)
    section.slower("sound", [3.1], [2.0], at_most=1.5)
    section.faster("a tortoise", [2.0], [1.0])
    verdicts = [
        line.split("|")[1:4] for line in section.markdown().splitlines() if line.startswith("| **")
    ]
    assert [[cell.strip() for cell in line] for line in verdicts] == [
        ["**10.0x** as fast", "a snail", ">= 10x met"],
        ["**9.5x** as fast", "a hare", ">= 10x **missed**"],
        ["**1.50x** as long", "light", "<= 1.5x met"],
        ["**1.55x** as long", "sound", "<= 1.5x **missed**"],
        ["**0.50x** as fast", "a tortoise", ""],
    ]

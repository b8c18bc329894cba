"""Which backups are kept: what each rule means on any dates, that rules add up, and that nothing
kept is lost later on.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from random import Random

import pytest

from ansible_collections.remoteops.access.plugins.module_utils._backups.retention import (
    PERIODS,
    kept,
    newest_first,
)

from .taken import manifest_of

NOTHING = dict.fromkeys(PERIODS)
# Turns of years, a leap day, the weeks 53 of 2020 and 2026, a week that lies in two years, and days
# on which clocks are put forward and back.
TURNS = [
    date(2020, 2, 29),
    date(2020, 12, 31),
    date(2021, 1, 3),
    date(2024, 12, 30),
    date(2026, 3, 29),
    date(2026, 10, 25),
    date(2027, 1, 3),
]
AMOUNTS = [0, 1, 2, 3, 7, 12, 1000]


def backups_at(*moments: datetime):
    return [manifest_of(moment) for moment in moments]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def many(seed: int):
    """Return backups at random times around a turn: several in an hour, days without any, some at
    exactly midnight.
    """
    random = Random(seed)
    turn = datetime.combine(random.choice(TURNS), datetime.min.time(), UTC)
    hours = random.choice([30, 24 * 10, 24 * 60, 24 * 400])
    moments = {
        turn,
        *(
            turn + timedelta(seconds=random.randrange(-3600 * hours, 3600 * hours))
            for _each in range(random.randrange(1, 120))
        ),
    }
    moments |= {
        moment.replace(hour=0, minute=0, second=0)
        for moment in random.sample(sorted(moments), len(moments) // 4)
    }
    backups = backups_at(*moments)
    random.shuffle(backups)
    return backups


def by_definition(backups, rule: str, number: int) -> set[str]:
    """Return what a rule keeps, said in another way: go from the newest to the oldest and count the
    periods that begin.
    """
    names = {
        "keep_last": lambda moment: moment.isoformat(),
        "keep_daily": lambda moment: f"{moment:%Y-%m-%d}",
        "keep_weekly": lambda moment: f"{moment:%G-W%V}",
        "keep_monthly": lambda moment: f"{moment:%Y-%m}",
    }
    ordered = sorted(backups, key=lambda backup: backup.taken_at, reverse=True)
    groups = [
        next(group).file
        for _period, group in groupby(ordered, key=lambda backup: names[rule](backup.moment))
    ]
    return {ordered[0].file, *groups[:number]}


@pytest.mark.parametrize("seed", range(60))
def test_each_rule_keeps_the_newest_of_so_many_periods_and_nothing_else(seed):
    backups = many(seed)
    for rule in PERIODS:
        for number in AMOUNTS:
            assert kept(backups, {rule: number}) == by_definition(backups, rule, number), (
                rule,
                number,
            )


@pytest.mark.parametrize("seed", range(60))
def test_rules_add_up_and_the_newest_is_always_kept_and_what_is_kept_stays_kept(seed):
    backups, random = many(seed), Random(seed)
    rules = {
        rule: random.choice(AMOUNTS)
        for rule in random.sample(list(PERIODS), random.randrange(1, 5))
    }
    names = kept(backups, rules)
    assert names == set().union(*(kept(backups, {rule: number}) for rule, number in rules.items()))
    assert newest_first(backups)[0].file in names
    assert len(names) <= max(1, sum(rules.values()))
    assert kept([backup for backup in backups if backup.file in names], rules) == names


def test_without_rules_everything_is_kept_and_of_nothing_nothing():
    backups = many(1)
    assert kept(backups, {}) == {backup.file for backup in backups}
    assert kept([], {"keep_last": 3}) == set()


def test_with_all_rules_at_zero_the_newest_stays():
    backups = many(2)
    assert kept(backups, dict.fromkeys(PERIODS, 0)) == {newest_first(backups)[0].file}


@pytest.mark.parametrize(
    ("rule", "moments", "expected"),
    [
        (
            "keep_daily",
            ["2026-03-01T00:00:00", "2026-03-01T23:59:59", "2026-03-02T00:00:00"],
            ["2026-03-01T23:59:59", "2026-03-02T00:00:00"],
        ),
        # Sunday, Monday.
        (
            "keep_weekly",
            ["2026-01-04T23:59:59", "2026-01-05T00:00:00"],
            ["2026-01-04T23:59:59", "2026-01-05T00:00:00"],
        ),
        # One week in two years.
        ("keep_weekly", ["2024-12-30T08:00:00", "2025-01-05T08:00:00"], ["2025-01-05T08:00:00"]),
        # Week 53.
        (
            "keep_weekly",
            ["2020-12-28T08:00:00", "2021-01-03T08:00:00", "2021-01-04T08:00:00"],
            ["2021-01-03T08:00:00", "2021-01-04T08:00:00"],
        ),
        (
            "keep_monthly",
            ["2024-02-29T08:00:00", "2024-02-01T08:00:00", "2023-02-28T08:00:00"],
            ["2024-02-29T08:00:00", "2023-02-28T08:00:00"],
        ),
    ],
)
def test_days_weeks_and_months_are_those_of_utc(rule, moments, expected):
    backups = {moment: manifest_of(at(moment)) for moment in moments}
    assert kept(list(backups.values()), {rule: 2}) == {backups[moment].file for moment in expected}


def test_a_schedule_over_three_years_ends_with_days_weeks_and_months():
    rules, held, moment = (
        {"keep_last": 4, "keep_daily": 7, "keep_weekly": 5, "keep_monthly": 12},
        [],
        at("2023-11-05T01:30:00"),
    )
    while moment < at("2026-11-05T00:00:00"):
        held.append(manifest_of(moment))
        names = kept(held, rules)
        held = [backup for backup in held if backup.file in names]
        moment += timedelta(hours=6)
    times = [backup.moment for backup in newest_first(held)]
    assert times[:4] == [
        at("2026-11-04T19:30:00") - timedelta(hours=6 * number) for number in range(4)
    ]
    assert {each.date() for each in times} >= {
        date(2026, 11, 4) - timedelta(days=number) for number in range(7)
    }
    assert {each.isocalendar()[:2] for each in times} >= {(2026, week) for week in range(41, 46)}
    months = [(2026, month) for month in range(1, 12)] + [(2025, 12)]
    assert {(each.year, each.month) for each in times} == set(months)
    for each in (each for each in times if each < at("2026-10-01T00:00:00")):
        assert each == max(
            other for other in times if (other.year, other.month) == (each.year, each.month)
        )
    assert len(held) <= sum(rules.values())

"""What samples of probes say: when a target was healthy, when not, and when nobody looked."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json

import pytest

from ansible_collections.remoteops.access.plugins.module_utils._core.errors import Error
from ansible_collections.remoteops.access.plugins.module_utils._drill.probes import (
    Sample,
    head,
    outages,
    read,
    spans,
)


def samples(*told: tuple[float, bool] | tuple[float, bool, float]) -> list[Sample]:
    """Return samples: when each was asked, whether it was healthy, and how long it took (0.1 s)."""
    return [
        Sample(
            "a",
            at,
            seconds[0] if seconds else 0.1,
            healthy,
            200 if healthy else 500,
            None if healthy else "HTTP 500",
        )
        for at, healthy, *seconds in told
    ]


def shown(found) -> list[tuple]:
    return [(span.state, round(span.began, 3), round(span.ended, 3)) for span in found]


def test_an_outage_is_from_the_first_probe_that_failed_to_the_answer_to_the_first_that_did_not():
    found = spans(samples((0, True), (1, True), (2, False), (3, False), (4, True), (5, True)), 3)
    assert shown(found) == [("healthy", 0.1, 2), ("unhealthy", 2, 4.1), ("healthy", 4.1, 5.1)]
    assert [(outage.problem, outage.is_last) for outage in outages(found)] == [("HTTP 500", False)]


def test_an_outage_that_nobody_saw_the_end_of_is_the_last():
    (outage,) = outages(spans(samples((0, True), (1, False), (2, False, 5.0)), 3))
    assert (outage.began, outage.ended, outage.is_last) == (1, 7, True)


def test_a_probe_that_waits_long_for_nothing_is_a_failure_of_when_it_was_asked():
    found = spans(samples((0, True), (1, False, 5.0), (2, False, 5.0), (3, True)), 3)
    assert shown(found) == [("healthy", 0.1, 1), ("unhealthy", 1, 3.1), ("healthy", 3.1, 3.1)]


def test_a_slow_answer_that_arrives_after_the_next_failure_was_asked_takes_no_time_twice():
    found = spans(samples((0, False), (1, True, 1.5), (2, False), (3, True)), 3)
    assert shown(found) == [
        ("unhealthy", 0, 2.5),
        ("healthy", 2.5, 2.5),
        ("unhealthy", 2.5, 3.1),
        ("healthy", 3.1, 3.1),
    ]
    assert all(span.seconds >= 0 for span in found)


def test_a_time_without_probes_is_unknown_and_no_outage():
    found = spans(samples((0, True), (1, False), (60, False), (61, True)), 3)
    assert shown(found) == [
        ("healthy", 0.1, 1),
        ("unhealthy", 1, 1),
        ("unknown", 1, 60),
        ("unhealthy", 60, 61.1),
        ("healthy", 61.1, 61.1),
    ]


def test_nothing_is_said_of_no_samples():
    assert spans([], 3) == []


def test_several_files_are_read_as_one_and_a_line_that_was_not_finished_does_not_count(tmp_path):
    first, second = tmp_path / "probes-1.jsonl", tmp_path / "probes-2.jsonl"
    first.write_text(
        head({"a": "https://a.example.org"}, 1.0)
        + samples((2, True))[0].line()
        + '{"target": "a", "at": 3.'
    )
    second.write_text(
        head({"a": "https://a.example.org", "b": "https://b.example.org"}, 2.0)
        + samples((1, False))[0].line()
    )
    (tmp_path / "probes-3.jsonl").write_text('{"form')  # killed before its first line was whole
    found = read([first, second, tmp_path / "probes-3.jsonl"])
    assert [sample.at for sample in found.samples["a"]] == [1, 2] and found.samples["b"] == []
    assert found.targets["b"] == "https://b.example.org" and found.interval == 2.0
    assert shown(found.spans("a")) == [("unhealthy", 1, 2.1), ("healthy", 2.1, 2.1)]


@pytest.mark.parametrize(
    "text",
    [
        "[]\n",
        "{}\n",
        "no JSON\n",
        head({}, 1.0) + "{}\n",
        head({}, 1.0).replace("probes", "pages"),
        "[" * 100_000 + "\n",
    ],
)
def test_a_file_of_another_kind_is_refused(tmp_path, text):
    path = tmp_path / "probes-1.jsonl"
    path.write_text(text)
    with pytest.raises(Error, match="does not hold samples"):
        read([path])


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(Error, match="cannot be read"):
        read([tmp_path / "probes-1.jsonl"])


def test_a_sample_is_a_line_of_json():
    assert json.loads(samples((1, False))[0].line()) == {
        "target": "a",
        "at": 1,
        "seconds": 0.1,
        "healthy": False,
        "status": 500,
        "problem": "HTTP 500",
    }

"""The report of a drill: a page that needs nothing but itself, whatever servers said, and the same
for machines.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import math
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from lxml import etree, html

from ansible_collections.remoteops.access.plugins.module_utils._core.errors import Error, InputError
from ansible_collections.remoteops.access.plugins.module_utils._drill.drawing import (
    duration,
    primaries,
)
from ansible_collections.remoteops.access.plugins.module_utils._drill.measures import results_of
from ansible_collections.remoteops.access.plugins.module_utils._drill.report import make_report

from .told import SHARED, A, B, at, preflight, step, steps, switch, tell

HOSTILE = (
    "<script>alert(1)</script>\" onload='x' & ]]> \x00\x1b[31m \ud800 </svg></style> {{ 7 * 7 }} https://evil.example/x "
    + "long" * 200
)
NUMBERS = ("x", "y", "x1", "x2", "y1", "y2", "width", "height", "rx")


def hostile(parent: Path) -> Path:
    """Tell of a drill in which everything that others said is hostile."""
    bad = [{"event": f"unavailable_{HOSTILE}", "at": at(11), "seconds": 1.0, "words": HOSTILE}]
    done = [
        {**preflight(), "words": [HOSTILE]},
        step(
            "failover",
            9,
            30,
            "failed",
            [HOSTILE] * 2,
            timeline=bad,
            appliances=[{"url": HOSTILE, "failover_role": "primary"}],
            counts={HOSTILE: HOSTILE},
        ),
        step("rollback", 31, None, "interrupted"),
        step(HOSTILE, 31, 33),
        step("rollback_verification", 33, None, None),
    ]
    done[0]["facts"]["backup"] = dict.fromkeys(
        ("file", "server", "product", "version", "guid", "taken_at", "sha256"), HOSTILE
    ) | {"size": 12}
    return tell(parent, done, outcome="not_restored", appliances=[HOSTILE, B])


DRILLS = {
    "passed": tell,
    "without objectives": lambda parent: tell(parent, rto=None, rpo=None),
    "no-go": lambda parent: tell(
        parent,
        [step("preflight", 1, 5, "failed", ["Both appliances say that they are primary."])],
        outcome="no_go",
    ),
    "unfinished": lambda parent: tell(
        parent, [*steps()[:1], step("failover", 9, None, None)], outcome=None
    ),
    "nothing happened": lambda parent: tell(parent, [], {}, seconds=0.0, outcome="no_go"),
    "no outage": lambda parent: tell(parent, down={}),
    "never healthy": lambda parent: tell(parent, down={url: [(0, 1000)] for url in (A, B, SHARED)}),
    "a day": lambda parent: tell(
        parent,
        [preflight(), switch("failover", 10, 22), step("hold", 23, 86_000)],
        seconds=86_400.0,
        down={},
        every=60,
    ),
    "hostile": hostile,
}


def report(place: Path, check: bool = False) -> dict:
    return make_report({"directory": str(place)}, check)


@pytest.fixture(params=DRILLS)
def page(request, tmp_path) -> str:
    """Return the page of each drill."""
    return Path(report(DRILLS[request.param](tmp_path))["html"]).read_text(encoding="utf-8")


def test_the_page_needs_no_network_and_runs_nothing(page):
    tree = html.document_fromstring(page)
    assert not tree.xpath(
        "//script | //link | //iframe | //object | //embed | //img | //base | //form | //a"
    )
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"
    for element in tree.iter(etree.Element):
        for name, value in element.attrib.items():
            assert not name.startswith("on") and name not in (
                "href",
                "src",
                "srcset",
                "action",
                "style",
                "xlink:href",
            ), f"{element.tag} {name}"
            assert "javascript:" not in value
    (style,) = tree.xpath("//style/text()")
    assert not re.search(r"@import|url\((?!#)|expression", style)


def test_every_coordinate_of_the_drawing_is_a_number_within_it(page):
    (drawing,) = html.document_fromstring(page).xpath("//svg[@class='course']")
    width, height = map(float, drawing.get("viewbox").split()[2:])
    checked = 0
    for element in drawing.iter("rect", "line", "text"):
        for name in NUMBERS:
            if element.get(name) is not None:
                value = float(element.get(name))
                assert math.isfinite(value) and 0 <= value <= (
                    width if name in ("x", "x1", "x2", "width", "rx") else height
                ), f"{element.tag} {name}={value}"
                checked += 1
        if element.tag == "rect":
            assert float(element.get("x", 0)) + float(element.get("width")) <= width
    assert checked > 20


def test_the_page_is_well_formed_and_says_how_the_drill_ended(page):
    tree = html.document_fromstring(page)
    (verdict,) = tree.xpath("//p[starts-with(@class, 'verdict')]/text()")
    assert verdict in ("Passed", "Failed", "No-go")
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", page)
    headings = tree.xpath("//h2/text()")
    assert headings[0] == "Course" and headings[-1] == "Definitions"
    # What is written in the manner of XML is XML, too.
    body = re.sub(r"<style>.*?</style>|<!DOCTYPE html>|<meta[^>]*>", "", page, flags=re.DOTALL)
    ElementTree.fromstring(body)


def test_what_servers_said_is_shown_as_they_said_it_and_not_obeyed(tmp_path):
    tree = html.document_fromstring(
        Path(report(hostile(tmp_path))["html"]).read_text(encoding="utf-8")
    )
    said = " ".join(tree.xpath("//p[@class='said']//text()"))
    assert (
        "<script>alert(1)</script>" in said
        and "\N{REPLACEMENT CHARACTER}" in said
        and "{{ 7 * 7 }}" in said
    )
    assert all(len(text) < 450 for text in tree.xpath("//p[@class='said']//text()"))


def test_the_page_tells_the_measures_the_steps_the_outages_the_counts_and_the_backup(tmp_path):
    place = tell(tmp_path, drill="20261023T110000.000Z", rto=10.0)
    report(place)
    tree = html.document_fromstring(
        Path(report(tell(tmp_path))["html"]).read_text(encoding="utf-8")
    )
    text = re.sub(r"\s+", " ", tree.text_content())
    for told in (
        "rs-a.example.org and rs-b.example.org",
        "24 November 2026, 11:00:00 to 11:01:01 UTC, 1 min 1 s",
        "Shared name: support.example.org",
        "Every step was completed. All objectives were met.",
        "RTO, failover11 s1 min met",
        "RPO, failover10 min 10 s15 min met",
        "1 Preflight11:00:017 spassed",
        "role changed: https://rs-b.example.org is primary",
        "support.example.org (shared name)60",
        "11:00:11, 10 s: HTTP 500",
        "Shell jump200200200",
        "Connected: representative129",
        "rs-a.example.org Remote Support 25.2.1",
        "268.4 MB",
        "with age",
        "20261023T110000.000Z",
        "Resultpassedcompleted",
        "probes-1.jsonl: SHA-256",
    ):
        assert told in text, told


def test_who_was_primary_when_is_drawn_from_what_both_said(tmp_path):
    found = primaries(results_of(tell(tmp_path))[0])
    begin = results_of(tell(tmp_path / "other"))[0]["steps"][0]["began_at"]
    assert [url for url, _began, _ended in found] == [A, B, A]
    assert begin == at(1) and [round(ended - began, 1) for _url, began, ended in found] == [
        10.0,
        19.5,
        9.5,
    ]


def test_the_same_files_make_the_same_report_and_check_mode_writes_none(tmp_path):
    place = tell(tmp_path)
    foretold = report(place, check=True)
    assert foretold["changed"] and sorted(path.name for path in place.iterdir()) == [
        "journal.json",
        "probes-1.jsonl",
    ]
    first = report(place)
    before = {path.name: path.read_bytes() for path in place.iterdir()}
    assert {name: first[name] for name in first if name != "changed"} == {
        name: foretold[name] for name in foretold if name != "changed"
    }
    assert (
        report(place)["changed"] is False
        and {path.name: path.read_bytes() for path in place.iterdir()} == before
    )
    assert {path.stat().st_mode & 0o777 for path in place.glob("report.*")} == {0o640}


def test_the_json_holds_all_that_the_page_tells_and_more(tmp_path):
    found = json.loads(Path(report(tell(tmp_path))["json"]).read_text())
    assert (
        found["passed"] is True
        and found["steps"][1]["facts"]["timeline"][0]["event"] == "requested"
    )
    assert [measure["met"] for measure in found["measures"]] == [True] * 4 and found[
        "availability"
    ][2]["outages"][0]["problem"] == "HTTP 500"


@pytest.mark.parametrize(
    "name, failures", [("passed", 0), ("no-go", 1), ("unfinished", 5), ("hostile", 7)]
)
def test_junit_counts_steps_and_objectives(tmp_path, name, failures):
    suite = ElementTree.fromstring(Path(report(DRILLS[name](tmp_path))["junit"]).read_bytes()).find(
        "testsuite"
    )
    cases = suite.findall("testcase")
    assert (int(suite.get("failures")), int(suite.get("tests"))) == (failures, len(cases))
    assert sum(case.find("failure") is not None for case in cases) == failures
    assert {"preflight", "RTO of the failover"} <= {
        case.get("name") for case in cases
    } or name == "no-go"


def test_a_directory_without_a_drill_is_refused(tmp_path):
    with pytest.raises(Error, match="journal.json cannot be read"):
        report(tmp_path)
    with pytest.raises(InputError, match="absolute path"):
        report(Path("somewhere"))


@pytest.mark.parametrize(
    "seconds, told",
    [
        (None, "not known"),
        (0.0, "0 s"),
        (0.04, "0 s"),
        (12.34, "12.3 s"),
        (59.96, "1 min"),
        (60, "1 min"),
        (61.4, "1 min 1 s"),
        (3599.7, "1 h 0 min"),
        (3661, "1 h 1 min"),
        (90000, "25 h 0 min"),
    ],
)
def test_durations_are_told_as_people_do(seconds, told):
    assert duration(seconds) == told

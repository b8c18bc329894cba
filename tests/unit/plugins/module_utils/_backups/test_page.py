"""The report of backups as a page: it tells all that its JSON does, in the house's style, and
nothing that others called their things does any harm.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree, html

from ansible_collections.remoteops.access.plugins.module_utils._backups.page import page
from ansible_collections.remoteops.access.plugins.module_utils._files.style import STYLE

from .taken import ago, manifest_of

HOSTILE = (
    "<script>alert(1)</script>\" onload='x' & \x00\x1b[31m \u202egnp.exe\u2066 first\nsecond </style> {{ 7 * 7 }} https://evil.example/x "
    + "long" * 200
)


def backup(server: str, days: int = 0, **changed) -> dict:
    """Return a backup as modules tell of it."""
    return manifest_of(ago(days=days), b"content", server, **changed).shown(Path("/var/backups"))


def outcome(
    name: str, address: str, *actions: str, error: str = "", platform: str = "beyondtrust", **more
) -> dict:
    """Return what has become of one server."""
    changes = [
        {"action": action, "kind": "backup", "name": f"/var/backups/{action}"} for action in actions
    ]
    return {
        "name": name,
        "address": address,
        "platform": platform,
        "error": error,
        "changes": changes,
        "backup": {},
        **more,
    }


def place(directory: str, *backups: dict, problems=(), error: str = "") -> dict:
    """Return what was found in one directory."""
    return {
        "directory": directory,
        "error": error,
        "checked": len(backups),
        "bytes": 268_435_712 * len(backups),
        "servers": {},
        "problems": list(problems),
        "backups": list(backups),
    }


def told(servers: list[dict], places: list[dict], problems=(), **more) -> dict:
    """Return a report."""
    return {
        "format": "remoteops.access backup report 1",
        "passed": not problems,
        "host": "ops-1",
        "began_at": "2026-11-24T02:30:00Z",
        "ended_at": "2026-11-24T02:31:02Z",
        "problems": list(problems),
        "servers": servers,
        "places": places,
        "objective": "26h",
        **more,
    }


def good() -> dict:
    """Return a report of three servers of which nothing is wrong."""
    rs, pra = (
        backup(f"{name}.example.org", seconds=12.5, size=268_435_712) for name in ("rs", "pra")
    )
    return told(
        [
            outcome(
                "Remote Support",
                "rs.example.org",
                "backup",
                "copy",
                "remove",
                backup={**rs, "encryption": {"tool": "age", "recipients": ["age1x"]}},
            ),
            outcome("Privileged Remote Access", "pra.example.org", backup=pra),
            outcome("SimpleHelp", "sh.example.org", "backup", platform="simplehelp"),
        ],
        [place("/var/backups", rs, pra), place("/mnt/elsewhere", rs)],
    )


def failed() -> dict:
    """Return a report in which something of everything is wrong."""
    rotten = backup("rs.example.org", 1)
    problems = [
        {
            "problem": "corrupted",
            "server": "rs.example.org",
            "file": rotten["file"],
            "message": f"{rotten['file']}: its content is another one.",
        },
        {
            "problem": "no_backup",
            "server": "pra.example.org",
            "file": None,
            "message": "pra.example.org: there is no good backup.",
        },
    ]
    return told(
        [
            outcome(
                "Remote Support",
                "rs.example.org",
                error="The appliance answered an HTML page, where a file was expected.",
            ),
            outcome(
                "PRA", "pra.example.org", error="The backup failed, and its task told no reason."
            ),
        ],
        [
            place("/var/backups", rotten, problems=problems),
            place("/mnt/elsewhere", error="/mnt/elsewhere cannot be read: No such file."),
        ],
        ["Remote Support: The appliance answered an HTML page.", "PRA: there is no good backup."],
    )


def hostile() -> dict:
    """Return a report in which everything has a hostile name."""
    bad = {
        **backup("rs.example.org"),
        **dict.fromkeys(("file", "server", "product", "version", "taken_at", "sha256"), HOSTILE),
    }
    problem = {
        "problem": HOSTILE,
        "server": HOSTILE,
        "file": HOSTILE,
        "message": f"{HOSTILE}: {HOSTILE}",
    }
    return told(
        [
            outcome(
                HOSTILE,
                HOSTILE,
                "remove",
                error=HOSTILE,
                backup=bad,
                changes=[{"action": "remove", "kind": "backup", "name": HOSTILE}],
            )
        ],
        [place(HOSTILE, bad, bad, problems=[problem]), place(HOSTILE, error=HOSTILE)],
        [HOSTILE] * 3,
        host=HOSTILE,
        objective=HOSTILE,
    )


REPORTS = {"good": good, "failed": failed, "hostile": hostile, "nothing": lambda: told([], [])}


@pytest.mark.parametrize("name", REPORTS)
def test_the_page_needs_no_network_runs_nothing_and_is_in_the_style_of_the_house(name):
    text = page(REPORTS[name]())
    tree = html.document_fromstring(text)
    assert not tree.xpath(
        "//script | //link | //iframe | //object | //embed | //img | //base | //form | //a"
    )
    assert tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content") == [
        "default-src 'none'; style-src 'unsafe-inline'"
    ]
    for element in tree.iter(etree.Element):
        assert set(element.attrib) <= {
            "class",
            "lang",
            "charset",
            "http-equiv",
            "content",
            "name",
            "scope",
        }
    assert (
        tree.xpath("//style/text()")[0].strip() == STYLE.strip()
        and len(tree.xpath("//*[@class='tile']")) >= 2
    )
    assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]", text)
    etree.fromstring(
        re.sub(r"<style>.*?</style>|<!DOCTYPE html>|<meta[^>]*>", "", text, flags=re.DOTALL)
    )


@pytest.mark.parametrize("name", REPORTS)
def test_numbers_and_their_heads_stand_at_the_right(name):
    for table in html.document_fromstring(page(REPORTS[name]())).xpath("//table"):
        places = [
            [number for number, cell in enumerate(row) if cell.get("class") == "number"]
            for row in table.xpath(".//tr")
        ]
        assert places[0] and all(each == places[0] for each in places)
        heads = [each.text_content() for each in table.xpath(".//th")]
        assert {"Size"} <= {heads[number] for number in places[0]} <= {"Size", "Took"}


def text_of(report: dict) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", "|", page(report).partition("</style>")[2]))


def cells(report: dict, title: str) -> list[list[str]]:
    """Return the texts of the table of a section."""
    tree = html.document_fromstring(page(report))
    return [
        [" ".join(cell.itertext()).strip() for cell in row]
        for row in tree.xpath(f"//section[h2='{title}']//tbody/tr")
    ]


def test_servers_are_called_what_they_were_called_with_their_addresses_beside_it():
    rows = cells(good(), "Servers")
    assert [row[0] for row in rows] == [
        "Remote Support rs.example.org",
        "Privileged Remote Access pra.example.org",
        "SimpleHelp sh.example.org",
    ]
    assert [row[0] for row in cells(good(), "Kept in /var/backups")] == [row[0] for row in rows[:2]]
    assert (
        rows[0][1:3] == ["12.5 s", "268.4 MB"]
        and rows[0][-1] == "backed up, copied"
        and "Remote Support 25.2.1, encrypted" in rows[0][3]
    )
    assert (
        rows[1][-1] == "young enough"
        and rows[2][-1] == "saved on the server It cannot be verified from here."
    )
    assert "/var/backups/remove" in text_of(good()) and "26h old" in text_of(good())


def test_what_failed_has_its_reason():
    rows = cells(failed(), "Servers")
    assert [row[-1] for row in rows] == [
        "failed The appliance answered an HTML page, where a file was expected.",
        "failed The backup failed, and its task told no reason.",
    ]
    assert cells(failed(), "Kept in /var/backups")[0][3] == "corrupted its content is another one."
    for words in (
        "|Failed|",
        "2 things are wrong.",
        "0 of 2",
        "/mnt/elsewhere cannot be read: No such file.",
        "PRA: there is no good backup.",
    ):
        assert words in text_of(failed()), words


def test_hostile_names_are_shown_and_not_obeyed():
    text = " ".join(html.document_fromstring(page(hostile())).text_content().split())
    assert (
        "<script>alert(1)</script>" in text
        and "\\u202egnp.exe" in text
        and "first second" in text
        and "{{ 7 * 7 }}" in text
    )


@pytest.mark.parametrize("name, most_pages", [("good", 1), ("failed", 1), ("hostile", 4)])
def test_a_browser_shows_the_page_within_its_width_without_a_network_and_prints_it(
    tmp_path, browser, name, most_pages
):
    shown = tmp_path / "report.html"
    shown.write_text(page(REPORTS[name]()), encoding="utf-8")
    assert "Servers" in html.document_fromstring(browser.dom(shown)).xpath("//h2/text()")
    assert 1 <= browser.printed(shown) <= most_pages
    wide, window = browser.width(shown)
    assert wide <= window and browser.asked_for(shown) == []

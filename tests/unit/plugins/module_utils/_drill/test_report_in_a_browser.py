"""The report of a drill in a real browser: it shows what it should, asks no network for anything,
and prints on a page or two.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from .test_report import DRILLS, report


@pytest.mark.parametrize("name, most_pages", [("passed", 2), ("hostile", 4)])
def test_a_browser_shows_the_page_without_a_network_within_its_width_and_prints_it_on_a_page_or_two(
    tmp_path, browser, name, most_pages
):
    page = Path(report(DRILLS[name](tmp_path))["html"])
    shown = html.document_fromstring(browser.dom(page))
    assert (
        shown.xpath("//h2/text()")[0] == "Course"
        and shown.xpath("//h2/text()")[-1] == "Definitions"
        and not shown.xpath("//script")
    )
    assert len(shown.xpath("//*[@class='course']//*[local-name()='rect']")) > 10 and shown.xpath(
        "//*[contains(@class, 'verdict')]/text()"
    )
    if name == "passed":
        assert (
            shown.xpath("//h1/text()") == ["rs-a.example.org and rs-b.example.org"]
            and shown.xpath("//*[@class='value']/text()")[0] == "11 s"
        )

    assert 1 <= browser.printed(page) <= most_pages
    wide, window = browser.width(page)
    assert wide <= window
    assert browser.asked_for(page) == []


def test_what_a_page_asks_of_a_network_would_be_noticed(tmp_path, browser):
    page = tmp_path / "asks.html"
    page.write_text(
        "<!DOCTYPE html><img src='http://img.example/x.png'><link rel=stylesheet href='https://css.example/x.css'><p>here"
    )
    assert "here" in browser.dom(page)
    assert {*browser.asked_for(page)} == {
        "GET http://img.example/x.png HTTP/1.1",
        "CONNECT css.example:443 HTTP/1.1",
    }

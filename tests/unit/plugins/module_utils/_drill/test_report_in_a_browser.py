"""The report of a drill in a real browser: it shows what it should, asks no network for anything, and prints on a page or two."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import os
import re
import shutil
import socketserver
import subprocess
import threading
from pathlib import Path

import pytest
from lxml import html

from .test_report import DRILLS, report

OPTIONS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--hide-scrollbars",
)
# Only in a copy of the page a script may run, which measures it.
MEASURING = "<script>document.title = [document.documentElement.scrollWidth, innerWidth]</script>"


class Browser:
    """Chromium without a screen, with a proxy in the place of the network, which keeps what it is asked and answers nothing."""

    def __init__(self, program: str, directory: Path):
        self.program, self.directory, self.asked = program, directory, []
        browser = self

        class Proxy(socketserver.StreamRequestHandler):
            def handle(self):
                browser.asked.append(self.rfile.readline(2000).decode(errors="replace").strip())

        self.proxy = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Proxy)
        threading.Thread(target=self.proxy.serve_forever, args=[0.05], daemon=True).start()

    def open(self, page: Path, *arguments: str) -> str:
        """Open a page in a new profile and return what the browser prints."""
        shutil.rmtree(self.directory, ignore_errors=True)
        network = [f"--proxy-server=http://127.0.0.1:{self.proxy.server_address[1]}", "--proxy-bypass-list=<-loopback>"]
        command = [self.program, *OPTIONS, *network, f"--user-data-dir={self.directory}", *arguments, page.as_uri()]
        return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True, text=True).stdout

    def asked_for(self, page: Path) -> list[str]:
        """Return the requests to hosts that a page names. The browser has some of its own, such as for the time."""
        text = page.read_text(encoding="utf-8")
        return [line for line in self.asked if (host := re.search(r"^[A-Z]+ (?:\w+://)?([^/:\s]+)", line)) and host[1] in text]

    def dom(self, page: Path) -> str:
        """Return the page as the browser has understood it."""
        return self.open(page, "--window-size=1000,1400", "--dump-dom")


@pytest.fixture
def browser(tmp_path):
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not program:  # where CHROMIUM names one, as continuous integration does, it has to be there
        pytest.skip("NOT SEEN: how a browser shows the report. Install Chromium (apt-get install chromium), or name it in CHROMIUM.")
    found = Browser(program, tmp_path / "browser")
    yield found
    found.proxy.shutdown()
    found.proxy.server_close()


@pytest.mark.parametrize("name, most_pages", [("passed", 2), ("hostile", 4)])
def test_a_browser_shows_the_page_without_a_network_within_its_width_and_prints_it_on_a_page_or_two(tmp_path, browser, name, most_pages):
    page = Path(report(DRILLS[name](tmp_path))["html"])
    shown = html.document_fromstring(browser.dom(page))
    assert shown.xpath("//h2/text()")[0] == "Course" and shown.xpath("//h2/text()")[-1] == "Definitions" and not shown.xpath("//script")
    assert len(shown.xpath("//*[@class='course']//*[local-name()='rect']")) > 10 and shown.xpath("//*[contains(@class, 'verdict')]/text()")
    if name == "passed":
        assert shown.xpath("//h1/text()") == ["rs-a.example.org and rs-b.example.org"] and shown.xpath("//*[@class='value']/text()")[0] == "11 s"

    paper = tmp_path / "report.pdf"
    browser.open(page, "--no-pdf-header-footer", f"--print-to-pdf={paper}")
    assert 1 <= max(int(count) for count in re.findall(rb"/Count (\d+)", paper.read_bytes())) <= most_pages

    copy = tmp_path / "measured.html"
    copy.write_text(re.sub("<meta http-equiv[^>]*>", "", page.read_text(encoding="utf-8")).replace("</body>", f"{MEASURING}</body>"), encoding="utf-8")
    wide, window = map(int, html.document_fromstring(browser.dom(copy)).findtext(".//title").split(","))
    assert wide <= window
    assert browser.asked_for(page) == []


def test_what_a_page_asks_of_a_network_would_be_noticed(tmp_path, browser):
    page = tmp_path / "asks.html"
    page.write_text("<!DOCTYPE html><img src='http://img.example/x.png'><link rel=stylesheet href='https://css.example/x.css'><p>here")
    assert "here" in browser.dom(page)
    assert {*browser.asked_for(page)} == {"GET http://img.example/x.png HTTP/1.1", "CONNECT css.example:443 HTTP/1.1"}

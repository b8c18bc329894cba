"""A real browser that opens a page: what it shows, what it asks of a network, how wide it is, and
on how many pages it prints it.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import re
import shutil
import socketserver
import subprocess
import threading
from pathlib import Path

from lxml import html

OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)
# Only in a copy of the page a script may run, which measures it.
MEASURING = "<script>document.title = [document.documentElement.scrollWidth, innerWidth]</script>"


class Browser:
    """Chromium without a screen, with a proxy in the place of the network, which keeps what it is
    asked and answers nothing.
    """

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
        network = [
            f"--proxy-server=http://127.0.0.1:{self.proxy.server_address[1]}",
            "--proxy-bypass-list=<-loopback>",
        ]
        command = [
            self.program,
            *OPTIONS,
            *network,
            f"--user-data-dir={self.directory}",
            *arguments,
            page.as_uri(),
        ]
        return subprocess.run(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True, text=True
        ).stdout

    def asked_for(self, page: Path) -> list[str]:
        """Return the requests to hosts that a page names. The browser has some of its own, such as
        for the time.
        """
        text = page.read_text(encoding="utf-8")
        return [
            line
            for line in self.asked
            if (host := re.search(r"^[A-Z]+ (?:\w+://)?([^/:\s]+)", line)) and host[1] in text
        ]

    def dom(self, page: Path) -> str:
        """Return the page as the browser has understood it."""
        return self.open(page, "--window-size=1000,1400", "--dump-dom")

    def width(self, page: Path) -> tuple[int, int]:
        """Return how wide a page is, and the window."""
        copy = page.parent / "measured.html"
        text = re.sub("<meta http-equiv[^>]*>", "", page.read_text(encoding="utf-8"))
        copy.write_text(text.replace("</body>", f"{MEASURING}</body>"), encoding="utf-8")
        wide, window = map(
            int, html.document_fromstring(self.dom(copy)).findtext(".//title").split(",")
        )
        return wide, window

    def printed(self, page: Path) -> int:
        """Print a page, and return on how many sheets."""
        paper = page.with_suffix(".pdf")
        self.open(page, "--no-pdf-header-footer", f"--print-to-pdf={paper}")
        return max(int(count) for count in re.findall(rb"/Count (\d+)", paper.read_bytes()))

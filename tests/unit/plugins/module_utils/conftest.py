"""What the tests of reports share: a browser that opens them."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import os
import shutil

import pytest

from tests.unit.browser import Browser


@pytest.fixture
def browser(tmp_path):
    program = os.environ.get("CHROMIUM") or next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    if not program:  # where CHROMIUM names one, as continuous integration does, it has to be there
        pytest.skip(
            "NOT SEEN: how a browser shows the reports. Install Chromium (apt-get install chromium), or name it in CHROMIUM."
        )
    found = Browser(program, tmp_path / "browser")
    yield found
    found.proxy.shutdown()
    found.proxy.server_close()

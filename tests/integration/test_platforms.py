"""That the roles reconcile and export keep ScreenConnect and FastX, too: what was exported changes
nothing, and drift is told and repaired.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json

import pytest

from tests.integration.conftest import SETTINGS, Controller
from tests.simulator.fastx import FastX
from tests.simulator.screenconnect import ScreenConnect
from tests.simulator.serving import serve
from tests.unit.fastx_servers import PASSWORD, USERNAME, secrets_of_users, small_fastx
from tests.unit.screenconnect_servers import PRESS, SECRET, small_screenconnect

NAMES = {"Site": 1, "Department": 2}


@pytest.fixture
def controller_beside(tmp_path):
    """Return a controller beside a server of the platform that the test names."""

    def start(server, environment: dict[str, str], secrets: set[str]) -> Controller:
        return Controller(server, tmp_path, {**SETTINGS, **environment}, secrets)

    return start


def there_and_back(
    controller: Controller,
    platform: str,
    exported: str,
    drift: tuple[str, str],
    told: str,
    **options,
):
    """Export; find no drift; find what is edited in the file; repair it; find nothing again."""
    given = {
        f"reconcile_{name}": value
        for name, value in {"platform": platform, "directory": "ours", **options}.items()
    }
    controller.playbook(
        "remoteops.access.export",
        "-e",
        json.dumps({name.replace("reconcile", "export"): value for name, value in given.items()}),
    )
    file = controller.directory / "ours" / exported
    assert controller.shown_secrets(file.read_text(encoding="utf-8")) == []
    before = controller.server.dump()
    assert controller.playbook("remoteops.access.drift", "-e", json.dumps(given)).listed == []
    assert controller.server.dump() == before
    text = file.read_text(encoding="utf-8")
    assert text.count(drift[0]) == 1
    file.write_text(text.replace(*drift), encoding="utf-8")
    assert controller.playbook("remoteops.access.drift", "-e", json.dumps(given)).listed == [
        f"would {told}"
    ]
    assert controller.server.dump() == before
    assert controller.playbook("remoteops.access.reconcile", "-e", json.dumps(given)).listed == [
        told
    ]
    assert controller.server.dump() != before
    assert (
        controller.playbook("remoteops.access.reconcile", "-e", json.dumps(given)).recap["changed"]
        == 0
    )
    assert controller.server.journal.violations == []


def test_sessions_of_screenconnect_are_kept_by_the_roles(controller_beside):
    server = ScreenConnect(small_screenconnect(), secret=SECRET)
    with serve(server) as running:
        environment = {
            "SCREENCONNECT_URL": running.url,
            "SCREENCONNECT_AUTH_SECRET": SECRET,
            "SCREENCONNECT_CA_PATH": running.ca_path,
        }
        controller = controller_beside(server, environment, {SECRET})
        there_and_back(
            controller,
            "screenconnect",
            "session.yml",
            ("HF-1", "HF-2"),
            "update session PRESS-01/access [custom_properties.5]",
            property_names=NAMES,
        )
    assert server.site["sessions"][PRESS]["CustomPropertyValues"][:5] == [
        "Plant A",
        "Line 1",
        "",
        "",
        "HF-2",
    ]


def test_bookmarks_of_fastx_are_kept_by_the_roles(controller_beside):
    server = FastX(small_fastx())
    secrets = secrets_of_users(server.site)
    with serve(server) as running:
        environment = {
            "FASTX_URL": running.url,
            "FASTX_USERNAME": USERNAME,
            "FASTX_PASSWORD": PASSWORD,
            "FASTX_CA_PATH": running.ca_path,
        }
        controller = controller_beside(server, environment, secrets)
        there_and_back(
            controller,
            "fastx",
            "bookmark.yml",
            ("1600x900", "1920x1080"),
            "update bookmark cad [geometry]",
            purge=["bookmark"],
        )
    assert server.left_behind == []
    assert {
        bookmark["id"]: bookmark.get("geometry")
        for bookmark in server.site["users"][USERNAME]["bookmarks"]
    }["cad"] == "1920x1080"

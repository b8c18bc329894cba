"""The demo: what a stranger sees who types `make demo`."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.controller import COLLECTIONS

ROOT = Path(__file__).resolve().parents[2]


def test_the_demo_tells_its_story_without_a_warning_or_a_colour(tmp_path):
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("ANSIBLE_", "SIMPLEHELP_", "BEYONDTRUST_"))
    }
    (tmp_path / "ansible.cfg").touch()
    own = {
        "CONFIG": str(tmp_path / "ansible.cfg"),
        "HOME": str(tmp_path),
        "COLLECTIONS_PATH": COLLECTIONS,
    }
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    done = subprocess.run(
        [sys.executable, ROOT / "scripts/demo"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        env={
            **kept,
            **{f"ANSIBLE_{name}": value for name, value in own.items()},
            "PATH": path,
            "PYTHONPATH": str(ROOT),
            "LC_ALL": "C.UTF-8",
        },
    )
    assert done.returncode == 0, done.stdout
    assert not re.search(r"\[WARNING\]|\[ERROR\]|Traceback|\x1b", done.stdout), done.stdout
    told = re.split(r"^=== \d+\. ", done.stdout, flags=re.MULTILINE)[1:]
    (
        drift,
        reconcile,
        again,
        clicked,
        repaired,
        inventory,
        site,
        opened,
        items,
        sessions,
        command,
        bookmarks,
        drill,
    ) = told
    assert "- 44 differences\n" in drift and "- would create technician m.tan\n" in drift
    assert (
        re.search(r"- 44 changes, \d+ requests\n", reconcile)
        and "- create technician m.tan\n" in reconcile
    )
    assert re.search(r"- 0 changes, \d+ requests\n", again) and "changed=0" in again
    assert (
        "- 4 differences\n" in clicked
        and '\n-  - ".*"\n' in clicked
        and "- would delete technician contractor7\n" in clicked
    )
    assert (
        re.search(r"- 4 changes, \d+ requests\n", repaired)
        and "- delete technician contractor7\n" in repaired
    )
    assert "\n  |--@simplehelp_ireland_cork_finance:\n  |  |--ork-fin-045\n" in inventory
    assert "ORK-FIN-045 is 10.21.0.49 with Windows 10 Pro; ask cork.office@example.org" in inventory
    assert (
        "- 12 differences\n" in site and "- would create shell_jump sw-rtm-001/Rotterdam\n" in site
    )
    assert re.search(r"- 12 changes, \d+ requests\n", opened) and re.search(
        r"- 0 changes, \d+ requests\n", opened
    )
    assert "\n  |--fw-rtm-001\n" in items and "ssh netadmin@10.18.0.1 -p 2222" in items
    assert (
        "- 3 changes, 5 requests\n" in sessions
        and "\n+  Owner: c.byrne\n" in sessions
        and "\n  |  |--Dublin_dispatch_desk\n" in sessions
    )
    assert "This is dub-whs-002\n" in command and "This is dub-whs-027\n" in command
    assert "- create bookmark mesh\n" in bookmarks and re.search(
        r"- 0 changes, \d+ requests\n", bookmarks
    )
    assert (
        drill.count("answers as a healthy primary\n") == 2
        and "- 'PASSED: Every step was completed. All objectives were met.'\n" in drill
    )
    assert (
        Path(re.search(r"The report: (.+)'\n", drill)[1])
        .read_text(encoding="utf-8")
        .startswith("<!DOCTYPE html>")
    )

"""Knows how requirements/constraints.txt is made: what pip resolves today for each supported
Python, as one list of exact pins.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHONS = ("3.11", "3.12", "3.13")
# Not what the newest release is, but what the project is to be tested with.
CHOSEN = ("ansible-core>=2.19,<2.22", "httpx==0.28.1")
HEADING = """\
# Every package that the development environment may hold, at the exact version that the tests pass with.
# Made by `make pins`; not edited by hand.
"""


def resolved(python: str) -> dict[str, str]:
    """Return {package: version} of everything that pip would install from requirements/*.txt for
    this Python.
    """
    interpreter = subprocess.check_output([ROOT / "scripts/find-python", python], text=True).strip()
    wanted = []
    for path in sorted(
        path for path in (ROOT / "requirements").glob("*.txt") if path.name != "constraints.txt"
    ):
        wanted += [line for line in path.read_text().splitlines() if line and line[0] not in "#-"]
    command = [
        interpreter,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--dry-run",
        "--ignore-installed",
        "--report",
        "-",
        *wanted,
        *CHOSEN,
    ]
    report = json.loads(subprocess.check_output(command, text=True, cwd=ROOT))
    packages = (item["metadata"] for item in report["install"])
    return {
        re.sub("[-_.]+", "-", package["name"]).lower(): package["version"] for package in packages
    }


def pins(versions: dict[str, dict[str, str]]) -> list[str]:
    """Return the lines of constraints.txt for {python: {package: version}}; a marker only where the
    Pythons differ.
    """
    lines = []
    for package in sorted(set().union(*versions.values())):
        found = {
            python: versions[python][package] for python in versions if package in versions[python]
        }
        if len(set(found.values())) == 1:
            lines.append(f"{package}=={next(iter(found.values()))}")
            continue
        for python, version in found.items():
            is_last = python == PYTHONS[-1]
            lines.append(
                f'{package}=={version} ; python_version {">=" if is_last else "=="} "{python}"'
            )
    return lines


if __name__ == "__main__":
    content = "\n".join(pins({python: resolved(python) for python in PYTHONS}))
    (ROOT / "requirements/constraints.txt").write_text(f"{HEADING}{content}\n")

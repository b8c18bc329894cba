"""Knows the versions of ansible-core that the collection supports, and runs sanity and unit tests
with each that this machine can run.

Usage: python scripts/test_all.py COPY [CORE...], where COPY was made by copy_collection.py; CORE is
2.18, say; without any, all of them.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Each ansible-core and the Python that it is tested with.
SUPPORTED = {"2.18.19": "3.11", "2.19.14": "3.11", "2.20.10": "3.12", "2.21.5": "3.13"}
PACKAGES = (
    "httptools",
    "httpx",
    "jsonschema",
    "lxml",
    "pyyaml",
    "starlette",
    "trustme",
    "uvicorn",
    "pytest",
    "pytest-timeout",
    "pytest-xdist",
)
# What of constraints.txt does not hold here: each ansible-core wants its own resolvelib.
OWN_CHOICE = ("#", "ansible-core==", "resolvelib==")


def interpreter(python: str) -> str | None:
    """Return the path of this version of Python, or None where the machine has none."""
    found = subprocess.run(
        [ROOT / "scripts/find-python", python], capture_output=True, check=False, text=True
    )
    return found.stdout.strip() if found.returncode == 0 else None


def environment(core: str, python: str) -> Path:
    """Return the directory of programs of an environment with this ansible-core; it is made when
    its pins have changed.
    """
    directory = ROOT / ".cache" / f"ansible-core-{core}"
    constraints = (ROOT / "requirements/constraints.txt").read_text().splitlines()
    pins = [line for line in constraints if not line.startswith(OWN_CHOICE)] + [
        f"ansible-core=={core}"
    ]
    recorded = directory / "constraints.txt"
    if not recorded.exists() or recorded.read_text().splitlines() != pins:
        shutil.rmtree(directory, ignore_errors=True)
        subprocess.run([python, "-m", "venv", directory], check=True)
        wanted = directory / "wanted.txt"
        wanted.write_text("\n".join(pins) + "\n")
        pip = [
            directory / "bin/python",
            "-m",
            "pip",
            "install",
            "-qq",
            "--disable-pip-version-check",
        ]
        subprocess.run([*pip, "-c", wanted, "ansible-core", *PACKAGES], check=True)
        wanted.rename(recorded)
    return directory / "bin"


def run(title: str, command: list[str | Path], programs: Path) -> bool:
    """Run a command with these programs first on the PATH, and return whether it succeeded."""
    print(f"== {title}", flush=True)
    environment = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}"}
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode == 0


def main(copy: str, chosen: list[str]) -> int:
    """Print what happened with each version; return 0 if nothing failed and something ran."""
    outcomes = {}
    for core, version in SUPPORTED.items():
        if chosen and core.rsplit(".", 1)[0] not in chosen:
            continue
        title = f"ansible-core {core} on Python {version}"
        python = interpreter(version)
        if python is None:
            outcomes[title] = "not run: this machine has no such Python"
            continue
        programs = environment(core, python)
        sanity = run(
            f"{title}: ansible-test sanity",
            [programs / "python", "scripts/sanity.py", copy],
            programs,
        )
        unit = run(
            f"{title}: tests",
            [programs / "python", "-m", "pytest", "-n", "2", "--dist", "worksteal"],
            programs,
        )
        outcomes[title] = (
            f"sanity {'passed' if sanity else 'FAILED'}, tests {'passed' if unit else 'FAILED'}"
        )
    print(
        "== ansible-core's versions",
        *(f"{title}: {outcome}" for title, outcome in outcomes.items()),
        sep="\n",
    )
    ran = [outcome for outcome in outcomes.values() if not outcome.startswith("not run")]
    return 0 if ran and not any("FAILED" in outcome for outcome in ran) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))

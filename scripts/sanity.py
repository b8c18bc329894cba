"""Knows what `ansible-test sanity` needs to run anywhere: real interpreters on the PATH, a home of
its own, and pip without a download.

Usage: PYTHON scripts/sanity.py COPY [ARGUMENT...], where PYTHON is that of an environment with
ansible-core, COPY was made by copy_collection.py, and each ARGUMENT is ansible-test's.
SANITY_PYTHONS in the environment names the versions of Python to import with, beside that of the
environment; all of them where it is not set.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".cache/home"
PYTHONS = tuple(os.environ.get("SANITY_PYTHONS", "3.11 3.12 3.13 3.14").split())
# The versions of pip that ansible-core 2.18 to 2.21 ask for, after which the cached script is
# named.
PIP_VERSIONS = ("24_2", "25_2")


def place_get_pip() -> None:
    """Put our stand-in where ansible-test looks for the script that it would download otherwise."""
    directory = HOME / ".ansible/test/cache"
    directory.mkdir(parents=True, exist_ok=True)
    for version in PIP_VERSIONS:
        shutil.copy(ROOT / "scripts/get_pip.py", directory / f"get_pip_{version}.py")


def search_path() -> str:
    """Return a PATH on which each supported Python that the machine has is found, and none that
    does not run.
    """
    directories = [str(Path(sys.executable).parent)]
    for python in PYTHONS:
        found = subprocess.run(
            [ROOT / "scripts/find-python", python], capture_output=True, check=False, text=True
        )
        directories += [str(Path(found.stdout).parent)] if found.returncode == 0 else []
    # pyenv's shims exist also for a Python that is not switched on; ansible-test takes their
    # failure for the collection's.
    return ":".join(
        directories
        + [name for name in os.environ["PATH"].split(":") if not name.endswith("/shims")]
    )


def environment() -> dict[str, str]:
    """Return the environment for ansible-test: none of Ansible's or Python's settings, and a home
    below .cache.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("ANSIBLE_", "PYTHON"))
    }
    return {**kept, "HOME": str(HOME), "PATH": search_path()}


if __name__ == "__main__":
    place_get_pip()
    command = [
        sys.executable,
        Path(sys.executable).with_name("ansible-test"),
        "sanity",
        "--color",
        "no",
        *sys.argv[2:],
    ]
    sys.exit(subprocess.run(command, cwd=sys.argv[1], env=environment(), check=False).returncode)

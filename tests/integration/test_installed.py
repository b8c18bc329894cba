"""The collection as it is installed from its archive: it holds all that its simulated servers need,
and the guides' first lines work with nothing else.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import ast
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.patience import LONGEST_MOMENT

ROOT = Path(__file__).resolve().parents[2]
FOREIGN = ("ANSIBLE_", "SIMPLEHELP_", "BEYONDTRUST_", "SCREENCONNECT_", "FASTX_", "PYTHONPATH")
# The first lines of each guide that has some, and a look at the server that they lead to.
GUIDES = {
    "simplehelp": "ansible localhost -m remoteops.access.simplehelp_server_info",
    "beyondtrust-access": "ansible localhost -m remoteops.access.beyondtrust_appliance_info",
    "screenconnect": "ansible localhost -m remoteops.access.screenconnect_session_info -a types=access",
    "fastx": "ansible localhost -m remoteops.access.fastx_user_info",
}


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    """Return a home directory in which the collection is installed from its archive, as a user
    would install it.
    """
    place = tmp_path_factory.mktemp("home")
    copy = place / "built/ansible_collections/remoteops/access"
    subprocess.run([sys.executable, ROOT / "scripts/copy_collection.py", copy], check=True)
    settings = environment(place, Path(sys.executable).parent)
    subprocess.run(
        ["ansible-galaxy", "collection", "build", "--output-path", place, copy],
        env=settings,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    (archive,) = place.glob("*.tar.gz")
    subprocess.run(
        ["ansible-galaxy", "collection", "install", "--offline", archive],
        env=settings,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return place


def environment(home: Path, programs: Path) -> dict[str, str]:
    """Return the environment of a user with that home, in which programs are found."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
    return {
        **kept,
        "HOME": str(home),
        "XDG_CACHE_HOME": str(home / "cache"),
        "PATH": f"{programs}:{os.environ['PATH']}",
        "LC_ALL": "C.UTF-8",
        "ANSIBLE_LOCALHOST_WARNING": "false",
    }


@pytest.fixture
def installed(home) -> Path:
    """Return the directory of the installed collection."""
    return home / ".ansible/collections/ansible_collections/remoteops/access"


def required(path: Path) -> set[str]:
    """Return the packages of a file of requirements."""
    return {
        line.lower()
        for line in path.read_text(encoding="utf-8").splitlines()
        if line and line[0] not in "#-"
    }


def test_the_archive_holds_what_the_simulated_servers_need_and_names_all_of_it(installed):
    imported = set()
    for path in (installed / "tests/simulator").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                imported.add(node.module.partition(".")[0])
    needed = required(installed / "requirements/simulator.txt")
    assert imported - sys.stdlib_module_names <= needed | {"tests"}
    assert (
        needed <= required(ROOT / "requirements/demo.txt")
        and (installed / "requirements/constraints.txt").is_file()
    )


def test_the_simulated_servers_start_from_wherever_one_stands(home, installed, tmp_path):
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests/__init__.py").write_text(
        "raise RuntimeError('these are the tests of somebody else')"
    )
    command = [sys.executable, installed / "tests/simulate.py", "--company", "--directory", "there"]
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        env=environment(home, Path(sys.executable).parent),
        stdout=subprocess.DEVNULL,
    ) as process:
        try:
            deadline = time.monotonic() + LONGEST_MOMENT
            while not (tmp_path / "there/environment").exists():
                assert process.poll() is None and time.monotonic() < deadline
                time.sleep(0.05)
            assert "SIMPLEHELP_URL" in (tmp_path / "there/environment").read_text()
        finally:
            process.send_signal(signal.SIGTERM)
    assert process.returncode == 0


@pytest.mark.parametrize("arguments", [["tests/simulate.py"], ["-m", "tests.simulator"]])
def test_what_is_missing_is_said_in_one_line(installed, arguments):
    done = subprocess.run(
        [sys.executable, "-S", *arguments, "--company"],
        cwd=installed,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0 and done.stdout == "" and len(done.stderr.splitlines()) == 1, (
        done.stderr
    )
    assert (
        "The simulated servers need httptools, starlette, trustme, uvicorn" in done.stderr
        and str(installed / "requirements/simulator.txt") in done.stderr
    )


@pytest.fixture(scope="module")
def programs(home) -> Path:
    """Return the programs of a user who has Ansible and what the README tells to install, and
    nothing else.
    """
    subprocess.run([sys.executable, "-m", "venv", home / "ansible"], check=True)
    installed = home / ".ansible/collections/ansible_collections/remoteops/access"
    pinned = ["-c", str(ROOT / "requirements/constraints.txt")]
    subprocess.run(
        [
            home / "ansible/bin/pip",
            "install",
            "-q",
            "ansible-core",
            "-r",
            installed / "requirements.txt",
            *pinned,
        ],
        check=True,
    )
    return home / "ansible/bin"


@pytest.mark.wide
@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", GUIDES)
def test_the_first_lines_of_each_guide_work_with_the_installed_collection(
    home, programs, tmp_path, name
):
    guide = (ROOT / "docs/guides" / f"{name}.md").read_text(encoding="utf-8")
    language, lines = re.search(r"^```(\w+)\n(.*?)^```$", guide, re.DOTALL | re.MULTILINE).groups()
    assert language == "sh"
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", f"trap 'kill $(jobs -p)' EXIT\n{lines}\n{GUIDES[name]}"],
        cwd=tmp_path,
        env=environment(home, programs),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert "localhost | SUCCESS" in done.stdout, done.stdout


def test_each_guide_that_begins_with_lines_for_a_shell_is_among_those_that_are_run():
    guides = {
        path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "docs/guides").glob("*.md")
    }
    assert {name for name, text in guides.items() if "simulate.py" in text} == GUIDES.keys()

"""Killed at any moment, from the first request to the last removal, a run leaves every earlier
backup whole, and the next one does the rest.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

# A process is killed before it executes the n-th line of what takes, stores, copies and removes; n
# counts up until one is not killed any more.
KILLED = """
import httpx, json, os, shutil, signal, sys
from pathlib import Path
from ansible_collections.remoteops.access.plugins.module_utils._backups import encryption, keeping, manifest, store
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust import backup
from ansible_collections.remoteops.access.plugins.module_utils._files import download
from ansible_collections.remoteops.access.plugins.module_utils._core.http import Session
from tests.unit.plugins.module_utils._backups.taken import SERVER, ago, put

root, options, step = Path(sys.argv[1]), json.loads(sys.argv[2]), int(sys.argv[3])
TRACED = {module.__file__ for module in (backup, download, encryption, keeping, manifest, store)}
READING = {"found_in", "_manifest_in", "_problem", "read", "moment", "backups", "kept", "<genexpr>", "<listcomp>", "<dictcomp>", "<setcomp>", "<lambda>"}
PIECES = [os.urandom(1500) for _piece in range(3)]

def answer(request):
    if request.url.path == "/api/backup":
        return httpx.Response(200, content=iter(PIECES), headers={"Content-Type": "application/octet-stream"})
    return httpx.Response(404)

def keep(**more):
    params = {**dict.fromkeys([*keeping.KEEPING_SPEC, "copy_to"]), "directory": str(root / "home"), "copy_to": str(root / "second"), **options, **more}
    session = Session("https://support.example.org", transport=httpx.MockTransport(answer))
    access = backup.Access(session, lambda: "Remote Support")
    return keeping.keep(SERVER, params, False, lambda *place: backup.take(access, None, *place), False)

def is_killed_before(line):
    process = os.fork()
    if process:
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == -signal.SIGKILL

    def trace(frame, event, argument):
        nonlocal line
        if frame.f_code.co_filename not in TRACED or frame.f_code.co_name in READING:
            return None
        line -= event == "line"
        if line < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return trace

    sys.settrace(trace)
    keep()
    sys.settrace(None)
    os._exit(0)

def listed(directory):
    place = store.Store(root / directory, SERVER)
    return {backup.file: place.is_intact(backup) for backup in place.backups()}

(root / "template").mkdir()
old = {name: [put(root / "template" / name, ago(days=each)).file for each in days] for name, days in (("home", (3, 2, 1)), ("second", (3, 2)))}
found, line, killed = [], 0, True
while killed:
    for directory in old:
        shutil.rmtree(root / directory, ignore_errors=True)
        shutil.copytree(root / "template" / directory, root / directory)
    killed = is_killed_before(line)
    after = {directory: listed(directory) for directory in old}
    result = keep(max_age="1h")
    finally_ = {directory: listed(directory) for directory in old}
    found.append({
        "killed": killed, "after": after, "changes": [change["action"] for change in result["changes"]], "finally": finally_,
        "left": [path.name for directory in old for path in (root / directory).glob(".*/*")],
        "problems": [each.file for directory in old for each in store.found_in(root / directory) if each.problem],
    })
    line += step
print(json.dumps([old, found]))
"""


@pytest.fixture
def directory():
    """Return a directory in memory, where there is such a thing: thousands of files are made to
    survive a loss of power, which takes a minute on a disk.
    """
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as directory:
        yield Path(directory)


def run(directory, step, **options) -> list:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", KILLED, str(directory), json.dumps(options), str(step)]
    return json.loads(
        subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE).stdout
    )


def test_a_run_killed_at_any_point_leaves_what_was_and_the_next_one_does_the_rest(directory):
    old, found = run(directory, step=1, keep_last=2)
    assert len(found) > 150 and [each["killed"] for each in found] == [True] * (len(found) - 1) + [
        False
    ]
    new_at_home = new_in_copy = removed = 0
    for each in found:
        home, second = (set(each["after"][directory]) for directory in ("home", "second"))
        assert all(each["after"]["home"].values()) and all(each["after"]["second"].values()), (
            "what is listed is intact"
        )
        new = home - set(old["home"])
        assert len(new) <= 1 and second - set(old["second"]) <= new
        assert old["home"][-1] in home and old["second"][-1] in second, (
            "the newest good one is never lost"
        )
        assert new or home == set(old["home"]), "nothing is removed before there is another one"
        # The next run takes one only if the killed one had not, and ends with the same.
        assert ("backup" in each["changes"]) is not new
        assert set(each["finally"]["home"]) - set(old["home"]) == set(
            each["finally"]["second"]
        ) - set(old["second"])
        assert [len(each["finally"][directory]) for directory in old] == [2, 2]
        assert all(each["finally"]["home"].values()) and all(each["finally"]["second"].values())
        assert each["left"] == each["problems"] == []
        new_at_home, new_in_copy, removed = (
            new_at_home + bool(new),
            new_in_copy + bool(second - set(old["second"])),
            removed + (len(home) < 4 and bool(new)),
        )
    # The run was killed before the download, between download and copy, between copy and removal,
    # and amid the removals.
    assert 20 < new_at_home < len(found) - 20
    assert 10 < new_in_copy < new_at_home - 10
    assert 5 < removed < new_in_copy - 5


@pytest.mark.parametrize(
    "recipient", ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
)
def test_nor_does_one_killed_while_it_encrypts_leave_half_a_backup(
    directory, tmp_path, recipient, monkeypatch
):
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/age").write_text("#!/bin/sh\nexec cat\n")
    (tmp_path / "bin/age").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    old, found = run(directory, step=3, keep_last=2, encrypt_with="age", recipients=[recipient])
    assert sum(each["killed"] for each in found) == len(found) - 1 > 20
    for each in found:
        assert all(each["after"]["home"].values()) and all(each["after"]["second"].values())
        assert old["home"][-1] in each["after"]["home"]
        assert each["left"] == each["problems"] == []

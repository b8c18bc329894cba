"""Files that processes share: safe, of a bounded size, and never waited for without end or word."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from ansible_collections.remoteops.access.plugins.module_utils._backups import store as store_module
from ansible_collections.remoteops.access.plugins.module_utils._backups.store import Store
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.detection import product_of
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.pace import Pace
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.tokens import TokenStore
from ansible_collections.remoteops.access.plugins.module_utils._core import shared_files, turns
from ansible_collections.remoteops.access.plugins.module_utils._core.errors import Error
from ansible_collections.remoteops.access.plugins.module_utils._core.shared_files import locked, shared_file
from ansible_collections.remoteops.access.plugins.module_utils._core.turns import Turn
from ansible_collections.remoteops.access.plugins.module_utils._drill import journal

URL = "https://support.example.org"
HOLD = """
import os, sys, fcntl, signal
descriptor = os.open(sys.argv[1], os.O_RDONLY | os.O_CREAT if not os.path.isdir(sys.argv[1]) else os.O_RDONLY, 0o600)
fcntl.flock(descriptor, fcntl.LOCK_EX)
print("held", flush=True)
os.kill(os.getpid(), signal.SIGSTOP)
"""


@pytest.fixture
def directory(tmp_path):
    directory = tmp_path / "shared"
    directory.mkdir(mode=0o700)
    return directory


@contextmanager
def stopped_holder(path):
    """A process that holds a file or directory and is stopped, as by Ctrl-Z."""
    with subprocess.Popen([sys.executable, "-c", HOLD, path], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout.readline() == "held\n"
            while "T" not in Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()[0]:
                time.sleep(0.01)
            yield process
        finally:
            process.send_signal(signal.SIGKILL)


def tokens(directory):
    return shared_file("token", URL, "me", directory).with_suffix(".lock"), lambda: TokenStore(directory).token(URL, "me", lambda: ("t", 3600.0))


def pace(directory):
    path = shared_file("pace", URL, "me", directory)
    return path, Pace(path).wait


def turn(directory):
    return shared_file("turn", URL, "", directory), Turn(URL, str(directory)).take


def product(directory):
    path = shared_file("product", URL, "", directory)
    return path, lambda: product_of(None, "auto", path)


def backups(directory):
    store = Store(directory, "support.example.org")
    store.staging.mkdir(mode=0o700)
    return store.staging, lambda: store.locked().__enter__()


def entries(directory):
    return directory, lambda: journal._locked(directory).__enter__()


@pytest.mark.parametrize("what", [tokens, pace, turn, product, backups, entries])
def test_a_process_that_is_stopped_while_it_holds_something_stops_the_others_for_a_bounded_time_and_is_named(directory, what, monkeypatch):
    path, use = what(directory)
    monkeypatch.setattr(shared_files.locked.__wrapped__, "__defaults__", (0.2,))
    monkeypatch.setattr(shared_files.hold, "__defaults__", (0.2,))
    monkeypatch.setattr(store_module, "LONGEST_DOWNLOAD", 0.2)
    with stopped_holder(path) as holder:
        with pytest.raises(Error, match=f"held by process {holder.pid}, which is stopped, for longer than"):
            use()


def fifo(path):
    os.mkfifo(path)


def large(path):
    with path.open("wb") as file:
        file.truncate(300_000_000)


def link(path):
    path.symlink_to("/dev/zero")


@pytest.mark.parametrize("other", [fifo, large, link, Path.mkdir])
@pytest.mark.parametrize("what", [tokens, pace, turn, product])
def test_what_is_no_small_regular_file_is_refused_and_not_waited_for(directory, what, other):
    path, use = what(directory)
    other(path)
    with pytest.raises(Error, match="cannot be stored"):
        use()


@pytest.mark.parametrize("other", [fifo, large, link, Path.mkdir, lambda path: path.write_bytes(b"[" * 10 ** 6), lambda path: path.write_bytes(b"\xff" * 100)])
def test_what_is_no_token_in_the_place_of_one_is_none(directory, other):
    path = shared_file("token", URL, "me", directory)
    other(path)
    if path.is_dir():
        with pytest.raises(Error):
            TokenStore(directory).token(URL, "me", lambda: ("new", 3600.0))
    else:
        assert TokenStore(directory).token(URL, "me", lambda: ("new", 3600.0)) == "new"


@pytest.mark.parametrize("home", ["", "/", "relative"])
def test_without_a_home_of_its_own_nothing_is_stored_and_the_message_says_what_to_set(home, monkeypatch):
    monkeypatch.setenv("HOME", home)
    monkeypatch.delenv("XDG_CACHE_HOME")
    with pytest.raises(Error, match="Set HOME or XDG_CACHE_HOME"):
        shared_file("token", URL, "me")


def test_two_turns_exclude_each_other_and_the_second_knows_of_the_first(directory):
    first, second, third = (Turn(URL, str(directory)) for _number in range(3))
    assert first.take() is False and first.take() is False
    first.end()
    assert second.take() is True
    second.end()
    fourth = Turn(f"{URL}/", str(directory))
    assert fourth.take() is False
    with pytest.raises(Error, match="held by process"), pytest.MonkeyPatch.context() as patch:
        patch.setattr(shared_files.locked.__wrapped__, "__defaults__", (0.05,))
        third.take()
    fourth.end()


def test_a_turn_that_cannot_be_taken_for_want_of_a_place_is_a_warning(monkeypatch):
    told = []
    monkeypatch.setattr(turns, "warn", told.append)
    monkeypatch.setenv("HOME", "/")
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert Turn(URL).take() is False
    assert "cannot take turns" in told[0] and "HOME" in told[0]


@pytest.mark.parametrize(("sign", "directory", "warned"), [(True, None, True), (True, "shared", False), (False, None, False)])
def test_a_container_with_a_home_of_its_own_is_warned_of(tmp_path, monkeypatch, sign, directory, warned):
    told = []
    monkeypatch.setattr(turns, "warn", told.append)
    monkeypatch.setattr(turns, "CONTAINER_SIGNS", ((tmp_path if sign else tmp_path / "missing"),))
    monkeypatch.setattr(turns, "_root_device", lambda: tmp_path.stat().st_dev)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CACHE_HOME")
    for variable in turns.CONTAINER_VARIABLES:
        monkeypatch.delenv(variable, raising=False)
    turn = Turn(URL, directory and str(tmp_path / directory))
    turn.take()
    turn.end()
    assert bool(told) is warned and all("shared_directory" in each for each in told)


def test_what_is_held_is_free_when_its_process_is_killed(directory):
    path = shared_file("turn", URL, "", directory)
    with stopped_holder(path):
        pass
    with locked(path, 0.5):
        assert path.exists()

"""Files that processes share: safe, of a bounded size, and never waited for without end or word."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from ansible_collections.remoteops.access.plugins.module_utils._backups import store as store_module
from ansible_collections.remoteops.access.plugins.module_utils._backups.store import Store
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust import detection
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.detection import (
    product_of,
)
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.pace import Pace
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.products import RS
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.tokens import TokenStore
from ansible_collections.remoteops.access.plugins.module_utils._core import shared_files, turns
from ansible_collections.remoteops.access.plugins.module_utils._core.errors import Error
from ansible_collections.remoteops.access.plugins.module_utils._core.shared_files import (
    locked,
    shared_file,
)
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
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, path], stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout.readline() == "held\n"
            while (
                "T"
                not in Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()[0]
            ):
                time.sleep(0.01)
            yield process
        finally:
            process.send_signal(signal.SIGKILL)


def tokens(directory):
    return shared_file("token", URL, "me", directory).with_suffix(".lock"), lambda: TokenStore(
        directory
    ).token(URL, "me", lambda: ("t", 3600.0))


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
def test_a_process_that_is_stopped_while_it_holds_something_stops_the_others_for_a_bounded_time_and_is_named(
    directory, what, monkeypatch
):
    path, use = what(directory)
    monkeypatch.setattr(shared_files.locked.__wrapped__, "__defaults__", (0.2,))
    monkeypatch.setattr(shared_files.hold, "__defaults__", (0.2,))
    monkeypatch.setattr(store_module, "LONGEST_DOWNLOAD", 0.2)
    with stopped_holder(path) as holder:
        with pytest.raises(
            Error, match=f"held by process {holder.pid}, which is stopped, for longer than"
        ):
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


@pytest.mark.parametrize(
    "other",
    [
        fifo,
        large,
        link,
        Path.mkdir,
        lambda path: path.write_bytes(b"[" * 10**6),
        lambda path: path.write_bytes(b"\xff" * 100),
    ],
)
def test_what_is_no_token_in_the_place_of_one_is_none(directory, other):
    path = shared_file("token", URL, "me", directory)
    other(path)
    if path.is_dir():
        with pytest.raises(Error):
            TokenStore(directory).token(URL, "me", lambda: ("new", 3600.0))
    else:
        assert TokenStore(directory).token(URL, "me", lambda: ("new", 3600.0)) == "new"


@pytest.mark.parametrize("home", ["", "/", "relative"])
def test_without_a_home_of_its_own_nothing_is_stored_and_the_message_says_what_to_set(
    home, monkeypatch
):
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


@pytest.mark.parametrize(
    ("sign", "directory", "warned"),
    [(True, None, True), (True, "shared", False), (False, None, False)],
)
def test_a_container_with_a_home_of_its_own_is_warned_of(
    tmp_path, monkeypatch, sign, directory, warned
):
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


def give_away(place, monkeypatch):
    """Let a directory belong to somebody else, which only root could do."""
    number = place.stat().st_ino
    for name in ("stat", "fstat"):

        def found(*arguments, real=getattr(os, name), **options):
            result = real(*arguments, **options)
            return (
                os.stat_result((*result[:4], os.geteuid() + 1, *result[5:]))
                if result.st_ino == number
                else result
            )

        monkeypatch.setattr(os, name, found)


@pytest.mark.parametrize(
    ("owner", "mode", "within"),
    [
        ("other", 0o755, True),
        ("other", 0o2775, True),
        ("other", 0o1777, True),
        ("other", 0o777, False),
        ("other", 0o700, False),
        ("own", 0o755, False),
        ("own", 0o700, None),
    ],
)
@pytest.mark.parametrize("what", [tokens, pace, turn, product])
def test_on_a_volume_of_somebody_else_everything_lies_in_a_directory_of_our_own(
    tmp_path, monkeypatch, what, owner, mode, within
):
    volume = tmp_path / "volume"
    volume.mkdir()
    volume.chmod(mode)
    if owner == "other":
        give_away(volume, monkeypatch)
    if within is False:
        with pytest.raises(
            Error,
            match=f"{volume} belongs to user id .* with mode {mode & 0o1777:04o}, not to user id .* with mode 0700; name a new one",
        ):
            what(volume)[1]()
        assert list(volume.iterdir()) == []
        return
    monkeypatch.setattr(detection, "_asked", lambda session: RS)
    what(volume)[1]()
    place = volume / f"remoteops-access-{os.geteuid()}" if within else volume
    assert {path.parent for path in volume.rglob("*") if path.is_file()} == {place}
    assert place.stat().st_mode & 0o777 == 0o700


def test_a_directory_that_was_exchanged_after_it_was_looked_at_is_not_written_to(
    directory, tmp_path, monkeypatch
):
    """Whoever may write to a shared volume may rename what lies in it."""
    path, other = shared_file("token", URL, "me", directory), tmp_path / "other"
    other.mkdir(mode=0o777)
    opening = os.open

    def exchanged(name, *arguments, dir_fd=None, **options):
        if dir_fd is not None and not other.is_symlink() and directory.exists():
            directory.rename(tmp_path / "away")
            other.rename(directory)
        return opening(name, *arguments, dir_fd=dir_fd, **options)

    monkeypatch.setattr(os, "open", exchanged)
    with suppress(Error):
        TokenStore(directory).token(URL, "me", lambda: ("secret token", 3600.0))
    assert directory.exists() and not list(directory.iterdir()) and path.parent == directory


def test_who_is_killed_in_a_turn_has_had_it(directory):
    before = Turn(URL, str(directory))
    process = os.fork()
    if not process:
        Turn(URL, str(directory)).take()
        os.kill(os.getpid(), signal.SIGKILL)
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == -signal.SIGKILL
    assert before.take() is True
    before.end()
    assert Turn(URL, str(directory)).take() is False


def test_who_begins_while_another_has_the_turn_knows_of_it(directory):
    first = Turn(URL, str(directory))
    first.take()
    second = Turn(URL, str(directory))
    first.end()
    assert second.take() is True


@pytest.mark.parametrize("content", [b"garbage", b"\xff" * 50, b"1" * 300, b"9" * 20])
def test_a_turn_of_which_nothing_is_known_may_have_been_taken(directory, content):
    path = shared_file("turn", URL, "", directory)
    path.write_bytes(content)
    turn = Turn(URL, str(directory))
    assert turn.take() is True
    turn.end()


def test_a_full_disk_is_told_before_anything_is_made_and_never_afterwards(directory, monkeypatch):
    def full(*_arguments):
        raise OSError(errno.ENOSPC, "No space left on device")

    first, second = Turn(URL, str(directory)), Turn(URL, str(directory))
    first.take()
    with monkeypatch.context() as patch:
        patch.setattr(os, "pwrite", full)
        first.end()
        with pytest.raises(Error, match="cannot be stored: .*No space left"):
            second.take()
    assert Turn(URL, str(directory)).take() is True


def test_who_waits_for_a_turn_is_told_who_took_it_last_and_when(directory, monkeypatch):
    first, second = Turn(URL, str(directory)), Turn(URL, str(directory))
    first.take()
    monkeypatch.setattr(shared_files.locked.__wrapped__, "__defaults__", (0.05,))
    with pytest.raises(
        Error,
        match=rf"held by process {os.getpid()} for longer than.*last taken by process {os.getpid()} on .*, at 20\d\d-.*\+00:00\.$",
    ):
        second.take()
    first.end()


def test_where_holders_come_and_go_nobody_is_blamed_and_the_wait_has_an_end_all_the_same(
    directory, monkeypatch
):
    holders = iter(range(1, 10_000))
    monkeypatch.setattr(shared_files, "_holder", lambda descriptor: next(holders))
    path = shared_file("pace", URL, "me", directory)
    with (
        locked(path),
        pytest.raises(Error, match="for longer than the 1 s that we wait"),
        locked(path, 0.1),
    ):
        raise AssertionError("it is held")
    assert next(holders) > 20


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES])
def test_where_no_directory_can_be_made_a_turn_is_a_warning_unless_the_place_was_given(
    tmp_path, monkeypatch, number
):
    told = []
    monkeypatch.setattr(turns, "warn", told.append)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    def refused(path, **_options):
        raise OSError(number, os.strerror(number), str(path))

    monkeypatch.setattr(Path, "mkdir", refused)
    assert Turn(URL).take() is False
    assert "cannot take turns" in told[0] and os.strerror(number) in told[0]
    with pytest.raises(Error, match=os.strerror(number)):
        Turn(URL, str(tmp_path / "given")).take()


def test_what_is_held_is_free_when_its_process_is_killed(directory):
    path = shared_file("turn", URL, "", directory)
    with stopped_holder(path):
        pass
    with locked(path, 0.5):
        assert path.exists()

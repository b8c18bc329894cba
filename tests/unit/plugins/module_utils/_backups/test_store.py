"""What a directory of backups promises: a backup counts by its manifest, and whatever else lies
there is neither taken for one nor touched.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from datetime import UTC, datetime

import pytest

from ansible_collections.remoteops.access.plugins.module_utils._backups import times
from ansible_collections.remoteops.access.plugins.module_utils._backups.manifest import (
    LARGEST,
    Manifest,
    file_name,
    server_of,
)
from ansible_collections.remoteops.access.plugins.module_utils._backups.store import Store, found_in
from ansible_collections.remoteops.access.plugins.module_utils._core.errors import Error, InputError

from .taken import GUID, SERVER, ago, manifest_of, put


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "backups", SERVER)


def problems(directory) -> dict:
    return {found.file: found.problem for found in found_in(directory)}


# --- Names, times, manifests ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("https://support.example.org", SERVER),
        ("https://Support.Example.ORG:443/", SERVER),
        (f"https://{SERVER}:8443", f"{SERVER}:8443"),
        ("http://localhost:80", "localhost"),
        ("https://[2001:DB8::1]:8443", "2001:db8::1:8443"),
        (" https://support.example.org ", SERVER),
    ],
)
def test_a_server_is_its_host_name_with_the_port_where_it_is_not_the_usual_one(url, server):
    assert server_of(url) == server


MOMENT = datetime(2026, 1, 15, 8, 53, 20, 417_999, UTC)


@pytest.mark.parametrize(
    ("server", "guid", "name"),
    [
        (SERVER, GUID, "support.example.org_0c1d2e3f_20260115T085320.417Z.nsb"),
        ("2001:db8::1:8443", None, "2001-db8--1-8443_20260115T085320.417Z.nsb"),
        ("rs", "../../etc/passwd", "rs_ecad_20260115T085320.417Z.nsb"),
        ("..", "\0/\n", "server_20260115T085320.417Z.nsb"),
        ("-rf.", "0C1D-2E3F-4051", "rf_0c1d2e3f_20260115T085320.417Z.nsb"),
        ("x" * 253, "f" * 10_000, "x" * 150 + "_ffffffff_20260115T085320.417Z.nsb"),
    ],
)
def test_nothing_that_a_server_says_makes_a_dangerous_name(server, guid, name):
    assert file_name(server, guid, MOMENT, ".nsb") == name


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("3600", 3600), ("90m", 5400), ("24h", 86400), (" 7 d ", 604800), ("2w", 1209600), ("1s", 1)],
)
def test_a_duration_is_a_number_with_a_unit_or_of_seconds(text, seconds):
    assert times.seconds_of("max_age", text) == seconds


@pytest.mark.parametrize(
    "text", ["", "0", "0h", "-1h", "1.5h", "1 day", "h", "24h1", "٣h", "1e3", "9" * 10]
)
def test_what_is_no_duration_is_refused_with_the_name_of_the_option(text):
    with pytest.raises(InputError, match="max_age must be a duration"):
        times.seconds_of("max_age", text)


def test_a_manifest_is_read_as_it_was_written(store):
    backup = put(
        store.directory,
        MOMENT,
        encryption={"tool": "age", "recipients": ["age1x"]},
        product=None,
        guid=None,
    )
    assert Manifest.read(store.directory / f"{backup.file}.json") == backup
    assert backup.taken_at == "2026-01-15T08:53:20.417Z"
    assert abs((backup.moment - MOMENT).total_seconds()) < 0.001


@pytest.mark.parametrize(
    "change",
    [
        {"format": "another 1"},
        {"file": "another.nsb"},
        {"file": "../../etc/passwd"},
        {"size": "1"},
        {"size": True},
        {"password_protected": 1},
        {"taken_at": "yesterday"},
        {"taken_at": "2026-01-15T08:53:20"},
        {"taken_at": "2026-01-15T08:53:20+01:00"},
        {"encryption": []},
        {"colour": "green"},
        {"guid": 7},
        {"seconds": None},
        {"sha256": None},
    ],
)
def test_what_is_not_exactly_a_manifest_is_none(store, change):
    backup = put(store.directory, MOMENT)
    path = store.directory / f"{backup.file}.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **change}))
    assert problems(store.directory) == {backup.file: "unreadable_manifest"}
    assert store.backups() == []


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"null", b"7", b'"x"', b" " * LARGEST]
)
def test_a_file_that_is_not_even_json_is_none(store, content):
    backup = put(store.directory, MOMENT)
    (store.directory / f"{backup.file}.json").write_bytes(content)
    assert problems(store.directory) == {backup.file: "unreadable_manifest"}


# --- What lies in a directory -----------------------------------------------------------------------------------------


def test_backups_are_those_of_the_server_whole_and_newest_first(store):
    old, new = put(store.directory, ago(days=2)), put(store.directory, ago(days=1))
    other = put(store.directory, ago(days=1), server="other.example.org")
    short, gone = put(store.directory, ago(days=3)), put(store.directory, ago(days=4))
    (store.directory / short.file).write_bytes(b"short")
    (store.directory / gone.file).unlink()
    assert store.backups() == [new, old]
    assert Store(store.directory, "other.example.org").backups() == [other]
    assert problems(store.directory) == {
        new.file: None,
        other.file: None,
        old.file: None,
        short.file: "corrupted",
        gone.file: "missing",
    }


def test_files_of_others_are_told_and_hidden_files_and_directories_are_not(store):
    backup = put(store.directory, ago(days=1))
    for name in ("notes.txt", "notes.json", ".hidden", "orphan_20260115T085320.417Z.nsb"):
        (store.directory / name).write_text("{}")
    (store.directory / "directory").mkdir()
    (store.directory / "broken").symlink_to("nowhere")
    assert problems(store.directory) == {
        backup.file: None,
        "notes.txt": "no_manifest",
        "notes.json": "no_manifest",
        "orphan_20260115T085320.417Z.nsb": "no_manifest",
    }


def test_a_directory_that_cannot_be_read_is_a_clear_error(tmp_path):
    (tmp_path / "file").touch()
    for path in (tmp_path / "missing", tmp_path / "file"):
        with pytest.raises(InputError, match=rf"The directory {path} cannot be read: "):
            found_in(path)


# --- Coming and going -------------------------------------------------------------------------------------------------


def admitted(store, moment=MOMENT, content=b"content"):
    backup = manifest_of(moment, content)
    (store.staging / backup.file).write_bytes(content)
    store.admit(backup)
    return backup


def test_a_backup_comes_whole_and_goes_whole(store):
    with store.locked():
        backup = admitted(store)
        assert store.backups() == [backup]
        assert store.is_intact(backup)
        store.remove(backup)
    assert [path.name for path in store.directory.iterdir()] == [store.staging.name]
    assert list(store.staging.iterdir()) == []


def test_directories_and_manifests_are_closed_to_others_whatever_the_umask(store):
    before = os.umask(0)
    try:
        with store.locked():
            backup = admitted(store)
    finally:
        os.umask(before)
    modes = {
        path: path.stat().st_mode & 0o777
        for path in (store.directory, store.staging, store.directory / f"{backup.file}.json")
    }
    assert list(modes.values()) == [0o700, 0o700, 0o600]


def test_a_copy_is_read_again_and_closed_to_others(store, tmp_path):
    second = Store(tmp_path / "second", SERVER)
    with store.locked(), second.locked():
        backup = admitted(store)
        second.copy_from(store, backup)
        assert second.backups() == [backup] and second.is_intact(backup)
        assert (second.directory / backup.file).stat().st_mode & 0o777 == 0o600


def test_a_copy_of_what_is_damaged_is_an_error_and_nothing_is_copied(store, tmp_path):
    second = Store(tmp_path / "second", SERVER)
    with store.locked(), second.locked():
        backup = admitted(store)
        (store.directory / backup.file).write_bytes(b"damaged")
        with pytest.raises(Error, match="is damaged"):
            second.copy_from(store, backup)
    assert found_in(second.directory) == []
    assert list(second.staging.iterdir()) == []


def test_a_copy_takes_the_place_of_one_that_was_cut_off(store, tmp_path):
    second = Store(tmp_path / "second", SERVER)
    with store.locked(), second.locked():
        backup = admitted(store)
        second.copy_from(store, backup)
        (second.directory / backup.file).write_bytes(b"cut")
        assert second.backups() == []
        second.copy_from(store, backup)
    assert second.backups() == [backup]


def test_what_was_left_behind_is_cleared_up_and_only_that_of_the_same_server(store):
    other = Store(store.directory, "other.example.org")
    with store.locked(), other.locked():
        pass
    for each in (store, other):
        (each.staging / ".remoteops-abc.part").write_bytes(b"x" * 1000)
        (each.staging / "half.nsb.json").write_bytes(b"{")
        (each.staging / "whole.nsb").write_bytes(b"x")
    with store.locked():
        assert list(store.staging.iterdir()) == []
    assert len(list(other.staging.iterdir())) == 3


def test_a_file_in_its_place_whose_manifest_was_not_yet_gets_it(store):
    with store.locked():
        backup = admitted(store)
    os.replace(store.directory / f"{backup.file}.json", store.staging / f"{backup.file}.json")
    assert store.backups() == []
    with store.locked():
        assert store.backups() == [backup]


def test_a_manifest_whose_file_is_not_whole_does_not_come_back(store):
    with store.locked():
        backup = admitted(store)
    os.replace(store.directory / f"{backup.file}.json", store.staging / f"{backup.file}.json")
    (store.directory / backup.file).write_bytes(b"cut")
    with store.locked():
        assert store.backups() == []
    assert problems(store.directory) == {backup.file: "no_manifest"}


HOLD = """
import sys
from pathlib import Path
from ansible_collections.remoteops.access.plugins.module_utils._backups.store import Store
with Store(Path(sys.argv[1]), sys.argv[2]).locked():
    print("locked", flush=True)
    sys.stdin.read()
"""


def hold(store):
    """Return a process that keeps others away from a store, until its input ends."""
    command = [sys.executable, "-c", HOLD, str(store.directory), store.server]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "locked\n"
    return process


def test_two_processes_take_turns_and_one_that_is_killed_keeps_nobody_away(store):
    begun = time.monotonic()
    with hold(store) as first:
        waiting = subprocess.Popen(
            first.args,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
        )
        with Store(store.directory, "other.example.org").locked():
            assert time.monotonic() - begun < 60  # others do not wait
        with pytest.raises(subprocess.TimeoutExpired):
            waiting.wait(0.7)
        first.kill()
        assert waiting.communicate()[0] == "locked\n"

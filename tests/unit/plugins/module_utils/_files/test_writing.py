"""Files are written whole or not at all, with the mode that was asked for, and modes are read as
YAML brings them.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import os
import stat

import pytest

from ansible_collections.remoteops.access.plugins.module_utils._core.errors import InputError
from ansible_collections.remoteops.access.plugins.module_utils._files.writing import (
    mode_of,
    write_whole,
)


@pytest.mark.parametrize("mode", [0o600, 0o644])
@pytest.mark.parametrize("before", [None, b"a longer content than the new one"])
def test_a_file_has_the_content_and_the_mode_that_were_asked_for_whatever_was_there(
    tmp_path, before, mode
):
    path = tmp_path / "report.json"
    if before is not None:
        path.write_bytes(before)
        path.chmod(0o666)
    write_whole(path, b"new", mode)
    assert path.read_bytes() == b"new" and stat.S_IMODE(path.stat().st_mode) == mode
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("step", ["fchmod", "fsync", "replace"])
@pytest.mark.parametrize("problem", [OSError("no space"), KeyboardInterrupt()])
def test_what_was_there_stays_where_a_step_fails_and_nothing_half_done_is_left(
    tmp_path, monkeypatch, step, problem
):
    path = tmp_path / "report.json"
    path.write_bytes(b"old")

    def fail(*arguments):
        raise problem

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(type(problem)):
        write_whole(path, b"new", 0o600)
    assert path.read_bytes() == b"old" and list(tmp_path.iterdir()) == [path]


def test_the_content_is_on_the_disk_before_the_file_gets_its_name_and_the_name_is_in_the_end(
    tmp_path, monkeypatch
):
    path, steps = tmp_path / "report.json", []
    fsync, replace = os.fsync, os.replace
    monkeypatch.setattr(
        os,
        "fsync",
        lambda descriptor: (
            steps.append(stat.S_ISDIR(os.fstat(descriptor).st_mode)),
            fsync(descriptor),
        ),
    )
    monkeypatch.setattr(os, "replace", lambda *names: (steps.append("replaced"), replace(*names)))
    write_whole(path, b"new", 0o600)
    assert steps == [False, "replaced", True]


def test_nobody_else_can_read_it_before_it_is_whole(tmp_path, monkeypatch):
    modes, replace = [], os.fchmod
    monkeypatch.setattr(
        os,
        "fchmod",
        lambda descriptor, mode: (
            modes.append(stat.S_IMODE(os.fstat(descriptor).st_mode)),
            replace(descriptor, mode),
        ),
    )
    write_whole(tmp_path / "report.json", b"new", 0o644)
    assert modes == [0o600]


@pytest.mark.parametrize(
    ("given", "mode"), [("0600", 0o600), ("644", 0o644), (0o600, 0o600), ("0000", 0)]
)
def test_a_mode_is_read_as_yaml_brings_it(given, mode):
    assert mode_of(given) == mode


@pytest.mark.parametrize(
    "given", [600, 0o1777, "u=rw", "", "0o600", "06000", "888", " 600", -1, "rw-------"]
)
def test_what_is_no_mode_is_refused(given):
    with pytest.raises(InputError, match="octal digits in quotes"):
        mode_of(given)

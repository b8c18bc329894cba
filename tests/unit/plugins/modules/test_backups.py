"""Backups through their modules: taken when due, whole or not at all, kept, copied, encrypted,
verified and listed.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import errno
import hashlib
import json
import os
import resource
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.benchmark.measure import run
from tests.module_runner import Outcome, run_module
from tests.unit.appliances import CLIENT_ID, CLIENT_SECRET, small_appliance
from tests.unit.plugins.module_utils._backups.taken import ago, put
from tests.unit.simulated import Simulated, assert_silent_about

ROOT = Path(__file__).resolve().parents[4]
PASSWORD = 'pass/word of+the "backup" ü%41'
AGE = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
MEGABYTE = 2**20
LARGE = 256 * MEGABYTE


class Backups:
    """A directory of backups, the simulated appliance that they are of, and what is true of any
    run.
    """

    def __init__(self, simulated: Simulated, directory: Path):
        self.simulated, self.directory = simulated, directory
        self.server = simulated.running.url.removeprefix("https://")
        self.options = {**simulated.options, "platform": "beyondtrust", "directory": str(directory)}

    def run(self, check: bool = False, **options) -> Outcome:
        """Run the module backup; no secret is printed or written, nothing is written in check mode,
        and nothing but whole backups lies there.
        """
        given = {
            name: value for name, value in {**self.options, **options}.items() if value is not ...
        }
        before, asked = everything_in(self.directory.parent), len(self.simulated.journal.entries)
        outcome = run_module("backup", given, check)
        after = everything_in(self.directory.parent)
        secrets = {CLIENT_SECRET, PASSWORD, *self.simulated.shared_tokens()}
        assert_silent_about(secrets, outcome.output)
        assert "Traceback" not in outcome.output
        assert not any(
            secret.encode() in written
            for written in after.values()
            for secret in (CLIENT_SECRET, PASSWORD)
        )
        assert not any(Path(name).parent.name.endswith(".new") for name in after), (
            "nothing is left behind"
        )
        if check:
            assert after == before
            assert len(self.simulated.journal.entries) == asked
        assert outcome.get("changed", False) is (files(after) != files(before)) or check
        return outcome

    def expect(self, check: bool = False, **options) -> Outcome:
        """Run the module, which must succeed."""
        outcome = self.run(check, **options)
        assert not outcome.failed, outcome["msg"]
        return outcome

    def refuse(self, check: bool = False, **options) -> str:
        """Run the module, which must fail without touching any backup, and return its message."""
        before = files(everything_in(self.directory.parent))
        outcome = self.run(check, **options)
        assert outcome.failed, outcome.output
        assert files(everything_in(self.directory.parent)) == before
        return outcome["msg"]

    def put(
        self, moment: datetime, data: bytes | None = None, directory: Path | None = None, **changed
    ):
        """Put a backup of an earlier time into the directory."""
        return put(directory or self.directory, moment, data, self.server, **changed)

    def names(self, directory: Path | None = None) -> set[str]:
        """Return the names of all files in the directory that are no manifests; each has a
        manifest.
        """
        found = {path.name for path in (directory or self.directory).iterdir() if path.is_file()}
        assert {name for name in found if name.endswith(".json")} == {
            f"{name}.json" for name in found if not name.endswith(".json")
        }
        return {name for name in found if not name.endswith(".json")}

    @property
    def downloads(self) -> int:
        """How often the appliance was asked for a backup."""
        return len(
            [
                entry
                for entry in self.simulated.journal.entries
                if entry.query.endswith("/api/backup")
            ]
        )


def everything_in(directory: Path) -> dict[str, bytes]:
    """Return the content of every file below a directory."""
    return {
        str(path.relative_to(directory)): path.read_bytes()
        for path in directory.rglob("*")
        if path.is_file()
    }


def files(found: dict) -> dict:
    """Return those that are backups, manifests, or what else somebody put there."""
    return {name: data for name, data in found.items() if not name.startswith("shared/")}


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def appliance(beyondtrust, tmp_path):
    """Return a function that starts an appliance, with a directory for its backups."""
    return lambda *arguments, **switches: Backups(
        beyondtrust(*arguments, **switches), tmp_path / "backups"
    )


# --- Taking one -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("framing", ["length", "chunked"])
def test_a_backup_is_what_the_appliance_sent_with_a_manifest_that_says_so(appliance, framing):
    backups = appliance(backup_framing=framing, backup_bytes=3 * MEGABYTE + 17)
    begun = datetime.now(UTC)
    outcome = backups.expect()
    assert outcome["changes"] == [
        {"action": "backup", "kind": "server", "name": backups.server, "fields": []}
    ]
    backup = outcome["backup"]
    path = Path(backup["path"])
    manifest = json.loads(path.with_name(f"{path.name}.json").read_text())
    assert backup == {
        "path": str(path),
        **{name: value for name, value in manifest.items() if name != "format"},
    }
    data, guid = path.read_bytes(), backups.simulated.site["health"]["guid"]
    assert len(data) == backup["size"] == backup["content_size"] == 3 * MEGABYTE + 17
    assert sha256(data) == backup["sha256"] == backup["content_sha256"]
    assert data.startswith(b"NSBSIM1\n")
    assert path.parent == backups.directory and path.name.startswith(
        f"{backups.server.replace(':', '-')}_{guid[:8]}_2"
    )
    assert (
        path.stat().st_mode & 0o777 == 0o600 and backups.directory.stat().st_mode & 0o777 == 0o700
    )
    assert (backup["server"], backup["guid"], backup["version"], backup["product"]) == (
        backups.server,
        guid,
        "25.2.1",
        "Remote Support",
    )
    assert (backup["url"], backup["encryption"], backup["password_protected"]) == (
        backups.simulated.running.url,
        None,
        False,
    )
    taken_at = datetime.fromisoformat(backup["taken_at"])
    assert begun - timedelta(seconds=1) <= taken_at <= datetime.now(UTC) and backup[
        "taken_at"
    ].endswith("Z")
    assert 0 < backup["seconds"] < 600


def test_privileged_remote_access_has_backups_too(appliance):
    assert appliance("pra").expect()["backup"]["product"] == "Privileged Remote Access"


@pytest.mark.parametrize(
    "headers",
    [
        {"backup_content_type": "", "backup_disposition": False},
        {"backup_content_type": "application/zip"},
    ],
)
def test_whatever_the_appliance_calls_the_file_it_is_named_by_us(appliance, headers):
    backups = appliance(**headers)
    backups.expect()
    (name,) = backups.names()
    assert name.endswith(".nsb")


def test_an_account_that_may_take_backups_and_nothing_else_gets_one_without_the_facts(appliance):
    seed = small_appliance()
    seed["accounts"][CLIENT_ID]["permissions"] = {
        "perm_backup": 1,
        "perm_command": "deny",
        "perm_configuration": 0,
    }
    backup = appliance("rs", seed).expect()["backup"]
    assert (backup["guid"], backup["version"], backup["product"]) == (None, None, "Remote Support")


@pytest.mark.parametrize("denied", ["forbidden", "not_found"])
def test_an_account_that_may_not_is_told_which_permission_it_lacks(appliance, denied):
    seed = small_appliance()
    seed["accounts"][CLIENT_ID]["permissions"] = {"perm_backup": 0}
    message = appliance("rs", seed, denied=denied).refuse()
    assert "perm_backup" in message and "refused the backup" in message


def test_a_token_that_has_ended_is_renewed(appliance):
    backups = appliance()
    backups.expect()
    backups.simulated.site.get("tokens", {}).clear()
    backups.simulated.server.clock.advance(3700)
    assert backups.expect()["changed"] is True


def test_a_download_that_broke_off_is_begun_anew_and_only_its_second_attempt_is_kept(appliance):
    backups = appliance(backup_bytes=2 * MEGABYTE)
    backups.simulated.inject("GET /api/backup", "cut", bytes=MEGABYTE, ending="reset")
    outcome = backups.expect(retries=1)
    assert outcome["api"]["retries"] == 1
    assert sha256(Path(outcome["backup"]["path"]).read_bytes()) == outcome["backup"]["sha256"]
    assert outcome["backup"]["size"] == 2 * MEGABYTE


def test_a_slow_download_takes_its_time(appliance):
    backups = appliance(backup_bytes=MEGABYTE, backup_bytes_per_second=2 * MEGABYTE)
    assert 0.3 < backups.expect(timeout=5)["backup"]["seconds"] < 600


def test_the_directory_is_made_but_not_what_lies_above_it(appliance, tmp_path):
    backups = appliance()
    message = backups.refuse(directory=str(tmp_path / "not" / "there"))
    assert "a new one in a directory that exists" in message
    assert "must be an absolute path" in backups.refuse(directory="relative")
    (tmp_path / "file").touch()
    assert "must be a directory" in backups.refuse(directory=str(tmp_path / "file"))
    assert backups.simulated.journal.entries == []


# --- Whole or not at all ----------------------------------------------------------------------------------------------

FILE = {"content_type": "application/octet-stream"}
ERROR_PAGE = "<!DOCTYPE html>\n<html><body>Sorry</body></html>" + " " * 4000
HOSTILE = {
    "a message in JSON": (
        "status",
        {"status": 500, "body": {"error": "backup_failed", "message": "The disk is full"}},
        "The disk is full",
    ),
    "a message in JSON with 200": (
        "status",
        {"status": 200, "body": {"error": "failed", "message": "The disk is full"}},
        "The disk is full",
    ),
    "JSON that calls itself a file": (
        "status",
        {"status": 200, "body": '{"error": "x"}' + " " * 4000, **FILE},
        "a page or a message",
    ),
    "a problem in JSON": (
        "status",
        {
            "status": 200,
            "body": '{"title": "x"}' + " " * 4000,
            "content_type": "application/problem+json",
        },
        "the backup",
    ),
    "a login page": ("html", {}, "HTML page"),
    "a login page with 403": ("html", {"status": 403}, "perm_backup"),
    "a page that calls itself a file": (
        "status",
        {"status": 200, "body": ERROR_PAGE, **FILE},
        "a page or a message",
    ),
    "a page without a type": (
        "status",
        {"status": 200, "body": "\ufeff\r\n " + ERROR_PAGE, "content_type": "text/plain"},
        "a page or a message",
    ),
    "an error in XML": (
        "status",
        {
            "status": 200,
            "body": "<error xmlns='x'>Not now</error>" + " " * 4000,
            "content_type": "text/xml",
        },
        "Not now",
    ),
    "XML that calls itself a file": (
        "status",
        {"status": 200, "body": "<?xml version='1.0'?><error/>" + " " * 4000, **FILE},
        "a page",
    ),
    "hostile XML": ("entities", {}, "refused"),
    "huge XML": ("huge_xml", {}, "XML"),
    "a sentence": (
        "status",
        {"status": 200, "body": "A backup is being made already."},
        "where a file was expected: A backup is being made already.",
    ),
    "nothing": ("empty_body", {}, "an empty body"),
    "an empty file": ("status", {"status": 200, **FILE}, "0 bytes"),
    "bytes by chance": (
        "status",
        {"status": 200, "body": "\x01" * 1023, **FILE},
        "1023 bytes, where a file was expected.",
    ),
    "a status of its own": ("status", {"status": 418, "body": "x" * 4000}, "418"),
    "no content": ("status", {"status": 204}, "204"),
    "a part": ("status", {"status": 206, "body": "\0" * 4000, **FILE}, "206"),
    "a redirect": ("redirect", {}, "redirected"),
    "a bomb": ("gzip_bomb", {}, "the backup"),
    "a packed file": (
        "status",
        {"status": 200, "body": "\0" * 4000, **FILE, "headers": {"content-encoding": "gzip"}},
        "packing",
    ),
    "a broken connection": ("reset_before", {}, "broke off"),
    "too much promised": ("truncated", {}, "broke off"),
    "cut at the start": ("cut", {"bytes": 0}, "broke off"),
    "cut in the middle": ("cut", {"bytes": 150_000}, "broke off"),
    "cut before the last byte": ("cut", {"bytes": 262_143}, "broke off"),
    "reset in the middle": ("cut", {"bytes": 150_000, "ending": "reset"}, "broke off"),
    "silence in the middle": (
        "cut",
        {"bytes": 150_000, "ending": "stall", "seconds": 2.0},
        "in time",
    ),
}


def patience(what: str) -> float:
    """Return the seconds that the module waits for a part of the answer."""
    return 0.5 if "silence" in what else 30.0


@pytest.mark.parametrize("framing", ["length", "chunked"])
@pytest.mark.parametrize("what", HOSTILE)
def test_what_is_no_whole_backup_is_told_and_nothing_of_it_is_kept(appliance, what, framing):
    kind, arguments, words = HOSTILE[what]
    backups = appliance(backup_framing=framing)
    old = backups.put(ago(days=1))
    backups.simulated.inject("GET /api/backup", kind, times=None, **arguments)
    message = backups.refuse(timeout=patience(what), keep_last=1)
    assert words in message, message
    assert backups.names() == {old.file}


@pytest.mark.parametrize(
    "what",
    ["a login page", "cut in the middle", "silence in the middle", "JSON that calls itself a file"],
)
def test_nor_is_it_when_it_is_encrypted_on_its_way(appliance, what, tmp_path, monkeypatch):
    stand_in(tmp_path, monkeypatch, "exec cat")
    kind, arguments, words = HOSTILE[what]
    backups = appliance()
    backups.simulated.inject("GET /api/backup", kind, times=None, **arguments)
    assert words in backups.refuse(timeout=patience(what), encrypt_with="age", recipients=[AGE])
    assert backups.names() == set()


@pytest.mark.parametrize("error", ["json", "xml", "html", "text"])
def test_the_appliances_own_reason_is_told_in_whichever_form_it_comes(appliance, error):
    backups = appliance(backup_error=error)
    backups.simulated.inject(
        "GET /api/backup", "refuse", times=None, reason="A backup is being made"
    )
    message = backups.refuse()
    assert "A backup is being made" in message or error == "html" and "HTML page" in message


@pytest.mark.parametrize("beginning", [b"<\0", b" {\x02", b"<html\x01"])
def test_a_backup_that_begins_like_a_page_by_chance_is_a_backup(appliance, beginning):
    backups = appliance()
    data = beginning + os.urandom(4000)
    backups.simulated.inject("GET /api/backup", "status", status=200, body=data, **FILE)
    assert Path(backups.expect()["backup"]["path"]).read_bytes() == data


def test_a_file_of_which_nothing_tells_the_end_is_not_believed(appliance):
    assert "without saying where it ends" in appliance(backup_framing="until_closed").refuse()


def test_a_certificate_of_an_unknown_authority_is_refused(appliance):
    backups = appliance(certificate="untrusted")
    assert "certificate" in backups.refuse()
    assert backups.simulated.journal.entries == []


def test_a_hostile_version_or_identity_of_the_appliance_harms_no_name_and_no_manifest(appliance):
    seed = small_appliance()
    seed["health"] = {"guid": "../../" + "e" * 100_000}
    backups = appliance("rs", seed, version="25.2." + "1" * 100_000)
    backup = backups.expect(max_age="1h")["backup"]
    assert "/" not in backup["file"] and len(backup["file"]) < 100 and len(backup["version"]) == 100
    assert backups.expect(max_age="1h")["changed"] is False


def test_a_disk_that_takes_no_more_is_told_and_keeps_what_it_has(appliance):
    backups = appliance()
    old = backups.put(ago(days=1))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        message = backups.refuse(keep_last=1)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert "cannot be written: File too large" in message
    assert backups.names() == {old.file}


# --- When one is due --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("age", "max_age", "due"),
    [
        ({"hours": 1}, "2h", False),
        ({"minutes": 59}, "3600", False),
        ({"hours": 3}, "2h", True),
        ({"days": 6}, "1w", False),
        ({"days": 8}, "1w", True),
        # Of the future: a clock was wrong, and it would spare backups for too long.
        ({"hours": -1}, "2h", True),
    ],
)
def test_a_backup_that_is_young_enough_spares_another_one_and_every_request(
    appliance, age, max_age, due
):
    backups = appliance()
    old = backups.put(ago(**age))
    outcome = backups.expect(max_age=max_age)
    assert outcome["changed"] is due and backups.downloads == due
    assert (outcome["backup"]["file"] == old.file) is not due
    if not due:
        assert outcome["api"]["requests"] == 0 and outcome["changes"] == []


def test_a_second_run_changes_nothing_and_without_max_age_each_takes_one(appliance):
    backups = appliance()
    assert [backups.expect(max_age="1h", keep_daily=7)["changed"] for _run in range(3)] == [
        True,
        False,
        False,
    ]
    assert [backups.expect()["changed"] for _run in range(2)] == [True, True]
    assert len(backups.names()) == 3


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_bytes(b"cut"),
        lambda path: path.unlink(),
        lambda path: path.with_name(f"{path.name}.json").unlink(),
        lambda path: path.with_name(f"{path.name}.json").write_text("{"),
    ],
)
def test_a_young_one_that_is_not_whole_or_has_no_manifest_spares_nothing(appliance, spoil):
    backups = appliance()
    old = backups.put(ago(minutes=5))
    spoil(backups.directory / old.file)
    assert backups.expect(max_age="1h")["changed"] is True


def test_a_young_one_of_another_server_or_otherwise_protected_spares_nothing(
    appliance, tmp_path, monkeypatch
):
    stand_in(tmp_path, monkeypatch, "exec cat")
    backups = appliance()
    put(backups.directory, ago(minutes=5), server="other.example.org")
    assert backups.expect(max_age="1h")["changed"] is True
    assert backups.expect(max_age="1h", backup_password=PASSWORD)["changed"] is True
    assert backups.expect(max_age="1h", encrypt_with="age", recipients=[AGE])["changed"] is True
    assert (
        backups.expect(max_age="1h", encrypt_with="age", recipients=["age1xyz"])["changed"] is True
    )
    for again in (
        {},
        {"backup_password": PASSWORD},
        {"encrypt_with": "age", "recipients": [AGE, AGE]},
    ):
        assert backups.expect(max_age="1h", **again)["changed"] is False


def test_runs_at_the_same_time_take_one_backup(appliance, tmp_path):
    backups = appliance(backup_bytes=4 * MEGABYTE, backup_bytes_per_second=8 * MEGABYTE)
    options = tmp_path / "options.json"
    options.write_text(json.dumps({**backups.options, "max_age": "1h"}))
    with ThreadPoolExecutor(3) as pool:
        results = list(pool.map(lambda _number: in_a_process(options, tmp_path), range(3)))
    assert sorted(result["changed"] for result, _peak in results) == [False, False, True]
    assert backups.downloads == 1 and len(backups.names()) == 1


@pytest.mark.parametrize("check", [False, True])
@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"max_age": "soon"}, "max_age must be a duration"),
        ({"keep_last": -1}, "keep_last must be 0 or more"),
        ({"keep_daily": "many"}, "keep_daily"),
        ({"encrypt_with": "zip"}, "encrypt_with"),
        ({"encrypt_with": "age"}, "encrypt_with and recipients need each other"),
        ({"recipients": [AGE]}, "encrypt_with and recipients need each other"),
        ({"backup_password": ""}, "backup_password must not be empty"),
        ({"copy_to": "/no/such/place"}, "there is no directory /no/such/place"),
        ({"directory": ...}, "directory"),
    ],
)
def test_what_makes_no_sense_is_refused_before_anything_is_sent(appliance, options, words, check):
    backups = appliance()
    assert words in backups.refuse(check, **options)
    assert backups.simulated.journal.entries == []


# --- Retention --------------------------------------------------------------------------------------------------------


def test_old_ones_go_when_another_one_has_come(appliance):
    backups = appliance()
    old = [backups.put(ago(days=days)).file for days in (1, 2, 3, 40)]
    outcome = backups.expect(keep_last=2, keep_monthly=12)
    kept = Path(outcome["backup"]["path"]).name
    assert {kept, old[0]} <= backups.names()
    removed = [change["name"] for change in outcome["changes"] if change["action"] == "remove"]
    assert (
        removed == sorted(removed, key=lambda name: name.rpartition("_")[2])
        and len(removed) == 5 - len(backups.names()) >= 1
    )
    assert all(Path(name).parent == backups.directory for name in removed)


def test_the_rules_hold_also_when_no_backup_is_due(appliance):
    backups = appliance()
    young, old = backups.put(ago(minutes=5)), backups.put(ago(days=1))
    outcome = backups.expect(max_age="1h", keep_last=1)
    assert outcome["changes"] == [
        {
            "action": "remove",
            "kind": "backup",
            "name": str(backups.directory / old.file),
            "fields": [],
        }
    ]
    assert backups.names() == {young.file} and outcome["api"]["requests"] == 0
    assert backups.expect(max_age="1h", keep_last=1)["changed"] is False


def test_the_last_good_one_stays_even_if_the_rules_keep_none(appliance):
    backups = appliance()
    young = backups.put(ago(minutes=5))
    assert backups.expect(max_age="1h", keep_last=0, keep_daily=0)["changed"] is False
    assert backups.names() == {young.file}


def test_the_one_that_was_asked_for_stays_although_a_newer_one_is_protected_otherwise(appliance):
    backups = appliance()
    asked, newer = backups.put(ago(minutes=9)), backups.put(ago(minutes=5), password_protected=True)
    assert [backups.expect(max_age="1h", keep_last=1)["backup"]["file"] for _run in range(2)] == [
        asked.file
    ] * 2
    assert backups.names() == {asked.file, newer.file} and backups.downloads == 0


@pytest.mark.parametrize("check", [False, True])
def test_a_newest_one_that_is_damaged_inside_keeps_all_older_ones_alive(appliance, check):
    backups = appliance()
    young, old = backups.put(ago(minutes=5), b"content"), backups.put(ago(days=1))
    (backups.directory / young.file).write_bytes(b"CONTENT")
    assert "is damaged" in backups.refuse(check, max_age="1h", keep_last=1)
    assert backups.names() == {young.file, old.file}


def test_a_newest_one_of_the_wrong_size_is_not_the_last_good_one(appliance):
    backups = appliance()
    short, good, old = (backups.put(ago(days=days)) for days in (1, 2, 3))
    (backups.directory / short.file).write_bytes(b"cut")
    backups.expect(max_age="3d", keep_last=1)
    assert backups.names() == {short.file, good.file}
    assert old.file not in backups.names()


def test_what_is_not_its_own_is_never_removed(appliance):
    backups = appliance()
    others = put(backups.directory, ago(days=500), server="other.example.org")
    for name in ("notes.txt", "notes.json", "support_20200101T000000.000Z.nsb"):
        (backups.directory / name).write_text("mine")
    old = backups.put(ago(days=3))
    stolen = backups.put(ago(days=4), b"{}")
    (backups.directory / f"{stolen.file}.json").rename(backups.directory / "another.nsb.json")
    before = {path.name for path in backups.directory.iterdir()}
    backups.expect(keep_last=1)
    after = {path.name for path in backups.directory.iterdir() if path.is_file()}
    assert before - after == {old.file, f"{old.file}.json"} and others.file in after


def test_a_refused_backup_removes_nothing(appliance):
    backups = appliance()
    old = {backups.put(ago(days=days)).file for days in (1, 2, 3)}
    backups.simulated.inject("GET /api/backup", "status", times=None, status=503)
    backups.refuse(keep_last=1)
    assert backups.names() == old


# --- The second place -------------------------------------------------------------------------------------------------


@pytest.fixture
def second(tmp_path):
    directory = tmp_path / "second"
    directory.mkdir()
    return directory


def test_the_newest_one_is_copied_and_old_copies_go_by_the_same_rules(appliance, second):
    backups = appliance()
    old = backups.put(ago(days=2), directory=second)
    outcome = backups.expect(copy_to=str(second), keep_last=1)
    assert [change["action"] for change in outcome["changes"]] == ["backup", "copy", "remove"]
    assert outcome["changes"][1]["name"] == str(second) and outcome["changes"][2]["name"] == str(
        second / old.file
    )
    assert backups.names() == backups.names(second)
    (name,) = backups.names()
    assert (second / name).read_bytes() == (backups.directory / name).read_bytes()
    assert (second / name).stat().st_mode & 0o777 == 0o600
    assert backups.expect(copy_to=str(second), keep_last=1, max_age="1h")["changed"] is False


def test_a_copy_that_is_missing_or_cut_is_made_up_for_without_another_download(appliance, second):
    backups = appliance()
    backups.expect()
    for _copy in range(2):
        assert [
            change["action"]
            for change in backups.expect(copy_to=str(second), max_age="1h")["changes"]
        ] == ["copy"]
        (name,) = backups.names(second)
        (second / name).write_bytes(b"cut")
    assert backups.downloads == 1


def test_a_second_place_that_fails_is_told_with_what_was_done(appliance, second):
    backups = appliance(backup_bytes=MEGABYTE)
    young = backups.put(ago(minutes=5), b"content")
    (backups.directory / young.file).write_bytes(b"CONTENT")
    assert "is damaged" in backups.refuse(copy_to=str(second), max_age="1h")
    (second / f".{backups.server.replace(':', '-')}.new").rmdir()
    (second / f".{backups.server.replace(':', '-')}.new").touch()
    assert "File exists" in backups.refuse(copy_to=str(second))
    assert backups.names() == {young.file}


def test_a_copy_that_cannot_be_made_leaves_the_backup_and_says_that_it_is_there(
    appliance, second, monkeypatch
):
    def full(source, target):
        raise OSError(errno.ENOSPC, "No space left on device", str(target))

    monkeypatch.setattr("shutil.copyfile", full)
    backups = appliance()
    outcome = backups.run(copy_to=str(second))
    assert outcome.failed and outcome["changed"] is True
    assert (
        "No space left on device" in outcome["msg"]
        and f"Done before that: backup server {backups.server}." in outcome["msg"]
    )
    assert outcome["changes"] == [
        {"action": "backup", "kind": "server", "name": backups.server, "fields": []}
    ]
    assert len(backups.names()) == 1 and backups.names(second) == set()


def test_the_second_place_is_another_one_and_exists(appliance, tmp_path):
    backups = appliance()
    backups.directory.mkdir()
    assert "copy_to must be another place" in backups.refuse(
        copy_to=f"{backups.directory}/../backups"
    )
    assert "It is not made" in backups.refuse(copy_to=str(tmp_path / "unmounted"))
    assert backups.simulated.journal.entries == []


# --- Passwords and encryption -----------------------------------------------------------------------------------------


def stand_in(tmp_path, monkeypatch, script: str) -> None:
    """Put a shell script in the place of age."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "age").write_text(f"#!/bin/sh\n{script}\n")
    (tmp_path / "bin" / "age").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")


def test_a_password_goes_to_the_appliance_in_the_body_of_a_post_and_nowhere_else(appliance):
    backups = appliance()
    backup = backups.expect(backup_password=PASSWORD)["backup"]
    assert backup["password_protected"] is True
    (entry,) = backups.simulated.asked("POST /api/backup")
    assert (entry.body, entry.parameters) == ({"password": PASSWORD}, [])
    assert b'"protected":true' in Path(backup["path"]).read_bytes()[:500]


def test_a_password_is_not_sent_to_a_version_that_does_not_know_it(appliance):
    backups = appliance(version="22.2.3")
    message = backups.refuse(backup_password=PASSWORD)
    assert "Version 22.2.3" in message and "encrypt_with" in message
    assert backups.downloads == 0


def test_of_an_unknown_version_the_module_warns(appliance):
    seed = small_appliance()
    seed["accounts"][CLIENT_ID]["permissions"] = {"perm_backup": 1, "perm_command": "deny"}
    outcome = appliance("rs", seed).expect(backup_password=PASSWORD)
    assert any(
        "The appliance does not tell its version" in str(warning) for warning in outcome["warnings"]
    )


def test_an_appliance_that_ignores_the_password_cannot_be_told_from_one_that_does_not(appliance):
    outcome = appliance(backup_password="ignored").expect(backup_password=PASSWORD)
    assert (
        b'"protected":false' in Path(outcome["backup"]["path"]).read_bytes()[:500]
        and PASSWORD not in outcome.output
    )


def test_a_password_that_the_appliance_refuses_is_told(appliance):
    assert "takes no body" in appliance(backup_password="refused").refuse(backup_password=PASSWORD)


def test_an_appliance_whose_backups_are_protected_may_need_the_password(appliance):
    backups = appliance(backup_password="required")
    assert "The password of the backup is required" in backups.refuse() and backups.names() == set()
    assert backups.expect(backup_password=PASSWORD)["backup"]["password_protected"] is True


def test_what_is_stored_is_encrypted_and_the_manifest_tells_both_sums(
    appliance, tmp_path, monkeypatch
):
    stand_in(
        tmp_path,
        monkeypatch,
        f'echo "$@" > {tmp_path}/arguments; tr "\\000-\\377" "\\001-\\377\\000"',
    )
    backups = appliance()
    backup = backups.expect(encrypt_with="age", recipients=[AGE])["backup"]
    stored = Path(backup["path"]).read_bytes()
    assert backup["file"].endswith(".nsb.age") and backup["encryption"] == {
        "tool": "age",
        "recipients": [AGE],
    }
    assert (backup["size"], backup["sha256"]) == (len(stored), sha256(stored))
    plain = bytes((byte - 1) % 256 for byte in stored)
    assert (
        (backup["content_size"], backup["content_sha256"])
        == (len(plain), sha256(plain))
        != (backup["size"], backup["sha256"])
    )
    assert plain.startswith(b"NSBSIM1\n") and not stored.startswith(b"NSBSIM1\n")
    assert (tmp_path / "arguments").read_text() == f"--encrypt --recipient {AGE}\n"
    verified = run_module("backup_verify", {"directory": str(backups.directory)})
    assert verified["problems"] == [] and verified["checked"] == 1


def test_a_tool_that_fails_keeps_nothing(appliance, tmp_path, monkeypatch):
    stand_in(tmp_path, monkeypatch, "head -c 100000; echo broken >&2; exit 3")
    assert "did not encrypt the backup, which was not kept: broken" in appliance().refuse(
        encrypt_with="age", recipients=[AGE]
    )


# --- Check mode and diff ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"max_age": "1h"},
        {"max_age": "2d"},
        {"keep_last": 2},
        {"max_age": "2d", "keep_last": 1},
        {"keep_daily": 3},
    ],
)
def test_check_mode_foretells_the_real_run_and_neither_asks_nor_writes(appliance, second, options):
    backups = appliance()
    for days in (1, 2, 3):
        backups.put(ago(days=days), directory=second if days == 3 else None)
    foretold = backups.expect(True, copy_to=str(second), **options)
    done = backups.expect(copy_to=str(second), **options)
    for name in ("changed", "changes", "diff"):
        assert foretold[name] == done[name]
    assert ("backup" in foretold.result) is not any(
        change["action"] == "backup" for change in done["changes"]
    )


def test_check_mode_makes_no_directory(appliance):
    backups = appliance()
    assert backups.expect(True)["changed"] is True
    assert not backups.directory.exists()


def test_the_difference_shows_what_comes_and_what_goes(appliance, second):
    backups = appliance()
    old = backups.put(ago(days=1))
    diff = backups.expect(keep_last=1, copy_to=str(second))["diff"]
    assert diff == {
        "before": {str(backups.directory): {old.file: old.taken_at}, str(second): {}},
        "after": {str(backups.directory): {"new": ""}, str(second): {"new": ""}},
    }


# --- Memory -----------------------------------------------------------------------------------------------------------

IN_A_PROCESS = """
import json, sys
from tests.module_runner import run_module
print(json.dumps(run_module("backup", json.load(open(sys.argv[1]))).result))
"""


def in_a_process(options: Path, directory: Path) -> tuple[dict, int]:
    """Run the module backup in a process of its own; returns its result and its peak memory in
    bytes.
    """
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
    finished = run([sys.executable, "-c", IN_A_PROCESS, options], environment, directory)
    return json.loads(finished.output.splitlines()[-1]), finished.peak


@pytest.mark.parametrize("protected", [{}, {"encrypt_with": "age", "recipients": [AGE]}])
def test_a_large_backup_takes_no_more_memory_than_a_small_one(
    appliance, tmp_path, monkeypatch, protected
):
    stand_in(tmp_path, monkeypatch, "exec cat")
    backups, peaks = appliance(), []
    for size in (MEGABYTE, LARGE):
        backups.simulated.server.switches.backup_bytes = size
        options = tmp_path / "options.json"
        options.write_text(
            json.dumps({**backups.options, **protected, "keep_last": 1, "timeout": 60})
        )
        result, peak = in_a_process(options, tmp_path)
        assert not result.get("failed"), result["msg"]
        assert result["backup"]["content_size"] == size
        peaks.append(peak)
    assert peaks[1] - peaks[0] < 8 * MEGABYTE
    path = Path(result["backup"]["path"])
    with open(path, "rb") as file:
        assert hashlib.file_digest(file, "sha256").hexdigest() == result["backup"]["sha256"]


# --- One module, two platforms ----------------------------------------------------------------------------------------


def test_the_platform_says_whose_environment_counts(appliance, simplehelp, monkeypatch):
    backups, other = appliance(), simplehelp()
    for prefix, options in (
        ("BEYONDTRUST", backups.simulated.options),
        ("SIMPLEHELP", other.options),
    ):
        for name in (
            "url",
            "ca_path",
            "client_id",
            "client_secret",
            "api_token",
            "shared_directory",
        ):
            if name in options:
                monkeypatch.setenv(f"{prefix}_{name.upper()}", options[name])
    outcome = run_module("backup", {"platform": "beyondtrust", "directory": str(backups.directory)})
    assert outcome["backup"]["url"] == backups.simulated.running.url
    outcome = run_module("backup", {"platform": "simplehelp"})
    assert (
        outcome["changed"] is True
        and "backup" not in outcome.result
        and other.wrote() == ["server/backup"]
    )
    assert_silent_about({CLIENT_SECRET, other.options["api_token"]}, outcome.output)


def test_connection_options_of_the_other_platform_do_not_count_and_other_options_are_refused(
    appliance, simplehelp
):
    backups, other = appliance(), simplehelp()
    assert backups.expect(api_token="of the other")["changed"] is True
    options = {**other.options, "platform": "simplehelp"}
    assert (
        run_module("backup", {**options, "client_id": "x", "client_secret": "y"})["changed"] is True
    )
    outcome = run_module("backup", {**options, "directory": str(backups.directory), "keep_last": 1})
    assert (
        outcome.failed
        and "With platform simplehelp there is no directory and no keep_last." in outcome["msg"]
    )
    assert other.wrote() == ["server/backup"]


@pytest.mark.parametrize("option", ["url", "client_id", "client_secret", "directory"])
def test_what_the_platform_needs_and_is_not_there_is_told(appliance, option):
    backups = appliance()
    assert f"missing required arguments: {option}" in backups.refuse(**{option: ...})
    assert backups.simulated.journal.entries == []


# --- Verifying and listing --------------------------------------------------------------------------------------------


def verify(directory: Path, failed: bool = False, **options) -> Outcome:
    before = everything_in(directory) if directory.is_dir() else None
    for check in (True, False):
        outcome = run_module("backup_verify", {"directory": str(directory), **options}, check)
        assert outcome.failed is failed and outcome["changed"] is False
        assert "Traceback" not in outcome.output
    assert directory.is_dir() is False or everything_in(directory) == before
    return outcome


def told(outcome: Outcome) -> list:
    return [
        (problem["problem"], problem["server"], problem["file"]) for problem in outcome["problems"]
    ]


@pytest.fixture
def directory(tmp_path):
    return tmp_path / "backups"


def test_good_backups_are_good(directory):
    newest = put(directory, ago(hours=1))
    put(directory, ago(days=1))
    other = put(directory, ago(hours=2), server="other.example.org")
    outcome = verify(directory, max_age="1d", max_gap="25h")
    assert (outcome["problems"], outcome["checked"]) == ([], 3)
    assert outcome["servers"] == {
        newest.server: {"good": 2, "newest": newest.taken_at},
        "other.example.org": {"good": 1, "newest": other.taken_at},
    }
    assert outcome["bytes"] == sum(
        path.stat().st_size for path in directory.iterdir() if path.suffix != ".json"
    )


def test_everything_that_is_wrong_is_told_at_once_and_in_words(directory):
    rotten, short, gone, bad, good = (
        put(directory, ago(days=days), b"content") for days in range(1, 6)
    )
    (directory / rotten.file).write_bytes(b"CONTENT")
    (directory / short.file).write_bytes(b"cont")
    (directory / gone.file).unlink()
    (directory / f"{bad.file}.json").write_text("{}")
    (directory / "stray.nsb").write_bytes(b"x")
    outcome = verify(directory, failed=True, max_age="2d")
    assert sorted(told(outcome), key=str) == sorted(
        [
            ("corrupted", rotten.server, rotten.file),
            ("corrupted", short.server, short.file),
            ("missing", gone.server, gone.file),
            ("unreadable_manifest", None, bad.file),
            ("no_manifest", None, "stray.nsb"),
            ("too_old", good.server, good.file),
        ],
        key=str,
    )
    assert all(problem["message"] for problem in outcome["problems"])
    assert rotten.file in outcome["msg"] and "And 1 more." in outcome["msg"]
    assert told(verify(directory, fail_on_problems=False, max_age="2d")) == told(outcome)


def test_a_directory_without_any_backup_of_a_server_is_a_problem_where_one_is_expected(directory):
    put(directory, ago(hours=1))
    assert told(verify(directory, failed=True, servers=["rs-b.example.org"])) == [
        ("no_backup", "rs-b.example.org", None)
    ]
    for server in ("support.example.org", "https://Support.example.org:443/"):
        outcome = verify(directory, servers=[server])
        assert outcome["checked"] == 1 and list(outcome["servers"]) == ["support.example.org"]
    assert told(verify(directory, failed=True, servers=["https://rs-b.example.org:8443"])) == [
        ("no_backup", "rs-b.example.org:8443", None)
    ]
    gone = put(directory, ago(hours=1), server="rs-b.example.org")
    (directory / gone.file).unlink()
    assert told(verify(directory, failed=True)) == [
        ("missing", gone.server, gone.file),
        ("no_backup", gone.server, None),
    ]


@pytest.mark.parametrize(
    ("hours", "options", "gaps"),
    [
        ([1, 25, 49, 73], {"max_gap": "25h"}, 0),
        ([1, 25, 73, 97], {"max_gap": "25h"}, 1),
        ([1, 25, 73, 97, 200], {"max_gap": "25h"}, 2),
        ([1, 25, 73, 97, 200], {"max_gap": "25h", "gaps_within": "4d"}, 1),
        ([1, 25, 49, 200, 800], {"max_gap": "25h", "gaps_within": "2d"}, 0),
        ([1], {"max_gap": "25h"}, 0),
    ],
)
def test_gaps_in_the_schedule_are_told(directory, hours, options, gaps):
    for each in hours:
        put(directory, ago(hours=each))
    outcome = verify(directory, failed=bool(gaps), **options)
    assert [problem["problem"] for problem in outcome["problems"]] == ["gap"] * gaps


def test_a_damaged_backup_leaves_a_gap(directory):
    for hours in (1, 25, 49):
        backup = put(directory, ago(hours=hours), b"content")
        if hours == 25:
            (directory / backup.file).write_bytes(b"CONTENT")
    assert [
        problem for problem, _server, _file in told(verify(directory, failed=True, max_gap="25h"))
    ] == ["corrupted", "gap"]


def test_a_newest_backup_from_the_future_is_not_believed(directory):
    put(directory, ago(hours=-5))
    outcome = verify(directory, failed=True, max_age="1d")
    assert [problem["problem"] for problem in outcome["problems"]] == [
        "too_old"
    ] and "in the future" in outcome["msg"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"max_age": "soon"}, "max_age must be a duration"),
        ({"gaps_within": "7d"}, "gaps_within needs max_gap"),
        ({"max_gap": "0"}, "max_gap must be"),
    ],
)
def test_verifying_what_makes_no_sense_is_refused(directory, options, words):
    put(directory, ago(hours=1))
    assert words in verify(directory, failed=True, **options)["msg"]


@pytest.mark.parametrize("module", ["backup_verify", "backup_info"])
def test_a_directory_that_is_not_there_is_told(module, directory):
    outcome = run_module(module, {"directory": str(directory)})
    assert (
        outcome.failed
        and f"The directory {directory} cannot be read" in outcome["msg"]
        and outcome["changed"] is False
    )


def test_backups_are_listed_with_their_manifests_newest_first(directory):
    old, new = put(directory, ago(days=2)), put(directory, ago(days=1))
    other, cut = (
        put(directory, ago(days=3), server="other.example.org"),
        put(directory, ago(days=4)),
    )
    (directory / cut.file).write_bytes(b"cut")
    (directory / "stray.nsb").write_bytes(b"x")
    backups = run_module("backup_info", {"directory": str(directory)})["backups"]
    assert [backup["file"] for backup in backups] == [new.file, old.file, other.file, cut.file]
    assert [backup["problem"] for backup in backups] == [None, None, None, "corrupted"]
    assert backups[0]["path"] == str(directory / new.file) and 86_400 <= backups[0]["age"] < 87_000
    for server in ("other.example.org", "https://other.example.org"):
        listed = run_module(
            "backup_info", {"directory": str(directory), "servers": [server]}, check=True
        )
        assert [backup["file"] for backup in listed["backups"]] == [other.file] and listed[
            "changed"
        ] is False

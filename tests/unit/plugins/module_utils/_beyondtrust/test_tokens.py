"""What the token store promises: one token for all processes, never lost, never shown, never handed
out when it is spent.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.tokens import (
    PrivateTokens,
    TokenStore,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.errors import (
    Error,
    LoginRefused,
    ServerError,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.shared_files import shared_file

URL, CLIENT, SECRET = (
    "https://support.example.org/oauth2/token",
    "client-4711",
    "s3cret-of-the-client",
)


class Mint:
    """Mints token-1, token-2, ... and counts."""

    def __init__(self, lifetime=3600.0):
        self.lifetime, self.count = lifetime, 0

    def __call__(self):
        self.count += 1
        return f"token-{self.count}", self.lifetime


class Clock:
    def __init__(self):
        self.now = 1_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def directory(tmp_path):
    return tmp_path / "shared"


@pytest.fixture(params=["shared", "private"])
def store(request, directory, clock):
    return (
        TokenStore(directory, now=clock) if request.param == "shared" else PrivateTokens(now=clock)
    )


def run(script: str, *arguments) -> list:
    """Run the script in a Python of its own and return the JSON that it prints."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return json.loads(
        subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE).stdout
    )


def fails_to_mint():
    raise ServerError("client_id and client_secret were not accepted")


def refuses_to_mint():
    raise LoginRefused("client_id and client_secret were not accepted (HTTP 401).", status=401)


def test_a_secret_that_was_refused_is_not_sent_again_for_a_minute_and_another_one_is_at_once(
    store, clock
):
    with pytest.raises(LoginRefused, match="HTTP 401"):
        store.token(URL, CLIENT, refuses_to_mint, SECRET)
    clock.now += 20
    mint = Mint()
    with pytest.raises(
        LoginRefused, match="not accepted 20 s ago, and are not sent again for another 40 s"
    ) as caught:
        store.token(URL, CLIENT, mint, SECRET)
    assert SECRET not in str(caught.value) and mint.count == 0
    assert store.token(URL, CLIENT, mint, "another secret") == "token-1"
    with pytest.raises(LoginRefused):
        store.token(URL, CLIENT, mint, SECRET)
    assert store.token(URL, "another-account", mint, SECRET) == "token-2"
    clock.now += 40
    assert store.token(URL, CLIENT, mint, SECRET) == "token-3"


def test_a_refusal_from_a_clock_that_was_wrong_keeps_nobody_out(store, clock):
    with pytest.raises(LoginRefused):
        store.token(URL, CLIENT, refuses_to_mint, SECRET)
    clock.now -= 3600
    assert store.token(URL, CLIENT, Mint(), SECRET) == "token-1"


def test_the_token_of_the_right_secret_outlives_the_refusal_of_a_wrong_one(store):
    mint = Mint()
    store.token(URL, CLIENT, mint, SECRET)
    with pytest.raises(LoginRefused):
        store.token(URL, CLIENT, refuses_to_mint, "a wrong one")
    assert store.token(URL, CLIENT, mint, SECRET) == "token-1"


def test_an_answer_that_says_nothing_of_the_secret_is_not_remembered(store):
    with pytest.raises(ServerError):
        store.token(URL, CLIENT, fails_to_mint, SECRET)
    assert store.token(URL, CLIENT, Mint(), SECRET) == "token-1"


def test_a_token_is_minted_once_and_then_reused(store):
    mint = Mint()
    assert [store.token(URL, CLIENT, mint) for _number in range(3)] == ["token-1"] * 3
    assert mint.count == 1


@pytest.mark.parametrize(("lifetime", "margin"), [(3600.0, 60.0), (100.0, 10.0)])
def test_a_token_is_renewed_a_minute_or_a_tenth_of_its_life_before_it_ends(
    store, clock, lifetime, margin
):
    mint = Mint(lifetime)
    store.token(URL, CLIENT, mint)
    clock.now += lifetime - margin - 1
    assert store.token(URL, CLIENT, mint) == "token-1"
    clock.now += 1
    assert store.token(URL, CLIENT, mint) == "token-2"


def test_a_token_that_is_dead_on_arrival_is_returned_but_not_reused(store):
    mint = Mint(lifetime=0.0)
    assert store.token(URL, CLIENT, mint) == "token-1"
    assert store.token(URL, CLIENT, mint) == "token-2"


def test_each_account_and_each_server_has_a_token_of_its_own(store):
    mint = Mint()
    accounts = [(URL, CLIENT), (URL, "other"), (URL.replace("support", "rescue"), CLIENT)]
    assert [store.token(*account, mint) for account in accounts] == [
        "token-1",
        "token-2",
        "token-3",
    ]
    assert [store.token(*account, mint) for account in accounts] == [
        "token-1",
        "token-2",
        "token-3",
    ]


def test_an_address_spelled_differently_is_the_same_server(store):
    mint = Mint()
    assert store.token("https://Support.Example.org/", CLIENT, mint) == store.token(
        "https://support.example.org", CLIENT, mint
    )


def test_a_discarded_token_is_replaced(store):
    mint = Mint()
    store.discard(URL, CLIENT, store.token(URL, CLIENT, mint))
    assert store.token(URL, CLIENT, mint) == "token-2"


def test_only_the_stored_token_can_be_discarded(store):
    mint = Mint()
    store.discard(URL, CLIENT, "token-0")
    store.token(URL, CLIENT, mint)
    store.discard(URL, CLIENT, "token-0")
    store.discard(URL, "other", "token-1")
    assert store.token(URL, CLIENT, mint) == "token-1"


def test_a_wrong_secret_fails_although_a_token_is_stored_and_leaves_that_token(store):
    mint = Mint()
    store.token(URL, CLIENT, mint, SECRET)
    with pytest.raises(ServerError, match="not accepted"):
        store.token(URL, CLIENT, fails_to_mint, "wrong")
    assert store.token(URL, CLIENT, mint, SECRET) == "token-1"
    assert mint.count == 1


def test_a_regenerated_secret_replaces_the_token(store):
    mint = Mint()
    store.token(URL, CLIENT, mint, SECRET)
    assert store.token(URL, CLIENT, mint, "regenerated") == "token-2"
    assert store.token(URL, CLIENT, mint, "regenerated") == "token-2"


def test_threads_of_one_process_mint_once(store):
    mint, barrier = Mint(), Barrier(16)

    def mint_slowly():
        time.sleep(0.02)
        return mint()

    def ask(_number):
        barrier.wait()
        return store.token(URL, CLIENT, mint_slowly)

    with ThreadPoolExecutor(16) as pool:
        assert set(pool.map(ask, range(16))) == {"token-1"}
    assert mint.count == 1


def test_the_private_store_writes_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    store = PrivateTokens()
    store.discard(URL, CLIENT, store.token(URL, CLIENT, Mint(), SECRET))
    assert list(tmp_path.iterdir()) == []


def test_files_are_closed_to_others_whatever_the_umask(directory):
    before = os.umask(0)
    try:
        TokenStore(directory).token(URL, CLIENT, Mint())
    finally:
        os.umask(before)
    assert directory.stat().st_mode & 0o777 == 0o700
    assert {path.suffix: path.stat().st_mode & 0o777 for path in directory.iterdir()} == {
        ".token": 0o600,
        ".lock": 0o600,
    }


def test_neither_names_nor_contents_of_files_tell_the_secret_the_client_or_the_server(directory):
    TokenStore(directory).token(URL, CLIENT, Mint(), SECRET)
    written = "".join(path.name + path.read_text() for path in directory.iterdir())
    assert "token-1" in written
    assert not [word for word in (SECRET, CLIENT, "example") if word in written]


def test_a_directory_that_others_can_open_is_refused_before_anything_is_minted(directory):
    mint = Mint()
    directory.mkdir()
    directory.chmod(0o750)
    with pytest.raises(
        Error, match=rf"{directory} belongs to .* with mode 0750, not to .* with mode 0700"
    ):
        TokenStore(directory).token(URL, CLIENT, mint)
    assert mint.count == 0


def test_a_directory_of_another_user_is_refused_before_anything_is_minted(directory):
    mint = Mint()
    directory.mkdir(mode=0o700)
    if os.geteuid() == 0:
        os.chown(directory, 65534, -1)
    else:
        directory = Path("/")
    with pytest.raises(
        Error, match=rf"{directory} belongs to user id \d+ .*, not to user id {os.geteuid()}"
    ):
        TokenStore(directory).token(URL, CLIENT, mint)
    assert mint.count == 0


def test_a_directory_that_cannot_be_made_is_a_clear_error(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(Error, match="cannot be stored: .*Not a directory.*file"):
        TokenStore(tmp_path / "file" / "shared").token(URL, CLIENT, Mint())


@pytest.mark.parametrize(
    ("cache", "expected"),
    [("cache", "cache/remoteops-access"), ("", "home/.cache/remoteops-access")],
)
def test_the_directory_lies_in_the_users_cache(tmp_path, monkeypatch, cache, expected):
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / cache) if cache else "")
    TokenStore().token(URL, CLIENT, Mint())
    assert shared_file("token", URL, CLIENT).parent == tmp_path / expected
    assert shared_file("token", URL, CLIENT).exists()


def test_a_user_without_a_home_gets_a_clear_error_and_no_directory_in_the_wrong_place(
    tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    with pytest.raises(
        Error, match="relative/remoteops-access is no absolute path; HOME or XDG_CACHE_HOME"
    ):
        TokenStore().token(URL, CLIENT, Mint())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 200,
        b"\xff\xfe",
        b"{",
        b"null",
        b"{}",
        b"7",
        b"[]",
        b'"abc"',
        b'["token-0", 9e99, "no proof"]',
        b'[1, "x", null]',
        b"[[], {}, 3]",
    ],
)
def test_a_file_that_is_not_a_token_counts_as_none(directory, content):
    store, mint = TokenStore(directory), Mint()
    store.token(URL, CLIENT, mint)
    shared_file("token", URL, CLIENT, directory).write_bytes(content)
    assert store.token(URL, CLIENT, mint) == "token-2"
    assert store.token(URL, CLIENT, mint) == "token-2"


def test_no_part_of_a_token_file_passes_for_a_token(directory):
    store, mint = TokenStore(directory), Mint()
    store.token(URL, CLIENT, mint)
    path = shared_file("token", URL, CLIENT, directory)
    whole = path.read_bytes()
    for length in range(len(whole)):
        before = mint.count
        path.write_bytes(whole[:length])
        store.token(URL, CLIENT, mint)
        assert mint.count == before + 1


def test_what_a_killed_process_left_half_written_does_not_spoil_the_next_token(directory):
    store, mint = TokenStore(directory), Mint()
    path = shared_file("token", URL, CLIENT, directory)
    directory.mkdir(mode=0o700)
    path.with_suffix(".new").write_bytes(b"x" * 10_000)
    assert [store.token(URL, CLIENT, mint) for _number in range(2)] == ["token-1"] * 2


FIFTY_PROCESSES = f"""
import json, multiprocessing, os, sys, time
from pathlib import Path
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.tokens import TokenStore

directory, denied = Path(sys.argv[1]), sys.argv[2]
fork = multiprocessing.get_context("fork")
barrier = fork.Barrier(50)

def mint():
    time.sleep(0.05)
    with open(directory.with_suffix(".minted"), "a") as log:
        log.write("x")
    return f"token of {{os.getpid()}}", 3600

def work(number):
    store = TokenStore(directory)
    barrier.wait()
    if denied:
        store.discard({URL!r}, {CLIENT!r}, denied)
    return os.getpid(), store.token({URL!r}, {CLIENT!r}, mint)

with fork.Pool(50) as pool:
    answers = pool.map(work, range(50), chunksize=1)
print(json.dumps([answers, directory.with_suffix(".minted").stat().st_size]))
"""


@pytest.mark.parametrize("denied", ["", "token-1"])
def test_fifty_processes_mint_one_token_at_the_start_and_when_the_server_denies_it_to_all_at_once(
    directory, denied
):
    if denied:
        TokenStore(directory).token(URL, CLIENT, Mint())
    answers, minted = run(FIFTY_PROCESSES, directory, denied)
    assert len({process for process, token in answers}) == 50
    assert len({token for process, token in answers} - {denied}) == 1
    assert minted == 1


KILLED = f"""
import json, os, signal, sys
from pathlib import Path
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust import tokens
from ansible_collections.remoteops.access.plugins.module_utils._core import shared_files

directory = Path(sys.argv[1])

def is_killed_after(instructions):
    process = os.fork()
    if process:
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == -signal.SIGKILL

    def trace(frame, event, argument):
        nonlocal instructions
        if frame.f_code.co_filename not in (tokens.__file__, shared_files.__file__):
            return None
        frame.f_trace_opcodes = True
        instructions -= event == "opcode"
        if instructions < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return trace

    sys._getframe().f_trace_opcodes = True  # Python 3.12 looks at this when tracing begins, not later
    sys.settrace(trace)
    tokens.TokenStore(directory).token({URL!r}, {CLIENT!r}, lambda: ("of the killed", 3600))
    sys.settrace(None)
    os._exit(0)

path = tokens.shared_file("token", {URL!r}, {CLIENT!r}, directory)
found, instructions, killed = [], 0, True
while killed:
    tokens.TokenStore(directory, now=lambda: 0.0).token({URL!r}, {CLIENT!r}, lambda: ("spent", 3600), secret=str(instructions))
    killed = is_killed_after(instructions)
    stored = json.loads(path.read_bytes())[0]
    found.append([stored, tokens.TokenStore(directory).token({URL!r}, {CLIENT!r}, lambda: ("minted afterwards", 3600))])
    instructions += 3
print(json.dumps(found))
"""


def test_a_process_killed_at_any_point_leaves_the_old_token_or_the_new_one_whole_and_no_lock(
    directory,
):
    found = run(KILLED, directory)
    old, new = ["spent", "minted afterwards"], ["of the killed", "of the killed"]
    before, after = found.count(old), found.count(new)
    assert found == [old] * before + [new] * after
    assert before > 50
    assert after > 5

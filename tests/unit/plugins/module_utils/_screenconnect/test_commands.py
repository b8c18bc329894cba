"""What is sent for a command, and what is understood of its output among the events of others."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import subprocess

import pytest

from ansible_collections.remoteops.access.plugins.module_utils._core.errors import InputError
from ansible_collections.remoteops.access.plugins.module_utils._screenconnect.commands import (
    Command,
    Output,
    shell_of,
)

MARKED = Command("ipconfig", 60_123, 5_000, None, None, "remoteops-0123456789abcdef")
MARKER = MARKED.marker


def events(*outputs, kind=70):
    return [
        {
            "EventID": str(number),
            "EventType": kind,
            "Time": f"2026-01-05T07:00:{number:02}.0000000Z",
            "Data": text,
        }
        for number, text in enumerate(outputs)
    ]


def run_by_sh(command, directory):
    """Run what is sent as a guest with sh does, and return what it prints; header lines are
    comments to it.
    """
    done = subprocess.run(
        ["/bin/sh", "-c", command.for_shell("sh")],
        cwd=directory,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.stdout


# --- What is sent -----------------------------------------------------------------------------------------------------


def test_the_limits_are_header_lines_and_powershell_is_asked_for_by_one():
    assert MARKED.for_shell("cmd").split("\n")[:2] == ["#timeout=60123", "#maxlength=5200"]
    assert MARKED.for_shell("powershell").split("\n")[:3] == [
        "#!ps",
        "#timeout=60123",
        "#maxlength=5200",
    ]


def test_each_command_has_a_marker_and_a_time_of_its_own():
    made = [Command.marked("x", 60, 5000) for _number in range(20)]
    assert len({command.marker for command in made}) == 20
    assert all(60_000 < command.milliseconds < 61_000 for command in made)


@pytest.mark.parametrize(
    ("text", "output", "status"),
    [
        ("echo hello", "hello\n", 0),
        ("printf hello", "hello", 0),
        ("exit 3", "", 3),
        ("echo to the errors >&2; false", "to the errors\n", 1),
        ("echo \"it's\" '$HOME' `echo quoted`", "it's $HOME quoted\n", 0),
        ("for i in 1 2\ndo\n  echo $i\ndone\n", "1\n2\n", 0),
        ("cat <<END\n'a' \"b\"\nEND", "'a' \"b\"\n", 0),
        ("exec sh -c 'exit 137'", "", 137),
    ],
)
def test_sh_tells_the_output_and_the_exit_status_whatever_the_command_does(
    tmp_path, text, output, status
):
    command = Command(text, 60_123, 5_000, None, None, MARKER)
    found = command.output(
        events("somebody else's\n", run_by_sh(command, tmp_path), "somebody else's\n")
    )
    assert (found.stdout, found.status) == (output, status)


def test_sh_tells_an_error_of_syntax_as_an_exit_status(tmp_path):
    command = Command("if then", 60_123, 5_000, None, None, MARKER)
    found = command.output(events(run_by_sh(command, tmp_path)))
    assert found.fate == "failed" and found.status == 2 and "yntax error" in found.stdout


def test_sh_does_not_run_what_a_file_makes_superfluous(tmp_path):
    (tmp_path / "it's there").touch()
    for creates, removes, fate in (
        ("it's there", None, "skipped"),
        ("no", None, "done"),
        (None, "it's there", "done"),
        (None, "no", "skipped"),
    ):
        command = Command("echo ran", 60_123, 5_000, creates, removes, MARKER)
        assert command.output(events(run_by_sh(command, tmp_path))).fate == fate, (creates, removes)


def test_powershell_takes_every_kind_of_quote_for_one():
    command = Command("echo 'a' \u2018b\u2019", 60_123, 5_000, "C:\\it's", None, MARKER)
    assert "Create('echo ''a'' \u2018\u2018b\u2019\u2019')" in command.for_shell("powershell")
    assert "-LiteralPath 'C:\\it''s'" in command.for_shell("powershell")


@pytest.mark.parametrize(
    "given",
    [
        {"text": " "},
        {"timeout": 0},
        {"max_length": 0},
        {"creates": ""},
        {"creates": "a\nb"},
        {"removes": "\x00"},
    ],
)
def test_what_cannot_be_meant_is_refused(given):
    with pytest.raises(InputError):
        Command.marked(**{"text": "x", "timeout": 60, "max_length": 5000, **given})


def test_a_path_that_would_end_the_quotes_of_cmd_is_refused():
    with pytest.raises(InputError, match="quotes"):
        Command.marked("x", 60, 5000, creates='C:\\a" & del *').for_shell("cmd")


@pytest.mark.parametrize(
    ("system", "shell"),
    [
        ("Windows 11 Pro", "cmd"),
        ("Microsoft Windows Server 2022", "cmd"),
        ("Ubuntu 24.04", "sh"),
        ("macOS 15", "sh"),
    ],
)
def test_the_shell_goes_by_the_guests_operating_system(system, shell):
    assert shell_of({"GuestInfo": {"OperatingSystemName": system}}, "default") == shell
    assert shell_of({}, "powershell") == "powershell"


@pytest.mark.parametrize(
    "record",
    [
        {},
        {"GuestInfo": None},
        {"GuestInfo": {}},
        {"GuestInfo": {"OperatingSystemName": ""}},
        {"GuestInfo": {"OperatingSystemName": 5}},
    ],
)
def test_without_a_known_operating_system_the_shell_must_be_given(record):
    with pytest.raises(InputError, match="shell must be given"):
        shell_of(record, "default")


# --- What is understood -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"{MARKER} begin\r\nPRESS-02\r\n{MARKER} end 0\r\n", Output("done", "PRESS-02\n", 0)),
        (f"{MARKER} begin\r\n{MARKER} end 9009\r\n", Output("failed", "", 9009)),
        (f"{MARKER} begin\r\n{MARKER} end -1073741819\r\n", Output("failed", "", -1073741819)),
        (f"{MARKER} begin\nno line end{MARKER} end 0", Output("done", "no line end", 0)),
        (
            f"\r\nC:\\Windows>echo {MARKER} begin \r\n{MARKER} begin\r\nx\r\n{MARKER} end 0\r\n",
            Output("done", "x\n", 0),
        ),
        (f"{MARKER} skipped\r\n", Output("skipped", "", None)),
        # The words that two sites saw on real servers.
        (
            f"{MARKER} begin\r\nx\r\nKilled after 60123 milliseconds.\r\n",
            Output("killed", "x\nKilled after 60123 milliseconds.\n", None),
        ),
        (
            f"{MARKER} begin\nx\nKilled after 10000 milliseconds.",
            Output("killed", "x\nKilled after 10000 milliseconds.", None),
        ),
        (
            "Killed after 60123 milliseconds.",
            Output("killed", "Killed after 60123 milliseconds.", None),
        ),
        (
            f"{MARKER} begin\nxxx\nTruncated output at 5200 characters.",
            Output("truncated", "xxx\nTruncated output at 5200 characters.", None),
        ),
        (
            f"{MARKER} begin\nxxTruncated output at 5000 characters.\r\n",
            Output("truncated", "xxTruncated output at 5000 characters.\n", None),
        ),
        # In other words: the output as it is, and no claim.
        (
            f"{MARKER} begin\nx\nNach 60123 Millisekunden beendet.\n",
            Output("broken_off", "x\nNach 60123 Millisekunden beendet.\n", None),
        ),
        (
            f"{MARKER} begin\nx\nCommand was killed after 60123 milliseconds\n",
            Output("broken_off", "x\nCommand was killed after 60123 milliseconds\n", None),
        ),
        (
            f"{MARKER} begin\nKilled after 60123 milliseconds. Not at the end.\n",
            Output("broken_off", "Killed after 60123 milliseconds. Not at the end.\n", None),
        ),
        (f"{MARKER} begin\nthe end is lost", Output("broken_off", "the end is lost", None)),
        (
            f"{MARKER} begin\nreports of tasks killed after 5 milliseconds\n{MARKER} end 0\n",
            Output("done", "reports of tasks killed after 5 milliseconds\n", 0),
        ),
    ],
)
def test_an_output_is_understood(text, found):
    assert MARKED.output(events("before", text, "after")) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "PRESS-02\r\n",
        "remoteops-ffffffffffffffff begin\r\n",
        "Killed after 60000 milliseconds.",
        "Killed after 601230 milliseconds.",
        "Killed after 60123 milliseconds",
        "Truncated output at 5200 characters.",
        f"Killed after {'9' * 5000} milliseconds.",
    ],
)
def test_an_output_of_somebody_elses_is_not_taken_for_it(text):
    assert MARKED.output(events(text)) is None


def test_what_was_queued_is_no_output():
    queued = events(MARKED.for_shell("cmd"), kind=44)
    assert MARKED.output(queued) is None and MARKED.is_queued(queued)
    assert not MARKED.is_queued(events("ipconfig", kind=44))


@pytest.mark.parametrize("newest_first", [False, True])
def test_an_output_that_comes_in_several_events_is_put_together(newest_first):
    parts = events(
        "others\n",
        f"{MARKER} begin\r\none\r\n",
        "two\r\n",
        f"three\r\n{MARKER} end 4\r\n",
        "others\n",
    )
    assert MARKED.output(parts[::-1] if newest_first else parts) == Output(
        "failed", "one\ntwo\nthree\n", 4
    )


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        (
            [f"{MARKER} begin\none\n", "two\nKilled after 60123 milliseconds.\n"],
            Output("killed", "one\ntwo\nKilled after 60123 milliseconds.\n", None),
        ),
        (
            [f"{MARKER} begin\none\n", "Truncated output at 5200 characters.\n"],
            Output("truncated", "one\nTruncated output at 5200 characters.\n", None),
        ),
        (
            [f"{MARKER} begin\none\nTruncated output", " at 5200 characters."],
            Output("truncated", "one\nTruncated output at 5200 characters.", None),
        ),
        (
            [
                f"{MARKER} begin\none\n",
                "Killed after 5 milliseconds.\n",
                "Truncated output at 5 characters.",
            ],
            Output("broken_off", "one\n", None),
        ),
        (
            [
                f"{MARKER} begin\none\n",
                "remoteops-ffffffffffffffff begin\nx\nTruncated output at 5200 characters.",
            ],
            Output("broken_off", "one\n", None),
        ),
        (
            [f"{MARKER} begin\nsomething was killed after 5 milliseconds\n", f"{MARKER} end 0\n"],
            Output("done", "something was killed after 5 milliseconds\n", 0),
        ),
        ([f"{MARKER} begin\n", f"x{MARKER} e", "nd 0\n"], Output("done", "x", 0)),
    ],
)
def test_an_output_in_several_events_ends_with_what_is_its_own(parts, found):
    assert MARKED.output(events(*parts)) == found

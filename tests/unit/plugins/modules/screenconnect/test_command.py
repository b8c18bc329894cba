"""Commands on guests: which output is whose, what becomes of a command, once and never twice, many
sessions side by side.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from ansible_collections.remoteops.access.plugins.module_utils._core.server import Server
from ansible_collections.remoteops.access.plugins.module_utils._screenconnect.actions import (
    COMMAND_SPEC,
    run_command,
)
from ansible_collections.remoteops.access.plugins.module_utils._screenconnect.api import (
    CONNECTION,
    SCREENCONNECT,
)
from tests.unit.screenconnect_servers import (
    OFFICE,
    OTHER_RECEPTION,
    PRESS,
    RECEPTION,
    WEB,
    small_screenconnect,
)

COMMAND = "screenconnect_command"
WINDOWS, LINUX, OFFLINE = "PRESS-01", "web-1", "OFFICE-3"


def ran(simulated, command, *sessions, **options):
    """Run a command that may succeed or not, and return what became of each session."""
    outcome = simulated.run(COMMAND, sessions=list(sessions) or [LINUX], command=command, **options)
    assert "sessions" in outcome.result, outcome["msg"]
    assert outcome.failed is any("msg" in session for session in outcome["sessions"])
    return outcome["sessions"]


def one(simulated, command, session=LINUX, **options):
    """Run a command on one session and return what became of it."""
    (result,) = ran(simulated, command, session, **options)
    return result


# --- Output and exit status -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("session", "shell", "command", "output", "status"),
    [
        (LINUX, "default", "hostname", "web-1\n", 0),
        (LINUX, "default", "echo a; echo b >&2; exit 3", "a\nb\n", 3),
        (LINUX, "sh", "printf none", "none", 0),
        (WINDOWS, "default", "hostname", "PRESS-01\n", 0),
        (WINDOWS, "default", "echo one\necho two & cmd /c exit 5", "one\ntwo \n", 5),
        (WINDOWS, "cmd", "no-such-program", None, 9009),
        (WINDOWS, "powershell", 'Write-Output "it\'s"; hostname', "it's\nPRESS-01\n", 0),
        (WINDOWS, "powershell", "Write-Output 'it''s'\ncmd /c exit 6", "it's\n", 6),
        (WINDOWS, "powershell", "Write-Output before; throw 'broken'", None, 1),
    ],
)
def test_a_command_returns_its_output_and_its_exit_status(
    screenconnect, session, shell, command, output, status
):
    result = one(screenconnect(), command, session, shell=shell)
    assert (result["status"], result["rc"]) == ("failed" if status else "done", status)
    assert "\r" not in result["stdout"] and (output is None or result["stdout"] == output)
    assert result["stdout_lines"] == result["stdout"].splitlines()


@pytest.mark.parametrize(
    "switches",
    [
        {"cmd_echo": False},
        {"foreign_outputs": 2},
        {"event_order": "newest_first"},
        {"output_events": 3},
        {"processed_command_event": False},
        {"server_version": "22.3"},
        {
            "server_version": "22.8.11",
            "output_events": 3,
            "event_order": "newest_first",
            "foreign_outputs": 1,
        },
    ],
)
@pytest.mark.parametrize("session", [LINUX, WINDOWS])
def test_the_output_is_that_of_this_command_on_any_kind_of_server(screenconnect, switches, session):
    assert one(
        screenconnect(**switches),
        "echo one& echo two& hostname" if session == WINDOWS else "echo one; echo two; hostname",
        session,
    )["stdout"] == (f"one\ntwo\n{session}\n")


def test_commands_of_several_people_on_one_session_are_told_apart(screenconnect):
    """Each of them waits for an output of its own, though all are queued in the same moment."""
    simulated = screenconnect()
    simulated.lies = True  # what one changes another sees
    with ThreadPoolExecutor(4) as pool:
        found = list(
            pool.map(
                lambda number: _in_its_own_process(simulated, f"sleep 0.1; echo number {number}"),
                range(4),
            )
        )
    assert found == [f"number {number}\n" for number in range(4)]


def _in_its_own_process(simulated, command):
    """Do the module's work as another process would: a module itself prints to the one standard
    output that this process has.
    """
    params = {
        name: option.get("default") for name, option in {**CONNECTION, **COMMAND_SPEC}.items()
    }
    params |= {**simulated.options, "sessions": [LINUX], "command": command}
    server = Server(SCREENCONNECT.connect(params.__getitem__, False), SCREENCONNECT.resources)
    try:
        return run_command(server, params, False)["sessions"][0]["stdout"]
    finally:
        server.session.close()


def test_a_command_that_takes_too_long_is_killed_and_told_so(screenconnect):
    simulated = screenconnect()
    result = one(simulated, "echo begun; sleep 30", command_timeout=1)
    assert (result["status"], result["rc"]) == ("killed", None)
    assert result["stdout"].startswith("begun\n") and "command_timeout" in result["msg"]


@pytest.mark.parametrize("version", ["22.3", "24.3.7"])
def test_a_command_of_which_nothing_is_left_but_that_it_was_killed_is_recognised(
    screenconnect, version
):
    simulated = screenconnect(
        killed_output="lost", server_version=version, foreign_outputs=1, clock_speed=1000
    )
    result = one(simulated, "ping -n 99 localhost", WINDOWS, command_timeout=5, wait_timeout=1)
    assert result["status"] == "killed"


@pytest.mark.parametrize(
    ("output", "status", "words"),
    [
        ("kept", "broken_off", "words that are not known"),
        ("lost", "queued", "nothing is left of its output"),
    ],
)
def test_a_command_that_was_killed_in_words_that_are_not_known_is_told_as_one_without_an_end(
    screenconnect, output, status, words
):
    simulated = screenconnect(
        killed_output=output,
        killed_wording="Nach {number} Millisekunden beendet.",
        clock_speed=1000,
    )
    result = one(
        simulated, "echo begun& ping -n 99 localhost", WINDOWS, command_timeout=5, wait_timeout=1
    )
    assert (result["status"], result["rc"], result["changed"]) == (
        status,
        None,
        True,
    ) and words in result["msg"]
    assert "begun" in result["stdout"] or output == "lost"


def test_an_output_that_was_cut_in_words_that_are_not_known_is_told_as_one_without_an_end(
    screenconnect,
):
    result = one(
        screenconnect(truncated_wording="(gekürzt: {number})"), "printf '%01000d' 1", max_length=300
    )
    assert (result["status"], result["rc"]) == ("broken_off", None)
    assert (
        result["stdout"].startswith("00")
        and "(gekürzt: 500)" in result["stdout"]
        and "words that are not known" in result["msg"]
    )


@pytest.mark.parametrize("version", ["22.3", "24.3.7"])
def test_an_output_that_was_cut_is_told_so(screenconnect, version):
    simulated = screenconnect(server_version=version)
    for session in (LINUX, WINDOWS):
        result = one(
            simulated,
            "for i in 1 2 3 4 5 6 7 8 9; do printf '%0100d\\n' $i; done"
            if session == LINUX
            else "\n".join([f"echo {'x' * 100}"] * 9),
            session,
            max_length=300,
        )
        assert (result["status"], result["rc"]) == ("truncated", None)
        assert "max_length" in result["msg"]
    result = one(simulated, "printf '%0300d' 1", max_length=300)
    assert (result["status"], len(result["stdout"])) == ("done", 300)


def test_a_command_that_ends_its_own_shell_is_told_so(screenconnect):
    simulated = screenconnect()
    for command, shell in (
        ("echo before\nexit /b 3", "cmd"),
        ("Write-Output before; exit 3", "powershell"),
    ):
        result = one(simulated, command, WINDOWS, shell=shell)
        assert (result["status"], result["rc"], result["stdout"]) == (
            "broken_off",
            None,
            "before\n",
        )


def test_the_time_that_a_command_and_its_output_take_is_waited_for(screenconnect):
    simulated = screenconnect(delivery_seconds=20.0, command_seconds=20.0, clock_speed=400)
    assert one(simulated, "ping -n 30 localhost& echo done", WINDOWS)["stdout"].endswith("done\n")


def test_a_server_that_runs_nothing_but_the_first_line_in_cmd_is_not_taken_for_one_that_has_run_the_command(
    screenconnect,
):
    result = one(screenconnect(cmd_runs="command_line"), "hostname", WINDOWS, wait_timeout=5)
    assert (result["status"], result["rc"], result["stdout"]) == (
        "broken_off",
        None,
        "",
    ) and "or only its first line was run" in result["msg"]


# --- Guards -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shell", ["cmd", "powershell"])
@pytest.mark.parametrize(
    ("guard", "status"),
    [
        ({"creates": r"C:\Program Files\Agent"}, "skipped"),
        ({"creates": r"C:\nothing"}, "done"),
        ({"removes": r"C:\Program Files\Agent\a.exe"}, "done"),
        ({"removes": r"C:\nothing"}, "skipped"),
        ({"creates": r"C:\nothing", "removes": r"C:\nothing"}, "skipped"),
    ],
)
def test_a_path_on_a_windows_guest_makes_a_command_superfluous(screenconnect, shell, guard, status):
    site = small_screenconnect()
    site["sessions"][PRESS]["files"] = {r"C:\Program Files\Agent\a.exe": ""}
    simulated = screenconnect(site)
    simulated.lies = True  # a command that is not run leaves its traces in the events all the same
    outcome = simulated.expect(
        COMMAND, sessions=[WINDOWS], command="echo ran", shell=shell, **guard
    )
    (result,) = outcome["sessions"]
    assert (result["status"], result["changed"], outcome["changed"]) == (
        status,
        status == "done",
        status == "done",
    )
    assert bool(outcome["changes"]) is outcome["changed"]


def test_a_command_that_creates_a_file_runs_once_on_each_guest(screenconnect):
    simulated = screenconnect()
    simulated.lies = True
    options = {
        "sessions": [LINUX, OTHER_RECEPTION],
        "command": "echo x > 'made here'",
        "creates": "made here",
    }
    one(simulated, "touch 'made here'", OTHER_RECEPTION)
    for changed in ([True, False], [False, False]):
        outcome = simulated.expect(COMMAND, **options)
        assert [session["changed"] for session in outcome["sessions"]] == changed
        assert outcome["changed"] is any(changed)


# --- Offline ----------------------------------------------------------------------------------------------------------


def test_a_guest_that_is_offline_ends_in_the_hint_that_the_command_is_queued_and_may_run_later(
    screenconnect,
):
    simulated = screenconnect()
    result = one(simulated, "hostname", OFFLINE, wait_timeout=0.05)
    assert (result["status"], result["changed"]) == ("queued", True)
    assert (
        "offline" in result["msg"]
        and "still queued" in result["msg"]
        and "may run later" in result["msg"]
    )
    simulated.server.connect_guest(OFFICE)
    outcome = simulated.expect("screenconnect_session_info", ids=[OFFICE], details=True)
    assert (
        "OFFICE-3"
        in [
            event["data"]
            for event in outcome["sessions"][0]["events"]
            if event["event"] == "ran_command"
        ][0]
    )


def test_a_guest_that_is_offline_can_be_left_alone(screenconnect):
    simulated = screenconnect()
    result, other = ran(simulated, "hostname", OFFLINE, WINDOWS, when_offline="refuse")
    assert (result["status"], result["changed"]) == ("not_sent", False) and "offline" in result[
        "msg"
    ]
    assert other["status"] == "done"
    assert len(simulated.wrote()) == 1


def test_a_guest_that_is_offline_holds_up_no_other(screenconnect):
    simulated = screenconnect()
    results = ran(simulated, "hostname", OFFLINE, WINDOWS, LINUX, wait_timeout=2, connections=1)
    assert [result["status"] for result in results] == ["queued", "done", "done"]


def test_without_waiting_a_command_is_queued_and_nothing_else(screenconnect):
    simulated = screenconnect()
    outcome = simulated.expect(
        COMMAND, sessions=[OFFLINE, WINDOWS], command="hostname", wait_timeout=0
    )
    assert [session["status"] for session in outcome["sessions"]] == ["queued", "queued"]
    assert simulated.asked("GetSessionDetailsBySessionID") == []


# --- Once -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["reset_after", "truncated", "malformed"])
def test_a_command_whose_answer_is_lost_is_found_by_its_marker_and_not_sent_again(
    screenconnect, kind
):
    simulated = screenconnect()
    simulated.inject("SendCommandToSession", kind)
    outcome = simulated.run(COMMAND, sessions=[LINUX], command="hostname", retries=3)
    assert not outcome.failed, outcome["msg"]
    assert outcome["sessions"][0]["stdout"] == "web-1\n"
    assert simulated.wrote() == ["SendCommandToSession"]


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "reset_before"},
        {"kind": "status", "status": 502},
        {"kind": "html"},
        {"kind": "ignored"},
    ],
)
def test_a_command_of_which_there_is_no_sign_is_reported_and_not_sent_again(screenconnect, fault):
    simulated = screenconnect()
    simulated.inject("SendCommandToSession", times=None, **fault)
    outcome = simulated.run(
        COMMAND, sessions=[LINUX], command="hostname", retries=3, wait_timeout=0.05
    )
    assert outcome.failed and outcome["changed"] is True
    assert (
        "unknown" in outcome["msg"] or fault["kind"] == "ignored" and "no output" in outcome["msg"]
    )
    assert simulated.wrote() == ["SendCommandToSession"]


def test_a_command_that_a_busy_server_refused_is_sent_again_as_it_was_not_taken(screenconnect):
    simulated = screenconnect()
    simulated.inject("SendCommandToSession", "status", status=503, headers={"Retry-After": 0})
    outcome = simulated.run(COMMAND, sessions=[LINUX], command="hostname", retries=1)
    assert outcome["sessions"][0]["stdout"] == "web-1\n" and outcome["api"]["retries"] == 1


def test_check_mode_sends_nothing_and_foretells_the_changes(screenconnect):
    simulated = screenconnect()
    options = {"sessions": [LINUX, WINDOWS], "command": "hostname"}
    foretold = simulated.expect(COMMAND, True, **options)
    assert simulated.wrote() == []
    real = simulated.expect(COMMAND, **options)
    assert (foretold["changed"], foretold["changes"]) == (real["changed"], real["changes"])
    assert [session["status"] for session in foretold["sessions"]] == ["not_sent", "not_sent"]


def test_a_read_that_fails_while_waiting_is_tried_again(screenconnect):
    simulated = screenconnect()
    simulated.inject("GetSessionDetailsBySessionID", "status", status=500)
    simulated.inject("GetSessionDetailsBySessionID", "html")
    simulated.inject("GetSessionDetailsBySessionID", "reset_before")
    assert one(simulated, "hostname")["stdout"] == "web-1\n"
    simulated.inject("GetSessionDetailsBySessionID", "status", status=500, times=None)
    result = one(simulated, "hostname", wait_timeout=0.05)
    assert result["changed"] and "cannot be read" in result["msg"] and "500" in result["msg"]


# --- Many -------------------------------------------------------------------------------------------------------------


def test_a_failure_on_some_sessions_is_told_of_each_and_the_others_are_done(screenconnect):
    simulated = screenconnect()
    simulated.inject("SendCommandToSession", "status", status=500)
    outcome = simulated.run(
        COMMAND, sessions=[OTHER_RECEPTION, LINUX, WINDOWS], command="echo x", connections=1
    )
    statuses = [session["status"] for session in outcome["sessions"]]
    assert outcome.failed and statuses == ["unknown", "done", "done"]
    assert "1 of 3 sessions" in outcome["msg"] and OTHER_RECEPTION in outcome["msg"]
    assert [change["name"] for change in outcome["changes"]] == ["Reception", LINUX, WINDOWS]


def test_after_a_broken_connection_the_rest_is_not_tried_and_told_so(screenconnect):
    simulated = screenconnect()
    simulated.inject("SendCommandToSession", "reset_before")
    outcome = simulated.run(COMMAND, sessions=[LINUX, WINDOWS], command="echo x", connections=1)
    assert [session["status"] for session in outcome["sessions"]] == ["unknown", "not_sent"]
    assert "not tried" in outcome["sessions"][1]["msg"] and outcome["changed"] is True


def test_many_sessions_take_hardly_longer_than_one(screenconnect):
    site = small_screenconnect()
    numbers = range(100, 140)
    site["sessions"] |= {
        f"00000000-0000-4000-8000-000000000{number}": {
            "GuestInfo": {"MachineName": f"W{number}", "OperatingSystemName": "Windows 11 Pro"},
            "online": True,
        }
        for number in numbers
    }
    simulated = screenconnect(site)
    simulated.server.latency = 0.05
    results = ran(simulated, "hostname", *(f"W{number}" for number in numbers), connections=40)
    assert [result["stdout"] for result in results] == [f"W{number}\n" for number in numbers]
    assert len(simulated.asked("GetSessionsByFilter")) == 1
    # One after the other they would share a connection.
    assert len({entry.connection for entry in simulated.asked("SendCommandToSession")}) > 10


# --- Which sessions ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "module, options",
    [
        (COMMAND, {"command": "hostname"}),
        ("screenconnect_message", {"text": "x"}),
        ("screenconnect_note", {"note": "x"}),
        ("screenconnect_toolbox_item", {"toolbox_item": "Collect Logs"}),
    ],
)
def test_what_means_no_session_or_several_is_refused_before_anything_is_sent(
    screenconnect, module, options
):
    simulated = screenconnect()
    message = simulated.refuse(module, sessions=[LINUX, "Reception"], **options)
    assert RECEPTION in message and OTHER_RECEPTION in message
    assert "'nobody'" in simulated.refuse(module, sessions=["nobody"], **options)
    assert "'nobody'" in simulated.refuse(
        module, sessions=[LINUX, WINDOWS, RECEPTION, OFFLINE, "nobody"], **options
    )
    assert "support" in simulated.refuse(module, sessions=[LINUX], type="support", **options)
    for sessions in ([], [""], [LINUX, " "]):
        assert "sessions" in simulated.refuse(module, sessions=sessions, **options)


def test_a_session_that_is_named_twice_gets_the_command_once(screenconnect):
    simulated = screenconnect()
    assert len(ran(simulated, "hostname", LINUX, WEB, WEB.upper())) == 1
    assert simulated.wrote() == ["SendCommandToSession"]


def test_one_of_several_types_is_meant_by_its_type(screenconnect):
    site = small_screenconnect()
    site["sessions"][RECEPTION]["SessionType"] = "Support"
    simulated = screenconnect(site)
    assert ran(simulated, "hostname", "Reception", type="access")[0]["id"] == OTHER_RECEPTION


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"command": " "}, "command"),
        ({"command_timeout": 0}, "command_timeout"),
        ({"max_length": 0}, "max_length"),
        ({"creates": " "}, "creates"),
        ({"wait_timeout": -1}, "wait_timeout"),
        ({"wait_timeout": "nan"}, "wait_timeout"),
    ],
)
def test_what_cannot_be_meant_is_refused_without_a_request(screenconnect, options, word):
    simulated = screenconnect()
    assert word in simulated.refuse(COMMAND, **{"sessions": [LINUX], "command": "x", **options})
    assert simulated.journal.entries == []


def test_a_guest_of_an_unknown_system_needs_a_shell(screenconnect):
    site = small_screenconnect()
    del site["sessions"][WEB]["GuestInfo"]["OperatingSystemName"]
    simulated = screenconnect(site)
    assert "web-1" in simulated.refuse(COMMAND, sessions=[WINDOWS, LINUX], command="hostname")
    assert one(simulated, "hostname", LINUX, shell="sh")["stdout"] == "web-1\n"

"""What becomes of commands, messages and toolbox items: the queue, the guest, the limits, and the
output among other events.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import gc
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.simulator.screenconnect import ScreenConnect

from .conftest import AWAY, PRESS, SECRET, SITE, WEB, Api, wait_until

ROOT = Path(__file__).resolve().parents[4]


def test_a_command_is_queued_taken_and_run(api):
    api.run(WEB, "echo one; echo two >&2")
    assert api.events(WEB) == [(44, "echo one; echo two >&2"), (54, ""), (70, "one\ntwo\n")]


def test_the_event_of_a_taken_command_may_be_missing(make_api):
    api = make_api(processed_command_event=False)
    api.do("SendCommandToSession", PRESS, "hostname")
    assert [kind for kind, _data in api.events(PRESS)] == [44, 70]


def test_a_guest_that_is_away_takes_its_commands_when_it_comes(api):
    api.do("SendCommandToSession", AWAY, "hostname")
    api.do("SendCommandToSession", AWAY, "ver")
    api.server.clock.advance(3600)
    assert api.events(AWAY) == [(44, "hostname"), (44, "ver")]
    assert (api.session(AWAY)["QueuedEventType"], api.session(AWAY)["QueuedData"]) == (
        44,
        "hostname",
    )
    api.server.connect_guest(AWAY)
    assert api.outputs(AWAY) == ["AWAY\r\n", "\r\nMicrosoft Windows [Version 10.0.22631.4317]\r\n"]
    assert api.session(AWAY)["QueuedEventType"] == 0
    api.server.connect_guest(AWAY, online=False)
    api.do("SendCommandToSession", AWAY, "hostname")
    assert len(api.outputs(AWAY)) == 2


def test_delivery_and_output_take_the_time_of_the_clock(make_api):
    api = make_api(delivery_seconds=2, command_seconds=5)
    api.do("SendCommandToSession", PRESS, "hostname")
    for seconds, kinds in ((1.9, [44]), (0.1, [44, 54]), (4.9, [44, 54]), (0.1, [44, 54, 70])):
        api.server.clock.advance(seconds)
        assert [kind for kind, _data in api.events(PRESS)] == kinds
    times = [event["Time"] for event in api.read("GetSessionDetailsBySessionID", PRESS)["Events"]][
        -3:
    ]
    assert times == [f"2026-01-15T09:00:0{second}.0000000Z" for second in (0, 2, 7)]


def test_a_clock_that_runs_brings_the_output_by_itself(make_api):
    api = make_api(command_seconds=10)
    api.server.clock.speed = 1000
    assert api.run(PRESS, "hostname") == "PRESS\r\n"


def test_a_command_on_linux_is_run_by_a_real_shell_in_a_directory_of_its_own(api):
    assert (
        api.run(WEB, 'hostname; whoami; pwd | grep -c "$HOME"; ls -a | wc -l')
        == "web\nroot\n1\n2\n"
    )
    assert api.run(WEB, "touch trace; (exit 3); echo status $?") == "status 3\n"
    assert (
        api.run(WEB, "test -e trace && echo there; stock; echo $?; nosuch 2>/dev/null; echo $?")
        == "there\ncounted\n4\n127\n"
    )
    assert api.run(
        WEB, "printf 'a\\nb' | sed 's/a/\xe4/'\nset -u; echo ${NOTHING}; echo not reached"
    ).startswith("\xe4\nb")
    assert "SIMULATOR" not in api.run(WEB, "env")


def test_a_directory_of_a_guest_ends_with_its_server():
    server = ScreenConnect({"sessions": {WEB: {"online": True}}}, secret=SECRET)
    directory = Path(Api(server).run(WEB, "pwd").strip())
    assert directory.is_dir()
    del server
    gc.collect()
    assert not directory.exists()


def test_what_a_guest_is_doing_ends_with_the_program_too(tmp_path):
    started, ended = tmp_path / "started", tmp_path / "ended"
    command = f"pwd > {started}.part; mv {started}.part {started}; sleep 0.6; touch {ended}"
    program = (
        "import pathlib, time\nfrom tests.simulator.screenconnect import ScreenConnect, guests\n"
        f"server = ScreenConnect({{'sessions': {{'{WEB}': {{'online': True}}}}}})\n"
        f"guests.queue(server, server.site['sessions']['{WEB}'], 44, {command!r})\n"
        f"while not pathlib.Path({str(started)!r}).exists():\n    time.sleep(0.01)\n"
    )
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)
    assert not Path(started.read_text().strip()).exists()
    time.sleep(0.7)
    assert not ended.exists()


def test_a_script_that_no_command_line_holds_is_told(api):
    assert api.run(WEB, "#" * 200_000) == "/bin/sh: Argument list too long\n"


def test_headers_set_the_limits_and_are_no_part_of_the_command(api):
    assert (
        api.run(WEB, "#timeout=9000\n#maxlength=3\necho abcdef")
        == "abc\nTruncated output at 3 characters.\n"
    )
    assert api.run(WEB, "#maxlength=7\necho abcdef") == "abcdef\n"
    assert api.run(WEB, "echo a\n#maxlength=1\necho b") == "a\nb\n"
    assert (
        api.run(PRESS, "#maxlength=3\r\nhostname") == "PRE\r\nTruncated output at 3 characters.\r\n"
    )
    assert len(api.run(WEB, "yes | head -c 9000")) == 5000 + len(
        "\nTruncated output at 5000 characters.\n"
    )
    assert api.run(WEB, "#!ps\nhostname") == "pwsh: not found\n"


@pytest.mark.parametrize("header", ["#timeout=ten", "#maxlength=-1", "#color=red", "#!ps=1"])
def test_a_header_that_is_none_is_a_violation(api, header):
    api.do("SendCommandToSession", WEB, f"{header}\necho x")
    assert "no header line" in api.violation()


def test_a_comment_is_no_header(api):
    assert api.run(WEB, "# timeout=1\n#timeout=5\necho x") == "x\n"


def test_a_command_that_takes_too_long_is_killed_with_all_that_it_started(api):
    # Had the child lived on, the end of its output would have been waited for, and "child" been
    # printed.
    assert (
        api.run(WEB, "#timeout=600\necho before; (sleep 30; echo child) & sleep 30; echo after")
        == "before\nKilled after 600 milliseconds.\n"
    )


def test_the_time_of_windows_is_that_of_the_clock(make_api):
    api = make_api()
    api.do("SendCommandToSession", PRESS, "echo before\r\nstock\r\necho after")
    assert api.outputs(PRESS) == []
    api.server.clock.advance(3)
    assert api.outputs(PRESS) == ["before\r\ncounted\r\nafter\r\n"]
    api.do("SendCommandToSession", PRESS, "#timeout=2000\necho before\r\nstock\r\necho after")
    api.server.clock.advance(2)
    assert api.outputs(PRESS)[1:] == ["before\r\nKilled after 2000 milliseconds.\r\n"]


def test_the_words_for_killed_and_cut_are_those_of_real_servers(api):
    api.do("SendCommandToSession", PRESS, "#timeout=1000\nping -n 9 localhost >nul")
    api.server.clock.advance(1)
    assert api.outputs(PRESS) == ["Killed after 1000 milliseconds.\r\n"]
    assert (
        api.run(PRESS, "#maxlength=3\necho one two")
        == "one\r\nTruncated output at 3 characters.\r\n"
    )


@pytest.mark.parametrize("version", ["22.3", "22.8.11"])
def test_before_22_9_the_events_of_a_connection_lie_in_it_and_do_not_name_it(make_api, version):
    api = make_api(server_version=version)
    api.do("SendCommandToSession", PRESS, "hostname")
    details = api.read("GetSessionDetailsBySessionID", PRESS)
    assert [event["EventType"] for event in details["Events"]] == [20, 44]
    guest, host = sorted(
        details["Connections"], key=lambda connection: connection["ProcessType"], reverse=True
    )
    assert [(event["EventType"], event["Data"]) for event in guest["Events"]] == [
        (10, ""),
        (54, ""),
        (70, "PRESS\r\n"),
    ]
    assert [event["EventType"] for event in host["Events"]] == [10]
    assert not any("ConnectionID" in event for event in (*details["Events"], *guest["Events"]))


def test_from_22_9_on_all_events_lie_in_one_list(make_api):
    details = make_api(server_version="22.9").read("GetSessionDetailsBySessionID", PRESS)
    assert {event["EventType"] for event in details["Events"]} == {10, 20}
    assert not any("Events" in connection for connection in details["Connections"])


def test_the_user_name_of_the_extension_is_the_host_of_what_it_queues(make_api):
    for site, host in (({"user_name": "Automation"}, "Automation"), ({}, "")):
        api = make_api({**SITE, **site})
        api.do("SendCommandToSession", PRESS, "hostname")
        api.do("SendMessageToSession", PRESS, "anna", "hello")
        events = api.read("GetSessionDetailsBySessionID", PRESS)["Events"]
        assert [event["Host"] for event in events if event["EventType"] in (44, 45)] == [
            host,
            "anna",
        ]


def test_words_and_output_of_a_killed_command_are_switches(make_api):
    api = make_api(
        killed_output="lost",
        killed_wording="[killed: {number}]",
        truncated_wording="[cut: {number}]",
    )
    assert api.run(WEB, "#timeout=100\necho before; sleep 30") == "[killed: 100]\n"
    assert api.run(WEB, "#maxlength=2\necho before") == "be\n[cut: 2]\n"


def test_outputs_of_others_come_before_and_after_and_an_output_may_come_in_pieces(make_api):
    api = make_api(foreign_outputs=2, output_events=2)
    api.run(WEB, "printf 'a\\nb\\nc'")
    outputs = api.outputs(WEB)
    assert outputs[2:4] == ["a\nb\n", "c"]
    assert len(outputs) == 6 and all(
        "Somebody else" in output for output in (*outputs[:2], *outputs[4:])
    )
    api.run(WEB, "true")
    assert api.outputs(WEB)[8:9] == [""]


def test_commands_run_side_by_side(api):
    api.do("SendCommandToSession", WEB, "while [ ! -e go ]; do sleep 0.02; done; echo first")
    api.do("SendCommandToSession", WEB, "touch go; echo second")  # which the first one waits for
    wait_until(lambda: len(api.outputs(WEB)) == 2)
    assert sorted(api.outputs(WEB)) == ["first\n", "second\n"]


def test_messages_are_processed_where_the_guest_is(api):
    for session_id in (WEB, AWAY):
        api.do("SendMessageToSession", session_id, "anna", "We restart at noon.")
    assert api.events(WEB) == [(45, "We restart at noon."), (55, "")]
    assert api.events(AWAY) == [(45, "We restart at noon.")]
    events = api.read("GetSessionDetailsBySessionID", AWAY)["Events"]
    assert events[-1]["Host"] == "anna"
    assert api.session(AWAY)["QueuedHost"] == "anna"


def test_toolbox_items_are_known_by_name(make_api):
    api = make_api()
    api.do("SendToolboxItemToSession", WEB, "Collect Logs")
    api.do("SendToolboxItemToSession", WEB, "collect logs")
    assert api.events(WEB) == [(47, "Collect Logs"), (57, "")]
    assert "Toolbox item not found" in make_api(unknown_toolbox_item="error").refuse(
        "SendToolboxItemToSession", WEB, "other"
    )


def test_a_dump_takes_up_what_was_queued_and_what_ran(make_api):
    api = make_api(command_seconds=60)
    for session_id in (AWAY, PRESS):
        api.do("SendCommandToSession", session_id, "hostname")
    api.do("SendCommandToSession", WEB, "sleep 0.2; echo done")
    again = make_api(json.loads(json.dumps(api.server.dump())), command_seconds=60)
    again.server.connect_guest(AWAY)
    wait_until(lambda: again.server.site["sessions"][WEB]["running"][0]["output"])
    again.server.clock.advance(60)
    assert [again.outputs(session_id) for session_id in (AWAY, PRESS, WEB)] == [
        ["AWAY\r\n"],
        ["PRESS\r\n"],
        ["done\n"],
    ]

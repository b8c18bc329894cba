"""Serving over TLS, control over HTTP, the command, and the marks of the operations called."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import httpx
import pytest

from tests.patience import LONGEST_MOMENT
from tests.simulator import operations
from tests.simulator.faults import Fault
from tests.simulator.serving import serve
from tests.simulator.simplehelp import SimpleHelp

JSON = {"Content-Type": "application/json"}
ROOT = Path(__file__).resolve().parents[3]


def client_for(url, ca_path, **more):
    return httpx.Client(
        base_url=url, verify=ssl.create_default_context(cafile=ca_path), headers=JSON, **more
    )


def test_a_server_starts_and_stops_without_polling_and_gives_its_port_back(monkeypatch):
    """What would cost each start and stop a while is a sleep between two looks; that there is none
    holds on any machine.
    """
    slept, sleep = [], asyncio.sleep

    def noting(delay, *more):
        slept.append(delay)
        return sleep(delay, *more)

    monkeypatch.setattr(asyncio, "sleep", noting)
    with (
        serve(SimpleHelp(token="t0k3n")) as running,
        client_for(running.url, running.ca_path) as client,
    ):
        assert client.get("/api/v1/t0k3n/technicians/list").status_code == 200
    assert slept and not any(slept)  # a sleep of 0 only lets others have their turn
    with pytest.raises(httpx.ConnectError):
        client_for(running.url, running.ca_path).get("/")


def test_a_server_stops_while_a_request_is_waiting_for_its_answer():
    server = SimpleHelp(token="t0k3n")
    server.latency = 30
    with serve(server) as running, client_for(running.url, running.ca_path) as client:
        waiting = threading.Thread(target=_ask_in_vain, args=[client])
        waiting.start()
        while not server.journal.entries and waiting.is_alive():
            time.sleep(0.01)
    waiting.join()
    # Nobody waited until it was answered.
    assert [entry.status for entry in server.journal.entries] == [None]


def _ask_in_vain(client):
    with contextlib.suppress(httpx.TransportError):
        client.get("/api/v1/t0k3n/technicians/list", timeout=LONGEST_MOMENT)


# Where it fails, those are what it found.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_connections_that_agree_on_no_encryption_do_not_outlive_the_server(monkeypatch):
    left = []
    monkeypatch.setattr(sys, "unraisablehook", lambda told: left.append(told.exc_value))
    for hello in (b"", b"\x16\x03\x01"):
        with serve(SimpleHelp()) as running:
            clients = [
                socket.create_connection(("127.0.0.1", running.door.port)) for _number in range(5)
            ]
            clients[0].sendall(hello)
        for client in clients:
            client.close()
        gc.collect()
    assert not left


def test_a_trusted_certificate_is_verified_for_both_names_of_this_machine():
    with serve(SimpleHelp(token="t0k3n")) as running:
        for url in (running.url, running.url.replace("localhost", "127.0.0.1")):
            with client_for(url, running.ca_path) as client:
                assert client.get("/api/v1/t0k3n/technicians/list").status_code == 200


@pytest.mark.parametrize(
    ("certificate", "complaint"),
    [("untrusted", "unable to get local issuer|self-signed"), ("wrong_host", "Hostname mismatch")],
)
def test_another_certificate_fails_the_verification(certificate, complaint):
    server = SimpleHelp()
    with (
        serve(server, certificate=certificate) as running,
        client_for(running.url, running.ca_path) as client,
    ):
        with pytest.raises(httpx.ConnectError, match=complaint):
            client.get("/api/v1/x/technicians/list")
    assert server.journal.entries == []


def test_a_certificate_of_an_unknown_kind_is_an_error():
    with (
        pytest.raises(ValueError, match="certificate must be one of"),
        serve(SimpleHelp(), certificate="golden"),
    ):
        pass


def test_without_tls_the_server_speaks_plain_http():
    with serve(SimpleHelp(token="t0k3n"), tls=False) as running:
        assert running.url.startswith("http://localhost:")
        assert (
            httpx.get(f"{running.url}/api/v1/t0k3n/technicians/list", headers=JSON).status_code
            == 200
        )


def test_the_journal_numbers_the_connections():
    server = SimpleHelp(token="t0k3n")
    with serve(server) as running:
        for _client in range(2):
            with client_for(running.url, running.ca_path) as client:
                for _request in range(2):
                    client.get("/api/v1/t0k3n/technicians/list")
    first, second, third, fourth = [entry.connection for entry in server.journal.entries]
    assert first == second != third == fourth


@pytest.mark.parametrize("tls", [True, False])
def test_answers_are_not_held_back_by_the_network_stack(tls):
    """It would wait for more to send, some 44 ms for each answer, where a connection does not say
    that it has not to.
    """
    at_once = []

    async def application(scope, _receive, send):
        connection = scope["state"]["transport"].get_extra_info("socket")
        at_once.append(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0)
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    with serve(application, tls=tls) as running, client_for(running.url, running.ca_path) as client:
        assert client.get("/").status_code == 204
    assert at_once == [True]


def test_control_reads_and_changes_the_server_without_a_token_or_a_trace(make_api):
    api = make_api()
    api.do("technicians/new", {"technician": {"username": "carl"}})
    api.violate("nothing/list", status=404)
    api.send("nothing/list")

    def control(method, path, **parts):
        answer = api.request(method, f"/_simulator/{path}", **parts)
        assert answer.status_code == 200, answer.text
        return answer.json()

    journal = control("GET", "journal")
    assert [(entry["query"], entry["writes"]) for entry in journal["entries"]] == [
        ("technicians/new", True),
        ("nothing/list", False),
        ("nothing/list", False),
    ]
    assert journal["violations"] == api.server.journal.violations != []
    assert control("DELETE", "journal") == {"entries": [], "violations": []}
    site = control("GET", "site")
    assert site == api.server.site
    site["technicians"].pop("carl")
    control("PUT", "site", json=site)
    assert "carl" not in api.server.site["technicians"]
    assert (
        control("PATCH", "switches", json={"scalar": "text", "history_cap": 3})["history_cap"] == 3
    )
    assert (api.server.switches.scalar, control("GET", "switches")["scalar"]) == ("text", "text")
    control("POST", "faults", json={"query": "technicians/list", "kind": "status", "status": 502})
    control("POST", "faults", json=[{"query": "groups/list", "kind": "empty_list", "times": None}])
    assert api.send("technicians/list").status_code == 502
    assert api.read("groups/list") == []
    assert control("DELETE", "faults") == api.server.faults == []
    before = api.server.clock.now_ms()
    assert control("POST", "clock", json={"advance": 2}) == {"now_ms": before + 2000}
    assert control("PUT", "latency", json={"seconds": 0.001}) == {"seconds": 0.001}
    assert api.server.latency == 0.001
    assert [entry.query for entry in api.server.journal.entries] == [
        "technicians/list",
        "groups/list",
    ]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PUT", "site", b'{"machine": {}}'),
        ("PATCH", "switches", b'{"failure": "x"}'),
        ("POST", "faults", b'{"query": "*", "kind": "x"}'),
        ("POST", "faults", b'{"kind": "html"}'),
        ("POST", "clock", b"{}"),
        ("PUT", "latency", b"no JSON"),
    ],
)
def test_a_mistake_in_control_is_a_400_that_says_what_is_wrong(api, method, path, body):
    answer = api.request(method, f"/_simulator/{path}", content=body)
    assert answer.status_code == 400
    assert answer.json()["error"]


def start(*arguments, **environment):
    return subprocess.Popen(
        [sys.executable, "-m", "tests.simulator", *arguments],
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | environment,
    )


def wait_for(path, process):
    until = time.monotonic() + LONGEST_MOMENT
    while not path.exists():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < until, "the command did not get ready"
        time.sleep(0.02)


def exports(text):
    return dict(line.removeprefix("export ").split("=", 1) for line in text.splitlines())


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_command_serves_until_it_is_told_to_end_then_dumps_its_state(tmp_path, number):
    directory, calls, dump = tmp_path / "ready", tmp_path / "calls", tmp_path / "dump.json"
    site = tmp_path / "site.json"
    site.write_text(json.dumps({"technicians": {"anna": {}}}), encoding="utf-8")
    directory.mkdir()
    (directory / "environment").write_text("of an earlier run", encoding="utf-8")
    process = start(
        "--site",
        str(site),
        "--directory",
        str(directory),
        "--dump",
        str(dump),
        "--switch",
        "failure=success_false",
        "--latency",
        "0.01",
        SIMULATOR_CALLS=str(calls),
    )
    try:
        printed = "".join(process.stdout.readline() for _turn in range(3))
        wait_for(directory / "environment", process)
        given = exports((directory / "environment").read_text(encoding="utf-8"))
        assert given == exports(printed)
        assert given["SIMPLEHELP_CA_PATH"] == str(directory / "ca.pem")
        with client_for(given["SIMPLEHELP_URL"], given["SIMPLEHELP_CA_PATH"]) as client:
            base = f"/api/v1/{given['SIMPLEHELP_API_TOKEN']}"
            assert client.post(
                f"{base}/technicians/new", json={"technician": {"username": "ben"}}
            ).json() == {"success": True}
            refused = client.post(f"{base}/technicians/get", json={"username": "nobody"})
            assert (refused.status_code, refused.json()["success"]) == (200, False)
            assert client.get("/_simulator/switches").json()["failure"] == "success_false"
    finally:
        process.send_signal(number)
        output, errors = process.communicate()
    assert (process.returncode, output, errors) == (0, "", "")
    assert list(json.loads(dump.read_text(encoding="utf-8"))["technicians"]) == ["anna", "ben"]
    assert operations.read_calls(calls) == Counter(
        {("simplehelp", "technicians/new"): 1, ("simplehelp switches", "failure=success_false"): 2}
    )


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--switch", "failure=x"], "failure must be one of"),
        (["--site", "/does/not/exist.json"], "No such file"),
    ],
)
def test_the_command_says_why_it_cannot_start(arguments, complaint):
    process = start(*arguments)
    output, errors = process.communicate()
    assert (process.returncode, output) == (1, "")
    assert complaint in errors
    assert "Traceback" not in errors


def test_the_document_has_38_operations_of_simplehelp_each_named_once():
    names = [
        operation.name for operation in operations.OPERATIONS if operation.platform == "simplehelp"
    ]
    assert len(names) == len(set(names)) == 38


def test_operations_are_marked_when_they_were_carried_out_under_either_path_style(
    make_api, monkeypatch
):
    monkeypatch.setattr(operations, "called", Counter())
    make_api().do("groups/set", {"uniqueID": 2, "group": {"fpsDelay": 1}})
    make_api(path_style="printed").do("groups/get", {"uniqueID": 2, "group": {"fpsDelay": 1}})
    make_api(backup_path="save").do("save")
    api = make_api()
    api.refuse("technicians/get", {"username": "nobody"})
    api.do("machinegroups/properties/remove", {"groups": ["UK"], "key": "vat"})
    api.server.inject(Fault("*", "ignored"))
    api.do("technicians/totp/remove", {"username": "anna"})
    assert operations.called == {
        ("simplehelp", "groups/set"): 2,
        ("simplehelp", "server/backup"): 1,
    }


def test_the_calls_of_several_processes_are_summed_up_and_printed(tmp_path):
    program = (
        "from tests.simulator import operations\noperations.mark('simplehelp', 'alerts/list')\n"
    )
    for _process in range(2):
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env=os.environ | {"SIMULATOR_CALLS": str(tmp_path)},
            check=True,
        )
    printed = subprocess.run(
        [sys.executable, "-m", "tests.simulator.operations", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    lines = [line.split() for line in printed.stdout.splitlines()]
    assert [line for line in lines if "alerts/list" in line] == [["simplehelp", "alerts/list", "2"]]
    assert "simplehelp 1 of 38 operations called".split() in lines
    assert "beyondtrust_pra 0 of 122 operations called".split() in lines
    platforms = {operation.platform for operation in operations.OPERATIONS}
    assert (len(lines), printed.stderr) == (len(operations.OPERATIONS) + len(platforms), "")


def test_a_child_of_a_process_does_not_count_what_its_parent_called(tmp_path):
    program = (
        "import os\nfrom tests.simulator import operations\noperations.mark('simplehelp', 'alerts/list')\n"
        "child = os.fork()\nif child:\n    os.waitpid(child, 0)\n"
    )
    subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=os.environ | {"SIMULATOR_CALLS": str(tmp_path)},
        check=True,
    )
    assert operations.read_calls(tmp_path) == Counter({("simplehelp", "alerts/list"): 1})


def test_the_simulator_imports_nothing_of_the_plugins():
    program = "import sys, tests.simulator.__main__\nprint([n for n in sys.modules if n.startswith(('ansible', 'plugins'))])"
    printed = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert printed.stdout == "[]\n"
    for path in (ROOT / "tests" / "simulator").rglob("*.py"):
        assert "module_utils" not in path.read_text(encoding="utf-8"), path

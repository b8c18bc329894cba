"""The guides in docs/guides: each of their files is written, each of their commands run, each
message of SimpleHelp's provoked.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import yaml

from tests.controller import COLLECTIONS
from tests.module_runner import DOORS, run_module
from tests.simulator import beyondtrust, fastx, screenconnect
from tests.simulator.beyondtrust.company import company as appliance_of_the_company
from tests.simulator.company import company
from tests.simulator.faults import Fault
from tests.simulator.serving import serve
from tests.simulator.simplehelp import SimpleHelp, Switches
from tests.unit.screenconnect_servers import SECRET
from tests.unit.simulated import TOKEN, small_site

ROOT = Path(__file__).resolve().parents[2]
GUIDES = ROOT / "docs/guides"
GUIDE = (GUIDES / "simplehelp.md").read_text(encoding="utf-8")


def blocks(guide: str) -> Iterator[tuple[str, str]]:
    """Yield the language and the text of each block of code, in order."""
    yield from re.findall(r"^```(\w+)\n(.*?)^```$", guide, re.DOTALL | re.MULTILINE)


def commands(block: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each command of a block and the lines that are shown of its output."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, *shown = part.splitlines()
        yield command, shown


class Terminal:
    """A shell in which commands are run one after the other."""

    def __init__(self, directory: Path, environment: dict[str, str]):
        self.directory, self.environment, self._place = directory, environment, directory / ".place"

    def run(self, command: str) -> str:
        """Run a command, which must succeed, and return all that it prints."""
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", f"{command}\npwd > '{self._place}'"],
            cwd=self.directory,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"$ {command}\n{done.stdout}"
        self.directory = Path(self._place.read_text().strip())
        return done.stdout


@pytest.fixture
def terminal(tmp_path):
    """Return a terminal whose environment leads to the simulated servers of a company."""
    server = SimpleHelp(company(), token=TOKEN)
    appliance = beyondtrust.Appliance(
        appliance_of_the_company("rs"), beyondtrust.Switches(requests_per_second=1000), "rs"
    )
    client_id, account = [*appliance.site["accounts"].items()][0]
    control = screenconnect.ScreenConnect(screenconnect.company(), secret=SECRET)
    workstations = fastx.FastX(fastx.company())
    username, user = [*workstations.site["users"].items()][0]
    (tmp_path / "home").mkdir()
    foreign = ("ANSIBLE_", "SIMPLEHELP_", "BEYONDTRUST_", "SCREENCONNECT_", "FASTX_", "GIT_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    author = {
        f"GIT_{role}_{what}": "guide@example.org"
        for role in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    with (
        serve(server) as place,
        serve(appliance) as other_place,
        serve(control) as third_place,
        serve(workstations) as fourth_place,
    ):
        yield Terminal(
            tmp_path,
            {
                **kept,
                **author,
                "HOME": str(tmp_path / "home"),
                "XDG_CACHE_HOME": str(tmp_path / "cache"),
                "LC_ALL": "C.UTF-8",
                "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
                "ANSIBLE_COLLECTIONS_PATH": COLLECTIONS,
                "ANSIBLE_NOCOLOR": "1",
                "SIMPLEHELP_URL": place.url,
                "SIMPLEHELP_API_TOKEN": TOKEN,
                "SIMPLEHELP_CA_PATH": place.ca_path,
                "BEYONDTRUST_URL": other_place.url,
                "BEYONDTRUST_CLIENT_ID": client_id,
                "BEYONDTRUST_CLIENT_SECRET": account["client_secret"],
                "BEYONDTRUST_CA_PATH": other_place.ca_path,
                "BEYONDTRUST_REQUESTS_PER_SECOND": "900",
                "SCREENCONNECT_URL": third_place.url,
                "SCREENCONNECT_AUTH_SECRET": SECRET,
                "SCREENCONNECT_CA_PATH": third_place.ca_path,
                "FASTX_URL": fourth_place.url,
                "FASTX_USERNAME": username,
                "FASTX_PASSWORD": user["password"],
                "FASTX_CA_PATH": fourth_place.ca_path,
            },
        )
    assert (
        server.journal.violations == []
        and appliance.journal.violations == []
        and control.journal.violations == []
    )
    assert workstations.journal.violations == [] and workstations.left_behind == []


def followed(guide: str, terminal: Terminal) -> dict[str, str]:
    """Write each file of a guide and run each of its commands, which must print what is shown;
    return what each printed.
    """
    run = {}
    for language, text in blocks(guide):
        if language in ("yaml", "ini"):
            name = re.match(r"# (\S+)\n", text)[1]
            path = terminal.directory / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        elif language == "console":
            for command, shown in commands(text):
                run[command] = output = terminal.run(command)
                assert "[WARNING]" not in output, f"$ {command}\n{output}"
                # As ansible-core 2.18 shows what a server said.
                plain = re.sub(r'{\s*"__ansible_unsafe": ("(?:[^"\\]|\\.)*")\s*}', r"\1", output)
                for line in shown:  # wherever Ansible wraps it
                    assert " ".join(line.split()) in " ".join(plain.split()), (
                        f"$ {command}\n{output}"
                    )
    for secret in (
        TOKEN,
        SECRET,
        beyondtrust_secret(terminal),
        terminal.environment["FASTX_PASSWORD"],
    ):
        assert secret not in "".join(run.values())
    return run


def beyondtrust_secret(terminal: Terminal) -> str:
    """Return the secret of the account that the terminal's environment leads to."""
    return terminal.environment["BEYONDTRUST_CLIENT_SECRET"]


def test_the_guide_can_be_followed_to_the_letter(terminal):
    run = followed(GUIDE, terminal)
    assert "Passw0rd" not in "".join(run.values())
    jobs = yaml.safe_load((terminal.directory / ".gitlab-ci.yml").read_text())
    scripts = {line for job in jobs.values() for line in job.get("script", ())}
    assert scripts and scripts <= run.keys()


def test_several_servers_are_kept_by_the_play_of_the_guide_and_one_that_fails_fails_alone(terminal):
    files = {
        name[1]: text
        for _language, text in blocks(GUIDE)
        if (name := re.match(r"# (several/\S+)\n", text))
    }
    inventory = yaml.safe_load(files["several/servers.yml"])
    servers = {
        name: SimpleHelp(small_site(), token=f"{TOKEN}-{name}") for name in ("london", "leeds")
    }
    assert inventory["servers"]["hosts"].keys() == servers.keys()
    with ExitStack() as running:
        places = {name: running.enter_context(serve(server)) for name, server in servers.items()}
        urls = {
            **{name: place.url for name, place in places.items()},
            "gone": "https://localhost:1",
        }
        inventory["servers"]["hosts"] = {
            name: {"simplehelp_url": url} for name, url in urls.items()
        }
        terminal.environment.update(
            {f"SIMPLEHELP_TOKEN_{name.upper()}": f"{TOKEN}-{name}" for name in (*servers, "gone")}
        )
        # All simulated servers have their certificates from one authority.
        terminal.environment["SIMPLEHELP_CA_PATH"] = places["london"].ca_path
        written = {
            **files,
            "several/servers.yml": yaml.safe_dump(inventory),
            "several/everywhere/groups.yml": "tech_group: [{name: Everywhere}]\n",
            **{
                f"several/{name}/groups.yml": f"tech_group: [{{name: Only in {name}}}]\n"
                for name in (*servers, "gone")
            },
        }
        for name, text in written.items():
            (terminal.directory / name).parent.mkdir(parents=True, exist_ok=True)
            (terminal.directory / name).write_text(text, encoding="utf-8")
        for mode in ("--check", "--diff", ""):
            output = terminal.run(
                f"ansible-playbook -i several/servers.yml several/reconcile.yml {mode} || test $? -eq 2"
            )
            assert all(
                re.search(
                    rf"^{name} +: .*changed={int(mode != '')} +unreachable=0 +failed=0",
                    output,
                    re.MULTILINE,
                )
                for name in servers
            ), output
            assert (
                re.search(r"^gone +: .*changed=0 +unreachable=0 +failed=1", output, re.MULTILINE)
                and "cannot be reached" in output
                and TOKEN not in output
            )
    for name, server in servers.items():
        groups = [group["name"] for group in server.dump()["groups"].values()]
        assert {"Everywhere", f"Only in {name}"} <= set(groups) and len(
            [group for group in groups if group.startswith("Only in ")]
        ) == 1


@pytest.mark.parametrize(
    "name",
    [
        "beyondtrust-access",
        "screenconnect",
        *(
            pytest.param(name, marks=pytest.mark.wide)
            for name in ("beyondtrust-jump-items", "backups", "fastx")
        ),
    ],
)
def test_the_guides_of_other_platforms_can_be_followed_to_the_letter(name, terminal):
    terminal.environment.update(
        ANSIBLE_LOCALHOST_WARNING="false",
        ANSIBLE_INVENTORY_UNPARSED_WARNING="false",
        ANSIBLE_CALLBACK_RESULT_FORMAT="yaml",
    )
    run = followed((GUIDES / f"{name}.md").read_text(encoding="utf-8"), terminal)
    assert len(run) >= 5
    for unit in terminal.directory.glob("*.service"):
        assert (
            re.search(r"^ExecStart=(.+)$", unit.read_text(encoding="utf-8"), re.MULTILINE)[1] in run
        )


# What the guide waits for in earnest, and what is enough for a pair whose clock runs faster.
HURRIED = {
    "failover_drill_observe: 30 ": "failover_drill_observe: 0.3 ",
    "failover_drill_hold: 600": "failover_drill_hold: 0.3",
    "failover_drill_interval: 1 ": "failover_drill_interval: 0.2 ",
    "failover_drill_poll: 2 ": "failover_drill_poll: 0.2 ",
}


def test_the_guide_of_drills_can_be_followed_to_the_letter(terminal):
    guide = (GUIDES / "failover-drill.md").read_text(encoding="utf-8")
    for slow, quick in HURRIED.items():
        assert slow in guide
        guide = guide.replace(slow, quick)
    site = appliance_of_the_company("rs", now_ms=round(time.time() * 1000))
    switches = beyondtrust.Switches(
        requests_per_second=1000,
        data_sync_seconds=8.0,
        role_change_seconds=3.0,
        restart_seconds=4.0,
    )
    client_id, account = [*site["accounts"].items()][0]
    with beyondtrust.Pair(site, switches, clock_speed=20).serve() as place:
        terminal.environment.update(
            ANSIBLE_LOCALHOST_WARNING="false",
            ANSIBLE_INVENTORY_UNPARSED_WARNING="false",
            ANSIBLE_ASYNC_DIR=str(terminal.directory / "jobs"),
            BEYONDTRUST_URL=place.url,
            BEYONDTRUST_PEER_URL=place.peer_url,
            BEYONDTRUST_SHARED_URL=place.shared_url,
            BEYONDTRUST_CA_PATH=place.ca_path,
            BEYONDTRUST_CLIENT_ID=client_id,
            BEYONDTRUST_CLIENT_SECRET=account["client_secret"],
        )
        assert len(followed(guide, terminal)) == 4


def test_the_reasons_and_outcomes_in_the_guide_of_drills_are_what_is_said():
    guide = (GUIDES / "failover-drill.md").read_text(encoding="utf-8")
    code = "".join(
        (ROOT / path).read_text(encoding="utf-8")
        for path in (
            "plugins/module_utils/_beyondtrust/failover.py",
            "plugins/module_utils/_beyondtrust/pair.py",
            "roles/failover_drill/vars/main.yml",
            "plugins/module_utils/_drill/journal.py",
            "plugins/module_utils/_drill/measures.py",
        )
    )
    reasons, outcomes = (
        re.findall(
            "^\\| `?([^|`]+?)`? \\|", guide.partition(head)[2].partition("\n\n")[0], re.MULTILINE
        )
        for head in ("\n| reason |", "\n| outcome |")
    )
    assert len(reasons) == 7 and len(outcomes) == 5
    assert [part for each in reasons for part in each.split("…") if part.strip() not in code] == []
    assert [each for each in outcomes if f'"{each}"' not in code] == []


def test_each_message_of_the_table_in_the_guide_of_backups_is_said():
    guide = (GUIDES / "backups.md").read_text(encoding="utf-8")
    rows = guide.partition("\n| it says |")[2].partition("\n\n")[0].splitlines()[2:]
    messages = [each for row in rows for each in re.findall("`(.+?)`", row.split("|")[1])]
    code = "".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "plugins/module_utils").rglob("*.py")
        if path.parent.name in ("_backups", "_files", "_core") or path.name == "backup.py"
    )
    assert len(rows) == 8
    assert [each for each in messages if each not in code] == []


def always(query: str, kind: str, **arguments):
    """Return a function that makes a fault which never ends; each counts for itself."""
    return lambda: Fault(query, kind, times=None, **arguments)


OKAFOR = {"technician": [{"username": "b.okafor", "display_name": "Bilal"}]}

# How each message of the table comes about: the options of simplehelp_config, what the server is
# like, and a fault that it shows.
PROVOKED = {
    "The API token is not valid": {"config": OKAFOR, "api_token": "wrong"},
    "answered an HTML page": {"config": OKAFOR, "fault": always("*", "html")},
    "was redirected to": {
        "config": OKAFOR,
        "fault": always("*", "redirect", location="https://other.example/"),
    },
    "The certificate of": {"config": OKAFOR, "certificate": "untrusted"},
    "cannot be reached": {"config": OKAFOR, "url": "https://localhost:1"},
    "no answer of": {"config": OKAFOR, "timeout": 1.0, "fault": always("*", "slow", seconds=2)},
    "the server is too busy": {"config": OKAFOR, "fault": always("*", "status", status=503)},
    "Is path_style right?": {
        "config": {"tech_group": [{"name": "Helpdesk", "max_file_size": 5}]},
        "path_style": "printed",
    },
    "Is backup_query right?": {
        "module": "backup",
        "platform": "simplehelp",
        "backup_query": "server/other",
    },
    "the server said yes, but it shows": {
        "config": OKAFOR,
        "fault": always("technicians/set", "ignored"),
    },
    "It is unknown whether the change was made": {
        "config": OKAFOR,
        "fault": always("technicians/set", "reset_before"),
    },
    "names the tech_group": {"config": {"technician": [{"username": "x", "groups": ["Nobody"]}]}},
    "permissions: the server knows no": {
        "config": {"tech_group": [{"name": "Helpdesk", "permissions": {"canFly": True}}]}
    },
    "is described twice": {"config": {"technician": [{"username": "x"}, {"username": "x"}]}},
    "on the server, and it cannot be made there": {
        "config": {"machine": [{"machine": "SG_99", "notes": "x"}]}
    },
    "Say which one is meant": {"config": {"machine": [{"machine": "RECEPTION", "notes": "x"}]}},
    "call it by its identifier, so that the next run finds it": {
        "config": {"machine": [{"machine": "SPARE", "name": "OTHER"}]}
    },
    "where a text is wanted; put it in quotes": {
        "config": {"machine": [{"machine": "SG_1", "properties": {"a": True}}]}
    },
    "purge would remove": {"config": OKAFOR, "purge": ["technician"], "max_removed": 0},
    "is protected": {"config": {"technician": [{"username": "anonymous-1", "state": "absent"}]}},
    "would no longer admit own_address": {
        "config": {"server": {"tech_restrictions": ["1"]}},
        "own_address": ["10.0.0.1"],
    },
    "Unsupported parameters": {"config": {"technicians": []}},
}
# These come from the role and the lookup; test_reconcile.py and test_folder.py provoke them.
PROVOKED_ELSEWHERE = {"stands in", "Nothing is described"}


def test_the_table_of_messages_holds_those_that_are_provoked():
    table = GUIDE.partition("## Messages")[2]
    assert (
        set(re.findall(r"^\| `(.+?)` \|", table, re.MULTILINE))
        == PROVOKED.keys() | PROVOKED_ELSEWHERE
    )


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("message", PROVOKED)
def test_a_message_of_the_guide_is_what_is_said(message, door):
    options = dict(PROVOKED[message])
    module, fault, certificate = (
        options.pop("module", "simplehelp_config"),
        options.pop("fault", None),
        options.pop("certificate", "trusted"),
    )
    server = SimpleHelp(small_site(), Switches(), TOKEN)
    if fault:
        server.inject(fault())
    with serve(server, certificate) as place:
        outcome = run_module(
            module,
            {
                "url": place.url,
                "api_token": TOKEN,
                "ca_path": place.ca_path,
                "retries": 0,
                **options,
            },
            door=door,
        )
    assert outcome.failed
    assert message in outcome["msg"]

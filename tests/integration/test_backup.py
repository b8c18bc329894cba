"""What the role backup keeps of several servers in one run, what its report says, and how it ends
when something is wrong.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from tests.integration.conftest import SETTINGS, Controller
from tests.simulator.beyondtrust import Appliance, Switches
from tests.simulator.faults import Fault
from tests.simulator.serving import Running, serve
from tests.simulator.simplehelp import SimpleHelp
from tests.unit.appliances import CLIENT_ID, CLIENT_SECRET, small_appliance
from tests.unit.plugins.module_utils._backups.taken import ago, put
from tests.unit.simulated import TOKEN, small_site

BACKUP = "remoteops.access.backup"
PASSWORD = "correct horse battery"
AGE = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"


@dataclass
class Site:
    """Two appliances and a SimpleHelp server, and a controller that keeps their backups."""

    controller: Controller
    appliances: dict[str, tuple[Appliance, Running]]
    simplehelp: tuple[SimpleHelp, Running]

    @property
    def directory(self) -> Path:
        """Where the controller's files lie."""
        return self.controller.directory

    def address(self, product: str) -> str:
        """Return the host name and port of an appliance."""
        return self.appliances[product][1].url.removeprefix("https://")

    def servers(self) -> list[dict]:
        """Return the entries of all three servers."""
        account = {
            "platform": "beyondtrust",
            "client_id": CLIENT_ID,
            "client_secret": CLIENT_SECRET,
            "retries": 0,
        }
        server, place = self.simplehelp
        return [
            *(
                {
                    **account,
                    "name": product,
                    "product": product,
                    "url": each.url,
                    "ca_path": each.ca_path,
                }
                for product, (_appliance, each) in self.appliances.items()
            ),
            {
                "platform": "simplehelp",
                "name": "sh",
                "url": place.url,
                "ca_path": place.ca_path,
                "api_token": server.token,
            },
        ]

    def variables(self, servers: list[dict], **more) -> list[str]:
        """Return the arguments of a run."""
        given = {
            "backup_servers": servers,
            "backup_directory": f"{self.directory}/kept",
            "backup_report_directory": f"{self.directory}/report",
            **more,
        }
        (self.directory / "servers.json").write_text(json.dumps(given))
        return ["-e", "@servers.json"]

    def report(self) -> tuple[dict, str]:
        """Return both forms of the report, in which no secret stands."""
        texts = [
            (self.directory / "report" / f"report.{form}").read_text(encoding="utf-8")
            for form in ("json", "html")
        ]
        assert self.controller.shown_secrets("".join(texts)) == []
        return json.loads(texts[0]), texts[1]

    def names(self, directory: str) -> set[str]:
        """Return the names of the backups in a directory."""
        return {
            path.name
            for path in (self.directory / directory).iterdir()
            if path.is_file() and path.suffix != ".json"
        }


@pytest.fixture
def site(tmp_path):
    """Return the servers, running, and the controller."""
    with ExitStack() as running:
        appliances = {}
        for product in ("rs", "pra"):
            appliance = Appliance(
                small_appliance(product), Switches(requests_per_second=1000), product
            )
            appliances[product] = appliance, running.enter_context(serve(appliance))
        server = SimpleHelp(small_site(), token=TOKEN)
        simplehelp = server, running.enter_context(serve(server))
        environment = {
            **SETTINGS,
            "BEYONDTRUST_SHARED_DIRECTORY": str(tmp_path / "shared"),
            "BEYONDTRUST_REQUESTS_PER_SECOND": "900",
        }
        yield Site(
            Controller(server, tmp_path, environment, {TOKEN, CLIENT_SECRET, PASSWORD}),
            appliances,
            simplehelp,
        )
    assert server.journal.violations == [] and all(
        appliance.journal.violations == [] for appliance, _place in appliances.values()
    )


def test_one_run_does_all_it_can_reports_what_is_wrong_and_fails_at_its_end(site):
    kept, copy = site.directory / "kept", site.directory / "copy"
    copy.mkdir()
    superfluous, rotten, stale = (
        put(kept, ago(days=days), b"content", site.address(product))
        for days, product in ((2, "rs"), (1, "pra"), (3, "pra"))
    )
    (kept / rotten.file).write_bytes(b"CONTENT")
    site.controller.write({"bin/age": "#!/bin/sh\nexec cat\n"})
    (site.directory / "bin/age").chmod(0o755)
    site.controller.environment["PATH"] = f"{site.directory}/bin:/usr/bin:/bin"
    site.appliances["pra"][0].inject(Fault("GET /api/backup", "html", times=None))
    rs, pra, simplehelp = site.servers()
    servers = [
        {**rs, "name": "<gone>", "url": "https://localhost:1"},
        pra,
        {**rs, "backup_password": PASSWORD},
        simplehelp,
    ]
    run = site.controller.run(
        "ansible-playbook",
        BACKUP,
        "-vvvv",
        "--diff",
        *site.variables(
            servers,
            backup_objective="2d",
            backup_max_gap="7d",
            backup_gaps_within="7d",
            backup_keep_last=1,
            backup_copy_to=str(copy),
            backup_encrypt_with="age",
            backup_recipients=[AGE],
        ),
    )
    assert run.status == 2 and run.recap["failed"] == 1
    assert len(site.simplehelp[0].journal.writes) == 1
    report, page = site.report()
    assert report["passed"] is False and datetime.fromisoformat(
        report["began_at"]
    ) <= datetime.fromisoformat(report["ended_at"])
    outcomes = {outcome["name"]: outcome for outcome in report["servers"]}
    assert list(outcomes) == ["<gone>", "pra", "rs", "sh"]
    assert (
        "cannot be reached" in outcomes["<gone>"]["error"]
        and "HTML page" in outcomes["pra"]["error"]
    )
    assert [outcomes[name]["error"] for name in ("rs", "sh")] == ["", ""]
    assert [change["action"] for change in outcomes["rs"]["changes"]] == [
        "backup",
        "copy",
        "remove",
    ]
    backup = outcomes["rs"]["backup"]
    assert backup["encryption"]["tool"] == "age" and backup["password_protected"] is True
    assert site.names("kept") == {backup["file"], rotten.file, stale.file} and site.names(
        "copy"
    ) == {backup["file"]}
    assert [
        (place["directory"], place["checked"], len(place["backups"])) for place in report["places"]
    ] == [(str(kept), 3, 3), (str(copy), 1, 1)]
    found = [
        {(problem["problem"], problem["server"]) for problem in place["problems"]}
        for place in report["places"]
    ]
    gone = ("no_backup", "localhost:1")
    assert found == [
        {("corrupted", site.address("pra")), ("too_old", site.address("pra")), gone},
        {("no_backup", site.address("pra")), gone},
    ]
    assert (
        len(report["problems"]) == 7
        and f"{kept}: pra: {rotten.file}: its content, or its size, is not that of its manifest."
        in report["problems"]
    )
    # The name of the server that was given last stands for all that have its address.
    assert f"{copy}: pra: {site.address('pra')}: there is no good backup." in report["problems"]
    assert (
        outcomes["rs"]["address"] == site.address("rs")
        and outcomes["<gone>"]["address"] == "localhost:1"
    )
    assert (
        f"rs: removed {kept / superfluous.file}" in run.output
        and "<gone>: FAILED. https://localhost:1 cannot be reached" in run.output
    )
    assert (
        f"{kept / superfluous.file}</li>" in page
        and rotten.file in page
        and "&lt;gone&gt;" in page
        and "<gone>" not in page
    )
    assert (
        f'<p class="title">rs</p><p class="soft">{site.address("rs")}</p>' in page
        and '<p class="said">https://localhost:1 cannot be reached' in page
    )
    assert "backed up, copied" in page and "saved on the server" in page
    assert '<p class="verdict bad">Failed</p>' in page
    assert {path.stat().st_mode & 0o777 for path in (site.directory / "report").iterdir()} == {
        0o640
    }


def test_check_mode_tells_what_would_be_done_and_writes_nothing(site):
    refused = site.controller.run(
        "ansible-playbook",
        BACKUP,
        *site.variables(site.servers(), backup_report_directory=f"{site.directory}/kept"),
    )
    assert refused.status == 2 and "another one than backup_directory" in refused.output
    run = site.controller.playbook(BACKUP, *site.variables(site.servers()), "--check")
    assert (
        "rs: would be backed up" in run.output
        and "sh: would be saved on the server itself" in run.output
    )
    assert not any((site.directory / name).exists() for name in ("kept", "report"))
    assert (
        all(appliance.journal.entries == [] for appliance, _place in site.appliances.values())
        and site.controller.wrote() == []
    )

"""A client that others wrote against live appliances, `bt-cli`, run unchanged against a tolerant
simulated one: our reading held against theirs.

It cannot be installed beside this project's linters (both pin `rich`), so a program `bt` is looked
for: `pipx install bt-cli==0.6.1`.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.simulator.beyondtrust import Appliance, Switches
from tests.simulator.beyondtrust.company import company
from tests.simulator.serving import serve

PROGRAM = shutil.which("bt")
pytestmark = [
    pytest.mark.wide,
    pytest.mark.skipif(
        PROGRAM is None,
        reason="NOT HELD AGAINST bt-cli: there is no program `bt`; install it with `pipx install bt-cli==0.6.1`",
    ),
]
JUMP_GROUP, JUMPOINT = "1", "1"


class Client:
    """Runs `bt pra …` for an appliance, in an empty home directory."""

    def __init__(self, appliance: Appliance, running, home: Path):
        client_id, account = next(iter(appliance.site["accounts"].items()))
        self.appliance, self.home = appliance, home
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "COLUMNS": "250",
            "BT_PRA_API_URL": running.url,
            "BT_PRA_CLIENT_ID": client_id,
            "BT_PRA_CLIENT_SECRET": account["client_secret"],
            "SSL_CERT_FILE": running.ca_path,
        }

    def run(self, *arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [PROGRAM, "pra", *arguments],
            cwd=self.home,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def do(self, *arguments: str) -> str:
        """What a command prints that must succeed."""
        done = self.run(*arguments)
        assert done.returncode == 0, (arguments, done.stdout, done.stderr)
        return done.stdout

    def listed(self, *arguments: str) -> list[dict]:
        return json.loads(self.do(*arguments, "list", "-o", "json"))

    def held(self, collection: str) -> dict:
        return self.appliance.site["config"][collection]


@pytest.fixture
def client(tmp_path):
    """A client of the company's PRA appliance without any strictness of ours; in the end it must
    have broken no rule of the documents.
    """
    # The client knows no limit, and this machine may be fast.
    switches = Switches(requests_per_second=1_000_000)
    switches.tolerate()
    appliance = Appliance(company("pra"), switches, product="pra")
    with serve(appliance) as running:
        yield Client(appliance, running, tmp_path)
    assert appliance.journal.violations == []


@pytest.mark.parametrize(
    ("command", "collection"),
    [
        (("jumpoints",), "jumpoint"),
        (("jump-groups",), "jump-group"),
        (("jump-items", "shell"), "jump-item/shell-jump"),
        (("jump-items", "rdp"), "jump-item/remote-rdp"),
        (("jump-items", "vnc"), "jump-item/remote-vnc"),
        (("jump-items", "web"), "jump-item/web-jump"),
        (("jump-items", "tunnel"), "jump-item/protocol-tunnel-jump"),
        (("vault", "groups"), "vault/account-group"),
        (("users",), "user"),
        (("teams",), "team"),
        (("policies", "jump"), "jump-policy"),
        (("policies", "session"), "session-policy"),
        (("policies", "group"), "group-policy"),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, tuple) else "",
)
def test_every_list_is_read_whole(client, command, collection):
    assert {each["id"] for each in client.listed(*command)} == {
        int(number) for number in client.held(collection)
    }


def test_what_hangs_on_users_and_policies_is_listed(client):
    for arguments in (
        ("users", "group-policies", "2"),
        ("jump-clients", "list"),
        ("vault", "accounts", "list"),
        *(
            ("policies", "group", name, "list", "1")
            for name in (
                "members",
                "jumpoints",
                "jump-groups",
                "teams",
                "vault-accounts",
                "vault-account-groups",
            )
        ),
    ):
        client.do(*arguments)


def test_an_export_of_all_jump_items_is_imported_again(client):
    before = {
        kind: len(held)
        for kind, held in client.appliance.site["config"].items()
        if kind.startswith("jump-item/")
    }
    client.do("export", "jump-items", "--file", "items.csv")
    rows = list(
        csv.DictReader((client.home / "items.csv").read_text(encoding="utf-8").splitlines())
    )
    assert len(rows) == sum(before.values())
    said = client.do("import", "jump-items", "--file", "items.csv")
    assert {kind: len(client.held(kind)) for kind in before} == {
        kind: 2 * number for kind, number in before.items()
    }, said


def test_objects_are_made_changed_and_removed(client):
    made = json.loads(
        client.do(
            "jump-items",
            "shell",
            "create",
            "-n",
            "new",
            "-h",
            "new.example.org",
            "-j",
            JUMPOINT,
            "-g",
            JUMP_GROUP,
            "-o",
            "json",
        )
    )
    assert made["name"] == client.held("jump-item/shell-jump")[str(made["id"])]["name"] == "new"
    client.do("jump-items", "shell", "update", str(made["id"]), "--tag", "changed")
    assert client.held("jump-item/shell-jump")[str(made["id"])]["tag"] == "changed"
    client.do("jump-items", "shell", "delete", str(made["id"]), "--force")
    assert str(made["id"]) not in client.held("jump-item/shell-jump")


def test_an_account_is_checked_out_and_in(client):
    # The client reads JSON where no body of the answer is described.
    client.appliance.switches.undescribed_answers = "object"
    assert "password" in client.do("vault", "accounts", "checkout", "1")
    client.do("vault", "accounts", "checkin", "1")

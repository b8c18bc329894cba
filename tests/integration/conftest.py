"""A controller beside a simulated SimpleHelp server: the real commands of Ansible, run in a folder
as an engineer would run them.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import dedent
from urllib.parse import quote

import pytest

from tests.controller import run_command
from tests.simulator.serving import serve
from tests.simulator.simplehelp import SimpleHelp
from tests.unit.simulated import TOKEN, small_site

# How a playbook's run is told to say what it says, and what would be said of any run without an
# inventory.
SETTINGS = {"ANSIBLE_LOCALHOST_WARNING": "false", "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false"}


@dataclass(frozen=True)
class Run:
    """What a command ended with and what it said."""

    status: int
    output: str

    @property
    def recap(self) -> dict[str, int]:
        """The counts of Ansible's last line: ok, changed, failed, ..."""
        return {
            name: int(count)
            for name, count in re.findall(r"(\w+)=(\d+)", self.output.rpartition("PLAY RECAP")[2])
        }

    @property
    def listed(self) -> list[str]:
        """The lines that the playbooks reconcile and drift have told, the first one with the count
        left out.
        """
        told = re.findall(r'"msg": (\[\n.*?\n    \])', self.output, re.DOTALL)
        return json.loads(told[-1])[1:] if told else []


@dataclass
class Controller:
    """A folder with the user's files, where commands are run against ``server``.

    No run may print one of ``secrets``, nor a warning; nor a traceback, except where -vvvv makes
    Ansible print its own.
    """

    server: SimpleHelp
    directory: Path
    environment: dict[str, str]
    secrets: set[str] = field(default_factory=lambda: {TOKEN})
    _seen: int = 0

    @property
    def site(self) -> dict:
        """The live state of the server."""
        return self.server.site

    def wrote(self) -> list[str]:
        """Return the queries that asked the server for a change since the last call."""
        writes, self._seen = (
            self.server.journal.writes[self._seen :],
            len(self.server.journal.writes),
        )
        return [entry.query for entry in writes]

    def write(self, files: Mapping[str, str]) -> None:
        """Write the user's files; the keys are their paths."""
        for name, text in files.items():
            path = self.directory / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dedent(text), encoding="utf-8")

    def run(self, command: str, *arguments: str, **environment: str) -> Run:
        """Run one of Ansible's commands."""
        done = run_command(
            command, *arguments, directory=self.directory, **{**self.environment, **environment}
        )
        output = done.stdout + done.stderr
        assert self.shown_secrets(output) == []
        assert "[WARNING]" not in output, output
        assert "-vvvv" in arguments or "Traceback (most recent call last)" not in output, output
        return Run(done.returncode, output)

    def playbook(self, name: str, *arguments: str, **environment: str) -> Run:
        """Run a playbook that must succeed."""
        run = self.run("ansible-playbook", name, *arguments, **environment)
        assert run.status == 0, run.output
        return run

    def refused(self, name: str, *arguments: str, **environment: str) -> str:
        """Run a playbook that must fail without any write, and return what it says."""
        before = self.server.dump()
        run = self.run("ansible-playbook", name, *arguments, **environment)
        assert run.status != 0, run.output
        assert self.wrote() == [] and self.server.dump() == before
        return run.output

    def shown_secrets(self, text: str) -> list[str]:
        """Return the forms of secrets that stand in a text."""
        forms = {
            form
            for secret in self.secrets
            for form in (
                secret,
                quote(secret),
                quote(secret, safe=""),
                json.dumps(secret)[1:-1],
                repr(secret)[1:-1],
            )
        }
        return [form for form in forms if form in text]


@pytest.fixture
def controller_of(tmp_path):
    """Return a function that starts a simulated server and returns a controller beside it.

    Without a ``site`` the server is the small one. At the end no rule of the vendor's document may
    have been broken.
    """
    started = []
    with ExitStack() as running:

        def start(site: dict | None = None) -> Controller:
            server = SimpleHelp(small_site() if site is None else site, token=TOKEN)
            place = running.enter_context(serve(server))
            connection = {
                "SIMPLEHELP_URL": place.url,
                "SIMPLEHELP_API_TOKEN": TOKEN,
                "SIMPLEHELP_CA_PATH": str(place.ca_path),
            }
            directory = tmp_path / f"controller{len(started)}"
            directory.mkdir()
            started.append(Controller(server, directory, {**SETTINGS, **connection}))
            return started[-1]

        yield start
    for controller in started:
        assert controller.server.journal.violations == []


@pytest.fixture
def controller(controller_of) -> Controller:
    """Return a controller beside the small server."""
    return controller_of()

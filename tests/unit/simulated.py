"""A module beside the simulated server that it manages, with the promises that hold for every run
of any module.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, quote_plus

import yaml

from tests.module_runner import Outcome, compared, other_door, run_module, through
from tests.simulator.beyondtrust import Appliance
from tests.simulator.faults import Fault
from tests.simulator.serving import Running
from tests.simulator.simplehelp import SimpleHelp

# A token that looks different in a URL, in JSON and in a query string, so that every form of it can
# be looked for.
TOKEN = 'tok/en+ %41"ü&7'
SECRET_OPTIONS = (
    "api_token",
    "auth_secret",
    "password",
    "video_password",
    "client_secret",
    "token",
    "private_key",
    "private_key_passphrase",
)


def small_site() -> dict:
    """Return a seed small enough to have in mind: two groups, four technicians, five machines in a
    tree, one restriction.
    """
    return {
        "hostname": "support.example.org",
        "groups": {
            "Helpdesk": {
                "uniqueID": 1,
                "videoPassword": "keep-the-tapes",
                "maxFileSize": 1000,
                "ldapSettings": {
                    "enabled": True,
                    "baseDN": "ou=people",
                    "memberOfGroups": ["cn=helpdesk"],
                },
                "mfaSettings": {"email": True, "emailSubject": "Your code"},
                "permissions": {"canChat": True, "canRunTools": True},
            },
            "Field Service": {"uniqueID": 2},
        },
        "technicians": {
            "admin": {"uniqueID": 1, "displayName": "Administrator", "groupIDs": [1]},
            "b.okafor": {
                "uniqueID": 2,
                "displayName": "Bilal Okafor",
                "emailAddress": "b.okafor@example.org",
                "groupIDs": [1, 2],
            },
            "anonymous-1": {
                "uniqueID": 3,
                "displayName": "Partner",
                "isAnonymous": True,
                "groupIDs": [2],
            },
            "app.stocktake": {"uniqueID": 4, "displayName": "Stocktake", "appProfilesUser": True},
        },
        "machines": {
            "SG_1": {
                "name": "LDN-WHS-1",
                "groups": ["United Kingdom", "London"],
                "notes": "In the cellar.",
                "properties": {"asset": "HF-1"},
            },
            "SG_2": {
                "name": "LDN-WHS-2",
                "groups": ["United Kingdom", "London"],
                "warnings": "Never restart.",
                "monitoringEnabled": True,
            },
            "SG_3": {"name": "RECEPTION", "groups": ["United Kingdom"]},
            "SG_4": {
                "name": "RECEPTION",
                "groups": ["Ireland"],
                "online": False,
                "os": "macOS 15",
                "properties": {"asset": "HF-4", "floor": "2"},
            },
            "SG_5": {"name": "SPARE"},
        },
        "machine_groups": {
            "United Kingdom": {
                "properties": {"currency": "GBP"},
                "groups": {
                    "London": {"properties": {"site-code": "LDN", "contact": "london@example.org"}}
                },
            }
        },
        "restrictions": [r"10\..*"],
    }


@dataclass
class Simulated:
    """A simulated server that runs, and the connection options to reach it.

    ``secrets`` are texts that no run may print; the token and every secret option of a run are
    among them anyway, and so are the tokens that processes share. ``lies`` tells that the test lets
    the server answer what is not true, so that ``changed`` cannot be held against its state.
    ``expected_violations`` are the rules of the vendor's document that a test means to see broken
    (parts of the text).
    """

    server: SimpleHelp | Appliance
    running: Running
    options: dict
    secrets: set[str] = field(default_factory=set)
    expected_violations: tuple[str, ...] = ()
    lies: bool = False

    @property
    def site(self) -> dict:
        """The live state of the server."""
        return self.server.site

    @property
    def journal(self):
        """What the server was asked."""
        return self.server.journal

    def inject(self, query: str, kind: str, **arguments) -> Fault:
        """Let the server show a fault; returns it, so that a test can see whether it struck."""
        fault = Fault(query, kind, **arguments)
        self.server.inject(fault)
        return fault

    def run(self, module: str, check: bool = False, **options) -> Outcome:
        """Run a module and hold it to what is true of any run.

        No secret is printed and no traceback, and nothing that moves a cursor; no write is sent in
        check mode; ``changed`` says whether the server has changed.

        An option given as ... is left out.
        """
        given = {
            name: value for name, value in {**self.options, **options}.items() if value is not ...
        }
        before, writes = self.server.dump(), len(self.journal.writes)
        outcome = run_module(module, given, check)
        assert_silent_about(
            {*self.secrets, *secrets_in(given), *self.shared_tokens()}, outcome.output
        )
        assert "Traceback" not in outcome.output
        assert not outcome.failed or outcome["msg"].strip()
        assert_plain(outcome.result)
        differs = self.server.dump() != before
        if check:
            assert self.journal.writes[writes:] == [] and not differs
        elif self.lies:
            assert outcome.failed or "changed" in outcome.result
        elif outcome.failed:
            # Changed may be true all the same: nobody knows whether something happened.
            assert outcome.get("changed", False) or not differs, outcome["msg"]
        else:
            assert outcome["changed"] is differs
        return outcome

    def expect(self, module: str, check: bool = False, **options) -> Outcome:
        """Run a module that must succeed."""
        outcome = self.run(module, check, **options)
        assert not outcome.failed, outcome["msg"]
        return outcome

    def refuse(self, module: str, check: bool = False, **options) -> str:
        """Run a module that must fail without any write, and return its message. What needs no
        server to be refused is refused through both doors.
        """
        before, writes, asked = (
            self.server.dump(),
            len(self.journal.writes),
            len(self.journal.entries),
        )
        outcome = self.run(module, check, **options)
        if len(self.journal.entries) == asked:
            with through(other_door()):
                assert compared(self.run(module, check, **options)) == compared(outcome)
        assert outcome.failed, f"the module did not fail: {outcome.output}"
        assert self.journal.writes[writes:] == []
        assert self.server.dump() == before
        # Ansible itself leaves it out when it refuses an option.
        assert outcome.get("changed", False) is False
        return outcome["msg"]

    def refuse_everywhere(self, module: str, **options) -> str:
        """Run a module that must fail in check mode through one door and without it through the
        other, in the same words, and return its message.
        """
        message = self.refuse(module, True, **options)
        with through(other_door()):
            assert self.refuse(module, False, **options) == message
        return message

    def asked(self, *queries: str) -> list:
        """Return what the server was asked, of these queries only where some are named."""
        return [entry for entry in self.journal.entries if not queries or entry.query in queries]

    def wrote(self) -> list[str]:
        """Return the queries that asked for a change, in order of arrival."""
        return [entry.query for entry in self.journal.writes]

    def shared_tokens(self) -> set[str]:
        """Return the access tokens that the processes of a user share by now."""
        files = (
            Path(self.options["shared_directory"]).glob("*.token")
            if "shared_directory" in self.options
            else ()
        )
        return {json.loads(text)[0] for file in files if (text := file.read_text()) != "null"}

    def check_violations(self) -> None:
        """Fail if the client broke a rule of the vendor's document that the test did not mean to
        see broken.
        """
        unexpected = [
            rule
            for rule in self.journal.violations
            if not any(part in rule for part in self.expected_violations)
        ]
        assert unexpected == []


def secrets_in(options: Mapping) -> set[str]:
    """Return every secret among the options of a module, however deep."""
    return {
        value
        for name, value in _pairs(options)
        if name in SECRET_OPTIONS and isinstance(value, str) and value
    }


def _pairs(value) -> Iterator[tuple[str, object]]:
    if isinstance(value, Mapping):
        for name, item in value.items():
            yield name, item
            yield from _pairs(item)
    elif isinstance(value, list):
        for item in value:
            yield from _pairs(item)


def assert_silent_about(secrets: set[str], output: str) -> None:
    """Fail if the output holds one of the secrets, in any form in which a URL, JSON or Python
    writes it.
    """
    decoded = output.lower() + _texts(output).lower()
    for secret in filter(str.strip, secrets):
        forms = {
            secret,
            quote(secret),
            quote(secret, safe=""),
            quote(secret, safe="/+ %"),
            quote_plus(secret),
            repr(secret)[1:-1],
            json.dumps(secret)[1:-1],
            json.dumps(secret, ensure_ascii=False)[1:-1],
            json.dumps(json.dumps(secret)[1:-1])[1:-1],
        }
        shown = [form for form in forms if form.lower() in decoded]
        assert not shown, f"the output shows a secret as {shown}: {output}"


# Where results hold texts for people. Everything else is data, which Ansible prints as JSON.
FOR_PEOPLE = (
    "msg",
    "warnings",
    "changes",
    "failed_changes",
    "changes_not_tried",
    "reason",
    "name",
    "written",
    "fields",
    "sessions",
    "appliances",
)


# How Python writes values, and people do not. A text in quotes may hold anything.
OF_PYTHON = re.compile(
    r"(?<![\w'])(?:\[['(]|\{'|\('|<[\w.]+ object|(?:None|True|False)(?=[,.;:)\]]|$| was| where))"
)


def assert_plain(result) -> None:
    """Fail if a text for people holds a line break or what cannot be seen, is longer than anybody
    reads, or shows a value as Python writes it.
    """
    for name in FOR_PEOPLE if isinstance(result, Mapping) else ():
        for value in result[name] if isinstance(result.get(name), list) else [result.get(name)]:
            if isinstance(value, Mapping):
                assert_plain(
                    {key: item for key, item in value.items() if name != "sessions" or key == "msg"}
                )
            elif isinstance(value, str):
                assert value.isprintable() and len(value) <= 6000, f"{name}: {value!r}"
                assert not OF_PYTHON.search(value), f"{name}: {value}"


def _texts(output: str) -> str:
    """Return the output with the escapes of JSON undone."""
    return (
        json.dumps(json.loads(output), ensure_ascii=False).replace("\\\\", "\\").replace('\\"', '"')
    )


def read_diff(diff: list[dict]) -> dict[str, dict]:
    """Return what a diff shows of each object before and after, by the object's kind and name. Its
    texts are YAML.
    """
    sides: dict[str, dict] = {"before": {}, "after": {}}
    for shown in diff:
        for side, objects in sides.items():
            name = shown[f"{side}_header"]
            if not name.endswith(" (absent)"):
                assert name not in objects, f"the test cannot tell two objects called {name} apart"
                objects[name] = yaml.safe_load(shown[side]) or {}
            else:
                assert shown[side] == ""
    return sides

"""A caller of the simulated server inside the process, which insists on what an answer must be."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import asyncio

import httpx
import pytest

from tests.simulator import operations
from tests.simulator.simplehelp import SimpleHelp, Switches

SITE = {
    "hostname": "support.example.org",
    "groups": {
        "Helpdesk": {"uniqueID": 2, "permissions": {"canRunTools": True}, "videoPassword": "tape"},
        "Field": {"uniqueID": 5, "ldapSettings": {"enabled": True, "baseDN": "dc=example"}},
    },
    "technicians": {
        "anna": {
            "uniqueID": 3,
            "displayName": "Anna",
            "groupIDs": [2, 5],
            "totp": True,
            "password": "old",
        },
        "ben": {"uniqueID": 8, "emailAddress": "ben@example.org", "isAnonymous": True},
    },
    "machines": {
        "SG_1": {
            "name": "press",
            "groups": ["UK", "London"],
            "os": "Windows 11 Pro",
            "hostname": "PRESS",
            "properties": {"contact": "own"},
            "notes": "old note",
            "warnings": "old warning",
            "hardware": {"totalMemory": 17179869184, "serial": "X1"},
            "monitoring": {"cpuLoadAverages": [3, 2, 1]},
        },
        "SG_2": {
            "name": "lathe",
            "groups": ["UK"],
            "online": False,
            "os": "Ubuntu 24.04",
            "hardware": {"serial": "X2"},
        },
        "SG_3": {"groups": []},
    },
    "machine_groups": {
        "UK": {
            "properties": {"contact": "country", "vat": "20"},
            "groups": {"London": {"properties": {"contact": "city", "code": "LDN"}}},
        },
    },
    "restrictions": [r"10\..*"],
}
"""A small site that the tests of the queries share."""


class Api:
    """Calls a server by the rules of the document, and breaks them when told to."""

    def __init__(self, server: SimpleHelp):
        self.server = server

    def request(self, method: str, url: str, **parts) -> httpx.Response:
        """Any request to the server, in process."""

        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.server)
            async with httpx.AsyncClient(
                transport=transport, base_url="https://localhost"
            ) as client:
                return await client.request(method, url, **parts)

        return asyncio.run(send())

    def send(self, query: str, data: object = None) -> httpx.Response:
        """A query as the document prints it: POST with data, GET without."""
        url = f"/api/v1/{self.server.token}/{query}"
        headers = {"Content-Type": "application/json"}
        if data is None:
            return self.request("GET", url, headers=headers)
        return self.request("POST", url, headers=headers, json=data)

    def read(self, query: str, data: object = None):
        """The JSON value of a query that must succeed."""
        answer = self.send(query, data)
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == "application/json"
        return answer.json()

    def do(self, query: str, data: object = None) -> None:
        """A query that must say that it succeeded."""
        assert self.read(query, data) == {"success": True}

    def refuse(self, query: str, data: object = None, status: int = 400) -> str:
        """The reason why a query is refused, which must not be the client's breach of the document."""
        before = list(self.server.journal.violations)
        answer = self.send(query, data)
        assert answer.status_code == status, answer.text
        assert answer.json().keys() == {"success", "reason"}
        assert answer.json()["success"] is False
        assert self.server.journal.violations == before
        return answer.json()["reason"]

    def violate(self, query: str, data: object = None, status: int = 400) -> str:
        """The rule of the document that a query breaks; it is refused, and the violation is noted."""
        answer = self.send(query, data)
        assert answer.status_code == status, answer.text
        assert answer.json()["success"] is False
        return self.violation()

    def violation(self) -> str:
        """The one violation that was noted since the last one was looked at."""
        (noted,) = self.server.journal.violations
        self.server.journal.violations.clear()
        return noted


@pytest.fixture(autouse=True)
def calls_of_their_own(monkeypatch):
    """Lets these tests count their own calls, and keeps them out of the count of what the plugins
    call.
    """
    before = operations.called.copy()
    monkeypatch.delenv("SIMULATOR_CALLS", raising=False)
    monkeypatch.delenv("SIMULATOR_CALLS_BY", raising=False)
    yield
    operations.called.clear()
    operations.called.update(before)


@pytest.fixture
def make_api():
    """Makes callers of servers with the shared site; in the end no violation may be left that no
    test looked at.
    """
    made = []

    def make(site: dict | str | None = "shared", **switches) -> Api:
        made.append(
            Api(SimpleHelp(SITE if site == "shared" else site, Switches(**switches), token="t0k3n"))
        )
        return made[-1]

    yield make
    for api in made:
        assert api.server.journal.violations == []


@pytest.fixture
def api(make_api) -> Api:
    """A caller of a server with the shared site and the default switches."""
    return make_api()

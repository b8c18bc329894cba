"""A caller of a simulated ScreenConnect server inside the process, which insists on what an answer
must be.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import httpx
import pytest

from tests.patience import LONGEST_MOMENT
from tests.simulator.screenconnect import ScreenConnect, Switches

SECRET = "s3cret"
BASE = "/App_Extensions/2d558935-686a-4bd0-9991-07539f5fe749/Service.ashx"
PRESS, WEB, AWAY, MEETING, UNKNOWN = (
    f"{number}0000000-0000-4000-8000-0000000000ab" for number in range(1, 6)
)
SITE = {
    "toolbox": ["Collect Logs"],
    "sessions": {
        PRESS: {
            "CustomPropertyValues": ["Plant A", "Line 1"],
            "GuestClientVersion": "24.3.7.9067",
            "hosts": ["anna"],
            "online": True,
            "GuestInfo": {
                "MachineName": "PRESS",
                "OperatingSystemName": "Windows 11 Pro",
                "LastBootTime": 1_768_000_000_123,
            },
            "files": {r"C:\Data\orders.txt": "one\r\ntwo\r\n"},
            "programs": {"stock.exe": {"output": "counted\r\n", "status": 4, "seconds": 3}},
        },
        WEB: {
            "Name": "web",
            "CustomPropertyValues": ["Plant A"],
            "GuestInfo": {"MachineName": "web", "OperatingSystemName": "Debian GNU/Linux 12"},
            "programs": {"stock": {"output": "counted\n", "status": 4}},
            "online": True,
        },
        AWAY: {
            "Name": "O'Brien",
            "GuestInfo": {"MachineName": "AWAY", "OperatingSystemName": "Windows 10 Pro"},
            "online": False,
        },
        MEETING: {"SessionType": "Meeting", "Name": "web", "Code": "STOCK", "IsPublic": True},
    },
}
"""A small site that the tests share."""


def wait_until(holds: Callable[[], bool]) -> None:
    """Wait for what a real shell does, which takes real time."""
    until = time.monotonic() + LONGEST_MOMENT
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.01)


class Api:
    """Calls a server by the rules of the document, and breaks them when told to."""

    def __init__(self, server: ScreenConnect):
        self.server = server

    def raw(self, method: str, url: str, **parts) -> httpx.Response:
        """Any request to the server, in process."""

        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.server)
            async with httpx.AsyncClient(
                transport=transport, base_url="https://localhost"
            ) as client:
                return await client.request(method, url, **parts)

        return asyncio.run(send())

    def send(self, name: str, *values, method: str = "POST", **parts) -> httpx.Response:
        """A method as the document prints it, with its parameters as an array unless `json` or
        `content` say otherwise.
        """
        if not parts.keys() & {"json", "content"}:
            parts["json"] = list(values)
        headers = {
            "CTRLAuthHeader": SECRET,
            "Content-Type": "application/json",
            **parts.pop("headers", {}),
        }
        return self.raw(method, f"{BASE}/{name}", headers=headers, **parts)

    def read(self, name: str, *values, **parts):
        """The JSON value of a method that must succeed."""
        answer = self.send(name, *values, **parts)
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == "application/json"
        return answer.json()

    def do(self, name: str, *values) -> None:
        """A method without a result that must succeed."""
        answer = self.send(name, *values)
        assert (answer.status_code, answer.text) == (200, "")

    def refuse(self, name: str, *values, status: int = 500, **parts) -> str:
        """The page that refuses a request, which must not be the client's breach of the document."""
        answer = self.send(name, *values, **parts)
        assert answer.status_code == status, answer.text
        assert self.server.journal.violations == []
        return answer.text

    def violate(self, name: str, *values, status: int = 500, **parts) -> str:
        """The rule of the document that a request breaks; it is refused, and the violation is
        noted.
        """
        answer = self.send(name, *values, **parts)
        assert answer.status_code == status, answer.text
        return self.violation()

    def violation(self) -> str:
        """The one violation that was noted since the last one was looked at."""
        (noted,) = self.server.journal.violations
        self.server.journal.violations.clear()
        return noted

    def session(self, session_id: str) -> dict:
        """The session with an id, which must be there."""
        (session,) = self.read("GetSessionBySessionID", session_id)
        return session

    def custom_properties(self, session_id: str) -> list[str]:
        """The custom properties of a session, as details show them."""
        return self.read("GetSessionDetailsBySessionID", session_id)["Session"][
            "CustomPropertyValues"
        ]

    def ids(self, text: str) -> list[str]:
        """The ids of the sessions for which a filter holds."""
        return [session["SessionID"] for session in self.read("GetSessionsByFilter", text)]

    def events(self, session_id: str) -> list[tuple[int, str]]:
        """The types and the data of a session's events, without those of the seed."""
        events = self.read("GetSessionDetailsBySessionID", session_id)["Events"]
        return [
            (event["EventType"], event["Data"])
            for event in events
            if event["EventType"] not in (10, 11, 20)
        ]

    def outputs(self, session_id: str) -> list[str]:
        """The outputs of the commands that were run."""
        return [data for kind, data in self.events(session_id) if kind == 70]

    def run(self, session_id: str, command: str) -> str:
        """The output of a command."""
        before = len(self.outputs(session_id))
        self.do("SendCommandToSession", session_id, command)
        wait_until(lambda: len(self.outputs(session_id)) > before)
        return self.outputs(session_id)[-1]


@pytest.fixture
def make_api():
    """Makes callers of servers with the shared site; in the end no violation may be left that no
    test looked at. cmd is silent unless told otherwise.
    """
    made = []

    def make(
        site: dict | str | None = "shared",
        origin: str | None = None,
        cmd_echo: bool = False,
        **switches,
    ) -> Api:
        made.append(
            Api(
                ScreenConnect(
                    SITE if site == "shared" else site,
                    Switches(cmd_echo=cmd_echo, **switches),
                    SECRET,
                    origin,
                )
            )
        )
        return made[-1]

    yield make
    for api in made:
        assert api.server.journal.violations == []


@pytest.fixture
def api(make_api) -> Api:
    """A caller of a server with the shared site and the default switches."""
    return make_api()

"""A caller of a simulated FastX server inside the process, which insists on what an answer must be."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import asyncio

import httpx
import pytest

from tests.simulator.fastx import FastX, Switches
from tests.unit.fastx_servers import small_fastx

LOGIN = "/v3/api/user/login"


class Api:
    """Calls a server by the rules of the document as one of its users, and breaks them when told
    to. It logs in when that is needed.
    """

    def __init__(self, server: FastX, username: str = "mira"):
        self.server = server
        self.username = username
        self.headers: dict[str, str] = {}

    def raw(self, method: str, url: str, **parts) -> httpx.Response:
        """Any request to the server, in process."""

        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.server)
            async with httpx.AsyncClient(
                transport=transport, base_url="https://localhost"
            ) as client:
                return await client.request(method, url, **parts)

        return asyncio.run(send())

    def log_in(self) -> str:
        """The token of a new login with the user's password, which is used from now on."""
        start = LOGIN if self.server.switches.generation == "source" else "/v3/api/auth/ssh"
        password = self.server.site["users"][self.username]["password"]
        answer = self.raw(
            "POST", start, json={"username": self.username, "password": password, "basic": True}
        ).json()
        token = answer["result"]["token"]
        self.headers = {"X-FASTX-TOKEN": token}
        return token

    def send(self, path: str, status: int = 200, **given):
        """The JSON value of the answer to a POST; `path` is the part behind /v3/api/, or a whole
        one.
        """
        if not self.headers:
            self.log_in()
        url = path if path.startswith("/") else f"/v3/api/{path}"
        answer = self.raw("POST", url, json=given, headers=self.headers)
        assert answer.status_code == status, answer.text
        assert answer.headers["content-type"] == "application/json; charset=utf-8"
        return answer.json()

    def do(self, path: str, **given):
        """The result of a request that must succeed."""
        answer = self.send(path, **given)
        assert answer.keys() == {"result"}, answer
        return answer["result"]

    def fail(self, path: str, **given) -> str:
        """The message of the error that a request must come to, which must not be the client's
        breach of the document.
        """
        before = list(self.server.journal.violations)
        answer = self.send(path, **given)
        assert answer.keys() == {"error"} and answer["error"].keys() == {"name", "message"}, answer
        assert self.server.journal.violations == before
        return answer["error"]["message"]

    def violate(self, path: str, **given) -> str:
        """The rule of the document that a request breaks; it is refused, and the violation is
        noted.
        """
        assert self.send(path, **given).keys() == {"error"}
        return self.violation()

    def violation(self) -> str:
        """The one violation that was noted since the last one was looked at."""
        (noted,) = self.server.journal.violations
        self.server.journal.violations.clear()
        return noted

    def ids(self, **given) -> list[str]:
        """The ids of the sessions in a list."""
        return [each["id"] for each in self.do("session/list", **given)]


@pytest.fixture
def make_api():
    """Makes callers of servers with the small site; in the end no violation may be left that no
    test looked at.
    """
    made = []

    def make(username: str = "mira", *, site: dict | None = None, **switches) -> Api:
        made.append(
            Api(FastX(small_fastx() if site is None else site, Switches(**switches)), username)
        )
        return made[-1]

    yield make
    for api in made:
        assert api.server.journal.violations == []


@pytest.fixture
def api(make_api) -> Api:
    """A caller of a server with the small site and the default switches."""
    return make_api()

"""A caller of a simulated BeyondTrust appliance inside the process, which insists on what an answer
must be.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import asyncio
from xml.etree import ElementTree

import httpx
import pytest

from tests.simulator.beyondtrust import Appliance, Switches
from tests.simulator.beyondtrust.site import CLIENT_ID, CLIENT_SECRET

CLOSE = {"Connection": "close"}
SITE = {
    "company_name": "exampleco",
    "config": {
        "jump-group": {
            "3": {"name": "Remote Access", "code_name": "remote_access"},
            "8": {"name": "Plant A", "code_name": "plant_a"},
            "9": {"name": "Nameless", "code_name": ""},
        },
        "jumpoint": {"2": {"name": "London", "code_name": "London", "platform": "windows-x86"}},
        "jump-policy": {"4": {"display_name": "Notify", "code_name": "Notify"}},
        "session-policy": {"6": {"display_name": "Servers", "code_name": "Servers"}},
        "public-portal": {"1": {"name": "Default", "addresses": ["support.example.org"]}},
    },
}
"""A small site that the tests share."""


def local(element) -> str:
    """An XML element's name without its namespace."""
    return element.tag.rpartition("}")[2]


class Api:
    """Calls an appliance by the rules of the documents, and breaks them when told to. It asks for
    one token and keeps it.
    """

    def __init__(
        self, appliance: Appliance, client_id: str = CLIENT_ID, client_secret: str = CLIENT_SECRET
    ):
        self.appliance = appliance
        self.credentials = (client_id, client_secret)
        self._token = ""

    def raw(self, method: str, url: str, *, source: str = "127.0.0.1", **parts) -> httpx.Response:
        """Any request to the appliance, in process; not even Connection: close is added."""

        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.appliance, client=(source, 50_000))
            async with httpx.AsyncClient(
                transport=transport, base_url="https://localhost"
            ) as client:
                return await client.request(method, url, **parts)

        return asyncio.run(send())

    def ask_for_token(self, **parts) -> httpx.Response:
        """A request for a token as the guide prints it."""
        parts = {"auth": self.credentials, "data": {"grant_type": "client_credentials"}, **parts}
        return self.raw("POST", "/oauth2/token", headers=CLOSE, **parts)

    def token(self) -> str:
        """The text of a new token, which must be given."""
        answer = self.ask_for_token()
        assert answer.status_code == 200, answer.text
        return answer.json()["access_token"]

    def request(
        self,
        method: str,
        url: str,
        *,
        headers: dict | None = None,
        token: str | None = None,
        **parts,
    ) -> httpx.Response:
        """A request to an API with a token."""
        if token is None:
            token = self._token = self._token or self.token()
        return self.raw(
            method,
            url,
            headers={**CLOSE, "Authorization": f"Bearer {token}", **(headers or {})},
            **parts,
        )

    def command(self, action: str, **parameters):
        """The root of the XML answer to a command that must succeed."""
        answer = self.request("GET", "/api/command", params={"action": action, **parameters})
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == "text/xml; charset=UTF-8"
        root = ElementTree.fromstring(answer.content)
        assert local(root) != "error", root.text
        return root

    def done(self, action: str, **parameters) -> str:
        """The text of a command that must say that it succeeded."""
        root = self.command(action, **parameters)
        assert local(root) == "success"
        return root.text

    def failed(self, action: str, **parameters) -> str:
        """The reason why a command fails, which must not be the client's breach of the documents."""
        before = list(self.appliance.journal.violations)
        answer = self.request("GET", "/api/command", params={"action": action, **parameters})
        root = ElementTree.fromstring(answer.content)
        assert local(root) == "error", answer.text
        assert self.appliance.journal.violations == before
        return root.text

    def broken(self, action: str, **parameters) -> str:
        """The rule of the documents that a command breaks; it fails with that reason, and the
        violation is noted.
        """
        answer = self.request("GET", "/api/command", params={"action": action, **parameters})
        root = ElementTree.fromstring(answer.content)
        assert local(root) == "error", answer.text
        assert self.violation().endswith(root.text)
        return root.text

    def violation(self) -> str:
        """The one violation that was noted since the last one was looked at."""
        (noted,) = self.appliance.journal.violations
        self.appliance.journal.violations.clear()
        return noted


@pytest.fixture
def make_api():
    """Makes callers of appliances with the shared site; in the end no violation may be left that no
    test looked at.
    """
    made = []

    def make(
        site: dict | str | None = "shared", product: str = "rs", version: str = "25.2.1", **switches
    ) -> Api:
        switches = {"requests_per_second": 1_000_000, **switches}
        site = _of_product(SITE, product) if site == "shared" else site
        made.append(Api(Appliance(site, Switches(**switches), product, version)))
        return made[-1]

    yield make
    for api in made:
        assert api.appliance.journal.violations == []


def _of_product(site: dict, product: str) -> dict:
    if product == "rs":
        return site
    return {
        **site,
        "config": {
            name: records for name, records in site["config"].items() if name != "public-portal"
        },
    }


@pytest.fixture
def api(make_api) -> Api:
    """A caller of an RS appliance with the shared site and the default switches, but for the
    limits.
    """
    return make_api()

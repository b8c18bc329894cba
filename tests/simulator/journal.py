"""What a simulated server was asked, and which rules of the vendor's document the client broke."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import time
from dataclasses import asdict, dataclass, field

from .operations import mark_switches
from .switching import Switching


@dataclass
class Entry:
    """One request.

    `query` is the part after the token, as the vendor's document prints it ("technicians/new").
    `body` is the parsed JSON value, the text where it was not JSON, None where there was none.
    `status` is the HTTP status answered, None while there is none (also for ever, when the
    connection was broken). `writes` says whether the request asks for a change, whether or not it
    had an effect. `parameters` are the pairs of the URL's query, `answer` is the parsed JSON of an
    answer that a contract describes; not every server fills them in. `connection` numbers the TCP
    connections, 0 for a call inside the process. `client` is the User-Agent. `at` is real time,
    seconds since 1970.
    """

    number: int
    query: str
    method: str
    body: object
    writes: bool
    connection: int
    client: str = ""
    status: int | None = None
    parameters: list = field(default_factory=list)
    answer: object = None
    at: float = field(default_factory=time.time)


class Journal:
    """The requests in order of arrival (`entries`) and the rules that the client broke
    (`violations`).
    """

    def __init__(self, platform: str, switches: Switching) -> None:
        self._platform, self._switches = platform, switches
        self.entries: list[Entry] = []
        self.violations: list[str] = []

    @property
    def writes(self) -> list[Entry]:
        """The entries that ask for a change."""
        return [entry for entry in self.entries if entry.writes]

    def add(self, **facts) -> Entry:
        """Note a request that has arrived."""
        entry = Entry(number=len(self.entries) + 1, **facts)
        self.entries.append(entry)
        mark_switches(self._platform, self._switches, entry.client)
        return entry

    def violate(self, entry: Entry, rule: str) -> None:
        """Note that a request broke a rule of the vendor's document. `rule` must not hold values
        from the request.
        """
        self.violations.append(f"#{entry.number} {entry.method} {entry.query}: {rule}")

    def clear(self) -> None:
        """Forget everything."""
        self.entries.clear()
        self.violations.clear()

    def as_dict(self) -> dict:
        """The journal for JSON."""
        return {
            "entries": [asdict(entry) for entry in self.entries],
            "violations": list(self.violations),
        }

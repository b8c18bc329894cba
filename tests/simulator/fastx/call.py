"""A call of an operation: who calls it, on which server, with which parameters."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .server import FastX


@dataclass
class Call:
    """`token` is that of the login, "" where the operation needs none; `given` are the parameters,
    held against the document.
    """

    server: FastX
    given: dict
    token: str = ""

    @property
    def site(self) -> dict:
        """The live state of the server."""
        return self.server.site

    @property
    def login(self) -> str:
        """The name of the user who calls."""
        return self.site["tokens"][self.token]["login"]

    @property
    def user(self) -> dict:
        """The record of the user who calls."""
        return self.site["users"][self.login]

    @property
    def server_id(self) -> str:
        """The server that the user is logged in to."""
        return self.site["tokens"][self.token]["serverId"]

    def shown(self, record: dict) -> dict:
        """A record as it is answered, with the switch `no_value` for members without a value."""
        if self.server.switches.no_value == "null":
            return record
        return {name: value for name, value in record.items() if value is not None}

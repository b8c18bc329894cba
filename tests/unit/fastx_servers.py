"""A simulated FastX server with a site small enough to have in mind, and what a test wants to know
of it.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from dataclasses import dataclass

from tests.simulator.fastx import FastX
from tests.simulator.serving import Running
from tests.unit.simulated import Simulated

USERNAME = "mira"
# A password that looks different in a URL, in JSON and in a query string, so that every form of it
# can be looked for.
PASSWORD = 'p/ss+wört %41"&7'
CODE = "918 273"


def small_fastx() -> dict:
    """Return a seed: two servers, three users (one with a second factor), four sessions, two
    bookmarks and a suggestion.
    """
    return {
        "servers": {"fx1": {"hostname": "fx1.example.org"}, "fx2": {"hostname": "fx2.example.org"}},
        "users": {
            USERNAME: {
                "password": PASSWORD,
                "groups": ["cad", "users"],
                "email": "mira@example.org",
                "firstName": "Mira",
                "lastName": "Olsen",
                "bookmarks": [
                    {
                        "id": "cad",
                        "command": "/opt/cad/run",
                        "name": "CAD",
                        "geometry": "1600x900",
                        "tags": ["design"],
                    },
                    {"id": "term", "command": "xterm"},
                ],
                "history": [{"id": "h-1", "command": "gvim", "name": "Editor"}],
            },
            "otto": {
                "password": "the password of Otto",
                "groups": ["users"],
                "prompts": [
                    {"prompt": "Password: "},
                    {"prompt": "Verification code: ", "answer": CODE},
                ],
            },
            "root": {"password": "the password of root", "admin": True, "groups": ["wheel"]},
        },
        "suggestions": [
            {
                "id": "desktop",
                "command": "gnome-session",
                "name": "Desktop",
                "geometry": "1920x1080",
            }
        ],
        "sessions": [
            {
                "id": "nightly",
                "login": USERNAME,
                "command": "/opt/cad/run",
                "geometry": "1600x900",
                "params": {"name": "CAD nightly", "project": "A1"},
                "started": 1768460400000,
                "clients": 1,
                "lastConnect": 1768464000000,
                "log": "ready\n",
                "shares": [{"key": "key-of-the-nightly", "perms": ["viewer"], "timeout": 60}],
            },
            {
                "id": "s-2",
                "login": USERNAME,
                "command": "xterm",
                "geometry": "rootless",
                "params": {"name": "Terminal"},
                "started": 1768464000000,
            },
            {
                "id": "s-3",
                "login": USERNAME,
                "command": "xterm",
                "serverId": "fx2",
                "params": {"name": "Terminal"},
                "started": 1768464060000,
            },
            {
                "id": "s-4",
                "login": "otto",
                "command": "gvim",
                "params": {"name": "Editor"},
                "started": 1768465000000,
            },
        ],
    }


@dataclass
class SimulatedFastX(Simulated):
    """A simulated FastX server that runs, and the connection options to reach it.

    ``reveals`` tells that the test lets the modules show one-time passwords and sharing keys;
    tokens are shown by nobody, ever.
    """

    server: FastX
    reveals: bool = False

    def shared_tokens(self) -> set[str]:
        """Return the secrets that came to be since the server started: tokens, one-time passwords
        and sharing keys.
        """
        if self.reveals:
            return set(self.server.tokens_given)
        keys = {share["key"] for session in self.site["sessions"] for share in session["shares"]}
        return self.server.tokens_given | self.server.passwords_given | keys

    def check_violations(self) -> None:
        """Fail if the client broke a rule of the vendor's document, or left a login behind that it
        could have ended.
        """
        super().check_violations()
        assert self.server.left_behind == []


def reach_fastx(
    server: FastX, running: Running, expected_violations: tuple[str, ...] = ()
) -> SimulatedFastX:
    """Return a running server with the options of the modules that manage it, as the first of its
    users.
    """
    username, user = next(iter(server.site["users"].items()))
    options = {
        "url": running.url,
        "username": username,
        "password": user["password"],
        "ca_path": running.ca_path,
        "retries": 0,
    }
    return SimulatedFastX(
        server, running, options, set(secrets_of_users(server.site)), expected_violations
    )


def secrets_of_users(site: dict) -> set[str]:
    """Return the passwords and the answers to second factors."""
    users = site["users"].values()
    return {each["password"] for each in users} | {
        prompt["answer"] for each in users for prompt in each["prompts"] if prompt.get("answer")
    }

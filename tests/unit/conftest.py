"""What the tests of plugins share: simulated servers that run for the length of a test."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from contextlib import ExitStack

import pytest

from tests.simulator.serving import serve
from tests.simulator.simplehelp import SimpleHelp, Switches
from tests.unit.simulated import TOKEN, Simulated, small_site


@pytest.fixture(autouse=True)
def no_settings_of_the_users_own(monkeypatch):
    """Keep the environment variables that connection options fall back on out of the tests."""
    for name in (
        "URL",
        "API_TOKEN",
        "CA_PATH",
        "PATH_STYLE",
        "WARNING_KEY",
        "RETRIES",
        "TIMEOUT",
        "CONNECTIONS",
        "PROXY",
        "VALIDATE_CERTS",
    ):
        monkeypatch.delenv(f"SIMPLEHELP_{name}", raising=False)


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch):
    """Let chance choose no time at all for the pauses between attempts, which are jittered; each would cost half a second."""
    monkeypatch.setattr("random.uniform", lambda shortest, longest: 0.0)


@pytest.fixture
def simplehelp():
    """Return a function that starts a simulated SimpleHelp server and returns it as a Simulated.

    Without a ``site`` it is the small one; keywords that are no arguments of its own are switches of the simulator. The options of
    the modules follow the switches. At the end of the test no rule of the vendor's document may have been broken.
    """
    started = []
    with ExitStack() as running:

        def start(site=None, *, certificate="trusted", tls=True, expected_violations=(), **switches) -> Simulated:
            server = SimpleHelp(small_site() if site is None else site, Switches(**switches), TOKEN)
            place = running.enter_context(serve(server, certificate, tls))
            options = {
                "url": place.url,
                "api_token": TOKEN,
                "ca_path": place.ca_path,
                "retries": 0,
                "path_style": server.switches.path_style,
                "warning_key": {"both": "auto"}.get(server.switches.warning_key, server.switches.warning_key),
            }
            started.append(Simulated(server, place, options, {TOKEN, *_secrets_of(server.site)}, expected_violations))
            return started[-1]

        yield start
    for simulated in started:
        simulated.check_violations()


def _secrets_of(site):
    groups = {group.get("videoPassword") for group in site["groups"].values()}
    return {secret for secret in groups | {each["password"] for each in site["technicians"].values()} if secret}

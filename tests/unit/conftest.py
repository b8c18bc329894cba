"""What the tests of plugins share: simulated servers that run for the length of a test."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import os
from contextlib import ExitStack
from functools import partial
from zlib import crc32

import pytest

from tests.module_runner import DOORS, open_door
from tests.simulator.beyondtrust import Appliance
from tests.simulator.beyondtrust import Switches as ApplianceSwitches
from tests.simulator.fastx import FastX
from tests.simulator.fastx import Switches as FastXSwitches
from tests.simulator.screenconnect import ScreenConnect
from tests.simulator.screenconnect import Switches as ScreenConnectSwitches
from tests.simulator.serving import serve
from tests.simulator.simplehelp import SimpleHelp, Switches
from tests.unit.appliances import reach, small_appliance
from tests.unit.fastx_servers import SimulatedFastX, reach_fastx, small_fastx
from tests.unit.screenconnect_servers import SECRET, reach_screenconnect, small_screenconnect
from tests.unit.simulated import TOKEN, Simulated, small_site


@pytest.fixture(scope="session")
def cache_directory(tmp_path_factory):
    """A directory that takes the place of ~/.cache."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def no_settings_of_the_users_own(monkeypatch, cache_directory):
    """Keep the environment variables that connection options fall back on out of the tests, and
    what processes share out of the user's home.
    """
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache_directory))
    for name in list(os.environ):
        if name.startswith(("SIMPLEHELP_", "BEYONDTRUST_", "SCREENCONNECT_", "FASTX_")):
            monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def a_door(request):
    """Let the modules of half of the tests go through their action plugin, so that each promise and
    each table is tried through both doors.

    Which test goes through which door is always the same.
    """
    before = open_door.set(sorted(DOORS)[crc32(request.node.nodeid.encode()) % 2])
    yield
    open_door.reset(before)


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch):
    """Let chance choose no time at all for the pauses between attempts, which are jittered; each
    would cost half a second.
    """
    monkeypatch.setattr("random.uniform", lambda shortest, longest: 0.0)


@pytest.fixture
def simplehelp():
    """Return a function that starts a simulated SimpleHelp server and returns it as a Simulated.

    Without a ``site`` it is the small one; keywords that are no arguments of its own are switches
    of the simulator. The options of the modules follow the switches. At the end of the test no rule
    of the vendor's document may have been broken.
    """
    started = []
    with ExitStack() as running:

        def start(
            site=None, *, certificate="trusted", tls=True, expected_violations=(), **switches
        ) -> Simulated:
            server = SimpleHelp(small_site() if site is None else site, Switches(**switches), TOKEN)
            place = running.enter_context(serve(server, certificate, tls))
            options = {
                "url": place.url,
                "api_token": TOKEN,
                "ca_path": place.ca_path,
                "retries": 0,
                "path_style": server.switches.path_style,
                "warning_key": {"both": "auto"}.get(
                    server.switches.warning_key, server.switches.warning_key
                ),
            }
            started.append(
                Simulated(
                    server, place, options, {TOKEN, *_secrets_of(server.site)}, expected_violations
                )
            )
            return started[-1]

        yield start
    for simulated in started:
        simulated.check_violations()


@pytest.fixture
def beyondtrust(tmp_path):
    """Return a function that starts a simulated BeyondTrust appliance and returns it as a
    Simulated.

    Without a ``site`` it is the small one of the product; keywords that are no arguments of its own
    are switches of the simulator. Its limits are so high that nobody waits. At the end of the test
    no rule of the vendor's documents may have been broken.
    """
    started = []
    with ExitStack() as running:

        def start(
            product="rs",
            site=None,
            *,
            version="25.2.1",
            certificate="trusted",
            expected_violations=(),
            **switches,
        ) -> Simulated:
            switches = {
                "requests_per_second": 1_000_000,
                "requests_per_hour": 1_000_000,
                **switches,
            }
            seed = small_appliance(product) if site is None else site
            appliance = Appliance(seed, ApplianceSwitches(**switches), product, version)
            place = running.enter_context(serve(appliance, certificate))
            started.append(reach(appliance, place, tmp_path / "shared", expected_violations))
            return started[-1]

        yield start
    for simulated in started:
        simulated.check_violations()


@pytest.fixture
def fastx():
    """Return a function that starts a simulated FastX server and returns it as a SimulatedFastX.

    Without a ``site`` it is the small one, whose first user the modules log in as; keywords that
    are no arguments of its own are switches of the simulator. At the end of the test no rule of the
    vendor's document may have been broken, and no login left behind.
    """
    started = []
    with ExitStack() as running:

        def start(
            site=None, *, certificate="trusted", tls=True, expected_violations=(), **switches
        ) -> SimulatedFastX:
            server = FastX(small_fastx() if site is None else site, FastXSwitches(**switches))
            place = running.enter_context(serve(server, certificate, tls))
            started.append(reach_fastx(server, place, expected_violations))
            return started[-1]

        yield start
    for simulated in started:
        simulated.check_violations()


@pytest.fixture
def screenconnect():
    """Return a function that starts a simulated ScreenConnect server and returns it as a Simulated.

    Without a ``site`` it is the small one; ``origin`` is the one origin that the server allows;
    ``clock_speed`` is how many seconds of its clock pass in a real one; keywords that are no
    arguments of its own are switches of the simulator. At the end of the test no rule of the
    vendor's document may have been broken.
    """
    started = []
    with ExitStack() as running:

        def start(
            site=None,
            *,
            origin=None,
            clock_speed=0,
            certificate="trusted",
            tls=True,
            expected_violations=(),
            **switches,
        ) -> Simulated:
            seed = small_screenconnect() if site is None else site
            server = ScreenConnect(seed, ScreenConnectSwitches(**switches), SECRET, origin)
            server.clock.speed = clock_speed
            place = running.enter_context(serve(server, certificate, tls))
            started.append(reach_screenconnect(server, place, expected_violations))
            return started[-1]

        yield start
    for simulated in started:
        simulated.check_violations()


@pytest.fixture
def servers(simplehelp, beyondtrust, screenconnect, fastx) -> dict:
    """Return the functions that start a server, by what it is: simplehelp, rs, pra, screenconnect
    and fastx.
    """
    return {
        "simplehelp": simplehelp,
        "screenconnect": screenconnect,
        "fastx": fastx,
        **{product: partial(beyondtrust, product) for product in ("rs", "pra")},
    }


def _secrets_of(site):
    groups = {group.get("videoPassword") for group in site["groups"].values()}
    return {
        secret
        for secret in groups | {each["password"] for each in site["technicians"].values()}
        if secret
    }

"""Seeds of the simulated ScreenConnect server: the empty one, partial ones, wrong ones, the
company; and how the command starts it.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
from argparse import Namespace

import pytest

from tests.simulator.__main__ import VENDORS
from tests.simulator.screenconnect import ScreenConnect, company
from tests.simulator.serving import Running

from .conftest import PRESS, SITE, WEB


def test_without_a_seed_the_server_has_no_session(make_api):
    assert make_api(None).ids("SessionType <> 'Meeting'") == []


def test_a_seed_is_copied_and_completed_and_a_dump_is_a_seed():
    before = json.dumps(SITE)
    server = ScreenConnect(SITE, origin="https://sc.example.org")
    server.site["sessions"][PRESS]["Name"] = "changed"
    server.clock.advance(60)
    assert json.dumps(SITE) == before
    dumped = server.dump()
    again = ScreenConnect(json.loads(json.dumps(dumped)))
    assert again.dump() == dumped
    assert (again.site["allowed_origin"], again.clock.now_ms()) == (
        "https://sc.example.org",
        server.clock.now_ms(),
    )


@pytest.mark.parametrize(
    "seed",
    [
        {"session": {}},
        {"sessions": {"x": {}}},
        {"sessions": {WEB.upper(): {}}},
        {"sessions": {WEB: {"name": "x"}}},
        {"sessions": {WEB: {"Name": 1}}},
        {"sessions": {WEB: {"SessionType": 2}}},
        {"sessions": {WEB: {"CustomPropertyValues": ["x"] * 9}}},
        {"sessions": {WEB: {"CustomPropertyValues": [1]}}},
        {"sessions": {WEB: {"GuestInfo": {"Name": "x"}}}},
        {"sessions": {WEB: {"events": [{"EventType": 44}]}}},
    ],
)
def test_a_wrong_seed_is_an_error_that_leaves_the_server_as_it_was(seed):
    server = ScreenConnect(SITE)
    before = server.dump()
    with pytest.raises(ValueError):
        server.load(seed)
    assert server.dump() == before


def test_the_company_is_the_same_each_time_and_has_what_trips_clients_up(make_api):
    first = company()
    assert company() == first == json.loads(json.dumps(first))
    api = make_api(first)
    sessions = api.read("GetSessionsByFilter", "SessionType = 'Access'")
    assert len(sessions) == 60
    assert len(api.ids("SessionType <> 'Access'")) == 5
    assert [
        each["GuestInfo"]["MachineName"] for each in api.read("GetSessionsByName", "Reception")
    ] == ["DUB-DSP-007", "DUB-SAL-012"]
    assert 40 < sum(not each["Name"] for each in sessions) < 60
    assert len(api.ids("GuestConnectedCount = 0 AND SessionType = 'Access'")) == 10
    systems = {each["GuestInfo"]["OperatingSystemName"].partition(" ")[0] for each in sessions}
    assert systems == {"Windows", "Ubuntu", "Debian"}
    assert {each["CustomProperties"]["CustomProperty1"] for each in sessions} == {
        "London",
        "Leeds",
        "Dublin",
        "Hamburg",
        "München",
    }
    assert len({each["GuestInfo"]["MachineName"] for each in sessions}) == 60
    assert api.ids("Name LIKE '%''%'")


def test_the_command_starts_it_and_says_what_to_export():
    vendor = VENDORS["screenconnect"]
    options = Namespace(
        site=None,
        company=True,
        switch=["eventual_reads=2"],
        token=None,
        latency=0.0,
        clock_speed=None,
        tolerant=False,
    )
    server = vendor.start(options)
    exports = vendor.exports(server, Running("https://localhost:1", "/ca.pem", None), "/tmp/ca.pem")
    assert exports == {
        "SCREENCONNECT_URL": "https://localhost:1",
        "SCREENCONNECT_AUTH_SECRET": server.secret,
        "SCREENCONNECT_CA_PATH": "/tmp/ca.pem",
        "SCREENCONNECT_ORIGIN": "https://localhost:1",
    }
    assert (
        server.switches.eventual_reads,
        len(server.site["sessions"]),
        len(server.secret) > 20,
    ) == (2, 65, True)

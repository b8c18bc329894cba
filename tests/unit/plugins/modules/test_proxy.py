"""What modules show of a proxy: its address, and nothing of its credentials."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from contextlib import closing

import pytest

from tests.unit.listening import Proxy
from tests.unit.simulated import assert_silent_about

SECRETS = {"Pr0xy-Pa55", "user:Pr0xy-Pa55"}


@pytest.mark.parametrize("where", ["option", "environment"])
def test_a_module_that_ends_well_shows_the_proxy_without_its_credentials(
    simplehelp, monkeypatch, where
):
    simulated = simplehelp()
    with closing(proxy := Proxy()), monkeypatch.context() as environment:
        value = proxy.url.replace("http://", "http://user:Pr0xy-Pa55@")
        if where == "environment":
            environment.setenv("HTTPS_PROXY", value)
        outcome = simulated.expect(
            "technician", username="admin", **({"proxy": value} if where == "option" else {})
        )
    assert proxy.connected
    assert_silent_about(SECRETS, outcome.output)
    if where == "option":
        assert proxy.url.partition("://")[2].rstrip("/") in outcome.output, (
            "the address can be read"
        )


@pytest.mark.parametrize(
    "value",
    [
        "http://user:Pr0xy-Pa55/x@127.0.0.1:1",
        "http://user:Pr0xy-Pa55%2F@127.0.0.1:1",
        "nonsense://user:Pr0xy-Pa55@127.0.0.1:1",
    ],
)
@pytest.mark.parametrize("more", [{}, {"groop": "x"}, {"retries": "many"}])
def test_a_module_that_fails_shows_nothing_of_the_proxys_credentials(simplehelp, value, more):
    simulated = simplehelp()
    outcome = simulated.run(
        "technician", **{"username": "admin", "proxy": value, "retries": 0, **more}
    )
    assert outcome.failed
    assert_silent_about(SECRETS, outcome.output)


@pytest.mark.parametrize("variable", ["NO_PROXY", "no_proxy"])
@pytest.mark.parametrize(
    "listed",
    ["localhost,fd00::/8", "fd00::/8,10.0.0.0/8,localhost", "[::1],127.0.0.0/8,.localhost"],
)
def test_networks_in_no_proxy_stop_nothing(simplehelp, monkeypatch, variable, listed):
    monkeypatch.setenv(variable, listed)
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    simplehelp().expect("technician", username="admin")

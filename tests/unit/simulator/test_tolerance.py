"""What is our own strictness: marked on its switch and on the page, and ended at once by
--tolerant.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.simulator import beyondtrust, fastx, screenconnect, simplehelp
from tests.simulator.__main__ import _options, _switches
from tests.unit.simulator.beyondtrust.conftest import CLIENT_ID, CLIENT_SECRET
from tests.unit.simulator.beyondtrust.conftest import Api as BeyondTrust
from tests.unit.simulator.conftest import SITE
from tests.unit.simulator.conftest import Api as SimpleHelp

ROOT = Path(__file__).resolve().parents[3]
VENDORS = {
    module.__name__.rpartition(".")[2]: module.Switches
    for module in (simplehelp, beyondtrust, screenconnect, fastx)
}
OURS = [(vendor, name) for vendor, kind in VENDORS.items() for name in kind.ours()]


@pytest.mark.parametrize(("vendor", "name"), OURS)
def test_what_is_ours_is_said_where_the_switch_is_described(vendor, name):
    """Its row of the page has the word, and the value that ends it."""
    page = (ROOT / "tests/simulator/README.md").read_text(encoding="utf-8")
    rows = [
        row
        for row in re.findall(r"^\| `.*$", page, re.MULTILINE)
        if f"`{name}`" in row.split("|")[1]
    ]
    assert any("ours" in row and f"`{VENDORS[vendor].ours()[name]}`" in row for row in rows), rows


def tolerant(kind):
    switches = kind()
    switches.tolerate()
    return switches


@pytest.mark.parametrize("vendor", VENDORS)
def test_a_tolerant_server_differs_in_nothing_else(vendor):
    assert tolerant(VENDORS[vendor]).turned() == {
        f"{name}={value}" for name, value in VENDORS[vendor].ours().items()
    }


def test_a_switch_of_the_command_line_wins_over_tolerance():
    options = _options(["--switch", "token_request=documented", "--tolerant"])
    assert (
        _switches(options, beyondtrust.Switches).token_request,
        _switches(options, beyondtrust.Switches).connection,
    ) == ("documented", "keep_alive")
    assert _switches(_options([]), beyondtrust.Switches).turned() == set()


BODY = {"grant_type": "client_credentials", "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}


def _info(api: BeyondTrust, **parts) -> httpx.Response:
    return api.raw(
        "GET",
        f"/api/command?action=get_api_info{parts.pop('more', '')}",
        headers={"Authorization": f"Bearer {api.token()}"},
        **parts,
    )


def _configuration(api: BeyondTrust, path: str, **headers) -> httpx.Response:
    return api.request("GET", f"/api/config/v1/{path}", headers=headers)


FOREIGN = {
    "the client's secret in the form": lambda api: api.ask_for_token(auth=None, data=BODY),
    "a connection that is to be kept": _info,
    "a cookie that is sent back": lambda api: api.request(
        "GET", "/check_health", headers={"Cookie": "session=1"}
    ),
    "a parameter that no document lists": lambda api: _info(api, more="&format=xml"),
    "a parameter that is repeated": lambda api: _info(api, more="&action=get_api_info"),
    "any answer accepted": lambda api: _configuration(api, "jump-group", Accept="*/*"),
    "pages of a list without pages": lambda api: _configuration(
        api, "user/1/group-policies?per_page=100", Accept="application/json"
    ),
}


@pytest.mark.parametrize("ask", FOREIGN.values(), ids=FOREIGN)
def test_what_clients_of_live_appliances_do_is_noted_or_refused_and_by_a_tolerant_one_neither(ask):
    strict, generous = (
        BeyondTrust(beyondtrust.Appliance(switches=switches, product="pra"))
        for switches in (None, tolerant(beyondtrust.Switches))
    )
    ask(strict)
    assert strict.appliance.journal.violations
    answer = ask(generous)
    assert (answer.status_code, "<error" in answer.text, generous.appliance.journal.violations) == (
        200,
        False,
        [],
    )


@pytest.mark.parametrize("content_type", [None, "text/json", "application/json; charset=utf-8"])
def test_a_tolerant_simplehelp_takes_any_content_type(content_type):
    headers = {"Content-Type": content_type} if content_type else {}
    statuses = []
    for switches in (None, tolerant(simplehelp.Switches)):
        api = SimpleHelp(simplehelp.SimpleHelp(SITE, switches))
        statuses.append(
            api.request(
                "GET", f"/api/v1/{api.server.token}/technicians/list", headers=headers
            ).status_code
        )
    assert statuses == [415, 200]


def test_the_command_says_what_tolerance_is():
    shown = subprocess.run(
        [sys.executable, "-m", "tests.simulator", "--help"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert "--tolerant" in shown and "our own" in shown

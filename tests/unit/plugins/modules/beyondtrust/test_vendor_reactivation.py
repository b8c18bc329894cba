"""The module beyondtrust_vendor_reactivation: only who is expired is let in again, and the
appliance has to show it.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest

from tests.unit.appliances import small_appliance

MODULE = "beyondtrust_vendor_reactivation"
EXPIRED, VALID = "2020-01-01T00:00:00+00:00", "2099-01-01T00:00:00+00:00"


@pytest.fixture
def simulated(beyondtrust):
    """Return an appliance of PRA whose vendor has two expired users and one who is not."""
    site = small_appliance("pra")
    vendor = next(iter(site["config"]["vendor"]))
    site["config"]["vendor/user"] = {
        str(number): {
            "_parent": int(vendor),
            "username": name,
            "public_display_name": name,
            "email_address": f"{name}@example.org",
            "account_expiration": until,
            "is_approved": True,
        }
        for number, (name, until) in enumerate(
            (("k.schmidt", EXPIRED), ("l.schmidt", EXPIRED), ("m.schmidt", VALID)), 1
        )
    }
    started = beyondtrust("pra", site)
    started.vendor = site["config"]["vendor"][vendor]["name"]
    return started


def names(outcome) -> list[str]:
    """Return who was reactivated."""
    return [change["name"].partition("/")[0] for change in outcome["changes"]]


def test_all_expired_users_are_let_in_again_and_the_second_run_sends_nothing(simulated):
    foretold = simulated.expect(MODULE, check=True, vendor=simulated.vendor)
    outcome = simulated.expect(MODULE, vendor=simulated.vendor)
    assert (
        names(outcome) == ["k.schmidt", "l.schmidt"] and outcome["changes"] == foretold["changes"]
    )
    simulated.journal.clear()
    assert (
        not simulated.expect(MODULE, vendor=simulated.vendor)["changed"] and simulated.wrote() == []
    )


def test_one_user_is_let_in_again_and_the_others_are_left_alone(simulated):
    assert names(simulated.expect(MODULE, vendor=simulated.vendor, username="l.schmidt")) == [
        "l.schmidt"
    ]
    assert names(simulated.expect(MODULE, vendor=simulated.vendor, check=True)) == ["k.schmidt"]
    assert not simulated.expect(MODULE, vendor=simulated.vendor, username="m.schmidt")["changed"]


def test_a_vendor_or_user_that_is_not_there_is_refused(simulated, beyondtrust):
    assert "no user named 'x'" in simulated.refuse(MODULE, vendor=simulated.vendor, username="x")
    assert "no vendor named 'x'" in simulated.refuse(MODULE, vendor="x")
    assert "Remote Support has no vendor" in beyondtrust("rs").refuse(MODULE, vendor="x")


def test_an_appliance_that_says_yes_and_does_nothing_is_a_failure(simulated):
    simulated.lies = True
    simulated.inject("POST /api/config/v1/vendor/*/reactivate", "ignored")
    outcome = simulated.run(MODULE, vendor=simulated.vendor)
    assert outcome.failed and "shows as expired: k.schmidt, l.schmidt" in outcome["msg"]

"""How many clients are connected to an appliance, in whatever form it tells so."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest

from tests.unit.appliances import CLIENT_ID, small_appliance

MODULE = "beyondtrust_connected_client_info"
COMMAND = "command get_connected_client_list"
CLIENTS = [
    {"type": "representative", "id": 101, "hostname": "DESK-1"},
    {"type": "representative", "id": 102, "hostname": "DESK-2"},
    {"type": "push_agent", "id": 301, "hostname": "jump-1"},
]
NAMESPACES = [
    "https://www.beyondtrust.com/namespaces/API",
    "http://www.bomgar.com/namespaces/API",
    "",
]


@pytest.fixture
def appliance(beyondtrust):
    """Return a function that starts an appliance with clients; permissions of None allow
    everything.
    """

    def start(clients=(*CLIENTS,), permissions=None, **more):
        site = small_appliance()
        if permissions is not None:
            site["accounts"][CLIENT_ID]["permissions"] = permissions
        return beyondtrust("rs", {**site, "clients": [*clients]}, **more)

    return start


@pytest.mark.parametrize("namespace", NAMESPACES)
def test_clients_are_counted_by_type(appliance, namespace):
    outcome = appliance(namespace=namespace).expect(MODULE)
    assert outcome["clients"] == {
        "representative": 2,
        "support_customer": 0,
        "presentation_attendee": 0,
        "push_agent": 1,
        "pinned_client": 2,
    }
    assert outcome["changed"] is False


def test_with_nobody_connected_every_type_is_counted_as_none(appliance):
    counts = appliance([]).expect(MODULE)["clients"]
    assert {
        kind: counts[kind]
        for kind in ("representative", "support_customer", "presentation_attendee", "push_agent")
    } == {
        "representative": 0,
        "support_customer": 0,
        "presentation_attendee": 0,
        "push_agent": 0,
    }


def test_it_costs_one_request_however_many_are_connected(appliance):
    simulated = appliance(
        [
            {"type": "push_agent", "id": number, "hostname": f"jump-{number}"}
            for number in range(500)
        ]
    )
    assert simulated.expect(MODULE)["clients"]["push_agent"] == 500
    assert [entry.query for entry in simulated.asked()].count(COMMAND) == 1


def test_read_access_to_the_command_api_is_enough_and_needed(appliance):
    appliance(permissions={"perm_command": "read_only"}).expect(MODULE)
    assert "perm_command" in appliance(permissions={"perm_configuration": 1}).refuse(MODULE)


@pytest.mark.parametrize(
    "kind, reason",
    [
        ("html", "an HTML page"),
        ("empty_body", "an empty body"),
        ("malformed", "not well-formed"),
        ("truncated", "broke off"),
        ("wrong_shape", "not XML"),
    ],
)
def test_an_answer_that_is_none_is_not_taken_for_nobody(appliance, kind, reason):
    simulated = appliance()
    simulated.inject(COMMAND, kind, times=None)
    assert reason in simulated.refuse(MODULE)

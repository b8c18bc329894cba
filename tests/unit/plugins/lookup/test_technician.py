"""What the lookup of technicians finds on a simulated SimpleHelp server, and how it fails."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible.errors import AnsibleError

from tests.controller import look_up
from tests.unit.simulated import TOKEN


def technicians(simulated, *names, **options):
    return look_up("technician", *names, **simulated.options, **options)


def test_a_technician_is_described_as_the_module_describes_it(simplehelp):
    simulated = simplehelp()
    (found,) = technicians(simulated, "b.okafor")
    assert found["groups"] == ["Field Service", "Helpdesk"]
    assert found == simulated.expect("technician", username="b.okafor")["technician"]


def test_technicians_come_in_the_order_of_the_names(simplehelp):
    assert [found["unique_id"] for found in technicians(simplehelp(), "b.okafor", "admin")] == [
        2,
        1,
    ]


def test_without_a_name_all_technicians_come_sorted(simplehelp):
    assert [found["username"] for found in technicians(simplehelp())] == [
        "admin",
        "anonymous-1",
        "app.stocktake",
        "b.okafor",
    ]


def test_several_technicians_take_two_requests(simplehelp):
    simulated = simplehelp()
    technicians(simulated, "b.okafor", "admin", "anonymous-1")
    assert sorted(entry.query for entry in simulated.asked()) == ["groups/list", "technicians/list"]


def test_names_that_do_not_exist_are_an_error_that_lists_them(simplehelp):
    with pytest.raises(AnsibleError, match="no technician named 'nobody', 'none'"):
        technicians(simplehelp(), "admin", "nobody", "none")


def test_a_token_that_the_server_refuses_is_not_shown(simplehelp):
    simulated = simplehelp()
    simulated.options["api_token"] = "WRONG-token"
    with pytest.raises(AnsibleError, match="SimpleHelp refused") as caught:
        technicians(simulated)
    assert "WRONG-token" not in str(caught.value)


def test_a_server_with_an_unknown_certificate_is_not_asked(simplehelp):
    simulated = simplehelp(certificate="untrusted")
    with pytest.raises(AnsibleError, match="certificate"):
        technicians(simulated)
    assert simulated.asked() == []


def test_a_secret_is_never_part_of_a_technician(simplehelp):
    simulated = simplehelp()
    simulated.site["technicians"]["admin"]["password"] = "pass-word-1"
    found = technicians(simulated, "admin")
    assert "pass-word-1" not in str(found) and TOKEN not in str(found)

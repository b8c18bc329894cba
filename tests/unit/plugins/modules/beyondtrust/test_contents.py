"""How much an appliance holds, of the kinds that its product and version has."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest

from tests.unit.appliances import CLIENT_ID, small_appliance
from tests.unit.plugins.modules.conformance_appliances import API

MODULE = "beyondtrust_content_info"
COUNTS = {"jump_group": 2, "jump_client": 2, "remote_rdp": 1, "shell_jump": 3, "remote_vnc": 1}
ONLY_PRA = {
    "web_jump": 1,
    "protocol_tunnel_jump": 1,
    "psql_tunnel_jump": 1,
    "mysql_tunnel_jump": 1,
    "network_tunnel_jump": 1,
}


@pytest.mark.parametrize("product, counts", [("rs", COUNTS), ("pra", COUNTS | ONLY_PRA)])
def test_everything_is_counted_that_the_product_has(beyondtrust, product, counts):
    outcome = beyondtrust(product).expect(MODULE)
    assert outcome["counts"] == counts and outcome["changed"] is False


def test_lists_are_counted_to_their_last_page(beyondtrust):
    site = small_appliance()
    place = {
        "hostname": "10.9.0.1",
        "jumpoint_id": 1,
        "jump_group_id": 1,
        "jump_group_type": "shared",
        "protocol": "ssh",
        "port": 22,
    }
    site["config"]["jump-item/shell-jump"] |= {
        str(number): {"name": f"sw-{number}", **place} for number in range(10, 260)
    }
    assert beyondtrust("rs", site).expect(MODULE)["counts"]["shell_jump"] == 253


def test_a_kind_that_the_version_does_not_have_is_left_out(beyondtrust):
    simulated = beyondtrust("pra")
    simulated.inject(f"GET {API}/jump-item/network-tunnel-jump", "status", status=404, times=None)
    assert simulated.expect(MODULE)["counts"] == {
        kind: number
        for kind, number in (COUNTS | ONLY_PRA).items()
        if kind != "network_tunnel_jump"
    }


@pytest.mark.parametrize("kind", ["jump-group", "jump-client", "jump-item/remote-rdp"])
def test_a_kind_that_every_version_has_is_not_counted_as_none(beyondtrust, kind):
    simulated = beyondtrust("rs")
    simulated.inject(f"GET {API}/{kind}", "status", status=404, times=None)
    assert "perm_configuration" in simulated.refuse(MODULE)


def test_without_the_permission_it_fails(beyondtrust):
    site = small_appliance()
    site["accounts"][CLIENT_ID]["permissions"] = {"perm_command": "full_access"}
    assert "perm_configuration" in beyondtrust("rs", site).refuse(MODULE)

"""What machines call themselves never makes Ansible act on the controller: all inventories keep
such hosts, under a name that leads nowhere.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import copy
import socket

import pytest

from ansible_collections.remoteops.access.plugins.plugin_utils._addresses import means_this_machine
from tests.controller import parse_inventory
from tests.unit.fastx_servers import small_fastx
from tests.unit.plugins.inventory.appliance_seeds import site_of
from tests.unit.plugins.inventory.inventories import names, variables
from tests.unit.screenconnect_servers import PRESS, small_screenconnect
from tests.unit.simulated import small_site

OWN = [
    "localhost",
    "LOCALHOST",
    "127.1",
    "127.0.0.1",
    "0x7f.1",
    "0",
    "2130706433",
    "017700000001",
    "ｌｏｃａｌｈｏｓｔ",
    "localhost.",
    "a.localhost",
    "ip6-localhost",
    "localhost.localdomain",
    "１２７.１",
    socket.gethostname(),
    "::1",
]


def simplehelp_site(name):
    site = small_site()
    site["machines"]["SG_1"]["name"] = name
    return site


def screenconnect_site(name):
    site = small_screenconnect()
    site["sessions"][PRESS]["GuestInfo"]["MachineName"] = name
    return site


def fastx_site(name):
    site = small_fastx()
    site["sessions"][0]["params"]["name"] = name
    return site


SITES = {
    "simplehelp": simplehelp_site,
    "screenconnect": screenconnect_site,
    "fastx": fastx_site,
    "rs": lambda name: site_of({"name": name, "hostname": name}, {"name": "other"}),
}


def connection(manager, name) -> list:
    """Return what Ansible would connect to and by what."""
    found = variables(manager, name)
    return [name, *(found[key] for key in found if key.startswith("ansible_"))]


@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize("platform", SITES)
def test_a_machine_that_calls_itself_as_the_controller_is_a_host_of_another_name(
    servers, inventory_of, platform, name, capsys
):
    honest = inventory_of(servers[platform](SITES[platform]("honest-name")))
    hostile = inventory_of(servers[platform](SITES[platform](name)))
    assert len(names(hostile)) == len(names(honest))
    for host in names(hostile):
        assert not any(
            means_this_machine(text) for text in connection(hostile, host) if isinstance(text, str)
        ), connection(hostile, host)


@pytest.mark.parametrize("platform", SITES)
def test_a_machine_does_not_take_the_name_of_a_host_by_which_ansible_acts_on_the_controller(
    servers, written, tmp_path, platform
):
    static = tmp_path / "a_static.yml"
    static.write_text(
        "all: {hosts: {control: {ansible_connection: local}, here: {ansible_host: 127.1}, elsewhere: {ansible_host: 10.9.9.9}}}\n"
    )
    for name in ("control", "here"):
        simulated = servers[platform](SITES[platform](name))
        manager = parse_inventory(static, written(simulated))
        assert not any(
            key.startswith(("simplehelp", "screenconnect", "fastx", "beyondtrust"))
            for key in variables(manager, name)
        )
        assert any(host.startswith(f"{name}_") for host in names(manager))


@pytest.mark.parametrize("variable", ["ansible_host", "ansible_ssh_host"])
@pytest.mark.parametrize("platform", SITES)
def test_compose_leads_no_host_to_the_controller(servers, inventory_of, platform, variable, capsys):
    # Ansible shows no warning twice.
    simulated = servers[platform](SITES[platform](f"by-{variable}"))
    for address in (
        "127.1",
        "localhost",
        "ｌｏｃａｌｈｏｓｔ",
        "::ffff:127.0.0.1",
        "-oProxyCommand=id",
    ):
        manager = inventory_of(simulated, compose={variable: f"'{address}'"})
        assert all(variable not in variables(manager, name) for name in names(manager))
    assert "so that ansible_host is not set" in " ".join(capsys.readouterr().err.split())
    manager = inventory_of(simulated, compose={variable: "'10.9.9.9'"})
    assert {variables(manager, name)[variable] for name in names(manager)} == {"10.9.9.9"}


def test_no_attribute_of_a_machine_becomes_a_variable_of_ansible(simplehelp, inventory_of):
    site = copy.deepcopy(small_site())
    simulated = simplehelp(site)
    simulated.inject(
        "machines/list",
        "status",
        times=None,
        status=200,
        body=[
            {
                "machineID": "SG_1",
                "name": "a",
                "groups": [],
                "sible_connection": "local",
                "sible_host": "127.0.0.1",
                "os": "Linux",
            },
        ],
    )
    assert not any(
        key.startswith("ansible_")
        for key in variables(inventory_of(simulated, vars_prefix="an"), "a")
    )

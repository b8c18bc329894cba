"""One value of an answer is altered at random: no inventory and no lookup ends in anything but
hosts, values, or a message of Ansible's.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible.errors import AnsibleError
from ansible.inventory.data import InventoryData
from ansible.parsing.dataloader import DataLoader
from ansible.plugins.loader import inventory_loader

from tests.controller import load_plugins, look_up
from tests.unit.plugins.inventory.inventories import shown_secrets

SEEDS = pytest.mark.parametrize(
    "seeds", [range(12), pytest.param(range(12, 300), marks=pytest.mark.wide)], ids=["few", "many"]
)
LOOKUPS = {
    "simplehelp": [
        ("machine_property", ["asset"], {"machine": "SG_1"}),
        ("technician", ["admin"], {}),
    ],
    "rs": [("appliance", [], {})],
    "pra": [("appliance", [], {})],
    "screenconnect": [("screenconnect_property", ["1"], {"session": "web-1"})],
    "fastx": [("fastx_bookmark", ["cad"], {})],
}


def altered(simulated, seed, act) -> None:
    """Do something while one answer is altered; nothing but a message of Ansible's may come of it,
    which holds no secret and forges no line.
    """
    simulated.inject("*", "altered", seed=seed, after=seed % 5)
    try:
        act()
    except AnsibleError as exc:
        message = exc.message if hasattr(exc, "message") else str(exc)
        assert (
            message.strip()
            and not shown_secrets(message, *simulated.secrets)
            and "\x1b" not in message
            and "\u202e" not in message
        )
    simulated.server.faults.clear()


@SEEDS
@pytest.mark.parametrize("server", LOOKUPS)
def test_no_altered_answer_is_more_than_an_inventory_can_take(servers, written, server, seeds):
    simulated = servers[server]()
    source = written(simulated)
    load_plugins()
    for seed in seeds:
        loader = DataLoader()
        plugin = inventory_loader.get(loader.load_from_file(str(source))["plugin"])
        altered(
            simulated,
            seed,
            lambda plugin=plugin, loader=loader: plugin.parse(
                InventoryData(), loader, str(source), cache=False
            ),
        )


@SEEDS
@pytest.mark.parametrize("server", LOOKUPS)
def test_no_altered_answer_is_more_than_a_lookup_can_take(servers, server, seeds):
    simulated = servers[server]()
    for plugin, terms, options in LOOKUPS[server]:
        # Which works as long as nothing is altered.
        look_up(plugin, *terms, **{**simulated.options, **options})
        for seed in seeds:
            altered(
                simulated,
                seed,
                lambda plugin=plugin, terms=terms, options=options: look_up(
                    plugin, *terms, **{**simulated.options, **options}
                ),
            )

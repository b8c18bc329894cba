"""The law that keeps reading, planning and export honest: what an appliance exports plans to
nothing on that appliance, purge or not.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json

import pytest
import yaml

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.configuration import (
    EXPORTED,
)
from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.products import PRODUCTS
from ansible_collections.remoteops.access.plugins.module_utils._core.reconcile import (
    config_spec,
    export_config,
    plan_config,
)
from tests.simulator.beyondtrust.company import company
from tests.unit.appliances import reader, small_appliance

PURGEABLE = config_spec(BEYONDTRUST)["purge"]["choices"]
HARMLESS = {
    "purge": [],
    "max_removed": 10,
    "max_removed_percent": 30,
    "allow_empty": False,
    "remove_protected": False,
}


def awkward_appliance(product: str) -> dict:
    """Return a site with what may go wrong in an export: no values, odd texts, names that occur
    twice, references to nothing.
    """
    site = small_appliance(product)
    config = site["config"]
    config["jump-group"] |= {
        "8": {"name": "a/b", "code_name": "no", "comments": "a\nb: c"},
        "9": {"name": "{{ 7*7 }}", "code_name": ""},
    }
    config["jump-policy"] |= {
        "8": {"display_name": "Ask First", "code_name": "ask_again"},
        "9": {"display_name": "null", "code_name": "123"},
    }
    config["jump-item/shell-jump"] |= {
        "8": {
            "name": "sw-1",
            "hostname": "10.1.0.8",
            "jumpoint_id": 1,
            "jump_group_id": 1,
            "protocol": "ssh",
            "jump_policy_id": 8,
        },
        "9": {
            "name": "-",
            "hostname": "yes",
            "jumpoint_id": 2,
            "jump_group_id": 9,
            "protocol": "ssh",
            "port": 1,
            "username": "Ünï cödé",
        },
    }
    config["team"]["8"] = {
        "name": "Helpdesk",
        "code_name": "again",
        **({"public_portal_ids": [2, 1]} if product == "rs" else {}),
    }
    config["group-policy"]["8"] = {"name": "Technicians"}
    config["group-policy/jump-group"]["8"] = {"_parent": 8, "jump_group_id": 9}
    config["vault/account"]["8"] = {
        "type": "opaque_token",
        "name": "Leeds root",
        "_token": "the token of Leeds",
    }
    return site


SITES = {
    "small": small_appliance,
    "company": lambda product: company(product, jump_items=60),
    "new": lambda product: {},
    "awkward": awkward_appliance,
}
every_site = pytest.mark.parametrize("site", SITES)
each_product = pytest.mark.parametrize("product", PRODUCTS)


def kinds_of(product) -> list[str]:
    """Return the kinds that a product has and that are exported when nothing is said about it."""
    return [
        resource.name
        for resource in BEYONDTRUST.resources
        if resource.name in EXPORTED
        and PRODUCTS[product] in (resource.only or (PRODUCTS[product],))
    ]


def exported(simulated) -> dict:
    """Return the document that describes an appliance."""
    with reader(simulated) as server:
        return export_config(server, kinds_of(simulated.server.product))


def planned(simulated, document, **options) -> list:
    """Return what a document would change, over a session that cannot write."""
    with reader(simulated) as server:
        return [
            change.described()
            for change in plan_config(server, {**HARMLESS, **options, "config": document})
        ]


@pytest.mark.parametrize("purge", [[], PURGEABLE], ids=["without purge", "with purge"])
@each_product
@every_site
def test_what_an_appliance_exports_plans_to_nothing(beyondtrust, site, product, purge):
    simulated = beyondtrust(product, SITES[site](product))
    document = exported(simulated)
    purge = [kind for kind in purge if kind in document]
    assert planned(simulated, document, purge=purge) == []
    assert planned(simulated, document, purge=purge, max_removed=0, max_removed_percent=0) == []
    assert simulated.wrote() == []


@pytest.mark.wide
@pytest.mark.parametrize(
    "switches",
    [
        {"no_value": "null"},
        {"code_name_default": "empty"},
        {"vault_list": "full"},
        {"no_value": "null", "vault_list": "full", "code_name_default": "empty"},
    ],
    ids=str,
)
@each_product
def test_what_any_kind_of_appliance_exports_plans_to_nothing(beyondtrust, switches, product):
    simulated = beyondtrust(product, awkward_appliance(product), **switches)
    document = exported(simulated)
    assert (
        planned(simulated, document, purge=[kind for kind in PURGEABLE if kind in document]) == []
    )


@pytest.mark.parametrize(
    "written",
    [
        lambda document: json.loads(json.dumps(document)),
        lambda document: yaml.safe_load(yaml.safe_dump(document)),
    ],
    ids=["JSON", "YAML"],
)
@each_product
def test_an_exported_file_changes_nothing_through_the_module(beyondtrust, product, written):
    simulated = beyondtrust(product, awkward_appliance(product))
    document = written(simulated.expect("beyondtrust_config_info")["config"])
    for check in (True, False):
        outcome = simulated.expect(
            "beyondtrust_config",
            check,
            config=document,
            purge=[kind for kind in PURGEABLE if kind in document],
        )
        assert (outcome["changed"], outcome["changes"]) == (False, [])
    assert simulated.wrote() == []


@pytest.mark.wide
@each_product
@every_site
def test_two_exports_are_equal_to_the_byte(beyondtrust, site, product):
    simulated = beyondtrust(product, SITES[site](product))
    first = json.dumps(exported(simulated))
    # Another order on the appliance is no other appliance.
    for collection, records in simulated.site["config"].items():
        if not collection.startswith("_"):
            simulated.site["config"][collection] = dict(reversed(records.items()))
    assert json.dumps(exported(simulated)) == first


@each_product
def test_every_kind_and_every_option_that_can_be_exported_is_one_that_config_takes(
    beyondtrust, product
):
    simulated = beyondtrust(product, company(product, jump_items=60))
    document = exported(simulated)
    spec = config_spec(BEYONDTRUST)["config"]["options"]
    assert list(document) == kinds_of(product) == [kind for kind in spec if kind in document]
    for kind, described in document.items():
        for each in described:
            assert set(each) <= set(spec[kind]["options"])
            assert None not in each.values()


@each_product
def test_no_secret_is_exported(beyondtrust, product):
    simulated = beyondtrust(product, company(product, jump_items=60))
    document = json.dumps(exported(simulated), ensure_ascii=False)
    assert not [secret for secret in simulated.secrets if secret in document]


@each_product
def test_every_jump_item_that_is_removed_comes_back_from_its_export(beyondtrust, product):
    simulated = beyondtrust(product)
    document = exported(simulated)
    simulated.expect("beyondtrust_jump_group", name="Servers", state="absent", remove_items=True)
    assert simulated.site["config"]["jump-item/remote-rdp"] == {}
    installed = {
        kind: [each for each in described if each.get("jump_group") != "Servers"]
        if kind == "jump_client"
        else described
        # A jump client is made by the machine on which it is installed.
        for kind, described in document.items()
    }
    simulated.expect("beyondtrust_config", config=installed)
    assert exported(simulated) == installed

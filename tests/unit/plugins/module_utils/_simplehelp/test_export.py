"""The law that keeps reading, planning and export honest: what a server exports plans to nothing on
that server, purge or not.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
from contextlib import closing

import pytest
import yaml

from ansible_collections.remoteops.access.plugins.module_utils._core.plan import Purge
from ansible_collections.remoteops.access.plugins.module_utils._core.reconcile import (
    config_spec,
    export_config,
)
from ansible_collections.remoteops.access.plugins.module_utils._core.server import Server
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.api import (
    CONNECTION,
    SIMPLEHELP,
)
from tests.simulator.company import company
from tests.unit.plugins.modules.test_switches import PAIRS, differences
from tests.unit.simulated import small_site

KINDS = [resource.name for resource in SIMPLEHELP.resources]
PURGEABLE = config_spec(SIMPLEHELP)["purge"]["choices"]


def awkward_site() -> dict:
    """Return a site with what may go wrong in an export: no values, odd texts, names that occur
    twice, references to nothing.
    """
    site = small_site()
    site["groups"] |= {
        "a/b": {"uniqueID": 8, "passwordSettings": {"enabled": True}},
        "{{ 7*7 }}": {"uniqueID": 9},
    }
    site["technicians"] |= {
        "Ünï cödé": {"displayName": "", "groupIDs": [8, 9]},
        "no": {"groupIDs": [99]},
        "123": {"displayName": "null"},
    }
    site["machines"] |= {
        "SG_6": {
            "name": "",
            "groups": [" ", "a/b"],
            "notes": "a\nb: c",
            "properties": {"empty": "", "a b": "1", "yes": "no"},
        },
        "7": {"name": "SG_1"},
    }
    site["machine_groups"]["Ireland"] = {"properties": {"vat": "23", "zero": "0", "empty": " "}}
    site["restrictions"] = ["b", "a", "b", "("]
    return site


SITES = {
    "small": small_site,
    "company": lambda: company(machines=60, technicians=40),
    "nearly empty": lambda: {"groups": {}, "technicians": {"a": {}}},
    "awkward": awkward_site,
}


def options_of(simulated) -> dict:
    """Return every connection option, as a module has them."""
    return {
        **{name: option.get("default") for name, option in CONNECTION.items()},
        **simulated.options,
    }


def planned(simulated, document, purge) -> list:
    """Return what a document would change, over a session that cannot write."""
    backend = SIMPLEHELP.connect(options_of(simulated).__getitem__, True)
    with closing(backend.session):
        described = {
            kind: value if isinstance(value, list) else [value] for kind, value in document.items()
        }
        return Server(backend, SIMPLEHELP.resources).plan(described, purge)


def exported(simulated, protected) -> dict:
    """Return the document that describes a server."""
    backend = SIMPLEHELP.connect(options_of(simulated).__getitem__, True)
    with closing(backend.session):
        return export_config(Server(backend, SIMPLEHELP.resources), KINDS, protected)


@pytest.mark.parametrize(
    "purge",
    [Purge(), Purge(PURGEABLE), Purge(PURGEABLE, 0, 0, False, False)],
    ids=["without purge", "with purge", "with purge of nothing"],
)
@pytest.mark.parametrize("protected", [False, True], ids=["people", "everybody"])
@pytest.mark.parametrize("site", SITES)
def test_what_a_server_exports_plans_to_nothing(simplehelp, site, protected, purge):
    simulated = simplehelp(SITES[site]())
    assert planned(simulated, exported(simulated, protected), purge) == []
    assert simulated.wrote() == []


def test_the_law_is_held_on_every_kind(simplehelp):
    document = exported(simplehelp(small_site()), True)
    missing = [kind for kind in KINDS if not document[kind]]
    assert missing == [], "add one of each to small_site() in tests/unit/simulated.py"


@pytest.mark.parametrize("switches", PAIRS, ids=differences)
def test_what_any_kind_of_server_exports_plans_to_nothing(simplehelp, switches):
    simulated = simplehelp(awkward_site(), **switches)
    assert planned(simulated, exported(simulated, False), Purge(PURGEABLE)) == []


@pytest.mark.parametrize(
    "written",
    [
        lambda document: json.loads(json.dumps(document)),
        lambda document: yaml.safe_load(yaml.safe_dump(document)),
    ],
    ids=["JSON", "YAML"],
)
@pytest.mark.parametrize("site", SITES)
def test_an_exported_file_changes_nothing_through_the_module(simplehelp, site, written):
    simulated = simplehelp(SITES[site]())
    document = written(simulated.expect("simplehelp_config_info", protected=True)["config"])
    for check in (True, False):
        outcome = simulated.expect("simplehelp_config", check, config=document, purge=PURGEABLE)
        assert (outcome["changed"], outcome["changes"]) == (False, [])
    assert simulated.wrote() == []


@pytest.mark.parametrize("site", SITES)
def test_two_exports_are_equal_to_the_byte(simplehelp, site):
    simulated = simplehelp(SITES[site]())
    first = json.dumps(simulated.expect("simplehelp_config_info")["config"])
    # Another order on the server is no other server.
    for collection in ("technicians", "groups", "machines"):
        simulated.site[collection] = dict(reversed(simulated.site[collection].items()))
    assert json.dumps(simulated.expect("simplehelp_config_info")["config"]) == first


def test_every_kind_and_every_option_that_can_be_exported_is_one_that_config_takes(simplehelp):
    simulated = simplehelp(company(machines=60, technicians=40))
    document = exported(simulated, True)
    spec = config_spec(SIMPLEHELP)["config"]["options"]
    assert list(document) == KINDS == list(spec)
    for kind, described in document.items():
        for each in described if isinstance(described, list) else [described]:
            assert set(each) <= set(spec[kind]["options"])
            assert None not in each.values()


def test_every_object_that_is_removed_comes_back_from_its_export(simplehelp):
    simulated = simplehelp()
    document = exported(simulated, False)
    for module, name, kind in (
        ("technician", "username", "technician"),
        ("tech_group", "name", "tech_group"),
    ):
        for each in document[kind]:
            if each[name] != "admin":
                simulated.expect(module, **{name: each[name]}, state="absent")
    assert len(simulated.site["technicians"]) == 3 and simulated.site["groups"] == {}
    simulated.expect("simplehelp_config", config=document)
    assert exported(simulated, False) == document

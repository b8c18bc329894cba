"""The law that keeps reading, planning and export honest: what a user's export says plans to
nothing for that user, purge or not.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json

import pytest
import yaml

from ansible_collections.remoteops.access.plugins.module_utils._core.plan import Purge
from ansible_collections.remoteops.access.plugins.module_utils._core.reconcile import export_config
from ansible_collections.remoteops.access.plugins.module_utils._core.server import Server
from ansible_collections.remoteops.access.plugins.module_utils._fastx.api import FASTX
from ansible_collections.remoteops.access.plugins.module_utils._fastx.configuration import KINDS
from tests.unit.fastx_servers import USERNAME, small_fastx
from tests.unit.plugins.module_utils._fastx.backends import backend


def awkward_site() -> dict:
    """Return a site with what may go wrong in an export: no values, odd texts, tags in any order."""
    site = small_fastx()
    site["users"][USERNAME]["bookmarks"] += [
        {"id": "a/b", "command": "x" * 1000, "name": "", "tags": []},
        {"id": "{{ 7*7 }}", "command": "'\"\n", "tags": ["b", "a", "b"]},
        {"id": "no", "command": "null", "name": "yes"},
        {"id": "123", "command": "1", "geometry": "rootless"},
        {"id": "Ünï", "command": " "},
    ]
    return site


def nearly_empty() -> dict:
    """Return a site whose user has no bookmark."""
    return {"users": {USERNAME: {"password": "the-only-password"}}}


SITES = {"small": small_fastx, "awkward": awkward_site, "nearly empty": nearly_empty}
each_site = pytest.mark.parametrize("site", SITES.values(), ids=SITES)


@each_site
@pytest.mark.parametrize("no_value", ["absent", "null"])
@pytest.mark.parametrize("purge", [False, True])
def test_what_a_user_exports_plans_to_nothing(fastx, site, no_value, purge):
    simulated = fastx(site(), no_value=no_value)
    with backend(simulated, read_only=True) as opened:
        server = Server(opened, FASTX.resources)
        document = json.loads(json.dumps(export_config(server, KINDS)))
        assert server.plan(document, Purge(KINDS if purge else (), allow_empty=True)) == []


@each_site
def test_an_exported_file_changes_nothing_through_the_module(fastx, site):
    simulated = fastx(site())
    exported = simulated.expect("fastx_config_info")["config"]
    read = yaml.safe_load(yaml.safe_dump(exported))
    for check in (True, False):
        assert (
            simulated.expect(
                "fastx_config", check, config=read, purge=["bookmark"], allow_empty=True
            )["changes"]
            == []
        )
    assert simulated.wrote() == []


def test_an_export_is_sorted_and_has_no_empty_attributes(fastx):
    assert fastx().expect("fastx_config_info")["config"] == {
        "bookmark": [
            {
                "id": "cad",
                "command": "/opt/cad/run",
                "name": "CAD",
                "geometry": "1600x900",
                "tags": ["design"],
            },
            {"id": "term", "command": "xterm"},
        ]
    }


def test_an_export_made_into_another_account_makes_the_same_bookmarks(fastx):
    simulated = fastx()
    exported = simulated.expect("fastx_config_info")["config"]
    simulated.expect(
        "fastx_config",
        config=exported,
        username="otto",
        password="the password of Otto",
        answers=[{"prompt": "code", "answer": "918 273"}],
    )
    shown = [
        {name: value for name, value in each.items() if value is not None}
        for each in simulated.site["users"]["otto"]["bookmarks"]
    ]
    assert sorted(shown, key=lambda each: each["id"]) == exported["bookmark"]

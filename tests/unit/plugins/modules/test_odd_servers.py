"""Whatever a server stores of an object, its export changes nothing on it: through the modules, in
check mode and in earnest, whole and object by object.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Iterator

import pytest

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust.api import BEYONDTRUST
from ansible_collections.remoteops.access.plugins.module_utils._core.resource import Resource
from ansible_collections.remoteops.access.plugins.module_utils._fastx.api import FASTX
from ansible_collections.remoteops.access.plugins.module_utils._simplehelp.api import SIMPLEHELP
from tests.unit.documented import MODULES
from tests.unit.fastx_servers import USERNAME
from tests.unit.plugins.modules.test_documentation import MODULES_OF_KINDS

PLATFORMS = {"simplehelp": SIMPLEHELP, "rs": BEYONDTRUST, "pra": BEYONDTRUST, "fastx": FASTX}
CONFIG = {
    "simplehelp": "simplehelp_config",
    "rs": "beyondtrust_config",
    "pra": "beyondtrust_config",
    "fastx": "fastx_config",
}
PURGES = {
    "simplehelp": ["technician", "tech_group", "machine_property"],
    "rs": ["user", "team", "jump_group"],
    "pra": ["vendor", "jump_policy"],
    "fastx": ["bookmark"],
}
# What an attribute of each type is stored as.
STORED = {
    "empty": {"str": "", "int": 0, "bool": False, "list": [], "dict": {}},
    "odd": {
        "str": "of no form, nor of a known value; " + "x" * 9000,
        "int": -(2**33),
        "bool": True,
    },
}


def stored(simulated, resource: Resource) -> list[dict]:
    """Return the stored records of a kind, themselves."""
    site, collection = simulated.site, resource.endpoint.strip("/").replace("{vendor}/", "")
    if collection in site.get("config", ()):
        return list(site["config"].get(collection, {}).values())
    if "bookmark" == resource.name:
        return site["users"][USERNAME]["bookmarks"]
    return list(site.get(collection, {}).values())


def altered(simulated, name, values) -> Iterator[str]:
    """Alter every optional attribute of every stored record; yields the kinds of which some were."""
    for resource in PLATFORMS[name].resources:
        product = {"rs": "Remote Support", "pra": "Privileged Remote Access"}.get(name)
        for record in (
            stored(simulated, resource)
            if resource.verbs and (not resource.only or product in resource.only)
            else ()
        ):
            for option, field in resource.fields.items():
                wire = field.wire or option
                plain = not (
                    field.ref
                    or field.secret
                    or field.computed
                    or field.fields
                    or field.free
                    or option in resource.key
                    or option == resource.code
                )
                if plain and field.type in values and option != "type":
                    record[wire] = values[field.type]
                    yield resource.name


@pytest.mark.parametrize("name", PLATFORMS)
@pytest.mark.parametrize("values", STORED)
def test_what_a_server_stores_comes_out_and_changes_nothing_when_it_comes_back(
    servers, name, values
):
    simulated = servers[name]()
    kinds = set(altered(simulated, name, STORED[values]))
    document = simulated.expect(f"{CONFIG[name]}_info")["config"]
    for check in (True, False):
        assert (
            simulated.expect(CONFIG[name], check, config=document, purge=PURGES[name])["changes"]
            == []
        )
    modules = MODULES_OF_KINDS[CONFIG[name]]
    ran = set()
    for kind, described in document.items():
        module = modules.get(kind)
        if module in MODULES and isinstance(described, list) and described:
            for check in (True, False):
                assert simulated.expect(module, check, **described[-1])["changes"] == [], (
                    kind,
                    described[-1],
                )
            ran.add(kind)
    # Of security providers only those for SAML are exported; installers expire, and a group of
    # machines is a path with properties.
    assert ran >= kinds - {"machine_group", "security_provider", "jump_client_installer"} and len(
        kinds
    ) >= {"simplehelp": 3, "fastx": 1}.get(name, 15)
    assert simulated.wrote() == []

"""What the conformance tables of BeyondTrust share: steps and cases on a small appliance, and what
finds an object in it.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.unit.plugins.modules.conformance import Case, Step

API = "/api/config/v1"
CONCLUDING = "/provision"  # how writes end that let others take effect and show nothing themselves
A_KELLER, B_OKAFOR, C_SOARES = 2, 3, 4
START_ONLY, ADMINISTRATOR = 2, 3  # the jump item roles "Start Sessions Only" and "Administrator"


def step(name: str, options: Mapping[str, Any], shown: Any, *writes: str) -> Step:
    """Return a step; the paths of its writes are those below the Configuration API."""
    return Step(name, options, shown, tuple(write.replace(" ", f" {API}/", 1) for write in writes))


def case(
    name: str,
    module: str,
    key: Mapping[str, Any],
    held: Callable,
    *steps: Step,
    server: str = "rs",
    **more,
) -> Case:
    """Return a case of a module, which is named without its beginning."""
    return Case(name, f"beyondtrust_{module}", key, held, steps, server, **more)


def only(
    collection: str, below: Mapping[str, tuple[str, ...]] | None = None, **attributes
) -> Callable[[dict], Any]:
    """Return what finds the one object with these attributes: None if there is none, "several" if
    there are more.

    ``below`` names collections below it; what each holds of the object is given under the last part
    of its name, as sorted tuples of these attributes.
    """

    def held(site):
        config = site["config"]
        found = [
            record
            for record in config[collection].values()
            if all(record.get(name) == value for name, value in attributes.items())
        ]
        if len(found) != 1:
            return "several" if found else None
        lists = {
            name.rpartition("/")[2]: sorted(
                (
                    tuple(entry.get(each) for each in names)
                    for entry in config[name].values()
                    if entry["_parent"] == found[0]["id"]
                ),
                key=str,
            )
            for name, names in (below or {}).items()
        }
        return {**found[0], **lists}

    return held


def numbered(collection: str, identifier: int) -> Callable[[dict], Any]:
    """Return what finds the object with an identifier."""
    return lambda site: site["config"][collection].get(str(identifier))

"""The life of every object on FastX servers that settle the open points of the vendor's pages
differently, in all pairs.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest

from tests.unit.plugins.modules.conformance import named
from tests.unit.plugins.modules.conformance_fastx import CASES
from tests.unit.plugins.modules.test_switches import all_pairs

# The switches of the simulator that a module of objects can notice, but how it logs in, which the
# tests of the login are about.
VALUES = {
    "generation": ("source", "later"),
    "error_status": ("ok", "matching"),
    "error_stack": (False, True),
    "no_value": ("absent", "null"),
    "duplicate_id": ("error", "second"),
    "bookmark_start": ("unmarked", "shortcut"),
    "bookmark_edit": ("merge", "replace"),
    "delete_missing": ("error", "ignore"),
    "unknown_parameters": ("refuse", "ignore"),
    "kept_alive_by": ("any_call", "keepalive"),
    "login_seconds": (120, 5),
}
PAIRS = all_pairs(VALUES)
LIVES = [
    case
    for case in CASES
    if case.name not in ("session by name", "session that is there", "fastx_config")
]


def of_this_kind(case, switches) -> list:
    """Return the steps that such a server can go through: the later generation has no reset, and an
    empty size needs a server that replaces.
    """
    lacking = {"reset"} if switches["generation"] == "later" else set()
    lacking |= (
        {"emptied"} if "replaces" in case.name and switches["bookmark_edit"] == "merge" else set()
    )
    return [step for step in case.steps if step.name not in lacking]


@pytest.mark.parametrize(
    "switches", PAIRS, ids=lambda switches: "-".join(map(str, switches.values()))
)
@pytest.mark.parametrize("case", LIVES, ids=named)
def test_an_object_lives_its_life_on_any_kind_of_server(fastx, case, switches):
    simulated = fastx(**switches)
    for step in of_this_kind(case, switches):
        outcome = case.run(simulated, step)
        assert not outcome.failed, outcome["msg"]
        assert outcome["changed"] is True
        if (
            step.name != "removed"
            or switches["generation"] == "source"
            or case.module != "fastx_share"
        ):
            assert case.reached(simulated, step), case.held(simulated.site)
        assert case.run(simulated, step)["changed"] is False


def test_a_server_that_takes_an_empty_size_for_the_old_one_is_told_of(fastx):
    simulated = fastx(bookmark_edit="merge")
    outcome = simulated.run("fastx_bookmark", id="cad", geometry="")
    assert outcome.failed and "'1600x900'" in outcome["msg"] and outcome["changed"] is False


@pytest.mark.parametrize("bookmark_edit", ["merge", "replace"])
def test_what_is_not_mentioned_of_a_bookmark_stays_whatever_the_server_does(fastx, bookmark_edit):
    simulated = fastx(bookmark_edit=bookmark_edit)
    simulated.expect("fastx_bookmark", id="cad", name="New")
    assert simulated.site["users"]["mira"]["bookmarks"][0] == {
        "id": "cad",
        "command": "/opt/cad/run",
        "name": "New",
        "geometry": "1600x900",
        "tags": ["design"],
    }


def test_removing_a_bookmark_that_is_not_there_changes_nothing(fastx):
    simulated = fastx()
    for identifier in ("nobody", "desktop", "h-1"):  # suggestions and the history are no bookmarks
        assert simulated.expect("fastx_bookmark", id=identifier, state="absent")["changed"] is False
    assert simulated.wrote() == []

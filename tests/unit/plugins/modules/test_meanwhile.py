"""What somebody else does between the look and the write: where the wanted state holds, a run ends
well; where it does not, it says so.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.simulator.faults import Fault
from tests.unit.plugins.modules.conformance import named
from tests.unit.plugins.modules.test_objects import CASES

REMOVALS = [
    (case, step)
    for case in CASES
    for step in case.steps
    if step.options.get("state") == "absent" and len(step.writes) == 1
]
# Kinds whose names a server keeps unique, so that it refuses to make another.
UNIQUE = (
    "technician",
    "tech_group",
    "beyondtrust_team",
    "beyondtrust_jump_group",
    "beyondtrust_user",
    "beyondtrust_vault_account_policy",
    "fastx_bookmark",
)
MADE = [
    (case, step)
    for case in CASES
    for step in case.steps[:1]
    if case.module in UNIQUE and step.name == "made"
]


class Meanwhile(Fault):
    """No fault: something that happens on the server just before it looks at a request."""

    def __init__(self, query: str, do: Callable[[], object], **arguments):
        super().__init__(query, "refuse", **arguments)
        self._do = do

    def strikes(self, query: str, body: object, writes: bool) -> bool:
        """Let it happen, where the request is one of those that are meant; the request itself is
        answered as ever.
        """
        if super().strikes(query, body, writes):
            self._do()
        return False


def done_by_somebody_else(case, step, servers):
    """Return a server on which somebody else does what a step does, just before its first write
    arrives.
    """
    other, simulated = case.start(servers), case.start(servers)
    for each in (other, simulated):
        case.before(each, step)
    case.run(other, step)
    after = other.server.dump()
    simulated.server.inject(Meanwhile(other.wrote()[0], lambda: simulated.server.load(after)))
    simulated.lies = True  # what differs afterwards is not what the run changed
    return simulated


@pytest.mark.parametrize(("case", "step"), REMOVALS, ids=[named(*line) for line in REMOVALS])
def test_what_somebody_else_removed_meanwhile_is_absent(servers, case, step):
    simulated = done_by_somebody_else(case, step, servers)
    outcome = case.run(simulated, step)
    assert not outcome.failed, outcome["msg"]
    assert case.reached(simulated, step)


@pytest.mark.parametrize("kind", ["technician", "tech_group"])
def test_of_many_that_are_removed_some_may_be_gone_already(simplehelp, kind):
    key, objects = {"technician": ("username", "technicians"), "tech_group": ("name", "groups")}[
        kind
    ]
    simulated = simplehelp()
    names = [f"New {number}" for number in range(6)]
    simulated.expect("simplehelp_config", config={kind: [{key: name} for name in names]})
    simulated.journal.clear()
    simulated.server.inject(
        Meanwhile(
            f"{objects}/remove", lambda: [simulated.site[objects].pop(name) for name in names[:3]]
        )
    )
    simulated.expect(
        "simplehelp_config",
        config={kind: [{key: name, "state": "absent"} for name in names]},
        connections=1,
    )
    assert not set(names) & set(simulated.site[objects])
    assert len(simulated.asked(f"{objects}/list")) == 2


@pytest.mark.parametrize(("case", "step"), MADE, ids=[named(*line) for line in MADE])
def test_what_somebody_else_made_meanwhile_is_fine_where_nothing_is_secret(servers, case, step):
    simulated = done_by_somebody_else(case, step, servers)
    outcome = case.run(simulated, step)
    secret = any(name in ("password", "video_password") for name in step.options)
    assert outcome.failed is secret, outcome
    if secret:
        assert (
            "somebody else has made it meanwhile" in outcome["msg"]
            and "update_password: always" in outcome["msg"]
        )
    assert case.reached(simulated, step)
    assert case.run(simulated, step)["changed"] is False


@pytest.mark.parametrize(
    ("module", "objects", "name", "described"),
    [
        ("technician", "technicians", "new", {"username": "new", "display_name": "New"}),
        ("tech_group", "groups", "New", {"name": "New", "fps_delay": 4}),
    ],
)
def test_what_somebody_else_made_otherwise_meanwhile_is_told(
    simplehelp, module, objects, name, described
):
    simulated = simplehelp()
    other = simplehelp()
    other.expect(
        module,
        **{
            **described,
            **({"display_name": "Another"} if module == "technician" else {"fps_delay": 5}),
        },
    )
    simulated.server.inject(
        Meanwhile(f"{objects}/new", lambda: simulated.server.load(other.server.dump()))
    )
    simulated.lies = True
    outcome = simulated.run(module, **described)
    assert (
        outcome.failed
        and "somebody else has made it meanwhile" in outcome["msg"]
        and "where" in outcome["msg"]
    )
    assert outcome["changed"] is False
    simulated.lies = False
    assert simulated.expect(module, **described)["changed"] is True


def test_an_account_that_another_run_has_not_finished_yet_is_finished(simplehelp):
    simulated = simplehelp()
    unfinished = {"uniqueID": 9, "username": "new", "displayName": "(unfinished)", "enabled": False}
    site = {**simulated.server.dump(), "last_technician_id": 9}
    site["technicians"] = {**site["technicians"], "new": unfinished}
    simulated.server.inject(Meanwhile("technicians/new", lambda: simulated.server.load(site)))
    simulated.expect("technician", username="new", password="s3cret")
    assert (
        simulated.site["technicians"]["new"]["password"] == "s3cret"
        and simulated.site["technicians"]["new"]["enabled"] is True
    )


# --- A refusal is no absence ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("module", "described", "queries"),
    [
        ("technician", {"username": "new", "groups": []}, "technicians"),
        ("tech_group", {"name": "New"}, "groups"),
    ],
)
@pytest.mark.parametrize("failure", ["status", "success_false"])
def test_a_look_that_is_refused_does_not_mean_that_there_is_nothing(
    simplehelp, module, described, queries, failure
):
    simulated = simplehelp(
        {"technicians": {"admin": {}}, "groups": {}}
        if failure == "status"
        else {"technicians": {}, "groups": {}}
    )
    simulated.inject(f"{queries}/list", "empty_list")
    simulated.inject(f"{queries}/*", "refuse", reason="The token may not read", times=None)
    assert "The token may not read" in simulated.refuse(module, **described)


def test_a_read_back_that_is_refused_leaves_unknown_what_was_done(simplehelp):
    simulated = simplehelp()
    simulated.inject("technicians/get", "refuse", reason="The token may not read", times=None)
    simulated.expect("technician", username="b.okafor", display_name="Bilal")  # the list tells
    simulated.inject("technicians/list", "refuse", reason="The token may not read", after=1)
    outcome = simulated.run("technician", username="b.okafor", display_name="Another")
    assert (
        outcome.failed
        and outcome["changed"] is True
        and "unknown whether the change was made" in outcome["msg"]
    )


# --- Nothing is written of nothing ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "options", [{"permissions": {}}, {"permissions": {}, "password": "s3cret"}]
)
def test_permissions_that_name_none_send_no_write(simplehelp, options):
    simulated = simplehelp()
    simulated.expect("tech_group", name="New", **options)
    assert not simulated.asked("groups/permissions/set")
    assert simulated.expect("tech_group", name="New", **options)["changed"] is False

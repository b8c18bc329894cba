"""What becomes of requests to use jump items that want approval: made on every run, answered once,
listed for those who may answer.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest

from tests.unit.appliances import small_appliance

APPROVAL = "beyondtrust_jump_approval"
REQUEST = {
    "action": "request",
    "user": "a.keller",
    "jump_item_type": "shell_jump",
    "jump_item_id": 2,
    "reason": "New uplink.",
}
ANSWER = "POST /api/config/v1/jump-approval/approve"


def with_approval() -> dict:
    """Return the seed of a small appliance on which the user b.okafor approves of jumps to the
    second shell jump item.
    """
    site = small_appliance("pra")
    site["config"]["jump-policy"]["1"] |= {"approval_required": True, "approval_user_ids": ["3"]}
    return site


def waiting(simulated, **options) -> list[dict]:
    return simulated.expect(f"{APPROVAL}_info", approver="b.okafor", **options)["jump_approvals"]


def test_a_request_is_made_on_every_run_and_listed_for_who_may_answer(beyondtrust):
    simulated = beyondtrust("pra", with_approval())
    foretold = simulated.expect(APPROVAL, check=True, **REQUEST)
    assert simulated.expect(APPROVAL, **REQUEST)["changes"] == foretold["changes"]
    assert simulated.expect(APPROVAL, **REQUEST, start=1_800_000_000, duration=60)["changed"]
    first, second = waiting(simulated)
    assert first | {"start_timestamp": None} == {
        "id": 1,
        "state": "pending",
        "user": "a.keller",
        "jump_policy": "Ask First",
        "jump_item_type": "shell_jump",
        "jump_item_id": 2,
        "start_timestamp": None,
        "duration": 7200,
        "request_reason": "New uplink.",
        "response_comments": "",
    }
    assert second["start_timestamp"] == "2027-01-15T08:00:00+00:00" and second["duration"] == 60
    assert simulated.expect(f"{APPROVAL}_info", approver="a.keller")["jump_approvals"] == []


@pytest.mark.parametrize("action, state", [("approve", "approved"), ("deny", "denied")])
def test_a_request_is_answered_once(beyondtrust, action, state):
    simulated = beyondtrust("pra", with_approval())
    simulated.expect(APPROVAL, **REQUEST)
    options = {"action": action, "user": "b.okafor", "id": 1, "comments": "Agreed."}
    foretold, done = (
        simulated.expect(APPROVAL, check=True, **options),
        simulated.expect(APPROVAL, **options),
    )
    assert (
        foretold["jump_approval"] == done["jump_approval"]
        and foretold["changes"] == done["changes"]
    )
    assert (
        done["jump_approval"]["state"] == state
        and done["jump_approval"]["response_comments"] == "Agreed."
    )
    assert not simulated.expect(APPROVAL, **options)["changed"]
    other = {"approve": "deny", "deny": "approve"}[action]
    assert f"is {state} and waits for no answer" in simulated.refuse(
        APPROVAL, **{**options, "action": other}
    )
    assert (
        waiting(simulated, states=["pending"]) == []
        and len(waiting(simulated, states=[state])) == 1
    )
    assert simulated.wrote().count(ANSWER) == 1


@pytest.mark.parametrize(
    "options, words",
    [
        (
            {"action": "approve", "user": "a.keller", "id": 1},
            "no jump_approval 1 that 'a.keller' may answer",
        ),
        ({"action": "approve", "user": "b.okafor", "id": 7}, "no jump_approval 7"),
        ({"action": "approve", "user": "nobody", "id": 1}, "no user named 'nobody'"),
        ({"action": "approve", "user": "b.okafor"}, "id"),
        ({**REQUEST, "jump_item_id": ...}, "jump_item_id"),
        ({**REQUEST, "duration": 59}, "at least 60 seconds"),
        ({**REQUEST, "start": -1}, "must not be negative"),
        ({**REQUEST, "reason": "x" * 2049}, "at most 2048"),
    ],
)
def test_what_makes_no_sense_is_refused_in_check_mode_too(beyondtrust, options, words):
    simulated = beyondtrust("pra", with_approval())
    simulated.expect(APPROVAL, **REQUEST)
    assert words in simulated.refuse(APPROVAL, **options)
    assert words in simulated.refuse(APPROVAL, check=True, **options)


def test_an_item_that_wants_no_approval_is_refused_in_the_words_of_the_appliance(beyondtrust):
    outcome = beyondtrust("pra", with_approval()).run(APPROVAL, **{**REQUEST, "jump_item_id": 1})
    assert outcome.failed and "needs no approval" in outcome["msg"]


@pytest.mark.parametrize("fault", ["reset_after", "truncated", "malformed"])
def test_an_answer_of_which_none_comes_back_is_looked_for(beyondtrust, fault):
    simulated = beyondtrust("pra", with_approval())
    simulated.expect(APPROVAL, **REQUEST)
    simulated.inject(ANSWER, fault)
    assert (
        simulated.expect(APPROVAL, action="approve", user="b.okafor", id=1)["jump_approval"][
            "state"
        ]
        == "approved"
    )


def test_an_answer_that_the_appliance_only_says_it_took_is_a_failure(beyondtrust):
    simulated = beyondtrust("pra", with_approval())
    simulated.expect(APPROVAL, **REQUEST)
    simulated.inject(ANSWER, "ignored")
    assert (
        "it shows the request as pending"
        in simulated.run(APPROVAL, action="approve", user="b.okafor", id=1)["msg"]
    )


def test_a_request_without_an_answer_may_have_been_made(beyondtrust):
    simulated = beyondtrust("pra", with_approval())
    simulated.inject("POST /api/config/v1/jump-approval/request", "reset_after")
    outcome = simulated.run(APPROVAL, **REQUEST)
    assert outcome.failed and outcome["changed"] and "It is unknown whether" in outcome["msg"]


@pytest.mark.parametrize(
    "module, options", [(APPROVAL, REQUEST), (f"{APPROVAL}_info", {"approver": "a.keller"})]
)
def test_remote_support_has_no_approvals(beyondtrust, module, options):
    assert (
        "Remote Support has no jump_approval; Privileged Remote Access has"
        in beyondtrust().refuse(module, **options)
    )

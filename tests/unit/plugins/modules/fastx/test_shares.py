"""Sharing keys are secrets that are given permissions, taken away and used, and shown only where
that is asked for.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest

from tests.unit.plugins.modules.conformance_fastx import KEY, NIGHTLY_KEY, shares
from tests.unit.simulated import read_diff

EDIT, DELETE, RESET, CONNECT = (
    f"/v3/api/share/{each}" for each in ("edit", "delete", "reset", "connect")
)
NIGHTLY = shares("nightly")


def test_a_server_that_makes_no_new_keys_is_told_with_its_reason(fastx):
    simulated = fastx(share_edit="error")
    outcome = simulated.run("fastx_share", session="nightly", key=KEY, perms=["viewer"])
    assert (
        outcome.failed
        and "There is no such share" in outcome["msg"]
        and outcome["changed"] is False
    )
    simulated.expect("fastx_share", session="nightly", key=NIGHTLY_KEY, perms=["granter"])
    assert NIGHTLY(simulated.site) == {NIGHTLY_KEY: ["granter"]}


def test_the_later_generation_tells_new_keys_from_those_that_are_there(fastx):
    simulated = fastx(generation="later", share_edit="error")
    simulated.expect("fastx_share", session="nightly", key=KEY, perms=["viewer"])
    simulated.expect("fastx_share", session="nightly", key=KEY, perms=["granter"])
    simulated.expect("fastx_share", session="nightly", key=KEY, state="absent")
    assert simulated.wrote() == [f"/v3/api/share/{each}" for each in ("save", "update", "remove")]
    assert NIGHTLY(simulated.site) == {NIGHTLY_KEY: ["viewer"]}


def test_a_key_of_a_session_is_found_by_the_name_of_the_session(fastx):
    simulated = fastx()
    assert (
        simulated.expect(
            "fastx_share", session_name="CAD nightly", key=NIGHTLY_KEY, perms=["viewer"]
        )["changed"]
        is False
    )
    outcome = simulated.expect(
        "fastx_share", session_name="CAD nightly", key=NIGHTLY_KEY, perms=["viewer", "granter"]
    )
    assert outcome["share"] == {"session": "nightly", "perms": ["granter", "viewer"]}
    assert read_diff(outcome["diff"]) == {
        "before": {"share CAD nightly": {"perms": ["viewer"]}},
        "after": {"share CAD nightly": {"perms": ["granter", "viewer"]}},
    }


@pytest.mark.parametrize(
    "options",
    [
        {"session": "nobody"},
        {"session_name": "nobody"},
        {"session": "nightly", "key": "another"},
        {"session": "s-2"},
    ],
)
def test_taking_away_a_key_that_is_not_there_changes_nothing(fastx, options):
    simulated = fastx()
    assert (
        simulated.expect("fastx_share", **{"key": KEY, **options}, state="absent")["changed"]
        is False
    )
    assert simulated.wrote() == []


@pytest.mark.parametrize(
    ("perms", "left"),
    [
        (..., []),
        ([], []),
        (["granter"], [NIGHTLY_KEY]),
        (["viewer"], ["key-2"]),
        (["viewer", "granter"], []),
    ],
)
def test_a_reset_takes_the_keys_with_one_of_the_permissions_away_and_disconnects_everybody(
    fastx, perms, left
):
    simulated = fastx()
    others = {"key-2": ["granter"], "key-3": ["viewer", "granter"]}
    simulated.site["sessions"][0]["shares"] += [
        {"key": key, "perms": each, "timeout": 60} for key, each in others.items()
    ]
    simulated.expect("fastx_share", True, session="nightly", state="reset", perms=perms)
    outcome = simulated.expect("fastx_share", session="nightly", state="reset", perms=perms)
    assert list(NIGHTLY(simulated.site)) == left and simulated.site["sessions"][0]["clients"] == 0
    assert read_diff(outcome["diff"])["before"] == {"share nightly": {"keys": 3}}
    assert (
        simulated.expect("fastx_share", session="nightly", state="reset", perms=perms)["changed"]
        is False
    )
    assert simulated.wrote() == [RESET]


def test_a_session_of_somebody_else_is_connected_to_with_its_key(fastx):
    simulated = fastx()
    given = {
        "session": "nightly",
        "key": NIGHTLY_KEY,
        "state": "connected",
        "username": "root",
        "password": "the password of root",
    }
    assert "connection" not in simulated.expect("fastx_share", True, **given).result
    simulated.reveals = True
    passwords = set()
    for _time in (1, 2):
        outcome = simulated.expect("fastx_share", **given)
        assert outcome["changes"] == [
            {"action": "connect", "kind": "share", "name": "nightly", "fields": []}
        ]
        assert outcome["connection"]["login"] == "mira"
        passwords.add(outcome["connection"]["password"])
    assert len(passwords) == 2 and NIGHTLY_KEY not in str(outcome.result["connection"])


@pytest.mark.parametrize("kind", ["reset_before", "reset_after", "malformed"])
def test_connecting_of_which_nobody_knows_whether_it_was_done_is_reported_and_not_sent_twice(
    fastx, kind
):
    simulated = fastx()
    simulated.inject(CONNECT, kind, times=None)
    outcome = simulated.run(
        "fastx_share", session="nightly", key=NIGHTLY_KEY, state="connected", retries=3
    )
    assert outcome.failed and "unknown" in outcome["msg"] and outcome["changed"] is True
    assert len(simulated.asked(CONNECT)) == 1


def test_a_wrong_key_is_refused_and_not_shown(fastx):
    simulated = fastx()
    simulated.secrets.add("a-wrong-key")
    simulated.inject(CONNECT, "refuse", reason="there is no a-wrong-key")
    outcome = simulated.run("fastx_share", session="nightly", key="a-wrong-key", state="connected")
    assert outcome.failed and "there is no" in outcome["msg"] and outcome["changed"] is False


@pytest.mark.parametrize("query", [EDIT, DELETE])
def test_a_key_that_the_server_repeats_is_masked(fastx, query):
    simulated = fastx()
    simulated.secrets |= {NIGHTLY_KEY, "k-of-another"}
    simulated.site["sessions"][0]["shares"].append(
        {"key": "k-of-another", "perms": ["viewer"], "timeout": 60}
    )
    simulated.inject(query, "refuse", reason=f"neither {NIGHTLY_KEY} nor k-of-another")
    options = {"perms": ["granter"]} if query == EDIT else {"state": "absent"}
    outcome = simulated.run("fastx_share", session="nightly", key=NIGHTLY_KEY, **options)
    assert outcome.failed and "neither" in outcome["msg"]


def test_the_keys_are_read_without_them_unless_they_are_asked_for(fastx):
    simulated = fastx()
    shown = {
        "session": "nightly",
        "session_name": "CAD nightly",
        "perms": ["viewer"],
        "timeout": 60,
    }
    assert simulated.expect("fastx_share_info")["shares"] == [shown]
    assert simulated.expect("fastx_share_info", sessions=["s-2", "s-2"])["shares"] == []
    simulated.reveals = True
    assert simulated.expect("fastx_share_info", sessions=["nightly"], return_keys=True)[
        "shares"
    ] == [{**shown, "key": NIGHTLY_KEY}]

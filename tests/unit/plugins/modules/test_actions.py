"""Each action of each platform under each fault of its write and of the look after it: told as what
it is, never as unchanged, never sent twice blindly.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.unit.appliances import small_appliance
from tests.unit.plugins.modules.conformance import named
from tests.unit.plugins.modules.least_appliances import LEAST

APPROVAL = "beyondtrust_jump_approval"
REQUEST = {
    "action": "request",
    "user": "a.keller",
    "jump_item_type": "shell_jump",
    "jump_item_id": 2,
}
KEY = "key-of-the-nightly"


@dataclass(frozen=True, eq=False)
class Action:
    """One action: its module and options, the server it is asked of, and what has to be done there
    before.

    ``looked_at`` tells whether the server can be asked if it happened, ``repeated`` whether it may
    be sent twice, as the second does nothing. ``believed`` tells that a yes is not looked at,
    ``traceless`` that the simulator keeps nothing of it. ``reveals`` is what the action hands out
    on purpose.
    """

    name: str
    module: str
    options: Mapping[str, Any]
    server: str
    looked_at: bool = False
    repeated: bool = False
    believed: bool = False
    traceless: bool = False
    reveals: str = ""
    site: Callable[[], dict] | None = None
    before: Sequence[tuple[str, Mapping]] = field(default=())

    def start(self, servers):
        """Start a server on which the action can be done."""
        simulated = servers[self.server](**({"site": self.site()} if self.site else {}))
        if self.server == "fastx":
            simulated.reveals = True
        simulated.secrets.discard(self.reveals)
        for module, options in self.before:
            simulated.expect(module, **options)
        simulated.journal.clear()
        return simulated


def with_approval() -> dict:
    """Return the seed of an appliance on which b.okafor approves of jumps to the second shell jump
    item.
    """
    site = small_appliance("pra")
    site["config"]["jump-policy"]["1"] |= {"approval_required": True, "approval_user_ids": ["3"]}
    return site


def with_an_endpoint() -> dict:
    """Return the seed of an appliance that has an endpoint for automation."""
    site = small_appliance()
    site["config"]["endpoint-automation/endpoint"] = {
        "1": {"hostname": "TILL-1", "operating_system_type": "Linux", "is_active": True}
    }
    return site


def with_a_target() -> dict:
    """Return the seed of an appliance with an endpoint of the vault at the address of its remote
    RDP item.
    """
    site = small_appliance()
    site["config"]["vault/endpoint"]["1"]["hostname"] = "10.2.0.2"
    return site


def with_expired_users() -> dict:
    """Return the seed of an appliance with a vendor of whom two users are expired."""
    site = small_appliance("pra")
    site["config"]["vendor/user"] = {
        str(number): {
            "_parent": int(next(iter(site["config"]["vendor"]))),
            "username": name,
            "public_display_name": name,
            "email_address": f"{name}@example.org",
            "account_expiration": "2020-01-01T00:00:00+00:00",
            "is_approved": True,
        }
        for number, name in enumerate(("k.schmidt", "l.schmidt"), 1)
    }
    return site


def _least(name, module, server="rs", **more):
    return Action(name, module, LEAST[module], server, **more)


def _answer(action):
    options = {"action": action, "user": "b.okafor", "id": 1, "comments": "Agreed."}
    return Action(
        action,
        APPROVAL,
        options,
        "pra",
        looked_at=True,
        site=with_approval,
        before=((APPROVAL, REQUEST),),
    )


def _reactivation(name, **options):
    options = {**LEAST["beyondtrust_vendor_reactivation"], **options}
    return Action(
        name,
        "beyondtrust_vendor_reactivation",
        options,
        "pra",
        looked_at=True,
        site=with_expired_users,
    )


def _fastx(called, module, looked_at=True, repeated=True, **options):
    return Action(called, module, options, "fastx", looked_at=looked_at, repeated=repeated)


ACTIONS = (
    Action("totp", "simplehelp_technician_totp", {"username": "b.okafor"}, "simplehelp"),
    Action("backup", "backup", {"platform": "simplehelp"}, "simplehelp"),
    _least("job", "beyondtrust_automation_job", looked_at=True, site=with_an_endpoint),
    Action("approval request", APPROVAL, REQUEST, "pra", site=with_approval),
    _answer("approve"),
    _answer("deny"),
    _least("check out", "beyondtrust_vault_account_check_out", reveals="the password of root"),
    _least(
        "check in",
        "beyondtrust_vault_account_check_in",
        before=(("beyondtrust_vault_account_check_out", {"name": "Leeds root"}),),
        reveals="the password of root",
    ),
    _least("rotate", "beyondtrust_vault_account_rotation"),
    Action(
        "associate",
        "beyondtrust_vault_endpoint_association",
        {"endpoint": "files", "remote_rdp": "files", "jump_group": "Servers"},
        "rs",
        looked_at=True,
        site=with_a_target,
    ),
    _reactivation("reactivate all"),
    _reactivation("reactivate one", username="k.schmidt"),
    _least("provision a policy", "beyondtrust_provision", traceless=True),
    Action(
        "provision a user", "beyondtrust_provision", {"users": ["a.keller"]}, "rs", traceless=True
    ),
    Action(
        "message",
        "screenconnect_message",
        {"sessions": ["web-1"], "text": "Hello"},
        "screenconnect",
        looked_at=True,
    ),
    Action(
        "note",
        "screenconnect_note",
        {"sessions": ["web-1"], "note": "Moved."},
        "screenconnect",
        looked_at=True,
    ),
    Action(
        "toolbox item",
        "screenconnect_toolbox_item",
        {"sessions": ["web-1"], "toolbox_item": "Collect Logs"},
        "screenconnect",
        looked_at=True,
    ),
    Action(
        "command",
        "screenconnect_command",
        {"sessions": ["OFFICE-3"], "command": "ver", "wait_timeout": 0},
        "screenconnect",
        looked_at=True,
        believed=True,
    ),
    _fastx("start", "fastx_session", name="new", command="xterm", wait_timeout=0),
    _fastx("start a bookmark", "fastx_session", repeated=False, bookmark="term", wait_timeout=0),
    _fastx(
        "set parameters",
        "fastx_session",
        id="nightly",
        params={"project": "Changed"},
        wait_timeout=0,
    ),
    _fastx("connect", "fastx_session", looked_at=False, id="nightly", return_connection=True),
    _fastx("disconnect", "fastx_session", id="nightly", state="disconnected", wait_timeout=0),
    _fastx("terminate", "fastx_session", id="nightly", state="terminated", wait_timeout=0),
    _fastx("share", "fastx_share", session="nightly", key="a-new-key-for-it", perms=["viewer"]),
    _fastx("share otherwise", "fastx_share", session="nightly", key=KEY, perms=["granter"]),
    _fastx("share no more", "fastx_share", session="nightly", key=KEY, state="absent"),
    _fastx("share with nobody", "fastx_share", session="nightly", state="reset"),
    _fastx(
        "exec", "fastx_session_exec", looked_at=False, body={"id": "nightly", "command": "xclock"}
    ),
    _fastx("schedule", "fastx_session_schedule", looked_at=False, body={"command": "xclock"}),
    _fastx("mail a share", "fastx_share_email", looked_at=False, body={"id": "nightly"}),
)
LOOKED_AT = [action for action in ACTIONS if action.looked_at]
# What a look may come to: its own failure, an answer that makes no sense, none at all, and one that
# is refused.
LOOKS = {
    "fails": {"kind": "status", "status": 500},
    "makes no sense": {"kind": "wrong_shape"},
    "is HTML": {"kind": "html"},
    "breaks off": {"kind": "reset_before"},
    "is refused": {"kind": "refuse", "reason": "You may not look"},
}
# What may become of a write whose answer is lost, or makes no sense: with or without its effect.
LOST = {
    "before": ({"kind": "reset_before"}, False),
    "after": ({"kind": "reset_after"}, True),
    "in the middle": ({"kind": "truncated"}, True),
    "of a proxy": ({"kind": "status", "status": 502}, False),
}
each_action = pytest.mark.parametrize("action", ACTIONS, ids=named)
each_looked_at = pytest.mark.parametrize("action", LOOKED_AT, ids=named)


def exchanged(action, servers) -> tuple[str, list[tuple[str, int]]]:
    """Return the query that does the action, and those that look at it afterwards, each with how
    often it is asked before.
    """
    simulated = action.start(servers)
    assert not run(simulated, action)[0].failed
    entries = simulated.asked()
    first = next(
        number for number, entry in enumerate(entries) if entry.writes and not _is_a_login(entry)
    )
    looks = {
        entry.query for entry in entries[first + 1 :] if not entry.writes and not _is_a_login(entry)
    }
    looks |= {"GetSessionDetailsBySessionID"} if action.believed else set()
    return entries[first].query, [
        (query, sum(entry.query == query for entry in entries[:first])) for query in sorted(looks)
    ]


def _is_a_login(entry) -> bool:
    return re.search(r"login|logout|oauth2|server/about|about$", entry.query) is not None


def run(simulated, action):
    """Run the action on a server that may lie; returns the outcome and whether the server has
    changed.
    """
    simulated.lies, held = True, simulated.server.dump()
    outcome = simulated.run(action.module, **action.options)
    return outcome, None if action.traceless else _without_time(
        simulated.server.dump()
    ) != _without_time(held)


def _without_time(dump) -> dict:
    return {name: value for name, value in dump.items() if name != "now_ms"}


def sent(simulated, query) -> int:
    """Return how often the action was asked for."""
    return len([entry for entry in simulated.asked(query) if entry.writes])


@each_action
def test_what_is_refused_is_told_and_nothing_was_changed(servers, action):
    query, _looks = exchanged(action, servers)
    simulated = action.start(servers)
    simulated.inject(query, "refuse", reason="The auditor forbids it", times=None)
    outcome, differs = run(simulated, action)
    assert outcome.failed and "The auditor forbids it" in outcome["msg"] and not differs
    assert sent(simulated, query) == 1
    if action.server != "screenconnect":  # which refuses as it fails, with HTTP 500
        assert outcome["changed"] is False


@each_action
@pytest.mark.parametrize("lost", LOST)
def test_what_is_lost_is_looked_up_or_told_as_unknown(servers, action, lost):
    query, _looks = exchanged(action, servers)
    simulated, (fault, effect) = action.start(servers), LOST[lost]
    simulated.inject(query, **fault)
    outcome, differs = run(simulated, action)
    assert sent(simulated, query) == 1
    assert outcome["changed"] is True and differs in (effect, None)
    if action.looked_at and effect:
        assert not outcome.failed, outcome["msg"]
    # Their answers are empty, so nothing can be missing in the middle of one.
    elif not (action.traceless and lost == "in the middle"):
        assert outcome.failed and "unknown" in outcome["msg"]


@each_action
def test_what_may_be_sent_twice_is_sent_again_where_nothing_shows_it_and_nothing_else_is(
    servers, action
):
    query, _looks = exchanged(action, servers)
    simulated = action.start(servers)
    simulated.options["retries"] = 1
    simulated.inject(query, "reset_before")
    outcome, differs = run(simulated, action)
    again = action.looked_at and action.repeated
    assert (
        sent(simulated, query) == (2 if again else 1)
        and outcome.failed is not again
        and differs in (again, None)
    )


@each_looked_at
def test_what_the_server_only_says_it_did_is_told(servers, action):
    query, _looks = exchanged(action, servers)
    simulated = action.start(servers)
    simulated.inject(query, "ignored")
    outcome, differs = run(simulated, action)
    assert not differs and sent(simulated, query) == 1
    assert action.believed or outcome.failed and "said yes, but" in outcome["msg"]


@each_looked_at
@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("lost", [False, True], ids=["answered", "lost"])
def test_what_was_done_and_cannot_be_looked_at_may_have_been_done(servers, action, look, lost):
    query, looks = exchanged(action, servers)
    simulated = action.start(servers)
    if lost:
        simulated.inject(query, "reset_after")
    for looked_at, before in looks:
        simulated.inject(looked_at, **LOOKS[look], times=None, after=before)
    outcome, differs = run(simulated, action)
    assert differs and sent(simulated, query) == 1
    assert outcome["changed"] is True
    if not action.believed or lost:
        assert outcome.failed
        # An object without events is a session without events.
        if action.server != "screenconnect" or look != "makes no sense":
            assert "unknown" in outcome["msg"] and "read back" in outcome["msg"]


def test_every_module_of_an_action_is_in_the_table():
    listed = {action.module for action in ACTIONS}
    assert {
        module
        for module in LEAST
        if re.search(
            r"(check_out|check_in|rotation|association|reactivation|provision|approval|job)$",
            module,
        )
    } <= listed

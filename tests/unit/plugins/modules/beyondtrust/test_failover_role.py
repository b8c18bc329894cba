"""The module failover_role against a pair of appliances: what it refuses, in which order it asks,
and when it is done.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import re
import time
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from ansible_collections.remoteops.access.plugins.module_utils._beyondtrust import markup
from tests.module_runner import run_module
from tests.simulator.beyondtrust import Pair, Switches
from tests.simulator.beyondtrust.pair import RunningPair
from tests.simulator.faults import Fault
from tests.unit.appliances import CLIENT_ID, CLIENT_SECRET, small_appliance
from tests.unit.plugins.modules.test_switches import all_pairs

SPEED = 100  # seconds of the pair's clock in a real one
REQUEST = "command set_failover_role"


@dataclass
class Failover:
    """A pair that runs, and the module's options to reach it."""

    pair: Pair
    running: RunningPair
    options: dict
    told: list | None = None  # what a refusal said of both appliances

    def run(self, on: str, role: str, check: bool = False, **options):
        """Run the module on the appliance a or b, the other being its peer; an option given as ...
        is left out.
        """
        own, peer = (
            (self.running.url, self.running.peer_url)
            if on == "a"
            else (self.running.peer_url, self.running.url)
        )
        given = {**self.options, "url": own, "peer": {"url": peer}, "role": role, **options}
        before = self.asked()
        outcome = run_module(
            "failover_role",
            {name: value for name, value in given.items() if value is not ...},
            check,
        )
        assert CLIENT_SECRET not in outcome.output and "Traceback" not in outcome.output
        if check:
            assert self.asked() == before
        return outcome

    def expect(self, on: str, role: str, check: bool = False, **options):
        """Run the module, which must succeed."""
        outcome = self.run(on, role, check, **options)
        assert not outcome.failed, outcome["msg"]
        return outcome

    def refuse(self, on: str, role: str, **options) -> str:
        """Run the module, which must refuse without a command having been sent, and return the
        reason.
        """
        for check in (True, False):
            before = self.asked()
            outcome = self.run(on, role, check, **options)
            assert outcome.failed and not outcome["changed"]
            assert self.asked() == before
        self.told = outcome.get("appliances")
        return outcome["msg"]

    def asked(self) -> list[tuple[str, dict]]:
        """Return which appliance was given the command, with its parameters."""
        entries = [
            (entry.at, name, entry)
            for name, each in self.pair.appliances.items()
            for entry in each.journal.entries
            if entry.query == REQUEST
        ]
        return [
            (name, dict(entry.body or {}))
            for _at, name, entry in sorted(entries, key=lambda each: each[0])
        ]

    def roles(self) -> list[str]:
        """Return the roles of both."""
        self.pair.settle()
        return [each.site["health"]["failover_role"] for each in (self.pair.a, self.pair.b)]


@pytest.fixture
def failover(tmp_path):
    """Return a function that starts a pair, of which a is the primary; keywords are switches of the
    simulator.
    """
    with ExitStack() as running:

        def start(
            site: dict | None = None, peer_site: dict | None = None, product: str = "rs", **switches
        ) -> Failover:
            given = {
                "requests_per_second": 100_000,
                "role_change_seconds": 20.0,
                "data_sync_seconds": 40.0,
                **switches,
            }
            pair = Pair(
                {**small_appliance(product), **(site or {})},
                Switches(**given),
                product,
                peer_site=peer_site,
                clock_speed=SPEED,
            )
            place = running.enter_context(pair.serve())
            return Failover(
                pair,
                place,
                {
                    "client_id": CLIENT_ID,
                    "client_secret": CLIENT_SECRET,
                    "ca_path": place.ca_path,
                    "product": product,
                    "shared_directory": str(tmp_path / "shared"),
                    "requests_per_second": 900,
                    "retries": 0,
                    "poll": 0.05,
                    "wait_timeout": 20,
                    "promote_after": 0.3,
                },
            )

        yield start


def events(outcome) -> list[str]:
    """Return the events of a timeline, without the addresses."""
    return [each["event"].partition("_https")[0] for each in outcome["timeline"]]


def warned(outcome) -> list[str]:
    """Return the warnings, which newer versions of ansible-core wrap."""
    return [each if isinstance(each, str) else each["event"]["msg"] for each in outcome["warnings"]]


@pytest.mark.parametrize("swap", ["both", "addressed"])
@pytest.mark.parametrize("on, role", [("b", "primary"), ("a", "backup")])
def test_a_swap_demotes_the_primary_first_and_ends_when_the_new_one_is_healthy(
    failover, swap, on, role
):
    pair = failover(swap=swap)
    foretold = pair.expect(on, role, check=True)
    outcome = pair.expect(on, role)
    assert pair.roles() == ["backup", "primary"] and len(pair.pair.primaries) == 1
    asked = pair.asked()
    assert asked[0][0] == "a" and asked[0][1]["role"] == "backup"
    assert all((name, parameters["role"]) == ("b", "primary") for name, parameters in asked[1:])
    assert (foretold["changed"], foretold["diff"], foretold["changes"]) == (
        outcome["changed"],
        outcome["diff"],
        outcome["changes"],
    )
    assert (
        outcome["changed"]
        and events(outcome)[0] == "requested"
        and events(outcome)[-1] == "healthy"
    )
    assert {each["failover_role"] for each in outcome["appliances"]} == {"primary", "backup"}
    seconds = [each["seconds"] for each in outcome["timeline"]]
    assert seconds == sorted(seconds)


@pytest.mark.parametrize("on, role", [("a", "primary"), ("b", "backup")])
def test_an_appliance_that_has_its_role_is_left_alone(failover, on, role):
    pair = failover()
    outcome = pair.expect(on, role, data_sync_first=True)
    assert not outcome["changed"] and pair.asked() == [] and outcome["timeline"] == []
    assert outcome["sync_age_seconds"] > 3000


def test_the_second_run_changes_nothing(failover):
    pair = failover()
    assert pair.expect("b", "primary")["changed"]
    asked = pair.asked()
    assert not pair.expect("b", "primary")["changed"] and pair.asked() == asked


def test_a_data_sync_first_takes_along_what_the_primary_holds(failover):
    pair = failover(during_data_sync="mixed", during_restart="mixed", restart_seconds=30.0)
    pair.pair.a.site["config"]["jump-group"]["9"] = {
        "id": 9,
        "name": "New since the last sync",
        "code_name": "",
        "comments": None,
    }
    outcome = pair.expect("b", "primary", data_sync_first=True)
    assert pair.roles() == ["backup", "primary"]
    assert "New since the last sync" in str(pair.pair.b.site["config"]["jump-group"])
    assert "sync_started" in events(outcome)


@pytest.mark.parametrize("during", ["health_only", "unavailable", "reset", "available"])
def test_the_outage_of_a_data_sync_is_waited_out(failover, during):
    pair = failover(during_data_sync=during)
    outcome = pair.expect("b", "primary", data_sync_first=True)
    assert pair.roles() == ["backup", "primary"] and len(pair.asked()) == 1
    assert ("unavailable" in events(outcome)) is (during in ("unavailable", "reset"))


@pytest.mark.parametrize(
    "running, success",
    [
        ("", "Success"),
        ("", "Completed without errors"),
        ("Data sync at 40 %", "OK: 0 errors"),
        ("Success", "Success"),
    ],
)
def test_a_data_sync_is_followed_whatever_the_appliance_calls_its_states(
    failover, running, success
):
    pair = failover(sync_running_status=running, sync_success_status=success)
    assert pair.expect("b", "primary", data_sync_first=True)["changed"]
    assert pair.roles() == ["backup", "primary"] and len(pair.asked()) == 1


@pytest.mark.parametrize("on, role", [("a", "backup"), ("b", "primary")])
@pytest.mark.parametrize("accounts_synced", [True, False])
def test_a_data_sync_may_copy_the_accounts_or_leave_them_alone(failover, accounts_synced, on, role):
    pair = failover(accounts_synced=accounts_synced)
    pair.pair.b.site["accounts"][CLIENT_ID]["client_secret"] = other = "another s3cret of the peer"
    own, peers = (CLIENT_SECRET, other) if on == "a" else (other, CLIENT_SECRET)
    given = {
        "client_secret": own,
        "peer": {
            "url": pair.running.peer_url if on == "a" else pair.running.url,
            "client_secret": peers,
        },
    }
    outcome = pair.expect(on, role, data_sync_first=True, **given)
    assert (
        pair.roles() == ["backup", "primary"]
        and len(pair.asked()) == 1
        and other not in outcome.output
    )
    assert pair.pair.b.site["accounts"][CLIENT_ID]["client_secret"] == (
        CLIENT_SECRET if accounts_synced else other
    )
    # As a drill's failback.
    back = pair.expect(
        on, "primary" if role == "backup" else "backup", data_sync_first=True, **given
    )
    assert pair.roles() == ["primary", "backup"]
    assert [
        "takes the account of its peer" in str(each["warnings"]) for each in (outcome, back)
    ] == [accounts_synced] * 2


def test_an_account_is_not_tried_elsewhere_where_no_data_sync_was_asked_for(failover):
    pair = failover()
    pair.pair.b.site["accounts"][CLIENT_ID]["client_secret"] = "another s3cret of the peer"
    assert "not accepted" in pair.refuse(
        "a", "backup", peer={"url": pair.running.peer_url, "client_secret": "a wr0ng one"}
    )
    assert pair.pair.b.access.usage(CLIENT_ID).tokens_minted == 0


@pytest.mark.parametrize("words", ["Failed", "ERROR", "Sync aborted"])
def test_a_data_sync_that_fails_ends_the_waiting_and_says_why(failover, words):
    pair = failover(sync_failure_status=words)
    pair.pair.a.site["health"]["sync_failure"] = "The disk of the peer is full"
    for _time in range(2):  # the second time with the words that stand there already
        outcome = pair.run("b", "primary", data_sync_first=True)
        assert outcome.failed and not outcome["changed"] and "data sync failed" in outcome["msg"]
        assert pair.roles() == ["primary", "backup"]
        assert "requested" in events(outcome) and outcome["pending"] is False


@pytest.mark.parametrize("during", ["unavailable", "reset", "mixed", "available"])
def test_the_outage_of_the_switch_is_waited_out(failover, during):
    pair = failover(during_restart=during, restart_seconds=60.0)
    outcome = pair.expect("b", "primary")
    assert pair.roles() == ["backup", "primary"]
    assert ("unavailable" in events(outcome)) is (during != "available")


def test_a_lost_answer_is_looked_up_and_not_asked_for_again(failover):
    pair = failover()
    pair.pair.a.inject(Fault(REQUEST, "reset_after"))
    outcome = pair.expect("b", "primary")
    assert pair.roles() == ["backup", "primary"] and len(pair.asked()) == 1
    assert outcome["answer"].startswith("No answer")


def test_a_refusal_of_the_appliance_is_told_in_its_own_words(failover):
    pair = failover()
    pair.pair.a.inject(Fault(REQUEST, "refuse", reason="Not while a session is recorded"))
    outcome = pair.run("b", "primary")
    assert (
        outcome.failed
        and not outcome["changed"]
        and "Not while a session is recorded" in outcome["msg"]
    )
    assert outcome["pending"] is False


def test_what_takes_too_long_fails_and_says_where_things_stand(failover):
    pair = failover(role_change_seconds=100_000.0)
    outcome = pair.run("b", "primary", wait_timeout=1)
    assert (
        outcome.failed
        and "is not complete after 1 s" in outcome["msg"]
        and "is primary" in outcome["msg"]
    )
    assert outcome["pending"] is True and "may still take place" in outcome["msg"]


def test_a_promotion_that_is_refused_while_the_swap_goes_on_by_itself_does_not_end_the_waiting(
    failover,
):
    pair = failover(both_backup_seconds=300.0)
    pair.pair.b.inject(
        Fault(REQUEST, "refuse", times=None, reason="A role change is already in progress")
    )
    outcome = pair.expect("b", "primary")
    assert pair.roles() == ["backup", "primary"] and outcome["changed"]
    assert ("b", "primary") in [
        (name, parameters["role"]) for name, parameters in pair.asked()
    ] and "promoted" not in events(outcome)


@pytest.mark.parametrize("on, role", [("b", "primary"), ("a", "backup")])
@pytest.mark.parametrize(
    "seconds, roles, pending",
    [(100_000.0, ["primary", "backup"], True), (0.0, ["backup", "primary"], False)],
)
def test_without_waiting_the_roles_are_those_after_the_command_and_it_is_told_whether_they_still_change(
    failover, seconds, roles, pending, on, role
):
    pair = failover(role_change_seconds=seconds)
    outcome = pair.expect(on, role, wait=False)
    assert outcome["changed"] and events(outcome) == ["requested"] and outcome["pending"] is pending
    told = {each["url"]: each["failover_role"] for each in outcome["appliances"]}
    assert [told[pair.running.url], told[pair.running.peer_url]] == roles == pair.roles()


def test_after_waiting_nothing_is_pending(failover):
    assert failover().expect("b", "primary")["pending"] is False


@pytest.mark.parametrize(
    "words, shown", [("Disk is full", "Disk is full"), (None, "A problem was found")]
)
def test_the_end_of_the_waiting_tells_what_a_new_primary_that_is_sick_says(failover, words, shown):
    pair = failover()
    # It is sick from the third look on: those before are the first one and one while the change is
    # under way.
    pair.pair.b.inject(
        Fault(
            "command check_health",
            "status",
            times=None,
            after=2,
            status=200,
            content_type="text/xml",
            body=(
                f"<health_check><appliance id='{pair.pair.b.site['health']['guid']}'>b</appliance><success>0</success><error_message>{shown}</error_message>"
                f"<failover_role>primary</failover_role></health_check>"
            ),
        )
    )
    pair.pair.b.inject(Fault("GET /check_health", "status", times=None, status=500))
    outcome = pair.run("b", "primary", wait_timeout=2)
    assert (
        outcome.failed
        and outcome["changed"]
        and outcome["pending"] is False
        and pair.roles() == ["backup", "primary"]
    )
    assert (
        f"{pair.running.peer_url} is primary and not healthy ({shown})." in outcome["msg"]
        and "does not call" in outcome["msg"]
    )
    assert "may still take place" not in outcome["msg"]


def test_the_end_of_the_waiting_tells_a_new_primary_whose_page_alone_is_sick(failover):
    pair = failover()
    pair.pair.b.inject(Fault("GET /check_health", "status", times=None, status=500))
    outcome = pair.run("b", "primary", wait_timeout=2)
    assert f"{pair.running.peer_url} is primary and healthy." in outcome["msg"]
    assert (
        f"Its page /check_health does not call {pair.running.peer_url} healthy (HTTP 500)."
        in outcome["msg"]
    )


# --- on any kind of pair ----------------------------------------------------------------------------------------------------

KINDS = {
    "swap": ("both", "addressed"),
    "during_data_sync": ("health_only", "unavailable", "reset", "mixed", "available"),
    "during_restart": ("unavailable", "reset", "mixed", "available"),
    "restart_seconds": (0.0, 30.0),
    "both_backup_seconds": (0.0, 60.0),
    "accounts_synced": (True, False),
    "sync_running_status": ("In progress", ""),
    "sync_success_status": ("Success", "Completed without errors"),
    "connection": ("close", "keep_alive"),
    "command_error": ("root", "nested"),
    "command_error_status": (200, 400),
    "token_counts": (True, False),
}


@pytest.mark.wide
@pytest.mark.parametrize("data_sync_first", [True, False])
@pytest.mark.parametrize(
    "switches", all_pairs(KINDS), ids=lambda switches: "-".join(map(str, switches.values()))
)
def test_a_pair_of_any_kind_is_switched_there_and_back(failover, switches, data_sync_first):
    pair = failover(**switches)
    pair.pair.b.site["accounts"][CLIENT_ID]["client_secret"] = other = "another s3cret of the peer"
    given = {
        "client_secret": other,
        "peer": {"url": pair.running.url, "client_secret": CLIENT_SECRET},
        "data_sync_first": data_sync_first,
    }
    for role, roles in (("primary", ["backup", "primary"]), ("backup", ["primary", "backup"])):
        assert (
            pair.expect("b", role, check=True, **given)["changed"]
            and pair.expect("b", role, **given)["changed"]
        )
        assert pair.roles() == roles and len(pair.pair.primaries) == 1
        asked = pair.asked()
        assert not pair.expect("b", role, **given)["changed"] and pair.asked() == asked
    for each in (pair.pair.a, pair.pair.b):
        assert each.journal.violations == []


# --- what is refused ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("on", ["a", "b"])
@pytest.mark.parametrize(
    "roles, reason",
    [
        (("none", "none"), "failover is not configured"),
        (("primary", "primary"), "Both appliances say that they are primary"),
        (("backup", "backup"), "Both appliances say that they are backup"),
    ],
)
def test_a_pair_that_is_none_is_refused(failover, on, roles, reason):
    pair = failover()
    pair.pair.a.site["health"]["failover_role"], pair.pair.b.site["health"]["failover_role"] = roles
    for role in ("primary", "backup"):
        assert reason in pair.refuse(on, role, allow_unreachable_peer=True)


def test_one_appliance_under_two_addresses_is_refused(failover):
    pair = failover()
    pair.pair.b.site["health"]["guid"] = pair.pair.a.site["health"]["guid"]
    assert "are the same appliance" in pair.refuse("b", "primary")
    assert "peer is the same address as url" in pair.refuse(
        "b", "primary", peer={"url": pair.running.peer_url + "/"}
    )


def test_an_unhealthy_appliance_never_becomes_primary(failover):
    pair = failover()
    pair.pair.b.site["health"].update(success=False, error_message="The disk is full")
    assert "The disk is full" in pair.refuse("b", "primary", allow_unreachable_peer=True)
    assert "it must not become primary" in pair.refuse("a", "backup", force=True)


def says(words):
    """Return what makes an appliance call itself sick, with or without words."""
    return lambda appliance: appliance.site["health"].update(success=False, error_message=words)


def fails(kind, **arguments):
    """Return what makes an appliance unable to tell its health."""
    return lambda appliance: appliance.inject(
        Fault("command check_health", kind, times=None, **arguments)
    )


SICK = {
    "disk full": (says("Disk is full"), "Disk is full"),
    "no words": (says(None), "A problem was found"),
    "hostile words": (says("full\n\u202e" + "x" * 9000), "(full \\u202exxx"),
    "500": (fails("status", status=500), "it does not tell its health"),
    "502 with a page": (
        fails(
            "status",
            status=502,
            body="<html><title>Bad gateway</title></html>",
            content_type="text/html",
        ),
        "HTTP 502",
    ),
    "a login page": (fails("html"), "it does not tell its health"),
    "refused": (fails("refuse", reason="The database is locked"), "The database is locked"),
    "broken XML": (fails("malformed"), "it does not tell its health"),
}


@pytest.mark.parametrize("sick, words", SICK.values(), ids=SICK)
def test_a_healthy_appliance_takes_over_from_a_sick_primary_that_answers_with_a_word_on_the_data_at_risk(
    failover, sick, words
):
    pair = failover()
    sick(pair.pair.a)
    foretold = pair.expect("b", "primary", check=True)
    outcome = pair.expect("b", "primary")
    assert (
        pair.roles() == ["backup", "primary"]
        and len(pair.pair.primaries) == 1
        and pair.asked()[0][0] == "a"
    )
    for told in (foretold, outcome):
        assert (
            told["changed"]
            and words in warned(told)[0]
            and "takes over from it without a data sync" in warned(told)[0]
        )
        assert (
            f"({told['sync_age_seconds']:.0f} s ago)" in warned(told)[0]
            and 3600 <= told["sync_age_seconds"] < 20_000
        )
        assert "\u202e" not in told.output and len(warned(told)[0]) < 800
    assert [(each["failover_role"], each["healthy"]) for each in outcome["appliances"]] == [
        ("primary", True),
        ("backup", False),
    ]


@pytest.mark.parametrize("role, on", [("primary", "a"), ("backup", "b")])
@pytest.mark.parametrize(
    "sick, words", [SICK[name] for name in ("disk full", "500")], ids=["disk full", "500"]
)
def test_a_fail_back_from_a_new_primary_that_is_sick_needs_no_option(
    failover, sick, words, role, on
):
    pair = failover()
    pair.expect("b", "primary")
    sick(pair.pair.b)
    outcome = pair.expect(on, role)
    assert (
        pair.roles() == ["primary", "backup"]
        and words in str(outcome["warnings"])
        and events(outcome)[-1] == "healthy"
    )
    asked = pair.asked()
    assert not pair.expect(on, role)["changed"] and pair.asked() == asked


def test_an_appliance_that_is_slow_is_taken_for_what_it_says_and_not_for_dead(failover):
    pair = failover()
    pair.pair.a.latency = 1.0
    outcome = pair.expect("b", "primary", timeout=5)
    assert pair.roles() == ["backup", "primary"] and outcome["warnings"] == []


@pytest.mark.wide
def test_an_appliance_that_is_slower_than_a_look_is_patient_is_asked_once_more(failover):
    pair = failover()
    pair.pair.a.inject(Fault("command check_health", "slow", times=None, seconds=11.0))
    assert pair.expect("b", "primary", check=True)["appliances"][1]["reachable"]


def test_where_both_are_sick_nobody_takes_over_and_it_is_said_what_each_is(failover):
    pair = failover()
    for each, words in ((pair.pair.a, "Disk is full"), (pair.pair.b, "The database is locked")):
        says(words)(each)
    for on, role in (("b", "primary"), ("a", "backup")):
        told = pair.refuse(on, role, allow_unreachable_peer=True)
        assert (
            f"{pair.running.peer_url} is not healthy (The database is locked), so that it must not become primary."
            in told
        )
        assert (
            f"{pair.running.url} is primary and not healthy (Disk is full)." in told
            and "No option overrules that" in told
        )


def test_a_primary_that_tells_neither_health_nor_role_is_told_from_one_that_is_dead(failover):
    pair = failover()
    for query in ("command check_health", "command get_appliances"):
        pair.pair.a.inject(Fault(query, "status", times=None, status=500))
    told = pair.refuse("b", "primary")
    assert (
        f"{pair.running.url} answers, and does not tell its role" in told
        and "set allow_unreachable_peer: it may be primary" in told
    )
    assert "cannot be reached" not in told


def test_of_privileged_remote_access_that_does_not_list_its_appliances_no_role_is_known_without_its_health(
    failover,
):
    pair = failover(product="pra", pra_commands="guide")
    pair.pair.a.inject(Fault("command check_health", "status", times=None, status=500))
    assert "does not tell its role" in pair.refuse("b", "primary")


def test_a_sick_primary_that_cannot_make_a_data_sync_keeps_its_role_and_it_is_said_what_going_without_one_costs(
    failover,
):
    pair = failover()
    says("Disk is full")(pair.pair.a)
    pair.pair.a.site["health"]["sync_failure"] = "No space"
    outcome = pair.run("b", "primary", data_sync_first=True)
    assert (
        outcome.failed
        and not outcome["changed"]
        and not outcome["pending"]
        and pair.roles() == ["primary", "backup"]
    )
    assert (
        "if it can still make one" in warned(outcome)[0]
        and "The data sync failed" in outcome["msg"]
    )
    assert re.search(
        r"Without data_sync_first the roles change, and what was changed since the last data sync is lost: that was \d+ s ago",
        outcome["msg"],
    )
    assert pair.expect("b", "primary")["changed"] and pair.roles() == ["backup", "primary"]


def test_a_sick_primary_that_can_make_a_data_sync_makes_it(failover):
    pair = failover()
    says("The licence ends")(pair.pair.a)
    assert pair.expect("b", "primary", data_sync_first=True)["changed"] and pair.roles() == [
        "backup",
        "primary",
    ]


def test_a_sick_primary_that_refuses_to_become_backup_is_passed_over_only_where_that_was_said(
    failover,
):
    pair = failover()
    says("Disk is full")(pair.pair.a)
    pair.pair.a.inject(Fault(REQUEST, "refuse", times=None, reason="No space left"))
    outcome = pair.run("b", "primary")
    assert (
        outcome.failed
        and not outcome["changed"]
        and outcome["pending"] is False
        and [name for name, _parameters in pair.asked()] == ["a"]
    )
    for words in (
        "No space left",
        "With allow_unreachable_peer",
        "there may be two",
        "is primary and not healthy (Disk is full)",
    ):
        assert words in outcome["msg"], outcome["msg"]
    outcome = pair.expect("b", "primary", allow_unreachable_peer=True)
    assert pair.roles() == ["backup", "primary"] and [
        name for name, _parameters in pair.asked()
    ] == ["a", "a", "b"]
    assert "refuses to become backup" in warned(outcome)[-1] and events(outcome)[:2] == [
        "requested",
        "refused",
    ]


def test_a_sick_appliance_whose_peer_is_not_given_does_not_become_primary(failover):
    pair = failover()
    says("Disk is full")(pair.pair.b)
    assert "must not become primary. No option" in pair.refuse(
        "b", "primary", peer=..., allow_unreachable_peer=True
    )


def test_a_healthy_primary_that_refuses_is_never_passed_over(failover):
    pair = failover()
    pair.pair.a.inject(
        Fault(REQUEST, "refuse", times=None, reason="Not while a session is recorded")
    )
    outcome = pair.run("b", "primary", allow_unreachable_peer=True)
    assert outcome.failed and [name for name, _parameters in pair.asked()] == ["a"]


def test_of_two_backups_one_becomes_primary_only_where_that_was_said(failover):
    pair = failover()
    pair.pair.a.site["health"]["failover_role"] = "backup"
    assert "with allow_no_primary" in pair.refuse("a", "primary", allow_unreachable_peer=True)
    assert "no meaning for role: backup" in pair.refuse("a", "backup", allow_no_primary=True)
    foretold = pair.expect("a", "primary", check=True, allow_no_primary=True)
    outcome = pair.expect("a", "primary", allow_no_primary=True)
    assert pair.roles() == ["primary", "backup"] and [
        (name, parameters["role"]) for name, parameters in pair.asked()
    ] == [("a", "primary")]
    assert foretold["changes"] == outcome["changes"] and [
        each["name"] for each in outcome["changes"]
    ] == [pair.running.url]


def test_two_backups_in_the_middle_of_a_swap_are_waited_for(failover):
    pair = failover(role_change_seconds=0.0, both_backup_seconds=60.0)
    pair.expect("b", "primary", wait=False)
    assert pair.roles() == ["backup", "backup"]
    outcome = pair.expect("b", "primary", allow_no_primary=True, promote_after=10)
    assert (
        not outcome["changed"] and pair.roles() == ["backup", "primary"] and len(pair.asked()) == 1
    )


def test_a_dead_appliance_that_is_asked_to_become_backup_is_left_behind_by_asking_the_other_one(
    failover,
):
    pair = failover()
    pair.pair.a.kill("refuse")
    told = pair.refuse("a", "backup", force=True)
    assert f"ask for role: primary at {pair.running.peer_url}, with allow_unreachable_peer" in told


@pytest.mark.parametrize("how", ["refuse", "reset"])
def test_a_dead_primary_is_replaced_only_where_that_was_said_with_a_word_on_its_return(
    failover, how
):
    pair = failover()
    pair.pair.a.kill(how)
    assert "set allow_unreachable_peer" in pair.refuse("b", "primary")
    assert "no data sync" in pair.refuse(
        "b", "primary", allow_unreachable_peer=True, data_sync_first=True
    )
    outcome = pair.expect("b", "primary", allow_unreachable_peer=True)
    assert pair.roles()[1] == "primary" and [name for name, _parameters in pair.asked()] == ["b"]
    assert "keep it off the network" in outcome.output


def test_an_appliance_that_never_takes_over_from_a_dead_one_is_quoted(failover):
    pair = failover(promotion_without_peer="refused")
    pair.pair.a.kill("refuse")
    outcome = pair.run("b", "primary", allow_unreachable_peer=True)
    assert (
        outcome.failed
        and not outcome["changed"]
        and outcome["pending"] is False
        and "The peer appliance could not be contacted" in outcome["msg"]
    )
    assert pair.roles()[1] == "backup" and [name for name, _parameters in pair.asked()] == ["b"]


def test_two_primaries_after_a_dead_one_returned_are_named_and_left_alone(failover):
    pair = failover()
    pair.pair.a.kill("refuse")
    pair.expect("b", "primary", allow_unreachable_peer=True)
    pair.pair.a.revive()
    assert pair.roles() == ["primary", "primary"]
    assert "Both appliances say that they are primary" in pair.refuse(
        "b", "primary", allow_unreachable_peer=True
    )


def test_a_primary_becomes_backup_without_its_peer_only_by_force(failover):
    pair = failover()
    pair.pair.b.kill("refuse")
    assert "set force" in pair.refuse("a", "backup")
    outcome = pair.expect("a", "backup", force=True)
    assert pair.roles()[0] == "backup" and pair.asked() == [
        (
            "a",
            {"action": "set_failover_role", "role": "backup", "data_sync_first": "0", "force": "1"},
        )
    ]
    assert "no appliance is primary" in outcome.output


def test_force_is_never_implied_and_means_nothing_for_a_primary(failover):
    pair = failover()
    assert "no meaning for role: primary" in pair.refuse("b", "primary", force=True)
    pair.expect("a", "backup")
    assert all("force" not in parameters for _name, parameters in pair.asked())


def test_data_that_is_too_old_is_not_put_at_risk(failover):
    pair = failover()
    assert "longer than the 60 s of max_sync_age" in pair.refuse("b", "primary", max_sync_age=60)
    assert pair.expect("b", "primary", max_sync_age=60, data_sync_first=True)["changed"]


def test_the_age_of_a_data_sync_is_measured_by_the_clock_of_the_appliance(failover):
    pair = failover()  # whose clock shows another month than that of this machine
    outcome = pair.expect("b", "primary", check=True)
    shown = datetime.fromtimestamp(pair.pair.clock.now_ms() / 1000, UTC)
    assert 3600 <= outcome["sync_age_seconds"] < 3600 + 60 * SPEED
    for each in outcome["appliances"]:
        assert (
            abs((shown - datetime.now(UTC)).total_seconds() - each["clock_ahead_seconds"])
            < 60 * SPEED
        )


def test_of_an_appliance_that_does_not_tell_the_time_it_is_measured_by_the_clock_of_this_machine(
    failover,
):
    now = round(time.time() * 1000)
    pair = failover({"now_ms": now})
    for each in (pair.pair.a, pair.pair.b):
        each.inject(Fault("command get_api_info", "status", times=None, status=500))
    outcome = pair.expect("b", "primary", check=True)
    assert 3600 <= outcome["sync_age_seconds"] < 4200 and {
        each["clock_ahead_seconds"] for each in outcome["appliances"]
    } == {None}


@pytest.mark.parametrize("which", ["a", "b"])
def test_a_data_sync_that_is_still_to_come_tells_of_clocks_that_differ_and_not_of_fresh_data(
    failover, which
):
    pair = failover()
    appliance = pair.pair.appliances[which]
    appliance.site["health"]["last_data_sync_ms"] = pair.pair.clock.now_ms() + 7_200_000
    told = pair.refuse("b", "primary", max_sync_age=86400)
    assert (
        "The last data sync was at an unknown time" in told
        and "by its own clock: clocks differ" in told
    )
    outcome = pair.expect("b", "primary")
    assert outcome["sync_age_seconds"] is None
    assert (
        f"{pair.running.url if which == 'a' else pair.running.peer_url} says that its last data sync was at"
        in warned(outcome)[0]
    )


def test_by_the_clock_of_this_machine_it_is_said_so(failover):
    pair = failover({"now_ms": round((time.time() + 7200) * 1000)})
    for each in (pair.pair.a, pair.pair.b):
        each.inject(Fault("command get_api_info", "status", times=None, status=500))
        each.site["health"]["last_data_sync_ms"] = pair.pair.clock.now_ms()
    assert all(
        "by the clock of this machine" in words
        for words in warned(pair.expect("b", "primary", check=True))
    )


def test_a_data_sync_of_this_moment_is_no_second_in_the_future(failover):
    pair = failover({"now_ms": round(time.time() * 1000)})
    pair.pair.sync()
    outcome = pair.expect("b", "primary", check=True, max_sync_age=3600)
    assert outcome["warnings"] == [] and outcome["sync_age_seconds"] is not None


def test_without_a_peer_nobody_becomes_primary_unless_that_was_said(failover):
    pair = failover()
    assert "peer must be given" in pair.refuse("b", "primary", peer=...)
    assert pair.expect("a", "backup", peer=...)["changed"]
    assert pair.roles() == ["backup", "primary"]


def test_an_appliance_that_cannot_be_reached_is_told_so(failover):
    pair = failover()
    pair.pair.b.kill("refuse")
    assert "cannot be reached" in pair.refuse("b", "primary")
    assert [(each["reachable"], each["failover_role"]) for each in pair.told] == [
        (False, None),
        (True, "primary"),
    ]


@pytest.mark.parametrize(
    "options, reason",
    [
        ({"poll": 0}, "poll"),
        ({"wait_timeout": 0}, "wait_timeout"),
        ({"max_sync_age": -1}, "max_sync_age"),
    ],
)
def test_a_time_that_makes_no_sense_is_refused(failover, options, reason):
    assert reason in failover().refuse("b", "primary", **options)


# --- on Privileged Remote Access ----------------------------------------------------------------------------------------


def test_pra_switches_where_it_knows_the_command(failover):
    pair = failover(product="pra", pra_commands="guide")
    assert pair.expect("b", "primary")["changed"] and pair.roles() == ["backup", "primary"]


def test_where_it_does_not_its_own_words_are_told(failover):
    pair = failover(product="pra")
    outcome = pair.run("b", "primary")
    assert outcome.failed and not outcome["changed"] and pair.roles() == ["primary", "backup"]
    assert "Invalid action. Not every version of Privileged" in outcome["msg"]


def test_a_library_that_is_missing_is_no_appliance_that_cannot_be_reached(failover, monkeypatch):
    monkeypatch.setattr(markup, "etree", None)
    setup = failover()
    assert setup.refuse("a", "backup").startswith(
        "The Python library lxml is missing on the machine that runs this"
    )

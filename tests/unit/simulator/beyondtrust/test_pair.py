"""The pair: roles, data syncs, forced changes, outages, death and return, the shared name, control
from outside, the command.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import asyncio
import json
import signal
import ssl
import threading
import time
from xml.etree import ElementTree

import httpx
import pytest

from tests.patience import LONGEST_MOMENT
from tests.simulator.beyondtrust import Pair, Switches
from tests.simulator.beyondtrust.company import company
from tests.simulator.faults import Fault
from tests.unit.simulator.test_serving import exports, start, wait_for

from .conftest import CLOSE, SITE, Api, local

JSON = {"Accept": "application/json"}
GROUPS = "/api/config/v1/jump-group"
SHORT = httpx.Timeout(5, read=0.3)
CLIENTS = [
    {"type": "representative", "id": 101, "hostname": "DESK-1"},
    {"type": "push_agent", "id": 301, "hostname": "jump-1"},
]


class Both:
    """Callers of both appliances of a pair."""

    def __init__(self, pair: Pair):
        self.pair = pair
        self.a, self.b = Api(pair.a), Api(pair.b)

    def roles(self) -> tuple[str, str]:
        """What both say of their roles."""
        return _told(self.a, "failover_role"), _told(self.b, "failover_role")

    def statuses(self) -> tuple[str, str]:
        """What both say of the last data sync."""
        return _told(self.a, "last_data_sync_status"), _told(self.b, "last_data_sync_status")

    def pages(self) -> list[int]:
        """The statuses of both health pages and of the shared name's; 0 for a connection that is
        reset.
        """
        return [page(application) for application in (self.pair.a, self.pair.b, self.pair.shared)]

    def lead(self, a: str, b: str) -> None:
        """Give roles that no command gives."""
        self.pair.a.site["health"]["failover_role"], self.pair.b.site["health"]["failover_role"] = (
            a,
            b,
        )


def _told(api: Api, name: str) -> str:
    return {local(child): child.text for child in api.command("check_health")}[name]


def page(application) -> int:
    try:
        return Api(application).raw("GET", "/check_health", headers=CLOSE).status_code
    except ConnectionResetError:
        return 0


def _answers(client: httpx.Client, url: str) -> bool:
    try:
        return bool(client.get(f"{url}/check_health"))
    except httpx.ConnectError:
        return False


def ask(api: Api, url: str = GROUPS) -> int:
    """The status of a request that a token is there for, 0 for a connection that is reset."""
    try:
        return api.request("GET", url, headers=JSON).status_code
    except ConnectionResetError:
        return 0


@pytest.fixture
def make_pair():
    """Makes pairs with the shared site; in the end no violation may be left that no test looked at."""
    made = []

    def make(site: dict | None = None, *, peer_site: dict | None = None, **switches) -> Both:
        switches = {"requests_per_second": 1_000_000, **switches}
        made.append(Pair({**SITE, **(site or {})}, Switches(**switches), peer_site=peer_site))
        return Both(made[-1])

    yield make
    for pair in made:
        assert pair.a.journal.violations == pair.b.journal.violations == []


@pytest.fixture
def both(make_pair) -> Both:
    """A pair with the default switches, but for the limits."""
    return make_pair()


# --- The relationship


def test_a_pair_is_a_primary_and_a_backup_of_it_with_names_and_guids_of_their_own(both):
    assert both.roles() == ("primary", "backup")
    first, second = both.pair.a.site, both.pair.b.site
    assert (first["hostname"], second["hostname"]) == (
        "support.example.org",
        "support-b.example.org",
    )
    assert first["health"]["guid"] != second["health"]["guid"]
    assert first["config"] == second["config"] and first["config"] is not second["config"]
    assert (
        first["health"]["enabled_shared_ips"]
        == second["health"]["enabled_shared_ips"]
        == ["192.0.2.10"]
    )
    assert both.statuses() == ("Success", "Success")
    assert both.pair.clock.now_ms() - first["health"]["last_data_sync_ms"] == 3_600_000


def test_each_appliance_shows_the_other_until_it_cannot_contact_it(both):
    own, peer = both.b.command("get_appliances")
    assert (own.get("id"), peer.get("id")) == (
        both.pair.b.site["health"]["guid"],
        both.pair.a.site["health"]["guid"],
    )
    assert {local(child): child.text for child in peer}["failover_role"] == "primary"
    both.pair.a.kill()
    assert len(both.b.command("get_appliances")) == 1


def test_a_seed_may_say_what_is_wrong_with_a_pair(make_pair):
    guid = "0c" * 16
    both = make_pair(
        {"health": {"guid": guid}},
        peer_site={
            "hostname": "b.example.org",
            "health": {"guid": guid, "failover_role": "primary"},
        },
    )
    assert both.roles() == ("primary", "primary")
    assert {api.command("check_health")[0].get("id") for api in (both.a, both.b)} == {guid}
    assert make_pair({"health": {"failover_role": "none"}}).roles() == ("none", "none")
    assert make_pair({"health": {"failover_role": "backup"}}).roles() == ("backup", "primary")


def test_a_dump_of_a_pair_is_a_seed_for_one(both):
    both.pair.clock.advance(60)
    both.a.done("set_failover_role", role="backup", data_sync_first="1")
    dumped = both.pair.dump()
    again = Pair()
    again.load(json.loads(json.dumps(dumped)))
    assert again.dump() == dumped
    again.clock.advance(60)
    assert again.primaries == [again.b]


# --- A change of role


@pytest.mark.parametrize(("addressed", "role"), [("a", "backup"), ("b", "primary")])
def test_the_roles_swap_whichever_appliance_is_asked(both, addressed, role):
    assert (
        getattr(both, addressed).done("set_failover_role", role=role) == "Successfully changed role"
    )
    assert both.roles() == ("backup", "primary")


def test_the_roles_swap_one_after_the_other_so_that_both_are_backup_for_a_moment(make_pair):
    both = make_pair(role_change_seconds=2, both_backup_seconds=3)
    both.b.done("set_failover_role", role="primary")
    seen = []
    for _second in range(6):
        seen.append(both.roles())
        both.pair.clock.advance(1)
    swapping = ("backup", "backup")
    assert seen == [("primary", "backup")] * 2 + [swapping] * 3 + [("backup", "primary")]


def test_where_only_the_appliance_that_is_asked_changes_its_role_both_must_be_asked(make_pair):
    both = make_pair(swap="addressed")
    both.a.done("set_failover_role", role="backup")
    assert both.roles() == ("backup", "backup")
    both.b.done("set_failover_role", role="primary")
    assert both.roles() == ("backup", "primary")


def test_a_role_that_an_appliance_has_already_changes_nothing(make_pair):
    both = make_pair(role_change_seconds=5)
    both.a.done("set_failover_role", role="primary")
    both.b.done("set_failover_role", role="backup")
    both.pair.clock.advance(60)
    assert both.roles() == ("primary", "backup")


def test_while_a_change_is_under_way_neither_appliance_begins_another(make_pair):
    both = make_pair(role_change_seconds=5)
    both.a.done("set_failover_role", role="backup")
    assert "already in progress" in both.a.failed("set_failover_role", role="backup")
    assert "already in progress" in both.b.failed("set_failover_role", role="primary")


def test_of_two_primaries_one_can_be_made_backup_and_of_two_backups_one_primary(both):
    both.lead("primary", "primary")
    both.a.done("set_failover_role", role="backup")
    assert both.roles() == ("backup", "primary")
    both.lead("backup", "backup")
    both.a.done("set_failover_role", role="primary")
    assert both.roles() == ("primary", "backup")


@pytest.mark.parametrize("role", ["primary", "backup"])
def test_two_appliances_with_the_same_role_have_nothing_to_sync_from(both, role):
    both.lead(role, role)
    other = {"primary": "backup", "backup": "primary"}[role]
    assert (
        both.a.failed("set_failover_role", role=other, data_sync_first="1")
        == f"Both appliances are {role}"
    )
    assert both.roles() == (role, role)


def test_without_failover_there_is_no_change(make_pair):
    both = make_pair({"health": {"failover_role": "none"}})
    assert "not configured" in both.a.failed("set_failover_role", role="primary")
    assert "last_data_sync_time" not in {local(child) for child in both.a.command("check_health")}
    assert len(both.a.command("get_appliances")) == 1


def test_a_change_that_is_ignored_leaves_both_appliances_as_they_were(both):
    both.pair.b.inject(Fault("command set_failover_role", "ignored"))
    both.b.done("set_failover_role", role="primary")
    assert both.roles() == ("primary", "backup")


# --- Data syncs


def names(api: Api) -> set[str]:
    return {group["name"] for group in api.request("GET", GROUPS, headers=JSON).json()}


def test_what_the_primary_learnt_since_the_last_data_sync_is_on_the_backup_after_the_next(both):
    assert both.a.request("POST", GROUPS, headers=JSON, json={"name": "Depot"}).status_code == 201
    assert "Depot" not in names(both.b)
    both.b.done("set_failover_role", role="primary", data_sync_first="1")
    assert both.statuses() == ("In progress", "In progress")
    both.pair.clock.advance(60)
    assert both.roles() == ("backup", "primary")
    assert both.statuses() == ("Success", "Success")
    assert "Depot" in names(both.b)
    assert {member.site["health"]["last_data_sync_ms"] for member in both.pair.a.members} == {
        both.pair.clock.now_ms()
    }


def test_what_was_not_synced_before_a_change_is_lost_with_the_next_data_sync(both):
    both.a.request("POST", GROUPS, headers=JSON, json={"name": "Depot"})
    both.b.done("set_failover_role", role="primary")
    assert ("Depot" in names(both.a), "Depot" in names(both.b)) == (True, False)
    both.pair.sync()
    assert "Depot" not in names(both.a)


@pytest.mark.parametrize("synced", [True, False])
def test_whether_a_data_sync_copies_accounts_is_a_switch(make_pair, synced):
    both = make_pair(accounts_synced=synced)
    (client_id,) = both.pair.a.site["accounts"]
    both.pair.a.site["accounts"][client_id]["client_secret"] = "another"
    both.pair.sync()
    assert both.b.ask_for_token().status_code == (401 if synced else 200)


def test_a_data_sync_needs_a_primary_and_a_backup(both):
    both.lead("primary", "primary")
    with pytest.raises(ValueError, match="not primary alone"):
        both.pair.sync()


@pytest.mark.parametrize("broken", ["a", "b"])
def test_a_data_sync_may_fail_and_leaves_the_roles_as_they_were(both, broken):
    before = both.pair.a.site["health"]["last_data_sync_ms"]
    both.pair.appliances[broken].site["health"]["sync_failure"] = "The disk is full"
    both.b.done("set_failover_role", role="primary", data_sync_first="1")
    both.pair.clock.advance(60)
    assert both.roles() == ("primary", "backup")
    assert both.statuses() == ("Failed: The disk is full", "Failed: The disk is full")
    assert both.pair.a.site["health"]["last_data_sync_ms"] == before
    both.pair.appliances[broken].site["health"]["sync_failure"] = None
    both.b.done("set_failover_role", role="primary", data_sync_first="1")
    both.pair.clock.advance(60)
    assert both.roles() == ("backup", "primary")


def test_the_words_about_data_syncs_are_switches(make_pair):
    both = make_pair(sync_success_status="OK", sync_failure_status="ERROR", sync_running_status="")
    both.pair.a.site["health"]["sync_failure"] = "17"
    both.a.done("set_failover_role", role="backup", data_sync_first="1")
    assert both.statuses() == ("OK", "OK")
    both.pair.clock.advance(60)
    assert both.statuses() == ("ERROR: 17", "ERROR: 17")


def test_a_data_sync_disconnects_users_and_clients_go_to_the_new_primary(make_pair):
    both = make_pair({"clients": CLIENTS})
    both.a.done("set_failover_role", role="backup", data_sync_first="1")
    assert [client["id"] for client in both.pair.a.site["clients"]] == [301]
    both.pair.clock.advance(60)
    both.pair.settle()
    assert (
        [client["id"] for client in both.pair.b.site["clients"]],
        both.pair.a.site["clients"],
    ) == ([301], [])


# --- Outages


def test_during_a_data_sync_only_the_health_checks_and_what_they_need_work(make_pair):
    both = make_pair(role_change_seconds=5)
    both.a.token(), both.b.token()
    both.b.done("set_failover_role", role="primary", data_sync_first="1")
    for _phase in range(2):  # the data sync, then the rest of the change
        assert both.pages() == [500, 200, 500]
        assert both.roles() == ("primary", "backup")
        for api in (both.a, both.b):
            assert ask(api) == 503
            assert "data sync is in progress" in api.failed("get_connected_client_list")
            assert (
                "data sync is in progress"
                in api.request("GET", "/api/reporting?generate_report=EndpointLicenseUsage").text
            )
            assert api.request("GET", "/api/backup").status_code == 503
            api.command("get_api_info")
        both.pair.clock.advance(61)
    both.pair.clock.advance(5)
    assert both.pages() == [200, 200, 200]
    assert ask(both.a) == ask(both.b) == 200


@pytest.mark.parametrize(
    ("how", "pages", "calls"),
    [
        ("unavailable", [500, 500], [503, 503, 503]),
        ("reset", [0, 0], [0, 0, 0]),
        ("mixed", [500, 0], [502, 503, 0]),
        ("available", [200, 200], [200] * 3),
    ],
)
def test_how_little_works_during_a_data_sync_and_a_restart_is_a_switch(
    make_pair, how, pages, calls
):
    both = make_pair(during_data_sync=how, during_restart=how, restart_seconds=5)
    ask(both.a)
    for change in ({"role": "backup", "data_sync_first": "1"}, {"role": "primary"}):
        both.pair.clock.advance(70)
        both.pair.a.outages = 0
        both.a.done("set_failover_role", **change)
        assert [page(both.pair.a) for _turn in pages] == pages
        assert [ask(both.a) for _turn in calls] == calls


def test_an_appliance_restarts_when_its_role_has_changed(make_pair):
    both = make_pair(restart_seconds=5, both_backup_seconds=10)
    both.b.done("set_failover_role", role="primary")
    assert both.pages() == [500, 200, 0]
    both.pair.clock.advance(5)
    assert both.pages() == [200, 200, 0]
    both.pair.clock.advance(5)
    assert both.pages() == [200, 500, 500]
    both.pair.clock.advance(5)
    assert both.pages() == [200, 200, 200]


def test_what_arrives_during_an_outage_stands_in_the_journal(make_pair):
    both = make_pair(restart_seconds=5)
    both.b.token()
    both.b.done("set_failover_role", role="primary")
    both.pair.b.journal.clear()
    assert (
        both.b.request("GET", "/api/command?action=set_failover_role&role=backup").status_code
        == 503
    )
    (entry,) = both.pair.b.journal.writes
    assert (entry.query, entry.status) == ("command set_failover_role", 503)


@pytest.mark.parametrize("flapping", ["request", 2, 0.5])
def test_health_may_flap_with_every_request_or_by_the_clock(both, flapping):
    both.pair.a.site["health"]["flapping"] = flapping
    seen = []
    for _turn in range(6):
        seen.append(page(both.pair.a))
        if flapping != "request":
            both.pair.clock.advance(flapping)
    assert seen in ([200, 500] * 3, [500, 200] * 3)
    both.pair.a.site["health"]["flapping"] = None
    assert [page(both.pair.a) for _turn in range(3)] == [200] * 3


def test_health_that_flaps_by_the_clock_does_so_in_the_command_too(both):
    both.pair.a.site["health"]["flapping"] = 2
    seen = []
    for _turn in range(2):
        seen.append((_told(both.a, "success"), page(both.pair.a)))
        both.pair.clock.advance(2)
    assert sorted(seen) == [("0", 500), ("1", 200)]


def test_a_fault_slows_the_health_of_one_appliance(both, monkeypatch):
    slept, sleep = [], asyncio.sleep

    def noting(delay, *more):
        slept.append(delay)
        return sleep(delay, *more)

    both.a.token()
    both.pair.a.inject(Fault("*check_health", "slow", times=None, seconds=0.05))
    monkeypatch.setattr(asyncio, "sleep", noting)
    for api, waits in ((both.a, 2), (both.b, 0)):
        slept.clear()
        api.command("check_health"), page(api.appliance)
        assert slept.count(0.05) == waits


# --- Without the peer


def test_with_the_primary_dead_the_backup_becomes_primary_and_the_old_one_returns_as_it_was(both):
    both.pair.a.kill()
    assert both.pages() == [0, 200, 0]
    assert "could not be contacted" in both.b.failed(
        "set_failover_role", role="primary", data_sync_first="1"
    )
    both.b.done("set_failover_role", role="primary")
    assert both.pages() == [0, 200, 200]
    both.pair.a.revive()
    assert both.roles() == ("primary", "primary")
    both.a.done("set_failover_role", role="backup")
    assert both.roles() == ("backup", "primary")


def test_with_the_backup_dead_only_force_makes_the_primary_backup(both):
    both.pair.b.kill()
    assert "could not be contacted" in both.a.failed("set_failover_role", role="backup")
    assert "could not be contacted" in both.a.failed(
        "set_failover_role", role="backup", force="1", data_sync_first="1"
    )
    both.a.done("set_failover_role", role="backup", force="1")
    both.pair.b.revive()
    assert both.roles() == ("backup", "backup")


def test_force_with_a_peer_that_can_be_contacted_is_an_ordinary_change(both):
    both.a.done("set_failover_role", role="backup", force="1")
    assert both.roles() == ("backup", "primary")


def test_appliances_that_live_may_not_reach_each_other(both):
    both.pair.b.site["health"]["peer_reachable"] = False
    assert "could not be contacted" in both.a.failed("set_failover_role", role="backup")
    assert len(both.a.command("get_appliances")) == 1
    both.b.done("set_failover_role", role="primary")
    assert both.roles() == ("primary", "primary")


@pytest.mark.parametrize("dead", ["a", "b"])
def test_an_appliance_that_dies_during_a_data_sync_ends_it_even_if_it_is_back_soon(both, dead):
    both.b.done("set_failover_role", role="primary", data_sync_first="1")
    both.pair.clock.advance(20)
    both.pair.appliances[dead].kill(seconds=10)
    both.pair.clock.advance(40)
    assert both.roles() == ("primary", "backup")
    assert set(both.statuses()) == {"Failed: The connection to the peer appliance was lost"}


@pytest.mark.parametrize(
    ("dead", "event", "roles"),
    [
        ("a", "requested", ("primary", "backup")),
        ("b", "requested", ("primary", "backup")),
        ("a", "demoted", ("backup", "primary")),
        ("b", "demoted", ("backup", "backup")),
        ("a", "promoted", ("backup", "primary")),
        ("b", "promoted", ("backup", "primary")),
    ],
)
def test_an_appliance_may_die_in_the_middle_of_a_change(make_pair, dead, event, roles):
    both = make_pair(role_change_seconds=2, both_backup_seconds=2)
    both.pair.appliances[dead].kill(at=event, after=1, seconds=20)
    both.b.done("set_failover_role", role="primary")
    both.pair.clock.advance(6)
    assert [page(member) for member in both.pair.a.members] == (
        [0, 200] if dead == "a" else [200, 0]
    )
    both.pair.clock.advance(20)
    assert both.roles() == roles


def test_an_appliance_may_die_when_the_data_sync_is_done(make_pair):
    both = make_pair(role_change_seconds=2)
    both.pair.a.kill(at="synced")
    both.b.done("set_failover_role", role="primary", data_sync_first="1")
    both.pair.clock.advance(70)
    assert both.pages() == [0, 200, 0]
    both.pair.a.revive()
    assert (both.roles(), both.statuses()) == (("primary", "backup"), ("Success", "Success"))


def test_a_death_is_of_a_kind_and_at_an_event_that_there_are(both):
    for wrong in ({"how": "slowly"}, {"at": "noon"}, {"at": "demoted", "how": "slowly"}):
        with pytest.raises(ValueError, match="an appliance dies"):
            both.pair.a.kill(**wrong)
    assert both.pages() == [200, 200, 200]


def test_a_dead_appliance_does_nothing_and_notes_nothing(both):
    both.a.token()
    both.pair.a.journal.clear()
    both.pair.a.kill("reset")
    with pytest.raises(ConnectionResetError):
        both.a.done("set_failover_role", role="backup")
    both.pair.a.revive()
    assert (both.roles(), both.pair.a.journal.writes) == (("primary", "backup"), [])


# --- The shared name


def test_the_shared_name_leads_to_the_primary_with_what_that_one_knows(both):
    shared = Api(both.pair.shared)
    token = shared.token()
    assert _told(shared, "failover_role") == "primary"
    assert shared.request("POST", GROUPS, headers=JSON, json={"name": "Depot"}).status_code == 201
    both.b.done("set_failover_role", role="primary")
    # A token is known where it was made.
    assert shared.request("GET", GROUPS, headers=JSON, token=token).status_code == 401
    again = Api(both.pair.shared)
    assert again.command("check_health")[0].text == "support-b.example.org"
    assert "Depot" not in names(again)


def test_with_two_primaries_the_shared_name_leads_to_either(both):
    both.lead("primary", "primary")
    assert [page(both.pair.shared) for _turn in range(4)] == [200] * 4
    assert [len(member.journal.entries) for member in both.pair.a.members] == [2, 2]
    both.pair.a.kill()
    assert [page(both.pair.shared) for _turn in range(2)] == [200] * 2


@pytest.mark.parametrize(("how", "seen"), [("reset", 0), ("unavailable", 500)])
def test_without_a_primary_the_shared_name_leads_nowhere(make_pair, how, seen):
    both = make_pair(without_primary=how)
    both.lead("backup", "backup")
    assert page(both.pair.shared) == seen


# --- Served


@pytest.fixture
def served():
    """A pair that is served, with a clock that runs, and a client that trusts it."""
    switches = Switches(
        requests_per_second=1_000_000,
        data_sync_seconds=0.3,
        role_change_seconds=0.1,
        both_backup_seconds=0.1,
    )
    pair = Pair(SITE, switches, clock_speed=1)
    with (
        pair.serve() as running,
        httpx.Client(
            verify=ssl.create_default_context(cafile=running.ca_path), headers=CLOSE, timeout=5
        ) as client,
    ):
        yield pair, running, client


def until(condition, seconds: float = LONGEST_MOMENT) -> None:
    ends = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < ends, "it did not happen in time"
        time.sleep(0.02)


def test_a_change_runs_its_course_in_real_time(served):
    pair, running, client = served
    pair.clock.speed = 0
    token = client.post(
        f"{running.peer_url}/oauth2/token",
        auth=Api(pair.b).credentials,
        data={"grant_type": "client_credentials"},
    ).json()["access_token"]
    answer = client.get(
        f"{running.peer_url}/api/command?action=set_failover_role&role=primary&data_sync_first=1",
        headers={"Authorization": f"Bearer {token}"},
    )
    assert ElementTree.fromstring(answer.content).text.startswith("Successfully started data sync")
    assert client.get(f"{running.url}/check_health").status_code == 500
    pair.clock.speed = 1
    until(lambda: pair.primaries == [pair.b])
    assert [
        client.get(f"{url}/check_health").status_code
        for url in (running.url, running.peer_url, running.shared_url)
    ] == [200] * 3


def test_a_dead_appliance_refuses_connections_and_accepts_them_again_at_the_same_port(served):
    pair, running, client = served
    for _turn in range(2):
        pair.a.kill()
        for _attempt in range(2):
            with pytest.raises(httpx.ConnectError):
                client.get(f"{running.url}/check_health")
        assert client.get(f"{running.peer_url}/check_health").status_code == 200
        with pytest.raises(httpx.TransportError):
            client.get(f"{running.shared_url}/check_health")
        pair.a.revive()
        assert client.get(f"{running.url}/check_health").status_code == 200


def test_an_appliance_returns_by_itself_though_nobody_asks_it(served):
    pair, running, client = served
    pair.clock.speed = 0
    pair.b.kill(seconds=20)
    with pytest.raises(httpx.ConnectError):
        client.get(f"{running.peer_url}/check_health")

    def is_back():
        try:
            return client.get(f"{running.peer_url}/check_health").status_code == 200
        except httpx.ConnectError:
            return False

    pair.clock.advance(20)
    until(is_back)


def test_a_dead_appliance_may_accept_connections_and_reset_or_hang_them(served):
    pair, running, client = served
    pair.a.kill("reset")
    with pytest.raises((httpx.ReadError, httpx.RemoteProtocolError)):
        client.get(f"{running.url}/check_health")
    pair.a.kill("hang")
    for url in (running.url, running.shared_url):
        with pytest.raises(httpx.ReadTimeout):
            client.get(f"{url}/check_health", timeout=SHORT)
    pair.a.revive()
    pair.switches.without_primary = "hang"
    pair.a.site["health"]["failover_role"] = "backup"
    with pytest.raises(httpx.ReadTimeout):
        client.get(f"{running.shared_url}/check_health", timeout=SHORT)


@pytest.mark.parametrize("how", ["refuse", "reset"])
def test_an_answer_that_is_under_way_is_lost_with_the_appliance(served, how):
    pair, running, client = served
    pair.a.latency = 1.5
    failed = []

    def request():
        try:
            client.get(f"{running.url}/check_health")
        except httpx.TransportError as error:
            failed.append(error)

    asking = threading.Thread(target=request)
    asking.start()
    until(lambda: pair.a.journal.entries)
    pair.a.kill(how)
    asking.join()
    assert (len(failed), pair.a.journal.entries[0].status) == (1, None)


def test_another_process_controls_the_pair_through_the_shared_name(served):
    pair, running, client = served

    def control(method, path, **parts):
        answer = client.request(method, f"{running.shared_url}/_simulator/{path}", **parts)
        assert answer.status_code == 200, answer.text
        return answer.json()

    assert control("GET", "pair")["primaries"] == ["a"]
    assert control("POST", "a/kill", json={"how": "refuse"})["down"] == {
        "how": "refuse",
        "until_ms": None,
    }
    with pytest.raises(httpx.ConnectError):
        client.get(f"{running.url}/check_health")
    assert control("POST", "a/revive")["down"] is None
    until = time.monotonic() + LONGEST_MOMENT
    while not _answers(client, running.url):  # its port is opened anew
        assert time.monotonic() < until
    assert client.get(f"{running.url}/check_health").status_code == 200
    assert (
        control("POST", "b/kill", json={"at": "promoted", "how": "reset", "after": 2})["dies"]["at"]
        == "promoted"
    )
    assert control("POST", "b/revive")["dies"] is None
    control("PATCH", "a/health", json={"sync_failure": "broken", "flapping": "request"})
    assert [client.get(f"{running.url}/check_health").status_code for _turn in range(2)] in (
        [200, 500],
        [500, 200],
    )
    assert pair.a.site["health"]["sync_failure"] == "broken"
    assert (
        control("PATCH", "b/switches", json={"restart_seconds": 7})["restart_seconds"]
        == pair.switches.restart_seconds
        == 7
    )
    assert [entry["query"] for entry in control("GET", "a/journal")["entries"]] == [
        "GET /check_health"
    ] * 4
    pair.a.site["company_name"] = "changed"
    control("POST", "sync")
    assert pair.b.site["company_name"] == "changed"
    assert control("POST", "clock", json={"speed": 0})
    before = control("GET", "pair")
    assert control("POST", "clock", json={"advance": 60}) == {"now_ms": before["now_ms"] + 60_000}
    assert before["speed"] == 0
    for method, path, body in (
        ("PATCH", "a/health", {"failover_role": "main"}),
        ("PATCH", "a/health", {"mood": 1}),
        ("POST", "a/kill", {"how": "slowly"}),
        ("POST", "clock", {}),
        ("POST", "clock", {"speed": -1}),
    ):
        assert (
            client.request(method, f"{running.shared_url}/_simulator/{path}", json=body).status_code
            == 400
        )
    assert client.get(f"{running.shared_url}/_simulator/c/health").status_code == 404


def test_the_command_starts_a_pair_at_the_time_that_it_is(tmp_path):
    directory, dump = tmp_path / "ready", tmp_path / "dump.json"
    process = start(
        "--vendor",
        "beyondtrust_pair",
        "--company",
        "--directory",
        str(directory),
        "--dump",
        str(dump),
        "--switch",
        "data_sync_seconds=0.2",
    )
    try:
        wait_for(directory / "environment", process)
        given = exports((directory / "environment").read_text(encoding="utf-8"))
        assert given.keys() == {
            f"BEYONDTRUST_{name}"
            for name in (
                "URL",
                "CLIENT_ID",
                "CLIENT_SECRET",
                "PEER_URL",
                "PEER_CLIENT_ID",
                "PEER_CLIENT_SECRET",
                "SHARED_URL",
                "CA_PATH",
            )
        }
        with httpx.Client(
            verify=ssl.create_default_context(cafile=given["BEYONDTRUST_CA_PATH"]), headers=CLOSE
        ) as client:
            for prefix, hostname in (
                ("BEYONDTRUST", "support.harrow-finch.example"),
                ("BEYONDTRUST_PEER", "rs-b.harrow-finch.example"),
            ):
                credentials = given[f"{prefix}_CLIENT_ID"], given[f"{prefix}_CLIENT_SECRET"]
                url = given[f"{prefix}_URL"]
                token = client.post(
                    f"{url}/oauth2/token",
                    auth=credentials,
                    data={"grant_type": "client_credentials"},
                ).json()["access_token"]
                root = ElementTree.fromstring(
                    client.get(
                        f"{url}/api/command?action=check_health",
                        headers={"Authorization": f"Bearer {token}"},
                    ).content
                )
                assert root[0].text == hostname
                synced = next(
                    int(child.get("ts")) for child in root if local(child) == "last_data_sync_time"
                )
                assert abs(time.time() - 3600 - synced) < 60
            client.get(
                f"{given['BEYONDTRUST_PEER_URL']}/api/command?action=set_failover_role&role=primary&data_sync_first=1",
                headers={
                    "Authorization": f"Bearer {token}",
                },
            )
            until(
                lambda: (
                    client.get(f"{given['BEYONDTRUST_SHARED_URL']}/_simulator/pair").json()[
                        "primaries"
                    ]
                    == ["b"]
                )
            )
    finally:
        process.send_signal(signal.SIGTERM)
        _output, errors = process.communicate()
    assert (process.returncode, errors) == (0, "")
    dumped = json.loads(dump.read_text(encoding="utf-8"))
    assert (dumped["a"]["health"]["failover_role"], dumped["b"]["health"]["failover_role"]) == (
        "backup",
        "primary",
    )


def test_the_company_stands_at_a_time_of_choice():
    earlier, later = company("rs"), company("rs", now_ms=company("rs")["now_ms"] + 5_000)
    assert later["health"]["last_data_sync_ms"] - earlier["health"]["last_data_sync_ms"] == 5_000
    assert [
        client["connected_since_ms"] - 5_000
        for client in later["clients"]
        if "connected_since_ms" in client
    ] == [
        client["connected_since_ms"]
        for client in earlier["clients"]
        if "connected_since_ms" in client
    ]

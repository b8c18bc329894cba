"""Which hosts, groups and variables the inventory makes of a simulated FastX server, what it asks
for, and how it fails.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
import yaml

from ansible_collections.remoteops.access.plugins.inventory import fastx as plugin
from tests.unit.fastx_servers import PASSWORD, small_fastx
from tests.unit.plugins.inventory.inventories import (
    SAFE_NAME,
    command,
    everything,
    members,
    names,
    shown_secrets,
    variables,
)

ALL = ["CAD_nightly", "Terminal_s-2", "Terminal_s-3"]
LIST = "/v3/api/session/list"


def lists(simulated) -> list[dict]:
    return [entry.body for entry in simulated.asked(LIST)]


def test_every_session_of_the_user_is_a_host_after_one_login_and_one_request(fastx, inventory_of):
    simulated = fastx()
    assert names(inventory_of(simulated)) == ALL
    assert lists(simulated) == [{}] and len(simulated.asked()) == 5
    assert simulated.site["tokens"] == {}


def test_what_is_known_of_a_session_becomes_variables(fastx, inventory_of):
    known = variables(inventory_of(fastx()), "CAD_nightly")
    assert (
        known["fastx_id"],
        known["fastx_hostname"],
        known["fastx_server_id"],
        known["fastx_clients"],
    ) == ("nightly", "fx1.example.org", "fx1", 1)
    assert known["fastx_params"] == {"name": "CAD nightly", "project": "A1"}
    assert "fastx_last_disconnect" not in known and not any(
        "password" in name or "token" in name for name in known
    )


def test_the_machines_become_groups(fastx, inventory_of):
    assert members(inventory_of(fastx())) == {
        "fastx_fx1_example_org": ALL[:2],
        "fastx_fx2_example_org": ALL[2:],
    }
    assert members(inventory_of(fastx(), server_groups=False)) == {}


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"connected": True}, ALL[:1]),
        ({"connected": False}, ALL[1:]),
        ({"params": {"project": "A1"}}, ALL[:1]),
        ({"params": {"name": ["Terminal", "x"]}, "filter": {"serverId": "fx2"}}, ALL[2:]),
        ({"filter": {"windowMode": ["rootless"]}}, ALL[1:2]),
        ({"params": {"project": "B"}}, []),
        ({"host_name": ["id"]}, ["nightly", "s-2", "s-3"]),
        ({"host_name": []}, ["nightly", "s-2", "s-3"]),
    ],
)
def test_sessions_are_chosen_and_named_by_what_is_known_of_them(
    fastx, inventory_of, options, expected
):
    assert names(inventory_of(fastx(), **options)) == expected


def test_only_what_is_used_becomes_a_group(fastx, inventory_of):
    assert list(members(inventory_of(fastx(), filter={"serverId": "fx2"}))) == [
        "fastx_fx2_example_org"
    ]


def test_groups_and_variables_are_constructed(fastx, inventory_of):
    manager = inventory_of(
        fastx(),
        keyed_groups=[{"key": "fastx_window_mode", "prefix": "mode"}],
        compose={"ansible_host": "fastx_hostname"},
        groups={"idle": "fastx_clients == 0"},
        strict=True,
    )
    assert (
        members(manager)["mode_rootless"] == ["Terminal_s-2"]
        and members(manager)["idle"] == ALL[1:]
    )
    assert variables(manager, "Terminal_s-3")["ansible_host"] == "fx2.example.org"


@pytest.mark.parametrize(
    "name",
    [
        "localhost",
        "all",
        "-oProxyCommand=id",
        "../../etc/passwd",
        "a\nb",
        "{{ 7*7 }}",
        "x" * 5000,
        "fastx_fx1_example_org",
    ],
)
def test_a_name_that_means_something_else_is_changed_and_kept_as_data(fastx, inventory_of, name):
    site = small_fastx()
    site["sessions"][0]["params"]["name"] = name
    manager = inventory_of(fastx(site))
    (host,) = [host for host in manager.get_hosts() if host.vars["fastx_id"] == "nightly"]
    assert SAFE_NAME.fullmatch(host.name) and host.name not in (
        "localhost",
        "all",
        "fastx_fx1_example_org",
    )
    assert host.vars["fastx_params"]["name"] == name


def test_a_user_without_sessions_has_no_hosts(fastx, inventory_of):
    assert names(inventory_of(fastx(), username="root", password="the password of root")) == []


@pytest.mark.parametrize("generation", ["source", "later"])
def test_a_second_factor_can_be_answered(fastx, inventory_of, generation):
    answers = [{"prompt": "(?i)code", "answer": "918 273"}]
    simulated = fastx(generation=generation)
    assert names(
        inventory_of(simulated, username="otto", password="the password of Otto", answers=answers)
    ) == ["Editor"]


def test_what_is_of_an_odd_type_is_passed_on_or_left_out(fastx, inventory_of):
    simulated = fastx()
    simulated.inject(
        LIST,
        "status",
        status=200,
        body={
            "result": [
                {"id": "a", "hostname": ["x"], "clients": "3", "params": {"name": 5}},
                {"id": "b", "hostname": None, "clients": None},
                {"id": "c"},
            ]
        },
    )
    manager = inventory_of(simulated)
    assert names(manager) == ["a", "b", "c"] and members(manager) == {}
    assert variables(manager, "a")["fastx_hostname"] == ["x"]


# --- Asking -----------------------------------------------------------------------------------------------------------


def test_a_cache_saves_the_login_and_notices_other_options(fastx, inventory_of, cached, tmp_path):
    simulated = fastx()
    first = everything(inventory_of(simulated, **cached))
    simulated.journal.clear()
    assert everything(inventory_of(simulated, **cached)) == first and simulated.asked() == []
    assert names(inventory_of(simulated, connected=True, **cached)) == ALL[:1]
    assert len(lists(simulated)) == 1
    inventory_of(simulated, refresh=True, **cached)
    assert len(lists(simulated)) == 2
    kept = "".join(path.read_text() for path in (tmp_path / "cache").iterdir())
    assert not shown_secrets(kept, PASSWORD, *simulated.shared_tokens())


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"vars_prefix": "ansible_"}, "vars_prefix must"),
        ({"group_prefix": "a-b"}, "group_prefix must"),
        ({"filter": {"login": "a,b"}}, "comma"),
        ({"filter": {"login": []}}, "filter.login"),
        ({"params": {"a": 5}}, "params: a"),
        ({"host_name": ["colour"]}, "colour"),
        ({"colour": "red"}, "colour"),
        ({"password": ["x"]}, "password"),
        ({"password": ...}, "password"),
        ({"answers": [{"prompt": "x"}]}, "answers"),
        ({"answers": ["x"]}, "answers"),
        ({"login_method": "magic"}, "login_method"),
    ],
)
def test_what_makes_no_sense_is_refused_without_a_request(fastx, refusal, options, words):
    simulated = fastx()
    assert words in refusal(simulated, **options)
    assert simulated.asked() == []


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "html"},
        {"kind": "status", "status": 500},
        {"kind": "status", "status": 200, "body": '{"result": [1]}'},
        {"kind": "reset_before"},
        {"kind": "status", "status": 200, "body": '{"result": [{"id": "a"}, {"id": "a"}]}'},
    ],
)
def test_a_server_that_fails_leaves_nothing_behind(fastx, refusal, fault):
    simulated = fastx()
    simulated.inject(LIST, times=None, **fault)
    assert refusal(simulated)
    assert simulated.site["tokens"] == {}


def test_a_password_that_is_wrong_is_told_and_not_shown(fastx, refusal):
    message = refusal(fastx(), password="wr0ng-password")
    assert "The login of 'mira' was refused" in message and "wr0ng-password" not in message


def test_no_secret_is_said_however_talkative_ansible_is(fastx, written, tmp_path):
    simulated = fastx()
    done, said = command(written(simulated), tmp_path)
    assert done.returncode == 0 and "CAD_nightly" in done.stdout
    assert not shown_secrets(said, PASSWORD, *simulated.shared_tokens())


def test_the_examples_are_valid():
    for example in yaml.safe_load_all(plugin.EXAMPLES):
        assert example["plugin"] == "remoteops.access.fastx"

"""What the inventory asks a simulated BeyondTrust appliance for, what it keeps of the answers, and
which answers it refuses.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import re

import pytest

from tests.controller import parse_inventory
from tests.simulator.beyondtrust.company import READER_ID, READER_SECRET, company
from tests.unit.appliances import CLIENT_ID, CLIENT_SECRET, small_appliance
from tests.unit.plugins.inventory.appliance_seeds import (
    LISTS,
    PLANT,
    item_lists,
    queries,
    site_of,
    with_clients,
)
from tests.unit.plugins.inventory.inventories import (
    everything,
    members,
    names,
    shown_secrets,
    variables,
)

FEWER_LISTS = ["remote-rdp", "remote-vnc", "shell-jump"]


# --- filters -----------------------------------------------------------------------------------------------------------


FILTERS = [
    ({"kinds": ["shell_jump", "remote_vnc"]}, ["kiosk", "sw-1_shell_jump_1", "sw-1_shell_jump_2"]),
    ({"kinds": ["jump_client"]}, ["till-1", "till-2"]),
    ({"jump_groups": ["Servers"]}, ["files", "sw-1_shell_jump_2", "till-2"]),
    ({"jump_groups": ["plant_leeds"]}, ["kiosk", "sw-1_shell_jump_1", "till-1"]),
    (
        {"jump_groups": ["plant_leeds", "Servers"], "kinds": ["remote_rdp", "remote_vnc"]},
        ["files", "kiosk"],
    ),
    ({"jumpoints": ["jp_london"]}, ["files"]),
    ({"jumpoints": ["Leeds"], "jump_groups": ["Servers"]}, ["sw-1_shell_jump_2"]),
    ({"tags": ["switch", "shop"]}, ["sw-1_shell_jump_1", "till-1"]),
    ({"tags": [""]}, ["files", "kiosk", "sw-1_shell_jump_2", "till-2"]),
    ({"tags": ["SWITCH"]}, []),
    ({"names": ["sw-*", "k?osk"]}, ["kiosk", "sw-1_shell_jump_1", "sw-1_shell_jump_2"]),
    ({"names": ["files"]}, ["files"]),
    ({"names": ["FILES"]}, []),
    ({"names": []}, []),
    ({"jump_groups": []}, []),
    (
        {"personal_lists": True, "jump_groups": ["Servers"]},
        ["files", "sw-1_shell_jump_2", "till-2"],
    ),
    ({"personal_lists": True, "names": ["sw-2"]}, ["sw-2"]),
]


@pytest.mark.parametrize("options, expected", FILTERS)
def test_a_filter_takes_the_items_that_fit_and_no_other(
    beyondtrust, inventory_of, options, expected
):
    assert names(inventory_of(beyondtrust(), **options)) == expected


@pytest.mark.parametrize("options, expected", FILTERS)
def test_a_filter_takes_the_same_items_when_the_appliance_is_asked_for_them_only(
    beyondtrust, inventory_of, options, expected
):
    simulated = beyondtrust()
    assert len(names(inventory_of(simulated, stable_names=False, **options))) == len(expected)


@pytest.mark.parametrize(
    "options, asked",
    [
        (
            {"jump_groups": ["Servers"]},
            {
                name: [{"jump_group_id": "2", "jump_group_type": "shared"}]
                for name in ("jump-client", *FEWER_LISTS)
            },
        ),
        (
            {"jumpoints": ["Leeds"]},
            {name: [{"jumpoint_id": "1", "jump_group_type": "shared"}] for name in FEWER_LISTS},
        ),
        (
            {"kinds": ["shell_jump"], "tags": ["switch"], "names": ["sw-1"]},
            {"shell-jump": [{"tag": "switch", "name": "sw-1", "jump_group_type": "shared"}]},
        ),
        (
            {"kinds": ["shell_jump"], "names": ["sw-1", "sw-2", "sw-3"], "personal_lists": True},
            {"shell-jump": [{"name": f"sw-{each}"} for each in (1, 2, 3)]},
        ),
        (
            {"kinds": ["shell_jump"], "names": ["sw-*"]},
            {"shell-jump": [{"jump_group_type": "shared"}]},
        ),
        ({"kinds": ["shell_jump"], "names": list("abcd"), "tags": ["switch", "b"]}, None),
        (
            {
                "kinds": ["shell_jump"],
                "names": ["sw-1", "b"],
                "tags": ["switch", "b"],
                "jump_groups": ["plant_leeds"],
            },
            {"shell-jump": [{"jump_group_id": "1", "jump_group_type": "shared"}]},
        ),
        (
            {"kinds": ["jump_client"], "tags": ["shop"], "personal_lists": True},
            {"jump-client": [{"tag": "shop"}, {"tag": "shop", "jump_group_type": "personal"}]},
        ),
    ],
)
def test_the_appliance_s_own_filters_save_requests_where_names_may_depend_on_them(
    beyondtrust, inventory_of, options, asked
):
    simulated = beyondtrust()
    inventory_of(simulated, stable_names=False, **options)
    asked = asked or {
        "shell-jump": [
            {"tag": "switch", "jump_group_type": "shared"},
            {"tag": "b", "jump_group_type": "shared"},
        ]
    }
    assert {name: sorted(filters, key=str) for name, filters in item_lists(simulated).items()} == {
        name: sorted(filters, key=str) for name, filters in asked.items()
    }


def test_what_the_appliance_s_own_filters_let_through_is_compared_again(beyondtrust, inventory_of):
    simulated = beyondtrust()
    given = {"hostname": "10.0.0.1", "protocol": "ssh", "tag": "switch", **PLANT}
    different = [
        {},
        {"tag": "SWITCH"},
        {"name": "SW"},
        {"jump_group_id": 2},
        {"jumpoint_id": 2},
        {"jump_group_type": "personal"},
    ]
    body = [
        {"id": number, "name": "sw", **given, **each} for number, each in enumerate(different, 1)
    ]
    simulated.inject(f"{LISTS}shell-jump", "status", status=200, body=body)
    options = {
        "kinds": ["shell_jump"],
        "tags": ["switch"],
        "names": ["sw"],
        "jump_groups": ["plant_leeds"],
        "jumpoints": ["Leeds"],
    }
    manager = inventory_of(simulated, stable_names=False, **options)
    assert [host.vars["beyondtrust_id"] for host in manager.get_hosts()] == [1]
    assert item_lists(simulated) == {
        "shell-jump": [
            {
                "jump_group_id": "1",
                "jumpoint_id": "1",
                "tag": "switch",
                "name": "sw",
                "jump_group_type": "shared",
            }
        ],
    }


def test_a_filter_that_nothing_fits_is_told_from_an_appliance_that_has_failed(
    beyondtrust, inventory_of, refusal
):
    simulated = beyondtrust()
    assert (
        names(inventory_of(simulated, stable_names=False, kinds=["shell_jump"], tags=["none"]))
        == []
    )
    assert item_lists(simulated) == {
        "shell-jump": [{"tag": "none", "jump_group_type": "shared"}, {"jump_group_type": "shared"}]
    }
    simulated.inject(f"{LISTS}shell-jump", "empty_list", times=None)
    assert "neither a jump item nor a jump client" in refusal(
        simulated, stable_names=False, kinds=["shell_jump"], tags=["none"]
    )


def test_a_filter_leaves_out_groups_without_hosts(beyondtrust, inventory_of):
    assert set(members(inventory_of(beyondtrust(), tags=["switch"]))) == {"beyondtrust_plant_leeds"}


@pytest.mark.parametrize("option, kind", [("jump_groups", "jump_group"), ("jumpoints", "jumpoint")])
@pytest.mark.parametrize("stable", [True, False])
def test_what_is_not_there_is_refused_before_any_item_is_asked_for(
    beyondtrust, refusal, option, kind, stable
):
    simulated = beyondtrust()
    assert f"There is no {kind} named 'Londn'" in refusal(
        simulated, stable_names=stable, **{option: ["Londn"]}
    )
    assert item_lists(simulated) == {}


@pytest.mark.parametrize(
    "options, words",
    [
        ({"kinds": ["web_jump"]}, "Remote Support has no web_jump; Privileged Remote Access has."),
        ({"kinds": ["local_jump"]}, "local_jump"),
        ({"host_name": ["address"]}, "address"),
        ({"group_by": ["user"]}, "user"),
        ({"client_address": ["mac"]}, "mac"),
        ({"rdp_connection": "rdp"}, "rdp"),
        ({"connected_clients": ["all"]}, "all"),
        ({"colour": "red"}, "no option colour"),
        ({"timeout": "soon"}, "timeout"),
        ({"client_secret": [CLIENT_SECRET]}, "client_secret must be a text"),
        ({"client_secret": " "}, "must not be empty"),
        ({"url": "support.example.org"}, "url must look like"),
        ({"url": ...}, "url"),
        ({"names": "{{ undefined_variable }}"}, "undefined_variable"),
        ({"requests_per_second": 0}, "requests_per_second"),
    ],
)
def test_an_option_that_makes_no_sense_is_refused_before_anything_is_asked(
    beyondtrust, refusal, options, words
):
    simulated = beyondtrust()
    assert words in refusal(simulated, **options)
    assert queries(simulated) == []


# --- products and versions -------------------------------------------------------------------------------------------------


def test_the_kinds_that_a_version_does_not_have_are_left_out(beyondtrust, inventory_of):
    site = small_appliance("pra")
    for name in ("psql-tunnel-jump", "mysql-tunnel-jump", "network-tunnel-jump"):
        del site["config"][f"jump-item/{name}"]
    simulated = beyondtrust("pra", site, version="24.3.1")
    assert {"console", "stock", "files"} < set(names(inventory_of(simulated)))
    assert len(simulated.asked(f"{LISTS}psql-tunnel-jump")) == 1


def test_a_kind_that_is_asked_for_by_name_must_be_there(beyondtrust, refusal):
    site = small_appliance("pra")
    for name in ("psql-tunnel-jump", "mysql-tunnel-jump", "network-tunnel-jump"):
        del site["config"][f"jump-item/{name}"]
    message = refusal(
        beyondtrust("pra", site, version="24.3.1"), kinds=["shell_jump", "psql_tunnel_jump"]
    )
    assert (
        "GET /jump-item/psql-tunnel-jump (HTTP 404)" in message
        and "this version does not know it" in message
    )


def test_the_product_may_be_told(beyondtrust, inventory_of):
    simulated = beyondtrust("pra")
    inventory_of(simulated, product="pra")
    assert simulated.asked("GET /get_mech_list") == []


# --- cache ---------------------------------------------------------------------------------------------------------------


def test_a_second_run_asks_nothing_and_finds_the_same(beyondtrust, inventory_of, cached):
    simulated = beyondtrust(site=with_clients())
    options = {
        **cached,
        "connected_clients": ["push_agent"],
        "keyed_groups": [{"key": "beyondtrust_kind"}],
        "personal_lists": True,
    }
    first, asked = everything(inventory_of(simulated, **options)), len(simulated.asked())
    assert everything(inventory_of(simulated, **options)) == first
    assert len(simulated.asked()) == asked


@pytest.mark.parametrize(
    "change",
    [
        {"host_name": ["name"]},
        {"group_by": ["kind"]},
        {"jump_groups": ["plant_leeds"]},
        {"tags": ["switch"]},
        {"names": ["sw*"]},
        {"jumpoints": ["London"]},
        {"vars_prefix": "bt_"},
        {"rdp_connection": "psrp"},
        {"client_address": ["hostname"]},
        {"connection_variables": False},
    ],
)
def test_a_change_of_what_is_made_of_the_answer_is_made_from_the_same_cache(
    beyondtrust, inventory_of, cached, change
):
    simulated = beyondtrust()
    inventory_of(simulated, **cached)
    asked = len(simulated.asked())
    changed = everything(inventory_of(simulated, **cached, **change))
    assert len(simulated.asked()) == asked
    assert changed == everything(inventory_of(simulated, **change))


@pytest.mark.parametrize(
    "change",
    [
        {"kinds": ["shell_jump"]},
        {"personal_lists": True},
        {"connected_clients": ["push_agent"]},
        {"stable_names": False, "tags": ["switch"]},
        {"host_name": ["id"], "jump_groups": ["Servers"]},
    ],
)
def test_a_change_of_what_is_asked_for_is_noticed(beyondtrust, inventory_of, cached, change):
    simulated = beyondtrust(site=with_clients())
    inventory_of(simulated, **cached)
    asked = len(simulated.asked())
    changed = everything(inventory_of(simulated, **cached, **change))
    assert changed == everything(inventory_of(simulated, **change))
    assert len(simulated.asked()) > asked


def test_a_misspelt_filter_is_refused_from_the_cache_too(
    beyondtrust, inventory_of, refusal, cached
):
    simulated = beyondtrust()
    inventory_of(simulated, **cached)
    assert "There is no jump_group named 'Londn'" in refusal(
        simulated, **cached, jump_groups=["Londn"]
    )


def test_a_refresh_asks_again_and_is_kept(beyondtrust, inventory_of, cached):
    simulated = beyondtrust()
    inventory_of(simulated, **cached)
    simulated.site["config"]["jump-item/remote-vnc"]["1"]["name"] = "NEW"
    assert "NEW" not in names(inventory_of(simulated, **cached))
    assert "NEW" in names(inventory_of(simulated, **cached, refresh=True))
    assert "NEW" in names(inventory_of(simulated, **cached))


@pytest.mark.parametrize("content", ["", "{", "null", "[]", '{"items": []}', "\x00"])
def test_a_spoilt_cache_is_passed_over(beyondtrust, inventory_of, cached, tmp_path, content):
    simulated = beyondtrust()
    inventory_of(simulated, **cached)
    (file,) = (tmp_path / "cache").iterdir()
    file.write_text(content)
    assert len(names(inventory_of(simulated, **cached))) == 6
    assert len(simulated.asked("GET /api/config/v1/jump-client")) == 2


def test_the_cache_holds_neither_token_nor_secret(beyondtrust, inventory_of, cached, tmp_path):
    simulated = beyondtrust()
    inventory_of(simulated, **cached)
    (file,) = (tmp_path / "cache").iterdir()
    assert "kiosk" in file.read_text()
    assert not shown_secrets(
        file.name + file.read_text(), *simulated.secrets, *simulated.shared_tokens()
    )


def test_a_failure_is_not_cached(beyondtrust, inventory_of, refusal, cached):
    simulated = beyondtrust()
    simulated.inject(f"{LISTS}shell-jump", "html")
    refusal(simulated, **cached)
    assert len(names(inventory_of(simulated, **cached))) == 6


# --- pages ---------------------------------------------------------------------------------------------------------------


def test_every_page_is_read_once(beyondtrust, inventory_of):
    simulated = beyondtrust(site=site_of(*({"name": f"sw-{number:03}"} for number in range(250))))
    assert len(names(inventory_of(simulated))) == 250
    pages = [dict(entry.parameters) for entry in simulated.asked(f"{LISTS}shell-jump")]
    assert sorted((page["current_page"], page["per_page"]) for page in pages) == [
        ("1", "100"),
        ("2", "100"),
        ("3", "100"),
    ]


@pytest.mark.parametrize(
    "fault, words",
    [
        ("html", "HTML page"),
        ("empty_body", "empty body"),
        ("malformed", "cut off"),
        ("truncated", "broke off"),
        ("wrong_shape", "not a list"),
        ("reset_before", "broke off"),
        ("redirect", "redirected"),
    ],
)
def test_a_page_that_is_missing_or_spoilt_leaves_no_host_and_says_what_it_is(
    beyondtrust, refusal, fault, words
):
    simulated = beyondtrust(site=site_of(*({"name": f"sw-{number:03}"} for number in range(250))))
    simulated.inject(f"{LISTS}shell-jump", fault, times=None, after=1)
    assert words in refusal(simulated, kinds=["shell_jump"])


def test_pages_that_are_empty_and_should_not_be_are_asked_for_once_more(
    beyondtrust, inventory_of, refusal
):
    simulated = beyondtrust(site=site_of(*({"name": f"sw-{number:03}"} for number in range(250))))
    simulated.inject(f"{LISTS}shell-jump", "empty_list", times=2, after=1)
    assert len(names(inventory_of(simulated, kinds=["shell_jump"]))) == 250
    for number in (1, 2):  # the first page of each attempt passes
        simulated.inject(f"{LISTS}shell-jump", "empty_list", times=2, after=number)
    assert "lists 100 objects and counts 250" in refusal(simulated, kinds=["shell_jump"])


@pytest.mark.parametrize("told", ["6", "4", "0"])
def test_a_total_that_does_not_match_is_refused(beyondtrust, refusal, told):
    simulated = beyondtrust()
    records = [
        {"id": number, "name": f"a{number}", "hostname": "a", "protocol": "ssh", **PLANT}
        for number in range(1, 6)
    ]
    simulated.inject(
        f"{LISTS}shell-jump",
        "status",
        times=None,
        status=200,
        body=records,
        headers={
            "x-bt-pagination-total": told,
            "x-bt-pagination-last-page": "1",
            "content-type": "application/json",
        },
    )
    assert f"lists 5 objects and counts {told}" in refusal(simulated)


# --- failures ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fault, words",
    [
        ("html", "HTML page"),
        ("empty_body", "empty body"),
        ("malformed", "cut off"),
        ("truncated", "broke off"),
        ("wrong_shape", "not a list"),
        ("reset_before", "broke off"),
        ("redirect", "redirected"),
    ],
)
@pytest.mark.parametrize(
    "query",
    [f"{LISTS}shell-jump", "GET /api/config/v1/jump-client", "GET /api/config/v1/jump-group"],
)
def test_an_answer_that_is_none_leaves_no_host_and_says_what_it_is(
    beyondtrust, refusal, query, fault, words
):
    simulated = beyondtrust()
    simulated.inject(query, fault, times=None)
    assert words in refusal(simulated)


def test_an_appliance_that_lists_nothing_is_taken_for_one_that_failed(beyondtrust, refusal):
    simulated = beyondtrust()
    simulated.inject("GET /api/config/v1/jump-*", "empty_list", times=None)
    assert "neither a jump item nor a jump client" in refusal(simulated)
    assert "neither a jump item nor a jump client" in refusal(beyondtrust(site=site_of()))


@pytest.mark.parametrize(
    "kind, path, option",
    [
        ("jump_group", "jump-group", {}),
        ("jumpoint", "jumpoint", {}),
        ("user", "user", {"personal_lists": True}),
    ],
)
def test_an_item_in_a_place_that_the_appliance_does_not_list_is_refused(
    beyondtrust, refusal, kind, path, option
):
    simulated = beyondtrust()
    simulated.inject(f"GET /api/config/v1/{path}", "empty_list", times=None)
    assert re.search(
        rf"refers to the {kind} \d, which GET /{path} does not list", refusal(simulated, **option)
    )


def test_a_jump_group_that_is_made_meanwhile_is_looked_up(beyondtrust, inventory_of):
    simulated = beyondtrust()
    simulated.inject(
        "GET /api/config/v1/jump-group",
        "status",
        status=200,
        body=[{"id": 2, "name": "Servers", "code_name": "servers"}],
    )
    assert "beyondtrust_plant_leeds" in members(inventory_of(simulated))
    assert len(simulated.asked("GET /api/config/v1/jump-group")) == 2


def test_a_policy_that_the_appliance_does_not_list_is_told_as_such(beyondtrust, inventory_of):
    simulated = beyondtrust()
    simulated.inject("GET /api/config/v1/jump-policy", "empty_list")
    assert (
        variables(inventory_of(simulated), "sw-1_shell_jump_2")["beyondtrust_jump_policy"]
        == "(unknown jump_policy 1)"
    )


@pytest.mark.parametrize(
    "record",
    [
        {"name": "no id"},
        {"id": "1", "name": "a"},
        {"id": True, "name": "a"},
        {"id": 1, "name": 5},
        {"id": 1, "name": "a", "jump_group_id": [1]},
        {"id": 1, "name": "a", "tag": {"a": 1}},
        {"id": 1, "name": "a", "hostname": ["a"]},
        "a",
    ],
)
def test_an_item_that_is_not_as_documented_is_refused(beyondtrust, refusal, record):
    simulated = beyondtrust()
    simulated.inject(f"{LISTS}shell-jump", "status", status=200, body=[record])
    assert "GET /jump-item/shell-jump answered" in refusal(simulated)


def test_a_jump_group_without_a_name_is_refused(beyondtrust, refusal):
    simulated = beyondtrust()
    simulated.inject("GET /api/config/v1/jump-group", "status", status=200, body=[{"id": 1}])
    assert "GET /jump-group answered an object without a name" in refusal(simulated)


def test_a_wrong_secret_is_refused_and_not_shown(beyondtrust, refusal):
    simulated = beyondtrust()
    message = refusal(simulated, client_secret="WRONG/secret")
    assert "client_id" in message or "invalid_client" in message
    assert not shown_secrets(message, "WRONG/secret")
    assert queries(simulated) == []


@pytest.mark.parametrize("denied", ["forbidden", "not_found"])
def test_an_account_without_the_permission_is_told_which_it_lacks(beyondtrust, refusal, denied):
    site = {
        **small_appliance(),
        "accounts": {
            CLIENT_ID: {
                "client_secret": CLIENT_SECRET,
                "permissions": {"perm_command": "read_only"},
            }
        },
    }
    assert "perm_configuration" in refusal(beyondtrust(site=site, denied=denied))


def test_an_account_that_may_only_read_commands_and_the_configuration_is_enough(
    beyondtrust, inventory_of
):
    simulated = beyondtrust("pra", company("pra"))
    assert (
        len(names(inventory_of(simulated, client_id=READER_ID, client_secret=READER_SECRET))) > 190
    )


@pytest.mark.parametrize("certificate", ["untrusted", "wrong_host"])
def test_a_certificate_that_is_not_to_be_trusted_ends_it_before_the_secret_is_sent(
    beyondtrust, refusal, certificate
):
    simulated = beyondtrust(certificate=certificate)
    assert "certificate" in refusal(simulated, product="rs")
    assert simulated.asked() == []


def test_a_port_where_nobody_listens_is_told(beyondtrust, refusal):
    assert "cannot be reached" in refusal(beyondtrust(), url="https://localhost:1", product="rs")


def test_a_file_of_another_name_is_left_to_other_plugins(beyondtrust, written):
    simulated = beyondtrust()
    assert names(parse_inventory(written(simulated, "items.yml"))) == []
    assert simulated.asked() == []

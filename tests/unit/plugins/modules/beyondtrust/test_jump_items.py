"""What is particular to jump items: names that are not unique, the places they lie in, what one
option means for another, and rules in their order.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import copy

import pytest

from tests.simulator.beyondtrust.company import company
from tests.unit.appliances import small_appliance

SHELL = {"jumpoint": "jp_leeds", "hostname": "10.1.0.9", "protocol": "ssh"}
ON_RS = ("remote_rdp", "shell_jump", "remote_vnc")
ON_PRA = (
    *ON_RS,
    "web_jump",
    "protocol_tunnel_jump",
    "psql_tunnel_jump",
    "mysql_tunnel_jump",
    "network_tunnel_jump",
)
# Kind -> what a new item of it needs, beside its name, its place and its jumpoint.
NEEDED = {
    "remote_rdp": {"hostname": "10.1.0.9"},
    "shell_jump": {"hostname": "10.1.0.9", "protocol": "ssh"},
    "remote_vnc": {"hostname": "10.1.0.9"},
    "web_jump": {"target_url": "https://10.1.0.9/"},
    "protocol_tunnel_jump": {"hostname": "10.1.0.9", "tunnel_definitions": "8443;443"},
    "psql_tunnel_jump": {"hostname": "10.1.0.9"},
    "mysql_tunnel_jump": {"hostname": "10.1.0.9"},
    "network_tunnel_jump": {"filter_rules": [{"ip_addresses": {"cidr": "10.1.0.0/24"}}]},
}
TUNNEL = {"name": "stock", "jump_group": "servers"}


def items(appliance, kind: str) -> dict:
    """Return the items of a kind as the appliance keeps them, by id."""
    return appliance.site["config"][f"jump-item/{kind.replace('_', '-')}"]


def with_twins() -> dict:
    """Return the small appliance with two items of the same name in one jump group."""
    site = small_appliance()
    shells = site["config"]["jump-item/shell-jump"]
    shells["4"] = {**copy.deepcopy(shells["2"]), "hostname": "10.2.0.9"}
    return site


# --- every kind -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("no_value", ["absent", "null"])
@pytest.mark.parametrize("kind", ON_PRA)
def test_an_item_of_few_words_is_made_once_and_is_then_left_alone(beyondtrust, kind, no_value):
    appliance = beyondtrust("pra", no_value=no_value)
    options = {"name": "new", "jump_group": "plant_leeds", "jumpoint": "Leeds", **NEEDED[kind]}
    foretold = appliance.expect(f"beyondtrust_{kind}", check=True, **options)
    made = appliance.expect(f"beyondtrust_{kind}", **options)
    assert made["changes"] == foretold["changes"] and made["diff"] == foretold["diff"]
    assert (made[kind]["jump_group"], made[kind]["personal_list_of"], made[kind]["jumpoint"]) == (
        "Plant Leeds",
        None,
        "Leeds",
    )
    again = appliance.expect(f"beyondtrust_{kind}", **options)
    assert again["changed"] is False and again[kind] == made[kind]
    assert len(appliance.wrote()) == 1


@pytest.mark.parametrize("kind", [kind for kind in ON_PRA if kind not in ON_RS])
def test_a_kind_of_privileged_remote_access_is_refused_on_remote_support_before_anything_is_sent(
    beyondtrust, kind
):
    appliance = beyondtrust("rs")
    message = appliance.refuse(
        f"beyondtrust_{kind}", name="new", jump_group="servers", jumpoint="Leeds", **NEEDED[kind]
    )
    assert message == f"Remote Support has no {kind}; Privileged Remote Access has."
    assert [entry.query for entry in appliance.journal.entries if "/config/" in entry.query] == []


@pytest.mark.parametrize("kind", ON_PRA)
def test_what_a_new_item_lacks_is_told_before_anything_is_sent(beyondtrust, kind):
    appliance = beyondtrust("pra")
    message = appliance.refuse(f"beyondtrust_{kind}", name="new", jump_group="servers")
    missing = [name for name in ("jumpoint", *NEEDED[kind]) if name in message]
    assert "to make it" in message and missing
    message = appliance.refuse(
        f"beyondtrust_{kind}", name="new", jump_group="servers", jumpoint="Leeds"
    )
    assert all(name in message for name in NEEDED[kind])


@pytest.mark.parametrize(
    ("kind", "options", "message"),
    [
        ("shell_jump", {"tag": "t" * 65}, "tag is 65 characters long; it must be at most 64"),
        ("shell_jump", {"comments": "c" * 1025}, "comments is 1025 characters long"),
        ("shell_jump", {"name": "n" * 129}, "name is 129 characters long"),
        ("shell_jump", {"hostname": "h" * 129}, "hostname is 129 characters long"),
        ("shell_jump", {"port": 0}, "port is 0; it must be at least 1 and at most 65535"),
        ("shell_jump", {"port": 65536}, "port is 65536"),
        (
            "shell_jump",
            {"keep_alive": 301},
            "keep_alive is 301; it must be at least 0 and at most 300",
        ),
        ("remote_vnc", {"port": 99}, "port is 99; it must be at least 100"),
        ("remote_rdp", {"domain": "d" * 65}, "domain is 65 characters long"),
        (
            "web_jump",
            {"authentication_timeout": 31},
            "authentication_timeout is 31; it must be at least 1 and at most 30",
        ),
        ("web_jump", {"target_url": "u" * 256}, "target_url is 256 characters long"),
        (
            "psql_tunnel_jump",
            {"tunnel_listen_address": "10.0.0.1"},
            "tunnel_listen_address '10.0.0.1' does not have the form",
        ),
        (
            "protocol_tunnel_jump",
            {"tunnel_definitions": "22;24;26"},
            "tunnel_definitions '22;24;26' does not have the form",
        ),
        ("protocol_tunnel_jump", {"tunnel_definitions": "ssh"}, "does not have the form"),
        (
            "network_tunnel_jump",
            {"filter_rules": []},
            "filter_rules is 0 entries long; it must be at least 1 and at most 50",
        ),
        (
            "network_tunnel_jump",
            {"filter_rules": NEEDED["network_tunnel_jump"]["filter_rules"] * 51},
            "filter_rules is 51 entries long",
        ),
        (
            "network_tunnel_jump",
            {"filter_rules": [{"ip_addresses": {"list": []}}]},
            "filter_rules[0].ip_addresses.list is 0 entries long",
        ),
        (
            "network_tunnel_jump",
            {
                "filter_rules": [
                    {
                        "ip_addresses": {"cidr": "10.0.0.0/8"},
                        "ports": {"range": {"start": 0, "end": 9}},
                    }
                ]
            },
            "start is 0",
        ),
    ],
)
def test_what_is_too_long_too_large_or_of_another_form_is_refused_before_anything_is_sent(
    beyondtrust, kind, options, message
):
    appliance = beyondtrust("pra")
    options = {
        "name": "new",
        "jump_group": "servers",
        "jumpoint": "Leeds",
        **NEEDED[kind],
        **options,
    }
    for check in (False, True):
        assert message in appliance.refuse(f"beyondtrust_{kind}", check, **options)


@pytest.mark.parametrize(
    ("option", "empty"),
    [("tag", ""), ("comments", ""), ("jump_policy", None), ("session_policy", None)],
)
@pytest.mark.parametrize("kind", ON_PRA)
def test_an_empty_text_takes_tag_comments_and_policies_away(beyondtrust, kind, option, empty):
    appliance = beyondtrust("pra")
    full = {"tag": "a", "comments": "b", "jump_policy": "ask_first", "session_policy": "View Only"}
    key = {"name": "new", "jump_group": "servers"}
    appliance.expect(f"beyondtrust_{kind}", **key, jumpoint="Leeds", **NEEDED[kind], **full)
    emptied = appliance.expect(f"beyondtrust_{kind}", **key, **{option: ""})
    assert emptied["changes"][0]["fields"] == [option]
    kept = {
        "tag": "a",
        "comments": "b",
        "jump_policy": "Ask First",
        "session_policy": "View Only",
        option: empty,
    }
    assert {name: emptied[kind][name] for name in kept} == kept
    assert appliance.expect(f"beyondtrust_{kind}", **key, **{option: ""})["changed"] is False


# --- names and places -------------------------------------------------------------------------------------------------


def test_the_same_name_in_two_jump_groups_means_two_items(beyondtrust):
    appliance = beyondtrust()
    appliance.expect("beyondtrust_shell_jump", name="sw-1", jump_group="servers", tag="changed")
    assert [items(appliance, "shell_jump")[number]["tag"] for number in ("1", "2")] == [
        "switch",
        "changed",
    ]


def test_the_same_name_twice_in_one_place_is_an_error_that_tells_the_numbers(beyondtrust):
    appliance = beyondtrust(site=with_twins())
    for options in ({"tag": "changed"}, {"state": "absent"}):
        message = appliance.refuse(
            "beyondtrust_shell_jump", name="sw-1", jump_group="servers", **options
        )
        assert (
            message
            == "Several objects of kind shell_jump are called 'sw-1/Servers': 2, 4. Say which one is meant."
        )


def test_a_number_finds_one_of_two_items_of_the_same_name(beyondtrust):
    appliance = beyondtrust(site=with_twins())
    appliance.expect("beyondtrust_shell_jump", id=4, tag="changed")
    assert [items(appliance, "shell_jump")[number]["tag"] for number in ("2", "4")] == [
        "",
        "changed",
    ]
    assert appliance.expect("beyondtrust_shell_jump", id=4, tag="changed")["changed"] is False
    appliance.expect("beyondtrust_shell_jump", id=2, state="absent")
    assert sorted(items(appliance, "shell_jump")) == ["1", "3", "4"]
    appliance.expect(
        "beyondtrust_shell_jump", name="sw-1", jump_group="servers", tag="the only one now"
    )


def test_a_number_that_no_item_has_is_refused_and_nothing_to_remove(beyondtrust):
    appliance = beyondtrust()
    assert (
        appliance.refuse("beyondtrust_shell_jump", id=99, tag="x")
        == "There is no shell_jump with id 99."
    )
    assert appliance.expect("beyondtrust_shell_jump", id=99, state="absent")["changed"] is False


def test_names_differ_by_case_although_the_appliance_filters_without_regard_to_it(beyondtrust):
    appliance = beyondtrust()
    appliance.expect("beyondtrust_shell_jump", name="SW-1", jump_group="servers", **SHELL)
    assert sorted(item["name"] for item in items(appliance, "shell_jump").values()) == [
        "SW-1",
        "sw-1",
        "sw-1",
        "sw-2",
    ]


def test_an_item_is_renamed_and_moved_by_its_number(beyondtrust):
    appliance = beyondtrust()
    foretold = appliance.expect(
        "beyondtrust_shell_jump", check=True, id=1, name="core", jump_group="servers"
    )
    moved = appliance.expect("beyondtrust_shell_jump", id=1, name="core", jump_group="servers")
    assert (
        moved["changes"]
        == foretold["changes"]
        == [
            {
                "action": "update",
                "kind": "shell_jump",
                "name": "sw-1/Plant Leeds",
                "fields": ["name", "jump_group"],
            }
        ]
    )
    assert moved["shell_jump"] == foretold["shell_jump"]
    assert appliance.journal.writes[-1].body == {
        "name": "core",
        "jump_group_id": 2,
        "jump_group_type": "shared",
    }
    assert (
        appliance.expect("beyondtrust_shell_jump", name="core", jump_group="Servers", tag="switch")[
            "changed"
        ]
        is False
    )


def test_an_item_in_a_personal_list_is_found_by_its_owner_only(beyondtrust):
    appliance = beyondtrust()
    appliance.expect("beyondtrust_shell_jump", name="sw-2", personal_list_of="a.keller", tag="mine")
    assert items(appliance, "shell_jump")["3"]["tag"] == "mine"
    # The user and the jump group have the same number.
    message = appliance.refuse(
        "beyondtrust_shell_jump", name="sw-2", jump_group="servers", tag="not there"
    )
    assert message.startswith("shell_jump sw-2/Servers does not exist yet")
    assert (
        appliance.expect(
            "beyondtrust_shell_jump", name="sw-2", personal_list_of="b.okafor", state="absent"
        )["changed"]
        is False
    )
    appliance.expect(
        "beyondtrust_shell_jump", name="sw-2", personal_list_of="a.keller", state="absent"
    )
    assert sorted(items(appliance, "shell_jump")) == ["1", "2"]


def test_an_item_lies_in_one_place(beyondtrust):
    appliance = beyondtrust()
    both = {"jump_group": "servers", "personal_list_of": "a.keller"}
    assert "mutually exclusive" in appliance.refuse(
        "beyondtrust_shell_jump", name="new", **both, **SHELL
    )
    assert "one of jump_group, personal_list_of must be given" in appliance.refuse(
        "beyondtrust_shell_jump", name="new", **SHELL
    )
    for place in both:
        assert f"{place} must not be empty" in appliance.refuse(
            "beyondtrust_shell_jump", name="new", **{place: ""}, **SHELL
        )


@pytest.mark.parametrize(
    ("option", "name"),
    [
        ("jump_group", "nowhere"),
        ("personal_list_of", "nobody"),
        ("jumpoint", "none"),
        ("jump_policy", "none"),
        ("session_policy", "none"),
    ],
)
def test_what_does_not_exist_cannot_be_referred_to(beyondtrust, option, name):
    appliance = beyondtrust()
    options = {"name": "new", "jump_group": "servers", **SHELL, option: name}
    if option == "personal_list_of":
        del options["jump_group"]
    assert (
        f"{option} names the {'user' if option == 'personal_list_of' else option} {name!r}, which does not exist"
        in appliance.refuse(
            "beyondtrust_shell_jump",
            **options,
        )
    )


def test_code_names_and_names_mean_the_same(beyondtrust):
    appliance = beyondtrust()
    by_code = {
        "jump_group": "plant_leeds",
        "jumpoint": "jp_london",
        "jump_policy": "ask_first",
        "session_policy": "view_only",
    }
    by_name = {
        "jump_group": "Plant Leeds",
        "jumpoint": "London",
        "jump_policy": "Ask First",
        "session_policy": "View Only",
    }
    appliance.expect("beyondtrust_shell_jump", name="new", **{**SHELL, **by_code})
    told = appliance.expect("beyondtrust_shell_jump", name="new", **{**SHELL, **by_name})
    assert (
        told["changed"] is False and {name: told["shell_jump"][name] for name in by_name} == by_name
    )


# --- options that depend on another -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "options", "allowed"),
    [
        (None, {"remote_app_name": "calc"}, False),
        ("none", {"remote_app_name": "calc"}, False),
        ("remote_app", {"remote_app_name": "calc", "remote_app_params": "/q"}, True),
        ("remote_app", {"remote_exe_path": "calc.exe"}, False),
        ("remote_desktop_agent", {"remote_exe_path": "calc.exe", "remote_exe_params": "/q"}, True),
        ("remote_desktop_agent", {"target_system": "db"}, False),
        (
            "remote_desktop_agent_credentials",
            {"remote_exe_path": "calc.exe", "target_system": "db", "credential_type": "domain"},
            True,
        ),
        ("remote_desktop_agent_credentials", {"remote_app_name": "calc"}, False),
        ("none", {"remote_app_name": "", "remote_exe_path": ""}, True),
    ],
)
def test_what_is_started_instead_of_the_desktop_fits_how_it_is_started(
    beyondtrust, kind, options, allowed
):
    appliance = beyondtrust("pra")
    options = {
        "name": "files",
        "jump_group": "servers",
        "console": True,
        **({"secure_app_type": kind} if kind else {}),
        **options,
    }
    if allowed:
        appliance.expect("beyondtrust_remote_rdp", **options)
        assert appliance.expect("beyondtrust_remote_rdp", **options)["changed"] is False
    else:
        assert " is for secure_app_type " in appliance.refuse("beyondtrust_remote_rdp", **options)
        assert " is for secure_app_type " in appliance.refuse(
            "beyondtrust_remote_rdp", check=True, **options
        )


def test_options_of_privileged_remote_access_are_refused_on_remote_support(beyondtrust):
    appliance = beyondtrust("rs")
    message = appliance.refuse(
        "beyondtrust_remote_rdp", name="files", jump_group="servers", session_forensics=True
    )
    assert (
        message
        == "remote_rdp: Remote Support has no session_forensics; Privileged Remote Access has."
    )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"tunnel_type": "mssql", "username": ""}, "a tunnel of the type mssql needs username"),
        ({"tunnel_definitions": ""}, "a tunnel of the type tcp needs tunnel_definitions"),
        ({"hostname": ""}, "hostname"),
        ({"tunnel_type": "k8s"}, "a tunnel of the type k8s needs target_url, ca_certificates"),
        (
            {
                "tunnel_type": "k8s",
                "target_url": "https://k",
                "ca_certificates": "x",
                "hostname": "h",
            },
            "the hostname of a tunnel of the type k8s is its target",
        ),
    ],
)
def test_a_tunnel_has_what_its_type_needs(beyondtrust, options, message):
    assert message in beyondtrust("pra").refuse(
        "beyondtrust_protocol_tunnel_jump", **TUNNEL, **options
    )


def test_a_kubernetes_tunnel_takes_its_hostname_from_its_address(beyondtrust):
    appliance = beyondtrust("pra")
    options = {
        "name": "cluster",
        "jump_group": "servers",
        "jumpoint": "Leeds",
        "tunnel_type": "k8s",
        "target_url": "https://10.2.0.9:6443",
        "ca_certificates": "PEM",
    }
    made = appliance.expect("beyondtrust_protocol_tunnel_jump", **options)["protocol_tunnel_jump"]
    assert (made["url"], made["hostname"]) == ("https://10.2.0.9:6443", "https://10.2.0.9:6443")
    assert "hostname" not in appliance.journal.writes[-1].body
    assert appliance.expect("beyondtrust_protocol_tunnel_jump", **options)["changed"] is False
    changed = appliance.expect(
        "beyondtrust_protocol_tunnel_jump", **{**options, "target_url": "https://10.2.0.8:6443"}
    )
    assert changed["protocol_tunnel_jump"]["hostname"] == "https://10.2.0.8:6443"


def test_another_change_of_a_tunnel_does_not_ask_for_what_it_does_not_touch(beyondtrust):
    site = small_appliance("pra")
    site["config"]["jump-item/protocol-tunnel-jump"]["1"] |= {
        "tunnel_type": "mssql",
        "username": "reader",
    }
    appliance = beyondtrust("pra", site)
    appliance.expect("beyondtrust_protocol_tunnel_jump", **TUNNEL, tag="changed")


def test_the_address_of_a_site_and_that_of_the_appliance_are_two_options(beyondtrust):
    appliance = beyondtrust("pra")
    told = appliance.expect(
        "beyondtrust_web_jump", name="console", jump_group="servers", target_url="https://10.2.0.9/"
    )
    assert told["web_jump"]["url"] == "https://10.2.0.9/"
    assert appliance.journal.writes[-1].body == {"url": "https://10.2.0.9/"}


# --- rules of a network tunnel ----------------------------------------------------------------------------------------

# As in the small appliance.
FIRST = {"ip_addresses": {"cidr": "10.3.0.0/24"}, "protocol": "TCP", "ports": {"list": [502]}}
SECOND = {
    "ip_addresses": {"range": {"start": "10.4.0.1", "end": "10.4.0.9"}},
    "protocol": "UDP",
    "ports": {"range": {"start": 1000, "end": 2000}},
}
THIRD = {"ip_addresses": {"list": ["10.5.0.2", "10.5.0.1"]}}
LINE = {"name": "line 1", "jump_group": "servers"}


def kept(appliance) -> list:
    return items(appliance, "network_tunnel_jump")["1"]["filter_rules"]


def test_rules_keep_their_order_and_another_order_is_a_change(beyondtrust):
    appliance = beyondtrust("pra")
    for rules in ([FIRST, SECOND], [SECOND, FIRST], [THIRD, SECOND, FIRST], [FIRST]):
        before = kept(appliance)
        changed = appliance.expect("beyondtrust_network_tunnel_jump", **LINE, filter_rules=rules)[
            "changed"
        ]
        assert changed is (kept(appliance) != before)
        assert [rule["ip_addresses"].keys() for rule in kept(appliance)] == [
            rule["ip_addresses"].keys() for rule in rules
        ]
        assert (
            appliance.expect("beyondtrust_network_tunnel_jump", **LINE, filter_rules=rules)[
                "changed"
            ]
            is False
        )


def test_a_rule_has_nothing_of_the_one_that_stood_in_its_place(beyondtrust):
    appliance = beyondtrust("pra")
    appliance.expect("beyondtrust_network_tunnel_jump", **LINE, filter_rules=[THIRD])
    assert kept(appliance) == [
        {
            "ip_addresses": {"list": ["10.5.0.1", "10.5.0.2"]},
            "protocol": "ANY",
            "ports": {"list": []},
        }
    ]


def test_what_a_rule_leaves_out_is_what_the_appliance_takes_then(beyondtrust):
    appliance = beyondtrust("pra")
    appliance.expect("beyondtrust_network_tunnel_jump", **LINE, filter_rules=[THIRD])
    for rule in (
        {**THIRD, "protocol": "ANY"},
        {**THIRD, "ports": {"list": []}},
        {**THIRD, "protocol": "ANY", "ports": {"list": []}},
    ):
        assert (
            appliance.expect("beyondtrust_network_tunnel_jump", **LINE, filter_rules=[rule])[
                "changed"
            ]
            is False
        )


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        (
            {"ip_addresses": {"cidr": "10.0.0.0/8", "list": ["10.0.0.1"]}},
            "filter_rules[0].ip_addresses takes one of cidr, range and list, not cidr and list",
        ),
        (
            {"ip_addresses": {}},
            "filter_rules[0].ip_addresses takes one of cidr, range and list, not none",
        ),
        ({**THIRD, "ports": {}}, "filter_rules[0].ports takes one of range and list, not none"),
        (
            {**THIRD, "ports": {"list": [1], "range": {"start": 1, "end": 2}}},
            "filter_rules[0].ports takes one of range and list, not range and list",
        ),
        ({"protocol": "TCP"}, "missing required arguments: ip_addresses found in filter_rules"),
        (
            {"ip_addresses": {"range": {"start": "10.0.0.1"}}},
            "missing required arguments: end found in filter_rules",
        ),
    ],
)
def test_a_rule_names_addresses_and_ports_in_one_way(beyondtrust, rule, message):
    assert message in beyondtrust("pra").refuse(
        "beyondtrust_network_tunnel_jump", **LINE, filter_rules=[rule]
    )


def test_a_rule_that_the_appliance_refuses_is_told_in_its_words(beyondtrust):
    outcome = beyondtrust("pra").run(
        "beyondtrust_network_tunnel_jump",
        **LINE,
        filter_rules=[{**FIRST, "protocol": "CARRIER_PIGEON"}],
    )
    assert outcome.failed and "filter_rules.0.protocol: The field must be one of" in outcome["msg"]
    assert outcome["changed"] is False


# --- reading ----------------------------------------------------------------------------------------------------------


def read(appliance, **options) -> list[dict]:
    appliance.journal.clear()
    told = appliance.expect("beyondtrust_jump_item_info", **options)
    assert appliance.wrote() == [] and told["changed"] is False
    assert (
        told["jump_items"]
        == appliance.expect("beyondtrust_jump_item_info", check=True, **options)["jump_items"]
    )
    return told["jump_items"]


@pytest.mark.parametrize(("product", "kinds"), [("rs", ON_RS), ("pra", ON_PRA)])
def test_all_items_of_the_kinds_that_a_product_has_are_read(beyondtrust, product, kinds):
    found = read(beyondtrust(product))
    assert {item["kind"] for item in found} == set(kinds)
    assert [item["name"] for item in found] == sorted(item["name"] for item in found)
    places = {
        (item["name"], item["jump_group"], item["personal_list_of"])
        for item in found
        if item["kind"] == "shell_jump"
    }
    assert places == {
        ("sw-1", "Plant Leeds", None),
        ("sw-1", "Servers", None),
        ("sw-2", None, "a.keller"),
    }


def test_every_page_is_read(beyondtrust):
    appliance = beyondtrust(site=company("rs", jump_items=450))
    assert len(read(appliance)) == 450
    pages = [
        entry
        for entry in appliance.journal.entries
        if entry.query.endswith("/jump-item/remote-rdp")
    ]
    assert len(pages) >= 3


def test_items_are_chosen_by_kind_name_and_jump_group(beyondtrust):
    appliance = beyondtrust("pra")
    assert {item["kind"] for item in read(appliance, kinds=["shell_jump", "web_jump"])} == {
        "shell_jump",
        "web_jump",
    }
    named, inside = (
        read(appliance, names=["sw-1", "kiosk", "none"]),
        read(appliance, jump_groups=["plant_leeds"]),
    )
    assert [(item["kind"], item["id"]) for item in named] == [
        ("remote_vnc", 1),
        ("shell_jump", 1),
        ("shell_jump", 2),
    ]
    assert [(item["kind"], item["id"]) for item in inside] == [("remote_vnc", 1), ("shell_jump", 1)]
    assert read(appliance, jump_groups=["Plant Leeds", "servers"], names=["sw-2"]) == []
    assert (
        read(appliance, kinds=[])
        == read(appliance, names=[])
        == read(appliance, jump_groups=[])
        == []
    )


def test_few_names_are_looked_for_by_the_appliance_and_compared_again(beyondtrust):
    appliance = beyondtrust()
    assert [item["name"] for item in read(appliance, kinds=["shell_jump"], names=["sw-1"])] == [
        "sw-1",
        "sw-1",
    ]
    asked = [
        dict(entry.parameters).get("name")
        for entry in appliance.journal.entries
        if entry.query.endswith("/shell-jump")
    ]
    assert asked and set(asked) == {"sw-1"}
    assert read(appliance, names=["SW-1"]) == []


def test_names_that_cannot_be_meant_are_errors(beyondtrust):
    appliance = beyondtrust("rs")
    assert (
        appliance.refuse("beyondtrust_jump_item_info", jump_groups=["nowhere"])
        == "There is no jump_group named 'nowhere'."
    )
    assert (
        appliance.refuse("beyondtrust_jump_item_info", kinds=["web_jump"])
        == "Remote Support has no web_jump; Privileged Remote Access has."
    )
    assert "value of kinds must be one or more of" in appliance.refuse(
        "beyondtrust_jump_item_info", kinds=["local_jump"]
    )


# --- older versions ---------------------------------------------------------------------------------------------------


def old_appliance() -> dict:
    """Return the small appliance without what an older version does not have."""
    site = small_appliance("pra")
    for kind in ("psql", "mysql", "network"):
        del site["config"][f"jump-item/{kind}-tunnel-jump"]
    return site


def test_a_kind_that_the_version_does_not_have_is_told_as_such(beyondtrust):
    appliance = beyondtrust("pra", old_appliance(), version="24.1.1")
    for module, options in (
        (
            "beyondtrust_psql_tunnel_jump",
            {"name": "new", "jump_group": "servers", "jumpoint": "Leeds", "hostname": "h"},
        ),
        ("beyondtrust_jump_item_info", {"kinds": ["psql_tunnel_jump"]}),
    ):
        message = appliance.refuse(module, **options)
        assert (
            "GET /jump-item/psql-tunnel-jump (HTTP 404)" in message
            and "this version does not know it" in message
        )


def test_all_items_are_those_of_the_kinds_that_the_version_has(beyondtrust):
    appliance = beyondtrust("pra", old_appliance(), version="24.1.1")
    assert {item["kind"] for item in read(appliance)} == {
        *ON_RS,
        "web_jump",
        "protocol_tunnel_jump",
    }


def test_an_account_without_the_permission_does_not_see_an_empty_appliance(beyondtrust):
    appliance = beyondtrust("pra", denied="not_found")
    account = next(iter(appliance.site["accounts"].values()))
    account["permissions"]["perm_configuration"] = 0
    assert "GET /jump-item/remote-rdp (HTTP 404)" in appliance.refuse("beyondtrust_jump_item_info")


def test_a_jump_group_can_be_removed_where_the_version_does_not_have_all_kinds(beyondtrust):
    appliance = beyondtrust("pra", old_appliance(), version="24.1.1")
    message = appliance.refuse("beyondtrust_jump_group", name="Servers", state="absent")
    assert (
        "remote_rdp files, shell_jump sw-1, web_jump console, protocol_tunnel_jump stock, jump_client till-2"
        in message
    )
    appliance.expect("beyondtrust_jump_group", name="Servers", state="absent", remove_items=True)


# --- from one place to another ----------------------------------------------------------------------------------------


def test_an_item_moves_into_a_personal_list_and_back(beyondtrust):
    appliance = beyondtrust()
    places = (
        {"personal_list_of": "a.keller"},
        {"personal_list_of": "b.okafor"},
        {"jump_group": "servers"},
    )
    for place, owner in zip(places, ((2, "personal"), (3, "personal"), (2, "shared")), strict=True):
        foretold = appliance.expect(
            "beyondtrust_shell_jump", check=True, id=1, name="core", **place
        )
        moved = appliance.expect("beyondtrust_shell_jump", id=1, name="core", **place)
        assert moved["changes"] == foretold["changes"] and moved["diff"] == foretold["diff"]
        assert moved["shell_jump"] == foretold["shell_jump"]
        item = items(appliance, "shell_jump")["1"]
        assert (item["jump_group_id"], item["jump_group_type"]) == owner
        assert (
            appliance.expect("beyondtrust_shell_jump", name="core", **place, tag="switch")[
                "changed"
            ]
            is False
        )
    assert len(appliance.wrote()) == 3


@pytest.mark.parametrize(("number", "group"), [(1, "Servers"), (2, "Plant Leeds")])
def test_an_item_can_move_to_where_another_has_its_name(beyondtrust, number, group):
    appliance = beyondtrust()
    assert (
        appliance.expect("beyondtrust_shell_jump", id=number, jump_group=group)["shell_jump"][
            "jump_group"
        ]
        == group
    )
    assert (
        appliance.expect("beyondtrust_shell_jump", id=number, jump_group=group)["changed"] is False
    )
    appliance.refuse("beyondtrust_shell_jump", name="sw-1", jump_group=group)

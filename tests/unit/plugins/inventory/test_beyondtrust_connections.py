"""By which variables Ansible connects to the hosts of a simulated BeyondTrust appliance, and which
connected clients are hosts.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest

from ansible_collections.remoteops.access.plugins.plugin_utils._beyondtrust_clients import TYPES
from tests.unit.appliances import CLIENT_ID, CLIENT_SECRET
from tests.unit.plugins.inventory.appliance_seeds import (
    PLANT,
    item_lists,
    queries,
    site_of,
    with_clients,
)
from tests.unit.plugins.inventory.inventories import members, names, variables


def connecting(manager, name: str) -> dict:
    """Return the variables by which Ansible connects to a host, without their common beginning."""
    return {
        key.removeprefix("ansible_"): value
        for key, value in variables(manager, name).items()
        if key.startswith("ansible_")
    }


# --- how Ansible connects --------------------------------------------------------------------------------------------------


def test_a_shell_jump_by_ssh_tells_all_that_ansible_needs_but_no_secret(beyondtrust, inventory_of):
    simulated = beyondtrust(
        site=site_of(
            {"name": "a", "port": 2222, "username": "root"},
            {"name": "b"},
            {"name": "c", "protocol": "telnet", "port": 23},
        )
    )
    manager = inventory_of(simulated)
    assert connecting(manager, "a") == {
        "host": "10.0.0.1",
        "connection": "ssh",
        "port": 2222,
        "user": "root",
    }
    assert connecting(manager, "b") == {"host": "10.0.0.1", "connection": "ssh", "port": 22}
    assert connecting(manager, "c") == {"host": "10.0.0.1"}


def test_ansible_does_not_connect_by_rdp_unless_told_how(beyondtrust, inventory_of):
    simulated = beyondtrust()
    assert connecting(inventory_of(simulated), "files") == {"host": "10.2.0.2"}
    for connection in ("psrp", "winrm"):
        assert connecting(inventory_of(simulated, rdp_connection=connection), "files") == {
            "host": "10.2.0.2",
            "connection": connection,
            "user": "EXAMPLE\\helpdesk",
        }


@pytest.mark.parametrize(
    "user, expected",
    [
        ({"rdp_username": "a", "domain": ""}, "a"),
        ({"rdp_username": "B\\a", "domain": "C"}, "B\\a"),
        ({"rdp_username": "a@b.c", "domain": "C"}, "a@b.c"),
        ({"rdp_username": "", "domain": "C"}, None),
        ({"rdp_username": "a b"}, "a b"),
        ({"rdp_username": 'a" -o b'}, None),
    ],
)
def test_the_user_of_an_rdp_item_is_told_with_the_domain(beyondtrust, inventory_of, user, expected):
    rdp = {"1": {"name": "a", "hostname": "10.0.0.2", **PLANT, **user}}
    simulated = beyondtrust(site=site_of(**{"jump-item/remote-rdp": rdp}))
    assert connecting(inventory_of(simulated, rdp_connection="psrp"), "a").get("user") == expected


@pytest.mark.parametrize(
    "choice, expected",
    [
        (["private_ip"], ["10.1.0.4", None]),
        (["fqdn"], ["till-1.example.org", "till-2.example.org"]),
        (["hostname"], ["TILL-1", "TILL-2"]),
        (["public_ip", "fqdn"], ["192.0.2.1", "till-2.example.org"]),
        ([], [None, None]),
    ],
)
def test_the_address_of_a_jump_client_is_the_first_of_those_chosen_that_it_has(
    beyondtrust, inventory_of, choice, expected
):
    manager = inventory_of(beyondtrust(), client_address=choice)
    assert [connecting(manager, name).get("host") for name in ("till-1", "till-2")] == expected


def test_connection_variables_can_be_left_out(beyondtrust, inventory_of):
    manager = inventory_of(beyondtrust(), connection_variables=False, rdp_connection="psrp")
    assert [connecting(manager, name) for name in names(manager)] == [{}] * 6


def test_compose_has_the_last_word(beyondtrust, inventory_of):
    manager = inventory_of(
        beyondtrust(), compose={"ansible_user": "'me'", "ansible_host": "beyondtrust_name"}
    )
    assert connecting(manager, "sw-1_shell_jump_1") == {
        "host": "sw-1",
        "connection": "ssh",
        "port": 22,
        "user": "me",
    }


@pytest.mark.parametrize(
    "hostname",
    [
        "-oProxyCommand=id",
        "a b",
        "a;id",
        "root@10.0.0.1",
        "ssh://10.0.0.1",
        "10.0.0.1:22",
        "{{ 7 * 7 }}",
        "a\nb",
        "$(id)",
        "a%b",
        "fe80::1%id",
        ".a",
        "localhost",
        "LOCALHOST.",
        "127.0.0.1",
        "127.0.1.1",
        "::1",
        "0.0.0.0",
        "::",
        "127.1",
        "0x7f.1",
        "017700000001",
        "2130706433",
        "0",
        "ｌｏｃａｌｈｏｓｔ",
        "127。0。0。1",
        "lo\u00adcalhost",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "a.localhost",
        "ip6-loopback",
        "::ffff:127.1",
    ],
)
def test_an_address_that_is_none_or_means_the_machine_itself_is_not_connected_to(
    beyondtrust, inventory_of, hostname, capsys
):
    odd = f"odd-{hostname.encode().hex()}"  # Ansible shows no warning twice
    manager = inventory_of(
        beyondtrust(site=site_of({"name": odd, "hostname": hostname}, {"name": "b"}))
    )
    assert connecting(manager, odd) == {}
    assert variables(manager, odd)["beyondtrust_hostname"] == hostname
    assert f"ansible_host is not set: {odd}" in " ".join(capsys.readouterr().err.split())


@pytest.mark.parametrize(
    "hostname, sent",
    [
        *(
            (each, each)
            for each in ("sw", "sw-1.example.org", "10.0.0.9", "2001:db8::9", "fe80::9", "a_b")
        ),
        ("münchen.example", "xn--mnchen-3ya.example"),
    ],
)
def test_an_address_that_is_one_is_connected_to_in_ascii(beyondtrust, inventory_of, hostname, sent):
    assert (
        connecting(
            inventory_of(beyondtrust(site=site_of({"name": "a", "hostname": hostname}))), "a"
        )["host"]
        == sent
    )


@pytest.mark.parametrize(
    "attribute, value, left_out",
    [
        ("username", 'root" -oProxyCommand="id', "user"),
        ("username", "-l", "user"),
        ("username", "a\nb", "user"),
        ("port", 0, "port"),
    ],
)
def test_what_could_mean_more_than_a_user_or_a_port_is_left_out(
    beyondtrust, inventory_of, attribute, value, left_out
):
    simulated = beyondtrust(site=site_of({"name": "a", "username": "root"}))
    simulated.site["config"]["jump-item/shell-jump"]["1"][attribute] = value
    assert set(connecting(inventory_of(simulated), "a")) == {
        "host",
        "connection",
        "port",
        "user",
    } - {left_out}


@pytest.mark.parametrize("port", ["22 -oProxyCommand=id", True, [22]])
def test_what_is_no_port_at_all_is_no_item_of_the_documented_shape(beyondtrust, refusal, port):
    simulated = beyondtrust(site=site_of({"name": "a", "username": "root"}))
    simulated.site["config"]["jump-item/shell-jump"]["1"]["port"] = port
    assert "GET /jump-item/shell-jump answered" in refusal(simulated)


# --- connected clients -----------------------------------------------------------------------------------------------------


def test_connected_clients_become_hosts_on_request(beyondtrust, inventory_of):
    simulated = beyondtrust(site=with_clients(), namespace="http://www.bomgar.com/namespaces/API")
    manager = inventory_of(
        simulated,
        kinds=["remote_rdp"],
        connected_clients=["push_agent", "representative"],
        group_by=["kind"],
    )
    assert names(manager) == ["Leeds", "desk-1", "files"]
    assert set(members(manager)) == {
        "beyondtrust_kind_connected_push_agent",
        "beyondtrust_kind_connected_representative",
        "beyondtrust_kind_remote_rdp",
    }
    known = variables(manager, "desk-1")
    assert {
        name: known[f"beyondtrust_{name}"]
        for name in (
            "id",
            "username",
            "platform",
            "platform_id",
            "private_ip",
            "support_session_ids",
        )
    } == {
        "id": "101",
        "username": "a.keller",
        "platform": "Windows 11",
        "platform_id": "winNT-64",
        "private_ip": "10.9.0.1",
        "support_session_ids": ["da4b"],
    }
    assert known["beyondtrust_connections"][0]["purpose"] == "primary"
    assert connecting(manager, "Leeds") == {"host": "10.1.0.5"}


def test_no_command_is_sent_unless_connected_clients_are_asked_for(beyondtrust, inventory_of):
    simulated = beyondtrust(site=with_clients())
    inventory_of(simulated)
    assert not [query for query in queries(simulated) if query.startswith("command")]


def test_connected_clients_alone_take_no_list_of_items(beyondtrust, inventory_of):
    simulated = beyondtrust(site=with_clients())
    assert names(inventory_of(simulated, kinds=[], connected_clients=["push_agent"])) == ["Leeds"]
    assert item_lists(simulated) == {}


def test_nobody_being_connected_is_no_failure(beyondtrust, inventory_of):
    assert len(names(inventory_of(beyondtrust(), connected_clients=list(TYPES)))) == 6


def test_clients_are_asked_for_by_the_hundred(beyondtrust, inventory_of):
    simulated = beyondtrust(site=with_clients(250))
    assert (
        len(names(inventory_of(simulated, kinds=[], connected_clients=["support_customer"]))) == 250
    )
    asked = [
        dict(entry.parameters)["id"].split(",")
        for entry in simulated.asked("command get_connected_clients")
    ]
    assert sorted(map(len, asked)) == [50, 100, 100]


def test_the_filters_but_for_names_do_not_concern_connected_clients(beyondtrust, inventory_of):
    options = {
        "connected_clients": ["push_agent", "representative"],
        "jump_groups": ["Servers"],
        "jumpoints": ["London"],
        "tags": [""],
    }
    simulated = beyondtrust(site=with_clients())
    assert names(inventory_of(simulated, **options)) == ["Leeds", "desk-1", "files"]
    assert names(inventory_of(simulated, **options, names=["L*"])) == ["Leeds"]


def test_privileged_remote_access_does_not_tell_which_clients_are_connected(beyondtrust, refusal):
    simulated = beyondtrust("pra")
    assert "Privileged Remote Access does not tell which clients are connected" in refusal(
        simulated, connected_clients=["push_agent"]
    )
    assert queries(simulated) == []


SUMMARY = "<connected_client_summary><appliance_summary id='1'><count type='push_agent'>{}</count></appliance_summary></connected_client_summary>"


@pytest.mark.parametrize(
    "answer",
    [
        "<connected_client_list/>",
        f"<connected_client_list>{SUMMARY.format(2)}<connected_client type='push_agent' id='1'/></connected_client_list>",
        f"<connected_client_list>{SUMMARY.format(1)}</connected_client_list>",
        "<success>yes</success>",
        "<connected_client_list>",
        "",
        f"<connected_client_list>{SUMMARY.format(1)}<connected_client type='push_agent'/></connected_client_list>",
        f"<connected_client_list>{SUMMARY.format('x')}<connected_client type='push_agent' id='1'/></connected_client_list>",
    ],
)
def test_a_list_of_connected_clients_that_is_not_whole_is_refused(beyondtrust, refusal, answer):
    simulated = beyondtrust(site=with_clients())
    simulated.inject("command get_connected_client_list", "status", status=200, body=answer)
    assert "get_connected_client_list" in refusal(simulated, connected_clients=["push_agent"])


def test_a_client_that_leaves_meanwhile_is_left_out(beyondtrust, inventory_of):
    simulated = beyondtrust(site=with_clients())
    simulated.inject(
        "command get_connected_client_list",
        "status",
        status=200,
        body=(
            "<connected_client_list>"
            + SUMMARY.format(2)
            + "<connected_client type='push_agent' id='301'/><connected_client type='push_agent' id='999'/>"
            "</connected_client_list>"
        ),
    )
    assert names(inventory_of(simulated, kinds=[], connected_clients=["push_agent"])) == ["Leeds"]


@pytest.mark.parametrize(
    "answer",
    [
        "<connected_clients/>",
        "<connected_clients><connected_push_agent id='7'/></connected_clients>",
    ],
)
def test_a_client_that_stays_but_is_not_told_of_makes_the_answer_untrustworthy(
    beyondtrust, refusal, answer
):
    simulated = beyondtrust(site=with_clients())
    simulated.inject("command get_connected_clients", "status", status=200, body=answer)
    assert "tells nothing of 1 clients that are connected" in refusal(
        simulated, connected_clients=["push_agent"]
    )


def test_the_permission_that_connected_clients_need_is_named(beyondtrust, refusal):
    site = {
        **with_clients(),
        "accounts": {
            CLIENT_ID: {"client_secret": CLIENT_SECRET, "permissions": {"perm_configuration": 1}}
        },
    }
    assert "perm_command" in refusal(beyondtrust(site=site), connected_clients=["push_agent"])


def test_a_hostile_answer_of_the_command_api_is_refused(beyondtrust, refusal):
    simulated = beyondtrust(site=with_clients())
    simulated.inject("command get_connected_client_list", "entities", times=None)
    assert "document type" in refusal(simulated, connected_clients=["push_agent"])

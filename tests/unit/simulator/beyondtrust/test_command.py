"""The command API: how calls are read and answered, API information, health, failover roles,
connected clients.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from xml.etree import ElementTree

import pytest

from tests.simulator.beyondtrust.site import CLIENT_ID, CLIENT_SECRET, PERMISSIONS

from .conftest import SITE, local

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
CLIENTS = [
    {
        "type": "representative",
        "id": 101,
        "hostname": "DESK-1",
        "platform": {"id": "winNT-64", "name": "Windows 11"},
        "private_ip": "10.0.0.5",
        "connected_since_ms": 1_768_000_000_000,
        "events": [
            {"ts": 1_768_000_000 + number, "text": f"event {number}"} for number in range(25)
        ],
        "attributes": {
            "user_id": 3,
            "type": "Normal",
            "username": "a.keller",
            "support_session_ids": ["aa", "bb"],
            "routing_idle": 0,
        },
    },
    {
        "type": "support_customer",
        "id": 201,
        "hostname": "PC & Co",
        "attributes": {"name": "Zoë", "lsid": "aa"},
    },
    {"type": "push_agent", "id": 301, "hostname": "jump-1", "attributes": {"name": "London"}},
    {"type": "push_agent", "id": 302, "hostname": "jump-2", "attributes": {"name": "Leeds"}},
]
PEER = {"guid": "ff" * 16, "public_hostname": "rs-b.example.org", "failover_role": "backup"}


def children(element) -> dict[str, str]:
    return {local(child): child.text for child in element}


def test_an_xml_answer_is_framed_as_recorded(api):
    answer = api.request("GET", "/api/command?action=check_health")
    assert answer.text.startswith(
        '<?xml version="1.0" encoding="UTF-8"?>\n\n<health_check xmlns="https://www.beyondtrust.com/namespaces/API/command">\n\t<'
    )
    assert answer.headers["content-type"] == "text/xml; charset=UTF-8"
    assert "content-length" not in answer.headers


@pytest.mark.parametrize(
    "namespace",
    [
        "http://www.bomgar.com/namespaces/API",
        "https://www.bomgar.com/namespaces/API",
        "https://www.beyondtrust.com/namespaces/API",
        "https://support.example.com/namespaces/API",
        "http://www.beyondtrust.com/sra/namespaces/API",
        "",
    ],
)
def test_the_namespace_is_a_switch(make_api, namespace):
    root = make_api(namespace=namespace).command("get_api_info")
    assert root.tag == (
        f"{{{namespace}/command}}api_information" if namespace else "api_information"
    )
    assert {child.tag.rpartition("}")[0] for child in root.iter()} == {root.tag.rpartition("}")[0]}


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_parameters_stand_in_the_query_or_in_a_form(api, method):
    where = (
        {"params": {"action": "get_api_info"}}
        if method == "GET"
        else {"data": {"action": "get_api_info"}}
    )
    answer = api.request(method, "/api/command", **where)
    assert local(ElementTree.fromstring(answer.content)) == "api_information"
    entry = api.appliance.journal.entries[-1]
    assert (entry.query, entry.method, entry.writes) == ("command get_api_info", method, False)


def test_a_form_may_add_to_the_query(api):
    answer = api.request(
        "POST", "/api/command?action=get_connected_client_list", data={"summary_only": "1"}
    )
    assert local(ElementTree.fromstring(answer.content)) == "connected_client_list"


@pytest.mark.parametrize(
    ("method", "parts", "rule"),
    [
        (
            "POST",
            {"files": {"action": (None, "get_api_info")}},
            "application/x-www-form-urlencoded",
        ),
        ("POST", {"json": {"action": "get_api_info"}}, "application/x-www-form-urlencoded"),
        ("POST", {"content": b"action=get_api_info"}, "application/x-www-form-urlencoded"),
        ("POST", {"content": b"action", "headers": FORM}, "not well-formed"),
        ("POST", {"content": b"action=%ff", "headers": FORM}, "not well-formed"),
        ("GET", {"content": b"action=get_api_info", "headers": FORM}, "a GET has no body"),
        ("PUT", {"params": {"action": "get_api_info"}}, "GET or POST"),
        ("GET", {"params": [("action", "get_api_info"), ("action", "get_api_info")]}, "repeated"),
        (
            "POST",
            {"params": {"action": "get_api_info"}, "data": {"action": "get_api_info"}},
            "repeated",
        ),
        (
            "GET",
            {"params": {"action": "get_api_info", "verbose": "1"}},
            "get_api_info has no parameter verbose",
        ),
        ("GET", {"params": {"action": "get_api_information"}}, "Invalid action"),
        ("GET", {}, "Invalid action"),
    ],
)
def test_a_call_that_breaks_the_rules_fails_and_is_a_violation(api, method, parts, rule):
    answer = api.request(method, "/api/command", **parts)
    root = ElementTree.fromstring(answer.content)
    assert (local(root), answer.status_code) == ("error", 200)
    assert rule in root.text
    assert rule in api.violation()


def test_what_the_guide_misprints_or_the_simulator_does_not_know_yet_is_no_violation(api):
    assert api.failed("import_jump_shortcuts") == "Invalid action"
    assert "does not know" in api.failed("get_logged_in_reps")
    assert "does not know" in api.failed("terminate_session", lsid="x")
    assert api.appliance.journal.entries[-1].writes


@pytest.mark.parametrize(
    ("style", "root"), [("root", "error"), ("nested", "connected_client_list")]
)
@pytest.mark.parametrize("status", [200, 400])
def test_an_error_is_the_root_or_stands_in_the_list_with_either_status(
    make_api, style, root, status
):
    api = make_api(command_error=style, command_error_status=status)
    answer = api.request("GET", "/api/command?action=get_connected_client_list&summary_only=yes")
    found = ElementTree.fromstring(answer.content)
    assert (answer.status_code, local(found)) == (status, root)
    error = found if root == "error" else found[0]
    assert (local(error), error.text) == ("error", "summary_only must be 1 or 0")
    assert "summary_only" in api.violation()
    assert (
        local(
            ElementTree.fromstring(
                api.request("GET", "/api/command?action=get_logged_in_reps").content
            )
        )
        == "error"
    )


@pytest.mark.parametrize("product", ["rs", "pra"])
def test_api_information_tells_the_permissions_of_the_account_that_asks(make_api, product):
    account = {
        "client_secret": CLIENT_SECRET,
        "permissions": {"perm_command": "read_only", "perm_configuration": 1},
    }
    root = make_api({"accounts": {CLIENT_ID: account}}, product).command("get_api_info")
    permissions = {
        each.get("name"): each.text for each in root.iter() if local(each) == "permission"
    }
    assert permissions.keys() == set(PERMISSIONS[product])
    assert (permissions.pop("perm_command"), permissions.pop("perm_configuration")) == (
        "read_only",
        "1",
    )
    assert set(permissions.values()) == {"0"}
    assert ("perm_real_time_state" in permissions) is (product == "rs")


def test_api_information_tells_the_time_of_the_clock(api):
    before = int(children(api.command("get_api_info"))["timestamp"])
    assert before == api.appliance.clock.now_ms() // 1000
    api.appliance.clock.advance(60)
    assert int(children(api.command("get_api_info"))["timestamp"]) == before + 60


@pytest.mark.parametrize(
    ("product", "version", "api_version", "company"),
    [
        ("rs", "19.1.8", "1.19.0", True),
        ("rs", "20.1.2", "1.19.2", True),
        ("rs", "21.3.1", "1.21.1", True),
        ("rs", "22.2.3", "1.22.2", True),
        ("rs", "23.1.1", "1.23.1", True),
        ("rs", "23.3.2", "1.23.1", True),
        ("pra", "23.1.1", "1.22.3", True),
        ("pra", "23.2.1", "1.22.3", True),
        ("pra", "23.3.1", "1.23.1", True),
        ("rs", "24.2.4", "1.24.1", True),
        ("pra", "24.1.1", "1.24.1", True),
        ("rs", "24.3.1", "1.24.1", False),
        ("pra", "24.3.1", "1.24.1", False),
        ("rs", "25.2.1", "1.25.0", False),
        ("rs", "16.1.1", "1.19.0", True),
    ],
)
def test_versions_differ_in_the_version_of_the_api_and_in_the_companys_name(
    make_api, product, version, api_version, company
):
    info = children(make_api(product=product, version=version).command("get_api_info"))
    assert info["api_version"] == api_version
    assert info.get("company_name") == ("exampleco" if company else None)


def test_the_time_of_a_data_sync_may_have_no_seconds_since_1970(make_api):
    for has in (True, False):
        api = make_api(
            {
                "health": {
                    "failover_role": "backup",
                    "last_data_sync_ms": 1_760_000_000_000,
                    "last_data_sync_status": "success",
                }
            },
            data_sync_ts=has,
        )
        moment = next(
            child for child in api.command("check_health") if local(child) == "last_data_sync_time"
        )
        assert (moment.get("ts"), moment.text) == (
            *(
                ("1760000000", "2025-10-09T08:53:20+00:00")
                if has
                else (None, "2025-10-09T08:53:20.000+0000")
            ),
        )


def test_the_health_of_an_appliance_without_failover(api):
    root = api.command("check_health")
    assert [local(child) for child in root] == ["appliance", "version", "success", "failover_role"]
    assert (root[0].text, len(root[0].get("id"))) == ("support.example.org", 32)
    assert children(root)["version"].startswith("25.2.1 (")
    assert (children(root)["success"], children(root)["failover_role"]) == ("1", "none")


def test_the_health_of_an_appliance_with_failover(make_api):
    health = {
        "guid": "0c" * 16,
        "failover_role": "backup",
        "enabled_shared_ips": ["192.0.2.10", "192.0.2.11"],
        "last_data_sync_ms": 1_760_000_000_000,
        "last_data_sync_status": "Success",
    }
    root = make_api({"health": health}).command("check_health")
    assert [local(child) for child in root][3:] == [
        "failover_role",
        "enabled_shared_ips",
        "last_data_sync_time",
        "last_data_sync_status",
    ]
    assert [ip.text for ip in root[4]] == ["192.0.2.10", "192.0.2.11"]
    assert (root[5].get("ts"), root[5].text) == ("1760000000", "2025-10-09T08:53:20+00:00")


def test_a_failed_health_check_says_so_here_and_on_the_plain_page(make_api):
    api = make_api({"health": {"success": False, "error_message": "The disk is full"}})
    found = children(api.command("check_health"))
    assert (found["success"], found["error_message"]) == ("0", "The disk is full")
    assert api.raw("GET", "/check_health", headers={"Connection": "close"}).status_code == 500


def test_appliances_are_this_one_and_its_peers(make_api):
    root = make_api({"health": {"failover_role": "primary"}, "peers": [PEER]}).command(
        "get_appliances"
    )
    own, peer = root
    assert children(own) == {
        "name": "support",
        "public_hostname": "support.example.org",
        "cluster_role": "single",
        "failover_role": "primary",
        "accepting_connections": "1",
        "timezone_offset": "0",
    }
    assert (peer.get("id"), children(peer)["failover_role"]) == (PEER["guid"], "backup")


def role(api) -> str:
    return children(api.command("check_health"))["failover_role"]


def test_a_role_is_changed_at_once_and_the_peers_with_it(make_api):
    api = make_api({"health": {"failover_role": "primary"}, "peers": [PEER]})
    assert api.done("set_failover_role", role="backup") == "Successfully changed role"
    assert role(api) == "backup"
    assert [children(each)["failover_role"] for each in api.command("get_appliances")] == [
        "backup",
        "primary",
    ]
    assert "last_data_sync_time" not in children(api.command("check_health"))


def test_a_role_is_changed_after_a_data_sync_by_the_clock(make_api):
    api = make_api({"health": {"failover_role": "backup"}}, data_sync_seconds=90.0)
    text = api.done("set_failover_role", role="primary", data_sync_first="1")
    assert (
        text == "Successfully started data sync. Role change will occur upon successful completion"
    )
    assert "already in progress" in api.failed("set_failover_role", role="primary")
    api.appliance.clock.advance(89)
    assert role(api) == "backup"
    api.appliance.clock.advance(1)
    assert role(api) == "primary"
    found = api.command("check_health")
    assert children(found)["last_data_sync_status"] == "Success"
    assert found[4].get("ts") == str(api.appliance.clock.now_ms() // 1000)


def test_a_change_of_role_may_take_its_time(make_api):
    api = make_api({"health": {"failover_role": "backup"}}, role_change_seconds=5)
    api.done("set_failover_role", role="primary", data_sync_first="0")
    assert role(api) == "backup"
    api.appliance.clock.advance(5)
    assert role(api) == "primary"


def test_without_failover_no_role_is_changed(api):
    assert "not configured" in api.failed("set_failover_role", role="backup")
    assert role(api) == "none"


def test_without_its_peer_only_a_forced_primary_becomes_backup(make_api):
    api = make_api({"health": {"failover_role": "primary", "peer_reachable": False}})
    assert "could not be contacted" in api.failed("set_failover_role", role="backup")
    assert "could not be contacted" in api.failed(
        "set_failover_role", role="backup", force="1", data_sync_first="1"
    )
    api.done("set_failover_role", role="backup", force="1")
    assert role(api) == "backup"


def test_force_is_for_a_primary_that_is_to_become_backup_and_for_nothing_else(make_api):
    api = make_api({"health": {"failover_role": "backup", "peer_reachable": False}})
    for target in ("primary", "backup"):
        assert "force is for" in api.broken("set_failover_role", role=target, force="1")
    assert role(api) == "backup"


@pytest.mark.parametrize("promotion", ["allowed", "refused"])
def test_whether_a_backup_becomes_primary_without_its_peer_is_a_switch(make_api, promotion):
    api = make_api(
        {"health": {"failover_role": "backup", "peer_reachable": False}},
        promotion_without_peer=promotion,
    )
    if promotion == "refused":
        assert "could not be contacted" in api.failed("set_failover_role", role="primary")
    else:
        api.done("set_failover_role", role="primary")
    assert role(api) == {"allowed": "primary", "refused": "backup"}[promotion]


@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"role": "none"},
        {"role": "primary", "force": "true"},
        {"role": "primary", "data_sync_first": "yes"},
    ],
)
def test_a_role_change_takes_what_the_guide_says(make_api, parameters):
    api = make_api({"health": {"failover_role": "backup"}})
    api.broken("set_failover_role", **parameters)
    assert role(api) == "backup"


PRA = {
    "get_appliances": False,
    "get_connected_client_list": None,
    "get_connected_clients": None,
    "set_failover_role": None,
    "get_support_teams": False,
}


@pytest.mark.parametrize("commands", ["page", "guide"])
@pytest.mark.parametrize("action", PRA)
def test_pra_lacks_commands_of_rs(make_api, commands, action):
    api = make_api(product="pra", pra_commands=commands)
    has = PRA[action] is None and commands == "guide"
    answer = api.request("GET", f"/api/command?action={action}")
    assert ("Invalid action" in answer.text) is not has
    api.appliance.journal.violations.clear()


@pytest.mark.parametrize("action", ["get_api_info", "check_health"])
def test_pra_has_the_commands_of_its_page(make_api, action):
    make_api(product="pra").command(action)


def test_connected_clients_are_counted_and_listed(make_api):
    clients = {"1": {"jump_group_id": 3}, "2": {"jump_group_id": 3, "connection_type": "passive"}}
    root = make_api(
        {**SITE, "clients": CLIENTS, "config": {**SITE["config"], "jump-client": clients}}
    ).command("get_connected_client_list")
    summary, *listed = root
    (appliance,) = summary
    assert len(appliance.get("id")) == 32
    assert {count.get("type"): count.text for count in appliance} == {
        "representative": "1",
        "support_customer": "1",
        "presentation_attendee": "0",
        "push_agent": "2",
        "pinned_client": "1",
    }
    assert [(client.get("type"), client.get("id")) for client in listed] == [
        ("representative", "101"),
        ("support_customer", "201"),
        ("push_agent", "301"),
        ("push_agent", "302"),
    ]


def test_a_list_of_clients_is_narrowed_by_type_and_to_its_summary(make_api):
    api = make_api({"clients": CLIENTS})
    root = api.command("get_connected_client_list", type="push_agent,representative")
    assert [client.get("id") for client in root[1:]] == ["101", "301", "302"]
    assert [count.get("type") for count in root[0][0]] == ["representative", "push_agent"]
    assert len(api.command("get_connected_client_list", summary_only="1", type="all")) == 1
    assert "type is all or some of" in api.broken("get_connected_client_list", type="pinned_client")


def test_connected_clients_are_shown_with_what_their_type_has(make_api):
    api = make_api({"clients": CLIENTS})
    representative, customer, *agents = api.command("get_connected_clients")
    assert (local(representative), representative.get("id")) == ("connected_representative", "101")
    assert [local(child) for child in representative] == [
        "hostname",
        "platform",
        "timezone_offset",
        "user_id",
        "type",
        "username",
        "routing_idle",
        "support_session_ids",
    ]
    assert [lsid.text for lsid in representative[-1]] == ["aa", "bb"]
    assert (representative[1].get("id"), representative[1].text) == ("winNT-64", "Windows 11")
    assert children(customer) == {
        "hostname": "PC & Co",
        "platform": None,
        "timezone_offset": "0",
        "name": "Zoë",
        "lsid": "aa",
    }
    assert [children(agent)["name"] for agent in agents] == ["London", "Leeds"]


def test_connections_are_shown_where_they_are_asked_for(make_api):
    api = make_api({"clients": CLIENTS})
    (shown,) = api.command("get_connected_clients", id="101", include_connections="1")
    connections, since = (
        shown[0],
        next(child for child in shown if local(child) == "connected_since"),
    )
    assert [local(child) for child in connections] == ["client_connection", "event_log"]
    assert children(connections[0]) == {
        "appliance_id": api.appliance.site["health"]["guid"],
        "purpose": "primary",
        "receive_traffic_node": "0",
        "connected_since": "2026-01-09T23:06:40+00:00",
        "private_ip": "10.0.0.5",
    }
    assert since.get("ts") == "1768000000"
    assert [event.text for event in connections[1]] == [
        f"event {number}" for number in range(5, 25)
    ]
    assert "client_connections" not in children(api.command("get_connected_clients", id="101")[0])


def test_connected_clients_are_chosen_by_id_and_type(make_api):
    api = make_api({"clients": CLIENTS})
    assert [
        client.get("id")
        for client in api.command("get_connected_clients", id="301,101,999", type="push_agent")
    ] == ["301"]
    assert len(api.command("get_connected_clients", id=",".join(map(str, range(300, 400))))) == 2
    assert "100 ids" in api.failed("get_connected_clients", id=",".join(map(str, range(300, 401))))


def test_a_parameter_with_a_control_character_fails(api):
    assert "control character" in api.failed("get_connected_clients", id="1\x002")

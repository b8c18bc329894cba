"""Objects round Jump Items in the simulated Configuration API: defaults, changes, references,
uniqueness, and the rules of their kinds.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest

from tests.simulator.beyondtrust import configuration
from tests.unit.simulator.beyondtrust import configuration_client
from tests.unit.simulator.beyondtrust.configuration_walk import HOST, ITEMS

client, make_client, pra = (
    configuration_client.client,
    configuration_client.make_client,
    configuration_client.pra,
)
SHELL = {**HOST, "protocol": "ssh"}
TUNNEL = {**HOST, "tunnel_definitions": "22;24"}


def test_a_new_item_has_the_documented_defaults(client):
    assert client.post("/jump-item/shell-jump", SHELL) == {
        "id": 3,
        "name": "new",
        "jumpoint_id": 3,
        "hostname": "10.0.0.9",
        "jump_group_id": 1,
        "jump_group_type": "shared",
        "tag": "",
        "comments": "",
        "jump_policy_id": None,
        "session_policy_id": None,
        "protocol": "ssh",
        "port": 22,
        "terminal": "xterm",
        "keep_alive": 0,
        "username": "",
    }
    assert client.post("/jump-item/shell-jump", {**SHELL, "protocol": "telnet"})["port"] == 23
    rdp = client.post("/jump-item/remote-rdp", HOST)
    assert (rdp["quality"], rdp["console"], rdp["endpoint_id"]) == ("best_performance", False, None)
    assert ("session_forensics" in rdp) is (client.product == "pra")


def test_a_change_keeps_what_is_not_given_and_answers_the_whole_object(client):
    before = client.get("/jump-item/remote-rdp/1")
    changed = client.patch("/jump-item/remote-rdp/1", {"comments": "New rack"})
    assert changed == {**before, "comments": "New rack"} == client.get("/jump-item/remote-rdp/1")


def test_null_clears_what_may_be_null_and_an_empty_text_clears_the_rest(client):
    cleared = client.patch(
        "/jump-item/remote-rdp/1", {"jump_policy_id": None, "session_policy_id": None, "tag": ""}
    )
    assert (cleared["jump_policy_id"], cleared["session_policy_id"], cleared["tag"]) == (
        None,
        None,
        "",
    )
    assert client.invalid("PATCH", "/jump-item/remote-rdp/1", {"tag": None}) == {"tag"}


def test_items_may_have_the_same_name_and_identifiers_are_unique_per_kind_only(client):
    first, second = (
        client.post("/jump-item/remote-vnc", HOST),
        client.post("/jump-item/remote-vnc", HOST),
    )
    assert (first["id"], second["id"]) == (1, 2)
    assert client.get("/jump-item/shell-jump/1")["name"] == "sw-core-1"


def test_an_identifier_is_never_given_out_again(client):
    client.delete("/jump-item/shell-jump/2")
    assert client.post("/jump-item/shell-jump", SHELL)["id"] == 3


@pytest.mark.parametrize(
    "name", ["jumpoint_id", "jump_group_id", "jump_policy_id", "session_policy_id"]
)
def test_a_reference_to_nothing_names_its_field(client, name):
    for kind, body in ITEMS[client.product].items():
        assert client.invalid("POST", f"/jump-item/{kind}", {**body, name: 99}) == {name}
    assert client.invalid("PATCH", "/jump-item/shell-jump/1", {name: 99}) == {name}


def test_a_personal_item_belongs_to_a_user(client):
    assert (
        client.post(
            "/jump-item/shell-jump", {**SHELL, "jump_group_type": "personal", "jump_group_id": 3}
        )["jump_group_type"]
        == "personal"
    )
    assert client.invalid(
        "POST",
        "/jump-item/shell-jump",
        {**SHELL, "jump_group_type": "personal", "jump_group_id": 7},
    ) == {"jump_group_id"}
    assert client.invalid("PATCH", "/jump-item/shell-jump/1", {"jump_group_id": 3}) == {
        "jump_group_id"
    }


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/jump-group", {"name": "Plant A"}),
        ("/jump-group", {"name": "x", "code_name": "plant_a"}),
        ("/jumpoint", {"name": "London", "platform": "linux-x86"}),
        ("/jumpoint", {"name": "x", "platform": "linux-x86", "code_name": "leeds"}),
        ("/jump-policy", {"display_name": "x", "code_name": "office"}),
        ("/team", {"name": "x", "code_name": "field"}),
        ("/vault/account-group", {"name": "Servers"}),
        ("/vault/account-policy", {"name": "Shared"}),
        ("/vault/account-policy", {"name": "x", "code_name": "shared_use"}),
    ],
)
def test_what_must_be_unique_is(client, path, body):
    name = list(body)[-1] if "code_name" in body else "name"
    assert client.invalid("POST", path, body) == {name}
    other = client.get(path)[-1]
    if body[name] != other[name]:
        assert client.invalid("PATCH", f"{path}/{other['id']}", {name: body[name]}) == {name}
    assert client.patch(f"{path}/{other['id']}", {name: other[name]}) == other


def test_names_that_differ_in_case_are_different_names(client):
    client.post("/jump-group", {"name": "plant a"})
    assert client.names("/jump-group", name="PLANT A") == ["Plant A", "plant a"]


@pytest.mark.parametrize("body", [{"name": "Helpdesk"}])
def test_other_names_are_unique_by_a_switch(make_client, body):
    make_client().post("/team", body)
    assert make_client(names_unique="all").invalid("POST", "/team", body) == {"name"}
    assert make_client(names_unique="all").invalid(
        "POST", "/group-policy", {"name": "Trainees"}
    ) == {"name"}
    assert make_client(names_unique="all").invalid(
        "POST", "/jump-policy", {"display_name": "Night"}
    ) == {"display_name"}


def test_a_code_name_that_is_not_given_is_made_from_the_name_or_empty(make_client):
    generated, empty = make_client(), make_client(code_name_default="empty")
    assert generated.post("/jump-group", {"name": "Plant-A!"})["code_name"] == "plant_a_2"
    assert generated.post("/jump-policy", {"display_name": "Ünder"})["code_name"] == "nder"
    assert empty.post("/jump-group", {"name": "Plant C"})["code_name"] == ""
    assert empty.post("/jump-group", {"name": "Plant D"})["code_name"] == ""


def test_values_without_a_meaning_are_left_out_or_null(make_client):
    assert "public_ip" not in make_client().get("/jump-client/2")
    assert make_client(no_value="null").get("/jump-client/2")["public_ip"] is None


# --- Jumpoints


def test_platform_and_clustering_of_a_jumpoint_cannot_be_changed(client):
    assert client.invalid("PATCH", "/jumpoint/3", {"platform": "linux-x86", "clustered": True}) == {
        "platform",
        "clustered",
    }
    assert client.patch("/jumpoint/3", {"platform": "windows-x86"})["platform"] == "windows-x86"


def test_a_new_jumpoint_is_not_connected_and_only_a_cluster_on_linux_has_a_deploy_key(client):
    plain = client.post("/jumpoint", {"name": "Cork", "platform": "windows-x86"})
    assert plain["connected"] is False and "docker_deploy_key" not in plain
    assert client.post("/jumpoint", {"name": "Bray", "platform": "linux-x86", "clustered": True})[
        "docker_deploy_key"
    ]


def test_a_jumpoint_that_is_installed_has_no_installer_any_more(client):
    client.refuse(422, "GET", "/jumpoint/3/installer")
    answer = client.send("GET", "/jumpoint/4/installer")
    assert (answer.status, answer.content_type) == (200, "application/x-executable")


def test_networks_of_jumpoints_are_unique_unless_empty(client):
    client.patch("/jumpoint/3", {"external_jump_item_network_id": "net"})
    assert client.invalid("PATCH", "/jumpoint/4", {"external_jump_item_network_id": "net"}) == {
        "external_jump_item_network_id"
    }


def test_a_service_account_is_a_generic_or_domain_account(pra):
    assert pra.patch("/jumpoint/3", {"rdp_service_account_id": 1})["rdp_service_account_id"] == 1
    assert pra.invalid("PATCH", "/jumpoint/3", {"rdp_service_account_id": 4}) == {
        "rdp_service_account_id"
    }


def test_addresses_of_a_jumpoint_are_addresses(pra):
    assert pra.invalid(
        "PATCH", "/jumpoint/3", {"jzp_restricted_ips": ["10.0.0.0/8", "anywhere"]}
    ) == {"jzp_restricted_ips"}
    ranges = [{"start": "10.0.0.1", "end": "10.0.0.9"}, {"start": "here", "end": "there"}]
    assert pra.invalid("PATCH", "/jumpoint/3", {"managed_ip_ranges": ranges}) == {
        "managed_ip_ranges.1"
    }
    assert (
        pra.patch("/jumpoint/3", {"managed_ip_ranges": ranges[:1]})["managed_ip_ranges"]
        == ranges[:1]
    )


# --- Jump policies


def test_a_strict_schedule_needs_a_schedule(client):
    assert client.invalid(
        "PATCH", "/jump-policy/4", {"schedule_enabled": False, "schedule_strict": True}
    ) == {"schedule_strict"}
    assert client.invalid(
        "PATCH", "/jump-policy/4", {"simultaneous_jump_behavior_applies_to_copies": True}
    ) == {
        "simultaneous_jump_behavior_applies_to_copies",
    }


def test_approval_excludes_the_schedule_that_is_the_default(pra):
    approval = {
        "display_name": "x",
        "approval_required": True,
        "approval_display_name": "Boss",
        "approval_user_ids": ["2"],
    }
    assert pra.invalid("POST", "/jump-policy", approval) == {"approval_required"}
    assert (
        pra.post("/jump-policy", {**approval, "schedule_enabled": False})["approval_required"]
        is True
    )
    approval |= {"schedule_enabled": False, "approval_user_ids": []}
    assert pra.invalid("POST", "/jump-policy", approval) == {"approval_email_addresses"}
    assert pra.invalid("POST", "/jump-policy", {**approval, "approval_user_ids": ["77", "x"]}) == {
        "approval_user_ids"
    }


def test_notifications_need_recipients(pra):
    assert pra.invalid("PATCH", "/jump-policy/4", {"session_start_notification": True}) == {
        "notification_email_addresses",
        "notification_display_name",
    }


def test_a_policy_has_a_schedule_even_if_nobody_set_one(client):
    assert client.get("/jump-policy/4/schedule")["entries"][0]["end_time"] == "18:00"
    assert client.get("/jump-policy/5/schedule") == {"timezone": "UTC", "entries": []}


# --- Items that only PRA has


@pytest.mark.parametrize(
    ("more", "fields"),
    [
        ({"tunnel_definitions": ""}, {"tunnel_definitions"}),
        ({"tunnel_definitions": "22;24;26"}, {"tunnel_definitions"}),
        ({"tunnel_definitions": "22;0"}, {"tunnel_definitions"}),
        ({"tunnel_listen_address": "10.0.0.1"}, {"tunnel_listen_address"}),
        ({"tunnel_listen_address": "localhost"}, {"tunnel_listen_address"}),
        ({"tunnel_type": "mssql"}, {"username"}),
        ({"tunnel_type": "k8s"}, {"url", "ca_certificates", "jumpoint_id"}),
        ({"tunnel_type": "mssql", "username": "sa", "hostname": ...}, {"hostname"}),
    ],
)
def test_a_protocol_tunnel_needs_what_its_type_needs(pra, more, fields):
    body = {name: value for name, value in {**TUNNEL, **more}.items() if value is not ...}
    assert pra.invalid("POST", "/jump-item/protocol-tunnel-jump", body) == fields


def test_a_kubernetes_tunnel_takes_its_hostname_from_the_url(pra):
    url = "https://k8s.example.org/" + "x" * 200
    body = {
        "name": "k",
        "jumpoint_id": 4,
        "jump_group_id": 1,
        "tunnel_type": "k8s",
        "url": url,
        "ca_certificates": "-----",
    }
    assert pra.post("/jump-item/protocol-tunnel-jump", body)["hostname"] == url[:128]


def test_local_ports_may_be_0_and_remote_ones_not(pra):
    assert (
        pra.post("/jump-item/protocol-tunnel-jump", {**TUNNEL, "tunnel_definitions": "0;22"})[
            "tunnel_definitions"
        ]
        == "0;22"
    )


def test_remote_apps_belong_to_their_type(pra):
    assert pra.invalid("POST", "/jump-item/remote-rdp", {**HOST, "remote_app_name": "calc"}) == {
        "remote_app_name"
    }
    assert (
        pra.post(
            "/jump-item/remote-rdp",
            {**HOST, "secure_app_type": "remote_app", "remote_app_name": "calc"},
        )["remote_exe_path"]
        == ""
    )


def test_filter_rules_hold_addresses_and_get_their_defaults(pra):
    body = {
        "name": "n",
        "jumpoint_id": 3,
        "jump_group_id": 1,
        "filter_rules": [{"ip_addresses": {"list": ["10.0.0.1"]}}],
    }
    assert pra.post("/jump-item/network-tunnel-jump", body)["filter_rules"] == [
        {"ip_addresses": {"list": ["10.0.0.1"]}, "protocol": "ANY", "ports": {"list": []}},
    ]
    body["filter_rules"] = [{"ip_addresses": {"cidr": "everywhere"}}]
    assert pra.invalid("POST", "/jump-item/network-tunnel-jump", body) == {
        "filter_rules.0.ip_addresses"
    }
    assert pra.invalid("POST", "/jump-item/network-tunnel-jump", {**body, "filter_rules": []}) == {
        "filter_rules"
    }


# --- Copies, clients and installers


def test_a_copy_has_all_but_its_place_and_name(client):
    copied = client.post(
        "/jump-item/shell-jump/1/copy",
        {"jump_group_id": 2, "jump_group_type": "shared", "name": "copy"},
        200,
    )
    assert copied == {"action": "copy", "success": "1", "destId": 3}
    source = client.get("/jump-item/shell-jump/1")
    assert client.get("/jump-item/shell-jump/3") == {
        **source,
        "id": 3,
        "jump_group_id": 2,
        "name": "copy",
    }
    assert client.invalid("POST", "/jump-item/shell-jump/1/copy", {"jump_group_id": 99}) == {
        "jump_group_type",
        "name",
    }
    assert client.invalid(
        "POST",
        "/jump-item/shell-jump/1/copy",
        {"jump_group_id": 99, "jump_group_type": "shared", "name": "c"},
    ) == {"jump_group_id"}


def test_jump_clients_are_only_changed(client):
    assert client.send("POST", "/jump-client", {"jump_group_id": 1}).status == 405
    assert (
        client.patch("/jump-client/1", {"name": "desk", "jump_group_id": 2})["jump_group_id"] == 2
    )
    assert client.invalid("PATCH", "/jump-client/1", {"jump_group_id": 99}) == {"jump_group_id"}


def test_an_installer_shows_its_key_once_and_downloads_until_it_expires(client):
    made = client.post(
        "/jump-client/installer", {"jump_group_id": 1, "name": "", "valid_duration": 10}
    )
    assert (
        made["key_info"].keys() == {"encodedInfo", "filename", "installerPath"}
        and "name" not in made
    )
    assert made["expiration_timestamp"] == "2026-01-15T09:10:00+00:00"
    assert "key_info" not in client.get("/jump-client/installer/1")
    path = f"/jump-client/installer/{made['installer_id']}"
    answer = client.send("GET", f"{path}/mac-dmg")
    assert (answer.status, answer.content_type) == (200, "application/x-executable")
    client.refuse(404, "GET", f"{path}/amiga")
    client.appliance.clock.advance(600)
    client.refuse(422, "GET", f"{path}/mac-dmg")


def test_an_installer_is_held_against_what_is_there(client):
    assert client.invalid("POST", "/jump-client/installer", {"jump_group_id": 99}) == {
        "jump_group_id"
    }
    assert client.invalid(
        "POST", "/jump-client/installer", {"jump_group_id": 1, "jump_policy_id": 99}
    ) == {"jump_policy_id"}
    assert client.send("PATCH", "/jump-client/installer/1", {}).status == 405


# --- For the command API


def test_an_import_makes_an_item_as_post_would(client):
    made = configuration.create_jump_item(
        client.appliance, "shell-jump", {**SHELL, "_display_size": "1024x768"}
    )
    assert client.get(f"/jump-item/shell-jump/{made['id']}") == client.post(
        "/jump-item/shell-jump", SHELL
    ) | {"id": made["id"]}
    with pytest.raises(configuration.Refused):
        configuration.create_jump_item(
            client.appliance, "shell-jump", {**SHELL, "jump_group_id": 99}
        )


def test_an_import_may_make_a_longer_tag_than_post_and_the_state_stays_a_good_seed(client):
    configuration.create_jump_item(client.appliance, "shell-jump", {**SHELL, "tag": "x" * 1024})
    client.appliance.load(client.appliance.dump())
    assert len(client.appliance.site["config"]["jump-item/shell-jump"]["3"]["tag"]) == 1024


def test_objects_are_found_by_exactly_what_they_have(client):
    assert [
        each["id"]
        for each in configuration.find(client.appliance, "jump-group", code_name="plant_b")
    ] == [2]
    assert configuration.find(client.appliance, "jump-group", code_name="PLANT_B") == []
    assert len(configuration.find(client.appliance, "jump-group")) == 3


# --- Approvals (PRA)


@pytest.fixture
def approved(pra):
    """A client of an appliance on which a shell jump needs the approval of user 2 or of the team 1."""
    policy = pra.post(
        "/jump-policy",
        {
            "display_name": "Ask",
            "schedule_enabled": False,
            "approval_required": True,
            "approval_display_name": "Boss",
            "approval_user_ids": ["2"],
            "approval_team_ids": ["1"],
        },
    )
    pra.patch("/jump-item/shell-jump/1", {"jump_policy_id": policy["id"]})
    return pra


REQUEST = {
    "user_id": 3,
    "jump_item_type": "shell_jump",
    "jump_item_id": 1,
    "start": 1_768_467_600,
    "duration": 600,
}


def test_a_request_waits_for_one_who_may_answer_it(approved):
    approved.post("/jump-approval/request", REQUEST, 200)
    assert approved.get("/jump-approval/1") == []
    (request,) = approved.get("/jump-approval/2", state="pending")
    assert (request["state"], request["start_timestamp"]) == (
        "pending",
        "2026-01-15T09:00:00+00:00",
    )
    answer = {"id": request["id"], "user_id": 1, "answer": "denied", "comments": "Not now"}
    assert approved.refuse(400, "POST", "/jump-approval/approve", answer).keys() == {"message"}
    approved.post("/team/1/user", {"user_id": 1})
    approved.post("/jump-approval/approve", answer, 200)
    assert approved.get(f"/jump-approval/1/view/{request['id']}")["response_comments"] == "Not now"
    approved.refuse(400, "POST", "/jump-approval/approve", answer)
    assert approved.get("/jump-approval/2", state="pending") == []


def test_nobody_answers_their_own_request(approved):
    approved.post("/jump-approval/request", {**REQUEST, "user_id": 2}, 200)
    assert approved.get("/jump-approval/2") == []


def test_only_items_that_need_approval_can_be_requested(approved):
    approved.refuse(400, "POST", "/jump-approval/request", {**REQUEST, "jump_item_id": 2})
    assert approved.invalid(
        "POST", "/jump-approval/request", {**REQUEST, "jump_item_type": "broom"}
    ) == {"jump_item_type"}
    assert approved.invalid("POST", "/jump-approval/request", {**REQUEST, "user_id": 99}) == {
        "user_id"
    }
    approved.refuse(404, "GET", "/jump-approval/99")
    approved.refuse(404, "GET", "/jump-approval/2/view/99")


def test_a_code_name_may_be_made_of_the_kind_and_the_number(make_client):
    client = make_client(code_name_default="numbered")
    made = client.post("/jump-group", {"name": "Plant C"})
    assert made["code_name"] == f"jump_group_{made['id']}"
    assert client.post("/jump-group", {"name": "D", "code_name": "d"})["code_name"] == "d"


def test_wrong_fields_may_be_refused_with_another_status_and_the_same_reasons(make_client):
    body = {"name": "x" * 300}
    reasons = [
        make_client(invalid_status=status).refuse(status, "POST", "/jump-group", body)["errors"]
        for status in (422, 400)
    ]
    assert reasons[0] == reasons[1] and set(reasons[0]) == {"name"}

"""Which hosts, groups and variables the inventory makes of a simulated BeyondTrust appliance."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import re

import pytest
import yaml
from ansible.parsing.vault import VaultLib, VaultSecret

from ansible_collections.remoteops.access.plugins.inventory.beyondtrust import (
    DOCUMENTATION,
    EXAMPLES,
)
from ansible_collections.remoteops.access.plugins.plugin_utils._beyondtrust_clients import TYPES
from ansible_collections.remoteops.access.plugins.plugin_utils._beyondtrust_inventory import KINDS
from tests.controller import inventory_failure, parse_inventory, run_command
from tests.simulator.beyondtrust.company import company
from tests.unit.appliances import CLIENT_SECRET, small_appliance
from tests.unit.plugins.inventory.appliance_seeds import (
    item_lists,
    numbered,
    queries,
    site_of,
    with_clients,
)
from tests.unit.plugins.inventory.inventories import (
    SAFE_NAME,
    command,
    members,
    names,
    shown_secrets,
    variables,
)

FEWER_LISTS = ["remote-rdp", "remote-vnc", "shell-jump"]


def turned_round(site: dict) -> dict:
    config = site["config"]
    return {
        **site,
        "config": {
            **config,
            "jump-item/shell-jump": dict(reversed(config["jump-item/shell-jump"].items())),
        },
    }


def names_by_id(manager) -> dict:
    return {host.vars["beyondtrust_id"]: host.name for host in manager.get_hosts()}


# --- hosts and their variables -------------------------------------------------------------------------------------------


def test_every_item_and_every_client_in_a_jump_group_is_a_host_after_one_request_for_each_kind(
    beyondtrust, inventory_of
):
    simulated = beyondtrust()
    assert names(inventory_of(simulated)) == [
        "files",
        "kiosk",
        "sw-1_shell_jump_1",
        "sw-1_shell_jump_2",
        "till-1",
        "till-2",
    ]
    assert queries(simulated) == [
        f"GET /api/config/v1/{path}"
        for path in (
            "jump-client",
            "jump-group",
            "jump-item/remote-rdp",
            "jump-item/remote-vnc",
            "jump-item/shell-jump",
            "jump-policy",
            "jumpoint",
            "session-policy",
        )
    ]


def test_privileged_remote_access_has_five_kinds_more(beyondtrust, inventory_of):
    manager = inventory_of(beyondtrust("pra"), group_by=["kind"])
    assert members(manager) == {
        "beyondtrust_kind_jump_client": ["till-1", "till-2"],
        "beyondtrust_kind_mysql_tunnel_jump": ["wiki"],
        "beyondtrust_kind_network_tunnel_jump": ["line_1"],
        "beyondtrust_kind_protocol_tunnel_jump": ["stock"],
        "beyondtrust_kind_psql_tunnel_jump": ["orders"],
        "beyondtrust_kind_remote_rdp": ["files"],
        "beyondtrust_kind_remote_vnc": ["kiosk"],
        "beyondtrust_kind_shell_jump": ["sw-1_shell_jump_1", "sw-1_shell_jump_2"],
        "beyondtrust_kind_web_jump": ["console"],
    }
    assert variables(manager, "line_1")["beyondtrust_filter_rules"] == [
        {
            "ip_addresses": {"cidr": "10.3.0.0/24", "range": None, "list": None},
            "protocol": "TCP",
            "ports": {"range": None, "list": [502]},
        },
    ]


def test_the_whole_item_becomes_variables_with_names_in_the_place_of_ids(beyondtrust, inventory_of):
    manager = inventory_of(beyondtrust(), connection_variables=False)
    assert variables(manager, "files") == {
        f"beyondtrust_{name}": value
        for name, value in {
            "kind": "remote_rdp",
            "id": 1,
            "name": "files",
            "jump_group": "Servers",
            "jumpoint": "London",
            "hostname": "10.2.0.2",
            "rdp_username": "helpdesk",
            "domain": "EXAMPLE",
            "quality": "best_performance",
            "console": False,
            "ignore_untrusted": False,
            "tag": "",
            "comments": "Never restart.",
            "session_policy": "Servers",
        }.items()
    }
    assert variables(manager, "sw-1_shell_jump_2")["beyondtrust_jump_policy"] == "Ask First"
    assert variables(manager, "till-1")["beyondtrust_operating_system"] == "Windows 11 Pro"


@pytest.mark.parametrize("no_value", ["absent", "null"])
def test_an_attribute_that_an_item_does_not_have_is_no_variable(
    beyondtrust, inventory_of, no_value
):
    known = variables(inventory_of(beyondtrust(no_value=no_value)), "till-2")
    assert not {
        f"beyondtrust_{name}"
        for name in ("private_ip", "jump_policy", "attended_session_policy", "personal_list_of")
    } & set(known)
    assert None not in known.values()


def test_the_prefix_of_variables_can_be_chosen(beyondtrust, inventory_of):
    assert (
        variables(inventory_of(beyondtrust(), vars_prefix="bt_"), "kiosk")["bt_kind"]
        == "remote_vnc"
    )


@pytest.mark.parametrize("prefix", ["", "ansible_", "1", "a-b", "{{ 'ansible_' }}"])
def test_a_prefix_that_lets_the_appliance_choose_variables_is_refused(beyondtrust, refusal, prefix):
    simulated = beyondtrust()
    assert "vars_prefix must" in refusal(simulated, vars_prefix=prefix)
    assert simulated.asked() == []


def test_a_jump_client_that_is_uninstalled_is_no_host(beyondtrust, inventory_of):
    simulated = beyondtrust(
        site=site_of(clients=[{"name": "here"}, {"name": "gone", "connection_type": "uninstalled"}])
    )
    assert names(inventory_of(simulated)) == ["here"]


def test_a_jump_client_without_a_name_is_a_host_all_the_same(beyondtrust, inventory_of):
    site = site_of(clients=[{"hostname": "TILL-1"}, {"fqdn": "till-2.example.org"}, {}])
    assert names(inventory_of(beyondtrust(site=site))) == [
        "TILL-1",
        "jump_client_3",
        "till-2.example.org",
    ]


# --- names -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "policy, expected",
    [
        (["name", "hostname", "fqdn", "id"], ["Desk", "SRV", "c.example.org", "jump_client_4"]),
        (["hostname", "name"], ["DESK-1", "SRV", "jump_client_3", "jump_client_4"]),
        (["fqdn", "name"], ["Desk", "c.example.org", "jump_client_2", "jump_client_4"]),
        (["id"], ["jump_client_1", "jump_client_2", "jump_client_3", "jump_client_4"]),
    ],
)
def test_the_first_of_the_policy_that_an_item_has_names_its_host(
    beyondtrust, inventory_of, policy, expected
):
    site = site_of(
        clients=[
            {"name": "Desk", "hostname": "DESK-1"},
            {"hostname": "SRV"},
            {"name": "?", "fqdn": "c.example.org"},
            {"name": "!"},
        ]
    )
    assert names(inventory_of(beyondtrust(site=site), host_name=policy)) == expected


@pytest.mark.parametrize(
    "name",
    [
        "localhost",
        "LocalHost",
        "127.0.0.1",
        "all",
        "ungrouped",
        "beyondtrust_plant_leeds",
        "-oProxyCommand=id",
        "../../etc/passwd",
        ".hidden",
        "a\nb",
        "!prod",
        "~.*",
        "@/etc/hosts",
        "a,b",
        "x[1:9]",
        "*",
        "{{ 7*7 }}",
        "a b",
        "a\u202eb",
        "::1",
        "\uff0e\uff0e\uff0fx",
        "\x00\x1b[2J",
    ],
)
def test_a_name_that_means_something_else_to_ansible_or_the_system_is_changed(
    beyondtrust, inventory_of, name
):
    manager = inventory_of(beyondtrust(site=site_of({"name": name})))
    (host,) = names(manager)
    assert SAFE_NAME.fullmatch(host) and len(host) <= 200
    assert (
        host.lower() not in ("localhost", "127.0.0.1", "all", "ungrouped")
        and host not in manager.groups
    )
    assert variables(manager, host)["beyondtrust_name"] == name
    assert manager.groups["all"].vars == {}


def test_all_items_of_one_name_carry_kind_and_id_whatever_the_order_of_the_appliance(
    beyondtrust, inventory_of
):
    site = site_of(
        {"name": "PC"}, {"name": "PC"}, {"name": "P C"}, {"name": "P/C"}, {"name": "Other"}
    )
    forwards, backwards = (
        names_by_id(inventory_of(beyondtrust(site=each))) for each in (site, turned_round(site))
    )
    assert (
        forwards
        == backwards
        == {
            1: "PC_shell_jump_1",
            2: "PC_shell_jump_2",
            3: "P_C_shell_jump_3",
            4: "P_C_shell_jump_4",
            5: "Other",
        }
    )


def test_items_of_different_kinds_can_share_a_name_and_an_id(beyondtrust, inventory_of):
    manager = inventory_of(beyondtrust(site=site_of({"name": "web"}, clients=[{"name": "web"}])))
    assert names(manager) == ["web_jump_client_1", "web_shell_jump_1"]


def test_names_made_to_clash_with_the_suffix_end_up_different_whatever_the_order(
    beyondtrust, inventory_of
):
    site = site_of(
        {"name": "PC"},
        {"name": "PC"},
        {"name": "PC_shell_jump_1"},
        {"name": "PC_shell_jump_1_shell_jump_3"},
        {"name": "PC_shell_jump_2"},
    )
    forwards, backwards = (
        names_by_id(inventory_of(beyondtrust(site=each))) for each in (site, turned_round(site))
    )
    assert forwards == backwards
    assert len(set(forwards.values())) == 5


@pytest.mark.parametrize(
    "options, expected",
    [
        ({}, ["sw-1_shell_jump_1"]),
        ({"stable_names": False}, ["sw-1"]),
        ({"kinds": ["shell_jump"]}, ["sw-1_shell_jump_1"]),
        ({"host_name": ["id"]}, ["shell_jump_1"]),
    ],
)
def test_a_name_depends_on_the_filters_only_if_that_is_wanted(
    beyondtrust, inventory_of, options, expected
):
    assert names(inventory_of(beyondtrust(), tags=["switch"], **options)) == expected


def test_a_warning_tells_which_hosts_carry_kind_and_id(beyondtrust, inventory_of, capsys):
    inventory_of(beyondtrust(site=site_of({"name": "Twin-8"}, {"name": "Twin-8"})))
    assert "Twin-8_shell_jump_1, Twin-8_shell_jump_2" in " ".join(capsys.readouterr().err.split())


def test_a_host_never_takes_the_place_of_a_group_of_another_source(beyondtrust, written, tmp_path):
    (tmp_path / "a.yml").write_text("all: {children: {payroll: {vars: {secret: 1}}}}")
    manager = parse_inventory(
        tmp_path / "a.yml", written(beyondtrust(site=site_of({"name": "payroll"})))
    )
    assert manager.groups["payroll"].vars == {"secret": 1}
    assert names(manager) == ["payroll_shell_jump_1"]


# --- groups ------------------------------------------------------------------------------------------------------------


def test_every_jump_group_with_items_is_a_group(beyondtrust, inventory_of):
    assert members(inventory_of(beyondtrust())) == {
        "beyondtrust_plant_leeds": ["kiosk", "sw-1_shell_jump_1", "till-1"],
        "beyondtrust_servers": ["files", "sw-1_shell_jump_2", "till-2"],
    }


def test_jumpoints_kinds_and_tags_become_groups_on_request(beyondtrust, inventory_of):
    assert members(inventory_of(beyondtrust(), group_by=["jumpoint", "kind", "tag"])) == {
        "beyondtrust_jumpoint_leeds": ["kiosk", "sw-1_shell_jump_1", "sw-1_shell_jump_2"],
        "beyondtrust_jumpoint_london": ["files"],
        "beyondtrust_kind_jump_client": ["till-1", "till-2"],
        "beyondtrust_kind_remote_rdp": ["files"],
        "beyondtrust_kind_remote_vnc": ["kiosk"],
        "beyondtrust_kind_shell_jump": ["sw-1_shell_jump_1", "sw-1_shell_jump_2"],
        "beyondtrust_tag_shop": ["till-1"],
        "beyondtrust_tag_switch": ["sw-1_shell_jump_1"],
    }


def test_groups_can_be_left_out(beyondtrust, inventory_of):
    assert members(inventory_of(beyondtrust(), group_by=[])) == {}


def test_the_prefix_of_groups_can_be_chosen_or_empty(beyondtrust, inventory_of):
    simulated = beyondtrust(
        site=site_of({"name": "a"}, **{"jump-group": {"1": {"name": "1st floor", "code_name": ""}}})
    )
    assert members(inventory_of(simulated, group_prefix="site_")) == {"site_1st_floor": ["a"]}
    assert members(inventory_of(simulated, group_prefix="")) == {"_st_floor": ["a"]}


def test_a_prefix_of_groups_that_is_no_part_of_a_name_is_refused(beyondtrust, refusal):
    assert "group_prefix must" in refusal(beyondtrust(), group_prefix="a b")


def test_groups_that_would_share_a_name_get_different_ones_and_none_is_one_of_ansible_s(
    beyondtrust, inventory_of
):
    called = ["A B", "a-b", "All", "ungrouped", "Tag switch"]
    site = site_of(
        *(
            {"name": f"m{number}", "jump_group_id": number, "tag": "switch" if number == 1 else ""}
            for number in range(1, 6)
        ),
        **{"jump-group": numbered({"name": name, "code_name": ""} for name in called)},
    )
    manager = inventory_of(beyondtrust(site=site), group_prefix="", group_by=["jump_group", "tag"])
    found = sorted(
        (re.sub("_[0-9a-f]{8}$", "_CHECKSUM", name), *hosts)
        for name, hosts in members(manager).items()
    )
    assert found == [
        ("a_b_CHECKSUM", "m1"),
        ("a_b_CHECKSUM", "m2"),
        ("all_CHECKSUM", "m3"),
        ("tag_switch_CHECKSUM", "m1"),
        ("tag_switch_CHECKSUM", "m5"),
        ("ungrouped_CHECKSUM", "m4"),
    ]
    assert manager.groups["ungrouped"].hosts == []


def test_the_personal_lists_of_users_are_left_out_unless_asked_for_and_then_are_groups(
    beyondtrust, inventory_of
):
    site = site_of(
        {"name": "theirs", "jump_group_id": 2, "jump_group_type": "personal"},
        {"name": "shared"},
        clients=[{"name": "laptop", "jump_group_id": 3, "jump_group_type": "personal"}],
    )
    simulated = beyondtrust(site=site)
    assert names(inventory_of(simulated)) == ["shared"]
    assert item_lists(simulated) == {
        name: [{"jump_group_type": "shared"}] for name in ("jump-client", *FEWER_LISTS)
    }
    manager = inventory_of(simulated, personal_lists=True)
    assert members(manager) == {
        "beyondtrust_personal_a_keller": ["theirs"],
        "beyondtrust_personal_b_okafor": ["laptop"],
        "beyondtrust_plant_leeds": ["shared"],
    }
    assert variables(manager, "theirs")["beyondtrust_personal_list_of"] == "a.keller"


def test_a_user_cannot_rename_the_hosts_and_groups_of_others_by_a_personal_item(
    beyondtrust, inventory_of
):
    theirs = {"jump_group_id": 2, "jump_group_type": "personal"}
    site = site_of(
        {"name": "db", "tag": "a b"},
        {"name": "db", "tag": "a-b", **theirs},
        {"name": "DB", **theirs},
    )
    simulated = beyondtrust(site=site)
    assert names(inventory_of(simulated)) == ["db"]
    manager = inventory_of(simulated, personal_lists=True, group_by=["tag"])
    assert names(manager) == ["DB_shell_jump_3", "db", "db_shell_jump_2"]
    assert members(manager)["beyondtrust_tag_a_b"] == ["db"]


def test_a_client_that_connects_cannot_rename_a_host(beyondtrust, inventory_of):
    impostor = {
        "type": "support_customer",
        "id": 7,
        "hostname": "x",
        "attributes": {"name": "kiosk"},
    }
    manager = inventory_of(
        beyondtrust(site={**small_appliance(), "clients": [impostor]}),
        connected_clients=["support_customer"],
    )
    assert {"kiosk", "kiosk_connected_support_customer_7"} < set(names(manager))
    assert variables(manager, "kiosk")["beyondtrust_kind"] == "remote_vnc"


# --- constructed and templates ---------------------------------------------------------------------------------------------


def test_variables_and_groups_are_constructed_from_the_items(beyondtrust, inventory_of):
    manager = inventory_of(
        beyondtrust(),
        compose={"site": "beyondtrust_jump_group | lower"},
        groups={"leeds": "site is search('leeds')"},
        keyed_groups=[
            {"key": "beyondtrust_operating_system", "prefix": "os"},
            {"key": "beyondtrust_protocol", "separator": ""},
        ],
    )
    assert variables(manager, "kiosk")["site"] == "plant leeds"
    assert members(manager)["leeds"] == ["kiosk", "sw-1_shell_jump_1", "till-1"]
    assert members(manager)["os_Windows_11_Pro"] == ["till-1", "till-2"]
    assert members(manager)["telnet"] == ["sw-1_shell_jump_2"]


def test_with_strict_an_expression_that_fails_is_an_error(beyondtrust, written):
    message, _hosts = inventory_failure(
        written(beyondtrust(), strict=True, compose={"system": "beyondtrust_operating_system"})
    )
    assert "Could not set system for host files" in message


def test_options_may_be_templates(beyondtrust, inventory_of, monkeypatch):
    monkeypatch.setenv("MY_SECRET", CLIENT_SECRET)
    manager = inventory_of(
        beyondtrust(),
        client_secret="{{ lookup('ansible.builtin.env', 'MY_SECRET') }}",
        timeout="{{ 2 * 5 }}",
        kinds=["{{ 'remote_' ~ 'vnc' }}"],
        vars_prefix="{{ 'bt' }}_",
    )
    assert variables(manager, "kiosk")["bt_id"] == 1


def test_the_connection_comes_from_the_environment(beyondtrust, inventory_of, monkeypatch):
    simulated = beyondtrust()
    left_out = {}
    for name, value in simulated.options.items():
        monkeypatch.setenv(f"BEYONDTRUST_{name.upper()}", str(value))
        left_out[name] = ...
    assert len(names(inventory_of(simulated, **left_out))) == 6


def test_the_secret_may_be_encrypted_with_ansible_vault(beyondtrust, written, tmp_path):
    (tmp_path / "pass_phrase").write_text("pass phrase")
    source = written(beyondtrust(), client_secret=...)
    encrypted = (
        VaultLib([("default", VaultSecret(b"pass phrase"))])
        .encrypt(CLIENT_SECRET)
        .decode()
        .replace("\n", "\n  ")
    )
    source.write_text(f"{source.read_text()}client_secret: !vault |\n  {encrypted}\n")
    done = run_command(
        "ansible-inventory",
        "-i",
        str(source),
        "--list",
        "--vault-password-file",
        "pass_phrase",
        directory=tmp_path,
    )
    assert "kiosk" in json.loads(done.stdout)["_meta"]["hostvars"]


def test_a_template_from_the_appliance_stays_text(beyondtrust, written, tmp_path):
    template = "{{ 123 * 4567 }}"
    item = {
        "name": f"evil {template}",
        "username": template,
        "tag": template,
        "comments": template,
        "hostname": template,
    }
    client = {
        "name": "client",
        "hostname": template,
        "operating_system": template,
        "console_user": template,
    }
    site = site_of(
        item, clients=[client], **{"jump-group": {"1": {"name": template, "code_name": ""}}}
    )
    source = written(
        beyondtrust(site=site),
        group_by=["jump_group", "tag"],
        compose={"composed": "beyondtrust_tag ~ '!'", "ansible_user": "'u'"},
        keyed_groups=[{"key": "beyondtrust_comments", "prefix": "c"}],
    )
    (tmp_path / "play.yml").write_text(
        yaml.safe_dump(
            [
                {
                    "hosts": "all",
                    "gather_facts": False,
                    "tasks": [
                        {
                            "ansible.builtin.copy": {
                                "dest": f"{tmp_path}/seen-{{{{ beyondtrust_kind }}}}",
                                "content": "{{ dict(hostvars[inventory_hostname]) | combine({'name': inventory_hostname, 'in': group_names}) | to_json }}",
                            },
                            "delegate_to": "localhost",
                        }
                    ],
                }
            ]
        )
    )
    done = run_command("ansible-playbook", "-i", str(source), "play.yml", directory=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    texts = [(tmp_path / f"seen-{kind}").read_text() for kind in ("shell_jump", "jump_client")]
    assert "561741" not in "".join(texts)
    jump, client = map(json.loads, texts)
    assert (jump["beyondtrust_name"], jump["beyondtrust_username"], jump["composed"]) == (
        f"evil {template}",
        template,
        f"{template}!",
    )
    assert (jump["beyondtrust_jump_group"], jump["beyondtrust_hostname"]) == (template, template)
    assert (client["beyondtrust_operating_system"], client["beyondtrust_console_user"]) == (
        template,
        template,
    )
    assert (jump["name"], jump["in"]) == (
        "evil_123_4567",
        ["beyondtrust_123_4567", "beyondtrust_tag_123_4567", "c____123___4567___"],
    )
    assert "ansible_host" not in jump


# --- as a command ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("product", ["rs", "pra"])
def test_the_command_lists_a_whole_company_and_shows_no_secret(
    beyondtrust, written, tmp_path, product
):
    simulated = beyondtrust(product, company(product))
    done, said = command(
        written(simulated, personal_lists=True, group_by=["jump_group", "kind"]), tmp_path
    )
    assert not shown_secrets(said, *simulated.secrets, *simulated.shared_tokens())
    listed = json.loads(done.stdout[done.stdout.index("\n{") :])
    assert len(listed["_meta"]["hostvars"]) == 211
    assert "beyondtrust_münchen" in listed["all"]["children"]


@pytest.mark.parametrize("options", [{"client_secret": "WRONG/secret"}, {"timeout": "soon"}])
def test_a_command_that_fails_shows_no_secret_either(beyondtrust, written, tmp_path, options):
    done, said = command(written(beyondtrust(), **options), tmp_path)
    assert "Failed to parse" in done.stderr
    assert not shown_secrets(said, CLIENT_SECRET, "WRONG/secret")


def test_the_documentation_can_be_shown_and_names_every_kind_and_type(tmp_path):
    done = run_command(
        "ansible-doc", "-t", "inventory", "remoteops.access.beyondtrust", directory=tmp_path
    )
    assert done.returncode == 0, done.stderr
    assert "BEYONDTRUST_CLIENT_SECRET" in done.stdout and "EXAMPLES" in done.stdout
    options = yaml.safe_load(DOCUMENTATION)["options"]
    assert sorted(options["kinds"]["choices"]) == sorted(KINDS)
    assert sorted(options["connected_clients"]["choices"]) == sorted(TYPES)


def test_the_examples_work(beyondtrust, tmp_path, monkeypatch):
    simulated = beyondtrust(site=company("rs"))
    for name, value in simulated.options.items():
        monkeypatch.setenv(f"BEYONDTRUST_{name.upper()}", str(value))
    monkeypatch.setenv("HOME", str(tmp_path))
    found = []
    for number, example in enumerate(yaml.safe_load_all(EXAMPLES)):
        source = tmp_path / f"{number}.beyondtrust.yml"
        source.write_text(yaml.safe_dump({**example, "url": simulated.running.url}))
        found.append(parse_inventory(source))
    everyone, switches, servers, clients = found
    assert len(names(everyone)) == 207
    assert (
        set(names(switches))
        == {host.name for host in switches.get_hosts("beyondtrust_network_equipment")}
        and members(switches)["telnet_only"]
    )
    assert {host.vars["ansible_connection"] for host in servers.get_hosts()} == {"psrp"}
    assert {host.vars["ansible_user"] for host in servers.get_hosts()} == {"HARROWFINCH\\helpdesk"}
    assert len(members(clients)["beyondtrust_kind_connected_push_agent"]) == 8 and any(
        name.startswith("os_Windows") for name in members(clients)
    )


def test_without_lxml_an_inventory_that_needs_none_works_and_one_that_does_says_what_is_missing(
    beyondtrust, written, tmp_path
):
    (tmp_path / "lxml").mkdir()
    (tmp_path / "lxml/__init__.py").write_text("raise ImportError('not installed')")
    simulated = beyondtrust(site=with_clients())
    done = run_command(
        "ansible-inventory",
        "-i",
        str(written(simulated)),
        "--list",
        directory=tmp_path,
        PYTHONPATH=str(tmp_path),
    )
    assert "kiosk" in json.loads(done.stdout)["_meta"]["hostvars"]
    source = written(simulated, connected_clients=["push_agent"])
    done = run_command(
        "ansible-inventory",
        "-i",
        str(source),
        "--list",
        directory=tmp_path,
        PYTHONPATH=str(tmp_path),
    )
    assert "The Python library lxml is missing" in " ".join(done.stderr.split())


def test_without_httpx_a_command_says_what_is_missing(beyondtrust, written, tmp_path):
    (tmp_path / "httpx.py").write_text("raise ImportError('not installed')")
    done = run_command(
        "ansible-inventory",
        "-i",
        str(written(beyondtrust())),
        "--list",
        directory=tmp_path,
        PYTHONPATH=str(tmp_path),
    )
    assert "Failed to import the required Python library (httpx)" in " ".join(done.stderr.split())

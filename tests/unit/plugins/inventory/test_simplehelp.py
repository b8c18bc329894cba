"""Which hosts, groups and variables the inventory makes of a simulated SimpleHelp server, what it
asks for, and how it fails.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import re
from importlib import import_module

import pytest
import yaml
from ansible.parsing.vault import VaultLib, VaultSecret
from ansible.plugins.cache import BaseFileCacheModule

from tests.controller import inventory_failure, parse_inventory, run_command
from tests.simulator.clock import START_MS
from tests.simulator.company import company
from tests.unit.plugins.inventory.inventories import (
    SAFE_NAME,
    command,
    everything,
    members,
    names,
    shown_secrets,
    variables,
)
from tests.unit.simulated import TOKEN

OFFICES = ["United Kingdom", "London"]
FIRST_MACHINE = {
    "machine_id": "SG_1",
    "online": True,
    "groups": OFFICES,
    "name": "LDN-WHS-1",
    "state": "Not In Use",
    "protocol": "UDP",
    "last_registration_time": START_MS,
    "session_count": 0,
    "monitoring_enabled": False,
    "ip_addresses": [],
}


def site_of(*machines: dict, **more) -> dict:
    return {
        "machines": {f"SG_{number}": machine for number, machine in enumerate(machines, 1)},
        **more,
    }


def turned_round(site: dict) -> dict:
    return {**site, "machines": dict(reversed(site["machines"].items()))}


def names_by_id(manager) -> dict[str, str]:
    return {host.vars["simplehelp_machine_id"]: host.name for host in manager.get_hosts()}


def queries(simulated) -> list[str]:
    return [entry.query for entry in simulated.asked()]


# --- hosts and their variables -------------------------------------------------------------------------------------------


def test_every_machine_is_a_host_after_one_request(simplehelp, inventory_of):
    simulated = simplehelp()
    assert names(inventory_of(simulated)) == [
        "LDN-WHS-1",
        "LDN-WHS-2",
        "RECEPTION_SG_3",
        "RECEPTION_SG_4",
        "SPARE",
    ]
    assert queries(simulated) == ["machines/list"]


def test_the_whole_machine_becomes_variables(simplehelp, inventory_of):
    assert variables(inventory_of(simplehelp()), "LDN-WHS-1") == {
        f"simplehelp_{name}": value for name, value in FIRST_MACHINE.items()
    }


@pytest.mark.parametrize("nulls", ["absent", "null"])
def test_an_attribute_that_a_machine_does_not_have_is_no_variable(simplehelp, inventory_of, nulls):
    manager = inventory_of(simplehelp(nulls=nulls, offline_machines="sparse"))
    assert set(variables(manager, "RECEPTION_SG_4")) == {
        f"simplehelp_{name}"
        for name in (
            "machine_id",
            "online",
            "groups",
            "name",
            "last_registration_time",
            "monitoring_enabled",
        )
    }


def test_all_attributes_of_the_document_are_in_snake_case(simplehelp, inventory_of):
    machine = {
        "name": "A",
        "os": "Linux",
        "hostname": "a",
        "wanIP": "203.0.113.1",
        "ipAddresses": [{"ip": "10.0.0.1", "mac": "02:00", "name": "e"}],
    }
    known = variables(inventory_of(simplehelp(site_of(machine))), "A")
    assert known["simplehelp_wan_ip"] == "203.0.113.1"
    assert known["simplehelp_ip_addresses"] == [{"ip": "10.0.0.1", "mac": "02:00", "name": "e"}]
    assert set(known) == {
        f"simplehelp_{name}" for name in (*FIRST_MACHINE, "os", "hostname", "wan_ip")
    }


def test_the_prefix_of_variables_can_be_chosen(simplehelp, inventory_of):
    assert (
        variables(inventory_of(simplehelp(), vars_prefix="sh_"), "SPARE")["sh_machine_id"] == "SG_5"
    )


@pytest.mark.parametrize("prefix", ["", "ansible_", "1", "a-b", "{{ 'ansible_' }}"])
def test_a_prefix_that_lets_the_server_choose_variables_is_refused(simplehelp, refusal, prefix):
    simulated = simplehelp()
    assert "vars_prefix must" in refusal(simulated, vars_prefix=prefix)
    assert queries(simulated) == []


# --- names -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "policy, expected",
    [
        (["name", "hostname", "machine_id"], ["Desk", "SG_3", "srv"]),
        (["hostname", "name"], ["SG_3", "desk.example.org", "srv"]),
        (["machine_id"], ["SG_1", "SG_2", "SG_3"]),
        (["hostname"], ["SG_3", "desk.example.org", "srv"]),
    ],
)
def test_the_first_of_the_policy_that_a_machine_has_names_its_host(
    simplehelp, inventory_of, policy, expected
):
    site = site_of(
        {"name": "Desk", "hostname": "desk.example.org"},
        {"name": "", "hostname": "srv"},
        {"name": " ", "hostname": "?"},
    )
    assert names(inventory_of(simplehelp(site), host_name=policy)) == expected


@pytest.mark.parametrize(
    "name",
    [
        "localhost",
        "LocalHost",
        "127.0.0.1",
        "all",
        "ungrouped",
        "simplehelp_ireland",
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
        "x" * 5000,
        "\x00\x1b[2J",
    ],
)
def test_a_name_that_means_something_else_to_ansible_or_the_system_is_changed(
    simplehelp, inventory_of, name
):
    site = site_of({"name": "Ireland", "groups": ["Ireland"]}, {"name": name})
    manager = inventory_of(simplehelp(site))
    host = names_by_id(manager)["SG_2"]
    assert SAFE_NAME.fullmatch(host) and len(host) <= 200
    assert (
        host.lower() not in ("localhost", "127.0.0.1", "all", "ungrouped")
        and host not in manager.groups
    )
    assert variables(manager, host)["simplehelp_name"] == name
    assert manager.groups["all"].vars == {}


def test_a_readable_name_stays_readable(simplehelp, inventory_of):
    site = site_of(
        {"name": "Reception PC (London)"}, {"name": "Empfang-München"}, {"name": "web.example.org"}
    )
    assert names(inventory_of(simplehelp(site))) == [
        "Empfang-München",
        "Reception_PC_London",
        "web.example.org",
    ]


def test_all_machines_of_one_name_carry_their_id_whatever_the_order_of_the_server(
    simplehelp, inventory_of
):
    site = site_of(
        {"name": "PC"}, {"name": "PC"}, {"name": "P C"}, {"name": "P/C"}, {"name": "Other"}
    )
    forwards, backwards = (
        names_by_id(inventory_of(simplehelp(each))) for each in (site, turned_round(site))
    )
    assert (
        forwards
        == backwards
        == {
            "SG_1": "PC_SG_1",
            "SG_2": "PC_SG_2",
            "SG_3": "P_C_SG_3",
            "SG_4": "P_C_SG_4",
            "SG_5": "Other",
        }
    )


def test_names_made_to_clash_with_the_suffix_end_up_different_whatever_the_order(
    simplehelp, inventory_of
):
    site = site_of(
        {"name": "PC"},
        {"name": "PC"},
        {"name": "PC_SG_1"},
        {"name": "PC_SG_1_SG_3"},
        {"name": "PC_SG_2"},
    )
    site["machines"]["SG/1"] = {"name": "PC"}
    forwards, backwards = (
        names_by_id(inventory_of(simplehelp(each))) for each in (site, turned_round(site))
    )
    assert forwards == backwards
    assert len(set(forwards.values())) == 6
    assert all(name.startswith("PC_SG_") for name in forwards.values())


def test_a_name_depends_on_all_machines_and_not_on_the_filters(simplehelp, inventory_of):
    assert names(inventory_of(simplehelp(), machine_group=["Ireland"])) == ["RECEPTION_SG_4"]


def test_a_warning_tells_which_hosts_carry_their_id(simplehelp, inventory_of, capsys):
    inventory_of(simplehelp(site_of({"name": "Twin-9"}, {"name": "Twin-9"})))
    assert "Twin-9_SG_1, Twin-9_SG_2" in " ".join(capsys.readouterr().err.split())


def test_a_host_never_takes_the_place_of_a_group_of_another_source(simplehelp, written, tmp_path):
    (tmp_path / "a.yml").write_text("all: {children: {payroll: {vars: {secret: 1}}}}")
    source = written(simplehelp(site_of({"name": "payroll"})))
    manager = parse_inventory(tmp_path / "a.yml", source)
    assert manager.groups["payroll"].vars == {"secret": 1}
    assert names(manager) == ["payroll_SG_1"]


# --- groups ------------------------------------------------------------------------------------------------------------


def test_the_tree_of_machine_groups_is_a_tree_of_groups(simplehelp, inventory_of):
    manager = inventory_of(simplehelp())
    assert members(manager) == {
        "simplehelp_ireland": ["RECEPTION_SG_4"],
        "simplehelp_united_kingdom": ["RECEPTION_SG_3"],
        "simplehelp_united_kingdom_london": ["LDN-WHS-1", "LDN-WHS-2"],
    }
    assert [group.name for group in manager.groups["simplehelp_united_kingdom"].child_groups] == [
        "simplehelp_united_kingdom_london"
    ]
    assert [host.name for host in manager.groups["ungrouped"].hosts] == ["SPARE"]
    assert [host.name for host in manager.get_hosts("simplehelp_united_kingdom")] == [
        "RECEPTION_SG_3",
        "LDN-WHS-1",
        "LDN-WHS-2",
    ]


def test_groups_can_be_left_out(simplehelp, inventory_of):
    assert members(inventory_of(simplehelp(), machine_groups=False)) == {}


def test_the_prefix_of_groups_can_be_chosen_or_empty(simplehelp, inventory_of):
    simulated = simplehelp(site_of({"name": "A", "groups": ["1st floor"]}))
    assert members(inventory_of(simulated, group_prefix="site_")) == {"site_1st_floor": ["A"]}
    assert members(inventory_of(simulated, group_prefix="")) == {"_st_floor": ["A"]}


def test_a_prefix_of_groups_that_is_no_part_of_a_name_is_refused(simplehelp, refusal):
    assert "group_prefix must" in refusal(simplehelp(), group_prefix="a b")


def test_paths_that_would_share_a_name_get_different_ones_whatever_the_order_of_the_server(
    simplehelp, inventory_of
):
    paths = [["A B"], ["A", "B"], ["a b"], ["A", "!"], ["A", "?"]]
    site = site_of(*({"name": f"m{number}", "groups": path} for number, path in enumerate(paths)))
    forwards, backwards = (
        members(inventory_of(simplehelp(each))) for each in (site, turned_round(site))
    )
    assert forwards == backwards
    assert sorted(hosts for hosts in forwards.values() if hosts) == [
        ["m0"],
        ["m1"],
        ["m2"],
        ["m3"],
        ["m4"],
    ]
    assert all(re.fullmatch(r"simplehelp_a(_b)?_*([0-9a-f]{8})?", name) for name in forwards)


def test_with_an_empty_prefix_a_machine_group_still_cannot_be_all_hosts(simplehelp, inventory_of):
    site = site_of({"name": "A", "groups": ["All"]}, {"name": "B", "groups": ["ungrouped", "x"]})
    manager = inventory_of(simplehelp(site), group_prefix="")
    assert all(
        re.fullmatch(r"all_[0-9a-f]{8}|ungrouped_[0-9a-f]{8}|ungrouped_x", name)
        for name in members(manager)
    )
    assert manager.groups["ungrouped"].child_groups == []


# --- filters -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "options, expected",
    [
        ({"online": False}, ["RECEPTION_SG_4"]),
        ({"online": True}, ["LDN-WHS-1", "LDN-WHS-2", "RECEPTION_SG_3", "SPARE"]),
        ({"machine_group": ["United Kingdom"]}, ["LDN-WHS-1", "LDN-WHS-2", "RECEPTION_SG_3"]),
        ({"machine_group": OFFICES}, ["LDN-WHS-1", "LDN-WHS-2"]),
        ({"machine_group": [OFFICES, ["Ireland"]]}, ["LDN-WHS-1", "LDN-WHS-2", "RECEPTION_SG_4"]),
        (
            {"machine_group": []},
            ["LDN-WHS-1", "LDN-WHS-2", "RECEPTION_SG_3", "RECEPTION_SG_4", "SPARE"],
        ),
        ({"os": "^mac"}, ["RECEPTION_SG_4"]),
        ({"os": "windows"}, []),
        ({"properties": {"asset": "HF-4", "floor": "2"}}, ["RECEPTION_SG_4"]),
        ({"properties": {"asset": ["HF-1", "HF-4"]}}, ["LDN-WHS-1", "RECEPTION_SG_4"]),
        ({"properties": {"asset": "HF-."}}, []),
        ({"properties": {"currency": "GBP"}}, ["LDN-WHS-1", "LDN-WHS-2", "RECEPTION_SG_3"]),
        ({"properties": {"currency": "GBP"}, "inherited_properties": False}, []),
        (
            {"properties": {"asset": ["HF-1", "HF-4"]}, "online": True, "machine_group": OFFICES},
            ["LDN-WHS-1"],
        ),
    ],
)
def test_a_filter_takes_the_machines_that_fit_and_no_other(
    simplehelp, inventory_of, options, expected
):
    assert names(inventory_of(simplehelp(), **options)) == expected


def test_a_filter_leaves_out_groups_without_hosts(simplehelp, inventory_of):
    assert set(members(inventory_of(simplehelp(), online=False))) == {"simplehelp_ireland"}


def test_a_filter_by_property_makes_no_variable(simplehelp, inventory_of):
    simulated = simplehelp()
    assert "simplehelp_properties" not in variables(
        inventory_of(simulated, properties={"asset": "HF-1"}), "LDN-WHS-1"
    )
    assert queries(simulated) == ["machines/list", "machines/properties/get"]


def test_a_machine_group_without_machines_is_refused_as_it_may_be_misspelt(simplehelp, refusal):
    assert "No machine is in the machine group United Kingdom/Londn" in refusal(
        simplehelp(), machine_group=["United Kingdom", "Londn"]
    )


@pytest.mark.parametrize(
    "options, words",
    [
        ({"os": "("}, "os is not a regular expression"),
        ({"machine_group": [["a"], "b"]}, "machine_group must be a path"),
        ({"machine_group": [[]]}, "machine_group must be a path"),
        ({"properties": {"floor": 2}}, "floor must have a text"),
        ({"properties": {"floor": None}}, "floor must have a text"),
        ({"gather": ["everything"]}, "everything"),
        ({"host_name": ["fqdn"]}, "fqdn"),
        ({"colour": "red"}, "no option colour"),
        ({"timeout": "soon"}, "timeout"),
        ({"api_token": [TOKEN]}, "api_token must be a text"),
        ({"url": "support.example.org"}, "url must look like"),
        ({"url": ...}, "url"),
        ({"os": "{{ undefined_variable }}"}, "undefined_variable"),
    ],
)
def test_an_option_that_makes_no_sense_is_refused_before_anything_is_asked(
    simplehelp, refusal, options, words
):
    simulated = simplehelp()
    assert words in refusal(simulated, **options)
    assert queries(simulated) == []


# --- what else is gathered -----------------------------------------------------------------------------------------------


def test_properties_are_one_variable_with_inherited_ones_unless_told_otherwise(
    simplehelp, inventory_of
):
    simulated = simplehelp()
    inherited = {
        "asset": "HF-1",
        "currency": "GBP",
        "site-code": "LDN",
        "contact": "london@example.org",
    }
    assert (
        variables(inventory_of(simulated, gather=["properties"]), "LDN-WHS-1")[
            "simplehelp_properties"
        ]
        == inherited
    )
    own = inventory_of(simulated, gather=["properties"], inherited_properties=False)
    assert variables(own, "LDN-WHS-1")["simplehelp_properties"] == {"asset": "HF-1"}


def test_notes_and_warnings_are_two_texts(simplehelp, inventory_of):
    manager = inventory_of(simplehelp(), gather=["notes"])
    assert [
        variables(manager, name)[f"simplehelp_{kind}"]
        for name, kind in (("LDN-WHS-1", "notes"), ("LDN-WHS-2", "warnings"), ("SPARE", "notes"))
    ] == [
        "In the cellar.",
        "Never restart.",
        "",
    ]


def test_hardware_and_monitoring_are_mappings_in_snake_case(simplehelp, inventory_of):
    simulated = simplehelp(company(machines=3))
    machine_id, machine = next(iter(simulated.site["machines"].items()))
    manager = inventory_of(simulated, gather=["hardware", "monitoring"], host_name=["machine_id"])
    known = variables(manager, machine_id)
    assert known["simplehelp_hardware"]["total_memory"] == machine["hardware"]["totalMemory"]
    assert known["simplehelp_hardware"]["processors"][0]["is64bit"] is True
    assert (
        known["simplehelp_monitoring"]["cpu_load_averages"]
        == machine["monitoring"]["cpuLoadAverages"]
    )


def test_each_part_takes_one_request_for_a_batch_of_machines(simplehelp, inventory_of):
    simulated = simplehelp(
        site_of(*({"name": f"pc{number}", "online": number > 0} for number in range(1002)))
    )
    manager = inventory_of(
        simulated,
        gather=["properties", "notes", "hardware", "monitoring"],
        properties={},
        online=True,
    )
    assert len(names(manager)) == 1001
    for part in ("properties", "notes", "hardware", "monitoring"):
        asked = [entry.body["machineIDs"] for entry in simulated.asked(f"machines/{part}/get")]
        assert sorted(map(len, asked)) == [1, 500, 500]
        assert len({machine_id for batch in asked for machine_id in batch} - {"SG_1"}) == 1001
    assert len(simulated.asked()) == 13


def test_nothing_is_gathered_of_machines_that_the_filters_leave_out(simplehelp, inventory_of):
    simulated = simplehelp()
    inventory_of(
        simulated, gather=["notes"], properties={"asset": "HF-4"}, machine_group=["Ireland"]
    )
    assert [
        entry.body["machineIDs"]
        for entry in simulated.asked("machines/properties/get", "machines/notes/get")
    ] == [["SG_4"], ["SG_4"]]


# --- constructed -------------------------------------------------------------------------------------------------------


def test_variables_and_groups_are_constructed_from_the_machines(simplehelp, inventory_of):
    manager = inventory_of(
        simplehelp(),
        gather=["properties"],
        compose={
            "ansible_host": "simplehelp_name | lower",
            "currency": "simplehelp_properties.currency",
        },
        groups={"british": "currency is defined and currency == 'GBP'"},
        keyed_groups=[
            {"key": "simplehelp_properties", "prefix": "p"},
            {"key": "simplehelp_state", "separator": ""},
            {"key": "simplehelp_os", "prefix": "os", "parent_group": "systems"},
        ],
    )
    assert manager.get_host("LDN-WHS-1").vars["ansible_host"] == "ldn-whs-1"
    assert members(manager)["british"] == ["LDN-WHS-1", "LDN-WHS-2", "RECEPTION_SG_3"]
    assert members(manager)["p_currency_GBP"] == members(manager)["british"]
    assert len(members(manager)["Not_In_Use"]) == 5
    assert [group.name for group in manager.groups["systems"].child_groups] == ["os_macOS_15"]


def test_without_strict_an_expression_that_fails_is_passed_over(simplehelp, inventory_of):
    manager = inventory_of(simplehelp(), compose={"system": "simplehelp_os"})
    assert [host.name for host in manager.get_hosts() if "system" in host.vars] == [
        "RECEPTION_SG_4"
    ]


def test_with_strict_an_expression_that_fails_is_an_error(simplehelp, written):
    message, _hosts = inventory_failure(
        written(simplehelp(), strict=True, compose={"system": "simplehelp_os"})
    )
    assert "Could not set system for host LDN-WHS-1" in message


def test_the_leading_separator_can_be_left_out(simplehelp, inventory_of):
    manager = inventory_of(
        simplehelp(), keyed_groups=[{"key": "simplehelp_os"}], leading_separator=False
    )
    assert members(manager)["macOS_15"] == ["RECEPTION_SG_4"]


def test_a_constructed_group_with_the_name_of_a_host_does_not_catch_its_variables(
    simplehelp, inventory_of
):
    site = site_of({"name": "aaa", "os": "zzz"}, {"name": "zzz", "os": "aaa"})
    manager = inventory_of(
        simplehelp(site),
        compose={"composed": "simplehelp_name"},
        keyed_groups=[{"key": "simplehelp_os", "separator": ""}],
    )
    assert [manager.get_host(name).vars["composed"] for name in ("aaa", "zzz")] == ["aaa", "zzz"]
    assert manager.groups["zzz"].vars == {}


# --- templates: those of the file's author are rendered, those of the server are not ------------------------------------------


def test_options_may_be_templates(simplehelp, inventory_of, monkeypatch):
    simulated = simplehelp()
    monkeypatch.setenv("MY_TOKEN", TOKEN)
    manager = inventory_of(
        simulated,
        api_token="{{ lookup('ansible.builtin.env', 'MY_TOKEN') }}",
        timeout="{{ 2 * 5 }}",
        online="{{ 1 == 2 }}",
        machine_group=["{{ 'ire' | replace('ire', 'Ireland') }}"],
        vars_prefix="{{ 'sh' }}_",
    )
    assert variables(manager, "RECEPTION_SG_4")["sh_machine_id"] == "SG_4"


def test_the_connection_comes_from_the_environment(simplehelp, inventory_of, monkeypatch):
    simulated = simplehelp()
    for name in ("url", "api_token", "ca_path"):
        monkeypatch.setenv(f"SIMPLEHELP_{name.upper()}", simulated.options[name])
    assert len(names(inventory_of(simulated, url=..., api_token=..., ca_path=...))) == 5


def test_the_token_may_be_encrypted_with_ansible_vault(simplehelp, written, tmp_path):
    (tmp_path / "pass_phrase").write_text("pass phrase")
    source = written(simplehelp(), api_token=...)
    encrypted = (
        VaultLib([("default", VaultSecret(b"pass phrase"))])
        .encrypt(TOKEN)
        .decode()
        .replace("\n", "\n  ")
    )
    source.write_text(f"{source.read_text()}api_token: !vault |\n  {encrypted}\n")
    done = run_command(
        "ansible-inventory",
        "-i",
        str(source),
        "--list",
        "--vault-password-file",
        "pass_phrase",
        directory=tmp_path,
    )
    assert "LDN-WHS-1" in json.loads(done.stdout)["_meta"]["hostvars"]


def hostile_site() -> dict:
    template = "{{ 123 * 4567 }}"
    machine = {
        "name": f"evil {template}",
        "os": template,
        "groups": [template],
        "properties": {template: template},
        "ipAddresses": [{"name": template}],
    }
    return site_of({**machine, "hardware": {"modelName": template}})


def test_a_template_from_the_server_stays_text(simplehelp, written, tmp_path):
    source = written(
        simplehelp(hostile_site()),
        gather=["properties", "hardware", "notes"],
        compose={"composed": "simplehelp_os ~ '!'", "nested": "simplehelp_properties"},
        keyed_groups=[{"key": "simplehelp_os", "prefix": "os"}],
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
                                "dest": str(tmp_path / "seen"),
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
    seen = (tmp_path / "seen").read_text()
    assert "561741" not in seen
    known, template = json.loads(seen), "{{ 123 * 4567 }}"
    assert (known["simplehelp_name"], known["simplehelp_os"], known["composed"]) == (
        f"evil {template}",
        template,
        f"{template}!",
    )
    assert known["simplehelp_properties"] == known["nested"] == {template: template}
    assert (known["simplehelp_hardware"], known["simplehelp_ip_addresses"]) == (
        {"model_name": template},
        [{"name": template}],
    )
    assert (known["name"], known["in"]) == (
        "evil_123_4567",
        ["os____123___4567___", "simplehelp_123_4567"],
    )


# --- cache ---------------------------------------------------------------------------------------------------------------


def test_a_second_run_asks_nothing_and_finds_the_same(simplehelp, inventory_of, cached):
    simulated = simplehelp()
    options = {
        **cached,
        "gather": ["properties", "notes"],
        "keyed_groups": [{"key": "simplehelp_os"}],
    }
    first, asked = everything(inventory_of(simulated, **options)), len(simulated.asked())
    assert everything(inventory_of(simulated, **options)) == first
    assert len(simulated.asked()) == asked == 3


def test_a_change_of_names_or_groups_is_made_from_the_same_cache(simplehelp, inventory_of, cached):
    simulated = simplehelp()
    inventory_of(simulated, **cached)
    assert names(
        inventory_of(simulated, **cached, host_name=["machine_id"], machine_groups=False)
    ) == ["SG_1", "SG_2", "SG_3", "SG_4", "SG_5"]
    assert len(simulated.asked()) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"gather": ["notes"]},
        {"online": True},
        {"machine_group": ["Ireland"]},
        {"os": "mac"},
        {"properties": {"asset": "HF-1"}},
        {"inherited_properties": False},
    ],
)
def test_a_change_of_what_is_asked_for_is_noticed(simplehelp, inventory_of, cached, change):
    simulated = simplehelp()
    inventory_of(simulated, **cached)
    changed = everything(inventory_of(simulated, **cached, **change))
    assert changed == everything(inventory_of(simulated, **change))
    assert simulated.asked()[1].query == "machines/list"


def test_another_server_has_a_cache_of_its_own(simplehelp, inventory_of, cached):
    inventory_of(simplehelp(), **cached)
    assert names(inventory_of(simplehelp(site_of({"name": "Lone"})), **cached)) == ["Lone"]


def test_a_refresh_asks_again_and_is_kept(simplehelp, inventory_of, cached):
    simulated = simplehelp()
    inventory_of(simulated, **cached)
    simulated.site["machines"]["SG_5"]["name"] = "NEW"
    assert "NEW" not in names(inventory_of(simulated, **cached))
    assert "NEW" in names(inventory_of(simulated, **cached, refresh=True))
    assert "NEW" in names(inventory_of(simulated, **cached))
    assert len(simulated.asked()) == 2


@pytest.mark.parametrize("content", ["", "{", "null", "[]", '{"machines": []}', "\x00"])
def test_a_spoilt_cache_is_passed_over(simplehelp, inventory_of, cached, tmp_path, content):
    simulated = simplehelp()
    inventory_of(simulated, **cached)
    (file,) = (tmp_path / "cache").iterdir()
    file.write_text(content)
    assert len(names(inventory_of(simulated, **cached))) == 5
    assert len(simulated.asked()) == 2
    assert len(names(inventory_of(simulated, **cached))) == 5
    assert len(simulated.asked()) == 2


def test_a_cache_that_cannot_be_written_spoils_nothing(
    simplehelp, written, cached, tmp_path, monkeypatch, capsys
):
    def full(*_arguments):
        raise OSError("no space left on the device")

    monkeypatch.setattr(BaseFileCacheModule, "set", full)
    assert len(names(parse_inventory(written(simplehelp(), **cached)))) == 5
    assert "The cache of the inventory cannot be written: no space left" in capsys.readouterr().err


def test_the_cache_holds_no_token(simplehelp, inventory_of, cached, tmp_path):
    inventory_of(simplehelp(), **cached, gather=["properties", "notes"])
    (file,) = (tmp_path / "cache").iterdir()
    assert "LDN-WHS-1" in file.read_text()
    assert not shown_secrets(file.name + file.read_text(), TOKEN)


def test_a_failure_is_not_cached(simplehelp, inventory_of, refusal, cached):
    simulated = simplehelp()
    simulated.inject("machines/list", "empty_list")
    refusal(simulated, **cached)
    assert len(names(inventory_of(simulated, **cached))) == 5


# --- failures ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fault, words",
    [
        ("html", "HTML page"),
        ("empty_body", "empty body"),
        ("malformed", "cut off"),
        ("truncated", "broke off"),
        ("wrong_shape", "JSON object"),
        ("empty_list", "empty list"),
        ("reset_before", "broke off"),
        ("redirect", "redirected"),
    ],
)
@pytest.mark.parametrize("query", ["machines/list", "machines/properties/get"])
def test_an_answer_that_is_none_leaves_no_host_and_says_what_it_is(
    simplehelp, refusal, query, fault, words
):
    simulated = simplehelp()
    simulated.inject(query, fault, times=None)
    if (query, fault) == ("machines/properties/get", "empty_list"):
        words = "left out"
    assert words in refusal(simulated, gather=["properties"])


def test_a_wrong_token_is_refused_and_not_shown(simplehelp, refusal):
    message = refusal(simplehelp(), api_token="WRONG/token")
    assert "SimpleHelp refused machines/list" in message
    assert not shown_secrets(message, "WRONG/token")


@pytest.mark.parametrize("certificate", ["untrusted", "wrong_host"])
def test_a_certificate_that_is_not_to_be_trusted_ends_it_before_the_token_is_sent(
    simplehelp, refusal, certificate
):
    simulated = simplehelp(certificate=certificate)
    assert "certificate" in refusal(simulated)
    assert queries(simulated) == []


def test_a_port_where_nobody_listens_is_told(simplehelp, refusal):
    assert "cannot be reached" in refusal(simplehelp(), url="https://localhost:1")


@pytest.mark.parametrize(
    "machines",
    [
        [{"name": "no ID"}],
        [{"machineID": 5}],
        ["SG_1"],
        [{"machineID": "a", "groups": "London"}],
        [{"machineID": "a", "groups": [1]}],
        [{"machineID": "a"}, {"machineID": "a"}],
    ],
)
def test_a_list_of_machines_that_is_not_as_documented_is_refused(simplehelp, refusal, machines):
    simulated = simplehelp()
    simulated.inject("machines/list", "status", status=200, body=machines)
    assert "machines/list answered" in refusal(simulated)


def test_a_file_of_another_name_is_left_to_other_plugins(simplehelp, written):
    simulated = simplehelp()
    assert names(parse_inventory(written(simulated, "machines.yml"))) == []
    assert queries(simulated) == []


# --- as a command ----------------------------------------------------------------------------------------------------------


def test_the_command_lists_a_whole_company_and_shows_no_token(simplehelp, written, tmp_path):
    simulated = simplehelp(company())
    source = written(
        simulated, gather=["properties"], use_extra_vars=True, compose={"mine": "given"}
    )
    done, said = command(source, tmp_path, "-e", "given=yes")
    assert not shown_secrets(said, TOKEN)
    listed = json.loads(done.stdout[done.stdout.index("\n{") :])
    assert len(listed["_meta"]["hostvars"]) == 300
    assert {
        tuple(known["mine"]) if isinstance(known["mine"], dict) else known["mine"]
        for known in listed["_meta"]["hostvars"].values()
    } == {"yes"}
    assert "simplehelp_germany_münchen" in listed["simplehelp_germany"]["children"]


@pytest.mark.parametrize("options", [{"api_token": "WRONG/token"}, {"timeout": "soon"}])
def test_a_command_that_fails_shows_no_token_either(simplehelp, written, tmp_path, options):
    done, said = command(written(simplehelp(), **options), tmp_path)
    assert "Failed to parse" in done.stderr
    assert not shown_secrets(said, TOKEN, "WRONG/token")


def test_the_documentation_of_the_plugins_can_be_shown(tmp_path):
    for kind, name in (
        ("inventory", "simplehelp"),
        ("lookup", "machine_property"),
        ("lookup", "technician"),
    ):
        done = run_command(
            "ansible-doc", "-t", kind, f"remoteops.access.{name}", directory=tmp_path
        )
        assert done.returncode == 0, done.stderr
        assert "SIMPLEHELP_API_TOKEN" in done.stdout
        assert "EXAMPLES" in done.stdout


def examples(plugin: str) -> str:
    return import_module(f"ansible_collections.remoteops.access.plugins.{plugin}").EXAMPLES


def test_the_examples_of_the_inventory_work(simplehelp, written, tmp_path, monkeypatch):
    simulated = simplehelp(company())
    for name in ("url", "api_token", "ca_path"):
        monkeypatch.setenv(f"SIMPLEHELP_{name.upper()}", simulated.options[name])
    monkeypatch.setenv("HOME", str(tmp_path))
    found = []
    for number, example in enumerate(yaml.safe_load_all(examples("inventory.simplehelp"))):
        source = tmp_path / f"{number}.simplehelp.yml"
        source.write_text(yaml.safe_dump({**example, "url": simulated.running.url}))
        found.append(parse_inventory(source))
    assert len(names(found[0])) == 300
    assert {"monitored", "os_Windows_11_Pro", "simplehelp_germany_hamburg"} <= set(found[1].groups)
    assert all(
        host.vars["simplehelp_online"] and host.vars["ansible_host"].startswith("10.")
        for host in found[1].get_hosts()
    )
    assert all(
        "Windows" in host.vars["simplehelp_os"] and host.name == host.name.lower()
        for host in found[2].get_hosts()
    )


def test_the_examples_of_the_lookups_work_and_show_no_token(simplehelp, tmp_path):
    simulated = simplehelp(company())
    tasks = [
        task
        for plugin in ("lookup.machine_property", "lookup.technician")
        for task in yaml.safe_load(examples(plugin))
    ]
    (tmp_path / "play.yml").write_text(
        yaml.safe_dump([{"hosts": "localhost", "gather_facts": False, "tasks": tasks}])
    )
    connection = {
        f"SIMPLEHELP_{name.upper()}": simulated.options[name]
        for name in ("url", "api_token", "ca_path")
    }
    done = run_command(
        "ansible-playbook",
        "-vvvvv",
        "play.yml",
        directory=tmp_path,
        ANSIBLE_LOG_PATH=str(tmp_path / "log"),
        **connection,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    for text in ("LDN pays with LDN-4130", "london.office@example.org"):
        assert text in done.stdout
    assert not shown_secrets(done.stdout + done.stderr + (tmp_path / "log").read_text(), TOKEN)


def test_without_httpx_a_command_says_what_is_missing(simplehelp, written, tmp_path):
    (tmp_path / "httpx.py").write_text("raise ImportError('not installed')")
    done = run_command(
        "ansible-inventory",
        "-i",
        str(written(simplehelp())),
        "--list",
        directory=tmp_path,
        PYTHONPATH=str(tmp_path),
    )
    assert "Failed to import the required Python library (httpx)" in " ".join(done.stderr.split())

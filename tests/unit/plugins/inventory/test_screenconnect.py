"""Which hosts, groups and variables the inventory makes of a simulated ScreenConnect server, what
it asks for, and how it fails.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
import yaml

from ansible_collections.remoteops.access.plugins.inventory import screenconnect as plugin
from tests.unit.plugins.inventory.inventories import (
    SAFE_NAME,
    command,
    everything,
    members,
    names,
    shown_secrets,
    variables,
)
from tests.unit.screenconnect_servers import (
    OTHER_RECEPTION,
    RECEPTION,
    SECRET,
    SUPPORT,
    WEB,
    small_screenconnect,
)

NAMES = {"Site": 1, "Department": 2}
ACCESS = ["OFFICE-3", "PRESS-01", f"Reception_{RECEPTION}", f"Reception_{OTHER_RECEPTION}", "web-1"]


def queries(simulated) -> list[str]:
    return [entry.query for entry in simulated.asked()]


def test_every_access_session_is_a_host_after_one_request(screenconnect, inventory_of):
    simulated = screenconnect()
    assert names(inventory_of(simulated)) == ACCESS
    assert queries(simulated) == ["GetSessionsByFilter"]
    assert "Stock_review" in names(inventory_of(screenconnect(), types=["meeting"]))


def test_what_is_known_of_a_guest_becomes_variables(screenconnect, inventory_of):
    known = variables(inventory_of(screenconnect(), property_names=NAMES), "web-1")
    assert (
        known["screenconnect_id"],
        known["screenconnect_name"],
        known["screenconnect_online"],
    ) == (WEB, "web-1", True)
    assert known["screenconnect_guest_info"]["operating_system_name"] == "Ubuntu 24.04 LTS"
    assert known["screenconnect_custom_properties"] == {
        "Site": "Plant A",
        "Department": "IT",
        **{str(number): "" for number in range(3, 9)},
    }
    assert "screenconnect_last_guest_disconnected_event_time" not in known
    assert not any("key" in name for name in known)


@pytest.mark.parametrize(
    "switches", [{}, {"custom_properties_shape": "object"}, {"guest_count": "never"}]
)
def test_who_is_online_is_told_and_chosen_by_what_lists_show(screenconnect, inventory_of, switches):
    simulated = screenconnect(**switches)
    online = {
        name: variables(inventory_of(simulated), name)["screenconnect_online"]
        for name in ("PRESS-01", "OFFICE-3")
    }
    assert online == {"PRESS-01": True, "OFFICE-3": False}
    assert names(inventory_of(simulated, online=False)) == ["OFFICE-3"]
    assert names(inventory_of(simulated, online=True)) == ACCESS[1:]


def test_a_name_does_not_depend_on_who_is_online(screenconnect, inventory_of):
    simulated = screenconnect()
    simulated.server.connect_guest(RECEPTION, False)
    assert f"Reception_{OTHER_RECEPTION}" in names(inventory_of(simulated, online=True))


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"where": {"custom_properties": {"Site": "Plant B"}}}, ["OFFICE-3", "Reception"]),
        (
            {
                "like": {"operating_system": ["Windows%"]},
                "where": {"custom_properties": {"1": ["Plant A"]}},
            },
            ["PRESS-01", "Reception"],
        ),
        (
            {"filter": "GuestMachineName LIKE 'REC-%'", "host_name": ["machine_name"]},
            ["REC-A", "REC-B"],
        ),
        ({"where": {"name": ["web-1"]}, "host_name": ["id"]}, [WEB]),
        (
            {"host_name": ["own_name"], "where": {"machine_name": ["PRESS-01"]}},
            ["00000001-0000-4000-8000-000000000001"],
        ),
        ({"where": {"name": ["x' OR Name <> '"]}}, []),
    ],
)
def test_sessions_are_chosen_and_named_by_what_is_known_of_them(
    screenconnect, inventory_of, options, expected
):
    assert names(inventory_of(screenconnect(), property_names=NAMES, **options)) == expected


def test_values_of_custom_properties_become_a_tree_of_groups(screenconnect, inventory_of):
    manager = inventory_of(screenconnect(), property_names=NAMES, property_groups=["Site", 2])
    assert members(manager) == {
        "screenconnect_plant_a": [f"Reception_{RECEPTION}"],
        "screenconnect_plant_a_line_1": ["PRESS-01"],
        "screenconnect_plant_a_it": ["web-1"],
        "screenconnect_plant_b": [f"Reception_{OTHER_RECEPTION}"],
        "screenconnect_plant_b_office": ["OFFICE-3"],
    }
    assert [group.name for group in manager.groups["screenconnect_plant_a_it"].parent_groups] == [
        "screenconnect_plant_a"
    ]


def test_groups_and_variables_are_constructed(screenconnect, inventory_of):
    manager = inventory_of(
        screenconnect(),
        keyed_groups=[{"key": "screenconnect_type", "prefix": "is"}],
        groups={"linux": "'Ubuntu' in screenconnect_guest_info.operating_system_name"},
        compose={"ansible_host": "screenconnect_guest_info.private_network_address"},
        strict=True,
    )
    assert members(manager)["linux"] == ["web-1"] and len(members(manager)["is_access"]) == 5
    assert variables(manager, "web-1")["ansible_host"] == "10.1.0.5"


@pytest.mark.parametrize(
    "name",
    ["localhost", "all", "-oProxyCommand=id", "../../etc/passwd", "a\nb", "{{ 7*7 }}", "x" * 5000],
)
def test_a_name_that_means_something_else_is_changed_and_kept_as_data(
    screenconnect, inventory_of, name
):
    site = small_screenconnect()
    site["sessions"][WEB]["Name"] = name
    manager = inventory_of(screenconnect(site))
    (host,) = [host for host in manager.get_hosts() if host.vars["screenconnect_id"] == WEB]
    assert SAFE_NAME.fullmatch(host.name) and host.name not in ("localhost", "all")
    assert host.vars["screenconnect_name"] == name


def test_ended_sessions_are_no_hosts(screenconnect, inventory_of):
    site = small_screenconnect()
    site["sessions"][SUPPORT]["IsEnded"] = True
    assert names(inventory_of(screenconnect(site), types=["support", "meeting"])) == [
        "Stock_review"
    ]


# --- Asking -----------------------------------------------------------------------------------------------------------


def test_an_empty_answer_is_asked_for_again_and_believed_only_if_there_are_others(
    screenconnect, inventory_of, refusal
):
    simulated = screenconnect()
    simulated.inject("GetSessionsByFilter", "empty_list")
    assert names(inventory_of(simulated)) == ACCESS
    assert names(inventory_of(simulated, where={"name": ["nobody"]})) == []
    simulated.inject("GetSessionsByFilter", "empty_list", times=None)
    for options in ({}, {"where": {"name": ["nobody"]}}):
        assert "answered an empty list" in refusal(simulated, **options)


def test_a_cache_saves_the_question_and_notices_other_options(screenconnect, inventory_of, cached):
    simulated = screenconnect()
    first = everything(inventory_of(simulated, **cached))
    simulated.journal.clear()
    assert everything(inventory_of(simulated, **cached)) == first and queries(simulated) == []
    assert names(inventory_of(simulated, online=False, **cached)) == ["OFFICE-3"]
    assert len(queries(simulated)) == 1
    inventory_of(simulated, property_names=NAMES, **cached)
    inventory_of(simulated, refresh=True, **cached)
    assert len(queries(simulated)) == 3


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"vars_prefix": "ansible_"}, "vars_prefix must"),
        ({"where": {"colour": ["red"]}}, "colour"),
        ({"where": {"name": 5}}, "where.name"),
        ({"where": {"custom_properties": {"Colour": "red"}}}, "Colour"),
        ({"property_groups": ["Colour"]}, "Colour"),
        ({"property_names": {"Site": 9}}, "property_names"),
        ({"filter": " "}, "filter"),
        ({"types": ["phone"]}, "phone"),
        ({"colour": "red"}, "colour"),
        ({"auth_secret": ["x"]}, "auth_secret"),
    ],
)
def test_what_makes_no_sense_is_refused_without_a_request(screenconnect, refusal, options, words):
    simulated = screenconnect()
    assert words in refusal(simulated, **options)
    assert queries(simulated) == []


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "html"},
        {"kind": "status", "status": 500},
        {"kind": "status", "status": 200, "body": "[1]"},
        {"kind": "reset_before"},
    ],
)
def test_a_server_that_fails_leaves_nothing_behind(screenconnect, refusal, fault):
    simulated = screenconnect()
    simulated.inject("GetSessionsByFilter", times=None, **fault)
    assert refusal(simulated)


def test_the_secret_is_shown_nowhere_however_talkative_ansible_is(screenconnect, written, tmp_path):
    simulated = screenconnect()
    done, said = command(written(simulated), tmp_path)
    assert done.returncode == 0 and "web-1" in done.stdout
    done, more = command(written(simulated, auth_secret="wr0ng/s%cret+"), tmp_path)
    assert not shown_secrets(said + more, SECRET, "wr0ng/s%cret+")
    assert "auth_secret" in more


def test_each_example_of_the_documentation_is_an_inventory(screenconnect, inventory_of, cached):
    examples = list(yaml.safe_load_all(plugin.EXAMPLES))
    assert len(examples) == 3
    for example in examples:
        given = {
            name: value
            for name, value in example.items()
            if name not in ("plugin", "url", "auth_secret")
        }
        inventory_of(
            screenconnect(),
            **{
                **given,
                **({"cache_connection": cached["cache_connection"]} if "cache" in given else {}),
            },
        )

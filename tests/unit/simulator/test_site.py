"""Seeds of the simulated SimpleHelp server: the nearly empty one, partial ones, the company, wrong
ones.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json

import pytest

from tests.simulator.clock import Clock
from tests.simulator.company import company
from tests.simulator.simplehelp import SimpleHelp, shapes

from .conftest import SITE


def test_without_a_seed_the_server_is_nearly_empty(make_api):
    api = make_api(None)
    (group,), (technician,) = api.read("groups/list"), api.read("technicians/list")
    assert (group["name"], technician["username"], technician["groupIDs"]) == (
        "Administrators",
        "admin",
        [group["uniqueID"]],
    )
    assert all(api.read("groups/permissions/get", {"uniqueID": group["uniqueID"]}).values())
    assert (
        api.read("machines/list")
        == api.read("history/list")
        == api.read("server/tech-restrictions/get")
        == []
    )


def test_a_seed_is_copied_and_completed_and_a_dump_is_a_seed():
    before = json.dumps(SITE)
    server = SimpleHelp(SITE)
    server.site["machines"]["SG_1"]["properties"]["contact"] = "changed"
    server.clock.advance(60)
    assert json.dumps(SITE) == before
    dumped = server.dump()
    again = SimpleHelp(json.loads(json.dumps(dumped)))
    assert again.dump() == dumped
    assert again.clock.now_ms() == server.clock.now_ms()
    dumped["machines"]["SG_1"]["properties"]["contact"] = "changed again"
    assert server.site["machines"]["SG_1"]["properties"]["contact"] == "changed"


def test_a_seed_without_ids_gets_ids_that_are_free():
    site = SimpleHelp(
        {"technicians": {"a": {}, "b": {"uniqueID": 4}, "c": {}}, "last_technician_id": 9}
    ).site
    assert [each["uniqueID"] for each in site["technicians"].values()] == [10, 4, 11]
    assert site["last_technician_id"] == 11


def test_machine_groups_are_completed_from_the_paths_of_machines():
    site = SimpleHelp(
        {
            "machines": {"SG_1": {"groups": ["UK", "London"]}},
            "machine_groups": {"UK": {"properties": {"a": "b"}}},
        }
    ).site
    assert site["machine_groups"] == {
        "UK": {"properties": {"a": "b"}, "groups": {"London": {"properties": {}, "groups": {}}}}
    }


@pytest.mark.parametrize(
    "seed",
    [
        {"technician": {}},
        {"technicians": {"a": {"groupIDs": ["x"]}}},
        {"technicians": {"a": {"groups": [1]}}},
        {"groups": {"a": {"x": 1}}},
    ],
)
def test_a_wrong_seed_is_an_error_that_leaves_the_server_as_it_was(seed):
    server = SimpleHelp(SITE)
    before = server.dump()
    with pytest.raises(ValueError):
        server.load(seed)
    assert server.dump() == before


def test_the_clock_stands_still_and_moves_forwards_only():
    clock = Clock(1_000)
    assert clock.now_ms() == clock.now_ms() == 1_000
    clock.advance(1.5)
    assert clock.now_ms() == 2_500
    with pytest.raises(ValueError):
        clock.advance(-1)


def test_the_company_is_the_same_each_time_and_can_be_written_as_json():
    first = company()
    assert company() == first
    assert json.loads(json.dumps(first)) == first


def test_the_company_has_the_promised_size_and_every_kind_of_trap():
    site = SimpleHelp(company()).site
    technicians, machines = site["technicians"].values(), site["machines"].values()
    assert (len(technicians), len(site["groups"]), len(machines)) == (40, 8, 300)
    assert sum(each["isAnonymous"] for each in technicians) == 3
    assert sum(each["appProfilesUser"] for each in technicians) == 1
    assert any("emailAddress" not in each for each in technicians)
    assert any(not each["enabled"] for each in technicians)
    assert {group_id for each in technicians for group_id in each["groupIDs"]} == set(range(1, 9))
    names = [each["name"] for each in machines]
    assert names.count("RECEPTION") > 1
    assert sum(not each["online"] for each in machines) == 50
    assert any(each["groups"] == [] for each in machines)
    assert any(each["hardware"] is None for each in machines)
    assert any("contact" in each["properties"] for each in machines)
    assert {len(each["groups"]) for each in machines} == {0, 2, 3}
    assert "München" in site["machine_groups"]["Germany"]["groups"]
    assert [
        len(site[name])
        for name in ("history", "alerts", "support_queue", "support_sessions", "access_sessions")
    ] == [400, 6, 3, 4, 5]
    for session in site["access_sessions"]:
        assert site["machines"][session["machine"]["machineID"]]["state"] == "In Use"


def test_every_record_of_the_company_holds_what_the_document_describes():
    site = SimpleHelp(company()).site
    machine_extras = {"notes", "warnings", "properties", "hardware", "monitoring"}
    unknown: list[str] = []
    for machine in site["machines"].values():
        shapes.fit(
            {name: value for name, value in machine.items() if name not in machine_extras},
            shapes.MACHINE,
            "machine",
            unknown,
        )
        for part, shape in (("hardware", shapes.HARDWARE), ("monitoring", shapes.MONITORING)):
            if machine[part] is not None:
                shapes.fit(machine[part], shape, part, unknown)
    for name, shape in (
        ("history", shapes.HISTORY),
        ("support_queue", shapes.SUPPORT_SESSION),
        ("support_sessions", shapes.SUPPORT_SESSION),
        ("access_sessions", shapes.ACCESS_SESSION),
        ("alerts", shapes.ALERT),
    ):
        for record in site[name]:
            shapes.fit(
                {key: value for key, value in record.items() if key != "state_since_ms"},
                shape,
                name,
                unknown,
            )
    assert unknown == []


@pytest.mark.parametrize(("machines", "technicians"), [(0, 1), (1, 2), (7, 9), (40, 1200)])
def test_the_company_comes_in_any_size(machines, technicians):
    site = SimpleHelp(company(machines, technicians)).site
    assert (len(site["machines"]), len(site["technicians"])) == (machines, technicians)
    ids = [each["uniqueID"] for each in site["technicians"].values()]
    assert ids == list(range(1, technicians + 1))


def test_the_company_has_at_least_one_technician():
    with pytest.raises(ValueError, match="technician"):
        company(technicians=0)

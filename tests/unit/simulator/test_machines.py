"""The machine queries of the simulated SimpleHelp server, without the properties."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest

READS = ["get", "hardware/get", "monitoring/get", "notes/get", "properties/get"]


def test_list_shows_every_machine_with_the_documented_attributes_only(api):
    press, lathe, third = api.read("machines/list")
    assert press == {
        "machineID": "SG_1",
        "online": True,
        "groups": ["UK", "London"],
        "name": "press",
        "state": "Not In Use",
        "protocol": "UDP",
        "lastRegistrationTime": 1768467600000,
        "sessionCount": 0,
        "monitoringEnabled": False,
        "os": "Windows 11 Pro",
        "hostname": "PRESS",
        "ipAddresses": [],
    }
    assert (lathe["online"], third["name"]) == (False, "SG_3")


def test_attributes_without_a_value_are_null_when_the_switch_says_so(make_api):
    assert make_api(nulls="null").read("machines/list")[0]["wanIP"] is None


def test_offline_machines_are_sparse_when_the_switch_says_so(make_api):
    api = make_api(offline_machines="sparse")
    press, lathe, _third = api.read("machines/list")
    assert press["os"] == "Windows 11 Pro"
    assert lathe == {
        "machineID": "SG_2",
        "online": False,
        "groups": ["UK"],
        "name": "lathe",
        "lastRegistrationTime": 1768467600000,
        "monitoringEnabled": False,
    }
    assert api.read("machines/hardware/get", {"machineIDs": ["SG_2", "SG_1"]}) == [
        {"machineID": "SG_2"},
        {"machineID": "SG_1", "totalMemory": 17179869184, "serial": "X1"},
    ]


@pytest.mark.parametrize("query", READS)
def test_reads_answer_each_machine_once_in_the_order_asked(api, query):
    several = api.read(f"machines/{query}", {"machineIDs": ["SG_3", "SG_1", "SG_3"]})
    assert [each["machineID"] for each in several] == ["SG_3", "SG_1"]
    assert api.read(f"machines/{query}", {"machineID": "SG_1"}) == several[1:]


@pytest.mark.parametrize("query", READS)
def test_reads_of_a_machine_that_does_not_exist_are_refused_or_leave_it_out(make_api, query):
    data = {"machineIDs": ["SG_1", "SG_9"]}
    assert "no machine with the machineID SG_9" in make_api().refuse(f"machines/{query}", data)
    shown = make_api(unknown_machines="omit").read(f"machines/{query}", data)
    assert [each["machineID"] for each in shown] == ["SG_1"]


@pytest.mark.parametrize("query", READS)
@pytest.mark.parametrize(
    "data", [{}, {"machineID": "SG_1", "machineIDs": ["SG_1"]}, {"machineIDs": []}]
)
def test_reads_need_exactly_one_selector(api, query, data):
    assert "machineID" in api.violate(f"machines/{query}", data)


def test_hardware_and_monitoring_are_what_the_machine_reported(api):
    assert api.read("machines/hardware/get", {"machineID": "SG_1"}) == [
        {"machineID": "SG_1", "totalMemory": 17179869184, "serial": "X1"},
    ]
    assert api.read("machines/monitoring/get", {"machineIDs": ["SG_1", "SG_3"]}) == [
        {"machineID": "SG_1", "cpuLoadAverages": [3, 2, 1]},
        {"machineID": "SG_3"},
    ]


def test_set_renames_one_machine_and_switches_the_monitoring_of_several(api):
    api.do("machines/set", {"machineID": "SG_1", "name": "press 2"})
    api.do("machines/set", {"machineIDs": ["SG_1", "SG_3"], "monitor": True})
    shown = [(each["name"], each["monitoringEnabled"]) for each in api.read("machines/list")]
    assert shown == [("press 2", True), ("lathe", False), ("SG_3", True)]


@pytest.mark.parametrize("unknown", ["refuse", "omit"])
def test_set_refuses_what_cannot_be_and_keeps_the_state(make_api, unknown):
    api = make_api(unknown_machines=unknown)
    before = api.server.dump()
    assert "one name" in api.refuse(
        "machines/set", {"machineIDs": ["SG_1", "SG_2"], "name": "same"}
    )
    assert "must not be empty" in api.refuse("machines/set", {"machineID": "SG_1", "name": ""})
    assert "SG_9" in api.refuse("machines/set", {"machineIDs": ["SG_1", "SG_9"], "monitor": True})
    assert "neither name nor monitor" in api.violate("machines/set", {"machineID": "SG_1"})
    assert api.server.dump() == before


def notes(api):
    (answer,) = api.read("machines/notes/get", {"machineID": "SG_1"})
    return answer["notes"], answer["warnings"]


def test_notes_and_warnings_are_set_and_read(api):
    assert notes(api) == ("old note", "old warning")
    api.do("machines/notes/set", {"machineID": "SG_1", "notes": "new\nnote", "warnings": ""})
    assert notes(api) == ("new\nnote", "")


@pytest.mark.parametrize(("omitted", "left"), [("keep", "old"), ("clear", None)])
def test_what_is_left_out_of_notes_is_kept_or_cleared(make_api, omitted, left):
    api = make_api(notes_omitted=omitted)
    api.do("machines/notes/set", {"machineID": "SG_1", "notes": "new"})
    assert notes(api) == ("new", f"{left} warning" if left else "")
    api = make_api(notes_omitted=omitted)
    api.do("machines/notes/set", {"machineID": "SG_1", "warnings": "new"})
    assert notes(api) == (f"{left} note" if left else "", "new")


@pytest.mark.parametrize(("accepted", "other"), [("warnings", "warning"), ("warning", "warnings")])
def test_the_other_spelling_of_warnings_is_an_unknown_field_and_no_violation(
    make_api, accepted, other
):
    api = make_api(warning_key=accepted)
    assert (
        api.refuse("machines/notes/set", {"machineID": "SG_1", other: "x"})
        == f"Unknown field: {other}"
    )
    api.do("machines/notes/set", {"machineID": "SG_1", accepted: "x"})
    assert notes(api)[1] == "x"
    api = make_api(warning_key=accepted, unknown_fields="ignore")
    api.do("machines/notes/set", {"machineID": "SG_1", other: "x", "notes": "n"})
    assert notes(api) == ("n", "old warning")
    api.do("machines/notes/set", {"machineID": "SG_1", other: "y", accepted: "y"})
    assert notes(api) == ("n", "y")


def test_both_spellings_of_warnings_are_taken_when_the_switch_says_so(make_api):
    api = make_api(warning_key="both")
    for data in ({"warnings": "a"}, {"warning": "b"}, {"warning": "c", "warnings": "c"}):
        api.do("machines/notes/set", {"machineID": "SG_1", **data})
        assert notes(api)[1] == next(iter(data.values()))
    assert "differ" in api.violate(
        "machines/notes/set", {"machineID": "SG_1", "warning": "c", "warnings": "d"}
    )


def test_setting_notes_needs_one_machine_and_something_to_set(api):
    assert "neither notes nor warnings" in api.violate("machines/notes/set", {"machineID": "SG_1"})
    assert "selects the machines" in api.violate("machines/notes/set", {"notes": "x"})
    assert "machineIDs is not in the document" in api.violate(
        "machines/notes/set", {"machineIDs": ["SG_1"], "notes": "x"}
    )
    assert "SG_9" in api.refuse("machines/notes/set", {"machineID": "SG_9", "notes": "x"})

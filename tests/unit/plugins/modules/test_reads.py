"""What the reading modules of SimpleHelp promise: the right objects, few requests, no change, and
clear failures.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest

from tests.simulator.company import company
from tests.unit.simulated import Simulated, small_site

# Module -> the query that it cannot do without.
MODULES = {
    "technician_info": "technicians/list",
    "tech_group_info": "groups/list",
    "simplehelp_machine_info": "machines/list",
    "simplehelp_session_info": "support/sessions/list",
    "simplehelp_history_info": "history/list",
    "simplehelp_alert_info": "alerts/list",
    "simplehelp_server_info": "server/tech-restrictions/get",
}
# Fault -> what its message must say.
FAULTS = {
    "html": "HTML page",
    "empty_body": "empty body",
    "truncated": "broke off",
    "malformed": "cut off or malformed",
    "reset_before": "broke off",
    "refuse": "does not want to",
    "redirect": "redirected to https://elsewhere.example.",
}
RECEPTION = ("SG_3", "SG_4")


def read(simulated: Simulated, module: str, **options):
    """Run a module for real and in check mode, which must come to the same, change nothing and
    write nothing.
    """
    foretold = simulated.expect(module, check=True, **options)
    simulated.journal.clear()
    outcome = simulated.expect(module, **options)
    for name in ("invocation", "api"):
        foretold.result.pop(name, None)
    assert foretold.result == {
        name: value for name, value in outcome.result.items() if name in foretold.result
    }
    assert outcome["changed"] is False
    assert simulated.wrote() == []
    assert outcome["api"]["requests"] == len(simulated.asked())
    return outcome


def queries(simulated: Simulated) -> list[str]:
    """Return what the server was asked, sorted, as requests side by side come in any order."""
    return sorted(entry.query for entry in simulated.asked())


# --- technicians and groups -------------------------------------------------------------------------------------------


def test_all_technicians_are_read_in_the_users_words_and_sorted(simplehelp):
    simulated = simplehelp()
    technicians = read(simulated, "technician_info")["technicians"]
    assert [technician["username"] for technician in technicians] == [
        "admin",
        "anonymous-1",
        "app.stocktake",
        "b.okafor",
    ]
    assert technicians[3] == {
        "unique_id": 2,
        "username": "b.okafor",
        "display_name": "Bilal Okafor",
        "email_address": "b.okafor@example.org",
        "allow_locally_authenticated_logins": True,
        "enabled": True,
        "groups": ["Field Service", "Helpdesk"],
        "is_anonymous": False,
        "app_profiles_user": False,
    }
    assert technicians[1]["is_anonymous"] is True
    assert technicians[2]["app_profiles_user"] is True
    assert queries(simulated) == ["groups/list", "technicians/list"]


def test_technicians_are_chosen_by_username_and_unknown_ones_yield_nothing(simplehelp):
    simulated = simplehelp()
    found = read(simulated, "technician_info", usernames=["b.okafor", "nobody", "admin"])[
        "technicians"
    ]
    assert [technician["username"] for technician in found] == ["admin", "b.okafor"]
    assert read(simulated, "technician_info", usernames=[])["technicians"] == []


def test_technicians_are_chosen_by_membership_in_any_of_the_groups(simplehelp):
    simulated = simplehelp()
    found = read(simulated, "technician_info", groups=["Field Service"])["technicians"]
    assert [technician["username"] for technician in found] == ["anonymous-1", "b.okafor"]
    found = read(
        simulated,
        "technician_info",
        groups=["Field Service", "Helpdesk"],
        usernames=["admin", "app.stocktake"],
    )["technicians"]
    assert [technician["username"] for technician in found] == ["admin"]


def test_an_unknown_group_of_technicians_is_an_error(simplehelp):
    assert "There is no tech_group named 'Helpdisk'." in simplehelp().refuse(
        "technician_info", groups=["Helpdesk", "Helpdisk"]
    )


def test_all_groups_are_read_in_the_users_words_without_passwords_and_permissions(simplehelp):
    simulated = simplehelp(video_password="plain")
    groups = read(simulated, "tech_group_info")["tech_groups"]
    assert [group["name"] for group in groups] == ["Field Service", "Helpdesk"]
    assert groups[1] == {
        "unique_id": 1,
        "name": "Helpdesk",
        "allow_anonymous_logins": False,
        "max_group_sh_sessions": 0,
        "max_group_sg_sessions": 0,
        "max_user_sh_sessions": 0,
        "max_user_sg_sessions": 0,
        "max_file_size": 1000,
        "request_access_timeout": 0,
        "group_specific_hostname": None,
        "default_sg_service_name": None,
        "session_speed_limit_kbps": 0,
        "fps_delay": 0,
        "ldap_settings": {
            "enabled": True,
            "advanced": False,
            "base_dn": "ou=people",
            "filter": None,
            "member_of_groups": ["cn=helpdesk"],
        },
        "mfa_settings": {
            "email": True,
            "app": False,
            "email_code_length": 6,
            "email_subject": "Your code",
            "email_body": None,
            "remember_machine": False,
        },
        "password_settings": {"enabled": False},
    }
    assert queries(simulated) == ["groups/list"]


def test_permissions_are_read_only_for_the_groups_that_are_chosen(simplehelp):
    simulated = simplehelp()
    groups = read(simulated, "tech_group_info", names=["Helpdesk", "nobody"], permissions=True)[
        "tech_groups"
    ]
    assert [group["name"] for group in groups] == ["Helpdesk"]
    assert groups[0]["permissions"] == simulated.site["groups"]["Helpdesk"]["permissions"]
    assert {name for name, allowed in groups[0]["permissions"].items() if allowed} == {
        "canChat",
        "canRunTools",
    }
    assert queries(simulated) == ["groups/list", "groups/permissions/get"]


def test_permissions_of_all_groups_take_one_request_each(simplehelp):
    simulated = simplehelp(company(machines=0))
    groups = read(simulated, "tech_group_info", permissions=True)["tech_groups"]
    assert {group["name"]: group["permissions"] for group in groups} == {
        name: group["permissions"] for name, group in simulated.site["groups"].items()
    }
    assert queries(simulated) == ["groups/list"] + 8 * ["groups/permissions/get"]


# --- machines ---------------------------------------------------------------------------------------------------------


def test_all_machines_of_the_company_are_read_whole_with_one_request(simplehelp):
    simulated = simplehelp(company())
    machines = read(simulated, "simplehelp_machine_info")["machines"]
    assert {machine["machine_id"] for machine in machines} == simulated.site["machines"].keys()
    assert len(machines) == 300
    assert [(machine["name"], machine["machine_id"]) for machine in machines] == sorted(
        (m["name"], m["machine_id"]) for m in machines
    )
    machine_id, held = next(
        (key, machine)
        for key, machine in simulated.site["machines"].items()
        if machine["name"] == "LDN-FIN-002"
    )
    assert next(machine for machine in machines if machine["machine_id"] == machine_id) == {
        "machine_id": machine_id,
        "online": True,
        "groups": ["United Kingdom", "London", "Finance"],
        "name": "LDN-FIN-002",
        "state": held["state"],
        "protocol": "UDP",
        "last_registration_time": held["lastRegistrationTime"],
        "session_count": held["sessionCount"],
        "monitoring_enabled": False,
        "os": held["os"],
        "hostname": "ldn-fin-002",
        "wan_ip": "203.0.113.10",
        "ip_addresses": [{"ip": "10.10.0.6", "mac": "02:00:5e:00:00:02", "name": "Ethernet"}],
    }
    assert queries(simulated) == ["machines/list"]


def test_everything_is_gathered_with_one_request_for_each_part(simplehelp):
    simulated = simplehelp(company())
    machines = read(
        simulated,
        "simplehelp_machine_info",
        gather=["hardware", "monitoring", "notes", "properties"],
    )["machines"]
    assert queries(simulated) == [
        "machines/hardware/get",
        "machines/list",
        "machines/monitoring/get",
        "machines/notes/get",
        "machines/properties/get",
    ]
    for machine in machines:
        held = simulated.site["machines"][machine["machine_id"]]
        assert (machine["notes"], machine["warnings"], machine["properties"]) == (
            held["notes"],
            held["warnings"],
            held["properties"],
        )
        assert machine["hardware"].get("serial") == (held["hardware"] or {}).get("serial")
        assert machine["monitoring"].get("last_restarted") == (held["monitoring"] or {}).get(
            "lastRestarted"
        )
    named = {machine["name"]: machine for machine in machines}
    assert named["LDN-FIN-002"]["hardware"] == {
        "total_memory": 17179869184,
        "model_name": "Mac mini",
        "model_identifier": "Macmini9,1",
        "manufacturer": "Apple Inc.",
        "serial": "LDN7000002",
        "ecc_memory": False,
        "memory": [
            {
                "capacity": 8589934592,
                "type": "DDR4",
                "speed_hz": 3200000000,
                "status": "ok",
                "manufacturer": "Micron",
            }
        ]
        * 2,
        "disks": [
            {
                "disk": "disk0",
                "device_name": "NVMe 0",
                "media_name": "Samsung PM9A1",
                "capacity": 274877906944,
                "type": "SSD",
                "protocol": "PCI-Express",
                "internal": True,
            }
        ],
        "processors": [{"name": "Apple M1", "speed_hz": "3200000000", "cores": 8, "is64bit": True}],
    }
    assert named["LDN-FIN-002"]["monitoring"].keys() == {
        "cpu_load_averages",
        "memory_load_averages",
        "is64bit",
        "os",
        "hostname",
        "wan_ip",
        "last_restarted",
        "disks",
        "cpu_offenders",
        "network_adapters",
    }
    assert named["LDN-FIN-002"]["monitoring"]["disks"] == [{"name": "/", "used_percentage": 2.5}]


def test_parts_of_many_machines_are_gathered_in_batches(simplehelp):
    simulated = simplehelp(company(machines=1100))
    machines = read(simulated, "simplehelp_machine_info", gather=["properties"])["machines"]
    assert {machine["machine_id"]: machine["properties"] for machine in machines} == {
        machine_id: machine["properties"]
        for machine_id, machine in simulated.site["machines"].items()
    }
    asked = [entry.body["machineIDs"] for entry in simulated.asked("machines/properties/get")]
    assert sorted(map(len, asked)) == [100, 500, 500]
    assert sorted(machine_id for ids in asked for machine_id in ids) == sorted(
        simulated.site["machines"]
    )
    assert len(simulated.asked()) == 4


def test_parts_are_gathered_only_of_the_machines_that_are_chosen(simplehelp):
    simulated = simplehelp()
    machines = read(
        simulated,
        "simplehelp_machine_info",
        machines=["LDN-WHS-2", "SG_1", "LDN-WHS-1"],
        gather=["notes"],
    )["machines"]
    assert [
        (machine["machine_id"], machine["notes"], machine["warnings"]) for machine in machines
    ] == [
        ("SG_1", "In the cellar.", ""),
        ("SG_2", "", "Never restart."),
    ]
    assert [entry.body for entry in simulated.asked("machines/notes/get")] == [
        {"machineIDs": ["SG_1", "SG_2"]}
    ]


def test_nothing_is_gathered_where_no_machine_is_chosen(simplehelp):
    simulated = simplehelp()
    assert (
        read(simulated, "simplehelp_machine_info", machines=[], gather=["hardware", "properties"])[
            "machines"
        ]
        == []
    )
    assert queries(simulated) == ["machines/list"]


def test_inherited_properties_are_shown_only_when_asked_for(simplehelp):
    simulated = simplehelp()
    own = read(simulated, "simplehelp_machine_info", machines=["SG_1"], gather=["properties"])[
        "machines"
    ]
    assert own[0]["properties"] == {"asset": "HF-1"}
    options = {"gather": ["properties"], "inherited_properties": True}
    inherited = read(simulated, "simplehelp_machine_info", machines=["SG_1"], **options)["machines"]
    assert inherited[0]["properties"] == {
        "asset": "HF-1",
        "currency": "GBP",
        "site-code": "LDN",
        "contact": "london@example.org",
    }


def test_names_of_properties_are_the_users_and_stay_as_they_are(simplehelp):
    site = small_site()
    site["machines"]["SG_1"]["properties"] = {
        "assetTag": "1",
        "WAN-IP": "2",
        "{{ 7 * 7 }}": "{{ 7 * 7 }}",
    }
    machines = read(
        simplehelp(site), "simplehelp_machine_info", machines=["SG_1"], gather=["properties"]
    )["machines"]
    assert machines[0]["properties"] == {
        "assetTag": "1",
        "WAN-IP": "2",
        "{{ 7 * 7 }}": "{{ 7 * 7 }}",
    }


def test_machines_are_chosen_by_the_path_of_their_group_including_groups_below(simplehelp):
    simulated = simplehelp()

    def ids(*path):
        return [
            machine["machine_id"]
            for machine in read(simulated, "simplehelp_machine_info", machine_group=list(path))[
                "machines"
            ]
        ]

    assert ids("United Kingdom") == ["SG_1", "SG_2", "SG_3"]
    assert ids("United Kingdom", "London") == ["SG_1", "SG_2"]
    assert len(ids()) == 5


@pytest.mark.parametrize(
    "path",
    [["London"], ["United Kingdom", "Leeds"], ["United"], ["United Kingdom", "London", "Finance"]],
)
def test_a_machine_group_in_which_no_machine_is_is_an_error(simplehelp, path):
    message = simplehelp().refuse("simplehelp_machine_info", machine_group=path)
    assert message == f"No machine is in the machine group {'/'.join(path)} or below it."


def test_machines_are_chosen_by_whether_they_are_online(simplehelp):
    simulated = simplehelp()
    assert [
        m["machine_id"]
        for m in read(simulated, "simplehelp_machine_info", online=False)["machines"]
    ] == ["SG_4"]
    assert [
        m["machine_id"] for m in read(simulated, "simplehelp_machine_info", online=True)["machines"]
    ] == ["SG_1", "SG_2", "SG_3", "SG_5"]
    assert (
        read(simulated, "simplehelp_machine_info", online=True, machine_group=["Ireland"])[
            "machines"
        ]
        == []
    )


def test_an_ambiguous_name_is_an_error_that_lists_the_candidates(simplehelp):
    simulated = simplehelp()
    message = simulated.refuse("simplehelp_machine_info", machines=["RECEPTION"])
    assert all(machine_id in message for machine_id in RECEPTION)
    assert [
        m["machine_id"]
        for m in read(simulated, "simplehelp_machine_info", machines=["SG_4"])["machines"]
    ] == ["SG_4"]


def test_an_unknown_machine_is_an_error(simplehelp):
    message = simplehelp().refuse("simplehelp_machine_info", machines=["SG_1", "SG_99"])
    assert message == "There is no machine with the ID or name 'SG_99'."


@pytest.mark.parametrize(
    ("switches", "expected"),
    [
        (
            {"offline_machines": "sparse"},
            {
                "machine_id": "SG_4",
                "online": False,
                "groups": ["Ireland"],
                "name": "RECEPTION",
                "last_registration_time": 1768467600000,
                "monitoring_enabled": False,
                "hardware": {},
                "monitoring": {},
                "notes": "",
                "warnings": "",
                "properties": {"asset": "HF-4", "floor": "2"},
            },
        ),
        (
            {"nulls": "null"},
            {
                "machine_id": "SG_4",
                "os": "macOS 15",
                "hostname": None,
                "wan_ip": None,
                "notes": "",
                "properties": {"asset": "HF-4", "floor": "2"},
            },
        ),
        (
            {"scalar": "text", "failure": "success_false"},
            {"machine_id": "SG_4", "state": "Not In Use", "hardware": {}, "monitoring": {}},
        ),
    ],
)
def test_a_machine_that_is_offline_is_read_however_little_the_server_shows(
    simplehelp, switches, expected
):
    gather = ["hardware", "monitoring", "notes", "properties"]
    (machine,) = read(
        simplehelp(**switches), "simplehelp_machine_info", machines=["SG_4"], gather=gather
    )["machines"]
    assert {name: machine[name] for name in expected} == expected
    assert switches.get("offline_machines") != "sparse" or machine.keys() == expected.keys()


@pytest.mark.parametrize("part", ["hardware", "monitoring"])
def test_a_machine_that_the_server_leaves_out_of_a_report_has_an_empty_one(simplehelp, part):
    simulated = simplehelp()
    simulated.inject(f"machines/{part}/get", "empty_list", times=None)
    machines = read(simulated, "simplehelp_machine_info", gather=[part])["machines"]
    assert [machine[part] for machine in machines] == [{}] * 5


@pytest.mark.parametrize("part", ["notes", "properties"])
def test_a_machine_that_the_server_leaves_out_of_its_own_data_is_an_error(simplehelp, part):
    simulated = simplehelp()
    simulated.inject(f"machines/{part}/get", "empty_list")
    message = simulated.refuse("simplehelp_machine_info", gather=[part])
    assert (
        message == f"machines/{part}/get left out machines that it was asked for, among them SG_1."
    )


# --- sessions, alerts, the server itself ------------------------------------------------------------------------------


def test_all_sessions_of_this_moment_are_read_with_their_kind(simplehelp):
    simulated = simplehelp(company())
    simulated.server.clock.advance(90)
    sessions = read(simulated, "simplehelp_session_info")["sessions"]
    assert queries(simulated) == [
        "access/sessions/list",
        "support/queue/list",
        "support/sessions/list",
    ]
    assert [session["kind"] for session in sessions] == 3 * ["queue"] + 4 * ["support"] + 5 * [
        "access"
    ]
    assert {session["session_id"] for session in sessions} == {
        session["sessionID"]
        for kind in ("support_queue", "support_sessions", "access_sessions")
        for session in simulated.site[kind]
    }
    assert sessions == sorted(
        sessions,
        key=lambda s: (
            ["queue", "support", "access"].index(s["kind"]),
            s["start_time"],
            s["session_id"],
        ),
    )
    now = simulated.server.clock.now_ms()
    assert [session["elapsed_time"] for session in sessions] == [
        now - session["start_time"] for session in sessions
    ]
    assert "technician_username" not in sessions[0]
    support = next(session for session in sessions if session["session_id"] == "S-990010")
    held = next(
        session
        for session in simulated.site["support_sessions"]
        if session["sessionID"] == "S-990010"
    )
    assert support == {
        "kind": "support",
        "session_id": "S-990010",
        "start_time": held["startTime"],
        "elapsed_time": now - held["startTime"],
        "technician_username": held["technicianUsername"],
        "technician_display_name": held["technicianDisplayName"],
        "technician_id": held["technicianID"],
        "customer": {
            "customer_id": "CU_880010",
            "time_in_queue": 40000,
            "username": "reception2",
            "country": held["customer"]["country"],
            "domain": "support.harrow-finch.example",
            "url": "https://support.harrow-finch.example/customer",
            "os": held["customer"]["os"],
            "hostname": "PRACTICE-10",
            "wan_ip": "198.51.100.11",
            "ip_addresses": ["192.168.1.12"],
            "details": held["customer"]["details"],
        },
    }
    assert support["customer"]["details"].keys() == {"Practice", "Problem"}
    access = next(session for session in sessions if session["kind"] == "access")
    assert (
        simulated.site["machines"][access["machine"]["machine_id"]]["wanIP"]
        == access["machine"]["wan_ip"]
    )


@pytest.mark.parametrize(
    ("kinds", "asked", "number"),
    [
        (["queue"], ["support/queue/list"], 3),
        (["access"], ["access/sessions/list"], 5),
        (["support", "queue"], ["support/queue/list", "support/sessions/list"], 7),
        ([], [], 0),
    ],
)
def test_only_the_kinds_of_session_that_are_wanted_are_asked_for(simplehelp, kinds, asked, number):
    simulated = simplehelp(company())
    assert len(read(simulated, "simplehelp_session_info", kinds=kinds)["sessions"]) == number
    assert queries(simulated) == asked


def test_an_unknown_kind_of_session_is_an_error_before_anything_is_sent(simplehelp):
    simulated = simplehelp()
    outcome = simulated.run("simplehelp_session_info", kinds=["finished"])
    assert outcome.failed and "queue, support, access" in outcome["msg"]
    assert simulated.asked() == []


def test_all_alerts_are_read_and_sorted(simplehelp):
    simulated = simplehelp(company())
    alerts = read(simulated, "simplehelp_alert_info")["alerts"]
    assert queries(simulated) == ["alerts/list"]
    assert [alert["name"] for alert in alerts] == [
        "Cold store offline",
        "Disk nearly full",
        "High memory load",
        "Label service stopped",
        "Old client version",
        "Restart pending",
    ]
    held = next(alert for alert in simulated.site["alerts"] if alert["name"] == "Disk nearly full")
    assert alerts[1] == {
        "name": "Disk nearly full",
        "active": True,
        "triggered": True,
        "triggered_machine_ids": held["triggeredMachineIDs"],
        "reason": "A disk is more than 90 % full.",
        "short_reason": "Disk > 90 %",
        "last_report_ms": held["lastReportMS"],
        "state_age_ms": 7200000,
        "severity": "severe",
    }


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ({"triggered": False}, ["Label service stopped", "Restart pending"]),
        ({"active": False}, ["Label service stopped"]),
        ({"active": True, "triggered": False}, ["Restart pending"]),
        (
            {"severities": ["severe", "critical"]},
            ["Cold store offline", "Disk nearly full", "Label service stopped"],
        ),
        ({"severities": ["severe"], "triggered": True}, ["Disk nearly full"]),
        ({"severities": []}, []),
    ],
)
def test_alerts_are_chosen_by_state_and_severity(simplehelp, options, names):
    alerts = read(simplehelp(company()), "simplehelp_alert_info", **options)["alerts"]
    assert [alert["name"] for alert in alerts] == names


def test_a_single_alert_in_the_place_of_a_list_is_a_list_of_one(simplehelp):
    simulated = simplehelp()
    alert = {
        "name": "Disk nearly full",
        "triggered": True,
        "triggeredMachineIDs": ["SG_1"],
        "lastReportMS": 5,
    }
    simulated.inject("alerts/list", "status", times=None, status=200, body=alert)
    alerts = read(simulated, "simplehelp_alert_info", triggered=True)["alerts"]
    assert alerts == [
        {
            "name": "Disk nearly full",
            "triggered": True,
            "triggered_machine_ids": ["SG_1"],
            "last_report_ms": 5,
        }
    ]


def test_a_severity_is_recognised_however_the_server_capitalises_it(simplehelp):
    simulated = simplehelp()
    alerts = [
        {"name": "1", "severity": "Severe"},
        {"name": "2", "severity": "CRITICAL"},
        {"name": "3", "severity": "warning"},
        {"name": "4"},
    ]
    simulated.inject("alerts/list", "status", times=None, status=200, body=alerts)
    found = read(simulated, "simplehelp_alert_info", severities=["severe", "critical"])["alerts"]
    assert [alert["name"] for alert in found] == ["1", "2"]


def test_a_server_without_alerts_has_none(simplehelp):
    assert read(simplehelp(), "simplehelp_alert_info")["alerts"] == []


@pytest.mark.parametrize("scalar", ["json", "text"])
def test_the_servers_own_settings_are_read(simplehelp, scalar):
    site = {**small_site(), "restrictions": [r"198\.51\.100\.7", r"10\..*"]}
    simulated = simplehelp(site, scalar=scalar)
    outcome = read(simulated, "simplehelp_server_info")
    assert outcome["hostname"] == "support.example.org"
    assert outcome["tech_restrictions"] == [r"10\..*", r"198\.51\.100\.7"]
    assert queries(simulated) == ["server/hostname/get", "server/tech-restrictions/get"]


# --- servers that fail ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("failure", ["status", "success_false"])
@pytest.mark.parametrize("module", MODULES)
def test_a_wrong_token_is_a_clear_error(simplehelp, module, failure):
    message = simplehelp(failure=failure).refuse(module, api_token="wrong/token 1")
    assert "SimpleHelp refused" in message and "The API token is not valid" in message


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("module", MODULES)
def test_a_broken_answer_is_a_clear_error_and_never_an_empty_result(simplehelp, module, fault):
    simulated = simplehelp()
    struck = simulated.inject(MODULES[module], fault)
    assert FAULTS[fault] in simulated.refuse(module)
    assert struck.times == 0


@pytest.mark.parametrize("module", MODULES)
def test_an_object_where_a_list_belongs_is_a_clear_error(simplehelp, module):
    simulated = simplehelp()
    simulated.inject(MODULES[module], "wrong_shape")
    message = simulated.refuse(module)
    assert MODULES[module] in message and "list" in message


@pytest.mark.parametrize(
    ("module", "body"),
    [
        ("simplehelp_machine_info", [1]),
        ("simplehelp_machine_info", [{"name": "no ID"}]),
        ("simplehelp_session_info", ["text"]),
        ("simplehelp_session_info", [{"startTime": 1}]),
        ("simplehelp_history_info", [None]),
        ("simplehelp_history_info", [{"sessionID": "H-1"}]),
        ("simplehelp_history_info", [{"start": 1}]),
        ("simplehelp_alert_info", [{"severity": "severe"}]),
        ("simplehelp_alert_info", "text"),
    ],
)
def test_a_list_of_something_else_is_a_clear_error(simplehelp, module, body):
    simulated = simplehelp()
    simulated.inject(
        MODULES[module], "status", status=200, body=body if isinstance(body, list) else f'"{body}"'
    )
    assert simulated.refuse(module).startswith(f"{MODULES[module]} answered ")


@pytest.mark.parametrize("part", ["hardware", "monitoring", "notes", "properties"])
def test_a_part_that_cannot_be_gathered_is_a_clear_error(simplehelp, part):
    simulated = simplehelp()
    simulated.inject(f"machines/{part}/get", "html")
    assert f"machines/{part}/get answered an HTML page" in simulated.refuse(
        "simplehelp_machine_info", gather=[part]
    )


@pytest.mark.parametrize("module", MODULES)
def test_a_server_that_is_busy_for_a_moment_is_asked_again(simplehelp, module):
    simulated = simplehelp()
    simulated.inject(MODULES[module], "status", status=503, headers={"Retry-After": "0"})
    outcome = simulated.expect(module, retries=1)
    assert outcome["api"]["retries"] == 1
    assert outcome["changed"] is False

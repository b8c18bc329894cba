"""What an appliance tells of itself: its API, its health and its peers, in whatever form it writes
them.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest

from tests.unit.appliances import CLIENT_ID, small_appliance

MODULE = "beyondtrust_appliance_info"
GUID, PEER = "0c1d2e3f40516273849a0b1c2d3e4f50", "7d5e9f0a1b2c3d4e5f60718293a4b5c6"
SYNCED_MS = 1_768_464_000_000
NAMESPACES = [
    "https://www.beyondtrust.com/namespaces/API",
    "http://www.bomgar.com/namespaces/API",
    "https://www.bomgar.com/namespaces/API",
    "https://support.example.com/namespaces/API",
    "http://www.beyondtrust.com/sra/namespaces/API",
    "",
]


@pytest.fixture
def appliance(beyondtrust):
    """Return a function that starts an appliance of a failover pair; permissions of None allow
    everything.
    """

    def start(product="rs", permissions=None, health=None, **more):
        site = small_appliance(product)
        if permissions is not None:
            site["accounts"][CLIENT_ID]["permissions"] = permissions
        site["health"] = {
            "guid": GUID,
            "failover_role": "primary",
            "enabled_shared_ips": ["192.0.2.10", "192.0.2.11"],
            "last_data_sync_ms": SYNCED_MS,
            "last_data_sync_status": "Success",
            **(health or {}),
        }
        site["peers"] = [
            {"guid": PEER, "public_hostname": "support-b.example.org", "failover_role": "backup"}
        ]
        return beyondtrust(product, site, **more)

    return start


def told(simulated, part, **options):
    """Return one part of what an appliance tells."""
    return simulated.expect(MODULE, gather=[part], **options)[part]


def queries(simulated) -> list[str]:
    return [entry.query for entry in simulated.asked()]


def test_everything_is_told_of_a_remote_support_appliance(appliance):
    found = appliance().expect(MODULE)
    assert found["product"] == "rs" and found["changed"] is False
    assert found["health"] == {
        "healthy": True,
        "error_message": None,
        "id": GUID,
        "hostname": "support.example.org",
        "version": "25.2.1",
        "build": "50123-0123456789abcdef0123456789abcdef01234567",
        "failover_role": "primary",
        "enabled_shared_ips": ["192.0.2.10", "192.0.2.11"],
        "last_data_sync_time": "2026-01-15T08:00:00+00:00",
        "last_data_sync_status": "Success",
    }
    own, peer = found["appliances"]
    assert own == {
        "id": GUID,
        "name": "support",
        "public_hostname": "support.example.org",
        "cluster_role": "single",
        "failover_role": "primary",
        "accepting_connections": True,
        "timezone_offset": 0,
    }
    assert (peer["id"], peer["name"], peer["failover_role"]) == (PEER, "support-b", "backup")
    assert found["health_page"] == {"healthy": True, "status": 200}
    assert found["api_info"].keys() == {"api_version", "company_name", "timestamp", "permissions"}


def test_everything_but_the_list_of_appliances_is_told_of_a_privileged_remote_access_appliance(
    appliance,
):
    simulated = appliance("pra")
    found = simulated.expect(MODULE)
    assert found["product"] == "pra" and "appliances" not in found.result
    assert found["health"]["healthy"] and found["health_page"]["healthy"]
    assert (
        "Privileged Remote Access does not list its appliances; Remote Support does"
        in simulated.refuse(MODULE, gather=["appliances"])
    )


@pytest.mark.parametrize("part", ["api_info", "health", "appliances", "health_page"])
def test_only_what_is_asked_for_is_read(appliance, part):
    simulated = appliance()
    found = simulated.expect(MODULE, check=True, gather=[part])
    assert [
        name for name in ("api_info", "health", "appliances", "health_page") if name in found.result
    ] == [part]
    commands = {
        "api_info": "command get_api_info",
        "health": "command check_health",
        "appliances": "command get_appliances",
    }
    login = [] if part == "health_page" else ["POST /oauth2/token"]
    assert queries(simulated) == [
        "GET /get_mech_list",
        *login,
        commands.get(part, "GET /check_health"),
    ]


def test_permissions_can_be_used_in_conditions(appliance):
    simulated = appliance(permissions={"perm_command": "read_only", "perm_configuration": 1})
    permissions = told(simulated, "api_info")["permissions"]
    assert permissions["perm_command"] == "read_only"
    assert (permissions["perm_configuration"], permissions["perm_backup"]) == (True, False)


def test_the_guides_prose_for_full_access_is_the_word_of_the_wire(appliance):
    simulated = appliance()
    permission = '<permission name="perm_command">full access</permission>'
    body = f"<api_information><api_version>1.16.0</api_version><permissions>{permission}</permissions></api_information>"
    simulated.inject("command get_api_info", "status", status=200, body=body)
    info = told(simulated, "api_info")
    assert info == {
        "api_version": "1.16.0",
        "company_name": None,
        "timestamp": None,
        "permissions": {"perm_command": "full_access"},
    }


@pytest.mark.parametrize(
    ("version", "api", "company"),
    [
        ("22.2.3", "1.22.2", "exampleco"),
        ("24.2.4", "1.24.1", "exampleco"),
        ("24.3.1", "1.24.1", None),
    ],
)
def test_the_companys_name_is_told_as_long_as_the_appliance_tells_it(
    appliance, version, api, company
):
    info = told(appliance(version=version), "api_info")
    assert (info["api_version"], info["company_name"]) == (api, company)
    assert info["timestamp"] == "2026-01-15T09:00:00+00:00"


def test_the_time_of_a_data_sync_is_told_with_and_without_seconds_since_1970(appliance):
    for has in (True, False):
        health = told(
            appliance(data_sync_ts=has, health={"last_data_sync_status": "success"}), "health"
        )
        assert (health["last_data_sync_time"], health["last_data_sync_status"]) == (
            "2026-01-15T08:00:00+00:00",
            "success",
        )


def test_an_appliance_that_is_not_well_is_no_failure_of_the_module(appliance):
    simulated = appliance(health={"success": False, "error_message": "The disk is full"})
    found = simulated.expect(MODULE)
    assert (found["health"]["healthy"], found["health"]["error_message"]) == (
        False,
        "The disk is full",
    )
    assert found["health_page"] == {"healthy": False, "status": 500}


def test_without_failover_there_is_nothing_to_tell_of_it(appliance):
    simulated = appliance(
        health={
            "failover_role": "none",
            "enabled_shared_ips": [],
            "last_data_sync_ms": None,
            "last_data_sync_status": None,
        }
    )
    found = told(simulated, "health")
    assert (
        found["failover_role"],
        found["enabled_shared_ips"],
        found["last_data_sync_time"],
        found["last_data_sync_status"],
    ) == ("none", [], None, None)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('ts="1760000000">2025-10-09T08:53:20+00:00', "2025-10-09T08:53:20+00:00"),
        ('ts="1760000000">nonsense', "2025-10-09T08:53:20+00:00"),
        (">2019-11-05T10:20:30.123+0000", "2019-11-05T10:20:30+00:00"),
        (">2019-11-05T10:20:30+02:00", "2019-11-05T08:20:30+00:00"),
        (">2019-11-05T10:20:30Z", "2019-11-05T10:20:30+00:00"),
        (">2019-11-05 10:20:30", "2019-11-05T10:20:30+00:00"),
        (">\n\t2019-11-05T10:20:30+00:00\n", "2019-11-05T10:20:30+00:00"),
        (">1760000000", "2025-10-09T08:53:20+00:00"),
        (">Tuesday", "Tuesday"),
        (">", None),
        ('ts="99999999999999999999">', "99999999999999999999"),
    ],
)
def test_times_are_read_however_they_are_written(appliance, written, read):
    simulated = appliance()
    body = f"<health_check>\n\t<success>1</success>\n\t<last_data_sync_time {written}</last_data_sync_time>\n</health_check>"
    simulated.inject("command check_health", "status", status=200, body=body.replace(" >", ">"))
    assert told(simulated, "health")["last_data_sync_time"] == read


def test_what_an_appliance_leaves_out_is_null(appliance):
    simulated = appliance()
    simulated.inject(
        "command check_health",
        "status",
        status=200,
        body="<health_check><success>0</success></health_check>",
    )
    found = told(simulated, "health")
    assert found == {**dict.fromkeys(found), "healthy": False, "enabled_shared_ips": []}
    simulated.inject(
        "command get_appliances",
        "status",
        status=200,
        body="<appliances><appliance/><other/></appliances>",
    )
    (other,) = told(simulated, "appliances")
    assert (
        other == {**dict.fromkeys(other), "accepting_connections": False}
        and "timezone_offset" in other
    )


@pytest.mark.parametrize("namespace", NAMESPACES)
def test_answers_are_understood_whatever_their_namespace(appliance, namespace):
    found = appliance(namespace=namespace).expect(MODULE)
    assert found["health"]["failover_role"] == "primary" and len(found["appliances"]) == 2
    assert found["api_info"]["permissions"]["perm_command"] == "full_access"


@pytest.mark.parametrize("command_error", ["root", "nested"])
@pytest.mark.parametrize("command_error_status", [200, 400])
@pytest.mark.parametrize("part", ["api_info", "health", "appliances"])
def test_an_error_is_found_wherever_it_stands_and_with_whatever_status(
    appliance, command_error, command_error_status, part
):
    simulated = appliance(command_error=command_error, command_error_status=command_error_status)
    command = {
        "api_info": "get_api_info",
        "health": "check_health",
        "appliances": "get_appliances",
    }[part]
    simulated.inject(f"command {command}", "refuse", reason="The moon is full")
    assert (
        f"refused the command {command}" in (reason := simulated.refuse(MODULE, gather=[part]))
        and "The moon is full" in reason
    )


def test_an_error_in_the_root_of_a_list_is_no_list(appliance):
    simulated = appliance()
    simulated.inject(
        "command get_appliances",
        "status",
        status=200,
        body="<appliances><error>No cluster</error></appliances>",
    )
    assert "No cluster" in simulated.refuse(MODULE, gather=["appliances"])


@pytest.mark.parametrize("denied", ["forbidden", "not_found"])
def test_an_account_that_may_send_no_command_is_told_which_permission_that_takes(appliance, denied):
    simulated = appliance(permissions={"perm_configuration": 1}, denied=denied)
    for part in ("api_info", "health", "appliances"):
        assert "perm_command" in simulated.refuse(MODULE, gather=[part])
    assert told(simulated, "health_page")["healthy"]


@pytest.mark.parametrize(
    ("fault", "arguments"),
    [
        ("html", {}),
        ("empty_body", {}),
        ("malformed", {}),
        ("truncated", {}),
        ("wrong_shape", {}),
        ("huge_xml", {}),
        ("huge_xml", {"shape": "deep"}),
        ("gzip_bomb", {"megabytes": 400}),
        ("redirect", {}),
        *(
            ("entities", {"style": style})
            for style in ("expansion", "file", "network", "parameter", "harmless")
        ),
    ],
)
@pytest.mark.parametrize("command", ["get_api_info", "check_health"])
def test_what_is_no_answer_is_a_failure_in_words(appliance, command, fault, arguments):
    simulated = appliance()
    simulated.inject(f"command {command}", fault, times=None, **arguments)
    assert simulated.refuse(MODULE, gather=["api_info" if command == "get_api_info" else "health"])


def test_an_answer_without_a_result_of_the_check_is_none(appliance):
    simulated = appliance()
    simulated.inject(
        "command check_health",
        "status",
        status=200,
        body="<health_check><version>1</version></health_check>",
    )
    assert "does not tell whether it was successful" in simulated.refuse(MODULE, gather=["health"])


@pytest.mark.parametrize("status", [404, 401, 301])
def test_a_page_with_another_status_is_not_taken_for_one_of_health(appliance, status):
    simulated = appliance()
    simulated.inject("GET /check_health", "status", status=status, body="?")
    assert simulated.refuse(MODULE, gather=["health_page"])


def test_a_page_that_fails_is_asked_again_before_it_is_believed(appliance):
    simulated = appliance()
    simulated.inject("GET /check_health", "status", status=500)
    assert told(simulated, "health_page", retries=1) == {"healthy": True, "status": 200}


def test_an_appliance_that_cannot_be_reached_is_a_failure(appliance):
    simulated = appliance()
    simulated.inject("*", "reset_before", times=None)
    assert "broke off" in simulated.refuse(MODULE)

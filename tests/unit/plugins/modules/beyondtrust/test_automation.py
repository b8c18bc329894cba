"""What is particular to endpoint automation: scripts that cannot be changed, jobs that are made
once, endpoints by host name.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest

from tests.unit.appliances import small_appliance

SCRIPT, JOB = "beyondtrust_automation_script", "beyondtrust_automation_job"
DISKS = {
    "name": "Disks",
    "operating_system": "Linux",
    "cmd": "sh",
    "script": "df -h\n",
    "description": "How full they are.",
    "resources": ["agent.msi"],
}
RESTART = {
    "name": "Restart",
    "operating_system": "Windows",
    "start_at": "2027-01-31T22:00:00+01:00",
    "endpoints": ["TILL-1"],
    "cmd": "powershell",
    "script": "Restart-Service Spooler",
    "notes": "It hangs.",
    "resources": ["agent.msi"],
}
JOBS = "/api/config/v1/endpoint-automation/job"


def with_endpoints(*more: str) -> dict:
    """Return the seed of the small appliance, with the endpoints TILL-1 to TILL-4, and more of
    which only the host name matters.
    """
    site = small_appliance()
    site["config"]["endpoint-automation/endpoint"] = {
        str(number): {
            "hostname": hostname,
            "names": [hostname.lower()],
            "operating_system_type": "Windows",
            "is_active": True,
        }
        for number, hostname in enumerate(["TILL-1", "TILL-2", "TILL-3", "TILL-4", *more], 1)
    }
    return site


def kept(simulated, collection: str, name: str) -> list[dict]:
    """Return the scripts or jobs that the appliance keeps under a name."""
    return [
        record
        for record in simulated.site["config"][f"endpoint-automation/{collection}"].values()
        if record["name"] == name
    ]


# --- scripts ----------------------------------------------------------------------------------------------------------


def test_a_script_is_made_once(beyondtrust):
    simulated = beyondtrust()
    foretold, made = (
        simulated.expect(SCRIPT, check=True, **DISKS),
        simulated.expect(SCRIPT, **DISKS),
    )
    assert (
        foretold["changes"] == made["changes"]
        and foretold["diff"] == made["diff"]
        and made["changed"]
    )
    (script,) = kept(simulated, "script", "Disks")
    assert script["resource_ids"] == [1] and made["automation_script"]["resources"] == ["agent.msi"]
    assert not simulated.expect(SCRIPT, **DISKS)["changed"]
    assert not simulated.expect(SCRIPT, name="Disks")["changed"]
    assert simulated.wrote() == ["POST /api/config/v1/endpoint-automation/script"]


@pytest.mark.parametrize(
    "option, value",
    [("script", "df"), ("tag", "storage"), ("operating_system", "Mac"), ("resources", [])],
)
def test_a_script_that_is_different_is_refused_with_what_is_different(beyondtrust, option, value):
    simulated = beyondtrust()
    simulated.expect(SCRIPT, **DISKS)
    assert f"automation_script Disks: {option} cannot be changed" in simulated.refuse(
        SCRIPT, **{**DISKS, option: value}
    )


def test_a_script_without_what_it_needs_is_refused(beyondtrust):
    assert "to make it, operating_system, cmd, script must be given" in beyondtrust().refuse(
        SCRIPT, name="Disks"
    )


def test_a_file_that_was_not_uploaded_is_refused(beyondtrust):
    assert "resources names the automation_resource 'none.zip'" in beyondtrust().refuse(
        SCRIPT, **{**DISKS, "resources": ["none.zip"]}
    )


def test_scripts_files_and_endpoints_are_read_by_name(beyondtrust):
    simulated = beyondtrust(site=with_endpoints())
    (script,) = simulated.expect("beyondtrust_automation_script_info", names=["Uptime"])[
        "automation_scripts"
    ]
    assert script["script"] == "uptime" and script["resources"] == []
    (file,) = simulated.expect("beyondtrust_automation_resource_info")["automation_resources"]
    assert file["file_name"] == "agent.msi" and file["file_size"] == 1024
    (endpoint,) = simulated.expect(
        "beyondtrust_automation_endpoint_info", names=["TILL-2", "nothing"]
    )["automation_endpoints"]
    assert (
        endpoint["id"] == 2
        and endpoint["operating_system"] == "Windows"
        and endpoint["names"] == ["till-2"]
    )


# --- jobs -------------------------------------------------------------------------------------------------------------


def test_a_job_is_made_once_whatever_is_asked_of_one_of_that_name_later(beyondtrust):
    simulated = beyondtrust(site=with_endpoints())
    foretold, made = simulated.expect(JOB, check=True, **RESTART), simulated.expect(JOB, **RESTART)
    assert (
        foretold["changes"] == made["changes"]
        and foretold["diff"] == made["diff"]
        and made["changed"]
    )
    job = made["automation_job"]
    assert (
        job["start_at"] == "2027-01-31T21:00:00+00:00"
        and job["script"] == "Restart-Service Spooler"
        and job["resources"] == ["agent.msi"]
    )
    assert {
        name: value for name, value in job.items() if name in foretold["automation_job"]
    } == foretold["automation_job"]
    (record,) = kept(simulated, "job", "Restart")
    assert record["_endpoint_ids"] == [1]
    for options in (
        RESTART,
        {**RESTART, "script": "Get-Service", "endpoints": ["nothing"]},
        {"name": "Restart"},
    ):
        outcome = simulated.expect(JOB, **options)
        assert not outcome["changed"] and outcome["automation_job"] == job
    assert simulated.wrote() == [f"POST {JOBS}"]


def test_of_several_jobs_of_a_name_the_latest_is_returned(beyondtrust):
    site = with_endpoints()
    site["config"]["endpoint-automation/job"] = {
        str(number): {"name": name, "notes": str(number), "start_at": "2026-01-01T00:00:00+00:00"}
        for number, name in enumerate(["Restart", "restart", "Restart"], 1)
    }
    assert beyondtrust(site=site).expect(JOB, name="Restart")["automation_job"]["notes"] == "3"


@pytest.mark.parametrize(
    "endpoints", [["till-1", "TILL-2", "TILL-1"], ["TILL-4", "TILL-3", "TILL-2", "TILL-1"]]
)
def test_endpoints_are_found_by_host_name_in_whatever_case(beyondtrust, endpoints):
    simulated = beyondtrust(site=with_endpoints())
    simulated.expect(JOB, **{**RESTART, "endpoints": endpoints})
    assert kept(simulated, "job", "Restart")[0]["_endpoint_ids"] == sorted(
        {int(each[-1]) for each in endpoints}
    )


@pytest.mark.parametrize(
    "options, words",
    [
        ({"endpoints": ["TILL-9"]}, "no endpoint with the host name 'TILL-9'"),
        ({"endpoints": ["TILL-1", "KIOSK"]}, "Several endpoints have the host name 'KIOSK': 5, 6"),
        ({"endpoints": []}, "endpoints must be given"),
        ({"endpoints": ...}, "endpoints must be given"),
        ({"start_at": ...}, "start_at must be given"),
        ({"start_at": "2027-01-31T22:00:00"}, "with its offset from UTC"),
        ({"start_at": "tomorrow"}, "with its offset from UTC"),
        ({"start_at": "0001-01-01T00:00:00+02:00"}, "with its offset from UTC"),
        ({"name": ""}, "name must not be empty"),
        ({"name": "x" * 129}, "at most 128"),
        ({"resources": ["none.zip"]}, "no automation_resource named 'none.zip'"),
    ],
)
def test_a_job_that_cannot_be_is_refused_in_check_mode_too(beyondtrust, options, words):
    simulated = beyondtrust(site=with_endpoints("KIOSK", "kiosk"))
    assert words in simulated.refuse(JOB, **{**RESTART, **options})
    assert words in simulated.refuse(JOB, check=True, **{**RESTART, **options})


@pytest.mark.parametrize("fault", ["reset_after", "truncated", "malformed"])
def test_a_job_of_which_no_answer_comes_is_looked_for_and_not_made_twice(beyondtrust, fault):
    simulated = beyondtrust(site=with_endpoints())
    simulated.inject(f"POST {JOBS}", fault)
    assert simulated.expect(JOB, **RESTART)["changed"]
    assert len(kept(simulated, "job", "Restart")) == 1


def test_a_job_that_was_not_made_is_a_failure(beyondtrust):
    simulated = beyondtrust(site=with_endpoints())
    simulated.inject(f"POST {JOBS}", "reset_before")
    assert "It is unknown whether" in simulated.run(JOB, **RESTART)["msg"]
    simulated.inject(f"POST {JOBS}", "ignored")
    assert "does not list the job" in simulated.run(JOB, **RESTART)["msg"]
    assert kept(simulated, "job", "Restart") == []


def test_the_executions_of_a_job_name_the_endpoints(beyondtrust):
    simulated = beyondtrust(site=with_endpoints())
    simulated.expect(JOB, **{**RESTART, "endpoints": ["TILL-1", "TILL-3"]})
    (job,) = simulated.expect(
        "beyondtrust_automation_job_info", names=["Restart"], gather=["executions"]
    )["automation_jobs"]
    assert [execution["hostname"] for execution in job["executions"]] == ["TILL-1", "TILL-3"]
    assert (
        "executions"
        not in simulated.expect("beyondtrust_automation_job_info")["automation_jobs"][0]
    )
    assert (
        simulated.expect(
            "beyondtrust_automation_job_info", names=["Nothing"], gather=["executions"]
        )["automation_jobs"]
        == []
    )

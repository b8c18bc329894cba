"""Endpoint automation: jobs with their executions, scripts with their resources."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from ...wire import Answer, json_answer
from . import store
from .answers import INVALID, Refused, invalid
from .call import Call
from .changes import check_references, create
from .fields import Findings
from .kinds.automation import FILE, JOB, RESOURCE
from .people import number_of_account
from .resources import listed, shown, target
from .showing import NEVER, now, show

ENDPOINTS = "_endpoint_ids"
"""Key in a job's record: the endpoints on which it runs."""


def _maker(call: Call) -> dict:
    return {
        "created_by_api_account_id": number_of_account(call.appliance, call.account["client_id"]),
        "created_by_user_id": None,
        "created_at": now(call.appliance),
    }


def create_script(call: Call) -> Answer:
    made = create(call.appliance, "endpoint-automation/script", call.body)
    made |= {**_maker(call), "updated_at": now(call.appliance)}
    return shown(call, made, 201)


def list_resources_of_script(call: Call) -> Answer:
    resources = [
        store.get(call.appliance, "endpoint-automation/resource", number)
        for number in target(call)["resource_ids"]
    ]
    return json_answer([show(call.appliance, RESOURCE, each) for each in resources if each])


def create_job(call: Call) -> Answer:
    """A job for some endpoints."""
    given, findings = call.body, Findings()
    for name, described in JOB.accepted(call.product).items():
        if name in given:
            check_references(call.appliance, name, given[name], described, findings)
    if findings.errors:
        raise Refused(422, INVALID, findings.errors)
    if not given["endpoint_ids"]:
        raise invalid("endpoint_ids", "The field needs at least one endpoint.")
    resources = [
        store.get(call.appliance, "endpoint-automation/resource", number)
        for number in given["payload"].get("resource_ids", [])
    ]
    record = {
        name: value for name, value in given.items() if name not in ("endpoint_ids", "payload")
    }
    payload = {
        "cmd": given["payload"]["cmd"],
        "script": given["payload"]["script"],
        "resources": [{name: each[name] for name in FILE} for each in resources],
    }
    made = store.add(
        call.appliance,
        "endpoint-automation/job",
        {
            **store.initial(JOB, call.product),
            **record,
            **_maker(call),
            "payload": payload,
            ENDPOINTS: given["endpoint_ids"],
        },
    )
    return json_answer(_shown(call, made), 201)


def _has_run(call: Call, job: dict) -> bool:
    """Whether a job has run: at the moment at which it was to start, and in no time. That is a
    guess.
    """
    return job.get("start_at", NEVER) <= now(call.appliance)


def _shown(call: Call, job: dict) -> dict:
    finished = job["start_at"] if _has_run(call, job) else None
    return show(call.appliance, JOB, {**job, "finished_timestamp": finished})


def list_jobs(call: Call) -> Answer:
    jobs = [
        job
        for job in store.records(call.appliance, "endpoint-automation/job")
        if _named(job, call.query.get("name"))
    ]
    return listed(call, jobs, lambda job: _shown(call, job))


def _named(job: dict, name: str | None) -> bool:
    return name is None or job["name"].casefold() == name.casefold()


def read_job(call: Call) -> Answer:
    return json_answer(_shown(call, target(call)))


def list_executions(call: Call) -> Answer:
    """What became of a job on each endpoint. The words are a guess."""
    job = target(call)
    run = _has_run(call, job)
    return json_answer(
        [
            {
                "state": "finished" if run else "pending",
                "started_running_timestamp": job["start_at"] if run else None,
                "finished_timestamp": job["start_at"] if run else None,
                "finished_type": "success" if run else None,
                "finished_error": None,
                "log_file_path": None,
                "endpoint_id": number,
                "output_tail": "" if run else None,
                "exit_code": 0 if run else None,
            }
            for number in job.get(ENDPOINTS, [])
        ]
    )

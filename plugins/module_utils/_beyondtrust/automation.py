"""What is done with BeyondTrust's endpoint automation beyond making scripts: jobs are made, and
what became of them is read.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from ansible.module_utils.common.warnings import warn

from .._core.errors import InputError, ServerError
from .._core.plan import Change, as_diff
from .._core.quoting import as_written, quoted
from .._core.server import Known, Server
from .automation_kinds import AUTOMATION_ENDPOINT, AUTOMATION_JOB
from .reads import FEW, info_spec, read_objects

JOB_SPEC = {**AUTOMATION_JOB.argument_spec(), "endpoints": {"type": "list", "elements": "str"}}
JOB_INFO_SPEC = {
    **info_spec(AUTOMATION_JOB),
    "gather": {"type": "list", "elements": "str", "choices": ["executions"], "default": []},
}


def make_job(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Make a job, unless there is one of that name already, whatever it does."""
    params = {**params, "start_at": _in_utc(params["start_at"])}
    AUTOMATION_JOB.check(params)

    def existing():
        server.read_some(AUTOMATION_JOB, [{"name": params["name"]}])
        return _newest(server, params["name"])

    there = existing()
    if not there and server.take_turn():
        there = existing()
    if there:
        if len(several := _identifiers(server, params["name"])) > 1:
            warn(
                f"Several jobs are called {quoted(params['name'])}: {', '.join(map(str, several))}. The latest is returned. No job can be removed."
            )
        return {
            "changed": False,
            "changes": [],
            "diff": as_diff([]),
            AUTOMATION_JOB.name: dict(there.object),
        }
    job = AUTOMATION_JOB.given(params, creating=True)
    AUTOMATION_JOB.check_values(job)
    AUTOMATION_JOB.check_new(job)
    body = {
        **AUTOMATION_JOB.to_wire(job, {}, server.id_of),
        "endpoint_ids": _endpoints(server, params),
    }
    change = Change(AUTOMATION_JOB, None, job)
    if not check_mode:
        job = _made(server, change, body)
    return {
        "changed": True,
        "changes": [change.described()],
        "diff": as_diff([change]),
        AUTOMATION_JOB.name: job,
    }


def read_jobs(server: Server, params: Mapping[str, Any], check_mode: bool) -> dict:
    """Return the jobs with one of ``names``, with the parts in ``gather``, in the order of their
    names.
    """
    result = read_objects(
        AUTOMATION_JOB, "automation_jobs", server, {"names": params["names"]}, check_mode
    )
    if params["gather"]:
        jobs = result["automation_jobs"]
        for job, executions in zip(
            jobs,
            server.backend.session.each(lambda job: _executions(server, job), jobs),
            strict=True,
        ):
            job["executions"] = executions
        hostnames = (
            {
                endpoint["id"]: endpoint["hostname"]
                for endpoint in server.read(AUTOMATION_ENDPOINT).values()
            }
            if jobs
            else {}
        )
        for execution in (execution for job in jobs for execution in job["executions"]):
            execution["hostname"] = hostnames.get(execution.get("endpoint_id"))
    return result


def _executions(server, job) -> list[dict]:
    # The document's schema is one object, and its words are of all executions: a list is a guess.
    return server.backend.records(f"{AUTOMATION_JOB.endpoint}/{job['id']}/execution", paged=False)


def _made(server, change, body) -> dict:
    """Make a job and return it as the server shows it. Without an answer it is looked for, and
    never sent twice.
    """

    def made():
        server.get_again(change)
        return _newest(server, change.after["name"])

    _told, shown = server.backend.act(
        AUTOMATION_JOB.endpoint,
        AUTOMATION_JOB.to_server(body),
        made,
        lambda: "it does not list the job.",
    )
    if len(several := _identifiers(server, change.after["name"])) > 1:
        raise ServerError(
            f"The server said yes, but it lists {len(several)} jobs of this name, with the identifiers {', '.join(map(str, several))}: somebody else has made "
            f"one at the same time, so that its script runs more than once. No job can be removed; give the next one another name.",
            changed=True,
        )
    for name, sent in change.after.items():
        if not AUTOMATION_JOB.fields[name].same(sent, shown.object[name]):
            raise ServerError(
                f"The server said yes, but it shows {name} of the job as {as_written(shown.object[name])}, where {as_written(sent)} was sent.",
                changed=True,
            )
    return dict(shown.object)


def _newest(server, name) -> Known | None:
    """Return the latest job of a name; several may bear it."""
    return max(_named(server, name), key=lambda known: known.identifier, default=None)


def _identifiers(server, name) -> list[int]:
    return sorted(known.identifier for known in _named(server, name))


def _named(server, name) -> list[Known]:
    return [
        known
        for known in server.memory(AUTOMATION_JOB).known.values()
        if known.object["name"] == name
    ]


def _endpoints(server, params) -> list[int]:
    """Return the ids of the endpoints that are named, in whatever case. Raises InputError where a
    name does not mean exactly one.
    """
    wanted = list(dict.fromkeys(params["endpoints"] or ()))
    if not wanted:
        raise InputError(
            f"automation_job {params['name']} does not exist yet; to make it, endpoints must be given."
        )
    if len(wanted) <= FEW:
        server.read_some(AUTOMATION_ENDPOINT, [{"hostname": hostname} for hostname in wanted])
    fitting: dict[str, list[int]] = {hostname.casefold(): [] for hostname in wanted}
    for known in server.memory(AUTOMATION_ENDPOINT).known.values():
        if known.object["hostname"].casefold() in fitting:
            fitting[known.object["hostname"].casefold()].append(known.identifier)
    for hostname in wanted:
        found = fitting[hostname.casefold()]
        if len(found) != 1:
            several = (
                f"Several endpoints have the host name {hostname!r}: {', '.join(map(str, found))}."
            )
            raise InputError(
                several if found else f"There is no endpoint with the host name {hostname!r}."
            )
    return sorted({found for ids in fitting.values() for found in ids})


def _in_utc(given) -> str | None:
    """Return a time in the one form in which the server answers. Raises InputError for what is no
    time with its offset from UTC.
    """
    if not given:
        return given
    try:
        moment = datetime.fromisoformat(given)
        if moment.tzinfo is None:
            raise ValueError
        return moment.astimezone(UTC).isoformat(timespec="seconds")
    except (ValueError, OverflowError):
        raise InputError(
            f"start_at must be a time with its offset from UTC, such as 2026-07-01T22:00:00+02:00, not {given!r}."
        ) from None

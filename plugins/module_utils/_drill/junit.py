"""The report of a failover drill as JUnit's XML, which most CI servers show."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .._files.pages import UNREADABLE, safe
from . import measures
from .journal import PASSED
from .measures import RTO


def junit(report: Mapping[str, Any]) -> str:
    """Return the report as a suite of tests: each step is one, and each objective."""
    cases = list(_cases(report))
    failures = sum(failure is not None for _name, _seconds, failure in cases)
    numbers = f'tests="{len(cases)}" failures="{failures}" errors="0" skipped="0" time="{report["seconds"]:.3f}" timestamp="{safe(report["began_at"])}"'
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n'
        f'  <testsuite name="failover drill {safe(report["drill"])}" {numbers}>\n{"".join(map(_written, cases))}  </testsuite>\n</testsuites>\n'
    )


def _cases(report) -> Iterator[tuple[str, float, str | None]]:
    """Yield the name, the seconds and the failure of each test."""
    for step in report["steps"]:
        failure = f"{step['result'] or 'not ended'}: {' '.join(step['words'])}"
        yield (
            step["step"].replace("_", " "),
            step["seconds"] or 0.0,
            None if step["result"] == PASSED else failure,
        )
    for measure in report["measures"]:
        if measure["met"] is not None:
            seconds = measure["seconds"] if measure["measure"] == RTO else None
            failure = f"{measures.told(measure)}. {measure['words']}"
            yield (
                f"{measure['measure'].upper()} of the {measure['step']}",
                seconds or 0.0,
                None if measure["met"] else failure,
            )


def _written(case) -> str:
    name, seconds, failure = case
    head = f'    <testcase classname="failover_drill" name="{safe(name)}" time="{seconds:.3f}"'
    if failure is None:
        return f"{head}/>\n"
    message = safe(" ".join(UNREADABLE.sub(" ", failure).split()))  # an attribute has no lines
    return f'{head}>\n      <failure message="{message}"/>\n    </testcase>\n'

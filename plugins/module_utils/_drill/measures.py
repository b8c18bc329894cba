"""What a failover drill measured: how long each switch took for users, how old the data was, and
whether that met the objectives.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .._core.files import read_regular
from . import journal as journals
from .journal import COMPLETED, NO_GO, PASSED, PREFLIGHT, RESTORED
from .probes import FILES, HEALTHY, LARGEST, UNKNOWN, Probed, Span, outages
from .probes import read as read_probes

FORMAT = "remoteops.access failover drill report 1"
JSON, HTML, JUNIT = "report.json", "report.html", "report.xml"
FAILOVER, FAILBACK = "failover", "failback"
SWITCHES = {FAILOVER: "Failover", FAILBACK: "Failback"}
RTO, RPO = "rto", "rpo"
CONCLUSIONS = {
    COMPLETED: "Every step was completed.",
    NO_GO: "The preflight found reasons not to begin. No role was changed.",
    RESTORED: "The drill was stopped. The appliance that was primary at the beginning is primary.",
    journals.NOT_RESTORED: "The drill was stopped, and the roles are not known to be as they were at the beginning. Somebody has to look.",
}


@dataclass(frozen=True)
class Recovery:
    """How long a switch took for those who use the shared name. Times are seconds since 1970."""

    began: float
    recovered: float | None  # None: not seen
    outages: tuple[Span, ...]

    @property
    def seconds(self) -> float | None:
        """How long it took."""
        return None if self.recovered is None else max(0.0, self.recovered - self.began)


def recovery(asked: float, switched: float, shared: Sequence[Span]) -> Recovery:
    """Return how long a switch took that was asked for at one moment and was seen to be complete at
    another.

    It begins when it was asked for, or with an outage that was there already, and ends with the end
    of the last outage that began before it was complete. Without any outage it ends when it was
    complete, if the shared name was seen healthy then or after.
    """
    concerned = tuple(
        span for span in outages(shared) if span.began <= switched and span.ended >= asked
    )
    began = min([asked, *(span.began for span in concerned)])
    if concerned:
        return Recovery(began, None if concerned[-1].is_last else concerned[-1].ended, concerned)
    healthy = [
        max(switched, span.began)
        for span in shared
        if span.state == HEALTHY and span.ended >= switched
    ]
    return Recovery(began, min(healthy, default=None), ())


def seconds_of(moment: str) -> float:
    """Return a time in ISO 8601 as seconds since 1970."""
    return datetime.fromisoformat(moment).timestamp()


def clock(moment: float) -> str:
    """Return the time of day in UTC."""
    return f"{datetime.fromtimestamp(moment, UTC):%H:%M:%S}"


def measured(journal: Mapping[str, Any], probed: Probed) -> list[dict]:
    """Return RTO and RPO of each switch that the drill had planned, with the objective and whether
    it was met.
    """
    return [
        measure
        for step in SWITCHES
        if step in journal["plan"] and journals.results(journal).get(PREFLIGHT) == PASSED
        for measure in (_rto(journal, step, probed), _rpo(journal, step))
    ]


def _rto(journal, step, probed) -> dict:
    attempts = _attempts(journal, step)
    if not attempts or attempts[-1]["result"] != PASSED:
        return _judged(journal, step, RTO, None, f"The {step} was not completed.")
    timeline = {
        event["event"]: seconds_of(event["at"])
        for event in attempts[-1]["facts"].get("timeline") or ()
    }
    asked = timeline.get("requested") if len(attempts) == 1 else None
    asked = seconds_of(attempts[0]["began_at"]) if asked is None else asked
    switched = timeline.get("healthy") or seconds_of(attempts[-1]["ended_at"])
    followed = next(
        (
            seconds_of(each["facts"]["followed_at"])
            for each in _attempts(journal, f"{step}_verification")
            if "followed_at" in each["facts"]
        ),
        None,
    )
    name = target_of(journal["settings"].get("shared"), probed)
    found = recovery(asked, max(switched, followed or 0.0), probed.spans(name) if name else ())
    words = f"Asked for at {clock(asked)}."
    if not name:
        return _judged(journal, step, RTO, None, f"{words} Nobody probed the shared name.")
    if not found.outages:
        words += " No probe of the shared name failed; " + (
            f"the new primary was seen to be healthy at {clock(found.recovered)}."
            if found.recovered
            else "none was answered after the switch, either."
        )
    if followed:  # until then the page of the old primary may have been healthy, but of no use
        words += (
            f" The shared name was not seen to lead to the new primary before {clock(followed)}."
        )
        found = replace(found, recovered=found.recovered and max(found.recovered, followed))
    for span in found.outages:
        words += f" The shared name was not healthy from {clock(span.began)} to {'the last probe' if span.is_last else clock(span.ended)}."
    return _judged(journal, step, RTO, found.seconds, words)


def _rpo(journal, step) -> dict:
    attempts = _attempts(journal, step)
    if not attempts or attempts[-1]["result"] != PASSED:
        return _judged(journal, step, RPO, None, f"The {step} was not completed.")
    if journal["settings"].get("data_sync_first"):
        return _judged(
            journal, step, RPO, 0.0, "The roles changed after a data sync that was made first."
        )
    facts, preflight = attempts[-1]["facts"], _attempts(journal, PREFLIGHT)[-1]
    age, before = (
        facts.get("sync_age_seconds") if facts.get("changed") else None,
        preflight["facts"].get("sync_age_seconds"),
    )
    # A controller that was killed had asked for the change.
    if step == FAILOVER and not facts.get("changed") and isinstance(before, (int, float)):
        age = before + seconds_of(attempts[0]["began_at"]) - seconds_of(preflight["ended_at"])
    words = (
        "The age of the last data sync is not known."
        if age is None
        else "The age of the last data sync when the switch was asked for."
    )
    return _judged(journal, step, RPO, age, words)


def _judged(journal, step, measure, seconds, words) -> dict:
    objective = journal["settings"].get(measure)
    met = None if objective is None else seconds is not None and seconds <= objective
    return {
        "step": step,
        "measure": measure,
        "seconds": None if seconds is None else round(seconds, 3),
        "objective": objective,
        "met": met,
        "words": words,
    }


def _attempts(journal, step) -> list[dict]:
    return [each for each in journal["steps"] if each["step"] == step]


def target_of(url: str | None, probed: Probed) -> str | None:
    """Return the name of the target with an address, None if it was not probed."""
    return next(
        (
            name
            for name, address in probed.targets.items()
            if url and address.rstrip("/").lower() == url.rstrip("/").lower()
        ),
        None,
    )


def availability(probed: Probed) -> list[dict]:
    """Return what the probes saw of each target."""
    found = []
    for name, url in probed.targets.items():
        spans, samples = probed.spans(name), probed.samples[name]
        known = sum(span.seconds for span in spans if span.state != UNKNOWN)
        healthy = sum(span.seconds for span in spans if span.state == HEALTHY)
        found.append(
            {
                "target": name,
                "url": url,
                "probes": len(samples),
                "healthy_percent": round(100 * healthy / known, 2) if known else None,
                "unknown_seconds": round(
                    sum(span.seconds for span in spans if span.state == UNKNOWN), 3
                ),
                "outages": [
                    {
                        "began_at": _written(span.began),
                        "ended_at": None if span.is_last else _written(span.ended),
                        "seconds": round(span.seconds, 3),
                        "problem": span.problem,
                    }
                    for span in outages(spans)
                ],
            }
        )
    return found


def _written(moment: float) -> str:
    return (
        datetime.fromtimestamp(moment, UTC)
        .isoformat(timespec="milliseconds")
        .replace("+00:00", "Z")
    )


def results_of(place: Path) -> tuple[dict, Probed]:
    """Return all that the drill in a directory came to, and what its probes saw. Raises Error where
    its files cannot be read.
    """
    journal = journals.read(place / journals.FILE)
    paths = sorted(place.glob(FILES))
    probed = read_probes(paths)
    measures, outcome = measured(journal, probed), journal["outcome"] or "unfinished"
    last = journal["ended_at"] or max(
        [journal["began_at"], *(step["ended_at"] or step["began_at"] for step in journal["steps"])]
    )
    return {
        "format": FORMAT,
        "drill": journal["drill"],
        "outcome": outcome,
        "passed": outcome == COMPLETED and not any(measure["met"] is False for measure in measures),
        "conclusion": _conclusion(outcome, measures),
        "began_at": journal["began_at"],
        "ended_at": journal["ended_at"],
        "seconds": round(seconds_of(last) - seconds_of(journal["began_at"]), 3),
        "settings": journal["settings"],
        "runs": journal["runs"],
        "steps": [
            {
                **step,
                "seconds": round(seconds_of(step["ended_at"]) - seconds_of(step["began_at"]), 3)
                if step["ended_at"]
                else None,
            }
            for step in journal["steps"]
        ],
        "measures": measures,
        "availability": availability(probed),
        "previous": previous(place),
        "files": [
            {"name": path.name, "sha256": hashlib.sha256(read_regular(path, LARGEST)).hexdigest()}
            for path in (place / journals.FILE, *paths)
        ],
    }, probed


def _conclusion(outcome, measures) -> str:
    if outcome not in CONCLUSIONS:
        return "The drill was not finished."
    judged = [measure["met"] for measure in measures if measure["met"] is not None]
    if outcome != COMPLETED:
        return CONCLUSIONS[outcome]
    if not judged:
        return f"{CONCLUSIONS[outcome]} There was no objective to meet."
    missed = judged.count(False)
    return f"{CONCLUSIONS[outcome]} {f'{missed} of {len(judged)} objectives were missed' if missed else 'All objectives were met'}."


def previous(place: Path) -> dict | None:
    """Return what the drill before came to, by its report beside the directory of this one; None if
    there is none that can be read.
    """
    for path in sorted(
        place.parent.glob(f"*/{JSON}"), key=lambda path: path.parent.name, reverse=True
    ):
        if path.parent.name < place.name:
            try:
                found = json.loads(read_regular(path, LARGEST))
                if found["format"] == FORMAT:
                    return {
                        name: found[name]
                        for name in ("drill", "outcome", "passed", "seconds", "measures")
                    }
            except (OSError, ValueError, KeyError, TypeError):
                continue
    return None


def longest_outage(report: Mapping[str, Any]) -> float | None:
    """Return the seconds of the shared name's longest outage, None if nobody probed it."""
    shared = [
        each
        for each in report["availability"]
        if each["url"].rstrip("/").lower()
        == str(report["settings"].get("shared")).rstrip("/").lower()
    ]
    return (
        max((outage["seconds"] for outage in shared[0]["outages"]), default=0.0) if shared else None
    )


def lines(report: Mapping[str, Any]) -> Iterable[str]:
    """Yield what a drill came to, in lines for people."""
    yield f"{'PASSED' if report['passed'] else 'NO-GO' if report['outcome'] == NO_GO else 'FAILED'}: {report['conclusion']}"
    for measure in report["measures"]:
        yield f"{SWITCHES[measure['step']]}, {measure['measure'].upper()}: {told(measure)}"
    yield from _failures(report)


def reasons(report: Mapping[str, Any]) -> Iterable[str]:
    """Yield why a drill has not passed, as sentences: what was said of each step that did not, and
    each objective that was missed.
    """
    for words in [] if report["passed"] else _failures(report):
        yield words if words.endswith((".", "!", "?")) else f"{words}."
    for measure in report["measures"]:
        if measure["met"] is False:
            yield f"{SWITCHES[measure['step']]}, {measure['measure'].upper()}: {told(measure)}. {measure['words']}"


def _failures(report) -> Iterable[str]:
    for step in report["steps"]:
        if step["result"] != PASSED:
            said = "".join(f"; {words}" for words in step["words"])
            # Half a character cannot be printed.
            yield f"{step['step']}: {step['result'] or 'not ended'}{said}".encode(
                errors="replace"
            ).decode()


def told(measure: Mapping[str, Any]) -> str:
    """Return a measure and its objective in words."""
    value = "not known" if measure["seconds"] is None else f"{measure['seconds']:.1f} s"
    if measure["objective"] is None:
        return f"{value}, no objective"
    return f"{value}, objective {measure['objective']:g} s, {'met' if measure['met'] else 'missed'}"

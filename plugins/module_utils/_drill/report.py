"""The report of a failover drill: one page of HTML that needs nothing but itself, with JSON and XML
for JUnit beside it.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from .._core.errors import Error, InputError
from .._files.pages import document, duration, header, safe, said, section, size, table, tile
from .._files.writing import write_whole
from . import measures
from .drawing import course, happening, name_of
from .journal import FILE_MODE, NO_GO, PASSED
from .junit import junit
from .measures import SWITCHES
from .probes import Probed

SPEC = {"directory": {"type": "path", "required": True}}
MOST_OUTAGES = 8  # of a target, in the page; the JSON has all
MINUS = "\N{MINUS SIGN}"
DEFINITIONS = (
    (
        "RTO",
        "The time from the moment at which the switch was asked for, or at which an outage of the shared name began if that was earlier, until the "
        "shared name answered healthy again. If no probe of the shared name failed, until the new primary was seen to be healthy. Where the shared name "
        "was seen to lead to the old primary for longer, until it led to the new one.",
    ),
    (
        "RPO",
        "The age of the last data sync at the moment at which the switch was asked for: what was changed since then is not on the new primary. "
        "After a data sync that was made first it is 0.",
    ),
    (
        "Outage",
        "From the first probe that failed, at the time at which it was asked, until the answer to the first one that did not. A probe is a plain "
        "request for /check_health over a connection of its own, and fails unless it is answered with 200 in time. Times are exact to the interval of "
        "the probes.",
    ),
    (
        "Verification",
        "Both appliances say that they have their new roles, the shared name leads to the new primary and answers healthy without a break, and the new "
        "primary has as many jump groups, and jump items of each kind, as the old one had.",
    ),
)


def make_report(params: Mapping[str, Any], check_mode: bool) -> dict:
    """Write the report of the drill in a directory, and return where it lies and what it says.
    Raises Error where files cannot be read or written.
    """
    place = Path(params["directory"])
    if not place.is_absolute():
        raise InputError(f"directory must be an absolute path, not {params['directory']!r}.")
    report, probed = measures.results_of(place)
    texts = {
        measures.JSON: json.dumps(report, indent=2) + "\n",
        measures.JUNIT: junit(report),
        measures.HTML: page(report, probed),
    }
    try:
        changed = [
            name
            for name, text in texts.items()
            if not (place / name).is_file() or (place / name).read_bytes() != text.encode()
        ]
        for name in [] if check_mode else changed:
            write_whole(place / name, texts[name].encode(), FILE_MODE)
    except OSError as exc:
        raise Error(f"{exc.filename or place} cannot be written: {exc.strerror or exc}.") from None
    told = {name: report[name] for name in ("passed", "outcome", "conclusion", "measures")}
    paths = {
        "html": str(place / measures.HTML),
        "json": str(place / measures.JSON),
        "junit": str(place / measures.JUNIT),
    }
    return {
        "changed": bool(changed),
        **paths,
        **told,
        "reasons": list(measures.reasons(report)),
        "lines": list(measures.lines(report)),
    }


# --- HTML -----------------------------------------------------------------------------------------------------------------


def page(report: Mapping[str, Any], probed: Probed) -> str:
    """Return the page."""
    began, verdict = datetime.fromisoformat(report["began_at"]), _verdict(report)
    definitions = "".join(f"<dt>{term}</dt><dd>{words}</dd>" for term, words in DEFINITIONS)
    sections = [
        _header(report, began, verdict),
        f'<p class="conclusion">{safe(report["conclusion"])}</p>',
        f'<div class="tiles">{"".join(_tiles(report))}</div>',
        section("Course", course(report, probed) + _legend()),
        section(
            "Objectives",
            table(
                ("Measure", "Measured", "Objective", "Result", "How it was measured"),
                _objectives(report),
                {1, 2},
            ),
        ),
        section(
            "Steps",
            table(
                ("Step", "Began (UTC)", "Took", "Result", "What was found and said"),
                _step_rows(report),
                {2},
            ),
        ),
        section(
            "Availability as a user saw it",
            table(("Address", "Probes", "Healthy", "Outages"), _availability(report), {1, 2}),
        ),
        section("Before and after", _before_and_after(report)),
        section("Backup", _backup(report)),
        section("Compared with the drill before", _comparison(report)),
        section("Definitions", f"<dl>{definitions}</dl>"),
        _footer(report),
    ]
    return document(f"Failover drill of {began:%Y-%m-%d}: {verdict}", sections)


def _verdict(report) -> str:
    return "passed" if report["passed"] else "no-go" if report["outcome"] == NO_GO else "failed"


def _header(report, began, verdict) -> str:
    settings, ended = (
        report["settings"],
        f" to {_time(report['ended_at'])}" if report["ended_at"] else ", not ended",
    )
    pair = (
        " and ".join(safe(_host(url)) for url in settings.get("appliances") or ())
        or "A pair of appliances"
    )
    when = f"{began.day} {began:%B %Y}, {began:%H:%M:%S}{ended} UTC, {duration(report['seconds'])}"
    return header(
        "Failover drill",
        pair,
        f"{when}. Shared name: {safe(_host(settings.get('shared')))}",
        verdict.capitalize(),
        verdict,
    )


def _footer(report) -> str:
    files = "".join(
        f"<p>{safe(file['name'])}: SHA-256 {safe(file['sha256'])}</p>" for file in report["files"]
    )
    return f"<footer><p>Drill {safe(report['drill'])}, carried out with remoteops.access. This page was made from:</p>{files}</footer>"


def _tiles(report) -> Iterator[str]:
    for measure in report["measures"]:
        if measure["step"] == "failover":
            objective = (
                "no objective"
                if measure["objective"] is None
                else f"objective {duration(measure['objective'])}"
            )
            yield tile(
                measure["measure"].upper(),
                duration(measure["seconds"]),
                f"{objective}{_mark(measure['met'])}",
            )
    longest = measures.longest_outage(report)
    if longest is not None:
        (outages,) = (
            len(each["outages"])
            for each in report["availability"]
            if _same(each["url"], report["settings"]["shared"])
        )
        yield tile(
            "Longest outage",
            duration(longest) if longest else "none",
            f"{outages} of the shared name",
        )
    yield tile(
        "Duration",
        duration(report["seconds"]),
        f"{len(report['steps'])} steps, {len(report['runs'])} run{'' if len(report['runs']) == 1 else 's'}",
    )


def _mark(met) -> str:
    return (
        ""
        if met is None
        else ' <span class="good">met</span>'
        if met
        else ' <span class="bad">missed</span>'
    )


def _legend() -> str:
    shown = ""
    for name, words, margin in (
        ("healthy", "healthy", 2),
        ("unhealthy", "not healthy", 0),
        ("unknown", "not probed", 0),
    ):
        rect = f'<rect class="{name}" x="0" y="{margin}" width="22" height="{12 - 2 * margin}"/>'
        shown += f'<span><svg class="key" viewBox="0 0 22 12" aria-hidden="true">{rect}</svg>{words}</span>'
    return f'<p class="legend">{shown}<span>Axis: minutes since the beginning. Lines: events of a switch. Bold: the shared name.</span></p>'


def _objectives(report) -> Iterator[tuple]:
    for measure in report["measures"]:
        objective = "none" if measure["objective"] is None else duration(measure["objective"])
        yield (
            _name(measure),
            f"<b>{duration(measure['seconds'])}</b>",
            objective,
            _mark(measure["met"]) or "measured",
            safe(measure["words"]),
        )


def _name(measure) -> str:
    return f"{measure['measure'].upper()}, {SWITCHES[measure['step']].lower()}"


def _step_rows(report) -> Iterator[tuple]:
    for number, step in enumerate(report["steps"], 1):
        told = [f'<p class="said">{said(words)}</p>' for words in step["words"]]
        events = [
            f"<li><span>{event['seconds']:.1f} s</span> {_event(event)}</li>"
            for event in step["facts"].get("timeline") or ()
        ]
        told += ["<ol>", *events, "</ol>"] if events else []
        mark = f'<span class="{"good" if step["result"] == PASSED else "bad"}">{safe(step["result"] or "not ended")}</span>'
        took = "" if step["seconds"] is None else duration(step["seconds"])
        yield (
            f"<b>{number} {safe(name_of(step['step']))}</b>",
            _time(step["began_at"]),
            took,
            mark,
            "".join(told),
        )


def _event(event) -> str:
    return safe(happening(event)) + (f": {said(event['words'])}" if event["words"] else "")


def _availability(report) -> Iterator[tuple]:
    for each in report["availability"]:
        shown = [f"<p>{_outage(outage)}</p>" for outage in each["outages"][:MOST_OUTAGES]]
        more = len(each["outages"]) - MOST_OUTAGES
        shown += [f"<p>and {more} more</p>"] if more > 0 else []
        name = safe(each["target"]) + (
            " (shared name)" if _same(each["url"], report["settings"].get("shared")) else ""
        )
        healthy = (
            "not known" if each["healthy_percent"] is None else f"{each['healthy_percent']:.2f} %"
        )
        yield name, each["probes"], healthy, "".join(shown) or "none"


def _outage(outage) -> str:
    told = f"{_time(outage['began_at'])}, {duration(outage['seconds'])}{'' if outage['ended_at'] else ', to the last probe'}"
    return f"{told}: {said(outage['problem'])}" if outage["problem"] else told


def _before_and_after(report) -> str:
    """Return a table of what was counted, in the last try of each step that counted."""
    counted = {
        step["step"]: {
            **step["facts"]["counts"],
            **{
                f"connected: {kind}": number
                for kind, number in (step["facts"].get("clients") or {}).items()
            },
        }
        for step in report["steps"]
        if step["facts"].get("counts")
    }
    kinds = list(dict.fromkeys(kind for counts in counted.values() for kind in counts))
    if not kinds:
        return ""
    heads = [
        "",
        *(
            "Before" if step == "preflight" else f"After the {step.partition('_')[0]}"
            for step in counted
        ),
    ]
    rows = (
        (
            safe(kind.replace("_", " ").capitalize()),
            *(safe(counts.get(kind, "")) for counts in counted.values()),
        )
        for kind in kinds
    )
    return table(heads, rows, range(1, len(heads)))


def _backup(report) -> str:
    backup = next(
        (
            step["facts"]["backup"]
            for step in reversed(report["steps"])
            if step["facts"].get("backup")
        ),
        None,
    )
    if not backup:
        return ""
    told = backup.get
    facts = {
        "File": told("file"),
        "Taken at": told("taken_at"),
        "Of": " ".join(filter(None, (told("server"), told("product"), told("version")))),
        "GUID": told("guid"),
        "Size": size(told("size")),
        "SHA-256": told("sha256"),
        "Encrypted": f"with {told('encryption').get('tool')}" if told("encryption") else "no",
        "Read again and compared": "yes" if told("verified") else "no",
    }
    rows = "".join(
        f"<dt>{name}</dt><dd>{safe(value)}</dd>" for name, value in facts.items() if value
    )
    return f'<dl class="facts">{rows}</dl>'


def _comparison(report) -> str:
    before = report["previous"]
    if not before:
        return ""
    then = {
        (measure["step"], measure["measure"]): measure["seconds"] for measure in before["measures"]
    }
    compared = [
        (_name(measure), measure["seconds"], then.get((measure["step"], measure["measure"])))
        for measure in report["measures"]
    ]
    rows = [
        (name, duration(seconds), duration(other), _difference(seconds, other))
        for name, seconds, other in [*compared, ("Duration", report["seconds"], before["seconds"])]
    ]
    return table(
        ("", "This drill", safe(before["drill"]), "Difference"),
        [*rows, ("Result", _result(report), _result(before), "")],
        {1, 2, 3},
    )


def _result(report) -> str:
    return "passed" if report["passed"] else safe(report["outcome"].replace("_", " "))


def _difference(now, then) -> str:
    if now is None or then is None:
        return ""
    sign = "" if abs(now - then) < 0.05 else "+" if now > then else MINUS
    return sign + duration(abs(now - then))


def _host(url) -> str:
    return str(url or "not given").partition("://")[2].rstrip("/") or str(url or "not given")


def _same(url, other) -> bool:
    return url.rstrip("/").lower() == str(other).rstrip("/").lower()


def _time(moment) -> str:
    return measures.clock(measures.seconds_of(moment))

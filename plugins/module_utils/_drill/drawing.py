"""The course of a drill as one drawing: its steps, what happened in them, and a strip of
availability for each target, over the time.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .._files.pages import duration, safe
from .measures import seconds_of, target_of
from .probes import HEALTHY, UNHEALTHY, Probed

WIDTH, LEFT, RIGHT = 820.0, 176.0, 14.0  # of the drawing, of the names, of the margin
STEP_HEIGHT, STRIP_HEIGHT, GAP = 24.0, 16.0, 13.0
CHARACTER = 6.3  # the width of one in the drawing's text, on average
NAMES = {
    "preflight": "Preflight",
    "failover": "Failover",
    "failover_verification": "Verification",
    "hold": "Hold",
    "failback": "Failback",
    "failback_verification": "Verification",
    "rollback": "Rollback",
    "rollback_verification": "Verification",
}
CHANGED = "role_changed_"  # what the name of such an event begins with, before the address
# Seconds that may lie between two marks of the axis.
TICKS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 28800, 86400)


def name_of(step: str) -> str:
    """Return what people call a step."""
    return NAMES.get(step, step.replace("_", " ").capitalize())


def happening(event: Mapping[str, Any]) -> str:
    """Return what people call an event of a timeline, with the address that its name may end in,
    unless its words tell that, too.
    """
    name, found, address = event["event"].partition("_http")
    return name.replace("_", " ") + (
        f" http{address}" if found and f"http{address}" not in event["words"] else ""
    )


def primaries(report: Mapping[str, Any]) -> list[tuple[str, float, float]]:
    """Return which appliance was seen to be primary from when to when, by what was said of the
    roles in each step.
    """
    seen = []
    for step in report["steps"]:
        # The roles that are known at the end of a step; a switch tells when each changed in the
        # middle of it.
        roles = {
            each["url"]: each["failover_role"] for each in step["facts"].get("appliances") or ()
        }
        changes = {
            event["event"].removeprefix(CHANGED): seconds_of(event["at"])
            for event in step["facts"].get("timeline") or ()
            if CHANGED in event["event"]
        }
        end = seconds_of(step["ended_at"] or report["ended_at"] or step["began_at"])
        for url, role in roles.items():
            seen.append((changes.get(url, end), url, role))
    found: list[tuple[str, float, float]] = []
    since: dict[str, float] = {}
    for moment, url, role in sorted(seen, key=lambda each: each[0]):
        if role == "primary":
            since.setdefault(
                url, moment if found or since else seconds_of(report["steps"][0]["began_at"])
            )
        elif url in since:
            found.append((url, since.pop(url), moment))
    last = (
        seconds_of(report["ended_at"] or report["steps"][-1]["began_at"])
        if report["steps"]
        else 0.0
    )
    return [*found, *((url, moment, max(last, moment)) for url, moment in since.items())]


def course(report: Mapping[str, Any], probed: Probed) -> str:
    """Return the drawing, as SVG."""
    began = seconds_of(report["began_at"])
    scale = Scale(began, max(report["seconds"], 1.0))
    parts = [*_steps(report["steps"], scale), *_primaries(report, scale, STEP_HEIGHT + GAP)]
    top, shared = 2 * STEP_HEIGHT + 2.5 * GAP, target_of(report["settings"].get("shared"), probed)
    for name in probed.targets:
        parts += _strip(name, probed, scale, top, name == shared)
        top += STRIP_HEIGHT + GAP
    parts += _marks(report["steps"], scale, top - GAP / 2)
    parts += _axis(scale, top)
    height = top + 22
    words = "The steps of the drill and the availability of each target over time"
    return (
        f'<svg class="course" viewBox="0 0 {WIDTH:.0f} {height:.0f}" role="img" aria-label="{words}"><defs>'
        f'<pattern id="unknown" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect class="paper" width="6" height="6"/><rect class="hatch" width="2" height="6"/></pattern></defs>{"".join(parts)}</svg>'
    )


class Scale:
    """From the time to the place in the drawing."""

    def __init__(self, began: float, seconds: float):
        self.began, self.seconds = began, seconds

    def x(self, moment: float) -> float:
        """Return the place of a moment; what lies outside is at the edge."""
        part = min(1.0, max(0.0, (moment - self.began) / self.seconds))
        return LEFT + part * (WIDTH - LEFT - RIGHT)


def _steps(steps: Sequence[Mapping], scale) -> Iterator[str]:
    yield f'<text class="label" x="0" y="{STEP_HEIGHT / 2 + 4:.1f}">Steps</text>'
    for number, step in enumerate(steps, 1):
        x = scale.x(seconds_of(step["began_at"]))
        width = max(1.5, scale.x(seconds_of(step["ended_at"])) - x) if step["ended_at"] else 4.0
        title = (
            f"{name_of(step['step'])}: {step['result'] or 'not ended'}, {duration(step['seconds'])}"
        )
        yield f'<rect class="step {safe(step["result"] or "interrupted")}" x="{x:.2f}" y="0" width="{width:.2f}" height="{STEP_HEIGHT:.0f}" rx="2">'
        yield f"<title>{safe(title)}</title></rect>"
        yield _within(x, width, 0.0, f"{number} {name_of(step['step'])}", str(number))


def _within(x, width, top, *names) -> str:
    """Return the first of the names for which there is room in a bar."""
    name = next((name for name in names if len(name) * CHARACTER + 4 < width), "")
    return (
        f'<text class="name" x="{x + width / 2:.2f}" y="{top + STEP_HEIGHT / 2 + 4:.1f}" text-anchor="middle">{safe(name)}</text>'
        if name
        else ""
    )


def _primaries(report, scale, top) -> Iterator[str]:
    """Yield a bar for each time in which an appliance was seen to be primary."""
    yield f'<text class="label" x="0" y="{top + STEP_HEIGHT / 2 + 4:.1f}">Primary</text>'
    for url, began, ended in primaries(report):
        x, host = scale.x(began), url.partition("://")[2]
        width = max(1.5, scale.x(ended) - x)
        yield f'<rect class="primary" x="{x:.2f}" y="{top:.1f}" width="{width:.2f}" height="{STEP_HEIGHT:.0f}" rx="2"><title>{safe(host)}</title></rect>'
        yield _within(x, width, top, host, host.partition(".")[0])


def _strip(name, probed, scale, top, is_shared) -> Iterator[str]:
    label = "label shared" if is_shared else "label"
    yield f'<text class="{label}" x="0" y="{top + STRIP_HEIGHT / 2 + 4:.1f}">{safe(_shortened(name))}<title>{safe(name)}</title></text>'
    yield f'<rect class="ground" x="{LEFT:.1f}" y="{top:.1f}" width="{WIDTH - LEFT - RIGHT:.1f}" height="{STRIP_HEIGHT:.1f}"/>'
    for span in probed.spans(name):
        x, end = scale.x(span.began), scale.x(span.ended)
        if end - x <= 0 and span.state != UNHEALTHY:
            continue
        # Not by its colour alone: what is healthy leaves a margin, an outage fills the strip and is
        # never too short to be seen.
        margin, least = (
            (4.0, 0.0) if span.state == HEALTHY else (0.0, 2.0 if span.state == UNHEALTHY else 0.0)
        )
        yield f'<rect class="{span.state}" x="{x:.2f}" y="{top + margin:.1f}" width="{max(least, end - x):.2f}" height="{STRIP_HEIGHT - 2 * margin:.1f}">'
        yield f"<title>{safe(f'{span.state} for {duration(span.seconds)}' + (f': {span.problem}' if span.problem else ''))}</title></rect>"


def _marks(steps, scale, bottom) -> Iterator[str]:
    """Yield a line for each event of each switch."""
    for step in steps:
        for event in step["facts"].get("timeline") or ():
            x = scale.x(seconds_of(event["at"]))
            yield f'<line class="event" x1="{x:.2f}" x2="{x:.2f}" y1="{2 * STEP_HEIGHT + 1.5 * GAP:.1f}" y2="{bottom:.1f}"><title>'
            yield f"{safe(happening(event))} after {duration(event['seconds'])}: {safe(event['words'])}</title></line>"


def _axis(scale, top) -> Iterator[str]:
    between = next((tick for tick in TICKS if scale.seconds / tick <= 10), TICKS[-1])
    yield f'<line class="axis" x1="{LEFT:.1f}" x2="{WIDTH - RIGHT:.1f}" y1="{top:.1f}" y2="{top:.1f}"/>'
    for number in range(min(11, int(scale.seconds // between) + 1)):
        x, at = scale.x(scale.began + number * between), number * between
        told = (
            f"{at // 3600}:{at // 60 % 60:02d} h"
            if between >= 3600
            else f"{at // 60}:{at % 60:02d}"
        )
        yield f'<line class="axis" x1="{x:.2f}" x2="{x:.2f}" y1="{top:.1f}" y2="{top + 4:.1f}"/>'
        yield f'<text class="tick" x="{x:.2f}" y="{top + 16:.1f}" text-anchor="middle">{told}</text>'


def _shortened(name: str) -> str:
    most = int(LEFT / CHARACTER) - 2
    return name if len(name) <= most else f"{name[: most - 1]}…"

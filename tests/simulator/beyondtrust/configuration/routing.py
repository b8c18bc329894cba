"""Which operation a request to the Configuration API asks for, on this product and version."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from . import versions
from .call import Operation
from .paths import PATHS


def methods(appliance, template: str) -> dict[str, Operation]:
    """The operations of a path that this appliance has, by method. Reads can be asked for by HEAD,
    too.
    """
    found = {
        method: operation
        for method, operation in PATHS[template].items()
        if operation.only in ("", appliance.product) and versions.has(appliance, operation.since)
    }
    if template == "/user" and "GET" in found and appliance.switches.rs_user_create:
        found["POST"] = PATHS[template]["POST"]
    if "GET" in found:
        found["HEAD"] = found["GET"]
    return found


def available(appliance) -> dict[str, dict[str, Operation]]:
    """Every path that this appliance has, with its operations."""
    found = {template: methods(appliance, template) for template in PATHS}
    return {template: operations for template, operations in found.items() if operations}


def match(appliance, path: str) -> tuple[str, dict[str, str]] | None:
    """The template of a path and the identifiers in it. A word of the path wins over an identifier
    in its place.
    """
    segments = path.split("/")
    fitting = []
    for template in PATHS:
        parts = template.split("/")
        if len(parts) == len(segments) and all(
            part.startswith("{") and segment or part == segment
            for part, segment in zip(parts, segments, strict=True)
        ):
            if methods(appliance, template):
                fitting.append(template)
    if not fitting:
        return None
    best = min(fitting, key=lambda template: [part.startswith("{") for part in template.split("/")])
    pairs = zip(best.split("/"), segments, strict=True)
    return best, {part[1:-1]: segment for part, segment in pairs if part.startswith("{")}

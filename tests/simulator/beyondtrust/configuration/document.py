"""The appliance's own description of its Configuration API, and the command-line tool that it
offers.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from ...wire import Answer
from .answers import not_found
from .call import Call
from .jumps import download

NAMES = {"rs": "Remote Support", "pra": "Privileged Remote Access"}
CLI_PLATFORMS = ("linux", "win32", "macos")


def own_description(call: Call) -> Answer:
    """An OpenAPI document with the paths and methods of this appliance, and nothing else."""
    lines = [
        "openapi: 3.0.3",
        "info:",
        f"  title: BeyondTrust {NAMES[call.product]} Configuration API",
        f'  version: "{call.appliance.version}"',
        "paths:",
    ]
    for path, operations in call.offered().items():
        lines.append(f"  {path}:")
        for method in operations:
            lines += [
                f"    {method.lower()}:",
                "      responses:",
                "        default:",
                "          description: See the vendor's documentation.",
            ]
    return Answer(200, ("\n".join(lines) + "\n").encode(), "application/yaml")


def command_line_tool(call: Call) -> Answer:
    if call.ids["platform"] not in CLI_PLATFORMS:
        raise not_found()
    return download(
        "btapi.zip", f"the command-line tool for {call.ids['platform']}\n", "application/zip"
    )

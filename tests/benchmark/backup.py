"""The comparison of a backup, which is hashed while it comes, with curl and sha256sum one after the
other, in time and in memory.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from functools import partial

from .measure import Run, paired, run
from .report import Section, megabytes
from .workspace import HERE, Simulator, Workspace, simulator

MEGABYTE = 2**20
AIM, MEMORY_AIM = 0.6, 40_000_000  # of the seconds of the others; bytes of memory at most
CURL = 'set -e; curl --fail --silent --cacert "$BEYONDTRUST_CA_PATH" --header @headers --output "$1" "$BEYONDTRUST_URL/api/backup"; sha256sum "$1"'
COMMANDS = (
    (
        "the collection",
        "python one_backup.py options.json",
        "remoteops.access.backup: one process of the module, without ansible-playbook around it",
    ),
    ("curl and sha256sum", CURL, "what a script would do; its token was asked for before"),
)


def backups(
    workspace: Workspace, size: int = 2048 * MEGABYTE, rounds: int = 3, judged: bool = True
) -> Section:
    """Compare one download of so many bytes. Raises SystemExit where one of them is not the whole
    backup.
    """
    section = Section(f"A backup of {size // MEGABYTE:,} MiB, with its SHA-256", COMMANDS)
    with simulator(
        workspace, {}, vendor="beyondtrust_rs", switches=[f"backup_bytes={size}"]
    ) as server:
        token = workspace.run(
            "python", HERE / "bare_appliance.py", "token", 1, **server.environment
        ).output.strip()
        workspace.write("headers", f"Authorization: Bearer {token}\nConnection: close\n")
        measure: dict[str, Callable[[], Run]] = {
            "module": partial(_module, workspace, server, size),
            "curl": partial(_curl, workspace, server, size),
        }
        found = paired(dict.fromkeys(measure, rounds), measure)
    ours, theirs = ([each.seconds for each in found[name]] for name in measure)
    section.slower("curl -o, then sha256sum", ours, theirs, at_most=AIM if judged else None)
    peak = max(each.peak for each in found["module"])
    verdict = (
        (" (aim <= 40 MB: met)" if peak <= MEMORY_AIM else " (aim <= 40 MB: **missed**)")
        if judged
        else ""
    )
    section.notes.append(
        f"Peak memory of the module: {megabytes(peak)}{verdict}. curl's: {megabytes(max(each.peak for each in found['curl']))}."
    )
    section.notes.append(
        "The simulated appliance, which makes and encrypts what is downloaded, shares the machine's cores with what downloads it."
    )
    section.notes.append(
        "The module makes the file survive a loss of power before it ends; curl leaves that to the system."
    )
    return section


def _module(workspace: Workspace, server: Simulator, size: int) -> Run:
    """Run the module once, look at what came of it, and remove it."""
    directory = workspace.directory / "backups"
    options = workspace.write(
        "options.json", {"platform": "beyondtrust", "directory": str(directory), "product": "rs"}
    )
    shared = {
        "BEYONDTRUST_SHARED_DIRECTORY": str(workspace.directory / "shared"),
        "BEYONDTRUST_TIMEOUT": "120",
    }
    done = workspace.run("python", HERE / "one_backup.py", options, **server.environment, **shared)
    result = json.loads(done.output.splitlines()[-1])
    if result.get("failed") or result["backup"]["size"] != size:
        raise SystemExit(f"The module did not take a whole backup: {result}")
    with open(result["backup"]["path"], "rb") as file:
        if (
            hashlib.file_digest(file, "sha256").hexdigest() != result["backup"]["sha256"]
            or file.tell() != size
        ):
            raise SystemExit("What the module stored is not what it says.")
    shutil.rmtree(directory)
    return done


def _curl(workspace: Workspace, server: Simulator, size: int) -> Run:
    file = workspace.directory / "downloaded"
    done = run(
        ["/bin/sh", "-c", CURL, "sh", file],
        {**workspace.environment, **server.environment},
        workspace.directory,
    )
    if file.stat().st_size != size:
        raise SystemExit("curl did not take a whole backup.")
    file.unlink()
    return done

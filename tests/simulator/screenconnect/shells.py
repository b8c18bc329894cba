"""The shells of guests: the header lines of a command, which shell it is for, its limits, and the
thread in which it runs.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import contextlib
import os
import re
import shlex
import shutil
import signal
import subprocess
import tempfile
import threading
import weakref
from dataclasses import dataclass, field
from pathlib import Path

from .windows import cmd, powershell
from .windows.guest import Guest

TIMEOUT_MS, MAX_LENGTH = 10_000, 5_000
"""What holds for a command without these headers."""
_AT_ONCE = 0.1
"""Seconds for which the server waits for a shell that has just begun, so that the output of a short
command is there with the next read.
"""
_FAREWELL = 1.0
"""Seconds in which the rest of a killed command's output must arrive."""
_HEADER = re.compile(r"#(?:(!ps)|timeout=(\d{1,9})|maxlength=(\d{1,9}))\s*\Z")


@dataclass
class Headers:
    """What the first lines of a command say, and the rest of it."""

    powershell: bool = False
    timeout_ms: int = TIMEOUT_MS
    max_length: int = MAX_LENGTH
    script: str = ""
    unknown: list[str] = field(default_factory=list)


def read_headers(command: str) -> Headers:
    """The headers of a command. The name of a line that looks like a header and is none is added to
    `unknown`.
    """
    found = Headers()
    lines = command.split("\n")
    while lines and lines[0].startswith("#"):
        match = _HEADER.match(lines[0])
        if match is None:
            name = re.match(r"#!?\w+(?==)|#!ps\b", lines[0])
            if name:
                found.unknown.append(name[0])
            break
        found.powershell |= match[1] is not None
        found.timeout_ms = int(match[2] or found.timeout_ms)
        found.max_length = int(match[3] or found.max_length)
        lines.pop(0)
    found.script = "\n".join(lines)
    return found


class Shells:
    """Runs commands on the guests of a server.

    A guest with Windows has imitations of cmd and PowerShell, whose time is that of the clock.
    Every other guest has /bin/sh of this machine, which takes the time that it takes, in a
    directory of its own that is empty at first.
    """

    def __init__(self, server):
        self._server = weakref.proxy(server)
        self._directory: str | None = None
        self._processes: set[int] = set()

    def start(self, session_id: str, session: dict, command: str, job: dict) -> None:
        """Begin to run a command. `job` holds when it was taken, and finds its output and when that
        is due at the end.
        """
        headers = read_headers(command)
        for name in headers.unknown:
            self._violate(f"{name} is no header line")
        if "Windows" not in session["GuestInfo"].get("OperatingSystemName", ""):
            thread = threading.Thread(
                target=self._run_posix,
                args=(headers, *self._places(session_id, session), job),
                daemon=True,
            )
            thread.start()
            thread.join(_AT_ONCE)
            return
        guest = Guest(
            session["GuestInfo"].get("MachineName", ""),
            session["files"],
            session["programs"],
            headers.timeout_ms,
            self._violate,
            {"cmd": cmd.run_line, "powershell": powershell.run},
        )
        switches = self._server.switches

        def run() -> None:
            if headers.powershell:
                powershell.run(guest, headers.script)
            elif switches.cmd_runs == "batch_file":
                cmd.run_batch_file(guest, headers.script, switches.cmd_echo)
            else:
                cmd.run_line(guest, headers.script)

        output, milliseconds, killed = guest.outcome(run)
        self._finish(headers, output, killed, "\r\n", job, job["taken_ms"] + milliseconds)

    def _finish(
        self, headers: Headers, output: str, killed: bool, line_end: str, job: dict, ended_ms: int
    ) -> None:
        switches = self._server.switches
        if len(output) > headers.max_length:
            output = (
                output[: headers.max_length]
                + line_end
                + switches.truncated_wording.format(number=headers.max_length)
                + line_end
            )
        if killed:
            wording = switches.killed_wording.format(number=headers.timeout_ms) + line_end
            output = wording if switches.killed_output == "lost" else output + wording
        job["due_ms"] = ended_ms + round(switches.command_seconds * 1000)
        job["output"] = output  # at last, for another thread waits for it

    def _places(self, session_id: str, session: dict) -> tuple[Path, Path]:
        """The directories of a guest: where its commands run, and where its own programs are."""
        if self._directory is None:
            self._directory = tempfile.mkdtemp(prefix="screenconnect-")
            weakref.finalize(self, _end, self._processes, self._directory)
        home, programs = (Path(self._directory, session_id, name) for name in ("home", "programs"))
        if not programs.is_dir():
            home.mkdir(parents=True)
            programs.mkdir()
            own = {
                "hostname": {"output": session["GuestInfo"].get("MachineName", "") + "\n"},
                "whoami": {"output": "root\n"},
                **session["programs"],
            }
            for name, does in own.items():
                lines = (
                    f"sleep {does.get('seconds', 0)}",
                    f"printf %s {shlex.quote(does.get('output', ''))}",
                    f"exit {does.get('status', 0)}",
                )
                Path(programs, name).write_text(
                    "\n".join(("#!/bin/sh", *lines, "")), encoding="utf-8"
                )
                Path(programs, name).chmod(0o755)
        return home, programs

    def _run_posix(self, headers: Headers, home: Path, programs: Path, job: dict) -> None:
        output, killed = (
            ("pwsh: not found\n", False)
            if headers.powershell
            else self._run_sh(headers, home, programs)
        )
        with contextlib.suppress(ReferenceError):  # the server is gone: nobody waits any more
            self._finish(headers, output, killed, "\n", job, self._server.clock.now_ms())

    def _run_sh(self, headers: Headers, home: Path, programs: Path) -> tuple[str, bool]:
        """What /bin/sh printed, and whether it was killed."""
        environment = {"PATH": f"{programs}:/usr/bin:/bin", "HOME": str(home), "LANG": "C.UTF-8"}
        try:
            process = subprocess.Popen(
                ["/bin/sh", "-c", headers.script],
                cwd=home,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        except OSError as problem:  # a script of more than 128 KiB
            return f"/bin/sh: {problem.strerror}\n", False
        killed = False
        with process:
            self._processes.add(process.pid)
            try:
                output, _nothing = process.communicate(timeout=headers.timeout_ms / 1000)
            except subprocess.TimeoutExpired:
                killed = True
                os.killpg(process.pid, signal.SIGKILL)
                try:
                    output, _nothing = process.communicate(timeout=_FAREWELL)
                except subprocess.TimeoutExpired as endless:
                    # Something left the group and keeps the pipe.
                    output = endless.output or b""
            self._processes.discard(process.pid)
        return output.decode("utf-8", "replace"), killed

    def _violate(self, rule: str) -> None:
        self._server.journal.violations.append(f"SendCommandToSession: {rule}")


def _end(processes: set[int], directory: str) -> None:
    """Let nothing of a server remain: neither what its guests are doing nor what they have written."""
    for process in list(processes):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process, signal.SIGKILL)
    shutil.rmtree(directory, ignore_errors=True)

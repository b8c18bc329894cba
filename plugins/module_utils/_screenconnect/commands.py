"""Commands on guests: wrapped so that their output is known among others, sent once, and waited for
on many sessions side by side.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import re
import secrets
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from .._core.errors import Error, InputError
from .._core.once import act
from .api import Backend
from .records import QUEUED_COMMAND, RAN_COMMAND, in_order

# With what the output of a command ends that the guest has killed, or cut: no document says it, two
# sites saw it on real servers, in these words. With other words an output has no end and is told as
# broken_off; of a command of which nothing but other words is left, there is no output.
KILLED = re.compile(r"Killed after (\d{1,15}) milliseconds\.\s*\Z", re.ASCII)
TRUNCATED = re.compile(r"Truncated output at (\d{1,15}) characters\.\s*\Z", re.ASCII)
LONGEST_NOTE = 100  # characters of such an end
MARKER = re.compile(r"remoteops-[0-9a-f]{16}")
OVERHEAD = 200  # characters that the markers add to an output, which must not count
LONGEST_PAUSE = 3  # the number of an attempt: up to 4 seconds between two looks at a session
# How often an output without an end is looked at, as its rest may come in another event, before it
# is taken for all there is.
LOOKS = 3


@dataclass(frozen=True)
class Command:
    """What is to be run on guests, the same on all of them, and how its traces are recognised: by a
    marker that occurs once in the world.
    """

    text: str
    # That the guest gives it: a number of its own, too, as all that is told of a command that was
    # killed may be this number.
    milliseconds: int
    max_length: int  # characters of its output
    creates: str | None  # a path on the guest that makes it superfluous
    removes: str | None  # a path on the guest without which it is superfluous
    marker: str

    @classmethod
    def marked(
        cls,
        text: str,
        timeout: int,
        max_length: int,
        creates: str | None = None,
        removes: str | None = None,
    ) -> Command:
        """Return a command with a new marker. Raises InputError for one that cannot be meant."""
        if not text.strip():
            raise InputError("The command is empty.")
        if timeout < 1 or max_length < 1:
            raise InputError("command_timeout and max_length must be at least 1.")
        for name, path in (("creates", creates), ("removes", removes)):
            if path is not None and (not path.strip() or not path.isprintable()):
                raise InputError(f"{name} must be a path.")
        milliseconds = timeout * 1000 + 1 + secrets.randbelow(998)
        return cls(
            text, milliseconds, max_length, creates, removes, f"remoteops-{secrets.token_hex(8)}"
        )

    def for_shell(self, shell: str) -> str:
        """Return the text to send for one of SHELLS: header lines, then what the shell runs."""
        header = [
            *(["#!ps"] if shell == "powershell" else []),
            f"#timeout={self.milliseconds}",
            f"#maxlength={self.max_length + OVERHEAD}",
        ]
        return "\n".join([*header, *SHELLS[shell](self)])

    def output(self, events: Sequence[Mapping]) -> Output | None:
        """Return what the command has put out according to a session's events, None while there is
        nothing of it.
        """
        texts = [
            event["Data"].replace("\r\n", "\n")
            for event in in_order(events)
            if event["EventType"] == RAN_COMMAND
        ]
        for number, text in enumerate(texts):
            if self.marker in text:
                # What follows may be more of it, but not from the output of another run of this
                # collection on.
                more = list(
                    takewhile(
                        lambda text: set(MARKER.findall(text)) <= {self.marker}, texts[number + 1 :]
                    )
                )
                return self._parsed([text, *more])
            if self._cut_short(text, strictly=True) == "killed":
                return Output("killed", text, None)
        return None

    def is_queued(self, events: Sequence[Mapping]) -> bool:
        """Tell whether the server has taken the command, according to a session's events."""
        return any(
            event["EventType"] in (QUEUED_COMMAND, RAN_COMMAND) and self.marker in event["Data"]
            for event in events
        )

    def _parsed(self, parts) -> Output:
        """Return what an output tells that begins with the first of these texts. Those that follow
        are part of it up to the one that holds its end.
        """
        if re.search(rf"^{self.marker} skipped *$", parts[0], re.MULTILINE):
            return Output("skipped", "", None)
        begin = re.search(rf"^{self.marker} begin *(?:\n|$)", parts[0], re.MULTILINE)
        parts = [parts[0][begin.end() :] if begin else parts[0], *parts[1:]]
        wholes = ["".join(parts[: number + 1]) for number in range(len(parts))]
        for whole in wholes:
            if end := re.search(rf"{self.marker} end (-?\d+) *(?:\n|$)", whole):
                status = int(end[1])
                return Output("failed" if status else "done", whole[: end.start()], status)
        for number, whole in enumerate(wholes):
            if fate := self._cut_short(whole, strictly=number > 0):
                return Output(fate, whole, None)
        return Output("broken_off", parts[0], None)

    def _cut_short(self, text, strictly) -> str | None:
        """Return in which way the guest says that it has cut something short, None if it does not;
        ``strictly`` by this command's own limits.
        """
        for fate, note, limit in (
            ("killed", KILLED, self.milliseconds),
            ("truncated", TRUNCATED, self.max_length + OVERHEAD),
        ):
            if (match := note.search(text[-LONGEST_NOTE:])) and (
                not strictly or int(match[1]) == limit
            ):
                return fate
        return None


@dataclass(frozen=True)
class Output:
    """What became of a command on a guest: its fate, its output with plain line ends, and its exit
    status where that is known.
    """

    fate: str  # done, failed, skipped, killed, truncated or broken_off
    stdout: str
    status: int | None


def shell_of(record: Mapping, wanted: str) -> str:
    """Return which of SHELLS runs a command on a session's guest; ``default`` goes by its operating
    system. Raises InputError if that is unknown.
    """
    if wanted != "default":
        return wanted
    system = (record.get("GuestInfo") or {}).get("OperatingSystemName")
    if not isinstance(system, str) or not system:
        raise InputError(
            "ScreenConnect does not know the operating system of its guest (yet), so that shell must be given."
        )
    return "cmd" if "windows" in system.lower() else "sh"


def send(backend: Backend, identifier: str, command: Command, shell: str) -> None:
    """Send a command to a session, once. Without an answer, its event is looked for. Raises
    OutcomeUnknown if there is none.
    """
    act(
        backend.session,
        lambda: backend.tell("SendCommandToSession", identifier, command.for_shell(shell)),
        lambda: backend.patiently(lambda: command.is_queued(backend.events(identifier)), bool),
        lambda: "the session shows no sign of the command yet.",
        believed=True,
    )


def wait(
    backend: Backend, identifiers: Sequence[str], command: Command, seconds: float
) -> dict[str, Output | Error | None]:
    """Return what a command has put out on each session within some seconds: None where there is
    nothing yet, or why that cannot be read.

    All sessions are looked at side by side, in rounds, so that a guest that is offline holds up no
    other.
    """
    found: dict[str, Output | Error | None] = dict.fromkeys(identifiers)
    broken_off: Counter = Counter()  # how often the output of a session was seen without an end
    deadline, attempt, pending = time.monotonic() + seconds, 0, list(found)
    while True:
        answers = backend.session.side_by_side(
            lambda identifier: command.output(backend.events(identifier)), pending
        )
        for identifier, output in zip(pending, answers, strict=True):
            found[identifier] = output
            broken_off[identifier] += isinstance(output, Output) and output.fate == "broken_off"
        pending = [
            identifier
            for identifier in pending
            if not isinstance(found[identifier], Output)
            or found[identifier].fate == "broken_off"
            and broken_off[identifier] < LOOKS
        ]
        if not pending or time.monotonic() >= deadline:
            return found
        backend.session.pause(min(attempt, LONGEST_PAUSE))
        attempt += 1


def _sh(command: Command) -> list[str]:
    marker, quoted = command.marker, _quoted_sh
    tests = [
        (test, path)
        for test, path in (("-e", command.creates), ("! -e", command.removes))
        if path is not None
    ]
    return [
        *(
            f"if [ {test} {quoted(path)} ]; then echo '{marker} skipped'; exit 0; fi"
            for test, path in tests
        ),
        f"echo '{marker} begin'",
        # In a shell of its own, so that nothing in it (exit, errors of syntax) can keep the end
        # from being told.
        f"sh -c {quoted(command.text)} 2>&1",
        f'echo "{marker} end $?"',
    ]


def _cmd(command: Command) -> list[str]:
    """Return the lines of a batch file. That ScreenConnect runs a command of several lines as one
    is a guess, by what people write for it.
    """
    marker = command.marker
    tests = [
        (test, path)
        for test, path in (("exist", command.creates), ("not exist", command.removes))
        if path is not None
    ]
    if any('"' in path for _test, path in tests):
        raise InputError("creates and removes must not have quotes in them.")
    return [
        # Where nothing but a first line is run, it is this one that tells so.
        f"@echo off& echo {marker} begin",
        *(f'if {test} "{path}" (echo {marker} skipped& exit /b 0)' for test, path in tests),
        *command.text.replace("\r\n", "\n").strip("\n").split("\n"),
        f"echo {marker} end %ERRORLEVEL%",
    ]


def _powershell(command: Command) -> list[str]:
    marker, quoted = command.marker, _quoted_powershell
    tests = [
        (test, path)
        for test, path in (("", command.creates), ("-not ", command.removes))
        if path is not None
    ]
    return [
        *(
            f"if ({test}(Test-Path -LiteralPath {quoted(path)})) {{ Write-Output '{marker} skipped'; exit 0 }}"
            for test, path in tests
        ),
        f"Write-Output '{marker} begin'",
        "$global:LASTEXITCODE = 0",
        # As a text, so that errors of syntax are caught, too.
        f"try {{ & ([scriptblock]::Create({quoted(command.text)})) }} catch {{ Write-Output ($_ | Out-String); $global:LASTEXITCODE = 1 }}",
        f'Write-Output "{marker} end $LASTEXITCODE"',
    ]


def _quoted_sh(text) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def _quoted_powershell(text) -> str:
    """Return a text in quotes. PowerShell takes typographic quotes for quotes, too."""
    return "'" + re.sub("(['\u2018\u2019\u201a\u201b])", r"\1\1", text) + "'"


# How each shell is made to tell that it skips a command, where its output begins, and its exit
# status at the end.
SHELLS = {"sh": _sh, "cmd": _cmd, "powershell": _powershell}

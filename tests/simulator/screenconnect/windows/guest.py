"""A machine with Windows as its shells see it: its files, its programs, where its output goes, and
the time that passes in it.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

DIRECTORY = r"C:\Windows\system32"
"""Where commands run."""
LINE_END = "\r\n"
NOT_FOUND = 9009
"""The exit status of a program that does not exist."""


_MANY = 10_000
_POWERSHELL_FLAGS = {
    "noprofile": 0,
    "nologo": 0,
    "noninteractive": 0,
    "executionpolicy": 1,
    "outputformat": 1,
    "inputformat": 1,
}
"""Flags without a meaning here, with the number of words behind them."""


class Killed(Exception):
    """The time of the command is over."""


class NotUnderstood(Exception):
    """The imitation does not know a construct."""


NOT_CARRIED_OUT = (
    NotUnderstood,
    ValueError,
    LookupError,
    TypeError,
    ArithmeticError,
    AttributeError,
    RecursionError,
    re.error,
)
"""How a script ends of which the imitation does not know a construct, or whose values do not fit
it.
"""


def command_line_words(text: str) -> list[str]:
    """The words of a command line as a program gets them: quotes hold together what a backslash
    before them does not protect.
    """
    found = re.findall(r'(?:[^\s"\\]|\\"|\\|"(?:\\"|[^"])*(?:"|$))+', text)
    return [
        re.sub(r'\\"|"', lambda match: '"' if match[0] == '\\"' else "", word) for word in found
    ]


@dataclass
class Guest:
    """One machine for the length of one command.

    `files` is the content of its files by path; `programs` are those it has beside what every
    Windows has, by name, each with its "output", "status" and "seconds". `limit_ms` is when a
    command is killed. `violate` is told what is not understood. `shells` run a text as another
    shell does, by the name of that shell, and return its exit status.
    """

    name: str
    files: dict[str, str]
    programs: dict[str, dict]
    limit_ms: int
    violate: Callable[[str], None]
    shells: dict[str, Callable[[Guest, str], int]]
    elapsed_ms: int = 0
    jumps: int = 0
    output: list[str] = field(default_factory=list)
    errors: list[str] | None = None

    def outcome(self, run: Callable[[], object]) -> tuple[str, int, bool]:
        """What a command printed, after how many milliseconds it ended, and whether it was killed."""
        self.errors = whole = self.output
        try:
            run()
        except Killed:
            return "".join(whole), self.limit_ms, True
        return "".join(whole), self.elapsed_ms, False

    def write(self, text: str) -> None:
        """Print to the standard output."""
        self.output.append(text)

    def complain(self, text: str) -> None:
        """Print to the standard error."""
        self.errors.append(text + LINE_END)

    @contextmanager
    def redirected(
        self, output: list[str] | None = None, errors: list[str] | None = None
    ) -> Iterator[None]:
        """Collect what is printed meanwhile elsewhere; None leaves a stream as it is."""
        before = self.output, self.errors
        self.output, self.errors = (
            self.output if output is None else output,
            self.errors if errors is None else errors,
        )
        try:
            yield
        finally:
            self.output, self.errors = before

    def sleep(self, seconds: float) -> None:
        """Let time pass. Raises Killed where that is too long."""
        self.elapsed_ms += round(seconds * 1000)
        if self.elapsed_ms >= self.limit_ms:
            raise Killed

    def jump(self) -> None:
        """Go on elsewhere in a script. Raises Killed where that has happened so often that it would
        never end.
        """
        self.jumps += 1
        if self.jumps > _MANY:
            raise Killed

    def path(self, name: str) -> str:
        """The absolute path of a file, with the case that the machine knows it by."""
        name = name.strip('"').replace("/", "\\")
        absolute = name if name[1:3] == ":\\" else f"{DIRECTORY}\\{name}"
        return next((each for each in self.files if each.lower() == absolute.lower()), absolute)

    def exists(self, name: str) -> bool:
        """Whether there is a file, or a directory that a file is in."""
        path = self.path(name).rstrip("\\")
        return path in self.files or any(
            each.lower().startswith(path.lower() + "\\") for each in self.files
        )

    def give_up(self, shell: str, problem: Exception) -> None:
        """Note why the imitation of a shell could not carry out a script, and say so in its output,
        in words that no real shell has.
        """
        reason = problem if isinstance(problem, NotUnderstood) else "a value does not fit"
        self.violate(f"{shell}: {reason}")
        self.complain(f"not simulated ({shell}): {reason}")

    def run_program(self, name: str, arguments: list[str]) -> int | None:
        """Run a program, print its output, and return its exit status; None where there is no such
        program.
        """
        name = name.lower().removesuffix(".exe")
        own = {key.lower().removesuffix(".exe"): does for key, does in self.programs.items()}
        if name in own:
            self.sleep(own[name].get("seconds", 0))
            self.write(own[name].get("output", ""))
            return own[name].get("status", 0)
        if name == "hostname":
            self.write(self.name + LINE_END)
        elif name == "whoami":
            self.write(rf"nt authority\system{LINE_END}")
        elif name == "ping":  # the way to wait in a shell without a console
            number = arguments[arguments.index("-n") + 1] if "-n" in arguments[:-1] else "4"
            self.sleep(int(number) - 1)
            self.write(
                f"Packets: Sent = {number}, Received = {number}, Lost = 0 (0% loss){LINE_END}"
            )
        elif name == "timeout" and arguments[:1] == ["/t"]:
            self.sleep(int(arguments[1]))
        elif name == "chcp":
            self.write(f"Active code page: {arguments[0] if arguments else 437}{LINE_END}")
        elif name in ("powershell", "cmd"):
            raise NotUnderstood(f"{name} is started by its shell")
        else:
            return None
        return 0

    def start_powershell(self, words: list[str]) -> int:
        """Start PowerShell with the words of its command line, and return its exit status."""
        rest = list(words)
        while rest and rest[0].startswith("-"):
            flag = rest.pop(0)[1:].lower()
            if flag in ("command", "c"):
                return self.shells["powershell"](self, " ".join(rest))
            if flag in ("encodedcommand", "enc", "e", "ec") and len(rest) == 1:
                return self.shells["powershell"](
                    self, base64.b64decode(rest[0], validate=True).decode("utf-16-le")
                )
            if flag in ("file", "f") and len(rest) == 1 and self.path(rest[0]) in self.files:
                return self.shells["powershell"](self, self.files[self.path(rest[0])])
            if flag not in _POWERSHELL_FLAGS:
                break
            del rest[: _POWERSHELL_FLAGS[flag]]
        raise NotUnderstood("an argument of powershell")

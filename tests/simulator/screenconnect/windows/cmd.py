"""A small imitation of cmd: how its lines are expanded and parsed, and what its commands do."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import contextlib
import re
from collections.abc import Callable

from .cmd_syntax import Block, Chain, Command, If, Parser, words
from .guest import (
    DIRECTORY,
    LINE_END,
    NOT_CARRIED_OUT,
    NOT_FOUND,
    Guest,
    NotUnderstood,
    command_line_words,
)

_VERSION = "Microsoft Windows [Version 10.0.22631.4317]"
_SYNTAX_ERROR = 255
_NAME = re.compile(r'\s*(?:"(?P<quoted>[^"]*)"|(?P<plain>[^\s,;=/"]+))')
_ECHO = re.compile(r"\s*echo(?=[\s.(:,;/+\[\]=\\]|$)", re.IGNORECASE)


class _Exit(Exception):
    """This cmd ends."""


class _EndOfBatch(Exception):
    """This batch file, or the part of it that was called, ends."""


def run_batch_file(guest: Guest, script: str, echo: bool) -> int:
    """Run the text of a batch file and return its exit status; `echo` says whether its lines are
    shown until they say otherwise.
    """
    return _Cmd(guest, lines=script.replace("\r\n", "\n").split("\n"), echo=echo).run()


def run_line(guest: Guest, text: str) -> int:
    """Run one command line, as `cmd /c` does, and return the exit status. What stands behind a line
    break is not looked at.
    """
    return _Cmd(guest, line=text).run()


class _Cmd:
    """One process of cmd. It has the lines of a batch file, or one command line."""

    def __init__(
        self,
        guest: Guest,
        lines: list[str] | None = None,
        line: str = "",
        echo: bool = False,
        variables: dict[str, str] | None = None,
    ):
        self._guest = guest
        self._is_batch = lines is not None
        self._lines = [re.split(r"\r?\n", line)[0]] if lines is None else lines
        self._position = 0
        self._echo = echo and self._is_batch
        self._delayed = False
        self._status = 0
        self._variables = {
            "COMPUTERNAME": guest.name,
            "SYSTEMROOT": r"C:\Windows",
            "WINDIR": r"C:\Windows",
            "TEMP": r"C:\Windows\TEMP",
            **(variables or {}),
        }

    def run(self) -> int:
        """Run all of it and return the exit status."""
        try:
            self._run_lines()
        except (_Exit, _EndOfBatch):
            pass
        except NOT_CARRIED_OUT as problem:
            self._guest.give_up("cmd", problem)
            self._status = _SYNTAX_ERROR
        return self._status

    def _run_lines(self) -> None:
        while self._position < len(self._lines):
            if self._is_batch and self._lines[self._position].lstrip().startswith(":"):
                self._position += 1
                continue
            first = self._position
            tree = Parser(self._next_line(), self._next_line).parse()
            if tree is not None:
                self._show(tree, first)
                with contextlib.suppress(_Jump):
                    self._run(tree)

    def _show(self, tree, first: int) -> None:
        if self._echo and not getattr(tree, "is_silent", False):
            shown = LINE_END.join(self._lines[first : self._position])
            self._guest.write(f"{LINE_END}{DIRECTORY}>{shown} {LINE_END}")

    def _next_line(self) -> str | None:
        """The next line with its variables in place, before anything in it was run; None where
        there is none.
        """
        if self._position >= len(self._lines):
            return None
        self._position += 1
        return self._expand(self._lines[self._position - 1])

    # --- Variables

    def _value(self, name: str) -> str | None:
        dynamic = {"ERRORLEVEL": lambda: str(self._status), "CD": lambda: DIRECTORY}
        name = name.upper()
        return self._variables.get(name) or (dynamic[name]() if name in dynamic else None)

    def _expand(self, text: str) -> str:
        """A text with percent signs as a batch file or a command line takes them."""
        result, at = [], 0
        while at < len(text):
            if text[at] != "%":
                result.append(text[at])
                at += 1
            elif self._is_batch and text[at : at + 2] == "%%":
                result.append("%")
                at += 2
            elif self._is_batch and re.match(r"%[\d*~]", text[at:]):
                if text[at + 1] == "~":
                    raise NotUnderstood("a modifier of an argument")
                at += 2
            else:
                end = text.find("%", at + 1)
                name = text[at + 1 : end] if end > 0 else ""
                if ":" in name and self._value(name.partition(":")[0]) is not None:
                    raise NotUnderstood("a part of a variable")
                value = self._value(name) if name else None
                if value is None and (end < 0 or not self._is_batch):
                    # A batch file drops a lone sign; a command line leaves what is unknown as it
                    # is.
                    result.append("" if self._is_batch else "%")
                    at += 1
                else:
                    result.append(value or "")
                    at = end + 1
        return "".join(result)

    def _expand_late(self, text: str) -> str:
        if not self._delayed:
            return text
        return re.sub(r"!([^!\n]*)!", lambda match: self._value(match[1]) or "", text)

    # --- Running

    def _run(self, tree) -> None:
        if isinstance(tree, Block):
            with self._redirected(tree.redirections):
                for each in tree.commands:
                    self._run(each)
        elif isinstance(tree, Chain):
            self._run(tree.first)
            if tree.sign == "&" or (self._status == 0) is (tree.sign == "&&"):
                self._run(tree.second)
        elif isinstance(tree, If):
            chosen = tree.then if self._holds(tree) else tree.otherwise
            if chosen is not None:
                self._run(chosen)
        elif isinstance(tree, Command):
            with self._redirected(tree.redirections):
                self._command(self._expand_late(tree.text))

    def _redirected(self, redirections: list[tuple[str, str, str]]):
        output = errors = None
        for handle, sign, target in redirections:
            if sign == "<":
                if target.lower() != "nul":
                    raise NotUnderstood("input from a file")
            elif target == "&1" and handle == "2":
                errors = self._guest.output if output is None else output
            elif target == "&2" and handle == "1":
                output = self._guest.errors
            elif target.startswith("&"):
                raise NotUnderstood("a redirection to another stream")
            else:
                sink = (
                    _Sink()
                    if target.lower() == "nul"
                    else _File(self._guest, self._expand_late(target), sign == ">>")
                )
                output, errors = (sink, errors) if handle == "1" else (output, sink)
        return self._guest.redirected(output, errors)

    def _holds(self, tree: If) -> bool:
        left, right = self._expand_late(tree.left), self._expand_late(tree.right)
        if tree.kind == "exist":
            result = self._guest.exists(left)
        elif tree.kind == "defined":
            result = self._value(left) is not None
        elif tree.kind == "errorlevel":
            result = self._status >= _number(left)
        elif tree.kind == "==":
            result = (left.lower() == right.lower()) if tree.ignores_case else left == right
        else:
            comparisons: dict[str, Callable] = {
                "equ": lambda a, b: a == b,
                "neq": lambda a, b: a != b,
                "lss": lambda a, b: a < b,
                "leq": lambda a, b: a <= b,
                "gtr": lambda a, b: a > b,
                "geq": lambda a, b: a >= b,
            }
            result = comparisons[tree.kind](_number(left), _number(right))
        return result is not tree.negated

    def _command(self, text: str, returns: bool = False) -> None:
        """Run one command; `returns` says that the lines after it are run even if it is a batch
        file.
        """
        echo = _ECHO.match(text)
        if echo:
            self._print(text[echo.end() :])
            return
        match = _NAME.match(text)
        if match is None:
            raise NotUnderstood("a line without a command")
        quoted, rest = match["quoted"] is not None, text[match.end() :]
        name = (match["quoted"] if quoted else match["plain"]).lower().removesuffix(".exe")
        name = name.rpartition("\\")[2] if name.startswith(r"c:\windows\system32") else name
        internal = getattr(self, f"_do_{name}", None)
        if internal is not None and not quoted:
            internal(rest)
            return
        if name in ("powershell", "cmd"):
            self._status = (
                self._start_cmd(rest)
                if name == "cmd"
                else self._guest.start_powershell(command_line_words(rest))
            )
            return
        path = self._guest.path(match["quoted"] if quoted else match["plain"])
        if path.lower().endswith((".cmd", ".bat")) and path in self._guest.files:
            self._run_file(path, returns)
            return
        status = self._guest.run_program(name, words(rest))
        if status is None:
            self._guest.complain(
                f"'{match[0].strip()}' is not recognized as an internal or external command,{LINE_END}operable program or batch file."
            )
            status = NOT_FOUND
        self._status = status

    def _run_file(self, path: str, returns: bool) -> None:
        child = _Cmd(
            self._guest,
            lines=self._guest.files[path].replace("\r\n", "\n").split("\n"),
            echo=self._echo,
        )
        child._variables, child._status = self._variables, self._status
        try:
            with contextlib.suppress(_EndOfBatch):
                child._run_lines()
        finally:
            self._status = child._status
        if self._is_batch and not returns:
            raise _EndOfBatch

    def _print(self, rest: str) -> None:
        if rest[:1].isspace() or not rest:
            if rest.strip().lower() in ("on", "off"):
                self._echo = self._is_batch and rest.strip().lower() == "on"
                return
            if not rest.strip():
                rest = f" ECHO is {'on' if self._echo else 'off'}."
        self._guest.write(rest[1:] + LINE_END)

    def _do_exit(self, rest: str) -> None:
        given = words(rest.lower())
        ends_batch = given[:1] == ["/b"]
        if number := given[ends_batch:]:
            self._status = _number(number[0])
        raise _EndOfBatch if ends_batch else _Exit

    def _do_goto(self, rest: str) -> None:
        label = rest.strip().lstrip(":").lower()
        if label == "eof":
            raise _EndOfBatch
        self._guest.jump()
        self._position = self._label(label)
        raise _Jump

    def _label(self, name: str) -> int:
        for number, line in enumerate(self._lines):
            if self._is_batch and words(line.lower())[:1] == [f":{name}"]:
                return number + 1
        self._guest.complain("The system cannot find the batch label specified.")
        self._status = 1
        raise _EndOfBatch

    def _do_call(self, rest: str) -> None:
        text = self._expand(rest).lstrip()
        if not text.startswith(":"):
            tree = Parser(text, lambda: None).parse()
            if not isinstance(tree, Command):
                raise NotUnderstood("call with more than one command")
            with self._redirected(tree.redirections):
                self._command(self._expand_late(tree.text), returns=True)
            return
        position = self._position
        self._position = self._label(words(text)[0][1:].lower())
        with contextlib.suppress(_EndOfBatch):
            self._run_lines()
        self._position = position

    def _do_set(self, rest: str) -> None:
        text = rest.strip()
        # With no input at hand, only its prompt is left: a way to print without a line's end.
        if text.lower().startswith("/p"):
            self._guest.write(re.sub(r'^"(.*)"$', r"\1", text[2:].strip()).partition("=")[2])
            self._status = 1
            return
        if text.lower().startswith("/a") or not text or "=" not in text:
            raise NotUnderstood("set without a text")
        text = re.sub(r'^"(.*)"[^"]*$', r"\1", text) if text.startswith('"') else rest.lstrip()
        name, _sign, value = text.partition("=")
        self._variables[name.upper()] = value
        self._status = 0  # as in a file with the ending .cmd

    def _do_setlocal(self, rest: str) -> None:
        for option in words(rest.lower()):
            if option not in (
                "enabledelayedexpansion",
                "disabledelayedexpansion",
                "enableextensions",
            ):
                raise NotUnderstood("an option of setlocal")
            self._delayed = (
                self._delayed
                and option != "disabledelayedexpansion"
                or option == "enabledelayedexpansion"
            )

    def _do_endlocal(self, rest: str) -> None:
        self._delayed = False

    def _do_ver(self, rest: str) -> None:
        self._guest.write(f"{LINE_END}{_VERSION}{LINE_END}")
        self._status = 0

    def _do_type(self, rest: str) -> None:
        path = self._guest.path(rest.strip())
        if path in self._guest.files:
            self._guest.write(self._guest.files[path])
        elif rest.strip().lower() != "nul":
            self._guest.complain("The system cannot find the file specified.")
            self._status = 1
            return
        self._status = 0

    def _do_del(self, rest: str) -> None:
        for name in [each for each in words(rest) if not each.startswith("/")]:
            self._guest.files.pop(self._guest.path(name), None)

    def _do_cd(self, rest: str) -> None:
        if rest.strip():
            raise NotUnderstood("another directory")
        self._guest.write(DIRECTORY + LINE_END)

    def _do_title(self, rest: str) -> None:
        """A window has a title; there is no window."""

    def _start_cmd(self, rest: str) -> int:
        strips, delayed = False, False
        while match := re.match(r"\s*/([a-z])(?::(on|off))?", rest, re.IGNORECASE):
            flag, rest = match[1].lower(), rest[match.end() :]
            strips |= flag == "s"
            delayed |= flag == "v" and (match[2] or "on").lower() == "on"
            if flag == "c":
                break
            if flag not in "sqdveau":
                raise NotUnderstood("a flag of cmd")
        else:
            raise NotUnderstood("cmd without /c")
        text = rest.lstrip()
        if text.startswith('"'):
            inside = text[1:].partition('"')[0]
            is_program = text.count('"') == 2 and inside.lower().removesuffix(".exe") in {
                name.lower().removesuffix(".exe") for name in self._guest.programs
            }
            if strips or not is_program:  # the first and the last quote go
                first, _quote, behind = text[1:].rpartition('"')
                text = first + behind if _quote else text[1:]
        child = _Cmd(self._guest, line=text, variables=self._variables)
        child._delayed = delayed
        return child.run()


class _Jump(Exception):
    """Go on at another line."""


class _Sink(list):
    """Where nothing is kept."""

    def append(self, text: str) -> None:
        pass


class _File(list):
    """A file that is written to."""

    def __init__(self, guest: Guest, name: str, appends: bool):
        super().__init__()
        self._guest, self._path = guest, guest.path(name)
        guest.files[self._path] = guest.files.get(self._path, "") if appends else ""

    def append(self, text: str) -> None:
        self._guest.files[self._path] += text


def _number(text: str) -> int:
    if not re.fullmatch(r"-?\d+", text.strip()):
        raise NotUnderstood("a number is expected")
    return int(text)

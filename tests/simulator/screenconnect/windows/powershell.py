"""A small imitation of Windows PowerShell 5.1: how its statements and expressions are carried out."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import fnmatch
import re
from collections.abc import Callable
from contextlib import ExitStack

from . import powershell_commands as commands
from .guest import LINE_END, NOT_CARRIED_OUT, Guest, NotUnderstood
from .powershell_objects import (
    Exit,
    Failure,
    Return,
    Script,
    Thrown,
    call_method,
    call_static,
    cast,
    flat,
    is_a,
    member,
    static,
    text_of,
    truth,
)
from .powershell_syntax import Parser

_FAILED = 1
_CMDLET = re.compile(
    r"(?:add|clear|compare|convertfrom|convertto|copy|enable|disable|export|expand|compress|format|get|import|invoke|join|measure|move|new"
    r"|out|read|remove|rename|resolve|restart|select|set|sort|split|start|stop|tee|test|unblock|update|wait|write)-[a-z]+",
    re.IGNORECASE,
)
"""What has the name of a cmdlet: a machine has many that are not imitated here, so nothing may be
said of whether it has this one.
"""


def run(guest: Guest, text: str) -> int:
    """Run a script and return the exit status of the process: that of `exit`, 1 where an error
    ended it or its last command failed.
    """
    shell = PowerShell(guest)
    try:
        shell.statements(Parser(text).parse(), shell.print)
    except Exit as ended:
        return ended.status
    except Return:
        return 0
    except Thrown as thrown:
        guest.complain(thrown.failure.message)
        return _FAILED
    except NOT_CARRIED_OUT as problem:
        guest.give_up("PowerShell", problem)
        return _FAILED
    return 0 if shell.succeeded else _FAILED


class PowerShell:
    """One process of PowerShell. What a statement puts out goes to a function that is called with
    each value.

    `succeeded` is `$?`; `merged` says whether errors go where the output does, as by 2>&1.
    """

    def __init__(self, guest: Guest):
        self.guest = guest
        self.succeeded = True
        self.merged = False
        self._catching = 0
        self._scopes: list[dict[str, object]] = [
            {"erroractionpreference": "Continue", "lastexitcode": None}
        ]
        self._functions: dict[str, list[tuple]] = {}
        self._environment = {
            "computername": guest.name,
            "temp": r"C:\Windows\TEMP",
            "systemroot": r"C:\Windows",
            "windir": r"C:\Windows",
        }

    def print(self, value: object) -> None:
        """Put out a value as the host does, which prints nothing for null."""
        for each in flat(value):
            if each is not None:
                self.guest.write(text_of(each) + LINE_END)

    # --- Variables

    def get(self, name: str) -> object:
        """The value of a variable; one that does not exist is null."""
        name = name.lower()
        constants = {"true": True, "false": False, "null": None, "?": self.succeeded}
        if name in constants:
            return constants[name]
        scope, colon, rest = name.partition(":")
        if colon and scope == "env":
            return self._environment.get(rest)
        for each in reversed(self._scopes):
            if rest in each or name in each:
                return each[rest if rest in each else name]
        return None

    def set(self, name: str, value: object) -> None:
        """Set a variable, where its name says no other scope in the innermost one."""
        scope, colon, rest = name.lower().rpartition(":")
        if scope == "env":
            self._environment[rest] = text_of(value)
        else:
            self._scopes[0 if scope in ("script", "global") else -1][rest] = value

    # --- Statements

    def statements(self, statements: list[tuple], emit: Callable[[object], None]) -> None:
        """Carry out statements. An error that nothing catches is shown, and the next one follows,
        unless the script says Stop.
        """
        for each in statements:
            try:
                self._statement(each, emit)
            except Thrown as thrown:
                self.succeeded = False
                if (
                    thrown.ends_script
                    or self._catching
                    or text_of(self.get("ErrorActionPreference")).lower() == "stop"
                ):
                    raise
                self.guest.complain(thrown.failure.message)

    def collect(self, statements: list[tuple]) -> object:
        """What statements put out: null, one value or a list."""
        values: list[object] = []
        self.statements(statements, lambda value: values.extend(flat(value)))
        return values[0] if len(values) == 1 else values or None

    def _statement(self, node: tuple, emit: Callable[[object], None]) -> None:
        carry_out = getattr(self, f"_do_{node[0]}", None)
        if carry_out is not None:
            carry_out(emit, *node[1:])
            return
        value = self.value(node)
        self.succeeded = True
        if value is not None:
            emit(value)

    def _do_assign(self, emit, target: tuple, sign: str, statement: tuple) -> None:
        value = self.collect([statement])
        if target[0] == "static":
            if (target[1].lower().removeprefix("system."), target[2].lower()) not in (
                ("console", "outputencoding"),
                ("console", "inputencoding"),
            ):
                raise NotUnderstood("an attribute that is set")
            return
        _variable, name, kind = target
        if sign == "+=":
            value = self._add(self.get(name), value)
        self.set(name, cast(kind, value) if kind else value)

    def _do_if(self, emit, branches: list[tuple], otherwise: list[tuple] | None) -> None:
        for condition, block in branches:
            if truth(self.collect([condition])):
                self.statements(block, emit)
                return
        if otherwise is not None:
            self.statements(otherwise, emit)

    def _do_try(
        self, emit, body: list[tuple], caught: list[tuple] | None, finally_: list[tuple] | None
    ) -> None:
        try:
            self._catching += 1
            try:
                self.statements(body, emit)
            finally:
                self._catching -= 1
        except Thrown as thrown:
            if caught is None:
                raise
            self.set("_", thrown.failure)
            self.statements(caught, emit)
        finally:
            if finally_ is not None:
                self.statements(finally_, emit)

    def _do_throw(self, emit, value: tuple | None) -> None:
        raise Thrown(
            Failure(text_of(self.collect([value])) if value else "ScriptHalted"), ends_script=True
        )

    def _do_exit(self, emit, value: tuple | None) -> None:
        raise Exit(cast("int", self.collect([value])) if value else 0)

    def _do_return(self, emit, value: tuple | None) -> None:
        if value is not None:
            self.statements([value], emit)
        raise Return

    def _do_foreach(self, emit, name: str, values: tuple, block: list[tuple]) -> None:
        for each in flat(self.collect([values])):
            self.set(name, each)
            self.statements(block, emit)

    def _do_function(self, emit, name: str, block: list[tuple]) -> None:
        self._functions[name.lower()] = block

    def _do_redirected(self, emit, value: tuple, redirections: list[tuple]) -> None:
        with self._redirect(redirections) as emit_here:
            self._statement(value, emit_here or emit)

    def _do_subexpression(self, emit, statements: list[tuple]) -> None:
        self.statements(statements, emit)

    def _do_parentheses(self, emit, statement: tuple) -> None:
        self.statements([statement], emit)

    def _do_pipeline(self, emit, elements: list[tuple]) -> None:
        values: list[object] = []
        self._statement(elements[0], lambda value: values.extend(flat(value)))
        for number, element in enumerate(elements[1:], 2):
            if element[0] != "call":
                raise NotUnderstood("an expression in the middle of a pipeline")
            following: list[object] = []
            self._do_call(
                emit
                if number == len(elements)
                else lambda value, following=following: following.extend(flat(value)),
                *element[1:],
                given=values,
            )
            values = following

    def _do_call(
        self,
        emit,
        scope: str,
        name: tuple,
        arguments: list[tuple],
        redirections: list[tuple],
        given: list | None = None,
    ) -> None:
        named = self.value(name)
        with self._redirect(redirections) as emit_here:
            emit = emit_here or emit
            values = [
                each if each[0] == "parameter" else ("value", self.value(each))
                for each in arguments
            ]
            if isinstance(named, Script):
                self.call(named, emit, new_scope=scope == "&")
            elif (key := text_of(named).lower()) in self._functions:
                self.call(Script(self._functions[key], ""), emit)
            elif (cmdlet := commands.find(key)) is not None:
                self.succeeded = True
                cmdlet(self, emit, values, given)
            else:
                self._start(emit, text_of(named), values, given)

    def call(self, script: Script, emit: Callable[[object], None], new_scope: bool = True) -> None:
        """Run a script block, in a scope of its own or in this one."""
        if new_scope:
            self._scopes.append({})
        try:
            self.statements(script.statements, emit)
        except Return:
            pass
        finally:
            if new_scope:
                self._scopes.pop()

    def _start(self, emit, name: str, values: list[tuple], given: list | None) -> None:
        """Start a program. What it prints goes on as lines, or is printed as it is where nothing
        takes it.
        """
        if given is not None:
            raise NotUnderstood("input of a program")
        words = [f"-{value}" if kind == "parameter" else text_of(value) for kind, value in values]
        shell = name.lower().rpartition("\\")[2].removesuffix(".exe")
        direct = emit == self.print
        printed: list[str] = []
        with ExitStack() as stack:
            if not direct:
                stack.enter_context(
                    self.guest.redirected(printed, printed if self.merged else None)
                )
            if shell == "cmd" and words[:1] and words[0].lower() == "/c":
                status = self.guest.shells["cmd"](self.guest, " ".join(words[1:]))
            elif shell in ("cmd", "powershell"):
                if shell == "cmd":
                    raise NotUnderstood("cmd without /c")
                status = self.guest.start_powershell(words)
            else:
                status = self.guest.run_program(name, words)
        if status is None and _CMDLET.fullmatch(name):
            raise NotUnderstood(f"the command {name}")
        if status is None:
            raise Thrown(
                Failure(
                    f"The term '{name}' is not recognized as the name of a cmdlet, function, script file, or operable program."
                )
            )
        for line in "".join(printed).splitlines():
            emit(line)
        self._scopes[0]["lastexitcode"] = status
        self.succeeded = status == 0

    def _redirect(self, redirections: list[tuple]):
        return _Redirection(
            self, [(handle, sign, self.value(target)) for handle, sign, target in redirections]
        )

    # --- Expressions

    def value(self, node: tuple) -> object:
        """The value of an expression."""
        find = getattr(self, f"_value_of_{node[0]}", None)
        return self.collect([node]) if find is None else find(*node[1:])

    def _value_of_text(self, text: str) -> str:
        return text

    def _value_of_number(self, text: str) -> float:
        return float(text) if "." in text else int(text)

    def _value_of_variable(self, name: str, kind: str | None) -> object:
        return self.get(name)

    def _value_of_expandable(self, parts: list[tuple]) -> str:
        return "".join(text_of(self.value(part)) for part in parts)

    def _value_of_type(self, name: str) -> str:
        return name

    def _value_of_list(self, statements: list[tuple]) -> list:
        return flat(self.collect(statements))

    def _value_of_array(self, values: list[tuple]) -> list:
        return [self.value(each) for each in values]

    def _value_of_block(self, statements: list[tuple], text: str) -> Script:
        return Script(statements, text)

    def _value_of_not(self, node: tuple) -> bool:
        return not truth(self.value(node))

    def _value_of_negative(self, node: tuple) -> float:
        value = self.value(node)
        return -value if isinstance(value, float) else -cast("int", value)

    def _value_of_cast(self, kind: str, node: tuple) -> object:
        return cast(kind, self.value(node))

    def _value_of_index(self, node: tuple, index: tuple) -> object:
        values, number = self.value(node), self.value(index)
        if not isinstance(values, (list, str)) or not is_a(number, "int"):
            raise NotUnderstood("an index")
        return values[number] if -len(values) <= number < len(values) else None

    def _value_of_member(self, node: tuple, name: str) -> object:
        return member(self.value(node), name)

    def _value_of_method(self, node: tuple, name: str, arguments: list[tuple]) -> object:
        return call_method(self, self.value(node), name, [self.value(each) for each in arguments])

    def _value_of_static(self, kind: str, name: str) -> object:
        return static(self, kind, name)

    def _value_of_static_call(self, kind: str, name: str, arguments: list[tuple]) -> object:
        return call_static(self, kind, name, [self.value(each) for each in arguments])

    def _add(self, left: object, right: object) -> object:
        if isinstance(left, list):
            return left + flat(right)
        if isinstance(left, str):
            return left + text_of(right)
        if left is None:
            return right
        return left + cast("double" if isinstance(right, float) else "int", right)

    def _value_of_binary(self, operator: str, left_node: tuple, right_node: tuple) -> object:
        left = self.value(left_node)
        if operator in ("and", "or"):
            return (
                truth(left) and truth(self.value(right_node))
                if operator == "and"
                else truth(left) or truth(self.value(right_node))
            )
        right = self.value(right_node)
        if operator == "+":
            return self._add(left, right)
        if operator == "*" and isinstance(left, str):
            return left * cast("int", right)
        if operator in ("-", "*", "/", "%", "lt", "le", "gt", "ge"):
            return _calculate(operator, left, right)
        if operator == "f":
            return re.sub(
                r"\{(\d+)\}", lambda match: text_of(flat(right)[int(match[1])]), text_of(left)
            )
        if operator == "join":
            return text_of(right).join(text_of(each) for each in flat(left))
        if operator in ("contains", "notcontains", "in"):
            one, many = (left, right) if operator == "in" else (right, left)
            return any(_equal(each, one) for each in flat(many)) is (operator != "notcontains")
        if operator == "is":
            return is_a(left, right)
        if isinstance(left, list):
            raise NotUnderstood("a comparison of a list")
        if operator in ("eq", "ieq", "ceq", "ne", "cne"):
            return _equal(left, right, exact=operator.startswith("c")) is ("ne" not in operator)
        if operator in ("like", "notlike"):
            return fnmatch.fnmatchcase(text_of(left).lower(), text_of(right).lower()) is (
                operator == "like"
            )
        if operator in ("match", "notmatch"):
            return (re.search(text_of(right), text_of(left), re.IGNORECASE) is not None) is (
                operator == "match"
            )
        if operator in ("replace", "split"):
            pattern, new = (flat(right) + [""])[:2]
            return (
                re.sub(text_of(pattern), text_of(new), text_of(left))
                if operator == "replace"
                else re.split(text_of(pattern), text_of(left))
            )
        raise NotUnderstood(f"the operator -{operator}")


class _Redirection:
    """Where the output of a statement goes meanwhile: nowhere, with the rest, or into a file."""

    def __init__(self, shell: PowerShell, redirections: list[tuple[str, str, object]]):
        self._shell, self._redirections = shell, redirections
        self._stack = ExitStack()

    def __enter__(self) -> Callable[[object], None] | None:
        emit = None
        for handle, _sign, target in self._redirections:
            if target == "&1":
                self._stack.callback(setattr, self._shell, "merged", self._shell.merged)
                self._shell.merged = True
                continue
            if target is not None:
                raise NotUnderstood("output into a file")
            if handle in ("2", "*"):
                self._stack.enter_context(self._shell.guest.redirected(errors=[]))
            if handle in ("1", "*"):
                emit = _nothing
        return emit

    def __exit__(self, *_error) -> None:
        self._stack.close()


def _nothing(value: object) -> None:
    """Take a value and forget it."""


def _calculate(operator: str, left: object, right: object) -> object:
    if operator in ("lt", "le", "gt", "ge") and isinstance(left, str):
        left, right = left.lower(), text_of(right).lower()
    else:
        left, right = (
            each if isinstance(each, float) else cast("int", each) for each in (left, right)
        )
    return {
        "-": lambda: left - right,
        "*": lambda: left * right,
        "%": lambda: left % right,
        "/": lambda: left // right if left % right == 0 else left / right,
        "lt": lambda: left < right,
        "le": lambda: left <= right,
        "gt": lambda: left > right,
        "ge": lambda: left >= right,
    }[operator]()


def _equal(left: object, right: object, exact: bool = False) -> bool:
    """Whether two values are equal; the right one becomes what the left one is, and the case of
    texts counts only where it is asked for.
    """
    if left is None or right is None:
        return left is right
    if isinstance(left, str):
        return left == text_of(right) if exact else left.lower() == text_of(right).lower()
    if isinstance(left, bool):
        return left is truth(right)
    return left == cast("double" if isinstance(left, float) else "int", right)

"""The commands of PowerShell that are known here."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import hashlib
from collections.abc import Callable

from .guest import LINE_END, NotUnderstood
from .powershell_objects import (
    Encoding,
    Failure,
    Record,
    Script,
    Thrown,
    bytes_of_file,
    cast,
    flat,
    open_file,
    text_of,
    truth,
)
from .powershell_syntax import Parser


def find(name: str) -> Callable | None:
    """The command of this name, in small letters; None where there is none.

    It is called with the shell, the function that takes its output, its arguments as pairs of
    "parameter" or "value" and a name or a value, and what the pipeline brings (None: it is the
    first one).
    """
    return _COMMANDS.get(_ALIASES.get(name, name))


def _sorted(
    arguments: list[tuple], switches: tuple[str, ...], named: tuple[str, ...]
) -> tuple[set[str], dict[str, object], list]:
    """The switches, the named values and the other values among arguments. Raises NotUnderstood for
    a name that is not known.
    """
    given, values, rest, at = set(), {}, [], 0
    while at < len(arguments):
        kind, value = arguments[at]
        at += 1
        if kind == "value":
            rest.append(value)
        elif value.lower() in switches:
            given.add(value.lower())
        elif value.lower() in named and at < len(arguments) and arguments[at][0] == "value":
            values[value.lower()] = arguments[at][1]
            at += 1
        else:
            raise NotUnderstood(f"the parameter -{value}")
    return given, values, rest


def _input(rest: list, given: list | None, values: dict[str, object]) -> list:
    """What a command is to work on: its arguments, or what the pipeline brings."""
    named = values.get("inputobject", values.get("object"))
    return (
        [each for value in (*rest, named) for each in flat(value)]
        if given is None or rest or named is not None
        else given
    )


def _write_output(shell, emit, arguments, given) -> None:
    _switches, values, rest = _sorted(arguments, ("noenumerate",), ("inputobject",))
    for each in _input(rest, given, values):
        emit(each)


def _write_host(shell, emit, arguments, given) -> None:
    switches, values, rest = _sorted(arguments, ("nonewline",), ("object", "foregroundcolor"))
    shell.guest.write(
        " ".join(text_of(each) for each in _input(rest, given, values))
        + ("" if "nonewline" in switches else LINE_END)
    )


def _write_error(shell, emit, arguments, given) -> None:
    _switches, values, rest = _sorted(arguments, (), ("message",))
    message = " ".join(text_of(each) for each in (*rest, *values.values()))
    if text_of(shell.get("ErrorActionPreference")).lower() == "stop":
        raise Thrown(Failure(message))
    shell.guest.complain(message)
    shell.succeeded = False


def _out_string(shell, emit, arguments, given) -> None:
    switches, values, rest = _sorted(arguments, ("stream",), ("width", "inputobject"))
    lines = [text_of(each) for each in _input(rest, given, values)]
    if "stream" in switches:
        for line in lines:
            emit(line)
    else:
        emit("".join(line + LINE_END for line in lines))


def _out_null(shell, emit, arguments, given) -> None:
    """Take what comes and forget it."""


def _out_host(shell, emit, arguments, given) -> None:
    for each in _input([], given, {}):
        shell.print(each)


def _for_each(shell, emit, arguments, given) -> None:
    _switches, values, rest = _sorted(arguments, (), ("process",))
    script = values.get("process", rest[0] if rest else None)
    if not isinstance(script, Script) or given is None:
        raise NotUnderstood("ForEach-Object without a block")
    for each in given:
        shell.set("_", each)
        shell.call(script, emit, new_scope=False)


def _where(shell, emit, arguments, given) -> None:
    ((kind, script),) = arguments
    if not isinstance(script, Script) or given is None:
        raise NotUnderstood("Where-Object without a block")
    for each in given:
        shell.set("_", each)
        collected: list = []
        shell.call(
            script,
            lambda value, collected=collected: collected.extend(flat(value)),
            new_scope=False,
        )
        if truth(collected):
            emit(each)


def _test_path(shell, emit, arguments, given) -> None:
    _switches, values, rest = _sorted(arguments, (), ("path", "literalpath", "pathtype"))
    emit(
        any(
            shell.guest.exists(text_of(path))
            for path in (*rest, values.get("path"), values.get("literalpath"))
            if path
        )
    )


def _start_sleep(shell, emit, arguments, given) -> None:
    _switches, values, rest = _sorted(arguments, (), ("seconds", "milliseconds", "s", "m"))
    seconds = values.get("seconds", values.get("s", rest[0] if rest else 0))
    shell.guest.sleep(seconds + values.get("milliseconds", values.get("m", 0)) / 1000)


def _invoke_expression(shell, emit, arguments, given) -> None:
    _switches, values, rest = _sorted(arguments, (), ("command",))
    for text in (*rest, *values.values(), *(given or [])):
        shell.statements(Parser(text_of(text)).parse(), emit)


def _invoke_command(shell, emit, arguments, given) -> None:
    _switches, values, rest = _sorted(arguments, ("nonewscope",), ("scriptblock",))
    script = values.get("scriptblock", rest[0] if rest else None)
    if not isinstance(script, Script):
        raise NotUnderstood("Invoke-Command without a block")
    shell.call(script, emit)


def _new_item(shell, emit, arguments, given) -> None:
    _switches, values, rest = _sorted(arguments, ("force",), ("path", "itemtype", "value", "name"))
    path = shell.guest.path(text_of(values.get("path", rest[0] if rest else "")))
    shell.guest.files[path] = text_of(values.get("value"))
    emit(path)


def _set_content(shell, emit, arguments, given) -> None:
    _switches, values, rest = _sorted(
        arguments, ("force", "nonewline"), ("path", "literalpath", "value", "encoding")
    )
    path = values.get("path", values.get("literalpath"))
    path = rest.pop(0) if path is None else path
    content = values.get("value", rest[0] if rest else given)
    shell.guest.files[shell.guest.path(text_of(path))] = "".join(
        text_of(each) + LINE_END for each in flat(content)
    )


def _get_content(shell, emit, arguments, given) -> None:
    switches, values, rest = _sorted(arguments, ("raw",), ("path", "literalpath", "encoding"))
    path = shell.guest.path(
        text_of(values.get("path", values.get("literalpath", rest[0] if rest else "")))
    )
    if path not in shell.guest.files:
        raise Thrown(Failure(f"Cannot find path '{path}' because it does not exist."))
    content = shell.guest.files[path]
    emit(content if "raw" in switches else content.splitlines())


def _remove_item(shell, emit, arguments, given) -> None:
    _switches, values, rest = _sorted(
        arguments, ("force", "recurse"), ("path", "literalpath", "erroraction")
    )
    for path in (*rest, values.get("path"), values.get("literalpath")):
        if path:
            shell.guest.files.pop(shell.guest.path(text_of(path)), None)


def _split_path(shell, emit, arguments, given) -> None:
    switches, values, rest = _sorted(arguments, ("parent", "leaf"), ("path", "literalpath"))
    for path in _input(rest, given, {"inputobject": values.get("path", values.get("literalpath"))}):
        parent, separator, leaf = text_of(path).rstrip("\\").rpartition("\\")
        if parent.endswith(":"):
            parent += separator
        emit(leaf if "leaf" in switches else parent)


def _get_file_hash(shell, emit, arguments, given) -> None:
    _switches, values, rest = _sorted(arguments, (), ("path", "literalpath", "algorithm"))
    algorithm = text_of(values.get("algorithm", "SHA256")).upper()
    if algorithm not in ("SHA1", "SHA256", "SHA384", "SHA512", "MD5"):
        raise NotUnderstood("another algorithm of Get-FileHash")
    for path in _input(rest, given, {"inputobject": values.get("path", values.get("literalpath"))}):
        digest = (
            hashlib.new(
                algorithm.lower(), bytes_of_file(shell, text_of(path)), usedforsecurity=False
            )
            .hexdigest()
            .upper()
        )
        emit(
            Record(
                {"algorithm": algorithm, "hash": digest, "path": shell.guest.path(text_of(path))}
            )
        )


def _new_object(shell, emit, arguments, given) -> None:
    _switches, values, rest = _sorted(arguments, (), ("typename", "argumentlist"))
    kind = (
        text_of(values["typename"] if "typename" in values else rest.pop(0) if rest else "")
        .lower()
        .removeprefix("system.")
    )
    given = flat(
        values["argumentlist"] if "argumentlist" in values else rest[0] if len(rest) == 1 else rest
    )
    if kind == "byte[]" and len(given) == 1:
        emit([0] * cast("int", given[0]))
        return
    if kind == "io.filestream" and len(given) >= 2:
        emit(open_file(shell, text_of(given[0]), text_of(given[1])))
        return
    if kind != "text.utf8encoding":
        raise NotUnderstood("New-Object of such a type")
    emit(Encoding("utf-8"))


def _set_strict_mode(shell, emit, arguments, given) -> None:
    """What is not there is null here all the same."""


_COMMANDS = {
    "write-output": _write_output,
    "write-host": _write_host,
    "write-error": _write_error,
    "out-string": _out_string,
    "out-null": _out_null,
    "out-default": _out_host,
    "out-host": _out_host,
    "foreach-object": _for_each,
    "where-object": _where,
    "test-path": _test_path,
    "start-sleep": _start_sleep,
    "invoke-expression": _invoke_expression,
    "invoke-command": _invoke_command,
    "new-item": _new_item,
    "set-content": _set_content,
    "get-content": _get_content,
    "remove-item": _remove_item,
    "new-object": _new_object,
    "set-strictmode": _set_strict_mode,
    "split-path": _split_path,
    "get-filehash": _get_file_hash,
}
_ALIASES = {
    "echo": "write-output",
    "write": "write-output",
    "%": "foreach-object",
    "foreach": "foreach-object",
    "?": "where-object",
    "where": "where-object",
    "sleep": "start-sleep",
    "iex": "invoke-expression",
    "icm": "invoke-command",
    "ni": "new-item",
    "gc": "get-content",
    "cat": "get-content",
    "type": "get-content",
    "rm": "remove-item",
    "del": "remove-item",
}

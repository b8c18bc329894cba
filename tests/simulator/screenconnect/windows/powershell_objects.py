"""What the values of PowerShell are, how they become texts and numbers, and what the types and
methods do that are known here.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, field

from .guest import LINE_END, NotUnderstood
from .powershell_syntax import Parser


class Exit(Exception):
    """The script ends."""

    def __init__(self, status: int):
        super().__init__(status)
        self.status = status


class Return(Exception):
    """The block ends."""


@dataclass(frozen=True)
class Failure:
    """What is caught: an error with its message."""

    message: str


class Thrown(Exception):
    """An error of the script. `ends_script` is true of one that was thrown on purpose."""

    def __init__(self, failure: Failure, ends_script: bool = False):
        super().__init__(failure.message)
        self.failure = failure
        self.ends_script = ends_script


@dataclass(frozen=True)
class Script:
    """A block of statements, and its text."""

    statements: list[tuple]
    text: str


@dataclass(frozen=True)
class Encoding:
    """How texts become bytes, by the name that Python has for it."""

    name: str


@dataclass(frozen=True)
class Stream:
    """[Console]::Out or [Console]::Error."""

    is_error: bool


@dataclass(frozen=True)
class Record:
    """An object with nothing but attributes, by their names in small letters."""

    attributes: dict[str, object]


@dataclass
class FileStream:
    """An open file, which is written at its end or read from its beginning."""

    path: str
    position: int = 0
    buffer: bytearray = field(default_factory=bytearray)
    is_open: bool = True


_ENCODINGS = {
    "utf8": Encoding("utf-8"),
    "unicode": Encoding("utf-16-le"),
    "ascii": Encoding("ascii"),
    "default": Encoding("cp1252"),
}


def flat(value: object) -> list:
    """The values that a value consists of where it is put out: a list's own, nothing for null."""
    return value if isinstance(value, list) else [] if value is None else [value]


def text_of(value: object) -> str:
    """A value as a text."""
    if isinstance(value, list):
        return " ".join(text_of(each) for each in value)
    if isinstance(value, Record):
        return (
            "@{"
            + "; ".join(f"{name}={text_of(each)}" for name, each in value.attributes.items())
            + "}"
        )
    if isinstance(value, (Failure, Script)):
        return value.message if isinstance(value, Failure) else value.text
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def truth(value: object) -> bool:
    """A value as a condition."""
    if isinstance(value, list):
        return len(value) > 1 or bool(value) and truth(value[0])
    return bool(value)


def cast(kind: str, value: object) -> object:
    """A value as one of another type. Raises Thrown where it cannot be one."""
    kind = kind.lower().removeprefix("system.")
    if kind in ("string", "char"):
        return chr(value) if kind == "char" and isinstance(value, int) else text_of(value)
    if kind == "bool":
        return truth(value)
    if kind == "void":
        return None
    if kind in ("byte", "byte[]"):
        given = [cast("int", each) for each in (flat(value) if kind == "byte[]" else [value])]
        if any(not 0 <= number <= 255 for number in given):
            raise Thrown(Failure(f'Cannot convert value "{text_of(value)}" to type "System.Byte".'))
        return given if kind == "byte[]" else given[0]
    if kind in ("array", "object[]", "string[]"):
        return [text_of(each) for each in flat(value)] if kind == "string[]" else flat(value)
    if kind == "scriptblock" and isinstance(value, str):
        return Script(Parser(value).parse(), value)
    if kind in ("int", "int32", "long", "int64", "double"):
        try:
            number = float(value) if isinstance(value, str) and value.strip() else float(value or 0)
        except (TypeError, ValueError):
            raise Thrown(
                Failure(f'Cannot convert value "{text_of(value)}" to type "{kind}".')
            ) from None
        return number if kind == "double" else round(number)
    raise NotUnderstood(f"the type [{kind}]")


def is_a(value: object, kind: str) -> bool:
    """Whether a value is of a type. A Boolean is no number."""
    kinds = {"int": int, "int32": int, "string": str, "bool": bool, "array": list}
    if kind.lower() not in kinds:
        raise NotUnderstood(f"the type [{kind}]")
    return isinstance(value, kinds[kind.lower()]) and (
        not isinstance(value, bool) or kind.lower() == "bool"
    )


def member(value: object, name: str) -> object:
    """An attribute of a value."""
    name = name.lower()
    if isinstance(value, Failure) and name in ("exception", "message"):
        return value if name == "exception" else value.message
    if isinstance(value, Record) and name in value.attributes:
        return value.attributes[name]
    if isinstance(value, FileStream) and name in ("length", "position"):
        return len(value.buffer) if name == "length" else value.position
    if isinstance(value, (str, list)) and name in ("length", "count"):
        return len(value)
    if name == "count":
        return len(flat(value))
    if value is None:
        return None
    raise NotUnderstood(f"the attribute {name}")


def call_method(shell, value: object, name: str, arguments: list) -> object:
    """The result of a method. Raises Thrown where there is no value."""
    name = name.lower()
    if value is None:
        raise Thrown(Failure("You cannot call a method on a null-valued expression."))
    if name == "tostring" and not arguments:
        return text_of(value)
    if isinstance(value, FileStream):
        return _call_of_file(shell, value, name, arguments)
    if isinstance(value, Stream):
        return _write(shell, name, value.is_error, arguments)
    if isinstance(value, Encoding) and name == "getstring":
        return bytes(
            arguments[0] if len(arguments) == 1 and isinstance(arguments[0], list) else arguments
        ).decode(value.name)
    if isinstance(value, Encoding) and name == "getbytes":
        return list(text_of(arguments[0]).encode(value.name))
    if isinstance(value, Script) and name in ("invoke", "invokereturnasis"):
        collected: list = []
        shell.call(value, lambda each: collected.extend(flat(each)))
        return collected
    if isinstance(value, str):
        texts = [text_of(each) for each in arguments]
        known = {
            "trim": lambda: value.strip(*texts),
            "trimend": lambda: value.rstrip("".join(texts) or None),
            "trimstart": lambda: value.lstrip("".join(texts) or None),
            "replace": lambda: value.replace(*texts),
            "toupper": value.upper,
            "tolower": value.lower,
            "startswith": lambda: value.startswith(*texts),
            "endswith": lambda: value.endswith(*texts),
            "contains": lambda: texts[0] in value,
            "indexof": lambda: value.find(*texts),
            "split": lambda: value.split(*texts),
            "substring": lambda: value[arguments[0] :][
                : arguments[1] if len(arguments) > 1 else None
            ],
        }
        if name in known:
            return known[name]()
    raise NotUnderstood(f"the method {name}")


def static(shell, kind: str, name: str) -> object:
    """An attribute of a type."""
    key = (kind.lower().removeprefix("system."), name.lower())
    if key[0] == "text.encoding" and key[1] in _ENCODINGS:
        return _ENCODINGS[key[1]]
    known = {
        ("console", "out"): Stream(False),
        ("console", "error"): Stream(True),
        ("console", "outputencoding"): Encoding("cp1252"),
        ("environment", "newline"): LINE_END,
        ("environment", "machinename"): shell.guest.name,
    }
    if key not in known:
        raise NotUnderstood(f"[{kind}]::{name}")
    return known[key]


def call_static(shell, kind: str, name: str, arguments: list) -> object:
    """The result of a method of a type."""
    kind, name = kind.lower().removeprefix("system."), name.lower()
    texts = [text_of(each) for each in arguments]
    if kind == "console":
        return _write(shell, name, False, arguments)
    if (kind, name) == ("environment", "exit"):
        raise Exit(cast("int", arguments[0]))
    if (kind, name) == ("convert", "frombase64string"):
        try:
            return list(base64.b64decode(texts[0], validate=True))
        except binascii.Error:
            raise Thrown(Failure("The input is not a valid Base-64 string.")) from None
    if (kind, name) == ("convert", "tobase64string"):
        return base64.b64encode(
            bytes(arguments[0] if isinstance(arguments[0], list) else arguments)
        ).decode()
    if (kind, name) == ("scriptblock", "create"):
        return cast("scriptblock", texts[0])
    if (kind, name) in (("io.file", "exists"), ("io.directory", "exists")):
        return shell.guest.exists(texts[0])
    if (kind, name) in (("string", "isnullorempty"), ("string", "isnullorwhitespace")):
        return not (texts[0] if name == "isnullorempty" else texts[0].strip())
    if (kind, name) == ("string", "join"):
        return texts[0].join(
            text_of(each)
            for each in (arguments[1] if isinstance(arguments[1], list) else arguments[1:])
        )
    if (kind, name) in (("io.file", "readallbytes"), ("io.file", "openread")):
        stream = FileStream(
            _path_of_file(shell, texts[0]), buffer=bytearray(bytes_of_file(shell, texts[0]))
        )
        return list(stream.buffer) if name == "readallbytes" else stream
    if (kind, name) == ("io.file", "writeallbytes"):
        shell.guest.files[shell.guest.path(texts[0])] = _kept(arguments[1])
        return None
    if (kind, name) in (("io.file", "create"), ("io.file", "openwrite"), ("io.file", "open")):
        return open_file(
            shell,
            texts[0],
            {"create": "create", "openwrite": "openorcreate"}.get(
                name, texts[1] if len(texts) > 1 else ""
            ),
        )
    raise NotUnderstood(f"[{kind}]::{name}()")


def open_file(shell, name: str, mode: str) -> FileStream:
    """A stream of a file, opened by the name of a FileMode. Raises Thrown where the mode wants a
    file that is there, or none.
    """
    mode, path = mode.lower(), shell.guest.path(name)
    if mode not in ("create", "createnew", "append", "open", "openorcreate", "truncate"):
        raise NotUnderstood(f"the mode {mode} of a file")
    if mode == "createnew" and path in shell.guest.files:
        raise Thrown(Failure(f"The file '{path}' already exists."))
    old = (
        bytes_of_file(shell, name)
        if mode in ("open", "truncate") or path in shell.guest.files
        else b""
    )
    stream = FileStream(
        path, buffer=bytearray() if mode in ("create", "createnew", "truncate") else bytearray(old)
    )
    stream.position = len(stream.buffer) if mode == "append" else 0
    shell.guest.files[path] = text_or_bytes(bytes(stream.buffer))
    return stream


def bytes_of_file(shell, name: str) -> bytes:
    """What a file consists of: its text in UTF-8, or its signs as bytes where it was written as
    bytes.
    """
    content = shell.guest.files[_path_of_file(shell, name)]
    return content.encode("latin-1") if isinstance(content, Bytes) else content.encode()


class Bytes(str):
    """The content of a file that was written as bytes: one sign for each."""


def _path_of_file(shell, name: str) -> str:
    path = shell.guest.path(name)
    if path not in shell.guest.files:
        raise Thrown(Failure(f"Could not find file '{path}'."))
    return path


def _kept(values: object) -> str:
    return text_or_bytes(bytes(cast("byte[]", values)))


def text_or_bytes(content: bytes) -> str:
    """Bytes as a file keeps them: as a text where they are one in UTF-8."""
    try:
        return content.decode()
    except UnicodeDecodeError:
        return Bytes(content.decode("latin-1"))


def _call_of_file(shell, stream: FileStream, name: str, arguments: list) -> object:
    if name in ("close", "dispose", "flush"):
        stream.is_open = stream.is_open and name == "flush"
        return None
    if not stream.is_open:
        raise Thrown(Failure("Cannot access a closed file."))
    if name == "write" and len(arguments) == 3:
        data = bytes(cast("byte[]", arguments[0]))[arguments[1] :][: arguments[2]]
        stream.buffer[stream.position : stream.position + len(data)] = data
        stream.position += len(data)
        shell.guest.files[stream.path] = text_or_bytes(bytes(stream.buffer))
        return None
    raise NotUnderstood(f"the method {name} of a file")


def _write(shell, name: str, is_error: bool, arguments: list) -> None:
    if name not in ("write", "writeline", "flush"):
        raise NotUnderstood(f"the method {name} of a stream")
    text = "".join(text_of(each) for each in arguments) + (LINE_END if name == "writeline" else "")
    if is_error:
        shell.guest.errors.append(text)
    else:
        shell.guest.write(text)

"""The syntax of cmd: what a line, with its variables in place, consists of."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from .guest import NotUnderstood

_COMPARISONS = ("equ", "neq", "lss", "leq", "gtr", "geq")
_BLANKS = re.compile(r"[ \t]*")
_REDIRECTION = re.compile(r'(?:(?<!\S)([0-2]))?(>>|>|<)[ \t]*(&[0-2]|"[^"\n]*"|[^\s&|()<>"]+)')
_OUTSIDE = re.compile(r"[ \t,;=]*")


@dataclass
class Command:
    """A command with all that follows it on its line, and where its output goes: the handle, the
    sign and the target of each.
    """

    text: str
    redirections: list[tuple[str, str, str]] = field(default_factory=list)
    is_silent: bool = False


@dataclass
class Block:
    """Commands in parentheses."""

    commands: list
    redirections: list[tuple[str, str, str]] = field(default_factory=list)
    is_silent: bool = False


@dataclass
class Chain:
    """Two commands with a sign between: & && or ||."""

    first: object
    sign: str
    second: object
    is_silent: bool = False


@dataclass
class If:
    """A condition with what is done where it holds, and where it does not."""

    kind: str
    left: str
    right: str
    negated: bool
    ignores_case: bool
    then: object
    otherwise: object
    is_silent: bool = False


def words(text: str) -> list[str]:
    """The words of a text, without the quotes that hold them together."""
    return [quoted or plain for quoted, plain in re.findall(r'"([^"]*)"|([^\s,;"]+)', text)]


class Parser:
    """Reads one line, and those after it as long as a parenthesis is open or a line ends in a
    caret. Raises NotUnderstood.
    """

    def __init__(self, line: str, next_line: Callable[[], str | None]):
        self._text = line
        self._next_line = next_line
        self._at = 0
        self._depth = 0

    def parse(self):
        """The tree of the line; None where there is nothing on it."""
        tree = self._sequence()
        if self._at < len(self._text):
            raise NotUnderstood("a parenthesis is not expected")
        return tree

    def _sequence(self):
        tree = self._alternatives()
        while self._takes("&"):
            following = self._alternatives()
            if following is not None:
                tree = self._chain(tree, "&", following)
        return tree

    def _alternatives(self):
        tree = self._conjunction()
        while self._takes("||"):
            tree = self._chain(tree, "||", self._conjunction())
        return tree

    def _conjunction(self):
        tree = self._element()
        while self._takes("&&"):
            tree = self._chain(tree, "&&", self._element())
        if self._peek() == "|" and self._text[self._at : self._at + 2] != "||":
            raise NotUnderstood("a pipe")
        return tree

    @staticmethod
    def _chain(first, sign: str, second) -> Chain:
        if first is None or second is None:
            raise NotUnderstood(f"a command is missing at {sign}")
        return Chain(first, sign, second, first.is_silent)

    def _peek(self) -> str:
        self._at = _BLANKS.match(self._text, self._at).end()
        return self._text[self._at : self._at + 1]

    def _takes(self, sign: str) -> bool:
        self._peek()
        if (
            self._text[self._at : self._at + len(sign)] != sign
            or sign == "&"
            and self._text[self._at + 1 : self._at + 2] == "&"
        ):
            return False
        self._at += len(sign)
        return True

    def _element(self):
        self._at = _OUTSIDE.match(self._text, self._at).end() if self._peek() != "\n" else self._at
        is_silent = False
        while self._peek() == "@":
            self._at, is_silent = self._at + 1, True
        word = re.compile(r"[A-Za-z]+").match(self._text, self._at)
        keyword = (
            word[0].lower()
            if word and re.match(r"[\s/(]|$", self._text[word.end() : word.end() + 1])
            else ""
        )
        if self._peek() == "(":
            tree = self._block()
        elif keyword == "for":
            raise NotUnderstood("for")
        elif keyword == "if":
            self._at += 2
            tree = self._condition()
        elif keyword == "rem":
            end = self._text.find("\n", self._at)
            self._at = len(self._text) if end < 0 else end
            return None
        else:
            tree = self._command()
        if tree is not None:
            tree.is_silent = is_silent
        return tree

    def _block(self) -> Block:
        self._at += 1
        self._depth += 1
        commands = []
        while True:
            tree = self._sequence()
            if tree is not None:
                commands.append(tree)
            if self._peek() == ")":
                break
            if self._at >= len(self._text):
                line = self._next_line()
                if line is None:
                    raise NotUnderstood("a parenthesis is not closed")
                self._text += "\n" + line
            self._at += self._peek() == "\n"
        self._at += 1
        self._depth -= 1
        block = Block(commands)
        while self._peek() and (match := _REDIRECTION.match(self._text, self._at)):
            block.redirections.append(
                (match[1] or ("0" if match[2] == "<" else "1"), match[2], match[3].strip('"'))
            )
            self._at = match.end()
        return block

    def _word(self, stops: str) -> str:
        """The next word; it ends at a blank or at one of the texts in `stops`."""
        self._peek()
        start, quoted = self._at, False
        while self._at < len(self._text):
            letter = self._text[self._at]
            if letter == '"':
                quoted = not quoted
            elif not quoted and (
                letter.isspace() or stops and self._text.startswith(stops, self._at)
            ):
                break
            self._at += 1
        return self._text[start : self._at]

    def _condition(self) -> If:
        ignores_case = negated = False
        word = self._word("==")
        while word.lower() in ("/i", "not"):
            ignores_case |= word.lower() == "/i"
            negated |= word.lower() == "not"
            word = self._word("==")
        kind, left, right = word.lower(), "", ""
        if kind in ("exist", "defined", "errorlevel"):
            left = self._word("").strip('"') if kind == "exist" else self._word("")
        elif self._takes("=="):
            kind, left, right = "==", word, self._word("")
        else:
            kind, left = self._word("").lower(), word
            if kind not in _COMPARISONS:
                raise NotUnderstood("a condition")
            right = self._word("")
        if self._peek() != "(":
            then = self._sequence()
            if then is None:
                raise NotUnderstood("a condition without a command")
            return If(kind, left, right, negated, ignores_case, then, None)
        then, otherwise = self._block(), None
        if match := re.compile(r"\s*else(?=[\s(])", re.IGNORECASE).match(self._text, self._at):
            if "\n" in match[0]:
                raise NotUnderstood("else on a line of its own")
            self._at = match.end()
            otherwise = self._block() if self._peek() == "(" else self._sequence()
        if self._peek() in ("&", "|"):
            raise NotUnderstood("more commands behind the block of a condition")
        return If(kind, left, right, negated, ignores_case, then, otherwise)

    def _command(self) -> Command | None:
        """A command up to the sign that ends it. Quotes and carets protect signs."""
        text, redirections, quoted = "", [], False
        while self._at < len(self._text):
            letter = self._text[self._at]
            if letter == "\n" or not quoted and (letter in "&|" or letter == ")" and self._depth):
                break
            match = None if quoted else _REDIRECTION.match(self._text, self._at)
            if match:
                redirections.append(
                    (match[1] or ("0" if match[2] == "<" else "1"), match[2], match[3].strip('"'))
                )
                self._at = match.end()
                continue
            if letter == "^" and not quoted:
                self._at += 1
                if self._at == len(self._text):
                    line = self._next_line()
                    if line is None:
                        break
                    self._text += line
                letter = self._text[self._at : self._at + 1]
            elif letter == '"':
                quoted = not quoted
            text += letter
            self._at += 1
        if not text.strip():
            if redirections:
                raise NotUnderstood("a redirection without a command")
            return None
        return Command(text, redirections)

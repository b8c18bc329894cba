"""The syntax of PowerShell: what a script consists of, as tuples of a kind and its parts."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import re

from .guest import NotUnderstood

_BLANK = re.compile(r"(?:[ \t]|`\r?\n|<#.*?#>|#[^\n]*)*", re.DOTALL)
_BLANK_LINES = re.compile(r"(?:\s|`\r?\n|<#.*?#>|#[^\n]*)*", re.DOTALL)
_VARIABLE = re.compile(
    r"\$(?:\{(?P<braced>[^}]+)\}|(?P<plain>(?:(?:env|script|global|local|private):)?\w+|\?))",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?![\w.])")
_TYPE = re.compile(r"\[([A-Za-z_][\w.]*(?:\[\])?)\]")
_OPERATOR = re.compile(
    r"-(c?eq|i?eq|ne|cne|lt|le|gt|ge|like|notlike|match|notmatch|replace|join|split|contains|notcontains|in|and|or|is|f|not)\b",
    re.IGNORECASE,
)
_LEVELS = (("or", "and"), None, ("+", "-"), ("*", "/", "%"), ("f",))
"""The binary operators from the loosest to the tightest; None stands for the comparisons."""
_COMPARISONS = (
    "eq",
    "ceq",
    "ieq",
    "ne",
    "cne",
    "lt",
    "le",
    "gt",
    "ge",
    "like",
    "notlike",
    "match",
    "notmatch",
    "replace",
    "join",
    "split",
    "contains",
    "notcontains",
    "in",
    "is",
)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "0": "\0", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_KEYWORDS = ("if", "try", "throw", "exit", "return", "foreach", "function")
_REFUSED = (
    "while",
    "do",
    "for",
    "switch",
    "trap",
    "param",
    "class",
    "filter",
    "begin",
    "process",
    "end",
    "data",
    "using",
    "break",
    "continue",
)
_ENDS = ("", "\n", ";", "|", ")", "}")


class Parser:
    """Reads a script. Raises NotUnderstood."""

    def __init__(self, text: str):
        self._text = text.replace("\r\n", "\n")
        self._at = 0

    def parse(self) -> list[tuple]:
        """The statements of the whole script."""
        statements = self._statements()
        if self._at < len(self._text):
            raise NotUnderstood(f"{self._text[self._at]!r} is not expected")
        return statements

    # --- Reading

    def _peek(self, length: int = 1) -> str:
        return self._text[self._at : self._at + length]

    def _skip(self, lines: bool = False) -> None:
        self._at = (_BLANK_LINES if lines else _BLANK).match(self._text, self._at).end()

    def _match(self, pattern: re.Pattern) -> re.Match | None:
        match = pattern.match(self._text, self._at)
        if match:
            self._at = match.end()
        return match

    def _takes(self, sign: str) -> bool:
        if self._peek(len(sign)).lower() != sign:
            return False
        self._at += len(sign)
        return True

    def _expect(self, sign: str) -> None:
        if not self._takes(sign):
            raise NotUnderstood(f"{sign!r} is missing")

    # --- Statements

    def _statements(self) -> list[tuple]:
        statements = []
        while True:
            self._skip(lines=True)
            if self._takes(";"):
                continue
            if self._peek() in ("", ")", "}"):
                return statements
            statements.append(self._statement())
            self._skip()
            if self._peek() not in ("", "\n", ";", ")", "}"):
                raise NotUnderstood(f"{self._peek()!r} is not expected")

    def _block(self) -> list[tuple]:
        self._skip(lines=True)
        self._expect("{")
        statements = self._statements()
        self._expect("}")
        return statements

    def _statement(self) -> tuple:
        word = re.compile(r"[A-Za-z]+(?![\w-])").match(self._text, self._at)
        keyword = word[0].lower() if word else ""
        if keyword in _REFUSED:
            raise NotUnderstood(keyword)
        if keyword in _KEYWORDS:
            self._at = word.end()
            return getattr(self, f"_{keyword}")()
        start = self._at
        target = self._target()
        if target is not None:
            self._skip()
            sign = self._match(re.compile(r"\+=|=(?!=)"))
            if sign:
                self._skip(lines=True)
                return ("assign", target, sign[0], self._statement())
        self._at = start
        return self._pipeline()

    def _target(self) -> tuple | None:
        """What may stand on the left of an assignment."""
        cast = self._match(_TYPE)
        static = self._match(re.compile(r"::(\w+)")) if cast else None
        if static:
            return ("static", cast[1], static[1])
        self._skip()
        variable = self._match(_VARIABLE)
        if variable is None:
            return None
        return ("variable", variable["braced"] or variable["plain"], cast[1] if cast else None)

    def _condition(self) -> tuple:
        self._skip(lines=True)
        self._expect("(")
        self._skip(lines=True)
        condition = self._pipeline()
        self._skip(lines=True)
        self._expect(")")
        return condition

    def _ahead(self, keyword: str) -> bool:
        """Whether a keyword follows, perhaps on another line; it is passed then."""
        start = self._at
        self._skip(lines=True)
        if re.compile(rf"{keyword}\b", re.IGNORECASE).match(self._text, self._at):
            self._at += len(keyword)
            return True
        self._at = start
        return False

    def _if(self) -> tuple:
        branches, otherwise = [(self._condition(), self._block())], None
        while self._ahead("elseif"):
            branches.append((self._condition(), self._block()))
        if self._ahead("else"):
            otherwise = self._block()
        return ("if", branches, otherwise)

    def _try(self) -> tuple:
        body, caught, finally_ = self._block(), None, None
        if self._ahead("catch"):
            self._skip(lines=True)
            if self._match(_TYPE):
                raise NotUnderstood("catch with a type")
            caught = self._block()
        if self._ahead("finally"):
            finally_ = self._block()
        if caught is None and finally_ is None:
            raise NotUnderstood("try without catch and finally")
        return ("try", body, caught, finally_)

    def _value_behind(self) -> tuple | None:
        self._skip()
        return None if self._peek() in _ENDS else self._pipeline()

    def _throw(self) -> tuple:
        return ("throw", self._value_behind())

    def _exit(self) -> tuple:
        return ("exit", self._value_behind())

    def _return(self) -> tuple:
        return ("return", self._value_behind())

    def _foreach(self) -> tuple:
        self._skip()
        self._expect("(")
        self._skip()
        variable = self._match(_VARIABLE)
        self._skip()
        if variable is None or not self._takes("in"):
            raise NotUnderstood("foreach without a variable")
        self._skip()
        values = self._pipeline()
        self._skip(lines=True)
        self._expect(")")
        return ("foreach", variable["plain"], values, self._block())

    def _function(self) -> tuple:
        self._skip()
        name = self._match(re.compile(r"[\w-]+"))
        self._skip()
        if name is None or self._peek() == "(":
            raise NotUnderstood("a function with parameters")
        return ("function", name[0], self._block())

    # --- Pipelines and commands

    def _pipeline(self) -> tuple:
        elements = [self._element()]
        self._skip()
        while self._peek() == "|" and self._peek(2) != "||":
            self._at += 1
            self._skip(lines=True)
            elements.append(self._element())
            self._skip()
        if self._peek(2) in ("||", "&&"):
            raise NotUnderstood("Windows PowerShell has no && and no ||")
        return elements[0] if len(elements) == 1 else ("pipeline", elements)

    def _element(self) -> tuple:
        self._skip()
        if self._peek() in "&." and re.match(
            r"[\s({$'\"\w]", self._text[self._at + 1 : self._at + 2]
        ):
            scope = self._peek()
            self._at += 1
            self._skip()
            return ("call", scope, self._primary(), *self._arguments())
        if self._peek() in ("$", "'", '"', "(", "@", "[", "!", "{", ",") or re.match(
            r"-?\d|-not\b", self._text[self._at :]
        ):
            value = self._expression()
            self._skip()
            return ("redirected", value, self._redirections()) if self._redirected() else value
        name = self._match(re.compile(r"[^\s;|(){}'\"$<>&,]+"))
        if name is None:
            raise NotUnderstood(f"{self._peek()!r} is not expected")
        return ("call", "&", ("text", name[0]), *self._arguments())

    def _redirected(self) -> bool:
        return re.match(r"[12*]?>", self._text[self._at :]) is not None

    def _redirections(self) -> list[tuple]:
        found = []
        while match := self._match(re.compile(r"([12*]?)(>>|>)[ \t]*(&1)?")):
            target = ("text", "&1") if match[3] else self._argument()
            found.append((match[1] or "1", match[2], target))
            self._skip()
        return found

    def _arguments(self) -> tuple[list[tuple], list[tuple]]:
        """The arguments of a command, of which a parameter's name is ("parameter", name), and where
        its output goes.
        """
        arguments, redirections = [], []
        while True:
            self._skip()
            if self._peek() in _ENDS or self._peek(2) in ("&&", "||"):
                return arguments, redirections
            if self._redirected():
                redirections += self._redirections()
                continue
            parameter = self._match(re.compile(r"-([A-Za-z]\w*):?(?=[\s;|)}$'\"({]|$)"))
            arguments.append(("parameter", parameter[1]) if parameter else self._argument())

    def _argument(self) -> tuple:
        values = [self._one_argument()]
        while self._takes(","):
            self._skip(lines=True)
            values.append(self._one_argument())
        return values[0] if len(values) == 1 else ("array", values)

    def _one_argument(self) -> tuple:
        if (
            self._peek() in ("'", '"', "(", "@", "{", "[")
            or self._peek() == "$"
            and (self._peek(2) == "$(" or _VARIABLE.match(self._text, self._at))
        ):
            if self._peek() == "[" and not _TYPE.match(self._text, self._at):
                raise NotUnderstood("an argument in square brackets")
            value = self._postfix()
            if self._peek() not in ("", ",", *_ENDS) and not self._peek().isspace():
                raise NotUnderstood("an argument of several parts")
            return value
        match = self._match(re.compile(r"[^\s;|(){}'\",<>&]+"))
        if match is None:
            raise NotUnderstood(f"{self._peek()!r} is not expected")
        if _NUMBER.fullmatch(match[0]):
            return ("number", match[0])
        return self._expandable(match[0])

    # --- Expressions

    def _expression(self, level: int = 0) -> tuple:
        if level == len(_LEVELS):
            return self._list()
        left = self._expression(level + 1)
        while True:
            self._skip()
            operator = self._operator(_COMPARISONS if _LEVELS[level] is None else _LEVELS[level])
            if operator is None:
                return left
            self._skip(lines=True)
            left = ("binary", operator, left, self._expression(level + 1))

    def _operator(self, wanted: tuple[str, ...]) -> str | None:
        match = _OPERATOR.match(self._text, self._at)
        sign = match[1].lower() if match else self._peek()
        if sign not in wanted or not sign:
            return None
        self._at = match.end() if match else self._at + 1
        return sign

    def _list(self) -> tuple:
        values = [self._unary()]
        while self._peek() == "," or re.match(r"[ \t]+,", self._text[self._at :]):
            self._skip()
            self._at += 1
            self._skip(lines=True)
            values.append(self._unary())
        return values[0] if len(values) == 1 else ("array", values)

    def _unary(self) -> tuple:
        self._skip()
        if self._takes("!") or self._takes("-not"):
            return ("not", self._unary())
        if self._peek() == "-" and re.match(r"-\s*[\d$(]", self._text[self._at :]):
            self._at += 1
            return ("negative", self._unary())
        if self._takes(","):
            return ("array", [self._unary()])
        start = self._at
        cast = self._match(_TYPE)
        if cast and self._peek(2) != "::":
            self._skip()
            return ("type", cast[1]) if self._peek() in _ENDS else ("cast", cast[1], self._unary())
        self._at = start
        return self._postfix()

    def _postfix(self) -> tuple:
        value = self._primary()
        while True:
            if self._peek() == "." and (name := re.compile(r"\.(\w+)").match(self._text, self._at)):
                self._at = name.end()
                value = (
                    ("method", value, name[1], self._call())
                    if self._peek() == "("
                    else ("member", value, name[1])
                )
            elif self._peek() == "[":
                self._at += 1
                value = ("index", value, self._expression())
                self._skip(lines=True)
                self._expect("]")
            else:
                return value

    def _call(self) -> list[tuple]:
        self._expect("(")
        self._skip(lines=True)
        if self._takes(")"):
            return []
        given = self._expression()
        self._skip(lines=True)
        self._expect(")")
        return given[1] if given[0] == "array" else [given]

    def _primary(self) -> tuple:
        if here := self._match(re.compile(r"@'[ \t]*\n(?:(.*?)\n)??'@", re.DOTALL)):
            return ("text", here[1] or "")
        if here := self._match(re.compile(r'@"[ \t]*\n(?:(.*?)\n)??"@', re.DOTALL)):
            return self._expandable(here[1] or "")
        if text := self._match(re.compile(r"'((?:[^']|'')*)'")):
            return ("text", text[1].replace("''", "'"))
        if self._peek() == '"':
            return self._quoted()
        if self._takes("$("):
            return ("subexpression", self._enclosed())
        if self._takes("@("):
            return ("list", self._enclosed())
        if variable := self._match(_VARIABLE):
            return ("variable", variable["braced"] or variable["plain"], None)
        if number := self._match(_NUMBER):
            return ("number", number[0])
        if self._takes("("):
            self._skip(lines=True)
            value = self._statement()
            self._skip(lines=True)
            self._expect(")")
            return ("parentheses", value)
        if self._peek() == "{":
            start = self._at
            statements = self._block()
            return ("block", statements, self._text[start + 1 : self._at - 1])
        static = self._match(re.compile(r"\[([A-Za-z_][\w.]*)\]::(\w+)"))
        if static:
            return (
                ("static_call", static[1], static[2], self._call())
                if self._peek() == "("
                else ("static", static[1], static[2])
            )
        raise NotUnderstood(f"{self._peek()!r} is not expected")

    def _enclosed(self) -> list[tuple]:
        statements = self._statements()
        self._expect(")")
        return statements

    def _quoted(self) -> tuple:
        """A text in double quotes, whose end is looked for with regard to what is quoted in it."""
        start = at = self._at + 1
        depth = 0
        while at < len(self._text):
            letter = self._text[at]
            if letter == "`":
                at += 1
            elif self._text.startswith("$(", at):
                depth, at = depth + 1, at + 1
            elif depth and letter in "()":
                depth += 1 if letter == "(" else -1
            elif letter == '"' and not depth:
                if self._text[at + 1 : at + 2] != '"':
                    self._at = at + 1
                    return self._expandable(self._text[start:at].replace('""', '`"'))
                at += 1
            at += 1
        raise NotUnderstood("a text is not closed")

    @staticmethod
    def _expandable(text: str) -> tuple:
        """A text with variables and subexpressions in it."""
        parts, literal, at = [], "", 0
        while at < len(text):
            variable = _VARIABLE.match(text, at)
            if text[at] == "`" and at + 1 < len(text):
                literal += _ESCAPES.get(text[at + 1], text[at + 1])
                at += 2
            elif text.startswith("$(", at) or variable:
                if variable:
                    part, end = (
                        ("variable", variable["braced"] or variable["plain"], None),
                        variable.end(),
                    )
                else:
                    inner = Parser(text[at + 2 :])
                    part = ("subexpression", inner._enclosed())
                    end = at + 2 + inner._at
                parts += [("text", literal), part]
                literal, at = "", end
            else:
                literal += text[at]
                at += 1
        return ("expandable", [*parts, ("text", literal)]) if parts else ("text", literal)

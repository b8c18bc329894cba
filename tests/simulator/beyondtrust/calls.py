"""How a call of the command or reporting API is read, and how the appliance says that it failed."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ..wire import Answer
from .answers import Refused, document_not_found, element, xml_answer
from .request import FORM, Request
from .switches import Switches

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class CallError(Exception):
    """A call fails with a reason for its <error>. `violation` marks a mistake against the
    documents, in contrast to a user's error.
    """

    def __init__(self, reason: str, *, violation: bool = False):
        super().__init__(reason)
        self.reason = reason
        self.violation = violation


def broken(rule: str) -> CallError:
    """A failure because the client broke a rule of the documents."""
    return CallError(rule, violation=True)


@dataclass(frozen=True)
class Call:
    """A call: its parameters, or why they could not be read."""

    parameters: dict[str, str]
    error: CallError | None = None


def read_call(request: Request, switches: Switches) -> Call:
    """The parameters of a call, from the URL's query and from a form in the body of a POST."""
    found = list(request.query or [])
    error = broken("the query of the URL is not well-formed") if request.query is None else None
    if request.method not in ("GET", "POST"):
        error = broken("the method must be GET or POST")
    elif request.body and request.method == "GET":
        error = broken("a GET has no body")
    elif request.body and request.content_type != FORM:
        error = broken(f"parameters in the body are sent as {FORM}")
    elif request.body:
        form = request.form()
        found += form or []
        error = error or (broken("the form is not well-formed") if form is None else None)
    names = [name for name, _value in found]
    if error is None and len(set(names)) < len(names) and switches.unknown_parameters == "refuse":
        error = broken("a parameter is repeated")
    if error is None and any(_CONTROL.search(value) for _name, value in found):
        error = CallError("A parameter holds a control character")
    return Call(dict(found), error)


def check_names(
    switches: Switches, parameters: Iterable[str], known: Iterable[str], where: str
) -> None:
    """Raise CallError where a parameter is not in the documents, unless those are ignored."""
    if switches.unknown_parameters == "ignore":
        return
    unknown = sorted(set(parameters) - set(known))
    if unknown:
        raise broken(f"{where} has no parameter {', '.join(unknown)}")


def flag(parameters: dict[str, str], name: str) -> bool:
    """A boolean parameter, 1 or 0; False where it is left out. Raises CallError."""
    value = parameters.get(name, "0")
    if value not in ("0", "1"):
        raise broken(f"{name} must be 1 or 0")
    return value == "1"


def error_answer(switches: Switches, api: str, reason: str, root: str = "") -> Answer:
    """The answer that says that a call of `api` ("command" or "reporting") failed. `root` is the
    list that was asked for, if it was one.
    """
    error = element("error", reason)
    if switches.command_error == "nested" and root:
        error = element(root, [error])
    return xml_answer(error, namespace(switches, api), switches.command_error_status)


def namespace(switches: Switches, api: str) -> str:
    """The namespace of the answers of an API; empty where none is declared."""
    return f"{switches.namespace}/{api}" if switches.namespace else ""


def denied(switches: Switches, api: str, permission: str) -> Refused:
    """The refusal of an account that lacks a permission. The body of the 403 is a guess."""
    if switches.denied == "not_found":
        return Refused(document_not_found())
    return Refused(
        xml_answer(
            element("error", f"The API account needs the permission {permission}"),
            namespace(switches, api),
            403,
        )
    )

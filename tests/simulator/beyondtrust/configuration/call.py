"""One request to the Configuration API, read and held against what the operation takes."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ...wire import Answer
from ..answers import access_denied
from .answers import INVALID, Refused
from .fields import Field, Findings, fit_object

PAGE = {"per_page": Field("integer", 5, 100), "current_page": Field("integer", 1)}
_WORDS = {"true": True, "1": True, "false": False, "0": False}


@dataclass(frozen=True)
class Operation:
    """A method of a path.

    `carry_out` does it, to objects of `collection`. `query` are the filters that it takes, besides
    those of paging where it is `paged`. `body` gives the attributes that it takes in a body, from
    the appliance, the identifiers in the path and the data (None: no body). `partial` says that
    none of them is demanded. The product `only` has it, from the version `since` on. One that
    `downloads` a file takes any Accept header.
    """

    carry_out: Callable[[Call], Answer]
    collection: str = ""
    query: Mapping[str, Field] = field(default_factory=dict)
    paged: bool = False
    body: Callable[[object, dict[str, str], dict], Mapping[str, Field]] | None = None
    partial: bool = False
    downloads: bool = False
    only: str = ""
    since: tuple[int, ...] = ()

    def takes(self) -> dict[str, Field]:
        """Every query parameter."""
        return {**PAGE, **self.query} if self.paged else dict(self.query)


@dataclass
class Call:
    """A request that is as the documents want it: the identifiers in its path, its query parameters
    and its body.

    `path` is the one given, `offered` tells every path of the appliance with its operations by
    method.
    """

    appliance: object
    account: dict
    operation: Operation
    path: str
    ids: dict[str, str]
    query: dict[str, object]
    body: dict
    headers: dict[str, str]
    offered: Callable[[], dict[str, dict[str, Operation]]]

    @property
    def product(self) -> str:
        return self.appliance.product

    def number(self, name: str) -> int:
        """An identifier in the path; 0, which no object has, for what is no number."""
        return int(self.ids[name]) if self.ids[name].isdecimal() else 0


class Reader:
    """Reads the requests of one operation, and notes which rules of the documents the client broke."""

    def __init__(self, appliance, operation: Operation, violate: Callable[[str], None]):
        self.appliance, self.operation, self.violate = appliance, operation, violate

    def check_headers(self, method: str, headers: Mapping[str, str], body: bytes) -> None:
        """Refuse a request without the headers that the documents demand."""
        accepted = [
            each.partition(";")[0].strip().lower() for each in headers.get("accept", "").split(",")
        ]
        any_accepted = (
            self.appliance.switches.accept == "any" or self.operation.downloads and accepted != [""]
        )
        if (
            method in ("GET", "HEAD", "DELETE")
            and "application/json" not in accepted
            and not any_accepted
        ):
            raise Refused(
                406,
                "The Accept header must be application/json.",
                violation="GET and DELETE accept application/json",
            )
        content_type = headers.get("content-type", "").partition(";")[0].strip().lower()
        if body and content_type != "application/json":
            raise Refused(
                415,
                "The Content-Type header must be application/json.",
                violation="a body has the Content-Type application/json",
            )
        if body and self.operation.body is None:
            raise Refused(
                400,
                "The request must not have a body.",
                violation="an operation that takes no body is sent none",
            )

    def read_query(self, pairs: list[tuple[str, str]]) -> dict[str, object]:
        """The query parameters with their types."""
        takes, findings, found = self.operation.takes(), Findings(), {}
        for name, text in pairs:
            if (
                name in PAGE
                and not self.operation.paged
                and self.appliance.switches.unlisted_paging == "ignore"
            ):
                continue
            if name not in takes:
                findings.unknown.append(name)
                continue
            if name in found:
                self.violate("a query parameter is given once")
            found[name] = _typed(text, takes[name])
        self._refuse_unknown(findings, "query parameter")
        values = fit_object(found, takes, "", findings, partial=True)
        if findings.errors:
            raise Refused(422, INVALID, findings.errors)
        return values

    def read_body(self, body: bytes, ids: dict[str, str]) -> dict:
        """The attributes of the body."""
        if self.operation.body is None:
            return {}
        try:
            data = (
                json.loads(
                    body.decode("utf-8"),
                    object_pairs_hook=_no_duplicates,
                    parse_constant=_no_constant,
                )
                if body
                else {}
            )
        except ValueError as error:
            raise Refused(
                400, "The body is not valid JSON.", violation="a body is strict JSON"
            ) from error
        if not isinstance(data, dict):
            raise Refused(422, INVALID, {}, violation="a body is one JSON object")
        findings = Findings()
        fields = self.operation.body(self.appliance, ids, data)
        fitted = fit_object(data, fields, "", findings, self.operation.partial)
        self._refuse_unknown(findings, "body field")
        if findings.mistyped:
            self.violate("every value has the JSON type that is documented")
        if findings.read_only:
            self.violate("read-only fields are not sent")
            if self.appliance.switches.read_only_fields == "refuse":
                for name in findings.read_only:
                    findings.add(name, "The field is read-only.")
        if findings.errors:
            raise Refused(422, INVALID, findings.errors)
        return fitted

    def _refuse_unknown(self, findings: Findings, what: str) -> None:
        if not findings.unknown:
            return
        self.violate(f"an unknown {what} was sent")
        status = self.appliance.switches.unknown_field_status
        if status == 422:
            raise Refused(
                422, INVALID, {name: [f"There is no such {what}."] for name in findings.unknown}
            )
        if self.appliance.switches.unknown_field_answer == "access_denied":
            raise AccessDenied
        raise Refused(status, f"The request has an unrecognized {what}.")


class AccessDenied(Refused):
    """A refusal that looks like that of a bad token."""

    def __init__(self):
        super().__init__(401, "")

    def answer(self) -> Answer:
        return access_denied()


def _typed(text: str, described: Field) -> object:
    """A query parameter's text as a value of the described type; the text itself where it is none."""
    if described.type == "integer" and text.isdecimal():
        return int(text)
    if described.type == "boolean":
        return _WORDS.get(text.lower(), text)
    return text


def _no_duplicates(pairs: list[tuple[str, object]]) -> dict:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key occurs twice")
    return found


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")

"""The vendor's OpenAPI files as a judge of requests and answers, where they lie beside the
checkout.
"""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import copy
import functools
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import jsonschema
import yaml

METHODS = ("GET", "POST", "PATCH", "DELETE")
COMMON_REFUSALS = (400, 401, 403, 404, 405, 406, 415, 422, 429, 500, 503)
"""Statuses that any operation may answer, whether or not the file repeats them for it."""

ATTRIBUTES_DESCRIBED_AS_ONE = {("EndpointAutomationJob", "payload", "resources")}
"""(schema, property, property in it) that hold several objects and are described as a single one.
"""

LISTS_DESCRIBED_AS_ONE = frozenset(
    {
        ("GET", "/jumpoint/{id}/user"),
        ("GET", "/jumpoint/{id}/node"),
        ("GET", "/vault/endpoint"),
        ("GET", "/vault/account-group"),
        ("GET", "/vault/account-policy"),
        ("GET", "/endpoint-automation/job/{id}/execution"),
        ("GET", "/endpoint-automation/script/{id}/resource"),
        ("PATCH", "/user/{id}/group-policy-changes"),
    }
)
"""Operations whose text speaks of several objects, and whose answer is described as a single one.
"""

BORROWED_ANSWERS = {
    (
        "GET",
        "/group-policy/{id}/vault-account-group/{account_group_id}",
    ): "GroupPolicyVaultAccountGroup",
}
"""Operations whose answer is described with the schema of another kind, with the one that is meant.
"""

FORGOTTEN_FORMS = {
    (method, "/vault/account/{id}"): ("VaultDomainAccount", "VaultLocalAccount")
    for method in ("GET", "PATCH")
}
"""Operations that name several forms of an object, with those that are described and named nowhere.
"""

BORROWED_BODIES = {("POST", "/vault/account-group/{id}/user"): "VaultAccountGroupUser"}
"""The same for bodies."""

BODIES_OF_THE_TEXT = {
    (method, path): {
        "type": "object",
        "properties": {name: {"type": "integer", "minimum": 1, "maximum": 2_147_483_647}},
        "required": [name],
    }
    for method, path, name in (
        ("POST", "/jumpoint/{id}/user", "user_id"),  # none is described
        ("POST", "/vault/account-group/{id}/account", "account_id"),  # described as read-only
    )
}
"""Operations whose text speaks of another body than the schema."""

AMENDMENTS = {
    # The text of POST gives null as the default.
    ("JumpGroupUser", "jump_item_role_id"): {"nullable": True},
    ("JumpGroupUser", "jump_policy_id"): {"nullable": True},  # likewise
    ("JumpointUser", "user_id"): {"readOnly": False},  # or no user could be named
    ("AccountJumpGroupAssociationItem", "shared_jump_group_id"): {"readOnly": False},  # likewise
    ("VendorUser", "password"): {"writeOnly": True},  # no API shows a password
    # The text makes it null without rotation.
    ("VaultAccountPolicy", "maximum_password_age"): {"nullable": True},
}
"""(schema, property) -> what the file's own text says about it against its schema."""

NOT_REQUIRED = {
    ("TeamUser", "team_id"),
    ("ProtocolTunnelJumpItem", "hostname"),
    ("VaultAwsSecretAccount", "type"),
    ("VaultAwsSecretAccount", "name"),
}
"""Properties that a schema requires and the text does not: the path names the team, a Kubernetes
tunnel has no hostname; read-only ones.
"""


def directory() -> Path | None:
    """Where the files lie: in the directory that the environment variable CONTRACTS names, or in
    shared/contracts beside the checkout.
    """
    named = os.environ.get("CONTRACTS")
    place = Path(named) if named else Path(__file__).resolve().parents[2] / "shared" / "contracts"
    return place if place.is_dir() else None


def products() -> list[str]:
    """The products ("rs", "pra") whose file is there."""
    return [product for product in ("rs", "pra") if _file(product) is not None]


def _file(product: str) -> Path | None:
    place = directory()
    return (
        next(iter(sorted(place.glob(f"beyondtrust-{product}-configuration-*.openapi.yaml"))), None)
        if place
        else None
    )


@functools.cache
def contract(product: str) -> Contract:
    """The contract of a product. Raises FileNotFoundError where its file is not there."""
    path = _file(product)
    if path is None:
        raise FileNotFoundError(f"there is no contract of {product}")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return Contract(product, yaml.load(path.read_text(encoding="utf-8"), loader))


def check_exchanges(product: str, entries: Iterable) -> list[str]:
    """What is wrong with the exchanges of a simulator's journal; an empty list where nothing is, or
    where there is no contract.

    Only requests of the Configuration API count, and only those that succeeded are held against the
    contract: a refused one may hold a user's mistake. An answer without JSON is taken as it is.
    """
    if product not in products():
        return []
    judge, problems = contract(product), []
    for entry in entries:
        method, _space, path = entry.query.partition(" ")
        if not path.startswith("/api/config/v1/") or method not in METHODS or entry.status is None:
            continue
        if entry.status < 300:
            problems += judge.check_request(method, path, entry.parameters, entry.body)
        if entry.answer is not None:
            problems += judge.check_answer(method, path, entry.status, entry.answer)
    return problems


@dataclass(frozen=True)
class Operation:
    """A method of a path template, as the file describes it."""

    method: str
    template: str
    description: dict

    @property
    def name(self) -> str:
        return f"{self.method} {self.template}"


class Contract:
    """One OpenAPI file, and what it says about requests and answers."""

    def __init__(self, product: str, document: dict):
        self.product, self.document = product, document
        self._operations = [
            Operation(method, template, item[method.lower()])
            for template, item in document["paths"].items()
            for method in METHODS
            if method.lower() in item
        ]
        self._validators: dict[tuple[str, str, bool], jsonschema.Draft202012Validator] = {}

    def operations(self) -> list[Operation]:
        """Every operation of the file."""
        return self._operations

    def find(self, method: str, path: str) -> Operation | None:
        """The operation of a path below /api/config/v1; a word of the path wins over a parameter in
        its place.
        """
        segments = path.removeprefix("/api/config/v1").split("/")
        fitting = [
            operation
            for operation in self._operations
            if operation.method == method and _fits(operation.template.split("/"), segments)
        ]
        return min(
            fitting,
            key=lambda operation: [part.startswith("{") for part in operation.template.split("/")],
            default=None,
        )

    def resolve(self, value: dict) -> dict:
        """What a reference stands for; anything else as it is."""
        while "$ref" in value:
            target: dict = self.document
            for part in value["$ref"].removeprefix("#/").split("/"):
                target = target[part]
            value = target
        return value

    def query_parameters(self, operation: Operation) -> dict[str, dict]:
        """The query parameters that an operation takes, with their schemas."""
        described = map(self.resolve, operation.description.get("parameters", []))
        return {
            each["name"]: self.resolve(each["schema"])
            for each in described
            if each["in"] == "query"
        }

    def body_schema(self, operation: Operation) -> dict | None:
        """The schema of the body, as the file has it; None where it takes none."""
        key = (operation.method, operation.template)
        if key in BODIES_OF_THE_TEXT:
            return BODIES_OF_THE_TEXT[key]
        if key in BORROWED_BODIES:
            return {"$ref": f"#/components/schemas/{BORROWED_BODIES[key]}"}
        if "requestBody" not in operation.description:
            return None
        schema = self.resolve(operation.description["requestBody"])["content"]["application/json"][
            "schema"
        ]
        return self._with_forgotten_forms(key, schema)

    def answer_schema(self, operation: Operation, status: int) -> dict | None:
        """The schema of the JSON body of an answer, as the file has it; None where none is
        described.
        """
        described = self.resolve(operation.description["responses"].get(str(status), {}))
        schema = described.get("content", {}).get("application/json", {}).get("schema")
        key = (operation.method, operation.template)
        if schema is None or not 200 <= status < 300:
            return schema
        if key in BORROWED_ANSWERS:
            return {"$ref": f"#/components/schemas/{BORROWED_ANSWERS[key]}"}
        return (
            {"type": "array", "items": schema}
            if key in LISTS_DESCRIBED_AS_ONE
            else self._with_forgotten_forms(key, schema)
        )

    def _with_forgotten_forms(self, key: tuple[str, str], schema: dict) -> dict:
        more = [{"$ref": f"#/components/schemas/{name}"} for name in FORGOTTEN_FORMS.get(key, ())]
        return {"oneOf": [*schema["oneOf"], *more]} if more else schema

    # --- Judging

    def check_request(
        self, method: str, path: str, query: Iterable[tuple[str, str]] = (), body: object = None
    ) -> list[str]:
        """What is wrong with a request; an empty list where nothing is. Every attribute must be
        described.
        """
        operation = self.find(method, path)
        if operation is None:
            return [f"{method} {path}: the file has no such operation"]
        described = self.query_parameters(operation)
        problems = [
            f"{operation.name}: the query parameter {name} is not described"
            for name, _value in query
            if name not in described
        ]
        for name, text in query:
            if name in described:
                problems += self._problems(
                    f"{operation.name}: {name}",
                    _typed(text, described[name]),
                    described[name],
                    "request",
                    True,
                )
        schema = self.body_schema(operation)
        if schema is None:
            return problems + (
                [f"{operation.name}: no body is described"] if body not in (None, {}) else []
            )
        return problems + self._problems(
            operation.name, {} if body is None else body, schema, "request", method == "PATCH"
        )

    def check_answer(self, method: str, path: str, status: int, body: object) -> list[str]:
        """What is wrong with an answer; an empty list where nothing is. `body` is the parsed JSON,
        None where there is none.
        """
        operation = self.find(method, path)
        if operation is None:
            return (
                [] if status in (404, 405) else [f"{method} {path}: the file has no such operation"]
            )
        if str(status) not in operation.description["responses"]:
            return (
                []
                if status in COMMON_REFUSALS
                else [f"{operation.name}: the status {status} is not described"]
            )
        schema = self.answer_schema(operation, status)
        if schema is None:
            return []
        return self._problems(f"{operation.name} {status}", body, schema, "answer", False)

    def _problems(
        self, where: str, value: object, schema: dict, direction: str, partial: bool
    ) -> list[str]:
        key = (where, direction, partial)
        if key not in self._validators:
            self._validators[key] = jsonschema.Draft202012Validator(
                self.json_schema(schema, direction, partial)
            )
        return [
            f"{where}: {error.json_path}: {error.message[:300]}"
            for error in self._validators[key].iter_errors(value)
        ]

    def json_schema(self, schema: dict, direction: str, partial: bool = False) -> dict:
        """A schema of the file as JSON Schema, strict about unknown attributes.

        `direction` ("request", "answer") decides about read-only and write-only attributes;
        `partial` demands no attribute at the top.
        """
        return self._strict(schema, direction, partial)

    def _strict(self, schema: dict, direction: str, partial: bool) -> dict:
        name = schema["$ref"].rpartition("/")[2] if "$ref" in schema else ""
        schema = self.resolve(schema)
        if "allOf" in schema:
            return self._strict(self.merge(schema), direction, partial)
        if "oneOf" in schema:
            # Forms without required attributes fit the same value, so that one or more may fit.
            return {"anyOf": [self._strict(each, direction, partial) for each in schema["oneOf"]]}
        strict = {
            word: value
            for word, value in schema.items()
            if word
            in (
                "type",
                "enum",
                "minLength",
                "maxLength",
                "minimum",
                "maximum",
                "minItems",
                "maxItems",
                "pattern",
            )
        }
        if schema.get("format") == "date-time" and direction == "answer":
            strict["pattern"] = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00$"
        if "enum" in strict and not all(isinstance(each, str) for each in strict["enum"]):
            strict.pop("type", None)  # numbers in an enumeration of strings
        if "pattern" in strict and strict.get("minLength") == 0:
            strict["pattern"] = f"^$|{strict['pattern']}"
        if "items" in schema:
            strict["items"] = self._strict(schema["items"], direction, False)
        if "properties" in schema:
            strict |= self._strict_object(name, schema, direction, partial)
        elif isinstance(schema.get("additionalProperties"), dict):
            strict["additionalProperties"] = self._strict(
                schema["additionalProperties"], direction, False
            )
        if schema.get("nullable"):
            return {"anyOf": [strict, {"type": "null"}]}
        return strict

    def _strict_object(self, name: str, schema: dict, direction: str, partial: bool) -> dict:
        hidden = "readOnly" if direction == "request" else "writeOnly"
        properties, required = self.properties(name, schema)
        kept = {
            key: each
            for key, each in properties.items()
            if not self.resolve(each).get(hidden) and not each.get(hidden)
        }
        strict = {
            "properties": {key: self._strict(each, direction, False) for key, each in kept.items()},
            "additionalProperties": False,
        }
        demanded = [key for key in required if key in kept] if not partial else []
        return {**strict, "required": demanded} if demanded else strict

    def merge(self, schema: dict) -> dict:
        """The parts of an allOf as one object."""
        whole: dict = {"type": "object", "properties": {}, "required": []}
        for part in schema["allOf"]:
            part = self.resolve(part)
            part = self.merge(part) if "allOf" in part else part
            whole["properties"] |= part.get("properties", {})
            whole["required"] += part.get("required", [])
        return whole

    def properties(self, name: str, schema: dict) -> tuple[dict[str, dict], list[str]]:
        """The properties of an object and the required ones, with the slips of the file put right.

        One file writes `required: true` into properties, the other a list `required` among them;
        both bound the length of strings as if they were numbers.
        """
        schema = self.merge(schema) if "allOf" in schema else schema
        properties = copy.deepcopy(schema["properties"])
        required = list(schema.get("required", []))
        if isinstance(properties.get("required"), list):
            required += properties.pop("required")
        for key, each in properties.items():
            if each.get("required") is True:
                required.append(key)
                del each["required"]
            if each.get("type") == "string":
                each |= {
                    f"{word[:3]}Length": each.pop(word)
                    for word in ("minimum", "maximum")
                    if word in each
                }
            if (name, key) in AMENDMENTS:
                properties[key] = {**self.resolve(each), **AMENDMENTS[name, key]}
        for schema_name, outer, inner in ATTRIBUTES_DESCRIBED_AS_ONE:
            if schema_name == name:
                properties[outer]["properties"][inner] = {
                    "type": "array",
                    "items": properties[outer]["properties"][inner],
                }
        return properties, [key for key in required if (name, key) not in NOT_REQUIRED]


def _fits(parts: list[str], segments: list[str]) -> bool:
    return len(parts) == len(segments) and all(
        part.startswith("{") and segment or part == segment
        for part, segment in zip(parts, segments, strict=True)
    )


def _typed(text: str, schema: dict) -> object:
    """A query parameter's text as the type that its schema has."""
    if schema.get("type") == "integer" and text.isdecimal():
        return int(text)
    if schema.get("type") == "boolean" and text in ("true", "false"):
        return text == "true"
    return text

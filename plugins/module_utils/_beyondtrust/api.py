"""BeyondTrust's Configuration API v1: how to connect, how its answers are understood, and its verbs as a backend."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from .._core.auth import ClientCredentials
from .._core.errors import InputError, Refused, ServerError
from .._core.http import Session, connection_options
from .._core.pace import Pace
from .._core.resource import Platform, Resource
from .._core.tokens import PrivateTokens, TokenStore, shared_file
from .detection import product_of
from .lists import SUBLISTS, Sublist, every_page
from .products import PRODUCTS, RS
from .resources import ALL_PORTALS, GROUP_POLICY, PUBLIC_PORTAL, RESOURCES, USER
from .wording import EVERY_PORTAL, from_server, to_server

CONNECTION = connection_options("BEYONDTRUST", {
    "client_id": {"type": "str", "required": True},
    "client_secret": {"type": "str", "required": True, "no_log": True},
    "product": {"type": "str", "choices": ["auto", *PRODUCTS], "default": "auto"},
    "share_tokens": {"type": "bool", "default": True, "no_log": False},
    "shared_directory": {"type": "path"},
    # BeyondTrust Remote Support 22.2 API guide, "Request Rate Limits"; both count for an API account.
    "requests_per_second": {"type": "float", "default": 20.0},
    "requests_per_hour": {"type": "int", "default": 15000},
})
# Which fields each list can be filtered by (the paths' parameters). What an endpoint does not list, it refuses with 401.
FILTERS: dict[str, tuple[str, ...]] = {
    "user": ("username",), "team": ("name", "code_name"), "group_policy": ("name",), "rep_status": ("name",), "vendor": ("name",),
    "jump_group": ("name", "code_name"), "jumpoint": ("name", "code_name"), "jump_client": ("name",), "jump_client_installer": ("name",),
    "vault_account": ("name",), "vault_account_group": ("name",), "vault_account_policy": ("name", "code_name"),
    **dict.fromkeys((
        "remote_rdp", "shell_jump", "remote_vnc", "web_jump", "protocol_tunnel_jump", "psql_tunnel_jump", "mysql_tunnel_jump", "network_tunnel_jump",
    ), ("name",)),
}
ROOT = "/api/config/v1"


def open_session(option: Callable[[str], Any], read_only: bool, **session) -> Session:
    """Return a session with an appliance that logs in with the API account's shared token, within its shared budget of requests."""
    url, client_id, secret = (option(name).strip() for name in ("url", "client_id", "client_secret"))
    if not client_id or not secret:
        raise InputError("client_id and client_secret must not be empty.")
    if not 0 < option("requests_per_second") <= 1000 or option("requests_per_hour") < 1:
        raise InputError("requests_per_second must be between 0 and 1000, and requests_per_hour at least 1.")
    directory = Path(option("shared_directory")) if option("shared_directory") else None
    store = TokenStore(directory) if option("share_tokens") else PrivateTokens()
    pace = Pace(shared_file("pace", url, client_id, directory), option("requests_per_second"), option("requests_per_hour"))
    login = ClientCredentials(f"{url.rstrip('/')}/oauth2/token", client_id, secret, store)
    # "Close the connection after each call": Remote Support 22.2 API guide, "Request Rate Limits".
    headers = {"Accept": "application/json", "Connection": "close"}
    return Session.from_options(option, "", login=login, pace=pace, headers=headers, read_only=read_only, secrets=[secret], **session)


def connect(option: Callable[[str], Any], read_only: bool, **session) -> Backend:
    """Return a backend. ``option`` looks an option up, for a module and for a plugin alike."""
    opened = open_session(option, read_only, **session)
    directory = Path(option("shared_directory")) if option("shared_directory") else None
    return Backend(opened, product_of(opened, option("product"), shared_file("product", option("url"), "", directory)))


class Backend:
    """The verbs of design, as this API spells them."""

    def __init__(self, session: Session, product: str):
        self.session, self.product = session, product
        self._policies_changed: set[int] = set()  # group policies that have to be provisioned
        self._users_affected: set[int] = set()  # users whose permissions have to be

    # --- requests -----------------------------------------------------------------------------------------------------

    def ask(self, path: str, shape: type, **params) -> Any:
        """Return what a GET answers, which has to be of a shape. Raises Refused or ServerError."""
        answer = self.session.read("GET", ROOT + path, params={name: value for name, value in params.items() if value is not None})
        self._check(f"GET {path}", answer)
        value = answer.json()
        if not isinstance(value, shape):
            raise ServerError(f"GET {path} answered a {type(value).__name__}, where a {shape.__name__} was expected.", status=answer.status)
        return value

    def tell(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """Ask for a change and return the answer's value, None for an empty one. Raises Refused, ServerError or OutcomeUnknown."""
        answer = self.session.write(method, ROOT + path, **({} if body is None else {"json": body}))
        self._check(f"{method} {path}", answer)
        return answer.json() if answer.content.strip() else None

    def records(self, path: str, paged: bool = True, **filters) -> list[dict]:
        """Return every object of a list, however many pages it has. Raises ServerError where the list is not complete."""
        return every_page(self.session, lambda **page: self._page(path, {**filters, **page}), path) if paged else self._page(path, filters)[0]

    def _page(self, path, params):
        answer = self.session.read("GET", ROOT + path, params=params)
        self._check(f"GET {path}", answer)
        found = answer.json()
        if not isinstance(found, list) or not all(isinstance(record, dict) for record in found):
            raise ServerError(f"GET {path} answered something that is not a list of objects.", status=answer.status)
        return found, answer.headers

    def _check(self, request, answer):
        """Raise Refused for an answer that says no, in the user's words, and ServerError for one that is no answer."""
        if answer.status < 400:
            return
        try:
            told = answer.json()
            reason = str(told["message"]).rstrip(".")
            errors = told.get("errors") or {}
            reason += "".join(f"; {field}: {' '.join(map(str, texts if isinstance(texts, list) else [texts]))}" for field, texts in errors.items())
        except (ServerError, KeyError, TypeError, AttributeError):
            reason = answer.described()
        hint = {
            401: " Either the token was not accepted, or this version does not know a field or parameter that was sent (it answers the same to both).",
            403: f" {self._lacking(request)}",
            404: " Either it is not there, or this version does not know it, or the API account lacks the permission perm_configuration.",
            405: " This version of the appliance cannot do that.",
        }.get(answer.status, "")
        text = f"BeyondTrust refused {request} (HTTP {answer.status}): {reason.rstrip('.')}.{hint}"
        raise (ServerError if answer.status >= 500 else Refused)(self.session.redact(text), status=answer.status)

    def _lacking(self, request) -> str:
        """Say which permission the API account lacks, by what the appliance tells of it."""
        from .command import lacking_permissions  # where lxml is missing, this is not the time to say so

        needed = ["perm_configuration", *(["perm_configuration_vault_account"] if "/vault/" in request or "/vault-account" in request else [])]
        return lacking_permissions(self.session, needed)

    # --- the verbs ----------------------------------------------------------------------------------------------------

    def list(self, resource: Resource) -> list[dict]:
        """Return the record of every object of a kind."""
        if "{vendor}" in resource.endpoint:
            return [
                {**record, "vendor_id": vendor["id"]}
                for vendor in self.records("/vendor") for record in self._found(resource, self.records(f"/vendor/{vendor['id']}/user"))
            ]
        more = [{"id": EVERY_PORTAL, "name": ALL_PORTALS}] if resource is PUBLIC_PORTAL else []
        return self._found(resource, self.records(resource.endpoint)) + more

    def search(self, resource: Resource, key: dict) -> list[dict] | None:
        """Return the records that fit one of the texts in ``key``, where the API can look for them."""
        if not key or not set(key) <= set(FILTERS.get(resource.name, ())):
            return None
        found = [record for name, value in key.items() for record in self.records(resource.endpoint, **{name: value})]
        return self._found(resource, list({record.get("id"): record for record in found}.values()))

    def get(self, resource: Resource, key: dict) -> dict | None:
        """Return the record of one object by the fields of its key, None if the server has none."""
        first = resource.fields[resource.key[0]].wire or resource.key[0]
        found = self.search(resource, {first: key[first]})
        found = self.list(resource) if found is None else found
        return next((record for record in found if all(record.get(name) == value for name, value in key.items())), None)

    def create(self, resource: Resource, body: dict) -> None:
        """Make an object."""
        self._changes(resource, None)
        body = to_server(resource, body)
        made = self.tell("POST", resource.endpoint.format(vendor=body.pop("vendor_id", "")), body)
        if resource is GROUP_POLICY and isinstance(made, dict) and made.get("id"):
            self._policies_changed.add(made["id"])

    def update(self, resource: Resource, record: dict, body: dict) -> None:
        """Change attributes; those that are not in ``body`` keep their values."""
        self._changes(resource, record)
        body = to_server(resource, body)
        body.pop("vendor_id", None)
        self.tell("PATCH", self._path(resource, record), body)

    def delete(self, resource: Resource, record: dict) -> None:
        """Remove an object; one that is gone already is no error."""
        if resource is GROUP_POLICY:
            members = self.records(f"{resource.endpoint}/{record['id']}/member")
            self._users_affected.update(member["user_id"] for member in members if member.get("user_id"))
        try:
            self.tell("DELETE", self._path(resource, record))
        except Refused as exc:
            if exc.facts.get("status") != 404:
                raise
        self._policies_changed.discard(record["id"] if resource is GROUP_POLICY else None)

    def read_fields(self, resource: Resource, query: str, records: Sequence[dict], only: Sequence[set | None]) -> list[dict]:
        """Return, for each object, the lists below it, or what else has a path of its own."""
        if query == "jump_item_association":
            return self.each(lambda record: {query: self._association(resource, record)}, records)
        sublist = SUBLISTS[resource.name, query]
        return self.each(lambda record: {query: sublist.shown(self._entries(resource, record, sublist))}, records)

    def write_fields(self, resource: Resource, query: str, record: dict, before: dict, after: dict) -> None:
        """Bring what lies below an object to what it is to be; adds before it removes, so that nobody loses what stays."""
        self._changes(resource, record)
        if query == "jump_item_association":
            there = self._association(resource, record)
            self.tell("PATCH" if there else "POST", f"{self._path(resource, record)}/jump-item-association", after[query])
            return
        sublist = SUBLISTS[resource.name, query]
        path = self._path(resource, record) + sublist.path
        for method, entry, body in sublist.steps(self._entries(resource, record, sublist), after[query] or []):
            self.tell(method, path if entry is None else f"{path}/{entry}", body)

    def conclude(self) -> None:
        """Let changed permissions take effect: until then they are stored and count for nobody (Configuration API, provision)."""
        policies, self._policies_changed = self._policies_changed, set()
        users, self._users_affected = self._users_affected, set()
        for identifier in sorted(policies):
            self.tell("POST", f"{GROUP_POLICY.endpoint}/{identifier}/provision")
        if users:
            self.tell("POST", f"{USER.endpoint}/provision", {"user_ids": sorted(users)})

    # --- parts --------------------------------------------------------------------------------------------------------

    def each(self, function: Callable, items: Sequence) -> list:
        """Call ``function`` on each item, side by side; raises the first error."""
        results = self.session.side_by_side(function, items)
        for result in results:
            if isinstance(result, Exception):
                raise result
        return results

    def can_make_users(self) -> bool:
        """Tell whether this appliance makes local users: its own description says so (disputed for Remote Support)."""
        if self.product != RS:
            return True
        answer = self.session.read("GET", f"{ROOT}/openapi.yaml", headers={"Accept": "*/*"})
        self._check("GET /openapi.yaml", answer)
        lines = answer.content.decode(errors="replace").splitlines()
        start = next((number for number, line in enumerate(lines) if line.strip().strip("'\"").rstrip(":").strip("'\"") == "/user"), None)
        if start is None:
            return False
        depth = len(lines[start]) - len(lines[start].lstrip())
        for line in lines[start + 1:]:
            if line.strip() and len(line) - len(line.lstrip()) <= depth:
                return False
            if line.strip() == "post:":
                return True
        return False

    def _path(self, resource, record):
        return f"{resource.endpoint.format(vendor=record.get('vendor_id'))}/{record['id']}"

    def _found(self, resource, records):
        for record in records:
            if not isinstance(record.get("id"), int):
                raise ServerError(f"GET {resource.endpoint} answered an object without an id.")
        return [found for record in records if (found := from_server(resource, record)) is not None]

    def _entries(self, resource, record, sublist: Sublist) -> list[dict]:
        return self.records(self._path(resource, record) + sublist.path, sublist.paged)

    def _association(self, resource, record) -> dict | None:
        try:
            return self.ask(f"{self._path(resource, record)}/jump-item-association", dict)
        except Refused as exc:
            if exc.facts.get("status") != 404:
                raise
            return None

    def _changes(self, resource, record):
        if resource is GROUP_POLICY and record is not None:
            self._policies_changed.add(record["id"])


BEYONDTRUST = Platform(name="beyondtrust", connection=CONNECTION, connect=connect, resources=RESOURCES)

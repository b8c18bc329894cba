"""BeyondTrust's Configuration API v1: how to connect, how its answers are understood, and its verbs as a backend."""

# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import nullcontext, suppress
from functools import cached_property, partial
from pathlib import Path
from threading import Lock
from types import NoneType
from typing import Any

from .._core.auth import ClientCredentials
from .._core.errors import Error, InputError, NotThere, Refused, ServerError
from .._core.http import Session
from .._core.once import act
from .._core.options import connection_options
from .._core.pace import Pace
from .._core.quoting import LONGEST_NAME
from .._core.resource import Platform, Resource
from .._core.shared_files import shared_file
from .._core.tokens import PrivateTokens, TokenStore
from .._files.download import download
from .detection import product_of
from .jump_items import COMPUTER_NAME, JUMP_CLIENT, JUMP_CLIENT_INSTALLER
from .lists import LARGEST_PAGE, POLICY_MEMBERS, SUBLISTS, Sublist, every_page
from .products import PRODUCTS, RS
from .resources import (
    ALL_PORTALS,
    GROUP_POLICY,
    PUBLIC_PORTAL,
    RESOURCES,
    SAML,
    SECURITY_PROVIDER,
    USER,
    VENDOR,
    VENDOR_USER,
)
from .vault import INHERIT, VAULT_ACCOUNT
from .wording import EVERY_PORTAL, from_server, to_server

CONNECTION = connection_options("BEYONDTRUST", {
    "client_id": {"type": "str", "required": True},
    "client_secret": {"type": "str", "required": True, "no_log": True},
    "product": {"type": "str", "choices": ["auto", *PRODUCTS], "default": "auto"},
    "share_tokens": {"type": "bool", "default": True, "no_log": False},
    # BeyondTrust Remote Support 22.2 API guide, "Request Rate Limits"; both count for an API account.
    "requests_per_second": {"type": "float", "default": 20.0},
    "requests_per_hour": {"type": "int", "default": 15000},
})
# Which fields each list can be filtered by (the paths' parameters). What an endpoint does not list, it refuses with 401.
FILTERS: dict[str, tuple[str, ...]] = {
    "user": ("username",), "team": ("name", "code_name"), "group_policy": ("name",), "rep_status": ("name",), "vendor": ("name",),
    "jump_group": ("name", "code_name"), "jumpoint": ("name", "code_name"), "jump_client": ("name",), "jump_client_installer": ("name",),
    "vault_account": ("name",), "vault_account_group": ("name",), "vault_account_policy": ("name", "code_name"), "vault_endpoint": ("name",),
    "automation_job": ("name",), "automation_endpoint": ("hostname",),
    **dict.fromkeys((
        "remote_rdp", "shell_jump", "remote_vnc", "web_jump", "protocol_tunnel_jump", "psql_tunnel_jump", "mysql_tunnel_jump", "network_tunnel_jump",
    ), ("name",)),
}
ROOT = "/api/config/v1"
MOST_PER_HOUR = 100_000  # a moment is kept for each; the guide's limit is 15,000
# What a refusal may be due to, by its status.
HINTS = {
    401: "Either the token was not accepted, or this version does not know a field or parameter that was sent (it answers the same to both).",
    404: "Either it is not there, or this version does not know it, or the API account lacks the permission perm_configuration.",
    405: "This version of the appliance cannot do that.",
}


def open_session(option: Callable[[str], Any], read_only: bool, **session) -> Session:
    """Return a session with an appliance that logs in with the API account's shared token, within its shared budget of requests."""
    url, client_id, secret = (option(name).strip() for name in ("url", "client_id", "client_secret"))
    if not client_id or not secret:
        raise InputError("client_id and client_secret must not be empty.")
    if not 0 < option("requests_per_second") <= 1000 or not 1 <= option("requests_per_hour") <= MOST_PER_HOUR:
        raise InputError(f"requests_per_second must be between 0 and 1000, and requests_per_hour between 1 and {MOST_PER_HOUR}.")
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
    try:
        return Backend(opened, product_of(opened, option("product"), shared_file("product", option("url"), "", directory)))
    except Error:
        opened.close()
        raise


class Backend:
    """The verbs of design, as this API spells them."""

    def __init__(self, session: Session, product: str):
        self.session, self.product = session, product
        self.key_info: dict | None = None  # of the installer that was made last; only the answer to that shows it
        self._provider_of: dict[int, int] = {}  # users, with their security providers, as a member of a group policy is made with both
        self._policies_changed: dict[int, str] = {}  # group policies that have to be provisioned, with their names
        self._users_affected: set[int] = set()  # users who have to be, as they are members no longer
        self._one_policy = Lock()  # the vendor's Terraform provider changes members one after another, as the appliance wants it

    # --- requests -----------------------------------------------------------------------------------------------------

    def ask(self, path: str, shape: type, **params) -> Any:
        """Return what a GET answers, which has to be of a shape. Raises Refused or ServerError."""
        given = {name: value for name, value in params.items() if value is not None}
        answer = self.session.read("GET", ROOT + path, params=given, largest=LARGEST_PAGE)
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

    def act(self, path: str, body: Mapping[str, Any] | None = None, *look, **how) -> tuple[Any, Any]:
        """Ask for something to be done, and return the answer's value and what shows that it was done, see ``once.act``."""
        return act(self.session, lambda: self.tell("POST", path, body), *look, **how)

    def records(self, path: str, paged: bool = True, **filters) -> list[dict]:
        """Return every object of a list, however many pages it has. Raises ServerError where the list is not complete."""
        return every_page(self.session, lambda **page: self._page(path, {**filters, **page}), path) if paged else self._page(path, filters)[0]

    def _page(self, path, params):
        answer = self.session.read("GET", ROOT + path, params=params, largest=LARGEST_PAGE)
        self._check(f"GET {path}", answer)
        found = answer.json()
        if not isinstance(found, list) or not all(isinstance(record, dict) for record in found):
            raise ServerError(f"GET {path} answered something that is not a list of objects.", status=answer.status)
        return found, answer.headers, len(answer.content)

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
            reason = answer.described(with_status=False)
        hint = self._lacking(request) if answer.status == 403 else HINTS.get(answer.status, "")
        text = f"BeyondTrust refused {request} (HTTP {answer.status}): {self.session.redact(reason, LONGEST_NAME).rstrip('.')}. {hint}".rstrip()
        raise (ServerError if answer.status >= 500 else NotThere if answer.status == 404 else Refused)(text, status=answer.status)

    def _lacking(self, request) -> str:
        """Say which permission the API account lacks, by what the appliance tells of it."""
        from .command import lacking_permissions  # where lxml is missing, this is not the time to say so

        needed = ["perm_configuration", *(["perm_configuration_vault_account"] if "/vault/" in request or "/vault-account" in request else [])]
        return lacking_permissions(self.session, needed)

    def fetch(self, path: str, dest: Path, **how) -> dict:
        """Download what a GET answers, see ``download``. Raises Refused or ServerError for what is no file."""
        return download(self.session, ROOT + path, dest, partial(self._check, f"GET {path}"), **how)

    # --- the verbs ----------------------------------------------------------------------------------------------------

    def list(self, resource: Resource) -> list[dict]:
        """Return the record of every object of a kind."""
        if "{vendor}" in resource.endpoint:
            return [record for found in self.session.each(self._users_of_vendor, self._found(VENDOR, self.records(VENDOR.endpoint))) for record in found]
        more = [{"id": EVERY_PORTAL, "name": ALL_PORTALS}] if resource is PUBLIC_PORTAL else []
        return self._found(resource, self._listed(resource)) + more

    def search(self, resource: Resource, key: dict) -> list[dict] | None:
        """Return the records that fit one of the texts in ``key``, where the API can look for them."""
        if not key or not set(key) <= set(FILTERS.get(resource.name, ())) or COMPUTER_NAME in key.values():
            return None
        found = self._found(resource, [record for name, value in key.items() for record in self._listed(resource, **{name: value})])
        return list({record["id"]: record for record in found}.values())

    def get(self, resource: Resource, key: dict) -> dict | None:
        """Return the record of one object by the fields of its key, None if the server has none."""
        return next(iter(self.matching(resource, key)), None)

    def matching(self, resource: Resource, key: dict) -> list[dict]:
        """Return the records of all objects that bear a key: the appliance lets several do so."""
        first = resource.fields[resource.key[0]].wire or resource.key[0]
        found = self.search(resource, {first: key[first]})
        found = self.list(resource) if found is None else found
        return [record for record in found if all(record.get(name) == value for name, value in key.items())]

    def forget(self) -> None:
        """Nothing of what was read is kept here."""

    def create(self, resource: Resource, body: dict) -> None:
        """Make an object."""
        body = to_server(resource, body)
        made = self.tell("POST", resource.endpoint.format(vendor=body.pop("vendor_id", "")), body)
        if resource is GROUP_POLICY and isinstance(made, dict) and isinstance(made.get("id"), int):
            self._policies_changed[made["id"]] = body["name"]
        if resource is JUMP_CLIENT_INSTALLER and isinstance(made, dict) and isinstance(made.get("key_info"), dict):
            self.key_info = made["key_info"]

    def update(self, resource: Resource, record: dict, body: dict) -> None:
        """Change attributes; those that are not in ``body`` keep their values."""
        body = to_server(resource, body)
        body.pop("vendor_id", None)
        if resource is GROUP_POLICY:
            self._policies_changed[record["id"]] = body.get("name", record["name"])
        self.tell("PATCH", self._path(resource, record), body)

    def delete(self, resource: Resource, record: dict) -> None:
        """Remove an object; one that is gone already is no error."""
        with suppress(NotThere):
            if resource is GROUP_POLICY:
                self._lose_policy(self._entries(resource, record, POLICY_MEMBERS))
            self.tell("DELETE", self._path(resource, record))
        if resource is GROUP_POLICY:
            self._policies_changed.pop(record["id"], None)

    def read_fields(self, resource: Resource, query: str, records: Sequence[dict], only: Sequence[set | None]) -> list[dict]:
        """Return, for each object, the lists below it, or what else has a path of its own."""
        if query == "details":
            return self.session.each(self._whole_account, records)
        if query == "jump_item_association":
            inherited = {"filter_type": INHERIT} if resource is VAULT_ACCOUNT else None
            return self.session.each(lambda record: {query: self._association(resource, record) or inherited}, records)
        if query == "available_groups":
            return self.session.each(lambda record: {query: self._available_groups(record)}, records)
        sublist = SUBLISTS[resource.name, query]
        return self.session.each(lambda record: {query: sublist.shown(self._entries(resource, record, sublist))}, records)

    def write_fields(self, resource: Resource, query: str, record: dict, before: dict, after: dict) -> None:
        """Bring what lies below an object to what it is to be; adds before it removes, so that nobody loses what stays."""
        if query == "jump_item_association":
            path, there, wanted = f"{self._path(resource, record)}/jump-item-association", self._association(resource, record), after[query]
            if wanted["filter_type"] != INHERIT:
                self.tell("PATCH" if there else "POST", path, wanted)
            elif there:
                self.tell("DELETE", path)
            return
        if query == "available_groups":
            self.tell("PATCH", self._path(resource, record), {query: after[query]})
            return
        sublist = SUBLISTS[resource.name, query]
        path = self._path(resource, record) + sublist.path
        with self._one_policy if resource is GROUP_POLICY else nullcontext():
            there, wanted = self._entries(resource, record, sublist), after[query] or []
            if resource is GROUP_POLICY:
                self._policies_changed[record["id"]] = record["name"]
            if sublist is POLICY_MEMBERS:
                kept = {entry.get("user_id") for entry in wanted}
                self._lose_policy(entry for entry in there if entry.get("user_id") not in kept)
            for method, entry, body in sublist.steps(there, wanted):
                if method == "POST" and sublist.parent:
                    body = {sublist.parent: record["id"], **body}
                if method == "POST" and sublist is POLICY_MEMBERS and body.get("user_id") in self._provider_of:
                    body = {"security_provider_id": self._provider_of[body["user_id"]], **body}
                self.tell(method, path if entry is None else f"{path}/{entry}", body)

    def conclude(self) -> None:
        """Let changed permissions take effect: until then they are stored and count for nobody (Configuration API, provision).

        Raises Error with all that is left to do, after whatever can be done was done.
        """
        policies, self._policies_changed = self._policies_changed, {}
        users, self._users_affected = self._users_affected, set()
        waiting = [(f"group_policy {name}", partial(self.provision_group_policy, identifier)) for identifier, name in sorted(policies.items())]
        if users:
            waiting.append((f"the users with the ids {', '.join(map(str, sorted(users)))}", partial(self.provision_users, users)))
        left, reason = [], None
        for what, provision in waiting:
            if not (reason and reason.stops):
                try:
                    provision()
                    continue
                except Error as exc:
                    reason = exc
            left.append(what)
        if left:
            raise Error(f"{reason} Still to be provisioned, for which there is the module beyondtrust_provision: {'; '.join(left)}.")

    def provision_group_policy(self, identifier: int) -> None:
        """Let a group policy take effect for those who are members of it now."""
        self.tell("POST", f"{GROUP_POLICY.endpoint}/{identifier}/provision")

    def provision_users(self, identifiers: Collection[int]) -> None:
        """Let all group policies take effect for some users; there has to be one, as none would mean everybody."""
        self.tell("POST", f"{USER.endpoint}/provision", {"user_ids": sorted(identifiers)})

    # --- parts --------------------------------------------------------------------------------------------------------

    def can_make_users(self) -> bool:
        """Tell whether this appliance makes local users: its own description says so (disputed for Remote Support)."""
        if self.product != RS:
            return True
        lines = self._own_description
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

    @cached_property
    def _own_description(self) -> list[str]:
        """The lines of the appliance's own description of this API, which is large."""
        answer = self.session.read("GET", f"{ROOT}/openapi.yaml", headers={"Accept": "*/*"})
        self._check("GET /openapi.yaml", answer)
        return answer.content.decode(errors="replace").splitlines()

    def _path(self, resource, record):
        return f"{resource.endpoint.format(vendor=record.get('vendor_id'))}/{record['id']}"

    def _listed(self, resource, **filters) -> list[dict]:
        """Return the records of a list; jump clients of personal lists are shown only where they are asked for."""
        more = self.records(resource.endpoint, **filters, jump_group_type="personal") if resource is JUMP_CLIENT else []
        return self.records(resource.endpoint, **filters) + more

    def _found(self, resource, records):
        for record in records:
            if not isinstance(record.get("id"), int):
                raise ServerError(f"GET {resource.endpoint} answered an object without an id.")
        try:
            found = [known for record in records if (known := from_server(resource, record)) is not None]
        except (AttributeError, KeyError, TypeError, ValueError):
            raise ServerError(f"GET {resource.endpoint} answered an object that is not of the documented shape.") from None
        if resource is USER:
            self._provider_of.update({user["id"]: user.get("security_provider_id") for user in found})
        return found

    def _whole_account(self, account) -> dict:
        """Return all attributes of a vault account, as far as it is there."""
        if "username" in account:
            return account
        try:
            return self.ask(self._path(VAULT_ACCOUNT, account), dict)
        except NotThere:
            return {}

    def _available_groups(self, provider) -> list[str] | None:
        """Return the groups that a security provider offers, None for one that is not for SAML (schema SAMLSecurityProvider)."""
        if provider.get("type") != SAML:
            return None
        path = self._path(SECURITY_PROVIDER, provider)
        groups = self.ask(path, dict).get("available_groups") or []
        if not isinstance(groups, list) or not all(isinstance(group, str) for group in groups):
            raise ServerError(f"GET {path} answered groups that are not a list of texts.")
        return groups

    def _users_of_vendor(self, vendor) -> list[dict]:
        found = self._found(VENDOR_USER, self.records(VENDOR_USER.endpoint.format(vendor=vendor["id"])))
        return [{**record, "vendor_id": vendor["id"], VENDOR_USER.id: [vendor["id"], record["id"]]} for record in found]

    def _entries(self, resource, record, sublist: Sublist) -> list[dict]:
        return sublist.read(self.records(self._path(resource, record) + sublist.path, sublist.paged))

    def _lose_policy(self, members) -> None:
        """Remember who is a member no longer: provisioning the policy reaches only those who are."""
        self._users_affected.update(member["user_id"] for member in members if member.get("user_id"))

    def _association(self, resource, record) -> dict | None:
        path = f"{self._path(resource, record)}/jump-item-association"
        try:
            found = self.ask(path, dict)
        except Refused as exc:  # "cannot be used" where an account inherits; with which status is a guess
            if exc.facts.get("status") not in (404, 422):
                raise
            return None
        criteria, items = found.get("criteria", {}), found.get("jump_items", [])
        if not isinstance(criteria, (dict, NoneType)) or not isinstance(items, (list, NoneType)) or any(not isinstance(item, dict) for item in items or ()):
            raise ServerError(f"GET {path} answered an association that is not of the documented shape.")
        return found


BEYONDTRUST = Platform(name="beyondtrust", connection=CONNECTION, connect=connect, resources=RESOURCES)
